/*
 * Text as HTML, SVG and XML take it, whatever it holds.
 */
#ifndef MAPS_MARKUP_H
#define MAPS_MARKUP_H

#include <stdio.h>

/* Text in an element: & < > " ' are escaped, and characters that XML does not allow are left out. */
void markup_text(FILE *out, const char *text);
/* NAME="VALUE", after a blank; lines in it stay lines. */
void markup_attribute(FILE *out, const char *name, const char *value);

#endif

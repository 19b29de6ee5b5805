/*
 * Parts of a report as HTML. Everything that comes from data goes through markup.h.
 */
#ifndef MAPS_REPORT_HTML_H
#define MAPS_REPORT_HTML_H

#include "markup.h"
#include "report_writer.h"

/* The class of a tone: "good", "bad" …; "" for plain text. */
const char *html_tone(enum document_tone tone);

void html_table(const struct document_table *table, FILE *out);

/* One figure for the n maps that begin at a block: drawn once, with every theme to choose from. */
om_status html_maps(om_context *ctx, const struct report *report, const struct document_block *maps, size_t n,
                    FILE *out);

#endif

/*
 * What a PDF needs for readers who cannot see it and cairo 1.16 does not say: the language, that the title is
 * the window's, texts in place of pictures, and that the titles of columns head columns.
 */
#ifndef MAPS_REPORT_PDF_AMEND_H
#define MAPS_REPORT_PDF_AMEND_H

#include "document.h"

#include "geo/status.h"

#include <stdio.h>

/*
 * Writes a PDF of cairo's and, after it, an incremental update (ISO 32000-1, 7.5.6) with new versions of
 * those objects. pdf is followed by a NUL. A file whose cross-references are not a plain table is written as
 * it is. OM_NO_MEMORY.
 */
om_status pdf_amend(om_context *ctx, const char *pdf, size_t size, const struct document *document,
                    FILE *out);

#endif

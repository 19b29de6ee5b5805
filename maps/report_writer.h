/*
 * Writers of reports, one per format: from a document to a file.
 */
#ifndef MAPS_REPORT_WRITER_H
#define MAPS_REPORT_WRITER_H

#include "document.h"
#include "layer_table.h"
#include "maps/report.h"

#include <stdio.h>

/* What is written; all borrowed. */
struct report {
    const struct layer_view *view; /* of the result: for maps */
    const struct map_report *request;
    const struct document *document;
};

/* Whether out has taken all of it is for its owner to ask. OM_LIBRARY, OM_NO_MEMORY; OM_BAD_DATA: more rows,
 * or a longer text, than a workbook holds. */
typedef om_status report_write_fn(om_context *ctx, const struct report *report, FILE *out);
extern report_write_fn report_write_html, report_write_pdf, report_write_xlsx;

#endif

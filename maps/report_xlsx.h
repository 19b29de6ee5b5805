/*
 * A document as a workbook: a sheet with its summary, one per table, and one with the rest of its text.
 */
#ifndef MAPS_REPORT_XLSX_H
#define MAPS_REPORT_XLSX_H

#include "document.h"

#include "geo/status.h"

/*
 * Writes a workbook to path, over what may be there. timestamp ("2026-02-01T00:00:00.000Z") stands for now,
 * so that equal documents give equal bytes. OM_BAD_DATA: more rows, or longer texts, than a sheet holds;
 * OM_IO: the file cannot be written; OM_LIBRARY: libxlsxwriter failed otherwise.
 */
om_status report_xlsx_write(om_context *ctx, const struct document *document, const char *timestamp,
                            const char *path);

#endif

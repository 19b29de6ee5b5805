/*
 * A streaming reader of delimited text (RFC 4180 with the habits of real files), for GTFS and for tables.
 *
 * Reads any path GDAL reads. Handles a UTF-8 byte-order mark, LF, CRLF and CR line ends, quoted fields with
 * doubled quotes and embedded line ends. Peak memory is one buffer plus the longest record (capped).
 */
#ifndef DATASETS_CSV_H
#define DATASETS_CSV_H

#include "geo/status.h"

#include <stddef.h>

typedef struct data_csv data_csv;

/* A field: not NUL-terminated, unquoted already; valid until the next data_csv_next. */
struct data_field {
    const char *text;
    size_t length;
};

om_status data_csv_open(om_context *ctx, const char *path, char delimiter, data_csv **out);
void data_csv_close(data_csv *csv); /* accepts NULL */

/*
 * The next record. *n_fields 0 at the end. Empty lines are skipped. OM_BAD_DATA names file and line: a NUL
 * byte, a quoted field that never ends, a record over the cap.
 */
om_status data_csv_next(om_context *ctx, data_csv *csv, const struct data_field **fields, size_t *n_fields);

size_t data_csv_line(const data_csv *csv);      /* 1-based line on which the last record began */
const char *data_csv_path(const data_csv *csv); /* as people know it: "feed.zip: stops.txt" */

bool data_csv_is_utf8(const data_csv *csv);             /* whether the last record is valid UTF-8 */
bool data_csv_has_mixed_line_ends(const data_csv *csv); /* in the records read so far */

/* Whether bytes are valid UTF-8 (RFC 3629). */
bool data_text_is_utf8(const char *text, size_t length);

#endif

/*
 * A sheet: the cells of one table or map layer as trimmed text, title rows and all, before anybody knows what
 * the columns mean.
 */
#ifndef DATASETS_SHEET_INTERNAL_H
#define DATASETS_SHEET_INTERNAL_H

#include "geo/geometry.h"
#include "geo/status.h"

struct sheet_row {
    size_t place; /* line, row or feature number, as `unit` says */
    size_t first, n;
    struct geo_wkb shape; /* of a map layer, in the layer's CRS */
};

struct sheet {
    char *path;       /* as the user knows it, with the sheet's or layer's name where there are several */
    const char *unit; /* "line", "row", "feature", for messages */
    size_t n_rows;
    struct sheet_row *rows; /* rows without any text are left out */
    char **cells;           /* of row r: cells[rows[r].first .. + rows[r].n - 1]; never NULL */
    size_t n_cells;
    char *crs; /* WKT; NULL when the layer has no geometry or does not say */
    bool has_shapes;
    size_t row_capacity, cell_capacity;
};

void sheet_done(struct sheet *sheet);

/* Whether the path is text by its name and first bytes; anything else is GDAL's. */
bool sheet_is_text(const char *path);
om_status sheet_read_text(om_context *ctx, const char *path, struct sheet *out);

/* Calls `visit` for each sheet or layer of a file (the one named, or all) until it says stop. The sheet is
 * the visitor's to keep (by clearing it) or to leave. OM_NOT_FOUND lists the layers when the named one is not
 * there. */
typedef om_status sheet_visit_fn(om_context *ctx, void *user, struct sheet *sheet, bool *stop);
om_status sheet_visit(om_context *ctx, const char *path, const char *layer, sheet_visit_fn *visit,
                      void *user);

/* For readers: a row, then its cells one by one (length bytes, trimmed here). */
om_status sheet_add_row(om_context *ctx, struct sheet *sheet, size_t place);
om_status sheet_add_cell(om_context *ctx, struct sheet *sheet, const char *text, size_t length);
void sheet_drop_empty_row(struct sheet *sheet); /* the last one, when it has no text */

#endif

/*
 * The table of layers: every layer, its columns with type, unit and aliases in both languages, and how each
 * value is fetched from a judged case. Writers, styles and docs/layers.md all walk it.
 */
#ifndef MAPS_LAYER_TABLE_H
#define MAPS_LAYER_TABLE_H

#include "maps/result.h"

enum layer_geometry { LAYER_NO_GEOMETRY, LAYER_POINT, LAYER_LINE, LAYER_AREA };
enum layer_type { LAYER_TEXT, LAYER_WHOLE, LAYER_NUMBER, LAYER_FLAG };

/* A judged case made ready for layers: dissolved polygons and seats in the project's CRS. */
struct layer_view {
    const struct map_result *result;
    const struct plan_partition *reference; /* of the rules; NULL when there is none */
    const struct plan_partition *county;    /* NULL when there is none */
    struct geo_wkb *areas;                  /* one per area */
    struct geo_wkb *regions;                /* one per region of the reference; NULL until they are added */
    /* easting_northing of every seat, then of every place of one's own for sites; NAN when unknown */
    double *seats;
    double *offices; /* easting_northing of every office; its seat's when it has none */
};

/* A row of a layer: an index, and for reach_lines which of a municipality's two lines it is. */
struct layer_row {
    uint32_t index;
    uint32_t variant;
};

/* A value; text NULL and number NAN mean null. `owned` is freed by the caller. */
struct layer_value {
    const char *text;
    char *owned;
    double number;
    bool out_of_memory;
};

typedef void layer_fetch_fn(const struct layer_view *view, struct layer_row row, struct layer_value *out);

struct layer_column {
    const char *name;
    enum layer_type type;
    const char *unit;              /* "" when it has none */
    const char *english, *swedish; /* alias */
    layer_fetch_fn *fetch;
};

/* What a result has nothing to do with is not written, not even empty. */
#define LAYER_ABSENT SIZE_MAX

struct layer {
    const char *name;
    enum layer_geometry geometry;
    const char *english, *swedish; /* title */
    const char *meaning;           /* one sentence for docs/layers.md */
    const struct layer_column *columns;
    size_t n_columns;
    size_t (*count)(const struct layer_view *view); /* candidates for rows, LAYER_ABSENT: no such layer … */
    bool (*row)(const struct layer_view *view, size_t i,
                struct layer_row *row); /* … and whether one is a row */
    const struct geo_wkb *(*polygon)(const struct layer_view *view, struct layer_row row); /* areas */
    /* Points and lines: one or two easting_northing pairs. */
    void (*points)(const struct layer_view *view, struct layer_row row, double easting_northing[4]);
};

extern const struct layer map_layers[];
extern const size_t map_n_layers;

/* By name; NULL: there is none. */
const struct layer *layer_find(const char *name);
const struct layer_column *layer_column_find(const struct layer *layer, const char *name);

bool layer_is_absent(const struct layer_view *view, const struct layer *layer);

/* Without the polygons of regions, which only layers show; they are added once, if at all. */
om_status layer_view_new(om_context *ctx, const struct map_result *result, struct layer_view *out);
om_status layer_view_add_regions(om_context *ctx, struct layer_view *view);
void layer_view_done(struct layer_view *view);

#endif

/*
 * The table of formats layers are written in, told by the name of the output.
 */
#ifndef MAPS_LAYER_FORMAT_H
#define MAPS_LAYER_FORMAT_H

#include "layer_table.h"

#include <gdal.h>

enum layer_holding { LAYER_ALL_IN_ONE_FILE, LAYER_FILE_EACH, LAYER_DATABASE };

struct layer_format {
    const char *name;   /* as in docs/layers.md */
    const char *mark;   /* ending of the output's name; of a database its beginning */
    const char *driver; /* GDAL's */
    enum layer_holding holding;
    const char *crs;    /* as in docs/layers.md */
    const char *tables; /* mark of the format for layers without geometry; NULL: the same */
    const char *const *dataset_options, *const *layer_options; /* NULL-terminated lists, or NULL */
    const char *meaning;                                       /* a sentence for docs/layers.md */
};

extern const struct layer_format layer_formats[];
extern const size_t layer_n_formats;

/* Of OUT.gpkg, OUT.fgb/ …; a folder OUT/ without an ending of a format is one of GeoJSON. NULL: unknown. */
const struct layer_format *layer_format_of(const char *output);

/* The format a layer goes to: the format's own, or that of its tables. */
const struct layer_format *layer_format_for(const struct layer_format *format, const struct layer *layer);

/* ".gpkg, .geojson …": every ending. Owned by the caller; NULL: no memory. */
char *layer_format_endings(void);

/* OM_LIBRARY when the GDAL in use was built without it. */
om_status layer_format_driver(om_context *ctx, const struct layer_format *format, GDALDriverH *out);

#endif

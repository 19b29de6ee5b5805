/*
 * Geographic layers of a judged case: municipalities, areas (dissolved), gaps, offices, reach_lines, one
 * per reference partition (fa_regions …), and what changed when it is compared, written with GDAL. Columns,
 * types, aliases in both languages and styles are one table (map_layers), from which docs/layers.md is
 * written too.
 */
#ifndef MAPS_LAYERS_H
#define MAPS_LAYERS_H

#include "maps/result.h"

struct map_export_options {
    bool overwrite;
    const char *schema; /* of a database; NULL: what the connection says */
    /* Of a GeoPackage: whose styles and QGIS project replace or extend ours (docs/qgis.md); NULL: none. */
    const char *template_path;
};

/*
 * Writes the layers by output name: OUT.gpkg is one file with every layer, in the project's CRS, with styles
 * that QGIS applies. OUT.geojson (WGS84), OUT.fgb, OUT.parquet and OUT.csv hold the municipalities, with
 * OUT_areas.geojson … for the other layers beside them; OUT.fgb/ or OUT/ (GeoJSON) is a folder with one file
 * per layer; "PG:dbname=…" is a PostGIS database with a table per layer, written in one transaction. Equal
 * input gives equal bytes (timestamps come from SOURCE_DATE_EPOCH or the newest source date). Files are
 * written under a temporary name first. OM_EXISTS without overwrite; OM_INVALID_ARGUMENT for another name;
 * OM_LIBRARY where GDAL lacks the driver; OM_BAD_DATA when the format cannot hold a row without geometry.
 */
om_status map_export(om_context *ctx, const struct map_result *result, const char *path,
                     const struct map_export_options *options);

/* Stores the same layers in the project itself, as result_<layer>, replacing those of the run before. */
om_status map_store(om_context *ctx, const struct map_result *result, data_project *project);

/* The layers and their columns as a Markdown page: docs/layers.md. */
void map_layers_markdown(FILE *out);

#endif

/*
 * Geographic layers of a judged case: municipalities, areas (dissolved), gaps, offices, reach_lines, one
 * per reference partition (fa_regions …), and what changed when it is compared, written with GDAL. Columns,
 * types, aliases in both languages and styles are one table (map_layers), from which docs/layers.md is
 * written too.
 */
#ifndef MAPS_LAYERS_H
#define MAPS_LAYERS_H

#include "maps/result.h"

/*
 * Writes the layers by output name: OUT.gpkg (project CRS, styles applied by QGIS); OUT.geojson (WGS84) or
 * OUT.csv, which hold the municipalities, with OUT_areas.geojson … for the other layers beside it; or a
 * folder OUT/ with one GeoJSON file per layer. Equal input gives equal bytes (timestamps come from
 * SOURCE_DATE_EPOCH or the newest source date). OM_EXISTS without overwrite. Written under a temporary name
 * first.
 */
om_status map_export(om_context *ctx, const struct map_result *result, const char *path, bool overwrite);

/* Stores the same layers in the project itself, as result_<layer>, replacing those of the run before. */
om_status map_store(om_context *ctx, const struct map_result *result, data_project *project);

/* The layers and their columns as a Markdown page: docs/layers.md. */
void map_layers_markdown(FILE *out);

#endif

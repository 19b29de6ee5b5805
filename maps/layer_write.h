/*
 * Writing layers into a GDAL dataset, and what every writer needs around it.
 */
#ifndef MAPS_LAYER_WRITE_H
#define MAPS_LAYER_WRITE_H

#include "layer_template.h"

#include <gdal.h>
#include <ogr_srs_api.h>

/*
 * GDAL made quiet and deterministic for the time of a write: its messages are kept for ours, and its
 * timestamps come from SOURCE_DATE_EPOCH or the newest source. Ends with layer_gdal_leave.
 */
void layer_gdal_enter(const struct map_result *result);
void layer_gdal_leave(void);

/* OM_LIBRARY with what GDAL said, after what was attempted. */
om_status layer_gdal_failed(om_context *ctx, const char *what);

/* "2026-02-01T00:00:00.000Z": the time that stands for now. */
void layer_timestamp(const struct map_result *result, char timestamp[32]);

/* The project's CRS with x, y order; released with OSRRelease. */
om_status layer_crs(om_context *ctx, const char *crs, OGRSpatialReferenceH *out);

/* Writes one layer under a name. options are GDAL's layer creation options. */
om_status layer_write(om_context *ctx, const struct layer_view *view, const struct layer *layer,
                      GDALDatasetH dataset, const char *name, OGRSpatialReferenceH crs, char **options);

/* The value domains of columns, with texts in the language in force; those from before are replaced. */
om_status layer_write_domains(om_context *ctx, GDALDatasetH dataset);

/* Aliases in the language in force, and units, of the columns of a table that is written. */
om_status layer_describe_columns(om_context *ctx, const struct layer *layer, GDALDatasetH dataset,
                                 const char *table);

/* The text between quotes of a kind, those inside doubled: a name ("), or a string ('). Owned by the caller;
 * NULL: no memory. */
char *layer_sql_quoted(const char *text, char quote);

/* Runs a statement without rows. Takes the SQL; NULL is memory run out. what: where a failure happened. */
om_status layer_sql(om_context *ctx, GDALDatasetH dataset, const char *what, char *sql);

/* Writes the styles of every layer that was written as prefix + name, in both languages, the layer's first in
 * the chosen one as default; those of the same layers from before are replaced, and a template's (may be
 * NULL) come instead. */
om_status layer_write_styles(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                             const char *prefix, const struct layer_template *template);

/* Writes every layer with its styles into a GeoPackage. */
om_status layer_write_package(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                              const char *prefix, const struct layer_template *template);

/* A QGIS project in the GeoPackage, which will bear the name file. After the layers. */
om_status layer_write_qgis_project(om_context *ctx, const struct layer_view *view, GDALDatasetH dataset,
                                   const char *file, const struct layer_template *template);

#endif

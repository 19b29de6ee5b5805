/*
 * A QGIS project that lies in the GeoPackage it shows: groups, a map theme for each theme there is, and print
 * layouts, in the language in force.
 */
#ifndef MAPS_QGIS_PROJECT_H
#define MAPS_QGIS_PROJECT_H

#include "layer_look.h"

#include <gdal.h>

extern const char qgis_project_name[]; /* "omland": geopackage:OUT.gpkg?projectName=omland */

/* Easting and northing, metres. */
struct qgis_box {
    double west, south, east, north;
};

struct qgis_project {
    const struct layer_view *view;
    const struct layer_template *template; /* whose styles come instead of ours; NULL: none */
    const char *file;      /* name of the GeoPackage, without folder: sources are relative to it */
    const char *timestamp; /* "2026-02-01T00:00:00.000Z" */
    const char *crs_wkt;   /* of the project's CRS */
    struct qgis_box extent;
};

/* Whether a layer is in the project at all. */
bool qgis_project_has(const struct qgis_project *project, const struct layer *layer);

/* What a theme shows of a layer: the name of its style; NULL: nothing. Owned by nobody. */
const struct layer_style *qgis_project_style(const struct theme *theme, const struct layer *layer,
                                             bool *is_shown);

/* Within <qgis>: the layouts, on two sizes of paper for each theme. */
om_status qgis_layouts_write(om_context *ctx, const struct qgis_project *project, struct qgis_xml *xml);

/* A document as QGIS saves it (.qgs). Owned by the caller. */
om_status qgis_project_qgs(om_context *ctx, const struct qgis_project *project, char **qgs);

/* Puts a document into the GeoPackage as the project of our name, in place of one from before. */
om_status qgis_project_store(om_context *ctx, GDALDatasetH dataset, const char *qgs, const char *timestamp);

/* The identifier of a layer in the project. */
struct qgis_id {
    char text[64];
};
struct qgis_id qgis_layer_id(const struct layer *layer);

#endif

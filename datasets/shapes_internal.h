/* Polygons of a map layer in the project's coordinates, made valid. */
#ifndef DATASETS_SHAPES_INTERNAL_H
#define DATASETS_SHAPES_INTERNAL_H

#include "project_internal.h"
#include "table_internal.h"

/* From the layer's system to the project's; options->crs overrides what the layer says. OM_BAD_DATA when
 * neither says anything. shapes_transform_free accepts NULL. */
typedef void *shapes_transform;
om_status shapes_transform_new(om_context *ctx, const data_project *project, const struct sheet *sheet,
                               const char *crs, shapes_transform *out);
void shapes_transform_free(shapes_transform transform);

/* One polygon; `what` names it in messages and in the finding geometry_repaired. An empty wkb stays empty. */
om_status shapes_polygon(om_context *ctx, shapes_transform transform, const struct geo_wkb *in,
                         const char *what, struct geo_wkb *out);

/* A geometry of GDAL as bytes of the caller. */
om_status shapes_wkb(om_context *ctx, OGRGeometryH geometry, struct geo_wkb *out);

/* Longitude and latitude of the middle of a geometry's bounding box, in the project's system. */
om_status shapes_middle(om_context *ctx, data_project *project, const struct geo_wkb *wkb, double lon_lat[2]);

/* The convex hull of points (easting_northing pairs) widened by a margin. */
om_status shapes_hull(om_context *ctx, const double *easting_northing, size_t n, double margin_m,
                      struct geo_wkb *out);

#endif

/*
 * Coordinate reference systems, through PROJ. Axis order is always x, y: lon_lat in degrees for geographic
 * systems, easting_northing in metres for projected ones, whatever the authority says.
 */
#ifndef GEO_CRS_H
#define GEO_CRS_H

#include "geo/status.h"

#include <stddef.h>

typedef struct geo_transform geo_transform;

/* From and to are anything PROJ understands ("EPSG:4326", "EPSG:3006", WKT). Not shared between threads. */
om_status geo_transform_new(om_context *ctx, const char *from, const char *to, geo_transform **out);
void geo_transform_free(geo_transform *transform); /* accepts NULL */

/* Transforms n pairs in place. OM_BAD_DATA names the first pair outside the area of the transformation. */
om_status geo_transform_points(om_context *ctx, geo_transform *transform, double *x_y, size_t n);

/* Great-circle distance on the mean sphere (radius 6 371 008.8 m, IUGG), lon_lat in degrees. */
double geo_distance_m(double lon_a, double lat_a, double lon_b, double lat_b);

#endif

/*
 * The outline of a country, to which schematic polygons are clipped.
 *
 * Either polygons in any format GDAL reads (all features together, slivers included), or a table of
 * coordinates with the columns polygon, ring, lon and lat (degrees, WGS84): the rows of one ring in the order
 * in which they are drawn, without repeating the first. The first ring of a polygon is its shore; further
 * rings are lakes.
 */
#ifndef DATASETS_OUTLINE_H
#define DATASETS_OUTLINE_H

#include "geo/geometry.h"

/*
 * Reads an outline into the coordinate system `crs` ("EPSG:3006"). *out is owned by the caller
 * (geo_wkb_done). OM_NOT_FOUND when the file cannot be opened; OM_BAD_DATA names file, feature or line and
 * what is wrong.
 */
om_status data_outline_read(om_context *ctx, const char *path, const char *crs, struct geo_wkb *out);

#endif

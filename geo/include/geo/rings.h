/*
 * The outlines of a polygon as plain points, for drawing and measuring.
 */
#ifndef GEO_RINGS_H
#define GEO_RINGS_H

#include "geo/geometry.h"

/*
 * Every ring of every part: shells and holes alike, each closed (its last point is its first). What is inside
 * follows from the even-odd rule. Ring r has the points first_point[r] .. first_point[r + 1] - 1.
 */
struct geo_rings {
    size_t n;
    size_t *first_point;      /* n + 1 */
    double *easting_northing; /* pairs, metres in the CRS of the polygon */
};

/* An empty wkb has no rings. OM_BAD_DATA when it is not polygonal. The caller frees with geo_rings_done. */
om_status geo_rings_read(om_context *ctx, const struct geo_wkb *wkb, struct geo_rings *out);
void geo_rings_done(struct geo_rings *rings);

#endif

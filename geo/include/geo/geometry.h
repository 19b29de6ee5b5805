/*
 * Polygons: repair, neighbours, dissolving, and cells around places. GEOS does the work (reentrant API only).
 *
 * Geometry travels between layers as well-known binary (struct geo_wkb: ISO WKB, 2D, axis order
 * easting_northing in the project's projected CRS, metres), which every library of the field reads.
 */
#ifndef GEO_GEOMETRY_H
#define GEO_GEOMETRY_H

#include "geo/status.h"

#include <stddef.h>
#include <stdint.h>

struct geo_wkb {
    unsigned char *bytes; /* owned; om_free */
    size_t size;          /* 0 = no geometry */
};

void geo_wkb_done(struct geo_wkb *wkb);
void geo_wkb_array_free(struct geo_wkb *wkbs, size_t n); /* accepts NULL */

/* Reads and writes well-known text, for tests and messages. *text is owned by the caller (om_free). */
om_status geo_wkb_from_text(om_context *ctx, const char *text, struct geo_wkb *out);
om_status geo_wkb_to_text(om_context *ctx, const struct geo_wkb *wkb, int decimals, char **text);

/* Makes a polygon or multipolygon valid (GEOS make-valid, keeping area parts only); *repaired tells whether
 * it had to. OM_BAD_DATA when it is not polygonal or nothing of it is left. */
om_status geo_polygon_repair(om_context *ctx, const struct geo_wkb *in, struct geo_wkb *out, bool *repaired);

double geo_polygon_area_m2(om_context *ctx, const struct geo_wkb *wkb); /* NAN on failure */

/* Point-on-surface: easting_northing[2]. */
om_status geo_polygon_inside_point(om_context *ctx, const struct geo_wkb *wkb, double easting_northing[2]);

/* Two units that share a border; first < second. */
struct geo_border {
    uint32_t first, second;
    double length_m; /* of the shared border */
};

/*
 * Pairs of polygons that share a border longer than min_length_m. Slivers and slight overlaps up to
 * tolerance_m are bridged; a touch in a single corner is no border. Sorted by (first, second). *borders owned
 * by the caller (om_free).
 */
om_status geo_borders_find(om_context *ctx, const struct geo_wkb *polygons, size_t n, double tolerance_m,
                           double min_length_m, struct geo_border **borders, size_t *n_borders);

/*
 * Dissolves polygons by group: out[g] is the union of the polygons with group_of[i] == g (groups below 0 are
 * left out). Slivers up to tolerance_m between members are closed. out has n_groups zeroed items; the caller
 * frees each.
 */
om_status geo_dissolve(om_context *ctx, const struct geo_wkb *polygons, const int32_t *group_of, size_t n,
                       size_t n_groups, double tolerance_m, struct geo_wkb *out);

/*
 * Voronoi cells of points (easting_northing pairs, 2 * n doubles), dissolved by group and clipped to the
 * outline polygon (NULL or empty: the convex hull of the points with a margin). A group without area inside
 * the outline gets an empty wkb. out has n_groups zeroed items.
 */
om_status geo_cells(om_context *ctx, const double *easting_northing, const int32_t *group_of, size_t n,
                    size_t n_groups, const struct geo_wkb *outline, struct geo_wkb *out);

#endif

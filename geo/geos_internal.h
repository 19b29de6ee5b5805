/*
 * GEOS inside geo/: one reentrant handle per public call, whose last message goes into the context.
 *
 * Functions that return a GEOSGeometry give it to the caller (GEOSGeom_destroy_r) and return NULL on failure,
 * so that a chain of GEOS calls ends in one geo_geos_fail.
 */
#ifndef GEO_GEOS_INTERNAL_H
#define GEO_GEOS_INTERNAL_H

#include "geo/geometry.h"

#include <geos_c.h>

struct geo_geos {
    GEOSContextHandle_t handle;
    char message[512]; /* the last error */
};

om_status geo_geos_open(om_context *ctx, struct geo_geos *geos);
void geo_geos_close(struct geo_geos *geos); /* accepts one that was never opened */

/* OM_LIBRARY with GEOS's message. */
om_status geo_geos_fail(om_context *ctx, const struct geo_geos *geos);

/* OM_BAD_DATA when the bytes are no geometry. */
om_status geo_geos_read(om_context *ctx, struct geo_geos *geos, const struct geo_wkb *wkb,
                        GEOSGeometry **out);

/* Reads n polygons into a new array; an empty wkb gives NULL. OM_BAD_DATA names the item (counted from 1). */
om_status geo_geos_read_all(om_context *ctx, struct geo_geos *geos, const struct geo_wkb *wkbs, size_t n,
                            GEOSGeometry ***out);
void geo_geos_free_all(struct geo_geos *geos, GEOSGeometry **items, size_t n); /* accepts NULL */

/* An empty geometry is written as an empty wkb. */
om_status geo_geos_write(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *geometry,
                         struct geo_wkb *out);

/* Accepts NULL, so that a failed step can be handed on. */
void geo_geos_destroy(struct geo_geos *geos, GEOSGeometry *geometry);

/* The polygons of a geometry, without lines and points; takes ownership; accepts and returns NULL. */
GEOSGeometry *geo_geos_polygonal(struct geo_geos *geos, GEOSGeometry *geometry);

/* A collection of copies of borrowed geometries. */
GEOSGeometry *geo_geos_collect(struct geo_geos *geos, GEOSGeometry *const *items, size_t n);

/* The union of borrowed polygons; NULL items are left out. */
GEOSGeometry *geo_geos_union(struct geo_geos *geos, GEOSGeometry *const *items, size_t n);

#endif

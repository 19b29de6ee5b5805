#include "geo/rings.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "geos_internal.h"

typedef om_status ring_fn(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *ring, void *user);

static om_status each_ring_of_polygon(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *polygon,
                                      ring_fn *visit, void *user)
{
    const GEOSGeometry *shell = GEOSGetExteriorRing_r(geos->handle, polygon);
    om_status status = shell ? visit(ctx, geos, shell, user) : geo_geos_fail(ctx, geos);
    int n_holes = GEOSGetNumInteriorRings_r(geos->handle, polygon);
    for (int i = 0; status == OM_OK && i < n_holes; i++)
        status = visit(ctx, geos, GEOSGetInteriorRingN_r(geos->handle, polygon, i), user);
    return status;
}

static om_status each_ring(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *geometry,
                           ring_fn *visit, void *user)
{
    om_status status = OM_OK;
    int n = GEOSGetNumGeometries_r(geos->handle, geometry);
    for (int i = 0; status == OM_OK && i < n; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, geometry, i);
        if (!part || GEOSGeomTypeId_r(geos->handle, part) != GEOS_POLYGON)
            status = om_fail(ctx, OM_BAD_DATA, "%s", om_tr("a polygon is needed, this is a point or a line"));
        else if (GEOSisEmpty_r(geos->handle, part) == 0)
            status = each_ring_of_polygon(ctx, geos, part, visit, user);
    }
    return status;
}

struct sizes {
    size_t n_rings, n_points;
};

static om_status points_of(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *ring,
                           const GEOSCoordSequence **points, unsigned *n)
{
    *points = GEOSGeom_getCoordSeq_r(geos->handle, ring);
    return *points && GEOSCoordSeq_getSize_r(geos->handle, *points, n) ? OM_OK : geo_geos_fail(ctx, geos);
}

static om_status count_ring(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *ring, void *user)
{
    struct sizes *sizes = user;
    const GEOSCoordSequence *points = NULL;
    unsigned n = 0;
    om_status status = points_of(ctx, geos, ring, &points, &n);
    sizes->n_rings++;
    sizes->n_points += n;
    return status;
}

static om_status copy_ring(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *ring, void *user)
{
    struct geo_rings *rings = user;
    const GEOSCoordSequence *points = NULL;
    unsigned n = 0;
    om_status status = points_of(ctx, geos, ring, &points, &n);
    size_t first = rings->first_point[rings->n];
    if (status == OM_OK &&
        !GEOSCoordSeq_copyToBuffer_r(geos->handle, points, rings->easting_northing + 2 * first, 0, 0))
        status = geo_geos_fail(ctx, geos);
    rings->first_point[++rings->n] = first + n;
    return status;
}

static om_status copy_rings(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *geometry,
                            struct geo_rings *out)
{
    struct sizes sizes = {0};
    om_status status = each_ring(ctx, geos, geometry, count_ring, &sizes);
    if (status)
        return status;
    struct geo_rings rings = {
        .first_point = om_alloc(sizes.n_rings + 1, sizeof *rings.first_point),
        .easting_northing = om_alloc(sizes.n_points, 2 * sizeof *rings.easting_northing),
    };
    status = rings.first_point && rings.easting_northing ? each_ring(ctx, geos, geometry, copy_ring, &rings)
                                                         : om_no_memory(ctx);
    if (status == OM_OK)
        *out = rings;
    else
        geo_rings_done(&rings);
    return status;
}

om_status geo_rings_read(om_context *ctx, const struct geo_wkb *wkb, struct geo_rings *out)
{
    if (wkb->size == 0) {
        size_t *first_point = om_alloc(1, sizeof *first_point);
        if (!first_point)
            return om_no_memory(ctx);
        *out = (struct geo_rings){.first_point = first_point};
        return OM_OK;
    }
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    GEOSGeometry *geometry = NULL;
    om_status status = geo_geos_read(ctx, &geos, wkb, &geometry);
    if (status == OM_OK)
        status = copy_rings(ctx, &geos, geometry, out);
    geo_geos_destroy(&geos, geometry);
    geo_geos_close(&geos);
    return status;
}

void geo_rings_done(struct geo_rings *rings)
{
    om_free(rings->first_point);
    om_free(rings->easting_northing);
    *rings = (struct geo_rings){0};
}

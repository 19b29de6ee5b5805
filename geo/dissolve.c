#include "geo/geometry.h"

#include "geo/memory.h"
#include "geos_internal.h"

static const double mitre_limit = 5; /* corners stay sharp when a shape is grown and shrunk back */

static GEOSGeometry *grow(struct geo_geos *geos, const GEOSGeometry *geometry, double distance_m)
{
    return GEOSBufferWithStyle_r(geos->handle, geometry, distance_m, 1, GEOSBUF_CAP_SQUARE,
                                 GEOSBUF_JOIN_MITRE, mitre_limit);
}

/* What growing and shrinking back by half the tolerance adds: the gaps narrower than the tolerance. */
static GEOSGeometry *narrow_gaps(struct geo_geos *geos, const GEOSGeometry *whole, double tolerance_m)
{
    GEOSGeometry *grown = grow(geos, whole, tolerance_m / 2);
    GEOSGeometry *closed = grown ? grow(geos, grown, -tolerance_m / 2) : NULL;
    GEOSGeometry *gaps = closed ? GEOSDifference_r(geos->handle, closed, whole) : NULL;
    geo_geos_destroy(geos, grown);
    geo_geos_destroy(geos, closed);
    return geo_geos_polygonal(geos, gaps);
}

/* A narrow bay of one member is its own shape; only what lies between two members is a sliver. */
static bool lies_between(struct geo_geos *geos, const GEOSGeometry *gap, GEOSGeometry *const *members,
                         size_t n, double tolerance_m)
{
    size_t touching = 0;
    for (size_t i = 0; i < n && touching < 2; i++)
        if (members[i] && GEOSDistanceWithin_r(geos->handle, gap, members[i], tolerance_m * 1e-3) == 1)
            touching++;
    return touching == 2;
}

/* Takes ownership of whole. */
static GEOSGeometry *close_slivers(struct geo_geos *geos, GEOSGeometry *whole, GEOSGeometry *const *members,
                                   size_t n, double tolerance_m)
{
    GEOSGeometry *gaps = narrow_gaps(geos, whole, tolerance_m);
    int n_gaps = gaps ? GEOSGetNumGeometries_r(geos->handle, gaps) : 0;
    GEOSGeometry **parts = gaps ? om_alloc((size_t)n_gaps + 1, sizeof *parts) : NULL;
    size_t n_parts = 0;
    for (int i = 0; parts && i < n_gaps; i++) {
        const GEOSGeometry *gap = GEOSGetGeometryN_r(geos->handle, gaps, i);
        double area_m2 = 0;
        GEOSArea_r(geos->handle, gap, &area_m2);
        if (area_m2 > 0 && lies_between(geos, gap, members, n, tolerance_m))
            parts[n_parts++] = GEOSGeom_clone_r(geos->handle, gap);
    }
    GEOSGeometry *closed = NULL;
    if (parts) {
        parts[n_parts] = whole;
        closed = n_parts ? geo_geos_union(geos, parts, n_parts + 1) : GEOSGeom_clone_r(geos->handle, whole);
    }
    geo_geos_free_all(geos, parts, n_parts);
    geo_geos_destroy(geos, gaps);
    geo_geos_destroy(geos, whole);
    return closed;
}

static om_status dissolve_one(om_context *ctx, struct geo_geos *geos, GEOSGeometry *const *members, size_t n,
                              double tolerance_m, struct geo_wkb *out)
{
    GEOSGeometry *whole = geo_geos_polygonal(geos, geo_geos_union(geos, members, n));
    if (whole && n > 1 && tolerance_m > 0)
        whole = geo_geos_polygonal(geos, close_slivers(geos, whole, members, n, tolerance_m));
    om_status status = whole ? geo_geos_write(ctx, geos, whole, out) : geo_geos_fail(ctx, geos);
    geo_geos_destroy(geos, whole);
    return status;
}

om_status geo_dissolve(om_context *ctx, const struct geo_wkb *polygons, const int32_t *group_of, size_t n,
                       size_t n_groups, double tolerance_m, struct geo_wkb *out)
{
    struct geo_geos geos;
    if (geo_geos_open(ctx, &geos))
        return ctx->status;
    GEOSGeometry **items = NULL;
    GEOSGeometry **members = om_alloc(n, sizeof *members);
    struct geo_wkb *dissolved = om_alloc(n_groups, sizeof *dissolved);
    om_status status =
        members && dissolved ? geo_geos_read_all(ctx, &geos, polygons, n, &items) : om_no_memory(ctx);
    for (size_t g = 0; status == OM_OK && g < n_groups; g++) {
        size_t n_members = 0;
        for (size_t i = 0; i < n; i++)
            if (group_of[i] >= 0 && (size_t)group_of[i] == g && items[i])
                members[n_members++] = items[i];
        if (n_members)
            status = dissolve_one(ctx, &geos, members, n_members, tolerance_m, &dissolved[g]);
    }
    for (size_t g = 0; status == OM_OK && g < n_groups; g++) {
        out[g] = dissolved[g];
        dissolved[g] = (struct geo_wkb){0};
    }
    geo_geos_free_all(&geos, items, n);
    om_free(members);
    geo_wkb_array_free(dissolved, n_groups);
    geo_geos_close(&geos);
    return status;
}

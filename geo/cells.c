#include "geo/geometry.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "geos_internal.h"

#include <math.h>

static const double hull_margin_share = 0.05; /* of the hull's extent, when no outline is given */

/* Points, the cells around them, and a tree to look points up by place. */
struct diagram {
    om_context *ctx;
    struct geo_geos geos;
    size_t n;
    GEOSGeometry **points;
    GEOSGeometry *outline, *cells; /* the cells come in no particular order */
    GEOSSTRtree *tree;
    const GEOSGeometry *cell; /* of the current look-up */
    size_t owner;             /* its point; n = not found */
};

static void diagram_done(struct diagram *diagram)
{
    struct geo_geos *geos = &diagram->geos;
    if (diagram->tree)
        GEOSSTRtree_destroy_r(geos->handle, diagram->tree);
    geo_geos_destroy(geos, diagram->cells);
    geo_geos_destroy(geos, diagram->outline);
    geo_geos_free_all(geos, diagram->points, diagram->n);
    geo_geos_close(geos);
}

static om_status make_points(struct diagram *diagram, const double *easting_northing)
{
    diagram->points = om_alloc(diagram->n, sizeof *diagram->points);
    if (!diagram->points)
        return om_no_memory(diagram->ctx);
    for (size_t i = 0; i < diagram->n; i++) {
        double x = easting_northing[2 * i], y = easting_northing[2 * i + 1];
        if (!isfinite(x) || !isfinite(y))
            return om_fail(diagram->ctx, OM_INVALID_ARGUMENT, om_tr("point %zu has no coordinates"), i + 1);
        diagram->points[i] = GEOSGeom_createPointFromXY_r(diagram->geos.handle, x, y);
        if (!diagram->points[i])
            return geo_geos_fail(diagram->ctx, &diagram->geos);
    }
    return OM_OK;
}

/* Without an outline: the convex hull of the points with a margin. Borrows the points. */
static GEOSGeometry *hull_with_margin(struct geo_geos *geos, const GEOSGeometry *points)
{
    double box[4];
    GEOSGeometry *hull = GEOSConvexHull_r(geos->handle, points);
    GEOSGeometry *wide = NULL;
    if (hull && GEOSGeom_getExtent_r(geos->handle, hull, &box[0], &box[1], &box[2], &box[3])) {
        double margin_m = fmax(1, hull_margin_share * fmax(box[2] - box[0], box[3] - box[1]));
        wide = GEOSBuffer_r(geos->handle, hull, margin_m, 8);
    }
    geo_geos_destroy(geos, hull);
    return wide;
}

static om_status draw(struct diagram *diagram, const struct geo_wkb *outline)
{
    struct geo_geos *geos = &diagram->geos;
    GEOSGeometry *all = geo_geos_collect(geos, diagram->points, diagram->n);
    om_status status = all ? OM_OK : geo_geos_fail(diagram->ctx, geos);
    if (status == OM_OK && outline && outline->size) {
        status = geo_geos_read(diagram->ctx, geos, outline, &diagram->outline);
        if (status)
            om_context_add(diagram->ctx, "%s", om_tr("outline"));
    } else if (status == OM_OK) {
        diagram->outline = hull_with_margin(geos, all);
    }
    if (status == OM_OK && diagram->outline)
        diagram->cells = GEOSVoronoiDiagram_r(geos->handle, all, diagram->outline, 0, 0);
    geo_geos_destroy(geos, all);
    if (status == OM_OK && !diagram->cells)
        status = geo_geos_fail(diagram->ctx, geos);
    return status;
}

static om_status plant_tree(struct diagram *diagram)
{
    diagram->tree = GEOSSTRtree_create_r(diagram->geos.handle, 10);
    if (!diagram->tree)
        return geo_geos_fail(diagram->ctx, &diagram->geos);
    for (size_t i = 0; i < diagram->n; i++)
        GEOSSTRtree_insert_r(diagram->geos.handle, diagram->tree, diagram->points[i], &diagram->points[i]);
    return OM_OK;
}

/* Of several points in one place, the first owns the cell. */
static void visit_point(void *item, void *user)
{
    struct diagram *diagram = user;
    size_t i = (size_t)((GEOSGeometry **)item - diagram->points);
    if (i < diagram->owner && GEOSIntersects_r(diagram->geos.handle, diagram->cell, diagram->points[i]) == 1)
        diagram->owner = i;
}

/* owners[c] is the group of cell c, or -1. */
static om_status find_owners(struct diagram *diagram, const int32_t *group_of, int32_t *owners,
                             size_t n_cells)
{
    struct geo_geos *geos = &diagram->geos;
    for (size_t c = 0; c < n_cells; c++) {
        diagram->cell = GEOSGetGeometryN_r(geos->handle, diagram->cells, (int)c);
        diagram->owner = diagram->n;
        if (!diagram->cell)
            return geo_geos_fail(diagram->ctx, geos);
        GEOSSTRtree_query_r(geos->handle, diagram->tree, diagram->cell, visit_point, diagram);
        owners[c] = diagram->owner < diagram->n ? group_of[diagram->owner] : -1;
    }
    return OM_OK;
}

/* The cells of a group in one piece, within the outline. */
static om_status write_group(struct diagram *diagram, const GEOSPreparedGeometry *inside,
                             GEOSGeometry *const *cells, size_t n, struct geo_wkb *out)
{
    struct geo_geos *geos = &diagram->geos;
    GEOSGeometry *whole = geo_geos_union(geos, cells, n);
    if (whole && GEOSPreparedCovers_r(geos->handle, inside, whole) != 1) {
        GEOSGeometry *clipped = GEOSIntersection_r(geos->handle, whole, diagram->outline);
        geo_geos_destroy(geos, whole);
        whole = geo_geos_polygonal(geos, clipped);
    }
    om_status status =
        whole ? geo_geos_write(diagram->ctx, geos, whole, out) : geo_geos_fail(diagram->ctx, geos);
    geo_geos_destroy(geos, whole);
    return status;
}

static om_status write_groups(struct diagram *diagram, const int32_t *owners, size_t n_cells, size_t n_groups,
                              struct geo_wkb *out)
{
    struct geo_geos *geos = &diagram->geos;
    GEOSGeometry **members = om_alloc(n_cells, sizeof *members);
    if (!members)
        return om_no_memory(diagram->ctx);
    const GEOSPreparedGeometry *inside = GEOSPrepare_r(geos->handle, diagram->outline);
    om_status status = inside ? OM_OK : geo_geos_fail(diagram->ctx, geos);
    for (size_t g = 0; status == OM_OK && g < n_groups; g++) {
        size_t n_members = 0;
        for (size_t c = 0; c < n_cells; c++)
            if (owners[c] >= 0 && (size_t)owners[c] == g)
                members[n_members++] =
                    (GEOSGeometry *)GEOSGetGeometryN_r(geos->handle, diagram->cells, (int)c);
        if (n_members)
            status = write_group(diagram, inside, members, n_members, &out[g]);
    }
    if (inside)
        GEOSPreparedGeom_destroy_r(geos->handle, inside);
    om_free(members);
    return status;
}

static om_status write_cells(struct diagram *diagram, const int32_t *group_of, size_t n_groups,
                             struct geo_wkb *out)
{
    int n_found = GEOSGetNumGeometries_r(diagram->geos.handle, diagram->cells);
    size_t n_cells = n_found > 0 ? (size_t)n_found : 0;
    int32_t *owners = om_alloc(n_cells, sizeof *owners);
    struct geo_wkb *groups = om_alloc(n_groups, sizeof *groups);
    om_status status =
        owners && groups ? find_owners(diagram, group_of, owners, n_cells) : om_no_memory(diagram->ctx);
    if (status == OM_OK)
        status = write_groups(diagram, owners, n_cells, n_groups, groups);
    for (size_t g = 0; status == OM_OK && g < n_groups; g++) {
        out[g] = groups[g];
        groups[g] = (struct geo_wkb){0};
    }
    geo_wkb_array_free(groups, n_groups);
    om_free(owners);
    return status;
}

om_status geo_cells(om_context *ctx, const double *easting_northing, const int32_t *group_of, size_t n,
                    size_t n_groups, const struct geo_wkb *outline, struct geo_wkb *out)
{
    if (n == 0)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("cells need at least one point"));
    struct diagram diagram = {.ctx = ctx, .n = n};
    om_status status = geo_geos_open(ctx, &diagram.geos);
    if (status == OM_OK)
        status = make_points(&diagram, easting_northing);
    if (status == OM_OK)
        status = draw(&diagram, outline);
    if (status == OM_OK)
        status = plant_tree(&diagram);
    if (status == OM_OK)
        status = write_cells(&diagram, group_of, n_groups, out);
    diagram_done(&diagram);
    return status;
}

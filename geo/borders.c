/*
 * Borders are measured segment against segment, not with overlays: boundary files of real life differ by
 * some centimetres or metres along one and the same border, where an exact intersection finds nothing.
 *
 * Rings are brought into one orientation, so that along a common border the two polygons run in opposite
 * directions. A stretch of one polygon's boundary counts as shared where a nearly opposite segment of the
 * other lies beside it within the tolerance. Two polygons that meet in a corner have no such stretch.
 */
#include "geo/geometry.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "geos_internal.h"

#include <math.h>
#include <stdlib.h>

static const double least_tolerance_m = 1e-6; /* rounding of coordinates near 10 000 km */
static const double opposite_cosine = -0.5;   /* directions within 60 degrees of opposite */

struct segment {
    double from[2], to[2];
};

/* The boundary of one polygon. */
struct boundary {
    struct segment *segments;
    size_t n, capacity;
    double box[4]; /* min x, min y, max x, max y */
};

struct interval {
    double from, to; /* as shares of a segment */
};

struct search {
    om_context *ctx;
    struct geo_geos geos;
    const struct boundary *boundaries;
    double tolerance_m, min_length_m;
    size_t current; /* the polygon whose neighbours are looked up */
    struct segment *near[2];
    size_t near_capacity[2];
    struct interval *intervals;
    size_t interval_capacity;
    struct geo_border *borders;
    size_t n_borders, border_capacity;
    om_status status;
};

static om_status add_ring(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *ring,
                          struct boundary *boundary)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(geos->handle, ring);
    unsigned n = 0;
    if (!points || !GEOSCoordSeq_getSize_r(geos->handle, points, &n))
        return geo_geos_fail(ctx, geos);
    struct segment *grown = om_grow(boundary->segments, &boundary->capacity, boundary->n + n, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    boundary->segments = grown;
    double before[2] = {0, 0};
    for (unsigned i = 0; i < n; i++) {
        double at[2];
        GEOSCoordSeq_getXY_r(geos->handle, points, i, &at[0], &at[1]);
        if (i > 0 && (at[0] != before[0] || at[1] != before[1]))
            grown[boundary->n++] = (struct segment){{before[0], before[1]}, {at[0], at[1]}};
        before[0] = at[0];
        before[1] = at[1];
    }
    return OM_OK;
}

/* Polygons of a multipolygon one by one; normalised, so exterior rings run clockwise and holes against. */
static om_status add_polygons(om_context *ctx, struct geo_geos *geos, const GEOSGeometry *geometry,
                              struct boundary *boundary)
{
    int n = GEOSGetNumGeometries_r(geos->handle, geometry);
    for (int i = 0; i < n; i++) {
        const GEOSGeometry *polygon = GEOSGetGeometryN_r(geos->handle, geometry, i);
        if (!polygon || GEOSGeomTypeId_r(geos->handle, polygon) != GEOS_POLYGON)
            return om_fail(ctx, OM_BAD_DATA, "%s", om_tr("a polygon is needed"));
        om_status status = add_ring(ctx, geos, GEOSGetExteriorRing_r(geos->handle, polygon), boundary);
        int n_holes = GEOSGetNumInteriorRings_r(geos->handle, polygon);
        for (int k = 0; status == OM_OK && k < n_holes; k++)
            status = add_ring(ctx, geos, GEOSGetInteriorRingN_r(geos->handle, polygon, k), boundary);
        if (status)
            return status;
    }
    return OM_OK;
}

static om_status boundary_read(om_context *ctx, struct geo_geos *geos, GEOSGeometry *geometry,
                               struct boundary *boundary)
{
    if (!geometry || GEOSisEmpty_r(geos->handle, geometry))
        return OM_OK;
    if (GEOSNormalize_r(geos->handle, geometry) != 0 ||
        !GEOSGeom_getExtent_r(geos->handle, geometry, &boundary->box[0], &boundary->box[1], &boundary->box[2],
                              &boundary->box[3]))
        return geo_geos_fail(ctx, geos);
    return add_polygons(ctx, geos, geometry, boundary);
}

static void boundaries_free(struct boundary *boundaries, size_t n)
{
    for (size_t i = 0; boundaries && i < n; i++)
        om_free(boundaries[i].segments);
    om_free(boundaries);
}

/* Narrows [*from, *to] to where a + slope * u lies in [low, high]. */
static void narrow(double a, double slope, double low, double high, double *from, double *to)
{
    if (fabs(slope) < 1e-12) {
        if (a < low || a > high)
            *to = -1;
        return;
    }
    double u = (low - a) / slope, v = (high - a) / slope;
    *from = fmax(*from, fmin(u, v));
    *to = fmin(*to, fmax(u, v));
}

/* The share of segment s beside which t runs the opposite way within the tolerance; false when none. */
static bool shared_interval(const struct segment *s, const struct segment *t, double tolerance_m,
                            struct interval *out)
{
    double s_x = s->to[0] - s->from[0], s_y = s->to[1] - s->from[1];
    double t_x = t->to[0] - t->from[0], t_y = t->to[1] - t->from[1];
    double s_length = hypot(s_x, s_y), t_length = hypot(t_x, t_y);
    if (s_x * t_x + s_y * t_y > opposite_cosine * s_length * t_length)
        return false;
    t_x /= t_length;
    t_y /= t_length;
    double a_x = s->from[0] - t->from[0], a_y = s->from[1] - t->from[1];
    double from = 0, to = 1;
    narrow(a_x * t_x + a_y * t_y, s_x * t_x + s_y * t_y, 0, t_length, &from, &to);
    narrow(a_x * t_y - a_y * t_x, s_x * t_y - s_y * t_x, -tolerance_m, tolerance_m, &from, &to);
    *out = (struct interval){from, to};
    return to > from;
}

static int by_from(const void *a, const void *b)
{
    const struct interval *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

static double covered_share(struct interval *intervals, size_t n)
{
    if (n > 1)
        qsort(intervals, n, sizeof *intervals, by_from);
    double covered = 0, reached = 0;
    for (size_t i = 0; i < n; i++) {
        covered += fmax(0, intervals[i].to - fmax(reached, intervals[i].from));
        reached = fmax(reached, intervals[i].to);
    }
    return covered;
}

static double low(const struct segment *s, int axis)
{
    return fmin(s->from[axis], s->to[axis]);
}

static double high(const struct segment *s, int axis)
{
    return fmax(s->from[axis], s->to[axis]);
}

static int by_low_x(const void *a, const void *b)
{
    double left = low(a, 0), right = low(b, 0);
    return (left > right) - (left < right);
}

static int by_low_y(const void *a, const void *b)
{
    double left = low(a, 1), right = low(b, 1);
    return (left > right) - (left < right);
}

/* Copies the segments of a boundary that touch the box, sorted along the axis. */
static om_status gather(struct search *search, const struct boundary *boundary, const double box[4], int side,
                        int axis, size_t *n)
{
    size_t found = 0;
    for (size_t i = 0; i < boundary->n; i++) {
        const struct segment *s = &boundary->segments[i];
        if (high(s, 0) < box[0] || high(s, 1) < box[1] || low(s, 0) > box[2] || low(s, 1) > box[3])
            continue;
        struct segment *grown =
            om_grow(search->near[side], &search->near_capacity[side], found + 1, sizeof *grown);
        if (!grown)
            return om_no_memory(search->ctx);
        search->near[side] = grown;
        grown[found++] = *s;
    }
    if (found > 1)
        qsort(search->near[side], found, sizeof *search->near[side], axis ? by_low_y : by_low_x);
    *n = found;
    return OM_OK;
}

/* The length of s that the sorted candidates share; *first moves on past those that end before s begins. */
static om_status shared_length(struct search *search, const struct segment *s, size_t n, int axis,
                               size_t *first, double *length_m)
{
    const struct segment *others = search->near[1];
    double tolerance_m = search->tolerance_m;
    size_t found = 0;
    while (*first < n && high(&others[*first], axis) < low(s, axis) - tolerance_m)
        ++*first;
    for (size_t k = *first; k < n && low(&others[k], axis) <= high(s, axis) + tolerance_m; k++) {
        struct interval shared;
        if (low(&others[k], !axis) > high(s, !axis) + tolerance_m ||
            high(&others[k], !axis) < low(s, !axis) - tolerance_m ||
            !shared_interval(s, &others[k], tolerance_m, &shared))
            continue;
        struct interval *grown =
            om_grow(search->intervals, &search->interval_capacity, found + 1, sizeof *grown);
        if (!grown)
            return om_no_memory(search->ctx);
        search->intervals = grown;
        grown[found++] = shared;
    }
    *length_m +=
        covered_share(search->intervals, found) * hypot(s->to[0] - s->from[0], s->to[1] - s->from[1]);
    return OM_OK;
}

/* The box in which both boundaries can be within the tolerance of each other; false when there is none. */
static bool common_box(const struct boundary *a, const struct boundary *b, double tolerance_m, double box[4])
{
    for (int axis = 0; axis < 2; axis++) {
        box[axis] = fmax(a->box[axis], b->box[axis]) - tolerance_m;
        box[axis + 2] = fmin(a->box[axis + 2], b->box[axis + 2]) + tolerance_m;
        if (box[axis] > box[axis + 2])
            return false;
    }
    return true;
}

static om_status measure_pair(struct search *search, size_t a, size_t b, double *length_m)
{
    double box[4];
    *length_m = 0;
    if (!common_box(&search->boundaries[a], &search->boundaries[b], search->tolerance_m, box))
        return OM_OK;
    int axis = box[3] - box[1] > box[2] - box[0];
    size_t n_first = 0, n_second = 0, start = 0;
    om_status status = gather(search, &search->boundaries[a], box, 0, axis, &n_first);
    if (status == OM_OK)
        status = gather(search, &search->boundaries[b], box, 1, axis, &n_second);
    for (size_t i = 0; status == OM_OK && i < n_first; i++)
        status = shared_length(search, &search->near[0][i], n_second, axis, &start, length_m);
    return status;
}

static om_status add_border(struct search *search, size_t first, size_t second, double length_m)
{
    struct geo_border *grown =
        om_grow(search->borders, &search->border_capacity, search->n_borders + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(search->ctx);
    search->borders = grown;
    grown[search->n_borders++] = (struct geo_border){(uint32_t)first, (uint32_t)second, length_m};
    return OM_OK;
}

/* Called by the tree for each polygon whose box may touch the current one's. */
static void visit(void *item, void *user)
{
    struct search *search = user;
    size_t other = (size_t)((const struct boundary *)item - search->boundaries);
    if (search->status || other <= search->current)
        return;
    double length_m = 0;
    search->status = measure_pair(search, search->current, other, &length_m);
    if (search->status == OM_OK && length_m > search->min_length_m)
        search->status = add_border(search, search->current, other, length_m);
}

static GEOSGeometry *rectangle(struct geo_geos *geos, const struct boundary *boundary, double margin_m)
{
    return GEOSGeom_createRectangle_r(geos->handle, boundary->box[0] - margin_m, boundary->box[1] - margin_m,
                                      boundary->box[2] + margin_m, boundary->box[3] + margin_m);
}

static om_status search_all(struct search *search, struct boundary *boundaries, size_t n)
{
    struct geo_geos *geos = &search->geos;
    GEOSGeometry **boxes = om_alloc(n, sizeof *boxes);
    GEOSSTRtree *tree = GEOSSTRtree_create_r(geos->handle, 10);
    if (!boxes || !tree)
        search->status = om_no_memory(search->ctx);
    for (size_t i = 0; search->status == OM_OK && i < n; i++) {
        if (boundaries[i].n == 0)
            continue;
        boxes[i] = rectangle(geos, &boundaries[i], search->tolerance_m);
        if (boxes[i])
            GEOSSTRtree_insert_r(geos->handle, tree, boxes[i], &boundaries[i]);
        else
            search->status = geo_geos_fail(search->ctx, geos);
    }
    for (size_t i = 0; search->status == OM_OK && i < n; i++) {
        search->current = i;
        if (boxes[i])
            GEOSSTRtree_query_r(geos->handle, tree, boxes[i], visit, search);
    }
    if (tree)
        GEOSSTRtree_destroy_r(geos->handle, tree);
    geo_geos_free_all(geos, boxes, n);
    return search->status;
}

static int by_pair(const void *a, const void *b)
{
    const struct geo_border *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->second > right->second) - (left->second < right->second);
}

om_status geo_borders_find(om_context *ctx, const struct geo_wkb *polygons, size_t n, double tolerance_m,
                           double min_length_m, struct geo_border **borders, size_t *n_borders)
{
    struct search search = {
        .ctx = ctx, .tolerance_m = fmax(tolerance_m, least_tolerance_m), .min_length_m = min_length_m};
    if (geo_geos_open(ctx, &search.geos))
        return ctx->status;
    struct boundary *boundaries = om_alloc(n, sizeof *boundaries);
    om_status status = boundaries ? OM_OK : om_no_memory(ctx);
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        GEOSGeometry *geometry = NULL;
        if (polygons[i].size)
            status = geo_geos_read(ctx, &search.geos, &polygons[i], &geometry);
        if (status == OM_OK)
            status = boundary_read(ctx, &search.geos, geometry, &boundaries[i]);
        geo_geos_destroy(&search.geos, geometry);
        if (status)
            om_context_add(ctx, om_tr("polygon %zu"), i + 1);
    }
    search.boundaries = boundaries;
    if (status == OM_OK)
        status = search_all(&search, boundaries, n);
    if (status == OM_OK) {
        if (search.n_borders > 1)
            qsort(search.borders, search.n_borders, sizeof *search.borders, by_pair);
        *borders = search.borders;
        *n_borders = search.n_borders;
        search.borders = NULL;
    }
    om_free(search.borders);
    om_free(search.near[0]);
    om_free(search.near[1]);
    om_free(search.intervals);
    boundaries_free(boundaries, n);
    geo_geos_close(&search.geos);
    return status;
}

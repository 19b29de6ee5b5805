#include "drawn_parts.h"
#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where two polygons meet: a step of an outline that another polygon takes too. Points lie on a grid, so that
 * equal steps are equal numbers; lines are the steps that are met twice, each once, as long as they go on.
 */
struct step {
    double a[2], b[2]; /* a before b, whatever the direction of the ring */
    size_t ring_step;  /* where it was met: steps are counted over all rings */
};

struct steps {
    struct step *items;
    size_t n, capacity;
};

static int compare_ends(const struct step *s, const struct step *t)
{
    const double left[] = {s->a[0], s->a[1], s->b[0], s->b[1]},
                 right[] = {t->a[0], t->a[1], t->b[0], t->b[1]};
    for (int i = 0; i < 4; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static int compare_steps(const void *left, const void *right)
{
    const struct step *s = left, *t = right;
    int ends = compare_ends(s, t);
    return ends ? ends : s->ring_step < t->ring_step ? -1 : s->ring_step > t->ring_step;
}

static om_status add_step(om_context *ctx, struct steps *steps, const double from[2], const double to[2])
{
    struct step *items = om_grow(steps->items, &steps->capacity, steps->n + 1, sizeof *items);
    if (!items)
        return om_no_memory(ctx);
    steps->items = items;
    bool is_forward = from[0] != to[0] ? from[0] < to[0] : from[1] < to[1];
    struct step *step = &items[steps->n];
    step->ring_step = steps->n++;
    memcpy(step->a, is_forward ? from : to, sizeof step->a);
    memcpy(step->b, is_forward ? to : from, sizeof step->b);
    return OM_OK;
}

/* The ends of ring p of a path. */
static void ring_of(const struct canvas_path *path, size_t p, size_t *first, size_t *n)
{
    *first = path->first_point[p];
    *n = (p + 1 < path->n_parts ? path->first_point[p + 1] : path->n_points) - *first;
}

static const double *point_of(const struct canvas_path *path, size_t first, size_t n, size_t i)
{
    return path->x_y + 2 * (first + i % n);
}

static om_status list_steps(om_context *ctx, const struct canvas_path *rings, struct steps *out)
{
    om_status status = OM_OK;
    for (size_t p = 0; p < rings->n_parts; p++) {
        size_t first, n;
        ring_of(rings, p, &first, &n);
        for (size_t i = 0; status == OM_OK && i < n; i++)
            status = add_step(ctx, out, point_of(rings, first, n, i), point_of(rings, first, n, i + 1));
    }
    return status;
}

/* Marks the first of every pair of equal steps. */
static void mark_shared(struct steps *steps, bool *is_shared)
{
    qsort(steps->items, steps->n, sizeof *steps->items, compare_steps);
    for (size_t i = 0; i + 1 < steps->n; i++)
        if (compare_ends(&steps->items[i], &steps->items[i + 1]) == 0)
            is_shared[steps->items[i].ring_step] = true;
}

static void join_steps(const struct canvas_path *rings, const bool *is_shared, struct canvas_path *lines)
{
    size_t step = 0;
    for (size_t p = 0; p < rings->n_parts; p++) {
        size_t first, n;
        ring_of(rings, p, &first, &n);
        for (size_t i = 0; i < n; i++, step++) {
            const double *from = point_of(rings, first, n, i), *to = point_of(rings, first, n, i + 1);
            if (!is_shared[step])
                continue;
            if (i == 0 || !is_shared[step - 1])
                canvas_path_move_to(lines, from[0], from[1]);
            canvas_path_line_to(lines, to[0], to[1]);
        }
    }
}

om_status drawn_borders_between(const struct drawn_map *map, const struct geo_wkb *polygons, size_t n,
                                struct canvas_path *lines)
{
    struct canvas_path rings = {0};
    struct steps steps = {0};
    bool *is_shared = NULL;
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = drawn_frame_trace_fully(map->ctx, &map->frame, &polygons[i], &rings);
    if (status == OM_OK)
        status = list_steps(map->ctx, &rings, &steps);
    if (status == OM_OK && !(is_shared = om_alloc(steps.n, sizeof *is_shared)))
        status = om_no_memory(map->ctx);
    if (status == OM_OK) {
        mark_shared(&steps, is_shared);
        join_steps(&rings, is_shared, lines);
    }
    om_free(is_shared);
    om_free(steps.items);
    canvas_path_done(&rings);
    return status;
}

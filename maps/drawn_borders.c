#include "drawn_parts.h"
#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where two municipalities meet: a step of an outline that another one takes too. Points lie on a grid, so
 * that equal steps are equal numbers; lines are the steps that are met twice, each once, as long as they go
 * on.
 */
struct step {
    double a[2], b[2]; /* a before b, whatever the direction of the ring */
    size_t ring_step;  /* where it was met: steps are counted over all rings */
    uint32_t municipality;
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

static om_status add_step(om_context *ctx, struct steps *steps, const double from[2], const double to[2],
                          uint32_t municipality)
{
    struct step *items = om_grow(steps->items, &steps->capacity, steps->n + 1, sizeof *items);
    if (!items)
        return om_no_memory(ctx);
    steps->items = items;
    bool is_forward = from[0] != to[0] ? from[0] < to[0] : from[1] < to[1];
    struct step *step = &items[steps->n];
    step->ring_step = steps->n++;
    step->municipality = municipality;
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

/* Of the rings from first_part on. */
static om_status list_steps(om_context *ctx, const struct canvas_path *rings, size_t first_part,
                            uint32_t municipality, struct steps *out)
{
    om_status status = OM_OK;
    for (size_t p = first_part; p < rings->n_parts; p++) {
        size_t first, n;
        ring_of(rings, p, &first, &n);
        for (size_t i = 0; status == OM_OK && i < n; i++)
            status = add_step(ctx, out, point_of(rings, first, n, i), point_of(rings, first, n, i + 1),
                              municipality);
    }
    return status;
}

static om_status trace_steps(const struct drawn_map *map, struct canvas_path *rings, struct steps *steps)
{
    const struct data_case *the_case = map->view->result->the_case;
    om_status status = OM_OK;
    for (uint32_t m = 0; status == OM_OK && m < the_case->territory->n; m++) {
        size_t first_part = rings->n_parts;
        status = drawn_frame_trace_fully(map->ctx, &map->frame, &the_case->polygons[m], rings);
        if (status == OM_OK)
            status = list_steps(map->ctx, rings, first_part, m, steps);
    }
    return status;
}

/* Marks the first of every pair of equal steps that is wanted. */
static void mark_wanted(const struct drawn_map *map, struct steps *steps, drawn_border_fn *is_wanted,
                        bool *is_marked)
{
    if (steps->n)
        qsort(steps->items, steps->n, sizeof *steps->items, compare_steps);
    for (size_t i = 0; i + 1 < steps->n; i++) {
        const struct step *step = &steps->items[i], *next = step + 1;
        if (compare_ends(step, next) == 0 && is_wanted(map, step->municipality, next->municipality))
            is_marked[step->ring_step] = true;
    }
}

static void join_steps(const struct canvas_path *rings, const bool *is_marked, struct canvas_path *lines)
{
    size_t step = 0;
    for (size_t p = 0; p < rings->n_parts; p++) {
        size_t first, n;
        ring_of(rings, p, &first, &n);
        for (size_t i = 0; i < n; i++, step++) {
            const double *from = point_of(rings, first, n, i), *to = point_of(rings, first, n, i + 1);
            if (!is_marked[step])
                continue;
            if (i == 0 || !is_marked[step - 1])
                canvas_path_move_to(lines, from[0], from[1]);
            canvas_path_line_to(lines, to[0], to[1]);
        }
    }
}

om_status drawn_borders(const struct drawn_map *map, drawn_border_fn *is_wanted, struct canvas_path *lines)
{
    struct canvas_path rings = {0};
    struct steps steps = {0};
    bool *is_marked = NULL;
    om_status status = trace_steps(map, &rings, &steps);
    if (status == OM_OK && !(is_marked = om_alloc(steps.n, sizeof *is_marked)))
        status = om_no_memory(map->ctx);
    if (status == OM_OK) {
        mark_wanted(map, &steps, is_wanted, is_marked);
        join_steps(&rings, is_marked, lines);
    }
    om_free(is_marked);
    om_free(steps.items);
    canvas_path_done(&rings);
    return status;
}

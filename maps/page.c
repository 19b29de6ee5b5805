#include "page.h"

#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>

double page_box_distance(const struct page_box *a, const struct page_box *b)
{
    double across = fmax(fmax(a->left - b->right, b->left - a->right), 0);
    double down = fmax(fmax(a->top - b->bottom, b->top - a->bottom), 0);
    return hypot(across, down);
}

om_status page_shape_box(const struct page_shape *shape, struct page_box *out)
{
    if (shape->n_points == 0)
        return OM_NOT_FOUND;
    struct page_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < shape->n_points; i++) {
        double x = shape->x_y[2 * i], y = shape->x_y[2 * i + 1];
        box = (struct page_box){fmin(box.left, x), fmin(box.top, y), fmax(box.right, x), fmax(box.bottom, y)};
    }
    *out = box;
    return OM_OK;
}

/* One side of a ring. */
struct side {
    double x0, y0, x1, y1;
};

static struct side side_of(const struct page_shape *shape, size_t first, size_t end, size_t i)
{
    size_t next = i + 1 < end ? i + 1 : first;
    return (struct side){shape->x_y[2 * i], shape->x_y[2 * i + 1], shape->x_y[2 * next],
                         shape->x_y[2 * next + 1]};
}

/* The rows that a side may cross, with one to spare at each end for what rounding does. */
static void rows_of(const struct page_rows *rows, const struct side *side, size_t *from, size_t *until)
{
    double low = floor((fmin(side->y0, side->y1) - rows->first_y) / rows->step_px) - 1;
    double high = ceil((fmax(side->y0, side->y1) - rows->first_y) / rows->step_px) + 1;
    double last = (double)rows->n;
    *from = (size_t)fmin(fmax(low, 0), last);
    *until = (size_t)fmin(fmax(high + 1, 0), last);
}

/* Counts the crossings of a side (next NULL), or writes them where `next` says. */
static void cross(const struct page_rows *rows, const struct side *side, size_t *count, size_t *next)
{
    size_t from, until;
    rows_of(rows, side, &from, &until);
    for (size_t r = from; r < until; r++) {
        double y = rows->first_y + (double)r * rows->step_px;
        if ((side->y0 <= y) == (side->y1 <= y))
            continue;
        if (next)
            rows->x[next[r]++] = side->x0 + (side->x1 - side->x0) * ((y - side->y0) / (side->y1 - side->y0));
        else
            count[r]++;
    }
}

static void cross_all(const struct page_rows *rows, const struct page_shape *shape, size_t *count,
                      size_t *next)
{
    for (size_t ring = 0; ring < shape->n_rings; ring++) {
        size_t first = shape->first_point[ring];
        size_t end = ring + 1 < shape->n_rings ? shape->first_point[ring + 1] : shape->n_points;
        for (size_t i = first; i < end; i++) {
            struct side side = side_of(shape, first, end, i);
            cross(rows, &side, count, next);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

om_status page_rows_new(om_context *ctx, const struct page_shape *shape, double first_y, double step_px,
                        size_t n, struct page_rows *out)
{
    struct page_rows rows = {.first_y = first_y, .step_px = step_px, .n = n};
    size_t *next = om_alloc(n + 1, sizeof *next);
    rows.first = om_alloc(n + 1, sizeof *rows.first);
    if (!next || !rows.first)
        goto fail;
    cross_all(&rows, shape, next, NULL);
    for (size_t r = 0; r < n; r++) {
        rows.first[r + 1] = rows.first[r] + next[r];
        next[r] = rows.first[r];
    }
    rows.x = om_alloc(rows.first[n], sizeof *rows.x);
    if (!rows.x)
        goto fail;
    cross_all(&rows, shape, NULL, next);
    for (size_t r = 0; r < n; r++)
        qsort(rows.x + rows.first[r], rows.first[r + 1] - rows.first[r], sizeof *rows.x, by_value);
    om_free(next);
    *out = rows;
    return OM_OK;
fail:
    om_free(next);
    page_rows_done(&rows);
    return om_no_memory(ctx);
}

void page_rows_done(struct page_rows *rows)
{
    om_free(rows->first);
    om_free(rows->x);
    *rows = (struct page_rows){0};
}

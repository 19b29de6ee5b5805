/*
 * Plain shapes on a page, for whoever decides where things go before they are drawn. Units are pixels (or
 * points), x to the right, y down.
 */
#ifndef MAPS_PAGE_H
#define MAPS_PAGE_H

#include "geo/status.h"

#include <stdint.h>

struct page_box {
    double left, top, right, bottom;
};

static inline struct page_box page_box_around(double x, double y, double width, double height)
{
    return (struct page_box){x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

/* Boxes that only touch do not overlap. */
static inline bool page_boxes_overlap(const struct page_box *a, const struct page_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static inline bool page_box_holds(const struct page_box *outer, const struct page_box *inner)
{
    return inner->left >= outer->left && inner->right <= outer->right && inner->top >= outer->top &&
           inner->bottom <= outer->bottom;
}

/* The shortest way between two boxes; 0 where they touch or overlap. */
double page_box_distance(const struct page_box *a, const struct page_box *b);

/*
 * Rings, shells and holes alike: what is inside follows from the even-odd rule. Ring i has the points
 * first_point[i] up to the next one's first; its last point joins its first. Borrowed.
 */
struct page_shape {
    const double *x_y; /* 2 * n_points */
    const size_t *first_point;
    size_t n_points, n_rings;
};

/* OM_NOT_FOUND (without message) when the shape has no points. */
om_status page_shape_box(const struct page_shape *shape, struct page_box *out);

/*
 * Where outlines cross equally spaced rows: those of row r (at first_y + r * step_px) are
 * x[first[r]] .. x[first[r + 1] - 1], ascending and even in number; from the first to the second, from the
 * third to the fourth and so on is inside.
 */
struct page_rows {
    double first_y, step_px;
    size_t n;
    size_t *first; /* n + 1 */
    double *x;
};

om_status page_rows_new(om_context *ctx, const struct page_shape *shape, double first_y, double step_px,
                        size_t n, struct page_rows *out);
void page_rows_done(struct page_rows *rows);

#endif

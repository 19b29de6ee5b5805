#include "drawn_parts.h"
#include "geo/memory.h"

#include <math.h>
#include <string.h>

/* From point first to point last of a ring; whoever is farthest off the straight line between them. */
struct stretch {
    size_t first, last;
};

static double distance_to_line(const double p[2], const double a[2], const double b[2])
{
    double along[] = {b[0] - a[0], b[1] - a[1]}, length = hypot(along[0], along[1]);
    if (length == 0)
        return hypot(p[0] - a[0], p[1] - a[1]);
    return fabs((p[0] - a[0]) * along[1] - (p[1] - a[1]) * along[0]) / length;
}

/* The last point of a ring is its first again. */
static size_t farthest_in(const double *x_y, size_t n, struct stretch stretch, double *distance)
{
    size_t farthest = stretch.first;
    *distance = 0;
    for (size_t i = stretch.first + 1; i < stretch.last; i++) {
        double off = distance_to_line(x_y + 2 * i, x_y + 2 * stretch.first, x_y + 2 * (stretch.last % n));
        if (off > *distance) {
            *distance = off;
            farthest = i;
        }
    }
    return farthest;
}

static size_t keep_points(double *x_y, size_t n, const bool *is_kept)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if (is_kept[i])
            memmove(x_y + 2 * n_kept++, x_y + 2 * i, 2 * sizeof *x_y);
    return n_kept;
}

/*
 * Douglas D, Peucker T, Algorithms for the reduction of the number of points required to represent a
 * digitized line or its caricature, The Canadian Cartographer 10(2), 1973.
 */
om_status drawn_simplify_ring(om_context *ctx, double *x_y, size_t *n, double slack_px)
{
    struct stretch *open = om_alloc(*n + 1, sizeof *open);
    bool *is_kept = om_alloc(*n, sizeof *is_kept);
    size_t n_open = 1, n_kept = 1;
    if (!open || !is_kept) {
        om_free(open);
        om_free(is_kept);
        return om_no_memory(ctx);
    }
    open[0] = (struct stretch){0, *n};
    is_kept[0] = true;
    while (n_open) {
        struct stretch stretch = open[--n_open];
        double distance;
        size_t farthest = farthest_in(x_y, *n, stretch, &distance);
        if (distance <= slack_px)
            continue;
        is_kept[farthest] = true;
        n_kept++;
        open[n_open++] = (struct stretch){stretch.first, farthest};
        open[n_open++] = (struct stretch){farthest, stretch.last};
    }
    if (n_kept >= 3)
        *n = keep_points(x_y, *n, is_kept);
    om_free(open);
    om_free(is_kept);
    return OM_OK;
}

#include "drawn_parts.h"
#include "geo/rings.h"

#include <math.h>

/* Points are moved to a grid this fine: finer is not seen, and equal points stay equal on both sides of a
 * border. */
static const double grid_px = 0.25;

struct drawn_frame drawn_frame_fit(const struct drawn_extent *extent, struct canvas_rect part,
                                   struct canvas_rect box)
{
    double width_m = extent->east - extent->west, height_m = extent->north - extent->south;
    double m_per_px = fmax(fmax(width_m / part.width, height_m / part.height), 1e-3);
    double left_px = part.x - box.x + (part.width - width_m / m_per_px) / 2;
    double above_px = part.y - box.y + (part.height - height_m / m_per_px) / 2;
    return (struct drawn_frame){
        .box = box,
        .west = extent->west - left_px * m_per_px,
        .north = extent->north + above_px * m_per_px,
        .m_per_px = m_per_px,
    };
}

void drawn_frame_place(const struct drawn_frame *frame, const double easting_northing[2], double x_y[2])
{
    x_y[0] = frame->box.x + (easting_northing[0] - frame->west) / frame->m_per_px;
    x_y[1] = frame->box.y + (frame->north - easting_northing[1]) / frame->m_per_px;
}

bool drawn_frame_shows(const struct drawn_frame *frame, const double x_y[2])
{
    const struct canvas_rect *box = &frame->box;
    return x_y[0] >= box->x && x_y[0] <= box->x + box->width && x_y[1] >= box->y &&
           x_y[1] <= box->y + box->height;
}

/* On the straight way from a to c, b says nothing. */
static bool is_between(const double a[2], const double b[2], const double c[2])
{
    double across = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    double along = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
    return across == 0 && along >= 0;
}

/* Onto the grid, without points that repeat or, unless it is to be full, lie on a straight line. */
static void add_point(struct canvas_path *path, size_t first_point, const double x_y[2], bool is_full)
{
    size_t n = path->n_points - first_point;
    const double *last = n ? path->x_y + 2 * (path->n_points - 1) : x_y;
    if (n == 0) {
        canvas_path_move_to(path, x_y[0], x_y[1]);
    } else if (last[0] != x_y[0] || last[1] != x_y[1]) {
        if (n >= 2 && !is_full && is_between(last - 2, last, x_y))
            path->n_points--;
        canvas_path_line_to(path, x_y[0], x_y[1]);
    }
}

static om_status trace_ring(om_context *ctx, const struct drawn_frame *frame, const double *easting_northing,
                            size_t n, bool is_full, struct canvas_path *path)
{
    size_t first_point = path->n_points, first_part = path->n_parts;
    for (size_t i = 0; i + 1 < n; i++) {
        double x_y[2];
        drawn_frame_place(frame, easting_northing + 2 * i, x_y);
        x_y[0] = round(x_y[0] / grid_px) * grid_px;
        x_y[1] = round(x_y[1] / grid_px) * grid_px;
        add_point(path, first_point, x_y, is_full);
    }
    size_t n_traced = path->n_points - first_point;
    if (n_traced < 3) {
        path->n_points = first_point;
        path->n_parts = first_part;
        return OM_OK;
    }
    if (is_full || path->out_of_memory)
        return OM_OK;
    om_status status = drawn_simplify_ring(ctx, path->x_y + 2 * first_point, &n_traced, frame->slack_px);
    path->n_points = first_point + n_traced;
    return status;
}

static bool is_within(const struct drawn_frame *frame, const double *easting_northing, size_t n)
{
    double east = frame->west + frame->box.width * frame->m_per_px;
    double south = frame->north - frame->box.height * frame->m_per_px;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        box[0] = fmin(box[0], easting_northing[2 * i]);
        box[1] = fmin(box[1], easting_northing[2 * i + 1]);
        box[2] = fmax(box[2], easting_northing[2 * i]);
        box[3] = fmax(box[3], easting_northing[2 * i + 1]);
    }
    return box[0] <= east && box[2] >= frame->west && box[1] <= frame->north && box[3] >= south;
}

static om_status trace(om_context *ctx, const struct drawn_frame *frame, const struct geo_wkb *polygon,
                       bool is_full, struct canvas_path *path)
{
    struct geo_rings rings = {0};
    om_status status = geo_rings_read(ctx, polygon, &rings);
    if (status != OM_OK)
        return status;
    path->is_closed = true;
    for (size_t r = 0; status == OM_OK && r < rings.n; r++) {
        size_t first = rings.first_point[r], n = rings.first_point[r + 1] - first;
        if (is_within(frame, rings.easting_northing + 2 * first, n))
            status = trace_ring(ctx, frame, rings.easting_northing + 2 * first, n, is_full, path);
    }
    geo_rings_done(&rings);
    return status == OM_OK && path->out_of_memory ? om_no_memory(ctx) : status;
}

om_status drawn_frame_trace(om_context *ctx, const struct drawn_frame *frame, const struct geo_wkb *polygon,
                            struct canvas_path *path)
{
    return trace(ctx, frame, polygon, false, path);
}

om_status drawn_frame_trace_fully(om_context *ctx, const struct drawn_frame *frame,
                                  const struct geo_wkb *polygon, struct canvas_path *path)
{
    return trace(ctx, frame, polygon, true, path);
}

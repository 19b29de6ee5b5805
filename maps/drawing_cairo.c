#include "drawing_backend.h"
#include "geo/text.h"

#include <math.h>

static void set_colour(cairo_t *cairo, uint32_t rgb, double opacity)
{
    cairo_set_source_rgba(cairo, ((rgb >> 16) & 0xFF) / 255.0, ((rgb >> 8) & 0xFF) / 255.0,
                          (rgb & 0xFF) / 255.0, opacity > 0 ? opacity : 1);
}

static void begin_group(struct canvas *canvas, const struct canvas_group *group)
{
    (void)canvas;
    (void)group;
}

static void end_group(struct canvas *canvas)
{
    (void)canvas;
}

static void begin_clip(struct canvas *canvas, struct canvas_rect rect)
{
    cairo_save(canvas->cairo);
    cairo_rectangle(canvas->cairo, rect.x, rect.y, rect.width, rect.height);
    cairo_clip(canvas->cairo);
}

static void end_clip(struct canvas *canvas)
{
    cairo_restore(canvas->cairo);
}

/* Lines over a box, rising or falling, as far apart across as `step`; in phase over the whole canvas. */
static void trace_hatch(cairo_t *cairo, const double box[4], double step, bool is_rising)
{
    double height = box[3] - box[1], along = step * sqrt(2), top = is_rising ? box[1] : -box[1];
    double from = is_rising ? box[0] + top : box[0] + top - height;
    double until = is_rising ? box[2] + top + height : box[2] + top;
    for (long line = (long)floor(from / along); (double)line * along <= until; line++) {
        double x = (double)line * along;
        cairo_move_to(cairo, x - top, box[1]);
        cairo_line_to(cairo, is_rising ? x - top - height : x - top + height, box[3]);
    }
}

/* A dot is a line without length and with round ends: two points in a PDF, where a circle is thirteen. */
static void trace_dots(cairo_t *cairo, const double box[4], double step)
{
    long first_row = (long)floor(box[1] / step), last_row = (long)floor(box[3] / step) + 1;
    long first = (long)floor(box[0] / step), last = (long)floor(box[2] / step) + 1;
    for (long row = first_row; row <= last_row; row++)
        for (long i = first; i <= last; i++) {
            double x = ((double)i + (row % 2 ? 0.5 : 0)) * step, y = (double)row * step;
            cairo_move_to(cairo, x, y);
            cairo_line_to(cairo, x, y);
        }
}

/* The current path is the shape; it is kept. */
static void fill_with_pattern(struct canvas *canvas, const struct canvas_paint *paint)
{
    cairo_t *cairo = canvas->cairo;
    double box[4], step = canvas->hatch_step;
    cairo_path_t *shape = cairo_copy_path(cairo);
    cairo_save(cairo);
    cairo_clip(cairo);
    cairo_clip_extents(cairo, &box[0], &box[1], &box[2], &box[3]);
    set_colour(cairo, paint->ink, paint->opacity);
    cairo_set_line_width(cairo, step * 0.22);
    cairo_new_path(cairo);
    if (paint->pattern == THEME_RISING || paint->pattern == THEME_CROSSED)
        trace_hatch(cairo, box, step, true);
    if (paint->pattern == THEME_FALLING || paint->pattern == THEME_CROSSED)
        trace_hatch(cairo, box, step, false);
    cairo_stroke(cairo);
    if (paint->pattern == THEME_DOTTED) {
        trace_dots(cairo, box, step);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_width(cairo, step * 0.4);
        cairo_stroke(cairo);
    }
    cairo_restore(cairo);
    cairo_append_path(cairo, shape);
    cairo_path_destroy(shape);
}

static void paint_shape(struct canvas *canvas, const struct canvas_paint *paint)
{
    cairo_t *cairo = canvas->cairo;
    if (paint->fill != CANVAS_NO_COLOUR) {
        set_colour(cairo, paint->fill, paint->opacity);
        cairo_fill_preserve(cairo);
        if (paint->pattern != THEME_PLAIN)
            fill_with_pattern(canvas, paint);
    }
    if (paint->stroke != CANVAS_NO_COLOUR) {
        set_colour(cairo, paint->stroke, paint->opacity);
        cairo_set_line_width(cairo, paint->stroke_width);
        cairo_set_dash(cairo, paint->dash, paint->dash[0] > 0 ? 2 : 0, 0);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

static void draw_path(struct canvas *canvas, const struct canvas_path *path, const struct canvas_paint *paint)
{
    cairo_t *cairo = canvas->cairo;
    cairo_new_path(cairo);
    for (size_t part = 0; part < path->n_parts; part++) {
        size_t first = path->first_point[part];
        size_t end = part + 1 < path->n_parts ? path->first_point[part + 1] : path->n_points;
        cairo_move_to(cairo, path->x_y[2 * first], path->x_y[2 * first + 1]);
        for (size_t i = first + 1; i < end; i++)
            cairo_line_to(cairo, path->x_y[2 * i], path->x_y[2 * i + 1]);
        if (path->is_closed)
            cairo_close_path(cairo);
    }
    paint_shape(canvas, paint);
}

static void draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct canvas_paint *paint)
{
    cairo_new_path(canvas->cairo);
    cairo_arc(canvas->cairo, x, y, radius, 0, 2 * M_PI);
    paint_shape(canvas, paint);
}

/* Letters with corners for curves, which no halo around them shows: most of a PDF's numbers would be theirs.
 */
static void trace_halo(cairo_t *cairo, PangoLayoutLine *line, double left, const struct canvas_text *text)
{
    double fine = cairo_get_tolerance(cairo);
    cairo_new_path(cairo);
    cairo_move_to(cairo, left, text->y);
    pango_cairo_layout_line_path(cairo, line);
    cairo_set_tolerance(cairo, 0.3 * text->halo_width);
    cairo_path_t *corners = cairo_copy_path_flat(cairo);
    cairo_set_tolerance(cairo, fine);
    cairo_new_path(cairo);
    cairo_append_path(cairo, corners);
    cairo_path_destroy(corners);
}

static void draw_text(struct canvas *canvas, const struct canvas_text *text)
{
    static const double shares[] = {[CANVAS_START] = 0, [CANVAS_MIDDLE] = 0.5, [CANVAS_END] = 1};
    cairo_t *cairo = canvas->cairo;
    double left = text->x - shares[text->anchor] * canvas_measure(canvas, text).width;
    PangoLayoutLine *line = pango_layout_get_line_readonly(canvas_layout(canvas, text), 0);
    if (text->halo != CANVAS_NO_COLOUR) {
        trace_halo(cairo, line, left, text);
        set_colour(cairo, text->halo, 1);
        cairo_set_dash(cairo, NULL, 0, 0);
        cairo_set_line_width(cairo, 2 * text->halo_width);
        cairo_stroke(cairo);
    }
    cairo_new_path(cairo);
    cairo_move_to(cairo, left, text->y);
    set_colour(cairo, text->colour, 1);
    pango_cairo_show_layout_line(cairo, line);
    cairo_new_path(cairo);
}

om_status canvas_cairo_outcome(om_context *ctx, cairo_status_t said)
{
    if (said == CAIRO_STATUS_SUCCESS)
        return OM_OK;
    if (said == CAIRO_STATUS_NO_MEMORY)
        return om_no_memory(ctx);
    return om_fail(ctx, OM_LIBRARY, om_tr("cairo cannot draw: %s"), cairo_status_to_string(said));
}

static om_status finish(om_context *ctx, struct canvas *canvas)
{
    cairo_status_t said = cairo_status(canvas->cairo);
    cairo_restore(canvas->cairo);
    return canvas_cairo_outcome(ctx, said);
}

static const struct canvas_backend backend = {
    .begin_group = begin_group,
    .end_group = end_group,
    .begin_clip = begin_clip,
    .end_clip = end_clip,
    .path = draw_path,
    .circle = draw_circle,
    .text = draw_text,
    .finish = finish,
};

om_status canvas_cairo_new(om_context *ctx, cairo_t *cairo, struct canvas **out)
{
    om_status status = canvas_new(ctx, &backend, out);
    if (status != OM_OK)
        return status;
    (*out)->cairo = cairo_reference(cairo);
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    return OM_OK;
}

#include "drawing_backend.h"
#include "geo/memory.h"

static const char family[] = "DejaVu Sans";

static void grow_path(struct canvas_path *path, double x, double y)
{
    double *x_y = om_grow(path->x_y, &path->points_capacity, path->n_points + 1, 2 * sizeof *x_y);
    if (!x_y) {
        path->out_of_memory = true;
        return;
    }
    path->x_y = x_y;
    x_y[2 * path->n_points] = x;
    x_y[2 * path->n_points + 1] = y;
    path->n_points++;
}

void canvas_path_move_to(struct canvas_path *path, double x, double y)
{
    size_t *first = om_grow(path->first_point, &path->parts_capacity, path->n_parts + 1, sizeof *first);
    if (!first) {
        path->out_of_memory = true;
        return;
    }
    path->first_point = first;
    first[path->n_parts++] = path->n_points;
    grow_path(path, x, y);
}

void canvas_path_line_to(struct canvas_path *path, double x, double y)
{
    grow_path(path, x, y);
}

void canvas_path_clear(struct canvas_path *path)
{
    path->n_points = path->n_parts = 0;
}

void canvas_path_done(struct canvas_path *path)
{
    om_free(path->x_y);
    om_free(path->first_point);
    *path = (struct canvas_path){0};
}

/* Where letters stand must not depend on pixels, so that every backend and machine agrees. */
static PangoLayout *new_layout(void)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    PangoLayout *layout = pango_layout_new(context);
    cairo_font_options_destroy(options);
    g_object_unref(context);
    g_object_unref(map);
    return layout;
}

om_status canvas_new(om_context *ctx, const struct canvas_backend *backend, struct canvas **out)
{
    struct canvas *canvas = om_alloc(1, sizeof *canvas);
    if (!canvas)
        return om_no_memory(ctx);
    canvas->backend = backend;
    canvas->hatch_step = 8;
    canvas->layout = new_layout();
    *out = canvas;
    return OM_OK;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas)
        return;
    g_object_unref(canvas->layout);
    if (canvas->cairo)
        cairo_destroy(canvas->cairo);
    om_free(canvas);
}

om_status canvas_finish(om_context *ctx, struct canvas *canvas)
{
    return canvas->out_of_memory ? om_no_memory(ctx) : canvas->backend->finish(ctx, canvas);
}

bool canvas_is_svg(const struct canvas *canvas)
{
    return canvas->out != NULL;
}

void canvas_set_hatch_step(struct canvas *canvas, double step)
{
    canvas->hatch_step = step;
}

void canvas_begin_group(struct canvas *canvas, const struct canvas_group *group)
{
    canvas->backend->begin_group(canvas, group);
}

void canvas_end_group(struct canvas *canvas)
{
    canvas->backend->end_group(canvas);
}

void canvas_begin_clip(struct canvas *canvas, struct canvas_rect rect)
{
    canvas->backend->begin_clip(canvas, rect);
}

void canvas_end_clip(struct canvas *canvas)
{
    canvas->backend->end_clip(canvas);
}

void canvas_draw_path(struct canvas *canvas, const struct canvas_path *path, const struct canvas_paint *paint)
{
    canvas->out_of_memory |= path->out_of_memory;
    if (path->n_parts)
        canvas->backend->path(canvas, path, paint);
}

void canvas_draw_rect(struct canvas *canvas, struct canvas_rect rect, const struct canvas_paint *paint)
{
    double right = rect.x + rect.width, below = rect.y + rect.height;
    double x_y[] = {rect.x, rect.y, right, rect.y, right, below, rect.x, below};
    size_t first = 0;
    const struct canvas_path path = {
        .x_y = x_y, .first_point = &first, .n_points = 4, .n_parts = 1, .is_closed = true};
    canvas->backend->path(canvas, &path, paint);
}

void canvas_draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct canvas_paint *paint)
{
    canvas->backend->circle(canvas, x, y, radius, paint);
}

void canvas_draw_text(struct canvas *canvas, const struct canvas_text *text)
{
    if (*text->text)
        canvas->backend->text(canvas, text);
}

PangoLayout *canvas_layout(struct canvas *canvas, const struct canvas_text *text)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, family);
    pango_font_description_set_absolute_size(font, text->size * PANGO_SCALE);
    pango_font_description_set_weight(font, text->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, text->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(canvas->layout, font);
    pango_layout_set_text(canvas->layout, text->text, -1);
    pango_font_description_free(font);
    return canvas->layout;
}

struct canvas_extent canvas_measure(struct canvas *canvas, const struct canvas_text *text)
{
    PangoLayout *layout = canvas_layout(canvas, text);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    return (struct canvas_extent){.width = (double)logical.width / PANGO_SCALE,
                                  .ascent = baseline,
                                  .descent = (double)logical.height / PANGO_SCALE - baseline};
}

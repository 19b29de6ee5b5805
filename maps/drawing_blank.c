#include "drawing_backend.h"

static void begin_group(struct canvas *canvas, const struct canvas_group *group)
{
    (void)canvas, (void)group;
}

static void end_group(struct canvas *canvas)
{
    (void)canvas;
}

static void begin_clip(struct canvas *canvas, struct canvas_rect rect)
{
    (void)canvas, (void)rect;
}

static void draw_path(struct canvas *canvas, const struct canvas_path *path, const struct canvas_paint *paint)
{
    (void)canvas, (void)path, (void)paint;
}

static void draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct canvas_paint *paint)
{
    (void)canvas, (void)x, (void)y, (void)radius, (void)paint;
}

static void draw_text(struct canvas *canvas, const struct canvas_text *text)
{
    (void)canvas, (void)text;
}

static om_status finish(om_context *ctx, struct canvas *canvas)
{
    (void)ctx, (void)canvas;
    return OM_OK;
}

static const struct canvas_backend backend = {
    .begin_group = begin_group,
    .end_group = end_group,
    .begin_clip = begin_clip,
    .end_clip = end_group,
    .path = draw_path,
    .circle = draw_circle,
    .text = draw_text,
    .finish = finish,
};

om_status canvas_blank_new(om_context *ctx, struct canvas **out)
{
    return canvas_new(ctx, &backend, out);
}

/*
 * What a backend of the canvas does; see drawing_canvas.h for what each call means.
 */
#ifndef MAPS_DRAWING_BACKEND_H
#define MAPS_DRAWING_BACKEND_H

#include "drawing_canvas.h"

#include <pango/pangocairo.h>

struct canvas_backend {
    void (*begin_group)(struct canvas *canvas, const struct canvas_group *group);
    void (*end_group)(struct canvas *canvas);
    void (*begin_clip)(struct canvas *canvas, struct canvas_rect rect);
    void (*end_clip)(struct canvas *canvas);
    void (*path)(struct canvas *canvas, const struct canvas_path *path, const struct canvas_paint *paint);
    void (*circle)(struct canvas *canvas, double x, double y, double radius,
                   const struct canvas_paint *paint);
    void (*text)(struct canvas *canvas, const struct canvas_text *text);
    om_status (*finish)(om_context *ctx, struct canvas *canvas);
};

enum { CANVAS_MOST_HATCHES = 128 };

/* A pattern as SVG knows it: defined once, where it is first needed. */
struct canvas_hatch {
    enum theme_pattern pattern;
    uint32_t fill, ink;
};

struct canvas {
    const struct canvas_backend *backend;
    PangoLayout *layout; /* for measuring, and for cairo's text */
    double hatch_step;   /* between the lines of a pattern */
    bool out_of_memory;
    cairo_t *cairo; /* cairo only, a reference */
    FILE *out;      /* SVG only, borrowed */
    size_t n_clips; /* SVG only: how many were begun */
    bool has_style_sheet;
    struct canvas_hatch hatches[CANVAS_MOST_HATCHES];
    size_t n_hatches;
};

/* A canvas with a layout and nothing else. */
om_status canvas_new(om_context *ctx, const struct canvas_backend *backend, struct canvas **out);

/* The layout, set to the text. */
PangoLayout *canvas_layout(struct canvas *canvas, const struct canvas_text *text);

#endif

/*
 * A surface to draw maps on: a few primitives with two backends, cairo (PNG, PDF) and SVG written as text.
 *
 * Units are pixels (points on a PDF page), x to the right, y down. Colours are 0xRRGGBB. Drawing never fails
 * at once: the first failure is kept, and canvas_finish returns it.
 */
#ifndef MAPS_DRAWING_CANVAS_H
#define MAPS_DRAWING_CANVAS_H

#include "theme.h"

#include <cairo.h>
#include <stdio.h>

struct canvas_rect {
    double x, y, width, height;
};

/* Rings or lines of points, one after the other. Starts as zero bytes; canvas_path_done frees it. */
struct canvas_path {
    double *x_y;         /* 2 * n_points */
    size_t *first_point; /* of each part */
    size_t n_points, n_parts;
    size_t points_capacity, parts_capacity;
    bool is_closed;     /* each part is a ring */
    bool out_of_memory; /* some of it is missing */
};
void canvas_path_move_to(struct canvas_path *path, double x, double y);
void canvas_path_line_to(struct canvas_path *path, double x, double y);
void canvas_path_clear(struct canvas_path *path); /* keeps its memory */
void canvas_path_done(struct canvas_path *path);

#define CANVAS_NO_COLOUR UINT32_MAX

/* How a shape looks. `class_names` replaces fill and stroke by those of a style sheet, where there is one. */
struct canvas_paint {
    uint32_t fill; /* CANVAS_NO_COLOUR: none */
    enum theme_pattern pattern;
    uint32_t ink;    /* of the pattern */
    uint32_t stroke; /* CANVAS_NO_COLOUR: none */
    double stroke_width;
    double dash[2];         /* on and off; 0: solid */
    double opacity;         /* 0 is 1 */
    const char *class_name; /* SVG: in place of fill and stroke; may be NULL */
};

enum canvas_anchor { CANVAS_START, CANVAS_MIDDLE, CANVAS_END };

struct canvas_text {
    const char *text; /* UTF-8, one line */
    double x, y;      /* on the baseline, where `anchor` is */
    double size;      /* of the letters: an em */
    enum canvas_anchor anchor;
    bool is_bold, is_italic;
    uint32_t colour;
    uint32_t halo; /* CANVAS_NO_COLOUR: none */
    double halo_width;
    const char *class_name; /* as of a paint */
};

/* How much room a text takes around where it begins on the baseline. */
struct canvas_extent {
    double width, ascent, descent;
};

/* SVG: a <g>; elsewhere nothing. Each may be NULL. */
struct canvas_group {
    const char *id, *class_name, *data_code, *title;
};

struct canvas;

/* Draws with cairo in its coordinates; cairo is borrowed and left as it was. */
om_status canvas_cairo_new(om_context *ctx, cairo_t *cairo, struct canvas **out);

/* What cairo says of a drawing: OM_LIBRARY or OM_NO_MEMORY when it failed. */
om_status canvas_cairo_outcome(om_context *ctx, cairo_status_t said);

/* Draws nothing: for measuring what drawing takes. */
om_status canvas_blank_new(om_context *ctx, struct canvas **out);

/* Begins an <svg> element, which canvas_finish ends; out is borrowed. class_name may be NULL.
 */
struct canvas_svg_options {
    double width, height;
    const char *class_name;
    const char *title; /* for who cannot see it */
};
om_status canvas_svg_new(om_context *ctx, FILE *out, const struct canvas_svg_options *options,
                         struct canvas **canvas);

/* The value of `fill` in a style sheet: "#d55e00", or "url(#…)" for a pattern, which is then defined. */
struct canvas_fill {
    char text[48];
};
struct canvas_fill canvas_svg_fill(struct canvas *canvas, const struct canvas_paint *paint);
/* A style sheet, wherever groups may stand; from here on, shapes with a class_name have their looks from it.
 */
void canvas_svg_style(struct canvas *canvas, const char *style_sheet);

bool canvas_is_svg(const struct canvas *canvas);

/* What failed first, if anything. */
om_status canvas_finish(om_context *ctx, struct canvas *canvas);
void canvas_free(struct canvas *canvas); /* accepts NULL */

/* Between the lines of a pattern; 8 to begin with. */
void canvas_set_hatch_step(struct canvas *canvas, double step);

void canvas_begin_group(struct canvas *canvas, const struct canvas_group *group);
void canvas_end_group(struct canvas *canvas);
void canvas_begin_clip(struct canvas *canvas, struct canvas_rect rect);
void canvas_end_clip(struct canvas *canvas);
void canvas_draw_path(struct canvas *canvas, const struct canvas_path *path,
                      const struct canvas_paint *paint);
void canvas_draw_rect(struct canvas *canvas, struct canvas_rect rect, const struct canvas_paint *paint);
void canvas_draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct canvas_paint *paint);
void canvas_draw_text(struct canvas *canvas, const struct canvas_text *text);

/* The same on every backend: pango's, in DejaVu Sans, without hinting. x, y, anchor and colours do not
 * matter.
 */
struct canvas_extent canvas_measure(struct canvas *canvas, const struct canvas_text *text);

#endif

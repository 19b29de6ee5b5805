#include "drawing_backend.h"
#include "markup.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* With at most two decimals and a point, whatever the locale. */
static void put_number(FILE *out, double value)
{
    int64_t hundredths = llround(value * 100);
    uint64_t size = hundredths < 0 ? (uint64_t)-hundredths : (uint64_t)hundredths;
    fprintf(out, "%s%" PRIu64, hundredths < 0 ? "-" : "", size / 100);
    unsigned rest = (unsigned)(size % 100);
    if (rest % 10)
        fprintf(out, ".%02u", rest);
    else if (rest)
        fprintf(out, ".%u", rest / 10);
}

static void put_attribute(FILE *out, const char *name, const char *value)
{
    if (value)
        markup_attribute(out, name, value);
}

static void put_measure(FILE *out, const char *name, double value)
{
    fprintf(out, " %s=\"", name);
    put_number(out, value);
    fputc('"', out);
}

static void put_colour(FILE *out, const char *name, uint32_t rgb)
{
    if (rgb == CANVAS_NO_COLOUR)
        fprintf(out, " %s=\"none\"", name);
    else
        fprintf(out, " %s=\"#%06" PRIx32 "\"", name, rgb);
}

static void put_title(FILE *out, const char *title)
{
    if (!title)
        return;
    fputs("<title>", out);
    markup_text(out, title);
    fputs("</title>", out);
}

/* Lines lie along the tile, which is turned: upwards, downwards, or with lines both ways. */
static void put_hatch(struct canvas *canvas, const struct canvas_hatch *hatch, const char *id)
{
    static const int turns[THEME_PATTERNS] = {
        [THEME_RISING] = -45, [THEME_FALLING] = 45, [THEME_CROSSED] = 45};
    FILE *out = canvas->out;
    double step = canvas->hatch_step;
    fprintf(out, "<defs><pattern id=\"%s\" patternUnits=\"userSpaceOnUse\"", id);
    put_measure(out, "width", step);
    put_measure(out, "height", step);
    fprintf(out, " patternTransform=\"rotate(%d)\"><rect", turns[hatch->pattern]);
    put_measure(out, "width", step);
    put_measure(out, "height", step);
    put_colour(out, "fill", hatch->fill);
    fputs("/>", out);
    if (hatch->pattern == THEME_DOTTED) {
        fputs("<circle", out);
        put_measure(out, "cx", step / 2);
        put_measure(out, "cy", step / 2);
        put_measure(out, "r", step * 0.2);
        put_colour(out, "fill", hatch->ink);
    } else {
        fputs("<path d=\"M0 ", out);
        put_number(out, step / 2);
        fputc('h', out);
        put_number(out, step);
        if (hatch->pattern == THEME_CROSSED) {
            fputc('M', out);
            put_number(out, step / 2);
            fputs(" 0v", out);
            put_number(out, step);
        }
        fputc('"', out);
        put_colour(out, "stroke", hatch->ink);
        put_measure(out, "stroke-width", step * 0.22);
    }
    fputs("/></pattern></defs>\n", out);
}

struct canvas_fill canvas_svg_fill(struct canvas *canvas, const struct canvas_paint *paint)
{
    struct canvas_fill fill = {"none"};
    if (paint->fill == CANVAS_NO_COLOUR)
        return fill;
    snprintf(fill.text, sizeof fill.text, "#%06" PRIx32, paint->fill);
    const struct canvas_hatch wanted = {paint->pattern, paint->fill, paint->ink};
    if (paint->pattern == THEME_PLAIN)
        return fill;
    char id[32];
    snprintf(id, sizeof id, "%s-%06" PRIx32, theme_pattern_names[paint->pattern], paint->fill);
    size_t known = 0;
    while (known < canvas->n_hatches &&
           (canvas->hatches[known].pattern != wanted.pattern || canvas->hatches[known].fill != wanted.fill))
        known++;
    if (known == CANVAS_MOST_HATCHES)
        return fill;
    if (known == canvas->n_hatches) {
        canvas->hatches[canvas->n_hatches++] = wanted;
        put_hatch(canvas, &wanted, id);
    }
    snprintf(fill.text, sizeof fill.text, "url(#%s)", id);
    return fill;
}

void canvas_svg_style(struct canvas *canvas, const char *style_sheet)
{
    fputs("<style>\n", canvas->out);
    markup_text(canvas->out, style_sheet);
    fputs("</style>\n", canvas->out);
    canvas->has_style_sheet = true;
}

static void begin_group(struct canvas *canvas, const struct canvas_group *group)
{
    fputs("<g", canvas->out);
    put_attribute(canvas->out, "id", group->id);
    put_attribute(canvas->out, "class", group->class_name);
    put_attribute(canvas->out, "data-code", group->data_code);
    fputc('>', canvas->out);
    put_title(canvas->out, group->title);
    fputc('\n', canvas->out);
}

static void end_group(struct canvas *canvas)
{
    fputs("</g>\n", canvas->out);
}

/* A nested svg element clips what is in it, and needs no id that another picture could have too. */
static void begin_clip(struct canvas *canvas, struct canvas_rect rect)
{
    FILE *out = canvas->out;
    fputs("<svg", out);
    put_measure(out, "x", rect.x);
    put_measure(out, "y", rect.y);
    put_measure(out, "width", rect.width);
    put_measure(out, "height", rect.height);
    fputs(" viewBox=\"", out);
    const double box[] = {rect.x, rect.y, rect.width, rect.height};
    for (int i = 0; i < 4; i++) {
        if (i)
            fputc(' ', out);
        put_number(out, box[i]);
    }
    fputs("\">\n", out);
}

static void end_clip(struct canvas *canvas)
{
    fputs("</svg>\n", canvas->out);
}

static void put_paint(struct canvas *canvas, const struct canvas_paint *paint, const char *fill)
{
    FILE *out = canvas->out;
    put_attribute(out, "class", paint->class_name);
    bool is_styled = paint->class_name && canvas->has_style_sheet;
    if (!is_styled)
        put_attribute(out, "fill", fill);
    if (!is_styled && paint->stroke != CANVAS_NO_COLOUR)
        put_colour(out, "stroke", paint->stroke);
    if (paint->stroke != CANVAS_NO_COLOUR)
        put_measure(out, "stroke-width", paint->stroke_width);
    if (paint->dash[0] > 0) {
        fputs(" stroke-dasharray=\"", out);
        put_number(out, paint->dash[0]);
        fputc(' ', out);
        put_number(out, paint->dash[1]);
        fputc('"', out);
    }
    if (paint->opacity > 0 && paint->opacity < 1)
        put_measure(out, "opacity", paint->opacity);
    fputs("/>\n", out);
}

/* Steps from point to point, in hundredths, so that rounding never adds up. */
static void put_part(FILE *out, const double *x_y, size_t n, bool is_closed)
{
    double at_x = round(x_y[0] * 100) / 100, at_y = round(x_y[1] * 100) / 100;
    fputc('M', out);
    put_number(out, at_x);
    fputc(' ', out);
    put_number(out, at_y);
    for (size_t i = 1; i < n; i++) {
        double x = round(x_y[2 * i] * 100) / 100, y = round(x_y[2 * i + 1] * 100) / 100;
        fputs(i == 1 ? "l" : " ", out);
        put_number(out, x - at_x);
        fputc(' ', out);
        put_number(out, y - at_y);
        at_x = x;
        at_y = y;
    }
    if (is_closed)
        fputc('z', out);
}

static void draw_path(struct canvas *canvas, const struct canvas_path *path, const struct canvas_paint *paint)
{
    struct canvas_fill fill = canvas_svg_fill(canvas, paint);
    fputs("<path d=\"", canvas->out);
    for (size_t part = 0; part < path->n_parts; part++) {
        size_t first = path->first_point[part];
        size_t end = part + 1 < path->n_parts ? path->first_point[part + 1] : path->n_points;
        put_part(canvas->out, path->x_y + 2 * first, end - first, path->is_closed);
    }
    fputc('"', canvas->out);
    put_paint(canvas, paint, fill.text);
}

static void draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct canvas_paint *paint)
{
    struct canvas_fill fill = canvas_svg_fill(canvas, paint);
    fputs("<circle", canvas->out);
    put_measure(canvas->out, "cx", x);
    put_measure(canvas->out, "cy", y);
    put_measure(canvas->out, "r", radius);
    put_paint(canvas, paint, fill.text);
}

static void draw_text(struct canvas *canvas, const struct canvas_text *text)
{
    static const char *const anchors[] = {
        [CANVAS_START] = NULL, [CANVAS_MIDDLE] = "middle", [CANVAS_END] = "end"};
    FILE *out = canvas->out;
    bool is_styled = text->class_name && canvas->has_style_sheet;
    fputs("<text", out);
    put_attribute(out, "class", text->class_name);
    put_measure(out, "x", text->x);
    put_measure(out, "y", text->y);
    put_measure(out, "font-size", text->size);
    put_attribute(out, "text-anchor", anchors[text->anchor]);
    put_attribute(out, "font-weight", text->is_bold ? "bold" : NULL);
    put_attribute(out, "font-style", text->is_italic ? "italic" : NULL);
    if (!is_styled)
        put_colour(out, "fill", text->colour);
    if (text->halo != CANVAS_NO_COLOUR) {
        if (!is_styled)
            put_colour(out, "stroke", text->halo);
        put_measure(out, "stroke-width", 2 * text->halo_width);
        fputs(" paint-order=\"stroke\"", out);
    }
    fputc('>', out);
    markup_text(out, text->text);
    fputs("</text>\n", out);
}

static om_status finish(om_context *ctx, struct canvas *canvas)
{
    (void)ctx;
    fputs("</svg>\n", canvas->out);
    return OM_OK;
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

om_status canvas_svg_new(om_context *ctx, FILE *out, const struct canvas_svg_options *options,
                         struct canvas **canvas)
{
    om_status status = canvas_new(ctx, &backend, canvas);
    if (status != OM_OK)
        return status;
    (*canvas)->out = out;
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\"", out);
    put_attribute(out, "class", options->class_name);
    put_measure(out, "width", options->width);
    put_measure(out, "height", options->height);
    fputs(" viewBox=\"0 0 ", out);
    put_number(out, options->width);
    fputc(' ', out);
    put_number(out, options->height);
    fputs("\" role=\"img\" font-family=\"DejaVu Sans, Verdana, sans-serif\" fill-rule=\"evenodd\" "
          "stroke-linejoin=\"round\">",
          out);
    put_title(out, options->title);
    fputc('\n', out);
    return OM_OK;
}

#include "maps/drawing.h"

#include "drawn_map.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "layer_write.h"
#include "output_file.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

/* A view, and the picture it is drawn into. */
struct picture {
    struct layer_view view;
    const struct map_drawing *request;
    double width, height; /* px */
};

/* On paper, so that a picture of the usual size fills an A4 page. */
static const double pdf_pt_per_px = 0.375;

static om_status draw_on_cairo(om_context *ctx, const struct picture *picture, cairo_surface_t *surface,
                               double scale)
{
    struct canvas *canvas = NULL;
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    om_status status = canvas_cairo_new(ctx, cairo, &canvas);
    if (status == OM_OK)
        status = drawn_map_on(ctx, &picture->view, picture->request, canvas,
                              (struct canvas_rect){0, 0, picture->width, picture->height});
    if (status == OM_OK)
        status = canvas_finish(ctx, canvas);
    canvas_free(canvas);
    cairo_destroy(cairo);
    return status;
}

/* The stream remembers what failed; cairo 1.16 may crash when it is told. */
static cairo_status_t write_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    fwrite(bytes, 1, n, out);
    return CAIRO_STATUS_SUCCESS;
}

static om_status draw_png(om_context *ctx, const struct picture *picture, FILE *out)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)picture->width, (int)picture->height);
    om_status status = draw_on_cairo(ctx, picture, surface, 1);
    if (status == OM_OK)
        status = canvas_cairo_outcome(ctx, cairo_surface_write_to_png_stream(surface, write_bytes, out));
    cairo_surface_destroy(surface);
    return status;
}

static om_status draw_pdf(om_context *ctx, const struct picture *picture, FILE *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_bytes, out, picture->width * pdf_pt_per_px, picture->height * pdf_pt_per_px);
    char timestamp[32];
    layer_timestamp(picture->view.result, timestamp);
    char *fraction = strchr(timestamp, '.');
    snprintf(fraction, sizeof timestamp - (size_t)(fraction - timestamp), "Z");
    const char *title =
        picture->request->title ? picture->request->title : map_theme_title(picture->request->theme);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, timestamp);
    om_status status = draw_on_cairo(ctx, picture, surface, pdf_pt_per_px);
    cairo_surface_finish(surface);
    if (status == OM_OK)
        status = canvas_cairo_outcome(ctx, cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    return status;
}

static om_status draw_svg(om_context *ctx, const struct picture *picture, FILE *out)
{
    const struct map_drawing *request = picture->request;
    char *class_name = om_format("map theme-%s", map_theme_names[request->theme]);
    const struct canvas_svg_options options = {.class_name = class_name,
                                               .width = picture->width,
                                               .height = picture->height,
                                               .title = request->title ? request->title
                                                                       : map_theme_title(request->theme)};
    struct canvas *canvas = NULL;
    om_status status = canvas_svg_new(ctx, out, &options, &canvas);
    if (status == OM_OK)
        status = drawn_map_on(ctx, &picture->view, request, canvas,
                              (struct canvas_rect){0, 0, picture->width, picture->height});
    if (status == OM_OK)
        status = canvas_finish(ctx, canvas);
    canvas_free(canvas);
    om_free(class_name);
    return status;
}

typedef om_status draw_fn(om_context *ctx, const struct picture *picture, FILE *out);

static const struct {
    const char *extension;
    draw_fn *draw;
} formats[] = {{".svg", draw_svg}, {".png", draw_png}, {".pdf", draw_pdf}};

static draw_fn *format_of(const char *path)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (path_ends_with(path, formats[i].extension))
            return formats[i].draw;
    return NULL;
}

enum { DEFAULT_WIDTH_PX = 1600, LEAST_PX = 100, MOST_PX = 20000 };

static om_status picture_new(om_context *ctx, const struct map_result *result,
                             const struct map_drawing *request, struct picture *out)
{
    struct picture picture = {.view = {.result = result}, .request = request};
    picture.width = request->width_px ? request->width_px : DEFAULT_WIDTH_PX;
    if (picture.width < LEAST_PX || picture.width > MOST_PX ||
        (request->height_px && (request->height_px < LEAST_PX || request->height_px > MOST_PX)))
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("a map is from %d to %d pixels wide and high"),
                       LEAST_PX, MOST_PX);
    om_status status = layer_view_new(ctx, result, &picture.view);
    if (status != OM_OK)
        return status;
    status = drawn_map_height(ctx, &picture.view, request, picture.width, &picture.height);
    if (status == OM_OK)
        *out = picture;
    else
        layer_view_done(&picture.view);
    return status;
}

static om_status write_file(om_context *ctx, const struct picture *picture, draw_fn *draw,
                            const struct output_file *file)
{
    FILE *out = NULL;
    om_status status = output_file_open(ctx, file, &out);
    return status == OM_OK ? output_file_close(ctx, file, out, draw(ctx, picture, out)) : status;
}

om_status map_draw(om_context *ctx, const struct map_result *result, const struct map_drawing *request,
                   const char *path, bool overwrite)
{
    struct picture picture = {.view = {.result = result}};
    struct output_file file = {0};
    draw_fn *draw = format_of(path);
    if (!draw)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("%s: the name of a map must end in .svg, .png or .pdf"), path);
    om_status status = output_file_begin(ctx, path, overwrite, &file);
    if (status == OM_OK)
        status = picture_new(ctx, result, request, &picture);
    if (status == OM_OK)
        status = write_file(ctx, &picture, draw, &file);
    if (status == OM_OK)
        status = output_file_finish(ctx, &file);
    layer_view_done(&picture.view);
    output_file_done(&file);
    return status;
}

om_status map_draw_svg(om_context *ctx, const struct map_result *result, const struct map_drawing *request,
                       FILE *out)
{
    struct picture picture = {0};
    om_status status = picture_new(ctx, result, request, &picture);
    if (status != OM_OK)
        return status;
    status = draw_svg(ctx, &picture, out);
    layer_view_done(&picture.view);
    return status;
}

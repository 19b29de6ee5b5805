#include "drawn_map.h"

#include "drawn_parts.h"
#include "geo/text.h"

#include <math.h>

/* Of a picture 1 600 wide. */
static const double design_width = 1600, margin = 56, column_width = 440, gutter = 44;
/* How high it may be for its width. */
static const double flattest = 0.72, tallest = 1.25;

static om_status check(om_context *ctx, const struct layer_view *view, const struct map_drawing *request)
{
    if ((int)request->theme < 0 || request->theme >= MAP_THEMES)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("there is no such theme"));
    if (!map_theme_is_available(view->result, request->theme))
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("the result has nothing for the theme %s"),
                       map_theme_names[request->theme]);
    return OM_OK;
}

static struct canvas_rect map_box(const struct map_drawing *request, struct canvas_rect rect, double unit)
{
    if (request->is_bare)
        return rect;
    double left = (margin + column_width + gutter) * unit, edge = margin * unit;
    return (struct canvas_rect){rect.x + left, rect.y + edge, rect.width - left - edge,
                                rect.height - 2 * edge};
}

om_status drawn_map_on(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                       struct canvas *canvas, struct canvas_rect rect)
{
    enum theme_shade shade = request->is_dark ? THEME_DARK : THEME_LIGHT;
    struct drawn_map map = {.ctx = ctx,
                            .view = view,
                            .request = request,
                            .theme = &map_themes[request->theme],
                            .shade = shade,
                            .look = &drawn_looks[shade],
                            .canvas = canvas,
                            .unit = rect.width / design_width};
    om_status status = check(ctx, view, request);
    if (status == OM_OK)
        status = drawn_extent_find(ctx, view, request->extent, &map.extent);
    if (status != OM_OK)
        return status;
    double unit = map.unit, edge = margin * unit;
    map.frame = drawn_frame_fit(&map.extent, map_box(request, rect, unit));
    canvas_set_hatch_step(canvas, fmax(9 * unit, 3));
    canvas_draw_rect(
        canvas, rect,
        &(struct canvas_paint){.fill = map.look->page, .stroke = CANVAS_NO_COLOUR, .class_name = "page"});
    status = drawn_layers(&map);
    if (status == OM_OK && !request->is_bare)
        status = drawn_panel(&map, (struct canvas_rect){rect.x + edge, rect.y + edge, column_width * unit,
                                                        rect.height - 2 * edge});
    drawn_extent_done(&map.extent);
    return status;
}

om_status drawn_map_height(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                           double width, double *height)
{
    struct drawn_extent extent = {0};
    if (request->height_px) {
        *height = width * request->height_px / (request->width_px ? request->width_px : design_width);
        return OM_OK;
    }
    om_status status = drawn_extent_find(ctx, view, request->extent, &extent);
    if (status != OM_OK)
        return status;
    double unit = width / design_width, edge = request->is_bare ? 0 : margin * unit;
    struct canvas_rect box = map_box(request, (struct canvas_rect){0, 0, width, width}, unit);
    double needed = box.width * (extent.north - extent.south) / (extent.east - extent.west) + 2 * edge;
    double least = request->is_bare ? 0 : flattest * width;
    *height = round(fmin(fmax(needed, least), tallest * width));
    drawn_extent_done(&extent);
    return OM_OK;
}

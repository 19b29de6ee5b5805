#include "drawn_map.h"

#include "area_colouring.h"
#include "drawn_parts.h"
#include "geo/memory.h"
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

static bool is_bare(const struct map_drawing *request)
{
    return request->is_bare || request->is_interactive;
}

static struct canvas_rect map_box(const struct map_drawing *request, struct canvas_rect rect, double unit)
{
    if (is_bare(request))
        return rect;
    double left = (margin + column_width + gutter) * unit, edge = margin * unit;
    return (struct canvas_rect){rect.x + left, rect.y + edge, rect.width - left - edge,
                                rect.height - 2 * edge};
}

/* Colours of areas are worked out only where a theme shows them. */
static om_status colour_areas(struct drawn_map *map)
{
    const struct data_case *the_case = map->view->result->the_case;
    bool is_shown =
        map->theme->is_coloured_by_area ||
        (map->request->is_interactive && map_theme_is_available(map->view->result, MAP_THEME_ALIGNMENT));
    size_t n_shared = 0;
    if (!is_shown)
        return OM_OK;
    map->colour_of_area = om_alloc(the_case->plan->n_areas, sizeof *map->colour_of_area);
    if (!map->colour_of_area)
        return om_no_memory(map->ctx);
    return area_colouring(map->ctx, the_case->territory, the_case->plan, DRAWN_AREA_COLOURS,
                          map->colour_of_area, &n_shared);
}

static om_status compose(const struct drawn_map *map, struct canvas_rect rect)
{
    double edge = margin * map->unit;
    om_status status = map->request->is_interactive ? drawn_style(map) : OM_OK;
    canvas_draw_rect(
        map->canvas, rect,
        &(struct canvas_paint){.fill = map->look->page, .stroke = CANVAS_NO_COLOUR, .class_name = "page"});
    if (status == OM_OK)
        status = drawn_layers(map);
    if (status == OM_OK && !is_bare(map->request))
        status = drawn_panel(map, (struct canvas_rect){rect.x + edge, rect.y + edge, column_width * map->unit,
                                                       rect.height - 2 * edge});
    return status;
}

om_status drawn_map_on(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                       struct canvas *canvas, struct canvas_rect rect)
{
    om_status status = check(ctx, view, request);
    if (status != OM_OK)
        return status;
    struct map_drawing asked = *request;
    asked.is_interactive &= canvas_is_svg(canvas);
    enum theme_shade shade = asked.is_dark && !asked.is_interactive ? THEME_DARK : THEME_LIGHT;
    struct drawn_map map = {.ctx = ctx,
                            .view = view,
                            .request = &asked,
                            .theme = &map_themes[request->theme],
                            .shade = shade,
                            .look = &drawn_looks[shade],
                            .canvas = canvas,
                            .unit = rect.width / design_width};
    status = drawn_extent_find(ctx, view, request->extent, &map.extent);
    if (status == OM_OK)
        status = colour_areas(&map);
    if (status == OM_OK) {
        map.frame = drawn_frame_fit(&map.extent, map_box(&asked, rect, map.unit));
        canvas_set_hatch_step(canvas, fmax(9 * map.unit, 3));
        status = compose(&map, rect);
    }
    om_free(map.colour_of_area);
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
    double unit = width / design_width, edge = is_bare(request) ? 0 : margin * unit;
    struct canvas_rect box = map_box(request, (struct canvas_rect){0, 0, width, width}, unit);
    double needed = box.width * (extent.north - extent.south) / (extent.east - extent.west) + 2 * edge;
    double least = is_bare(request) ? 0 : flattest * width;
    *height = round(fmin(fmax(needed, least), tallest * width));
    drawn_extent_done(&extent);
    return OM_OK;
}

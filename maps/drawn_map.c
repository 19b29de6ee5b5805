#include "drawn_map.h"

#include "area_colouring.h"
#include "drawn_parts.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>

/* Of a picture 1 600 wide; a bare map is 1 000 of it. */
static const double design_width = 1600, bare_width = 1000, bare_margin = 8, margin = 56, column_width = 476,
                    gutter = 36;
/* So far outlines may stray, in units: less than the lines drawn on them are wide. */
static const double slack = 0.25;
/* How high it may be for its width. */
static const double tallest = 1.25;

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

/* Where the extent goes. */
static struct canvas_rect map_part(const struct map_drawing *request, struct canvas_rect rect, double unit)
{
    if (is_bare(request))
        return (struct canvas_rect){rect.x + bare_margin * unit, rect.y + bare_margin * unit,
                                    rect.width - 2 * bare_margin * unit,
                                    rect.height - 2 * bare_margin * unit};
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

static struct page_box inner_box(struct canvas_rect rect, double edge)
{
    return (struct page_box){rect.x + edge, rect.y + edge, rect.x + rect.width - edge,
                             rect.y + rect.height - edge};
}

/* The map and its insets, off what the panel has written. */
static om_status draw_with_insets(struct drawn_map *map, struct canvas_rect rect,
                                  const struct page_box *written, size_t n_written)
{
    struct inset insets[INSETS_MOST];
    struct page_box covers[2 * INSETS_MOST];
    size_t n = 0;
    om_status status =
        drawn_insets_choose(map, inner_box(rect, (is_bare(map->request) ? 4 : margin) * map->unit), written,
                            n_written, insets, &n);
    for (size_t i = 0; i < n; i++) {
        covers[2 * i] = insets[i].box;
        covers[2 * i + 1] = insets[i].source;
    }
    map->covers = covers;
    map->n_covers = 2 * n;
    if (status == OM_OK)
        status = drawn_layers(map);
    if (status == OM_OK && is_bare(map->request))
        drawn_scale(map, rect.x + 12 * map->unit, rect.y + rect.height - 12 * map->unit, 0.2 * rect.width);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = drawn_inset(map, &insets[i]);
    map->covers = NULL;
    map->n_covers = 0;
    return status;
}

static om_status compose(struct drawn_map *map, struct canvas_rect rect)
{
    const struct page_box inner = inner_box(rect, margin * map->unit);
    struct page_box written[DRAWN_PANEL_BOXES];
    size_t n_written = 0;
    om_status status = map->request->is_interactive ? drawn_style(map) : OM_OK;
    canvas_draw_rect(
        map->canvas, rect,
        &(struct canvas_paint){.fill = map->look->page, .stroke = CANVAS_NO_COLOUR, .class_name = "page"});
    if (status == OM_OK && !is_bare(map->request)) {
        n_written = DRAWN_PANEL_BOXES;
        status = drawn_panel(
            map,
            (struct canvas_rect){inner.left, inner.top, column_width * map->unit, inner.bottom - inner.top},
            written);
    }
    return status == OM_OK ? draw_with_insets(map, rect, written, n_written) : status;
}

/* What is seen: of a part of the territory, also what is around it, up to the edges of the picture. */
static struct canvas_rect map_box(const struct drawn_map *map, struct canvas_rect part,
                                  struct canvas_rect rect)
{
    double left = is_bare(map->request) ? rect.x : part.x - 0.5 * gutter * map->unit;
    if (!map->extent.name)
        return part;
    return (struct canvas_rect){left, rect.y, rect.x + rect.width - left, rect.height};
}

/* The height the panel takes in a picture 1 600 wide, found by writing it on a blank canvas. */
static om_status measure_panel(const struct drawn_map *map, double *height)
{
    static const double endless = 1e5, gap = 40;
    struct drawn_map blank = *map;
    struct page_box written[DRAWN_PANEL_BOXES];
    blank.unit = 1;
    blank.frame.m_per_px = 1000;
    om_status status = canvas_blank_new(map->ctx, &blank.canvas);
    if (status != OM_OK)
        return status;
    status = drawn_panel(&blank, (struct canvas_rect){0, 0, column_width, endless}, written);
    canvas_free(blank.canvas);
    if (status == OM_OK)
        *height = written[0].bottom + gap + endless - written[1].top + 2 * margin;
    return status;
}

/* Everything a map knows before it has a place on a canvas. */
static om_status prepare(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                         struct drawn_map *out)
{
    om_status status = check(ctx, view, request);
    if (status != OM_OK)
        return status;
    enum theme_shade shade = request->is_dark && !request->is_interactive ? THEME_DARK : THEME_LIGHT;
    *out = (struct drawn_map){.ctx = ctx,
                              .view = view,
                              .request = request,
                              .theme = &map_themes[request->theme],
                              .shade = shade,
                              .look = &drawn_looks[shade]};
    return drawn_extent_find(ctx, view, request->extent, &out->extent);
}

static void map_done(struct drawn_map *map)
{
    om_free(map->colour_of_area);
    drawn_extent_done(&map->extent);
}

om_status drawn_map_on(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                       struct canvas *canvas, struct canvas_rect rect)
{
    struct map_drawing asked = *request;
    struct drawn_map map = {0};
    double panel_height = 0;
    asked.is_interactive &= canvas_is_svg(canvas);
    om_status status = prepare(ctx, view, &asked, &map);
    if (status == OM_OK)
        status = colour_areas(&map);
    if (status == OM_OK && !is_bare(&asked))
        status = measure_panel(&map, &panel_height);
    if (status == OM_OK) {
        map.canvas = canvas;
        map.unit = rect.width / (is_bare(&asked) ? bare_width : design_width);
        if (panel_height > 0)
            map.unit = fmin(map.unit, rect.height / panel_height);
        struct canvas_rect part = map_part(&asked, rect, map.unit);
        map.frame = drawn_frame_fit(&map.extent, part, map_box(&map, part, rect));
        map.frame.slack_px = slack * map.unit;
        canvas_set_hatch_step(canvas, fmax(9 * map.unit, 3));
        status = compose(&map, rect);
    }
    map_done(&map);
    return status;
}

om_status drawn_map_height(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                           double width, double *height)
{
    struct drawn_map map = {0};
    double unit = width / (is_bare(request) ? bare_width : design_width), panel_height = 0;
    if (request->height_px) {
        *height = width * request->height_px / (request->width_px ? request->width_px : design_width);
        return OM_OK;
    }
    om_status status = prepare(ctx, view, request, &map);
    if (status == OM_OK && !is_bare(request))
        status = measure_panel(&map, &panel_height);
    if (status == OM_OK) {
        double edge = (is_bare(request) ? bare_margin : margin) * unit;
        struct canvas_rect part = map_part(request, (struct canvas_rect){0, 0, width, width}, unit);
        double shape = (map.extent.north - map.extent.south) / (map.extent.east - map.extent.west);
        double needed = fmin(part.width * shape + 2 * edge, tallest * width);
        *height = ceil(fmax(needed, panel_height * unit));
    }
    map_done(&map);
    return status;
}

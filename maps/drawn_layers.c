#include "drawn_parts.h"
#include "geo/memory.h"
#include "palette.h"
#include "words.h"

#include <math.h>
#include <string.h>

/* Fills a municipality by its class; a thin line keeps it apart from its neighbours. */
static om_status draw_municipality(const struct drawn_map *map, uint32_t m, struct canvas_path *path)
{
    const struct data_case *the_case = map->view->result->the_case;
    size_t found = map->theme->class_of(map->view, m);
    struct canvas_paint paint = drawn_fill(map, found == THEME_NO_CLASS ? NULL : &map->theme->classes[found],
                                           !map->extent.is_member[m]);
    paint.stroke = map->look->border;
    paint.stroke_width = 1.1 * map->unit;
    canvas_path_clear(path);
    om_status status = drawn_frame_trace(map->ctx, &map->frame, &the_case->polygons[m], path);
    if (status == OM_OK)
        canvas_draw_path(map->canvas, path, &paint);
    return status;
}

static om_status draw_municipalities(const struct drawn_map *map, struct canvas_path *path)
{
    om_status status = OM_OK;
    canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = "municipalities"});
    for (uint32_t m = 0; status == OM_OK && m < map->view->result->the_case->territory->n; m++)
        status = draw_municipality(map, m, path);
    canvas_end_group(map->canvas);
    return status;
}

static om_status draw_outlines(const struct drawn_map *map, const char *name, const struct geo_wkb *polygons,
                               size_t n, const struct canvas_paint *paint, struct canvas_path *path)
{
    om_status status = OM_OK;
    canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = name});
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        canvas_path_clear(path);
        status = drawn_frame_trace(map->ctx, &map->frame, &polygons[i], path);
        if (status == OM_OK)
            canvas_draw_path(map->canvas, path, paint);
    }
    canvas_end_group(map->canvas);
    return status;
}

static om_status draw_areas(const struct drawn_map *map, struct canvas_path *path)
{
    const struct canvas_paint paint = {.fill = CANVAS_NO_COLOUR,
                                       .stroke = map->look->outline,
                                       .stroke_width = 2.2 * map->unit,
                                       .class_name = "area"};
    return draw_outlines(map, "areas", map->view->areas, map->view->result->the_case->plan->n_areas, &paint,
                         path);
}

static om_status draw_regions(const struct drawn_map *map, struct canvas_path *path)
{
    const struct canvas_paint paint = {.fill = CANVAS_NO_COLOUR,
                                       .stroke = map->look->region,
                                       .stroke_width = 3 * map->unit,
                                       .dash = {11 * map->unit, 7 * map->unit},
                                       .class_name = "region"};
    if (!map->view->regions)
        return OM_OK;
    return draw_outlines(map, "regions", map->view->regions, map->view->reference->n_regions, &paint, path);
}

double drawn_town_radius(const struct drawn_map *map, double population)
{
    double people = isnan(population) ? 0 : population;
    return map->unit * fmin(2.2 + 5.5 * sqrt(people / 500000), 10);
}

/* Seats by the size of their municipality, filled where there is an office. */
static void draw_towns(const struct drawn_map *map)
{
    const struct data_case *the_case = map->view->result->the_case;
    canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = "towns"});
    for (size_t m = 0; m < the_case->territory->n; m++) {
        double x_y[2];
        bool has_office = map->view->result->evaluation->municipalities[m].has_own_office;
        drawn_frame_place(&map->frame, map->view->seats + 2 * m, x_y);
        if (isnan(x_y[0]) || !drawn_frame_shows(&map->frame, x_y) || !map->extent.is_member[m])
            continue;
        const struct canvas_paint paint = {.fill = has_office ? map->look->office : map->look->town,
                                           .stroke = has_office ? map->look->town : map->look->office,
                                           .stroke_width = 1.2 * map->unit,
                                           .class_name = has_office ? "town office" : "town"};
        canvas_draw_circle(map->canvas, x_y[0], x_y[1],
                           drawn_town_radius(map, the_case->territory->municipalities[m].population), &paint);
    }
    canvas_end_group(map->canvas);
}

om_status drawn_layers(const struct drawn_map *map)
{
    struct canvas_path path = {0};
    canvas_begin_clip(map->canvas, map->frame.box);
    om_status status = draw_municipalities(map, &path);
    if (status == OM_OK)
        status = draw_areas(map, &path);
    if (status == OM_OK && (map->theme->overlays & THEME_REGIONS))
        status = draw_regions(map, &path);
    if (status == OM_OK && (map->theme->overlays & THEME_OFFICES))
        draw_towns(map);
    canvas_end_clip(map->canvas);
    canvas_path_done(&path);
    return status;
}

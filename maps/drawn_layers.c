#include "drawn_parts.h"
#include "geo/memory.h"
#include "words.h"

static om_status begin_municipality(const struct drawn_map *map, uint32_t m)
{
    const struct plan_municipality *municipality = &map->view->result->the_case->territory->municipalities[m];
    char *id = om_format("m-%s", municipality->code), *names = drawn_class_names(map, m);
    char *title = om_format("%s: %s", municipality->name,
                            map_status_word(map->view->result->evaluation->municipalities[m].status));
    bool is_made = id && names && title;
    if (is_made)
        canvas_begin_group(map->canvas, &(struct canvas_group){.id = map->is_inset ? NULL : id,
                                                               .class_name = names,
                                                               .data_code = municipality->code,
                                                               .title = title});
    om_free(id);
    om_free(names);
    om_free(title);
    return is_made ? OM_OK : om_no_memory(map->ctx);
}

/* Filled by its class; a thin line keeps it apart from its neighbours. */
static om_status draw_municipality(const struct drawn_map *map, uint32_t m, struct canvas_path *path)
{
    const struct drawn_class drawn = drawn_class_of(map, map->request->theme, m);
    struct canvas_paint paint = drawn_class_paint(&drawn, map->shade, !map->extent.is_member[m]);
    paint.stroke = map->look->border;
    paint.stroke_width = 1.1 * map->unit;
    canvas_path_clear(path);
    om_status status =
        drawn_frame_trace(map->ctx, &map->frame, &map->view->result->the_case->polygons[m], path);
    if (status != OM_OK || !path->n_parts)
        return status;
    if (!map->request->is_interactive) {
        canvas_draw_path(map->canvas, path, &paint);
        return OM_OK;
    }
    paint.class_name = "land";
    status = begin_municipality(map, m);
    if (status == OM_OK) {
        canvas_draw_path(map->canvas, path, &paint);
        canvas_end_group(map->canvas);
    }
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

struct canvas_paint drawn_outline_paint(const struct drawn_map *map)
{
    return (struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                 .stroke = map->look->outline,
                                 .stroke_width = 2.2 * map->unit,
                                 .class_name = "outline"};
}

static om_status draw_areas(const struct drawn_map *map, struct canvas_path *path)
{
    const struct canvas_paint paint = drawn_outline_paint(map);
    om_status status = OM_OK;
    canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = "areas"});
    for (size_t a = 0; status == OM_OK && a < map->view->result->the_case->plan->n_areas; a++) {
        canvas_path_clear(path);
        status = drawn_frame_trace(map->ctx, &map->frame, &map->view->areas[a], path);
        if (status == OM_OK)
            canvas_draw_path(map->canvas, path, &paint);
    }
    canvas_end_group(map->canvas);
    return status;
}

om_status drawn_layers(const struct drawn_map *map)
{
    struct canvas_path path = {0};
    canvas_begin_clip(map->canvas, map->frame.box);
    om_status status = draw_municipalities(map, &path);
    if (status == OM_OK)
        status = draw_areas(map, &path);
    if (status == OM_OK)
        status = drawn_overlays(map);
    if (status == OM_OK)
        status = drawn_names(map);
    canvas_end_clip(map->canvas);
    canvas_path_done(&path);
    return status;
}

#include "drawn_parts.h"
#include "geo/memory.h"

#include <math.h>

/* The side of a municipality that can just be read, in units. */
static const double legible_side = 17;

static struct page_box box_of_path(const struct canvas_path *path)
{
    struct page_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < path->n_points; i++) {
        box.left = fmin(box.left, path->x_y[2 * i]);
        box.right = fmax(box.right, path->x_y[2 * i]);
        box.top = fmin(box.top, path->x_y[2 * i + 1]);
        box.bottom = fmax(box.bottom, path->x_y[2 * i + 1]);
    }
    return box;
}

/* The municipalities that count, as they lie on the page. */
static om_status list_units(const struct drawn_map *map, struct inset_unit *units, size_t *n)
{
    const struct data_case *the_case = map->view->result->the_case;
    struct canvas_path path = {0};
    om_status status = OM_OK;
    *n = 0;
    for (size_t m = 0; status == OM_OK && m < the_case->territory->n; m++) {
        if (!map->extent.is_member[m])
            continue;
        canvas_path_clear(&path);
        status = drawn_frame_trace(map->ctx, &map->frame, &the_case->polygons[m], &path);
        double area_m2 = geo_polygon_area_m2(map->ctx, &the_case->polygons[m]);
        if (path.n_points)
            units[(*n)++] = (struct inset_unit){box_of_path(&path),
                                                isnan(area_m2) ? 0 : sqrt(area_m2) / map->frame.m_per_px};
    }
    canvas_path_done(&path);
    return status;
}

static om_status trace_land(const struct drawn_map *map, struct canvas_path *land)
{
    om_status status = OM_OK;
    for (size_t a = 0; status == OM_OK && a < map->view->result->the_case->plan->n_areas; a++)
        status = drawn_frame_trace(map->ctx, &map->frame, &map->view->areas[a], land);
    return status;
}

om_status drawn_insets_choose(const struct drawn_map *map, struct page_box room, const struct page_box *taken,
                              size_t n_taken, struct inset insets[INSETS_MOST], size_t *n)
{
    struct canvas_path land = {0};
    size_t n_units = 0;
    struct inset_unit *units = om_alloc(map->view->result->the_case->territory->n, sizeof *units);
    if (!units)
        return om_no_memory(map->ctx);
    om_status status = list_units(map, units, &n_units);
    if (status == OM_OK)
        status = trace_land(map, &land);
    if (status == OM_OK) {
        const struct page_shape shape = {land.x_y, land.first_point, land.n_points, land.n_parts};
        status = inset_choice(map->ctx,
                              &(struct inset_request){.frame = room,
                                                      .legible_px = legible_side * map->unit,
                                                      .units = units,
                                                      .n_units = n_units,
                                                      .land = &shape,
                                                      .taken = taken,
                                                      .n_taken = n_taken},
                              insets, n);
    }
    canvas_path_done(&land);
    om_free(units);
    return status;
}

static struct canvas_rect rect_of(const struct page_box *box)
{
    return (struct canvas_rect){box->left, box->top, box->right - box->left, box->bottom - box->top};
}

/* What an inset shows has a thin line around it on the map, too. */
static void frame_box(const struct drawn_map *map, const struct page_box *box, double width)
{
    canvas_draw_rect(map->canvas, rect_of(box),
                     &(struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                            .stroke = map->look->muted,
                                            .stroke_width = width * map->unit,
                                            .class_name = "frame"});
}

/* From the corners of what is shown to those of the inset, on the sides that face each other. */
static om_status connect(const struct drawn_map *map, const struct inset *inset)
{
    const struct page_box *from = &inset->source, *to = &inset->box;
    bool is_right = to->left >= from->right, is_beside = is_right || to->right <= from->left;
    bool is_below = to->top >= from->bottom;
    struct canvas_path path = {0};
    for (int second = 0; second < 2; second++) {
        bool at_right = is_beside ? is_right : second, at_bottom = is_beside ? second : is_below;
        canvas_path_move_to(&path, at_right ? from->right : from->left, at_bottom ? from->bottom : from->top);
        at_right = is_beside ? !is_right : second;
        at_bottom = is_beside ? second : !is_below;
        canvas_path_line_to(&path, at_right ? to->right : to->left, at_bottom ? to->bottom : to->top);
    }
    canvas_draw_path(map->canvas, &path,
                     &(struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                            .stroke = map->look->muted,
                                            .stroke_width = map->unit,
                                            .class_name = "frame"});
    bool out_of_memory = path.out_of_memory;
    canvas_path_done(&path);
    return out_of_memory ? om_no_memory(map->ctx) : OM_OK;
}

om_status drawn_inset(const struct drawn_map *map, const struct inset *inset)
{
    struct drawn_map part = *map;
    part.is_inset = true;
    part.covers = NULL;
    part.n_covers = 0;
    part.frame.box = rect_of(&inset->box);
    part.frame.m_per_px = map->frame.m_per_px / inset->magnification;
    part.frame.west = map->frame.west + (inset->source.left - map->frame.box.x) * map->frame.m_per_px;
    part.frame.north = map->frame.north - (inset->source.top - map->frame.box.y) * map->frame.m_per_px;
    frame_box(map, &inset->source, 1.5);
    om_status status = connect(map, inset);
    canvas_draw_rect(
        map->canvas, part.frame.box,
        &(struct canvas_paint){.fill = map->look->page, .stroke = CANVAS_NO_COLOUR, .class_name = "page"});
    if (status == OM_OK)
        status = drawn_layers(&part);
    frame_box(map, &inset->box, 2);
    return status;
}

#include "drawn_parts.h"
#include "geo/memory.h"
#include "label_spots.h"

#include <math.h>
#include <string.h>

/* Sizes of letters, in units. */
static const double area_size = 18, roomy_area_size = 22, outside_size = 18, town_size = 17,
                    inset_town_size = 15;
/* Towns are named where municipalities are this large on average: the side of a square. */
static const double roomy_side = 64, roomy_side_in_inset = 40;

/* A name is broken in two lines where that makes it so much narrower. */
static const double worth_breaking = 0.72;
static const double leading = 1.12; /* from line to line, in sizes */

enum { MOST_LINES = 2 };

/* A text of up to two lines, one under the other. */
struct name {
    struct canvas_text text; /* without the text itself */
    char *lines[MOST_LINES]; /* owned */
    size_t n_lines;
};

/* What stands where, gathered before any of it is placed. */
struct names {
    const struct drawn_map *map;
    struct name *names;
    struct label *labels;
    struct label_spot *spots; /* LABEL_AREA_SPOTS for each label */
    size_t n, capacity;
    struct label_obstacle *obstacles;
    size_t n_obstacles;
    bool is_roomy;
};

/* The mean size of the municipalities in the frame, as the side of a square. */
static bool is_roomy(const struct drawn_map *map)
{
    const struct plan_territory *territory = map->view->result->the_case->territory;
    double area_m2 = 0, x_y[2];
    size_t n = 0;
    for (size_t m = 0; m < territory->n; m++)
        if (drawn_town_place(map, m, x_y) && !isnan(territory->municipalities[m].land_area_km2)) {
            area_m2 += 1e6 * territory->municipalities[m].land_area_km2;
            n++;
        }
    return n && sqrt(area_m2 / (double)n) / map->frame.m_per_px >=
                    (map->is_inset ? roomy_side_in_inset : roomy_side) * map->unit;
}

static struct page_box frame_of(const struct drawn_map *map)
{
    const struct canvas_rect *box = &map->frame.box;
    return (struct page_box){box->x, box->y, box->x + box->width, box->y + box->height};
}

static om_status names_new(const struct drawn_map *map, struct names *out)
{
    const struct data_case *the_case = map->view->result->the_case;
    size_t most = the_case->plan->n_areas + the_case->territory->n;
    *out = (struct names){.map = map,
                          .is_roomy = is_roomy(map),
                          .capacity = most,
                          .names = om_alloc(most, sizeof *out->names),
                          .labels = om_alloc(most, sizeof *out->labels),
                          .spots = om_alloc(most * LABEL_AREA_SPOTS, sizeof *out->spots),
                          .obstacles = om_alloc(2 * most + map->n_covers, sizeof *out->obstacles)};
    return out->names && out->labels && out->spots && out->obstacles ? OM_OK : om_no_memory(map->ctx);
}

static void names_done(struct names *names)
{
    for (size_t i = 0; names->names && i < names->n; i++)
        for (size_t line = 0; line < names->names[i].n_lines; line++)
            om_free(names->names[i].lines[line]);
    om_free(names->names);
    om_free(names->labels);
    om_free(names->spots);
    om_free(names->obstacles);
}

static struct canvas_text line_of(const struct name *name, size_t line)
{
    struct canvas_text text = name->text;
    text.text = name->lines[line];
    return text;
}

static double width_of(const struct names *names, const struct name *name)
{
    double width = 0;
    for (size_t line = 0; line < name->n_lines; line++) {
        const struct canvas_text text = line_of(name, line);
        width = fmax(width, canvas_measure(names->map->canvas, &text).width);
    }
    return width;
}

/* The blank or hyphen nearest the middle; NULL when there is none within. */
static const char *break_of(const char *text)
{
    size_t length = strlen(text), least = length;
    const char *best = NULL;
    for (size_t i = 1; i + 1 < length; i++) {
        size_t off_middle = 2 * i > length ? 2 * i - length : length - 2 * i;
        if ((text[i] == ' ' || text[i] == '-') && off_middle < least) {
            least = off_middle;
            best = text + i;
        }
    }
    return best;
}

static void free_lines(struct name *name)
{
    for (size_t line = 0; line < name->n_lines; line++)
        om_free(name->lines[line]);
    name->n_lines = 0;
}

/* The name in two lines where that is much narrower; a hyphen ends the first. */
static om_status break_name(const struct names *names, struct name *name)
{
    const char *whole = name->lines[0], *end = break_of(whole);
    if (!end)
        return OM_OK;
    struct name broken = {.text = name->text, .n_lines = 2};
    broken.lines[0] = om_strndup(whole, (size_t)(end - whole) + (*end == '-'));
    broken.lines[1] = om_strdup(end + 1);
    bool is_made = broken.lines[0] && broken.lines[1];
    if (is_made && width_of(names, &broken) < worth_breaking * width_of(names, name)) {
        free_lines(name);
        *name = broken;
    } else {
        free_lines(&broken);
    }
    return is_made ? OM_OK : om_no_memory(names->map->ctx);
}

/*
 * Adds a name with the room it asks for, itself and some air. Its label is the last one then, and has no
 * spots yet.
 */
static om_status add_name(struct names *names, const struct canvas_text *text, bool may_break,
                          double priority)
{
    struct name *name = &names->names[names->n];
    *name = (struct name){.text = *text, .lines = {om_strdup(text->text)}, .n_lines = 1};
    names->labels[names->n] = (struct label){.spots = names->spots + names->n * LABEL_AREA_SPOTS};
    struct label *label = &names->labels[names->n++];
    om_status status = name->lines[0] ? OM_OK : om_no_memory(names->map->ctx);
    if (status == OM_OK && may_break)
        status = break_name(names, name);
    if (status != OM_OK)
        return status;
    const struct canvas_text line = line_of(name, 0);
    const struct canvas_extent extent = canvas_measure(names->map->canvas, &line);
    label->width = width_of(names, name) + 6 * names->map->unit;
    label->height = extent.ascent + extent.descent + (double)(name->n_lines - 1) * leading * text->size;
    label->priority = priority;
    return OM_OK;
}

static bool has_members(const struct drawn_map *map, int32_t area)
{
    const struct plan *plan = map->view->result->the_case->plan;
    for (size_t m = 0; m < plan->n; m++)
        if (plan->area_of[m] == area && map->extent.is_member[m])
            return true;
    return false;
}

/* A name in the middle of what is seen of its area. */
static om_status add_area(struct names *names, size_t a, struct canvas_path *path)
{
    const struct drawn_map *map = names->map;
    bool is_inside = has_members(map, (int32_t)a);
    canvas_path_clear(path);
    om_status status = drawn_frame_trace(map->ctx, &map->frame, &map->view->areas[a], path);
    if (status != OM_OK)
        return status;
    double inside_size = names->is_roomy && !map->is_inset ? roomy_area_size : area_size;
    double size = is_inside ? inside_size : outside_size;
    const struct canvas_text text = {.text = map->view->result->the_case->plan->areas[a].name,
                                     .size = size * map->unit,
                                     .is_bold = is_inside,
                                     .colour = is_inside ? map->look->text : map->look->muted,
                                     .class_name = is_inside ? "name" : "name muted"};
    double job_seekers = map->view->result->evaluation->areas[a].job_seekers;
    status = add_name(names, &text, true, (is_inside ? 2e9 : 0) + (isnan(job_seekers) ? 0 : job_seekers));
    if (status != OM_OK)
        return status;
    const struct page_shape shape = {path->x_y, path->first_point, path->n_points, path->n_parts};
    struct label *label = &names->labels[names->n - 1];
    const struct page_box frame = frame_of(map);
    return label_spots_in_shape(map->ctx, &shape, &frame, label->width, label->height,
                                names->spots + (names->n - 1) * LABEL_AREA_SPOTS, &label->n_spots);
}

static void add_obstacle(struct names *names, struct page_box box, double cost)
{
    names->obstacles[names->n_obstacles++] = (struct label_obstacle){box, cost};
}

/* Whether the area is this municipality and called so. */
static bool is_area_itself(const struct drawn_map *map, size_t m)
{
    const struct plan *plan = map->view->result->the_case->plan;
    return map->view->result->evaluation->areas[plan->area_of[m]].n_municipalities == 1 &&
           strcmp(plan->areas[plan->area_of[m]].name,
                  map->view->result->the_case->territory->municipalities[m].name) == 0;
}

/* Towns are better not covered, and where there is room, named. */
static om_status add_town(struct names *names, size_t m)
{
    const struct drawn_map *map = names->map;
    const struct plan_municipality *municipality = &map->view->result->the_case->territory->municipalities[m];
    double x_y[2], radius = drawn_town_radius(map, municipality->population);
    if (!drawn_town_place(map, m, x_y))
        return OM_OK;
    add_obstacle(names, page_box_around(x_y[0], x_y[1], 2 * radius, 2 * radius), 0.2);
    if (!names->is_roomy || !(map->theme->overlays & THEME_OFFICES) || is_area_itself(map, m))
        return OM_OK;
    const struct canvas_text text = {.text = municipality->name,
                                     .size = (map->is_inset ? inset_town_size : town_size) * map->unit,
                                     .colour = map->look->text,
                                     .class_name = "name"};
    om_status status =
        add_name(names, &text, false, isnan(municipality->population) ? 0 : municipality->population);
    if (status != OM_OK)
        return status;
    struct label *label = &names->labels[names->n - 1];
    label->n_spots = LABEL_POINT_SPOTS;
    label_spots_at_point(x_y[0], x_y[1], radius + map->unit, label->width, label->height,
                         names->spots + (names->n - 1) * LABEL_AREA_SPOTS);
    return OM_OK;
}

static void add_sites(struct names *names)
{
    const struct drawn_map *map = names->map;
    const struct plan_in_house *in_house = map->view->result->in_house;
    for (size_t i = 0; in_house && (map->theme->overlays & THEME_SITES) && i < in_house->n_sites; i++) {
        double x_y[2];
        drawn_frame_place(&map->frame, map->view->seats + 2 * (size_t)in_house->sites[i].site, x_y);
        if (!isnan(x_y[0]) && drawn_frame_shows(&map->frame, x_y))
            add_obstacle(names, page_box_around(x_y[0], x_y[1], 20 * map->unit, 20 * map->unit), 0.8);
    }
}

static om_status gather(struct names *names)
{
    const struct drawn_map *map = names->map;
    const struct data_case *the_case = map->view->result->the_case;
    struct canvas_path path = {0};
    om_status status = OM_OK;
    for (size_t i = 0; i < map->n_covers; i++)
        add_obstacle(names, map->covers[i], INFINITY);
    for (size_t a = 0; status == OM_OK && a < the_case->plan->n_areas; a++)
        status = add_area(names, a, &path);
    for (size_t m = 0; status == OM_OK && m < the_case->territory->n; m++)
        status = add_town(names, m);
    add_sites(names);
    canvas_path_done(&path);
    return status;
}

static void draw_name(const struct names *names, size_t i, size_t spot)
{
    const struct drawn_map *map = names->map;
    const struct name *name = &names->names[i];
    const struct label_spot *at = &names->labels[i].spots[spot];
    for (size_t line = 0; line < name->n_lines; line++) {
        struct canvas_text text = line_of(name, line);
        const struct canvas_extent extent = canvas_measure(map->canvas, &text);
        double below_middle = ((double)line - 0.5 * (double)(name->n_lines - 1)) * leading * text.size;
        text.x = at->x;
        text.y = at->y + below_middle + (extent.ascent - extent.descent) / 2;
        text.anchor = CANVAS_MIDDLE;
        text.halo = map->look->page;
        text.halo_width = 0.14 * text.size;
        canvas_draw_text(map->canvas, &text);
    }
}

om_status drawn_names(const struct drawn_map *map)
{
    struct names names;
    om_status status = names_new(map, &names);
    size_t *spot_of = status == OM_OK ? om_alloc(names.capacity, sizeof *spot_of) : NULL;
    if (status == OM_OK && !spot_of)
        status = om_no_memory(map->ctx);
    if (status == OM_OK)
        status = gather(&names);
    if (status == OM_OK)
        status = label_place(map->ctx,
                             &(struct label_request){.frame = frame_of(map),
                                                     .labels = names.labels,
                                                     .n_labels = names.n,
                                                     .obstacles = names.obstacles,
                                                     .n_obstacles = names.n_obstacles},
                             spot_of);
    if (status == OM_OK) {
        canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = "names"});
        for (size_t i = 0; i < names.n; i++)
            if (spot_of[i] != LABEL_NOWHERE)
                draw_name(&names, i, spot_of[i]);
        canvas_end_group(map->canvas);
    }
    om_free(spot_of);
    names_done(&names);
    return status;
}

#include "drawn_parts.h"
#include "geo/memory.h"

#include <math.h>
#include <string.h>

struct canvas_paint drawn_region_paint(const struct drawn_map *map)
{
    return (struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                 .stroke = map->look->region,
                                 .stroke_width = 4 * map->unit,
                                 .dash = {12 * map->unit, 9 * map->unit},
                                 .class_name = "region"};
}

struct canvas_paint drawn_former_paint(const struct drawn_map *map)
{
    return (struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                 .stroke = map->look->outline,
                                 .stroke_width = 1.6 * map->unit,
                                 .dash = {5 * map->unit, 4 * map->unit},
                                 .class_name = "outline"};
}

static om_status draw_borders(const struct drawn_map *map, drawn_border_fn *is_wanted,
                              const struct canvas_paint *paint)
{
    struct canvas_path path = {0};
    om_status status = drawn_borders(map, is_wanted, &path);
    if (status == OM_OK)
        canvas_draw_path(map->canvas, &path, paint);
    canvas_path_done(&path);
    return status;
}

static bool is_between_regions(const struct drawn_map *map, uint32_t first, uint32_t second)
{
    const int32_t *region_of = map->view->result->evaluation->alignment->reference->member;
    return region_of[first] != region_of[second];
}

static om_status draw_regions(const struct drawn_map *map)
{
    const struct canvas_paint paint = drawn_region_paint(map);
    return draw_borders(map, is_between_regions, &paint);
}

/* Two areas before, one area now. */
static bool is_former(const struct drawn_map *map, uint32_t first, uint32_t second)
{
    const int32_t *area_of = map->view->result->the_case->plan->area_of;
    const int32_t *before = map->view->result->before->the_case->plan->area_of;
    return area_of[first] == area_of[second] && before[first] != before[second];
}

static om_status draw_former(const struct drawn_map *map)
{
    const struct canvas_paint paint = drawn_former_paint(map);
    return draw_borders(map, is_former, &paint);
}

double drawn_town_radius(const struct drawn_map *map, double population)
{
    double people = isnan(population) ? 0 : population;
    return map->unit * fmin(2.4 + 5.5 * sqrt(people / 500000), 10);
}

bool drawn_town_place(const struct drawn_map *map, size_t m, double x_y[2])
{
    drawn_frame_place(&map->frame, map->view->seats + 2 * m, x_y);
    return !isnan(x_y[0]) && map->extent.is_member[m] && drawn_frame_shows(&map->frame, x_y);
}

struct canvas_paint drawn_town_paint(const struct drawn_map *map, bool has_office)
{
    return (struct canvas_paint){.fill = has_office ? map->look->office : map->look->town,
                                 .stroke = has_office ? map->look->town : map->look->office,
                                 .stroke_width = 1.2 * map->unit,
                                 .class_name = has_office ? "town-served" : "town"};
}

static om_status draw_towns(const struct drawn_map *map)
{
    const struct data_case *the_case = map->view->result->the_case;
    for (size_t m = 0; m < the_case->territory->n; m++) {
        double x_y[2];
        const struct canvas_paint paint =
            drawn_town_paint(map, map->view->result->evaluation->municipalities[m].has_own_office);
        if (drawn_town_place(map, m, x_y))
            canvas_draw_circle(map->canvas, x_y[0], x_y[1],
                               drawn_town_radius(map, the_case->territory->municipalities[m].population),
                               &paint);
    }
    return OM_OK;
}

/* Offices with an address of their own, apart from the main town. */
static om_status draw_offices(const struct drawn_map *map)
{
    const struct data_case *the_case = map->view->result->the_case;
    const struct plan_market *market = the_case->market;
    const struct canvas_paint paint = drawn_town_paint(map, true);
    for (size_t i = 0; i < market->n_offices; i++) {
        const struct plan_office *office = &market->offices[i];
        double x_y[2], town[2];
        if (!office->active || isnan(office->lon_lat[0]) ||
            !drawn_town_place(map, (size_t)office->municipality, town))
            continue;
        drawn_frame_place(&map->frame, map->view->offices + 2 * i, x_y);
        double apart = hypot(x_y[0] - town[0], x_y[1] - town[1]);
        double radius =
            drawn_town_radius(map, the_case->territory->municipalities[office->municipality].population);
        if (apart > radius + 3 * map->unit)
            canvas_draw_circle(map->canvas, x_y[0], x_y[1], 2.4 * map->unit, &paint);
    }
    return OM_OK;
}

static om_status draw_towns_and_offices(const struct drawn_map *map)
{
    om_status status = draw_offices(map);
    return status == OM_OK ? draw_towns(map) : status;
}

static struct canvas_paint site_line_paint(const struct drawn_map *map, bool is_casing)
{
    return (struct canvas_paint){.fill = CANVAS_NO_COLOUR,
                                 .stroke = is_casing ? map->look->page : map->look->site,
                                 .stroke_width = (is_casing ? 7 : 3.2) * map->unit,
                                 .class_name = is_casing ? "casing" : "site-line"};
}

void drawn_site(const struct drawn_map *map, double x, double y)
{
    double side = 17 * map->unit;
    const struct canvas_paint paint = {.fill = map->look->site,
                                       .stroke = map->look->outline,
                                       .stroke_width = 1.6 * map->unit,
                                       .class_name = "site"};
    canvas_draw_rect(map->canvas, (struct canvas_rect){x - side / 2, y - side / 2, side, side}, &paint);
}

void drawn_site_line(const struct drawn_map *map, const double from[2], const double to[2])
{
    struct canvas_path line = {0};
    const struct canvas_paint casing = site_line_paint(map, true);
    const struct canvas_paint paint = site_line_paint(map, false);
    canvas_path_move_to(&line, from[0], from[1]);
    canvas_path_line_to(&line, to[0], to[1]);
    canvas_draw_path(map->canvas, &line, &casing);
    canvas_draw_path(map->canvas, &line, &paint);
    canvas_path_done(&line);
}

/* Whether the site is the seat of a municipality that counts, or for one that does. */
static bool is_site_shown(const struct drawn_map *map, int32_t site)
{
    const struct plan_in_house *in_house = map->view->result->in_house;
    bool is_shown = (size_t)site < in_house->n && map->extent.is_member[site];
    for (size_t m = 0; !is_shown && m < in_house->n; m++)
        is_shown = in_house->served_from[m] == site && map->extent.is_member[m];
    return is_shown;
}

/* Lines from each need to the site that serves it, then the sites on top. */
static om_status draw_sites(const struct drawn_map *map)
{
    const struct plan_in_house *in_house = map->view->result->in_house;
    double from[2], to[2];
    if (!in_house)
        return OM_OK;
    for (size_t m = 0; m < in_house->n; m++) {
        int32_t site = in_house->served_from[m];
        if (site < 0 || site == (int32_t)m || !is_site_shown(map, site))
            continue;
        drawn_frame_place(&map->frame, map->view->seats + 2 * m, from);
        drawn_frame_place(&map->frame, map->view->seats + 2 * (size_t)site, to);
        if (!isnan(from[0]) && !isnan(to[0]))
            drawn_site_line(map, from, to);
    }
    for (size_t i = 0; i < in_house->n_sites; i++) {
        int32_t site = in_house->sites[i].site;
        drawn_frame_place(&map->frame, map->view->seats + 2 * (size_t)site, to);
        if (!isnan(to[0]) && drawn_frame_shows(&map->frame, to) && is_site_shown(map, site))
            drawn_site(map, to[0], to[1]);
    }
    return OM_OK;
}

static const struct overlay {
    enum theme_overlay overlay;
    const char *name;
    om_status (*draw)(const struct drawn_map *map);
} overlays[] = {
    {THEME_REGIONS, "regions", draw_regions},
    {THEME_FORMER, "former", draw_former},
    {THEME_OFFICES, "towns", draw_towns_and_offices},
    {THEME_SITES, "sites", draw_sites},
};

/* "overlay towns status minutes": the themes that show it. NULL: no memory; "" when none does. */
static char *names_of(const struct drawn_map *map, size_t i)
{
    char *names = om_format("overlay %s", overlays[i].name);
    bool is_shown = false;
    for (int theme = 0; names && theme < MAP_THEMES; theme++) {
        bool is_asked = map->request->is_interactive || theme == (int)map->request->theme;
        if (!is_asked || !(map_themes[theme].overlays & overlays[i].overlay) ||
            !map_theme_is_available(map->view->result, (enum map_theme)theme))
            continue;
        char *longer = om_format("%s %s", names, map_themes[theme].name);
        om_free(names);
        names = longer;
        is_shown = true;
    }
    if (names && !is_shown)
        *names = '\0';
    return names;
}

om_status drawn_overlays(const struct drawn_map *map)
{
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < sizeof overlays / sizeof *overlays; i++) {
        char *names = names_of(map, i);
        if (!names)
            return om_no_memory(map->ctx);
        if (*names) {
            canvas_begin_group(map->canvas, &(struct canvas_group){.class_name = names});
            status = overlays[i].draw(map);
            canvas_end_group(map->canvas);
        }
        om_free(names);
    }
    return status;
}

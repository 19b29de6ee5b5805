#include "drawn_parts.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <math.h>
#include <stddef.h>

/* Of a swatch or symbol, and of where its words begin, in units. */
static const double swatch_width = 44, swatch_height = 30, indent = 62;

/* Rows under each other. */
struct rows {
    const struct drawn_map *map;
    struct canvas_rect column;
    double y;
    bool out_of_memory;
};

/* Takes the text, which is freed. */
static void put_words(struct rows *rows, char *text, double size, double from, bool is_bold, uint32_t colour)
{
    if (!text) {
        rows->out_of_memory = true;
        return;
    }
    double unit = rows->map->unit;
    rows->y = drawn_paragraph_draw(rows->map->canvas,
                                   &(struct drawn_paragraph){.text = text,
                                                             .x = rows->column.x + from * unit,
                                                             .width = rows->column.width - from * unit,
                                                             .size = size * unit,
                                                             .leading = 1.25,
                                                             .is_bold = is_bold,
                                                             .colour = colour},
                                   rows->y);
    om_free(text);
}

static char *sum_in_words(const struct theme_sum *sum)
{
    char *municipalities =
        om_format(om_tr_n("%s municipality", "%s municipalities", sum->n), map_count((double)sum->n).text);
    if (!municipalities || isnan(sum->job_seekers))
        return municipalities;
    struct map_figure job_seekers = map_count(sum->job_seekers);
    char *both = om_format(om_tr("%s, %s job seekers"), municipalities, job_seekers.text);
    om_free(municipalities);
    return both;
}

static void put_class(struct rows *rows, size_t number, const struct theme_sum *sum, char *words)
{
    const struct drawn_map *map = rows->map;
    const struct drawn_class drawn = {map->request->theme, number, -1};
    struct canvas_paint paint = drawn_class_paint(&drawn, map->shade, false);
    if (map->theme->is_coloured_by_area) {
        paint.fill = map->look->unknown;
        paint.ink = theme_ink(paint.fill);
    }
    paint.stroke = map->look->outline;
    paint.stroke_width = map->unit;
    canvas_draw_rect(map->canvas,
                     (struct canvas_rect){rows->column.x, rows->y + 3 * map->unit, swatch_width * map->unit,
                                          swatch_height * map->unit},
                     &paint);
    put_words(rows, words, DRAWN_BODY, indent, false, map->look->text);
    put_words(rows, sum_in_words(sum), DRAWN_SMALL, indent, false, map->look->muted);
    rows->y += 11 * map->unit;
}

/* Symbols stand in the middle of a swatch. */
static void draw_line(const struct drawn_map *map, double x, double y, const struct canvas_paint *paint)
{
    struct canvas_path line = {0};
    canvas_path_move_to(&line, x - swatch_width / 2 * map->unit, y);
    canvas_path_line_to(&line, x + swatch_width / 2 * map->unit, y);
    canvas_draw_path(map->canvas, &line, paint);
    canvas_path_done(&line);
}

static void draw_outline(const struct drawn_map *map, double x, double y)
{
    const struct canvas_paint paint = drawn_outline_paint(map);
    draw_line(map, x, y, &paint);
}

static void draw_former(const struct drawn_map *map, double x, double y)
{
    const struct canvas_paint paint = drawn_former_paint(map);
    draw_line(map, x, y, &paint);
}

static void draw_region(const struct drawn_map *map, double x, double y)
{
    const struct canvas_paint paint = drawn_region_paint(map);
    draw_line(map, x, y, &paint);
}

static void draw_town(const struct drawn_map *map, double x, double y, bool has_office)
{
    static const double populations[] = {10000, 100000, 500000};
    const struct canvas_paint paint = drawn_town_paint(map, has_office);
    double at[] = {x - 14 * map->unit, x - 1 * map->unit, x + 15 * map->unit};
    for (int i = 0; i < 3; i++)
        canvas_draw_circle(map->canvas, at[i], y, drawn_town_radius(map, populations[i]), &paint);
}

static void draw_town_served(const struct drawn_map *map, double x, double y)
{
    draw_town(map, x, y, true);
}

static void draw_town_unserved(const struct drawn_map *map, double x, double y)
{
    draw_town(map, x, y, false);
}

static void draw_site(const struct drawn_map *map, double x, double y)
{
    drawn_site(map, x, y);
}

static void draw_site_line(const struct drawn_map *map, double x, double y)
{
    const double from[] = {x - swatch_width / 2 * map->unit, y}, to[] = {x + swatch_width / 2 * map->unit, y};
    drawn_site_line(map, from, to);
}

#define LOOK(member) offsetof(struct drawn_look, member)
const struct drawn_symbol drawn_symbols[] = {
    {0, OM_NOTE("delivery area"), draw_outline, "line", LOOK(outline)},
    {THEME_REGIONS, OM_NOTE("border between regions"), draw_region, "dashed", LOOK(region)},
    {THEME_FORMER, OM_NOTE("former border between areas"), draw_former, "dashed", LOOK(outline)},
    {THEME_OFFICES, OM_NOTE("main town with an office, by population"), draw_town_served, "disc",
     LOOK(office)},
    {THEME_OFFICES, OM_NOTE("main town without an office"), draw_town_unserved, "ring", LOOK(office)},
    {THEME_SITES, OM_NOTE("proposed in-house site"), draw_site, "square", LOOK(site)},
    {THEME_SITES, OM_NOTE("served from there"), draw_site_line, "line", LOOK(site)},
};
const size_t drawn_n_symbols = sizeof drawn_symbols / sizeof *drawn_symbols;

static void put_symbols(struct rows *rows)
{
    const struct drawn_map *map = rows->map;
    rows->y += 12 * map->unit;
    for (size_t i = 0; i < drawn_n_symbols; i++) {
        const struct drawn_symbol *symbol = &drawn_symbols[i];
        if (symbol->overlay && !(map->theme->overlays & symbol->overlay))
            continue;
        symbol->draw(map, rows->column.x + swatch_width / 2 * map->unit, rows->y + 12 * map->unit);
        put_words(rows, om_strdup(om_tr(symbol->words)), DRAWN_SMALL, indent, false, map->look->text);
        rows->y += 6 * map->unit;
    }
    if (map->theme->is_coloured_by_area)
        put_words(rows, om_strdup(om_tr("Colours only tell neighbouring areas apart.")), DRAWN_SMALL, 0,
                  false, map->look->muted);
}

om_status drawn_legend(const struct drawn_map *map, struct canvas_rect column, double y, double *below)
{
    struct rows rows = {.map = map, .column = column, .y = y};
    struct theme_sum sums[THEME_MOST_CLASSES + 1];
    theme_sum_classes(map->view, map->theme, map->extent.is_member, sums);
    put_words(&rows, om_strdup(om_tr(map->theme->meaning)), DRAWN_BODY, 0, true, map->look->text);
    rows.y += 8 * map->unit;
    for (size_t i = 0; i < map->theme->n_classes; i++)
        put_class(&rows, i, &sums[i],
                  theme_class_words(map->view->result, map->theme, &map->theme->classes[i]));
    if (sums[map->theme->n_classes].n)
        put_class(&rows, THEME_NO_CLASS, &sums[map->theme->n_classes], om_strdup(om_tr("unknown")));
    put_symbols(&rows);
    *below = rows.y;
    return rows.out_of_memory ? om_no_memory(map->ctx) : OM_OK;
}

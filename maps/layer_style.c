#include "layer_style.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "palette.h"

#include <string.h>

const char *const layer_language_codes[LAYER_LANGUAGES] = {"eng", "swe"};

enum layer_language layer_language_chosen(void)
{
    return strcmp(om_tr("language:en"), "language:sv") == 0 ? LAYER_SWEDISH : LAYER_ENGLISH;
}

const char *layer_in_language(enum layer_language language, const char *english, const char *swedish)
{
    return language == LAYER_SWEDISH ? swedish : english;
}

enum { OPAQUE = 255 };
enum { WHITE = 0xFFFFFF, DARK = 0x282828, BLACK = 0x000000 };

#define OUTLINE(rgb, pen_width_mm)                                                          \
    {                                                                                       \
        .geometry = LAYER_AREA, .stroke = (rgb), .pen = "solid", .width_mm = (pen_width_mm) \
    }
#define FILL(rgb, with_pattern)                                                                 \
    {                                                                                           \
        .geometry = LAYER_AREA, .fill = (rgb), .fill_alpha = OPAQUE, .pattern = (with_pattern), \
        .stroke = WHITE, .pen = "solid", .width_mm = 0.15                                       \
    }
#define LINE(rgb, style, line_width_mm)                                                      \
    {                                                                                        \
        .geometry = LAYER_LINE, .stroke = (rgb), .pen = (style), .width_mm = (line_width_mm) \
    }
#define MARKER(form, rgb, edge, marker_size_mm, by)                                                     \
    {                                                                                                   \
        .geometry = LAYER_POINT, .fill = (rgb), .fill_alpha = OPAQUE, .stroke = (edge), .pen = "solid", \
        .width_mm = 0.25, .shape = (form), .size_mm = (marker_size_mm), .size_by = (by)                 \
    }
#define LIST(items) (items), sizeof(items) / sizeof *(items)

/* Offices at one place lie on top of each other: one marker, the larger the more, with their number. */
static const char by_offices[] = "0.8 + 0.3 * sqrt(coalesce(\"offices_here\", 1))";

static const struct layer_mark area_marks[] = {
    {.text = {"Delivery area", "Leveransområde"}, .symbol = OUTLINE(DARK, 0.5)}};
static const struct layer_mark verdict_marks[] = {
    {.value = "pass", .symbol = FILL(CALM_LIGHT, THEME_PLAIN)},
    {.value = "fail", .symbol = FILL(OKABE_ITO_VERMILLION, THEME_CROSSED)},
    {.value = "unknown", .symbol = FILL(QUIET_LIGHT, THEME_DOTTED)},
};
static const struct layer_mark office_marks[] = {
    {.value = "true",
     .text = {"Active office", "Aktivt kontor"},
     .symbol = MARKER("circle", BLACK, WHITE, 1.4, by_offices)},
    {.value = "false",
     .text = {"Office not active", "Ej aktivt kontor"},
     .symbol = MARKER("circle", WHITE, BLACK, 1.4, by_offices)},
};
static const struct layer_mark line_marks[] = {
    {.value = "within", .symbol = LINE(DARK, "solid", 0.35)},
    {.value = "over", .symbol = LINE(OKABE_ITO_VERMILLION, "dash", 0.6)},
    {.value = "across", .symbol = LINE(OKABE_ITO_BLUE, "dot", 0.6)},
};
static const struct layer_mark site_marks[] = {
    {.text = {"In-house site", "Plats för egen regi"},
     .symbol = MARKER("square", OKABE_ITO_GREEN, BLACK, 2.6, NULL)}};
static const struct layer_mark site_line_marks[] = {
    {.text = {"Served in-house", "Får service i egen regi"}, .symbol = LINE(OKABE_ITO_GREEN, "solid", 0.5)}};
static const struct layer_mark region_marks[] = {
    {.text = {"Reference region", "Referensregion"}, .symbol = OUTLINE(OKABE_ITO_PURPLE, 1.1)}};
static const struct layer_mark withstanding_marks[] = {
    {.lower = -1,
     .upper = 0,
     .text = {"None left already", "Redan ingen"},
     .symbol = FILL(OKABE_ITO_VERMILLION, THEME_CROSSED)},
    {.lower = 0,
     .upper = 1,
     .text = {"One exit", "Ett avslut"},
     .symbol = FILL(OKABE_ITO_ORANGE, THEME_RISING)},
    {.lower = 1,
     .upper = 2,
     .text = {"Two exits", "Två avslut"},
     .symbol = FILL(OKABE_ITO_YELLOW, THEME_PLAIN)},
    {.lower = 2,
     .upper = 100000,
     .text = {"Three or more", "Tre eller fler"},
     .symbol = FILL(CALM_LIGHT, THEME_PLAIN)},
};

static const struct layer_label municipality_label = {
    "CASE WHEN \"need\" IS NULL AND \"name\" <> \"area\" THEN \"name\" END", 7, 0x464646, 1500000, false};
static const struct layer_label nearest_label = {
    "\"name\" || '\\n' || coalesce(to_string(ceil(\"nearest_min\")), '–')", 7, BLACK, 1500000, false};
static const struct layer_label second_label = {
    "\"name\" || '\\n' || coalesce(to_string(ceil(\"second_min\")), '–')", 7, BLACK, 1500000, false};
static const struct layer_label name_label = {"name", 8, BLACK, 0, true};
static const struct layer_label offices_label = {"\"name\" || '\\n' || \"offices\"", 8, BLACK, 0, true};
static const struct layer_label gap_label = {
    "\"name\" || '\\n' || coalesce(to_string(round(\"job_seekers\")), '?')", 7, 0x5A1400, 0, true};
static const struct layer_label office_label = {
    "CASE WHEN \"number_here\" = 1 AND \"offices_here\" > 1 THEN \"offices_here\" END", 6, BLACK, 1500000,
    false};
static const struct layer_label minutes_label = {"ceil(\"minutes\")", 7, 0x3C3C3C, 0, false};
static const struct layer_label change_label = {
    "CASE WHEN \"change\" IN ('lost', 'gained') THEN \"name\" END", 7, BLACK, 0, true};
static const struct layer_label exits_label = {"\"supplier_exits\"", 7, BLACK, 1500000, false};
static const struct layer_label site_label = {"name", 7, 0x005A3C, 0, false};

const struct layer_style layer_styles[] = {
    {"municipalities",
     "status",
     {"Status", "Status"},
     &map_themes[MAP_THEME_STATUS],
     "status",
     NULL,
     0,
     &municipality_label},
    {"municipalities",
     "minutes",
     {"Minutes", "Minuter"},
     &map_themes[MAP_THEME_MINUTES],
     "nearest_min",
     NULL,
     0,
     &nearest_label},
    {"municipalities",
     "second",
     {"Minutes to second", "Minuter till andra"},
     &map_themes[MAP_THEME_SECOND],
     "second_min",
     NULL,
     0,
     &second_label},
    {"municipalities",
     "alignment",
     {"Alignment", "Regionföljsamhet"},
     &map_themes[MAP_THEME_ALIGNMENT],
     "alignment",
     NULL,
     0,
     &municipality_label},
    {"municipalities",
     "need",
     {"In-house need", "Egen regi"},
     &map_themes[MAP_THEME_NEED],
     "need",
     NULL,
     0,
     &municipality_label},
    {"areas", "outline", {"Outline", "Gräns"}, NULL, NULL, LIST(area_marks), &name_label},
    {"areas", "verdict", {"Verdict", "Omdöme"}, NULL, "verdict", LIST(verdict_marks), &name_label},
    {"areas",
     "suppliers",
     {"Offices", "Kontor"},
     &map_themes[MAP_THEME_SUPPLIERS],
     "offices",
     NULL,
     0,
     &offices_label},
    {"gaps",
     "need",
     {"In-house need", "Egen regi"},
     &map_themes[MAP_THEME_NEED],
     "need",
     NULL,
     0,
     &gap_label},
    {"offices", "active", {"Offices", "Kontor"}, NULL, "active", LIST(office_marks), &office_label},
    {"reach_lines", "reach", {"Reach", "Räckvidd"}, NULL, "reach", LIST(line_marks), &minutes_label},
    {"fa_regions", "outline", {"Outline", "Gräns"}, NULL, NULL, LIST(region_marks), NULL},
    {"sites", "sites", {"Sites", "Platser"}, NULL, NULL, LIST(site_marks), &site_label},
    {"site_lines", "ways", {"Ways", "Vägar"}, NULL, NULL, LIST(site_line_marks), &minutes_label},
    {"redundancy",
     "exits",
     {"Exits", "Avslut"},
     NULL,
     "supplier_exits",
     LIST(withstanding_marks),
     &exits_label},
    {"changes",
     "change",
     {"Change", "Förändring"},
     &map_themes[MAP_THEME_CHANGE],
     "change",
     NULL,
     0,
     &change_label},
};
const size_t layer_n_styles = sizeof layer_styles / sizeof *layer_styles;

const struct layer_style *layer_styles_of(const struct layer *layer, size_t *n)
{
    size_t first = 0, past;
    while (first < layer_n_styles && strcmp(layer_styles[first].layer, layer->name) != 0)
        first++;
    for (past = first; past < layer_n_styles && strcmp(layer_styles[past].layer, layer->name) == 0;)
        past++;
    *n = past - first;
    return *n ? &layer_styles[first] : NULL;
}

char *layer_style_name(const struct layer_style *style, enum layer_language language)
{
    const char *title = style ? style->title[language] : "Omland";
    return om_format("%s (%s)", title, layer_in_language(language, "English", "svenska"));
}

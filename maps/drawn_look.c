#include "drawn_parts.h"
#include "palette.h"

/* Half white, and half black, in every channel. */
#define TINT(rgb) (((((rgb)&0xFEFEFE) >> 1) + 0x7F7F7F))
#define SHADE(rgb) (((rgb)&0xFEFEFE) >> 1)

const struct drawn_look drawn_looks[THEME_SHADES] = {
    [THEME_LIGHT] = {.page = 0xFFFFFF,
                     .unknown = 0xDEDEDE,
                     .border = 0xFFFFFF,
                     .outline = 0x3C444C,
                     .text = 0x1B2126,
                     .muted = 0x5A636B,
                     .accent = 0x9A3B00,
                     .town = 0xFFFFFF,
                     .office = 0x1B2126,
                     .site = 0x007A59,
                     .region = 0xE0559F,
                     .areas = {TINT(OKABE_ITO_SKY_BLUE), TINT(OKABE_ITO_ORANGE), TINT(OKABE_ITO_GREEN),
                               TINT(OKABE_ITO_YELLOW), TINT(OKABE_ITO_PURPLE), 0xDADCDD}},
    [THEME_DARK] = {.page = 0x15191D,
                    .unknown = 0x4A4F54,
                    .border = 0x15191D,
                    .outline = 0x98A2AB,
                    .text = 0xF0F2F4,
                    .muted = 0xAAB2BA,
                    .accent = 0xFFB27A,
                    .town = 0x15191D,
                    .office = 0xF0F2F4,
                    .site = 0x2FD0A0,
                    .region = 0xE0559F,
                    .areas = {SHADE(OKABE_ITO_SKY_BLUE), SHADE(OKABE_ITO_ORANGE), SHADE(OKABE_ITO_GREEN),
                              SHADE(OKABE_ITO_YELLOW), SHADE(OKABE_ITO_PURPLE), 0x565C61}},
};

struct drawn_class drawn_class_of(const struct drawn_map *map, enum map_theme theme, uint32_t municipality)
{
    int32_t area = map->view->result->the_case->plan->area_of[municipality];
    bool is_coloured = map_themes[theme].is_coloured_by_area && map->colour_of_area;
    return (struct drawn_class){.theme = theme,
                                .number = map_themes[theme].class_of(map->view, municipality),
                                .area_colour = is_coloured ? map->colour_of_area[area] : -1};
}

struct canvas_paint drawn_class_paint(const struct drawn_class *drawn, enum theme_shade shade, bool is_faint)
{
    const struct drawn_look *look = &drawn_looks[shade];
    const struct theme_class *theme_class =
        drawn->number == THEME_NO_CLASS ? NULL : &map_themes[drawn->theme].classes[drawn->number];
    uint32_t rgb = theme_class ? theme_class->rgb[shade] : look->unknown;
    if (drawn->area_colour >= 0)
        rgb = look->areas[drawn->area_colour];
    return (struct canvas_paint){.fill = is_faint ? palette_mix(rgb, look->page, 70) : rgb,
                                 .pattern = theme_class ? theme_class->pattern : THEME_PLAIN,
                                 .ink =
                                     is_faint ? palette_mix(theme_ink(rgb), look->page, 70) : theme_ink(rgb),
                                 .stroke = CANVAS_NO_COLOUR};
}

#include "drawn_parts.h"
#include "palette.h"

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
                     .site = OKABE_ITO_GREEN,
                     .region = 0xA3427A},
    [THEME_DARK] = {.page = 0x15191D,
                    .unknown = 0x4A4F54,
                    .border = 0x15191D,
                    .outline = 0xC9D0D6,
                    .text = 0xF0F2F4,
                    .muted = 0xAAB2BA,
                    .accent = 0xFFB27A,
                    .town = 0x15191D,
                    .office = 0xF0F2F4,
                    .site = 0x2FD0A0,
                    .region = 0xF0A6CF},
};

struct canvas_paint drawn_fill(const struct drawn_map *map, const struct theme_class *theme_class,
                               bool is_faint)
{
    uint32_t rgb = theme_class ? theme_class->rgb[map->shade] : map->look->unknown;
    uint32_t fill = is_faint ? palette_mix(rgb, map->look->page, 70) : rgb;
    return (struct canvas_paint){.fill = fill,
                                 .pattern = theme_class ? theme_class->pattern : THEME_PLAIN,
                                 .ink = is_faint ? palette_mix(theme_ink(rgb), map->look->page, 70)
                                                 : theme_ink(rgb),
                                 .stroke = CANVAS_NO_COLOUR};
}

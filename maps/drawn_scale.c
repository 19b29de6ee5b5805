#include "drawn_parts.h"
#include "geo/memory.h"
#include "map_caption.h"
#include "words.h"

void drawn_scale(const struct drawn_map *map, double x, double y, double most_px)
{
    double unit = map->unit, length_m = caption_round_length_m(most_px * map->frame.m_per_px);
    double length_px = length_m / map->frame.m_per_px, tick = 10 * unit, line = 3 * unit;
    const struct canvas_rect bars[] = {{x, y - line, length_px, line},
                                       {x, y - tick, line, tick},
                                       {x + length_px - line, y - tick, line, tick}};
    for (int i = 0; i < 3; i++)
        canvas_draw_rect(map->canvas, bars[i],
                         &(struct canvas_paint){
                             .fill = map->look->text, .stroke = CANVAS_NO_COLOUR, .class_name = "scale"});
    struct map_figure number = length_m < 1000 ? map_short(length_m) : map_short(length_m / 1000);
    char *words = om_format("%s %s", number.text, length_m < 1000 ? "m" : "km");
    if (words)
        canvas_draw_text(map->canvas, &(struct canvas_text){.text = words,
                                                            .x = x + length_px + 12 * unit,
                                                            .y = y,
                                                            .size = DRAWN_SMALL * unit,
                                                            .colour = map->look->text,
                                                            .halo = map->look->page,
                                                            .halo_width = 3 * unit,
                                                            .class_name = "name"});
    om_free(words);
}

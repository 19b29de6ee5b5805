#include "drawn_parts.h"
#include "geo/memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* Shapes whose looks no theme decides, by class. */
static void put_look(FILE *out, const struct drawn_look *look)
{
    const struct {
        const char *selector, *property;
        uint32_t rgb;
    } rules[] = {
        {".page", "fill", look->page},          {".land", "stroke", look->border},
        {".outline", "stroke", look->outline},  {".casing", "stroke", look->page},
        {".frame", "stroke", look->muted},      {".region", "stroke", look->region},
        {".town", "fill", look->town},          {".town", "stroke", look->office},
        {".town-served", "fill", look->office}, {".town-served", "stroke", look->town},
        {".site", "fill", look->site},          {".site", "stroke", look->outline},
        {".site-line", "stroke", look->site},   {".scale", "fill", look->text},
        {".name", "fill", look->text},          {".name.muted", "fill", look->muted},
        {".name", "stroke", look->page},        {".municipality", "fill", look->unknown},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        fprintf(out, ".map %s{%s:#%06" PRIx32 "}\n", rules[i].selector, rules[i].property, rules[i].rgb);
    fputs(".map .outline,.map .region,.map .casing,.map .frame,.map .site-line{fill:none}\n", out);
}

static void put_class(const struct drawn_map *map, FILE *out, const struct drawn_class *drawn,
                      enum theme_shade shade)
{
    const struct theme *theme = &map_themes[drawn->theme];
    const struct canvas_paint paint = drawn_class_paint(drawn, shade, false);
    fprintf(out, ".theme-%s .%s-%s", theme->name, theme->name, theme->classes[drawn->number].name);
    if (drawn->area_colour >= 0)
        fprintf(out, ".area-colour-%d", drawn->area_colour);
    fprintf(out, "{fill:%s}\n", canvas_svg_fill(map->canvas, &paint).text);
}

static void put_theme(const struct drawn_map *map, FILE *out, enum map_theme theme, enum theme_shade shade)
{
    struct drawn_class drawn = {.theme = theme, .area_colour = -1};
    for (; drawn.number < map_themes[theme].n_classes; drawn.number++) {
        drawn.area_colour = -1;
        put_class(map, out, &drawn, shade);
        for (int colour = 0; map_themes[theme].is_coloured_by_area && colour < DRAWN_AREA_COLOURS; colour++) {
            drawn.area_colour = colour;
            put_class(map, out, &drawn, shade);
        }
    }
}

static void put_shade(const struct drawn_map *map, FILE *out, enum theme_shade shade)
{
    put_look(out, &drawn_looks[shade]);
    for (int theme = 0; theme < MAP_THEMES; theme++)
        if (map_theme_is_available(map->view->result, (enum map_theme)theme))
            put_theme(map, out, (enum map_theme)theme, shade);
}

static void put_overlays(const struct drawn_map *map, FILE *out)
{
    fputs(".map .overlay{display:none}\n", out);
    for (int theme = 0; theme < MAP_THEMES; theme++)
        if (map_theme_is_available(map->view->result, (enum map_theme)theme))
            fprintf(out, ".theme-%s .overlay.%s{display:inline}\n", map_themes[theme].name,
                    map_themes[theme].name);
}

om_status drawn_style(const struct drawn_map *map)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return om_no_memory(map->ctx);
    put_shade(map, out, THEME_LIGHT);
    put_overlays(map, out);
    fputs(".map .outside{opacity:.35}\n@media screen and (prefers-color-scheme:dark){\n", out);
    put_shade(map, out, THEME_DARK);
    fputs("}\n", out);
    bool failed = ferror(out);
    failed |= fclose(out) != 0;
    if (!failed)
        canvas_svg_style(map->canvas, text);
    free(text);
    return failed ? om_no_memory(map->ctx) : OM_OK;
}

/* Takes the text, which is freed. */
static char *longer(char *text, char *more)
{
    char *both = text && more ? om_format("%s %s", text, more) : NULL;
    om_free(text);
    om_free(more);
    return both;
}

char *drawn_class_names(const struct drawn_map *map, uint32_t municipality)
{
    char *names = om_strdup(map->extent.is_member[municipality] ? "municipality" : "municipality outside");
    for (int t = 0; t < MAP_THEMES; t++) {
        const struct theme *theme = &map_themes[t];
        if (!theme->is_available(map->view->result))
            continue;
        const struct drawn_class drawn = drawn_class_of(map, (enum map_theme)t, municipality);
        if (drawn.number != THEME_NO_CLASS)
            names = longer(names, om_format("%s-%s", theme->name, theme->classes[drawn.number].name));
        if (drawn.area_colour >= 0)
            names = longer(names, om_format("area-colour-%d", drawn.area_colour));
    }
    return names;
}

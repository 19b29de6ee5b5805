#include "report_html.h"

#include "drawn_parts.h"
#include "geo/text.h"
#include "maps/drawing.h"
#include "theme.h"

#include <stddef.h>

/* Both shades, so that the legend goes with the map in the light and in the dark. Where colours only tell
 * areas apart, patterns alone make the classes. */
static void put_swatch(const struct theme *theme, const struct theme_class *theme_class, FILE *out)
{
    static const char *const patterns[THEME_PATTERNS] = {"plain", "rising", "falling", "crossed", "dotted"};
    uint32_t rgb[THEME_SHADES];
    for (int shade = 0; shade < THEME_SHADES; shade++)
        rgb[shade] = theme->is_coloured_by_area ? drawn_looks[shade].unknown : theme_class->rgb[shade];
    fprintf(out, "<span class=\"swatch %s\" style=\"", patterns[theme_class->pattern]);
    fprintf(out, "--light:#%06x;--light-ink:#%06x;--dark:#%06x;--dark-ink:#%06x\"></span>",
            (unsigned)rgb[THEME_LIGHT], (unsigned)theme_ink(rgb[THEME_LIGHT]), (unsigned)rgb[THEME_DARK],
            (unsigned)theme_ink(rgb[THEME_DARK]));
}

/* overlay 0: on every map. The colour is a member of struct drawn_look. */
static const struct symbol {
    unsigned overlay;
    const char *class;
    size_t colour;
    const char *words;
} symbols[] = {
    {0, "line", offsetof(struct drawn_look, outline), OM_NOTE("delivery area")},
    {THEME_REGIONS, "dashed", offsetof(struct drawn_look, region), OM_NOTE("border between regions")},
    {THEME_FORMER, "dashed", offsetof(struct drawn_look, outline), OM_NOTE("former border between areas")},
    {THEME_OFFICES, "disc", offsetof(struct drawn_look, office),
     OM_NOTE("main town with an office, by population")},
    {THEME_OFFICES, "ring", offsetof(struct drawn_look, office), OM_NOTE("main town without an office")},
    {THEME_SITES, "square", offsetof(struct drawn_look, site), OM_NOTE("proposed in-house site")},
};

static unsigned symbol_colour(const struct symbol *symbol, enum theme_shade shade)
{
    return *(const uint32_t *)((const char *)&drawn_looks[shade] + symbol->colour);
}

static void put_symbols(const struct theme *theme, FILE *out)
{
    fputs("<ul class=\"symbols\">\n", out);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (symbols[i].overlay && !(theme->overlays & symbols[i].overlay))
            continue;
        fprintf(out, "<li><span class=\"symbol %s\" style=\"--light:#%06x;--dark:#%06x\"></span>",
                symbols[i].class, symbol_colour(&symbols[i], THEME_LIGHT),
                symbol_colour(&symbols[i], THEME_DARK));
        html_text(out, om_tr(symbols[i].words));
        fputs("</li>\n", out);
    }
    fputs("</ul>\n", out);
}

static void put_class(const struct document_item *item, const struct theme *theme,
                      const struct theme_class *theme_class, FILE *out)
{
    fputs("<tr><th scope=\"row\">", out);
    put_swatch(theme, theme_class, out);
    html_text(out, item->label);
    fputs("</th><td class=\"number\">", out);
    html_text(out, item->value.text);
    fputs("</td><td class=\"number\">", out);
    html_text(out, item->note);
    fputs("</td></tr>\n", out);
}

/* Hidden but for the first: the script shows the one that is chosen. */
static void put_legend(const struct document_block *map, bool is_first, FILE *out)
{
    const struct theme *theme = &map_themes[map->theme];
    fprintf(out, "<div class=\"legend\" data-theme=\"%s\"%s>\n<table>\n<caption>", theme->name,
            is_first ? "" : " hidden");
    html_text(out, map->text);
    fputs("</caption>\n<thead><tr><th scope=\"col\">", out);
    html_text(out, om_tr(theme->meaning));
    fputs("</th><th scope=\"col\" class=\"number\">", out);
    html_text(out, om_tr("Municipalities"));
    fputs("</th><th scope=\"col\" class=\"number\">", out);
    html_text(out, om_tr("Job seekers"));
    fputs("</th></tr></thead>\n<tbody>\n", out);
    for (size_t c = 0; c < map->n_items && c < theme->n_classes; c++)
        if (map->items[c].value.number > 0)
            put_class(&map->items[c], theme, &theme->classes[c], out);
    fputs("</tbody>\n</table>\n", out);
    put_symbols(theme, out);
    if (theme->is_coloured_by_area) {
        fputs("<p class=\"remark\">", out);
        html_text(out, om_tr("Colours only tell neighbouring areas apart."));
        fputs("</p>\n", out);
    }
    fputs("</div>\n", out);
}

/* Only a script can switch, so only it shows the choice. */
static void put_choice(const struct document_block *maps, size_t n, FILE *out)
{
    fputs("<fieldset class=\"themes\" hidden>\n<legend>", out);
    html_text(out, om_tr("What the map shows"));
    fputs("</legend>\n", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "<label><input type=\"radio\" name=\"theme\" value=\"%s\"%s> ",
                map_themes[maps[i].theme].name, i ? "" : " checked");
        html_text(out, maps[i].text);
        fputs("</label>\n", out);
    }
    fputs("</fieldset>\n", out);
}

static void put_details(FILE *out)
{
    fputs("<div class=\"details\" role=\"status\" hidden>\n<p>", out);
    html_text(
        out,
        om_tr("Point at a municipality, or go to the map with the tab key and from one municipality to the "
              "next with the arrow keys. Enter leads to its row in the table."));
    fputs("</p>\n</div>\n", out);
}

static void put_caption(FILE *out)
{
    fputs("<figcaption>", out);
    html_text(out, om_tr("What the maps show stands in tables too:"));
    fputs(" <a href=\"#municipalities\">", out);
    html_text(out, om_tr("Municipalities"));
    fputs("</a>, <a href=\"#areas\">", out);
    html_text(out, om_tr("Delivery areas"));
    fputs("</a>.</figcaption>\n", out);
}

om_status html_maps(om_context *ctx, const struct report *report, const struct document_block *maps, size_t n,
                    FILE *out)
{
    const struct map_drawing drawing = {
        .theme = maps->theme,
        .extent = report->request->region,
        .width_px = 1000,
        .is_bare = true,
        .is_interactive = true,
    };
    fputs("<figure class=\"map\">\n", out);
    put_choice(maps, n, out);
    fputs("<div class=\"view\">\n<div class=\"drawing\">\n", out);
    om_status status = map_draw_svg(ctx, report->view->result, &drawing, out);
    fputs("</div>\n<div class=\"key\">\n", out);
    for (size_t i = 0; i < n; i++)
        put_legend(&maps[i], i == 0, out);
    put_details(out);
    fputs("</div>\n</div>\n", out);
    put_caption(out);
    fputs("</figure>\n", out);
    return status;
}

#include "report_html.h"

#include "drawn_parts.h"
#include "geo/text.h"
#include "maps/drawing.h"
#include "theme.h"

/* Both shades, so that the legend goes with the map in the light and in the dark. Where colours only tell
 * areas apart, patterns alone make the classes; theme_class NULL: those without a class. */
static void put_swatch(const struct theme *theme, const struct theme_class *theme_class, FILE *out)
{
    uint32_t rgb[THEME_SHADES];
    for (int shade = 0; shade < THEME_SHADES; shade++)
        rgb[shade] =
            theme->is_coloured_by_area || !theme_class ? drawn_looks[shade].unknown : theme_class->rgb[shade];
    fprintf(out, "<span class=\"swatch %s\" style=\"",
            theme_pattern_names[theme_class ? theme_class->pattern : THEME_PLAIN]);
    fprintf(out, "--light:#%06x;--light-ink:#%06x;--dark:#%06x;--dark-ink:#%06x\"></span>",
            (unsigned)rgb[THEME_LIGHT], (unsigned)theme_ink(rgb[THEME_LIGHT]), (unsigned)rgb[THEME_DARK],
            (unsigned)theme_ink(rgb[THEME_DARK]));
}

static unsigned symbol_colour(const struct drawn_symbol *symbol, enum theme_shade shade)
{
    return *(const uint32_t *)((const char *)&drawn_looks[shade] + symbol->colour_offset);
}

static void put_symbols(const struct theme *theme, FILE *out)
{
    fputs("<ul class=\"symbols\">\n", out);
    for (size_t i = 0; i < drawn_n_symbols; i++) {
        const struct drawn_symbol *symbol = &drawn_symbols[i];
        if (symbol->overlay && !(theme->overlays & symbol->overlay))
            continue;
        fprintf(out, "<li><span class=\"symbol %s\" style=\"--light:#%06x;--dark:#%06x\"></span>",
                symbol->html_class, symbol_colour(symbol, THEME_LIGHT), symbol_colour(symbol, THEME_DARK));
        markup_text(out, om_tr(symbol->words));
        fputs("</li>\n", out);
    }
    fputs("</ul>\n", out);
}

static void put_class(const struct document_item *item, const struct theme *theme,
                      const struct theme_class *theme_class, FILE *out)
{
    fputs("<tr><th scope=\"row\">", out);
    put_swatch(theme, theme_class, out);
    markup_text(out, item->label);
    fputs("</th><td class=\"number\">", out);
    markup_text(out, item->value.text);
    fputs("</td><td class=\"number\">", out);
    markup_text(out, item->note);
    fputs("</td></tr>\n", out);
}

/* Hidden but for the first: the script shows the one that is chosen. */
static void put_legend(const struct document_block *map, bool is_first, FILE *out)
{
    const struct theme *theme = &map_themes[map->theme];
    fprintf(out, "<div class=\"legend\" data-theme=\"%s\"%s>\n<table>\n<caption>", theme->name,
            is_first ? "" : " hidden");
    markup_text(out, map->text);
    fputs("</caption>\n<thead><tr><th scope=\"col\">", out);
    markup_text(out, om_tr(theme->meaning));
    fputs("</th><th scope=\"col\" class=\"number\">", out);
    markup_text(out, om_tr("Municipalities"));
    fputs("</th><th scope=\"col\" class=\"number\">", out);
    markup_text(out, om_tr("Job seekers"));
    fputs("</th></tr></thead>\n<tbody>\n", out);
    for (size_t c = 0; c < map->n_items; c++)
        if (map->items[c].value.number > 0)
            put_class(&map->items[c], theme, c < theme->n_classes ? &theme->classes[c] : NULL, out);
    fputs("</tbody>\n</table>\n", out);
    put_symbols(theme, out);
    if (theme->is_coloured_by_area) {
        fputs("<p class=\"remark\">", out);
        markup_text(out, om_tr("Colours only tell neighbouring areas apart."));
        fputs("</p>\n", out);
    }
    fputs("</div>\n", out);
}

/* Only a script can switch, so only it shows the choice. */
static void put_choice(const struct document_block *maps, size_t n, FILE *out)
{
    fputs("<fieldset class=\"themes\" hidden>\n<legend>", out);
    markup_text(out, om_tr("What the map shows"));
    fputs("</legend>\n", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "<label><input type=\"radio\" name=\"theme\" value=\"%s\"%s> ",
                map_themes[maps[i].theme].name, i ? "" : " checked");
        markup_text(out, maps[i].text);
        fputs("</label>\n", out);
    }
    fputs("</fieldset>\n", out);
}

static void put_details(FILE *out)
{
    fputs("<div class=\"details\" role=\"status\" hidden>\n<p>", out);
    markup_text(
        out,
        om_tr("Point at a municipality, or go to the map with the tab key and from one municipality to the "
              "next with the arrow keys. Enter leads to its row in the table."));
    fputs("</p>\n</div>\n", out);
}

static void put_caption(FILE *out)
{
    fputs("<figcaption>", out);
    markup_text(out, om_tr("What the maps show stands in tables too:"));
    fputs(" <a href=\"#municipalities\">", out);
    markup_text(out, om_tr("Municipalities"));
    fputs("</a>, <a href=\"#areas\">", out);
    markup_text(out, om_tr("Delivery areas"));
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

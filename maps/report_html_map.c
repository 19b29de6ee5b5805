#include "report_html.h"

#include "geo/text.h"
#include "maps/drawing.h"
#include "theme.h"

/* Both shades, so that the legend goes with the map in the light and in the dark. */
static void put_swatch(const struct theme_class *theme_class, FILE *out)
{
    static const char *const patterns[THEME_PATTERNS] = {"plain", "rising", "falling", "crossed", "dotted"};
    fprintf(out, "<span class=\"swatch %s\" style=\"", patterns[theme_class->pattern]);
    fprintf(out, "--light:#%06x;--light-ink:#%06x;--dark:#%06x;--dark-ink:#%06x\"></span>",
            (unsigned)theme_class->rgb[THEME_LIGHT], (unsigned)theme_ink(theme_class->rgb[THEME_LIGHT]),
            (unsigned)theme_class->rgb[THEME_DARK], (unsigned)theme_ink(theme_class->rgb[THEME_DARK]));
}

static void put_class(const struct document_item *item, const struct theme_class *theme_class, FILE *out)
{
    fputs("<tr><th scope=\"row\">", out);
    put_swatch(theme_class, out);
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
            put_class(&map->items[c], &theme->classes[c], out);
    fputs("</tbody>\n</table>\n</div>\n", out);
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

#include "geo/memory.h"
#include "layer_style.h"
#include "words.h"

#include <math.h>
#include <string.h>

/* Words of legends that no column holds: of classes of the themes made of bounds, and of those without a
 * value. */
static const struct layer_code legend_codes[] = {
    {"own", {"In the own municipality", "I den egna kommunen"}},
    {"unreachable", {"Cannot be reached", "Kan inte nås"}},
    {"nothing", {"No need", "Inget behov"}},
};
static const struct layer_domain legend = {"legend", "", legend_codes,
                                           sizeof legend_codes / sizeof *legend_codes};

static const struct layer_domain *domain_of(const struct layer_style *style)
{
    const struct layer *layer = layer_find(style->layer);
    const struct layer_column *column =
        layer && style->column ? layer_column_find(layer, style->column) : NULL;
    return column ? layer_domain_of(layer, column) : NULL;
}

/* "37,5", in a language that need not be the one in force. */
static struct map_figure minutes_figure(double minutes, enum layer_language language)
{
    struct map_figure figure;
    snprintf(figure.text, sizeof figure.text, "%g", minutes);
    char *point = strchr(figure.text, '.');
    if (point && language == LAYER_SWEDISH)
        *point = ',';
    return figure;
}

static char *minutes_text(double lower, double upper, enum layer_language language)
{
    struct map_figure from = minutes_figure(lower, language), to = minutes_figure(upper, language);
    if (isinf(upper))
        return om_format("%s %s min", layer_in_language(language, "Over", "Över"), from.text);
    if (lower > 0)
        return om_format("%s %s %s %s min", layer_in_language(language, "Over", "Över"), from.text,
                         layer_in_language(language, "to", "till"), to.text);
    return om_format("%s %s min", layer_in_language(language, "At most", "Högst"), to.text);
}

/* Whole numbers, so that over 4 is 5. */
static char *count_text(double lower, double upper, enum layer_language language)
{
    if (isinf(upper))
        return om_format("%s %s", map_count(lower + 1).text,
                         layer_in_language(language, "or more", "eller fler"));
    if (isinf(lower) || upper - lower < 1.5)
        return om_strdup(map_count(upper).text);
    return om_format("%s–%s", map_count(lower + 1).text, map_count(upper).text);
}

static char *theme_text(const struct theme *theme, const struct layer_class *class,
                        const struct layer_code *code, enum layer_language language)
{
    if (code)
        return om_strdup(code->text[language]);
    return theme->scale == THEME_BY_LIMIT ? minutes_text(class->lower, class->upper, language)
                                          : count_text(class->lower, class->upper, language);
}

/* A name that the column never has stands for those without a value. */
static bool theme_class(const struct map_result *result, const struct layer_style *style, size_t i,
                        enum layer_language language, struct layer_class *out)
{
    const struct theme *theme = style->theme;
    const struct theme_class *known = &theme->classes[i];
    const struct layer_code *code = layer_domain_code(domain_of(style), known->name);
    struct theme_bounds bounds = theme_class_bounds(result, theme, known);
    *out = (struct layer_class){
        .value = theme->scale != THEME_BY_NAME ? NULL
                 : code                        ? known->name
                                               : "",
        .lower = bounds.lower,
        .upper = bounds.upper,
        .symbol = {.geometry = LAYER_AREA,
                   .fill = known->rgb[THEME_LIGHT],
                   .fill_alpha = 255,
                   .pattern = known->pattern,
                   .stroke = 0xFFFFFF,
                   .pen = "solid",
                   .width_mm = 0.15},
    };
    out->text = theme_text(theme, out, code ? code : layer_domain_code(&legend, known->name), language);
    return out->text != NULL;
}

size_t layer_style_n_classes(const struct layer_style *style)
{
    return style->theme ? style->theme->n_classes : style->n_marks;
}

bool layer_style_class(const struct map_result *result, const struct layer_style *style, size_t i,
                       enum layer_language language, struct layer_class *out)
{
    if (style->theme)
        return theme_class(result, style, i, language, out);
    const struct layer_mark *mark = &style->marks[i];
    const struct layer_code *code = mark->value ? layer_domain_code(domain_of(style), mark->value) : NULL;
    *out = (struct layer_class){.value = mark->value,
                                .lower = mark->lower,
                                .upper = mark->upper,
                                .text = om_strdup(code ? code->text[language] : mark->text[language]),
                                .symbol = mark->symbol};
    return out->text != NULL;
}

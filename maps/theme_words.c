#include "geo/memory.h"
#include "geo/text.h"
#include "palette.h"
#include "theme.h"
#include "words.h"

#include <math.h>

const char *const map_theme_names[MAP_THEMES + 1] = {"status",    "minutes", "second", "suppliers",
                                                     "alignment", "change",  "need",   NULL};

const char *map_theme_title(enum map_theme theme)
{
    return om_tr(map_themes[theme].title);
}

bool map_theme_is_available(const struct map_result *result, enum map_theme theme)
{
    return map_themes[theme].is_available(result);
}

struct theme_bounds theme_class_bounds(const struct map_result *result, const struct theme *theme,
                                       const struct theme_class *theme_class)
{
    double unit = theme->scale == THEME_BY_LIMIT ? result->the_case->rules.max_minutes : 1;
    return (struct theme_bounds){theme_class->lower * unit, theme_class->upper * unit};
}

static char *minutes_words(struct theme_bounds bounds)
{
    struct map_figure lower = map_short(bounds.lower), upper = map_short(bounds.upper);
    if (isinf(bounds.upper))
        return om_format(om_tr("over %s min"), lower.text);
    return bounds.lower > 0 ? om_format(om_tr("over %s to %s min"), lower.text, upper.text)
                            : om_format(om_tr("at most %s min"), upper.text);
}

/* Whole numbers, so that "over 4" is "5". */
static char *count_words(struct theme_bounds bounds)
{
    if (isinf(bounds.upper))
        return om_format(om_tr("%s or more"), map_count(bounds.lower + 1).text);
    if (isinf(bounds.lower) || bounds.upper - bounds.lower < 1.5)
        return om_strdup(map_count(bounds.upper).text);
    return om_format("%s–%s", map_count(bounds.lower + 1).text, map_count(bounds.upper).text);
}

char *theme_class_words(const struct map_result *result, const struct theme *theme,
                        const struct theme_class *theme_class)
{
    if (theme_class->word)
        return om_strdup(om_tr(theme_class->word));
    struct theme_bounds bounds = theme_class_bounds(result, theme, theme_class);
    return theme->scale == THEME_BY_LIMIT ? minutes_words(bounds) : count_words(bounds);
}

uint32_t theme_ink(uint32_t rgb)
{
    return palette_lightness(rgb) > 90 ? palette_mix(rgb, 0x000000, 45) : palette_mix(rgb, 0xFFFFFF, 40);
}

void theme_sum_classes(const struct layer_view *view, const struct theme *theme, const bool *is_member,
                       struct theme_sum *sums)
{
    const struct plan_territory *territory = view->result->the_case->territory;
    for (size_t i = 0; i <= theme->n_classes; i++)
        sums[i] = (struct theme_sum){0, NAN};
    for (size_t m = 0; m < territory->n; m++) {
        if (is_member && !is_member[m])
            continue;
        size_t found = theme->class_of(view, (uint32_t)m);
        struct theme_sum *sum = &sums[found == THEME_NO_CLASS ? theme->n_classes : found];
        sum->n++;
        map_add_known(&sum->job_seekers, territory->municipalities[m].job_seekers);
    }
}

/* Themes: every municipality has a class, the limit is inclusive whatever it is, and classes can be told
 * apart. */
#include "compared.h"

#include "../../maps/theme.h"

static om_context ctx;
static struct kit_compared kit;

static struct layer_view view_of(const struct map_result *result)
{
    return (struct layer_view){.result = result};
}

static void every_municipality_has_a_class_that_the_sums_count(void **state)
{
    (void)state;
    struct layer_view view = view_of(&kit.after.result);
    for (int t = 0; t < MAP_THEMES; t++) {
        const struct theme *theme = &map_themes[t];
        assert_string_equal(theme->name, map_theme_names[t]);
        assert_true(map_theme_is_available(&kit.after.result, (enum map_theme)t));
        struct theme_sum sums[16];
        size_t n = 0;
        double job_seekers = 0;
        theme_sum_classes(&view, theme, NULL, sums);
        for (size_t i = 0; i <= theme->n_classes; i++) {
            n += sums[i].n;
            job_seekers += isnan(sums[i].job_seekers) ? 0 : sums[i].job_seekers;
        }
        assert_int_equal(n, KIT_MUNICIPALITIES);
        assert_float_equal(job_seekers, 7800, 1e-9);
    }
}

static void statuses_and_needs_are_those_of_the_judgement(void **state)
{
    (void)state;
    struct layer_view view = view_of(&kit.after.result);
    const struct theme *status = &map_themes[MAP_THEME_STATUS], *need = &map_themes[MAP_THEME_NEED];
    for (uint32_t m = 0; m < KIT_MUNICIPALITIES; m++) {
        const struct plan_municipality_result *judged = &kit.after.result.evaluation->municipalities[m];
        assert_string_equal(status->classes[status->class_of(&view, m)].name,
                            plan_status_names[judged->status]);
        const char *name = need->classes[need->class_of(&view, m)].name;
        assert_string_equal(name, judged->need ? plan_need_names[judged->need] : "nothing");
    }
}

/* 60:00 is within a limit of 60 minutes, and a second more is not; so it is with 45. */
static void the_limit_is_inclusive_whatever_it_is(void **state)
{
    (void)state;
    static const double limits[] = {60, 45, 7.5};
    struct map_result result = kit.after.result;
    struct data_case the_case = *result.the_case;
    struct plan_evaluation evaluation = *result.evaluation;
    struct plan_municipality_result judged = {0};
    const struct theme *theme = &map_themes[MAP_THEME_MINUTES];
    result.the_case = &the_case;
    result.evaluation = &evaluation;
    evaluation.municipalities = &judged;
    struct layer_view view = view_of(&result);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        the_case.rules.max_minutes = limits[i];
        judged.nearest_inside.duration_s = 60 * limits[i];
        assert_string_equal(theme->classes[theme->class_of(&view, 0)].name, "limit");
        judged.nearest_inside.duration_s += 1;
        assert_string_equal(theme->classes[theme->class_of(&view, 0)].name, "over");
    }
    judged.nearest_inside.duration_s = 0;
    assert_string_equal(theme->classes[theme->class_of(&view, 0)].name, "own");
    judged.nearest_inside.duration_s = NAN;
    assert_string_equal(theme->classes[theme->class_of(&view, 0)].name, "unreachable");
}

static void classes_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        enum map_theme theme;
        const char *name, *words;
    } cases[] = {
        {MAP_THEME_STATUS, "choice", "choice"},
        {MAP_THEME_MINUTES, "quarter", "at most 15 min"},
        {MAP_THEME_MINUTES, "limit", "over 45 to 60 min"},
        {MAP_THEME_SECOND, "far", "over 90 min"},
        {MAP_THEME_SUPPLIERS, "0", "0"},
        {MAP_THEME_SUPPLIERS, "1", "1"},
        {MAP_THEME_SUPPLIERS, "5-9", "5–9"},
        {MAP_THEME_SUPPLIERS, "50-", "50 or more"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct theme *theme = &map_themes[cases[i].theme];
        size_t c = 0;
        while (strcmp(theme->classes[c].name, cases[i].name) != 0)
            c++;
        char *words = theme_class_words(&kit.after.result, theme, &theme->classes[c]);
        assert_string_equal(words, cases[i].words);
        om_free(words);
    }
}

/* By name, and by colour or pattern, in both shades. */
static void no_two_classes_of_a_theme_are_alike(void **state)
{
    (void)state;
    for (int t = 0; t < MAP_THEMES; t++)
        for (size_t i = 0; i < map_themes[t].n_classes; i++)
            for (size_t k = 0; k < i; k++) {
                const struct theme_class *a = &map_themes[t].classes[i], *b = &map_themes[t].classes[k];
                assert_string_not_equal(a->name, b->name);
                for (int shade = 0; shade < THEME_SHADES; shade++)
                    assert_int_not_equal(a->rgb[shade], b->rgb[shade]);
            }
}

/* Styles in QGIS go by columns; a theme that names one names one there is. */
static void columns_of_themes_exist(void **state)
{
    (void)state;
    for (int t = 0; t < MAP_THEMES; t++) {
        const struct layer *layer = map_layers;
        while (strcmp(layer->name, map_themes[t].layer) != 0)
            layer++;
        bool is_found = !map_themes[t].column;
        for (size_t i = 0; i < layer->n_columns && !is_found; i++)
            is_found = strcmp(layer->columns[i].name, map_themes[t].column) == 0;
        if (!is_found)
            fail_msg("%s has no column %s", layer->name, map_themes[t].column);
    }
}

int main(void)
{
    kit_compared_make(&ctx, &kit);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_municipality_has_a_class_that_the_sums_count),
        cmocka_unit_test(statuses_and_needs_are_those_of_the_judgement),
        cmocka_unit_test(the_limit_is_inclusive_whatever_it_is),
        cmocka_unit_test(classes_are_said_in_words),
        cmocka_unit_test(no_two_classes_of_a_theme_are_alike),
        cmocka_unit_test(columns_of_themes_exist),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    kit_compared_done(&kit);
    om_context_done(&ctx);
    return failed;
}

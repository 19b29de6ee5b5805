#include "kit.h"

#include "geo/memory.h"
#include "planner/rules.h"

#include <locale.h>

static void expect_same_rules(const struct plan_rules *x, const struct plan_rules *y)
{
    char *left = plan_rules_to_ini(x), *right = plan_rules_to_ini(y);
    assert_string_equal(left, right);
    om_free(left);
    om_free(right);
}

static void the_default_rules_are_the_published_ones(void **state)
{
    (void)state;
    struct plan_rules rules = plan_rules_default();
    char *ini = plan_rules_to_ini(&rules);
    assert_string_equal(
        ini, "[service]\nname = \n\n"
             "[choice]\nmin_suppliers = 2\n\n"
             "[reach]\nprofile = \nreturn_profile = \nmax_minutes = 60\nstatistic = median_journey\n"
             "basis = offices\n\n"
             "[alignment]\nreference = fa2015\nmetropolitan_population = 1000000\n\n"
             "[market]\nmin_participants_per_supplier = 20\ndiluted_below = 50\n\n"
             "[density]\nsparse_share = 0.5\n\n"
             "[search]\nranking = lexicographic\nwithout_supplier = 50\nwithout_choice = 20\n"
             "misaligned = 3\nthin_market = 2\nmoved = 1\ninternal_travel = 0\nborder = 0.01\n"
             "min_areas = 0\nmax_areas = 0\nmin_job_seekers = 0\nmax_job_seekers = 0\n"
             "max_trip_minutes = 0\nmax_region_pieces = 0\n");
    om_free(ini);
}

static void values_are_set_and_refused(void **state)
{
    (void)state;
    static const struct {
        const char *section, *key, *value;
        om_status status;
        const char *text; /* the value as written back, or the message */
    } cases[] = {
        {"choice", "min_suppliers", "1", OM_OK, "1"},
        {"choice", "min_suppliers", "0", OM_BAD_DATA,
         "[choice] min_suppliers = 0: needs a whole number from 1 to 100"},
        {"choice", "min_suppliers", "2.5", OM_BAD_DATA,
         "[choice] min_suppliers = 2.5: needs a whole number from 1 to 100"},
        {"choice", "min_suppliers", "two", OM_BAD_DATA,
         "[choice] min_suppliers = two: needs a whole number from 1 to 100"},
        {"reach", "max_minutes", "45.5", OM_OK, "45.5"},
        {"reach", "max_minutes", "0.1", OM_OK, "0.1"},
        {"reach", "max_minutes", "-0", OM_OK, "0"},
        {"reach", "max_minutes", "1440", OM_OK, "1440"},
        {"reach", "max_minutes", "1440.1", OM_BAD_DATA,
         "[reach] max_minutes = 1440.1: needs a number from 0 to 1440, with a decimal point"},
        {"reach", "max_minutes", "45,5", OM_BAD_DATA,
         "[reach] max_minutes = 45,5: needs a number from 0 to 1440, with a decimal point"},
        {"reach", "max_minutes", "", OM_BAD_DATA,
         "[reach] max_minutes = : needs a number from 0 to 1440, with a decimal point"},
        {"reach", "max_minutes", "nan", OM_BAD_DATA,
         "[reach] max_minutes = nan: needs a number from 0 to 1440, with a decimal point"},
        {"reach", "max_minutes", "1e999", OM_BAD_DATA,
         "[reach] max_minutes = 1e999: needs a number from 0 to 1440, with a decimal point"},
        {"reach", "max_minutes", "60 min", OM_BAD_DATA,
         "[reach] max_minutes = 60 min: needs a number from 0 to 1440, with a decimal point"},
        {"reach", "statistic", "door_p75", OM_OK, "door_p75"},
        {"reach", "statistic", "mean", OM_BAD_DATA,
         "[reach] statistic = mean: needs one of median_journey, fastest, door_p25, door_p50, door_p75"},
        {"reach", "basis", "contracts", OM_OK, "contracts"},
        {"reach", "basis", "Contracts", OM_BAD_DATA,
         "[reach] basis = Contracts: needs one of offices, contracts"},
        {"service", "name", "rusta och matcha", OM_OK, "rusta och matcha"},
        {"service", "name", "", OM_OK, ""},
        {"alignment", "reference", "a kind of region with a name too long", OM_BAD_DATA,
         "[alignment] reference = a kind of region with a name too long: needs at most 31 bytes of text on "
         "one "
         "line, without semicolons or blanks at the ends"},
        {"service", "name", "a ; b", OM_BAD_DATA,
         "[service] name = a ; b: needs at most 63 bytes of text on one line, without semicolons or blanks "
         "at "
         "the ends"},
        {"reach", "minutes", "60", OM_BAD_DATA,
         "[reach] minutes = 60: there is no such rule; there are [service] name, [choice] min_suppliers, "
         "[reach] "
         "profile, [reach] return_profile, [reach] max_minutes, [reach] statistic, [reach] basis, "
         "[alignment] reference, [alignment] "
         "metropolitan_population, [market] min_participants_per_supplier, [market] diluted_below, [density] "
         "sparse_share, [search] ranking, [search] without_supplier, [search] without_choice, [search] "
         "misaligned, [search] thin_market, [search] moved, [search] internal_travel, [search] border, "
         "[search] min_areas, [search] max_areas, [search] min_job_seekers, [search] max_job_seekers, "
         "[search] max_trip_minutes, [search] max_region_pieces"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct plan_rules rules = plan_rules_default(), before = rules;
        assert_int_equal(plan_rules_set(&ctx, &rules, cases[i].section, cases[i].key, cases[i].value),
                         cases[i].status);
        if (cases[i].status) {
            assert_string_equal(ctx.message, cases[i].text);
            expect_same_rules(&rules, &before);
        }
        for (size_t f = 0; !cases[i].status && f < plan_n_rule_fields; f++) {
            if (strcmp(plan_rule_fields[f].section, cases[i].section) != 0 ||
                strcmp(plan_rule_fields[f].key, cases[i].key) != 0)
                continue;
            char *value = plan_rules_value(&rules, &plan_rule_fields[f]);
            assert_string_equal(value, cases[i].text);
            om_free(value);
        }
        om_context_done(&ctx);
    }
}

static void every_rule_reads_back_what_it_writes(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_rules rules = plan_rules_default(), again = plan_rules_default();
    rules.max_minutes = 0.1 + 0.2;
    rules.sparse_density_share = 1.0 / 3.0;
    rules.statistic = PLAN_STATISTIC_DOOR_P50;
    rules.basis = PLAN_BASIS_CONTRACTS;
    strcpy(rules.service, "stöd och matchning");
    char *written = plan_rules_to_ini(&rules);
    assert_non_null(strstr(written, "max_minutes = 0.30000000000000004\n"));
    assert_non_null(strstr(written, "name = stöd och matchning\n"));
    om_free(written);
    for (size_t f = 0; f < plan_n_rule_fields; f++) {
        const struct plan_rule_field *field = &plan_rule_fields[f];
        char *value = plan_rules_value(&rules, field);
        assert_int_equal(plan_rules_set(&ctx, &again, field->section, field->key, value), OM_OK);
        om_free(value);
        assert_true(strlen(field->meaning) > 10);
    }
    expect_same_rules(&rules, &again);
    om_context_done(&ctx);
}

static void numbers_have_a_decimal_point_in_every_language(void **state)
{
    (void)state;
    const char *comma[] = {"sv_SE.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < 3 && !setlocale(LC_NUMERIC, comma[i]); i++)
        continue;
    om_context ctx = {0};
    struct plan_rules rules = plan_rules_default();
    assert_int_equal(plan_rules_set(&ctx, &rules, "density", "sparse_share", "0.25"), OM_OK);
    assert_true(rules.sparse_density_share == 0.25);
    char *ini = plan_rules_to_ini(&rules);
    assert_non_null(strstr(ini, "sparse_share = 0.25\n"));
    om_free(ini);
    setlocale(LC_NUMERIC, "C");
    om_context_done(&ctx);
}

static void running_out_of_memory_gives_no_text(void **state)
{
    (void)state;
    struct plan_rules rules = plan_rules_default();
    char *ini = NULL;
    for (size_t nth = 1; !ini; nth++) {
        om_memory_fail_after(nth);
        ini = plan_rules_to_ini(&rules);
        om_memory_fail_after(0);
        assert_true(nth < 100);
    }
    om_free(ini);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_rules_are_the_published_ones),
        cmocka_unit_test(values_are_set_and_refused),
        cmocka_unit_test(every_rule_reads_back_what_it_writes),
        cmocka_unit_test(numbers_have_a_decimal_point_in_every_language),
        cmocka_unit_test(running_out_of_memory_gives_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

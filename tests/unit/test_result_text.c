#include "case.h"
#include "golden.h"

#include "../../maps/text_table.h"
#include "../../maps/words.h"

static void minutes_over_the_limit_are_never_shown_as_within(void **state)
{
    (void)state;
    static const struct {
        double duration_s;
        const char *expected;
        double tenths;
    } rows[] = {
        {0, "0", 0},      {3600, "60", 60},        {3600.5, "61", 60.1},      {3630, "61", 60.5},
        {3599, "60", 60}, {90061, "1502", 1501.1}, {NAN, "unreachable", NAN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(map_minutes(rows[i].duration_s).text, rows[i].expected);
        double tenths = map_minutes_tenths(rows[i].duration_s);
        assert_true(isnan(rows[i].tenths) ? isnan(tenths) : fabs(tenths - rows[i].tenths) < 1e-9);
    }
}

static void counts_are_grouped_and_unknowns_marked(void **state)
{
    (void)state;
    assert_string_equal(map_count(0).text, "0");
    assert_string_equal(map_count(999).text, "999");
    assert_string_equal(map_count(360335).text, "360 335");
    assert_string_equal(map_count(-1234567).text, "-1 234 567");
    assert_string_equal(map_count(NAN).text, "?");
    assert_string_equal(map_share(358670, 360335).text, "99.5 %");
    assert_string_equal(map_share(1, 0).text, "?");
}

static void numbers_have_the_decimal_mark_of_the_language(void **state)
{
    (void)state;
    assert_string_equal(map_decimal(24.46, 1).text, "24.5");
    assert_string_equal(map_decimal(NAN, 3).text, "?");
    assert_string_equal(map_short(60).text, "60");
    assert_string_equal(map_short(45.5).text, "45.5");
}

static void width_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_width("Övertorneå"), 10);
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("\xFF\xC3"), 2);
}

static char *printed(om_status (*print)(om_context *, const struct map_result *,
                                        const struct map_text_style *, FILE *),
                     const struct map_result *result, const struct map_text_style *style)
{
    om_context ctx = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(print(&ctx, result, style, out), OM_OK);
    fclose(out);
    om_context_done(&ctx);
    return text;
}

static void tables_are_as_agreed(void **state)
{
    (void)state;
    static const struct {
        const char *golden;
        om_status (*print)(om_context *, const struct map_result *, const struct map_text_style *, FILE *);
        struct map_text_style style;
    } rows[] = {
        {"evaluation.txt", map_evaluation_text, {.width = 0}},
        {"evaluation-all.txt", map_evaluation_text, {.every_area = true}},
        {"evaluation-80.txt", map_evaluation_text, {.width = 80}},
        {"evaluation-colour.txt", map_evaluation_text, {.colour = true}},
        {"summary.txt", map_summary_text, {.width = 0}},
        {"gaps.txt", map_gaps_text, {.width = 0}},
        {"gaps-80.txt", map_gaps_text, {.width = 80}},
    };
    om_context ctx = {0};
    struct kit_case kit;
    kit_case_make(&ctx, &kit);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = printed(rows[i].print, &kit.result, &rows[i].style);
        kit_golden(rows[i].golden, text);
        free(text);
    }
    kit_case_done(&kit);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_case kit;
    kit_case_make(&ctx, &kit);
    FILE *nowhere = fopen("/dev/null", "w");
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 5000);
        om_memory_fail_after(n);
        status = map_evaluation_text(&ctx, &kit.result, &(struct map_text_style){.width = 80}, nowhere);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
    }
    fclose(nowhere);
    kit_case_done(&kit);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_over_the_limit_are_never_shown_as_within),
        cmocka_unit_test(counts_are_grouped_and_unknowns_marked),
        cmocka_unit_test(numbers_have_the_decimal_mark_of_the_language),
        cmocka_unit_test(width_counts_characters_not_bytes),
        cmocka_unit_test(tables_are_as_agreed),
        cmocka_unit_test(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

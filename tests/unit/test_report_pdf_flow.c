/*
 * How a report flows over pages. Content is 100 points high upright and 60 lengthwise.
 */
#include "kit.h"

#include "../../maps/report_pdf_flow.h"

enum { MOST = 12 };

static const double height_pt[PDF_TURNS] = {[PDF_PORTRAIT] = 100, [PDF_LANDSCAPE] = 60};

struct expected {
    size_t page;
    double top_pt;
};

static void check(const struct pdf_strip *strips, const struct expected *expected, size_t n, size_t n_pages)
{
    struct pdf_place places[MOST];
    size_t got = pdf_flow(strips, n, height_pt, places);
    for (size_t i = 0; i < n; i++) {
        if (places[i].page != expected[i].page || places[i].top_pt != expected[i].top_pt)
            fail_msg("strip %zu: page %zu at %g, expected page %zu at %g", i, places[i].page,
                     places[i].top_pt, expected[i].page, expected[i].top_pt);
    }
    assert_int_equal(got, n_pages);
}

#define PLAIN .repeated = PDF_NO_STRIP

static void strips_are_stacked_and_go_on_over_the_page(void **state)
{
    (void)state;
    static const struct pdf_strip strips[] = {
        {40, 10, PLAIN}, {40, 10, PLAIN}, {10, 0, PLAIN}, {1, 10, PLAIN}, {5, 2, PLAIN}};
    static const struct expected expected[] = {{0, 0}, {0, 50}, {0, 90}, {1, 0}, {1, 3}};
    check(strips, expected, 5, 2);
    check(strips, expected, 0, 0);
}

static void what_keeps_together_moves_together(void **state)
{
    (void)state;
    static const struct pdf_strip strips[] = {{70, 0, PLAIN},
                                              {10, 5, .keeps_with_next = true, PLAIN},
                                              {10, 5, .keeps_with_next = true, PLAIN},
                                              {10, 5, PLAIN}};
    static const struct expected expected[] = {{0, 0}, {1, 0}, {1, 15}, {1, 30}};
    check(strips, expected, 4, 2);
}

static void what_no_page_holds_together_is_parted(void **state)
{
    (void)state;
    static const struct pdf_strip strips[] = {{50, 0, PLAIN},
                                              {60, 0, .keeps_with_next = true, PLAIN},
                                              {60, 0, PLAIN},
                                              {130, 0, PLAIN},
                                              {10, 0, PLAIN}};
    static const struct expected expected[] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}};
    check(strips, expected, 5, 5);
}

static void a_header_is_repeated_above_the_rows(void **state)
{
    (void)state;
    static const struct pdf_strip strips[] = {{20, 0, .keeps_with_next = true, PLAIN},
                                              {50, 0, .repeated = 0},
                                              {50, 0, .repeated = 0},
                                              {30, 0, .repeated = 0},
                                              {10, 0, .repeated = 0}};
    static const struct expected expected[] = {{0, 0}, {0, 20}, {1, 20}, {1, 70}, {2, 20}};
    check(strips, expected, 5, 3);
    struct pdf_place places[MOST];
    pdf_flow(strips, 5, height_pt, places);
    assert_false(places[1].is_first);
    assert_true(places[2].is_first);
    assert_false(places[3].is_first);
}

static void the_turn_of_a_page_changes_with_what_stands_on_it(void **state)
{
    (void)state;
    static const struct pdf_strip strips[] = {{10, 0, PLAIN},
                                              {40, 9, .turn = PDF_LANDSCAPE, PLAIN},
                                              {30, 9, .turn = PDF_LANDSCAPE, PLAIN},
                                              {10, 9, PLAIN},
                                              {10, 9, .starts_page = true, PLAIN}};
    static const struct expected expected[] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}};
    check(strips, expected, 5, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strips_are_stacked_and_go_on_over_the_page),
        cmocka_unit_test(what_keeps_together_moves_together),
        cmocka_unit_test(what_no_page_holds_together_is_parted),
        cmocka_unit_test(a_header_is_repeated_above_the_rows),
        cmocka_unit_test(the_turn_of_a_page_changes_with_what_stands_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

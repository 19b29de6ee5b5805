/*
 * Which columns a page has room for: 300 points upright, 500 lengthwise.
 */
#include "kit.h"

#include "../../maps/report_pdf_columns.h"

enum { MOST = 4 };

static const double width_pt[PDF_TURNS] = {[PDF_PORTRAIT] = 300, [PDF_LANDSCAPE] = 500};

static void columns_get_the_room_they_need(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct pdf_column_need needs[MOST];
        enum pdf_turn turn;
        double expected[MOST]; /* 0: left out */
    } rows[] = {
        {"few and narrow: as they are", {{30, 40, 1}, {50, 60, 1}}, PDF_PORTRAIT, {40, 60}},
        {"nearly full: spread", {{30, 100, 1}, {50, 80, 1}, {40, 60, 1}}, PDF_PORTRAIT, {120, 100, 80}},
        {"a long text is wrapped", {{50, 50, 1}, {50, 50, 1}, {60, 900, 1}}, PDF_PORTRAIT, {50, 50, 200}},
        {"lengthwise",
         {{100, 100, 1}, {100, 100, 1}, {100, 100, 1}, {100, 100, 1}},
         PDF_LANDSCAPE,
         {125, 125, 125, 125}},
        {"the last of the least important is left out",
         {{100, 200, 1}, {200, 200, 2}, {150, 150, 3}, {150, 150, 3}},
         PDF_LANDSCAPE,
         {150, 200, 150, 0}},
        {"never those that always are shown",
         {{400, 400, 1}, {400, 400, 1}, {100, 100, 2}},
         PDF_LANDSCAPE,
         {250, 250, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pdf_column_room rooms[MOST];
        size_t n = 0;
        while (n < MOST && rows[i].needs[n].priority)
            n++;
        print_message("%s\n", rows[i].what);
        assert_int_equal(pdf_fit_columns(rows[i].needs, n, width_pt, rooms), rows[i].turn);
        for (size_t c = 0; c < n; c++) {
            print_message("  column %zu: %g\n", c, rooms[c].width_pt);
            assert_float_equal(rooms[c].width_pt, rows[i].expected[c], 0.01);
            assert_int_equal(rooms[c].is_shown, rows[i].expected[c] > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_get_the_room_they_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

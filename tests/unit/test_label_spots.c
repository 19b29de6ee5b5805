#include "kit.h"

#include "../../maps/label_spots.h"
#include "geo/memory.h"

#include <math.h>

struct spots {
    struct label_spot items[LABEL_AREA_SPOTS];
    size_t n;
};

static const struct page_box page = {-1000, -1000, 1000, 1000};

static struct spots spots_in(const struct page_shape *shape, double width, double height)
{
    om_context ctx = {0};
    struct spots spots = {.n = 99};
    if (label_spots_in_shape(&ctx, shape, &page, width, height, spots.items, &spots.n))
        fail_msg("%s", ctx.message);
    return spots;
}

static void assert_near(const struct label_spot *spot, double x, double y, double slack)
{
    if (!(fabs(spot->x - x) <= slack && fabs(spot->y - y) <= slack))
        fail_msg("the spot is at %.2f, %.2f, not at %.2f, %.2f", spot->x, spot->y, x, y);
}

static void the_best_spot_of_a_rectangle_is_its_middle(void **state)
{
    (void)state;
    const double x_y[] = {10, 20, 110, 20, 110, 60, 10, 60};
    const size_t first[] = {0};
    const struct page_shape shape = {x_y, first, 4, 1};
    struct spots spots = spots_in(&shape, 30, 10);
    assert_true(spots.n > 3);
    assert_near(&spots.items[0], 60, 40, 1.5);
    for (size_t i = 0; i < spots.n; i++) {
        struct page_box box = page_box_around(spots.items[i].x, spots.items[i].y, 30, 10);
        assert_true(page_box_holds(&(struct page_box){9.9, 18, 110.1, 62}, &box));
        assert_true(spots.items[i].cost < 0.5);
        assert_true(i == 0 || spots.items[i].cost >= spots.items[i - 1].cost);
    }
}

/* A U of two thick legs of which the left is thicker; the middle of the box is outside. */
static void a_text_keeps_out_of_bays_and_lakes(void **state)
{
    (void)state;
    const double bay[] = {0, 0, 40, 0, 40, 60, 60, 60, 60, 0, 90, 0, 90, 70, 0, 70};
    const size_t one[] = {0};
    struct spots spots = spots_in(&(struct page_shape){bay, one, 8, 1}, 20, 6);
    assert_near(&spots.items[0], 20, 35, 6);

    const double lake[] = {0, 0, 100, 0, 100, 100, 0, 100, 10, 10, 90, 10, 90, 70, 10, 70};
    const size_t two[] = {0, 4};
    spots = spots_in(&(struct page_shape){lake, two, 8, 2}, 40, 10);
    assert_near(&spots.items[0], 50, 85, 2);
}

static void the_largest_piece_is_named(void **state)
{
    (void)state;
    const double x_y[] = {0, 0, 8, 0, 8, 8, 0, 8, 50, 50, 80, 50, 80, 80, 50, 80};
    const size_t first[] = {0, 4};
    struct spots spots = spots_in(&(struct page_shape){x_y, first, 8, 2}, 20, 8);
    assert_near(&spots.items[0], 65, 65, 1.5);
}

static void a_text_that_does_not_fit_costs_more_the_more_sticks_out(void **state)
{
    (void)state;
    const double x_y[] = {0, 0, 20, 0, 20, 20, 0, 20};
    const size_t first[] = {0};
    const struct page_shape shape = {x_y, first, 4, 1};
    struct spots fits = spots_in(&shape, 16, 8), long_one = spots_in(&shape, 40, 8),
                 longer = spots_in(&shape, 80, 8);
    assert_true(fits.items[0].cost < 0.5);
    assert_true(long_one.items[0].cost > 0.5);
    assert_true(longer.items[0].cost > long_one.items[0].cost && longer.items[0].cost <= 1.5);
    assert_near(&longer.items[0], 10, 10, 1.5);
}

static void only_what_is_within_the_frame_counts(void **state)
{
    (void)state;
    om_context ctx = {0};
    const double x_y[] = {0, 0, 100, 0, 100, 100, 0, 100};
    const size_t first[] = {0};
    const struct page_shape shape = {x_y, first, 4, 1};
    struct spots spots;
    const struct page_box corner = {60, 70, 300, 300}, beyond = {200, 0, 300, 100};
    assert_int_equal(label_spots_in_shape(&ctx, &shape, &corner, 20, 10, spots.items, &spots.n), OM_OK);
    assert_near(&spots.items[0], 80, 85, 2);
    assert_int_equal(label_spots_in_shape(&ctx, &shape, &beyond, 20, 10, spots.items, &spots.n), OM_OK);
    assert_int_equal(spots.n, 0);
}

static void an_empty_shape_has_no_spots(void **state)
{
    (void)state;
    const double line[] = {0, 5, 20, 5};
    const size_t first[] = {0};
    assert_int_equal(spots_in(&(struct page_shape){0}, 10, 5).n, 0);
    assert_int_equal(spots_in(&(struct page_shape){line, first, 2, 1}, 10, 5).n, 0);
}

static void spots_at_a_point_do_not_cover_its_symbol(void **state)
{
    (void)state;
    struct label_spot spots[LABEL_POINT_SPOTS];
    label_spots_at_point(100, 50, 4, 30, 10, spots);
    const struct page_box symbol = page_box_around(100, 50, 8, 8);
    for (size_t i = 0; i < LABEL_POINT_SPOTS; i++) {
        struct page_box box = page_box_around(spots[i].x, spots[i].y, 30, 10);
        if (page_boxes_overlap(&box, &symbol))
            fail_msg("spot %zu covers the symbol", i);
        assert_true(i == 0 || spots[i].cost > spots[i - 1].cost);
    }
    assert_true(spots[0].x > 100 && spots[0].y < 50);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    const double x_y[] = {0, 0, 20, 0, 20, 20, 0, 20};
    const size_t first[] = {0};
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        om_context ctx = {0};
        struct spots spots = {.n = 99};
        om_memory_fail_after(n);
        status = label_spots_in_shape(&ctx, &(struct page_shape){x_y, first, 4, 1}, &page, 10, 5, spots.items,
                                      &spots.n);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || (status == OM_NO_MEMORY && spots.n == 99));
        assert_true(n < 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_spot_of_a_rectangle_is_its_middle),
        cmocka_unit_test(a_text_keeps_out_of_bays_and_lakes),
        cmocka_unit_test(the_largest_piece_is_named),
        cmocka_unit_test(a_text_that_does_not_fit_costs_more_the_more_sticks_out),
        cmocka_unit_test(only_what_is_within_the_frame_counts),
        cmocka_unit_test(an_empty_shape_has_no_spots),
        cmocka_unit_test(spots_at_a_point_do_not_cover_its_symbol),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "kit.h"

#include "../../maps/label_placement.h"
#include "geo/memory.h"

#include <math.h>

static const struct page_box frame = {0, 0, 100, 100};

static void place(const struct label_request *request, size_t *spot_of)
{
    om_context ctx = {0};
    if (label_place(&ctx, request, spot_of))
        fail_msg("%s", ctx.message);
}

static void the_cheapest_free_spot_is_taken(void **state)
{
    (void)state;
    const struct label_spot spots[] = {{50, 50, 0.4}, {20, 20, 0.1}, {80, 80, 0.2}};
    const struct label label = {10, 5, 1, spots, 3};
    const struct label_obstacle soft[] = {{{18, 18, 22, 22}, 0.2}}, hard[] = {{{79, 79, 81, 81}, INFINITY}};
    struct label_request request = {frame, &label, 1, NULL, 0};
    size_t spot;
    place(&request, &spot);
    assert_int_equal(spot, 1);
    request.obstacles = soft, request.n_obstacles = 1;
    place(&request, &spot);
    assert_int_equal(spot, 2);
    request.obstacles = hard;
    place(&request, &spot);
    assert_int_equal(spot, 1);
}

static void nothing_is_placed_outside_the_frame(void **state)
{
    (void)state;
    const struct label_spot outside[] = {{4, 50, 0}, {50, 98, 0}}, at_the_edge[] = {{4, 50, 0}, {5, 97.5, 1}};
    const struct label labels[] = {{10, 5, 1, outside, 2}, {10, 5, 1, at_the_edge, 2}, {10, 5, 1, NULL, 0}};
    const struct label_request request = {frame, labels, 3, NULL, 0};
    size_t spot_of[3];
    place(&request, spot_of);
    assert_true(spot_of[0] == LABEL_NOWHERE);
    assert_int_equal(spot_of[1], 1);
    assert_true(spot_of[2] == LABEL_NOWHERE);
}

static void the_more_important_come_first_and_of_equals_the_first(void **state)
{
    (void)state;
    const struct label_spot spot = {50, 50, 0};
    const struct label labels[] = {{10, 5, 1, &spot, 1}, {10, 5, 3, &spot, 1}, {10, 5, 3, &spot, 1}};
    const struct label_request request = {frame, labels, 3, NULL, 0};
    size_t spot_of[3];
    place(&request, spot_of);
    assert_true(spot_of[0] == LABEL_NOWHERE);
    assert_int_equal(spot_of[1], 0);
    assert_true(spot_of[2] == LABEL_NOWHERE);
}

static void one_that_stands_in_the_way_moves_if_it_can(void **state)
{
    (void)state;
    const struct label_spot two[] = {{50, 50, 0}, {50, 70, 0.3}}, one[] = {{52, 50, 0}};
    struct label labels[] = {{10, 5, 2, two, 2}, {10, 5, 1, one, 1}};
    const struct label_request request = {frame, labels, 2, NULL, 0};
    size_t spot_of[2];
    place(&request, spot_of);
    assert_int_equal(spot_of[0], 1);
    assert_int_equal(spot_of[1], 0);
    labels[0].n_spots = 1;
    place(&request, spot_of);
    assert_int_equal(spot_of[0], 0);
    assert_true(spot_of[1] == LABEL_NOWHERE);
}

enum { MANY = 3000, SPOTS = 8 };

struct crowd {
    struct label labels[MANY];
    struct label_spot spots[MANY][SPOTS];
    struct label_obstacle obstacles[MANY];
    struct label_request request;
};

static struct crowd *crowd_new(uint64_t seed)
{
    struct kit_random random = {seed};
    struct crowd *crowd = om_alloc(1, sizeof *crowd);
    for (size_t i = 0; i < MANY; i++) {
        double x = kit_below(&random, 2000), y = kit_below(&random, 1500);
        crowd->labels[i] =
            (struct label){20 + kit_below(&random, 60), 10, kit_below(&random, 50), crowd->spots[i], SPOTS};
        for (size_t s = 0; s < SPOTS; s++)
            crowd->spots[i][s] =
                (struct label_spot){x + kit_below(&random, 60), y + kit_below(&random, 20), 0.1 * (double)s};
        crowd->obstacles[i].box = page_box_around(x, y, 4, 4);
        crowd->obstacles[i].cost = i % 3 ? 0.1 : INFINITY;
    }
    crowd->request = (struct label_request){{0, 0, 2000, 1500}, crowd->labels, MANY, crowd->obstacles, MANY};
    return crowd;
}

static struct page_box box_of(const struct crowd *crowd, size_t label, size_t spot)
{
    const struct label_spot *at = &crowd->spots[label][spot];
    return page_box_around(at->x, at->y, crowd->labels[label].width, crowd->labels[label].height);
}

static void assert_clear(const struct crowd *crowd, const size_t *spot_of, size_t i)
{
    struct page_box box = box_of(crowd, i, spot_of[i]);
    assert_true(page_box_holds(&crowd->request.frame, &box));
    for (size_t o = 0; o < MANY; o++)
        if (isinf(crowd->obstacles[o].cost) && page_boxes_overlap(&box, &crowd->obstacles[o].box))
            fail_msg("label %zu covers obstacle %zu", i, o);
    for (size_t j = 0; j < i; j++) {
        if (spot_of[j] == LABEL_NOWHERE)
            continue;
        struct page_box other = box_of(crowd, j, spot_of[j]);
        if (page_boxes_overlap(&box, &other))
            fail_msg("labels %zu and %zu overlap", j, i);
    }
}

static void a_crowd_never_overlaps_and_is_placed_alike_twice(void **state)
{
    (void)state;
    struct crowd *crowd = crowd_new(5);
    size_t spot_of[MANY], again[MANY], n = 0;
    place(&crowd->request, spot_of);
    place(&crowd->request, again);
    assert_memory_equal(spot_of, again, sizeof spot_of);
    for (size_t i = 0; i < MANY; i++)
        if (spot_of[i] != LABEL_NOWHERE) {
            assert_clear(crowd, spot_of, i);
            n++;
        }
    if (n < MANY / 4)
        fail_msg("only %zu of %d labels are placed", n, MANY);
    om_free(crowd);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    const struct label_spot spot = {50, 50, 0};
    const struct label labels[] = {{10, 5, 1, &spot, 1}};
    const struct label_obstacle obstacles[] = {{{1, 1, 2, 2}, 1}};
    const struct label_request request = {frame, labels, 1, obstacles, 1};
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        om_context ctx = {0};
        size_t spot_of = 77;
        om_memory_fail_after(n);
        status = label_place(&ctx, &request, &spot_of);
        om_memory_fail_after(0);
        assert_true(status == OM_OK ? spot_of == 0 : status == OM_NO_MEMORY && spot_of == 77);
        assert_true(n < 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_free_spot_is_taken),
        cmocka_unit_test(nothing_is_placed_outside_the_frame),
        cmocka_unit_test(the_more_important_come_first_and_of_equals_the_first),
        cmocka_unit_test(one_that_stands_in_the_way_moves_if_it_can),
        cmocka_unit_test(a_crowd_never_overlaps_and_is_placed_alike_twice),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

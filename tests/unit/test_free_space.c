#include "kit.h"

#include "../../maps/free_space.h"
#include "geo/memory.h"

#include <math.h>

static const struct page_box frame = {0, 0, 100, 60};

static struct free_space space_new(void)
{
    om_context ctx = {0};
    struct free_space space;
    assert_int_equal(free_space_new(&ctx, &frame, 2, &space), OM_OK);
    return space;
}

static void take(struct free_space *space, const double *x_y, size_t n_points)
{
    om_context ctx = {0};
    const size_t first[] = {0};
    assert_int_equal(free_space_take_shape(&ctx, space, &(struct page_shape){x_y, first, n_points, 1}),
                     OM_OK);
}

static void assert_box(const struct page_box *box, double left, double top, double right, double bottom)
{
    if (fabs(box->left - left) + fabs(box->top - top) + fabs(box->right - right) +
            fabs(box->bottom - bottom) >
        1e-9)
        fail_msg("the box is %.1f %.1f %.1f %.1f, not %.1f %.1f %.1f %.1f", box->left, box->top, box->right,
                 box->bottom, left, top, right, bottom);
}

static void the_nearest_free_place_is_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct free_space space = space_new();
    const double triangle[] = {0, 0, 60, 0, 0, 60};
    take(&space, triangle, 3);
    free_space_take_box(&space, &(struct page_box){60, 0, 100, 30});
    struct page_box box = {0};
    const struct page_box near = {0, 40, 10, 50};
    assert_int_equal(free_space_find(&ctx, &space, 20, 10, &near, &box), OM_OK);
    assert_box(&box, 10, 50, 30, 60);
    assert_int_equal(free_space_find(&ctx, &space, 20, 30, &near, &box), OM_OK);
    assert_box(&box, 30, 30, 50, 60);
    assert_int_equal(free_space_find(&ctx, &space, 39, 30, &(struct page_box){99, 50, 99, 50}, &box), OM_OK);
    assert_box(&box, 61, 30, 100, 60);
    free_space_done(&space);
}

static void no_room_is_not_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct free_space space = space_new();
    struct page_box box = {-1, -1, -1, -1};
    const struct page_box near = {0, 0, 1, 1};
    assert_int_equal(free_space_find(&ctx, &space, 101, 10, &near, &box), OM_NOT_FOUND);
    free_space_take_box(&space, &(struct page_box){-50, 29, 300, 31});
    assert_int_equal(free_space_find(&ctx, &space, 10, 30, &near, &box), OM_NOT_FOUND);
    assert_box(&box, -1, -1, -1, -1);
    assert_int_equal(free_space_find(&ctx, &space, 10, 28, &near, &box), OM_OK);
    assert_box(&box, 0, 0, 10, 28);
    free_space_done(&space);
}

/* A lake is free; what is nearer to an edge of the frame than land is too. */
static void holes_of_a_shape_are_free(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct free_space space = space_new();
    const double x_y[] = {-10, -10, 110, -10, 110, 70, -10, 70, 40, 20, 60, 20, 60, 40, 40, 40};
    const size_t first[] = {0, 4};
    assert_int_equal(free_space_take_shape(&ctx, &space, &(struct page_shape){x_y, first, 8, 2}), OM_OK);
    struct page_box box;
    assert_int_equal(free_space_find(&ctx, &space, 20, 20, &frame, &box), OM_OK);
    assert_box(&box, 40, 20, 60, 40);
    assert_int_equal(free_space_find(&ctx, &space, 21, 20, &frame, &box), OM_NOT_FOUND);
    free_space_done(&space);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_free_place_is_found),
        cmocka_unit_test(no_room_is_not_found),
        cmocka_unit_test(holes_of_a_shape_are_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "kit.h"

#include "../../maps/inset_choice.h"
#include "geo/memory.h"

#include <math.h>

enum { MOST_UNITS = 600 };

/* A country 400 wide in a frame of 1000 x 1000, of squares of 40, some of which are divided into small ones.
 */
struct country {
    struct inset_unit units[MOST_UNITS];
    double x_y[8];
    size_t first[1], n;
    struct page_shape land;
    struct inset_request request;
};

static void add_unit(struct country *country, double left, double top, double side)
{
    country->units[country->n++] = (struct inset_unit){{left, top, left + side, top + side}, side};
}

static struct country *country_new(const int (*dense)[2], size_t n_dense, int parts)
{
    struct country *country = om_alloc(1, sizeof *country);
    for (int row = 0; row < 20; row++)
        for (int column = 0; column < 10; column++) {
            int n_parts = 1;
            for (size_t i = 0; i < n_dense; i++)
                if (dense[i][0] == column && dense[i][1] == row)
                    n_parts = parts;
            double side = 40.0 / n_parts;
            for (int i = 0; i < n_parts * n_parts; i++)
                add_unit(country, 300 + 40 * column + side * (i % n_parts),
                         100 + 40 * row + side * (i / n_parts), side);
        }
    const double x_y[] = {300, 100, 700, 100, 700, 900, 300, 900};
    memcpy(country->x_y, x_y, sizeof x_y);
    country->land = (struct page_shape){country->x_y, country->first, 4, 1};
    country->request =
        (struct inset_request){{0, 0, 1000, 1000}, 16, country->units, country->n, &country->land, NULL, 0};
    return country;
}

static size_t choose(const struct country *country, struct inset insets[INSETS_MOST])
{
    om_context ctx = {0};
    size_t n = 99;
    if (inset_choice(&ctx, &country->request, insets, &n))
        fail_msg("%s", ctx.message);
    return n;
}

static bool holds(const struct page_box *box, double x, double y)
{
    return x > box->left && x < box->right && y > box->top && y < box->bottom;
}

static const int metropolitan[][2] = {{9, 4}, {0, 12}};

static void dense_regions_get_insets_beside_the_land(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 2, 5);
    struct inset insets[INSETS_MOST];
    assert_int_equal(choose(country, insets), 2);
    const struct page_box land = {300, 100, 700, 900};
    for (size_t i = 0; i < 2; i++) {
        const struct inset *inset = &insets[i];
        assert_true(holds(&inset->source, i ? 320 : 680, i ? 600 : 280));
        assert_true(i ? inset->box.right < 300 : inset->box.left > 700);
        assert_true(page_box_holds(&country->request.frame, &inset->box));
        assert_false(page_boxes_overlap(&inset->box, &land));
        assert_true(inset->magnification > 2);
        double width = inset->source.right - inset->source.left;
        assert_true(fabs(inset->box.right - inset->box.left - width * inset->magnification) < 1e-6);
    }
    assert_false(page_boxes_overlap(&insets[0].box, &insets[1].box));
    struct inset again[INSETS_MOST];
    choose(country, again);
    assert_memory_equal(insets, again, 2 * sizeof *insets);
    om_free(country);
}

static void what_is_taken_is_not_covered(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 1, 5);
    const struct page_box taken[] = {{700, 0, 1000, 500}, {0, 0, 120, 1000}};
    country->request.taken = taken, country->request.n_taken = 2;
    struct inset insets[INSETS_MOST];
    assert_int_equal(choose(country, insets), 1);
    for (size_t i = 0; i < 2; i++)
        assert_false(page_boxes_overlap(&insets[0].box, &taken[i]));
    om_free(country);
}

static void a_map_that_can_be_read_has_none(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 2, 2);
    struct inset insets[INSETS_MOST];
    assert_int_equal(choose(country, insets), 0);
    country->request.n_units = 0;
    assert_int_equal(choose(country, insets), 0);
    om_free(country);
}

/* A small island is no region; neither is room for an inset that is hardly larger. */
static void few_small_ones_or_no_room_have_none(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 0, 1);
    struct inset insets[INSETS_MOST];
    add_unit(country, 800, 500, 3);
    country->request.n_units = country->n;
    assert_int_equal(choose(country, insets), 0);
    om_free(country);
    country = country_new(metropolitan, 2, 5);
    const struct page_box taken[] = {{0, 0, 280, 1000}, {720, 0, 1000, 1000}};
    country->request.taken = taken, country->request.n_taken = 2;
    assert_int_equal(choose(country, insets), 0);
    om_free(country);
}

/* The same at any size of the picture. */
static void insets_scale_with_the_picture(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 2, 5);
    struct inset large[INSETS_MOST], small[INSETS_MOST];
    assert_int_equal(choose(country, large), 2);
    for (size_t i = 0; i < country->n; i++) {
        struct page_box *box = &country->units[i].box;
        *box = (struct page_box){box->left / 4, box->top / 4, box->right / 4, box->bottom / 4};
        country->units[i].size_px /= 4;
    }
    for (size_t i = 0; i < 8; i++)
        country->x_y[i] /= 4;
    country->request.frame = (struct page_box){0, 0, 250, 250};
    country->request.legible_px /= 4;
    assert_int_equal(choose(country, small), 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(fabs(4 * small[i].box.left - large[i].box.left) < 1e-6 &&
                    fabs(4 * small[i].box.bottom - large[i].box.bottom) < 1e-6);
    om_free(country);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    struct country *country = country_new(metropolitan, 2, 5);
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        om_context ctx = {0};
        struct inset insets[INSETS_MOST];
        size_t n_insets = 99;
        om_memory_fail_after(n);
        status = inset_choice(&ctx, &country->request, insets, &n_insets);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || (status == OM_NO_MEMORY && n_insets == 99));
        assert_true(n < 500);
    }
    om_free(country);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_regions_get_insets_beside_the_land),
        cmocka_unit_test(what_is_taken_is_not_covered),
        cmocka_unit_test(a_map_that_can_be_read_has_none),
        cmocka_unit_test(few_small_ones_or_no_room_have_none),
        cmocka_unit_test(insets_scale_with_the_picture),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

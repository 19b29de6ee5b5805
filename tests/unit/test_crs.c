#include "kit.h"

#include "geo/crs.h"
#include "geo/memory.h"

#include <math.h>

static void known_places_in_sweref99_tm(void **state)
{
    (void)state;
    /* On the central meridian the easting is 500 km by definition, and the northing is 0.9996 times the
     * meridian arc of GRS 80 (6 654 072.819 m at 60 degrees). */
    static const struct {
        double lon_lat[2], easting_northing[2], tolerance_m;
    } cases[] = {
        {{15, 0}, {500000, 0}, 1e-3},
        {{15, 60}, {500000, 0.9996 * 6654072.819}, 1e-2},
    };
    om_context ctx = {0};
    geo_transform *transform = NULL;
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:3006", &transform), OM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x_y[2] = {cases[i].lon_lat[0], cases[i].lon_lat[1]};
        assert_int_equal(geo_transform_points(&ctx, transform, x_y, 1), OM_OK);
        for (int axis = 0; axis < 2; axis++)
            if (!(fabs(x_y[axis] - cases[i].easting_northing[axis]) <= cases[i].tolerance_m))
                fail_msg("case %zu axis %d: %.4f, expected %.4f", i, axis, x_y[axis],
                         cases[i].easting_northing[axis]);
    }
    geo_transform_free(transform);
}

static void there_and_back_is_the_same_place(void **state)
{
    (void)state;
    om_context ctx = {0};
    geo_transform *there = NULL, *back = NULL;
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:3006", &there), OM_OK);
    assert_int_equal(geo_transform_new(&ctx, "EPSG:3006", "EPSG:4326", &back), OM_OK);
    const double places[] = {18.07, 59.33, 11.97, 57.71, 13.0,  55.6,
                             24.15, 65.84, 20.23, 67.86, 18.29, 57.64};
    double x_y[12];
    memcpy(x_y, places, sizeof x_y);
    assert_int_equal(geo_transform_points(&ctx, there, x_y, 6), OM_OK);
    for (int i = 0; i < 6; i++) {
        assert_true(x_y[2 * i] > 250000 && x_y[2 * i] < 950000);
        assert_true(x_y[2 * i + 1] > 6100000 && x_y[2 * i + 1] < 7700000);
    }
    assert_int_equal(geo_transform_points(&ctx, back, x_y, 6), OM_OK);
    for (int i = 0; i < 12; i++)
        assert_true(fabs(x_y[i] - places[i]) < 1e-8);
    geo_transform_free(there);
    geo_transform_free(back);
}

static void a_place_off_the_earth_is_named_and_nothing_moves(void **state)
{
    (void)state;
    om_context ctx = {0};
    geo_transform *transform = NULL;
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:3006", &transform), OM_OK);
    double x_y[] = {15, 60, 15, 500};
    assert_int_equal(geo_transform_points(&ctx, transform, x_y, 2), OM_BAD_DATA);
    assert_string_equal(ctx.message, "point 2 (15, 500) is outside what the coordinate systems cover");
    assert_true(x_y[0] == 15 && x_y[1] == 60);
    double unknown[] = {NAN, 60};
    assert_int_equal(geo_transform_points(&ctx, transform, unknown, 1), OM_BAD_DATA);
    assert_int_equal(geo_transform_points(&ctx, transform, NULL, 0), OM_OK);
    geo_transform_free(transform);
}

static void an_unknown_system_is_named(void **state)
{
    (void)state;
    om_context ctx = {0};
    geo_transform *transform = NULL;
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:999999", &transform), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "no transformation from \"EPSG:4326\" to \"EPSG:999999\": "));
    assert_int_equal(geo_transform_new(&ctx, "nonsense", "EPSG:3006", &transform), OM_BAD_DATA);
    assert_null(transform);
    geo_transform_free(NULL);
}

static void distances_on_the_sphere(void **state)
{
    (void)state;
    static const struct {
        double a[2], b[2], metres, tolerance_m;
    } cases[] = {
        {{18, 59}, {18, 59}, 0, 0},
        {{0, 0}, {180, 0}, 3.14159265358979 * 6371008.8, 1},
        {{0, 0}, {0, 1}, 111195.08, 0.01},
        {{0, 0}, {1, 0}, 111195.08, 0.01},
        {{15, 60}, {15.00001, 60}, 0.55598, 1e-4},
        {{18.07, 59.33}, {11.97, 57.71}, 397000, 2000}, /* Stockholm to Göteborg */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double metres = geo_distance_m(cases[i].a[0], cases[i].a[1], cases[i].b[0], cases[i].b[1]);
        double back = geo_distance_m(cases[i].b[0], cases[i].b[1], cases[i].a[0], cases[i].a[1]);
        if (!(fabs(metres - cases[i].metres) <= cases[i].tolerance_m) || metres != back)
            fail_msg("case %zu: %.5f and %.5f, expected %.5f", i, metres, back, cases[i].metres);
    }
}

static void no_memory_is_told(void **state)
{
    (void)state;
    om_context ctx = {0};
    geo_transform *transform = NULL;
    om_memory_fail_after(1);
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:3006", &transform), OM_NO_MEMORY);
    om_memory_fail_after(0);
    assert_int_equal(geo_transform_new(&ctx, "EPSG:4326", "EPSG:3006", &transform), OM_OK);
    double x_y[] = {15, 60};
    om_memory_fail_after(1);
    assert_int_equal(geo_transform_points(&ctx, transform, x_y, 1), OM_NO_MEMORY);
    om_memory_fail_after(0);
    geo_transform_free(transform);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_places_in_sweref99_tm),
        cmocka_unit_test(there_and_back_is_the_same_place),
        cmocka_unit_test(a_place_off_the_earth_is_named_and_nothing_moves),
        cmocka_unit_test(an_unknown_system_is_named),
        cmocka_unit_test(distances_on_the_sphere),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "kit.h"

#include "geo/memory.h"
#include "geo/rings.h"

static struct geo_rings rings_of(const char *text)
{
    om_context ctx = {0};
    struct geo_wkb wkb = {0};
    struct geo_rings rings = {0};
    if (geo_wkb_from_text(&ctx, text, &wkb) || geo_rings_read(&ctx, &wkb, &rings))
        fail_msg("%s: %s", text, ctx.message);
    geo_wkb_done(&wkb);
    return rings;
}

static void shells_and_holes_of_every_part_are_rings(void **state)
{
    (void)state;
    struct geo_rings rings = rings_of("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0),(2 2,4 2,4 4,2 2)),"
                                      "((20 1,22 1,22 3,20 1)))");
    assert_int_equal(rings.n, 3);
    const size_t first_point[] = {0, 5, 9, 13};
    for (size_t r = 0; r <= rings.n; r++)
        assert_int_equal(rings.first_point[r], first_point[r]);
    assert_true(rings.easting_northing[2 * 6] == 4 && rings.easting_northing[2 * 6 + 1] == 2);
    assert_true(rings.easting_northing[2 * 12] == 20 && rings.easting_northing[2 * 12 + 1] == 1);
    geo_rings_done(&rings);
    assert_null(rings.first_point);
}

static void nothing_has_no_rings(void **state)
{
    (void)state;
    om_context ctx = {0};
    const struct geo_wkb none = {0};
    struct geo_rings rings = {.n = 7};
    assert_int_equal(geo_rings_read(&ctx, &none, &rings), OM_OK);
    assert_int_equal(rings.n, 0);
    assert_int_equal(rings.first_point[0], 0);
    geo_rings_done(&rings);
}

static void what_is_no_polygon_is_an_error(void **state)
{
    (void)state;
    static const char *const texts[] = {"POINT(1 2)", "LINESTRING(0 0,1 1)",
                                        "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)),POINT(3 3))"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        om_context ctx = {0};
        struct geo_wkb wkb = {0};
        struct geo_rings rings = {.n = 7};
        assert_int_equal(geo_wkb_from_text(&ctx, texts[i], &wkb), OM_OK);
        assert_int_equal(geo_rings_read(&ctx, &wkb, &rings), OM_BAD_DATA);
        assert_string_equal(ctx.message, "a polygon is needed, this is a point or a line");
        assert_int_equal(rings.n, 7);
        geo_wkb_done(&wkb);
    }
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb wkb = {0};
    assert_int_equal(geo_wkb_from_text(&ctx, "POLYGON((0 0,1 0,1 1,0 0))", &wkb), OM_OK);
    om_status status = OM_NO_MEMORY;
    size_t failed = 0;
    for (; status != OM_OK; failed++) {
        struct geo_rings rings = {0};
        om_memory_fail_after(failed + 1);
        status = geo_rings_read(&ctx, &wkb, &rings);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        geo_rings_done(&rings);
        assert_true(failed < 10);
    }
    assert_true(failed > 2);
    geo_wkb_done(&wkb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shells_and_holes_of_every_part_are_rings),
        cmocka_unit_test(nothing_has_no_rings),
        cmocka_unit_test(what_is_no_polygon_is_an_error),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

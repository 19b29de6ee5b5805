#include "kit.h"

#include "geo/geometry.h"
#include "geo/memory.h"

#include <math.h>

static struct geo_wkb wkb_of(const char *text)
{
    om_context ctx = {0};
    struct geo_wkb wkb = {0};
    if (geo_wkb_from_text(&ctx, text, &wkb))
        fail_msg("%s", ctx.message);
    return wkb;
}

static double area_of(const struct geo_wkb *wkb)
{
    om_context ctx = {0};
    return wkb->size ? geo_polygon_area_m2(&ctx, wkb) : 0;
}

static void assert_area(const char *what, const struct geo_wkb *wkb, double expected_m2, double slack_m2)
{
    double area_m2 = area_of(wkb);
    if (!(fabs(area_m2 - expected_m2) <= slack_m2))
        fail_msg("%s: area %.6f, expected %.6f", what, area_m2, expected_m2);
}

static void text_and_bytes_agree(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb wkb = wkb_of("POLYGON Z((0 0 5,10 0 5,10 10.126 5,0 0 5))");
    char *text = NULL;
    assert_int_equal(geo_wkb_to_text(&ctx, &wkb, 2, &text), OM_OK);
    assert_string_equal(text, "POLYGON ((0 0, 10 0, 10 10.13, 0 0))");
    om_free(text);
    geo_wkb_done(&wkb);
    assert_null(wkb.bytes);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb out = {0};
    assert_int_equal(geo_wkb_from_text(&ctx, "SQUARE(1 2)", &out), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "\"SQUARE(1 2)\" is no well-known text: "));
    unsigned char bytes[] = {1, 3, 0, 0, 0, 255};
    struct geo_wkb broken = {bytes, sizeof bytes}, none = {0};
    char *text = NULL;
    bool repaired;
    double point[2];
    assert_int_equal(geo_wkb_to_text(&ctx, &broken, 0, &text), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "the geometry cannot be read: "));
    assert_int_equal(geo_wkb_to_text(&ctx, &none, 0, &text), OM_BAD_DATA);
    assert_string_equal(ctx.message, "there is no geometry");
    assert_int_equal(geo_polygon_repair(&ctx, &broken, &out, &repaired), OM_BAD_DATA);
    assert_int_equal(geo_polygon_repair(&ctx, &none, &out, &repaired), OM_BAD_DATA);
    assert_int_equal(geo_polygon_inside_point(&ctx, &broken, point), OM_BAD_DATA);
    assert_true(isnan(geo_polygon_area_m2(&ctx, &broken)));
    assert_null(out.bytes);
    geo_wkb_array_free(NULL, 3);
}

static void polygons_are_repaired(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        om_status status;
        bool repaired;
        double area_m2;
        const char *message;
    } cases[] = {
        {"a valid one", "POLYGON((0 0,10 0,10 10,0 10,0 0))", OM_OK, false, 100, ""},
        {"a valid multipolygon", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))", OM_OK, false, 1,
         ""},
        {"a bow tie", "POLYGON((0 0,10 10,10 0,0 10,0 0))", OM_OK, true, 50, ""},
        {"parts that overlap", "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((5 0,15 0,15 10,5 10,5 0)))", OM_OK,
         true, 150, ""},
        {"a hole outside is a part", "POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,21 20,21 21,20 20))", OM_OK,
         true, 100.5, ""},
        {"a spike", "POLYGON((0 0,10 0,20 0,10 0,10 10,0 10,0 0))", OM_OK, true, 100, ""},
        {"a collection",
         "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,10 0,10 10,0 10,0 0)),LINESTRING(0 0,9 9))", OM_OK, true,
         100, ""},
        {"a collapsed one", "POLYGON((0 0,10 0,0 0,0 0))", OM_BAD_DATA, false, 0, "the polygon has no area"},
        {"a line", "LINESTRING(0 0,1 1)", OM_BAD_DATA, false, 0,
         "a polygon is needed, this is a point or a line"},
        {"a point", "POINT(0 0)", OM_BAD_DATA, false, 0, "a polygon is needed, this is a point or a line"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct geo_wkb in = wkb_of(cases[i].text), out = {0};
        bool repaired = false;
        om_status status = geo_polygon_repair(&ctx, &in, &out, &repaired);
        if (status != cases[i].status || repaired != cases[i].repaired ||
            strcmp(ctx.message, cases[i].message) != 0)
            fail_msg("%s: status %d, repaired %d, \"%s\"", cases[i].name, (int)status, repaired, ctx.message);
        assert_area(cases[i].name, &out, cases[i].area_m2, 1e-9);
        geo_wkb_done(&in);
        geo_wkb_done(&out);
    }
}

static void an_open_ring_is_closed(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb whole = wkb_of("POLYGON((0 0,10 0,10 10,0 10,0 0))"), out = {0};
    struct geo_wkb open = {whole.bytes, whole.size - 16};
    open.bytes[9] = 4; /* points in the ring, after byte order, type and number of rings */
    bool repaired = false;
    assert_int_equal(geo_polygon_repair(&ctx, &open, &out, &repaired), OM_OK);
    assert_true(repaired);
    assert_area("closed ring", &out, 100, 1e-9);
    geo_wkb_done(&whole);
    geo_wkb_done(&out);
}

static void the_inside_point_is_inside(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb horseshoe = wkb_of("POLYGON((0 0,10 0,10 10,9 10,9 1,1 1,1 10,0 10,0 0))");
    double at[2];
    assert_int_equal(geo_polygon_inside_point(&ctx, &horseshoe, at), OM_OK);
    assert_true(at[0] > 0 && at[0] < 10 && at[1] > 0 && at[1] < 10);
    assert_true(at[0] < 1 || at[0] > 9 || at[1] < 1);
    geo_wkb_done(&horseshoe);
}

static void groups_dissolve_and_slivers_close(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb parts[] = {
        wkb_of("POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))"),
        wkb_of("POLYGON((1010 0,2000 0,2000 1000,1010 1000,1010 0))"), /* 10 m from the first */
        wkb_of("POLYGON((0 1000,1000 1000,1000 2000,0 2000,0 1000))"),
        wkb_of("POLYGON((2000 0,3000 0,3000 1000,2000 1000,2000 505,2900 502,2900 498,2000 495,2000 0))"),
        {0},
        wkb_of("POLYGON((9000 0,9100 0,9100 100,9000 0))"),
    };
    const int32_t group_of[] = {0, 0, 1, 2, 2, -1};
    struct geo_wkb out[4] = {{0}};
    assert_int_equal(geo_dissolve(&ctx, parts, group_of, 6, 4, 20, out), OM_OK);
    assert_area("sliver closed", &out[0], 2000 * 1000, 1e-3);
    assert_area("alone", &out[1], 1000 * 1000, 1e-3);
    assert_area("own bay kept", &out[2], 1000 * 1000 - (10 + 4) / 2.0 * 900, 1e-3);
    assert_int_equal(out[3].size, 0);
    for (int i = 0; i < 4; i++)
        geo_wkb_done(&out[i]);
    assert_int_equal(geo_dissolve(&ctx, parts, group_of, 6, 4, 5, out), OM_OK);
    assert_area("gap beyond the tolerance", &out[0], 1990 * 1000, 1e-3);
    for (int i = 0; i < 4; i++)
        geo_wkb_done(&out[i]);
    for (int i = 0; i < 6; i++)
        geo_wkb_done(&parts[i]);
}

static void cells_divide_the_outline(void **state)
{
    (void)state;
    om_context ctx = {0};
    const double points[] = {10, 50, 90, 50, 90, 50, 30, 50};
    const int32_t group_of[] = {0, 1, 2, 0};
    struct geo_wkb outline = wkb_of("POLYGON((0 0,100 0,100 100,0 100,0 0))"), out[3] = {{0}};
    assert_int_equal(geo_cells(&ctx, points, group_of, 4, 3, &outline, out), OM_OK);
    assert_area("left of 60", &out[0], 60 * 100, 100);
    assert_area("right of 60", &out[1], 40 * 100, 100);
    assert_int_equal(out[2].size, 0); /* in the place of an earlier point */
    for (int i = 0; i < 3; i++)
        geo_wkb_done(&out[i]);
    geo_wkb_done(&outline);
}

static void cells_without_an_outline_fill_the_hull(void **state)
{
    (void)state;
    om_context ctx = {0};
    const double points[] = {0, 0, 1000, 0, 0, 1000, 1000, 1000};
    const int32_t group_of[] = {0, 0, 1, -1};
    struct geo_wkb out[2] = {{0}};
    assert_int_equal(geo_cells(&ctx, points, group_of, 4, 2, NULL, out), OM_OK);
    assert_true(area_of(&out[0]) > 500 * 1000);
    assert_true(area_of(&out[1]) > 500 * 500);
    geo_wkb_done(&out[0]);
    geo_wkb_done(&out[1]);
}

static void cells_refuse_bad_points(void **state)
{
    (void)state;
    om_context ctx = {0};
    const double points[] = {0, 0, NAN, 5};
    const int32_t group_of[] = {0, 0};
    struct geo_wkb out[1] = {{0}}, line = wkb_of("POINT(0 0)");
    assert_int_equal(geo_cells(&ctx, points, group_of, 0, 1, NULL, out), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "cells need at least one point");
    assert_int_equal(geo_cells(&ctx, points, group_of, 2, 1, NULL, out), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "point 2 has no coordinates");
    unsigned char bytes[] = {9};
    struct geo_wkb broken = {bytes, 1};
    assert_int_equal(geo_cells(&ctx, points, group_of, 1, 1, &broken, out), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "outline: "));
    geo_wkb_done(&line);
}

static void one_point_owns_everything(void **state)
{
    (void)state;
    om_context ctx = {0};
    const double points[] = {10, 50, 10, 50};
    const int32_t group_of[] = {0, 0};
    struct geo_wkb outline = wkb_of("POLYGON((0 0,100 0,100 100,0 100,0 0))"), out[1] = {{0}};
    for (size_t n = 1; n <= 2; n++) {
        assert_int_equal(geo_cells(&ctx, points, group_of, n, 1, &outline, out), OM_OK);
        assert_area("the whole outline", &out[0], 100 * 100, 1e-6);
        geo_wkb_done(&out[0]);
    }
    geo_wkb_done(&outline);
}

/* Fails each allocation in turn until the call succeeds. */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb parts[] = {wkb_of("POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))"),
                              wkb_of("POLYGON((1010 0,2000 0,2000 1000,1010 1000,1010 0))")};
    const double points[] = {10, 50, 90, 50};
    const int32_t group_of[] = {0, 0};
    for (int which = 0; which < 5; which++) {
        om_status status = OM_NO_MEMORY;
        struct geo_wkb out = {0};
        char *text = NULL;
        bool repaired;
        for (size_t round = 1; status != OM_OK && round < 10000; round++) {
            om_memory_fail_after(round);
            status = which == 0   ? geo_dissolve(&ctx, parts, group_of, 2, 1, 20, &out)
                     : which == 1 ? geo_cells(&ctx, points, group_of, 2, 1, &parts[0], &out)
                     : which == 2 ? geo_polygon_repair(&ctx, &parts[0], &out, &repaired)
                     : which == 3 ? geo_wkb_to_text(&ctx, &parts[0], 0, &text)
                                  : geo_wkb_from_text(&ctx, "POINT(1 1)", &out);
            om_memory_fail_after(0);
            if (status)
                assert_true(out.size == 0 && text == NULL);
        }
        assert_int_equal(status, OM_OK);
        geo_wkb_done(&out);
        om_free(text);
    }
    geo_wkb_done(&parts[0]);
    geo_wkb_done(&parts[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_bytes_agree),
        cmocka_unit_test(what_cannot_be_read_is_an_error),
        cmocka_unit_test(polygons_are_repaired),
        cmocka_unit_test(an_open_ring_is_closed),
        cmocka_unit_test(the_inside_point_is_inside),
        cmocka_unit_test(groups_dissolve_and_slivers_close),
        cmocka_unit_test(cells_divide_the_outline),
        cmocka_unit_test(cells_without_an_outline_fill_the_hull),
        cmocka_unit_test(cells_refuse_bad_points),
        cmocka_unit_test(one_point_owns_everything),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

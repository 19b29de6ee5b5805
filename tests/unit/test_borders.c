#include "kit.h"

#include "geo/geometry.h"
#include "geo/memory.h"

#include <math.h>

enum { MOST = 4 };

struct expected {
    uint32_t first, second;
    double length_m;
};

static const struct border_case {
    const char *name;
    const char *polygons[MOST];
    double tolerance_m, min_length_m, slack_m;
    struct expected borders[MOST];
} cases[] = {
    {.name = "a shared edge",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 0))"},
     .tolerance_m = 20,
     .borders = {{0, 1, 1000}}},
    {.name = "the same with tolerance 0, other orientation and other vertices",
     .polygons = {"POLYGON((0 0,0 1000,1000 1000,1000 0,0 0))",
                  "POLYGON((1000 -500,2000 0,2000 1000,1000 1500,1000 700,1000 100,1000 -500))"},
     .borders = {{0, 1, 1000}}},
    {.name = "part of an edge, too short for the minimum",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 950,2000 950,2000 2000,1000 2000,1000 950))"},
     .tolerance_m = 10,
     .min_length_m = 100},
    {.name = "corners that touch",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 1000,2000 1000,2000 2000,1000 2000,1000 1000))"},
     .tolerance_m = 20},
    {.name = "a corner against an edge",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 500,2000 -600,2000 1600,1000 500))"},
     .tolerance_m = 20,
     .min_length_m = 100},
    {.name = "four squares around a point",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 0))",
                  "POLYGON((0 1000,1000 1000,1000 2000,0 2000,0 1000))",
                  "POLYGON((1000 1000,2000 1000,2000 2000,1000 2000,1000 1000))"},
     .tolerance_m = 20,
     .borders = {{0, 1, 1000}, {0, 2, 1000}, {1, 3, 1000}, {2, 3, 1000}}},
    {.name = "a gap within the tolerance",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1015 0,2000 0,2000 1000,1015 1000,1015 0))"},
     .tolerance_m = 20,
     .borders = {{0, 1, 1000}}},
    {.name = "a gap beyond the tolerance",
     .polygons = {"POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1025 0,2000 0,2000 1000,1025 1000,1025 0))"},
     .tolerance_m = 20},
    {.name = "a slight overlap",
     .polygons = {"POLYGON((0 0,1010 0,1010 1000,0 1000,0 0))",
                  "POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 0))"},
     .tolerance_m = 20,
     .slack_m = 30,
     .borders = {{0, 1, 1000}}},
    {.name = "one border drawn twice with different detail",
     .polygons = {"POLYGON((0 0,1000 0,1004 200,997 410,1003 600,998 790,1000 1000,0 1000,0 0))",
                  "POLYGON((1001 -3,2000 0,2000 1000,999 1002,1002 500,1001 -3))"},
     .tolerance_m = 20,
     .slack_m = 30,
     .borders = {{0, 1, 1000}}},
    {.name = "an island",
     .polygons =
         {"MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0)),((5000 0,6000 0,6000 1000,5000 1000,5000 0)))",
          "POLYGON((6000 0,7000 0,7000 1000,6000 1000,6000 0))",
          "POLYGON((3000 0,4000 0,4000 1000,3000 1000,3000 0))"},
     .tolerance_m = 20,
     .borders = {{0, 1, 1000}}},
    {.name = "an enclave in a hole",
     .polygons =
         {"POLYGON((0 0,3000 0,3000 3000,0 3000,0 0),(1000 1000,2000 1000,2000 2000,1000 2000,1000 1000))",
          "POLYGON((1000 1000,2000 1000,2000 2000,1000 2000,1000 1000))"},
     .tolerance_m = 20,
     .borders = {{0, 1, 4000}}},
    {.name = "a lake between two shores",
     .polygons = {"POLYGON((0 0,3000 0,3000 1000,0 1000,0 0))",
                  "POLYGON((0 2000,3000 2000,3000 3000,0 3000,0 2000))",
                  "POLYGON((3000 0,4000 0,4000 3000,3000 3000,3000 0))"},
     .tolerance_m = 20,
     .borders = {{0, 2, 1000}, {1, 2, 1000}}},
    {.name = "no polygon, and an empty one", .polygons = {"POLYGON EMPTY"}, .tolerance_m = 20},
    {.name = "repeated vertices",
     .polygons = {"POLYGON((0 0,1000 0,1000 0,1000 1000,0 1000,0 0))",
                  "POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 1000,1000 0))"},
     .borders = {{0, 1, 1000}}},
};

static size_t read_polygons(om_context *ctx, const char *const *texts, struct geo_wkb *polygons)
{
    size_t n = 0;
    for (; n < MOST && texts[n]; n++)
        assert_int_equal(geo_wkb_from_text(ctx, texts[n], &polygons[n]), OM_OK);
    return n;
}

static void check(const struct border_case *wanted, const struct geo_border *borders, size_t n)
{
    size_t n_wanted = 0;
    while (n_wanted < MOST && wanted->borders[n_wanted].length_m > 0)
        n_wanted++;
    for (size_t i = 0; i < n && i < n_wanted; i++) {
        const struct expected *right = &wanted->borders[i];
        if (borders[i].first != right->first || borders[i].second != right->second ||
            !(fabs(borders[i].length_m - right->length_m) <= fmax(1e-6, wanted->slack_m)))
            fail_msg("%s: border %zu is %u-%u, %.6f m, expected %u-%u, %.6f m", wanted->name, i,
                     borders[i].first, borders[i].second, borders[i].length_m, right->first, right->second,
                     right->length_m);
    }
    if (n != n_wanted)
        fail_msg("%s: %zu borders (the first %u-%u, %.3f m), expected %zu", wanted->name, n,
                 n ? borders[0].first : 0, n ? borders[0].second : 0, n ? borders[0].length_m : 0, n_wanted);
}

static void hand_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct geo_wkb polygons[MOST] = {{0}};
        size_t n = read_polygons(&ctx, cases[i].polygons, polygons);
        struct geo_border *borders = NULL;
        size_t n_borders = 0;
        om_status status = geo_borders_find(&ctx, polygons, n, cases[i].tolerance_m, cases[i].min_length_m,
                                            &borders, &n_borders);
        if (status)
            fail_msg("%s: %s", cases[i].name, ctx.message);
        check(&cases[i], borders, n_borders);
        om_free(borders);
        for (size_t k = 0; k < n; k++)
            geo_wkb_done(&polygons[k]);
    }
}

static void what_is_no_polygon_is_named(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb items[2] = {{0}};
    assert_int_equal(geo_wkb_from_text(&ctx, "LINESTRING(0 0,1 1)", &items[1]), OM_OK);
    struct geo_border *borders = NULL;
    size_t n_borders = 0;
    assert_int_equal(geo_borders_find(&ctx, items, 2, 1, 0, &borders, &n_borders), OM_BAD_DATA);
    assert_string_equal(ctx.message, "polygon 2: a polygon is needed");
    assert_null(borders);
    geo_wkb_done(&items[1]);
}

/* Fails each allocation in turn until the call succeeds. */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb polygons[MOST] = {{0}};
    size_t n = read_polygons(&ctx, cases[5].polygons, polygons);
    struct geo_border *borders = NULL;
    size_t n_borders = 0, rounds = 0;
    om_status status = OM_NO_MEMORY;
    for (; status == OM_NO_MEMORY && rounds < 1000; rounds++) {
        om_memory_fail_after(rounds + 1);
        status = geo_borders_find(&ctx, polygons, n, 20, 0, &borders, &n_borders);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || (borders == NULL && status == OM_NO_MEMORY));
    }
    assert_int_equal(status, OM_OK);
    assert_true(rounds > 5);
    check(&cases[5], borders, n_borders);
    om_free(borders);
    for (size_t k = 0; k < n; k++)
        geo_wkb_done(&polygons[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hand_cases),
        cmocka_unit_test(what_is_no_polygon_is_named),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

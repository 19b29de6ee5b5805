/* From metres to pixels: extents in the middle of their part, outlines that fit together, borders met once.
 */
#include "case.h"

#include "../../maps/drawn_parts.h"

static om_context ctx;
static struct kit_case kit;
static struct layer_view view;

static const struct canvas_rect box = {100, 50, 400, 300};

static struct drawn_map map_of(const char *wanted)
{
    struct drawn_map map = {.ctx = &ctx, .view = &view, .unit = 1};
    assert_int_equal(drawn_extent_find(&ctx, &view, wanted, &map.extent), OM_OK);
    map.frame = drawn_frame_fit(&map.extent, box, box);
    return map;
}

/* Four columns of 30 km by three rows: 120 km on 400 px, and 90 km on just as much of the height. */
static void an_extent_fills_its_part(void **state)
{
    (void)state;
    struct drawn_map map = map_of(NULL);
    double x_y[2];
    assert_int_equal(map.extent.n_members, KIT_MUNICIPALITIES);
    assert_null(map.extent.name);
    assert_float_equal(map.frame.m_per_px, 300, 1e-9);
    drawn_frame_place(&map.frame, (double[]){map.extent.west, map.extent.north}, x_y);
    assert_float_equal(x_y[0], 100, 1e-6);
    assert_float_equal(x_y[1], 50, 1e-6);
    drawn_frame_place(&map.frame, (double[]){map.extent.east, map.extent.south}, x_y);
    assert_float_equal(x_y[0], 500, 1e-6);
    assert_float_equal(x_y[1], 350, 1e-6);
    assert_true(drawn_frame_shows(&map.frame, x_y));
    drawn_extent_done(&map.extent);
}

static void places_have_their_members(void **state)
{
    (void)state;
    static const struct {
        const char *wanted;
        size_t n;
    } cases[] = {{"Västra", 4}, {"västra", 4}, {"Södra", 3}, {"Ön", 1}, {"0105", 1}, {"Källa", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct drawn_map map = map_of(cases[i].wanted);
        assert_int_equal(map.extent.n_members, cases[i].n);
        assert_non_null(map.extent.name);
        drawn_extent_done(&map.extent);
    }
}

/* A square is four points, however many lie along its sides; what is outside the box is not drawn. */
static void outlines_have_no_idle_points(void **state)
{
    (void)state;
    struct drawn_map map = map_of("Ön");
    struct canvas_path path = {0};
    assert_int_equal(drawn_frame_trace(&ctx, &map.frame, &kit.the_case.polygons[11], &path), OM_OK);
    assert_int_equal(path.n_parts, 1);
    assert_int_equal(path.n_points, 4);
    canvas_path_clear(&path);
    assert_int_equal(drawn_frame_trace(&ctx, &map.frame, &kit.the_case.polygons[0], &path), OM_OK);
    assert_int_equal(path.n_parts, 0);
    canvas_path_done(&path);
    drawn_extent_done(&map.extent);
}

/* What is too small for the grid is nothing at all. */
static void specks_vanish(void **state)
{
    (void)state;
    struct drawn_map map = map_of(NULL);
    struct canvas_path path = {0};
    struct geo_wkb speck = {0};
    char *text = om_format("POLYGON ((%.0f %.0f, %.0f %.0f, %.0f %.0f, %.0f %.0f))", map.extent.west + 100,
                           map.extent.north - 100, map.extent.west + 110, map.extent.north - 100,
                           map.extent.west + 110, map.extent.north - 110, map.extent.west + 100,
                           map.extent.north - 100);
    assert_int_equal(geo_wkb_from_text(&ctx, text, &speck), OM_OK);
    assert_int_equal(drawn_frame_trace(&ctx, &map.frame, &speck, &path), OM_OK);
    assert_int_equal(path.n_points, 0);
    om_free(text);
    geo_wkb_done(&speck);
    canvas_path_done(&path);
    drawn_extent_done(&map.extent);
}

/* A wavy square: waves within the slack go, corners stay, and no point is farther off than the slack. */
static void outlines_are_simplified_within_the_slack(void **state)
{
    (void)state;
    enum { ALONG = 50, N = 4 * ALONG };
    double ring[2 * N], before[2 * N];
    for (int i = 0; i < N; i++) {
        int side = i / ALONG;
        double at = 2.0 * (i % ALONG), wave = i % ALONG ? 0.2 * (i % 2) : 0;
        double corner[] = {side == 1 || side == 2 ? 100 : 0, side >= 2 ? 100 : 0};
        double forward = side < 2 ? at : -at;
        ring[2 * i] = corner[0] + (side % 2 ? wave : forward);
        ring[2 * i + 1] = corner[1] + (side % 2 ? forward : wave);
    }
    memcpy(before, ring, sizeof ring);
    size_t n = N;
    assert_int_equal(drawn_simplify_ring(&ctx, ring, &n, 0.01), OM_OK);
    assert_in_range(n, N - 10, N);
    n = N;
    memcpy(ring, before, sizeof ring);
    assert_int_equal(drawn_simplify_ring(&ctx, ring, &n, 0.25), OM_OK);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++)
        assert_true((ring[2 * i] < 1 || ring[2 * i] > 99) && (ring[2 * i + 1] < 1 || ring[2 * i + 1] > 99));
    n = N;
    assert_int_equal(drawn_simplify_ring(&ctx, before, &n, 1000), OM_OK);
    assert_int_equal(n, N);
}

static bool is_between_areas(const struct drawn_map *map, uint32_t first, uint32_t second)
{
    const int32_t *area_of = map->view->result->the_case->plan->area_of;
    return area_of[first] != area_of[second];
}

static double length_of(const struct canvas_path *lines)
{
    double length = 0;
    for (size_t p = 0; p < lines->n_parts; p++) {
        size_t end = p + 1 < lines->n_parts ? lines->first_point[p + 1] : lines->n_points;
        for (size_t i = lines->first_point[p] + 1; i < end; i++)
            length += hypot(lines->x_y[2 * i] - lines->x_y[2 * i - 2],
                            lines->x_y[2 * i + 1] - lines->x_y[2 * i - 1]);
    }
    return length;
}

/* Between two rows of four columns, between two columns of two rows, and around Lö but for the sea. */
static void borders_are_met_once_and_end_at_the_sea(void **state)
{
    (void)state;
    struct drawn_map map = map_of(NULL);
    struct canvas_path lines = {0};
    assert_int_equal(drawn_borders(&map, is_between_areas, &lines), OM_OK);
    assert_float_equal(length_of(&lines), (4 + 2 + 1) * 100, 1e-6);
    assert_false(lines.is_closed);
    canvas_path_done(&lines);
    drawn_extent_done(&map.extent);
}

int main(void)
{
    kit_case_make(&ctx, &kit);
    assert_int_equal(layer_view_new(&ctx, &kit.result, &view), OM_OK);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extent_fills_its_part),
        cmocka_unit_test(places_have_their_members),
        cmocka_unit_test(outlines_have_no_idle_points),
        cmocka_unit_test(specks_vanish),
        cmocka_unit_test(outlines_are_simplified_within_the_slack),
        cmocka_unit_test(borders_are_met_once_and_end_at_the_sea),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    layer_view_done(&view);
    kit_case_done(&kit);
    om_context_done(&ctx);
    return failed;
}

#include "kit.h"

#include "datasets/feed.h"
#include "datasets/import.h"
#include "datasets/sweden.h"
#include "geo/memory.h"
#include "planner/evaluation.h"

#include <math.h>

/* One project of the bundled tables for every test here. */
static om_context ctx;
static data_project *project;
static char *folder;

static int project_enter(void **state)
{
    (void)state;
    folder = kit_folder();
    om_status status =
        data_project_create(&ctx, kit_path(folder, "sweden.gpkg"), "EPSG:3006", false, &project);
    if (!status)
        status = data_sweden_populate(&ctx, project);
    if (status)
        printf("%s\n", ctx.message);
    return status == OM_OK ? 0 : -1;
}

static int project_leave(void **state)
{
    (void)state;
    data_project_close(project);
    kit_remove(folder);
    om_context_done(&ctx);
    return 0;
}

static struct plan_territory *territory_load(void)
{
    struct plan_territory *territory = NULL;
    if (data_load_territory(&ctx, project, &territory))
        fail_msg("%s", ctx.message);
    return territory;
}

static void the_territory_is_complete(void **state)
{
    (void)state;
    struct plan_territory *territory = territory_load();
    double job_seekers = 0;
    assert_int_equal(territory->n, 290);
    for (size_t m = 0; m < territory->n; m++) {
        assert_non_null(territory->municipalities[m].seat_name);
        assert_true(territory->municipalities[m].seat_lon_lat[1] > 55);
        job_seekers += territory->municipalities[m].job_seekers;
        if (territory->first_neighbour[m] == territory->first_neighbour[m + 1])
            fail_msg("%s has no neighbour", territory->municipalities[m].name);
    }
    assert_int_equal(job_seekers, 334080);
    const struct {
        const char *kind;
        size_t regions;
    } expected[] = {{"fa2015", 60}, {"fa2005", 72}, {"la2023", 67}, {"county", 21}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const struct plan_partition *partition = plan_territory_partition(territory, expected[i].kind);
        assert_non_null(partition);
        assert_int_equal(partition->n_regions, expected[i].regions);
    }
    plan_territory_free(territory);
}

static const struct {
    const char *name;
    size_t n_areas;
} plans[] = {{"fa2015", 60}, {"fa2005", 72}, {"la2023", 67}, {"county", 21}, {"omland81", 81}};
enum { PLANS = sizeof plans / sizeof plans[0] };

/* Areas in more than one piece, printed by name. */
static int broken_areas(const struct plan_territory *territory, const char *name, size_t n_areas)
{
    struct plan *plan = NULL;
    if (data_load_plan(&ctx, project, territory, name, &plan))
        fail_msg("%s", ctx.message);
    assert_int_equal(plan->n_areas, n_areas);
    int32_t *piece_of = calloc(territory->n, sizeof *piece_of);
    int32_t *n_pieces = calloc(plan->n_areas, sizeof *n_pieces);
    assert_int_equal(plan_pieces(&ctx, territory, plan, piece_of, n_pieces), OM_OK);
    int broken = 0;
    for (size_t a = 0; a < plan->n_areas; a++)
        if (n_pieces[a] > 1) {
            printf("plan %s: %s is in %d pieces\n", name, plan->areas[a].name, (int)n_pieces[a]);
            broken++;
        }
    free(piece_of);
    free(n_pieces);
    plan_free(plan);
    return broken;
}

static void plans_are_contiguous(void **state)
{
    (void)state;
    struct plan_territory *territory = territory_load();
    int broken = 0;
    for (size_t i = 0; i < PLANS; i++)
        broken += broken_areas(territory, plans[i].name, plans[i].n_areas);
    assert_int_equal(broken, 0);
    plan_territory_free(territory);
}

static void plans_are_contiguous_on_official_boundaries(void **state)
{
    (void)state;
    const char *boundaries = kit_shared("data/sweden/boundaries_coast.gpkg");
    if (access(boundaries, R_OK) != 0) {
        printf("SKIPPED: needs %s\n", boundaries);
        skip();
    }
    const struct data_import_options options = {0};
    if (data_import_municipalities(&ctx, project, boundaries, &options))
        fail_msg("%s", ctx.message);
    plans_are_contiguous(state);
}

static void the_market_is_complete(void **state)
{
    (void)state;
    struct plan_territory *territory = territory_load();
    struct plan_market *market = NULL;
    if (data_load_market(&ctx, project, territory, NULL, "", NULL, &market))
        fail_msg("%s", ctx.message);
    assert_int_equal(market->n_suppliers, 224);
    unsigned char has_office[290] = {0};
    for (size_t i = 0; i < market->n_offices; i++)
        has_office[market->offices[i].municipality] = market->offices[i].active;
    double without = 0;
    int n_without = 0;
    for (size_t m = 0; m < 290; m++)
        if (!has_office[m]) {
            without += territory->municipalities[m].job_seekers;
            n_without++;
        }
    assert_int_equal(n_without, 16);
    assert_int_equal(without, 1544);
    size_t n_contracts = 0;
    assert_int_equal(data_project_count(&ctx, project, "contract", &n_contracts), OM_OK);
    assert_int_equal(n_contracts, 925);
    plan_market_free(market);
    plan_territory_free(territory);
}

static void sources_say_what_is_made_up(void **state)
{
    (void)state;
    struct data_source *sources;
    size_t n, n_synthetic = 0, n_schematic = 0;
    assert_int_equal(data_load_sources(&ctx, project, &sources, &n), OM_OK);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(sources[i].licence);
        n_synthetic += sources[i].is_synthetic;
        n_schematic += sources[i].is_schematic;
        if (strcmp(sources[i].kind, "suppliers") == 0 || strcmp(sources[i].kind, "contracts") == 0)
            assert_true(sources[i].is_synthetic);
    }
    assert_true(n_synthetic >= 2);
    assert_true(n_schematic >= 1);
    data_sources_free(sources, n);
}

/* The median journeys between the seats on the busiest weekday, 07:00 to 09:00. */
static struct plan_travel *travel_compute(const struct plan_territory *territory)
{
    const char *const paths[] = {"/vsimem/sweden.zip"};
    const struct data_feed_options options = {.timetable.walking = {0, 1.3, 4.8}};
    const struct geo_access_options near = {1000, 3000, 1.3, 4.8};
    const struct geo_matrix_options matrix = {.window = {7 * 3600, 9 * 3600}, .max_transfers = -1};
    size_t n = territory->n;
    data_feed *feed;
    geo_timetable *timetable;
    assert_int_equal(data_sweden_write_feed(&ctx, paths[0]), OM_OK);
    assert_int_equal(data_feed_open(&ctx, paths, 1, &feed), OM_OK);
    assert_int_equal(data_feed_timetable(&ctx, feed, 0, &options, &timetable), OM_OK);

    struct geo_point *points = om_alloc(n, sizeof *points);
    for (size_t m = 0; m < n; m++) {
        const double *seat = territory->municipalities[m].seat_lon_lat;
        struct geo_access *access;
        enum geo_access_kind kind;
        assert_int_equal(
            geo_access_find(&ctx, timetable, seat[0], seat[1], &near, &access, &points[m].n_access, &kind),
            OM_OK);
        points[m].access = access;
    }
    struct geo_travel_time *times = om_alloc(n * n, sizeof *times);
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, n, points, &matrix, times), OM_OK);
    struct plan_travel *travel = om_alloc(1, sizeof *travel);
    travel->n = n;
    travel->duration_s = om_alloc(n * n, sizeof *travel->duration_s);
    for (size_t i = 0; i < n * n; i++)
        travel->duration_s[i] = times[i].journeys > 0 ? times[i].median_journey_s : NAN;
    for (size_t m = 0; m < n; m++)
        om_free((void *)(uintptr_t)points[m].access);
    om_free(points);
    om_free(times);
    geo_timetable_free(timetable);
    data_feed_free(feed);
    return travel;
}

static void judged_it_tells_what_was_published(void **state)
{
    (void)state;
    struct plan_territory *territory = territory_load();
    struct plan_travel *travel = travel_compute(territory);
    struct plan_rules rules = plan_rules_default();
    for (size_t i = 0; i < PLANS; i++) {
        struct plan *plan;
        struct plan_market *market;
        struct plan_evaluation *evaluation;
        assert_int_equal(data_load_plan(&ctx, project, territory, plans[i].name, &plan), OM_OK);
        assert_int_equal(data_load_market(&ctx, project, territory, plan, "", NULL, &market), OM_OK);
        const struct plan_case input = {territory, plan, market, travel, &rules};
        if (plan_evaluate(&ctx, &input, &evaluation))
            fail_msg("%s", ctx.message);
        const struct plan_headline *headline = &evaluation->headline;
        size_t unexplained = 0;
        for (size_t s = 0; s < evaluation->alignment->n_splits; s++)
            unexplained += evaluation->alignment->splits[s].reason == PLAN_SPLIT_UNEXPLAINED;
        printf("%s: %.2f %% own office, %.2f %% reach one, %.2f %% choice; %zu splits, %zu unexplained\n",
               plan->name, 100 * headline->own_office, 100 * headline->reach_one, 100 * headline->choice,
               evaluation->alignment->n_splits, unexplained);
        assert_int_equal(headline->municipalities_without_office, 16);
        assert_int_equal(lround(1000 * headline->own_office), 995); /* published: 99.5 % */
        assert_int_equal(headline->n_sparse, 71);
        assert_true(headline->choice > 0.95 && headline->choice <= headline->bound_choice);
        if (strcmp(plan->name, "omland81") == 0)
            assert_int_equal(unexplained, 0);
        plan_evaluation_free(evaluation);
        plan_market_free(market);
        plan_free(plan);
    }
    plan_travel_free(travel);
    plan_territory_free(territory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_territory_is_complete),
        cmocka_unit_test(the_market_is_complete),
        cmocka_unit_test(sources_say_what_is_made_up),
        cmocka_unit_test(judged_it_tells_what_was_published),
        cmocka_unit_test(plans_are_contiguous),
        cmocka_unit_test(plans_are_contiguous_on_official_boundaries),
    };
    return cmocka_run_group_tests(tests, project_enter, project_leave);
}

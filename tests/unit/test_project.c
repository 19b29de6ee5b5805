#include "kit.h"

#include "datasets/project.h"
#include "geo/memory.h"

#include <math.h>
#include <sqlite3.h>

static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = kit_folder();
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void expect(om_context *ctx, om_status status, om_status wanted, const char *part)
{
    if (status != wanted || (part && !strstr(ctx->message, part)))
        fail_msg("status %d, wanted %d with \"%s\"; message: %s", (int)status, (int)wanted, part ? part : "",
                 ctx->message);
}

static const struct data_source a_source = {.kind = "municipalities",
                                            .name = "three.csv",
                                            .path = "/data/three.csv",
                                            .sha256 = "abc",
                                            .licence = "CC0",
                                            .date = "2024-01-01",
                                            .is_schematic = true};

/* Out of order on purpose: the project sorts by code. */
static const struct data_municipality_row three[] = {
    {"0003", "Torp", "Torps by", NULL, {18.5, 60.5}, 300, 30},
    {"0001", "Alby", "Alby", NULL, {18.0, 60.0}, 100, NAN},
    {"0002", "Berga", NULL, NULL, {NAN, NAN}, 200, 20},
};

static void store_three(om_context *ctx, data_project *project)
{
    expect(ctx, data_store_municipalities(ctx, project, three, 3, &a_source), OM_OK, NULL);
}

static void store_polygons(om_context *ctx, data_project *project)
{
    static const char *const codes[] = {"0002", "0001", "0003"};
    static const char *const texts[] = {
        "POLYGON ((601000 6700000, 602000 6700000, 602000 6701000, 601000 6701000, 601000 6700000))",
        "POLYGON ((600000 6700000, 601000 6700000, 601000 6701000, 600000 6701000, 600000 6700000))",
        "MULTIPOLYGON (((610000 6700000, 611000 6700000, 611000 6701000, 610000 6701000, 610000 6700000)))"};
    struct geo_wkb polygons[3] = {0};
    for (size_t i = 0; i < 3; i++)
        expect(ctx, geo_wkb_from_text(ctx, texts[i], &polygons[i]), OM_OK, NULL);
    struct data_source source = {.kind = "municipalities", .name = "polygons.gpkg"};
    expect(ctx, data_store_polygons(ctx, project, codes, polygons, 3, &source), OM_OK, NULL);
    for (size_t i = 0; i < 3; i++)
        geo_wkb_done(&polygons[i]);
}

static void store_rest(om_context *ctx, data_project *project)
{
    const struct data_locality_row localities[] = {{"L1", "Alby", "0001", {18, 60}, 50},
                                                   {"L2", "Torp", "0003", {18.5, 60.5}, NAN}};
    const struct data_region_row regions[] = {
        {"N", "Norr", "0003"}, {"S", "Söder", "0001"}, {"S", "Söder", "0002"}};
    const struct data_job_seekers_row old[] = {{"0001", 1, NAN}};
    const struct data_job_seekers_row seekers[] = {{"0001", 10, NAN}, {"0002", 20.5, 7}, {"0003", 0, 0}};
    const struct data_supplier_row suppliers[] = {{"s2", "Second"}, {"s1", "First"}};
    const struct data_office_row offices[] = {
        {"s1", "0001", "Main Street 1", "Mon-Fri", {18, 60}, "2024-01-01", NULL},
        {"s2", "0002", NULL, NULL, {NAN, NAN}, "2020-01-01", "2023-12-31"}};
    const struct data_link_row links[] = {{"0002", "0003", "ferry"}};
    const struct plan_assignment plan[] = {
        {"0001", "West", NULL, false}, {"0002", "West", NULL, false}, {"0003", "East", NULL, true}};
    const struct data_contract_row contracts[] = {
        {"s1", "West", NULL, NULL, "match", "2024-01-01", NULL, "active"},
        {"s1", "East", "two", NULL, "match", NULL, NULL, NULL},
        {"s2", NULL, NULL, "0003", "other", NULL, NULL, "active"},
        {"s2", NULL, NULL, "0001", "match", NULL, NULL, "ended"}};
    expect(ctx, data_store_localities(ctx, project, localities, 2, NULL), OM_OK, NULL);
    expect(ctx, data_store_regions(ctx, project, "fa", regions, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_job_seekers(ctx, project, "2023-12", old, 1, NULL), OM_OK, NULL);
    expect(ctx, data_store_job_seekers(ctx, project, "2024-01", seekers, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_suppliers(ctx, project, suppliers, 2, offices, 2, NULL), OM_OK, NULL);
    expect(ctx, data_store_links(ctx, project, links, 1, NULL), OM_OK, NULL);
    expect(ctx, data_store_plan(ctx, project, "two", plan, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_contracts(ctx, project, contracts, 4, NULL), OM_OK, NULL);
}

static void store_times(om_context *ctx, data_project *project)
{
    struct data_profile profile = {
        .name = "morning", .date = "2024-01-16", .from_s = 25200, .until_s = 32400, .arrive_by = true};
    struct data_travel_row rows[] = {
        {"0001", "0002", {2, 1800, 25200, 27000, 0, 1850.5, 27000, GEO_NO_TIME, 1900, 2000, 2100.5, 0, 0.5}},
        {"0002",
         "0003",
         {0, GEO_NO_TIME, GEO_NO_TIME, GEO_NO_TIME, GEO_NO_TIME, NAN, GEO_NO_TIME, GEO_NO_TIME, NAN, NAN, NAN,
          120, NAN}}};
    const char *const without[] = {"0003"};
    struct data_source source = {
        .kind = "feed", .name = "a.zip", .path = "/feeds/a.zip", .is_synthetic = true};
    expect(ctx, data_store_travel_times(ctx, project, &profile, rows, 2, without, 1, &source), OM_OK, NULL);
}

/* A finished project with everything in it. */
static const char *full_project(om_context *ctx, const char *name)
{
    const char *path = kit_path(folder, name);
    data_project *project = NULL;
    expect(ctx, data_project_create(ctx, path, "EPSG:3006", false, &project), OM_OK, NULL);
    expect(ctx, data_project_begin(ctx, project), OM_OK, NULL);
    store_three(ctx, project);
    store_polygons(ctx, project);
    store_rest(ctx, project);
    store_times(ctx, project);
    expect(ctx, data_project_commit(ctx, project), OM_OK, NULL);
    struct plan_rules rules = plan_rules_default();
    rules.max_minutes = 45.5;
    expect(ctx, data_store_rules(ctx, project, "strict", &rules), OM_OK, NULL);
    struct data_run run = {.command = "evaluate", .plan = "two", .rules = "strict"};
    expect(ctx, data_store_run(ctx, project, &run), OM_OK, NULL);
    expect(ctx, data_project_finish(ctx, project), OM_OK, NULL);
    data_project_close(project);
    return path;
}

static void check_territory(const struct plan_territory *territory)
{
    assert_int_equal(territory->n, 3);
    assert_string_equal(territory->municipalities[0].code, "0001");
    assert_string_equal(territory->municipalities[2].seat_name, "Torps by");
    assert_null(territory->municipalities[1].seat_name);
    assert_true(territory->municipalities[2].seat_lon_lat[0] == 18.5);
    assert_true(territory->municipalities[2].seat_lon_lat[1] == 60.5);
    assert_true(isnan(territory->municipalities[1].seat_lon_lat[0]));
    assert_true(isnan(territory->municipalities[0].land_area_km2));
    assert_true(territory->municipalities[1].job_seekers == 20.5);
    assert_true(territory->municipalities[1].participants == 7);
    assert_true(isnan(territory->municipalities[0].participants));
    assert_int_equal(territory->first_neighbour[3], 4);
    assert_int_equal(territory->neighbours[0].municipality, 1);
    assert_int_equal(territory->neighbours[0].kind, PLAN_LINK_BORDER);
    assert_true(territory->neighbours[0].border_m == 1000);
    assert_int_equal(territory->neighbours[3].kind, PLAN_LINK_DECLARED);
    assert_int_equal(territory->n_partitions, 1);
    assert_string_equal(territory->partitions[0].regions[1].name, "Söder");
    assert_int_equal(territory->partitions[0].member[2], 0);
}

static void check_market(const struct plan_market *market)
{
    assert_int_equal(market->n_suppliers, 2);
    assert_string_equal(market->suppliers[0].id, "s1");
    assert_int_equal(market->n_offices, 2);
    assert_true(market->offices[0].active);
    assert_true(market->offices[0].lon_lat[1] == 60);
    assert_false(market->offices[1].active);
    assert_true(isnan(market->offices[1].lon_lat[0]));
    assert_int_equal(market->n_contracts, 3); /* West: 0001 and 0002; East: 0003 */
    for (int32_t i = 0; i < 3; i++) {
        assert_int_equal(market->contracts[i].municipality, i);
        assert_int_equal(market->contracts[i].supplier, 0);
    }
}

static void check_lists(om_context *ctx, data_project *project)
{
    struct data_names names = {0};
    static const char *const wanted[] = {[DATA_LIST_PLANS] = "two",
                                         [DATA_LIST_RULES] = "strict",
                                         [DATA_LIST_PROFILES] = "morning",
                                         [DATA_LIST_REGION_KINDS] = "fa",
                                         [DATA_LIST_FEEDS] = "/feeds/a.zip"};
    for (int i = 0; i < 5; i++) {
        expect(ctx, data_project_list(ctx, project, (enum data_list)i, &names), OM_OK, NULL);
        assert_int_equal(names.n, 1);
        assert_string_equal(names.names[0], wanted[i]);
        data_names_done(&names);
    }
    static const struct {
        const char *table;
        size_t rows;
    } counts[] = {{"municipality", 3}, {"seat", 3},          {"office", 2},      {"locality", 2},
                  {"region", 2},       {"region_member", 3}, {"supplier", 2},    {"contract", 4},
                  {"jobseekers", 4},   {"profile", 1},       {"travel_time", 2}, {"plan", 1},
                  {"plan_area", 2},    {"assignment", 3},    {"ruleset", 1},     {"link", 1},
                  {"neighbour", 1},    {"source", 3},        {"run", 1},         {"setting", 2}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t n = 999;
        expect(ctx, data_project_count(ctx, project, counts[i].table, &n), OM_OK, NULL);
        if (n != counts[i].rows)
            fail_msg("%s: %zu rows, wanted %zu", counts[i].table, n, counts[i].rows);
    }
}

static void check_profile(om_context *ctx, data_project *project, const struct plan_rules *rules)
{
    struct data_profile *profile = NULL;
    expect(ctx, data_load_profile(ctx, project, rules, &profile), OM_OK, NULL);
    assert_string_equal(profile->name, "morning");
    assert_string_equal(profile->date, "2024-01-16");
    assert_int_equal(profile->from_s, 25200);
    assert_int_equal(profile->until_s, 32400);
    assert_true(profile->arrive_by);
    assert_null(profile->options);
    data_profile_free(profile);
}

static void test_round_trip(void **state)
{
    (void)state;
    om_context ctx = {0};
    const char *path = full_project(&ctx, "full.gpkg");
    data_project *project = NULL;
    expect(&ctx, data_project_open(&ctx, path, DATA_READ, &project), OM_OK, NULL);
    assert_string_equal(data_project_crs(project), "EPSG:3006");
    struct plan_territory *territory = NULL;
    expect(&ctx, data_load_territory(&ctx, project, &territory), OM_OK, NULL);
    check_territory(territory);
    struct geo_wkb *polygons = NULL;
    expect(&ctx, data_load_polygons(&ctx, project, territory, &polygons), OM_OK, NULL);
    for (size_t i = 0; i < 3; i++)
        assert_float_equal(geo_polygon_area_m2(&ctx, &polygons[i]), 1e6, 1);
    struct plan *plan = NULL;
    expect(&ctx, data_load_plan(&ctx, project, territory, "two", &plan), OM_OK, NULL);
    assert_string_equal(plan->areas[0].name, "East");
    assert_true(plan->areas[0].may_be_discontiguous);
    struct plan_market *market = NULL;
    expect(&ctx, data_load_market(&ctx, project, territory, plan, "match", NULL, &market), OM_OK, NULL);
    check_market(market);
    struct plan_rules rules;
    expect(&ctx, data_load_rules(&ctx, project, "strict", &rules), OM_OK, NULL);
    assert_true(rules.max_minutes == 45.5);
    struct plan_travel *travel = NULL;
    expect(&ctx, data_load_travel(&ctx, project, territory, &rules, &travel), OM_OK, NULL);
    assert_true(travel->duration_s[1] == 1850.5);
    assert_true(travel->duration_s[4] == 0);
    assert_true(isnan(travel->duration_s[5]));
    assert_int_equal(travel->has_service[0], 1);
    assert_int_equal(travel->has_service[2], 0);
    check_profile(&ctx, project, &rules);
    struct data_source *sources = NULL;
    size_t n_sources = 0;
    expect(&ctx, data_load_sources(&ctx, project, &sources, &n_sources), OM_OK, NULL);
    assert_int_equal(n_sources, 3);
    assert_string_equal(sources[1].licence, "CC0");
    assert_true(sources[1].is_schematic && !sources[1].is_synthetic);
    assert_true(sources[2].is_synthetic);
    check_lists(&ctx, project);
    data_sources_free(sources, n_sources);
    plan_travel_free(travel);
    plan_market_free(market);
    plan_free(plan);
    geo_wkb_array_free(polygons, territory->n);
    plan_territory_free(territory);
    data_project_close(project);
    om_context_done(&ctx);
}

static size_t file_size(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return (size_t)info.st_size;
}

static void assert_same_file(const char *left, const char *right)
{
    char *x = kit_read(left), *y = kit_read(right);
    assert_int_equal(file_size(left), file_size(right));
    if (memcmp(x, y, file_size(left)) != 0)
        fail_msg("%s and %s differ", left, right);
    free(x);
    free(y);
}

static void test_equal_bytes(void **state)
{
    (void)state;
    om_context ctx = {0};
    const char *left = full_project(&ctx, "left.gpkg");
    assert_same_file(left, full_project(&ctx, "right.gpkg"));
    om_context_done(&ctx);
}

/* Each failing change, in a transaction on a good project. */
static om_status store_unknown_office(om_context *ctx, data_project *project)
{
    const struct data_supplier_row supplier = {"s1", "First"};
    const struct data_office_row office = {"s1", "9999", NULL, NULL, {NAN, NAN}, NULL, NULL};
    om_status status = data_store_suppliers(ctx, project, &supplier, 1, &office, 1, NULL);
    return status == OM_OK ? data_project_commit(ctx, project) : status;
}

static om_status store_bad_plan(om_context *ctx, data_project *project)
{
    const struct plan_assignment plan[] = {{"0001", "West", NULL, false}, {"7777", "West", NULL, false}};
    return data_store_plan(ctx, project, "two", plan, 2, NULL);
}

static om_status store_twice(om_context *ctx, data_project *project)
{
    const struct data_municipality_row rows[] = {three[0], three[1], three[2], three[1]};
    return data_store_municipalities(ctx, project, rows, 4, NULL);
}

static om_status drop_municipality(om_context *ctx, data_project *project)
{
    om_status status = data_store_municipalities(ctx, project, three, 2, NULL);
    return status == OM_OK ? data_project_commit(ctx, project) : status;
}

static om_status store_loose_contract(om_context *ctx, data_project *project)
{
    const struct data_contract_row row = {.supplier_id = "s1"};
    return data_store_contracts(ctx, project, &row, 1, NULL);
}

static void test_failures_leave_the_file(void **state)
{
    (void)state;
    static const struct {
        om_status (*change)(om_context *, data_project *);
        om_status status;
        const char *message;
    } cases[] = {
        {store_unknown_office, OM_BAD_DATA, "9999"},
        {store_bad_plan, OM_BAD_DATA, "7777"},
        {store_twice, OM_BAD_DATA, "0001 is given twice"},
        {drop_municipality, OM_BAD_DATA, "0002"},
        {store_loose_contract, OM_BAD_DATA, "either an area or a municipality"},
    };
    om_context ctx = {0};
    const char *good = full_project(&ctx, "good.gpkg");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *output;
        const char *path = kit_path(folder, "tried.gpkg");
        assert_int_equal(kit_run(&output, "cp '%s' '%s'", good, path), 0);
        free(output);
        data_project *project = NULL;
        expect(&ctx, data_project_open(&ctx, path, DATA_WRITE, &project), OM_OK, NULL);
        expect(&ctx, data_project_begin(&ctx, project), OM_OK, NULL);
        store_times(&ctx, project);
        expect(&ctx, cases[i].change(&ctx, project), cases[i].status, cases[i].message);
        data_project_close(project);
        assert_same_file(good, path);
        unlink(path);
    }
    om_context_done(&ctx);
}

static void test_create_refuses(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = NULL;
    const char *path = kit_path(folder, "taken.gpkg"), *wal = kit_path(folder, "taken.gpkg-wal");
    kit_write(path, "mine");
    expect(&ctx, data_project_create(&ctx, path, "EPSG:3006", false, &project), OM_EXISTS, "exists already");
    kit_write(wal, "");
    expect(&ctx, data_project_create(&ctx, path, "EPSG:3006", true, &project), OM_EXISTS, "taken.gpkg-wal");
    unlink(wal);
    expect(&ctx, data_project_create(&ctx, path, "EPSG:4326", true, &project), OM_BAD_DATA, "EPSG:4326");
    expect(&ctx, data_project_create(&ctx, path, "nonsense", true, &project), OM_BAD_DATA, "nonsense");
    expect(&ctx, data_project_create(&ctx, "/nonexistent/x.gpkg", "EPSG:3006", true, &project), OM_IO,
           "/nonexistent");
    expect(&ctx, data_project_create(&ctx, path, "EPSG:3006", true, &project), OM_OK, NULL);
    data_project_close(project); /* not finished: nothing happened */
    char *text = kit_read(path);
    assert_string_equal(text, "mine");
    free(text);
    char *listing;
    assert_int_equal(kit_run(&listing, "ls '%s' | grep tmp", folder), 1);
    free(listing);
    unlink(path);
    om_context_done(&ctx);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void test_open_refuses(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = NULL;
    expect(&ctx, data_project_open(&ctx, kit_path(folder, "absent.gpkg"), DATA_READ, &project), OM_NOT_FOUND,
           "absent.gpkg");
    const char *text = kit_path(folder, "text.gpkg");
    kit_write(text, "hello");
    expect(&ctx, data_project_open(&ctx, text, DATA_READ, &project), OM_BAD_DATA, "not an Omland project");
    const char *newer = full_project(&ctx, "newer.gpkg");
    run_sql(newer, "UPDATE setting SET value = '99' WHERE key = 'omland_schema'");
    expect(&ctx, data_project_open(&ctx, newer, DATA_READ, &project), OM_BAD_DATA, "newer Omland");
    run_sql(newer, "UPDATE setting SET value = '1' WHERE key = 'omland_schema'");
    expect(&ctx, data_project_open(&ctx, newer, DATA_READ, &project), OM_BAD_DATA, "older Omland");
    run_sql(newer, "DELETE FROM setting");
    expect(&ctx, data_project_open(&ctx, newer, DATA_READ, &project), OM_BAD_DATA, "lacks omland_schema");
    const char *foreign = full_project(&ctx, "foreign.gpkg");
    run_sql(foreign, "DROP TABLE setting; DELETE FROM gpkg_contents WHERE table_name = 'setting'");
    expect(&ctx, data_project_open(&ctx, foreign, DATA_READ, &project), OM_BAD_DATA, "not an Omland project");
    om_context_done(&ctx);
}

static void test_what_there_is_not(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = NULL;
    const char *path = full_project(&ctx, "missing.gpkg");
    expect(&ctx, data_project_open(&ctx, path, DATA_READ, &project), OM_OK, NULL);
    struct plan_territory *territory = NULL;
    expect(&ctx, data_load_territory(&ctx, project, &territory), OM_OK, NULL);
    struct plan *plan = NULL;
    struct plan_rules rules = plan_rules_default();
    struct plan_travel *travel = NULL;
    size_t n;
    expect(&ctx, data_load_plan(&ctx, project, territory, "none", &plan), OM_NOT_FOUND, "there are: two");
    expect(&ctx, data_load_rules(&ctx, project, "none", &rules), OM_NOT_FOUND, "there are: strict");
    snprintf(rules.profile, sizeof rules.profile, "evening");
    expect(&ctx, data_load_travel(&ctx, project, territory, &rules, &travel), OM_NOT_FOUND,
           "there are: morning");
    expect(&ctx, data_project_count(&ctx, project, "sqlite_master", &n), OM_NOT_FOUND, "sqlite_master");
    expect(&ctx, data_project_begin(&ctx, project), OM_INVALID_ARGUMENT, "reading only");
    struct plan_market *market = NULL;
    expect(&ctx, data_load_market(&ctx, project, territory, NULL, NULL, "2023-06-01", &market), OM_OK, NULL);
    assert_false(market->offices[0].active);
    assert_true(market->offices[1].active);
    assert_int_equal(om_found(&ctx, "contract_area_unknown"), 0); /* the West contract begins later */
    assert_int_equal(market->n_contracts, 2);
    plan_market_free(market);
    plan_territory_free(territory);
    data_project_close(project);
    om_context_done(&ctx);
}

static void test_seats_and_polygons_survive(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = NULL;
    expect(&ctx, data_project_open(&ctx, full_project(&ctx, "again.gpkg"), DATA_WRITE, &project), OM_OK,
           NULL);
    store_three(&ctx, project);
    struct plan_territory *territory = NULL;
    expect(&ctx, data_load_territory(&ctx, project, &territory), OM_OK, NULL);
    check_territory(territory);
    struct geo_wkb *polygons = NULL;
    expect(&ctx, data_load_polygons(&ctx, project, territory, &polygons), OM_OK, NULL);
    assert_true(polygons[0].size && polygons[1].size && polygons[2].size);
    geo_wkb_array_free(polygons, 3);
    plan_territory_free(territory);
    data_project_close(project);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_equal_bytes, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_failures_leave_the_file, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_create_refuses, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_open_refuses, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_what_there_is_not, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_seats_and_polygons_survive, make_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

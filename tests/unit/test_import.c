/* Each importer: a good file, what it repairs, and what it refuses with which words. */
#include "kit.h"

#include "datasets/import.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <math.h>

static char *folder;
static data_project *project;

static const char *const municipalities_csv =
    "KnKod;KnNamn;Centralort;Lon;Lat;Folkmängd 2021;Landareal km2\n"
    "114;Alby;Alby;18,0;60,0;47 820;75,01\n1440;Berga;;;;1000;\n0003;Torp;Torp;18,2;60;;\n";

static void import_text(data_import_fn *import, const char *name, const char *text,
                        const struct data_import_options *options, om_status wanted, const char *message,
                        const char *finding)
{
    om_context ctx = {0};
    const char *path = kit_path(folder, name);
    static const struct data_import_options nothing;
    if (text)
        kit_write(path, text);
    om_status status = import(&ctx, project, path, options ? options : &nothing);
    if (status != wanted || (message && !strstr(ctx.message, message)))
        fail_msg("%s: status %d, wanted %d with \"%s\"; message: %s", name, (int)status, (int)wanted,
                 message ? message : "", ctx.message);
    if (finding && !om_found(&ctx, finding))
        fail_msg("%s: no finding %s", name, finding);
    om_context_done(&ctx);
}

static int open_project(void **state)
{
    (void)state;
    om_context ctx = {0};
    folder = kit_folder();
    assert_int_equal(data_project_create(&ctx, kit_path(folder, "p.gpkg"), "EPSG:3006", false, &project),
                     OM_OK);
    import_text(data_import_municipalities, "municipalities.csv", municipalities_csv, NULL, OM_OK, NULL,
                "code_zero_padded");
    return 0;
}

static int close_project(void **state)
{
    (void)state;
    data_project_close(project);
    kit_remove(folder);
    return 0;
}

static size_t count(const char *table)
{
    om_context ctx = {0};
    size_t n = 0;
    assert_int_equal(data_project_count(&ctx, project, table, &n), OM_OK);
    om_context_done(&ctx);
    return n;
}

static struct plan_territory *territory(void)
{
    om_context ctx = {0};
    struct plan_territory *loaded = NULL;
    assert_int_equal(data_load_territory(&ctx, project, &loaded), OM_OK);
    om_context_done(&ctx);
    return loaded;
}

static void test_municipalities(void **state)
{
    (void)state;
    struct plan_territory *loaded = territory();
    assert_int_equal(loaded->n, 3);
    assert_string_equal(loaded->municipalities[1].code, "0114");
    assert_true(loaded->municipalities[1].population == 47820);
    assert_true(loaded->municipalities[1].land_area_km2 == 75.01);
    assert_true(loaded->municipalities[1].seat_lon_lat[0] == 18);
    plan_territory_free(loaded);
    import_text(data_import_municipalities, "more.csv", "kod,population\n114,5\n", NULL, OM_OK, NULL,
                "code_zero_padded");
    loaded = territory();
    assert_true(loaded->municipalities[1].population == 5);
    assert_string_equal(loaded->municipalities[1].name, "Alby");
    assert_string_equal(loaded->municipalities[1].seat_name, "Alby");
    plan_territory_free(loaded);
    import_text(data_import_municipalities, "bad.csv", "kod,population\n7777,5\n", NULL, OM_BAD_DATA, "7777",
                NULL);
    import_text(data_import_municipalities, "bad.csv", "kod,lon,lat\n0114,18,160\n", NULL, OM_BAD_DATA,
                "a latitude in degrees", NULL);
    import_text(data_import_municipalities, "absent.csv", NULL, NULL, OM_NOT_FOUND, "absent.csv", NULL);
}

static const char *const squares =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"KnKod\":\"0114\",\"KnNamn\":\"Alby\"},\"geometry\":{\"type\":"
    "\"Polygon\",\"coordinates\":[[[18,60],[18.1,60],[18.1,60.1],[18,60.1],[18,60]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"KnKod\":1440,\"KnNamn\":\"Berga\"},\"geometry\":{\"type\":"
    "\"Polygon\","
    "\"coordinates\":[[[18.1,60],[18.2,60.1],[18.2,60],[18.1,60.1],[18.1,60]]]}}]}";

static void test_boundaries(void **state)
{
    (void)state;
    import_text(data_import_municipalities, "squares.geojson", squares, NULL, OM_OK, NULL,
                "geometry_repaired");
    assert_int_equal(count("neighbour"), 1);
    assert_int_equal(count("source"), 2);
    import_text(
        data_import_municipalities, "unknown.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"KnKod\":"
        "\"9999\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[18,60],[19,60],[18,61],[18,60]]]}}]"
        "}",
        NULL, OM_BAD_DATA, "\"9999\"", NULL);
    assert_int_equal(count("neighbour"), 1);
}

static void zip_one(const char *path, const char *name, const char *bytes, size_t size)
{
    void *zip = CPLCreateZip(path, NULL);
    assert_non_null(zip);
    assert_int_equal(CPLCreateFileInZip(zip, name, NULL), CE_None);
    assert_int_equal(CPLWriteFileInZip(zip, bytes, (int)size), CE_None);
    CPLCloseFileInZip(zip);
    CPLCloseZip(zip);
}

static void test_zip_in_a_zip(void **state)
{
    (void)state;
    const char *inner = kit_path(folder, "inner.zip");
    zip_one(inner, "Kommun.geojson", squares, strlen(squares));
    struct stat info;
    assert_int_equal(stat(inner, &info), 0);
    char *bytes = kit_read(inner);
    zip_one(kit_path(folder, "outer.zip"), "inner.zip", bytes, (size_t)info.st_size);
    free(bytes);
    import_text(data_import_municipalities, "outer.zip", NULL, NULL, OM_OK, NULL, "polygon_missing");
    assert_int_equal(count("neighbour"), 1);
    zip_one(kit_path(folder, "none.zip"), "readme.pdf", "x", 1);
    import_text(data_import_municipalities, "none.zip", NULL, NULL, OM_NOT_FOUND, "no table or map layer",
                NULL);
}

static void test_localities(void **state)
{
    (void)state;
    static const char *const text = "code,name,municipality_code,lat,lon,population_2020\n"
                                    "T1,Alby,0114,60,18,500\nT2,Berga,1440,60,18.1,100\n";
    struct data_import_options cells = {.cells = true};
    import_text(data_import_localities, "localities.csv", text, &cells, OM_OK, NULL, "cell_from_seat");
    assert_int_equal(count("locality"), 2);
    assert_int_equal(count("neighbour"), 2); /* three cells in a row */
    import_text(data_import_localities, "twice.csv", "code,municipality,lat,lon\nA,114,60,18\nA,114,60,18\n",
                NULL, OM_BAD_DATA, "each only once", NULL);
    import_text(data_import_localities, "nowhere.csv", "code,municipality\nA,0114\n", NULL, OM_BAD_DATA,
                "columns lon and lat", NULL);
    assert_int_equal(count("locality"), 2);
}

static void test_regions(void **state)
{
    (void)state;
    static const char *const text =
        "Kommunkod;Kommun;FA15-kod;FA15-namn\n0114;Alby;1;Norr\n1440;Berga;1;Norr\n";
    import_text(data_import_regions, "fa2015.csv", text, NULL, OM_OK, NULL, "region_missing");
    struct plan_territory *loaded = territory();
    const struct plan_partition *fa = plan_territory_partition(loaded, "fa2015");
    assert_non_null(fa);
    assert_string_equal(fa->regions[0].name, "Norr");
    assert_int_equal(fa->member[0], PLAN_NOWHERE);
    plan_territory_free(loaded);
    import_text(data_import_regions, "one.csv", "Kommun;FA-region\n0114 Alby;23 Söder\n", NULL, OM_OK, NULL,
                NULL);
    import_text(data_import_regions, "bad.csv", "kod;region\n0114;\n", NULL, OM_BAD_DATA, "the region's code",
                NULL);
    import_text(data_import_regions, "bad.csv", "kod;region\n0114;1\n114;2\n", NULL, OM_BAD_DATA,
                "each only once", NULL);
}

static void test_suppliers_and_contracts(void **state)
{
    (void)state;
    import_text(
        data_import_suppliers, "suppliers.csv",
        "Leverantör;Kommun;Adress;Från;Till\nA AB;0114;Storgatan 1;2024-01-01;\nB AB;Alby;;;\nA AB;1440;;;\n",
        NULL, OM_OK, NULL, "municipality_by_name");
    assert_int_equal(count("supplier"), 2);
    assert_int_equal(count("office"), 3);
    struct data_import_options two = {.offices = kit_path(folder, "offices.csv")};
    kit_write(two.offices, "supplier,municipality,lon,lat\na,0114,18,60\n");
    import_text(data_import_suppliers, "two.csv", "supplier,name\na,A AB\nb,B AB\n", &two, OM_OK, NULL, NULL);
    assert_int_equal(count("office"), 1);
    kit_write(two.offices, "supplier,municipality\nc,0114\n");
    import_text(data_import_suppliers, "two.csv", "supplier,name\na,A AB\n", &two, OM_BAD_DATA,
                "line 2, supplier: \"c\"; needs one of the suppliers", NULL);
    import_text(data_import_suppliers, "bad.csv", "supplier,municipality,from\na,0114,soon\n", NULL,
                OM_BAD_DATA, "\"soon\"; needs a date like", NULL);
    import_text(data_import_suppliers, "bad.csv", "supplier,name\na,A\na,B\n", NULL, OM_BAD_DATA, "two names",
                NULL);

    import_text(data_import_plan, "two.csv", "municipality,area\n0114,N\n1440,N\n0003,S\n", NULL, OM_OK, NULL,
                NULL);
    struct data_import_options service = {.service = "match"};
    import_text(data_import_contracts, "contracts.csv",
                "supplier,area,plan,municipality,from,status\na,N,two,,2024-01-01,aktiv\nb,,,0003,,ended\n",
                &service, OM_OK, NULL, NULL);
    assert_int_equal(count("contract"), 2);
    static const char *const bad[][2] = {
        {"supplier,area\nz,N\n", "one of the project's suppliers"},
        {"supplier,area,municipality\na,N,0114\n", "either an area or a municipality"},
        {"supplier,area,plan\na,X,two\n", "an area of the plan"},
        {"supplier,area,plan\na,N,nine\n", "there are: two"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        import_text(data_import_contracts, "bad.csv", bad[i][0], NULL, i == 3 ? OM_NOT_FOUND : OM_BAD_DATA,
                    bad[i][1], NULL);
    assert_int_equal(count("contract"), 2);
}

static void test_plans_and_links(void **state)
{
    (void)state;
    import_text(data_import_plan, "good.csv",
                "Kommun;Leveransområde;discontiguous\n114;N;ja\n1440;N;\n3;S;nej\n", NULL, OM_OK, NULL,
                "code_zero_padded");
    static const char *const bad = "kod;area\n0114;N\n9999;N\n0114;S\n";
    static const char *const parts[] = {"9999", "0114", "1440", "0003", "line 3"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        import_text(data_import_plan, "bad.csv", bad, NULL, OM_BAD_DATA, parts[i], NULL);
    import_text(data_import_plan, "bad.csv", "kod;area\n0114;\n", NULL, OM_BAD_DATA,
                "the name of the delivery area", NULL);
    assert_int_equal(count("plan"), 1);
    import_text(data_import_links, "links.csv", "from,to,note\n0114,0003,ferry\n", NULL, OM_OK, NULL, NULL);
    import_text(data_import_links, "bad.csv", "from,to\n0114,114\n", NULL, OM_BAD_DATA,
                "another municipality", NULL);
    assert_int_equal(count("link"), 1);
}

static void test_travel_times(void **state)
{
    (void)state;
    import_text(
        data_import_travel_times, "morning.csv",
        "from,to,fastest_s,median_journey_s,earliest_arrival\n0114,1440,600,660.5,07:20:00\n1440,0114,,,\n",
        NULL, OM_OK, NULL, NULL);
    assert_int_equal(count("travel_time"), 2);
    assert_int_equal(count("profile"), 1);
    static const char *const bad[][2] = {
        {"from,to,fastest_s\n0114,1440,fast\n", "\"fast\"; needs whole seconds"},
        {"from,to,fastest_s\n0114,1440,1\n114,1440,2\n", "each pair only once"},
        {"from,to\n0114,1440\n", "has pairs but no times"},
        {"from,to,fastest_s\n0114,9999,1\n", "\"9999\""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        import_text(data_import_travel_times, "bad.csv", bad[i][0], NULL, OM_BAD_DATA, bad[i][1], NULL);
    assert_int_equal(count("travel_time"), 2);
}

/* The help lists what the importers read. */
static void test_importers_are_described(void **state)
{
    (void)state;
    for (size_t i = 0; i < data_n_importers; i++)
        assert_true(data_importers[i].run && *data_importers[i].meaning &&
                    strchr(data_importers[i].fields, '*'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_municipalities, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_boundaries, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_zip_in_a_zip, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_localities, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_regions, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_suppliers_and_contracts, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_plans_and_links, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_travel_times, open_project, close_project),
        cmocka_unit_test(test_importers_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

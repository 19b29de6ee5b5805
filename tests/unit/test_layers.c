#include "fixture.h"
#include "golden.h"

#include "maps/layers.h"

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <sqlite3.h>

static const struct map_export_options as_new = {.overwrite = false}, over = {.overwrite = true};

static GDALDatasetH opened(const char *path)
{
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    assert_non_null(dataset);
    return dataset;
}

static const struct {
    const char *name;
    int rows;
    OGRwkbGeometryType type;
} expected_layers[] = {
    {"municipalities", 12, wkbMultiPolygon},
    {"areas", 4, wkbMultiPolygon},
    {"gaps", 3, wkbMultiPolygon},
    {"offices", 9, wkbPoint},
    {"reach_lines", 6, wkbLineString},
    {"fa_regions", 3, wkbMultiPolygon},
    {"sites", 3, wkbPoint},
    {"site_lines", 1, wkbLineString},
    {"equity", 8, wkbNone},
    {"sources", 2, wkbNone},
    {"about", 8, wkbNone},
};
enum {
    EXPECTED_LAYERS = sizeof expected_layers / sizeof *expected_layers,
    /* in two languages; municipalities have five, areas three */
    EXPECTED_STYLES = 2 * (EXPECTED_LAYERS + 4 + 2)
};

/* Exports and expects success, showing the message when it is not. */
static void exported(struct kit_fixture *f, const char *name)
{
    if (map_export(&f->ctx, &f->kit.before.result, kit_inside(f, name), &as_new) == OM_OK)
        return;
    print_message("%s\n", f->ctx.message);
    fail();
}

static void a_package_holds_every_layer(void **state)
{
    struct kit_fixture *f = *state;
    exported(f, "layers.gpkg");
    GDALDatasetH dataset = opened(kit_inside(f, "layers.gpkg"));
    for (size_t i = 0; i < EXPECTED_LAYERS; i++) {
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, expected_layers[i].name);
        assert_non_null(layer);
        print_message("%s\n", expected_layers[i].name);
        assert_int_equal(OGR_L_GetFeatureCount(layer, 1), expected_layers[i].rows);
        assert_int_equal(OGR_L_GetGeomType(layer), expected_layers[i].type);
        if (expected_layers[i].type == wkbNone)
            continue;
        OGRSpatialReferenceH crs = OGR_L_GetSpatialRef(layer);
        assert_string_equal(OSRGetAuthorityCode(crs, NULL), "3006");
    }
    GDALClose(dataset);
}

static OGRFeatureH feature_where(OGRLayerH layer, const char *filter)
{
    assert_int_equal(OGR_L_SetAttributeFilter(layer, filter), OGRERR_NONE);
    OGR_L_ResetReading(layer);
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    assert_non_null(feature);
    return feature;
}

static const char *text(OGRFeatureH feature, const char *column)
{
    int field = OGR_F_GetFieldIndex(feature, column);
    assert_true(field >= 0);
    return OGR_F_IsFieldSetAndNotNull(feature, field) ? OGR_F_GetFieldAsString(feature, field) : "NULL";
}

static void values_and_shapes_are_right(void **state)
{
    struct kit_fixture *f = *state;
    static const struct {
        const char *layer, *filter, *column, *expected;
    } rows[] = {
        {"municipalities", "code = '0108'", "status", "none"},
        {"municipalities", "code = '0108'", "nearest_min", "60.5"},
        {"municipalities", "code = '0110'", "participants", "NULL"},
        {"municipalities", "code = '0116'", "nearest_min", "NULL"},
        {"municipalities", "code = '0116'", "cause", "no-supplier"},
        {"municipalities", "code = '0115'", "closing_areas", "Östra"},
        {"municipalities", "code = '0105'", "cause", "NULL"},
        {"municipalities", "code = '0105'", "region", "Åsbygden"},
        {"areas", "name = 'Ön'", "verdict", "fail"},
        {"areas", "name = 'Ön'", "reach_value", "NULL"},
        {"areas", "name = 'Västra'", "choice", "3"},
        {"areas", "name = 'Västra'", "concentration", "0.555555555555556"},
        {"equity", "group_name = 'country' AND supplier = 'nearest'", "p75_min", "60.5"},
        {"equity", "group_name = 'country' AND supplier = 'second'", "p50_min", "NULL"},
        {"sites", "name = 'Höga'", "longest_min", "32.5"},
        {"site_lines", "from_code = '0108'", "to_name", "Höga"},
        {"gaps", "code = '0108'", "in_house_from", "Höga"},
        {"offices", "placed_at = 'address'", "supplier", "Bana & Väg AB"},
        {"offices", "active = 0", "municipality", "Höga"},
        {"offices", "placed_at = 'address'", "offices_here", "1"},
        {"reach_lines", "from_code = '0109' AND reach = 'over'", "minutes", "63"},
        {"reach_lines", "reach = 'across'", "to_area", "Södra"},
        {"fa_regions", "code = '02'", "areas", "2"},
        {"sources", "synthetic = 1", "name", "made-up market"},
        {"about", "key = 'notice'", "value", "Not real but synthetic: the supplier market."},
    };
    GDALDatasetH dataset = opened(kit_inside(f, "layers.gpkg"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, rows[i].layer);
        print_message("%s %s %s\n", rows[i].layer, rows[i].filter, rows[i].column);
        OGRFeatureH feature = feature_where(layer, rows[i].filter);
        assert_string_equal(text(feature, rows[i].column), rows[i].expected);
        OGR_F_Destroy(feature);
        OGR_L_SetAttributeFilter(layer, NULL);
    }
    OGRFeatureH area = feature_where(GDALDatasetGetLayerByName(dataset, "areas"), "name = 'Västra'");
    double square_m2 = OGR_G_Area(OGR_F_GetGeometryRef(area));
    assert_true(fabs(square_m2 - 4 * 9e8) < 1);
    OGR_F_Destroy(area);
    GDALClose(dataset);
}

/* The number a query gives. */
static int number_of(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    int number = sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(db);
    return number;
}

static void qgis_finds_the_styles(void **state)
{
    struct kit_fixture *f = *state;
    static const struct {
        const char *sql;
        int expected;
    } rows[] = {
        {"PRAGMA user_version", 10300},
        {"SELECT count(*) FROM gpkg_contents WHERE table_name = 'layer_styles' AND data_type = 'attributes'",
         1},
        {"SELECT count(*) FROM layer_styles", EXPECTED_STYLES},
        {"SELECT count(*) FROM layer_styles WHERE f_table_schema = '' AND f_table_catalog = ''",
         EXPECTED_STYLES},
        {"SELECT count(*) FROM layer_styles WHERE useAsDefault", EXPECTED_LAYERS},
        {"SELECT count(*) FROM layer_styles WHERE useAsDefault AND styleQML LIKE '%fieldConfiguration%'", 0},
        {"SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%label=\"\"%'", 0},
        {"SELECT count(*) FROM layer_styles WHERE NOT useAsDefault AND styleQML NOT LIKE "
         "'%fieldConfiguration%'",
         0},
        {"SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%name=\"Arbetss%' OR styleQML LIKE "
         "'%name=\"Leverans%'",
         12},
        {"SELECT count(DISTINCT update_time) FROM layer_styles WHERE update_time = "
         "'2026-02-01T00:00:00.000Z'",
         1},
        {"SELECT count(*) FROM gpkg_contents WHERE last_change <> '2026-02-01T00:00:00.000Z'", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("%s\n", rows[i].sql);
        assert_int_equal(number_of(kit_inside(f, "layers.gpkg"), rows[i].sql), rows[i].expected);
    }
}

/* The text a query gives. Owned by the caller. */
static char *text_of(const char *path, const char *sql)
{
    char *output = NULL;
    assert_int_equal(kit_run(&output, "sqlite3 '%s' \"%s\"", path, sql), 0);
    return output;
}

static void columns_have_aliases_and_value_domains(void **state)
{
    struct kit_fixture *f = *state;
    static const struct {
        const char *sql, *expected;
    } rows[] = {
        {"SELECT title, description FROM gpkg_data_columns WHERE table_name = 'municipalities' AND "
         "column_name = "
         "'nearest_min'",
         "Minutes to the nearest supplier|min\n"},
        {"SELECT constraint_name FROM gpkg_data_columns WHERE table_name = 'areas' AND column_name = "
         "'reach_verdict'",
         "verdict\n"},
        {"SELECT description FROM gpkg_data_column_constraints WHERE constraint_name = 'cause' AND value = "
         "'border'",
         "The area's border\n"},
        {"SELECT constraint_name FROM gpkg_data_columns WHERE table_name = 'equity' AND column_name = "
         "'supplier'",
         "target\n"},
        {"SELECT count(*) FROM gpkg_data_columns WHERE title IS NULL", "0\n"},
        {"SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'", "2\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *found = text_of(kit_inside(f, "layers.gpkg"), rows[i].sql);
        print_message("%s\n", rows[i].sql);
        assert_string_equal(found, rows[i].expected);
        free(found);
    }
}

/* Every word a column can hold has a text: a value without one would show as nothing in QGIS. */
static void every_coded_value_is_in_its_domain(void **state)
{
    struct kit_fixture *f = *state;
    GDALDatasetH dataset = opened(kit_inside(f, "layers.gpkg"));
    for (int l = 0; l < GDALDatasetGetLayerCount(dataset); l++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, l);
        OGRFeatureDefnH columns = OGR_L_GetLayerDefn(layer);
        for (int c = 0; c < OGR_FD_GetFieldCount(columns); c++) {
            OGRFieldDefnH column = OGR_FD_GetFieldDefn(columns, c);
            const char *domain = OGR_Fld_GetDomainName(column);
            if (!domain || !*domain)
                continue;
            char *sql = om_format("SELECT count(*) FROM %s WHERE %s NOT IN (SELECT value FROM "
                                  "gpkg_data_column_constraints WHERE constraint_name = '%s')",
                                  OGR_L_GetName(layer), OGR_Fld_GetNameRef(column), domain);
            print_message("%s\n", sql);
            assert_int_equal(number_of(kit_inside(f, "layers.gpkg"), sql), 0);
            om_free(sql);
        }
    }
    GDALClose(dataset);
}

static void equal_input_gives_equal_bytes(void **state)
{
    struct kit_fixture *f = *state;
    char *made = NULL;
    assert_int_equal(kit_run(&made, "mkdir '%s/1' '%s/2'", f->folder, f->folder), 0);
    free(made);
    /* A GeoPackage has its own name in the sources of its QGIS project. */
    static const char *const names[][2] = {
        {"1/case.gpkg", "2/case.gpkg"}, {"a.geojson", "b.geojson"}, {"a.csv", "b.csv"}, {"c.fgb", "d.fgb"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        exported(f, names[i][0]);
        sleep(i == 0);
        exported(f, names[i][1]);
        char *output = NULL;
        int differs =
            kit_run(&output, "cmp '%s' '%s'", kit_inside(f, names[i][0]), kit_inside(f, names[i][1]));
        print_message("%s", output);
        free(output);
        assert_int_equal(differs, 0);
    }
}

static void geojson_is_wgs84_and_csv_keeps_codes(void **state)
{
    struct kit_fixture *f = *state;
    GDALDatasetH dataset = opened(kit_inside(f, "a_offices.geojson"));
    OGRFeatureH office = feature_where(GDALDatasetGetLayer(dataset, 0), "placed_at = 'address'");
    OGRGeometryH point = OGR_F_GetGeometryRef(office);
    assert_true(fabs(OGR_G_GetX(point, 0) - 14.75) < 1e-5 && fabs(OGR_G_GetY(point, 0) - 63.05) < 1e-5);
    OGR_F_Destroy(office);
    GDALClose(dataset);
    char *csv = kit_read(kit_inside(f, "a.csv"));
    assert_non_null(strstr(csv, "\n\"0105\",Ås,Västra,choice,,"));
    free(csv);
    exported(f, "folder/");
    assert_int_equal(access(kit_inside(f, "folder/fa_regions.geojson"), R_OK), 0);
}

static void flatgeobuf_is_a_file_per_layer_and_tables_are_csv(void **state)
{
    struct kit_fixture *f = *state;
    exported(f, "flat.fgb/");
    GDALDatasetH dataset = opened(kit_inside(f, "flat.fgb/areas.fgb"));
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    assert_int_equal(OGR_L_GetFeatureCount(layer, 1), 4);
    assert_string_equal(OSRGetAuthorityCode(OGR_L_GetSpatialRef(layer), NULL), "3006");
    GDALClose(dataset);
    char *csv = kit_read(kit_inside(f, "flat.fgb/about.csv"));
    assert_non_null(strstr(csv, "rules,default"));
    free(csv);
    struct kit_case bare;
    kit_case_make(&f->ctx, &bare);
    geo_wkb_done(&bare.the_case.polygons[3]);
    bare.the_case.polygons[3] = (struct geo_wkb){NULL, 0};
    assert_int_equal(map_export(&f->ctx, &bare.result, kit_inside(f, "bare.fgb"), &as_new), OM_BAD_DATA);
    assert_non_null(strstr(f->ctx.message, "municipalities: the row with code 0108 has no geometry"));
    assert_int_not_equal(access(kit_inside(f, "bare.fgb"), F_OK), 0);
    kit_case_done(&bare);
}

static void parquet_is_written_or_said_to_be_missing(void **state)
{
    struct kit_fixture *f = *state;
    bool is_known = GDALGetDriverByName("Parquet") != NULL;
    om_status status = map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "case.parquet"), &as_new);
    assert_int_equal(status, is_known ? OM_OK : OM_LIBRARY);
    if (is_known)
        return;
    print_message("%s\n", f->ctx.message);
    assert_non_null(strstr(f->ctx.message, "GeoParquet (.parquet) needs GDAL's driver Parquet"));
    assert_int_not_equal(access(kit_inside(f, "case.parquet"), F_OK), 0);
}

static void an_existing_output_is_kept(void **state)
{
    struct kit_fixture *f = *state;
    static const struct {
        const char *name;
        om_status expected;
        const char *message;
    } rows[] = {
        {"kept.gpkg", OM_EXISTS, "kept.gpkg exists already; --overwrite replaces it"},
        {"folder", OM_INVALID_ARGUMENT, "must end in one of .gpkg, .geojson, .fgb, .parquet, .csv, or in /"},
        {"layers.shp", OM_INVALID_ARGUMENT, "the name must end in"},
        {"missing/out.gpkg", OM_IO, "missing/out.gpkg"},
    };
    kit_write(kit_inside(f, "kept.gpkg"), "mine");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(map_export(&f->ctx, &f->kit.before.result, kit_inside(f, rows[i].name), &as_new),
                         rows[i].expected);
        if (!strstr(f->ctx.message, rows[i].message))
            print_message("%s\n", f->ctx.message);
        assert_non_null(strstr(f->ctx.message, rows[i].message));
    }
    char *kept = kit_read(kit_inside(f, "kept.gpkg"));
    assert_string_equal(kept, "mine");
    free(kept);
    assert_int_equal(map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "kept.gpkg"), &over), OM_OK);
    kit_write(kit_inside(f, "kept.gpkg-wal"), "");
    assert_int_equal(map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "kept.gpkg"), &over),
                     OM_EXISTS);
    char *output = NULL;
    kit_run(&output, "ls -A '%s' | grep -c part", f->folder);
    assert_string_equal(output, "0\n");
    free(output);
}

static void the_project_keeps_the_layers_of_the_last_run(void **state)
{
    struct kit_fixture *f = *state;
    const char *path = kit_inside(f, "project.gpkg");
    data_project *project = NULL;
    assert_int_equal(data_project_create(&f->ctx, path, "EPSG:3006", false, &project), OM_OK);
    for (int run = 0; run < 2; run++) {
        om_status status = map_store(&f->ctx, &f->kit.before.result, project);
        if (status != OM_OK)
            print_message("%s\n", f->ctx.message);
        assert_int_equal(status, OM_OK);
    }
    assert_int_equal(data_project_finish(&f->ctx, project), OM_OK);
    data_project_close(project);
    assert_int_equal(number_of(path, "SELECT count(*) FROM result_municipalities"), 12);
    assert_int_equal(number_of(path, "SELECT count(*) FROM layer_styles"), EXPECTED_STYLES);
    assert_int_equal(number_of(path, "SELECT count(*) FROM gpkg_contents WHERE table_name LIKE 'result_%'"),
                     EXPECTED_LAYERS);
}

static void a_case_without_polygons_or_regions_is_written_too(void **state)
{
    struct kit_fixture *f = *state;
    struct kit_case bare;
    kit_case_make(&f->ctx, &bare);
    geo_wkb_done(&bare.the_case.polygons[3]);
    bare.the_case.polygons[3] = (struct geo_wkb){NULL, 0};
    bare.the_case.territory->municipalities[3].seat_lon_lat[0] = NAN;
    snprintf(bare.the_case.rules.reference, sizeof bare.the_case.rules.reference, "none");
    assert_int_equal(map_export(&f->ctx, &bare.result, kit_inside(f, "bare.gpkg"), &as_new), OM_OK);
    assert_int_equal(number_of(kit_inside(f, "bare.gpkg"), "SELECT count(*) FROM fa_regions"), 0);
    assert_int_equal(
        number_of(kit_inside(f, "bare.gpkg"), "SELECT count(*) FROM municipalities WHERE geom IS NULL"), 1);
    kit_case_done(&bare);
}

static void running_out_of_memory_leaves_nothing_behind(void **state)
{
    struct kit_fixture *f = *state;
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n += 3) {
        assert_true(n < 5000);
        om_memory_fail_after(n);
        status = map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "memory.csv"), &as_new);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || access(kit_inside(f, "memory.csv"), F_OK) != 0);
    }
    char *output = NULL;
    kit_run(&output, "ls -A '%s' | grep -c part", f->folder);
    assert_string_equal(output, "0\n");
    free(output);
}

static void the_page_on_layers_is_current(void **state)
{
    (void)state;
    char *page = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&page, &size);
    map_layers_markdown(out);
    fclose(out);
    kit_golden("../../docs/layers.md", page);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_holds_every_layer),
        cmocka_unit_test(values_and_shapes_are_right),
        cmocka_unit_test(qgis_finds_the_styles),
        cmocka_unit_test(columns_have_aliases_and_value_domains),
        cmocka_unit_test(every_coded_value_is_in_its_domain),
        cmocka_unit_test(equal_input_gives_equal_bytes),
        cmocka_unit_test(geojson_is_wgs84_and_csv_keeps_codes),
        cmocka_unit_test(flatgeobuf_is_a_file_per_layer_and_tables_are_csv),
        cmocka_unit_test(parquet_is_written_or_said_to_be_missing),
        cmocka_unit_test(an_existing_output_is_kept),
        cmocka_unit_test(the_project_keeps_the_layers_of_the_last_run),
        cmocka_unit_test(a_case_without_polygons_or_regions_is_written_too),
        cmocka_unit_test(running_out_of_memory_leaves_nothing_behind),
        cmocka_unit_test(the_page_on_layers_is_current),
    };
    GDALAllRegister();
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

/*
 * Files as nobody should send them: each is refused in words that say where and what, or taken with a finding
 * that says what was understood. A refused import leaves the project as it was.
 */
#include "kit.h"

#include "datasets/import.h"

#include <gdal.h>
#include <gdal_utils.h>

static char *folder;
static data_project *project;

static const char *const MUNICIPALITIES =
    "code,name,lon,lat\n0114,Alby,18,60\n1440,Berga,18.1,60\n0003,Torp,18.2,60\n";

/* A layer of one feature of municipality 0114. */
#define LAYER(geometry)                                                                              \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"KnKod\":" \
    "\"0114\"},\"geometry\":" geometry "}]}"

struct odd {
    data_import_fn *import;
    const char *name, *text;
    om_status status;
    const char *says; /* in the message, or the kind of the finding */
};

static const struct odd odd_files[] = {
    {data_import_plan, "bars.csv", "kod|area\n0114|N\n1440|N\n0003|S\n", OM_OK, NULL},
    {data_import_plan, "two.csv", "kod;area;area\n0114;N;X\n1440;N;X\n0003;S;X\n", OM_OK, "heading_twice"},
    {data_import_plan, "more.csv", "kod;area\n0114;N;X\n1440;N\n0003;S\n", OM_OK, "cell_without_heading"},
    {data_import_plan, "none.csv", "kod;area\n", OM_BAD_DATA, "has headings but no rows"},
    {data_import_links, "none.csv", "from;to\n", OM_BAD_DATA, "has headings but no rows"},
    {data_import_links, "twice.csv", "from;to\n0114;1440\n1440;114\n", OM_BAD_DATA,
     "line 3, from: \"1440\"; needs each only once; 0114-1440 stands in line 2 too"},
    {data_import_suppliers, "none.csv", "supplier;municipality\n", OM_BAD_DATA, "has headings but no rows"},
    {data_import_suppliers, "notes.csv", "supplier;municipality\na;0114\n\nKälla: A\n;* B\n", OM_OK,
     "note_row_skipped"},
    {data_import_suppliers, "lost.csv", "supplier;municipality;address\na;0114;\nb;;Street 1\n", OM_BAD_DATA,
     "line 3, municipality: \"\"; needs the municipality of the office"},
    {data_import_suppliers, "swapped.csv", "supplier;municipality;lon;lat\na;0114;60;18\n", OM_BAD_DATA,
     "line 2: longitude 60.0000, latitude 18.0000 is far from where EPSG:3006 is used"},
    {data_import_suppliers, "zero.csv", "supplier;municipality;lon;lat\na;0114;0;0\n", OM_BAD_DATA,
     "longitude 0.0000"},
    {data_import_contracts, "backwards.csv",
     "supplier;municipality;from;to\na;0114;2025-01-01;2024-01-01\nKälla: A;;;\n", OM_BAD_DATA,
     "a last day that is not before the first"},
    {data_import_contracts, "note.csv", "supplier;municipality\na;0114\nKälla: A;\n", OM_OK,
     "note_row_skipped"},
    {data_import_municipalities, "huge.csv", "kod;population\n0114;1e300\n", OM_BAD_DATA,
     "population: \"1e300\"; needs a number below"},
    {data_import_municipalities, "codes.csv", "kod;other\n0114;x\n", OM_BAD_DATA,
     "says nothing about the municipalities but their codes"},
    {data_import_municipalities, "lines.geojson",
     LAYER("{\"type\":\"LineString\",\"coordinates\":[[18,60],[18.1,60]]}"), OM_BAD_DATA,
     "municipality 0114: a polygon is needed"},
    {data_import_municipalities, "axes.geojson",
     LAYER("{\"type\":\"Polygon\",\"coordinates\":[[[60,18],[61,18],[61,19],[60,18]]]}"), OM_BAD_DATA,
     "is far from where EPSG:3006 is used"},
    {data_import_municipalities, "ring.geojson",
     LAYER("{\"type\":\"Polygon\",\"coordinates\":[[[18,60],[18,60]]]}"), OM_BAD_DATA, "municipality 0114"},
    {data_import_municipalities, "seats.geojson", LAYER("{\"type\":\"Point\",\"coordinates\":[18.5,60]}"),
     OM_OK, NULL},
};

static int open_project(void **state)
{
    (void)state;
    om_context ctx = {0};
    static const struct data_import_options nothing;
    folder = kit_folder();
    assert_int_equal(data_project_create(&ctx, kit_path(folder, "p.gpkg"), "EPSG:3006", false, &project),
                     OM_OK);
    kit_write(kit_path(folder, "base.csv"), MUNICIPALITIES);
    assert_int_equal(data_import_municipalities(&ctx, project, kit_path(folder, "base.csv"), &nothing),
                     OM_OK);
    om_context_done(&ctx);
    return 0;
}

static int close_project(void **state)
{
    (void)state;
    data_project_close(project);
    kit_remove(folder);
    return 0;
}

static size_t all_rows(void)
{
    static const char *const tables[] = {"plan", "link", "supplier", "office", "contract", "source"};
    size_t sum = 0;
    om_context ctx = {0};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        size_t n = 0;
        assert_int_equal(data_project_count(&ctx, project, tables[i], &n), OM_OK);
        sum += n;
    }
    om_context_done(&ctx);
    return sum;
}

static void odd_files_are_refused_or_explained(void **state)
{
    (void)state;
    static const struct data_import_options nothing;
    int differ = 0;
    for (size_t i = 0; i < sizeof odd_files / sizeof *odd_files; i++) {
        const struct odd *odd = &odd_files[i];
        om_context ctx = {0};
        const char *path = kit_path(folder, odd->name);
        kit_write(path, odd->text);
        size_t before = all_rows();
        om_status status = odd->import(&ctx, project, path, &nothing);
        bool said = !odd->says || (status == OM_OK ? om_found(&ctx, odd->says) > 0
                                                   : strstr(ctx.message, odd->says) != NULL);
        if (status != odd->status || !said || (status != OM_OK && all_rows() != before)) {
            print_error("%s: status %d, wanted %d with \"%s\"; message: %s\n", odd->name, (int)status,
                        (int)odd->status, odd->says ? odd->says : "", ctx.message);
            differ++;
        }
        om_context_done(&ctx);
    }
    assert_int_equal(differ, 0);
}

/* With numbers below text GDAL takes the first row for headings unless it is told not to. */
static void the_first_row_of_a_spreadsheet_is_read(void **state)
{
    (void)state;
    static const char *const formats[][2] = {{"XLSX", "plan.xlsx"}, {"ODS", "plan.ods"}};
    static const struct data_import_options nothing;
    kit_write(kit_path(folder, "typed.csv"), "Kommun,Område\n114,Norr\n1440,Norr\n3,Söder\n");
    for (size_t i = 0; i < 2; i++) {
        om_context ctx = {0};
        char *arguments[] = {"-f", (char *)formats[i][0], NULL};
        const char *const typed[] = {"AUTODETECT_TYPE=YES", NULL};
        GDALDatasetH from = GDALOpenEx(kit_path(folder, "typed.csv"), GDAL_OF_VECTOR, NULL, typed, NULL);
        GDALVectorTranslateOptions *options = GDALVectorTranslateOptionsNew(arguments, NULL);
        const char *path = kit_path(folder, formats[i][1]);
        GDALDatasetH to = GDALVectorTranslate(path, NULL, 1, &from, options, NULL);
        assert_non_null(to);
        GDALClose(to);
        GDALClose(from);
        GDALVectorTranslateOptionsFree(options);
        om_status status = data_import_plan(&ctx, project, path, &nothing);
        if (status != OM_OK)
            fail_msg("%s: %s", formats[i][1], ctx.message);
        assert_int_equal(om_found(&ctx, "code_zero_padded"), 2);
        om_context_done(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(odd_files_are_refused_or_explained, open_project, close_project),
        cmocka_unit_test_setup_teardown(the_first_row_of_a_spreadsheet_is_read, open_project, close_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

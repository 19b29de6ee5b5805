/* Tables as people have them, read through the importer of job seekers. */
#include "kit.h"

#include "datasets/import.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>

static char *folder;
static data_project *project;

static const struct data_municipality_row rows[] = {
    {"0114", "Upplands Väsby", NULL, NULL, {NAN, NAN}, NAN, NAN},
    {"1440", "Ale", NULL, NULL, {NAN, NAN}, NAN, NAN}};

static int open_project(void **state)
{
    (void)state;
    om_context ctx = {0};
    folder = kit_folder();
    assert_int_equal(data_project_create(&ctx, kit_path(folder, "p.gpkg"), "EPSG:3006", false, &project),
                     OM_OK);
    assert_int_equal(data_store_municipalities(&ctx, project, rows, 2, NULL), OM_OK);
    return 0;
}

static int close_project(void **state)
{
    (void)state;
    data_project_close(project);
    kit_remove(folder);
    return 0;
}

struct table_case {
    const char *what, *text;
    size_t size; /* 0: strlen */
    om_status status;
    const char *message; /* part of it */
    double first, second;
    const char *finding; /* one of them; NULL = none at all */
};

static void check_values(const struct table_case *it)
{
    om_context ctx = {0};
    struct plan_territory *territory = NULL;
    assert_int_equal(data_load_territory(&ctx, project, &territory), OM_OK);
    const double wanted[] = {it->first, it->second};
    for (size_t m = 0; m < 2; m++) {
        double got = territory->municipalities[m].job_seekers;
        if (isnan(got) ? !isnan(wanted[m]) : got != wanted[m])
            fail_msg("%s: municipality %zu: got %g, wanted %g", it->what, m, got, wanted[m]);
    }
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void check(const struct table_case *it, const char *path)
{
    om_context ctx = {0};
    struct data_import_options options = {.date = "2024-01"};
    om_status status = data_import_job_seekers(&ctx, project, path, &options);
    if (status != it->status || (it->message && !strstr(ctx.message, it->message)))
        fail_msg("%s: status %d, wanted %d with \"%s\"; message: %s", it->what, (int)status, (int)it->status,
                 it->message ? it->message : "", ctx.message);
    if (it->finding && !om_found(&ctx, it->finding))
        fail_msg("%s: no finding %s", it->what, it->finding);
    if (!it->finding && status == OM_OK && ctx.n_findings)
        fail_msg("%s: unwanted finding %s: %s", it->what, ctx.findings[0].code, ctx.findings[0].examples[0]);
    om_context_done(&ctx);
    if (status == OM_OK)
        check_values(it);
}

static void test_text(void **state)
{
    (void)state;
    static const struct table_case cases[] = {
        {"plain", "code,job_seekers\n0114,5\n1440,7\n", 0, OM_OK, NULL, 5, 7, NULL},
        {"mark and CRLF", "\xef\xbb\xbfkommunkod;inskrivna\r\n0114;5\r\n1440;7\r\n", 0, OM_OK, NULL, 5, 7,
         NULL},
        {"tabs", "KnKod\tArbetslösa\n0114\t5\n1440\t7\n", 0, OM_OK, NULL, 5, 7, NULL},
        {"title rows",
         "Inskrivna arbetslösa\n\nArbetsförmedlingen;;\nKommun;Antal\n0114 Upplands Väsby;5\n1440 Ale;7\n", 0,
         OM_OK, NULL, 5, 7, NULL},
        {"Windows-1252", "Kommun;Arbetsl\xf6sa\nUpplands V\xe4sby;5\nAle;7\n", 0, OM_OK, NULL, 5, 7,
         "text_converted"},
        {"UTF-16",
         "\xff\xfek\0o\0d\0;\0a\0n\0t\0a\0l\0\n\0001\0001\0004\0;\0005\0\n\0001\0004\0004\0000\0;\0007\0", 46,
         OM_OK, NULL, 5, 7, "text_converted"},
        {"lost zero", "code,job_seekers\n114,5\n1440,7\n", 0, OM_OK, NULL, 5, 7, "code_zero_padded"},
        {"codes as numbers", "code,job_seekers\n114.0,5.0\n1440.0,7.0\n", 0, OM_OK, NULL, 5, 7,
         "code_zero_padded"},
        {"names", "municipality,job_seekers\nupplands väsby,5\nALE,7\n", 0, OM_OK, NULL, 5, 7,
         "municipality_by_name"},
        {"decimal comma", "code;job_seekers\n0114;5,5\n1440;7\n", 0, OM_OK, NULL, 5.5, 7, "decimal_comma"},
        {"thousands", "code;job_seekers\n0114;1 774\n1440;12\xc2\xa0\x33\x34\x35\n", 0, OM_OK, NULL, 1774,
         12345, "thousands_grouped"},
        {"comma thousands", "code,job_seekers\n0114,\"1,774\"\n1440,\"1,234,567\"\n", 0, OM_OK, NULL, 1774,
         1234567, "thousands_grouped"},
        {"small counts", "code;job_seekers\n0114;<5\n1440;7\n", 0, OM_OK, NULL, 2.5, 7,
         "small_count_midpoint"},
        {"missing", "code;job_seekers\n0114;..\n1440;-\n", 0, OM_OK, NULL, NAN, NAN, NULL},
        {"sums", "code;job_seekers\n00 Riket;12\n01 Stockholms län;5\n0114;5\n1440;7\nTotalt;12\n", 0, OM_OK,
         NULL, 5, 7, "total_row_skipped"},
        {"notes", "code;job_seekers\n0114;5\n1440;7\nKälla: AF\n", 0, OM_OK, NULL, 5, 7, "note_row_skipped"},
        {"newest year", "code,unemployed_2021_12,unemployed_2022_12\n0114,1,5\n1440,2,7\n", 0, OM_OK, NULL, 5,
         7, NULL},
        {"partial", "code,job_seekers\n0114,5\n", 0, OM_OK, NULL, 5, NAN, "job_seekers_missing"},
        {"unknown codes", "code,job_seekers\n0114,5\n9999,1\n8888,2\n", 0, OM_BAD_DATA,
         "names municipalities that the project does not have (2 times): \"9999\" (line 3), \"8888\" (line "
         "4)",
         0, 0, NULL},
        {"twice", "code,job_seekers\n0114,5\n0114,6\n", 0, OM_BAD_DATA,
         "line 3, code: \"0114\"; needs each only once; 0114 stands in line 2 too", 0, 0, NULL},
        {"no number", "code,job_seekers\n0114,five\n", 0, OM_BAD_DATA,
         "line 2, job_seekers: \"five\"; needs a number", 0, 0, NULL},
        {"negative", "code,job_seekers\n0114,-3\n", 0, OM_BAD_DATA, "\"-3\"; needs a number of at least 0", 0,
         0, NULL},
        {"no heading", "code,colour\n0114,red\n", 0, OM_BAD_DATA,
         "needs columns for municipality, job_seekers; the headings are: code, colour", 0, 0, NULL},
        {"empty", "", 0, OM_BAD_DATA, "the table is empty", 0, 0, NULL},
        {"open quote", "code,job_seekers\n\"0114,5\n", 0, OM_BAD_DATA, "", 0, 0, NULL},
    };
    const char *path = kit_path(folder, "table.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *file = fopen(path, "wb");
        fwrite(cases[i].text, 1, cases[i].size ? cases[i].size : strlen(cases[i].text), file);
        fclose(file);
        check(&cases[i], path);
    }
}

static void write_spreadsheet(const char *driver, const char *path)
{
    static const char *const cells[][2] = {
        {"Statistik", NULL}, {NULL, NULL}, {"Kommunkod", "Antal"}, {"114", "1774.5"}, {"1440", "7"}};
    GDALAllRegister();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "Blad1", NULL, wkbNone, NULL);
    for (int c = 0; c < 2; c++) {
        OGRFieldDefnH field = OGR_Fld_Create(c ? "b" : "a", OFTString);
        OGR_L_CreateField(layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    for (size_t r = 0; r < sizeof cells / sizeof *cells; r++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        for (int c = 0; c < 2; c++)
            if (cells[r][c])
                OGR_F_SetFieldString(feature, c, cells[r][c]);
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
}

static void test_spreadsheets(void **state)
{
    (void)state;
    static const struct table_case it = {"spreadsheet", NULL, 0, OM_OK, NULL, 1774.5, 7, "code_zero_padded"};
    static const char *const drivers[][2] = {{"XLSX", "s.xlsx"}, {"ODS", "s.ods"}};
    for (size_t i = 0; i < 2; i++) {
        const char *path = kit_path(folder, drivers[i][1]);
        write_spreadsheet(drivers[i][0], path);
        check(&it, path);
        om_context ctx = {0};
        struct data_import_options options = {.date = "2024-01", .layer = "Blad9"};
        assert_int_equal(data_import_job_seekers(&ctx, project, path, &options), OM_NOT_FOUND);
        assert_non_null(strstr(ctx.message, "there are: Blad1"));
        om_context_done(&ctx);
    }
}

static void test_mappings(void **state)
{
    (void)state;
    static const struct {
        struct data_mapping mapping;
        om_status status;
        const char *message;
    } cases[] = {
        {{"job_seekers", "N"}, OM_OK, NULL},
        {{"job_seekers", "M"}, OM_BAD_DATA, "the headings are: kod, N"},
        {{"jobs", "N"}, OM_BAD_DATA, "mapping jobs=N: there is no such field"},
    };
    const char *path = kit_path(folder, "mapped.csv");
    kit_write(path, "kod,N\n0114,3\n1440,4\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct data_import_options options = {
            .date = "2024-01", .mappings = &cases[i].mapping, .n_mappings = 1};
        om_status status = data_import_job_seekers(&ctx, project, path, &options);
        if (status != cases[i].status || (cases[i].message && !strstr(ctx.message, cases[i].message)))
            fail_msg("mapping %zu: status %d, message: %s", i, (int)status, ctx.message);
        om_context_done(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_spreadsheets, open_project, close_project),
        cmocka_unit_test_setup_teardown(test_mappings, open_project, close_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

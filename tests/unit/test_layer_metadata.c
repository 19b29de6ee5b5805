/* Metadata by ISO 19115 in exported layers and in the project. */
#include "fixture.h"

#include "maps/layers.h"

static const struct map_export_options as_new = {.overwrite = false};

struct row {
    const char *sql, *expected;
};

static void check(const char *path, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *found = NULL;
        print_message("%s\n", rows[i].sql);
        kit_run(&found, "sqlite3 '%s' \"%s\"", path, rows[i].sql);
        if (!strstr(found, rows[i].expected))
            print_message("%s\n", found);
        assert_non_null(strstr(found, rows[i].expected));
        free(found);
    }
}

static void an_export_says_what_it_was_made_of(void **state)
{
    struct kit_fixture *f = *state;
    static const struct row rows[] = {
        {"SELECT count(*), md_standard_uri, mime_type FROM gpkg_metadata",
         "2|http://www.isotc211.org/2005/gmd|text/xml\n"},
        {"SELECT count(*) FROM gpkg_metadata_reference WHERE reference_scope = 'geopackage' AND table_name "
         "IS NULL",
         "2\n"},
        {"SELECT count(*) FROM gpkg_metadata_reference WHERE reference_scope = 'table' AND table_name IN "
         "(SELECT "
         "table_name FROM gpkg_contents)",
         "22\n"},
        {"SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_metadata'", "2\n"},
        {"SELECT DISTINCT timestamp FROM gpkg_metadata_reference", "2026-02-01T00:00:00.000Z\n"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 1",
         "municipalities: rutor.gpkg, 2024-01-01, licence CC0, SHA-256 aa<"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 1",
         "suppliers: made-up market, 2026-02, licence unknown, not real but synthetic, SHA-256 bb<"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 1", "<gco:CharacterString>EPSG:3006<"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 1", "result SHA-256 result.<"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 2", "okänd licens, inte verkligt utan påhittat"},
        {"SELECT metadata FROM gpkg_metadata WHERE id = 2", "<gco:CharacterString>Leveransområden fyra<"},
    };
    const char *path = kit_inside(f, "layers.gpkg");
    om_status status = map_export(&f->ctx, &f->kit.before.result, path, &as_new);
    if (status != OM_OK)
        print_message("%s\n", f->ctx.message);
    assert_int_equal(status, OM_OK);
    check(kit_inside(f, "layers.gpkg"), rows, sizeof rows / sizeof *rows);
}

static void the_project_has_those_of_its_last_run(void **state)
{
    struct kit_fixture *f = *state;
    static const struct row rows[] = {
        {"SELECT count(*) FROM gpkg_metadata", "2\n"},
        {"SELECT count(*) FROM gpkg_metadata_reference", "22\n"},
        {"SELECT count(*) FROM gpkg_metadata_reference WHERE table_name = 'result_areas'", "2\n"},
    };
    data_project *project = NULL;
    assert_int_equal(
        data_project_create(&f->ctx, kit_inside(f, "project.gpkg"), "EPSG:3006", false, &project), OM_OK);
    for (int run = 0; run < 2; run++) {
        om_status status = map_store(&f->ctx, &f->kit.before.result, project);
        if (status != OM_OK)
            print_message("%s\n", f->ctx.message);
        assert_int_equal(status, OM_OK);
    }
    assert_int_equal(data_project_finish(&f->ctx, project), OM_OK);
    data_project_close(project);
    check(kit_inside(f, "project.gpkg"), rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_export_says_what_it_was_made_of),
        cmocka_unit_test(the_project_has_those_of_its_last_run),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

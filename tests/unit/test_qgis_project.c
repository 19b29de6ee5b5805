/* The QGIS project that lies in an exported GeoPackage, as far as one sees it without QGIS. */
#include "fixture.h"

#include "maps/layers.h"

#include <sqlite3.h>

static const struct map_export_options as_new = {.overwrite = false};

static char *project; /* of QGIS, unpacked */

/* The bytes that a hexadecimal text stands for, into a file. */
static void write_hexadecimal(const char *text, const char *path)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    for (unsigned byte; sscanf(text, "%2x", &byte) == 1; text += 2)
        fputc((int)byte, out);
    fclose(out);
}

/* QGIS stores the hexadecimal text of a zip archive. Owned by the caller. */
static char *unpacked(const char *package, const char *archive)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    char *qgs = NULL;
    assert_int_equal(sqlite3_open_v2(package, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT content FROM qgis_projects WHERE name = 'omland'", -1, &query, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    assert_int_equal(sqlite3_column_type(query, 0), SQLITE_TEXT);
    write_hexadecimal((const char *)sqlite3_column_text(query, 0), archive);
    sqlite3_finalize(query);
    sqlite3_close(db);
    assert_int_equal(kit_run(&qgs, "unzip -p '%s' omland.qgs", archive), 0);
    return qgs;
}

static int start(void **state)
{
    kit_start(state);
    struct kit_fixture *f = *state;
    if (map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "län.gpkg"), &as_new) != OM_OK)
        fail_msg("%s", f->ctx.message);
    project = unpacked(kit_inside(f, "län.gpkg"), kit_inside(f, "p.qgz"));
    return 0;
}

static int stop(void **state)
{
    free(project);
    return kit_stop(state);
}

static int count_of(const char *text, const char *wanted)
{
    int n = 0;
    for (; (text = strstr(text, wanted)); text += strlen(wanted))
        n++;
    return n;
}

static void it_has_layers_themes_and_layouts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int count;
    } rows[] = {
        {"<datasource>./län.gpkg|layername=", 11},
        {"<layer-tree-group name=", 4},
        {"<visibility-preset name=", 6}, /* there is nothing before, so no theme of change */
        {"<Layout name=", 12},
        {"<layer id=\"omland_municipalities\" style=\"Minutes to second\"", 1},
        {"<layer id=\"omland_areas\" style=\"Offices\"", 1},
        {"<layer id=\"omland_fa_regions\"", 1},
        {"<map-layer-style name=\"Alignment\"", 1},
        {"<abstract>Not real but synthetic: the supplier market.</abstract>", 1},
        {"labelText=\"Not real but synthetic: the supplier market.\"", 12},
        {"label=\"Over 30 to 45 min\"", 2},
        {"layername=changes", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("%s\n", rows[i].text);
        assert_int_equal(count_of(project, rows[i].text), rows[i].count);
    }
}

/* What the small country's names hold must not break the document. */
static void names_are_escaped(void **state)
{
    struct kit_fixture *f = *state;
    struct kit_case odd;
    kit_case_make(&f->ctx, &odd);
    om_free(odd.the_case.plan->name);
    odd.the_case.plan->name = om_strdup("R&D <\"norr\">");
    assert_int_equal(map_export(&f->ctx, &odd.result, kit_inside(f, "odd.gpkg"), &as_new), OM_OK);
    char *qgs = unpacked(kit_inside(f, "odd.gpkg"), kit_inside(f, "odd.qgz"));
    assert_non_null(strstr(qgs, "<title>Delivery areas R&amp;D &lt;&quot;norr&quot;&gt;</title>"));
    free(qgs);
    kit_case_done(&odd);
}

static void running_out_of_memory_leaves_nothing_behind(void **state)
{
    struct kit_fixture *f = *state;
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n += 89) {
        assert_true(n < 20000);
        om_memory_fail_after(n);
        status = map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "memory.gpkg"), &as_new);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || access(kit_inside(f, "memory.gpkg"), F_OK) != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_layers_themes_and_layouts),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(running_out_of_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

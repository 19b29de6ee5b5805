/* An agency's own styles and QGIS project in place of ours. */
#include "fixture.h"

#include "maps/layers.h"

static const struct map_export_options as_new = {.overwrite = false};

static void run(const struct kit_fixture *f, const char *command)
{
    char *output = NULL;
    int code = kit_run(&output, "cd '%s' && %s", f->folder, command);
    if (code)
        print_message("%s: %s\n", command, output);
    assert_int_equal(code, 0);
    free(output);
}

static void expect(const struct kit_fixture *f, const char *command, const char *expected)
{
    char *output = NULL;
    kit_run(&output, "cd '%s' && %s", f->folder, command);
    if (strcmp(output, expected) != 0)
        print_message("%s\n", command);
    assert_string_equal(output, expected);
    free(output);
}

static om_status export_with(struct kit_fixture *f, const char *name, const char *template)
{
    char *path = om_strdup(kit_inside(f, name)), *from = om_strdup(kit_inside(f, template));
    const struct map_export_options options = {.template_path = from};
    om_status status = map_export(&f->ctx, &f->kit.before.result, path, &options);
    om_free(path);
    om_free(from);
    return status;
}

static void exported(struct kit_fixture *f, const char *name, const char *template)
{
    om_status status = export_with(f, name, template);
    if (status != OM_OK)
        print_message("%s\n", f->ctx.message);
    assert_int_equal(status, OM_OK);
}

#define QML(what) "<qgis labelsEnabled=\"0\"><renderer-v2 type=\"singleSymbol\"/>" what "</qgis>"

static void files_replace_and_extend_styles(void **state)
{
    struct kit_fixture *f = *state;
    run(f, "mkdir mine");
    kit_write(kit_inside(f, "mine/municipalities.qml"), QML("<mine>whole</mine>"));
    kit_write(kit_inside(f, "mine/municipalities-minutes.qml"), QML("<mine>minutes</mine>"));
    kit_write(kit_inside(f, "mine/areas-Karta.qml"), QML("<mine>karta &amp; mer</mine>"));
    kit_write(kit_inside(f, "mine/notes.txt"), "no style");
    exported(f, "own.gpkg", "mine");
    expect(f,
           "sqlite3 own.gpkg \"SELECT f_table_name, styleName, useAsDefault FROM layer_styles WHERE styleQML "
           "LIKE "
           "'%<mine>%' ORDER BY 1 DESC, 2\"",
           "municipalities|Minuter (svenska)|0\nmunicipalities|Minutes (English)|0\n"
           "municipalities|Status (English)|1\nmunicipalities|Status (svenska)|0\nareas|Karta|0\n");
    run(f, "sqlite3 own.gpkg 'SELECT content FROM qgis_projects' | python3 -c 'import sys; "
           "sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' >own.qgz && unzip -p own.qgz >own.qgs");
    expect(f, "grep -c 'map-layer-style name=\"Karta\"' own.qgs", "1\n");
    expect(f, "grep -o '<mine>[^<]*' own.qgs | sort", "<mine>karta &amp; mer\n<mine>minutes\n<mine>whole\n");
}

static void a_package_saved_by_qgis_is_a_template(void **state)
{
    struct kit_fixture *f = *state;
    assert_int_equal(map_export(&f->ctx, &f->kit.before.result, kit_inside(f, "base.gpkg"), &as_new), OM_OK);
    run(f, "sqlite3 base.gpkg \"UPDATE layer_styles SET useAsDefault = f_table_name <> 'areas' AND "
           "useAsDefault, "
           "styleQML = replace(styleQML, '</qgis>', '<mine/></qgis>')\"");
    run(f, "sqlite3 base.gpkg \"INSERT INTO layer_styles (f_table_name, styleName, styleQML, useAsDefault) "
           "VALUES "
           "('result_areas', 'Eget', '<qgis><mine/></qgis>', 1)\"");
    exported(f, "again.gpkg", "base.gpkg");
    expect(f, "sqlite3 again.gpkg \"SELECT count(*) FROM layer_styles WHERE styleQML NOT LIKE '%<mine/>%'\"",
           "0\n");
    expect(f,
           "sqlite3 again.gpkg \"SELECT styleName FROM layer_styles WHERE f_table_name = 'areas' AND "
           "useAsDefault\"",
           "Eget\n");
    run(f, "sqlite3 again.gpkg 'SELECT content FROM qgis_projects' | python3 -c 'import sys; "
           "sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' >again.qgz && unzip -p again.qgz "
           ">again.qgs");
    expect(f, "grep -c 'datasource>./again.gpkg|layername=' again.qgs; grep -c base.gpkg again.qgs",
           "11\n0\n");
}

/* Sources of other files are still found from the new place. */
static void a_project_is_pointed_at_the_new_file(void **state)
{
    struct kit_fixture *f = *state;
    static const char qgs[] =
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis "
        "version=\"3.34\"><layer-tree-group>"
        "<layer-tree-layer "
        "source=\"../old/x.gpkg|layername=result_areas\"/></layer-tree-group><projectlayers>"
        "<maplayer><datasource>../old/x.gpkg|layername=result_areas|subset=&quot;none&quot; &gt; "
        "0</datasource></maplayer>"
        "<maplayer><datasource>./roads.gpkg|layername=roads</datasource></maplayer>"
        "<maplayer><datasource>crs=EPSG:3006&amp;url=https://example.org/wms</datasource></maplayer>"
        "</projectlayers></qgis>";
    kit_write(kit_inside(f, "mall.qgs"), qgs);
    run(f, "zip -q mall.qgz mall.qgs");
    exported(f, "new.gpkg", "mall.qgz");
    run(f, "sqlite3 new.gpkg 'SELECT content FROM qgis_projects' | python3 -c 'import sys; "
           "sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' >new.qgz && unzip -p new.qgz >new.qgs");
    expect(f, "grep -o 'source=\"[^\"]*\"' new.qgs", "source=\"./new.gpkg|layername=areas\"\n");
    expect(f, "grep -o '<datasource>[^<]*' new.qgs | sed \"s|$(pwd -P)|HERE|\"",
           "<datasource>./new.gpkg|layername=areas\n<datasource>HERE/./roads.gpkg|layername=roads\n"
           "<datasource>crs=EPSG:3006&amp;url=https://example.org/wms\n");
}

static void what_does_not_fit_is_named(void **state)
{
    struct kit_fixture *f = *state;
    static const struct {
        const char *file, *text, *template, *output;
        om_status expected;
        const char *message;
    } rows[] = {
        {"a/kommuner.qml", QML(""), "a", "x.gpkg", OM_BAD_DATA,
         "kommuner.qml: a style for the layer kommuner, but there is no such layer; there are "
         "municipalities, areas"},
        {"b/areas.qml", QML("<layerGeometryType>0</layerGeometryType>"), "b", "x.gpkg", OM_BAD_DATA,
         "areas.qml: the style is made for another kind of geometry than that of the layer areas"},
        {"c/areas.qml", "<qgis><renderer-v2 attr=\"omdome\"/></qgis>", "c", "x.gpkg", OM_BAD_DATA,
         "areas.qml: the style tells features of the layer areas by the column omdome, which it lacks"},
        {"d/areas.qml", "{}", "d", "x.gpkg", OM_BAD_DATA, "areas.qml: not a style of QGIS (QML)"},
        {"e/notes.txt", "", "e", "x.gpkg", OM_NOT_FOUND, "e has neither styles nor a QGIS project"},
        {"f.txt", "", "f.txt", "x.gpkg", OM_INVALID_ARGUMENT, "f.txt is neither a GeoPackage"},
        {"g.txt", "", "none", "x.gpkg", OM_NOT_FOUND, "none is not there"},
        {"h.qgs", "<qgis><datasource>a.gpkg|layername=b</datasource></qgis>", "h.qgs", "x.gpkg", OM_BAD_DATA,
         "h.qgs: its project shows none of the layers"},
        {"i.qgs",
         "<qgis><datasource>a.gpkg|layername=areas</datasource><datasource>a.gpkg|layername=b</datasource></"
         "qgis>",
         "i.qgs", "x.gpkg", OM_BAD_DATA,
         "i.qgs: its project shows the layer b, which this result does not have"},
        {"j.qgs", "<qgis><datasource>a.gpkg|layername=changes</datasource></qgis>", "j.qgs", "x.gpkg",
         OM_BAD_DATA, "j.qgs: its project shows the layer changes, which this result does not have"},
        {"k.qgz", "not zip", "k.qgz", "x.gpkg", OM_BAD_DATA, "k.qgz: not a QGIS project"},
        {"l/areas.qml", QML(""), "l", "x.csv", OM_INVALID_ARGUMENT, "--template is for a GeoPackage"},
    };
    run(f, "mkdir a b c d e l");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kit_write(kit_inside(f, rows[i].file), rows[i].text);
        assert_int_equal(export_with(f, rows[i].output, rows[i].template), rows[i].expected);
        if (!strstr(f->ctx.message, rows[i].message))
            print_message("%s\n", f->ctx.message);
        assert_non_null(strstr(f->ctx.message, rows[i].message));
        assert_int_not_equal(access(kit_inside(f, rows[i].output), F_OK), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_replace_and_extend_styles),
        cmocka_unit_test(a_package_saved_by_qgis_is_a_template),
        cmocka_unit_test(a_project_is_pointed_at_the_new_file),
        cmocka_unit_test(what_does_not_fit_is_named),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

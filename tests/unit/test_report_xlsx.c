/*
 * A report as a workbook, read again by GDAL.
 */
#include "kit.h"

#include "../../maps/report_writer.h"
#include "../../maps/report_xlsx_parts.h"
#include "geo/memory.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>

struct fixture {
    om_context ctx;
    struct document document;
    char *folder;
};

static const char *inside(const struct fixture *f, const char *name)
{
    return kit_path(f->folder, name);
}

static void add_columns(struct document *document)
{
    static const struct document_column columns[] = {
        {.title = "Code", .type = DOCUMENT_CODE},
        {.title = "Name", .type = DOCUMENT_TEXT, .is_row_header = true, .description = "Of the municipality"},
        {.title = "Job seekers", .type = DOCUMENT_WHOLE},
        {.title = "Share", .type = DOCUMENT_SHARE},
        {.title = "Minutes", .type = DOCUMENT_MINUTES},
        {.title = "Density", .type = DOCUMENT_NUMBER, .decimals = 2},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(document, &columns[i]);
}

static void add_row(struct document *document, const char *code, const char *name, const double numbers[4])
{
    document_text(document, DOCUMENT_PLAIN, "%s", code);
    document_text(document, DOCUMENT_BAD, "%s", name);
    for (size_t i = 0; i < 4; i++)
        document_number(document, i == 0 ? DOCUMENT_STRONG : DOCUMENT_PLAIN, numbers[i]);
}

static void build(struct document *document)
{
    document->title = om_strdup("Plan <fyra> & co");
    document->subtitle = om_strdup("4 areas");
    document->notice = om_strdup("Not real but synthetic: the supplier market & all of it.");
    document->language = om_strdup("en");
    document->date = om_strdup("2026-02-01");
    document_heading(document, 1, "summary", "In short");
    document_paragraph(document, DOCUMENT_NOTICE, "%s", document->notice);
    document_paragraph(document, DOCUMENT_LEAD, "Nine of ten have a choice.");
    document_figures(document);
    document_figure(document, "Job seekers with a choice", DOCUMENT_SHARE, 0.905, DOCUMENT_GOOD, "at best %s",
                    "95 %");
    document_heading(document, 1, "maps", "Only maps");
    document_map(document, MAP_THEME_STATUS, "A map");
    document_heading(document, 1, "municipalities", "Municipalities");
    document_table(document, "municipalities", "Who/where: all?", "Every municipality.");
    add_columns(document);
    add_row(document, "0114", "Ås", (double[]){1234567, 0.995, 60.25, 3.14159});
    add_row(document, "0007", "=1+1", (double[]){-5, NAN, 0.1, NAN});
    add_row(document, "", "@SUM(A1)", (double[]){0, 0, 0, 0});
    document_table(document, "again", "who/where: ALL?", "The same name, once more.");
    document_column(document, &(struct document_column){.title = "Only", .type = DOCUMENT_TEXT});
    document_list(document);
    document_item(document, DOCUMENT_PLAIN, "An item");
    assert_false(document->out_of_memory);
}

static int start(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    build(&fixture.document);
    fixture.folder = kit_folder();
    GDALAllRegister();
    *state = &fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *f = *state;
    document_done(&f->document);
    om_context_done(&f->ctx);
    kit_remove(f->folder);
    return 0;
}

static om_status write_to(struct fixture *f, const struct document *document, const char *name)
{
    FILE *out = fopen(inside(f, name), "wb");
    assert_non_null(out);
    om_status status = report_write_xlsx(&f->ctx, &(struct report){.document = document}, out);
    assert_false(ferror(out));
    assert_int_equal(fclose(out), 0);
    return status;
}

static void written(struct fixture *f, const char *name)
{
    om_status status = write_to(f, &f->document, name);
    if (status != OM_OK)
        print_message("%s\n", f->ctx.message);
    assert_int_equal(status, OM_OK);
}

static void a_sheet_per_table_holds_its_values(void **state)
{
    struct fixture *f = *state;
    static const char *const sheets[] = {"Summary", "Who where  all", "who where  ALL 2", "Text and method"};
    static const struct {
        int row;
        const char *column, *expected; /* NULL: empty */
    } cells[] = {
        {0, "Code", "0114"},   {0, "Name", "Ås"},       {0, "Job seekers", "1234567"},
        {0, "Share", "0.995"}, {0, "Minutes", "60.25"}, {0, "Density", "3.14159"},
        {1, "Code", "0007"},   {1, "Name", "=1+1"},     {1, "Job seekers", "-5"},
        {1, "Share", NULL},    {1, "Minutes", "0.1"},   {1, "Density", NULL},
        {2, "Code", NULL},     {2, "Name", "@SUM(A1)"}, {2, "Share", "0"},
    };
    written(f, "values.xlsx");
    GDALDatasetH dataset = GDALOpenEx(inside(f, "values.xlsx"), GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    assert_int_equal(GDALDatasetGetLayerCount(dataset), sizeof sheets / sizeof *sheets);
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); i++)
        assert_string_equal(OGR_L_GetName(GDALDatasetGetLayer(dataset, i)), sheets[i]);
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 1);
    assert_int_equal(OGR_L_GetFeatureCount(layer, true), 3);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        OGRFeatureH feature = OGR_L_GetFeature(layer, cells[i].row + 2);
        int field = OGR_F_GetFieldIndex(feature, cells[i].column);
        print_message("%s of row %d\n", cells[i].column, cells[i].row);
        assert_int_equal(OGR_F_IsFieldSetAndNotNull(feature, field), cells[i].expected != NULL);
        if (cells[i].expected)
            assert_string_equal(OGR_F_GetFieldAsString(feature, field), cells[i].expected);
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
}

/* A part of a workbook as XML, freed by the caller. */
static char *part(const struct fixture *f, const char *name, const char *of)
{
    char *xml = NULL;
    assert_int_equal(kit_run(&xml, "unzip -p '%s' '%s'", inside(f, name), of), 0);
    return xml;
}

static void assert_has(const char *text, const char *expected)
{
    if (!strstr(text, expected))
        fail_msg("%s is not in:\n%s", expected, text);
}

static void a_table_is_ready_to_work_and_to_print(void **state)
{
    struct fixture *f = *state;
    written(f, "sheet.xlsx");
    char *sheet = part(f, "sheet.xlsx", "xl/worksheets/sheet2.xml");
    assert_has(sheet, "<pane xSplit=\"2\" ySplit=\"1\" topLeftCell=\"C2\"");
    assert_has(sheet, "<autoFilter ref=\"A1:F4\"/>");
    assert_has(sheet, "orientation=\"landscape\"");
    assert_has(sheet, "paperSize=\"9\"");
    assert_has(sheet, "fitToHeight=\"0\"");
    assert_has(sheet, "<ignoredError sqref=\"A1:F4\" numberStoredAsText=\"1\"/>");
    assert_has(sheet, "Not real but synthetic: the supplier market &amp;&amp; all of it.");
    assert_null(strstr(sheet, "<f>"));
    free(sheet);
    char *book = part(f, "sheet.xlsx", "xl/workbook.xml");
    assert_has(book, "_xlnm.Print_Titles");
    free(book);
    char *styles = part(f, "sheet.xlsx", "xl/styles.xml");
    assert_has(styles, "formatCode=\"0.0 %\"");
    assert_has(styles, "formatCode=\"#,##0.0\"");
    free(styles);
    char *comments = part(f, "sheet.xlsx", "xl/comments1.xml");
    assert_has(comments, "Every municipality.\nNot real but synthetic");
    assert_has(comments, "Of the municipality");
    free(comments);
}

static void the_summary_has_figures_and_leads_to_the_tables(void **state)
{
    struct fixture *f = *state;
    written(f, "summary.xlsx");
    char *sheet = part(f, "summary.xlsx", "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<v>0.905</v>");
    assert_has(sheet, "location=\"'Who where  all'!A1\"");
    assert_has(sheet, "location=\"'who where  ALL 2'!A1\"");
    free(sheet);
    char *words = part(f, "summary.xlsx", "xl/sharedStrings.xml");
    assert_has(words, "<t>Municipalities</t>");
    assert_null(strstr(words, "Only maps"));
    free(words);
    char *core = part(f, "summary.xlsx", "docProps/core.xml");
    assert_has(core, "<dc:title>Plan &lt;fyra&gt; &amp; co</dc:title>");
    assert_has(core, "<dc:creator></dc:creator>");
    assert_has(core, ">2026-02-01T00:00:00Z</dcterms:created>");
    free(core);
}

static void equal_documents_give_equal_bytes(void **state)
{
    struct fixture *f = *state;
    char *output = NULL;
    written(f, "a.xlsx");
    sleep(1);
    written(f, "b.xlsx");
    int differs = kit_run(&output, "cmp '%s' '%s'", inside(f, "a.xlsx"), inside(f, "b.xlsx"));
    print_message("%s", output);
    free(output);
    assert_int_equal(differs, 0);
}

static void names_of_sheets_are_those_spreadsheets_accept(void **state)
{
    (void)state;
    static const struct xlsx_sheet_name taken[] = {{"Områden"}, {"Leverantörer på varje plats i la"}};
    static const struct {
        const char *title, *expected;
    } rows[] = {
        {"Kommuner", "Kommuner"},
        {"OMRÅDEN", "OMRÅDEN 2"},
        {"a[b]c:d*e?f/g\\h", "a b c d e f g h"},
        {"'quoted'", "quoted"},
        {"it's", "it's"},
        {"", "Table"},
        {"history", "History 1"},
        {"ååååååååååååååååååååååååååååååååååååå", "ååååååååååååååååååååååååååååååå"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct xlsx_sheet_name name = xlsx_sheet_name(rows[i].title, taken, 2);
        assert_string_equal(name.text, rows[i].expected);
    }
    struct xlsx_sheet_name names[12];
    for (size_t i = 0; i < 12; i++)
        names[i] = xlsx_sheet_name("Municipalities of the far north", names, i);
    assert_string_equal(names[0].text, "Municipalities of the far north");
    assert_string_equal(names[1].text, "Municipalities of the far nor 2");
    assert_string_equal(names[11].text, "Municipalities of the far no 12");
}

static void what_a_sheet_cannot_hold_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct document document = {.title = "long", .subtitle = "", .language = "en"};
    char *text = malloc(40001);
    memset(text, 'x', 40000);
    text[40000] = '\0';
    document_table(&document, "long", "Long", NULL);
    document_column(&document, &(struct document_column){.title = "Text", .type = DOCUMENT_TEXT});
    document_text(&document, DOCUMENT_PLAIN, "%s", text);
    free(text);
    assert_int_equal(write_to(f, &document, "long.xlsx"), OM_BAD_DATA);
    assert_has(f->ctx.message, "32,767");
    document.title = document.subtitle = document.language = NULL;
    document_done(&document);
}

static void running_out_of_memory_is_told(void **state)
{
    struct fixture *f = *state;
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 1000);
        om_memory_fail_after(n);
        status = write_to(f, &f->document, "memory.xlsx");
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_per_table_holds_its_values),
        cmocka_unit_test(a_table_is_ready_to_work_and_to_print),
        cmocka_unit_test(the_summary_has_figures_and_leads_to_the_tables),
        cmocka_unit_test(equal_documents_give_equal_bytes),
        cmocka_unit_test(names_of_sheets_are_those_spreadsheets_accept),
        cmocka_unit_test(what_a_sheet_cannot_hold_is_an_error),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

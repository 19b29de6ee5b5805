/*
 * A report as PDF. What cairo writes is read as text, for its objects are not compressed, only their streams.
 */
#include "case.h"

#include "../../maps/report_writer.h"

struct fixture {
    om_context ctx;
    struct kit_case kit;
    struct layer_view view;
    struct map_report request;
    struct document document;
    struct report report;
    char *folder;
};

static const char *inside(const struct fixture *f, const char *name)
{
    return kit_path(f->folder, name);
}

enum { ROWS = 90 };

static void add_table(struct document *document, size_t n_columns)
{
    document_table(document, "rows", "Rows", "Many rows.");
    for (size_t c = 0; c < n_columns; c++)
        document_column(document, &(struct document_column){.title = c ? "Number of things" : "Name of it",
                                                            .type = c ? DOCUMENT_WHOLE : DOCUMENT_TEXT,
                                                            .priority = c < 5 ? 1 : 3});
    for (size_t row = 0; row < ROWS; row++) {
        document_text(document, DOCUMENT_BAD, "Row %zu", row);
        for (size_t c = 1; c < n_columns; c++)
            document_number(document, DOCUMENT_PLAIN, c == 2 ? NAN : (double)(row * c));
    }
}

static void build(struct document *document)
{
    document->title = om_strdup("Plan fyra");
    document->subtitle = om_strdup("Four areas, <one> of them & an island");
    document->notice = om_strdup("Not real but synthetic: the supplier market.");
    document->language = om_strdup("en");
    document->date = om_strdup("2026-02-01");
    document_paragraph(document, DOCUMENT_NOTICE, "%s", document->notice);
    document_heading(document, 1, "summary", "In short");
    document_paragraph(document, DOCUMENT_LEAD, "Nine of ten have a choice.");
    document_figures(document);
    for (int i = 0; i < 5; i++)
        document_figure(document, "Job seekers with a choice", DOCUMENT_SHARE, 0.9, DOCUMENT_GOOD, "%d", i);
    document_list(document);
    document_item(document, DOCUMENT_PLAIN, "First, a long item. %s", "It goes on. It goes on. It goes on.");
    document_item(document, DOCUMENT_BAD, "Second");
    document_map(document, MAP_THEME_STATUS, "The map of who has a choice.");
    document_heading(document, 1, "rows", "Rows");
    add_table(document, 4);
    document_heading(document, 2, "wide", "Wide rows");
    add_table(document, 14);
    document_paragraph(document, DOCUMENT_COMMAND, "omland report\n  fyra");
    document_paragraph(document, DOCUMENT_REMARK, "The end.");
    assert_false(document->out_of_memory);
}

static int start(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    kit_case_make(&f.ctx, &f.kit);
    assert_int_equal(layer_view_new(&f.ctx, &f.kit.result, &f.view), OM_OK);
    build(&f.document);
    f.report = (struct report){&f.view, &f.request, &f.document};
    f.folder = kit_folder();
    *state = &f;
    return 0;
}

static int stop(void **state)
{
    struct fixture *f = *state;
    document_done(&f->document);
    layer_view_done(&f->view);
    kit_case_done(&f->kit);
    om_context_done(&f->ctx);
    kit_remove(f->folder);
    return 0;
}

static om_status write_to(struct fixture *f, const struct report *report, const char *name)
{
    FILE *out = fopen(inside(f, name), "wb");
    assert_non_null(out);
    om_status status = report_write_pdf(&f->ctx, report, out);
    assert_false(ferror(out));
    assert_int_equal(fclose(out), 0);
    return status;
}

/* What was written, freed by the caller, with NUL bytes made spaces so that it is one string. */
static char *written(struct fixture *f, const char *name)
{
    om_status status = write_to(f, &f->report, name);
    if (status != OM_OK)
        print_message("%s\n", f->ctx.message);
    assert_int_equal(status, OM_OK);
    size_t size;
    char *bytes = kit_read_bytes(inside(f, name), &size);
    for (size_t i = 0; i < size; i++)
        if (!bytes[i])
            bytes[i] = ' ';
    return bytes;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *c = text; (c = strstr(c, what)); c += strlen(what))
        n++;
    return n;
}

static void the_structure_has_every_element(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *what;
        int least, most;
    } rows[] = {
        {"/S /Document", 1, 1},
        {"/S /H1", 1, 1},
        {"/S /H2", 2, 2},
        {"/S /H3", 1, 1},
        {"/S /Figure", 2, 2},
        {"/S /L\n", 2, 2},
        {"/S /LI", 7, 7},
        /* Every page of a table is a table with a header of its own. */
        {"/S /Table", 5, 12},
        {"/S /TD", ROWS * (4 + 5), ROWS * (4 + 14)},
        {"/Type /Outlines", 1, 1},
        {"/Type /Page ", 7, 14},
        {"/Marked true", 2, 2},
        {"/Title (Plan fyra)", 1, 1},
        {"/Subject", 1, 1},
        {"(20260201000000Z)", 2, 2},
        {"/Subtype /Image", 0, 0},
        {"/Lang <FEFF0065006E>", 1, 1},
        {"/DisplayDocTitle true", 1, 1},
        /* "The map …" */
        {"/Alt <FEFF0054006800650020006D00610070", 1, 1},
        {"%%EOF", 2, 2},
    };
    char *pdf = written(f, "structure.pdf");
    assert_memory_equal(pdf, "%PDF-1.", 7);
    int differences = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int n = count(pdf, rows[i].what);
        if (n < rows[i].least || n > rows[i].most)
            print_message("%d of %s, expected %d to %d\n", n, rows[i].what, rows[i].least, rows[i].most);
        differences += n < rows[i].least || n > rows[i].most;
    }
    assert_int_equal(differences, 0);
    int n_tables = count(pdf, "/S /Table");
    assert_int_equal(count(pdf, "/S /TR"), 2 * ROWS + n_tables);
    /* Once as cairo writes them, once with what they head. */
    assert_int_equal(2 * count(pdf, "/Scope /Column"), count(pdf, "/S /TH"));
    free(pdf);
}

static void equal_documents_give_equal_bytes(void **state)
{
    struct fixture *f = *state;
    free(written(f, "a.pdf"));
    sleep(1);
    free(written(f, "b.pdf"));
    char *output = NULL;
    int differs = kit_run(&output, "cmp '%s' '%s'", inside(f, "a.pdf"), inside(f, "b.pdf"));
    print_message("%s", output);
    free(output);
    assert_int_equal(differs, 0);
}

static void an_empty_document_is_a_page(void **state)
{
    struct fixture *f = *state;
    struct document empty = {.title = "Nothing", .subtitle = "", .language = "sv", .date = "2026-02-01"};
    struct report report = {&f->view, &f->request, &empty};
    assert_int_equal(write_to(f, &report, "empty.pdf"), OM_OK);
    document_table(&empty, "none", "None", "");
    document_column(&empty, &(struct document_column){.title = "Only a title", .type = DOCUMENT_TEXT});
    assert_int_equal(write_to(f, &report, "empty.pdf"), OM_OK);
    empty.title = empty.subtitle = empty.language = empty.date = NULL;
    document_done(&empty);
}

static void what_fails_is_told(void **state)
{
    struct fixture *f = *state;
    struct map_report nowhere = {.region = "Nowhere"};
    struct report report = {&f->view, &nowhere, &f->document};
    assert_int_equal(write_to(f, &report, "nowhere.pdf"), OM_NOT_FOUND);
    assert_non_null(strstr(f->ctx.message, "Nowhere"));
}

static void running_out_of_memory_is_told(void **state)
{
    struct fixture *f = *state;
    struct document small = {.title = "Small", .subtitle = "s", .language = "en", .date = "2026-02-01"};
    document_heading(&small, 1, "id", "Heading");
    document_paragraph(&small, DOCUMENT_BODY, "Text");
    document_list(&small);
    document_item(&small, DOCUMENT_PLAIN, "Item");
    document_figures(&small);
    document_figure(&small, "Label", DOCUMENT_WHOLE, 1, DOCUMENT_PLAIN, "%s", "");
    document_table(&small, "t", "T", "caption");
    document_column(&small, &(struct document_column){.title = "Column", .type = DOCUMENT_TEXT});
    document_text(&small, DOCUMENT_PLAIN, "Cell");
    assert_false(small.out_of_memory);
    struct report report = {&f->view, &f->request, &small};
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 1000);
        om_memory_fail_after(n);
        status = write_to(f, &report, "memory.pdf");
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
    }
    small.title = small.subtitle = small.language = small.date = NULL;
    document_done(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_structure_has_every_element), cmocka_unit_test(equal_documents_give_equal_bytes),
        cmocka_unit_test(an_empty_document_is_a_page),     cmocka_unit_test(what_fails_is_told),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* What a report says, before any format: typed cells, figures that stay together, scope. */
#include "case.h"

#include "report_content.h"

struct fixture {
    om_context ctx;
    struct kit_case kit;
    struct layer_view view;
    struct document document;
};

static int start(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    kit_case_make(&fixture.ctx, &fixture.kit);
    assert_int_equal(layer_view_new(&fixture.ctx, &fixture.kit.result, &fixture.view), OM_OK);
    *state = &fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    document_done(&fixture->document);
    layer_view_done(&fixture->view);
    kit_case_done(&fixture->kit);
    om_context_done(&fixture->ctx);
    return 0;
}

static void build(struct fixture *f)
{
    if (report_content(&f->ctx, &f->view, &(struct map_report){0}, &f->document) != OM_OK)
        fail_msg("%s", f->ctx.message);
}

static const struct document_table *table_named(const struct document *document, const char *name)
{
    for (size_t i = 0; i < document->n_blocks; i++)
        if (document->blocks[i].table && strcmp(document->blocks[i].table->name, name) == 0)
            return document->blocks[i].table;
    fail_msg("there is no table %s", name);
    return NULL;
}

static const struct document_value *cell(const struct document_table *table, size_t row, const char *title)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->columns[c].title, title) == 0)
            return document_cell(table, row, c);
    fail_msg("table %s has no column %s", table->name, title);
    return NULL;
}

static void cells_keep_number_and_text(void **state)
{
    struct fixture *f = *state;
    build(f);
    const struct document_table *table = table_named(&f->document, "municipalities");
    assert_int_equal(document_n_rows(table), KIT_MUNICIPALITIES);
    assert_string_equal(cell(table, 0, "Code")->text, "0105");
    assert_string_equal(cell(table, 11, "Job seekers")->text, "1\u00a0200");
    assert_float_equal(cell(table, 11, "Job seekers")->number, 1200, 0);
    assert_string_equal(cell(table, 11, "Minutes")->text, "unreachable");
    assert_true(isnan(cell(table, 11, "Minutes")->number));
    assert_string_equal(cell(table, 3, "Minutes")->text, "61");
    assert_float_equal(cell(table, 3, "Minutes")->number, 60.5, 1e-9);
    assert_string_equal(cell(table, 3, "Status")->text, "none");
    assert_int_equal(cell(table, 3, "Status")->tone, DOCUMENT_BAD);
}

static void figures_stay_together(void **state)
{
    struct fixture *f = *state;
    document_paragraph(&f->document, DOCUMENT_BODY, "%s of %s", "99.5 %", "12 345 678");
    document_say(&f->document, "a b %d c", 1);
    assert_string_equal(f->document.blocks[0].text, "99.5\u00a0% of 12\u00a0345\u00a0678 a b 1 c");
}

static const char *row_text(const struct document_table *table, const char *municipality, const char *title)
{
    for (size_t row = 0; row < document_n_rows(table); row++)
        if (strcmp(document_cell(table, row, 0)->text, municipality) == 0)
            return cell(table, row, title)->text;
    fail_msg("table %s has no row %s", table->name, municipality);
    return NULL;
}

/* Of every cause, the sentences worked out by hand from the small country. */
static void causes_are_told_in_plain_words(void **state)
{
    static const struct {
        const char *municipality, *why, *change;
    } expected[] = {
        {"Lö", "No supplier serves the area.",
         "2 more suppliers of its area within 60 minutes would give it a choice. In-house delivery is "
         "proposed from "
         "its own main town."},
        {"Ekö",
         "The area has 2 suppliers, but none within 60 minutes. The nearest is in Ås, 63 minutes away.",
         "2 more suppliers of its area within 60 minutes would give it a choice. The nearest supplier in any "
         "area is "
         "in Inby, 33 minutes away. In-house delivery is proposed from its own main town."},
        {"Dal",
         "The area has 2 suppliers, but none within 60 minutes. The nearest is in Ceder, 61 minutes away.",
         "2 more suppliers of its area within 60 minutes would give it a choice. In-house delivery is "
         "proposed from "
         "Höga, 33 minutes away."},
        {"Källa", "3 suppliers can be reached within 60 minutes, but only 1 of them in its own area.",
         "It would have a choice in the area Östra. 1 more supplier of its area within 60 minutes would give "
         "it a "
         "choice."},
        {"Jäder",
         "The area has 1 supplier, and 1 supplier can be reached within 60 minutes whatever the area: too "
         "few for a "
         "choice.",
         "1 more supplier of its area within 60 minutes would give it a choice."},
    };
    struct fixture *f = *state;
    build(f);
    const struct document_table *table = table_named(&f->document, "without-choice");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_string_equal(row_text(table, expected[i].municipality, "Why there is no choice"),
                            expected[i].why);
        assert_string_equal(row_text(table, expected[i].municipality, "What would change it"),
                            expected[i].change);
    }
}

static void a_county_that_is_not_there_is_told(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(report_content(&f->ctx, &f->view, &(struct map_report){.region = "25"}, &f->document),
                     OM_NOT_FOUND);
    assert_non_null(strstr(f->ctx.message, "has no counties"));
}

/* The small country's regions as counties. */
static void use_counties(struct fixture *f)
{
    struct plan_partition *regions = &f->kit.the_case.territory->partitions[0];
    om_free(regions->kind);
    regions->kind = om_strdup("county");
    f->view.county = regions;
}

static void a_county_reports_its_own(void **state)
{
    struct fixture *f = *state;
    use_counties(f);
    const struct map_report request = {.region =
                                           "Dalkusten"}; /* Dal, Höga and Lö, in the areas Östra and Ön */
    assert_int_equal(report_content(&f->ctx, &f->view, &request, &f->document), OM_OK);
    const struct document_table *municipalities = table_named(&f->document, "municipalities");
    const struct document_table *areas = table_named(&f->document, "areas");
    assert_int_equal(document_n_rows(municipalities), 3);
    assert_string_equal(cell(municipalities, 0, "Municipality")->text, "Dal");
    assert_int_equal(document_n_rows(areas), 2);
    assert_string_equal(cell(areas, 1, "Delivery area")->text, "Östra");
    assert_string_equal(cell(areas, 1, "Municipalities")->text, "4");
    assert_string_equal(f->document.title, "Delivery areas in Dalkusten: plan fyra");
}

static void an_unknown_county_is_told_the_others(void **state)
{
    struct fixture *f = *state;
    use_counties(f);
    assert_int_equal(report_content(&f->ctx, &f->view, &(struct map_report){.region = "25"}, &f->document),
                     OM_NOT_FOUND);
    assert_string_equal(f->ctx.message, "there is no county 25, but these: Åsbygden, Dalkusten, Inlandet");
}

static void no_memory_is_told(void **state)
{
    struct fixture *f = *state;
    for (size_t n = 1;; n += 1 + n / 20) {
        om_memory_fail_after(n);
        om_status status = report_content(&f->ctx, &f->view, &(struct map_report){0}, &f->document);
        om_memory_fail_after(0);
        if (status == OM_OK)
            break;
        assert_int_equal(status, OM_NO_MEMORY);
        assert_int_equal(f->document.n_blocks, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_keep_number_and_text),
        TEST(figures_stay_together),
        TEST(causes_are_told_in_plain_words),
        TEST(a_county_that_is_not_there_is_told),
        TEST(a_county_reports_its_own),
        TEST(an_unknown_county_is_told_the_others),
        TEST(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

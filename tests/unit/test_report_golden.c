/* Everything a report says, word by word, in both languages: of one plan against another. */
#include "compared.h"
#include "golden.h"
#include "speak.h"

#include "report_content.h"

static void put_table(const struct document_table *table, FILE *out)
{
    fprintf(out, "[%s] %s: %s\n", table->name, table->title, table->caption);
    for (size_t c = 0; c < table->n_columns; c++)
        fprintf(out, "%s%s", c ? " | " : "", table->columns[c].title);
    fputc('\n', out);
    for (size_t row = 0; row < document_n_rows(table); row++)
        for (size_t c = 0; c < table->n_columns; c++)
            fprintf(out, "%s%s", document_cell(table, row, c)->text, c + 1 < table->n_columns ? " | " : "\n");
}

static void put_block(const struct document_block *block, FILE *out)
{
    static const char *const marks[] = {
        [DOCUMENT_HEADING] = "\n# ", [DOCUMENT_PARAGRAPH] = "", [DOCUMENT_MAP] = "map: "};
    if (block->text)
        fprintf(out, "%s%s\n", marks[block->kind], block->text);
    for (size_t i = 0; i < block->n_items; i++) {
        const struct document_item *item = &block->items[i];
        if (item->label)
            fprintf(out, "* %s: %s (%s)\n", item->label, item->value.text, item->note);
        else
            fprintf(out, "- %s\n", item->value.text);
    }
    if (block->table)
        put_table(block->table, out);
}

static char *told(om_context *ctx, const struct map_result *result)
{
    struct layer_view view;
    struct document document;
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(layer_view_new(ctx, result, &view), OM_OK);
    assert_int_equal(
        report_content(ctx, &view, &(struct map_report){.command = "omland report …"}, &document), OM_OK);
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "%s\n%s\n%s, %s\n", document.title, document.subtitle, document.language, document.date);
    for (size_t i = 0; i < document.n_blocks; i++)
        put_block(&document.blocks[i], out);
    fclose(out);
    document_done(&document);
    layer_view_done(&view);
    return text;
}

static void a_report_says_what_was_agreed(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "sv"};
    static const char *const files[] = {"report.txt", "report-sv.txt"};
    om_context ctx = {0};
    struct kit_compared kit;
    kit_compared_make(&ctx, &kit);
    for (size_t i = 0; i < 2; i++) {
        kit_speak(languages[i]);
        char *text = told(&ctx, &kit.after.result);
        kit_golden(files[i], text);
        free(text);
    }
    kit_speak("en");
    kit_compared_done(&kit);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_report_says_what_was_agreed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "geo/memory.h"
#include "geo/text.h"
#include "report_xlsx_parts.h"

#include <glib.h>
#include <math.h>

/* Widths are in digits of the workbook's font. */
enum { NARROWEST = 7, WIDEST = 48, WIDEST_WORD = 70, FILTER_BUTTON = 3 };

static size_t longest_word(const char *text)
{
    size_t longest = 0, length = 0;
    for (const char *c = text; *c; c = g_utf8_next_char(c)) {
        length = *c == ' ' ? 0 : length + 1;
        if (length > longest)
            longest = length;
    }
    return longest;
}

/* As wide as its longest value, but the header is wrapped, and long texts are, between words. */
static double column_width(const struct document_table *table, size_t column)
{
    size_t widest = longest_word(table->columns[column].title) + FILTER_BUTTON, word = 0;
    for (size_t row = 0; row < document_n_rows(table); row++) {
        const char *text = document_cell(table, row, column)->text;
        size_t length = (size_t)g_utf8_strlen(text, -1);
        size_t in_words = length > WIDEST ? longest_word(text) : 0;
        widest = length > widest ? length : widest;
        word = in_words > word ? in_words : word;
    }
    return fmin(fmax(fmin((double)widest + 1, WIDEST), fmax((double)word + 1, NARROWEST)), WIDEST_WORD);
}

/* What a column means, and in the first one what the table is and what is made up in it. */
static char *comment_of(const struct xlsx_book *book, const struct document_table *table, size_t column)
{
    const char *meaning = table->columns[column].description;
    if (column > 0)
        return om_strdup(meaning ? meaning : "");
    const char *parts[] = {table->caption, book->document->notice, meaning};
    char *text = om_strdup("");
    for (size_t i = 0; text && i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i] || !*parts[i])
            continue;
        char *longer = om_format("%s%s%s", text, *text ? "\n" : "", parts[i]);
        om_free(text);
        text = longer;
    }
    return text;
}

static void write_comment(struct xlsx_book *book, lxw_worksheet *sheet, const struct document_table *table,
                          size_t column)
{
    enum { WIDTH_PX = 260, LINE_PX = 18, LINE_CHARACTERS = 36 };
    char *text = comment_of(book, table, column);
    if (!text) {
        xlsx_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    size_t lines = (size_t)g_utf8_strlen(text, -1) / LINE_CHARACTERS + 3;
    lxw_comment_options options = {
        .author = "", .width = WIDTH_PX, .height = (uint16_t)(LINE_PX * (lines < 30 ? lines : 30))};
    if (*text)
        xlsx_check(book, worksheet_write_comment_opt(sheet, 0, (lxw_col_t)column, text, &options));
    om_free(text);
}

static void write_header(struct xlsx_book *book, lxw_worksheet *sheet, const struct document_table *table)
{
    double height = 0;
    for (size_t column = 0; column < table->n_columns; column++) {
        lxw_col_t c = (lxw_col_t)column;
        const char *title = table->columns[column].title;
        double width = column_width(table, column);
        xlsx_put_text(book, sheet, 0, column, title, book->styles[XLSX_HEADER]);
        write_comment(book, sheet, table, column);
        xlsx_check(book, worksheet_set_column(sheet, c, c, width, NULL));
        height = fmax(height, xlsx_row_height(title, width - FILTER_BUTTON, xlsx_style_size(XLSX_HEADER)));
    }
    xlsx_check(book, worksheet_set_row(sheet, 0, height, NULL));
}

static void write_row(struct xlsx_book *book, lxw_worksheet *sheet, const struct document_table *table,
                      size_t row)
{
    double height = 0;
    for (size_t column = 0; column < table->n_columns; column++) {
        const struct document_value *value = document_cell(table, row, column);
        const struct document_column *kind = &table->columns[column];
        xlsx_put_value(book, sheet, row + 1, column, value, kind->type, kind->decimals);
        if (kind->type == DOCUMENT_TEXT && g_utf8_strlen(value->text, -1) > WIDEST - 2)
            height = fmax(height, xlsx_row_height(value->text, WIDEST - 2, xlsx_style_size(XLSX_TEXT)));
    }
    if (height > 0)
        xlsx_check(book, worksheet_set_row(sheet, (lxw_row_t)(row + 1), height, NULL));
}

/* Codes are text on purpose: no green corners. */
static void accept_codes(struct xlsx_book *book, lxw_worksheet *sheet, size_t last_row, size_t last_column)
{
    char range[2 * LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_range(range, 0, 0, (lxw_row_t)last_row, (lxw_col_t)last_column);
    xlsx_check(book, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

/* The columns up to the one that names the row stay in sight. */
static lxw_col_t frozen_columns(const struct document_table *table)
{
    enum { MOST = 3 };
    for (size_t column = 0; column < table->n_columns && column < MOST; column++)
        if (table->columns[column].is_row_header)
            return (lxw_col_t)(column + 1);
    return 0;
}

void xlsx_write_table(struct xlsx_book *book, const struct document_table *table)
{
    lxw_worksheet *sheet = xlsx_sheet_add(book, true);
    size_t n_rows = document_n_rows(table);
    if (!sheet || table->n_columns == 0)
        return;
    write_header(book, sheet, table);
    for (size_t row = 0; row < n_rows && book->error == LXW_NO_ERROR; row++)
        write_row(book, sheet, table, row);
    lxw_col_t last = (lxw_col_t)(table->n_columns - 1);
    worksheet_freeze_panes(sheet, 1, frozen_columns(table));
    xlsx_check(book, worksheet_autofilter(sheet, 0, 0, (lxw_row_t)n_rows, last));
    xlsx_check(book, worksheet_repeat_rows(sheet, 0, 0));
    accept_codes(book, sheet, n_rows, last);
}

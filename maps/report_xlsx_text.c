#include "geo/memory.h"
#include "geo/text.h"
#include "report_xlsx_parts.h"

#include <glib.h>
#include <math.h>

/* A sheet of text under way: texts in the first column, figures beside their labels. */
struct text_sheet {
    struct xlsx_book *book;
    lxw_worksheet *sheet;
    size_t row;     /* the next one */
    size_t n_links; /* tables passed so far */
};

enum { TEXT_COLUMN, VALUE_COLUMN, NOTE_COLUMN, COLUMNS };
static const double width[COLUMNS] = {72, 12, 50};

static bool begin(struct text_sheet *text, struct xlsx_book *book)
{
    *text = (struct text_sheet){.book = book, .sheet = xlsx_sheet_add(book, false)};
    if (!text->sheet)
        return false;
    for (int i = 0; i < COLUMNS; i++)
        xlsx_check(book, worksheet_set_column(text->sheet, (lxw_col_t)i, (lxw_col_t)i, width[i], NULL));
    worksheet_gridlines(text->sheet, LXW_HIDE_ALL_GRIDLINES);
    return true;
}

/* Makes the row that is written as high as its text and its note ask for. */
static void set_height(struct text_sheet *text, enum xlsx_style style, const char *words, const char *note)
{
    double height = xlsx_row_height(words ? words : "", width[TEXT_COLUMN], xlsx_style_size(style));
    if (note)
        height = fmax(height, xlsx_row_height(note, width[NOTE_COLUMN], xlsx_style_size(XLSX_REMARK)));
    xlsx_check(text->book, worksheet_set_row(text->sheet, (lxw_row_t)text->row, height, NULL));
}

static void put(struct text_sheet *text, enum xlsx_style style, const char *words)
{
    if (!words || !*words)
        return;
    set_height(text, style, words, NULL);
    xlsx_put_text(text->book, text->sheet, text->row++, TEXT_COLUMN, words, text->book->styles[style]);
}

static void put_items(struct text_sheet *text, const struct document_block *block)
{
    for (size_t i = 0; i < block->n_items; i++) {
        char *words = om_format("• %s", block->items[i].value.text);
        xlsx_check(text->book, words ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED);
        put(text, XLSX_TEXT, words);
        om_free(words);
    }
}

static void put_figures(struct text_sheet *text, const struct document_block *block)
{
    struct xlsx_book *book = text->book;
    for (size_t i = 0; i < block->n_items; i++, text->row++) {
        const struct document_item *item = &block->items[i];
        set_height(text, XLSX_TEXT, item->label, item->note);
        xlsx_put_text(book, text->sheet, text->row, TEXT_COLUMN, item->label, book->styles[XLSX_TEXT]);
        xlsx_put_value(book, text->sheet, text->row, VALUE_COLUMN, &item->value, item->type, 1);
        xlsx_put_text(book, text->sheet, text->row, NOTE_COLUMN, item->note, book->styles[XLSX_REMARK]);
    }
}

/* "Municipalities", which leads to the sheet of that table; names[0] is the summary's. */
static void put_link(struct text_sheet *text, size_t table, const char *caption)
{
    struct xlsx_book *book = text->book;
    const char *name = book->names[1 + table].text;
    /* An apostrophe in a quoted name is doubled. */
    char **parts = g_strsplit(name, "'", -1);
    char *quoted = g_strjoinv("''", parts), *address = g_strdup_printf("internal:'%s'!A1", quoted);
    xlsx_check(book, worksheet_write_url_opt(text->sheet, (lxw_row_t)text->row, TEXT_COLUMN, address,
                                             book->styles[XLSX_LINK], name, NULL));
    set_height(text, XLSX_LINK, name, caption);
    xlsx_put_text(book, text->sheet, text->row++, NOTE_COLUMN, caption, book->styles[XLSX_REMARK]);
    g_free(address);
    g_free(quoted);
    g_strfreev(parts);
}

/* Whether anything but maps stands below a heading. */
static bool heads_something(const struct document *document, const struct document_block *heading)
{
    const struct document_block *end = document->blocks + document->n_blocks;
    for (const struct document_block *block = heading + 1; block < end; block++) {
        if (block->kind == DOCUMENT_HEADING && block->level <= heading->level)
            return false;
        if (block->kind != DOCUMENT_HEADING && block->kind != DOCUMENT_MAP)
            return true;
    }
    return false;
}

static void put_block(struct text_sheet *text, const struct document_block *block)
{
    static const enum xlsx_style paragraph_styles[] = {
        [DOCUMENT_BODY] = XLSX_TEXT,     [DOCUMENT_LEAD] = XLSX_TEXT,       [DOCUMENT_REMARK] = XLSX_REMARK,
        [DOCUMENT_NOTICE] = XLSX_NOTICE, [DOCUMENT_COMMAND] = XLSX_COMMAND,
    };
    switch (block->kind) {
    case DOCUMENT_HEADING:
        if (!heads_something(text->book->document, block))
            break;
        text->row++;
        put(text, block->level == 1 ? XLSX_HEADING : XLSX_SMALL_HEADING, block->text);
        break;
    case DOCUMENT_PARAGRAPH:
        put(text, paragraph_styles[block->style], block->text);
        break;
    case DOCUMENT_LIST:
        put_items(text, block);
        break;
    case DOCUMENT_FIGURES:
        put_figures(text, block);
        break;
    case DOCUMENT_TABLE:
        put_link(text, text->n_links++, block->table->caption);
        break;
    case DOCUMENT_MAP: /* a workbook has the numbers */
        break;
    }
}

size_t xlsx_summary_end(const struct document *document)
{
    size_t n_sections = 0;
    for (size_t i = 0; i < document->n_blocks; i++) {
        const struct document_block *block = &document->blocks[i];
        n_sections += block->kind == DOCUMENT_HEADING && block->level == 1;
        if (n_sections == 2)
            return i;
    }
    return document->n_blocks;
}

static void put_contents(struct text_sheet *text)
{
    const struct document *document = text->book->document;
    size_t n = 0;
    text->row++;
    put(text, XLSX_HEADING, om_tr("Tables in this workbook"));
    for (size_t i = 0; i < document->n_blocks; i++)
        if (document->blocks[i].kind == DOCUMENT_TABLE)
            put_link(text, n++, document->blocks[i].table->caption);
}

void xlsx_write_summary(struct xlsx_book *book)
{
    const struct document *document = book->document;
    struct text_sheet text;
    if (!begin(&text, book))
        return;
    put(&text, XLSX_TITLE, document->title);
    put(&text, XLSX_SUBTITLE, document->subtitle);
    for (size_t i = 0; i < xlsx_summary_end(document); i++)
        put_block(&text, &document->blocks[i]);
    put_contents(&text);
}

void xlsx_write_method(struct xlsx_book *book)
{
    const struct document *document = book->document;
    struct text_sheet text;
    if (!begin(&text, book))
        return;
    for (size_t i = 0; i < document->n_blocks; i++) {
        if (i < xlsx_summary_end(document))
            text.n_links += document->blocks[i].kind == DOCUMENT_TABLE;
        else
            put_block(&text, &document->blocks[i]);
    }
}

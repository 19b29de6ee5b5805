#include "document.h"

#include "geo/memory.h"
#include "words.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void column_done(struct document_column *column)
{
    om_free((char *)column->title);
    om_free((char *)column->description);
}

static void table_free(struct document_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->n_columns; i++)
        column_done(&table->columns[i]);
    for (size_t i = 0; i < table->n_cells; i++)
        om_free(table->cells[i].text);
    om_free(table->columns);
    om_free(table->cells);
    om_free(table->name);
    om_free(table->title);
    om_free(table->caption);
    om_free(table);
}

static void item_done(struct document_item *item)
{
    om_free(item->label);
    om_free(item->value.text);
    om_free(item->note);
}

static void block_done(struct document_block *block)
{
    for (size_t i = 0; i < block->n_items; i++)
        item_done(&block->items[i]);
    om_free(block->items);
    om_free(block->text);
    om_free(block->id);
    table_free(block->table);
}

void document_done(struct document *document)
{
    for (size_t i = 0; i < document->n_blocks; i++)
        block_done(&document->blocks[i]);
    om_free(document->blocks);
    om_free(document->title);
    om_free(document->subtitle);
    om_free(document->date);
    om_free(document->notice);
    om_free(document->language);
    *document = (struct document){0};
}

/* Room for one more item at the end of an array, zeroed; NULL and remembered when memory is out. */
static void *add(struct document *document, void **items, size_t *n, size_t *capacity, size_t size)
{
    void *grown = document->out_of_memory ? NULL : om_grow(*items, capacity, *n + 1, size);
    if (!grown) {
        document->out_of_memory = true;
        return NULL;
    }
    *items = grown;
    return memset((char *)grown + size * (*n)++, 0, size);
}

#define ADD(document, owner, items)                                                          \
    add(document, (void **)&(owner)->items, &(owner)->n_##items, &(owner)->items##_capacity, \
        sizeof *(owner)->items)

static char *copied(struct document *document, const char *text)
{
    char *copy = text ? om_strdup(text) : NULL;
    document->out_of_memory |= text && !copy;
    return copy;
}

/* A figure is not broken across lines: "334 080" and "99.5 %" get no-break spaces. NULL: no memory. */
static char *figures_kept_together(const char *text)
{
    static const char no_break[] = "\u00a0";
    char *kept = om_alloc(2 * strlen(text) + 1, 1), *end = kept;
    for (const char *c = text; kept && *c; c++) {
        bool is_inside = *c == ' ' && c > text && isdigit((unsigned char)c[-1]) &&
                         (isdigit((unsigned char)c[1]) || c[1] == '%');
        if (is_inside)
            end = stpcpy(end, no_break);
        else
            *end++ = *c;
    }
    return kept;
}

static char *formatted(struct document *document, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : om_alloc((size_t)length + 1, 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    char *kept = text ? figures_kept_together(text) : NULL;
    om_free(text);
    document->out_of_memory |= !kept;
    return kept;
}

#define FORMATTED(text, document, format)                \
    do {                                                 \
        va_list arguments;                               \
        va_start(arguments, format);                     \
        (text) = formatted(document, format, arguments); \
        va_end(arguments);                               \
    } while (0)

static struct document_block *add_block(struct document *document, enum document_kind kind)
{
    struct document_block *block = ADD(document, document, blocks);
    if (block)
        block->kind = kind;
    return block;
}

void document_heading(struct document *document, int level, const char *id, const char *format, ...)
{
    struct document_block *block = add_block(document, DOCUMENT_HEADING);
    if (!block)
        return;
    block->level = level;
    block->id = copied(document, id);
    FORMATTED(block->text, document, format);
}

void document_paragraph(struct document *document, enum document_style style, const char *format, ...)
{
    struct document_block *block = add_block(document, DOCUMENT_PARAGRAPH);
    if (!block)
        return;
    block->style = style;
    FORMATTED(block->text, document, format);
}

void document_list(struct document *document)
{
    add_block(document, DOCUMENT_LIST);
}

void document_figures(struct document *document)
{
    add_block(document, DOCUMENT_FIGURES);
}

/* The block added last; NULL when memory is out. */
static struct document_block *last(struct document *document)
{
    return document->out_of_memory ? NULL : &document->blocks[document->n_blocks - 1];
}

void document_item(struct document *document, enum document_tone tone, const char *format, ...)
{
    struct document_block *block = last(document);
    struct document_item *item = block ? ADD(document, block, items) : NULL;
    if (!item)
        return;
    item->value = (struct document_value){.number = NAN, .tone = tone};
    FORMATTED(item->value.text, document, format);
}

/* Of the cell, item or figure's note added last; else the block's. */
static char **last_text(struct document_block *block)
{
    switch (block->kind) {
    case DOCUMENT_LIST:
        return &block->items[block->n_items - 1].value.text;
    case DOCUMENT_FIGURES:
        return &block->items[block->n_items - 1].note;
    case DOCUMENT_TABLE:
        return &block->table->cells[block->table->n_cells - 1].text;
    default:
        return &block->text;
    }
}

void document_say(struct document *document, const char *format, ...)
{
    struct document_block *block = last(document);
    if (!block)
        return;
    char *sentence;
    FORMATTED(sentence, document, format);
    char **text = last_text(block);
    char *longer = sentence ? om_format("%s%s%s", *text, **text ? " " : "", sentence) : NULL;
    om_free(sentence);
    document->out_of_memory |= !longer;
    if (!longer)
        return;
    om_free(*text);
    *text = longer;
}

void document_figure(struct document *document, const char *label, enum document_type type, double value,
                     enum document_tone tone, const char *format, ...)
{
    struct document_block *block = last(document);
    struct document_item *item = block ? ADD(document, block, items) : NULL;
    if (!item)
        return;
    item->label = copied(document, label);
    item->type = type;
    item->value = (struct document_value){document_number_text(type, 1, value), value, tone};
    document->out_of_memory |= !item->value.text;
    FORMATTED(item->note, document, format);
}

void document_map(struct document *document, enum map_theme theme, const char *caption)
{
    struct document_block *block = add_block(document, DOCUMENT_MAP);
    if (!block)
        return;
    block->theme = theme;
    block->text = copied(document, caption);
}

void document_table(struct document *document, const char *name, const char *title, const char *caption)
{
    struct document_block *block = add_block(document, DOCUMENT_TABLE);
    struct document_table *table = block ? om_alloc(1, sizeof *table) : NULL;
    document->out_of_memory |= !table;
    if (!table)
        return;
    block->table = table;
    table->name = copied(document, name);
    table->title = copied(document, title);
    table->caption = copied(document, caption);
}

void document_column(struct document *document, const struct document_column *column)
{
    struct document_block *block = last(document);
    struct document_column *added = block ? ADD(document, block->table, columns) : NULL;
    if (!added)
        return;
    *added = *column;
    added->title = copied(document, column->title);
    added->description = copied(document, column->description);
}

static struct document_value *add_cell(struct document *document)
{
    struct document_block *block = last(document);
    return block ? ADD(document, block->table, cells) : NULL;
}

void document_text(struct document *document, enum document_tone tone, const char *format, ...)
{
    struct document_value *cell = add_cell(document);
    if (!cell)
        return;
    *cell = (struct document_value){.number = NAN, .tone = tone};
    FORMATTED(cell->text, document, format);
}

void document_number(struct document *document, enum document_tone tone, double number)
{
    struct document_value *cell = add_cell(document);
    if (!cell)
        return;
    const struct document_table *table = last(document)->table;
    const struct document_column *column = &table->columns[(table->n_cells - 1) % table->n_columns];
    *cell =
        (struct document_value){document_number_text(column->type, column->decimals, number), number, tone};
    document->out_of_memory |= !cell->text;
}

static bool is_empty(const struct document_table *table, size_t column)
{
    for (size_t row = 0; row < document_n_rows(table); row++)
        if (*document_cell(table, row, column)->text)
            return false;
    return table->n_cells > 0;
}

static void drop_column(struct document_table *table, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->n_cells; i++)
        if (i % table->n_columns == column)
            om_free(table->cells[i].text);
        else
            table->cells[kept++] = table->cells[i];
    table->n_cells = kept;
    column_done(&table->columns[column]);
    table->n_columns--;
    for (size_t c = column; c < table->n_columns; c++)
        table->columns[c] = table->columns[c + 1];
}

void document_drop_empty_columns(struct document *document)
{
    struct document_block *block = last(document);
    for (size_t c = block ? block->table->n_columns : 0; c-- > 0;)
        if (is_empty(block->table, c))
            drop_column(block->table, c);
}

static struct map_figure figure_of(enum document_type type, int decimals, double number)
{
    switch (type) {
    case DOCUMENT_SHARE:
        return map_share(number, 1);
    case DOCUMENT_NUMBER:
        return map_decimal(number, decimals);
    case DOCUMENT_MINUTES:
        return map_minutes(60 * number);
    default:
        return map_count(number);
    }
}

char *document_number_text(enum document_type type, int decimals, double number)
{
    return isnan(number) ? om_strdup("") : figures_kept_together(figure_of(type, decimals, number).text);
}

size_t document_n_rows(const struct document_table *table)
{
    return table->n_columns ? table->n_cells / table->n_columns : 0;
}

const struct document_value *document_cell(const struct document_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->n_columns + column];
}

#include "report_html.h"

#include "geo/text.h"

#include <math.h>
#include <string.h>

static bool is_numeric(enum document_type type)
{
    return type != DOCUMENT_TEXT && type != DOCUMENT_CODE;
}

enum { LONG_BYTES = 60 };

/* Whether it has sentences, which need room. */
static bool is_long(const struct document_table *table, size_t column)
{
    for (size_t row = 0; row < document_n_rows(table); row++)
        if (strlen(document_cell(table, row, column)->text) > LONG_BYTES)
            return table->columns[column].type == DOCUMENT_TEXT;
    return false;
}

/* Classes of a cell: what its column is, and its tone. */
static void put_classes(const struct document_column *column, enum document_tone tone, FILE *out)
{
    char classes[64];
    int n = snprintf(classes, sizeof classes, "%s%s%s", is_numeric(column->type) ? "number " : "",
                     column->priority > 2 ? "minor " : "", html_tone(tone));
    if (n > 0 && classes[n - 1] == ' ')
        classes[n - 1] = '\0';
    if (n > 0)
        markup_attribute(out, "class", classes);
}

static void put_column(const struct document_table *table, size_t c, FILE *out)
{
    const struct document_column *column = &table->columns[c];
    fputs("<th scope=\"col\"", out);
    if (is_long(table, c))
        markup_attribute(out, "class", "long");
    else
        put_classes(column, DOCUMENT_PLAIN, out);
    if (column->is_filter)
        markup_attribute(out, "data-filter", "");
    if (column->description)
        markup_attribute(out, "title", column->description);
    fputs(">", out);
    markup_text(out, column->title);
    fputs("</th>\n", out);
}

/* A number to sort by where the text is no plain number. */
static void put_cell(const struct document_column *column, const struct document_value *value, FILE *out)
{
    const char *tag = column->is_row_header ? "th" : "td";
    fprintf(out, "<%s", tag);
    if (column->is_row_header)
        fputs(" scope=\"row\"", out);
    put_classes(column,
                column->is_row_header && value->tone == DOCUMENT_STRONG ? DOCUMENT_PLAIN : value->tone, out);
    if (is_numeric(column->type) && !isnan(value->number))
        fprintf(out, " data-value=\"%.10g\"", value->number);
    fputs(">", out);
    markup_text(out, value->text);
    fprintf(out, "</%s>", tag);
}

/* So that a map, or an address, can point at the row. */
static void put_row_id(const struct document_table *table, size_t row, FILE *out)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->columns[c].is_key) {
            char id[128];
            snprintf(id, sizeof id, "%s-%s", table->name, document_cell(table, row, c)->text);
            markup_attribute(out, "id", id);
            return;
        }
}

static void put_rows(const struct document_table *table, FILE *out)
{
    fputs("<tbody>\n", out);
    for (size_t row = 0; row < document_n_rows(table); row++) {
        fputs("<tr", out);
        put_row_id(table, row, out);
        fputs(">", out);
        for (size_t c = 0; c < table->n_columns; c++)
            put_cell(&table->columns[c], document_cell(table, row, c), out);
        fputs("</tr>\n", out);
    }
    fputs("</tbody>\n", out);
}

/* Whether it does not fit on an upright page. */
static bool is_wide(const struct document_table *table)
{
    enum { COLUMNS_UPRIGHT = 8, BESIDE_SENTENCES = 4 };
    size_t n_long = 0;
    for (size_t c = 0; c < table->n_columns; c++)
        n_long += is_long(table, c);
    return table->n_columns > (n_long ? BESIDE_SENTENCES : COLUMNS_UPRIGHT);
}

void html_table(const struct document_table *table, FILE *out)
{
    char caption[128];
    snprintf(caption, sizeof caption, "caption-%s", table->name);
    fprintf(out, "<div class=\"table%s\"", is_wide(table) ? " wide" : "");
    markup_attribute(out, "id", table->name);
    fputs(">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"", out);
    markup_attribute(out, "aria-labelledby", caption);
    fputs(">\n<table>\n<caption", out);
    markup_attribute(out, "id", caption);
    fputs(">", out);
    markup_text(out, table->caption ? table->caption : table->title);
    fputs("</caption>\n<thead>\n<tr>\n", out);
    for (size_t c = 0; c < table->n_columns; c++)
        put_column(table, c, out);
    fputs("</tr>\n</thead>\n", out);
    put_rows(table, out);
    fputs("</table>\n</div>\n</div>\n", out);
}

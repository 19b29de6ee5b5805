#define _XOPEN_SOURCE 700 /* wcwidth */
#include "text_table.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

/* Where a table is too wide, titles wrap beyond TITLE; words of up to LONGEST_WORD characters are not broken.
 */
enum { GAP = 2, TITLE = 12, LONGEST_WORD = 16 };

static const char *const tone_codes[TEXT_TONES] = {"",         "\033[1m",  "\033[2m",
                                                   "\033[32m", "\033[33m", "\033[31m"};

void text_table_done(struct text_table *table)
{
    for (size_t i = 0; i < table->n_cells; i++)
        om_free(table->cells[i].text);
    om_free(table->cells);
    table->cells = NULL;
    table->n_cells = table->capacity = 0;
}

static char *format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = n < 0 ? NULL : om_alloc((size_t)n + 1, 1);
    if (text)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

void text_table_add(struct text_table *table, enum text_tone tone, const char *format, ...)
{
    struct text_cell *cells =
        om_grow(table->cells, &table->capacity, table->n_cells + 1, sizeof *table->cells);
    if (cells)
        table->cells = cells;
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (!cells || !text) {
        om_free(text);
        table->out_of_memory = true;
        return;
    }
    table->cells[table->n_cells++] = (struct text_cell){text, tone};
}

/* Decodes one UTF-8 character; a byte that is none counts as one column. */
static size_t decode(const char *text, wchar_t *character)
{
    unsigned char first = (unsigned char)text[0];
    size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    wchar_t value = first & lead_bits[length];
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) {
            *character = L'?';
            return 1;
        }
        value = (wchar_t)((value << 6) | (text[i] & 0x3F));
    }
    *character = value;
    return length;
}

static int character_width(const char *text, size_t *length)
{
    wchar_t character;
    *length = decode(text, &character);
    int width = wcwidth(character);
    return width < 0 ? 1 : width;
}

static int width_of(const char *text, size_t length)
{
    int width = 0;
    size_t step;
    for (size_t i = 0; i < length; i += step)
        width += character_width(text + i, &step);
    return width;
}

int text_width(const char *text)
{
    return width_of(text, strlen(text));
}

/* A space, but not the one that groups the digits of a number. */
static bool is_break(const char *text, size_t i)
{
    return text[i] == ' ' &&
           !(i && isdigit((unsigned char)text[i - 1]) && isdigit((unsigned char)text[i + 1]));
}

/* Bytes of the longest start of the text that fits, broken after a space where there is one. */
static size_t fitting(const char *text, int width)
{
    int used = 0;
    size_t i = 0, step, after_space = 0;
    for (; text[i]; i += step) {
        int more = character_width(text + i, &step);
        if (is_break(text, i))
            after_space = i + 1;
        if (used + more > width && text[i] != ' ')
            return after_space ? after_space : i ? i : step;
        used += more;
    }
    return i;
}

static int longest_word(const char *text)
{
    int longest = 0, width = 0;
    size_t step;
    for (size_t i = 0; text[i]; i += step) {
        int more = character_width(text + i, &step);
        width = is_break(text, i) ? 0 : width + more;
        longest = width > longest ? width : longest;
    }
    return longest;
}

/* The narrowest a flexible column may become: no word of ordinary length is broken. */
static int narrowest(const struct text_table *table, size_t column)
{
    int width = longest_word(om_tr(table->columns[column].title));
    for (size_t i = column; i < table->n_cells; i += table->n_columns) {
        int word = longest_word(table->cells[i].text);
        word = word > LONGEST_WORD ? LONGEST_WORD : word;
        width = word > width ? word : width;
    }
    return width;
}

static int total_width(const struct text_table *table, const int *widths)
{
    int total = GAP * (int)(table->n_columns - 1);
    for (size_t c = 0; c < table->n_columns; c++)
        total += widths[c];
    return total;
}

/* Narrows the widest flexible columns, one step at a time, until the table fits or none can give more. */
static void fit_widths(const struct text_table *table, int *widths, int wanted)
{
    int total = total_width(table, widths);
    while (total > wanted) {
        size_t widest = table->n_columns;
        for (size_t c = 0; c < table->n_columns; c++)
            if (table->columns[c].flexible && (widest == table->n_columns || widths[c] > widths[widest]) &&
                widths[c] > narrowest(table, c))
                widest = c;
        if (widest == table->n_columns)
            return;
        widths[widest]--;
        total--;
    }
}

/* Titles in one line, or wrapped beyond TITLE. */
static void measure(const struct text_table *table, int *widths, bool wrap_titles)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *title = om_tr(table->columns[c].title);
        int word = longest_word(title), whole = text_width(title);
        widths[c] = !wrap_titles || whole < TITLE ? whole : word > TITLE ? word : TITLE;
    }
    for (size_t i = 0, c = 0; i < table->n_cells; i++, c = c + 1 < table->n_columns ? c + 1 : 0) {
        int width = text_width(table->cells[i].text);
        widths[c] = width > widths[c] ? width : widths[c];
    }
}

static void find_widths(const struct text_table *table, int *widths, int wanted)
{
    measure(table, widths, false);
    if (wanted <= 0 || total_width(table, widths) <= wanted)
        return;
    measure(table, widths, true);
    fit_widths(table, widths, wanted);
}

/* One line of one cell; pads on the right only when something follows. */
static void print_part(const struct map_text_style *style, FILE *out, const struct text_column *column,
                       const struct text_cell *cell, const char *text, size_t length, int width, bool is_last)
{
    while (length && text[length - 1] == ' ')
        length--;
    int pad = width - width_of(text, length);
    bool toned = style->colour && cell->tone != TEXT_PLAIN && length;
    fprintf(out, "%*s%s%.*s%s", column->right && pad > 0 ? pad : 0, "", toned ? tone_codes[cell->tone] : "",
            (int)length, text, toned ? "\033[0m" : "");
    if (!is_last)
        fprintf(out, "%*s", GAP + (!column->right && pad > 0 ? pad : 0), "");
}

static void print_row(const struct text_table *table, const struct map_text_style *style,
                      const struct text_cell *cells, const int *widths, const char **rest, FILE *out)
{
    size_t last = 0;
    for (size_t c = 0; c < table->n_columns; c++)
        rest[c] = cells[c].text;
    do {
        for (size_t c = last = 0; c < table->n_columns; c++)
            if (*rest[c])
                last = c;
        for (size_t c = 0; c <= last; c++) {
            size_t length = fitting(rest[c], widths[c]);
            print_part(style, out, &table->columns[c], &cells[c], rest[c], length, widths[c], c == last);
            rest[c] += length;
        }
        fputc('\n', out);
        for (size_t c = last = 0; c < table->n_columns; c++)
            last += *rest[c] != '\0';
    } while (last);
}

om_status text_table_print(om_context *ctx, const struct text_table *table,
                           const struct map_text_style *style, FILE *out)
{
    size_t n = table->n_columns;
    int *widths = om_alloc(n, sizeof *widths);
    const char **rest = om_alloc(n, sizeof *rest);
    struct text_cell *titles = om_alloc(n, sizeof *titles);
    om_status status = OM_OK;
    if (table->out_of_memory || !widths || !rest || !titles) {
        status = om_no_memory(ctx);
        goto done;
    }
    find_widths(table, widths, style->width);
    for (size_t c = 0; c < n; c++) {
        union {
            const char *borrowed;
            char *text;
        } title = {.borrowed = om_tr(table->columns[c].title)};
        titles[c] = (struct text_cell){title.text, TEXT_STRONG};
    }
    print_row(table, style, titles, widths, rest, out);
    for (size_t i = 0; i + n <= table->n_cells; i += n)
        print_row(table, style, table->cells + i, widths, rest, out);
done:
    om_free(titles);
    om_free(rest);
    om_free(widths);
    return status;
}

void text_line(const struct map_text_style *style, FILE *out, enum text_tone tone, const char *format, ...)
{
    bool toned = style->colour && tone != TEXT_PLAIN;
    va_list args;
    va_start(args, format);
    fputs(toned ? tone_codes[tone] : "", out);
    vfprintf(out, format, args);
    fputs(toned ? "\033[0m\n" : "\n", out);
    va_end(args);
}

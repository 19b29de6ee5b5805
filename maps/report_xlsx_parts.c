#include "report_xlsx_parts.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "report_tones.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include <strings.h>

void xlsx_check(struct xlsx_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

/* ---- formats ---- */

static const struct {
    double size_pt;
    lxw_color_t ink, fill;
    bool is_bold, wraps;
    const char *font; /* NULL: the workbook's */
} styles[XLSX_STYLES] = {
    [XLSX_TITLE] = {18, REPORT_INK, LXW_COLOR_UNSET, true, false, NULL},
    [XLSX_SUBTITLE] = {11, REPORT_FAINT_INK, LXW_COLOR_UNSET, false, true, NULL},
    [XLSX_HEADING] = {14, REPORT_INK, LXW_COLOR_UNSET, true, false, NULL},
    [XLSX_SMALL_HEADING] = {12, REPORT_INK, LXW_COLOR_UNSET, true, false, NULL},
    [XLSX_TEXT] = {11, REPORT_INK, LXW_COLOR_UNSET, false, true, NULL},
    [XLSX_REMARK] = {10, REPORT_FAINT_INK, LXW_COLOR_UNSET, false, true, NULL},
    [XLSX_NOTICE] = {11, REPORT_INK, REPORT_NOTICE, true, true, NULL},
    [XLSX_COMMAND] = {10, REPORT_INK, LXW_COLOR_UNSET, false, true, "Courier New"},
    [XLSX_LINK] = {11, REPORT_LINK_INK, LXW_COLOR_UNSET, false, false, NULL},
    [XLSX_HEADER] = {11, REPORT_INK, REPORT_HEADER, true, true, NULL},
};

/* Text stays text when a reader edits it: "0114", "=1+1". */
static const char *const number_formats[DOCUMENT_TYPES][XLSX_MOST_DECIMALS + 1] = {
    [DOCUMENT_TEXT] = {"@", "@", "@", "@"},
    [DOCUMENT_CODE] = {"@", "@", "@", "@"},
    [DOCUMENT_WHOLE] = {"#,##0", "#,##0", "#,##0", "#,##0"},
    [DOCUMENT_NUMBER] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"},
    [DOCUMENT_SHARE] = {"0.0 %", "0.0 %", "0.0 %", "0.0 %"},
    [DOCUMENT_MINUTES] = {"#,##0.0", "#,##0.0", "#,##0.0", "#,##0.0"},
};

static lxw_format *add_format(struct xlsx_book *book, lxw_color_t ink, lxw_color_t fill, bool is_bold)
{
    lxw_format *format = workbook_add_format(book->workbook);
    if (!format) {
        xlsx_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(format, ink);
    if (fill != LXW_COLOR_UNSET) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, fill);
    }
    if (is_bold)
        format_set_bold(format);
    return format;
}

void xlsx_formats_make(struct xlsx_book *book)
{
    for (size_t i = 0; i < XLSX_STYLES; i++) {
        lxw_format *format = add_format(book, styles[i].ink, styles[i].fill, styles[i].is_bold);
        book->styles[i] = format;
        if (!format)
            return;
        format_set_font_size(format, styles[i].size_pt);
        if (styles[i].wraps)
            format_set_text_wrap(format);
        if (styles[i].font)
            format_set_font_name(format, styles[i].font);
    }
    format_set_underline(book->styles[XLSX_LINK], LXW_UNDERLINE_SINGLE);
    format_set_bottom(book->styles[XLSX_HEADER], LXW_BORDER_THIN);
    format_set_bottom_color(book->styles[XLSX_HEADER], REPORT_RULE);
}

lxw_format *xlsx_cell_format(struct xlsx_book *book, enum document_type type, enum document_tone tone,
                             int decimals)
{
    int shown = decimals < 0 ? 0 : decimals > XLSX_MOST_DECIMALS ? XLSX_MOST_DECIMALS : decimals;
    const struct report_tone *look = &report_tones[tone];
    lxw_format **kept = &book->cells[type][tone][shown], *format = *kept;
    if (format)
        return format;
    format = *kept =
        add_format(book, look->ink, look->is_filled ? look->fill : LXW_COLOR_UNSET, look->is_bold);
    if (!format)
        return NULL;
    format_set_num_format(format, number_formats[type][shown]);
    if (type == DOCUMENT_TEXT)
        format_set_text_wrap(format);
    if (type != DOCUMENT_TEXT && type != DOCUMENT_CODE) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_indent(format, 1); /* apart from a text to the right of it */
    }
    return format;
}

/* ---- names of sheets ---- */

/* The bytes of text's first n characters. */
static size_t bytes_of(const char *text, size_t n)
{
    const char *end = text;
    for (; n && *end; n--)
        end = g_utf8_next_char(end);
    return (size_t)(end - text);
}

static struct xlsx_sheet_name allowed(const char *title)
{
    struct xlsx_sheet_name name = {""};
    size_t length = bytes_of(title, XLSX_NAME_LENGTH);
    memcpy(name.text, title, length);
    for (char *c = name.text; *c; c++) {
        bool is_end = c == name.text || !c[1];
        if (strchr("[]:*?/\\", *c) || (*c == '\'' && is_end))
            *c = ' ';
    }
    g_strstrip(name.text);
    if (!*name.text)
        snprintf(name.text, sizeof name.text, "%s", om_tr("Table"));
    /* Excel keeps this one for itself. */
    if (strcasecmp(name.text, "History") == 0)
        snprintf(name.text, sizeof name.text, "History 1");
    return name;
}

static bool is_taken(const struct xlsx_sheet_name *name, const struct xlsx_sheet_name *names, size_t n)
{
    bool taken = false;
    char *folded = g_utf8_casefold(name->text, -1);
    for (size_t i = 0; !taken && i < n; i++) {
        char *other = g_utf8_casefold(names[i].text, -1);
        taken = strcmp(folded, other) == 0;
        g_free(other);
    }
    g_free(folded);
    return taken;
}

struct xlsx_sheet_name xlsx_sheet_name(const char *title, const struct xlsx_sheet_name *names, size_t n)
{
    struct xlsx_sheet_name base = allowed(title), name = base;
    for (size_t number = 2; is_taken(&name, names, n); number++) {
        char ending[24];
        int length = snprintf(ending, sizeof ending, " %zu", number);
        size_t kept = bytes_of(base.text, (size_t)(XLSX_NAME_LENGTH - length));
        snprintf(name.text, sizeof name.text, "%.*s%s", (int)kept, base.text, ending);
    }
    return name;
}

/* ---- sheets ---- */

/* The notice in lines of no more than so many characters, with & doubled, which begins a command in a footer.
 */
static char *footer_lines(const char *notice)
{
    enum { LINE = 100 };
    char *text = om_alloc(2 * strlen(notice) + 1, 1), *end = text;
    size_t in_line = 0;
    for (const char *c = notice; text && *c; c++) {
        in_line += ((unsigned char)*c & 0xC0) != 0x80;
        bool is_break = *c == ' ' && in_line + strcspn(c + 1, " ") > LINE;
        if (is_break)
            in_line = 0;
        if (*c == '&')
            *end++ = '&';
        *end++ = is_break ? '\n' : *c;
    }
    return text;
}

/* The notice and the page's number; a footer has at most 255 characters. Owned by the caller; NULL: no
 * memory. */
static char *footer_text(const char *notice)
{
    enum { MOST = 230 };
    char *text = footer_lines(notice ? notice : "");
    if (!text)
        return NULL;
    size_t length = bytes_of(text, MOST);
    char *footer = om_format("&L&8%.*s%s&R&8&P (&N)", (int)length, text, text[length] ? "…" : "");
    om_free(text);
    return footer;
}

lxw_worksheet *xlsx_sheet_add(struct xlsx_book *book, bool is_landscape)
{
    enum { A4 = 9 };
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, book->names[book->n_sheets++].text);
    char *footer = footer_text(book->document->notice);
    if (!sheet || !footer) {
        xlsx_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        om_free(footer);
        return NULL;
    }
    worksheet_set_paper(sheet, A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.8);
    if (is_landscape)
        worksheet_set_landscape(sheet);
    xlsx_check(book, worksheet_set_footer(sheet, footer));
    om_free(footer);
    return sheet;
}

double xlsx_row_height(const char *text, double width_digits, double size_pt)
{
    /* Letters are narrower than digits on the whole. */
    double width = 1.12 * width_digits;
    size_t lines = 1, used = 0;
    for (const char *c = text; *c;) {
        size_t bytes = strcspn(c, " \n");
        size_t word = (size_t)g_utf8_strlen(c, (gssize)bytes);
        bool is_new_line = c > text && (c[-1] == '\n' || (double)(used + word) > width);
        lines += is_new_line;
        used = (is_new_line ? 0 : used) + word + 1;
        lines += (double)word > width ? word / (size_t)width : 0;
        c += bytes + (c[bytes] != '\0');
    }
    return size_pt * 1.36 * (double)lines + 2;
}

double xlsx_style_size(enum xlsx_style style)
{
    return styles[style].size_pt;
}

void xlsx_put_text(struct xlsx_book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                   lxw_format *format)
{
    if (text && *text)
        xlsx_check(book, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text, format));
}

void xlsx_put_value(struct xlsx_book *book, lxw_worksheet *sheet, size_t row, size_t column,
                    const struct document_value *value, enum document_type type, int decimals)
{
    bool is_number = type != DOCUMENT_TEXT && type != DOCUMENT_CODE && isfinite(value->number);
    lxw_format *format = xlsx_cell_format(book, type, value->tone, decimals);
    if (is_number)
        xlsx_check(book,
                   worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value->number, format));
    else
        xlsx_put_text(book, sheet, row, column, value->text, format);
}

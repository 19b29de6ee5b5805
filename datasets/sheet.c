#include "sheet_internal.h"

#include "datasets/csv.h"
#include "encoding_internal.h"
#include "file_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_vsi.h>
#include <string.h>
#include <strings.h>

enum { LARGEST_TABLE = 512 * 1024 * 1024, LINES_TO_SNIFF = 60 };

void sheet_done(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_cells; i++)
        om_free(sheet->cells[i]);
    for (size_t r = 0; r < sheet->n_rows; r++)
        geo_wkb_done(&sheet->rows[r].shape);
    om_free(sheet->cells);
    om_free(sheet->rows);
    om_free(sheet->path);
    om_free(sheet->crs);
    *sheet = (struct sheet){0};
}

om_status sheet_add_row(om_context *ctx, struct sheet *sheet, size_t place)
{
    void *grown = om_grow(sheet->rows, &sheet->row_capacity, sheet->n_rows + 1, sizeof *sheet->rows);
    if (!grown)
        return om_no_memory(ctx);
    sheet->rows = grown;
    sheet->rows[sheet->n_rows++] = (struct sheet_row){.place = place, .first = sheet->n_cells};
    return OM_OK;
}

/* The bytes of the blank at the start (or end) of a text: ASCII blanks and the no-break space. */
static size_t blank_at_start(const char *text, size_t length)
{
    if (length >= 1 && strchr(" \t\r\n", text[0]) && text[0])
        return 1;
    return length >= 2 && memcmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static size_t blank_at_end(const char *text, size_t length)
{
    if (length >= 1 && strchr(" \t\r\n", text[length - 1]) && text[length - 1])
        return 1;
    return length >= 2 && memcmp(text + length - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

om_status sheet_add_cell(om_context *ctx, struct sheet *sheet, const char *text, size_t length)
{
    for (size_t n; (n = blank_at_start(text, length)) > 0; length -= n)
        text += n;
    for (size_t n; (n = blank_at_end(text, length)) > 0;)
        length -= n;
    void *grown = om_grow(sheet->cells, &sheet->cell_capacity, sheet->n_cells + 1, sizeof *sheet->cells);
    char *copy = grown ? om_strndup(text, length) : NULL;
    if (grown)
        sheet->cells = grown;
    if (!copy)
        return om_no_memory(ctx);
    sheet->cells[sheet->n_cells++] = copy;
    sheet->rows[sheet->n_rows - 1].n++;
    return OM_OK;
}

void sheet_drop_empty_row(struct sheet *sheet)
{
    struct sheet_row *row = &sheet->rows[sheet->n_rows - 1];
    for (size_t i = 0; i < row->n; i++)
        if (*sheet->cells[row->first + i])
            return;
    if (row->shape.size)
        return;
    while (sheet->n_cells > row->first)
        om_free(sheet->cells[--sheet->n_cells]);
    sheet->n_rows--;
}

bool sheet_is_text(const char *path)
{
    static const char *const layers[] = {"shp", "dbf", "geojson", "json", "gml", "fgb", "kml",
                                         "tab", "mif", "gpkg",    "xlsx", "xls", "ods", "sqlite"};
    static const char *const magic[] = {"PK\x03\x04", "SQLite format 3", "\xd0\xcf\x11\xe0"};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof layers / sizeof *layers; i++)
        if (strcasecmp(dot + 1, layers[i]) == 0)
            return false;
    char start[16] = {0};
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t got = file ? VSIFReadL(start, 1, sizeof start, file) : 0;
    if (file)
        VSIFCloseL(file);
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (got >= strlen(magic[i]) && memcmp(start, magic[i], strlen(magic[i])) == 0)
            return false;
    return true;
}

/* How often each candidate stands outside quotes, line by line. */
static size_t count_on_line(const char *line, const char *end, char delimiter)
{
    size_t n = 0;
    bool is_quoted = false;
    for (const char *p = line; p < end; p++) {
        if (*p == '"')
            is_quoted = !is_quoted;
        n += *p == delimiter && !is_quoted;
    }
    return n;
}

/* Lines that agree on how many delimiters they hold: the largest group wins. */
static size_t agreement(const char *text, size_t size, char delimiter)
{
    size_t counts[LINES_TO_SNIFF] = {0}, n = 0, best = 0;
    const char *end = text + size;
    for (const char *line = text; line < end && n < LINES_TO_SNIFF;) {
        size_t length = strcspn(line, "\r\n");
        if (length)
            counts[n++] = count_on_line(line, line + length, delimiter);
        line += length + (length < (size_t)(end - line));
    }
    for (size_t i = 0; i < n; i++) {
        size_t alike = 0;
        for (size_t k = 0; k < n; k++)
            alike += counts[k] == counts[i];
        if (counts[i] && alike > best)
            best = alike;
    }
    return best;
}

/* Semicolon before tab before bar before comma when lines agree equally, since a comma may also be a decimal
 * comma. */
static char guess_delimiter(const char *text, size_t size)
{
    char chosen = ',';
    size_t best = 0;
    for (const char *candidate = ";\t|,"; *candidate; candidate++) {
        size_t lines = agreement(text, size, *candidate);
        if (lines > best) {
            best = lines;
            chosen = *candidate;
        }
    }
    return chosen;
}

static om_status read_records(om_context *ctx, const char *path, char delimiter, struct sheet *sheet)
{
    data_csv *csv = NULL;
    om_status status = data_csv_open(ctx, path, delimiter, &csv);
    while (status == OM_OK) {
        const struct data_field *fields;
        size_t n = 0;
        status = data_csv_next(ctx, csv, &fields, &n);
        if (status != OM_OK || n == 0)
            break;
        status = sheet_add_row(ctx, sheet, data_csv_line(csv));
        for (size_t i = 0; i < n && status == OM_OK; i++)
            status = sheet_add_cell(ctx, sheet, fields[i].text, fields[i].length);
        if (status == OM_OK)
            sheet_drop_empty_row(sheet);
    }
    data_csv_close(csv);
    return status;
}

/* Text in another encoding goes through a converted copy in memory under the same file name. */
static om_status read_converted(om_context *ctx, const char *path, char *text, size_t size,
                                struct sheet *sheet)
{
    char *copy = om_format("/vsimem/omland/text-%p/%s", (void *)sheet, file_name(path));
    VSILFILE *file = copy ? VSIFileFromMemBuffer(copy, (GByte *)text, size, FALSE) : NULL;
    if (!file) {
        om_free(copy);
        return om_no_memory(ctx);
    }
    VSIFCloseL(file);
    om_status status = read_records(ctx, copy, guess_delimiter(text, size), sheet);
    VSIUnlink(copy);
    om_free(copy);
    return status;
}

om_status sheet_read_text(om_context *ctx, const char *path, struct sheet *out)
{
    struct sheet sheet = {.unit = om_tr("line"), .path = om_strdup(path)};
    char *bytes = NULL, *text = NULL;
    size_t size = 0, text_size = 0;
    om_status status = sheet.path ? file_read(ctx, path, LARGEST_TABLE, &bytes, &size) : om_no_memory(ctx);
    if (status != OM_OK)
        goto done;
    enum encoding encoding = encoding_guess(bytes, size);
    if (encoding == ENCODING_UTF8) {
        status = read_records(ctx, path, guess_delimiter(bytes, size), &sheet);
        goto done;
    }
    status = encoding_to_utf8(ctx, path, encoding, bytes, size, &text, &text_size);
    if (status == OM_OK)
        status = read_converted(ctx, path, text, text_size, &sheet);
done:
    om_free(bytes);
    om_free(text);
    if (status == OM_OK)
        *out = sheet;
    else
        sheet_done(&sheet);
    return status;
}

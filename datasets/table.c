#include "table_internal.h"

#include "archive_internal.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { TITLE_ROWS = 40 };

char *table_plain(const char *heading)
{
    char *plain = om_alloc(strlen(heading) + 1, 1), *to = plain;
    if (!plain)
        return NULL;
    for (const unsigned char *p = (const unsigned char *)heading; *p; p++) {
        if (p[0] == 0xC2 && p[1] == 0xA0) {
            p++;
        } else if (p[0] == 0xC3 && p[1] >= 0x80 && p[1] <= 0x9E) {
            *to++ = (char)*p++; /* Å Ä Ö É … to å ä ö é … */
            *to++ = (char)(*p + 0x20);
        } else if (*p >= 0x80 || isalnum(*p)) {
            *to++ = (char)(*p < 0x80 ? tolower(*p) : *p);
        }
    }
    return plain;
}

/* "population2021" -> "population", and the number, so that the newest of several years can be chosen. */
static long drop_digits(char *plain)
{
    long number = 0;
    char *to = plain;
    for (const char *p = plain; *p; p++) {
        if (*p < '0' || *p > '9')
            *to++ = *p;
        else if (number < 100000000)
            number = number * 10 + (*p - '0');
    }
    *to = '\0';
    return number;
}

static bool is_among(const char *word, const char *list)
{
    size_t length = strlen(word);
    for (const char *p = list; p && *p; p += *p == '|') {
        size_t n = strcspn(p, "|");
        if (n == length && strncmp(p, word, n) == 0)
            return true;
        p += n;
    }
    return false;
}

/* The headings of one row in both plain forms. */
struct headings {
    size_t n;
    char **plain, **undated;
    long *number;
    bool *taken;
};

static void headings_done(struct headings *headings)
{
    for (size_t i = 0; i < headings->n; i++) {
        om_free(headings->plain ? headings->plain[i] : NULL);
        om_free(headings->undated ? headings->undated[i] : NULL);
    }
    om_free(headings->plain);
    om_free(headings->undated);
    om_free(headings->number);
    om_free(headings->taken);
}

static bool headings_take(const struct sheet *sheet, size_t row, struct headings *out)
{
    size_t n = sheet->rows[row].n;
    *out = (struct headings){.n = n,
                             .plain = om_alloc(n, sizeof *out->plain),
                             .undated = om_alloc(n, sizeof *out->undated),
                             .number = om_alloc(n, sizeof *out->number),
                             .taken = om_alloc(n, sizeof *out->taken)};
    if (!out->plain || !out->undated || !out->number || !out->taken)
        return false;
    for (size_t i = 0; i < n; i++) {
        out->plain[i] = table_plain(sheet->cells[sheet->rows[row].first + i]);
        out->undated[i] = out->plain[i] ? om_strdup(out->plain[i]) : NULL;
        if (!out->undated[i])
            return false;
        out->number[i] = drop_digits(out->undated[i]);
    }
    return true;
}

static size_t find_heading(struct headings *headings, const char *word)
{
    for (size_t i = 0; i < headings->n; i++)
        if (!headings->taken[i] && strcmp(headings->plain[i], word) == 0)
            return i;
    return SIZE_MAX;
}

/* The column of the newest year among those whose heading is one of the words but for its digits. */
static size_t find_newest(const struct headings *headings, const char *words)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < headings->n; i++)
        if (!headings->taken[i] && headings->number[i] && is_among(headings->undated[i], words) &&
            (best == SIZE_MAX || headings->number[i] > headings->number[best]))
            best = i;
    return best;
}

static size_t find_synonym(struct headings *headings, const char *words)
{
    for (const char *p = words; p && *p; p += *p == '|') {
        char word[128];
        size_t n = strcspn(p, "|");
        snprintf(word, sizeof word, "%.*s", (int)n, p);
        size_t column = find_heading(headings, word);
        if (column != SIZE_MAX)
            return column;
        p += n;
    }
    return SIZE_MAX;
}

static const char *mapped_column(const struct data_import_options *options, const char *field)
{
    for (size_t i = 0; options && i < options->n_mappings; i++)
        if (strcmp(options->mappings[i].field, field) == 0)
            return options->mappings[i].column;
    return NULL;
}

static size_t find_column(const struct sheet *sheet, size_t row, struct headings *headings,
                          const struct table_field *field, const struct data_import_options *options)
{
    const char *mapped = mapped_column(options, field->name);
    if (mapped) {
        for (size_t i = 0; i < headings->n; i++)
            if (strcmp(sheet->cells[sheet->rows[row].first + i], mapped) == 0)
                return i;
        return SIZE_MAX;
    }
    char *name = table_plain(field->name);
    size_t column = name ? find_heading(headings, name) : SIZE_MAX;
    if (column == SIZE_MAX)
        column = find_synonym(headings, field->headings);
    if (column == SIZE_MAX)
        column = find_newest(headings, field->headings);
    if (column == SIZE_MAX && name)
        column = find_newest(headings, name);
    om_free(name);
    return column;
}

/* Whether a row is the heading; its columns in table->column when it is. */
static bool is_heading(struct table *table, size_t row, const struct data_import_options *options)
{
    struct headings headings;
    bool complete = headings_take(&table->sheet, row, &headings);
    /* two passes: what a mapping names is nobody else's */
    for (int pass = 0; pass < 2 && complete; pass++)
        for (size_t f = 0; f < table->n_fields; f++) {
            const struct table_field *field = &table->fields[f];
            bool is_mapped = mapped_column(options, field->name) != NULL;
            if (is_mapped != (pass == 0))
                continue;
            size_t column = find_column(&table->sheet, row, &headings, field, options);
            table->column[f] = column;
            if (column != SIZE_MAX)
                headings.taken[column] = true;
            else if (field->required || is_mapped)
                complete = false;
        }
    headings_done(&headings);
    return complete;
}

static bool find_heading_row(struct table *table, const struct data_import_options *options)
{
    for (size_t row = 0; row < table->sheet.n_rows && row < TITLE_ROWS; row++)
        if (is_heading(table, row, options)) {
            table->heading_row = row;
            table->n_rows = table->sheet.n_rows - row - 1;
            return true;
        }
    return false;
}

static bool is_known_field(const struct table_field *fields, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return true;
    return false;
}

/* The names of the fields, or of the required ones: "code, name". */
static void list_fields(const struct table_field *fields, size_t n, bool only_required, char *text,
                        size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(text);
        if (fields[i].required || !only_required)
            snprintf(text + used, size - used, "%s%s", used ? ", " : "", fields[i].name);
    }
}

static om_status check_mappings(om_context *ctx, const struct data_import_options *options,
                                const struct table_field *fields, size_t n)
{
    for (size_t i = 0; options && i < options->n_mappings; i++) {
        if (is_known_field(fields, n, options->mappings[i].field))
            continue;
        char known[512];
        list_fields(fields, n, false, known, sizeof known);
        return om_fail(ctx, OM_BAD_DATA, om_tr("mapping %s=%s: there is no such field; there are: %s"),
                       options->mappings[i].field, options->mappings[i].column, known);
    }
    return OM_OK;
}

/* The row with the most cells is the best guess at what the user calls the headings. */
static om_status no_heading(om_context *ctx, const struct sheet *sheet, const struct table_field *fields,
                            size_t n)
{
    size_t widest = 0;
    for (size_t r = 1; r < sheet->n_rows && r < TITLE_ROWS; r++)
        if (sheet->rows[r].n > sheet->rows[widest].n)
            widest = r;
    char there[1024] = "", needed[512];
    for (size_t i = 0; sheet->n_rows && i < sheet->rows[widest].n; i++) {
        const char *cell = sheet->cells[sheet->rows[widest].first + i];
        size_t used = strlen(there);
        if (*cell && used + strlen(cell) + 3 < sizeof there)
            snprintf(there + used, sizeof there - used, "%s%s", used ? ", " : "", cell);
    }
    list_fields(fields, n, true, needed, sizeof needed);
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("%s: needs columns for %s; the headings are: %s. A mapping FIELD=COLUMN names the column "
              "of a field"),
        sheet->path, needed, *there ? there : om_tr("none, the table is empty"));
}

struct search {
    struct table *table;
    const struct data_import_options *options;
    bool found, failed;
};

static om_status try_sheet(om_context *ctx, void *user, struct sheet *sheet, bool *stop)
{
    struct search *search = user;
    struct table *table = search->table;
    table->sheet = *sheet;
    search->found = find_heading_row(table, search->options);
    *stop = search->found;
    if (search->found) {
        *sheet = (struct sheet){0};
        return OM_OK;
    }
    if (!search->failed) /* the first sheet's headings are the ones to show */
        no_heading(ctx, sheet, table->fields, table->n_fields);
    search->failed = true;
    table->sheet = (struct sheet){0};
    return OM_OK;
}

/* What a reader of the table may have meant otherwise: said, not refused. */
static void note_doubts(om_context *ctx, const struct table *table)
{
    const struct sheet *sheet = &table->sheet;
    const struct sheet_row *heading = &sheet->rows[table->heading_row];
    for (size_t f = 0; f < table->n_fields; f++)
        for (size_t c = table->column[f] == SIZE_MAX ? heading->n : table->column[f] + 1; c < heading->n; c++)
            if (strcmp(sheet->cells[heading->first + table->column[f]], sheet->cells[heading->first + c]) ==
                0)
                om_find(ctx, "heading_twice",
                        om_tr("%s: more than one column is headed \"%s\"; the first is used"), sheet->path,
                        sheet->cells[heading->first + c]);
    for (size_t r = table->heading_row + 1; r < sheet->n_rows; r++)
        for (size_t c = heading->n; c < sheet->rows[r].n; c++)
            if (*sheet->cells[sheet->rows[r].first + c])
                om_find(ctx, "cell_without_heading",
                        om_tr("%s, %s %zu: \"%s\" stands beyond the last heading"), sheet->path, sheet->unit,
                        sheet->rows[r].place, sheet->cells[sheet->rows[r].first + c]);
}

/* An import replaces what there was; with nothing, that would be a loss nobody meant. */
static om_status check_rows(om_context *ctx, const struct table *table)
{
    if (table->n_rows > 0) {
        note_doubts(ctx, table);
        return OM_OK;
    }
    return om_fail(ctx, OM_BAD_DATA, om_tr("%s: has headings but no rows below them"), table->sheet.path);
}

om_status table_read(om_context *ctx, const char *path, const struct data_import_options *options,
                     const struct table_field *fields, size_t n_fields, struct table *out)
{
    struct table table = {.fields = fields, .n_fields = n_fields};
    struct search search = {.table = &table, .options = options};
    struct data_names files = {0};
    om_status status = check_mappings(ctx, options, fields, n_fields);
    if (status == OM_OK)
        status = archive_list(ctx, path, &files);
    const char *layer = options ? options->layer : NULL;
    for (size_t i = 0; i < files.n && !search.found && status == OM_OK; i++) {
        status = sheet_visit(ctx, files.names[i], layer, try_sheet, &search);
        /* in an archive the layer may be in another file */
        if (status == OM_NOT_FOUND && i + 1 < files.n)
            status = OM_OK;
    }
    data_names_done(&files);
    if (status == OM_OK && !search.found)
        status = OM_BAD_DATA; /* its message was written when the first sheet was tried */
    if (status == OM_OK)
        status = check_rows(ctx, &table);
    if (status == OM_OK)
        *out = table;
    else
        table_done(&table);
    return status;
}

void table_done(struct table *table)
{
    sheet_done(&table->sheet);
}

bool table_has(const struct table *table, size_t field)
{
    return table->column[field] != SIZE_MAX;
}

static const struct sheet_row *row_at(const struct table *table, size_t row)
{
    return &table->sheet.rows[table->heading_row + 1 + row];
}

const char *table_text(const struct table *table, size_t row, size_t field)
{
    static const char *const missing[] = {"..", ".", "-", "–", "—", "n/a", "N/A", "NA", "NULL"};
    const struct sheet_row *at = row_at(table, row);
    if (table->column[field] >= at->n)
        return "";
    const char *text = table->sheet.cells[at->first + table->column[field]];
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        if (strcmp(text, missing[i]) == 0)
            return "";
    return text;
}

const char *table_text_or_null(const struct table *table, size_t row, size_t field)
{
    const char *text = table_text(table, row, field);
    return *text ? text : NULL;
}

bool table_is_alone(const struct table *table, size_t row, size_t field)
{
    for (size_t f = 0; f < table->n_fields; f++)
        if (f != field && table_has(table, f) && table->column[f] != table->column[field] &&
            *table_text(table, row, f))
            return false;
    return true;
}

const struct geo_wkb *table_shape(const struct table *table, size_t row)
{
    return &row_at(table, row)->shape;
}

size_t table_place(const struct table *table, size_t row)
{
    return row_at(table, row)->place;
}

om_status table_fail(om_context *ctx, const struct table *table, size_t row, size_t field, const char *needed)
{
    const struct sheet_row *heading = &table->sheet.rows[table->heading_row], *at = row_at(table, row);
    size_t column = table->column[field];
    const char *name = column < heading->n ? table->sheet.cells[heading->first + column] : "";
    const char *value = column < at->n ? table->sheet.cells[at->first + column] : "";
    return om_fail(ctx, OM_BAD_DATA, om_tr("%s, %s %zu, %s: \"%s\"; needs %s"), table->sheet.path,
                   table->sheet.unit, at->place, *name ? name : table->fields[field].name, value, needed);
}

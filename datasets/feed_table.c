#include "feed_internal.h"

#include "feed_values.h"

#include <cpl_vsi.h>

/* Where in a record the columns of a table stand. */
struct layout {
    size_t n_fields; /* of the header */
    struct {
        size_t field;
        int column;
    } used[FEED_MAX_COLUMNS];
    size_t n_used;
    bool has[FEED_MAX_COLUMNS];
};

om_status feed_bad(const struct feed_reader *reader, int column, const char *what)
{
    char shown[FEED_SHOWN];
    if (column < 0)
        return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: %s, line %zu: %s"), reader->part->path,
                       reader->file->name, reader->line, what);
    const struct feed_value *value = &reader->values[column];
    return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: %s, line %zu, %s \"%s\": %s"), reader->part->path,
                   reader->file->name, reader->line, reader->file->columns[column].name,
                   feed_shown(value->text, value->length, shown), what);
}

void feed_note(const struct feed_reader *reader, const char *code, int column, const char *what)
{
    char shown[FEED_SHOWN];
    if (om_found(reader->ctx, code) >= OM_FINDING_EXAMPLES || column < 0) {
        om_find(reader->ctx, code, om_tr("%s: %s, line %zu: %s"), reader->part->path, reader->file->name,
                reader->line, what);
        return;
    }
    const struct feed_value *value = &reader->values[column];
    om_find(reader->ctx, code, om_tr("%s: %s, line %zu, %s \"%s\": %s"), reader->part->path,
            reader->file->name, reader->line, reader->file->columns[column].name,
            feed_shown(value->text, value->length, shown), what);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct data_field trimmed(struct data_field field)
{
    while (field.length && is_blank(*field.text)) {
        field.text++;
        field.length--;
    }
    while (field.length && is_blank(field.text[field.length - 1]))
        field.length--;
    return field;
}

static int column_called(const struct feed_file *file, struct data_field name)
{
    for (int i = 0; i < FEED_MAX_COLUMNS && file->columns[i].name; i++)
        if (strlen(file->columns[i].name) == name.length &&
            memcmp(file->columns[i].name, name.text, name.length) == 0)
            return i;
    return -1;
}

static om_status check_columns(const struct feed_reader *reader, const struct layout *layout)
{
    const struct feed_file *file = reader->file;
    for (int i = 0; i < FEED_MAX_COLUMNS && file->columns[i].name; i++) {
        if (layout->has[i] || file->columns[i].need == FEED_OPTIONAL)
            continue;
        if (file->columns[i].need != FEED_EXPECTED)
            return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: %s has no column %s, which GTFS requires"),
                           reader->part->path, file->name, file->columns[i].name);
        om_find(reader->ctx, "missing_required_column", om_tr("%s: %s has no column %s"), reader->part->path,
                file->name, file->columns[i].name);
    }
    return OM_OK;
}

static om_status read_header(struct feed_reader *reader, const struct data_field *fields, size_t n,
                             struct layout *layout)
{
    char shown[FEED_SHOWN];
    memset(layout, 0, sizeof *layout);
    layout->n_fields = n;
    for (size_t i = 0; i < n; i++) {
        struct data_field name = trimmed(fields[i]);
        int column = column_called(reader->file, name);
        if (column < 0) {
            om_find(reader->ctx, name.length ? "unknown_column" : "empty_column_name",
                    om_tr("%s: %s, column %zu \"%s\" is unknown to GTFS and is not read"), reader->part->path,
                    reader->file->name, i + 1, feed_shown(name.text, name.length, shown));
            continue;
        }
        if (layout->has[column])
            return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: %s has the column %s twice"),
                           reader->part->path, reader->file->name, reader->file->columns[column].name);
        layout->has[column] = true;
        enum feed_type type = reader->file->columns[column].type;
        if (type == FEED_UNUSED || (type == FEED_LABEL && !reader->reads_labels))
            continue;
        layout->used[layout->n_used].field = i;
        layout->used[layout->n_used++].column = column;
    }
    return check_columns(reader, layout);
}

static om_status blank_value(struct feed_reader *reader, int column)
{
    switch (reader->file->columns[column].need) {
    case FEED_REQUIRED:
        return feed_bad(reader, column, om_tr("GTFS requires a value here"));
    case FEED_EXPECTED:
        feed_note(reader, "missing_required_field", column, om_tr("GTFS requires a value here"));
        return OM_OK;
    default:
        return OM_OK;
    }
}

/* A row of another length than the header's may have its values in the wrong columns. Values that are left
 * over are an error; values that are left out count as blank, which required columns refuse. */
static om_status check_row_length(struct feed_reader *reader, const struct layout *layout,
                                  const struct data_field *fields, size_t n)
{
    if (n == layout->n_fields)
        return OM_OK;
    for (size_t i = layout->n_fields; i < n; i++)
        if (trimmed(fields[i]).length)
            return feed_bad(reader, -1,
                            om_tr("the row has more values than the header has columns; a value that "
                                  "holds a comma needs quotation marks"));
    feed_note(reader, "invalid_row_length", -1,
              om_tr("the row has another number of values than the header has columns"));
    return OM_OK;
}

static om_status read_value(struct feed_reader *reader, int column, struct data_field field)
{
    struct feed_value *value = &reader->values[column];
    if (field.length && (is_blank(field.text[0]) || is_blank(field.text[field.length - 1]))) {
        field = trimmed(field);
        feed_note(reader, "leading_or_trailing_whitespaces", -1,
                  om_tr("a value begins or ends with blanks, which were left out"));
    }
    *value = (struct feed_value){.text = field.text, .length = (uint32_t)field.length};
    if (field.length == 0)
        return blank_value(reader, column);
    if (reader->file->columns[column].type <= FEED_TEXT)
        return OM_OK;
    const char *wrong = feed_parse_value(&reader->file->columns[column], value);
    return wrong ? feed_bad(reader, column, wrong) : OM_OK;
}

static om_status read_row(struct feed_reader *reader, const struct layout *layout,
                          const struct data_field *fields, size_t n)
{
    static const struct data_field left_out = {"", 0};
    om_status status = check_row_length(reader, layout, fields, n);
    for (size_t i = 0; i < layout->n_used && status == OM_OK; i++) {
        size_t at = layout->used[i].field;
        status = read_value(reader, layout->used[i].column, at < n ? fields[at] : left_out);
    }
    return status;
}

static bool is_blank_row(const struct data_field *fields, size_t n)
{
    return n == 1 && trimmed(fields[0]).length == 0;
}

enum { ROWS_BETWEEN_PROGRESS = 16384 };

static om_status read_records(struct feed_reader *reader, data_csv *csv, feed_row_fn *on_row)
{
    struct layout layout = {0};
    const struct data_field *fields;
    size_t n, n_rows = 0;
    bool has_header = false;
    om_status status;
    while ((status = data_csv_next(reader->ctx, csv, &fields, &n)) == OM_OK && n > 0) {
        reader->line = data_csv_line(csv);
        if (++n_rows % ROWS_BETWEEN_PROGRESS == 0 &&
            (status = om_progress(reader->ctx, om_tr("reading the timetable"), n_rows, 0)) != OM_OK)
            return status;
        if (!data_csv_is_utf8(csv))
            feed_note(reader, "invalid_character", -1, om_tr("the text is not valid UTF-8"));
        if (is_blank_row(fields, n)) {
            feed_note(reader, "empty_row", -1, om_tr("the row is blank"));
            continue;
        }
        if (!has_header)
            status = read_header(reader, fields, n, &layout);
        else if ((status = read_row(reader, &layout, fields, n)) == OM_OK)
            status = on_row(reader);
        if (status)
            return status;
        has_header = true;
    }
    if (status)
        return status;
    if (data_csv_has_mixed_line_ends(csv))
        om_find(reader->ctx, "mixed_line_ends", om_tr("%s: %s mixes several kinds of line ends"),
                reader->part->path, reader->file->name);
    if (has_header)
        return OM_OK;
    if (reader->file->need == FEED_REQUIRED)
        return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: %s is empty"), reader->part->path,
                       reader->file->name);
    om_find(reader->ctx, "empty_file", om_tr("%s: %s is empty"), reader->part->path, reader->file->name);
    return OM_OK;
}

static om_status missing_file(struct feed_reader *reader)
{
    switch (reader->file->need) {
    case FEED_REQUIRED:
        return om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: there is no %s, which GTFS requires"),
                       reader->part->path, reader->file->name);
    case FEED_EXPECTED:
        om_find(reader->ctx, "missing_required_file", om_tr("%s: there is no %s"), reader->part->path,
                reader->file->name);
        return OM_OK;
    default:
        return OM_OK;
    }
}

om_status feed_table_read(struct feed_reader *reader, enum feed_file_id which, feed_row_fn *on_row)
{
    data_csv *csv = NULL;
    VSIStatBufL about;
    om_status status = OM_OK;
    reader->file = &feed_files[which];
    reader->line = 1;
    for (int i = 0; i < FEED_MAX_COLUMNS; i++)
        reader->values[i] = (struct feed_value){.text = ""};
    char *path = om_format("%s/%s", reader->part->folder, reader->file->name);
    if (!path)
        return om_no_memory(reader->ctx);
    if (VSIStatExL(path, &about, VSI_STAT_EXISTS_FLAG) != 0) {
        status = missing_file(reader);
        goto done;
    }
    reader->has_file[which] = true;
    status = data_csv_open(reader->ctx, path, ',', &csv);
    if (status == OM_OK)
        status = read_records(reader, csv, on_row);
done:
    data_csv_close(csv);
    om_free(path);
    return status;
}

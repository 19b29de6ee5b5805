#include "import_internal.h"

#include "datasets/matrix_file.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>
#include <string.h>

enum { FROM, TO, FIRST_TIME };

static const char *const wanted[] = {
    [DATA_MATRIX_COUNT] = OM_NOTE("a whole number, or nothing"),
    [DATA_MATRIX_SECONDS] = OM_NOTE("whole seconds, or nothing"),
    [DATA_MATRIX_CLOCK] = OM_NOTE("a time of day as HH:MM:SS, or nothing"),
    [DATA_MATRIX_NUMBER] = OM_NOTE("seconds, or nothing"),
    [DATA_MATRIX_SHARE] = OM_NOTE("a share from 0 to 1, or nothing"),
};

static size_t make_fields(struct table_field fields[TABLE_FIELDS])
{
    fields[FROM] = (struct table_field){"from", true, "fromcode|fromid|från|frånkod|origin"};
    fields[TO] = (struct table_field){"to", true, "tocode|toid|till|tillkod|destination"};
    size_t n = FIRST_TIME;
    for (size_t i = 0; i < data_n_matrix_columns && n < TABLE_FIELDS; i++)
        fields[n++] = (struct table_field){data_matrix_columns[i].name, false, NULL};
    return n;
}

static om_status read_times(struct import *import, size_t row, struct geo_travel_time *times)
{
    const struct table *table = &import->table;
    *times = data_matrix_no_time();
    for (size_t i = 0; i < data_n_matrix_columns; i++) {
        if (!table_has(table, FIRST_TIME + i))
            continue;
        const char *text = table_text(table, row, FIRST_TIME + i);
        if (!data_matrix_parse(&data_matrix_columns[i], text, strlen(text), times))
            return table_fail(import->ctx, table, row, FIRST_TIME + i,
                              om_tr(wanted[data_matrix_columns[i].type]));
    }
    return OM_OK;
}

static size_t index_of(const struct code_book *book, const char *code)
{
    for (size_t low = 0, high = book->known.n; low < high;) {
        size_t middle = (low + high) / 2;
        int order = strcmp(book->known.rows[middle].code, code);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

struct rows {
    size_t n;
    struct data_travel_row *items;
    bool *seen; /* by pair of municipalities */
    bool is_of_arrivals;
};

static om_status read_row(struct import *import, size_t row, struct rows *out)
{
    const struct table *table = &import->table;
    struct data_travel_row read = {0};
    codes_of_row(import->ctx, &import->book, table, row, FROM, &read.from_code);
    codes_of_row(import->ctx, &import->book, table, row, TO, &read.to_code);
    if (!read.from_code || !read.to_code || read.from_code == read.to_code)
        return OM_OK;
    size_t pair = index_of(&import->book, read.from_code) * import->book.known.n +
                  index_of(&import->book, read.to_code);
    if (out->seen[pair])
        return table_fail(import->ctx, table, row, TO, om_tr("each pair only once"));
    out->seen[pair] = true;
    om_status status = read_times(import, row, &read.times);
    out->is_of_arrivals |= read.times.latest_departure_s != GEO_NO_TIME;
    out->items[out->n++] = read;
    return status;
}

static om_status check_columns(struct import *import)
{
    for (size_t i = 0; i < data_n_matrix_columns; i++)
        if (table_has(&import->table, FIRST_TIME + i))
            return OM_OK;
    return om_fail(import->ctx, OM_BAD_DATA,
                   om_tr("%s: has pairs but no times; needs columns such as median_journey_s and fastest_s"),
                   import->table.sheet.path);
}

om_status data_import_travel_times(om_context *ctx, data_project *project, const char *path,
                                   const struct data_import_options *options)
{
    struct table_field fields[TABLE_FIELDS];
    struct import import;
    om_status status =
        import_open(ctx, project, path, "travel-times", options, fields, make_fields(fields), &import);
    if (status != OM_OK)
        return status;
    size_t n = import.book.known.n;
    char *name = import_name(path, options);
    struct rows rows = {.items = om_alloc(import.table.n_rows, sizeof *rows.items),
                        .seen = om_alloc(n * n, sizeof *rows.seen)};
    status = name && rows.items && rows.seen ? check_columns(&import) : om_no_memory(ctx);
    for (size_t row = 0; row < import.table.n_rows && status == OM_OK; row++)
        status = read_row(&import, row, &rows);
    if (status == OM_OK)
        status = codes_check(ctx, &import.book, &import.table);
    struct data_profile profile = {.name = name,
                                   .date = options ? options->date : NULL,
                                   .from_s = GEO_NO_TIME,
                                   .until_s = GEO_NO_TIME,
                                   .arrive_by = rows.is_of_arrivals,
                                   .is_synthetic = options && options->is_synthetic};
    if (status == OM_OK)
        status = data_store_travel_times(ctx, project, &profile, rows.items, rows.n, NULL, 0,
                                         &import.source.source);
    om_free(rows.items);
    om_free(rows.seen);
    om_free(name);
    import_done(&import);
    return status;
}

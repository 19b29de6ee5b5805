#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdio.h>
#include <string.h>

enum { MUNICIPALITY, AREA, DISCONTIGUOUS, FIELDS };

static const struct table_field fields[FIELDS] = {
    [MUNICIPALITY] = {"municipality", true, MUNICIPALITY_HEADINGS},
    [AREA] = {"area", true,
              "areaname|leveransområde|leveransomrade|deliveryarea|område|områdesnamn|areanamn|region"},
    [DISCONTIGUOUS] = {"discontiguous", false, "maybediscontiguous|ickesammanhängande|åtskilt"},
};

struct rows {
    size_t n;
    struct plan_assignment *items;
    char **where;
};

static om_status read_row(struct import *import, size_t row, struct rows *out)
{
    const struct table *table = &import->table;
    struct plan_assignment read = {.area_name = table_text(table, row, AREA)};
    size_t unknown = import->book.n_unknown;
    codes_of_row(import->ctx, &import->book, table, row, MUNICIPALITY, &read.municipality_code);
    if (!read.municipality_code && import->book.n_unknown == unknown)
        return OM_OK;
    /* an unknown code goes on, so that one message names everything that is wrong with the plan */
    if (!read.municipality_code)
        read.municipality_code = table_text(table, row, MUNICIPALITY);
    if (!*read.area_name)
        return table_fail(import->ctx, table, row, AREA, om_tr("the name of the delivery area"));
    om_status status = OM_OK;
    if (table_has(table, DISCONTIGUOUS))
        status = table_read_flag(import->ctx, table, row, DISCONTIGUOUS, &read.area_may_be_discontiguous);
    if (status != OM_OK)
        return status;
    out->where[out->n] = om_format("%s %zu", table->sheet.unit, table_place(table, row));
    read.where = out->where[out->n];
    out->items[out->n++] = read;
    return read.where ? OM_OK : om_no_memory(import->ctx);
}

om_status data_import_plan(om_context *ctx, data_project *project, const char *path,
                           const struct data_import_options *options)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "plan", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    size_t n = import.table.n_rows;
    char *name = import_name(path, options);
    struct rows rows = {.items = om_alloc(n, sizeof *rows.items), .where = om_alloc(n, sizeof *rows.where)};
    if (!name || !rows.items || !rows.where)
        status = om_no_memory(ctx);
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(&import, row, &rows);
    if (status == OM_OK) {
        status = (options->is_unfinished ? data_store_unfinished_plan : data_store_plan)(
            ctx, project, name, rows.items, rows.n, &import.source.source);
        if (status != OM_OK)
            om_context_add(ctx, "%s", import.table.sheet.path);
    }
    for (size_t i = 0; rows.where && i < rows.n; i++)
        om_free(rows.where[i]);
    om_free(rows.where);
    om_free(rows.items);
    om_free(name);
    import_done(&import);
    return status;
}

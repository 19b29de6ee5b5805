#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

enum { FROM, TO, NOTE, FIELDS };

struct links {
    size_t n;
    struct data_link_row *rows;
    char **pairs; /* both codes in order, the same for either direction */
    size_t *places;
};

static void links_done(struct links *links)
{
    for (size_t i = 0; links->pairs && i < links->n; i++)
        om_free(links->pairs[i]);
    om_free(links->pairs);
    om_free(links->places);
    om_free(links->rows);
}

static const struct table_field fields[FIELDS] = {
    [FROM] = {"from", true, "fromcode|från|frånkod|kommunfrån|frånkommun|a"},
    [TO] = {"to", true, "tocode|till|tillkod|kommuntill|tillkommun|b"},
    [NOTE] = {"note", false, "kind|typ|type|anmärkning|kommentar|comment|förbindelse"},
};

static om_status read_row(struct import *import, size_t row, struct links *out)
{
    const struct table *table = &import->table;
    struct data_link_row link = {.note = table_text_or_null(table, row, NOTE)};
    codes_of_row(import->ctx, &import->book, table, row, FROM, &link.from_code);
    if (!link.from_code)
        return OM_OK;
    codes_of_row(import->ctx, &import->book, table, row, TO, &link.to_code);
    if (!link.to_code)
        return OM_OK;
    int order = strcmp(link.from_code, link.to_code);
    if (order == 0)
        return table_fail(import->ctx, table, row, TO, om_tr("another municipality than the first"));
    out->pairs[out->n] = om_format("%s-%s", order < 0 ? link.from_code : link.to_code,
                                   order < 0 ? link.to_code : link.from_code);
    out->places[out->n] = row;
    out->rows[out->n] = link;
    return out->pairs[out->n++] ? OM_OK : om_no_memory(import->ctx);
}

static om_status read_rows(struct import *import, struct links *out)
{
    size_t n = import->table.n_rows;
    out->rows = om_alloc(n, sizeof *out->rows);
    out->pairs = om_alloc(n, sizeof *out->pairs);
    out->places = om_alloc(n, sizeof *out->places);
    om_status status = out->rows && out->pairs && out->places ? OM_OK : om_no_memory(import->ctx);
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(import, row, out);
    return status == OM_OK ? import_check(import, FROM, (const char *const *)out->pairs, out->places, out->n)
                           : status;
}

om_status data_import_links(om_context *ctx, data_project *project, const char *path,
                            const struct data_import_options *options)
{
    struct import import;
    struct links links = {0};
    om_status status = import_open(ctx, project, path, "links", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    status = read_rows(&import, &links);
    if (status == OM_OK)
        status = data_store_links(ctx, project, links.rows, links.n, &import.source.source);
    links_done(&links);
    import_done(&import);
    return status;
}

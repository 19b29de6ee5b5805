#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

enum { FROM, TO, NOTE, FIELDS };

static const struct table_field fields[FIELDS] = {
    [FROM] = {"from", true, "fromcode|från|frånkod|kommunfrån|frånkommun|a"},
    [TO] = {"to", true, "tocode|till|tillkod|kommuntill|tillkommun|b"},
    [NOTE] = {"note", false, "kind|typ|type|anmärkning|kommentar|comment|förbindelse"},
};

om_status data_import_links(om_context *ctx, data_project *project, const char *path,
                            const struct data_import_options *options)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "links", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    const struct table *table = &import.table;
    struct data_link_row *rows = om_alloc(table->n_rows, sizeof *rows);
    size_t n = 0;
    if (!rows)
        status = om_no_memory(ctx);
    for (size_t row = 0; row < table->n_rows && status == OM_OK; row++) {
        struct data_link_row link = {.note = table_text_or_null(table, row, NOTE)};
        codes_of_row(ctx, &import.book, table, row, FROM, &link.from_code);
        codes_of_row(ctx, &import.book, table, row, TO, &link.to_code);
        if (!link.from_code || !link.to_code)
            continue;
        if (strcmp(link.from_code, link.to_code) == 0)
            status = table_fail(ctx, table, row, TO, om_tr("another municipality than the first"));
        rows[n++] = link;
    }
    if (status == OM_OK)
        status = codes_check(ctx, &import.book, table);
    if (status == OM_OK)
        status = data_store_links(ctx, project, rows, n, &import.source.source);
    om_free(rows);
    import_done(&import);
    return status;
}

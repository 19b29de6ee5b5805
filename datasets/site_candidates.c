#include "datasets/site_candidates.h"

#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

enum { MUNICIPALITY, USE, FIELDS };

static const struct table_field fields[FIELDS] = {
    [MUNICIPALITY] = {"municipality", true, MUNICIPALITY_HEADINGS},
    [USE] = {"use", false, "användning|status"},
};

static om_status read_use(struct import *import, size_t row, enum plan_site_use *out)
{
    const char *text = table_text(&import->table, row, USE);
    *out = PLAN_SITE_CANDIDATE;
    if (!*text)
        return OM_OK;
    for (int use = 0; use < PLAN_SITE_USES; use++)
        if (strcmp(text, plan_site_use_names[use]) == 0) {
            *out = (enum plan_site_use)use;
            return OM_OK;
        }
    return table_fail(import->ctx, &import->table, row, USE, om_tr("candidate, forced or forbidden"));
}

static om_status read_rows(struct import *import, const struct plan_territory *territory,
                           enum plan_site_use *use)
{
    size_t n_rows = import->table.n_rows, n = 0;
    const char **codes = om_alloc(n_rows, sizeof *codes);
    size_t *places = om_alloc(n_rows, sizeof *places);
    om_status status = codes && places ? OM_OK : om_no_memory(import->ctx);
    for (size_t row = 0; row < n_rows && status == OM_OK; row++) {
        const char *code = NULL;
        codes_of_row(import->ctx, &import->book, &import->table, row, MUNICIPALITY, &code);
        if (!code)
            continue;
        codes[n] = code;
        places[n++] = row;
        status = read_use(import, row, &use[plan_territory_find(territory, code)]);
    }
    if (status == OM_OK)
        status = import_check(import, MUNICIPALITY, codes, places, n);
    om_free(places);
    om_free(codes);
    return status;
}

om_status data_site_candidates_read(om_context *ctx, data_project *project, const char *path,
                                    const struct plan_territory *territory, enum plan_site_use *use)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "sites", NULL, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    for (size_t m = 0; m < territory->n; m++)
        use[m] = PLAN_SITE_FORBIDDEN;
    status = read_rows(&import, territory, use);
    import_done(&import);
    return status;
}

/* Localities as stored: what `times` takes as origins. */
#include "project_internal.h"

#include "geo/memory.h"

void data_localities_free(struct data_locality_row *localities, size_t n)
{
    for (size_t i = 0; localities && i < n; i++) {
        om_free((char *)localities[i].code);
        om_free((char *)localities[i].name);
        om_free((char *)localities[i].municipality_code);
    }
    om_free(localities);
}

static om_status read_locality(om_context *ctx, const struct project_query *query,
                               struct data_locality_row *out)
{
    const char *name = project_text(query, 1);
    *out = (struct data_locality_row){
        .code = om_strdup(project_text(query, 0)),
        .name = om_strdup(name ? name : ""),
        .municipality_code = om_strdup(project_text(query, 2)),
        .population = project_number(query, 3),
    };
    if (!out->code || !out->name || !out->municipality_code)
        return om_no_memory(ctx);
    return project_lon_lat(ctx, query, out->lon_lat);
}

om_status data_load_localities(om_context *ctx, data_project *project, struct data_locality_row **out,
                               size_t *n)
{
    struct data_locality_row *localities = NULL;
    size_t count = 0, capacity = 0;
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query,
                       "SELECT code, name, municipality_code, population, geom FROM locality ORDER BY code");
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(localities, &capacity, count + 1, sizeof *localities);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        localities = grown;
        status = read_locality(ctx, &query, &localities[count++]);
    }
    project_query_done(&query);
    if (status != OM_OK) {
        data_localities_free(localities, count);
        return status;
    }
    *out = localities;
    *n = count;
    return OM_OK;
}

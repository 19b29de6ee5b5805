/* The territory as the planner sees it, from what importers stored. */
#include "project_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

static om_status take_municipalities(om_context *ctx, data_project *project, struct plan_territory *territory)
{
    struct project_municipalities loaded;
    om_status status = project_municipalities_load(ctx, project, &loaded);
    if (status != OM_OK)
        return status;
    territory->municipalities = om_alloc(loaded.n, sizeof *territory->municipalities);
    if (!territory->municipalities) {
        project_municipalities_done(&loaded);
        return om_no_memory(ctx);
    }
    territory->n = loaded.n;
    for (size_t i = 0; i < loaded.n; i++) {
        struct data_municipality_row *row = &loaded.rows[i];
        territory->municipalities[i] = (struct plan_municipality){
            .code = (char *)row->code,
            .name = (char *)row->name,
            .seat_name = (char *)row->seat_name,
            .seat_stops = (char *)row->seat_stops,
            .seat_lon_lat = {row->seat_lon_lat[0], row->seat_lon_lat[1]},
            .population = row->population,
            .land_area_km2 = row->land_area_km2,
            .job_seekers = NAN,
            .participants = NAN,
        };
    }
    om_free(loaded.rows); /* the texts live on in the territory */
    return OM_OK;
}

static om_status take_job_seekers(om_context *ctx, data_project *project, struct plan_territory *territory)
{
    struct project_query query;
    om_status status = project_select(ctx, project, &query,
                                      "SELECT municipality_code, job_seekers, participants FROM jobseekers "
                                      "WHERE month = (SELECT max(month) FROM jobseekers)");
    while (status == OM_OK && project_next(&query)) {
        int32_t m = plan_territory_find(territory, project_text(&query, 0));
        if (m == PLAN_NOWHERE)
            continue;
        territory->municipalities[m].job_seekers = project_number(&query, 1);
        territory->municipalities[m].participants = project_number(&query, 2);
    }
    project_query_done(&query);
    return status;
}

static om_status take_pairs(om_context *ctx, data_project *project, struct plan_territory *territory)
{
    struct plan_pair *pairs = NULL;
    size_t n = 0, capacity = 0;
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query,
                       "SELECT first_code, second_code, border_m, 0 AS declared FROM neighbour "
                       "UNION ALL SELECT from_code, to_code, 0.0, 1 FROM link");
    while (status == OM_OK && project_next(&query)) {
        struct plan_pair pair = {
            .a = plan_territory_find(territory, project_text(&query, 0)),
            .b = plan_territory_find(territory, project_text(&query, 1)),
            .kind = project_number(&query, 3) > 0 ? PLAN_LINK_DECLARED : PLAN_LINK_BORDER,
            .border_m = project_number(&query, 2),
        };
        void *grown = om_grow(pairs, &capacity, n + 1, sizeof *pairs);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        pairs = grown;
        pairs[n++] = pair;
    }
    project_query_done(&query);
    if (status == OM_OK)
        status = plan_territory_connect(ctx, territory, pairs, n);
    om_free(pairs);
    return status;
}

static om_status start_partition(om_context *ctx, struct plan_territory *territory, size_t *capacity,
                                 const char *kind)
{
    void *grown =
        om_grow(territory->partitions, capacity, territory->n_partitions + 1, sizeof *territory->partitions);
    if (!grown)
        return om_no_memory(ctx);
    territory->partitions = grown;
    struct plan_partition *fresh = &territory->partitions[territory->n_partitions++];
    *fresh = (struct plan_partition){
        .kind = om_strdup(kind),
        .member = om_alloc(territory->n, sizeof *fresh->member),
    };
    if (!fresh->kind || !fresh->member)
        return om_no_memory(ctx);
    for (size_t m = 0; m < territory->n; m++)
        fresh->member[m] = PLAN_NOWHERE;
    return OM_OK;
}

static om_status add_region(om_context *ctx, struct plan_partition *partition, size_t *capacity,
                            const char *code, const char *name)
{
    void *grown = om_grow(partition->regions, capacity, partition->n_regions + 1, sizeof *partition->regions);
    if (!grown)
        return om_no_memory(ctx);
    partition->regions = grown;
    struct plan_region *fresh = &partition->regions[partition->n_regions++];
    *fresh = (struct plan_region){om_strdup(code), om_strdup(name)};
    return fresh->code && fresh->name ? OM_OK : om_no_memory(ctx);
}

/* Rows come by kind, region and municipality, so partitions and regions are sorted as they must be. */
static om_status take_partitions(om_context *ctx, data_project *project, struct plan_territory *territory)
{
    size_t n_partitions = 0, n_regions = 0;
    struct plan_partition *partition = NULL;
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT r.kind, r.code, r.name, m.municipality_code FROM region r JOIN region_member m "
        "ON m.kind = r.kind AND m.region_code = r.code ORDER BY r.kind, r.code, m.municipality_code");
    while (status == OM_OK && project_next(&query)) {
        const char *kind = project_text(&query, 0), *code = project_text(&query, 1);
        if (!partition || strcmp(partition->kind, kind) != 0) {
            status = start_partition(ctx, territory, &n_partitions, kind);
            partition = status == OM_OK ? &territory->partitions[territory->n_partitions - 1] : NULL;
            n_regions = 0;
        }
        if (status == OM_OK && (partition->n_regions == 0 ||
                                strcmp(partition->regions[partition->n_regions - 1].code, code) != 0))
            status = add_region(ctx, partition, &n_regions, code, project_text(&query, 2));
        int32_t m = plan_territory_find(territory, project_text(&query, 3));
        if (status == OM_OK && m != PLAN_NOWHERE)
            partition->member[m] = (int32_t)partition->n_regions - 1;
    }
    project_query_done(&query);
    return status;
}

om_status data_load_territory(om_context *ctx, data_project *project, struct plan_territory **out)
{
    struct plan_territory *territory = om_alloc(1, sizeof *territory);
    if (!territory)
        return om_no_memory(ctx);
    om_status status = take_municipalities(ctx, project, territory);
    if (status == OM_OK)
        status = take_job_seekers(ctx, project, territory);
    if (status == OM_OK)
        status = take_pairs(ctx, project, territory);
    if (status == OM_OK)
        status = take_partitions(ctx, project, territory);
    if (status == OM_OK)
        *out = territory;
    else
        plan_territory_free(territory);
    return status;
}

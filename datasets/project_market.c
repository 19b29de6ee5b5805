/* The market on one date: who is where, and who may serve whom. */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The newest day on which something in the data begins; NULL in *date when nothing has a date. */
static om_status newest_date(om_context *ctx, data_project *project, char **date)
{
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT day FROM (SELECT valid_from AS day FROM office UNION ALL SELECT valid_from FROM contract "
        "UNION ALL SELECT month || '-01' FROM jobseekers) WHERE day IS NOT NULL ORDER BY day DESC LIMIT 1");
    *date = NULL;
    if (status == OM_OK && project_next(&query) && !(*date = om_strdup(project_text(&query, 0))))
        status = om_no_memory(ctx);
    project_query_done(&query);
    return status;
}

static bool covers(const char *from, const char *to, const char *date)
{
    return !date || ((!from || strcmp(from, date) <= 0) && (!to || strcmp(date, to) <= 0));
}

static int by_id(const void *left, const void *right)
{
    const struct plan_supplier *x = left, *y = right;
    return strcmp(x->id, y->id);
}

static int32_t supplier_find(const struct plan_market *market, const char *id)
{
    struct plan_supplier wanted = {.id = (char *)id};
    struct plan_supplier *found =
        market->n_suppliers ? bsearch(&wanted, market->suppliers, market->n_suppliers, sizeof wanted, by_id)
                            : NULL;
    return found ? (int32_t)(found - market->suppliers) : PLAN_NOWHERE;
}

static om_status read_suppliers(om_context *ctx, data_project *project, struct plan_market *market)
{
    size_t capacity = 0;
    struct project_query query;
    om_status status = project_select(ctx, project, &query, "SELECT id, name FROM supplier ORDER BY id");
    while (status == OM_OK && project_next(&query)) {
        void *grown =
            om_grow(market->suppliers, &capacity, market->n_suppliers + 1, sizeof *market->suppliers);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        market->suppliers = grown;
        struct plan_supplier *fresh = &market->suppliers[market->n_suppliers++];
        *fresh =
            (struct plan_supplier){om_strdup(project_text(&query, 0)), om_strdup(project_text(&query, 1))};
        if (!fresh->id || !fresh->name)
            status = om_no_memory(ctx);
    }
    project_query_done(&query);
    return status;
}

static om_status read_offices(om_context *ctx, data_project *project, const struct plan_territory *territory,
                              const char *date, struct plan_market *market)
{
    size_t capacity = 0;
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT supplier_id, municipality_code, valid_from, valid_to, geom FROM office ORDER BY fid");
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(market->offices, &capacity, market->n_offices + 1, sizeof *market->offices);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        market->offices = grown;
        struct plan_office *office = &market->offices[market->n_offices];
        *office = (struct plan_office){
            .supplier = supplier_find(market, project_text(&query, 0)),
            .municipality = plan_territory_find(territory, project_text(&query, 1)),
            .active = covers(project_text(&query, 2), project_text(&query, 3), date),
        };
        status = project_lon_lat(ctx, &query, office->lon_lat);
        market->n_offices++;
    }
    project_query_done(&query);
    return status;
}

static om_status add_contract(om_context *ctx, struct plan_market *market, size_t *capacity, int32_t supplier,
                              int32_t municipality)
{
    void *grown = om_grow(market->contracts, capacity, market->n_contracts + 1, sizeof *market->contracts);
    if (!grown)
        return om_no_memory(ctx);
    market->contracts = grown;
    market->contracts[market->n_contracts++] = (struct plan_contract){supplier, municipality};
    return OM_OK;
}

static int32_t area_find(const struct plan *plan, const char *name)
{
    for (size_t a = 0; a < plan->n_areas; a++)
        if (strcmp(plan->areas[a].name, name) == 0)
            return (int32_t)a;
    return PLAN_NOWHERE;
}

/* Plans that contracts name, loaded once each. */
struct named_plans {
    struct plan **plans;
    size_t n, capacity;
};

static om_status named_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                            const char *name, struct named_plans *known, const struct plan **out)
{
    for (size_t i = 0; i < known->n; i++)
        if (strcmp(known->plans[i]->name, name) == 0) {
            *out = known->plans[i];
            return OM_OK;
        }
    void *grown = om_grow(known->plans, &known->capacity, known->n + 1, sizeof *known->plans);
    if (!grown)
        return om_no_memory(ctx);
    known->plans = grown;
    om_status status = data_load_plan(ctx, project, territory, name, &known->plans[known->n]);
    if (status != OM_OK)
        return om_context_add(ctx, "%s", om_tr("table contract"));
    *out = known->plans[known->n++];
    return OM_OK;
}

/* A contract for an area holds in the municipalities of that area; one that the plan does not have is a
 * finding, since a contract may name the areas of another map. */
static om_status expand_area(om_context *ctx, const struct plan *plan, const char *area, int32_t supplier,
                             struct plan_market *market, size_t *capacity)
{
    int32_t wanted = plan ? area_find(plan, area) : PLAN_NOWHERE;
    if (wanted == PLAN_NOWHERE) {
        om_find(ctx, "contract_area_unknown",
                om_tr("contract of supplier %s: plan \"%s\" has no area \"%s\""),
                market->suppliers[supplier].id, plan ? plan->name : "", area);
        return OM_OK;
    }
    om_status status = OM_OK;
    for (size_t m = 0; m < plan->n && status == OM_OK; m++)
        if (plan->area_of[m] == wanted)
            status = add_contract(ctx, market, capacity, supplier, (int32_t)m);
    return status;
}

static om_status read_contracts(om_context *ctx, data_project *project,
                                const struct plan_territory *territory, const struct plan *plan,
                                const char *service, const char *date, struct plan_market *market)
{
    size_t capacity = 0;
    struct named_plans known = {0};
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT supplier_id, plan_name, area_name, municipality_code, valid_from, valid_to FROM contract "
        "WHERE status = 'active' AND (%Q = '' OR service IS NULL OR service = %Q) ORDER BY fid",
        service ? service : "", service ? service : "");
    while (status == OM_OK && project_next(&query)) {
        int32_t supplier = supplier_find(market, project_text(&query, 0));
        if (supplier == PLAN_NOWHERE || !covers(project_text(&query, 4), project_text(&query, 5), date))
            continue;
        const char *plan_name = project_text(&query, 1), *area = project_text(&query, 2);
        const struct plan *of = plan;
        if (area && plan_name)
            status = named_plan(ctx, project, territory, plan_name, &known, &of);
        if (status == OM_OK && area)
            status = expand_area(ctx, of, area, supplier, market, &capacity);
        else if (status == OM_OK)
            status = add_contract(ctx, market, &capacity, supplier,
                                  plan_territory_find(territory, project_text(&query, 3)));
    }
    project_query_done(&query);
    for (size_t i = 0; i < known.n; i++)
        plan_free(known.plans[i]);
    om_free(known.plans);
    return status;
}

om_status data_load_market(om_context *ctx, data_project *project, const struct plan_territory *territory,
                           const struct plan *plan, const char *service, const char *date,
                           struct plan_market **out)
{
    char *newest = NULL;
    struct plan_market *market = om_alloc(1, sizeof *market);
    om_status status = market ? OM_OK : om_no_memory(ctx);
    if (status == OM_OK && !date)
        status = newest_date(ctx, project, &newest);
    const char *day = date ? date : newest;
    if (status == OM_OK)
        status = read_suppliers(ctx, project, market);
    if (status == OM_OK)
        status = read_offices(ctx, project, territory, day, market);
    if (status == OM_OK)
        status = read_contracts(ctx, project, territory, plan, service, day, market);
    if (status == OM_OK)
        status = plan_market_sort(ctx, market);
    if (status == OM_OK) {
        *out = market;
        market = NULL;
    }
    plan_market_free(market);
    om_free(newest);
    return status;
}

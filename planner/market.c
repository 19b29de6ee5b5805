#include "planner/market.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void plan_market_free(struct plan_market *market)
{
    if (!market)
        return;
    for (size_t s = 0; market->suppliers && s < market->n_suppliers; s++) {
        om_free(market->suppliers[s].id);
        om_free(market->suppliers[s].name);
    }
    om_free(market->suppliers);
    om_free(market->offices);
    om_free(market->contracts);
    om_free(market);
}

struct ranked_supplier {
    struct plan_supplier supplier;
    size_t old_index;
};

static int compare_suppliers(const void *left, const void *right)
{
    const struct ranked_supplier *x = left, *y = right;
    return strcmp(x->supplier.id, y->supplier.id);
}

static int compare_indices(int32_t x, int32_t y)
{
    return (x > y) - (x < y);
}

/* NAN after every number. */
static int compare_numbers(double x, double y)
{
    if (isnan(x) || isnan(y))
        return (isnan(x) != 0) - (isnan(y) != 0);
    return (x > y) - (x < y);
}

static int compare_offices(const void *left, const void *right)
{
    const struct plan_office *x = left, *y = right;
    int order = compare_indices(x->municipality, y->municipality);
    if (!order)
        order = compare_indices(x->supplier, y->supplier);
    if (!order)
        order = (int)y->active - (int)x->active;
    if (!order)
        order = compare_numbers(x->lon_lat[0], y->lon_lat[0]);
    return order ? order : compare_numbers(x->lon_lat[1], y->lon_lat[1]);
}

static int compare_contracts(const void *left, const void *right)
{
    const struct plan_contract *x = left, *y = right;
    int order = compare_indices(x->municipality, y->municipality);
    return order ? order : compare_indices(x->supplier, y->supplier);
}

static bool belongs(const struct plan_market *market, int32_t supplier, int32_t municipality)
{
    return supplier >= 0 && (size_t)supplier < market->n_suppliers && municipality >= 0;
}

static om_status check_indices(om_context *ctx, const struct plan_market *market)
{
    for (size_t i = 0; i < market->n_offices; i++)
        if (!belongs(market, market->offices[i].supplier, market->offices[i].municipality))
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("office %zu: no such supplier or municipality"),
                           i);
    for (size_t i = 0; i < market->n_contracts; i++)
        if (!belongs(market, market->contracts[i].supplier, market->contracts[i].municipality))
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("contract %zu: no such supplier or municipality"),
                           i);
    return OM_OK;
}

static size_t drop_repeated_contracts(struct plan_contract *contracts, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || compare_contracts(&contracts[kept - 1], &contracts[i]) != 0)
            contracts[kept++] = contracts[i];
    return kept;
}

om_status plan_market_sort(om_context *ctx, struct plan_market *market)
{
    om_status status = check_indices(ctx, market);
    if (status)
        return status;
    struct ranked_supplier *ranked = om_alloc(market->n_suppliers, sizeof *ranked);
    int32_t *moved_to = om_alloc(market->n_suppliers, sizeof *moved_to);
    if (!ranked || !moved_to) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t s = 0; s < market->n_suppliers; s++)
        ranked[s] = (struct ranked_supplier){market->suppliers[s], s};
    qsort(ranked, market->n_suppliers, sizeof *ranked, compare_suppliers);
    for (size_t s = 1; s < market->n_suppliers; s++)
        if (compare_suppliers(&ranked[s - 1], &ranked[s]) == 0) {
            status = om_fail(ctx, OM_BAD_DATA, om_tr("two suppliers have the id \"%s\"; ids must differ"),
                             ranked[s].supplier.id);
            goto done;
        }
    for (size_t s = 0; s < market->n_suppliers; s++) {
        market->suppliers[s] = ranked[s].supplier;
        moved_to[ranked[s].old_index] = (int32_t)s;
    }
    for (size_t i = 0; i < market->n_offices; i++)
        market->offices[i].supplier = moved_to[market->offices[i].supplier];
    for (size_t i = 0; i < market->n_contracts; i++)
        market->contracts[i].supplier = moved_to[market->contracts[i].supplier];
    if (market->n_offices)
        qsort(market->offices, market->n_offices, sizeof *market->offices, compare_offices);
    if (market->n_contracts)
        qsort(market->contracts, market->n_contracts, sizeof *market->contracts, compare_contracts);
    market->n_contracts = drop_repeated_contracts(market->contracts, market->n_contracts);
done:
    om_free(moved_to);
    om_free(ranked);
    return status;
}

#include "reach_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>

void plan_reach_free(struct plan_reach *reach)
{
    if (!reach)
        return;
    om_free(reach->first_present);
    om_free(reach->present);
    om_free(reach->first_contract);
    om_free(reach->first_service);
    om_free(reach->services);
    om_free(reach);
}

/* In the list of trips. */
static double listed_duration_s(const struct plan_travel *travel, int32_t from, int32_t to)
{
    size_t low = travel->first_trip[from], high = travel->first_trip[from + 1], end = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (travel->trips[middle].to < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && travel->trips[low].to == to ? travel->trips[low].duration_s : (double)NAN;
}

double plan_duration_s(const struct plan_travel *travel, int32_t from, int32_t to)
{
    double duration_s = NAN;
    if (from == to)
        return 0;
    if (travel && travel->duration_s)
        duration_s = travel->duration_s[(size_t)from * travel->n + (size_t)to];
    else if (travel && travel->trips)
        duration_s = listed_duration_s(travel, from, to);
    return isfinite(duration_s) ? duration_s : NAN;
}

/* A walk over the municipalities that one may travel to, itself included. */
struct trip_walk {
    const struct plan_travel *travel;
    int32_t from;
    size_t next, end;
};

static struct trip_walk walk_trips(const struct plan_reach *reach, int32_t from)
{
    if (!reach->travel || !reach->travel->trips)
        return (struct trip_walk){reach->travel, from, 0, reach->n};
    return (struct trip_walk){reach->travel, from, reach->travel->first_trip[from],
                              reach->travel->first_trip[from + 1]};
}

static bool next_trip(struct trip_walk *walk, struct plan_trip *trip)
{
    if (walk->next == walk->end)
        return false;
    size_t i = walk->next++;
    if (walk->travel && walk->travel->trips)
        *trip = walk->travel->trips[i];
    else
        *trip = (struct plan_trip){(int32_t)i, plan_duration_s(walk->travel, walk->from, (int32_t)i)};
    return true;
}

bool plan_may_serve(const struct plan_reach *reach, int32_t supplier, int32_t municipality)
{
    if (reach->rules->basis != PLAN_BASIS_CONTRACTS)
        return true;
    uint32_t low = reach->first_contract[municipality], high = reach->first_contract[municipality + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reach->market->contracts[middle].supplier < supplier)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reach->first_contract[municipality + 1] &&
           reach->market->contracts[low].supplier == supplier;
}

/* Offices are sorted by municipality and supplier, so a repeated one follows its like. */
static om_status list_present(om_context *ctx, struct plan_reach *reach)
{
    const struct plan_market *market = reach->market;
    reach->first_present = om_alloc(reach->n + 1, sizeof *reach->first_present);
    reach->present = om_alloc(market->n_offices, sizeof *reach->present);
    if (!reach->first_present || !reach->present)
        return om_no_memory(ctx);
    uint32_t n = 0;
    size_t i = 0;
    for (size_t m = 0; m < reach->n; m++) {
        reach->first_present[m] = n;
        for (; i < market->n_offices && market->offices[i].municipality == (int32_t)m; i++) {
            int32_t supplier = market->offices[i].supplier;
            bool is_listed = n > reach->first_present[m] && reach->present[n - 1] == supplier;
            if (market->offices[i].active && !is_listed)
                reach->present[n++] = supplier;
        }
    }
    reach->first_present[reach->n] = n;
    return OM_OK;
}

static om_status index_contracts(om_context *ctx, struct plan_reach *reach)
{
    reach->first_contract = om_alloc(reach->n + 1, sizeof *reach->first_contract);
    if (!reach->first_contract)
        return om_no_memory(ctx);
    for (size_t i = 0; i < reach->market->n_contracts; i++)
        reach->first_contract[reach->market->contracts[i].municipality + 1]++;
    for (size_t m = 0; m < reach->n; m++)
        reach->first_contract[m + 1] += reach->first_contract[m];
    return OM_OK;
}

static int compare_services(const void *left, const void *right)
{
    const struct plan_service *x = left, *y = right;
    if (x->supplier != y->supplier)
        return x->supplier < y->supplier ? -1 : 1;
    if (x->duration_s != y->duration_s)
        return x->duration_s < y->duration_s ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

/* Adds the suppliers present in k to the services of m, when k is within the limit. */
static om_status add_services(om_context *ctx, struct plan_reach *reach, int32_t m,
                              const struct plan_trip *trip, size_t *n, size_t *capacity)
{
    uint32_t first = reach->first_present[trip->to], end = reach->first_present[trip->to + 1];
    if (!(trip->duration_s <= reach->limit_s) || first == end)
        return OM_OK;
    struct plan_service *grown =
        om_grow(reach->services, capacity, *n + (end - first), sizeof *reach->services);
    if (!grown)
        return om_no_memory(ctx);
    reach->services = grown;
    for (uint32_t i = first; i < end; i++)
        if (plan_may_serve(reach, reach->present[i], m))
            reach->services[(*n)++] = (struct plan_service){reach->present[i], trip->to, trip->duration_s};
    return OM_OK;
}

static om_status list_services(om_context *ctx, struct plan_reach *reach)
{
    reach->first_service = om_alloc(reach->n + 1, sizeof *reach->first_service);
    if (!reach->first_service)
        return om_no_memory(ctx);
    size_t n = 0, capacity = 0;
    for (size_t m = 0; m < reach->n; m++) {
        reach->first_service[m] = n;
        struct plan_trip trip;
        for (struct trip_walk walk = walk_trips(reach, (int32_t)m); next_trip(&walk, &trip);) {
            om_status status = add_services(ctx, reach, (int32_t)m, &trip, &n, &capacity);
            if (status)
                return status;
        }
        if (n > reach->first_service[m])
            qsort(reach->services + reach->first_service[m], n - reach->first_service[m],
                  sizeof *reach->services, compare_services);
    }
    reach->first_service[reach->n] = n;
    return OM_OK;
}

om_status plan_reach_new(om_context *ctx, const struct plan_case *input, struct plan_reach **out)
{
    struct plan_reach *reach = om_alloc(1, sizeof *reach);
    if (!reach)
        return om_no_memory(ctx);
    reach->market = input->market;
    reach->travel = input->travel;
    reach->rules = input->rules;
    reach->n = input->territory->n;
    reach->limit_s = input->rules->max_minutes * 60;
    reach->travel_is_known = plan_travel_is_known(input->travel);
    om_status status = list_present(ctx, reach);
    if (!status)
        status = index_contracts(ctx, reach);
    if (!status)
        status = list_services(ctx, reach);
    if (status)
        plan_reach_free(reach);
    else
        *out = reach;
    return status;
}

int32_t plan_reach_count(const struct plan_reach *reach, const int32_t *area_of, int32_t m, int32_t area)
{
    int32_t n = 0, last = PLAN_NOWHERE;
    for (size_t i = reach->first_service[m]; i < reach->first_service[m + 1]; i++) {
        const struct plan_service *service = &reach->services[i];
        bool counts =
            area == PLAN_ANYWHERE || service->municipality == m || area_of[service->municipality] == area;
        if (!counts || service->supplier == last)
            continue;
        last = service->supplier;
        n++;
    }
    return n;
}

static bool is_nearer(const struct plan_service *x, const struct plan_service *y)
{
    if (y->supplier == PLAN_NOWHERE)
        return true;
    if (x->duration_s != y->duration_s)
        return x->duration_s < y->duration_s;
    if (x->municipality != y->municipality)
        return x->municipality < y->municipality;
    return x->supplier < y->supplier;
}

/* Keeps the nearest service, and the nearest of another supplier. */
static void keep_two_nearest(const struct plan_service *fresh, struct plan_service *nearest,
                             struct plan_service *second)
{
    if (fresh->supplier == nearest->supplier) {
        if (is_nearer(fresh, nearest))
            *nearest = *fresh;
    } else if (is_nearer(fresh, nearest)) {
        *second = *nearest;
        *nearest = *fresh;
    } else if (is_nearer(fresh, second)) {
        *second = *fresh;
    }
}

void plan_reach_nearest(const struct plan_reach *reach, const int32_t *area_of, int32_t m,
                        struct plan_municipality_result *result)
{
    const struct plan_service none = {PLAN_NOWHERE, PLAN_NOWHERE, NAN};
    result->nearest_inside = result->second_inside = result->nearest_anywhere = none;
    struct plan_trip trip;
    for (struct trip_walk walk = walk_trips(reach, m); next_trip(&walk, &trip);) {
        uint32_t first = reach->first_present[trip.to], end = reach->first_present[trip.to + 1];
        if (isnan(trip.duration_s))
            continue;
        for (uint32_t i = first; i < end; i++) {
            const struct plan_service fresh = {reach->present[i], trip.to, trip.duration_s};
            if (!plan_may_serve(reach, fresh.supplier, m))
                continue;
            if (is_nearer(&fresh, &result->nearest_anywhere))
                result->nearest_anywhere = fresh;
            if (area_of[trip.to] == area_of[m])
                keep_two_nearest(&fresh, &result->nearest_inside, &result->second_inside);
        }
    }
}

#include "evaluation_internal.h"

#include "geo/memory.h"

#include <stdlib.h>

struct pair {
    int32_t area, supplier;
};

static int compare_pairs(const void *left, const void *right)
{
    const struct pair *x = left, *y = right;
    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    return (x->supplier > y->supplier) - (x->supplier < y->supplier);
}

void plan_presence_done(struct plan_presence *presence)
{
    om_free(presence->first);
    om_free(presence->supplier);
    om_free(presence->may_serve);
    *presence = (struct plan_presence){0};
}

/* A contract for one municipality of the area is enough to serve in it. */
static void mark_contracts(const struct plan *plan, const struct plan_reach *reach,
                           struct plan_presence *presence)
{
    for (size_t i = 0; i < reach->market->n_contracts; i++) {
        const struct plan_contract *contract = &reach->market->contracts[i];
        int32_t area = plan->area_of[contract->municipality];
        uint32_t low = presence->first[area], high = presence->first[area + 1], end = high;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (presence->supplier[middle] < contract->supplier)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < end && presence->supplier[low] == contract->supplier)
            presence->may_serve[low] = true;
    }
}

om_status plan_presence_new(om_context *ctx, const struct plan *plan, const struct plan_reach *reach,
                            struct plan_presence *out)
{
    om_status status = OM_OK;
    size_t n_present = reach->first_present[reach->n], n = 0;
    struct pair *pairs = om_alloc(n_present, sizeof *pairs);
    struct plan_presence presence = {
        .first = om_alloc(plan->n_areas + 1, sizeof *presence.first),
        .supplier = om_alloc(n_present, sizeof *presence.supplier),
        .may_serve = om_alloc(n_present, sizeof *presence.may_serve),
    };
    if (!pairs || !presence.first || !presence.supplier || !presence.may_serve) {
        plan_presence_done(&presence);
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t k = 0; k < reach->n; k++)
        for (uint32_t i = reach->first_present[k]; i < reach->first_present[k + 1]; i++)
            if (!plan->areas[plan->area_of[k]].is_hole)
                pairs[n++] = (struct pair){plan->area_of[k], reach->present[i]};
    if (n > 1)
        qsort(pairs, n, sizeof *pairs, compare_pairs);
    uint32_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && compare_pairs(&pairs[i - 1], &pairs[i]) == 0)
            continue;
        presence.first[pairs[i].area + 1]++;
        presence.may_serve[kept] = reach->rules->basis != PLAN_BASIS_CONTRACTS;
        presence.supplier[kept++] = pairs[i].supplier;
    }
    for (size_t a = 0; a < plan->n_areas; a++)
        presence.first[a + 1] += presence.first[a];
    mark_contracts(plan, reach, &presence);
    *out = presence;
done:
    om_free(pairs);
    return status;
}

int32_t plan_presence_count(const struct plan_presence *presence, int32_t area)
{
    int32_t n = 0;
    for (uint32_t i = presence->first[area]; i < presence->first[area + 1]; i++)
        n += presence->may_serve[i];
    return n;
}

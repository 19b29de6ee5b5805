#include "planner/territory.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>
#include <string.h>

static void partition_done(struct plan_partition *partition)
{
    for (size_t r = 0; partition->regions && r < partition->n_regions; r++) {
        om_free(partition->regions[r].code);
        om_free(partition->regions[r].name);
    }
    om_free(partition->regions);
    om_free(partition->member);
    om_free(partition->kind);
}

void plan_territory_free(struct plan_territory *territory)
{
    if (!territory)
        return;
    for (size_t m = 0; territory->municipalities && m < territory->n; m++) {
        om_free(territory->municipalities[m].code);
        om_free(territory->municipalities[m].name);
        om_free(territory->municipalities[m].seat_name);
        om_free(territory->municipalities[m].seat_stops);
    }
    for (size_t p = 0; territory->partitions && p < territory->n_partitions; p++)
        partition_done(&territory->partitions[p]);
    om_free(territory->municipalities);
    om_free(territory->first_neighbour);
    om_free(territory->neighbours);
    om_free(territory->partitions);
    om_free(territory);
}

int32_t plan_territory_find(const struct plan_territory *territory, const char *code)
{
    size_t low = 0, high = territory->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(territory->municipalities[middle].code, code);
        if (order == 0)
            return (int32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return PLAN_NOWHERE;
}

const struct plan_partition *plan_territory_partition(const struct plan_territory *territory,
                                                      const char *kind)
{
    for (size_t p = 0; p < territory->n_partitions; p++)
        if (strcmp(territory->partitions[p].kind, kind) == 0)
            return &territory->partitions[p];
    return NULL;
}

/* A border before a declared link, and the longer border first: the first of equal ends is the one kept. */
static int compare_pairs(const void *left, const void *right)
{
    const struct plan_pair *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->border_m < y->border_m) - (x->border_m > y->border_m);
}

static om_status check_pairs(om_context *ctx, const struct plan_territory *territory,
                             const struct plan_pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct plan_pair *pair = &pairs[i];
        if (pair->a < 0 || pair->b < 0 || (size_t)pair->a >= territory->n || (size_t)pair->b >= territory->n)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("link %zu: no municipality has index %d or %d"), i,
                           pair->a, pair->b);
        if (pair->a == pair->b)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("link %zu: municipality %s is linked to itself"),
                           i, territory->municipalities[pair->a].code);
    }
    return OM_OK;
}

/* Both directions of every pair, sorted, each pair of ends once. Returns how many. */
static size_t both_directions(const struct plan_pair *pairs, size_t n, struct plan_pair *directed)
{
    for (size_t i = 0; i < n; i++) {
        directed[2 * i] = directed[2 * i + 1] = pairs[i];
        directed[2 * i + 1].a = pairs[i].b;
        directed[2 * i + 1].b = pairs[i].a;
    }
    qsort(directed, 2 * n, sizeof *directed, compare_pairs);
    size_t kept = 0;
    for (size_t i = 0; i < 2 * n; i++)
        if (kept == 0 || directed[i].a != directed[kept - 1].a || directed[i].b != directed[kept - 1].b)
            directed[kept++] = directed[i];
    return kept;
}

om_status plan_territory_connect(om_context *ctx, struct plan_territory *territory,
                                 const struct plan_pair *pairs, size_t n)
{
    om_status status = check_pairs(ctx, territory, pairs, n);
    if (status)
        return status;
    struct plan_pair *directed = om_alloc(2 * n, sizeof *directed);
    struct plan_neighbour *neighbours = om_alloc(2 * n, sizeof *neighbours);
    uint32_t *first = om_alloc(territory->n + 1, sizeof *first);
    if (!directed || !neighbours || !first) {
        om_free(neighbours);
        om_free(first);
        status = om_no_memory(ctx);
        goto done;
    }
    size_t kept = both_directions(pairs, n, directed);
    for (size_t i = 0; i < kept; i++) {
        neighbours[i] = (struct plan_neighbour){directed[i].b, directed[i].kind, directed[i].border_m};
        first[directed[i].a + 1]++;
    }
    for (size_t m = 0; m < territory->n; m++)
        first[m + 1] += first[m];
    om_free(territory->neighbours);
    om_free(territory->first_neighbour);
    territory->neighbours = neighbours;
    territory->first_neighbour = first;
done:
    om_free(directed);
    return status;
}

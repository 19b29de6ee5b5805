#include "planner/equity.h"

#include "evaluation_internal.h"

#include "geo/memory.h"

#include <stdlib.h>

const char *const plan_equity_grouping_names[PLAN_EQUITY_GROUPINGS] = {
    [PLAN_EQUITY_COUNTRY] = "country",
    [PLAN_EQUITY_DENSITY] = "density",
    [PLAN_EQUITY_GROUP] = "group",
    [PLAN_EQUITY_COUNTY] = "county",
};
const char *const plan_density_names[PLAN_DENSITIES] = {
    [PLAN_DENSITY_SPARSE] = "sparse",
    [PLAN_DENSITY_MEDIUM] = "medium",
    [PLAN_DENSITY_DENSE] = "dense",
};
const char *const plan_equity_target_names[PLAN_EQUITY_TARGETS] = {
    [PLAN_EQUITY_NEAREST] = "nearest",
    [PLAN_EQUITY_SECOND] = "second",
};
const int plan_equity_percentiles[PLAN_EQUITY_PERCENTILES] = {10, 25, 50, 75, 90};

/* The job seekers of a municipality and how long they travel. */
struct traveller {
    double duration_s, job_seekers;
};

void plan_equity_free(struct plan_equity *equity)
{
    if (!equity)
        return;
    om_free(equity->groups);
    om_free(equity);
}

/* Unreachable comes last. */
static int compare_travellers(const void *left, const void *right)
{
    const struct traveller *x = left, *y = right;
    if (isnan(x->duration_s) || isnan(y->duration_s))
        return (isnan(x->duration_s) != 0) - (isnan(y->duration_s) != 0);
    return (x->duration_s > y->duration_s) - (x->duration_s < y->duration_s);
}

/* A share of job seekers that rounding makes a hair larger than a sum of theirs is that sum. */
static double percentile(const struct traveller *sorted, size_t n, double job_seekers, int percent)
{
    double wanted = job_seekers * percent / 100 * (1 - 1e-12), reached = 0;
    for (size_t i = 0; i < n; i++) {
        reached += sorted[i].job_seekers;
        if (reached > 0 && reached >= wanted)
            return sorted[i].duration_s;
    }
    return NAN;
}

/*
 * Half the mean difference between two job seekers over the mean. With times sorted, the sum over pairs is
 * one walk: 2 * sum over i of w[i] * (x[i] * W[i] - S[i]), W and S being the sums of w and w * x before i.
 */
static double gini(const struct traveller *sorted, size_t n)
{
    double weight = 0, time = 0, differences = 0;
    for (size_t i = 0; i < n && !isnan(sorted[i].duration_s); i++) {
        differences += 2 * sorted[i].job_seekers * (sorted[i].duration_s * weight - time);
        weight += sorted[i].job_seekers;
        time += sorted[i].job_seekers * sorted[i].duration_s;
    }
    if (!(weight > 0))
        return NAN;
    return time > 0 ? differences / (2 * weight * time) : 0;
}

static struct plan_spread spread_of(struct traveller *travellers, size_t n, double job_seekers)
{
    struct plan_spread spread = {.unreachable_share = NAN};
    double unreachable = 0;
    if (n)
        qsort(travellers, n, sizeof *travellers, compare_travellers);
    for (size_t i = 0; i < n; i++)
        if (isnan(travellers[i].duration_s))
            unreachable += travellers[i].job_seekers;
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++)
        spread.percentile_s[p] = percentile(travellers, n, job_seekers, plan_equity_percentiles[p]);
    if (job_seekers > 0)
        spread.unreachable_share = unreachable / job_seekers;
    spread.gini = gini(travellers, n);
    return spread;
}

/* Who belongs to which group of a grouping: the index, or negative for none. */
struct grouping {
    enum plan_equity_grouping kind;
    size_t n_groups;
    const struct plan_partition *partition; /* NULL: by what is computed here */
};

static int32_t density_class(const struct plan_case *input, const struct plan_evaluation *evaluation,
                             size_t m)
{
    double density = plan_density_per_km2(&input->territory->municipalities[m]);
    double mean = evaluation->headline.mean_density_per_km2;
    if (isnan(density) || isnan(mean))
        return PLAN_NOWHERE;
    if (evaluation->municipalities[m].is_sparse)
        return PLAN_DENSITY_SPARSE;
    return density < mean ? PLAN_DENSITY_MEDIUM : PLAN_DENSITY_DENSE;
}

static int32_t group_of(const struct plan_case *input, const struct plan_evaluation *evaluation,
                        const struct grouping *grouping, size_t m)
{
    if (grouping->partition)
        return grouping->partition->member[m];
    return grouping->kind == PLAN_EQUITY_DENSITY ? density_class(input, evaluation, m) : 0;
}

static const struct plan_service *service_to(const struct plan_evaluation *evaluation, size_t m,
                                             enum plan_equity_target target)
{
    const struct plan_municipality_result *result = &evaluation->municipalities[m];
    return target == PLAN_EQUITY_NEAREST ? &result->nearest_inside : &result->second_inside;
}

static void measure_group(const struct plan_case *input, const struct plan_evaluation *evaluation,
                          const struct grouping *grouping, struct traveller *travellers,
                          struct plan_equity_group *group)
{
    for (int target = 0; target < PLAN_EQUITY_TARGETS; target++) {
        size_t n = 0;
        group->n_municipalities = 0;
        group->job_seekers = 0;
        for (size_t m = 0; m < evaluation->n; m++) {
            double job_seekers = input->territory->municipalities[m].job_seekers;
            if (group_of(input, evaluation, grouping, m) != group->index)
                continue;
            group->n_municipalities++;
            if (isnan(job_seekers))
                continue;
            group->job_seekers += job_seekers;
            travellers[n++] = (struct traveller){
                service_to(evaluation, m, (enum plan_equity_target)target)->duration_s, job_seekers};
        }
        group->spread[target] = spread_of(travellers, n, group->job_seekers);
    }
}

/* The groupings there is data for; returns how many. */
static size_t list_groupings(const struct plan_territory *territory,
                             struct grouping groupings[PLAN_EQUITY_GROUPINGS])
{
    size_t n = 0;
    groupings[n++] = (struct grouping){PLAN_EQUITY_COUNTRY, 1, NULL};
    groupings[n++] = (struct grouping){PLAN_EQUITY_DENSITY, PLAN_DENSITIES, NULL};
    for (int kind = PLAN_EQUITY_GROUP; kind < PLAN_EQUITY_GROUPINGS; kind++) {
        const struct plan_partition *partition =
            plan_territory_partition(territory, plan_equity_grouping_names[kind]);
        if (partition)
            groupings[n++] =
                (struct grouping){(enum plan_equity_grouping)kind, partition->n_regions, partition};
    }
    return n;
}

om_status plan_equity_compute(om_context *ctx, const struct plan_case *input,
                              const struct plan_evaluation *evaluation, struct plan_equity **out)
{
    om_status status = OM_OK;
    struct grouping groupings[PLAN_EQUITY_GROUPINGS];
    size_t n_groupings = list_groupings(input->territory, groupings), n_groups = 0;
    for (size_t i = 0; i < n_groupings; i++)
        n_groups += groupings[i].n_groups;
    struct traveller *travellers = om_alloc(evaluation->n, sizeof *travellers);
    struct plan_equity *equity = om_alloc(1, sizeof *equity);
    if (equity)
        equity->groups = om_alloc(n_groups, sizeof *equity->groups);
    if (!travellers || !equity || !equity->groups) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t i = 0; i < n_groupings; i++)
        for (size_t g = 0; g < groupings[i].n_groups; g++) {
            struct plan_equity_group *group = &equity->groups[equity->n_groups];
            *group = (struct plan_equity_group){.grouping = groupings[i].kind, .index = (int32_t)g};
            measure_group(input, evaluation, &groupings[i], travellers, group);
            equity->n_groups += group->n_municipalities > 0;
        }
    *out = equity;
    equity = NULL;
done:
    plan_equity_free(equity);
    om_free(travellers);
    return status;
}

#include "allocation_program_internal.h"

#include <math.h>
#include <string.h>

static double total_cost(const struct plan_allocation *allocation, const int32_t *site_of)
{
    double total = 0;
    for (size_t i = 0; i < allocation->cover->n_needs; i++)
        if (site_of[i] >= 0)
            total += allocation->cover->cost[i * allocation->cover->n_sites + (size_t)site_of[i]];
    return total;
}

static double slack(double amount)
{
    return 1e-9 * fmax(1, amount);
}

/* Solves; a better answer becomes the best so far. True when the best is proven. */
static bool improve(struct plan_allocation *allocation, struct plan_mip *mip)
{
    double load;
    bool is_proven = plan_mip_solve(mip, -INFINITY);
    if (!mip->is_found)
        return is_proven;
    if (!plan_allocation_read(allocation, mip, &load))
        return false;
    plan_allocation_keep(allocation, load);
    return is_proven;
}

/* First stage: the most load that all sites together, or those chosen, have room for. */
static bool find_most_load(struct plan_allocation *allocation, struct plan_mip *mip, const bool *only)
{
    allocation->load = plan_pack(&allocation->packing, allocation->chosen, allocation->site_of);
    allocation->most_load = allocation->total;
    if (allocation->load >= allocation->total)
        return true;
    plan_allocation_start(allocation, mip, PLAN_MOST_LOAD);
    if (only)
        plan_allocation_fix_sites(allocation, mip, only);
    mip->objective = -allocation->load;
    bool is_proven = improve(allocation, mip);
    allocation->most_load = fmin(allocation->total, -mip->bound);
    return is_proven;
}

/* Second stage: the smallest number of sites. */
static bool find_fewest(struct plan_allocation *allocation, struct plan_mip *mip)
{
    plan_allocation_begin(allocation, mip);
    size_t n = plan_allocation_count(allocation, allocation->chosen);
    allocation->least_sites = n;
    if (n <= allocation->least_without)
        return true;
    plan_allocation_start(allocation, mip, PLAN_FEWEST_SITES);
    mip->objective = (double)n;
    bool is_proven = improve(allocation, mip);
    size_t least = mip->bound > 0 ? (size_t)mip->bound : 0;
    allocation->least_sites = least > allocation->least_without ? least : allocation->least_without;
    return is_proven || plan_allocation_count(allocation, allocation->chosen) == allocation->least_sites;
}

/* Third stage: as many sites, or those chosen, at the least cost. */
static bool find_cheapest(struct plan_allocation *allocation, struct plan_mip *mip, const bool *only)
{
    plan_allocation_start(allocation, mip, PLAN_LEAST_COST);
    if (only)
        plan_allocation_fix_sites(allocation, mip, only);
    else
        plan_allocation_fix_number(mip, plan_allocation_count(allocation, allocation->chosen));
    mip->objective = allocation->unit * total_cost(allocation, allocation->site_of);
    return improve(allocation, mip);
}

/* An answer may cost this much: it is better than one that costs a hair more. */
static bool solve_within(struct plan_allocation *allocation, struct plan_mip *mip, double cost)
{
    mip->objective = allocation->unit * cost + 1e-7 * fmax(1, allocation->unit * cost);
    return plan_mip_solve(mip, allocation->unit * (cost + slack(cost)));
}

/* Whether a choice that opens the columns fixed so far costs no more; then it is kept. */
static bool is_as_cheap(struct plan_allocation *allocation, struct plan_mip *mip, double cost)
{
    double load;
    solve_within(allocation, mip, cost);
    if (!mip->is_found || !plan_allocation_read(allocation, mip, &load) ||
        total_cost(allocation, allocation->trial_of) > cost + slack(cost))
        return false;
    plan_allocation_keep(allocation, load);
    return true;
}

/* Whether no other choice, one that leaves out a chosen site, is as cheap. */
static bool is_unique(struct plan_allocation *allocation, struct plan_mip *mip, double cost)
{
    int row = plan_allocation_exclude(allocation, mip, allocation->chosen);
    bool is_proven = solve_within(allocation, mip, cost);
    glp_set_row_bnds(mip->problem, row, GLP_FR, 0, 0);
    return is_proven && !mip->is_found;
}

/* Fourth stage: of the cheapest choices the first in order, by settling one site after the other. */
static void take_first_in_order(struct plan_allocation *allocation, struct plan_mip *mip)
{
    size_t n_open = 0, n_wanted = plan_allocation_count(allocation, allocation->chosen);
    double cost = total_cost(allocation, allocation->site_of);
    if (is_unique(allocation, mip, cost))
        return;
    for (size_t s = 0; s < allocation->cover->n_sites && n_open < n_wanted; s++) {
        plan_mip_fix(mip, (int)s + 1, 1);
        if (!allocation->chosen[s] && !is_as_cheap(allocation, mip, cost))
            plan_mip_fix(mip, (int)s + 1, 0);
        n_open += allocation->chosen[s];
    }
}

static void open_all(struct plan_allocation *allocation)
{
    for (size_t s = 0; s < allocation->cover->n_sites; s++)
        allocation->chosen[s] = true;
}

static void solve(struct plan_mip *mip, void *user)
{
    struct plan_allocation *allocation = user;
    open_all(allocation);
    allocation->is_light_covered = true;
    bool is_most = find_most_load(allocation, mip, NULL);
    bool is_fewest = find_fewest(allocation, mip);
    allocation->is_optimal = is_most && is_fewest;
    if (is_fewest && find_cheapest(allocation, mip, NULL))
        take_first_in_order(allocation, mip);
}

static void assign(struct plan_mip *mip, void *user)
{
    struct plan_allocation *allocation = user;
    find_most_load(allocation, mip, allocation->chosen);
    find_cheapest(allocation, mip, allocation->chosen);
}

/* A start: the sites of one fewer, and the one with which they serve most. */
static void add_best_site(struct plan_allocation *allocation, bool *chosen)
{
    size_t best = allocation->cover->n_sites;
    double most = -1;
    for (size_t s = 0; s < allocation->cover->n_sites; s++) {
        if (chosen[s])
            continue;
        chosen[s] = true;
        double load = plan_pack(&allocation->packing, chosen, allocation->trial_of);
        chosen[s] = false;
        if (load > most) {
            most = load;
            best = s;
        }
    }
    if (best < allocation->cover->n_sites)
        chosen[best] = true;
}

static void start_from(struct plan_allocation *allocation, size_t k)
{
    const struct plan_cover *cover = allocation->cover;
    struct plan_coverage *coverage = &allocation->coverages[k];
    for (size_t s = 0; s < cover->n_sites; s++)
        allocation->chosen[s] = k ? coverage[-1].chosen[s] : cover->is_forced && cover->is_forced[s];
    for (size_t n = plan_allocation_count(allocation, allocation->chosen); n < allocation->first + k; n++)
        add_best_site(allocation, allocation->chosen);
    allocation->load = plan_pack(&allocation->packing, allocation->chosen, allocation->site_of);
}

static void cover_most(struct plan_mip *mip, void *user)
{
    struct plan_allocation *allocation = user;
    plan_allocation_start(allocation, mip, PLAN_MOST_LOAD);
    for (size_t k = 0; k < allocation->n_coverages; k++) {
        struct plan_coverage *coverage = &allocation->coverages[k];
        start_from(allocation, k);
        plan_allocation_fix_number(mip, allocation->first + k);
        mip->objective = -allocation->load;
        coverage->is_optimal = improve(allocation, mip);
        coverage->weight = allocation->load;
        coverage->most = fmin(-mip->bound, allocation->total);
        memcpy(coverage->chosen, allocation->chosen, allocation->cover->n_sites * sizeof *allocation->chosen);
    }
}

/* Sites that would do if there were room for all, and a number of sites that no answer is below which serves
 * everybody. */
static om_status solve_without_capacities(om_context *ctx, const struct plan_budget *budget,
                                          struct plan_allocation *allocation)
{
    struct plan_cover cover = *allocation->cover;
    struct plan_cover_answer answer = {.chosen = allocation->enough};
    cover.capacity = NULL;
    om_status status = plan_cover_solve(ctx, &cover, budget, &answer);
    allocation->least_without = answer.least_sites;
    return status;
}

om_status plan_allocation_solve(om_context *ctx, const struct plan_cover *cover,
                                const struct plan_budget *budget, struct plan_cover_answer *answer)
{
    struct plan_allocation allocation;
    om_status status = plan_allocation_init(ctx, cover, &allocation);
    if (!status)
        status = solve_without_capacities(ctx, budget, &allocation);
    if (!status)
        status = plan_mip_run(ctx, budget, solve, &allocation);
    if (!status) {
        memcpy(answer->chosen, allocation.chosen, cover->n_sites * sizeof *allocation.chosen);
        answer->is_optimal = allocation.is_optimal;
        answer->least_sites = allocation.least_sites;
        answer->most_load = allocation.most_load;
    }
    plan_allocation_done(&allocation);
    return status;
}

om_status plan_allocation_most(om_context *ctx, const struct plan_cover *cover,
                               const struct plan_budget *budget, size_t first,
                               struct plan_coverage *coverages, size_t n)
{
    struct plan_allocation allocation;
    om_status status = plan_allocation_init(ctx, cover, &allocation);
    allocation.first = first;
    allocation.coverages = coverages;
    allocation.n_coverages = n;
    if (!status)
        status = plan_mip_run(ctx, budget, cover_most, &allocation);
    plan_allocation_done(&allocation);
    return status;
}

om_status plan_allocation_assign(om_context *ctx, const struct plan_cover *cover,
                                 const struct plan_budget *budget, const bool *chosen, int32_t *site_of)
{
    struct plan_allocation allocation;
    om_status status = plan_allocation_init(ctx, cover, &allocation);
    if (!status) {
        memcpy(allocation.chosen, chosen, cover->n_sites * sizeof *chosen);
        status = plan_mip_run(ctx, budget, assign, &allocation);
    }
    if (!status)
        memcpy(site_of, allocation.site_of, cover->n_needs * sizeof *site_of);
    plan_allocation_done(&allocation);
    return status;
}

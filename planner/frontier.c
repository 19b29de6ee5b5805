#include "planner/in_house.h"

#include "allocation_internal.h"
#include "site_groups_internal.h"

#include "geo/memory.h"

#include <math.h>

void plan_frontier_free(struct plan_frontier *frontier)
{
    if (!frontier)
        return;
    om_free(frontier->points);
    om_free(frontier->sites);
    om_free(frontier);
}

/* What one group covers with each number of sites from `first` (its forced ones) to `last` (all its needs).
 */
struct choices {
    size_t first, last;
    struct plan_coverage *coverages; /* one per number */
    bool *chosen;                    /* what they point to */
    /* With so many sites more than all groups' first, shared by the groups up to this one: how many of them
     * the group gets. */
    size_t *given;
};

static void choices_free(struct choices *choices, size_t n)
{
    for (size_t g = 0; choices && g < n; g++) {
        om_free(choices[g].coverages);
        om_free(choices[g].chosen);
        om_free(choices[g].given);
    }
    om_free(choices);
}

static om_status allocate(om_context *ctx, const struct plan_cover *cover, struct choices *choices)
{
    size_t n = choices->last - choices->first + 1;
    choices->coverages = om_alloc(n, sizeof *choices->coverages);
    choices->chosen = om_alloc(n * cover->n_sites, sizeof *choices->chosen);
    if (!choices->coverages || !choices->chosen)
        return om_no_memory(ctx);
    for (size_t k = 0; k < n; k++)
        choices->coverages[k].chosen = choices->chosen + k * cover->n_sites;
    return OM_OK;
}

static void take_known(const struct plan_site_group *group, const bool *chosen,
                       struct plan_coverage *coverage)
{
    for (size_t s = 0; s < group->cover.n_sites; s++)
        coverage->chosen[s] = chosen[s];
    coverage->weight = coverage->most = plan_coverage_weight(&group->cover, chosen);
    coverage->is_optimal = true;
}

static size_t count(const bool *is_so, size_t n)
{
    size_t n_so = 0;
    for (size_t i = 0; i < n; i++)
        n_so += is_so[i];
    return n_so;
}

/* Without capacities the ends are known: the forced sites, and the fewest that cover all. What is between is
 * searched. */
static om_status cover_most(om_context *ctx, const struct plan_site_group *group,
                            const struct plan_budget *budget, struct choices *choices)
{
    const struct plan_cover *cover = &group->cover;
    size_t n = choices->last - choices->first;
    if (cover->capacity)
        return plan_allocation_most(ctx, cover, budget, choices->first, choices->coverages, n + 1);
    om_status status = OM_OK;
    if (n > 1)
        status = plan_coverage_solve(ctx, cover, budget, choices->first + 1, choices->coverages + 1, n - 1);
    if (!status) {
        take_known(group, cover->is_forced, &choices->coverages[0]);
        take_known(group, group->fewest.chosen, &choices->coverages[n]);
    }
    return status;
}

static om_status solve_group(om_context *ctx, const struct plan_site_group *group,
                             const struct plan_budget *budget, struct choices *choices)
{
    const struct plan_cover *cover = &group->cover;
    choices->first = count(cover->is_forced, cover->n_sites);
    choices->last = count(group->fewest.chosen, cover->n_sites);
    om_status status = allocate(ctx, cover, choices);
    return status ? status : cover_most(ctx, group, budget, choices);
}

/*
 * Adds a group to the best of those before it: best[k] is what k sites over the first ones cover, most[k]
 * what they could at most; -INFINITY where they do not take so many.
 */
static void join_group(struct choices *choices, size_t n_extra, double *best, double *most)
{
    size_t n_mine = choices->last - choices->first;
    for (size_t k = n_extra + 1; k-- > 0;) {
        double covered = -INFINITY, bound = -INFINITY;
        for (size_t mine = 0; mine <= n_mine && mine <= k; mine++) {
            const struct plan_coverage *coverage = &choices->coverages[mine];
            if (best[k - mine] + coverage->weight > covered) {
                covered = best[k - mine] + coverage->weight;
                choices->given[k] = mine;
            }
            bound = fmax(bound, most[k - mine] + coverage->most);
        }
        best[k] = covered;
        most[k] = bound;
    }
}

/* The sites of one point, in order, from what each group gets. */
static void list_sites(const struct plan_site_groups *groups, const struct choices *choices, size_t n,
                       size_t k, bool *is_site, int32_t *sites)
{
    for (size_t site = 0; site < n; site++)
        is_site[site] = groups->is_idle[site];
    for (size_t g = groups->n; g-- > 0;) {
        const struct plan_site_group *group = &groups->groups[g];
        size_t mine = choices[g].given[k];
        for (size_t s = 0; s < group->cover.n_sites; s++)
            is_site[group->sites[s]] |= choices[g].coverages[mine].chosen[s];
        k -= mine;
    }
    for (size_t site = 0; site < n; site++)
        if (is_site[site])
            *sites++ = (int32_t)site;
}

static om_status solve_groups(om_context *ctx, const struct plan_site_groups *groups, struct choices *choices,
                              size_t *first, size_t *n_extra)
{
    *first = groups->n_idle;
    *n_extra = 0;
    for (size_t g = 0; g < groups->n; g++) {
        om_status status = solve_group(ctx, &groups->groups[g], &groups->budget, &choices[g]);
        if (status)
            return status;
        *first += choices[g].first;
        *n_extra += choices[g].last - choices[g].first;
    }
    return OM_OK;
}

static om_status join_groups(om_context *ctx, size_t n_groups, struct choices *choices, size_t n_extra,
                             double *best, double *most)
{
    for (size_t k = 1; k <= n_extra; k++)
        best[k] = most[k] = -INFINITY;
    for (size_t g = 0; g < n_groups; g++) {
        choices[g].given = om_alloc(n_extra + 1, sizeof *choices[g].given);
        if (!choices[g].given)
            return om_no_memory(ctx);
        join_group(&choices[g], n_extra, best, most);
    }
    return OM_OK;
}

static struct plan_frontier *new_frontier(size_t first, size_t n_extra)
{
    size_t n_listed = 0;
    struct plan_frontier *frontier = om_alloc(1, sizeof *frontier);
    if (!frontier)
        return NULL;
    for (size_t k = 0; k <= n_extra; k++)
        n_listed += first + k;
    frontier->points = om_alloc(n_extra + 1, sizeof *frontier->points);
    frontier->sites = om_alloc(n_listed, sizeof *frontier->sites);
    if (frontier->points && frontier->sites)
        return frontier;
    plan_frontier_free(frontier);
    return NULL;
}

static om_status trace(om_context *ctx, const struct plan_site_groups *groups, struct choices *choices,
                       size_t n, size_t first, size_t n_extra, struct plan_frontier **out)
{
    om_status status = OM_OK;
    struct plan_frontier *frontier = new_frontier(first, n_extra);
    double *best = om_alloc(n_extra + 1, sizeof *best), *most = om_alloc(n_extra + 1, sizeof *most);
    bool *is_site = om_alloc(n, sizeof *is_site);
    if (!frontier || !best || !most || !is_site)
        status = om_no_memory(ctx);
    if (!status)
        status = join_groups(ctx, groups->n, choices, n_extra, best, most);
    int32_t *sites = frontier ? frontier->sites : NULL;
    for (size_t k = 0; k <= n_extra && !status; k++) {
        list_sites(groups, choices, n, k, is_site, sites);
        frontier->points[frontier->n++] =
            (struct plan_frontier_point){.n_sites = first + k,
                                         .sites = sites,
                                         .job_seekers = best[k],
                                         .most_job_seekers = most[k],
                                         .is_optimal = most[k] <= best[k] + 1e-9 * fmax(1, best[k])};
        sites += first + k;
    }
    om_free(is_site);
    om_free(most);
    om_free(best);
    if (status)
        plan_frontier_free(frontier);
    else
        *out = frontier;
    return status;
}

om_status plan_site_groups_frontier(om_context *ctx, const struct plan_site_groups *groups, size_t n_sites,
                                    struct plan_frontier **out)
{
    size_t first = 0, n_extra = 0;
    struct choices *choices = om_alloc(groups->n, sizeof *choices);
    om_status status = choices ? solve_groups(ctx, groups, choices, &first, &n_extra) : om_no_memory(ctx);
    if (!status)
        status = trace(ctx, groups, choices, n_sites, first, n_extra, out);
    choices_free(choices, groups->n);
    return status;
}

om_status plan_frontier_compute(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation,
                                const struct plan_site_request *request, struct plan_frontier **out)
{
    static const struct plan_site_request fewest;
    struct plan_site_groups groups = {0};
    const struct plan_site_request *asked = request ? request : &fewest;
    om_status status = plan_site_groups_new(ctx, input, evaluation, asked, &groups);
    if (!status)
        status = plan_site_groups_solve(ctx, &groups);
    if (!status)
        status = plan_site_groups_frontier(ctx, &groups, plan_site_count(input, asked), out);
    plan_site_groups_done(&groups);
    return status;
}

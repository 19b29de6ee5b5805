#include "planner/in_house.h"

#include "cover_internal.h"
#include "reach_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>

void plan_in_house_free(struct plan_in_house *in_house)
{
    if (!in_house)
        return;
    om_free(in_house->sites);
    om_free(in_house->served_from);
    om_free(in_house->duration_s);
    om_free(in_house);
}

static bool is_in_need(const struct plan_evaluation *evaluation, size_t m)
{
    return evaluation->municipalities[m].need != PLAN_NEED_NOTHING;
}

static double known_job_seekers(const struct plan_case *input, size_t m)
{
    double job_seekers = input->territory->municipalities[m].job_seekers;
    return isnan(job_seekers) ? 0 : job_seekers;
}

static bool is_within(const struct plan_case *input, size_t from, size_t to)
{
    return plan_duration_s(input->travel, (int32_t)from, (int32_t)to) <= input->rules->max_minutes * 60;
}

static size_t find_root(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Needs that some seat could serve together belong together; the rest is solved apart, which is much faster.
 * group[m] is the first need of m's group, or n where there is no need. */
static void group_needs(const struct plan_case *input, const struct plan_evaluation *evaluation,
                        size_t *group)
{
    size_t n = evaluation->n;
    for (size_t m = 0; m < n; m++)
        group[m] = m;
    for (size_t site = 0; site < n; site++) {
        size_t first = n;
        for (size_t m = 0; m < n; m++) {
            if (!is_in_need(evaluation, m) || !is_within(input, m, site))
                continue;
            size_t mine = find_root(group, m);
            size_t other = first == n ? mine : find_root(group, first);
            group[mine > other ? mine : other] = mine > other ? other : mine;
            first = m;
        }
    }
    for (size_t m = 0; m < n; m++)
        group[m] = find_root(group, m);
    for (size_t m = 0; m < n; m++)
        if (!is_in_need(evaluation, m))
            group[m] = n;
}

/* One group as a cover problem; needs and sites list its municipalities. */
struct group_problem {
    struct plan_cover cover;
    size_t *needs, *sites;
    bool *chosen;
};

static void group_problem_done(struct group_problem *problem)
{
    om_free(problem->cover.cost);
    om_free(problem->needs);
    om_free(problem->sites);
    om_free(problem->chosen);
}

static om_status list_group(om_context *ctx, const struct plan_case *input, const size_t *group, size_t first,
                            struct group_problem *problem)
{
    size_t n = input->territory->n;
    problem->needs = om_alloc(n, sizeof *problem->needs);
    problem->sites = om_alloc(n, sizeof *problem->sites);
    problem->chosen = om_alloc(n, sizeof *problem->chosen);
    if (!problem->needs || !problem->sites || !problem->chosen)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n; m++)
        if (group[m] == first)
            problem->needs[problem->cover.n_needs++] = m;
    for (size_t site = 0; site < n; site++)
        for (size_t i = 0; i < problem->cover.n_needs; i++)
            if (is_within(input, problem->needs[i], site)) {
                problem->sites[problem->cover.n_sites++] = site;
                break;
            }
    struct plan_cover *cover = &problem->cover;
    cover->cost = om_alloc(cover->n_needs * cover->n_sites, sizeof *cover->cost);
    if (!cover->cost)
        return om_no_memory(ctx);
    for (size_t i = 0; i < cover->n_needs; i++)
        for (size_t s = 0; s < cover->n_sites; s++) {
            size_t m = problem->needs[i], site = problem->sites[s];
            double minutes = plan_duration_s(input->travel, (int32_t)m, (int32_t)site) / 60;
            cover->cost[i * cover->n_sites + s] =
                is_within(input, m, site) ? known_job_seekers(input, m) * minutes : NAN;
        }
    return OM_OK;
}

/* Opens the sites of one group in is_site. */
static om_status solve_group(om_context *ctx, const struct plan_case *input, const size_t *group,
                             size_t first, bool *is_site, struct plan_in_house *in_house)
{
    struct group_problem problem = {0};
    bool is_optimal = false;
    om_status status = list_group(ctx, input, group, first, &problem);
    if (!status)
        status = plan_cover_solve(ctx, &problem.cover, problem.chosen, &is_optimal);
    if (!status) {
        for (size_t s = 0; s < problem.cover.n_sites; s++)
            is_site[problem.sites[s]] |= problem.chosen[s];
        in_house->is_optimal &= is_optimal;
    }
    group_problem_done(&problem);
    return status;
}

/* The nearest site within the limit; of equally near ones the one with the lowest code. */
static void serve(const struct plan_case *input, const bool *is_site, size_t m,
                  struct plan_in_house *in_house)
{
    for (size_t site = 0; site < in_house->n; site++) {
        if (!is_site[site] || !is_within(input, m, site))
            continue;
        double duration_s = plan_duration_s(input->travel, (int32_t)m, (int32_t)site);
        if (in_house->served_from[m] != PLAN_NOWHERE && duration_s >= in_house->duration_s[m])
            continue;
        in_house->served_from[m] = (int32_t)site;
        in_house->duration_s[m] = duration_s;
    }
}

static int compare_sites(const void *left, const void *right)
{
    const struct plan_in_house_site *x = left, *y = right;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

static void list_sites(const struct plan_case *input, const bool *is_site, struct plan_in_house *in_house)
{
    for (size_t site = 0; site < in_house->n; site++) {
        struct plan_in_house_site entry = {(int32_t)site, 0};
        bool serves = false;
        for (size_t m = 0; is_site[site] && m < in_house->n; m++) {
            if (in_house->served_from[m] != (int32_t)site)
                continue;
            serves = true;
            entry.job_seekers += known_job_seekers(input, m);
        }
        if (serves)
            in_house->sites[in_house->n_sites++] = entry;
    }
    qsort(in_house->sites, in_house->n_sites, sizeof *in_house->sites, compare_sites);
}

static void sum_needs(const struct plan_case *input, const struct plan_evaluation *evaluation,
                      struct plan_in_house *in_house)
{
    for (size_t m = 0; m < in_house->n; m++) {
        bool is_area_wide = evaluation->municipalities[m].need == PLAN_NEED_AREA_WIDE;
        if (!is_in_need(evaluation, m))
            continue;
        in_house->n_needs++;
        in_house->job_seekers += known_job_seekers(input, m);
        in_house->n_area_wide += is_area_wide;
        in_house->job_seekers_area_wide += is_area_wide ? known_job_seekers(input, m) : 0;
    }
}

static struct plan_in_house *new_in_house(size_t n)
{
    struct plan_in_house *in_house = om_alloc(1, sizeof *in_house);
    if (!in_house)
        return NULL;
    in_house->n = n;
    in_house->is_optimal = true;
    in_house->sites = om_alloc(n, sizeof *in_house->sites);
    in_house->served_from = om_alloc(n, sizeof *in_house->served_from);
    in_house->duration_s = om_alloc(n, sizeof *in_house->duration_s);
    if (!in_house->sites || !in_house->served_from || !in_house->duration_s) {
        plan_in_house_free(in_house);
        return NULL;
    }
    for (size_t m = 0; m < n; m++) {
        in_house->served_from[m] = PLAN_NOWHERE;
        in_house->duration_s[m] = NAN;
    }
    return in_house;
}

om_status plan_in_house_propose(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation, struct plan_in_house **out)
{
    size_t n = input->territory->n;
    if (evaluation->n != n)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("the evaluation has %zu municipalities, the territory %zu"), evaluation->n, n);
    om_status status = OM_OK;
    struct plan_in_house *in_house = new_in_house(n);
    size_t *group = om_alloc(n, sizeof *group);
    bool *is_site = om_alloc(n, sizeof *is_site);
    if (!in_house || !group || !is_site) {
        status = om_no_memory(ctx);
        goto done;
    }
    group_needs(input, evaluation, group);
    for (size_t m = 0; m < n && !status; m++)
        if (group[m] == m)
            status = solve_group(ctx, input, group, m, is_site, in_house);
    if (status)
        goto done;
    for (size_t m = 0; m < n; m++)
        if (is_in_need(evaluation, m))
            serve(input, is_site, m, in_house);
    list_sites(input, is_site, in_house);
    sum_needs(input, evaluation, in_house);
    *out = in_house;
    in_house = NULL;
done:
    om_free(is_site);
    om_free(group);
    plan_in_house_free(in_house);
    return status;
}

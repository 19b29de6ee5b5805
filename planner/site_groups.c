#include "site_groups_internal.h"

#include "reach_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>

bool plan_is_need(const struct plan_evaluation *evaluation, size_t m)
{
    return evaluation->municipalities[m].need != PLAN_NEED_NOTHING;
}

enum plan_site_use plan_site_use(const struct plan_site_request *request, size_t site)
{
    return request->use ? request->use[site] : PLAN_SITE_CANDIDATE;
}

size_t plan_site_count(const struct plan_case *input, const struct plan_site_request *request)
{
    return input->territory->n + request->n_places;
}

double plan_site_capacity(const struct plan_site_request *request, size_t site)
{
    return request->capacity ? request->capacity[site] : INFINITY;
}

double plan_site_duration_s(const struct plan_case *input, const struct plan_site_request *request,
                            size_t from, size_t site)
{
    size_t n = input->territory->n;
    return site < n ? plan_duration_s(input->travel, (int32_t)from, (int32_t)site)
                    : request->places[site - n].duration_s[from];
}

bool plan_site_can_serve(const struct plan_case *input, const struct plan_site_request *request, size_t m,
                         size_t site)
{
    return plan_site_use(request, site) != PLAN_SITE_FORBIDDEN &&
           plan_site_duration_s(input, request, m, site) <= input->rules->max_minutes * 60;
}

double plan_known_job_seekers(const struct plan_case *input, size_t m)
{
    double job_seekers = input->territory->municipalities[m].job_seekers;
    return isnan(job_seekers) ? 0 : job_seekers;
}

size_t plan_times_covered(const struct plan_site_request *request)
{
    return request->times_covered > 1 ? (size_t)request->times_covered : 1;
}

static void group_done(struct plan_site_group *group)
{
    om_free(group->cover.cost);
    om_free(group->cover.load);
    om_free(group->cover.capacity);
    om_free(group->cover.is_forced);
    om_free(group->needs);
    om_free(group->sites);
    om_free(group->fewest.chosen);
}

void plan_site_groups_done(struct plan_site_groups *groups)
{
    for (size_t g = 0; g < groups->n; g++)
        group_done(&groups->groups[g]);
    om_free(groups->groups);
    om_free(groups->is_need);
    om_free(groups->is_idle);
    *groups = (struct plan_site_groups){0};
}

static void mark_needs(const struct plan_case *input, const struct plan_evaluation *evaluation,
                       const struct plan_site_request *request, bool *is_need)
{
    for (size_t m = 0; m < evaluation->n; m++) {
        size_t n_within = 0, n_sites = plan_site_count(input, request);
        bool has_room = false;
        for (size_t site = 0; site < n_sites && plan_is_need(evaluation, m); site++) {
            if (!plan_site_can_serve(input, request, m, site))
                continue;
            n_within++;
            has_room |= plan_site_capacity(request, site) >= plan_known_job_seekers(input, m);
        }
        is_need[m] = has_room && n_within >= plan_times_covered(request);
    }
}

static size_t find_root(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* group[m] is the first need of m's group; n where there is no need. */
static void join_needs(const struct plan_case *input, const struct plan_site_request *request,
                       const bool *is_need, size_t *group)
{
    size_t n = input->territory->n, n_sites = plan_site_count(input, request);
    for (size_t m = 0; m < n; m++)
        group[m] = m;
    for (size_t site = 0; site < n_sites; site++) {
        size_t first = n;
        for (size_t m = 0; m < n; m++) {
            if (!is_need[m] || !plan_site_can_serve(input, request, m, site))
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
        if (!is_need[m])
            group[m] = n;
}

static void fill_costs(const struct plan_case *input, const struct plan_site_request *request,
                       struct plan_site_group *group)
{
    struct plan_cover *cover = &group->cover;
    for (size_t i = 0; i < cover->n_needs; i++)
        for (size_t s = 0; s < cover->n_sites; s++) {
            size_t m = (size_t)group->needs[i], site = (size_t)group->sites[s];
            double minutes = plan_site_duration_s(input, request, m, site) / 60;
            cover->cost[i * cover->n_sites + s] =
                plan_site_can_serve(input, request, m, site) ? cover->load[i] * minutes : NAN;
        }
}

static bool serves_any(const struct plan_case *input, const struct plan_site_request *request,
                       const struct plan_site_group *group, size_t site)
{
    for (size_t i = 0; i < group->cover.n_needs; i++)
        if (plan_site_can_serve(input, request, (size_t)group->needs[i], site))
            return true;
    return false;
}

/* Whether some site could be asked to serve more than it has room for. */
static bool binds(const struct plan_site_request *request, const struct plan_site_group *group)
{
    const struct plan_cover *cover = &group->cover;
    for (size_t s = 0; s < cover->n_sites; s++) {
        double load = 0;
        for (size_t i = 0; i < cover->n_needs; i++)
            load += isnan(cover->cost[i * cover->n_sites + s]) ? 0 : cover->load[i];
        if (load > plan_site_capacity(request, (size_t)group->sites[s]))
            return true;
    }
    return false;
}

static om_status fill_capacities(om_context *ctx, const struct plan_site_request *request,
                                 struct plan_site_group *group)
{
    struct plan_cover *cover = &group->cover;
    cover->capacity = om_alloc(cover->n_sites, sizeof *cover->capacity);
    if (!cover->capacity)
        return om_no_memory(ctx);
    for (size_t s = 0; s < cover->n_sites; s++)
        cover->capacity[s] = plan_site_capacity(request, (size_t)group->sites[s]);
    return OM_OK;
}

/* The group of the needs whose first is `first`. */
static om_status fill_group(om_context *ctx, const struct plan_case *input,
                            const struct plan_site_request *request, const size_t *group_of, size_t first,
                            struct plan_site_group *group)
{
    size_t n = input->territory->n, n_sites = plan_site_count(input, request);
    struct plan_cover *cover = &group->cover;
    group->needs = om_alloc(n, sizeof *group->needs);
    group->sites = om_alloc(n_sites, sizeof *group->sites);
    cover->load = om_alloc(n, sizeof *cover->load);
    cover->is_forced = om_alloc(n_sites, sizeof *cover->is_forced);
    if (!group->needs || !group->sites || !cover->load || !cover->is_forced)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n; m++)
        if (group_of[m] == first) {
            cover->load[cover->n_needs] = plan_known_job_seekers(input, m);
            group->needs[cover->n_needs++] = (int32_t)m;
        }
    for (size_t site = 0; site < n_sites; site++)
        if (serves_any(input, request, group, site)) {
            cover->is_forced[cover->n_sites] = plan_site_use(request, site) == PLAN_SITE_FORCED;
            group->sites[cover->n_sites++] = (int32_t)site;
        }
    cover->times = (int)plan_times_covered(request);
    cover->cost = om_alloc(cover->n_needs * cover->n_sites, sizeof *cover->cost);
    if (!cover->cost)
        return om_no_memory(ctx);
    fill_costs(input, request, group);
    return binds(request, group) ? fill_capacities(ctx, request, group) : OM_OK;
}

static void mark_idle(const struct plan_site_request *request, size_t n, struct plan_site_groups *groups)
{
    for (size_t site = 0; site < n; site++)
        groups->is_idle[site] = plan_site_use(request, site) == PLAN_SITE_FORCED;
    for (size_t g = 0; g < groups->n; g++)
        for (size_t s = 0; s < groups->groups[g].cover.n_sites; s++)
            groups->is_idle[groups->groups[g].sites[s]] = false;
    for (size_t site = 0; site < n; site++)
        groups->n_idle += groups->is_idle[site];
}

static om_status fill_groups(om_context *ctx, const struct plan_case *input,
                             const struct plan_site_request *request, const size_t *group_of,
                             struct plan_site_groups *groups)
{
    size_t n = input->territory->n, n_groups = 0;
    for (size_t m = 0; m < n; m++)
        n_groups += group_of[m] == m;
    groups->groups = om_alloc(n_groups, sizeof *groups->groups);
    if (!groups->groups)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n; m++) {
        if (group_of[m] != m)
            continue;
        om_status status = fill_group(ctx, input, request, group_of, m, &groups->groups[groups->n++]);
        if (status)
            return status;
    }
    mark_idle(request, plan_site_count(input, request), groups);
    return OM_OK;
}

om_status plan_site_groups_new(om_context *ctx, const struct plan_case *input,
                               const struct plan_evaluation *evaluation,
                               const struct plan_site_request *request, struct plan_site_groups *out)
{
    size_t n = input->territory->n;
    if (evaluation->n != n)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("the evaluation has %zu municipalities, the territory %zu"), evaluation->n, n);
    struct plan_site_groups groups = {
        .is_need = om_alloc(n, sizeof *groups.is_need),
        .is_idle = om_alloc(plan_site_count(input, request), sizeof *groups.is_idle),
        .budget = plan_budget_start(request->max_seconds > 0 ? request->max_seconds : 60),
    };
    size_t *group_of = om_alloc(n, sizeof *group_of);
    om_status status = groups.is_need && groups.is_idle && group_of ? OM_OK : om_no_memory(ctx);
    if (!status) {
        mark_needs(input, evaluation, request, groups.is_need);
        join_needs(input, request, groups.is_need, group_of);
        status = fill_groups(ctx, input, request, group_of, &groups);
    }
    om_free(group_of);
    if (status)
        plan_site_groups_done(&groups);
    else
        *out = groups;
    return status;
}

om_status plan_site_groups_solve(om_context *ctx, struct plan_site_groups *groups)
{
    om_status status = OM_OK;
    for (size_t g = 0; g < groups->n && !status; g++) {
        struct plan_site_group *group = &groups->groups[g];
        group->fewest.chosen = om_alloc(group->cover.n_sites, sizeof *group->fewest.chosen);
        status = group->fewest.chosen ? plan_cover_solve(ctx, &group->cover, &groups->budget, &group->fewest)
                                      : om_no_memory(ctx);
    }
    return status;
}

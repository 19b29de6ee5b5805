#include "planner/in_house.h"

#include "allocation_internal.h"
#include "site_groups_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>

const char *const plan_site_use_names[PLAN_SITE_USES] = {
    [PLAN_SITE_CANDIDATE] = "candidate",
    [PLAN_SITE_FORCED] = "forced",
    [PLAN_SITE_FORBIDDEN] = "forbidden",
};

void plan_in_house_free(struct plan_in_house *in_house)
{
    if (!in_house)
        return;
    om_free(in_house->sites);
    om_free(in_house->served_from);
    om_free(in_house->duration_s);
    om_free(in_house->unserved);
    om_free(in_house);
}

/* What the steps of a proposal share. */
struct proposal {
    const struct plan_case *input;
    const struct plan_evaluation *evaluation;
    const struct plan_site_request *request;
    struct plan_site_groups groups;
    struct plan_frontier *frontier; /* NULL: not computed */
    size_t n_sites;                 /* that there could be */
    bool *is_site;                  /* per site: open */
    double *room;                   /* per site: job seekers that it could still serve */
    bool *is_settled;               /* per municipality: capacities decide from where it is served */
    struct plan_in_house *in_house;
};

/* The fewest sites of every group, and the forced ones that serve nobody. */
static void take_fewest_sites(struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    const struct plan_site_groups *groups = &proposal->groups;
    in_house->least_sites = groups->n_idle;
    in_house->is_optimal = true;
    for (size_t site = 0; site < proposal->n_sites; site++)
        proposal->is_site[site] = groups->is_idle[site];
    for (size_t g = 0; g < groups->n; g++) {
        const struct plan_site_group *group = &groups->groups[g];
        for (size_t s = 0; s < group->cover.n_sites; s++)
            proposal->is_site[group->sites[s]] |= group->fewest.chosen[s];
        in_house->is_optimal &= group->fewest.is_optimal;
        in_house->least_sites += group->fewest.least_sites;
        in_house->most_job_seekers += group->fewest.most_load;
    }
}

static om_status take_best_sites(om_context *ctx, struct proposal *proposal)
{
    const struct plan_frontier *frontier = proposal->frontier;
    size_t wanted = proposal->request->n_sites, first = frontier->points[0].n_sites;
    if (wanted < first)
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("%zu sites are forced, which is more than %zu"), first,
                       wanted);
    size_t place = wanted - first < frontier->n ? wanted - first : frontier->n - 1;
    const struct plan_frontier_point *point = &frontier->points[place];
    for (size_t i = 0; i < point->n_sites; i++)
        proposal->is_site[point->sites[i]] = true;
    proposal->in_house->is_optimal = point->is_optimal;
    proposal->in_house->most_job_seekers = point->most_job_seekers;
    return OM_OK;
}

/* The frontier only where it is asked for, or tells which sites are the best. */
static om_status choose_sites(om_context *ctx, struct proposal *proposal, bool wants_frontier)
{
    om_status status = plan_site_groups_solve(ctx, &proposal->groups);
    if (!status && (wants_frontier || proposal->request->n_sites))
        status = plan_site_groups_frontier(ctx, &proposal->groups, proposal->n_sites, &proposal->frontier);
    if (status)
        return status;
    if (proposal->request->n_sites)
        return take_best_sites(ctx, proposal);
    take_fewest_sites(proposal);
    return OM_OK;
}

static double duration_s(const struct proposal *proposal, size_t m, size_t site)
{
    return plan_site_duration_s(proposal->input, proposal->request, m, site);
}

static bool can_serve(const struct proposal *proposal, size_t m, size_t site)
{
    return plan_site_can_serve(proposal->input, proposal->request, m, site);
}

/* Where capacities bind, who is served from where follows from the open sites of the group. */
static om_status settle_group(om_context *ctx, struct proposal *proposal, const struct plan_site_group *group)
{
    const struct plan_cover *cover = &group->cover;
    bool *chosen = om_alloc(cover->n_sites, sizeof *chosen);
    int32_t *site_of = om_alloc(cover->n_needs, sizeof *site_of);
    om_status status = chosen && site_of ? OM_OK : om_no_memory(ctx);
    for (size_t s = 0; !status && s < cover->n_sites; s++)
        chosen[s] = proposal->is_site[group->sites[s]];
    if (!status)
        status = plan_allocation_assign(ctx, cover, &proposal->groups.budget, chosen, site_of);
    for (size_t i = 0; !status && i < cover->n_needs; i++) {
        int32_t m = group->needs[i];
        proposal->is_settled[m] = cover->load[i] > 0;
        if (site_of[i] < 0)
            continue;
        proposal->in_house->served_from[m] = group->sites[site_of[i]];
        proposal->in_house->duration_s[m] = duration_s(proposal, (size_t)m, (size_t)group->sites[site_of[i]]);
    }
    om_free(site_of);
    om_free(chosen);
    return status;
}

/* Who needs more room than any site within the limit has, or more sites, takes none of it. */
static om_status settle(om_context *ctx, struct proposal *proposal)
{
    om_status status = OM_OK;
    for (size_t m = 0; proposal->request->capacity && m < proposal->in_house->n; m++)
        proposal->is_settled[m] = !proposal->groups.is_need[m];
    for (size_t g = 0; g < proposal->groups.n && !status; g++)
        if (proposal->groups.groups[g].cover.capacity)
            status = settle_group(ctx, proposal, &proposal->groups.groups[g]);
    return status;
}

/* From the nearest site within the limit; of equally near ones the first. Returns how many sites are within
 * it. */
static size_t serve_from_nearest(const struct proposal *proposal, size_t m)
{
    struct plan_in_house *in_house = proposal->in_house;
    size_t n_within = 0;
    for (size_t site = 0; site < proposal->n_sites; site++) {
        if (!proposal->is_site[site] || !can_serve(proposal, m, site))
            continue;
        double away_s = duration_s(proposal, m, site);
        n_within++;
        if (in_house->served_from[m] != PLAN_NOWHERE && away_s >= in_house->duration_s[m])
            continue;
        in_house->served_from[m] = (int32_t)site;
        in_house->duration_s[m] = away_s;
    }
    return n_within;
}

static bool is_served(const struct proposal *proposal, size_t m)
{
    if (proposal->is_settled[m])
        return proposal->in_house->served_from[m] != PLAN_NOWHERE;
    return serve_from_nearest(proposal, m) >= plan_times_covered(proposal->request);
}

static bool is_nearer(const struct plan_unserved *x, const struct plan_unserved *y)
{
    return y->candidate == PLAN_NOWHERE || x->duration_s < y->duration_s;
}

/* The candidate after `before` by time, then in order. */
static struct plan_unserved next_candidate(const struct proposal *proposal, size_t m,
                                           const struct plan_unserved *before)
{
    struct plan_unserved next = {.candidate = PLAN_NOWHERE, .duration_s = NAN};
    for (size_t site = 0; site < proposal->n_sites; site++) {
        const struct plan_unserved here = {.candidate = (int32_t)site,
                                           .duration_s = duration_s(proposal, m, site)};
        bool is_before =
            before && (here.duration_s < before->duration_s ||
                       (here.duration_s == before->duration_s && here.candidate <= before->candidate));
        if (plan_site_use(proposal->request, site) != PLAN_SITE_FORBIDDEN && !isnan(here.duration_s) &&
            !is_before && is_nearer(&here, &next))
            next = here;
    }
    return next;
}

static struct plan_unserved describe_unserved(const struct proposal *proposal, size_t m)
{
    struct plan_unserved unserved = next_candidate(proposal, m, NULL);
    for (size_t i = 1; i < plan_times_covered(proposal->request) && unserved.candidate != PLAN_NOWHERE; i++) {
        const struct plan_unserved before = unserved;
        unserved = next_candidate(proposal, m, &before);
    }
    unserved.municipality = (int32_t)m;
    for (size_t site = 0; site < proposal->n_sites; site++) {
        if (!can_serve(proposal, m, site))
            continue;
        unserved.n_within++;
        unserved.room = fmax(unserved.room, proposal->room[site]);
        unserved.largest_capacity =
            fmax(unserved.largest_capacity, plan_site_capacity(proposal->request, site));
    }
    return unserved;
}

static void serve_needs(const struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    for (size_t m = 0; m < in_house->n; m++) {
        if (!plan_is_need(proposal->evaluation, m))
            continue;
        bool is_area_wide = proposal->evaluation->municipalities[m].need == PLAN_NEED_AREA_WIDE;
        double job_seekers = plan_known_job_seekers(proposal->input, m);
        in_house->n_needs++;
        in_house->job_seekers += job_seekers;
        in_house->n_area_wide += is_area_wide;
        in_house->job_seekers_area_wide += is_area_wide ? job_seekers : 0;
        if (is_served(proposal, m))
            in_house->job_seekers_served += job_seekers;
        else
            in_house->unserved[in_house->n_unserved++].municipality = (int32_t)m;
        if (in_house->served_from[m] != PLAN_NOWHERE)
            proposal->room[in_house->served_from[m]] -= job_seekers;
    }
}

/* Why, once it is known how much room is left. */
static void describe_all_unserved(const struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    for (size_t i = 0; i < in_house->n_unserved; i++)
        in_house->unserved[i] = describe_unserved(proposal, (size_t)in_house->unserved[i].municipality);
}

static int compare_sites(const void *left, const void *right)
{
    const struct plan_in_house_site *x = left, *y = right;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    return (x->site > y->site) - (x->site < y->site);
}

static void list_sites(const struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    for (size_t site = 0; site < proposal->n_sites; site++) {
        if (!proposal->is_site[site])
            continue;
        struct plan_in_house_site *entry = &in_house->sites[in_house->n_sites++];
        entry->site = (int32_t)site;
        entry->capacity = plan_site_capacity(proposal->request, site);
        entry->is_forced = plan_site_use(proposal->request, site) == PLAN_SITE_FORCED;
        for (size_t m = 0; m < in_house->n; m++)
            if (in_house->served_from[m] == (int32_t)site)
                entry->job_seekers += plan_known_job_seekers(proposal->input, m);
    }
    qsort(in_house->sites, in_house->n_sites, sizeof *in_house->sites, compare_sites);
}

static struct plan_in_house *new_in_house(size_t n, size_t n_sites)
{
    struct plan_in_house *in_house = om_alloc(1, sizeof *in_house);
    if (!in_house)
        return NULL;
    in_house->n = n;
    in_house->sites = om_alloc(n_sites, sizeof *in_house->sites);
    in_house->served_from = om_alloc(n, sizeof *in_house->served_from);
    in_house->duration_s = om_alloc(n, sizeof *in_house->duration_s);
    in_house->unserved = om_alloc(n, sizeof *in_house->unserved);
    if (!in_house->sites || !in_house->served_from || !in_house->duration_s || !in_house->unserved) {
        plan_in_house_free(in_house);
        return NULL;
    }
    for (size_t m = 0; m < n; m++) {
        in_house->served_from[m] = PLAN_NOWHERE;
        in_house->duration_s[m] = NAN;
    }
    return in_house;
}

static om_status propose(om_context *ctx, struct proposal *proposal, bool wants_frontier)
{
    size_t n = proposal->input->territory->n;
    proposal->is_site = om_alloc(proposal->n_sites, sizeof *proposal->is_site);
    proposal->room = om_alloc(proposal->n_sites, sizeof *proposal->room);
    proposal->is_settled = om_alloc(n, sizeof *proposal->is_settled);
    proposal->in_house = new_in_house(n, proposal->n_sites);
    if (!proposal->is_site || !proposal->room || !proposal->is_settled || !proposal->in_house)
        return om_no_memory(ctx);
    for (size_t site = 0; site < proposal->n_sites; site++)
        proposal->room[site] = plan_site_capacity(proposal->request, site);
    om_status status = plan_site_groups_new(ctx, proposal->input, proposal->evaluation, proposal->request,
                                            &proposal->groups);
    if (!status)
        status = choose_sites(ctx, proposal, wants_frontier);
    return status ? status : settle(ctx, proposal);
}

om_status plan_sites_answer(om_context *ctx, const struct plan_case *input,
                            const struct plan_evaluation *evaluation, const struct plan_site_request *request,
                            struct plan_in_house **in_house, struct plan_frontier **frontier)
{
    static const struct plan_site_request fewest;
    struct proposal proposal = {
        .input = input, .evaluation = evaluation, .request = request ? request : &fewest};
    proposal.n_sites = plan_site_count(input, proposal.request);
    om_status status = propose(ctx, &proposal, frontier != NULL);
    if (!status) {
        serve_needs(&proposal);
        describe_all_unserved(&proposal);
        list_sites(&proposal);
        *in_house = proposal.in_house;
        proposal.in_house = NULL;
    }
    if (!status && frontier) {
        *frontier = proposal.frontier;
        proposal.frontier = NULL;
    }
    plan_site_groups_done(&proposal.groups);
    plan_frontier_free(proposal.frontier);
    plan_in_house_free(proposal.in_house);
    om_free(proposal.is_settled);
    om_free(proposal.room);
    om_free(proposal.is_site);
    return status;
}

om_status plan_in_house_propose(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation,
                                const struct plan_site_request *request, struct plan_in_house **out)
{
    return plan_sites_answer(ctx, input, evaluation, request, out, NULL);
}

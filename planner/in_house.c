#include "planner/in_house.h"

#include "reach_internal.h"
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
    bool *is_site; /* per municipality: open */
    struct plan_in_house *in_house;
};

/* The fewest sites of every group, and the forced ones that serve nobody. */
static om_status cover_every_need(om_context *ctx, struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    struct plan_site_groups groups = {0};
    om_status status =
        plan_site_groups_new(ctx, proposal->input, proposal->evaluation, proposal->request, &groups);
    bool *chosen = om_alloc(in_house->n, sizeof *chosen);
    if (!status && !chosen)
        status = om_no_memory(ctx);
    in_house->least_sites = groups.n_idle;
    in_house->is_optimal = true;
    for (size_t site = 0; !status && site < in_house->n; site++)
        proposal->is_site[site] = groups.is_idle[site];
    for (size_t g = 0; g < groups.n && !status; g++) {
        const struct plan_site_group *group = &groups.groups[g];
        struct plan_cover_answer answer = {.chosen = chosen};
        status = plan_cover_solve(ctx, &group->cover, &groups.budget, &answer);
        for (size_t s = 0; !status && s < group->cover.n_sites; s++)
            proposal->is_site[group->sites[s]] |= chosen[s];
        in_house->is_optimal &= answer.is_optimal;
        in_house->least_sites += answer.least_sites;
    }
    om_free(chosen);
    plan_site_groups_done(&groups);
    return status;
}

static om_status take_best_sites(om_context *ctx, struct proposal *proposal)
{
    struct plan_frontier *frontier = NULL;
    om_status status =
        plan_frontier_compute(ctx, proposal->input, proposal->evaluation, proposal->request, &frontier);
    if (status)
        return status;
    size_t wanted = proposal->request->n_sites, first = frontier->points[0].n_sites;
    if (wanted < first) {
        status = om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("%zu sites are forced, which is more than %zu"),
                         first, wanted);
    } else {
        size_t place = wanted - first < frontier->n ? wanted - first : frontier->n - 1;
        const struct plan_frontier_point *point = &frontier->points[place];
        for (size_t i = 0; i < point->n_sites; i++)
            proposal->is_site[point->sites[i]] = true;
        proposal->in_house->is_optimal = point->is_optimal;
        proposal->in_house->most_job_seekers = point->most_job_seekers;
    }
    plan_frontier_free(frontier);
    return status;
}

/* The nearest site within the limit; of equally near ones the one with the lowest code. Returns how many
 * sites are within it. */
static size_t serve(const struct proposal *proposal, size_t m)
{
    struct plan_in_house *in_house = proposal->in_house;
    size_t n_within = 0;
    for (size_t site = 0; site < in_house->n; site++) {
        if (!proposal->is_site[site] || !plan_site_is_within(proposal->input, m, site))
            continue;
        double duration_s = plan_duration_s(proposal->input->travel, (int32_t)m, (int32_t)site);
        n_within++;
        if (in_house->served_from[m] != PLAN_NOWHERE && duration_s >= in_house->duration_s[m])
            continue;
        in_house->served_from[m] = (int32_t)site;
        in_house->duration_s[m] = duration_s;
    }
    return n_within;
}

static bool is_nearer(const struct plan_unserved *x, const struct plan_unserved *y)
{
    return y->candidate == PLAN_NOWHERE || x->duration_s < y->duration_s;
}

/* The candidate after `before` by time, then code. */
static struct plan_unserved next_candidate(const struct proposal *proposal, size_t m,
                                           const struct plan_unserved *before)
{
    struct plan_unserved next = {.candidate = PLAN_NOWHERE, .duration_s = NAN};
    for (size_t site = 0; site < proposal->in_house->n; site++) {
        const struct plan_unserved here = {
            .candidate = (int32_t)site,
            .duration_s = plan_duration_s(proposal->input->travel, (int32_t)m, (int32_t)site)};
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
    for (size_t site = 0; site < proposal->in_house->n; site++)
        unserved.n_within += plan_site_use(proposal->request, site) != PLAN_SITE_FORBIDDEN &&
                             plan_site_is_within(proposal->input, m, site);
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
        if (serve(proposal, m) >= plan_times_covered(proposal->request))
            in_house->job_seekers_served += job_seekers;
        else
            in_house->unserved[in_house->n_unserved++] = describe_unserved(proposal, m);
    }
    if (proposal->request->n_sites == 0)
        in_house->most_job_seekers = in_house->job_seekers_served;
}

static int compare_sites(const void *left, const void *right)
{
    const struct plan_in_house_site *x = left, *y = right;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

static void list_sites(const struct proposal *proposal)
{
    struct plan_in_house *in_house = proposal->in_house;
    for (size_t site = 0; site < in_house->n; site++) {
        if (!proposal->is_site[site])
            continue;
        struct plan_in_house_site *entry = &in_house->sites[in_house->n_sites++];
        entry->municipality = (int32_t)site;
        entry->is_forced = plan_site_use(proposal->request, site) == PLAN_SITE_FORCED;
        for (size_t m = 0; m < in_house->n; m++)
            if (in_house->served_from[m] == (int32_t)site)
                entry->job_seekers += plan_known_job_seekers(proposal->input, m);
    }
    qsort(in_house->sites, in_house->n_sites, sizeof *in_house->sites, compare_sites);
}

static struct plan_in_house *new_in_house(size_t n)
{
    struct plan_in_house *in_house = om_alloc(1, sizeof *in_house);
    if (!in_house)
        return NULL;
    in_house->n = n;
    in_house->sites = om_alloc(n, sizeof *in_house->sites);
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

om_status plan_in_house_propose(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation,
                                const struct plan_site_request *request, struct plan_in_house **out)
{
    static const struct plan_site_request fewest;
    size_t n = input->territory->n;
    struct proposal proposal = {.input = input,
                                .evaluation = evaluation,
                                .request = request ? request : &fewest,
                                .is_site = om_alloc(n, sizeof *proposal.is_site),
                                .in_house = new_in_house(n)};
    om_status status = proposal.is_site && proposal.in_house ? OM_OK : om_no_memory(ctx);
    if (!status)
        status =
            proposal.request->n_sites ? take_best_sites(ctx, &proposal) : cover_every_need(ctx, &proposal);
    if (!status) {
        serve_needs(&proposal);
        list_sites(&proposal);
        *out = proposal.in_house;
        proposal.in_house = NULL;
    }
    plan_in_house_free(proposal.in_house);
    om_free(proposal.is_site);
    return status;
}

#include "search_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Walks that remember for long wander far; those that remember little settle soon. */
static const uint32_t memories[] = {1000, 50, 5000, 200, 20000, 500, 10, 2000};
enum { WALKS = sizeof memories / sizeof *memories, SLICE = 10000, PATIENCE_EACH = 250 };

void plan_search_result_free(struct plan_search_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; result->proposals && i < result->n_proposals; i++)
        om_free(result->proposals[i].area_of);
    om_free(result->proposals);
    om_free(result);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct search {
    const struct plan_search_options *options;
    struct plan_ground *ground;
    struct plan_search_start start;
    plan_walk *walks[WALKS];
    double began_s;
    uint64_t n_steps; /* taken by all walks */
    bool was_interrupted;
};

static void search_done(struct search *search)
{
    for (int w = 0; w < WALKS; w++)
        plan_walk_free(search->walks[w]);
    plan_search_start_done(&search->start);
    plan_ground_free(search->ground);
}

static om_status begin_walks(om_context *ctx, struct search *search)
{
    om_status status = OM_OK;
    struct plan_walk_options options = plan_walk_options_default();
    options.seed = search->options->seed;
    options.patience = PATIENCE_EACH * search->ground->n;
    options.is_locked = search->options->is_locked;
    options.is_locked_area = search->start.is_locked_area;
    options.may_be_discontiguous = search->start.may_be_discontiguous;
    for (int w = 0; w < WALKS && !status; w++) {
        options.stream = (uint64_t)w;
        options.memory = memories[w];
        status = plan_walk_new(ctx, search->ground, search->start.area_of, search->start.n_slots, &options,
                               &search->walks[w]);
    }
    return status;
}

static const struct plan_walk *best_walk(const struct search *search)
{
    const struct plan_walk *best = search->walks[0];
    for (int w = 1; w < WALKS; w++)
        if (plan_rank_compare(&search->walks[w]->best, &best->best) < 0)
            best = search->walks[w];
    return best;
}

/* How much there is in all; with a limit in seconds, as it looks now. */
static uint64_t steps_in_all(const struct search *search)
{
    double passed_s = now_s() - search->began_s, seconds = search->options->seconds;
    uint64_t in_all = search->options->n_steps;
    if (seconds > 0 && passed_s > 0) {
        uint64_t in_time = (uint64_t)((double)search->n_steps * seconds / passed_s) + 1;
        in_all = in_all && in_all < in_time ? in_all : in_time;
    }
    return in_all;
}

/* True when the caller wants to stop. */
static bool report(om_context *ctx, const struct search *search)
{
    const struct plan_score *best = &best_walk(search)->best_score;
    char what[200];
    snprintf(what, sizeof what,
             om_tr("searching plans: at best %.0f without a choice, %.0f without supplier"),
             (double)best->goal[PLAN_GOAL_WITHOUT_CHOICE] / (double)PLAN_PERSON,
             (double)best->goal[PLAN_GOAL_WITHOUT_SUPPLIER] / (double)PLAN_PERSON);
    return om_progress(ctx, what, search->n_steps, steps_in_all(search)) != OM_OK;
}

static bool has_time(const struct search *search)
{
    const struct plan_search_options *options = search->options;
    if (options->n_steps && search->n_steps >= options->n_steps)
        return false;
    return !(options->seconds > 0 && now_s() - search->began_s >= options->seconds);
}

/* Steps of walk w in this slice; what does not divide evenly goes to the first walks. */
static uint64_t steps_of(const struct search *search, int w)
{
    uint64_t limit = search->options->n_steps, left = limit ? limit - search->n_steps : UINT64_MAX;
    if (left >= (uint64_t)SLICE * WALKS)
        return SLICE;
    return left / WALKS + ((uint64_t)w < left % WALKS);
}

static void walk_on(om_context *ctx, struct search *search)
{
    while (has_time(search)) {
        uint64_t n = 0;
#pragma omp parallel for schedule(dynamic, 1) reduction(+ : n)
        for (int w = 0; w < WALKS; w++) {
            uint64_t steps = steps_of(search, w);
            plan_walk_go(search->walks[w], steps);
            n += steps;
        }
        search->n_steps += n;
        if (report(ctx, search)) {
            search->was_interrupted = true;
            return;
        }
    }
}

/* ---- what was found ---- */

/* Worth the name beside a best plan: it ranks higher than the start, and keeps limits as well as the best one
 * or breaks them less than the start. */
static bool is_wanted(const struct plan_pareto *found, size_t i, const struct plan_score *start)
{
    struct plan_rank of_start = plan_rank_of(&found->ranker, start);
    int64_t violation = found->entries[i].score.violation;
    return plan_rank_compare(&found->entries[i].rank, &of_start) < 0 &&
           (violation == 0 || (found->entries[0].score.violation > 0 && violation < start->violation));
}

/* The best, and those that are wanted. */
static size_t count_proposals(const struct plan_pareto *found, size_t n_wanted,
                              const struct plan_search_result *result)
{
    size_t n = 1;
    while (n < n_wanted && n < found->n && is_wanted(found, n, &result->start))
        n++;
    return n;
}

static om_status copy_proposals(om_context *ctx, const struct plan_pareto *found, size_t n_wanted,
                                struct plan_search_result *result)
{
    size_t n = count_proposals(found, n_wanted, result);
    result->proposals = om_alloc(n, sizeof *result->proposals);
    if (!result->proposals)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        struct plan_proposal *proposal = &result->proposals[result->n_proposals];
        proposal->area_of = om_alloc(result->n, sizeof *proposal->area_of);
        if (!proposal->area_of)
            return om_no_memory(ctx);
        result->n_proposals++;
        proposal->score = found->entries[i].score;
        memcpy(proposal->area_of, found->entries[i].area_of, result->n * sizeof *proposal->area_of);
    }
    return OM_OK;
}

/* In the order of the walks, so that of equal plans the same one is kept. */
static om_status gather(om_context *ctx, const struct search *search, struct plan_search_result *result)
{
    struct plan_pareto *found = plan_pareto_new(&search->walks[0]->ranker, search->ground->n);
    if (!found)
        return om_no_memory(ctx);
    for (int w = 0; w < WALKS; w++) {
        const struct plan_walk *walk = search->walks[w];
        plan_pareto_offer(found, &walk->best_score, walk->best_area_of);
        for (size_t i = 0; i < walk->pareto->n; i++)
            plan_pareto_offer(found, &walk->pareto->entries[i].score, walk->pareto->entries[i].area_of);
        for (int step = 0; step < PLAN_STEPS; step++) {
            result->counts.proposed[step] += walk->counts.proposed[step];
            result->counts.taken[step] += walk->counts.taken[step];
        }
    }
    om_status status = copy_proposals(ctx, found, search->options->n_wanted, result);
    plan_pareto_free(found);
    return status;
}

static om_status measure_start(om_context *ctx, const struct search *search, struct plan_score *out)
{
    plan_draft *draft = NULL;
    const struct plan *plan = search->ground->input->plan;
    om_status status = plan_draft_new(ctx, search->ground, plan->area_of, plan->n_areas, &draft);
    if (!status)
        *out = *plan_draft_score(draft);
    plan_draft_free(draft);
    return status;
}

om_status plan_search(om_context *ctx, const struct plan_case *input,
                      const struct plan_search_options *options, struct plan_search_result **out)
{
    struct search search = {.options = options};
    struct plan_search_result *result = NULL;
    if (!options->n_steps && !(options->seconds > 0))
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                       om_tr("a search needs a limit, in steps or in seconds"));
    om_status status = plan_ground_new(ctx, input, &search.ground);
    if (!status)
        status = plan_search_check_limits(ctx, search.ground);
    if (!status)
        status = plan_search_start_new(ctx, search.ground, options, &search.start);
    if (!status)
        status = begin_walks(ctx, &search);
    if (status)
        goto done;
    search.began_s = now_s();
    walk_on(ctx, &search);
    result = om_alloc(1, sizeof *result);
    if (!result) {
        status = om_no_memory(ctx);
        goto done;
    }
    result->n = search.ground->n;
    result->n_slots = search.start.n_slots;
    result->n_steps = search.n_steps;
    result->seconds = now_s() - search.began_s;
    result->was_interrupted = search.was_interrupted;
    status = measure_start(ctx, &search, &result->start);
    if (!status)
        status = gather(ctx, &search, result);
    if (status)
        goto done;
    *out = result;
    result = NULL;
done:
    plan_search_result_free(result);
    search_done(&search);
    return status;
}

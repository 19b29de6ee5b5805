#include "evaluation_internal.h"

#include "geo/memory.h"

const char *const plan_rule_names[PLAN_RULES] = {
    [PLAN_RULE_CHOICE] = "choice", [PLAN_RULE_REACH] = "reach",         [PLAN_RULE_IN_HOUSE] = "in-house",
    [PLAN_RULE_MARKET] = "market", [PLAN_RULE_ALIGNMENT] = "alignment", [PLAN_RULE_CONTIGUITY] = "contiguity",
};
const char *const plan_verdict_names[PLAN_VERDICTS] = {
    [PLAN_VERDICT_PASS] = "pass",
    [PLAN_VERDICT_FAIL] = "fail",
    [PLAN_VERDICT_UNKNOWN] = "unknown",
};

/* What the rules need of one area, gathered in one walk over the municipalities. */
struct tally {
    struct plan_sum population, job_seekers, participants, without_choice, in_need;
    struct plan_sum status[PLAN_STATUSES];
    double longest_s;    /* to the nearest supplier inside */
    bool has_cut_off;    /* a member that reaches no supplier inside, however long it travels */
    bool has_regionless; /* a member without a region in the reference partition */
    int32_t n_pieces;
};

static const struct plan_rule_result unknown = {PLAN_VERDICT_UNKNOWN, NAN};

static enum plan_verdict verdict(bool passes)
{
    return passes ? PLAN_VERDICT_PASS : PLAN_VERDICT_FAIL;
}

static void add_member(const struct plan_judging *judging, size_t m, struct tally *tally)
{
    const struct plan_municipality *it = &judging->input->territory->municipalities[m];
    const struct plan_municipality_result *result = &judging->evaluation->municipalities[m];
    const struct plan_alignment *alignment = judging->evaluation->alignment;
    plan_sum_add(&tally->population, it->population);
    plan_sum_add(&tally->job_seekers, it->job_seekers);
    plan_sum_add(&tally->participants, isnan(it->participants) ? it->job_seekers : it->participants);
    plan_sum_add(&tally->status[result->status], it->job_seekers);
    if (result->status != PLAN_STATUS_CHOICE)
        plan_sum_add(&tally->without_choice, it->job_seekers);
    if (result->need != PLAN_NEED_NOTHING)
        plan_sum_add(&tally->in_need, it->job_seekers);
    if (result->nearest_inside.supplier == PLAN_NOWHERE)
        tally->has_cut_off = true;
    else if (result->nearest_inside.duration_s > tally->longest_s)
        tally->longest_s = result->nearest_inside.duration_s;
    if (alignment && alignment->reference->member[m] < 0)
        tally->has_regionless = true;
}

/* Job seekers of whom there must be none. */
static struct plan_rule_result judge_none_of(const struct plan_judging *judging, const struct plan_sum *sum)
{
    if (!judging->reach->travel_is_known || (sum->n_unknown && !(sum->total > 0)))
        return unknown;
    return (struct plan_rule_result){verdict(sum->total <= 0), sum->total};
}

typedef struct plan_rule_result judge_fn(const struct plan_judging *judging, size_t area,
                                         const struct tally *tally);

static struct plan_rule_result judge_choice(const struct plan_judging *judging, size_t area,
                                            const struct tally *tally)
{
    (void)area;
    return judge_none_of(judging, &tally->without_choice);
}

static struct plan_rule_result judge_in_house(const struct plan_judging *judging, size_t area,
                                              const struct tally *tally)
{
    (void)area;
    return judge_none_of(judging, &tally->in_need);
}

static struct plan_rule_result judge_reach(const struct plan_judging *judging, size_t area,
                                           const struct tally *tally)
{
    (void)area;
    if (!judging->reach->travel_is_known)
        return unknown;
    if (tally->has_cut_off)
        return (struct plan_rule_result){PLAN_VERDICT_FAIL, NAN};
    return (struct plan_rule_result){verdict(tally->longest_s <= judging->reach->limit_s),
                                     tally->longest_s / 60};
}

static struct plan_rule_result judge_market(const struct plan_judging *judging, size_t area,
                                            const struct tally *tally)
{
    int32_t n_suppliers = judging->evaluation->areas[area].n_suppliers;
    if (n_suppliers == 0)
        return unknown;
    enum plan_verdict passes =
        plan_market_verdict(tally->participants.total, tally->participants.n_unknown > 0, n_suppliers,
                            judging->input->rules->min_participants_per_supplier);
    if (passes == PLAN_VERDICT_UNKNOWN)
        return unknown;
    return (struct plan_rule_result){passes, tally->participants.total / n_suppliers};
}

static struct plan_rule_result judge_alignment(const struct plan_judging *judging, size_t area,
                                               const struct tally *tally)
{
    const struct plan_alignment *alignment = judging->evaluation->alignment;
    int32_t n_regions = alignment ? alignment->areas[area].n_regions : 0;
    if (n_regions == 0 || (n_regions == 1 && tally->has_regionless))
        return unknown;
    return (struct plan_rule_result){verdict(n_regions == 1), n_regions};
}

static struct plan_rule_result judge_contiguity(const struct plan_judging *judging, size_t area,
                                                const struct tally *tally)
{
    const struct plan_territory *territory = judging->input->territory;
    bool borders_are_known = territory->first_neighbour && territory->first_neighbour[territory->n] > 0;
    if (judging->evaluation->areas[area].n_municipalities > 1 && !borders_are_known)
        return unknown;
    bool passes = tally->n_pieces <= 1 || judging->input->plan->areas[area].may_be_discontiguous;
    return (struct plan_rule_result){verdict(passes), tally->n_pieces};
}

static judge_fn *const judges[PLAN_RULES] = {
    [PLAN_RULE_CHOICE] = judge_choice,       [PLAN_RULE_REACH] = judge_reach,
    [PLAN_RULE_IN_HOUSE] = judge_in_house,   [PLAN_RULE_MARKET] = judge_market,
    [PLAN_RULE_ALIGNMENT] = judge_alignment, [PLAN_RULE_CONTIGUITY] = judge_contiguity,
};

/* The hole of an unfinished plan is no area that a rule could be held against. */
static void store(const struct plan_judging *judging, size_t a, const struct tally *tally)
{
    bool is_hole = judging->input->plan->areas[a].is_hole;
    struct plan_area_result *area = &judging->evaluation->areas[a];
    area->n_suppliers = plan_presence_count(&judging->presence, (int32_t)a);
    area->population = plan_sum_value(&tally->population);
    area->job_seekers = plan_sum_value(&tally->job_seekers);
    area->participants = plan_sum_value(&tally->participants);
    for (int s = 0; s < PLAN_STATUSES; s++)
        area->job_seekers_status[s] = plan_sum_value(&tally->status[s]);
    for (int r = 0; r < PLAN_RULES; r++)
        area->rules[r] = is_hole ? unknown : judges[r](judging, a, tally);
    area->market.participants_per_supplier =
        area->n_suppliers ? area->participants / area->n_suppliers : (double)NAN;
    area->market.volume =
        is_hole ? PLAN_VOLUME_UNKNOWN
                : plan_judge_volume(judging->input->rules, &tally->participants, area->n_suppliers);
}

static void count_members(const struct plan_judging *judging)
{
    const struct plan *plan = judging->input->plan;
    const struct plan_market *market = judging->input->market;
    struct plan_evaluation *evaluation = judging->evaluation;
    for (size_t m = 0; m < plan->n; m++) {
        struct plan_area_result *area = &evaluation->areas[plan->area_of[m]];
        area->n_municipalities++;
        area->n_sparse += evaluation->municipalities[m].is_sparse;
        area->n_status[evaluation->municipalities[m].status]++;
    }
    for (size_t i = 0; i < market->n_offices; i++)
        evaluation->areas[plan->area_of[market->offices[i].municipality]].n_offices +=
            market->offices[i].active;
}

om_status plan_judge_areas(om_context *ctx, struct plan_judging *judging)
{
    const struct plan *plan = judging->input->plan;
    om_status status = OM_OK;
    struct tally *tallies = om_alloc(plan->n_areas, sizeof *tallies);
    int32_t *piece_of = om_alloc(plan->n, sizeof *piece_of);
    int32_t *n_pieces = om_alloc(plan->n_areas, sizeof *n_pieces);
    if (!tallies || !piece_of || !n_pieces) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = plan_pieces(ctx, judging->input->territory, plan, piece_of, n_pieces);
    if (status)
        goto done;
    count_members(judging);
    for (size_t m = 0; m < plan->n; m++)
        add_member(judging, m, &tallies[plan->area_of[m]]);
    for (size_t a = 0; a < plan->n_areas; a++) {
        tallies[a].n_pieces = n_pieces[a];
        store(judging, a, &tallies[a]);
    }
done:
    om_free(n_pieces);
    om_free(piece_of);
    om_free(tallies);
    return status;
}

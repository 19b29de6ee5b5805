#include "planner/evaluation.h"

#include "evaluation_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

void plan_evaluation_free(struct plan_evaluation *evaluation)
{
    if (!evaluation)
        return;
    plan_alignment_free(evaluation->alignment);
    plan_equity_free(evaluation->equity);
    om_free(evaluation->municipalities);
    om_free(evaluation->areas);
    om_free(evaluation->closing_areas);
    om_free(evaluation);
}

static om_status check_plan(om_context *ctx, const struct plan_case *input)
{
    size_t n = input->territory->n;
    const struct plan *plan = input->plan;
    if (plan->n != n)
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("the plan has %zu municipalities, the territory %zu"),
                       plan->n, n);
    for (size_t m = 0; m < n; m++)
        if (plan->area_of[m] < 0 || (size_t)plan->area_of[m] >= plan->n_areas)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("municipality %s is in no area of the plan"),
                           input->territory->municipalities[m].code);
    if (input->travel && input->travel->n != n)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("travel times are for %zu municipalities, the territory has %zu"),
                       input->travel->n, n);
    for (size_t i = 0; input->travel && i < input->travel->n_localities; i++)
        if (input->travel->localities[i].municipality < 0 ||
            (size_t)input->travel->localities[i].municipality >= n)
            return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("locality %zu is in no municipality"), i);
    return OM_OK;
}

static bool in_order(int32_t municipality, int32_t supplier, int32_t next_municipality, int32_t next_supplier)
{
    return municipality < next_municipality ||
           (municipality == next_municipality && supplier <= next_supplier);
}

/* Lists are searched by halving, so their order is a condition. */
static om_status check_market(om_context *ctx, const struct plan_case *input)
{
    const struct plan_market *market = input->market;
    bool is_sorted = true, belongs = true;
    for (size_t i = 0; i < market->n_offices; i++) {
        const struct plan_office *x = &market->offices[i], *y = i ? x - 1 : x;
        is_sorted &= in_order(y->municipality, y->supplier, x->municipality, x->supplier);
        belongs &= x->municipality >= 0 && (size_t)x->municipality < input->territory->n &&
                   x->supplier >= 0 && (size_t)x->supplier < market->n_suppliers;
    }
    for (size_t i = 0; i < market->n_contracts; i++) {
        const struct plan_contract *x = &market->contracts[i], *y = i ? x - 1 : x;
        is_sorted &= in_order(y->municipality, y->supplier, x->municipality, x->supplier);
        belongs &= x->municipality >= 0 && (size_t)x->municipality < input->territory->n &&
                   x->supplier >= 0 && (size_t)x->supplier < market->n_suppliers;
    }
    if (!belongs)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                       om_tr("the market names a municipality or supplier that does not exist"));
    if (!is_sorted)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("the market is not sorted"));
    return OM_OK;
}

om_status plan_check_case(om_context *ctx, const struct plan_case *input)
{
    if (!input->territory || !input->plan || !input->market || !input->rules)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                       om_tr("a judgement needs a territory, a plan, a market and rules"));
    om_status status = check_plan(ctx, input);
    return status ? status : check_market(ctx, input);
}

static om_status align(om_context *ctx, struct plan_judging *judging)
{
    const struct plan_case *input = judging->input;
    const struct plan_partition *reference =
        plan_territory_partition(input->territory, input->rules->reference);
    if (!reference)
        return OM_OK;
    return plan_alignment_compute(ctx, input->territory, input->plan, reference, input->travel, input->rules,
                                  &judging->evaluation->alignment);
}

static om_status judge(om_context *ctx, struct plan_judging *judging)
{
    size_t n = judging->evaluation->n;
    om_status status = OM_OK;
    for (size_t m = 0; m < n && !status; m++) {
        plan_judge_municipality(judging, (int32_t)m);
        status = plan_judge_closing(ctx, judging, (int32_t)m);
    }
    if (status)
        return status;
    plan_judge_headline(judging);
    plan_judge_localities(judging);
    status = align(ctx, judging);
    if (!status)
        status = plan_judge_areas(ctx, judging);
    if (!status)
        status = plan_judge_markets(ctx, judging);
    if (!status)
        status = plan_equity_compute(ctx, judging->input, judging->evaluation, &judging->evaluation->equity);
    return status;
}

static struct plan_evaluation *new_evaluation(const struct plan_case *input)
{
    struct plan_evaluation *evaluation = om_alloc(1, sizeof *evaluation);
    if (!evaluation)
        return NULL;
    evaluation->n = input->territory->n;
    evaluation->n_areas = input->plan->n_areas;
    evaluation->travel_is_known = plan_travel_is_known(input->travel);
    evaluation->municipalities = om_alloc(evaluation->n, sizeof *evaluation->municipalities);
    evaluation->areas = om_alloc(evaluation->n_areas, sizeof *evaluation->areas);
    if (evaluation->municipalities && evaluation->areas)
        return evaluation;
    plan_evaluation_free(evaluation);
    return NULL;
}

om_status plan_evaluate(om_context *ctx, const struct plan_case *input, struct plan_evaluation **out)
{
    om_status status = plan_check_case(ctx, input);
    if (status)
        return status;
    struct plan_reach *reach = NULL;
    struct plan_judging judging = {.input = input, .evaluation = new_evaluation(input)};
    if (!judging.evaluation) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = plan_reach_new(ctx, input, &reach);
    if (status)
        goto done;
    judging.reach = reach;
    status = plan_presence_new(ctx, input->plan, reach, &judging.presence);
    if (status)
        goto done;
    status = judge(ctx, &judging);
    if (status)
        goto done;
    *out = judging.evaluation;
    judging.evaluation = NULL;
done:
    plan_presence_done(&judging.presence);
    plan_reach_free(reach);
    plan_evaluation_free(judging.evaluation);
    return status;
}

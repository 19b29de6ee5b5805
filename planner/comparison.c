#include "planner/comparison.h"

#include "evaluation_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>
#include <string.h>

void plan_comparison_free(struct plan_comparison *comparison)
{
    if (!comparison)
        return;
    plan_genealogy_free(comparison->genealogy);
    om_free(comparison->changed);
    for (int side = 0; side < PLAN_SIDES; side++)
        om_free(comparison->is_cut_off[side]);
    om_free(comparison);
}

static om_status check_sides(om_context *ctx, const struct plan_judgement *before,
                             const struct plan_judgement *after)
{
    const struct plan_territory *x = before->input->territory, *y = after->input->territory;
    bool same = x->n == y->n && before->evaluation->n == x->n && after->evaluation->n == y->n;
    for (size_t m = 0; same && x != y && m < x->n; m++)
        same = strcmp(x->municipalities[m].code, y->municipalities[m].code) == 0;
    if (same)
        return OM_OK;
    return om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                   om_tr("what is compared is not of the same municipalities"));
}

static om_status agree(om_context *ctx, const struct plan_judgement *before,
                       const struct plan_judgement *after, struct plan_comparison *out)
{
    const struct plan *x = before->input->plan, *y = after->input->plan;
    double *weight = om_alloc(x->n, sizeof *weight);
    if (!weight)
        return om_no_memory(ctx);
    for (size_t m = 0; m < x->n; m++)
        weight[m] = after->input->territory->municipalities[m].job_seekers;
    om_status status = plan_agreement_compute(ctx, x->n, y->area_of, y->n_areas, x->area_of, x->n_areas, NULL,
                                              &out->by_municipality);
    if (!status)
        status = plan_agreement_compute(ctx, x->n, y->area_of, y->n_areas, x->area_of, x->n_areas, weight,
                                        &out->by_job_seekers);
    om_free(weight);
    return status;
}

static void count_transitions(const struct plan_judgement *before, const struct plan_judgement *after,
                              struct plan_comparison *out)
{
    struct plan_sum sums[PLAN_STATUSES][PLAN_STATUSES] = {0};
    for (size_t m = 0; m < after->evaluation->n; m++) {
        enum plan_status from = before->evaluation->municipalities[m].status;
        enum plan_status to = after->evaluation->municipalities[m].status;
        plan_sum_add(&sums[from][to], after->input->territory->municipalities[m].job_seekers);
        out->transitions[from][to].n++;
    }
    for (int from = 0; from < PLAN_STATUSES; from++)
        for (int to = 0; to < PLAN_STATUSES; to++) {
            out->transitions[from][to].job_seekers = plan_sum_value(&sums[from][to]);
            out->transitions[from][to].n_job_seekers_unknown = sums[from][to].n_unknown;
        }
}

/* Sorting carries its keys along. */
struct change {
    int32_t municipality;
    int step; /* statuses up; down when negative */
    double job_seekers;
};

static int compare_changes(const void *left, const void *right)
{
    const struct change *x = left, *y = right;
    if ((x->step < 0) != (y->step < 0))
        return x->step < 0 ? -1 : 1;
    if (x->step != y->step)
        return abs(x->step) > abs(y->step) ? -1 : 1;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

static om_status list_changed(om_context *ctx, const struct plan_judgement *before,
                              const struct plan_judgement *after, struct plan_comparison *out)
{
    size_t n = 0;
    struct change *changes = om_alloc(after->evaluation->n, sizeof *changes);
    out->changed = om_alloc(after->evaluation->n, sizeof *out->changed);
    if (!changes || !out->changed) {
        om_free(changes);
        return om_no_memory(ctx);
    }
    for (size_t m = 0; m < after->evaluation->n; m++) {
        int step = (int)after->evaluation->municipalities[m].status -
                   (int)before->evaluation->municipalities[m].status;
        double job_seekers = after->input->territory->municipalities[m].job_seekers;
        if (step != 0)
            changes[n++] = (struct change){(int32_t)m, step, isnan(job_seekers) ? 0 : job_seekers};
        out->n_lost += step < 0;
        out->n_gained += step > 0;
    }
    qsort(changes, n, sizeof *changes, compare_changes);
    for (size_t i = 0; i < n; i++)
        out->changed[i] = changes[i].municipality;
    om_free(changes);
    return OM_OK;
}

static void count_verdicts(const struct plan_judgement *judgement,
                           int32_t verdicts[PLAN_RULES][PLAN_VERDICTS])
{
    for (size_t a = 0; a < judgement->evaluation->n_areas; a++)
        for (int rule = 0; rule < PLAN_RULES; rule++)
            verdicts[rule][judgement->evaluation->areas[a].rules[rule].verdict]++;
}

static om_status mark_cut_off(om_context *ctx, const struct plan_judgement *judgement, bool **out)
{
    const struct plan_territory *territory = judgement->input->territory;
    const struct plan *plan = judgement->input->plan;
    bool *is_cut_off = om_alloc(plan->n, sizeof *is_cut_off);
    int32_t *piece_of = om_alloc(plan->n, sizeof *piece_of);
    int32_t *n_pieces = om_alloc(plan->n_areas, sizeof *n_pieces);
    int32_t *main_piece = om_alloc(plan->n_areas, sizeof *main_piece);
    om_status status = OM_OK;
    if (!is_cut_off || !piece_of || !n_pieces || !main_piece)
        status = om_no_memory(ctx);
    if (!status)
        status = plan_pieces(ctx, territory, plan, piece_of, n_pieces);
    if (!status)
        status = plan_main_pieces(ctx, territory, plan, piece_of, n_pieces, main_piece);
    for (size_t m = 0; !status && m < plan->n; m++) {
        int32_t area = plan->area_of[m];
        const struct plan_rule_result *rule = &judgement->evaluation->areas[area].rules[PLAN_RULE_CONTIGUITY];
        is_cut_off[m] = rule->verdict == PLAN_VERDICT_FAIL && piece_of[m] != main_piece[area];
    }
    om_free(main_piece);
    om_free(n_pieces);
    om_free(piece_of);
    *out = is_cut_off; /* the comparison's, which is freed when this fails */
    return status;
}

om_status plan_compare(om_context *ctx, const struct plan_judgement *before,
                       const struct plan_judgement *after, struct plan_comparison **out)
{
    om_status status = check_sides(ctx, before, after);
    if (status)
        return status;
    struct plan_comparison *comparison = om_alloc(1, sizeof *comparison);
    if (!comparison)
        return om_no_memory(ctx);
    status = plan_genealogy_trace(ctx, after->input->territory, before->input->plan, after->input->plan,
                                  &comparison->genealogy);
    if (!status)
        status = agree(ctx, before, after, comparison);
    if (!status)
        status = list_changed(ctx, before, after, comparison);
    if (!status)
        status = mark_cut_off(ctx, before, &comparison->is_cut_off[PLAN_BEFORE]);
    if (!status)
        status = mark_cut_off(ctx, after, &comparison->is_cut_off[PLAN_AFTER]);
    if (status) {
        plan_comparison_free(comparison);
        return status;
    }
    count_transitions(before, after, comparison);
    count_verdicts(before, comparison->verdicts[PLAN_BEFORE]);
    count_verdicts(after, comparison->verdicts[PLAN_AFTER]);
    *out = comparison;
    return OM_OK;
}

/*
 * Two judged cases side by side, before and after: what became of the areas, whose status changed and why,
 * and how alike the plans are. The same territory; plan, market, travel times and rules may differ.
 *
 * Differences of headline, alignment and areas are read off the two evaluations; what is here takes both.
 */
#ifndef PLANNER_COMPARISON_H
#define PLANNER_COMPARISON_H

#include "planner/evaluation.h"
#include "planner/genealogy.h"

/* A case and its evaluation; borrowed. */
struct plan_judgement {
    const struct plan_case *input;
    const struct plan_evaluation *evaluation;
};

enum plan_side { PLAN_BEFORE, PLAN_AFTER, PLAN_SIDES };

/* Municipalities that went from one status to another. Sums as in planner/evaluation.h. */
struct plan_transition {
    int32_t n;
    int32_t n_job_seekers_unknown; /* of them, those in no sum */
    double job_seekers;
};

struct plan_comparison {
    struct plan_genealogy *genealogy;
    /* Between the plans, the one before as reference. */
    struct plan_agreement by_municipality, by_job_seekers;
    struct plan_transition transitions[PLAN_STATUSES][PLAN_STATUSES]; /* [before][after] */
    /* Municipalities whose status changed, the n_lost that lost first; in each the larger step first, then
     * most job seekers, then by code. */
    size_t n_lost, n_gained;
    int32_t *changed;
    int32_t verdicts[PLAN_SIDES][PLAN_RULES][PLAN_VERDICTS]; /* areas */
    /* Per municipality: whether it lies in another piece of its area than most of the area's job seekers, and
     * the plan does not allow that. */
    bool *is_cut_off[PLAN_SIDES];
};

void plan_comparison_free(struct plan_comparison *comparison); /* accepts NULL; frees the struct itself too */

/* OM_INVALID_ARGUMENT when the sides are not of the same municipalities, OM_NO_MEMORY. */
om_status plan_compare(om_context *ctx, const struct plan_judgement *before,
                       const struct plan_judgement *after, struct plan_comparison **out);

#endif

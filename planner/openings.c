#include "planner/in_house.h"

#include "reach_internal.h"
#include "site_groups_internal.h"

#include "geo/memory.h"

#include <stdlib.h>

static int compare_openings(const void *left, const void *right)
{
    const struct plan_opening *x = left, *y = right;
    if (x->job_seekers != y->job_seekers)
        return x->job_seekers > y->job_seekers ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

/* What a supplier who is nowhere yet would give with an office at the seat of k. */
static struct plan_opening open_at(const struct plan_case *input, const struct plan_evaluation *evaluation,
                                   size_t k)
{
    struct plan_opening opening = {.municipality = (int32_t)k};
    const int32_t *area_of = input->plan->area_of;
    if (input->plan->areas[area_of[k]].is_hole)
        return opening;
    for (size_t m = 0; m < evaluation->n; m++) {
        int32_t reached = evaluation->municipalities[m].suppliers_inside;
        double duration_s = plan_duration_s(input->travel, (int32_t)m, (int32_t)k);
        if (area_of[m] != area_of[k] || !(duration_s <= 60 * input->rules->max_minutes))
            continue;
        if (reached == 0)
            opening.job_seekers_one += plan_known_job_seekers(input, m);
        if (reached != input->rules->min_suppliers - 1)
            continue;
        opening.n++;
        opening.job_seekers += plan_known_job_seekers(input, m);
    }
    return opening;
}

om_status plan_openings_rank(om_context *ctx, const struct plan_case *input,
                             const struct plan_evaluation *evaluation, struct plan_opening **out, size_t *n)
{
    struct plan_opening *openings = om_alloc(evaluation->n, sizeof *openings);
    if (!openings)
        return om_no_memory(ctx);
    size_t n_found = 0;
    for (size_t k = 0; k < evaluation->n; k++) {
        openings[n_found] = open_at(input, evaluation, k);
        n_found += openings[n_found].n > 0;
    }
    if (n_found)
        qsort(openings, n_found, sizeof *openings, compare_openings);
    *out = openings;
    *n = n_found;
    return OM_OK;
}

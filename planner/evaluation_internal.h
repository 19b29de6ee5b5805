/*
 * The steps of an evaluation, in the order in which they run.
 */
#ifndef PLANNER_EVALUATION_INTERNAL_H
#define PLANNER_EVALUATION_INTERNAL_H

#include "reach_internal.h"

#include <math.h>

/* Suppliers by area: those with an active office in a are supplier[first[a] .. first[a + 1] - 1], sorted. */
struct plan_presence {
    uint32_t *first;
    int32_t *supplier;
    bool *may_serve; /* somewhere in the area; with basis offices always */
};
om_status plan_presence_new(om_context *ctx, const struct plan *plan, const struct plan_reach *reach,
                            struct plan_presence *out);
void plan_presence_done(struct plan_presence *presence);
/* Suppliers of the area that may serve in it. */
int32_t plan_presence_count(const struct plan_presence *presence, int32_t area);

/* What the steps share. */
struct plan_judging {
    const struct plan_case *input;
    const struct plan_reach *reach;
    struct plan_presence presence;
    struct plan_evaluation *evaluation;
    size_t closing_capacity;
};

void plan_judge_municipality(struct plan_judging *judging, int32_t m);
om_status plan_judge_closing(om_context *ctx, struct plan_judging *judging, int32_t m);
void plan_judge_headline(struct plan_judging *judging);
void plan_judge_localities(struct plan_judging *judging); /* adds to the headline */
om_status plan_judge_areas(om_context *ctx, struct plan_judging *judging);
om_status plan_judge_markets(om_context *ctx, struct plan_judging *judging); /* concentration */

/* Inhabitants per km²; NAN when unknown, and without land. */
double plan_density_per_km2(const struct plan_municipality *municipality);

/* A sum over municipalities that tells unknown from nothing. */
struct plan_sum {
    double total;
    int32_t n_known, n_unknown;
};

static inline void plan_sum_add(struct plan_sum *sum, double value)
{
    if (isnan(value)) {
        sum->n_unknown++;
        return;
    }
    sum->total += value;
    sum->n_known++;
}

/* The volume of an area with so many suppliers. */
enum plan_volume plan_judge_volume(const struct plan_rules *rules, const struct plan_sum *participants,
                                   int32_t n_suppliers);

/* The sum of what is known; NAN when there is something and nothing of it is known. */
static inline double plan_sum_value(const struct plan_sum *sum)
{
    return sum->n_known || !sum->n_unknown ? sum->total : NAN;
}

#endif

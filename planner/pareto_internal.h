/*
 * The plans of which none is better in every goal than another (Pareto archive), the highest ranked ones when
 * there are more than it has room for.
 */
#ifndef PLANNER_PARETO_INTERNAL_H
#define PLANNER_PARETO_INTERNAL_H

#include "rank_internal.h"

enum { PLAN_PARETO_SIZE = 32 };

struct plan_pareto_entry {
    struct plan_score score;
    struct plan_rank rank;
    int32_t *area_of;
};

struct plan_pareto {
    struct plan_ranker ranker;
    size_t n_municipalities, n;
    struct plan_pareto_entry entries[PLAN_PARETO_SIZE]; /* the highest ranked first */
    int32_t *area_of;
};

struct plan_pareto *plan_pareto_new(const struct plan_ranker *ranker, size_t n_municipalities);
void plan_pareto_free(struct plan_pareto *pareto); /* accepts NULL */

/* Keeps the plan when no other covers it, and drops those it covers. */
void plan_pareto_offer(struct plan_pareto *pareto, const struct plan_score *score, const int32_t *area_of);

#endif

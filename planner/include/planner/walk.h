/*
 * A walk over plans: steps are proposed at random and taken when they lead to a plan that ranks no lower than
 * the plan now, or than the plan some steps ago (late acceptance hill climbing: Burke and Bykov, The late
 * acceptance hill-climbing heuristic, European Journal of Operational Research 258, 2017). When nothing
 * better has come for a while it goes back to the best plan, shakes it, and walks on.
 *
 * Areas stay in one piece, unless the plan marks them otherwise, and what is locked stays where it is. Equal
 * seed and stream give equal walks.
 */
#ifndef PLANNER_WALK_H
#define PLANNER_WALK_H

#include "planner/draft.h"

enum plan_step {
    PLAN_STEP_SHIFT,     /* a municipality to a neighbouring area */
    PLAN_STEP_SWAP,      /* two neighbours between their areas */
    PLAN_STEP_MERGE,     /* an area into a neighbouring one; and any area split when there may be no fewer */
    PLAN_STEP_SPLIT,     /* an area along a random spanning tree */
    PLAN_STEP_RECOMBINE, /* two neighbouring areas joined and split anew along a random spanning tree, drawn
                            uniformly with Wilson's algorithm (Generating random spanning trees more quickly
                            than the cover time, STOC 1996). ReCom: DeFord, Duchin and Solomon,
                            Recombination: a family of Markov chains for redistricting, Harvard Data Science
                            Review 3.1, 2021 */
    PLAN_STEPS,
};
extern const char *const plan_step_names[PLAN_STEPS]; /* "shift", "swap" … */

struct plan_walk_options {
    uint64_t seed, stream;
    uint32_t share[PLAN_STEPS];       /* of the proposed steps, in proportion to their sum */
    uint32_t memory;                  /* steps back that a plan is compared with; at least 1 */
    uint64_t patience;                /* steps without a better plan before it goes back to the best one */
    const bool *is_locked;            /* municipalities that stay in their area; may be NULL */
    const bool *is_locked_area;       /* slots whose members stay and that nobody joins; may be NULL */
    const bool *may_be_discontiguous; /* slots; may be NULL */
};
struct plan_walk_options plan_walk_options_default(void);

typedef struct plan_walk plan_walk;

/* Starts at area_of, with slots 0 .. n_slots-1. The options' arrays are borrowed. */
om_status plan_walk_new(om_context *ctx, const plan_ground *ground, const int32_t *area_of, size_t n_slots,
                        const struct plan_walk_options *options, plan_walk **out);
void plan_walk_free(plan_walk *walk); /* accepts NULL */

/* Proposes so many steps. */
void plan_walk_go(plan_walk *walk, uint64_t n_steps);

struct plan_walk_counts {
    uint64_t proposed[PLAN_STEPS], taken[PLAN_STEPS];
};
struct plan_walk_counts plan_walk_counts_of(const plan_walk *walk);

/* The best plan so far, and its score. */
const struct plan_score *plan_walk_best(const plan_walk *walk, const int32_t **area_of);

/* Below 0 when x ranks higher: fewer violations, then the goals as the rules rank them. */
int plan_score_compare(const struct plan_search_rules *rules, const struct plan_score *x,
                       const struct plan_score *y);

#endif

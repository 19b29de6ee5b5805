/*
 * Random exits: who serves whom by contract, and the draws over it.
 */
#ifndef PLANNER_ROBUSTNESS_INTERNAL_H
#define PLANNER_ROBUSTNESS_INTERNAL_H

#include "planner/robustness.h"

/* Contract c serves the municipalities served[first[c] .. first[c + 1] - 1] within the limit. */
struct plan_exit_model {
    size_t n_contracts, n; /* n municipalities */
    size_t *first;
    int32_t *served;
    int32_t *n_reached;  /* per municipality: contracts that serve it */
    double *job_seekers; /* per municipality; unknown ones are 0 */
    int32_t min_suppliers;
};

/* Fills choice, all and the municipalities' probabilities of a robustness whose draws are set. */
om_status plan_draw_exits(om_context *ctx, const struct plan_exit_model *model,
                          struct plan_robustness *robustness);

#endif

/*
 * Maximum coverage: so many sites that cover most of the load of the needs, for every number of sites.
 */
#ifndef PLANNER_COVERAGE_INTERNAL_H
#define PLANNER_COVERAGE_INTERNAL_H

#include "cover_internal.h"

/* For one number of sites. */
struct plan_coverage {
    bool *chosen;  /* n_sites, the caller's */
    double weight; /* the load that is covered */
    double most;   /* proven: no choice covers more */
    bool is_optimal;
};

/* The load of the needs that the chosen sites cover often enough, whatever their capacity. */
double plan_coverage_weight(const struct plan_cover *cover, const bool *chosen);

/*
 * The cover has loads, and no capacity binds. Fills coverages[0 .. n - 1] for first, first + 1 … sites;
 * `first` is at least the number of forced ones. The budget is for all of them together. OM_NO_MEMORY,
 * OM_LIBRARY.
 */
om_status plan_coverage_solve(om_context *ctx, const struct plan_cover *cover,
                              const struct plan_budget *budget, size_t first, struct plan_coverage *coverages,
                              size_t n);

#endif

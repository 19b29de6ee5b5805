/*
 * Set cover with costs: the fewest sites that cover every need; of those the cheapest; of those the one that
 * comes first in the order of the sites.
 */
#ifndef PLANNER_COVER_INTERNAL_H
#define PLANNER_COVER_INTERNAL_H

#include "geo/status.h"

#include <stddef.h>

struct plan_cover {
    size_t n_needs, n_sites;
    double *cost; /* cost[need * n_sites + site] of serving the need from the site; NAN: it cannot */
};

/*
 * Marks the sites in chosen[n_sites]. *is_optimal tells whether their number is proven smallest: the search
 * stops after a fixed number of steps (so that equal input gives equal output), and at the latest after a
 * minute. OM_INVALID_ARGUMENT when a need has no site, OM_LIBRARY when GLPK gives up.
 */
om_status plan_cover_solve(om_context *ctx, const struct plan_cover *cover, bool *chosen, bool *is_optimal);

/* Every need from its cheapest chosen site; NAN when some need has none. */
double plan_cover_cost(const struct plan_cover *cover, const bool *chosen);

#endif

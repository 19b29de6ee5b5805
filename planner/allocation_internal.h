/*
 * Set cover with capacities: each need is served as a whole, from one open site that has room for it. As much
 * load as possible; of such choices the fewest sites; of those the cheapest; of those the one that comes
 * first in the order of the sites.
 */
#ifndef PLANNER_ALLOCATION_INTERNAL_H
#define PLANNER_ALLOCATION_INTERNAL_H

#include "coverage_internal.h"

#include <stdint.h>

/*
 * The cover has loads and capacities. A need with load is served, or is left out when there is no room; it
 * must still have so many open sites in reach as the cover demands. One without load is covered in any event.
 * OM_INVALID_ARGUMENT when a need has too few sites, OM_NO_MEMORY, OM_LIBRARY.
 */
om_status plan_allocation_solve(om_context *ctx, const struct plan_cover *cover,
                                const struct plan_budget *budget, struct plan_cover_answer *answer);

/* As plan_coverage_solve; needs without load may be left out. */
om_status plan_allocation_most(om_context *ctx, const struct plan_cover *cover,
                               const struct plan_budget *budget, size_t first,
                               struct plan_coverage *coverages, size_t n);

/* Serves from the chosen sites as much as they have room for, at the least cost: site_of[need], n_needs of
 * them and the caller's, is -1 where it does not fit, and for needs without load. */
om_status plan_allocation_assign(om_context *ctx, const struct plan_cover *cover,
                                 const struct plan_budget *budget, const bool *chosen, int32_t *site_of);

#endif

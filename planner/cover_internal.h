/*
 * Set cover with costs: the fewest sites that cover every need so many times; of those the cheapest; of those
 * the one that comes first in the order of the sites.
 */
#ifndef PLANNER_COVER_INTERNAL_H
#define PLANNER_COVER_INTERNAL_H

#include "mip_internal.h"

struct plan_cover {
    size_t n_needs, n_sites;
    double *cost;     /* cost[need * n_sites + site] of serving the need from the site; NAN: it cannot */
    double *load;     /* of each need: the room it takes; NULL: none takes any */
    double *capacity; /* of each site: the load it can serve; NULL: no capacity binds */
    bool *is_forced;  /* sites that are open whatever; NULL: none */
    int times;        /* how many sites must cover each need; 0 is 1 */
};

struct plan_cover_answer {
    bool *chosen;       /* n_sites, the caller's */
    bool is_optimal;    /* their number is proven smallest, and the load they cover is the most */
    size_t least_sites; /* no choice that covers as much has fewer */
    double most_load;   /* no choice covers more */
};

/* With capacities as plan_allocation_solve. OM_INVALID_ARGUMENT when a need has too few sites, OM_LIBRARY
 * when GLPK gives up. */
om_status plan_cover_solve(om_context *ctx, const struct plan_cover *cover, const struct plan_budget *budget,
                           struct plan_cover_answer *answer);

/* Every need from its cheapest chosen site; NAN when some need has none. */
double plan_cover_cost(const struct plan_cover *cover, const bool *chosen);

#endif

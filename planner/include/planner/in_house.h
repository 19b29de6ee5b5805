/*
 * In-house delivery: from which seats the agency would cover every municipality in need within the limit.
 */
#ifndef PLANNER_IN_HOUSE_H
#define PLANNER_IN_HOUSE_H

#include "planner/evaluation.h"

struct plan_in_house_site {
    int32_t municipality; /* whose seat is the site */
    double job_seekers;   /* of the municipalities served from it */
};

struct plan_in_house {
    size_t n_sites;
    struct plan_in_house_site *sites; /* most job seekers first */
    size_t n;                         /* municipalities */
    int32_t *served_from; /* per municipality in need: the site's municipality; else PLAN_NOWHERE */
    double *duration_s;   /* to that site; NAN where not in need */
    int32_t n_needs, n_area_wide;
    double job_seekers, job_seekers_area_wide;
    bool is_optimal; /* the number of sites is proven smallest */
};

void plan_in_house_free(struct plan_in_house *in_house); /* accepts NULL; frees the struct itself too */

/*
 * The fewest seats that cover every need within rules->max_minutes (exact set cover, GLPK; every need can at
 * least be served from its own seat). The borders between areas do not bind the agency: a seat may serve any
 * municipality. Ties are broken by total job-seeker minutes, then by code: of two sets the one with the
 * lowest code in which they differ. Unknown job seekers weigh nothing. GLPK's environment of the calling
 * thread is released before the function returns. OM_INVALID_ARGUMENT, OM_LIBRARY, OM_NO_MEMORY.
 */
om_status plan_in_house_propose(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation, struct plan_in_house **out);

#endif

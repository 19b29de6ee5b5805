/*
 * In-house needs in groups that have no site in common, so that each is solved apart, which is much faster.
 */
#ifndef PLANNER_SITE_GROUPS_INTERNAL_H
#define PLANNER_SITE_GROUPS_INTERNAL_H

#include "cover_internal.h"
#include "planner/in_house.h"

/* A group as a cover problem: municipalities in need, and the sites that can serve any of them, in order. */
struct plan_site_group {
    struct plan_cover cover; /* its load is the job seekers of each need; unknown ones are 0 */
    int32_t *needs, *sites;
    struct plan_cover_answer fewest; /* once plan_site_groups_solve has found them */
};

struct plan_site_groups {
    size_t n;
    struct plan_site_group *groups;
    bool *is_need; /* per municipality: in need, and enough sites could cover it, one of them with room */
    size_t n_idle; /* forced sites that serve no need */
    bool *is_idle; /* per site */
    struct plan_budget budget;
};

/* The request may not be NULL. */
om_status plan_site_groups_new(om_context *ctx, const struct plan_case *input,
                               const struct plan_evaluation *evaluation,
                               const struct plan_site_request *request, struct plan_site_groups *out);
void plan_site_groups_done(struct plan_site_groups *groups);

/* Finds the fewest sites of every group. As plan_cover_solve. */
om_status plan_site_groups_solve(om_context *ctx, struct plan_site_groups *groups);

/* What each number of sites covers at best, of groups that are solved; the caller's. OM_NO_MEMORY,
 * OM_LIBRARY. */
om_status plan_site_groups_frontier(om_context *ctx, const struct plan_site_groups *groups, size_t n_sites,
                                    struct plan_frontier **out);

bool plan_is_need(const struct plan_evaluation *evaluation, size_t m);
size_t plan_site_count(const struct plan_case *input, const struct plan_site_request *request);
enum plan_site_use plan_site_use(const struct plan_site_request *request, size_t site);
double plan_site_capacity(const struct plan_site_request *request, size_t site);
double plan_site_duration_s(const struct plan_case *input, const struct plan_site_request *request,
                            size_t from, size_t site);
/* May serve m: not forbidden, and within the limit. */
bool plan_site_can_serve(const struct plan_case *input, const struct plan_site_request *request, size_t m,
                         size_t site);
double plan_known_job_seekers(const struct plan_case *input, size_t m);
size_t plan_times_covered(const struct plan_site_request *request);

#endif

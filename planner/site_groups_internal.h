/*
 * In-house needs in groups that have no site in common, so that each is solved apart, which is much faster.
 */
#ifndef PLANNER_SITE_GROUPS_INTERNAL_H
#define PLANNER_SITE_GROUPS_INTERNAL_H

#include "cover_internal.h"
#include "planner/in_house.h"

/* A group as a cover problem; needs and sites list its municipalities, by code. */
struct plan_site_group {
    struct plan_cover cover;
    int32_t *needs, *sites;
    double *job_seekers; /* of each need; unknown ones are 0 */
};

struct plan_site_groups {
    size_t n;
    struct plan_site_group *groups;
    bool *is_need; /* per municipality: in need, and enough sites could cover it */
    size_t n_idle; /* forced sites that serve no need */
    bool *is_idle; /* per municipality */
    struct plan_budget budget;
};

/* The request may not be NULL. */
om_status plan_site_groups_new(om_context *ctx, const struct plan_case *input,
                               const struct plan_evaluation *evaluation,
                               const struct plan_site_request *request, struct plan_site_groups *out);
void plan_site_groups_done(struct plan_site_groups *groups);

bool plan_is_need(const struct plan_evaluation *evaluation, size_t m);
enum plan_site_use plan_site_use(const struct plan_site_request *request, size_t site);
bool plan_site_is_within(const struct plan_case *input, size_t from, size_t to);
double plan_known_job_seekers(const struct plan_case *input, size_t m);
size_t plan_times_covered(const struct plan_site_request *request);

#endif

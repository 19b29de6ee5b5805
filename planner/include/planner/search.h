/*
 * The search for better plans: several walks (planner/walk.h) side by side, each with random numbers of its
 * own, and the best plans of all of them. The number of walks does not depend on the number of threads, so
 * equal seed and steps give equal plans on any machine; a limit in seconds does not.
 */
#ifndef PLANNER_SEARCH_H
#define PLANNER_SEARCH_H

#include "planner/walk.h"

struct plan_search_options {
    uint64_t seed;
    uint64_t n_steps;           /* of all walks together; 0: no limit */
    double seconds;             /* 0: no limit; one of the two is needed */
    size_t n_wanted;            /* proposals; at least 1 */
    const bool *is_locked;      /* municipalities; may be NULL */
    const bool *is_locked_area; /* areas of the plan of the case; may be NULL */
};

struct plan_proposal {
    struct plan_score score;
    int32_t *area_of; /* below n_slots of the result */
};

struct plan_search_result {
    size_t n,
        n_slots; /* municipalities; slots for areas, of which the first are those of the plan of the case */
    struct plan_score start;
    size_t n_proposals;
    /* The highest ranked first; none is better in every goal than another. The first may be the start itself,
     * or break limits; the others rank higher than the start, and keep all limits if the first does, else
     * break them less than the start. */
    struct plan_proposal *proposals;
    uint64_t n_steps;
    double seconds;
    bool was_interrupted;
    struct plan_walk_counts counts;
};

void plan_search_result_free(
    struct plan_search_result *result); /* accepts NULL; frees the struct itself too */

/*
 * Starts from the plan of the case. Areas of it that are in pieces, and need not be, are mended: pieces join
 * the neighbouring area with the longest border, and each is found under start_area_mended. OM_BAD_DATA when
 * the limits of the rules can be kept by no plan at all, which the message explains. When the context's
 * progress asks to stop, the result is what was found until then.
 */
om_status plan_search(om_context *ctx, const struct plan_case *input,
                      const struct plan_search_options *options, struct plan_search_result **out);

/*
 * A proposal as a plan. An area has the name of the one that most of its job seekers come from, if it has the
 * largest piece of it; other areas are named for their largest municipality.
 */
om_status plan_search_plan(om_context *ctx, const struct plan_case *input,
                           const struct plan_search_result *result, size_t proposal, const char *name,
                           struct plan **out);

/* Where a plan does not keep a limit of the rules, and by how much. */
enum plan_limit {
    PLAN_LIMIT_AREAS,         /* number of areas */
    PLAN_LIMIT_JOB_SEEKERS,   /* of an area */
    PLAN_LIMIT_TRIP,          /* minutes between two seats of an area; NAN: no trip at all */
    PLAN_LIMIT_REGION_PIECES, /* areas that share a region */
    PLAN_LIMITS,
};
extern const char *const plan_limit_names[PLAN_LIMITS]; /* "areas", "job_seekers" … */

struct plan_breach {
    enum plan_limit limit;
    int32_t area;     /* PLAN_NOWHERE for the number of areas and for regions */
    int32_t region;   /* PLAN_NOWHERE except for region pieces */
    int32_t from, to; /* municipalities, of a trip: the longest of the area */
    double value, bound;
};

/* *breaches owned by the caller (om_free); NULL when there are none. */
om_status plan_limits_check(om_context *ctx, const struct plan_case *input, const struct plan *plan,
                            struct plan_breach **breaches, size_t *n);

#endif

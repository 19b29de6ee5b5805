/*
 * In-house delivery: from which sites the agency would cover the municipalities in need within the limit.
 *
 * A site is the seat of a municipality, or a place of one's own. It is known by a number: 0 .. n - 1 are the
 * seats of the n municipalities, n .. n + n_places - 1 the places of the request. The borders between areas
 * do not bind the agency: a site may serve any municipality. Unknown job seekers weigh nothing.
 */
#ifndef PLANNER_IN_HOUSE_H
#define PLANNER_IN_HOUSE_H

#include "planner/evaluation.h"

/* What may be done with a seat or place. */
enum plan_site_use { PLAN_SITE_CANDIDATE, PLAN_SITE_FORCED, PLAN_SITE_FORBIDDEN, PLAN_SITE_USES };
extern const char *const plan_site_use_names[PLAN_SITE_USES]; /* "candidate", "forced", "forbidden" */

/* A place that is nobody's seat. */
struct plan_place {
    const char *name;
    double lon_lat[2];        /* degrees */
    const double *duration_s; /* from the seat of each municipality; NAN: it cannot be reached */
};

/* What is asked for; zero bytes ask for the fewest seats of all that cover every need. All borrowed. */
struct plan_site_request {
    size_t n_places;
    const struct plan_place *places;
    const enum plan_site_use *use; /* per site; NULL: every one is a candidate */
    /* Per site, how many job seekers it can serve; INFINITY is no limit, and so is NULL for all. A
     * municipality is served as a whole from one site. */
    const double *capacity;
    int times_covered;  /* so many sites must be within the limit of each need; 0 is 1 */
    size_t n_sites;     /* the best so many, forced ones included; 0: as few as cover every need */
    double max_seconds; /* then the best answer so far; 0 is a minute */
};

struct plan_in_house_site {
    int32_t site;
    double job_seekers; /* of the municipalities served from it */
    double capacity;    /* INFINITY: no limit */
    bool is_forced;
};

/* A municipality in need that is not served. */
struct plan_unserved {
    int32_t municipality;
    int32_t n_within; /* sites and candidates within the limit; fewer than times_covered make it impossible */
    /* The candidate that is missing: the nearest, or with times_covered the so manieth nearest one. */
    int32_t candidate; /* PLAN_NOWHERE: none can be reached at all */
    double duration_s; /* to it, NAN when none; over the limit unless it could be covered by more sites */
    /* What is free in the roomiest of the sites and candidates within the limit, and what that one could take
     * if it served nobody else, in job seekers; 0 when none is within the limit, INFINITY: no limit. */
    double room, largest_capacity;
};

struct plan_in_house {
    size_t n_sites;
    struct plan_in_house_site *sites; /* most job seekers first */
    size_t n;                         /* municipalities */
    /* Per municipality in need, the site it is served from: the nearest, unless capacities do not allow it;
     * else PLAN_NOWHERE. */
    int32_t *served_from;
    double *duration_s; /* to that site; NAN where not in need or not served */
    int32_t n_needs, n_area_wide;
    double job_seekers, job_seekers_area_wide;
    size_t n_unserved;
    struct plan_unserved *unserved; /* by code */
    double job_seekers_served;
    /* Proven: no fewer sites cover as much, or so many sites do not cover more job seekers; with capacities,
     * too, that all sites together could not cover more. */
    bool is_optimal;
    size_t least_sites;      /* proven: no fewer sites cover what is to be covered; 0 with n_sites */
    double most_job_seekers; /* proven: no more can be covered, with n_sites by so many */
};

void plan_in_house_free(struct plan_in_house *in_house); /* accepts NULL; frees the struct itself too */

/*
 * Without n_sites: the fewest sites that cover every need that can be covered within rules->max_minutes
 * (exact, by branch and bound; with every seat a candidate each need can at least be served from its own).
 * Where capacities do not allow all of them: the fewest that serve most job seekers. Ties are broken by total
 * job-seeker minutes, then by site: of two sets the one with the lowest site in which they differ. With
 * n_sites: so many that most job seekers are covered; of equally good sets any, but always the same one. The
 * search is the same on every machine until max_seconds are over. GLPK's environment of the calling thread is
 * released before the function returns. request NULL: the zero request. OM_INVALID_ARGUMENT (more forced
 * sites than n_sites), OM_LIBRARY, OM_NO_MEMORY.
 */
om_status plan_in_house_propose(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation,
                                const struct plan_site_request *request, struct plan_in_house **out);

/* So many sites and what they cover at best. */
struct plan_frontier_point {
    size_t n_sites;
    const int32_t *sites;    /* in order; n_sites of them */
    double job_seekers;      /* covered */
    double most_job_seekers; /* proven: no so many sites cover more */
    bool is_optimal;
};

/* From the forced sites alone to as many as cover all that can be covered. */
struct plan_frontier {
    size_t n;
    struct plan_frontier_point *points;
    int32_t *sites; /* what the points point to */
};

void plan_frontier_free(struct plan_frontier *frontier); /* accepts NULL; frees the struct itself too */

/* n_sites of the request does not matter. Returns as plan_in_house_propose. */
om_status plan_frontier_compute(om_context *ctx, const struct plan_case *input,
                                const struct plan_evaluation *evaluation,
                                const struct plan_site_request *request, struct plan_frontier **out);

/* Both at once, which costs hardly more than the frontier alone; max_seconds is for both together. */
om_status plan_sites_answer(om_context *ctx, const struct plan_case *input,
                            const struct plan_evaluation *evaluation, const struct plan_site_request *request,
                            struct plan_in_house **in_house, struct plan_frontier **frontier);

/* One more supplier, who is nowhere yet, opens an office at a seat. */
struct plan_opening {
    int32_t municipality;   /* whose seat */
    double job_seekers;     /* who get a choice by it; unknown ones left out */
    int32_t n;              /* their municipalities */
    double job_seekers_one; /* who get their only supplier by it */
};

/* The offices that would give somebody a choice, most job seekers first, then by code. *out is owned by the
 * caller (om_free). */
om_status plan_openings_rank(om_context *ctx, const struct plan_case *input,
                             const struct plan_evaluation *evaluation, struct plan_opening **out, size_t *n);

#endif

/*
 * Equity: how evenly the way to a supplier is spread over job seekers, in the country, by density, by group
 * of municipalities and by county.
 *
 * Every municipality counts with its job seekers; one whose job seekers are unknown is left out. Those who
 * reach no supplier inside their area, however long they travel, come after everybody who does: a percentile
 * that falls among them is unreachable (NAN), never a large number, and so a plan that cuts people off does
 * not look better for it.
 */
#ifndef PLANNER_EQUITY_H
#define PLANNER_EQUITY_H

#include "geo/status.h"

#include <stddef.h>
#include <stdint.h>

enum plan_equity_grouping {
    PLAN_EQUITY_COUNTRY, /* everybody */
    PLAN_EQUITY_DENSITY, /* enum plan_density */
    PLAN_EQUITY_GROUP,   /* regions of kind "group", such as a grouping of municipalities by type */
    PLAN_EQUITY_COUNTY,  /* regions of kind "county" */
    PLAN_EQUITY_GROUPINGS,
};
extern const char *const plan_equity_grouping_names[PLAN_EQUITY_GROUPINGS]; /* "country", "density", … */

/* By inhabitants per km²: sparse is below the rules' share of the national mean, medium up to the mean. */
enum plan_density { PLAN_DENSITY_SPARSE, PLAN_DENSITY_MEDIUM, PLAN_DENSITY_DENSE, PLAN_DENSITIES };
extern const char *const plan_density_names[PLAN_DENSITIES]; /* "sparse", "medium", "dense" */

enum plan_equity_target { PLAN_EQUITY_NEAREST, PLAN_EQUITY_SECOND, PLAN_EQUITY_TARGETS };
extern const char *const plan_equity_target_names[PLAN_EQUITY_TARGETS]; /* "nearest", "second" supplier */

enum { PLAN_EQUITY_PERCENTILES = 5 };
extern const int plan_equity_percentiles[PLAN_EQUITY_PERCENTILES]; /* 10, 25, 50, 75, 90 */

struct plan_spread {
    double percentile_s[PLAN_EQUITY_PERCENTILES]; /* the least time within which that share of job seekers is;
                                                     NAN: unreachable */
    double unreachable_share;                     /* of job seekers; NAN when there are none */
    /* Gini coefficient of the times of those who reach one: 0 when all travel alike, towards 1 when a few do
     * all the travelling; 0 when nobody travels, NAN when nobody reaches one. */
    double gini;
};

struct plan_equity_group {
    enum plan_equity_grouping grouping;
    int32_t index; /* the density class, or the region of the partition; 0 for the country */
    int32_t n_municipalities;
    double job_seekers; /* known */
    struct plan_spread spread[PLAN_EQUITY_TARGETS];
};

struct plan_equity {
    size_t n_groups;
    struct plan_equity_group *groups; /* by grouping, then index; those without municipalities left out */
};

void plan_equity_free(struct plan_equity *equity); /* accepts NULL; frees the struct itself too */

struct plan_case;
struct plan_evaluation;

/* Of the nearest and second suppliers that the evaluation names. OM_NO_MEMORY. */
om_status plan_equity_compute(om_context *ctx, const struct plan_case *input,
                              const struct plan_evaluation *evaluation, struct plan_equity **out);

#endif

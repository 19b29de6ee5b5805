/*
 * The integer programs of plan_allocation_solve and its like: a column for each site, then one for each pair
 * of a need and a site that can take it.
 */
#ifndef PLANNER_ALLOCATION_PROGRAM_INTERNAL_H
#define PLANNER_ALLOCATION_PROGRAM_INTERNAL_H

#include "allocation_internal.h"
#include "packing_internal.h"

/* A site that can take a need. */
struct plan_pairing {
    size_t need, site;
};

/* One search: the problem and the best answer so far. */
struct plan_allocation {
    const struct plan_cover *cover; /* borrowed */
    struct plan_packing packing;
    size_t n_pairs;
    struct plan_pairing *pairs; /* of needs with load, by need */
    double total;               /* load of all needs */
    bool *chosen;               /* the best answer so far … */
    int32_t *site_of;           /* … of each need */
    double load, most_load;     /* that it serves; that any could */
    bool *trial;                /* another answer, while it is looked at */
    int32_t *trial_of;
    int32_t *left_out;     /* of each need, for the start */
    bool *enough;          /* sites that would do without capacities … */
    size_t least_without;  /* … and how many at least; 0 where not everybody has room */
    bool is_light_covered; /* needs without load must be */
    bool is_optimal;
    size_t least_sites;
    double unit;    /* costs are multiplied by it, so that none is over 1 in a program */
    int *columns;   /* of a row; n_sites + n_pairs + 2 */
    double *values; /* the same */
    double *best;   /* of the binary columns; n_sites + n_pairs */
    /* for plan_allocation_most */
    size_t first, n_coverages;
    struct plan_coverage *coverages;
};

om_status plan_allocation_init(om_context *ctx, const struct plan_cover *cover, struct plan_allocation *out);
void plan_allocation_done(struct plan_allocation *allocation); /* also after init has failed */

size_t plan_allocation_count(const struct plan_allocation *allocation, const bool *chosen);
/* The trial becomes the best answer so far; it serves so much. */
void plan_allocation_keep(struct plan_allocation *allocation, double load);

/* A start for the fewest sites that serve allocation->load, from the best answer so far: few sites, found by
 * closing, opening and swapping them while the program has time. */
void plan_allocation_begin(struct plan_allocation *allocation, const struct plan_mip *mip);

/* What a program minimises. */
enum plan_allocation_goal { PLAN_MOST_LOAD, PLAN_FEWEST_SITES, PLAN_LEAST_COST };

/* A new program; with another goal than the most load it serves as much as allocation->load. */
void plan_allocation_start(struct plan_allocation *allocation, struct plan_mip *mip,
                           enum plan_allocation_goal goal);
void plan_allocation_fix_number(struct plan_mip *mip, size_t n_sites);
void plan_allocation_fix_sites(const struct plan_allocation *allocation, struct plan_mip *mip,
                               const bool *chosen);

/* A row over the sites of `chosen`, of which fewer must be open; returns it. */
int plan_allocation_exclude(struct plan_allocation *allocation, struct plan_mip *mip, const bool *chosen);

/* The solver's answer into allocation->trial and the load it serves; false where rounding has put more into a
 * site than it has room for. */
bool plan_allocation_read(struct plan_allocation *allocation, const struct plan_mip *mip, double *load);

#endif

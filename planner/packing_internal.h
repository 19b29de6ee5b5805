/*
 * Needs put into sites with capacities one after the other, heaviest first: quick, and often as good as can
 * be.
 */
#ifndef PLANNER_PACKING_INTERNAL_H
#define PLANNER_PACKING_INTERNAL_H

#include "cover_internal.h"

#include <stdint.h>

struct plan_packing {
    const struct plan_cover *cover; /* with loads and capacities; borrowed */
    size_t n_loads, *order;         /* the needs with load, heaviest first */
    double *room;                   /* of each site */
    int32_t *trial;                 /* of each need */
    size_t *open, n_open;           /* the sites that are */
    double work;                    /* pairs of a need and an open site looked at so far */
};

om_status plan_packing_init(om_context *ctx, const struct plan_cover *cover, struct plan_packing *out);
void plan_packing_done(struct plan_packing *packing);

/* Whether the need is in reach of as many open sites as must cover it. */
bool plan_packing_is_covered(const struct plan_cover *cover, const bool *open, size_t need);

/* Whether every need without load is covered. */
bool plan_packing_covers_light(const struct plan_cover *cover, const bool *open);

/* Fills site_of[need] (-1: it does not fit, or has no load) and returns the load that is served. */
double plan_pack(struct plan_packing *packing, const bool *open, int32_t *site_of);

#endif

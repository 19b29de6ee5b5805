/*
 * The parts of a search: what it starts from.
 */
#ifndef PLANNER_SEARCH_INTERNAL_H
#define PLANNER_SEARCH_INTERNAL_H

#include "walk_internal.h"

#include "planner/search.h"

/* The plan that the walks begin with, by slots. */
struct plan_search_start {
    size_t n_slots;
    int32_t *area_of;
    bool *may_be_discontiguous, *is_locked_area; /* per slot */
};

/* OM_BAD_DATA when no plan at all can keep the limits. */
om_status plan_search_check_limits(om_context *ctx, const struct plan_ground *ground);

om_status plan_search_start_new(om_context *ctx, const struct plan_ground *ground,
                                const struct plan_search_options *options, struct plan_search_start *out);
void plan_search_start_done(struct plan_search_start *start);

#endif

/*
 * What zones keep for themselves: who stands at a border, and room for the searches of plan_zones_may_leave.
 */
#ifndef PLANNER_ZONES_INTERNAL_H
#define PLANNER_ZONES_INTERNAL_H

#include "adjacency_internal.h"

/* One of the searches that start around a municipality. */
struct plan_ring_search {
    int32_t head, tail;  /* of its queue, linked through next_in_queue */
    int32_t joined_with; /* the search it has met, or itself */
    int32_t n_active;    /* of those joined: searches with something left in the queue */
};

struct plan_zones_scratch {
    int32_t *n_foreign, *border_place;
    /* seen[m] >= first_stamp: m was found by search seen[m] - first_stamp */
    uint32_t *seen;
    uint32_t next_stamp;
    int32_t *next_in_queue;
    struct plan_ring_search *searches; /* most_neighbours of them */
};

struct plan_zones_scratch *plan_zones_scratch_new(const struct plan_adjacency *adjacency);
void plan_zones_scratch_free(struct plan_zones_scratch *scratch); /* accepts NULL */

#endif

/*
 * Who borders whom, and for each municipality the ring around it: its neighbours, then those that are
 * neighbours of at least two of them. In a map the ring closes around the municipality, so that an area that
 * holds together around it usually does so within the ring; but the ring is only a set of municipalities and
 * what is connected within it is connected, whatever the map looks like, declared links included.
 */
#ifndef PLANNER_ADJACENCY_INTERNAL_H
#define PLANNER_ADJACENCY_INTERNAL_H

#include "planner/zones.h"

enum { PLAN_RING_SIZE = 32 }; /* bits of a mask */

struct plan_ring_place {
    int32_t municipality;
    uint32_t connected; /* bit i: connected to place i of the same ring */
};

struct plan_adjacency {
    size_t n;
    int32_t most_neighbours;
    uint32_t *first_neighbour; /* neighbours of m: first_neighbour[m] .. first_neighbour[m + 1] - 1 */
    int32_t *neighbour;        /* sorted */
    int32_t *border_m;         /* of each, rounded to metres; 0 for a declared link */
    /* the ring of m: ring[first_place[m] .. first_place[m + 1] - 1]; the neighbours come first, in order. A
     * municipality with more than PLAN_RING_SIZE neighbours has no ring. */
    uint32_t *first_place;
    struct plan_ring_place *ring;
};

static inline int32_t plan_adjacency_degree(const struct plan_adjacency *adjacency, int32_t m)
{
    return (int32_t)(adjacency->first_neighbour[m + 1] - adjacency->first_neighbour[m]);
}

#endif

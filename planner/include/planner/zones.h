/*
 * Areas under change: which municipality is in which area, who stands at a border, and whether an area stays
 * in one piece when a municipality leaves it. Knows nothing of suppliers or rules; planner/draft.h adds the
 * judgement.
 *
 * Areas are slots 0 .. n_slots-1, some of them empty. Connections are borders and declared links. What a
 * search asks at every step takes constant or nearly constant time, whatever the number of municipalities.
 */
#ifndef PLANNER_ZONES_H
#define PLANNER_ZONES_H

#include "planner/plan.h"

typedef struct plan_adjacency plan_adjacency;

/* The neighbours of every municipality, arranged for quick questions. Shared by any number of zones and
 * threads. The territory may be freed afterwards. */
om_status plan_adjacency_new(om_context *ctx, const struct plan_territory *territory, plan_adjacency **out);
void plan_adjacency_free(plan_adjacency *adjacency); /* accepts NULL */

struct plan_zone {
    int32_t n_members;
    int32_t first_member; /* PLAN_NOWHERE when empty; then next_member[m] … until PLAN_NOWHERE */
};

struct plan_zones {
    const plan_adjacency *adjacency; /* borrowed */
    size_t n, n_slots;
    int32_t n_areas;  /* slots that are not empty */
    int32_t *area_of; /* read only; plan_zones_move changes it */
    struct plan_zone *zones;
    int32_t *next_member, *previous_member;
    /* municipalities with a neighbour in another area: border[0 .. n_border-1], in no order */
    int32_t n_border;
    int32_t *border;
    struct plan_zones_scratch *scratch;
};

/* area_of has a slot below n_slots for every municipality. */
om_status plan_zones_new(om_context *ctx, const plan_adjacency *adjacency, const int32_t *area_of,
                         size_t n_slots, struct plan_zones **out);
void plan_zones_free(struct plan_zones *zones); /* accepts NULL */

/* Neighbours of m, sorted; *n of them. */
const int32_t *plan_zones_neighbours(const struct plan_zones *zones, int32_t m, int32_t *n);

/* A neighbouring area of m, chosen by `number` (any value); PLAN_NOWHERE when m has none. */
int32_t plan_zones_foreign_area(const struct plan_zones *zones, int32_t m, uint32_t number);

/* How much more border there is between areas, in metres, when m goes to another one. */
int64_t plan_zones_border_change_m(const struct plan_zones *zones, int32_t m, int32_t area);
/* Length of the border of m with all other areas, in metres. */
int64_t plan_zones_foreign_border_m(const struct plan_zones *zones, int32_t m);

/*
 * Whether the area of m has no more pieces without m than with it. First the ring of nearby municipalities
 * around m is asked: if m's neighbours in the area are connected within the ring, that is proof. Otherwise
 * searches start from each unconnected part of the ring, a step in turn, until all have met or one has found
 * everything it can reach.
 */
bool plan_zones_may_leave(const struct plan_zones *zones, int32_t m);

/* Moves m to another area. Takes time in proportion to m's neighbours. */
void plan_zones_move(struct plan_zones *zones, int32_t m, int32_t area);

#endif

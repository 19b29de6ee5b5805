/*
 * On a map of many thousands of municipalities, crossings drawn from all over it find nothing of what they
 * ask for near the processor. A walk on such a map therefore looks at one place for some thousand steps, then
 * at another. Places are chosen as likely as they have municipalities at borders, so that over time each of
 * these is drawn about as often as if they were drawn from the whole map.
 */
#ifndef PLANNER_FOCUS_INTERNAL_H
#define PLANNER_FOCUS_INTERNAL_H

#include "random_internal.h"

#include "planner/zones.h"

enum { PLAN_FOCUS_SIZE = 256 };

struct plan_focus {
    size_t n_municipalities; /* of the map */
    int32_t near[PLAN_FOCUS_SIZE];
    int32_t n;
    uint32_t n_left; /* drawings until it turns elsewhere */
    uint32_t *seen;  /* per municipality: == stamp: it is near */
    uint32_t stamp;
};

struct plan_focus *plan_focus_new(size_t n);    /* NULL: no memory */
void plan_focus_free(struct plan_focus *focus); /* accepts NULL */

/* A municipality at a border; there must be one. */
int32_t plan_focus_draw(struct plan_focus *focus, const struct plan_zones *zones, struct plan_random *random);

/* It has turned so lately that much of what is there has not been looked at. */
bool plan_focus_is_fresh(const struct plan_focus *focus);

#endif

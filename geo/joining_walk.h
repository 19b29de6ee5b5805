/*
 * The walk that joins two points by way of a station both can use.
 */
#ifndef GEO_JOINING_WALK_H
#define GEO_JOINING_WALK_H

#include "geo/travel_time.h"

struct joining_walk {
    uint32_t access, egress; /* into the points' lists */
    int32_t duration_s;      /* TIME_NEVER when the points do not meet */
};

/* The shortest one, the first of equals. */
struct joining_walk joining_walk(const geo_timetable *timetable, const struct geo_point *from,
                                 const struct geo_point *to);

#endif

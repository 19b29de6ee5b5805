/*
 * The part of a timetable that matters between given points, ready to be searched.
 */
#ifndef GEO_REDUCTION_H
#define GEO_REDUCTION_H

#include "router.h"

struct point_set {
    size_t n;
    const struct geo_point *points;
};

/* A timetable of the calls that matter and their places; the same trips, patterns and stops. */
struct reduction {
    geo_timetable *timetable; /* stops without a call that matters have no place */
    struct destinations destinations;
};

/* For searches from `starts` to `ends`. Borrows the whole timetable. */
om_status reduction_init(om_context *ctx, const geo_timetable *whole, struct point_set starts,
                         struct point_set ends, struct reduction *out);
void reduction_done(struct reduction *reduction);

#endif

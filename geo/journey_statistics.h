/*
 * The statistics of one ordered pair, in seconds, from its Pareto-optimal journeys.
 */
#ifndef GEO_JOURNEY_STATISTICS_H
#define GEO_JOURNEY_STATISTICS_H

#include "geo/travel_time.h"

/* Room for sorting, reused from pair to pair. */
struct statistics_space {
    int32_t *values;
    size_t capacity;
};

/* Enough for a window and n journeys; false when memory is out. */
bool statistics_reserve(struct statistics_space *space, const struct geo_window *window, size_t n_journeys);
void statistics_done(struct statistics_space *space);

/* How many minutes a window samples. */
size_t statistics_minutes(const struct geo_window *window);

/*
 * walk_s: the walk that joins the points, INT32_MAX when none does. journeys: that walk first, if there is
 * one, then the rides by rising departure, none dominated. after_s: the earliest arrival of a ride that
 * departs after the window, INT32_MAX when there is none. limit_s: the longest time under way that counts,
 * INT32_MAX when all does; no journey and no walk exceeds it.
 */
void statistics_of(const struct geo_journey *journeys, size_t n, int32_t after_s, int32_t walk_s,
                   int32_t limit_s, const struct geo_window *window, struct statistics_space *space,
                   struct geo_travel_time *out);

#endif

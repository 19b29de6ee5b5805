/*
 * Which way the search runs, and of which end of the journeys the window is.
 *
 * A search finds ways from a point; on a mirrored timetable, ways to it. Statistics are of a window of
 * departures; those of a window of arrivals are the same in the mirror. Where the two differ, the journeys
 * found are mirrored before the statistics look at them.
 */
#ifndef GEO_DIRECTION_H
#define GEO_DIRECTION_H

#include "router.h"

struct direction {
    bool is_search_mirrored;     /* searches start at the destinations */
    bool is_window_mirrored;     /* arrivals are asked for */
    struct geo_window window;    /* of departures, as the statistics see time */
    struct route_options search; /* as the search sees it */
};

struct direction direction_of(const geo_timetable *timetable, const struct geo_matrix_options *options);

/* The journeys of a pair as the statistics want them (see statistics_of). */
struct pair_journeys {
    struct geo_journey *items; /* freed by the owner with om_free */
    size_t n, capacity;
    int32_t after_s;
};

/* Between the point that was searched from and a destination of the search, walk_s apart on foot (TIME_NEVER:
 * they are not joined). Replaces the list; false when memory is out. */
bool direction_list(const struct direction *direction, const route_search *search, size_t destination,
                    int32_t walk_s, struct pair_journeys *list);

/* From time as the statistics see it to true time. Journeys keep the order of the clock. */
void direction_restore_journeys(const struct direction *direction, struct pair_journeys *list);
void direction_restore_times(const struct direction *direction, struct geo_travel_time *times);

#endif

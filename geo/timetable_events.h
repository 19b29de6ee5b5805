/*
 * A built timetable, event by event: what one reads of it without knowing how it lies in memory.
 */
#ifndef GEO_TIMETABLE_EVENTS_H
#define GEO_TIMETABLE_EVENTS_H

#include "timetable_internal.h"

/* A call of a trip, by pattern. */
struct event {
    uint32_t pattern, trip, position;
};

static inline const struct pattern *pattern_of(const geo_timetable *timetable, struct event at)
{
    return &timetable->patterns[at.pattern];
}

static inline uint32_t call_of(const geo_timetable *timetable, struct event at)
{
    return pattern_of(timetable, at)->first_position + at.position;
}

static inline uint32_t place_of(const geo_timetable *timetable, struct event at)
{
    return timetable->call_places[call_of(timetable, at)];
}

static inline bool has_flag(const geo_timetable *timetable, struct event at, uint8_t flag)
{
    return timetable->call_flags[call_of(timetable, at)] & flag;
}

static inline int32_t departure_s(const geo_timetable *timetable, struct event at)
{
    const struct pattern *pattern = pattern_of(timetable, at);
    return trip_departure_s(timetable, pattern, at.trip, at.position);
}

static inline int32_t arrival_s(const geo_timetable *timetable, struct event at)
{
    const struct pattern *pattern = pattern_of(timetable, at);
    return trip_arrival_s(timetable, pattern, at.trip, at.position);
}

/* The trip among those of all patterns, one after the other. */
static inline uint32_t index_of(const geo_timetable *timetable, struct event at)
{
    return pattern_of(timetable, at)->first_trip + at.trip;
}

/* The n-th way to board at a place, as an event of the pattern's first trip. */
static inline struct event visit_at(const geo_timetable *timetable, uint32_t visit)
{
    const struct pattern_visit *at = &timetable->visits[visit];
    return (struct event){at->pattern, 0, at->call - timetable->patterns[at->pattern].first_position};
}

/* The first trip of the pattern that departs at time_s or later; n_trips when none does. */
static inline uint32_t first_trip(const geo_timetable *timetable, struct event at, int32_t time_s)
{
    uint32_t low = 0, high = pattern_of(timetable, at)->n_trips;
    while (low < high) {
        at.trip = low + (high - low) / 2;
        if (departure_s(timetable, at) < time_s)
            low = at.trip + 1;
        else
            high = at.trip;
    }
    return low;
}

#endif

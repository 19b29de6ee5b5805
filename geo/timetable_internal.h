/*
 * The searchable form of a timetable, shared by the files that build it and the router.
 *
 * Places. A station is one place unless a transfer rule without trip or route names one of its stops; then
 * each of its stops is a place. The places of a station are consecutive.
 *
 * Patterns. Trips with the same places and the same boarding and alighting flags form a pattern, split so
 * that no trip overtakes another: in a pattern, a later trip is nowhere earlier. Trips that take the same
 * times from call to call share them and differ in when they start, so that the times of a network fit into a
 * cache.
 *
 * Changes. What a rule between particular trips or routes allows beyond the durations between places is
 * listed event by event (struct trip_change). What such a rule forbids is expressed the same way: the trip is
 * a pattern of its own, its position has CALL_FIRST_ONLY, and every permitted change into it is listed.
 */
#ifndef GEO_TIMETABLE_INTERNAL_H
#define GEO_TIMETABLE_INTERNAL_H

#include "geo/timetable.h"

#include "stop_grid.h"

#define TIME_BEFORE_ALL INT32_MIN

enum {
    CALL_BOARD = 1,
    CALL_ALIGHT = 2,
    CALL_FIRST_ONLY = 4, /* boarded as the first trip of a journey, or by a listed change */
    CALL_CHANGES = 8,    /* some listed change leaves from here */
    CALL_THROUGH = 16,   /* changing here gains nothing, except by a listed change; see relevant_calls.h */
};

struct place_edge {
    uint32_t to;
    int32_t duration_s;
};

/* A call of a pattern at a place where somebody may board. */
struct pattern_visit {
    uint32_t pattern, call;
};

/* A trip: when it starts, and the first of its pattern's n_positions times. */
struct trip_start {
    int32_t time_s;
    uint32_t first_time; /* into times */
};

struct pattern {
    uint32_t first_position; /* into call_places and call_flags */
    uint32_t first_trip;     /* into trips and trip_of */
    uint16_t n_positions, n_trips;
    bool has_changes;            /* some listed change leaves it */
    struct trip_start last_trip; /* likewise in trips: whoever is too late for it is too late for all */
};

/* Of a call, since the trip's start. */
struct call_time {
    int32_t arrival_s, departure_s;
};

/* What continues from a place; up to where it does so is said by the next place. */
struct place_links {
    int32_t change_s;     /* of a change at the same place; TIME_NEVER when forbidden */
    uint32_t edge_first;  /* into edges */
    uint32_t visit_first; /* into visits */
};

/* From trip `trip` of the pattern that owns the position into one other trip at one position. */
struct trip_change {
    uint32_t trip;
    uint32_t to_pattern, to_trip, to_position;
};

struct geo_timetable {
    size_t n_stops, n_stations, n_trips, n_on_demand_trips;
    bool is_mirrored; /* its times are minus the true ones */
    uint32_t *stop_station;
    uint32_t *station_first; /* n_stations + 1, into station_stops */
    uint32_t *station_stops;
    bool *station_served;
    struct stop_grid grid;

    size_t n_places;
    uint32_t *station_place; /* n_stations + 1 */
    uint32_t *stop_place;
    int32_t *place_change_s;  /* of a change at the same place; TIME_NEVER when forbidden */
    uint32_t *edge_first;     /* n_places + 1 */
    struct place_edge *edges; /* by `to` within a place; never to the place itself */

    size_t n_patterns, n_positions;
    struct pattern *patterns;
    uint32_t *call_places;
    uint8_t *call_flags;
    size_t n_pattern_trips;
    struct trip_start *trips; /* in pattern order */
    uint32_t *trip_of;        /* likewise: index into the input */
    size_t n_times;
    struct call_time *times;
    struct place_links *links;    /* n_places + 1 */
    struct pattern_visit *visits; /* calls at a place where somebody may board */
    size_t n_visits;

    size_t n_changes;
    uint32_t *change_first;      /* n_positions + 1; NULL without changes */
    struct trip_change *changes; /* by falling trip within a position */

    struct geo_keeper keeper; /* of the arrays above, when they are kept elsewhere; timetable_arrays.c */
};

/* A call of a trip at which something happens, in terms of the input. */
struct trip_call {
    uint32_t trip, call; /* call counts from 0 within the trip */
};

/* The departure of a pattern's trip at a position. */
static inline int32_t trip_departure_s(const geo_timetable *timetable, const struct pattern *pattern,
                                       uint32_t trip, uint32_t position)
{
    struct trip_start start = timetable->trips[pattern->first_trip + trip];
    return start.time_s + timetable->times[start.first_time + position].departure_s;
}

static inline int32_t trip_arrival_s(const geo_timetable *timetable, const struct pattern *pattern,
                                     uint32_t trip, uint32_t position)
{
    struct trip_start start = timetable->trips[pattern->first_trip + trip];
    return start.time_s + timetable->times[start.first_time + position].arrival_s;
}

/* One permitted change from call to call, found while building. */
struct call_change {
    struct trip_call from, to;
};

/* Changes that follow no duration between places; closed[] are the calls that take listed changes only. */
struct call_changes {
    struct call_change *items;
    size_t n, capacity;
    struct trip_call *closed;
    size_t n_closed, closed_capacity;
};

struct transfer_rules;

/* Fills places, edges and place_change_s. footpath.c */
om_status timetable_build_places(om_context *ctx, const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options,
                                 const struct transfer_rules *rules, geo_timetable *timetable);

/* What a change without extra cost takes: the smallest change time in a station, the walk between two. */
int32_t timetable_plain_change_s(const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options, const geo_timetable *timetable,
                                 uint32_t from_stop, uint32_t to_stop);

/* Seconds to change between two stops by the durations between places; TIME_NEVER when impossible. */
int32_t timetable_place_change_s(const geo_timetable *timetable, uint32_t from_stop, uint32_t to_stop);

/* Finds what rules with trips or routes change. The arrays are the caller's, also on failure. trip_changes.c
 */
om_status timetable_find_changes(om_context *ctx, const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options,
                                 const struct transfer_rules *rules, const geo_timetable *timetable,
                                 struct call_changes *out);

/* Groups trips into patterns and lists the changes at their positions. patterns.c */
om_status timetable_build_patterns(om_context *ctx, const struct geo_timetable_input *input,
                                   const struct call_changes *changes, geo_timetable *timetable);

#endif

/*
 * Which rides make up a journey whose departure, arrival and transfers are known.
 *
 * A search by rounds as the router's, but from one departure only and up to one arrival, so that little is
 * reached, and every arrival keeps where it came from. Trips are boarded one by one.
 */
#ifndef GEO_JOURNEY_TRACE_H
#define GEO_JOURNEY_TRACE_H

#include "geo/journey.h"
#include "timetable_events.h"

#define NONE UINT32_MAX

/* How one came to board a trip: from the origin, or by a change from an arrival. */
struct boarding {
    struct event at;
    uint32_t arrival; /* NONE: from the origin … */
    uint32_t access;  /* … by this item of its access */
    enum geo_change_kind change;
    int32_t ready_s;
    int32_t walk_s; /* of the whole way until here */
};

struct arrival {
    uint32_t boarding;
    uint32_t position; /* of the boarding's trip */
    int32_t time_s, walk_s;
};

struct tracing {
    const geo_timetable *timetable;
    const struct geo_point *from, *to;
    const struct geo_journey *journey;
    struct boarding *boardings; /* of all rounds */
    struct arrival *arrivals;
    size_t n_boardings, n_arrivals, boarding_capacity, arrival_capacity;
    uint32_t *earliest; /* per place: the earliest arrival, the one with less walking of equal ones; NONE */
    uint32_t *ridden;   /* per trip, by index_of: from which position on in earlier rounds; NONE */
    uint32_t *reached;  /* places with a new earliest arrival in this round */
    size_t n_reached;
    bool *is_reached;
    bool no_memory;
};

/* Starts as {.timetable, .from, .to, .journey}, all borrowed. False, with no_memory, when memory is out; done
 * also then. */
bool tracing_init(struct tracing *tracing);
void tracing_done(struct tracing *tracing);

/* The last arrival of the journey, and the item of the destination's access it walks on by. False when there
 * is no such journey, or with no_memory. */
bool trace(struct tracing *tracing, uint32_t *arrival, uint32_t *egress);

#endif

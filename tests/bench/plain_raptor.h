/*
 * A plain range RAPTOR, as a yardstick for the router: the textbook's loops over the whole timetable, arrival
 * times only, one label for each place. Nothing is tuned, so what the router takes beside it says more than
 * milliseconds of some machine.
 *
 * It knows no changes between particular trips: for timetables without any.
 */
#ifndef OMLAND_PLAIN_RAPTOR_H
#define OMLAND_PLAIN_RAPTOR_H

#include "timetable_internal.h"

#include "geo/memory.h"

#include <stdlib.h>

#define NOT_QUEUED UINT16_MAX

/* A pattern's trips, written out: departure and arrival of trip t at position i are at t * n_positions + i.
 */
struct plain_times {
    int32_t *arrivals_s, *departures_s;
};

struct plain_raptor {
    const geo_timetable *timetable;
    struct plain_times *patterns;
    int32_t *ride_s;  /* per place: arrival on a vehicle */
    int32_t *ready_s; /* for the next trip */
    int32_t *end_s;   /* arrival on a vehicle or on foot from there */
    uint16_t *queued; /* per pattern: first position to scan from */
    uint32_t *queue, *reached, *ready;
    bool *is_reached, *is_ready;
    size_t n_queue, n_reached, n_ready;
    size_t n_visits; /* counted: positions scanned */
};

static void *plain_alloc(size_t n, size_t size)
{
    void *block = om_alloc(n, size);
    if (!block)
        exit(EXIT_FAILURE);
    return block;
}

static struct plain_times plain_times(const geo_timetable *timetable, const struct pattern *pattern)
{
    size_t n = (size_t)pattern->n_trips * pattern->n_positions;
    struct plain_times out = {plain_alloc(n, sizeof *out.arrivals_s),
                              plain_alloc(n, sizeof *out.departures_s)};
    for (uint32_t trip = 0; trip < pattern->n_trips; trip++)
        for (uint32_t i = 0; i < pattern->n_positions; i++) {
            size_t at = (size_t)trip * pattern->n_positions + i;
            out.arrivals_s[at] = trip_arrival_s(timetable, pattern, trip, i);
            out.departures_s[at] = trip_departure_s(timetable, pattern, trip, i);
        }
    return out;
}

static struct plain_raptor plain_raptor_init(const geo_timetable *timetable)
{
    size_t n_places = timetable->n_places, n_patterns = timetable->n_patterns;
    struct plain_raptor raptor = {
        .timetable = timetable,
        .patterns = plain_alloc(n_patterns, sizeof *raptor.patterns),
        .ride_s = plain_alloc(n_places, sizeof *raptor.ride_s),
        .ready_s = plain_alloc(n_places, sizeof *raptor.ready_s),
        .end_s = plain_alloc(n_places, sizeof *raptor.end_s),
        .queued = plain_alloc(n_patterns, sizeof *raptor.queued),
        .queue = plain_alloc(n_patterns, sizeof *raptor.queue),
        .reached = plain_alloc(n_places, sizeof *raptor.reached),
        .ready = plain_alloc(n_places, sizeof *raptor.ready),
        .is_reached = plain_alloc(n_places, sizeof *raptor.is_reached),
        .is_ready = plain_alloc(n_places, sizeof *raptor.is_ready),
    };
    for (size_t i = 0; i < n_patterns; i++) {
        raptor.patterns[i] = plain_times(timetable, &timetable->patterns[i]);
        raptor.queued[i] = NOT_QUEUED;
    }
    return raptor;
}

static void plain_raptor_done(struct plain_raptor *raptor)
{
    for (size_t i = 0; i < raptor->timetable->n_patterns; i++) {
        om_free(raptor->patterns[i].arrivals_s);
        om_free(raptor->patterns[i].departures_s);
    }
    void *const blocks[] = {raptor->patterns, raptor->ride_s,    raptor->ready_s, raptor->end_s,
                            raptor->queued,   raptor->queue,     raptor->reached, raptor->ready,
                            raptor->is_ready, raptor->is_reached};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
}

/* Forgets earlier departures. */
static void plain_raptor_begin(struct plain_raptor *raptor)
{
    for (size_t i = 0; i < raptor->timetable->n_places; i++)
        raptor->ride_s[i] = raptor->ready_s[i] = raptor->end_s[i] = TIME_NEVER;
}

static void plain_be_ready(struct plain_raptor *raptor, uint32_t place, int32_t time_s)
{
    if (time_s >= raptor->ready_s[place])
        return;
    raptor->ready_s[place] = time_s;
    if (!raptor->is_ready[place])
        raptor->ready[raptor->n_ready++] = place;
    raptor->is_ready[place] = true;
}

static void plain_end(struct plain_raptor *raptor, uint32_t place, int32_t time_s)
{
    if (time_s < raptor->end_s[place])
        raptor->end_s[place] = time_s;
}

/* The patterns that call where somebody became ready. */
static void plain_queue(struct plain_raptor *raptor)
{
    const geo_timetable *timetable = raptor->timetable;
    for (size_t i = 0; i < raptor->n_ready; i++) {
        const struct place_links *links = &timetable->links[raptor->ready[i]];
        for (uint32_t v = links->visit_first; v < links[1].visit_first; v++) {
            uint32_t pattern = timetable->visits[v].pattern;
            uint16_t position =
                (uint16_t)(timetable->visits[v].call - timetable->patterns[pattern].first_position);
            if (raptor->queued[pattern] == NOT_QUEUED)
                raptor->queue[raptor->n_queue++] = pattern;
            if (position < raptor->queued[pattern])
                raptor->queued[pattern] = position;
        }
        raptor->is_ready[raptor->ready[i]] = false;
    }
    raptor->n_ready = 0;
}

/* The first trip that leaves a position at time_s or later: n_trips when none does. */
static uint32_t plain_first_trip(const int32_t *departures_s, uint32_t n_positions, uint32_t n_trips,
                                 int32_t time_s)
{
    uint32_t low = 0, high = n_trips;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (departures_s[(size_t)middle * n_positions] < time_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Likewise for somebody aboard of `trip`, who changes to an earlier one only. */
static uint32_t plain_earlier_trip(const int32_t *departures_s, uint32_t n_positions, uint32_t trip,
                                   int32_t time_s)
{
    while (trip > 0 && departures_s[(size_t)(trip - 1) * n_positions] >= time_s)
        trip--;
    return trip;
}

static void plain_alight(struct plain_raptor *raptor, uint32_t place, int32_t time_s)
{
    if (time_s >= raptor->ride_s[place])
        return;
    raptor->ride_s[place] = time_s;
    if (!raptor->is_reached[place])
        raptor->reached[raptor->n_reached++] = place;
    raptor->is_reached[place] = true;
}

static void plain_scan(struct plain_raptor *raptor, uint32_t index)
{
    const struct pattern *pattern = &raptor->timetable->patterns[index];
    const uint32_t *places = &raptor->timetable->call_places[pattern->first_position];
    const uint8_t *flags = &raptor->timetable->call_flags[pattern->first_position];
    const struct plain_times *times = &raptor->patterns[index];
    const uint32_t n = pattern->n_positions;
    uint32_t trip = pattern->n_trips;
    raptor->n_visits += n - raptor->queued[index];
    for (uint32_t i = raptor->queued[index]; i < n; i++) {
        uint32_t place = places[i];
        if (trip < pattern->n_trips && flags[i] & CALL_ALIGHT)
            plain_alight(raptor, place, times->arrivals_s[(size_t)trip * n + i]);
        int32_t ready_s = raptor->ready_s[place];
        if (!(flags[i] & CALL_BOARD) || ready_s == TIME_NEVER)
            continue;
        trip = trip < pattern->n_trips ? plain_earlier_trip(&times->departures_s[i], n, trip, ready_s)
                                       : plain_first_trip(&times->departures_s[i], n, trip, ready_s);
    }
    raptor->queued[index] = NOT_QUEUED;
}

static void plain_walk(struct plain_raptor *raptor)
{
    const geo_timetable *timetable = raptor->timetable;
    for (size_t i = 0; i < raptor->n_reached; i++) {
        uint32_t place = raptor->reached[i];
        const struct place_links *links = &timetable->links[place];
        int32_t time_s = raptor->ride_s[place];
        plain_end(raptor, place, time_s);
        if (links->change_s != TIME_NEVER)
            plain_be_ready(raptor, place, time_s + links->change_s);
        for (uint32_t e = links->edge_first; e < links[1].edge_first; e++) {
            const struct place_edge *edge = &timetable->edges[e];
            plain_end(raptor, edge->to, time_s + edge->duration_s);
            plain_be_ready(raptor, edge->to, time_s + edge->duration_s);
        }
        raptor->is_reached[place] = false;
    }
    raptor->n_reached = 0;
}

/* Leaves the places first .. end - 1 at time_s; earlier calls have left no earlier. */
static void plain_raptor_leave(struct plain_raptor *raptor, uint32_t first, uint32_t end, int32_t time_s)
{
    for (uint32_t place = first; place < end; place++)
        plain_be_ready(raptor, place, time_s);
    while (raptor->n_ready) {
        plain_queue(raptor);
        for (size_t i = 0; i < raptor->n_queue; i++)
            plain_scan(raptor, raptor->queue[i]);
        raptor->n_queue = 0;
        plain_walk(raptor);
    }
}

#endif

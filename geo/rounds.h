/*
 * The rounds of a search: from the trips that begin a journey to all that they lead to, one more trip a
 * round.
 *
 * RAPTOR (Delling, Pajor, Werneck 2012): the patterns that call where somebody became ready are gone through
 * call by call, with the earliest trip caught so far. What is known stays from departure to departure, so
 * that an earlier departure only follows what it improves.
 */
#ifndef GEO_ROUNDS_H
#define GEO_ROUNDS_H

#include "timetable_internal.h"

/* No time of a checked timetable is as late. */
#define TIME_AFTER_ALL (1 << 30)

struct place_time {
    int32_t arrival_s; /* earliest, on a vehicle; TIME_NEVER when there is none */
    int32_t ready_s;   /* earliest time to board the next trip; likewise */
};

/* An arrival that has become earlier. */
struct improvement {
    uint32_t changes : 1; /* changing there may gain something */
    uint32_t place : 31;
};

struct rounds {
    const geo_timetable *timetable;
    int max_transfers; /* -1 = no limit */
    int32_t latest_s;  /* arrivals after it are not looked for */

    /*
     * What is known of each place. An arrival that a later departure reaches too is of no use to an earlier
     * one, so without a limit on transfers one layer serves all rounds; with a limit, layer k holds what is
     * reached with at most k transfers.
     */
    struct place_time **layers;
    size_t n_layers; /* in use */
    size_t n_allocated, layers_capacity;
    uint16_t round; /* of the trips being ridden: how many came before them */

    uint64_t *is_queued; /* bits, per pattern: somebody became ready at one of its calls */
    uint32_t *queue;     /* patterns to go through in this round */
    size_t n_queued;
    uint32_t *first_call; /* per pattern: the first call where somebody became ready; NO_CALL */
    uint16_t *caught;     /* per pattern: the trip last caught by somebody aboard of none */

    uint32_t *change_layer; /* per listed change: the lowest layer in which it was made */
    uint32_t *made_changes; /* in this round */
    size_t n_made;

    /* A place stands in a list as often as its time has become earlier in this round. */
    struct improvement *improved; /* where somebody arrives */
    size_t n_improved, improved_capacity;
    uint32_t *ready; /* where somebody is ready for the next trip */
    size_t n_ready;
};

/* Borrows the timetable. NULL when memory is out. */
struct rounds *rounds_new(const geo_timetable *timetable);
void rounds_free(struct rounds *rounds);

/* Forgets all that was found. False when memory is out. */
bool rounds_begin(struct rounds *rounds, int max_transfers);

/* Begins a journey with a trip of a visit's pattern; arrivals after rounds->latest_s are left out. False when
 * memory is out. */
bool rounds_depart(struct rounds *rounds, uint32_t visit, uint32_t trip);

/* Rides one more trip: from the arrivals in rounds->improved to those that it improves in turn. `improves` is
 * false when there are none of the former: the departure is over. False when memory is out. */
bool rounds_change(struct rounds *rounds, bool *improves);

/* With all transfers that are allowed. */
static inline int32_t rounds_arrival_s(const struct rounds *rounds, uint32_t place)
{
    return rounds->layers[rounds->n_layers - 1][place].arrival_s;
}

/* The first trip of a pattern, below `end`, that departs at a position at time_s or later; `end` when none
 * does. Sought from the end, since the trip before the one caught so far is often the one. */
uint32_t first_departure(const geo_timetable *timetable, const struct pattern *pattern, uint32_t position,
                         uint32_t end, int32_t time_s);

#endif

#include "rounds.h"

#include "geo/memory.h"

#include <string.h>

#define NEVER_CHANGED UINT32_MAX
#define NO_CALL UINT32_MAX

/* How far a loop fetches ahead: its items lie all over the memory. */
enum { AHEAD = 8, FAR_AHEAD = 16 };

enum { WORD_BITS = 64 };

static size_t n_words(const geo_timetable *timetable)
{
    return (timetable->n_patterns + WORD_BITS - 1) / WORD_BITS;
}

/* A place becomes ready in a round once by each way to it. */
static size_t most_ready(const geo_timetable *timetable)
{
    return timetable->n_places + timetable->edge_first[timetable->n_places];
}

struct rounds *rounds_new(const geo_timetable *timetable)
{
    struct rounds *rounds = om_alloc(1, sizeof *rounds);
    if (!rounds)
        return NULL;
    rounds->timetable = timetable;
    rounds->is_queued = om_alloc(n_words(timetable), sizeof *rounds->is_queued);
    rounds->queue = om_alloc(timetable->n_patterns, sizeof *rounds->queue);
    rounds->first_call = om_alloc(timetable->n_patterns, sizeof *rounds->first_call);
    rounds->caught = om_alloc(timetable->n_patterns, sizeof *rounds->caught);
    rounds->change_layer = om_alloc(timetable->n_changes, sizeof *rounds->change_layer);
    rounds->made_changes = om_alloc(timetable->n_changes, sizeof *rounds->made_changes);
    rounds->ready = om_alloc(most_ready(timetable), sizeof *rounds->ready);
    if (!rounds->is_queued || !rounds->queue || !rounds->first_call || !rounds->caught ||
        !rounds->change_layer || !rounds->made_changes || !rounds->ready) {
        rounds_free(rounds);
        return NULL;
    }
    for (size_t i = 0; i < timetable->n_patterns; i++)
        rounds->first_call[i] = NO_CALL;
    return rounds;
}

void rounds_free(struct rounds *rounds)
{
    if (!rounds)
        return;
    for (size_t i = 0; i < rounds->n_allocated; i++)
        om_free(rounds->layers[i]);
    void *const blocks[] = {
        rounds->layers,       rounds->is_queued,    rounds->queue,    rounds->first_call, rounds->caught,
        rounds->change_layer, rounds->made_changes, rounds->improved, rounds->ready,      rounds,
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
}

static bool allocate_layer(struct rounds *rounds)
{
    struct place_time **layers =
        om_grow(rounds->layers, &rounds->layers_capacity, rounds->n_allocated + 1, sizeof *layers);
    if (!layers)
        return false;
    rounds->layers = layers;
    layers[rounds->n_allocated] = om_alloc(rounds->timetable->n_places, sizeof **layers);
    return layers[rounds->n_allocated] && ++rounds->n_allocated;
}

/* Brings the next layer into use: at first it knows what the layer below knows. */
static bool open_layer(struct rounds *rounds)
{
    size_t n = rounds->timetable->n_places, k = rounds->n_layers;
    if (k == rounds->n_allocated && !allocate_layer(rounds))
        return false;
    if (k > 0)
        memcpy(rounds->layers[k], rounds->layers[k - 1], n * sizeof **rounds->layers);
    else
        for (size_t i = 0; i < n; i++)
            rounds->layers[0][i] = (struct place_time){TIME_NEVER, TIME_NEVER};
    rounds->n_layers++;
    return true;
}

bool rounds_begin(struct rounds *rounds, int max_transfers)
{
    rounds->max_transfers = max_transfers;
    rounds->n_layers = rounds->n_made = 0;
    rounds->round = 0;
    rounds->n_improved = 0;
    memset(rounds->caught, 0xff, rounds->timetable->n_patterns * sizeof *rounds->caught);
    for (size_t i = 0; i < rounds->timetable->n_changes; i++)
        rounds->change_layer[i] = NEVER_CHANGED;
    return open_layer(rounds);
}

static size_t layer_of(const struct rounds *rounds, size_t round)
{
    return rounds->max_transfers < 0 ? 0 : round;
}

/* Makes the listed changes at a call from trips first .. end - 1; they are boarded when the round is over. */
static __attribute__((cold)) void make_changes(struct rounds *rounds, size_t layer, uint32_t call,
                                               uint32_t first, uint32_t end)
{
    const geo_timetable *timetable = rounds->timetable;
    for (uint32_t i = timetable->change_first[call]; i < timetable->change_first[call + 1]; i++) {
        const struct trip_change *change = &timetable->changes[i];
        if (change->trip < first)
            break;
        if (change->trip >= end || rounds->change_layer[i] <= layer)
            continue;
        rounds->change_layer[i] = (uint32_t)layer;
        rounds->made_changes[rounds->n_made++] = i;
    }
}

/* What the layers above one know is no worse. */
static __attribute__((cold)) void improve_above(struct rounds *rounds, size_t layer, uint32_t place,
                                                struct place_time time)
{
    while (++layer < rounds->n_layers) {
        struct place_time *known = &rounds->layers[layer][place];
        known->arrival_s = time.arrival_s < known->arrival_s ? time.arrival_s : known->arrival_s;
        known->ready_s = time.ready_s < known->ready_s ? time.ready_s : known->ready_s;
    }
}

/* Room for the arrivals of a ride through n calls, and of going through all patterns after it. */
static bool reserve_improved(struct rounds *rounds, size_t n)
{
    struct improvement *improved =
        om_grow(rounds->improved, &rounds->improved_capacity,
                rounds->n_improved + n + rounds->timetable->n_positions, sizeof *improved);
    if (!improved)
        return false;
    rounds->improved = improved;
    return true;
}

static inline void improve_arrival(struct rounds *rounds, size_t layer, uint32_t place, int32_t time_s,
                                   bool changes)
{
    rounds->layers[layer][place].arrival_s = time_s;
    if (layer + 1 < rounds->n_layers)
        improve_above(rounds, layer, place, (struct place_time){time_s, TIME_NEVER});
    rounds->improved[rounds->n_improved++] = (struct improvement){changes, place & INT32_MAX};
}

/* How one came to be aboard of a trip. */
enum entry {
    ENTERED_FIRST, /* it begins the journey: at its next call, all changes are worth a try */
    ENTERED,
    ENTERED_ALONE, /* by a listed change: says nothing about later trips of the pattern */
};

/* Rides a trip from a position to its end. False when memory is out. */
static bool ride(struct rounds *rounds, size_t layer, const struct pattern *pattern, uint32_t trip,
                 uint32_t position, enum entry entry)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct trip_start start = timetable->trips[pattern->first_trip + trip];
    const uint32_t end = pattern->n_positions;
    if (!reserve_improved(rounds, end))
        return false;
    for (uint32_t i = position + 1; i < end; i++) {
        const uint32_t call = pattern->first_position + i, place = timetable->call_places[call];
        const uint8_t flags = timetable->call_flags[call];
        int32_t time_s = start.time_s + timetable->times[start.first_time + i].arrival_s;
        if (time_s > rounds->latest_s)
            break;
        if (!(flags & CALL_ALIGHT))
            continue;
        if (time_s < rounds->layers[layer][place].arrival_s)
            improve_arrival(rounds, layer, place, time_s,
                            !(flags & CALL_THROUGH) || (i == position + 1 && entry == ENTERED_FIRST));
        if (flags & CALL_CHANGES)
            make_changes(rounds, layer, call, trip, entry == ENTERED_ALONE ? trip + 1 : UINT32_MAX);
    }
    return true;
}

bool rounds_depart(struct rounds *rounds, uint32_t visit, uint32_t trip)
{
    const struct pattern_visit *at = &rounds->timetable->visits[visit];
    const struct pattern *pattern = &rounds->timetable->patterns[at->pattern];
    return ride(rounds, 0, pattern, trip, at->call - pattern->first_position, ENTERED_FIRST);
}

/* Makes the changes listed so far in this round; what they lead to is listed after them. */
static bool ride_changes(struct rounds *rounds, size_t layer)
{
    const geo_timetable *timetable = rounds->timetable;
    size_t n = rounds->n_made;
    for (size_t i = 0; i < n; i++) {
        const struct trip_change *change = &timetable->changes[rounds->made_changes[i]];
        const struct pattern *pattern = &timetable->patterns[change->to_pattern];
        if (!ride(rounds, layer, pattern, change->to_trip, change->to_position,
                  pattern->has_changes ? ENTERED_ALONE : ENTERED))
            return false;
    }
    rounds->n_made -= n;
    memmove(rounds->made_changes, rounds->made_changes + n, rounds->n_made * sizeof *rounds->made_changes);
    return true;
}

uint32_t first_departure(const geo_timetable *timetable, const struct pattern *pattern, uint32_t position,
                         uint32_t end, int32_t time_s)
{
    uint32_t low = 0;
    for (uint32_t step = 1; step <= end; step *= 2) {
        if (trip_departure_s(timetable, pattern, end - step, position) < time_s) {
            low = end - step + 1;
            break;
        }
        end -= step;
    }
    while (low < end) {
        uint32_t middle = low + (end - low) / 2;
        if (trip_departure_s(timetable, pattern, middle, position) < time_s)
            low = middle + 1;
        else
            end = middle;
    }
    return low;
}

/* Lists the place if somebody is ready there earlier than known; returns the next item of the list. */
static inline uint32_t *be_ready(struct rounds *rounds, size_t layer, uint32_t place, int32_t time_s,
                                 uint32_t *next)
{
    struct place_time *known = &rounds->layers[layer][place];
    if (known->ready_s <= time_s || time_s > rounds->latest_s)
        return next;
    known->ready_s = time_s;
    if (layer + 1 < rounds->n_layers)
        improve_above(rounds, layer, place, (struct place_time){TIME_NEVER, time_s});
    *next = place;
    return next + 1;
}

/* From the places reached in a round to those where one is ready for the next. */
static void walk_on(struct rounds *rounds, size_t layer)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct improvement *improved = rounds->improved;
    const size_t n = rounds->n_improved;
    uint32_t *next = rounds->ready;
    for (size_t i = 0; i < n; i++) {
        if (i + FAR_AHEAD < n)
            __builtin_prefetch(&timetable->links[improved[i + FAR_AHEAD].place]);
        if (i + AHEAD < n)
            __builtin_prefetch(&timetable->edges[timetable->links[improved[i + AHEAD].place].edge_first]);
        if (!improved[i].changes)
            continue;
        const uint32_t place = improved[i].place;
        const struct place_links *links = &timetable->links[place];
        const int32_t arrival_s = rounds->layers[layer][place].arrival_s;
        if (links->change_s != TIME_NEVER)
            next = be_ready(rounds, layer, place, arrival_s + links->change_s, next);
        for (uint32_t e = links->edge_first, end = links[1].edge_first; e < end; e++)
            next = be_ready(rounds, layer, timetable->edges[e].to, arrival_s + timetable->edges[e].duration_s,
                            next);
    }
    rounds->n_improved = 0;
    rounds->n_ready = (size_t)(next - rounds->ready);
}

/* Marks the patterns that call where somebody became ready. */
static void mark_patterns(struct rounds *rounds)
{
    const geo_timetable *timetable = rounds->timetable;
    const uint32_t *places = rounds->ready;
    for (size_t i = 0; i < rounds->n_ready; i++) {
        if (i + FAR_AHEAD < rounds->n_ready)
            __builtin_prefetch(&timetable->links[places[i + FAR_AHEAD]]);
        if (i + AHEAD < rounds->n_ready)
            __builtin_prefetch(&timetable->visits[timetable->links[places[i + AHEAD]].visit_first]);
        const struct place_links *links = &timetable->links[places[i]];
        for (uint32_t v = links->visit_first; v < links[1].visit_first; v++) {
            const struct pattern_visit visit = timetable->visits[v];
            uint32_t *first = &rounds->first_call[visit.pattern];
            rounds->is_queued[visit.pattern / WORD_BITS] |= (uint64_t)1 << visit.pattern % WORD_BITS;
            *first = visit.call < *first ? visit.call : *first;
        }
    }
    rounds->n_ready = 0;
}

/* Lists the marked patterns. In the order of memory, going through them is a good deal faster. */
static void queue_patterns(struct rounds *rounds)
{
    size_t n = 0;
    for (size_t i = 0; i < n_words(rounds->timetable); i++) {
        for (uint64_t word = rounds->is_queued[i]; word; word &= word - 1)
            rounds->queue[n++] = (uint32_t)(WORD_BITS * i) + (uint32_t)__builtin_ctzll(word);
        rounds->is_queued[i] = 0;
    }
    rounds->n_queued = n;
}

/* The times of a trip, call by call. */
struct trip_times {
    const struct call_time *times;
    int32_t start_s;
};

/* Somebody who goes through a pattern. */
struct passenger {
    uint32_t trip;            /* n_trips of the pattern while aboard of none */
    struct trip_times aboard; /* starts at TIME_AFTER_ALL while aboard of none */
    struct trip_times before; /* of the trip before, which must be caught to gain anything */
};

static struct trip_times trip_times(const geo_timetable *timetable, const struct trip_start *start)
{
    return (struct trip_times){&timetable->times[start->first_time], start->time_s};
}

static struct passenger not_aboard(const geo_timetable *timetable, const struct pattern *pattern)
{
    struct trip_times last = trip_times(timetable, &pattern->last_trip);
    return (struct passenger){pattern->n_trips, {last.times, TIME_AFTER_ALL}, last};
}

/* The earliest trip for somebody who can catch at least the one before his. From departure to departure it
 * hardly changes, so who is aboard of none tries the one last caught. */
static uint32_t catch_trip(struct rounds *rounds, uint32_t index, uint32_t position, uint32_t trip,
                           int32_t ready_s)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct pattern *pattern = &timetable->patterns[index];
    if (trip < pattern->n_trips)
        return first_departure(timetable, pattern, position, trip - 1, ready_s);
    uint32_t after = rounds->caught[index] + 1u;
    if (after < trip && trip_departure_s(timetable, pattern, after, position) >= ready_s)
        trip = after + 1;
    trip = first_departure(timetable, pattern, position, trip - 1, ready_s);
    rounds->caught[index] = (uint16_t)trip;
    return trip;
}

/* Boards the earliest trip. Kept out of the loop over calls, which needs the registers. */
static __attribute__((noinline)) struct passenger board(struct rounds *rounds, uint32_t index,
                                                        uint32_t position, uint32_t trip, int32_t ready_s)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct pattern *pattern = &timetable->patterns[index];
    trip = catch_trip(rounds, index, position, trip, ready_s);
    const struct trip_start *start = &timetable->trips[pattern->first_trip + trip];
    struct passenger passenger = {.trip = trip, .aboard = trip_times(timetable, start)};
    passenger.before = trip ? trip_times(timetable, start - 1)
                            : (struct trip_times){passenger.aboard.times, TIME_BEFORE_ALL};
    return passenger;
}

/* Goes through a pattern from where somebody became ready, always aboard of the earliest trip that can be
 * caught. */
static void go_through(struct rounds *rounds, size_t round, uint32_t index)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct pattern *pattern = &timetable->patterns[index];
    const uint32_t first = pattern->first_position, n = pattern->n_positions;
    const uint32_t *places = &timetable->call_places[first];
    const uint8_t *flags = &timetable->call_flags[first];
    const size_t layer = layer_of(rounds, round + 1);
    const struct place_time *ready = rounds->layers[layer_of(rounds, round)];
    const struct place_time *known = rounds->layers[layer];
    const int32_t latest_s = rounds->latest_s;
    const bool has_changes = pattern->has_changes;
    struct passenger passenger = not_aboard(timetable, pattern);
    for (uint32_t i = rounds->first_call[index] - first; i < n; i++) {
        const uint32_t place = places[i];
        const int32_t time_s = passenger.aboard.start_s + passenger.aboard.times[i].arrival_s;
        if (time_s < known[place].arrival_s && flags[i] & CALL_ALIGHT && time_s <= latest_s)
            improve_arrival(rounds, layer, place, time_s, !(flags[i] & CALL_THROUGH));
        if (has_changes && flags[i] & CALL_CHANGES && flags[i] & CALL_ALIGHT && time_s <= latest_s)
            make_changes(rounds, layer, first + i, passenger.trip, UINT32_MAX);
        const int32_t ready_s = ready[place].ready_s;
        if (ready_s <= passenger.before.start_s + passenger.before.times[i].departure_s &&
            (flags[i] & (CALL_BOARD | CALL_FIRST_ONLY)) == CALL_BOARD)
            passenger = board(rounds, index, i, passenger.trip, ready_s);
    }
    rounds->first_call[index] = NO_CALL;
}

/* What going through the patterns next in the queue reads first. */
static void fetch_ahead(const struct rounds *rounds, size_t at)
{
    const geo_timetable *timetable = rounds->timetable;
    if (at + 4 < rounds->n_queued)
        __builtin_prefetch(&timetable->patterns[rounds->queue[at + 4]]);
    if (at + 2 < rounds->n_queued) {
        const uint32_t index = rounds->queue[at + 2];
        const struct pattern *pattern = &timetable->patterns[index];
        const uint32_t call = rounds->first_call[index];
        __builtin_prefetch(&timetable->call_places[call]);
        __builtin_prefetch(&timetable->times[pattern->last_trip.first_time + call - pattern->first_position]);
    }
}

/* One more round is worth it and allowed. */
static bool goes_on(const struct rounds *rounds)
{
    return (rounds->n_improved || rounds->n_made) &&
           (rounds->max_transfers < 0 || rounds->round < rounds->max_transfers);
}

static void end_departure(struct rounds *rounds)
{
    rounds->n_improved = rounds->n_made = 0;
    rounds->round = 0;
}

bool rounds_change(struct rounds *rounds, bool *improves)
{
    const size_t round = rounds->round;
    *improves = goes_on(rounds);
    if (!*improves) {
        end_departure(rounds);
        return true;
    }
    if (layer_of(rounds, round + 1) == rounds->n_layers && !open_layer(rounds))
        return false;
    walk_on(rounds, layer_of(rounds, round));
    if (!ride_changes(rounds, layer_of(rounds, round + 1)))
        return false;
    mark_patterns(rounds);
    queue_patterns(rounds);
    for (size_t i = 0; i < rounds->n_queued; i++) {
        fetch_ahead(rounds, i);
        go_through(rounds, round, rounds->queue[i]);
    }
    rounds->round++;
    return true;
}

#include "rounds.h"

#include "geo/memory.h"

#include <string.h>

#define NEVER_CHANGED UINT32_MAX
#define NOT_QUEUED UINT32_MAX

/* How far a loop fetches ahead: its items lie all over the memory. */
enum { AHEAD = 8, FAR_AHEAD = 16 };

enum { MARK_REACHED = 1, MARK_ENDED = 2, MARK_READY = 4, MARK_END = 8 };

/* With room for one more than there are places, for place_list_add. */
static bool place_list_init(struct place_list *list, size_t n, uint16_t mark)
{
    list->items = om_alloc(n + 1, sizeof *list->items);
    list->mark = mark;
    return list->items != NULL;
}

/* Without a branch, which the processor would guess wrong too often. */
static inline void place_list_add(struct place_list *list, struct place_mark *marks, uint32_t place)
{
    const uint16_t known = marks[place].marks;
    list->items[list->n] = place;
    list->n += !(known & list->mark);
    marks[place].marks = known | list->mark;
}

static void place_list_clear(struct place_list *list, struct place_mark *marks)
{
    for (size_t i = 0; i < list->n; i++)
        marks[list->items[i]].marks &= (uint16_t)~list->mark;
    list->n = 0;
}

struct rounds *rounds_new(const geo_timetable *timetable, const bool *is_end)
{
    struct rounds *rounds = om_alloc(1, sizeof *rounds);
    if (!rounds)
        return NULL;
    rounds->timetable = timetable;
    rounds->queue = om_alloc(timetable->n_patterns + 1, sizeof *rounds->queue);
    rounds->queued_call = om_alloc(timetable->n_patterns, sizeof *rounds->queued_call);
    rounds->caught = om_alloc(timetable->n_patterns, sizeof *rounds->caught);
    rounds->change_layer = om_alloc(timetable->n_changes, sizeof *rounds->change_layer);
    rounds->made_changes = om_alloc(timetable->n_changes, sizeof *rounds->made_changes);
    rounds->marks = om_alloc(timetable->n_places, sizeof *rounds->marks);
    bool lists = place_list_init(&rounds->reached, timetable->n_places, MARK_REACHED);
    lists = place_list_init(&rounds->ready, timetable->n_places, MARK_READY) && lists;
    lists = place_list_init(&rounds->ended, timetable->n_places, MARK_ENDED) && lists;
    if (!rounds->queue || !rounds->caught || !rounds->queued_call || !rounds->change_layer ||
        !rounds->made_changes || !rounds->marks || !lists) {
        rounds_free(rounds);
        return NULL;
    }
    for (size_t i = 0; i < timetable->n_places; i++)
        rounds->marks[i].marks = is_end[i] ? MARK_END : 0;
    for (size_t i = 0; i < timetable->n_patterns; i++)
        rounds->queued_call[i] = NOT_QUEUED;
    return rounds;
}

void rounds_free(struct rounds *rounds)
{
    if (!rounds)
        return;
    for (size_t i = 0; i < rounds->n_allocated; i++)
        om_free(rounds->layers[i]);
    void *const blocks[] = {
        rounds->caught,       rounds->layers,       rounds->queue, rounds->queued_call,
        rounds->change_layer, rounds->made_changes, rounds->marks, rounds->reached.items,
        rounds->ready.items,  rounds->ended.items,  rounds,
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
    place_list_clear(&rounds->reached, rounds->marks);
    place_list_clear(&rounds->ended, rounds->marks);
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
static void make_changes(struct rounds *rounds, size_t layer, uint32_t call, uint32_t first, uint32_t end)
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

static void improve_arrival(struct rounds *rounds, size_t layer, uint32_t place, int32_t time_s, bool through)
{
    for (; layer < rounds->n_layers && rounds->layers[layer][place].arrival_s > time_s; layer++)
        rounds->layers[layer][place].arrival_s = time_s;
    if (!through)
        place_list_add(&rounds->reached, rounds->marks, place);
    if (layer < rounds->n_layers || !(rounds->marks[place].marks & MARK_END))
        return;
    place_list_add(&rounds->ended, rounds->marks, place);
    rounds->marks[place].round = rounds->round;
}

/* How one came to be aboard of a trip. */
enum entry {
    ENTERED_FIRST, /* it begins the journey: at its next call, all changes are worth a try */
    ENTERED,
    ENTERED_ALONE, /* by a listed change: says nothing about later trips of the pattern */
};

/* Rides a trip from a position to its end. */
static void ride(struct rounds *rounds, size_t layer, const struct pattern *pattern, uint32_t trip,
                 uint32_t position, enum entry entry)
{
    const geo_timetable *timetable = rounds->timetable;
    const struct trip_start start = timetable->trips[pattern->first_trip + trip];
    const uint32_t end = pattern->n_positions;
    for (uint32_t i = position + 1; i < end; i++) {
        const uint32_t call = pattern->first_position + i, place = timetable->call_places[call];
        const uint8_t flags = timetable->call_flags[call];
        int32_t time_s = start.time_s + timetable->times[start.first_time + i].arrival_s;
        if (time_s > rounds->latest_s)
            return;
        if (!(flags & CALL_ALIGHT))
            continue;
        if (time_s < rounds->layers[layer][place].arrival_s)
            improve_arrival(rounds, layer, place, time_s,
                            flags & CALL_THROUGH && !(i == position + 1 && entry == ENTERED_FIRST));
        if (flags & CALL_CHANGES)
            make_changes(rounds, layer, call, trip, entry == ENTERED_ALONE ? trip + 1 : UINT32_MAX);
    }
}

void rounds_depart(struct rounds *rounds, uint32_t visit, uint32_t trip)
{
    const struct pattern_visit *at = &rounds->timetable->visits[visit];
    const struct pattern *pattern = &rounds->timetable->patterns[at->pattern];
    ride(rounds, 0, pattern, trip, at->call - pattern->first_position, ENTERED_FIRST);
}

/* Makes the changes listed so far in this round; what they lead to is listed after them. */
static void ride_changes(struct rounds *rounds, size_t round)
{
    const geo_timetable *timetable = rounds->timetable;
    size_t n = rounds->n_made;
    for (size_t i = 0; i < n; i++) {
        const struct trip_change *change = &timetable->changes[rounds->made_changes[i]];
        const struct pattern *pattern = &timetable->patterns[change->to_pattern];
        ride(rounds, layer_of(rounds, round + 1), pattern, change->to_trip, change->to_position,
             pattern->has_changes ? ENTERED_ALONE : ENTERED);
    }
    rounds->n_made -= n;
    memmove(rounds->made_changes, rounds->made_changes + n, rounds->n_made * sizeof *rounds->made_changes);
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

static void be_ready(struct rounds *rounds, size_t layer, uint32_t place, int32_t time_s)
{
    if (rounds->layers[layer][place].ready_s <= time_s || time_s > rounds->latest_s)
        return;
    for (size_t i = layer; i < rounds->n_layers && rounds->layers[i][place].ready_s > time_s; i++)
        rounds->layers[i][place].ready_s = time_s;
    place_list_add(&rounds->ready, rounds->marks, place);
}

/* From the places reached in a round to those where one is ready for the next. */
static void walk_on(struct rounds *rounds, size_t round)
{
    const geo_timetable *timetable = rounds->timetable;
    const size_t layer = layer_of(rounds, round);
    const uint32_t *reached = rounds->reached.items;
    for (size_t i = 0; i < rounds->reached.n; i++) {
        if (i + FAR_AHEAD < rounds->reached.n)
            __builtin_prefetch(&timetable->links[reached[i + FAR_AHEAD]]);
        if (i + AHEAD < rounds->reached.n)
            __builtin_prefetch(&timetable->edges[timetable->links[reached[i + AHEAD]].edge_first]);
        const struct place_links *links = &timetable->links[reached[i]];
        int32_t arrival_s = rounds->layers[layer][reached[i]].arrival_s;
        if (links->change_s != TIME_NEVER)
            be_ready(rounds, layer, reached[i], arrival_s + links->change_s);
        for (uint32_t e = links->edge_first; e < links[1].edge_first; e++)
            be_ready(rounds, layer, timetable->edges[e].to, arrival_s + timetable->edges[e].duration_s);
    }
    place_list_clear(&rounds->reached, rounds->marks);
}

/* The patterns that call where somebody became ready. */
static void queue_patterns(struct rounds *rounds)
{
    const geo_timetable *timetable = rounds->timetable;
    const uint32_t *places = rounds->ready.items;
    size_t n = 0;
    for (size_t i = 0; i < rounds->ready.n; i++) {
        if (i + FAR_AHEAD < rounds->ready.n)
            __builtin_prefetch(&timetable->links[places[i + FAR_AHEAD]]);
        if (i + AHEAD < rounds->ready.n)
            __builtin_prefetch(&timetable->visits[timetable->links[places[i + AHEAD]].visit_first]);
        const struct place_links *links = &timetable->links[places[i]];
        for (uint32_t v = links->visit_first; v < links[1].visit_first; v++) {
            const struct pattern_visit visit = timetable->visits[v];
            uint32_t *first = &rounds->queued_call[visit.pattern];
            rounds->queue[n] = visit.pattern;
            n += *first == NOT_QUEUED;
            *first = visit.call < *first ? visit.call : *first;
        }
    }
    rounds->n_queued = n;
    place_list_clear(&rounds->ready, rounds->marks);
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

static struct trip_times trip_times(const geo_timetable *timetable, const struct pattern *pattern,
                                    uint32_t trip)
{
    const struct trip_start *start = &timetable->trips[pattern->first_trip + trip];
    return (struct trip_times){&timetable->times[start->first_time], start->time_s};
}

static struct passenger not_aboard(const geo_timetable *timetable, const struct pattern *pattern)
{
    struct trip_times last = trip_times(timetable, pattern, pattern->n_trips - 1u);
    return (struct passenger){pattern->n_trips, {last.times, TIME_AFTER_ALL}, last};
}

static struct passenger aboard_of(const geo_timetable *timetable, const struct pattern *pattern,
                                  uint32_t trip)
{
    struct passenger passenger = {.trip = trip, .aboard = trip_times(timetable, pattern, trip)};
    passenger.before = trip ? trip_times(timetable, pattern, trip - 1)
                            : (struct trip_times){passenger.aboard.times, TIME_BEFORE_ALL};
    return passenger;
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
    struct passenger passenger = not_aboard(timetable, pattern);
    for (uint32_t i = rounds->queued_call[index] - first; i < n; i++) {
        const uint32_t place = places[i];
        const int32_t time_s = passenger.aboard.start_s + passenger.aboard.times[i].arrival_s;
        if (time_s < known[place].arrival_s && flags[i] & CALL_ALIGHT && time_s <= latest_s)
            improve_arrival(rounds, layer, place, time_s, flags[i] & CALL_THROUGH);
        if (pattern->has_changes && flags[i] & CALL_CHANGES && flags[i] & CALL_ALIGHT && time_s <= latest_s)
            make_changes(rounds, layer, first + i, passenger.trip, UINT32_MAX);
        const int32_t ready_s = ready[place].ready_s;
        if (ready_s <= passenger.before.start_s + passenger.before.times[i].departure_s &&
            (flags[i] & (CALL_BOARD | CALL_FIRST_ONLY)) == CALL_BOARD)
            passenger = aboard_of(timetable, pattern, catch_trip(rounds, index, i, passenger.trip, ready_s));
    }
    rounds->queued_call[index] = NOT_QUEUED;
}

/* What going through the patterns next in the queue reads first. */
static void fetch_ahead(const struct rounds *rounds, size_t at)
{
    const geo_timetable *timetable = rounds->timetable;
    if (at + 4 < rounds->n_queued)
        __builtin_prefetch(&timetable->patterns[rounds->queue[at + 4]]);
    if (at + 2 < rounds->n_queued) {
        const struct pattern *pattern = &timetable->patterns[rounds->queue[at + 2]];
        __builtin_prefetch(&timetable->call_places[rounds->queued_call[rounds->queue[at + 2]]]);
        __builtin_prefetch(&timetable->trips[pattern->first_trip + pattern->n_trips - 1]);
    }
    if (at + 1 < rounds->n_queued) {
        const struct pattern *pattern = &timetable->patterns[rounds->queue[at + 1]];
        uint32_t position = rounds->queued_call[rounds->queue[at + 1]] - pattern->first_position;
        __builtin_prefetch(&trip_times(timetable, pattern, pattern->n_trips - 1u).times[position]);
    }
}

/* Rides, in the next round, what can be caught from the places reached. */
static void change(struct rounds *rounds, size_t round)
{
    walk_on(rounds, round);
    ride_changes(rounds, round);
    queue_patterns(rounds);
    for (size_t i = 0; i < rounds->n_queued; i++) {
        fetch_ahead(rounds, i);
        go_through(rounds, round, rounds->queue[i]);
    }
}

bool rounds_run(struct rounds *rounds)
{
    for (size_t round = 0; rounds->reached.n || rounds->n_made; round++) {
        if (rounds->max_transfers >= 0 && round >= (size_t)rounds->max_transfers)
            break;
        if (layer_of(rounds, round + 1) == rounds->n_layers && !open_layer(rounds))
            return false;
        rounds->round = (uint16_t)(round + 1);
        change(rounds, round);
    }
    place_list_clear(&rounds->reached, rounds->marks);
    rounds->round = 0;
    rounds->n_made = 0;
    return true;
}

void rounds_forget_ended(struct rounds *rounds)
{
    place_list_clear(&rounds->ended, rounds->marks);
}

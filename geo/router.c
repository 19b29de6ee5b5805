#include "router.h"

#include "geo/memory.h"

#include <stdlib.h>
#include <string.h>

#define NOT_QUEUED UINT32_MAX
#define NEVER_CHANGED UINT32_MAX

/* What one more trip gives, by place. */
struct round {
    int32_t *arrival; /* earliest arrival with at most this many transfers */
    int32_t *ready;   /* earliest time to board here in this round */
};

/* A trip entered by a listed change. */
struct entry {
    uint32_t pattern, trip, position;
};

struct entry_list {
    struct entry *items;
    size_t n, capacity;
};

struct place_list {
    uint32_t *items;
    size_t n;
    bool *is_in;
};

/* A departure from the origin: the trip at a position leaves in time for it. */
struct departure {
    int32_t time_s; /* from the point, the walk included */
    uint32_t pattern, position;
};

struct seed {
    uint32_t place;
    int32_t walk_s;
};

struct destination_state {
    int32_t arrival_s; /* best so far */
    int32_t transfers; /* fewest that reach it */
    int32_t after_s;   /* best of departures after the window */
    uint32_t journey;  /* chain */
    bool improved;
};

struct route_search {
    const geo_timetable *timetable;
    const struct destinations *destinations;
    int max_transfers;

    struct round *rounds;
    size_t n_rounds; /* in use: rounds above hold nothing yet */
    size_t n_allocated, rounds_capacity;

    uint32_t *queued_position; /* per pattern: the first position to scan, or NOT_QUEUED */
    uint32_t *queue;
    size_t n_queue;
    struct entry_list entries, next_entries;
    uint32_t *change_round; /* per listed change: the fewest transfers with which it was made */
    struct place_list reached, boardable;

    struct seed *seeds;
    size_t n_seeds, seeds_capacity;
    struct departure *departures;
    size_t n_departures, departures_capacity;

    struct destination_state *states;
    uint32_t *improved;
    size_t n_improved;
    struct found_journey *journeys;
    size_t n_journeys, journeys_capacity;
};

static bool place_list_init(struct place_list *list, size_t n)
{
    list->items = om_alloc(n, sizeof *list->items);
    list->is_in = om_alloc(n, sizeof *list->is_in);
    return list->items && list->is_in;
}

static void place_list_add(struct place_list *list, uint32_t place)
{
    if (list->is_in[place])
        return;
    list->is_in[place] = true;
    list->items[list->n++] = place;
}

static void place_list_clear(struct place_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        list->is_in[list->items[i]] = false;
    list->n = 0;
}

static void place_list_done(struct place_list *list)
{
    om_free(list->items);
    om_free(list->is_in);
}

route_search *route_search_new(const geo_timetable *timetable, const struct destinations *destinations)
{
    route_search *search = om_alloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->timetable = timetable;
    search->destinations = destinations;
    search->queued_position = om_alloc(timetable->n_patterns, sizeof *search->queued_position);
    search->queue = om_alloc(timetable->n_patterns, sizeof *search->queue);
    search->change_round = om_alloc(timetable->n_changes, sizeof *search->change_round);
    search->states = om_alloc(destinations->n, sizeof *search->states);
    search->improved = om_alloc(destinations->n, sizeof *search->improved);
    bool lists = place_list_init(&search->reached, timetable->n_places);
    lists = place_list_init(&search->boardable, timetable->n_places) && lists;
    if (!search->queued_position || !search->queue || !search->change_round || !search->states ||
        !search->improved || !lists) {
        route_search_free(search);
        return NULL;
    }
    for (size_t i = 0; i < timetable->n_patterns; i++)
        search->queued_position[i] = NOT_QUEUED;
    return search;
}

void route_search_free(route_search *search)
{
    if (!search)
        return;
    for (size_t i = 0; i < search->n_allocated; i++) {
        om_free(search->rounds[i].arrival);
        om_free(search->rounds[i].ready);
    }
    place_list_done(&search->reached);
    place_list_done(&search->boardable);
    void *const blocks[] = {
        search->rounds,        search->queued_position,    search->queue,
        search->entries.items, search->next_entries.items, search->change_round,
        search->seeds,         search->departures,         search->states,
        search->improved,      search->journeys,           search,
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
}

static bool allocate_round(route_search *search)
{
    struct round *rounds =
        om_grow(search->rounds, &search->rounds_capacity, search->n_allocated + 1, sizeof *rounds);
    if (!rounds)
        return false;
    search->rounds = rounds;
    struct round fresh = {om_alloc(search->timetable->n_places, sizeof *fresh.arrival),
                          om_alloc(search->timetable->n_places, sizeof *fresh.ready)};
    if (!fresh.arrival || !fresh.ready) {
        om_free(fresh.arrival);
        om_free(fresh.ready);
        return false;
    }
    rounds[search->n_allocated++] = fresh;
    return true;
}

static void clear_labels(int32_t *labels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        labels[i] = TIME_NEVER;
}

/* Brings the next round into use: at first it knows what the round before knows. Rounds 0 and 1 start empty,
 * for in round 0 only the origin's places are ready. */
static bool open_round(route_search *search)
{
    size_t n = search->timetable->n_places, k = search->n_rounds;
    if (k == search->n_allocated && !allocate_round(search))
        return false;
    struct round *fresh = &search->rounds[k];
    if (k > 0)
        memcpy(fresh->arrival, search->rounds[k - 1].arrival, n * sizeof *fresh->arrival);
    else
        clear_labels(fresh->arrival, n);
    if (k > 1)
        memcpy(fresh->ready, search->rounds[k - 1].ready, n * sizeof *fresh->ready);
    else
        clear_labels(fresh->ready, n);
    search->n_rounds++;
    return true;
}

static void improve_arrival(route_search *search, size_t k, uint32_t place, int32_t time_s)
{
    for (size_t i = k; i < search->n_rounds && search->rounds[i].arrival[place] > time_s; i++)
        search->rounds[i].arrival[place] = time_s;
    place_list_add(&search->reached, place);
}

static void improve_ready(route_search *search, size_t k, uint32_t place, int32_t time_s)
{
    if (search->rounds[k].ready[place] <= time_s)
        return;
    for (size_t i = k; i < search->n_rounds && search->rounds[i].ready[place] > time_s; i++)
        search->rounds[i].ready[place] = time_s;
    place_list_add(&search->boardable, place);
}

static void queue_pattern(route_search *search, uint32_t pattern, uint32_t position)
{
    uint32_t *queued = &search->queued_position[pattern];
    if (*queued == NOT_QUEUED)
        search->queue[search->n_queue++] = pattern;
    if (position < *queued)
        *queued = position;
}

static bool add_entry(struct entry_list *list, struct entry entry)
{
    struct entry *items = om_grow(list->items, &list->capacity, list->n + 1, sizeof *items);
    if (!items)
        return false;
    list->items = items;
    items[list->n++] = entry;
    return true;
}

/* Makes the listed changes at a position from trips last .. first, for the round after k. */
static bool make_changes(route_search *search, size_t k, uint32_t position, uint32_t first, uint32_t last)
{
    const geo_timetable *timetable = search->timetable;
    for (uint32_t i = timetable->change_first[position]; i < timetable->change_first[position + 1]; i++) {
        const struct trip_change *change = &timetable->changes[i];
        if (change->trip < first)
            break;
        if (change->trip > last || search->change_round[i] <= k)
            continue;
        search->change_round[i] = (uint32_t)k;
        if (!add_entry(&search->next_entries,
                       (struct entry){change->to_pattern, change->to_trip, change->to_position}))
            return false;
    }
    return true;
}

/* The first trip that departs at a position at time_s or later, below `end`. */
static uint32_t first_departure(const int32_t *departures, uint32_t end, int32_t time_s)
{
    uint32_t low = 0;
    while (low < end) {
        uint32_t middle = low + (end - low) / 2;
        if (departures[middle] < time_s)
            low = middle + 1;
        else
            end = middle;
    }
    return low;
}

/* Rides a pattern from a position on: boards the earliest trip that the labels allow and changes to earlier
 * ones on the way. Every later trip of the pattern is boardable wherever this one is. */
static bool scan_pattern(route_search *search, size_t k, uint32_t index, uint32_t start)
{
    const geo_timetable *timetable = search->timetable;
    const struct pattern *pattern = &timetable->patterns[index];
    const uint32_t *place = &timetable->call_place[pattern->first_position];
    const uint8_t *flags = &timetable->call_flags[pattern->first_position];
    const int32_t *departures = &timetable->departures[pattern->first_time];
    const int32_t *ready = search->rounds[k].ready, *arrival = search->rounds[k].arrival;
    const uint8_t closed = k > 0 ? CALL_FIRST_ONLY : 0;
    const int32_t *times = NULL;
    uint32_t trip = pattern->n_trips;
    for (uint32_t i = start; i < pattern->n_positions; i++) {
        if (times && flags[i] & CALL_ALIGHT) {
            if (times[i] < arrival[place[i]])
                improve_arrival(search, k, place[i], times[i]);
            if (flags[i] & CALL_CHANGES &&
                !make_changes(search, k, pattern->first_position + i, trip, pattern->n_trips))
                return false;
        }
        if (!(flags[i] & CALL_BOARD) || flags[i] & closed || ready[place[i]] == TIME_NEVER)
            continue;
        const int32_t *column = &departures[(size_t)i * pattern->n_trips];
        if (trip == 0 || column[trip - 1] < ready[place[i]])
            continue;
        trip = first_departure(column, trip, ready[place[i]]);
        times = &timetable->arrivals[pattern->first_time + (size_t)trip * pattern->n_positions];
    }
    return true;
}

/* Rides exactly one trip, entered by a listed change. */
static bool ride_trip(route_search *search, size_t k, struct entry entry)
{
    const geo_timetable *timetable = search->timetable;
    const struct pattern *pattern = &timetable->patterns[entry.pattern];
    const int32_t *times =
        &timetable->arrivals[pattern->first_time + (size_t)entry.trip * pattern->n_positions];
    for (uint32_t i = entry.position + 1; i < pattern->n_positions; i++) {
        uint32_t position = pattern->first_position + i, place = timetable->call_place[position];
        uint8_t flags = timetable->call_flags[position];
        if (!(flags & CALL_ALIGHT))
            continue;
        if (times[i] < search->rounds[k].arrival[place])
            improve_arrival(search, k, place, times[i]);
        if (flags & CALL_CHANGES && !make_changes(search, k, position, entry.trip, entry.trip))
            return false;
    }
    return true;
}

static bool ride_all(route_search *search, size_t k)
{
    for (size_t i = 0; i < search->n_queue; i++) {
        uint32_t pattern = search->queue[i], start = search->queued_position[pattern];
        search->queued_position[pattern] = NOT_QUEUED;
        if (!scan_pattern(search, k, pattern, start))
            return false;
    }
    search->n_queue = 0;
    for (size_t i = 0; i < search->entries.n; i++)
        if (!ride_trip(search, k, search->entries.items[i]))
            return false;
    return true;
}

/* Arrivals of round k that end at a destination. */
static void reach_destinations(route_search *search, size_t k)
{
    const struct destinations *destinations = search->destinations;
    for (size_t i = 0; i < search->reached.n; i++) {
        uint32_t place = search->reached.items[i];
        for (uint32_t w = destinations->first[place]; w < destinations->first[place + 1]; w++) {
            const struct place_walk *walk = &destinations->walks[w];
            struct destination_state *state = &search->states[walk->destination];
            int32_t arrival_s = search->rounds[k].arrival[place] + walk->walk_s;
            if (arrival_s >= state->arrival_s)
                continue;
            state->arrival_s = arrival_s;
            state->transfers = (int32_t)k;
            if (!state->improved)
                search->improved[search->n_improved++] = walk->destination;
            state->improved = true;
        }
    }
}

/* From the places reached in round k, makes places ready to board in round k + 1 and queues their patterns.
 */
static void walk_on(route_search *search, size_t k)
{
    const geo_timetable *timetable = search->timetable;
    for (size_t i = 0; i < search->reached.n; i++) {
        uint32_t place = search->reached.items[i];
        int32_t arrival_s = search->rounds[k].arrival[place];
        if (timetable->place_change_s[place] != TIME_NEVER)
            improve_ready(search, k + 1, place, arrival_s + timetable->place_change_s[place]);
        for (uint32_t e = timetable->edge_first[place]; e < timetable->edge_first[place + 1]; e++)
            improve_ready(search, k + 1, timetable->edges[e].to, arrival_s + timetable->edges[e].duration_s);
    }
    for (size_t i = 0; i < search->boardable.n; i++) {
        uint32_t place = search->boardable.items[i];
        for (uint32_t v = timetable->visit_first[place]; v < timetable->visit_first[place + 1]; v++)
            queue_pattern(search, timetable->visits[v].pattern, timetable->visits[v].position);
    }
    place_list_clear(&search->boardable);
}

/* Rounds from what is queued for round 0 until nothing improves. */
static bool run_rounds(route_search *search)
{
    search->entries.n = search->next_entries.n = 0;
    for (size_t k = 0; search->n_queue || search->entries.n; k++) {
        if (!ride_all(search, k))
            return false;
        reach_destinations(search, k);
        bool last = search->max_transfers >= 0 && k >= (size_t)search->max_transfers;
        if (!last && (search->reached.n || search->next_entries.n)) {
            if (k + 1 == search->n_rounds && !open_round(search))
                return false;
            walk_on(search, k);
        }
        place_list_clear(&search->reached);
        struct entry_list spent = search->entries;
        search->entries = search->next_entries;
        search->next_entries = spent;
        search->next_entries.n = 0;
        if (last)
            break;
    }
    return true;
}

static int by_place_and_walk(const void *a, const void *b)
{
    const struct seed *p = a, *q = b;
    if (p->place != q->place)
        return p->place < q->place ? -1 : 1;
    return p->walk_s < q->walk_s ? -1 : p->walk_s > q->walk_s;
}

/* The places of the origin, each with its shortest walk. */
static bool collect_seeds(route_search *search, const struct geo_point *origin)
{
    const geo_timetable *timetable = search->timetable;
    search->n_seeds = 0;
    for (size_t i = 0; i < origin->n_access; i++) {
        uint32_t station = timetable->stop_station[origin->access[i].stop];
        uint32_t first = timetable->station_place[station], end = timetable->station_place[station + 1];
        struct seed *seeds =
            om_grow(search->seeds, &search->seeds_capacity, search->n_seeds + end - first, sizeof *seeds);
        if (!seeds)
            return false;
        search->seeds = seeds;
        for (uint32_t place = first; place < end; place++)
            seeds[search->n_seeds++] = (struct seed){place, origin->access[i].walk_s};
    }
    size_t kept = 0;
    if (search->n_seeds)
        qsort(search->seeds, search->n_seeds, sizeof *search->seeds, by_place_and_walk);
    for (size_t i = 0; i < search->n_seeds; i++)
        if (i == 0 || search->seeds[i].place != search->seeds[i - 1].place)
            search->seeds[kept++] = search->seeds[i];
    search->n_seeds = kept;
    return true;
}

static int latest_first(const void *a, const void *b)
{
    const struct departure *p = a, *q = b;
    if (p->time_s != q->time_s)
        return p->time_s > q->time_s ? -1 : 1;
    if (p->pattern != q->pattern)
        return p->pattern < q->pattern ? -1 : 1;
    return p->position < q->position ? -1 : p->position > q->position;
}

static bool add_departures(route_search *search, const struct seed *seed, const struct pattern_visit *visit,
                           const struct geo_window *window)
{
    const struct pattern *pattern = &search->timetable->patterns[visit->pattern];
    const int32_t *column =
        &search->timetable->departures[pattern->first_time + (size_t)visit->position * pattern->n_trips];
    uint32_t first = first_departure(column, pattern->n_trips, window->from_s + seed->walk_s);
    uint32_t end = first_departure(column, pattern->n_trips, window->until_s + seed->walk_s);
    struct departure *items = om_grow(search->departures, &search->departures_capacity,
                                      search->n_departures + end - first, sizeof *items);
    if (!items)
        return false;
    search->departures = items;
    for (uint32_t trip = first; trip < end; trip++)
        items[search->n_departures++] =
            (struct departure){column[trip] - seed->walk_s, visit->pattern, visit->position};
    return true;
}

/* Every departure from the origin within the window, the latest first. */
static bool collect_departures(route_search *search, const struct geo_window *window)
{
    const geo_timetable *timetable = search->timetable;
    search->n_departures = 0;
    for (size_t i = 0; i < search->n_seeds; i++) {
        const struct seed *seed = &search->seeds[i];
        for (uint32_t v = timetable->visit_first[seed->place]; v < timetable->visit_first[seed->place + 1];
             v++)
            if (!add_departures(search, seed, &timetable->visits[v], window))
                return false;
    }
    if (search->n_departures)
        qsort(search->departures, search->n_departures, sizeof *search->departures, latest_first);
    return true;
}

static void depart(route_search *search, int32_t time_s)
{
    for (size_t i = 0; i < search->n_seeds; i++)
        search->rounds[0].ready[search->seeds[i].place] = time_s + search->seeds[i].walk_s;
}

/* Departures after the window: they dominate earlier ones, and minutes near the end wait for them. */
static bool search_after_window(route_search *search, int32_t until_s)
{
    const geo_timetable *timetable = search->timetable;
    depart(search, until_s);
    for (size_t i = 0; i < search->n_seeds; i++) {
        uint32_t place = search->seeds[i].place;
        for (uint32_t v = timetable->visit_first[place]; v < timetable->visit_first[place + 1]; v++)
            queue_pattern(search, timetable->visits[v].pattern, timetable->visits[v].position);
    }
    if (!run_rounds(search))
        return false;
    for (size_t i = 0; i < search->n_improved; i++) {
        struct destination_state *state = &search->states[search->improved[i]];
        state->after_s = state->arrival_s;
        state->improved = false;
    }
    search->n_improved = 0;
    return true;
}

static bool keep_journeys(route_search *search, int32_t departure_s)
{
    struct found_journey *journeys = om_grow(search->journeys, &search->journeys_capacity,
                                             search->n_journeys + search->n_improved, sizeof *journeys);
    if (!journeys)
        return false;
    search->journeys = journeys;
    for (size_t i = 0; i < search->n_improved; i++) {
        struct destination_state *state = &search->states[search->improved[i]];
        journeys[search->n_journeys++] =
            (struct found_journey){{departure_s, state->arrival_s, state->transfers}, state->journey};
        state->journey = (uint32_t)search->n_journeys;
        state->improved = false;
    }
    search->n_improved = 0;
    return true;
}

static bool search_window(route_search *search)
{
    size_t i = 0;
    while (i < search->n_departures) {
        int32_t time_s = search->departures[i].time_s;
        depart(search, time_s);
        for (; i < search->n_departures && search->departures[i].time_s == time_s; i++)
            queue_pattern(search, search->departures[i].pattern, search->departures[i].position);
        if (!run_rounds(search) || !keep_journeys(search, time_s))
            return false;
    }
    return true;
}

static void reset(route_search *search)
{
    for (size_t i = 0; i < search->n_queue; i++)
        search->queued_position[search->queue[i]] = NOT_QUEUED;
    search->n_queue = search->n_rounds = search->n_journeys = search->n_improved = 0;
    place_list_clear(&search->reached);
    place_list_clear(&search->boardable);
    for (size_t i = 0; i < search->timetable->n_changes; i++)
        search->change_round[i] = NEVER_CHANGED;
    for (size_t i = 0; i < search->destinations->n; i++)
        search->states[i] = (struct destination_state){TIME_NEVER, 0, TIME_NEVER, 0, false};
}

om_status route_search_run(route_search *search, const struct geo_point *origin,
                           const struct route_options *options)
{
    reset(search);
    search->max_transfers = options->max_transfers;
    bool done = open_round(search) && collect_seeds(search, origin) &&
                collect_departures(search, &options->window) &&
                search_after_window(search, options->window.until_s) && search_window(search);
    return done ? OM_OK : OM_NO_MEMORY;
}

uint32_t route_search_first(const route_search *search, size_t destination)
{
    return search->states[destination].journey;
}

const struct found_journey *route_search_journeys(const route_search *search)
{
    return search->journeys;
}

int32_t route_search_arrival_after(const route_search *search, size_t destination)
{
    return search->states[destination].after_s;
}

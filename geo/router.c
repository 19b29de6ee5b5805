#include "router.h"

#include "geo/memory.h"

#include <stdlib.h>
#include <string.h>

#define NEVER_CHANGED UINT32_MAX

/* How far a loop fetches ahead: its items lie all over the memory. */
enum { AHEAD = 8, FAR_AHEAD = 16 };

struct place_time {
    int32_t arrival_s; /* earliest */
    int32_t ready_s;   /* earliest time to board the next trip */
};

/*
 * What is known so far, by place and by call. An arrival that a later departure reaches too is of no use to
 * an earlier one, so without a limit on transfers one layer serves all rounds; with a limit, layer k holds
 * what is reached with at most k transfers.
 */
struct layer {
    struct place_time *places;
    uint16_t *aboard; /* per call of a pattern: the earliest trip that somebody is aboard of leaving it */
    int32_t *latest;  /* per visit: who is ready by then catches an earlier trip than that */
};

/* A trip that can be caught at a visit. */
struct catch
{
    uint32_t visit, trip;
    int32_t time_s; /* at which one is ready for it */
};

/* A list in which every place stands once: `mark` is its bit in the place's marks. */
struct place_list {
    uint32_t *items;
    size_t n;
    uint8_t mark;
};

enum { MARK_REACHED = 1, MARK_ENDED = 2, MARK_READY = 4, MARK_DESTINATION = 8 };

/* What a place's lists know of it. */
struct place_mark {
    uint16_t round; /* the last one that improved the arrival */
    uint8_t marks;
};

/* A departure from the origin: the trip at a position leaves in time for it. */
struct departure {
    int32_t time_s; /* from the point, the walk included */
    uint32_t visit, trip;
};

struct seed {
    uint32_t place;
    int32_t walk_s;
};

/* What is known of a destination besides its earliest arrival. */
struct destination_state {
    int32_t after_s;    /* earliest arrival of departures after the window */
    uint32_t journey;   /* chain */
    uint16_t transfers; /* fewest that reach the earliest arrival */
    bool improved;
};

struct route_search {
    const geo_timetable *timetable;
    const struct destinations *destinations;
    int max_transfers;

    int32_t limit_s;  /* TIME_NEVER = none */
    int32_t latest_s; /* arrivals after it are not looked for */

    struct layer *layers;
    size_t n_layers; /* in use */
    uint16_t round;  /* of the trips being ridden: how many came before them */
    size_t n_allocated, layers_capacity;

    struct catch *catches; /* at most one for each visit */
    size_t n_catches;
    uint32_t *change_layer; /* per listed change: the lowest layer in which it was made */
    uint32_t *made_changes; /* in this round */
    size_t n_made;
    struct place_mark *marks;
    struct place_list reached; /* where somebody may change */
    struct place_list ended;   /* where somebody may leave for a destination, in any round of a departure */
    struct place_list ready;   /* where somebody is ready for a trip earlier than before */

    struct seed *seeds;
    size_t n_seeds, seeds_capacity;
    struct departure *departures;
    size_t n_departures, departures_capacity;

    int32_t *end_s; /* per destination: earliest arrival */
    struct destination_state *states;
    uint32_t *improved;
    size_t n_improved;
    struct found_journey *journeys;
    size_t n_journeys, journeys_capacity;
};

static bool place_list_init(struct place_list *list, size_t n, uint8_t mark)
{
    list->items = om_alloc(n, sizeof *list->items);
    list->mark = mark;
    return list->items != NULL;
}

static void place_list_add(struct place_list *list, struct place_mark *marks, uint32_t place)
{
    if (marks[place].marks & list->mark)
        return;
    marks[place].marks |= list->mark;
    list->items[list->n++] = place;
}

static void place_list_clear(struct place_list *list, struct place_mark *marks)
{
    for (size_t i = 0; i < list->n; i++)
        marks[list->items[i]].marks &= (uint8_t)~list->mark;
    list->n = 0;
}

route_search *route_search_new(const geo_timetable *timetable, const struct destinations *destinations)
{
    route_search *search = om_alloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->timetable = timetable;
    search->destinations = destinations;
    search->change_layer = om_alloc(timetable->n_changes, sizeof *search->change_layer);
    search->made_changes = om_alloc(timetable->n_changes, sizeof *search->made_changes);
    search->end_s = om_alloc(destinations->n, sizeof *search->end_s);
    search->states = om_alloc(destinations->n, sizeof *search->states);
    search->improved = om_alloc(destinations->n, sizeof *search->improved);
    bool list = place_list_init(&search->reached, timetable->n_places, MARK_REACHED);
    list = place_list_init(&search->ended, timetable->n_places, MARK_ENDED) && list;
    list = place_list_init(&search->ready, timetable->n_places, MARK_READY) && list;
    search->marks = om_alloc(timetable->n_places, sizeof *search->marks);
    search->catches = om_alloc(timetable->n_visits, sizeof *search->catches);
    if (!search->change_layer || !search->made_changes || !search->end_s || !search->states ||
        !search->improved || !search->catches || !search->marks || !list) {
        route_search_free(search);
        return NULL;
    }
    for (size_t i = 0; i < timetable->n_places; i++)
        search->marks[i].marks = destinations->is_one[i] ? MARK_DESTINATION : 0;
    return search;
}

static void layer_done(struct layer *layer)
{
    om_free(layer->places);
    om_free(layer->aboard);
    om_free(layer->latest);
}

void route_search_free(route_search *search)
{
    if (!search)
        return;
    for (size_t i = 0; i < search->n_allocated; i++)
        layer_done(&search->layers[i]);
    void *const blocks[] = {
        search->layers,       search->catches,     search->change_layer,
        search->made_changes, search->marks,       search->reached.items,
        search->ended.items,  search->ready.items, search->seeds,
        search->departures,   search->end_s,       search->states,
        search->improved,     search->journeys,    search,
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
}

static bool allocate_layer(route_search *search)
{
    struct layer *layers =
        om_grow(search->layers, &search->layers_capacity, search->n_allocated + 1, sizeof *layers);
    if (!layers)
        return false;
    search->layers = layers;
    const geo_timetable *timetable = search->timetable;
    struct layer fresh = {om_alloc(timetable->n_places, sizeof *fresh.places),
                          om_alloc(timetable->n_positions, sizeof *fresh.aboard),
                          om_alloc(timetable->n_visits + 1, sizeof *fresh.latest)};
    if (!fresh.places || !fresh.aboard || !fresh.latest) {
        layer_done(&fresh);
        return false;
    }
    layers[search->n_allocated++] = fresh;
    return true;
}

static void clear_labels(int32_t *labels, size_t n)
{
    for (size_t i = 0; i < n; i++)
        labels[i] = TIME_NEVER;
}

/* Brings the next layer into use: at first it knows what the layer below knows. */
static bool open_layer(route_search *search)
{
    const geo_timetable *timetable = search->timetable;
    size_t n = timetable->n_places, k = search->n_layers;
    if (k == search->n_allocated && !allocate_layer(search))
        return false;
    const struct layer *fresh = &search->layers[k], *below = k ? fresh - 1 : fresh;
    if (k == 0) {
        for (size_t i = 0; i < n; i++)
            fresh->places[i] = (struct place_time){TIME_NEVER, TIME_NEVER};
    } else {
        memcpy(fresh->places, below->places, n * sizeof *fresh->places);
    }
    memcpy(fresh->aboard, k == 0 ? timetable->call_trips : below->aboard,
           timetable->n_positions * sizeof *fresh->aboard);
    memcpy(fresh->latest, k == 0 ? timetable->visit_last_s : below->latest,
           timetable->n_visits * sizeof *fresh->latest);
    search->n_layers++;
    return true;
}

static size_t layer_of(const route_search *search, size_t round)
{
    return search->max_transfers < 0 ? 0 : round;
}

/* Makes the listed changes at a call from trips first .. end - 1; they are boarded when the round is over. */
static void make_changes(route_search *search, size_t layer, uint32_t call, uint32_t first, uint32_t end)
{
    const geo_timetable *timetable = search->timetable;
    for (uint32_t i = timetable->change_first[call]; i < timetable->change_first[call + 1]; i++) {
        const struct trip_change *change = &timetable->changes[i];
        if (change->trip < first)
            break;
        if (change->trip >= end || search->change_layer[i] <= layer)
            continue;
        search->change_layer[i] = (uint32_t)layer;
        search->made_changes[search->n_made++] = i;
    }
}

static void improve_arrival(route_search *search, size_t layer, uint32_t place, int32_t time_s, bool through)
{
    size_t i = layer;
    for (; i < search->n_layers && search->layers[i].places[place].arrival_s > time_s; i++)
        search->layers[i].places[place].arrival_s = time_s;
    if (!through)
        place_list_add(&search->reached, search->marks, place);
    if (i < search->n_layers || !(search->marks[place].marks & MARK_DESTINATION))
        return;
    place_list_add(&search->ended, search->marks, place);
    search->marks[place].round = search->round;
}

static void mark_aboard(route_search *search, size_t layer, uint32_t call, uint32_t trip, int32_t before_s)
{
    uint32_t visit = search->timetable->calls[call].visit;
    for (size_t i = layer; i < search->n_layers && search->layers[i].aboard[call] > trip; i++) {
        search->layers[i].aboard[call] = (uint16_t)trip;
        search->layers[i].latest[visit] = before_s;
    }
}

/* Departures of the trip before the one ridden, call by call. */
struct trip_before {
    const struct call_time *times;
    int32_t start_s;
};

static struct trip_before trip_before(const geo_timetable *timetable, const struct pattern *pattern,
                                      uint32_t trip, uint32_t position)
{
    const struct trip_start *start = &timetable->trips[pattern->first_trip + trip - (trip > 0)];
    return (struct trip_before){&timetable->times[start->first_time + position], start->time_s};
}

/* How one came to be aboard of a trip. */
enum entry {
    ENTERED_FIRST, /* it begins the journey: at its next call, all changes are worth a try */
    ENTERED,
    ENTERED_ALONE, /* by a listed change: says nothing about later trips of the pattern */
};

/* Rides a trip from a position, as far as nobody is aboard of it, or of an earlier one, already. */
static void ride(route_search *search, size_t layer, const struct pattern *pattern, uint32_t trip,
                 uint32_t position, enum entry entry)
{
    const geo_timetable *timetable = search->timetable;
    const struct trip_start start = timetable->trips[pattern->first_trip + trip];
    const struct trip_before before = trip_before(timetable, pattern, trip, position);
    const struct call_time *times = &timetable->times[start.first_time + position];
    const uint32_t first = pattern->first_position + position;
    const struct pattern_call *calls = &timetable->calls[first];
    const uint8_t *flags = &timetable->call_flags[first];
    const struct place_time *places = search->layers[layer].places;
    const uint16_t *aboard = search->layers[layer].aboard + first;
    const uint32_t n_left = pattern->n_positions - position - 1u;
    for (uint32_t i = 0; i < n_left && aboard[i] > trip; i++) {
        int32_t time_s = start.time_s + times[i + 1].arrival_s;
        if (time_s > search->latest_s)
            return;
        if (entry != ENTERED_ALONE)
            mark_aboard(search, layer, first + i, trip,
                        trip ? before.start_s + before.times[i].departure_s : TIME_BEFORE_ALL);
        if (!(flags[i + 1] & CALL_ALIGHT))
            continue;
        if (time_s < places[calls[i + 1].place].arrival_s)
            improve_arrival(search, layer, calls[i + 1].place, time_s,
                            flags[i + 1] & CALL_THROUGH && !(i == 0 && entry == ENTERED_FIRST));
        if (flags[i + 1] & CALL_CHANGES)
            make_changes(search, layer, first + i + 1, trip, entry == ENTERED_ALONE ? trip + 1 : UINT32_MAX);
    }
}

static void ride_from(route_search *search, size_t layer, uint32_t index, uint32_t trip, enum entry entry)
{
    const struct pattern_visit *visit = &search->timetable->visits[index];
    const struct pattern *pattern = &search->timetable->patterns[visit->pattern];
    ride(search, layer, pattern, trip, visit->call - pattern->first_position, entry);
}

/* Makes the changes listed so far in this round; what they lead to is listed after them. */
static void ride_changes(route_search *search, size_t round)
{
    const geo_timetable *timetable = search->timetable;
    size_t n = search->n_made;
    for (size_t i = 0; i < n; i++) {
        const struct trip_change *change = &timetable->changes[search->made_changes[i]];
        const struct pattern *pattern = &timetable->patterns[change->to_pattern];
        ride(search, layer_of(search, round + 1), pattern, change->to_trip, change->to_position,
             pattern->has_changes ? ENTERED_ALONE : ENTERED);
    }
    search->n_made -= n;
    memmove(search->made_changes, search->made_changes + n, search->n_made * sizeof *search->made_changes);
}

/* The first trip of a pattern, below `end`, that departs at a position at time_s or later; sought from the
 * end, since the trip before the one caught so far is often the one. */
static uint32_t first_departure(const geo_timetable *timetable, const struct pattern *pattern,
                                uint32_t position, uint32_t end, int32_t time_s)
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

/* Of equally early arrivals the one with the fewest transfers counts. */
static void improve_end(route_search *search, uint32_t destination, int32_t time_s, uint16_t transfers)
{
    struct destination_state *state = &search->states[destination];
    if (state->improved && time_s == search->end_s[destination]) {
        state->transfers = transfers < state->transfers ? transfers : state->transfers;
    } else if (time_s < search->end_s[destination]) {
        search->end_s[destination] = time_s;
        state->transfers = transfers;
        if (!state->improved)
            search->improved[search->n_improved++] = destination;
        state->improved = true;
    }
}

/* Arrivals of a departure that end at a destination. */
static void reach_destinations(route_search *search)
{
    const struct destinations *destinations = search->destinations;
    const struct place_time *places = search->layers[search->n_layers - 1].places;
    const uint32_t *ended = search->ended.items;
    for (size_t i = 0; i < search->ended.n; i++) {
        if (i + AHEAD < search->ended.n)
            __builtin_prefetch(&destinations->walks[destinations->first[ended[i + AHEAD]]]);
        uint32_t end = destinations->first[ended[i] + 1];
        for (uint32_t w = destinations->first[ended[i]]; w < end; w++) {
            int32_t time_s = places[ended[i]].arrival_s + destinations->walks[w].walk_s;
            uint32_t destination = destinations->walks[w].destination;
            if (time_s <= search->end_s[destination] && time_s <= search->latest_s)
                improve_end(search, destination, time_s, search->marks[ended[i]].round);
        }
    }
    place_list_clear(&search->ended, search->marks);
}

static void be_ready(route_search *search, const struct layer *layer, uint32_t place, int32_t time_s)
{
    if (layer->places[place].ready_s <= time_s || time_s > search->latest_s)
        return;
    const struct layer *end = search->layers + search->n_layers;
    for (; layer < end && layer->places[place].ready_s > time_s; layer++)
        layer->places[place].ready_s = time_s;
    place_list_add(&search->ready, search->marks, place);
}

/* From the places reached in a round to those where one is ready for the next. */
static void walk_on(route_search *search, size_t round)
{
    const geo_timetable *timetable = search->timetable;
    const struct layer *layer = &search->layers[layer_of(search, round)];
    const uint32_t *reached = search->reached.items;
    for (size_t i = 0; i < search->reached.n; i++) {
        if (i + FAR_AHEAD < search->reached.n)
            __builtin_prefetch(&timetable->links[reached[i + FAR_AHEAD]]);
        if (i + AHEAD < search->reached.n)
            __builtin_prefetch(&timetable->edges[timetable->links[reached[i + AHEAD]].edge_first]);
        const struct place_links *links = &timetable->links[reached[i]];
        int32_t arrival_s = layer->places[reached[i]].arrival_s;
        if (links->change_s != TIME_NEVER)
            be_ready(search, layer, reached[i], arrival_s + links->change_s);
        for (uint32_t e = links->edge_first; e < links[1].edge_first; e++)
            be_ready(search, layer, timetable->edges[e].to, arrival_s + timetable->edges[e].duration_s);
    }
}

/* What those who are ready may catch that leaves earlier than the trips caught so far. */
static void list_catches(route_search *search, const struct layer *layer)
{
    const geo_timetable *timetable = search->timetable;
    const uint32_t *places = search->ready.items;
    size_t n = 0;
    for (size_t i = 0; i < search->ready.n; i++) {
        if (i + FAR_AHEAD < search->ready.n)
            __builtin_prefetch(&timetable->links[places[i + FAR_AHEAD]]);
        if (i + AHEAD < search->ready.n)
            __builtin_prefetch(&layer->latest[timetable->links[places[i + AHEAD]].visit_first]);
        const struct place_links *links = &timetable->links[places[i]];
        int32_t time_s = layer->places[places[i]].ready_s;
        for (uint32_t v = links->visit_first; v < links[1].visit_first; v++)
            if (layer->latest[v] >= time_s) {
                __builtin_prefetch(&timetable->visits[v]);
                search->catches[n++] = (struct catch){v, 0, time_s};
            }
    }
    search->n_catches = n;
    place_list_clear(&search->ready, search->marks);
}

static void find_trips(route_search *search, const struct layer *layer)
{
    const geo_timetable *timetable = search->timetable;
    struct catch *items = search->catches;
    for (size_t i = 0; i < search->n_catches; i++) {
        if (i + AHEAD < search->n_catches) {
            const struct pattern_visit *ahead = &timetable->visits[items[i + AHEAD].visit];
            __builtin_prefetch(&layer->aboard[ahead->call]);
            __builtin_prefetch(&timetable->trips[timetable->patterns[ahead->pattern].first_trip]);
        }
        const struct pattern_visit *visit = &timetable->visits[items[i].visit];
        const struct pattern *pattern = &timetable->patterns[visit->pattern];
        items[i].trip = first_departure(timetable, pattern, visit->call - pattern->first_position,
                                        layer->aboard[visit->call] - 1u, items[i].time_s);
        __builtin_prefetch(&timetable->calls[visit->call]);
    }
}

/* Rides, in the next round, what can be caught from the places reached. */
static void change(route_search *search, size_t round)
{
    size_t next = layer_of(search, round + 1);
    walk_on(search, round);
    place_list_clear(&search->reached, search->marks);
    ride_changes(search, round);
    list_catches(search, &search->layers[next]);
    find_trips(search, &search->layers[next]);
    for (size_t i = 0; i < search->n_catches; i++)
        ride_from(search, next, search->catches[i].visit, search->catches[i].trip, ENTERED);
}

/* Rounds from the rides of the first until nothing improves. */
static bool run_rounds(route_search *search)
{
    for (size_t round = 0; search->reached.n || search->n_made; round++) {
        bool last = search->max_transfers >= 0 && round >= (size_t)search->max_transfers;
        if (last)
            break;
        if (layer_of(search, round + 1) == search->n_layers && !open_layer(search))
            return false;
        search->round = (uint16_t)(round + 1);
        change(search, round);
    }
    place_list_clear(&search->reached, search->marks);
    search->round = 0;
    search->n_made = 0;
    reach_destinations(search);
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
    return p->visit < q->visit ? -1 : p->visit > q->visit;
}

static bool add_departures(route_search *search, const struct seed *seed, uint32_t index,
                           const struct geo_window *window)
{
    const struct pattern_visit *visit = &search->timetable->visits[index];
    const struct pattern *pattern = &search->timetable->patterns[visit->pattern];
    uint32_t position = visit->call - pattern->first_position, n_trips = pattern->n_trips;
    uint32_t first =
        first_departure(search->timetable, pattern, position, n_trips, window->from_s + seed->walk_s);
    uint32_t end =
        first_departure(search->timetable, pattern, position, n_trips, window->until_s + seed->walk_s);
    struct departure *items = om_grow(search->departures, &search->departures_capacity,
                                      search->n_departures + end - first, sizeof *items);
    if (!items)
        return false;
    search->departures = items;
    for (uint32_t trip = first; trip < end; trip++)
        items[search->n_departures++] = (struct departure){
            trip_departure_s(search->timetable, pattern, trip, position) - seed->walk_s, index, trip};
    return true;
}

/* Every departure from the origin within the window, the latest first. */
static bool collect_departures(route_search *search, const struct geo_window *window)
{
    const geo_timetable *timetable = search->timetable;
    search->n_departures = 0;
    for (size_t i = 0; i < search->n_seeds; i++) {
        const struct seed *seed = &search->seeds[i];
        for (uint32_t v = timetable->links[seed->place].visit_first;
             v < timetable->links[seed->place + 1].visit_first; v++)
            if (!add_departures(search, seed, v, window))
                return false;
    }
    if (search->n_departures)
        qsort(search->departures, search->n_departures, sizeof *search->departures, latest_first);
    return true;
}

/* Whoever leaves at time_s is not under way for longer than the limit. */
static void leave(route_search *search, int32_t time_s)
{
    search->latest_s = search->limit_s == TIME_NEVER ? TIME_NEVER - 1 : time_s + search->limit_s;
}

/* Departures after the window: they dominate earlier ones, and minutes near the end wait for them. */
static bool search_after_window(route_search *search, int32_t until_s)
{
    const geo_timetable *timetable = search->timetable;
    leave(search, until_s);
    for (size_t i = 0; i < search->n_seeds; i++) {
        const struct seed *seed = &search->seeds[i];
        for (uint32_t v = timetable->links[seed->place].visit_first;
             v < timetable->links[seed->place + 1].visit_first; v++) {
            const struct pattern_visit *visit = &timetable->visits[v];
            const struct pattern *pattern = &timetable->patterns[visit->pattern];
            uint32_t position = visit->call - pattern->first_position;
            uint32_t trip =
                first_departure(timetable, pattern, position, pattern->n_trips, until_s + seed->walk_s);
            if (trip < pattern->n_trips)
                ride(search, 0, pattern, trip, position, ENTERED_FIRST);
        }
    }
    if (!run_rounds(search))
        return false;
    for (size_t i = 0; i < search->n_improved; i++) {
        struct destination_state *state = &search->states[search->improved[i]];
        state->after_s = search->end_s[search->improved[i]];
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
        journeys[search->n_journeys++] = (struct found_journey){
            {departure_s, search->end_s[search->improved[i]], state->transfers}, state->journey};
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
        leave(search, time_s);
        for (; i < search->n_departures && search->departures[i].time_s == time_s; i++)
            ride_from(search, 0, search->departures[i].visit, search->departures[i].trip, ENTERED_FIRST);
        if (!run_rounds(search) || !keep_journeys(search, time_s))
            return false;
    }
    return true;
}

static void reset(route_search *search)
{
    search->n_layers = search->n_journeys = search->n_improved = 0;
    search->n_made = 0;
    search->round = 0;
    place_list_clear(&search->reached, search->marks);
    place_list_clear(&search->ended, search->marks);
    for (size_t i = 0; i < search->timetable->n_changes; i++)
        search->change_layer[i] = NEVER_CHANGED;
    for (size_t i = 0; i < search->destinations->n; i++)
        search->states[i] = (struct destination_state){.after_s = TIME_NEVER};
    clear_labels(search->end_s, search->destinations->n);
}

om_status route_search_run(route_search *search, const struct geo_point *origin,
                           const struct route_options *options)
{
    reset(search);
    search->max_transfers = options->max_transfers;
    search->limit_s = options->limit_s;
    bool done = open_layer(search) && collect_seeds(search, origin) &&
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

#include "router.h"

#include "rounds.h"

#include "geo/memory.h"

#include <stdlib.h>
#include <string.h>

/* How far a loop fetches ahead: its items lie all over the memory. */
enum { AHEAD = 8 };

/* A departure from the origin: the trip at a position leaves in time for it. */
struct departure {
    int32_t time_s; /* from the point, the walk included */
    uint32_t visit, trip;
};

struct seed {
    uint32_t place;
    int32_t walk_s;
};

struct route_search {
    const geo_timetable *timetable;
    const struct destinations *destinations;
    struct rounds *rounds;
    int32_t limit_s; /* TIME_NEVER = none */

    struct seed *seeds;
    size_t n_seeds, seeds_capacity;
    struct departure *departures;
    size_t n_departures, departures_capacity;

    /* Per destination; apart, since most arrivals are only compared with the earliest one. */
    int32_t *end_s;    /* earliest arrival */
    int32_t *after_s;  /* earliest arrival of departures after the window */
    uint32_t *journey; /* chain */

    struct found_journey *journeys;
    size_t n_journeys, journeys_capacity;
    size_t n_earlier; /* found before the present departure was searched */
};

route_search *route_search_new(const geo_timetable *timetable, const struct destinations *destinations)
{
    route_search *search = om_alloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->timetable = timetable;
    search->destinations = destinations;
    search->rounds = rounds_new(timetable);
    search->end_s = om_alloc(destinations->n, sizeof *search->end_s);
    search->after_s = om_alloc(destinations->n, sizeof *search->after_s);
    search->journey = om_alloc(destinations->n, sizeof *search->journey);
    if (search->rounds && search->end_s && search->after_s && search->journey)
        return search;
    route_search_free(search);
    return NULL;
}

void route_search_free(route_search *search)
{
    if (!search)
        return;
    rounds_free(search->rounds);
    void *const blocks[] = {search->seeds,   search->departures, search->end_s, search->after_s,
                            search->journey, search->journeys,   search};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
}

/* Keeps a journey that arrives earlier than any found so far, in place of one of the same departure. There is
 * room for one more a destination. */
static inline void keep_journey(route_search *search, uint32_t destination, struct geo_journey journey)
{
    uint32_t *chain = &search->journey[destination];
    if (*chain > search->n_earlier) {
        search->journeys[*chain - 1].journey = journey;
        return;
    }
    search->journeys[search->n_journeys] = (struct found_journey){journey, *chain};
    *chain = (uint32_t)++search->n_journeys;
}

/* Arrivals of a round that end at a destination: each that gains something is a journey. */
static void reach_destinations(route_search *search, int32_t departure_s)
{
    const struct destinations *destinations = search->destinations;
    const struct rounds *rounds = search->rounds;
    const struct improvement *improved = rounds->improved;
    const int32_t latest_s = rounds->latest_s;
    int32_t *end_s = search->end_s;
    for (size_t i = 0, n = rounds->n_improved; i < n; i++) {
        if (i + AHEAD < n)
            __builtin_prefetch(&destinations->walks[destinations->first[improved[i + AHEAD].place]]);
        const uint32_t place = improved[i].place, end = destinations->first[place + 1];
        const int32_t arrival_s = rounds_arrival_s(rounds, place);
        for (uint32_t w = destinations->first[place]; w < end; w++) {
            const struct place_walk walk = destinations->walks[w];
            const int32_t time_s = arrival_s + walk.walk_s;
            if (time_s >= end_s[walk.destination] || time_s > latest_s)
                continue;
            keep_journey(search, walk.destination, (struct geo_journey){departure_s, time_s, rounds->round});
            end_s[walk.destination] = time_s;
        }
    }
}

/* From the trips that have departed until nothing improves. */
static bool follow(route_search *search, int32_t departure_s)
{
    for (bool improves = true; improves;) {
        reach_destinations(search, departure_s);
        if (!rounds_change(search->rounds, &improves))
            return false;
    }
    return true;
}

/* The earliest arrivals, however many trips they take: place by place, once all rounds are over. */
static void find_arrivals(route_search *search)
{
    const struct destinations *destinations = search->destinations;
    const struct rounds *rounds = search->rounds;
    for (uint32_t place = 0; place < search->timetable->n_places; place++) {
        const int32_t arrival_s = rounds_arrival_s(rounds, place);
        if (arrival_s == TIME_NEVER)
            continue;
        for (uint32_t w = destinations->first[place]; w < destinations->first[place + 1]; w++) {
            const struct place_walk walk = destinations->walks[w];
            const int32_t time_s = arrival_s + walk.walk_s;
            if (time_s < search->end_s[walk.destination] && time_s <= rounds->latest_s)
                search->end_s[walk.destination] = time_s;
        }
    }
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
    search->rounds->latest_s = search->limit_s == TIME_NEVER ? TIME_AFTER_ALL - 1 : time_s + search->limit_s;
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
            if (trip < pattern->n_trips && !rounds_depart(search->rounds, v, trip))
                return false;
        }
    }
    for (bool improves = true; improves;)
        if (!rounds_change(search->rounds, &improves))
            return false;
    find_arrivals(search);
    if (search->destinations->n)
        memcpy(search->after_s, search->end_s, search->destinations->n * sizeof *search->after_s);
    return true;
}

static bool reserve_journeys(route_search *search)
{
    struct found_journey *journeys = om_grow(search->journeys, &search->journeys_capacity,
                                             search->n_journeys + search->destinations->n, sizeof *journeys);
    if (!journeys)
        return false;
    search->journeys = journeys;
    search->n_earlier = search->n_journeys;
    return true;
}

static bool search_window(route_search *search)
{
    size_t i = 0;
    while (i < search->n_departures) {
        int32_t time_s = search->departures[i].time_s;
        leave(search, time_s);
        for (; i < search->n_departures && search->departures[i].time_s == time_s; i++)
            if (!rounds_depart(search->rounds, search->departures[i].visit, search->departures[i].trip))
                return false;
        if (!reserve_journeys(search) || !follow(search, time_s))
            return false;
    }
    return true;
}

static void reset(route_search *search)
{
    search->n_journeys = 0;
    for (size_t i = 0; i < search->destinations->n; i++) {
        search->end_s[i] = TIME_NEVER;
        search->journey[i] = 0;
    }
}

om_status route_search_run(route_search *search, const struct geo_point *origin,
                           const struct route_options *options)
{
    reset(search);
    search->limit_s = options->limit_s;
    bool done = rounds_begin(search->rounds, options->max_transfers) && collect_seeds(search, origin) &&
                collect_departures(search, &options->window) &&
                search_after_window(search, options->window.until_s) && search_window(search);
    return done ? OM_OK : OM_NO_MEMORY;
}

uint32_t route_search_first(const route_search *search, size_t destination)
{
    return search->journey[destination];
}

const struct found_journey *route_search_journeys(const route_search *search)
{
    return search->journeys;
}

int32_t route_search_arrival_after(const route_search *search, size_t destination)
{
    return search->after_s[destination];
}

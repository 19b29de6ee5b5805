/*
 * Which rides make up a journey whose departure, arrival and transfers are known.
 *
 * A search by rounds as the router's, but from one departure only and up to one arrival, so that little is
 * reached, and every arrival keeps where it came from. Trips are boarded one by one.
 */
#include "geo/journey.h"

#include "geo/memory.h"
#include "joining_walk.h"
#include "timetable_internal.h"

#include <stdlib.h>

#define NONE UINT32_MAX

/* ---- the timetable as this search sees it ---- */

/* A call of a trip, by pattern. */
struct event {
    uint32_t pattern, trip, position;
};

static const struct pattern *pattern_of(const geo_timetable *timetable, struct event at)
{
    return &timetable->patterns[at.pattern];
}

static uint32_t call_of(const geo_timetable *timetable, struct event at)
{
    return pattern_of(timetable, at)->first_position + at.position;
}

static uint32_t place_of(const geo_timetable *timetable, struct event at)
{
    return timetable->calls[call_of(timetable, at)].place;
}

static bool has_flag(const geo_timetable *timetable, struct event at, uint8_t flag)
{
    return timetable->call_flags[call_of(timetable, at)] & flag;
}

static int32_t departure_s(const geo_timetable *timetable, struct event at)
{
    const struct pattern *pattern = pattern_of(timetable, at);
    return trip_departure_s(timetable, pattern, at.trip, at.position);
}

static int32_t arrival_s(const geo_timetable *timetable, struct event at)
{
    const struct pattern *pattern = pattern_of(timetable, at);
    return trip_arrival_s(timetable, pattern, at.trip, at.position);
}

/* The trip among those of all patterns, one after the other. */
static uint32_t index_of(const geo_timetable *timetable, struct event at)
{
    return pattern_of(timetable, at)->first_trip + at.trip;
}

/* The n-th way to board at a place, as an event of the pattern's first trip. */
static struct event visit_at(const geo_timetable *timetable, uint32_t visit)
{
    const struct pattern_visit *at = &timetable->visits[visit];
    return (struct event){at->pattern, 0, at->call - timetable->patterns[at->pattern].first_position};
}

/* The first trip of the pattern that departs at time_s or later; n_trips when none does. */
static uint32_t first_trip(const geo_timetable *timetable, struct event at, int32_t time_s)
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

/* ---- the search ---- */

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

static void add_boarding(struct tracing *tracing, struct boarding boarding)
{
    if (departure_s(tracing->timetable, boarding.at) > tracing->journey->arrival_s ||
        tracing->ridden[index_of(tracing->timetable, boarding.at)] <= boarding.at.position)
        return;
    struct boarding *items =
        om_grow(tracing->boardings, &tracing->boarding_capacity, tracing->n_boardings + 1, sizeof *items);
    tracing->no_memory |= !items;
    if (!items)
        return;
    tracing->boardings = items;
    items[tracing->n_boardings++] = boarding;
}

/* The index of a new arrival, or NONE when memory is out. */
static uint32_t add_arrival(struct tracing *tracing, struct arrival arrival)
{
    struct arrival *items =
        om_grow(tracing->arrivals, &tracing->arrival_capacity, tracing->n_arrivals + 1, sizeof *items);
    tracing->no_memory |= !items;
    if (!items)
        return NONE;
    tracing->arrivals = items;
    items[tracing->n_arrivals] = arrival;
    return (uint32_t)tracing->n_arrivals++;
}

/* Trips that leave the origin's stops at the very second at which the walk there ends. */
static void board_from_origin(struct tracing *tracing)
{
    const geo_timetable *timetable = tracing->timetable;
    for (uint32_t i = 0; i < tracing->from->n_access; i++) {
        const struct geo_access *access = &tracing->from->access[i];
        int32_t ready_s = tracing->journey->departure_s + access->walk_s;
        uint32_t station = timetable->stop_station[access->stop];
        uint32_t first = timetable->links[timetable->station_place[station]].visit_first;
        uint32_t end = timetable->links[timetable->station_place[station + 1]].visit_first;
        for (uint32_t v = first; v < end; v++) {
            struct event at = visit_at(timetable, v);
            uint32_t n_trips = pattern_of(timetable, at)->n_trips;
            for (at.trip = first_trip(timetable, at, ready_s);
                 at.trip < n_trips && departure_s(timetable, at) == ready_s; at.trip++)
                add_boarding(tracing, (struct boarding){.at = at,
                                                        .arrival = NONE,
                                                        .access = i,
                                                        .ready_s = ready_s,
                                                        .walk_s = access->walk_s});
        }
    }
}

/* Whoever is ready at a place boards the next trip of each pattern; and later ones too, where their going on
 * is a matter of particular trips. */
static void board_at(struct tracing *tracing, uint32_t place, const struct boarding *ready)
{
    const geo_timetable *timetable = tracing->timetable;
    for (uint32_t v = timetable->links[place].visit_first; v < timetable->links[place + 1].visit_first; v++) {
        struct event at = visit_at(timetable, v);
        if (has_flag(timetable, at, CALL_FIRST_ONLY))
            continue;
        const struct pattern *pattern = pattern_of(timetable, at);
        uint32_t first = first_trip(timetable, at, ready->ready_s);
        uint32_t end = pattern->has_changes || first == pattern->n_trips ? pattern->n_trips : first + 1;
        for (at.trip = first; at.trip < end; at.trip++) {
            struct boarding boarding = *ready;
            boarding.at = at;
            add_boarding(tracing, boarding);
        }
    }
}

/* Changes from a place by the durations between places. */
static void change_at(struct tracing *tracing, uint32_t place)
{
    const geo_timetable *timetable = tracing->timetable;
    uint32_t from = tracing->earliest[place];
    const struct arrival *arrival = &tracing->arrivals[from];
    const struct place_links *links = &timetable->links[place];
    struct boarding ready = {.arrival = from, .change = GEO_CHANGE_WITHIN, .walk_s = arrival->walk_s};
    ready.ready_s = arrival->time_s + links->change_s;
    if (links->change_s != TIME_NEVER && ready.ready_s <= tracing->journey->arrival_s)
        board_at(tracing, place, &ready);
    ready.change = GEO_CHANGE_WALK;
    for (uint32_t e = links->edge_first; e < links[1].edge_first; e++) {
        int32_t duration_s = timetable->edges[e].duration_s;
        ready.ready_s = arrival->time_s + duration_s;
        ready.walk_s = arrival->walk_s + duration_s;
        if (ready.ready_s <= tracing->journey->arrival_s)
            board_at(tracing, timetable->edges[e].to, &ready);
    }
}

/* A listed change is in no time, unless it is one that places permit as well. */
static struct boarding listed_boarding(const struct tracing *tracing, struct event from, struct event to,
                                       uint32_t arrival)
{
    const geo_timetable *timetable = tracing->timetable;
    uint32_t here = place_of(timetable, from), there = place_of(timetable, to);
    const struct arrival *known = &tracing->arrivals[arrival];
    struct boarding boarding = {to, arrival, 0, GEO_CHANGE_RULED, known->time_s, known->walk_s};
    int32_t duration_s = here == there ? timetable->links[here].change_s : TIME_NEVER;
    for (uint32_t e = timetable->links[here].edge_first; e < timetable->links[here + 1].edge_first; e++)
        if (timetable->edges[e].to == there)
            duration_s = timetable->edges[e].duration_s;
    if (duration_s == TIME_NEVER || departure_s(timetable, to) < known->time_s + duration_s)
        return boarding;
    boarding.change = here == there ? GEO_CHANGE_WITHIN : GEO_CHANGE_WALK;
    boarding.ready_s += duration_s;
    boarding.walk_s += here == there ? 0 : duration_s;
    return boarding;
}

/* Makes the changes listed for this very trip; they count for the next round. */
static void change_as_listed(struct tracing *tracing, struct event from, uint32_t arrival)
{
    const geo_timetable *timetable = tracing->timetable;
    uint32_t call = call_of(timetable, from);
    for (uint32_t i = timetable->change_first[call]; i < timetable->change_first[call + 1]; i++) {
        const struct trip_change *change = &timetable->changes[i];
        struct event to = {change->to_pattern, change->to_trip, change->to_position};
        if (change->trip == from.trip)
            add_boarding(tracing, listed_boarding(tracing, from, to, arrival));
    }
}

static void reach(struct tracing *tracing, uint32_t place, uint32_t arrival)
{
    tracing->earliest[place] = arrival;
    if (!tracing->is_reached[place])
        tracing->reached[tracing->n_reached++] = place;
    tracing->is_reached[place] = true;
}

/* Whether an arrival is new at its place: earlier than any, or as early in the same round with less walking.
 */
static bool is_better(const struct tracing *tracing, uint32_t place, int32_t time_s, int32_t walk_s)
{
    uint32_t known = tracing->earliest[place];
    if (known == NONE || tracing->arrivals[known].time_s > time_s)
        return true;
    return tracing->is_reached[place] && tracing->arrivals[known].time_s == time_s &&
           tracing->arrivals[known].walk_s > walk_s;
}

static void alight(struct tracing *tracing, uint32_t boarding, struct event at)
{
    const geo_timetable *timetable = tracing->timetable;
    uint32_t place = place_of(timetable, at);
    struct arrival arrival = {boarding, at.position, arrival_s(timetable, at),
                              tracing->boardings[boarding].walk_s};
    bool better = is_better(tracing, place, arrival.time_s, arrival.walk_s);
    bool changes = has_flag(timetable, at, CALL_CHANGES);
    uint32_t index = better || changes ? add_arrival(tracing, arrival) : NONE;
    if (index != NONE && better)
        reach(tracing, place, index);
    if (index != NONE && changes)
        change_as_listed(tracing, at, index);
}

/* Less walking, then more time to change, then the earlier boarding. */
static int compare_ways(const struct boarding *p, const struct boarding *q, int32_t spare_p, int32_t spare_q)
{
    if (p->walk_s != q->walk_s)
        return p->walk_s < q->walk_s ? -1 : 1;
    return spare_p > spare_q ? -1 : spare_p < spare_q;
}

static bool is_better_way(const struct tracing *tracing, uint32_t a, uint32_t b)
{
    const struct boarding *p = &tracing->boardings[a], *q = &tracing->boardings[b];
    return compare_ways(p, q, departure_s(tracing->timetable, p->at) - p->ready_s,
                        departure_s(tracing->timetable, q->at) - q->ready_s) < 0;
}

/* Rides one trip from its boardings of this round, which are sorted by position; from each call on by the
 * best of them so far. */
static void ride(struct tracing *tracing, const uint32_t *sorted, size_t n)
{
    const geo_timetable *timetable = tracing->timetable;
    struct event at = tracing->boardings[sorted[0]].at;
    uint32_t *ridden = &tracing->ridden[index_of(timetable, at)], begin = at.position, by = sorted[0];
    uint32_t end = pattern_of(timetable, at)->n_positions;
    if (*ridden < end)
        end = *ridden + 1;
    for (size_t next = 0; at.position < end; at.position++) {
        if (arrival_s(timetable, at) > tracing->journey->arrival_s && at.position > begin)
            break;
        if (at.position > begin && has_flag(timetable, at, CALL_ALIGHT))
            alight(tracing, by, at);
        for (; next < n && tracing->boardings[sorted[next]].at.position == at.position; next++)
            if (is_better_way(tracing, sorted[next], by))
                by = sorted[next];
    }
    *ridden = begin;
}

/* Of one round, by trip, then position, then in the order in which they were found. */
struct due {
    uint32_t trip, position, boarding;
};

static int by_trip_and_position(const void *a, const void *b)
{
    const struct due *p = a, *q = b;
    if (p->trip != q->trip)
        return p->trip < q->trip ? -1 : 1;
    if (p->position != q->position)
        return p->position < q->position ? -1 : 1;
    return p->boarding < q->boarding ? -1 : p->boarding > q->boarding;
}

/* Rides what was boarded from `first` on. */
static void ride_round(struct tracing *tracing, size_t first)
{
    size_t n = tracing->n_boardings - first;
    struct due *due = om_alloc(n, sizeof *due);
    uint32_t *sorted = om_alloc(n, sizeof *sorted);
    tracing->no_memory |= !due || !sorted;
    for (size_t i = 0; i < n && !tracing->no_memory; i++) {
        struct event at = tracing->boardings[first + i].at;
        due[i] = (struct due){index_of(tracing->timetable, at), at.position, (uint32_t)(first + i)};
    }
    if (n > 1 && !tracing->no_memory)
        qsort(due, n, sizeof *due, by_trip_and_position);
    for (size_t i = 0; i < n && !tracing->no_memory; i++)
        sorted[i] = due[i].boarding;
    for (size_t i = 0, end; i < n && !tracing->no_memory; i = end) {
        for (end = i + 1; end < n && due[end].trip == due[i].trip;)
            end++;
        ride(tracing, sorted + i, end - i);
    }
    om_free(due);
    om_free(sorted);
}

static void change_round(struct tracing *tracing)
{
    for (size_t i = 0; i < tracing->n_reached; i++) {
        change_at(tracing, tracing->reached[i]);
        tracing->is_reached[tracing->reached[i]] = false;
    }
    tracing->n_reached = 0;
}

/* The arrival, and the item of the destination's access, at the time looked for and with the least walking.
 */
static bool find_end(const struct tracing *tracing, uint32_t *arrival, uint32_t *egress)
{
    const geo_timetable *timetable = tracing->timetable;
    int32_t least_s = TIME_NEVER;
    for (uint32_t i = 0; i < tracing->to->n_access; i++) {
        const struct geo_access *access = &tracing->to->access[i];
        uint32_t station = timetable->stop_station[access->stop];
        for (uint32_t place = timetable->station_place[station];
             place < timetable->station_place[station + 1]; place++) {
            uint32_t known = tracing->earliest[place];
            if (known == NONE ||
                tracing->arrivals[known].time_s + access->walk_s != tracing->journey->arrival_s ||
                tracing->arrivals[known].walk_s + access->walk_s >= least_s)
                continue;
            least_s = tracing->arrivals[known].walk_s + access->walk_s;
            *arrival = known;
            *egress = i;
        }
    }
    return least_s != TIME_NEVER;
}

/* Rounds of one more ride, until the destination is reached in time. */
static bool trace(struct tracing *tracing, uint32_t *arrival, uint32_t *egress)
{
    size_t first = 0;
    bool is_found = false;
    board_from_origin(tracing);
    while (first < tracing->n_boardings && !is_found && !tracing->no_memory) {
        size_t next = tracing->n_boardings;
        ride_round(tracing, first);
        is_found = find_end(tracing, arrival, egress);
        change_round(tracing);
        first = next;
    }
    return is_found && !tracing->no_memory;
}

/* ---- from the last arrival back to the origin ---- */

static struct geo_leg walk_leg(int32_t departure_s, int32_t duration_s, uint32_t access, uint32_t egress)
{
    return (struct geo_leg){.kind = GEO_LEG_WALK,
                            .departure_s = departure_s,
                            .arrival_s = departure_s + duration_s,
                            .access = access,
                            .egress = egress};
}

static struct geo_leg ride_leg(const struct tracing *tracing, const struct arrival *arrival)
{
    struct event at = tracing->boardings[arrival->boarding].at;
    return (struct geo_leg){.kind = GEO_LEG_RIDE,
                            .departure_s = departure_s(tracing->timetable, at),
                            .arrival_s = arrival->time_s,
                            .trip = tracing->timetable->trip_of[index_of(tracing->timetable, at)],
                            .board_call = at.position,
                            .alight_call = arrival->position};
}

static size_t count_rides(const struct tracing *tracing, uint32_t arrival)
{
    size_t n = 0;
    for (; arrival != NONE; n++)
        arrival = tracing->boardings[tracing->arrivals[arrival].boarding].arrival;
    return n;
}

/* The legs, the last one first. */
static size_t list_backwards(const struct tracing *tracing, uint32_t last, uint32_t egress,
                             struct geo_leg *legs)
{
    size_t n = 0;
    int32_t end_s = tracing->arrivals[last].time_s, walk_s = tracing->to->access[egress].walk_s;
    if (walk_s)
        legs[n++] = walk_leg(end_s, walk_s, GEO_ANY, egress);
    for (uint32_t at = last; at != NONE;) {
        const struct arrival *arrival = &tracing->arrivals[at];
        const struct boarding *boarding = &tracing->boardings[arrival->boarding];
        legs[n++] = ride_leg(tracing, arrival);
        at = boarding->arrival;
        if (at != NONE)
            legs[n++] = (struct geo_leg){.kind = GEO_LEG_CHANGE,
                                         .departure_s = tracing->arrivals[at].time_s,
                                         .arrival_s = boarding->ready_s,
                                         .change = boarding->change};
        else if (boarding->ready_s != tracing->journey->departure_s)
            legs[n++] = walk_leg(tracing->journey->departure_s, boarding->walk_s, boarding->access, GEO_ANY);
    }
    return n;
}

static om_status list_legs(om_context *ctx, const struct tracing *tracing, uint32_t last, uint32_t egress,
                           struct geo_itinerary *out)
{
    struct geo_leg *legs = om_alloc(2 * count_rides(tracing, last) + 1, sizeof *legs);
    if (!legs)
        return om_no_memory(ctx);
    size_t n = list_backwards(tracing, last, egress, legs);
    for (size_t i = 0; i < n / 2; i++) {
        struct geo_leg swapped = legs[i];
        legs[i] = legs[n - 1 - i];
        legs[n - 1 - i] = swapped;
    }
    *out = (struct geo_itinerary){legs, n};
    return OM_OK;
}

static bool tracing_init(struct tracing *tracing)
{
    const geo_timetable *timetable = tracing->timetable;
    size_t n_trips = 0;
    for (size_t i = 0; i < timetable->n_patterns; i++)
        n_trips += timetable->patterns[i].n_trips;
    tracing->earliest = om_alloc(timetable->n_places, sizeof *tracing->earliest);
    tracing->reached = om_alloc(timetable->n_places, sizeof *tracing->reached);
    tracing->is_reached = om_alloc(timetable->n_places, sizeof *tracing->is_reached);
    tracing->ridden = om_alloc(n_trips, sizeof *tracing->ridden);
    if (!tracing->earliest || !tracing->reached || !tracing->is_reached || !tracing->ridden)
        return false;
    for (size_t i = 0; i < timetable->n_places; i++)
        tracing->earliest[i] = NONE;
    for (size_t i = 0; i < n_trips; i++)
        tracing->ridden[i] = NONE;
    return true;
}

static void tracing_done(struct tracing *tracing)
{
    om_free(tracing->boardings);
    om_free(tracing->arrivals);
    om_free(tracing->earliest);
    om_free(tracing->ridden);
    om_free(tracing->reached);
    om_free(tracing->is_reached);
}

static om_status find_rides(om_context *ctx, struct tracing *tracing, struct geo_itinerary *out)
{
    uint32_t last = NONE, egress = 0;
    om_status status = OM_OK;
    if (!tracing_init(tracing))
        status = om_no_memory(ctx);
    else if (trace(tracing, &last, &egress))
        status = list_legs(ctx, tracing, last, egress, out);
    else if (tracing->no_memory)
        status = om_no_memory(ctx);
    else
        status = om_fail(ctx, OM_INVALID_ARGUMENT, "no journey leaves at %d s and arrives at %d s",
                         tracing->journey->departure_s, tracing->journey->arrival_s);
    tracing_done(tracing);
    return status;
}

static om_status take_walk(om_context *ctx, const struct geo_journey *journey,
                           const struct joining_walk *walk, struct geo_itinerary *out)
{
    struct geo_leg *legs = om_alloc(1, sizeof *legs);
    if (!legs)
        return om_no_memory(ctx);
    legs[0] = walk_leg(journey->departure_s, walk->duration_s, walk->access, walk->egress);
    *out = (struct geo_itinerary){legs, 1};
    return OM_OK;
}

om_status geo_itinerary_find(om_context *ctx, const geo_timetable *timetable, const struct geo_point *from,
                             const struct geo_point *to, const struct geo_journey *journey,
                             struct geo_itinerary *out)
{
    struct joining_walk walk = joining_walk(timetable, from, to);
    if (walk.duration_s == journey->arrival_s - journey->departure_s)
        return take_walk(ctx, journey, &walk, out);
    struct tracing tracing = {.timetable = timetable, .from = from, .to = to, .journey = journey};
    return find_rides(ctx, &tracing, out);
}

void geo_itinerary_done(struct geo_itinerary *itinerary)
{
    om_free(itinerary->legs);
    *itinerary = (struct geo_itinerary){0};
}

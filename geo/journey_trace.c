#include "journey_trace.h"

#include "geo/memory.h"

#include <stdlib.h>

bool tracing_init(struct tracing *tracing)
{
    const geo_timetable *timetable = tracing->timetable;
    size_t n_trips = 0;
    for (size_t i = 0; i < timetable->n_patterns; i++)
        n_trips += timetable->patterns[i].n_trips;
    tracing->earliest = om_alloc(timetable->n_places, sizeof *tracing->earliest);
    tracing->reached = om_alloc(timetable->n_places, sizeof *tracing->reached);
    tracing->is_reached = om_alloc(timetable->n_places, sizeof *tracing->is_reached);
    tracing->ridden = om_alloc(n_trips, sizeof *tracing->ridden);
    tracing->no_memory = !tracing->earliest || !tracing->reached || !tracing->is_reached || !tracing->ridden;
    if (tracing->no_memory)
        return false;
    for (size_t i = 0; i < timetable->n_places; i++)
        tracing->earliest[i] = NONE;
    for (size_t i = 0; i < n_trips; i++)
        tracing->ridden[i] = NONE;
    return true;
}

void tracing_done(struct tracing *tracing)
{
    om_free(tracing->boardings);
    om_free(tracing->arrivals);
    om_free(tracing->earliest);
    om_free(tracing->ridden);
    om_free(tracing->reached);
    om_free(tracing->is_reached);
}

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
    int32_t spare_s = tracing->journey->arrival_s - arrival->time_s;
    if (links->change_s <= spare_s) {
        ready.ready_s = arrival->time_s + links->change_s;
        board_at(tracing, place, &ready);
    }
    ready.change = GEO_CHANGE_WALK;
    for (uint32_t e = links->edge_first; e < links[1].edge_first; e++) {
        int32_t duration_s = timetable->edges[e].duration_s;
        if (duration_s > spare_s)
            continue;
        ready.ready_s = arrival->time_s + duration_s;
        ready.walk_s = arrival->walk_s + duration_s;
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
bool trace(struct tracing *tracing, uint32_t *arrival, uint32_t *egress)
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

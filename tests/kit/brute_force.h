/*
 * The answer to a small timetable by brute force.
 *
 * The oracle knows no patterns, labels or rounds of stations. It lists every pair of calls that one may
 * change between, by reading the transfer rows one after the other, and then follows vehicles call by call
 * from every second at which one can leave. A journey departs at t when leaving at t arrives earlier than
 * leaving later. It needs booking when leaving at t arrives later as soon as nobody rides on demand.
 */
#ifndef TESTS_BRUTE_FORCE_H
#define TESTS_BRUTE_FORCE_H

#include "random_timetable.h"

#include "geo/crs.h"

enum { MAX_JOURNEYS = 400, SET_WORDS = (MAX_CALLS + 63) / 64, NOWHERE = -1 };

struct journey_list {
    struct geo_journey items[MAX_JOURNEYS];
    size_t n;
};

struct answer {
    struct geo_travel_time times[MAX_POINTS * MAX_POINTS];
    struct journey_list journeys[MAX_POINTS * MAX_POINTS];
};

/* Aboard `trip` when it leaves `call`. */
struct aboard {
    size_t trip;
    uint32_t call;
};

struct event_set {
    uint64_t words[SET_WORDS];
};

struct oracle {
    const struct world *world;
    struct aboard events[MAX_CALLS];
    int ride_on[MAX_CALLS]; /* the event that follows when one stays aboard, or NOWHERE */
    size_t n_events;
    struct event_set changes[MAX_CALLS]; /* from the call that ends an event into other events */
    double distance_m[MAX_STATIONS][MAX_STATIONS];
    int32_t access_s[MAX_POINTS][MAX_STOPS]; /* NEVER where there is none */
    int32_t arrival_s[MAX_POINTS], transfers[MAX_POINTS];
};

static inline void set_add(struct event_set *set, size_t event)
{
    set->words[event / 64] |= (uint64_t)1 << event % 64;
}

static inline bool set_has(const struct event_set *set, size_t event)
{
    return set->words[event / 64] >> event % 64 & 1;
}

static inline int32_t call_arrival_s(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].arrival_s + world->trips[trip].shift_s;
}

static inline int32_t call_departure_s(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].departure_s + world->trips[trip].shift_s;
}

static inline uint32_t stop_of(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].stop;
}

/* ---- changing ---- */

static inline bool names_place(const struct world *world, bool is_station, uint32_t index, uint32_t stop)
{
    return is_station ? world->stops[stop].station == index : stop == index;
}

static inline bool names_trip(uint32_t trip, uint32_t route, const struct geo_trip *at)
{
    return (trip == GEO_ANY || trip == at->label) && (route == GEO_ANY || route == at->route);
}

static inline bool row_holds(const struct world *world, const struct geo_transfer *row,
                             const struct geo_trip *from, const struct geo_trip *to, uint32_t from_stop,
                             uint32_t to_stop)
{
    if (!names_place(world, row->from_is_station, row->from, from_stop) ||
        !names_place(world, row->to_is_station, row->to, to_stop))
        return false;
    bool general = row->from_trip == GEO_ANY && row->to_trip == GEO_ANY && row->from_route == GEO_ANY &&
                   row->to_route == GEO_ANY;
    if (world->options.transfers == GEO_TRANSFERS_NONE)
        return false;
    if (world->options.transfers == GEO_TRANSFERS_STATION && !(general && row->kind == GEO_TRANSFER_MINIMUM))
        return false;
    if (row->from_trip != GEO_ANY && row->to_trip != GEO_ANY && from->service_day != to->service_day)
        return false;
    return names_trip(row->from_trip, row->from_route, from) && names_trip(row->to_trip, row->to_route, to);
}

/* Higher is more specific: the selectors in GTFS's order, then stops before stations, `from` first. */
static inline int specificity(const struct geo_transfer *row)
{
    bool from_trip = row->from_trip != GEO_ANY, to_trip = row->to_trip != GEO_ANY;
    bool from_route = row->from_route != GEO_ANY, to_route = row->to_route != GEO_ANY;
    int selectors = 0;
    if (from_trip && to_trip)
        selectors = 5;
    else if ((from_trip && to_route) || (to_trip && from_route))
        selectors = 4;
    else if (from_trip || to_trip)
        selectors = 3;
    else if (from_route && to_route)
        selectors = 2;
    else if (from_route || to_route)
        selectors = 1;
    return 4 * selectors + 2 * !row->from_is_station + !row->to_is_station;
}

static inline double station_distance_m(const struct world *world, uint32_t from, uint32_t to)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < world->input.n_stops; i++)
        for (size_t k = 0; k < world->input.n_stops; k++) {
            const struct geo_stop *a = &world->stops[i], *b = &world->stops[k];
            if (a->station == from && b->station == to && !isnan(a->lon) && !isnan(b->lon))
                nearest = fmin(nearest, geo_distance_m(a->lon, a->lat, b->lon, b->lat));
        }
    return nearest;
}

/* What changing takes without any row; `rule` when a row recommends it, which needs no walking radius. */
static inline int32_t plain_s(const struct oracle *oracle, uint32_t from_stop, uint32_t to_stop, bool rule)
{
    const struct world *world = oracle->world;
    const struct geo_walking *walking = &world->options.walking;
    uint32_t from = world->stops[from_stop].station, to = world->stops[to_stop].station;
    if (from == to)
        return world->options.min_transfer_s;
    double distance_m = oracle->distance_m[from][to];
    if (!isfinite(distance_m))
        return rule ? world->options.min_transfer_s : NEVER;
    if (!rule && (walking->radius_m <= 0 || distance_m * walking->detour > walking->radius_m))
        return NEVER;
    return (int32_t)ceil(distance_m * walking->detour * 3.6 / walking->speed_km_h);
}

static inline bool may_change(const struct oracle *oracle, size_t from, uint32_t from_call, size_t to,
                              uint32_t to_call)
{
    const struct world *world = oracle->world;
    int32_t margin_s = call_departure_s(world, to, to_call) - call_arrival_s(world, from, from_call);
    if (margin_s < 0)
        return false;
    uint32_t from_stop = stop_of(world, from, from_call), to_stop = stop_of(world, to, to_call);
    const struct geo_transfer *best = NULL;
    for (size_t i = 0; i < world->input.n_transfers; i++) {
        const struct geo_transfer *row = &world->transfers[i];
        if (row_holds(world, row, &world->trips[from], &world->trips[to], from_stop, to_stop) &&
            (!best || specificity(row) > specificity(best)))
            best = row;
    }
    if (best && best->kind == GEO_TRANSFER_FORBIDDEN)
        return false;
    if (best && best->kind == GEO_TRANSFER_TIMED)
        return true;
    if (best && best->kind == GEO_TRANSFER_MINIMUM)
        return margin_s >= best->min_duration_s;
    return margin_s >= plain_s(oracle, from_stop, to_stop, best != NULL);
}

/* ---- everything that can be known before one leaves ---- */

static inline bool may_alight_next(const struct world *world, struct aboard at)
{
    return world->calls[world->trips[at.trip].first_call + at.call + 1].alight;
}

static inline bool may_board(const struct world *world, struct aboard at)
{
    return world->calls[world->trips[at.trip].first_call + at.call].board;
}

/* The shortest walk between a point and a stop's station; NEVER when it has none. */
static inline int32_t shortest_access_s(const struct world *world, size_t point, size_t stop)
{
    int32_t best_s = NEVER;
    for (size_t i = 0; i < world->points[point].n_access; i++) {
        const struct geo_access *access = &world->access[point][i];
        if (world->stops[access->stop].station == world->stops[stop].station && access->walk_s < best_s)
            best_s = access->walk_s;
    }
    return best_s;
}

static inline void list_events(struct oracle *oracle, bool without_on_demand)
{
    const struct world *world = oracle->world;
    int first[MAX_TRIPS];
    for (size_t trip = 0; trip < world->input.n_trips; trip++) {
        bool rides = world->trips[trip].n_calls > 1 && !(without_on_demand && world->trips[trip].on_demand);
        first[trip] = rides ? (int)oracle->n_events : NOWHERE;
        for (uint32_t call = 0; rides && call + 1 < world->trips[trip].n_calls; call++) {
            oracle->ride_on[oracle->n_events] = (int)oracle->n_events + 1;
            oracle->events[oracle->n_events++] = (struct aboard){trip, call};
        }
        if (rides)
            oracle->ride_on[oracle->n_events - 1] = NOWHERE;
    }
    for (size_t trip = 0; trip < world->input.n_trips; trip++)
        if (first[trip] != NOWHERE && world->goes_on_as[trip])
            oracle->ride_on[first[trip] + (int)world->trips[trip].n_calls - 2] =
                first[world->goes_on_as[trip] - 1];
}

static inline void oracle_init(struct oracle *oracle, const struct world *world, bool without_on_demand)
{
    *oracle = (struct oracle){.world = world};
    list_events(oracle, without_on_demand);
    for (uint32_t i = 0; i < world->input.n_stations; i++)
        for (uint32_t k = 0; k < world->input.n_stations; k++)
            oracle->distance_m[i][k] = station_distance_m(world, i, k);
    for (size_t point = 0; point < world->n_points; point++)
        for (size_t stop = 0; stop < world->input.n_stops; stop++)
            oracle->access_s[point][stop] = shortest_access_s(world, point, stop);
    for (size_t i = 0; i < oracle->n_events; i++)
        for (size_t k = 0; k < oracle->n_events; k++) {
            struct aboard from = oracle->events[i], to = oracle->events[k];
            if (may_alight_next(world, from) && may_board(world, to) &&
                may_change(oracle, from.trip, from.call + 1, to.trip, to.call))
                set_add(&oracle->changes[i], k);
        }
}

/* ---- leaving ---- */

static inline void arrive(struct oracle *oracle, struct aboard at, int transfers)
{
    const struct world *world = oracle->world;
    if (!may_alight_next(world, at))
        return;
    for (size_t point = 0; point < world->n_points; point++) {
        int32_t walk_s = oracle->access_s[point][stop_of(world, at.trip, at.call + 1)];
        int32_t arrival_s = call_arrival_s(world, at.trip, at.call + 1);
        if (walk_s != NEVER && arrival_s + walk_s < oracle->arrival_s[point]) {
            oracle->arrival_s[point] = arrival_s + walk_s;
            oracle->transfers[point] = transfers;
        }
    }
}

/* When one must leave the point for an event; NEVER when one cannot board there. */
static inline int32_t leaves_s(const struct oracle *oracle, size_t point, size_t event)
{
    struct aboard at = oracle->events[event];
    int32_t walk_s = oracle->access_s[point][stop_of(oracle->world, at.trip, at.call)];
    if (walk_s == NEVER || !may_board(oracle->world, at))
        return NEVER;
    return call_departure_s(oracle->world, at.trip, at.call) - walk_s;
}

/* Earliest arrivals everywhere when leaving the point at time_s or later, and the fewest transfers for each.
 */
static inline void leave(struct oracle *oracle, size_t point, int32_t time_s)
{
    const struct world *world = oracle->world;
    struct event_set seen = {0}, now = {0};
    for (size_t i = 0; i < world->n_points; i++)
        oracle->arrival_s[i] = NEVER;
    for (size_t i = 0; i < oracle->n_events; i++) {
        int32_t event_s = leaves_s(oracle, point, i);
        if (event_s != NEVER && event_s >= time_s)
            set_add(&now, i);
    }
    bool any = true;
    for (int transfers = 0; any; transfers++) {
        struct event_set next = {0};
        any = false;
        if (world->matrix.max_transfers >= 0 && transfers > world->matrix.max_transfers)
            break;
        for (size_t i = 0; i < oracle->n_events; i++)
            for (int at = set_has(&now, i) ? (int)i : NOWHERE; at != NOWHERE && !set_has(&seen, (size_t)at);
                 at = oracle->ride_on[at]) {
                any = true;
                set_add(&seen, (size_t)at);
                arrive(oracle, oracle->events[at], transfers);
                for (size_t word = 0; word < SET_WORDS; word++)
                    next.words[word] |= oracle->changes[at].words[word];
            }
        now = next;
    }
}

/* ---- answers ---- */

static inline double percentile(double *values, size_t n, double share)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (values[k] < values[i]) {
                double swap = values[i];
                values[i] = values[k];
                values[k] = swap;
            }
    double at = share * (double)(n - 1), whole = floor(at);
    size_t low = (size_t)whole;
    return low + 1 < n ? values[low] * (1 - (at - whole)) + values[low + 1] * (at - whole) : values[low];
}

static inline bool within_limit(const struct world *world, int32_t duration_s)
{
    return world->matrix.limit_s == 0 || duration_s <= world->matrix.limit_s;
}

/* The walk from point to point by a station that both use; NEVER when there is none. */
static inline int32_t joined_s(const struct oracle *oracle, size_t from, size_t to)
{
    const struct world *world = oracle->world;
    int32_t best_s = NEVER;
    for (size_t i = 0; i < world->points[from].n_access; i++) {
        int32_t egress_s = oracle->access_s[to][world->access[from][i].stop];
        if (egress_s != NEVER && world->access[from][i].walk_s + egress_s < best_s)
            best_s = world->access[from][i].walk_s + egress_s;
    }
    return within_limit(world, best_s) ? best_s : NEVER;
}

/* Of equally fast journeys the first is named; with arrivals asked for, the last. */
static inline void judge_journeys(const struct journey_list *list, bool arrive_by,
                                  struct geo_travel_time *out)
{
    double values[MAX_JOURNEYS];
    for (size_t i = 0; i < list->n; i++) {
        const struct geo_journey *journey = &list->items[i];
        values[i] = journey->arrival_s - journey->departure_s;
        if (out->fastest_s == GEO_NO_TIME || values[i] < out->fastest_s ||
            (arrive_by && values[i] == out->fastest_s)) {
            out->fastest_s = journey->arrival_s - journey->departure_s;
            out->fastest_departure_s = journey->departure_s;
            out->fastest_arrival_s = journey->arrival_s;
            out->fastest_transfers = journey->transfers;
        }
    }
    out->journeys = (int32_t)list->n;
    if (list->n)
        out->median_journey_s = percentile(values, list->n, 0.5);
}

/* How many rides take longer, or cannot be had, where nobody rides on demand. */
static inline void judge_booking(struct oracle *unbooked, size_t from, size_t to,
                                 const struct journey_list *list, size_t first, size_t end,
                                 struct geo_travel_time *out)
{
    size_t booked = 0;
    for (size_t i = first; unbooked && i < end; i++) {
        leave(unbooked, from, list->items[i].departure_s);
        booked += unbooked->arrival_s[to] > list->items[i].arrival_s;
    }
    if (list->n)
        out->booked_share = (double)booked / (double)list->n;
}

/* Which seconds of the window one may leave at, or samples: the others are like the next one that is. */
static inline void mark_departures(const struct oracle *oracle, size_t from, bool *departs)
{
    const struct geo_window *window = &oracle->world->matrix.window;
    memset(departs, 0, MAX_WINDOW_S * sizeof *departs);
    for (size_t i = 0; i < oracle->n_events; i++) {
        int32_t event_s = leaves_s(oracle, from, i);
        if (event_s != NEVER && event_s >= window->from_s && event_s < window->until_s)
            departs[event_s - window->from_s] = true;
    }
}

static inline void reverse_journeys(struct journey_list *list, size_t first)
{
    for (size_t i = first, k = list->n; i + 1 < k; i++) {
        struct geo_journey kept = list->items[i];
        list->items[i] = list->items[--k];
        list->items[k] = kept;
    }
}

static inline void add_journey(struct journey_list *list, struct geo_journey journey)
{
    assert_true(list->n < MAX_JOURNEYS);
    list->items[list->n++] = journey;
}

static const struct geo_travel_time no_times = {.fastest_s = GEO_NO_TIME,
                                                .fastest_departure_s = GEO_NO_TIME,
                                                .fastest_arrival_s = GEO_NO_TIME,
                                                .fastest_transfers = GEO_NO_TIME,
                                                .median_journey_s = (double)NAN,
                                                .earliest_arrival_s = GEO_NO_TIME,
                                                .latest_departure_s = GEO_NO_TIME,
                                                .door_p25_s = (double)NAN,
                                                .door_p50_s = (double)NAN,
                                                .door_p75_s = (double)NAN,
                                                .booked_share = (double)NAN};

static inline void judge_door(double *values, size_t n, size_t n_minutes, struct geo_travel_time *out)
{
    out->minutes_without_arrival = (int32_t)(n_minutes - n);
    if (n < n_minutes)
        return;
    out->door_p25_s = percentile(values, n, 0.25);
    out->door_p50_s = percentile(values, n, 0.5);
    out->door_p75_s = percentile(values, n, 0.75);
}

/* From one point to another, once all arrivals are known: at second i of the window, in arrivals[i][to]. */
struct arrivals {
    int32_t time_s[MAX_POINTS], transfers[MAX_POINTS];
};

static inline void judge_pair(struct oracle *oracle, struct oracle *unbooked, size_t from, size_t to,
                              const struct arrivals *arrivals, struct answer *answer)
{
    const struct world *world = oracle->world;
    const struct geo_window *window = &world->matrix.window;
    struct journey_list *list = &answer->journeys[from * world->n_points + to];
    double door[MAX_WINDOW_S / 60 + 1];
    int32_t length_s = window->until_s - window->from_s, walk_s = joined_s(oracle, from, to);
    size_t n_minutes = 0, n_door = 0, walks = walk_s != NEVER;
    struct geo_travel_time out = no_times;
    list->n = 0;
    if (walks)
        add_journey(list, (struct geo_journey){window->from_s, window->from_s + walk_s, 0});
    for (int32_t i = length_s - 1; i >= 0; i--) {
        int32_t time_s = window->from_s + i, arrives_s = arrivals[i].time_s[to];
        if (arrives_s != NEVER && !within_limit(world, arrives_s - time_s))
            arrives_s = NEVER;
        if (arrives_s < arrivals[i + 1].time_s[to] && (!walks || arrives_s - time_s < walk_s))
            add_journey(list, (struct geo_journey){time_s, arrives_s, arrivals[i].transfers[to]});
        if (walks && (arrives_s == NEVER || time_s + walk_s < arrives_s))
            arrives_s = time_s + walk_s;
        if (i == 0 && arrives_s != NEVER)
            out.earliest_arrival_s = arrives_s;
        n_minutes += i % 60 == 0;
        if (i % 60 == 0 && arrives_s != NEVER)
            door[n_door++] = arrives_s - time_s;
    }
    reverse_journeys(list, walks);
    judge_journeys(list, false, &out);
    judge_booking(unbooked, from, to, list, walks, list->n, &out);
    judge_door(door, n_door, n_minutes, &out);
    answer->times[from * world->n_points + to] = out;
}

/* Everything about one origin. `unbooked` knows no on-demand trips; NULL where there are none. */
static inline void ask_oracle(struct oracle *oracle, struct oracle *unbooked, size_t from,
                              struct answer *answer)
{
    static bool departs[MAX_WINDOW_S];
    static struct arrivals arrivals[MAX_WINDOW_S + 1];
    const struct world *world = oracle->world;
    const struct geo_window *window = &world->matrix.window;
    int32_t length_s = window->until_s - window->from_s;
    assert_true(length_s <= MAX_WINDOW_S);
    mark_departures(oracle, from, departs);
    for (int32_t i = length_s; i >= 0; i--) {
        if (i == length_s || departs[i])
            leave(oracle, from, window->from_s + i);
        memcpy(arrivals[i].time_s, oracle->arrival_s, sizeof oracle->arrival_s);
        memcpy(arrivals[i].transfers, oracle->transfers, sizeof oracle->transfers);
    }
    for (size_t to = 0; to < world->n_points; to++)
        judge_pair(oracle, unbooked, from, to, arrivals, answer);
}

/* ---- windows of arrivals ---- */

static inline int latest_moment_first(const void *a, const void *b)
{
    const int32_t *p = a, *q = b;
    return (*p < *q) - (*p > *q);
}

/* Every ride within the limit, at whatever time of day, that none beats by leaving later; the latest first.
 */
static inline void list_rides(struct oracle *oracle, size_t from, struct journey_list rides[MAX_POINTS])
{
    int32_t moments_s[MAX_CALLS], soonest_s[MAX_POINTS];
    size_t n = 0;
    for (size_t i = 0; i < oracle->n_events; i++)
        if (leaves_s(oracle, from, i) != NEVER)
            moments_s[n++] = leaves_s(oracle, from, i);
    qsort(moments_s, n, sizeof *moments_s, latest_moment_first);
    for (size_t to = 0; to < MAX_POINTS; to++) {
        rides[to].n = 0;
        soonest_s[to] = NEVER;
    }
    for (size_t i = 0; i < n; i++) {
        leave(oracle, from, moments_s[i]);
        for (size_t to = 0; to < oracle->world->n_points; to++) {
            struct geo_journey ride = {moments_s[i], oracle->arrival_s[to], oracle->transfers[to]};
            if (ride.arrival_s >= soonest_s[to])
                continue;
            soonest_s[to] = ride.arrival_s;
            if (within_limit(oracle->world, ride.arrival_s - ride.departure_s))
                add_journey(&rides[to], ride);
        }
    }
}

/* When to leave at the latest to be there at time_s; NEVER when nothing is there within the limit. */
static inline int32_t latest_leaving_s(const struct world *world, const struct journey_list *rides,
                                       int32_t walk_s, int32_t time_s)
{
    int32_t latest_s = walk_s == NEVER ? INT32_MIN : time_s - walk_s;
    for (size_t i = 0; i < rides->n; i++)
        if (rides->items[i].arrival_s <= time_s && rides->items[i].departure_s > latest_s)
            latest_s = rides->items[i].departure_s;
    return latest_s == INT32_MIN || !within_limit(world, time_s - latest_s) ? NEVER : latest_s;
}

static inline void judge_arrivals(struct oracle *oracle, struct oracle *unbooked, size_t from, size_t to,
                                  const struct journey_list *rides, struct answer *answer)
{
    const struct world *world = oracle->world;
    const struct geo_window *window = &world->matrix.window;
    struct journey_list *list = &answer->journeys[from * world->n_points + to];
    struct geo_travel_time *out = &answer->times[from * world->n_points + to];
    double door[MAX_WINDOW_S / 60 + 1];
    int32_t walk_s = joined_s(oracle, from, to);
    size_t n_minutes = 0, n_door = 0;
    list->n = 0;
    *out = no_times;
    for (size_t i = rides->n; i-- > 0;) {
        struct geo_journey ride = rides->items[i];
        if (ride.arrival_s > window->from_s && ride.arrival_s <= window->until_s &&
            ride.arrival_s - ride.departure_s < walk_s)
            add_journey(list, ride);
    }
    size_t n_rides = list->n;
    if (walk_s != NEVER)
        add_journey(list, (struct geo_journey){window->until_s - walk_s, window->until_s, 0});
    judge_journeys(list, true, out);
    judge_booking(unbooked, from, to, list, 0, n_rides, out);
    for (int32_t time_s = window->until_s; time_s > window->from_s; time_s -= 60, n_minutes++) {
        int32_t latest_s = latest_leaving_s(world, rides, walk_s, time_s);
        if (latest_s != NEVER)
            door[n_door++] = time_s - latest_s;
        if (latest_s != NEVER && time_s == window->until_s)
            out->latest_departure_s = latest_s;
    }
    judge_door(door, n_door, n_minutes, out);
}

static inline void ask_oracle_for_arrivals(struct oracle *oracle, struct oracle *unbooked, size_t from,
                                           struct answer *answer)
{
    static struct journey_list rides[MAX_POINTS];
    list_rides(oracle, from, rides);
    for (size_t to = 0; to < oracle->world->n_points; to++)
        judge_arrivals(oracle, unbooked, from, to, &rides[to], answer);
}

/* ---- comparing and showing ---- */

static inline bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-6;
}

static inline bool same_times(const struct geo_travel_time *a, const struct geo_travel_time *b)
{
    return a->journeys == b->journeys && a->fastest_s == b->fastest_s &&
           a->fastest_departure_s == b->fastest_departure_s && a->fastest_arrival_s == b->fastest_arrival_s &&
           a->fastest_transfers == b->fastest_transfers &&
           same_number(a->median_journey_s, b->median_journey_s) &&
           a->earliest_arrival_s == b->earliest_arrival_s && a->latest_departure_s == b->latest_departure_s &&
           same_number(a->door_p25_s, b->door_p25_s) && same_number(a->door_p50_s, b->door_p50_s) &&
           same_number(a->door_p75_s, b->door_p75_s) &&
           a->minutes_without_arrival == b->minutes_without_arrival &&
           same_number(a->booked_share, b->booked_share);
}

static inline bool same_journeys(const struct journey_list *a, const struct journey_list *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->items, b->items, a->n * sizeof *a->items) == 0);
}

static inline void show_answer(const char *who, const struct geo_travel_time *times,
                               const struct journey_list *list)
{
    printf("  %s: %d journeys, fastest %d (%d to %d, %d transfers), median %g, earliest %d, latest %d, door "
           "%g %g %g, "
           "%d minutes without, %g booked\n",
           who, times->journeys, times->fastest_s, times->fastest_departure_s, times->fastest_arrival_s,
           times->fastest_transfers, times->median_journey_s, times->earliest_arrival_s,
           times->latest_departure_s, times->door_p25_s, times->door_p50_s, times->door_p75_s,
           times->minutes_without_arrival, times->booked_share);
    for (size_t i = 0; i < list->n; i++)
        printf("    %d to %d, %d transfers\n", list->items[i].departure_s, list->items[i].arrival_s,
               list->items[i].transfers);
}

static inline bool keep_journeys(void *user, size_t from, size_t to, const struct geo_journey *journeys,
                                 size_t n)
{
    struct answer *answer = user;
    struct journey_list *list = &answer->journeys[from * MAX_POINTS + to];
    assert_true(n <= MAX_JOURNEYS);
    memcpy(list->items, journeys, n * sizeof *journeys);
    list->n = n;
    return true;
}

static inline bool compare_pair(const struct world *world, size_t pair, const struct answer *found,
                                const struct answer *expected)
{
    const struct journey_list *list =
        &found->journeys[pair / world->n_points * MAX_POINTS + pair % world->n_points];
    if (same_times(&found->times[pair], &expected->times[pair]) &&
        same_journeys(list, &expected->journeys[pair]))
        return true;
    show_world(world);
    printf("point %zu to point %zu:\n", pair / world->n_points, pair % world->n_points);
    show_answer("router", &found->times[pair], list);
    show_answer("oracle", &expected->times[pair], &expected->journeys[pair]);
    return false;
}

static inline bool has_on_demand_trips(const struct world *world)
{
    for (size_t i = 0; i < world->input.n_trips; i++)
        if (world->trips[i].on_demand)
            return true;
    return false;
}

/* What the router is asked: timetables that should be a world's, the second without on-demand trips (NULL
 * where there are none), and the world's points in them. */
struct asked {
    const geo_timetable *timetable, *without_on_demand;
    const struct geo_point *points;
};

/* Whether the router's answers to a world's questions are those of brute force; shows the first that is not.
 */
static inline bool router_agrees(const struct world *world, const struct asked *asked)
{
    static struct oracle oracle, unbooked;
    static struct answer found, expected;
    om_context ctx = {0};
    struct geo_matrix_options options = world->matrix;
    memset(&found, 0, sizeof found);
    options.on_journeys = keep_journeys;
    options.user = &found;
    options.without_on_demand = asked->without_on_demand;
    om_status status =
        geo_travel_time_matrix(&ctx, asked->timetable, world->n_points, asked->points, &options, found.times);
    if (status)
        printf("failed: %s\n", ctx.message);
    om_context_done(&ctx);
    oracle_init(&oracle, world, false);
    bool books = has_on_demand_trips(world), agrees = status == OM_OK;
    if (books)
        oracle_init(&unbooked, world, true);
    for (size_t from = 0; from < world->n_points && agrees; from++) {
        (world->matrix.arrive_by ? ask_oracle_for_arrivals : ask_oracle)(&oracle, books ? &unbooked : NULL,
                                                                         from, &expected);
        for (size_t to = 0; to < world->n_points && agrees; to++)
            agrees = to == from || compare_pair(world, from * world->n_points + to, &found, &expected);
    }
    return agrees;
}

#endif

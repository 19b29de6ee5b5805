/*
 * The router against brute force on random small timetables.
 *
 * The oracle knows no patterns, labels or rounds of stations. It lists every pair of calls that one may
 * change between, by reading the transfer rows one after the other, and then follows vehicles call by call
 * from every single departure time. A journey departs at t when leaving at t arrives earlier than leaving at
 * t + 1.
 *
 * OMLAND_ORACLE_ROUNDS sets how many timetables, OMLAND_ORACLE_SEED the first seed.
 */
#include "kit.h"

#include "geo/crs.h"
#include "geo/travel_time.h"

#include <math.h>

enum {
    MAX_STOPS = 10,
    MAX_STATIONS = 6,
    MAX_TRIPS = 14,
    MAX_TRIP_CALLS = 6,
    MAX_CALLS = MAX_TRIPS * MAX_TRIP_CALLS,
    MAX_TRANSFERS = 10,
    MAX_POINTS = 4,
    MAX_ACCESS = 3,
    MAX_JOURNEYS = 200,
    NEVER = INT32_MAX,
};

struct world {
    struct geo_stop stops[MAX_STOPS];
    struct geo_call calls[MAX_CALLS];
    struct geo_trip trips[MAX_TRIPS];
    struct geo_transfer transfers[MAX_TRANSFERS];
    struct geo_access access[MAX_POINTS][MAX_ACCESS];
    struct geo_point points[MAX_POINTS];
    size_t n_points;
    struct geo_timetable_input input;
    struct geo_timetable_options options;
    struct geo_matrix_options matrix;
};

struct journey_list {
    struct geo_journey items[MAX_JOURNEYS];
    size_t n;
};

struct answer {
    struct geo_travel_time times[MAX_POINTS * MAX_POINTS];
    struct journey_list journeys[MAX_POINTS * MAX_POINTS];
};

static bool chance(struct kit_random *random, uint32_t percent)
{
    return kit_below(random, 100) < percent;
}

/* Making a random world. */

static void make_stops(struct kit_random *random, struct world *world)
{
    world->input.n_stations = 2 + kit_below(random, MAX_STATIONS - 1);
    world->input.n_stops = world->input.n_stations + kit_below(random, MAX_STOPS - MAX_STATIONS + 1);
    for (size_t i = 0; i < world->input.n_stops; i++) {
        struct geo_stop *stop = &world->stops[i];
        stop->station =
            i < world->input.n_stations ? (uint32_t)i : kit_below(random, (uint32_t)world->input.n_stations);
        stop->lon = chance(random, 8) ? (double)NAN : 20 + 0.001 * kit_below(random, 12);
        stop->lat = 65 + 0.001 * kit_below(random, 8);
    }
}

static void make_calls(struct kit_random *random, struct world *world, struct geo_trip *trip)
{
    trip->first_call = (uint32_t)world->input.n_calls;
    trip->n_calls = 1 + kit_below(random, MAX_TRIP_CALLS);
    int32_t time_s = (int32_t)kit_below(random, 700);
    bool forbids = chance(random, 20);
    for (uint32_t i = 0; i < trip->n_calls; i++) {
        struct geo_call *call = &world->calls[world->input.n_calls++];
        call->stop = kit_below(random, (uint32_t)world->input.n_stops);
        call->arrival_s = time_s;
        time_s += chance(random, 30) ? (int32_t)kit_below(random, 60) : 0;
        call->departure_s = time_s;
        time_s += chance(random, 10) ? 0 : (int32_t)kit_below(random, 200);
        call->board = !forbids || chance(random, 60);
        call->alight = !forbids || chance(random, 60);
    }
}

/* Another run of an earlier trip's places: by shared calls, or slower or faster, so that it may overtake. */
static void follow_trip(struct kit_random *random, struct world *world, const struct geo_trip *model,
                        struct geo_trip *trip)
{
    *trip = *model;
    if (chance(random, 50)) {
        trip->shift_s = model->shift_s + (int32_t)kit_below(random, 300);
        return;
    }
    trip->first_call = (uint32_t)world->input.n_calls;
    int32_t delay_s = (int32_t)kit_below(random, 120) - 60, stretch = (int32_t)kit_below(random, 90) - 30;
    int32_t before_s = INT32_MIN;
    for (uint32_t i = 0; i < model->n_calls; i++) {
        struct geo_call *call = &world->calls[world->input.n_calls++];
        *call = world->calls[model->first_call + i];
        call->arrival_s += delay_s + stretch * (int32_t)i;
        call->departure_s += delay_s + stretch * (int32_t)i;
        call->arrival_s = call->arrival_s < before_s ? before_s : call->arrival_s;
        call->departure_s = call->departure_s < call->arrival_s ? call->arrival_s : call->departure_s;
        before_s = call->departure_s;
    }
    trip->label = (uint32_t)(trip - world->trips);
}

static void make_trips(struct kit_random *random, struct world *world)
{
    size_t n = 1 + kit_below(random, MAX_TRIPS);
    for (size_t i = 0; i < n; i++) {
        struct geo_trip *trip = &world->trips[i];
        if (i > 0 && chance(random, 50)) {
            follow_trip(random, world, &world->trips[kit_below(random, (uint32_t)i)], trip);
        } else {
            *trip = (struct geo_trip){.label = (uint32_t)i, .route = kit_below(random, 4)};
            make_calls(random, world, trip);
        }
        if (chance(random, 10)) {
            trip->service_day = -1;
            trip->label = kit_below(random, (uint32_t)n);
        }
        world->input.n_trips++;
    }
    /* Past midnight of the day before: the calls are a day later, the run a day earlier. */
    for (size_t i = 0; i < n; i++)
        if (world->trips[i].service_day == -1 && chance(random, 50)) {
            bool shared = false;
            for (size_t k = 0; k < n; k++)
                shared |= k != i && world->trips[k].first_call == world->trips[i].first_call;
            for (uint32_t k = 0; !shared && k < world->trips[i].n_calls; k++) {
                world->calls[world->trips[i].first_call + k].arrival_s += 86400;
                world->calls[world->trips[i].first_call + k].departure_s += 86400;
            }
            world->trips[i].shift_s -= shared ? 0 : 86400;
        }
}

static uint32_t maybe(struct kit_random *random, uint32_t percent, size_t n)
{
    return chance(random, percent) ? kit_below(random, (uint32_t)n) : GEO_ANY;
}

static void make_transfers(struct kit_random *random, struct world *world)
{
    size_t n = chance(random, 20) ? 0 : kit_below(random, MAX_TRANSFERS + 1);
    for (size_t i = 0; i < n; i++) {
        struct geo_transfer *row = &world->transfers[i];
        row->from_is_station = chance(random, 50);
        row->to_is_station = chance(random, 50);
        size_t n_stops = world->input.n_stops, n_stations = world->input.n_stations;
        row->from = kit_below(random, (uint32_t)(row->from_is_station ? n_stations : n_stops));
        row->to = kit_below(random, (uint32_t)(row->to_is_station ? n_stations : n_stops));
        if (chance(random, 50)) {
            row->to = row->from;
            row->to_is_station = row->from_is_station;
        }
        uint32_t particular = chance(random, 60) ? 60 : 0;
        row->from_trip = maybe(random, particular / 2, world->input.n_trips);
        row->to_trip = maybe(random, particular / 2, world->input.n_trips);
        row->from_route = maybe(random, particular / 2, 4);
        row->to_route = maybe(random, particular / 2, 4);
        row->kind = (enum geo_transfer_kind)kit_below(random, 4);
        row->min_duration_s = row->kind == GEO_TRANSFER_MINIMUM ? (int32_t)kit_below(random, 200) : 0;
    }
    world->input.n_transfers = n;
}

static void make_points(struct kit_random *random, struct world *world)
{
    world->n_points = 2 + kit_below(random, MAX_POINTS - 1);
    for (size_t i = 0; i < world->n_points; i++) {
        size_t n = chance(random, 5) ? 0 : chance(random, 60) ? 1 : 1 + kit_below(random, MAX_ACCESS);
        for (size_t k = 0; k < n; k++)
            world->access[i][k] =
                (struct geo_access){kit_below(random, (uint32_t)world->input.n_stops),
                                    chance(random, 50) ? 0 : (int32_t)kit_below(random, 150)};
        world->points[i] = (struct geo_point){world->access[i], n};
    }
}

static void make_world(struct kit_random *random, struct world *world)
{
    *world = (struct world){0};
    world->input.stops = world->stops;
    world->input.calls = world->calls;
    world->input.trips = world->trips;
    world->input.transfers = world->transfers;
    make_stops(random, world);
    make_trips(random, world);
    make_transfers(random, world);
    make_points(random, world);
    world->options.transfers =
        chance(random, 70) ? GEO_TRANSFERS_FULL : (enum geo_transfer_rules)kit_below(random, 3);
    world->options.min_transfer_s = chance(random, 60) ? 0 : (int32_t)kit_below(random, 90);
    world->options.walking = (struct geo_walking){
        .radius_m = chance(random, 50) ? 0 : 50 + kit_below(random, 400), .detour = 1.3, .speed_km_h = 4.8};
    world->matrix.window.from_s = (int32_t)kit_below(random, 400);
    world->matrix.window.until_s = world->matrix.window.from_s + 1 + (int32_t)kit_below(random, 600);
    world->matrix.max_transfers = chance(random, 60) ? -1 : (int)kit_below(random, 3);
    world->matrix.limit_s = chance(random, 60) ? 0 : 1 + (int32_t)kit_below(random, 600);
    world->matrix.threads = 1 + (int)kit_below(random, 2);
}

/* The oracle. */

static int32_t arrival_s(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].arrival_s + world->trips[trip].shift_s;
}

static int32_t departure_s(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].departure_s + world->trips[trip].shift_s;
}

static uint32_t stop_of(const struct world *world, size_t trip, uint32_t call)
{
    return world->calls[world->trips[trip].first_call + call].stop;
}

static bool names_place(const struct world *world, bool is_station, uint32_t index, uint32_t stop)
{
    return is_station ? world->stops[stop].station == index : stop == index;
}

static bool names_trip(uint32_t trip, uint32_t route, const struct geo_trip *at)
{
    return (trip == GEO_ANY || trip == at->label) && (route == GEO_ANY || route == at->route);
}

static bool row_holds(const struct world *world, const struct geo_transfer *row, const struct geo_trip *from,
                      const struct geo_trip *to, uint32_t from_stop, uint32_t to_stop)
{
    bool general = row->from_trip == GEO_ANY && row->to_trip == GEO_ANY && row->from_route == GEO_ANY &&
                   row->to_route == GEO_ANY;
    if (world->options.transfers == GEO_TRANSFERS_NONE)
        return false;
    if (world->options.transfers == GEO_TRANSFERS_STATION && !(general && row->kind == GEO_TRANSFER_MINIMUM))
        return false;
    if (row->from_trip != GEO_ANY && row->to_trip != GEO_ANY && from->service_day != to->service_day)
        return false;
    return names_place(world, row->from_is_station, row->from, from_stop) &&
           names_place(world, row->to_is_station, row->to, to_stop) &&
           names_trip(row->from_trip, row->from_route, from) && names_trip(row->to_trip, row->to_route, to);
}

/* Higher is more specific: the selectors in GTFS's order, then stops before stations, `from` first. */
static int specificity(const struct geo_transfer *row)
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

static double station_distance_m(const struct world *world, uint32_t from, uint32_t to)
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
static int32_t plain_s(const struct world *world, uint32_t from_stop, uint32_t to_stop, bool rule)
{
    const struct geo_walking *walking = &world->options.walking;
    uint32_t from = world->stops[from_stop].station, to = world->stops[to_stop].station;
    if (from == to)
        return world->options.min_transfer_s;
    double distance_m = station_distance_m(world, from, to);
    if (!isfinite(distance_m))
        return rule ? world->options.min_transfer_s : NEVER;
    if (!rule && (walking->radius_m <= 0 || distance_m * walking->detour > walking->radius_m))
        return NEVER;
    return (int32_t)ceil(distance_m * walking->detour * 3.6 / walking->speed_km_h);
}

static bool may_change(const struct world *world, size_t from, uint32_t from_call, size_t to,
                       uint32_t to_call)
{
    uint32_t from_stop = stop_of(world, from, from_call), to_stop = stop_of(world, to, to_call);
    const struct geo_transfer *best = NULL;
    for (size_t i = 0; i < world->input.n_transfers; i++) {
        const struct geo_transfer *row = &world->transfers[i];
        if (row_holds(world, row, &world->trips[from], &world->trips[to], from_stop, to_stop) &&
            (!best || specificity(row) > specificity(best)))
            best = row;
    }
    int32_t needed_s = plain_s(world, from_stop, to_stop, best != NULL);
    if (best && best->kind == GEO_TRANSFER_TIMED)
        needed_s = 0;
    else if (best && best->kind == GEO_TRANSFER_MINIMUM)
        needed_s = best->min_duration_s;
    else if (best && best->kind == GEO_TRANSFER_FORBIDDEN)
        return false;
    return needed_s != NEVER &&
           departure_s(world, to, to_call) >= arrival_s(world, from, from_call) + needed_s;
}

/* Aboard `trip` when it leaves `call`. */
struct aboard {
    size_t trip;
    uint32_t call;
};

struct oracle {
    struct aboard events[MAX_CALLS];
    size_t n_events;
    bool changes[MAX_CALLS][MAX_CALLS]; /* from one's next call into the other */
    int32_t arrival[MAX_POINTS], transfers[MAX_POINTS];
};

static bool may_alight_next(const struct world *world, struct aboard at)
{
    return world->calls[world->trips[at.trip].first_call + at.call + 1].alight;
}

static bool may_board(const struct world *world, struct aboard at)
{
    return world->calls[world->trips[at.trip].first_call + at.call].board;
}

static void oracle_init(const struct world *world, struct oracle *oracle)
{
    oracle->n_events = 0;
    for (size_t trip = 0; trip < world->input.n_trips; trip++)
        for (uint32_t call = 0; call + 1 < world->trips[trip].n_calls; call++)
            oracle->events[oracle->n_events++] = (struct aboard){trip, call};
    for (size_t i = 0; i < oracle->n_events; i++)
        for (size_t k = 0; k < oracle->n_events; k++) {
            struct aboard from = oracle->events[i], to = oracle->events[k];
            oracle->changes[i][k] = may_alight_next(world, from) && may_board(world, to) &&
                                    may_change(world, from.trip, from.call + 1, to.trip, to.call);
        }
}

/* The shortest walk between a point and a stop's station; NEVER when it has none. */
static int32_t access_s(const struct world *world, size_t point, uint32_t stop)
{
    int32_t best_s = NEVER;
    for (size_t i = 0; i < world->points[point].n_access; i++) {
        const struct geo_access *access = &world->access[point][i];
        if (world->stops[access->stop].station == world->stops[stop].station && access->walk_s < best_s)
            best_s = access->walk_s;
    }
    return best_s;
}

static void arrive(const struct world *world, struct oracle *oracle, struct aboard at, int transfers)
{
    if (!may_alight_next(world, at))
        return;
    for (size_t point = 0; point < world->n_points; point++) {
        int32_t walk_s = access_s(world, point, stop_of(world, at.trip, at.call + 1));
        if (walk_s != NEVER && arrival_s(world, at.trip, at.call + 1) + walk_s < oracle->arrival[point]) {
            oracle->arrival[point] = arrival_s(world, at.trip, at.call + 1) + walk_s;
            oracle->transfers[point] = transfers;
        }
    }
}

/* Earliest arrivals everywhere when leaving the point at time_s or later, and the fewest transfers for each.
 */
static void leave(const struct world *world, struct oracle *oracle, size_t point, int32_t time_s)
{
    bool seen[MAX_CALLS] = {false}, now[MAX_CALLS] = {false};
    for (size_t i = 0; i < world->n_points; i++)
        oracle->arrival[i] = NEVER;
    for (size_t i = 0; i < oracle->n_events; i++) {
        struct aboard at = oracle->events[i];
        int32_t walk_s = access_s(world, point, stop_of(world, at.trip, at.call));
        now[i] = walk_s != NEVER && may_board(world, at) &&
                 departure_s(world, at.trip, at.call) >= time_s + walk_s;
    }
    bool any = true;
    for (int transfers = 0; any; transfers++) {
        bool next[MAX_CALLS] = {false};
        any = false;
        for (size_t i = 0; i < oracle->n_events; i++) {
            bool stays = i > 0 && seen[i - 1] && oracle->events[i - 1].trip == oracle->events[i].trip;
            if (seen[i] || !(now[i] || stays))
                continue;
            seen[i] = any = true;
            arrive(world, oracle, oracle->events[i], transfers);
            for (size_t k = 0; k < oracle->n_events; k++)
                next[k] |= oracle->changes[i][k];
        }
        memcpy(now, next, sizeof now);
        if (world->matrix.max_transfers >= 0 && transfers == world->matrix.max_transfers)
            break;
    }
}

static double percentile(double *values, size_t n, double share)
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

static bool within_limit(const struct world *world, int32_t duration_s)
{
    return world->matrix.limit_s == 0 || duration_s <= world->matrix.limit_s;
}

static int32_t joined_s(const struct world *world, size_t from, size_t to)
{
    int32_t best_s = NEVER;
    for (size_t i = 0; i < world->points[from].n_access; i++) {
        int32_t egress_s = access_s(world, to, world->access[from][i].stop);
        if (egress_s != NEVER && world->access[from][i].walk_s + egress_s < best_s)
            best_s = world->access[from][i].walk_s + egress_s;
    }
    return within_limit(world, best_s) ? best_s : NEVER;
}

static void judge_journeys(const struct journey_list *list, struct geo_travel_time *out)
{
    double values[MAX_JOURNEYS];
    for (size_t i = 0; i < list->n; i++) {
        const struct geo_journey *journey = &list->items[i];
        values[i] = journey->arrival_s - journey->departure_s;
        if (out->fastest_s == GEO_NO_TIME || values[i] < out->fastest_s) {
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

/* Everything about one origin, second by second of its possible departures. */
static void ask_oracle(const struct world *world, struct oracle *oracle, size_t from, struct answer *answer)
{
    const struct geo_window *window = &world->matrix.window;
    double door[MAX_POINTS][200];
    size_t n_minutes = 0, n_door[MAX_POINTS] = {0};
    int32_t next[MAX_POINTS];
    for (size_t to = 0; to < world->n_points; to++) {
        answer->times[from * world->n_points + to] = (struct geo_travel_time){0,
                                                                              GEO_NO_TIME,
                                                                              GEO_NO_TIME,
                                                                              GEO_NO_TIME,
                                                                              GEO_NO_TIME,
                                                                              (double)NAN,
                                                                              GEO_NO_TIME,
                                                                              (double)NAN,
                                                                              (double)NAN,
                                                                              (double)NAN,
                                                                              0};
        answer->journeys[from * world->n_points + to].n = 0;
        int32_t walk_s = joined_s(world, from, to);
        if (walk_s != NEVER)
            answer->journeys[from * world->n_points + to]
                .items[answer->journeys[from * world->n_points + to].n++] =
                (struct geo_journey){window->from_s, window->from_s + walk_s, 0};
    }
    for (int32_t time_s = window->from_s; time_s < window->until_s; time_s++) {
        bool departs = false, minute = (time_s - window->from_s) % 60 == 0;
        for (size_t i = 0; i < oracle->n_events; i++) {
            int32_t walk_s =
                access_s(world, from, stop_of(world, oracle->events[i].trip, oracle->events[i].call));
            departs |= walk_s != NEVER &&
                       departure_s(world, oracle->events[i].trip, oracle->events[i].call) == time_s + walk_s;
        }
        if (!departs && !minute)
            continue;
        leave(world, oracle, from, time_s + 1);
        memcpy(next, oracle->arrival, sizeof next);
        leave(world, oracle, from, time_s);
        n_minutes += minute;
        for (size_t to = 0; to < world->n_points; to++) {
            struct journey_list *list = &answer->journeys[from * world->n_points + to];
            struct geo_travel_time *out = &answer->times[from * world->n_points + to];
            int32_t walk_s = joined_s(world, from, to), arrives_s = oracle->arrival[to];
            if (arrives_s != NEVER && !within_limit(world, arrives_s - time_s))
                arrives_s = NEVER;
            if (arrives_s < next[to] && (walk_s == NEVER || arrives_s - time_s < walk_s))
                list->items[list->n++] = (struct geo_journey){time_s, arrives_s, oracle->transfers[to]};
            if (walk_s != NEVER && (arrives_s == NEVER || time_s + walk_s < arrives_s))
                arrives_s = time_s + walk_s;
            if (time_s == window->from_s && arrives_s != NEVER)
                out->earliest_arrival_s = arrives_s;
            if (minute && arrives_s != NEVER)
                door[to][n_door[to]++] = arrives_s - time_s;
        }
    }
    for (size_t to = 0; to < world->n_points; to++) {
        struct geo_travel_time *out = &answer->times[from * world->n_points + to];
        judge_journeys(&answer->journeys[from * world->n_points + to], out);
        out->minutes_without_arrival = (int32_t)(n_minutes - n_door[to]);
        if (n_door[to] < n_minutes)
            continue;
        out->door_p25_s = percentile(door[to], n_minutes, 0.25);
        out->door_p50_s = percentile(door[to], n_minutes, 0.5);
        out->door_p75_s = percentile(door[to], n_minutes, 0.75);
    }
}

/* Comparing and showing. */

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-6;
}

static bool same_times(const struct geo_travel_time *a, const struct geo_travel_time *b)
{
    return a->journeys == b->journeys && a->fastest_s == b->fastest_s &&
           a->fastest_departure_s == b->fastest_departure_s && a->fastest_arrival_s == b->fastest_arrival_s &&
           a->fastest_transfers == b->fastest_transfers &&
           same_number(a->median_journey_s, b->median_journey_s) &&
           a->earliest_arrival_s == b->earliest_arrival_s && same_number(a->door_p25_s, b->door_p25_s) &&
           same_number(a->door_p50_s, b->door_p50_s) && same_number(a->door_p75_s, b->door_p75_s) &&
           a->minutes_without_arrival == b->minutes_without_arrival;
}

static bool same_journeys(const struct journey_list *a, const struct journey_list *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->items, b->items, a->n * sizeof *a->items) == 0);
}

static void show_answer(const char *who, const struct geo_travel_time *times, const struct journey_list *list)
{
    printf("  %s: %d journeys, fastest %d (%d to %d, %d transfers), median %g, earliest %d, door %g %g %g, "
           "%d minutes without\n",
           who, times->journeys, times->fastest_s, times->fastest_departure_s, times->fastest_arrival_s,
           times->fastest_transfers, times->median_journey_s, times->earliest_arrival_s, times->door_p25_s,
           times->door_p50_s, times->door_p75_s, times->minutes_without_arrival);
    for (size_t i = 0; i < list->n; i++)
        printf("    %d to %d, %d transfers\n", list->items[i].departure_s, list->items[i].arrival_s,
               list->items[i].transfers);
}

static void show_world(const struct world *world)
{
    for (size_t i = 0; i < world->input.n_stops; i++)
        printf("stop %zu: station %u at %.3f %.3f\n", i, world->stops[i].station, world->stops[i].lon,
               world->stops[i].lat);
    for (size_t i = 0; i < world->input.n_trips; i++) {
        const struct geo_trip *trip = &world->trips[i];
        printf("trip %zu: label %u route %u day %d:", i, trip->label, trip->route, trip->service_day);
        for (uint32_t k = 0; k < trip->n_calls; k++) {
            const struct geo_call *call = &world->calls[trip->first_call + k];
            printf(" %u@%d-%d%s%s", call->stop, call->arrival_s + trip->shift_s,
                   call->departure_s + trip->shift_s, call->board ? "" : "!board",
                   call->alight ? "" : "!alight");
        }
        printf("\n");
    }
    for (size_t i = 0; i < world->input.n_transfers; i++) {
        const struct geo_transfer *row = &world->transfers[i];
        printf("transfer %zu: %s %u to %s %u, trips %d %d, routes %d %d, type %d, %d s\n", i,
               row->from_is_station ? "station" : "stop", row->from, row->to_is_station ? "station" : "stop",
               row->to, (int)row->from_trip, (int)row->to_trip, (int)row->from_route, (int)row->to_route,
               (int)row->kind, row->min_duration_s);
    }
    for (size_t i = 0; i < world->n_points; i++) {
        printf("point %zu:", i);
        for (size_t k = 0; k < world->points[i].n_access; k++)
            printf(" stop %u after %d s", world->access[i][k].stop, world->access[i][k].walk_s);
        printf("\n");
    }
    printf("rules %d, min transfer %d s, walk radius %g m, window %d to %d, max transfers %d, limit %d s, "
           "threads %d\n",
           (int)world->options.transfers, world->options.min_transfer_s, world->options.walking.radius_m,
           world->matrix.window.from_s, world->matrix.window.until_s, world->matrix.max_transfers,
           world->matrix.limit_s, world->matrix.threads);
}

static bool keep_journeys(void *user, size_t from, size_t to, const struct geo_journey *journeys, size_t n)
{
    struct answer *answer = user;
    struct journey_list *list = &answer->journeys[from * MAX_POINTS + to];
    assert_true(n <= MAX_JOURNEYS);
    memcpy(list->items, journeys, n * sizeof *journeys);
    list->n = n;
    return true;
}

static bool compare_pair(const struct world *world, size_t pair, const struct answer *found,
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

static bool check_world(struct world *world)
{
    static struct oracle oracle;
    static struct answer found, expected;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    memset(&found, 0, sizeof found);
    world->matrix.on_journeys = keep_journeys;
    world->matrix.user = &found;
    if (geo_timetable_new(&ctx, &world->input, &world->options, &timetable) ||
        geo_travel_time_matrix(&ctx, timetable, world->n_points, world->points, &world->matrix,
                               found.times)) {
        show_world(world);
        printf("failed: %s\n", ctx.message);
        geo_timetable_free(timetable);
        return false;
    }
    geo_timetable_free(timetable);
    om_context_done(&ctx);
    oracle_init(world, &oracle);
    for (size_t from = 0; from < world->n_points; from++) {
        ask_oracle(world, &oracle, from, &expected);
        for (size_t to = 0; to < world->n_points; to++)
            if (to != from && !compare_pair(world, from * world->n_points + to, &found, &expected))
                return false;
    }
    return true;
}

static void the_router_agrees_with_brute_force(void **state)
{
    (void)state;
    uint64_t rounds = strtoull(kit_env("OMLAND_ORACLE_ROUNDS", "4000"), NULL, 10);
    uint64_t seed = strtoull(kit_env("OMLAND_ORACLE_SEED", "1"), NULL, 10);
    for (uint64_t i = 0; i < rounds; i++) {
        struct kit_random random = {seed + i};
        static struct world world;
        make_world(&random, &world);
        if (!check_world(&world)) {
            printf("seed %llu\n", (unsigned long long)(seed + i));
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_router_agrees_with_brute_force)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Random small timetables, as the plain arrays that the router is given, with points and questions.
 */
#ifndef TESTS_RANDOM_TIMETABLE_H
#define TESTS_RANDOM_TIMETABLE_H

#include "kit.h"

#include "geo/travel_time.h"

#include <math.h>

enum {
    MAX_STOPS = 16,
    MAX_STATIONS = 10,
    MAX_TRIPS = 40,
    MAX_TRIP_CALLS = 6,
    MAX_CALLS = MAX_TRIPS * MAX_TRIP_CALLS,
    MAX_TRANSFERS = 40,
    MAX_POINTS = 4,
    MAX_ACCESS = 3,
    MAX_WINDOW_S = 1800,
    NEVER = INT32_MAX,
    /* at most in what make_world makes */
    RANDOM_STOPS = 10,
    RANDOM_STATIONS = 6,
    RANDOM_TRIPS = 14,
    RANDOM_TRANSFERS = 10,
};

/* Plain arrays, and what is asked of them. */
struct world {
    struct geo_stop stops[MAX_STOPS];
    struct geo_call calls[MAX_CALLS];
    struct geo_trip trips[MAX_TRIPS];
    size_t goes_on_as[MAX_TRIPS]; /* 1 + the trip that one may stay aboard into; 0 = none */
    struct geo_transfer transfers[MAX_TRANSFERS];
    struct geo_access access[MAX_POINTS][MAX_ACCESS];
    struct geo_point points[MAX_POINTS];
    size_t n_points;
    struct geo_timetable_input input;
    struct geo_timetable_options options;
    struct geo_matrix_options matrix;
};

static inline bool chance(struct kit_random *random, uint32_t percent)
{
    return kit_below(random, 100) < percent;
}

/* Making a random world. */

static inline void make_stops(struct kit_random *random, struct world *world)
{
    world->input.n_stations = 2 + kit_below(random, RANDOM_STATIONS - 1);
    world->input.n_stops = world->input.n_stations + kit_below(random, RANDOM_STOPS - RANDOM_STATIONS + 1);
    for (size_t i = 0; i < world->input.n_stops; i++) {
        struct geo_stop *stop = &world->stops[i];
        stop->station =
            i < world->input.n_stations ? (uint32_t)i : kit_below(random, (uint32_t)world->input.n_stations);
        stop->lon = chance(random, 8) ? (double)NAN : 20 + 0.001 * kit_below(random, 12);
        stop->lat = 65 + 0.001 * kit_below(random, 8);
    }
}

static inline void make_calls(struct kit_random *random, struct world *world, struct geo_trip *trip)
{
    trip->first_call = (uint32_t)world->input.n_calls;
    trip->n_calls = 1 + kit_below(random, MAX_TRIP_CALLS);
    bool connects = trip->first_call && chance(random, 50);
    const struct geo_call *before = connects ? &world->calls[trip->first_call - 1] : NULL;
    int32_t time_s =
        connects ? before->arrival_s + (int32_t)kit_below(random, 150) : (int32_t)kit_below(random, 700);
    bool forbids = chance(random, 20);
    for (uint32_t i = 0; i < trip->n_calls; i++) {
        struct geo_call *call = &world->calls[world->input.n_calls++];
        call->stop = kit_below(random, (uint32_t)world->input.n_stops);
        if (connects && i == 0 && world->stops[call->stop].station != world->stops[before->stop].station)
            call->stop = before->stop;
        call->arrival_s = time_s;
        time_s += chance(random, 30) ? (int32_t)kit_below(random, 60) : 0;
        call->departure_s = time_s;
        time_s += chance(random, 10) ? 0 : (int32_t)kit_below(random, 200);
        call->board = !forbids || chance(random, 60);
        call->alight = !forbids || chance(random, 60);
    }
}

/* Another run of an earlier trip's places: by shared calls, or slower or faster, so that it may overtake. */
static inline void follow_trip(struct kit_random *random, struct world *world, const struct geo_trip *model,
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

static inline void make_trips(struct kit_random *random, struct world *world)
{
    size_t n = 1 + kit_below(random, RANDOM_TRIPS);
    bool on_demand = chance(random, 30);
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
        trip->on_demand = on_demand && chance(random, 40);
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

static inline void make_transfers(struct kit_random *random, struct world *world)
{
    size_t n = chance(random, 20) ? 0 : kit_below(random, RANDOM_TRANSFERS + 1);
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

/* Where some trip starts or ends. */
static inline uint32_t random_end(struct kit_random *random, const struct world *world)
{
    const struct geo_trip *trip = &world->trips[kit_below(random, (uint32_t)world->input.n_trips)];
    return world->calls[trip->first_call + (chance(random, 50) ? 0 : trip->n_calls - 1)].stop;
}

static inline void make_points(struct kit_random *random, struct world *world)
{
    world->n_points = 2 + kit_below(random, MAX_POINTS - 1);
    for (size_t i = 0; i < world->n_points; i++) {
        size_t n = chance(random, 5) ? 0 : chance(random, 60) ? 1 : 1 + kit_below(random, MAX_ACCESS);
        for (size_t k = 0; k < n; k++)
            world->access[i][k] =
                (struct geo_access){chance(random, 60) ? random_end(random, world)
                                                       : kit_below(random, (uint32_t)world->input.n_stops),
                                    chance(random, 50) ? 0 : (int32_t)kit_below(random, 150)};
        world->points[i] = (struct geo_point){world->access[i], n};
    }
}

static inline void make_conditions(struct kit_random *random, struct world *world)
{
    world->options.transfers =
        chance(random, 70) ? GEO_TRANSFERS_FULL : (enum geo_transfer_rules)kit_below(random, 3);
    world->options.min_transfer_s = chance(random, 60) ? 0 : (int32_t)kit_below(random, 90);
    world->options.walking = (struct geo_walking){
        .radius_m = chance(random, 50) ? 0 : 50 + kit_below(random, 400), .detour = 1.3, .speed_km_h = 4.8};
    world->matrix.max_transfers = chance(random, 60) ? -1 : (int)kit_below(random, 3);
    world->matrix.limit_s = chance(random, 60) ? 0 : 1 + (int32_t)kit_below(random, 600);
    world->matrix.threads = chance(random, 1) ? 2 : 1;
}

/* A trip to the next station, or slower to the one after it. */
static inline void make_hop(struct kit_random *random, struct world *world, struct geo_trip *trip)
{
    uint32_t n = (uint32_t)world->input.n_stations, from = kit_below(random, n - 1);
    bool passes_one = from + 2 < n && chance(random, 30);
    int32_t departure_s = 100 * (int32_t)from + (int32_t)kit_below(random, 150);
    int32_t arrival_s =
        departure_s + (int32_t)(passes_one ? 150 + kit_below(random, 300) : kit_below(random, 100));
    trip->first_call = (uint32_t)world->input.n_calls;
    trip->n_calls = 2;
    world->calls[world->input.n_calls++] =
        (struct geo_call){from, departure_s, departure_s, .board = true, .alight = true};
    world->calls[world->input.n_calls++] =
        (struct geo_call){from + 1 + passes_one, arrival_s, arrival_s, .board = true, .alight = true};
}

/* A line of stations and trips of one leg, with a limit on transfers: journeys need many, and those that
 * arrive first need not be those with the fewest. */
static inline void make_hops(struct kit_random *random, struct world *world)
{
    world->input.n_stations = world->input.n_stops = RANDOM_STATIONS - kit_below(random, 2);
    for (size_t i = 0; i < world->input.n_stops; i++)
        world->stops[i] = (struct geo_stop){.station = (uint32_t)i, .lon = NAN, .lat = NAN};
    world->input.n_trips = RANDOM_TRIPS / 2 + kit_below(random, RANDOM_TRIPS / 2 + 1);
    for (size_t i = 0; i < world->input.n_trips; i++) {
        world->trips[i] = (struct geo_trip){.label = (uint32_t)i, .route = kit_below(random, 4)};
        make_hop(random, world, &world->trips[i]);
    }
    world->n_points = 2;
    for (size_t i = 0; i < 2; i++) {
        world->access[i][0] = (struct geo_access){i ? (uint32_t)world->input.n_stops - 1 : 0, 0};
        world->points[i] = (struct geo_point){world->access[i], 1};
    }
    world->matrix.max_transfers = 1 + (int)kit_below(random, 4);
}

static inline void make_world(struct kit_random *random, struct world *world)
{
    *world = (struct world){0};
    world->input.stops = world->stops;
    world->input.calls = world->calls;
    world->input.trips = world->trips;
    world->input.transfers = world->transfers;
    make_conditions(random, world);
    if (chance(random, 20)) {
        make_hops(random, world);
    } else {
        make_stops(random, world);
        make_trips(random, world);
        make_transfers(random, world);
        make_points(random, world);
    }
    world->matrix.window.from_s = (int32_t)kit_below(random, 400);
    world->matrix.window.until_s = world->matrix.window.from_s + 1 + (int32_t)kit_below(random, 600);
}

static inline void show_world(const struct world *world)
{
    for (size_t i = 0; i < world->input.n_stops; i++)
        printf("stop %zu: station %u at %.3f %.3f\n", i, world->stops[i].station, world->stops[i].lon,
               world->stops[i].lat);
    for (size_t i = 0; i < world->input.n_trips; i++) {
        const struct geo_trip *trip = &world->trips[i];
        printf("trip %zu: label %u route %u day %d%s:", i, trip->label, trip->route, trip->service_day,
               trip->on_demand ? " on demand" : "");
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
           "threads %d%s%s\n",
           (int)world->options.transfers, world->options.min_transfer_s, world->options.walking.radius_m,
           world->matrix.window.from_s, world->matrix.window.until_s, world->matrix.max_transfers,
           world->matrix.limit_s, world->matrix.threads, world->matrix.arrive_by ? ", arrivals" : "",
           world->options.is_mirrored ? ", mirrored" : "");
}

#endif

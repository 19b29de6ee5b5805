/*
 * A small timetable under construction: every stop is a station of its own, every trip has two calls. Include
 * after kit.h.
 */
#ifndef TESTS_KIT_NETWORK_H
#define TESTS_KIT_NETWORK_H

#include "geo/timetable.h"

enum { MAX_TRIPS = 40, MINUTE_S = 60, HOUR_S = 3600 };

struct network {
    struct geo_stop stops[8];
    struct geo_call calls[2 * MAX_TRIPS];
    struct geo_trip trips[MAX_TRIPS];
    struct geo_transfer transfers[4];
    struct geo_timetable_input input;
    struct geo_timetable_options options;
};

static inline void network_init(struct network *network, size_t n_stops)
{
    *network = (struct network){.options = {.walking = {0, 1.3, 4.8}}};
    for (uint32_t i = 0; i < n_stops; i++)
        network->stops[i] = (struct geo_stop){20 + 0.1 * i, 65, i};
    network->input = (struct geo_timetable_input){.n_stops = n_stops,
                                                  .n_stations = n_stops,
                                                  .stops = network->stops,
                                                  .calls = network->calls,
                                                  .trips = network->trips,
                                                  .transfers = network->transfers};
}

static inline uint32_t add_trip(struct network *network, uint32_t from, int32_t departure_s, uint32_t to,
                                int32_t arrival_s)
{
    uint32_t trip = (uint32_t)network->input.n_trips++, call = (uint32_t)network->input.n_calls;
    network->calls[call] = (struct geo_call){from, departure_s, departure_s, true, true};
    network->calls[call + 1] = (struct geo_call){to, arrival_s, arrival_s, true, true};
    network->trips[trip] = (struct geo_trip){call, 2, 0, trip, trip, 0, false};
    network->input.n_calls += 2;
    return trip;
}

#endif

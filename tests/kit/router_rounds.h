/*
 * The router against brute force on one random small timetable after another.
 */
#ifndef TESTS_ROUTER_ROUNDS_H
#define TESTS_ROUTER_ROUNDS_H

#include "brute_force.h"

static inline om_status build_without_on_demand(om_context *ctx, const struct world *world,
                                                geo_timetable **out)
{
    struct geo_trip trips[MAX_TRIPS];
    struct geo_timetable_input input = world->input;
    input.trips = trips;
    input.n_trips = 0;
    for (size_t i = 0; i < world->input.n_trips; i++)
        if (!world->trips[i].on_demand)
            trips[input.n_trips++] = world->trips[i];
    return geo_timetable_new(ctx, &input, &world->options, out);
}

static inline bool check_world(const struct world *world)
{
    om_context ctx = {0};
    geo_timetable *timetable = NULL, *without_on_demand = NULL;
    om_status status = geo_timetable_new(&ctx, &world->input, &world->options, &timetable);
    if (!status && has_on_demand_trips(world))
        status = build_without_on_demand(&ctx, world, &without_on_demand);
    if (status)
        printf("failed: %s\n", ctx.message);
    const struct asked asked = {timetable, without_on_demand, world->points};
    bool agrees = status == OM_OK && router_agrees(world, &asked);
    geo_timetable_free(timetable);
    geo_timetable_free(without_on_demand);
    om_context_done(&ctx);
    return agrees;
}

/* Half of the windows are of arrivals, and half of the searches start at the destinations.
 * Timetables of the seeds first .. first + rounds - 1; false at the first that differs. */
static inline bool check_rounds(uint64_t first, uint64_t rounds)
{
    for (uint64_t seed = first; seed < first + rounds; seed++) {
        struct kit_random random = {seed};
        static struct world world;
        make_world(&random, &world);
        world.matrix.arrive_by = chance(&random, 50);
        world.options.is_mirrored = chance(&random, 50);
        if (check_world(&world))
            continue;
        printf("seed %llu\n", (unsigned long long)seed);
        return false;
    }
    return true;
}

#endif

/*
 * Local lines between neighbouring seats.
 *
 * Two seats are neighbours when no third seat lies in the circle that has them as diameter (the Gabriel
 * graph, Gabriel & Sokal 1969): near pairs are joined, and a pair with a town in between is not.
 */
#include "sweden_network.h"

#include "geo/crs.h"
#include "geo/memory.h"

#include <math.h>
#include <stdio.h>

static const double longest_km = 100; /* further apart, only a line of the written table joins two seats */
static const double road_factor = 1.3;
static const double road_km_min = 1.0; /* 60 km/h */
static const double stops_min = 4;     /* getting out of one town and into the other */

/* How often: by inhabitants of the smaller municipality per kilometre between the seats. */
static const struct service_level {
    double inhabitants_per_km;
    int peak, base, weekend;
    int first, last;
} levels[] = {
    {3000, 10, 15, 20, 5 * 60, 23 * 60},  {1000, 20, 30, 60, 5 * 60, 23 * 60},
    {400, 30, 60, 120, 5 * 60, 22 * 60},  {150, 60, 120, 240, 6 * 60, 20 * 60},
    {60, 120, 240, 240, 6 * 60, 19 * 60}, {0, 240, 240, 240, 7 * 60, 18 * 60},
};

static const struct service_level *level_of(double inhabitants_per_km)
{
    const struct service_level *level = levels;
    while (inhabitants_per_km < level->inhabitants_per_km)
        level++;
    return level;
}

static bool is_barred(uint32_t a, uint32_t b, const uint32_t *barriers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((barriers[2 * i] == a && barriers[2 * i + 1] == b) ||
            (barriers[2 * i] == b && barriers[2 * i + 1] == a))
            return true;
    return false;
}

static bool are_neighbours(const double *km, size_t n, size_t a, size_t b)
{
    double diameter = km[a * n + b];
    for (size_t k = 0; k < n; k++)
        if (k != a && k != b &&
            km[a * n + k] * km[a * n + k] + km[k * n + b] * km[k * n + b] < diameter * diameter)
            return false;
    return true;
}

static om_status local_line_add(om_context *ctx, struct sweden_network *network, uint32_t a, uint32_t b,
                                double km, int number)
{
    struct sweden_line *line;
    om_status status = sweden_line_add(ctx, network, 2, &line);
    if (status)
        return status;
    double smaller = fmin(network->places[a].population, network->places[b].population);
    const struct service_level *level = level_of(smaller / km);
    /* spread over the first hour, so that not every bus of the country leaves at once */
    int offset = number * 7 % (level->peak < 60 ? level->peak : 60);
    line->mode = SWEDEN_BUS;
    line->first = level->first + offset;
    line->last = level->last + offset;
    line->peak_headway = level->peak;
    line->base_headway = level->base;
    line->weekend_headway = level->weekend;
    snprintf(line->name, sizeof line->name, "L%d", number);
    line->calls[0] = (struct sweden_call){a, 0};
    line->calls[1] = (struct sweden_call){b, (int32_t)lround(stops_min + km * road_factor * road_km_min)};
    return OM_OK;
}

om_status sweden_local_lines_add(om_context *ctx, struct sweden_network *network, size_t n_seats,
                                 const uint32_t *barriers, size_t n_barriers)
{
    const struct sweden_place *places = network->places;
    double *km = om_alloc(n_seats * n_seats, sizeof *km);
    if (!km)
        return om_no_memory(ctx);
    for (size_t a = 0; a < n_seats; a++)
        for (size_t b = 0; b < n_seats; b++)
            km[a * n_seats + b] =
                geo_distance_m(places[a].lon, places[a].lat, places[b].lon, places[b].lat) / 1000;

    om_status status = OM_OK;
    int number = 0;
    for (uint32_t a = 0; a < n_seats; a++)
        for (uint32_t b = a + 1; !status && b < n_seats; b++)
            if (km[a * n_seats + b] <= longest_km && are_neighbours(km, n_seats, a, b) &&
                !is_barred(a, b, barriers, n_barriers))
                status = local_line_add(ctx, network, a, b, km[a * n_seats + b], ++number);
    om_free(km);
    return status;
}

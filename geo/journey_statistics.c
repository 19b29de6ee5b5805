#include "journey_statistics.h"

#include "geo/memory.h"

#include <math.h>

enum { MINUTE_S = 60 };

static const struct geo_travel_time no_journey = {
    .fastest_s = GEO_NO_TIME,
    .fastest_departure_s = GEO_NO_TIME,
    .fastest_arrival_s = GEO_NO_TIME,
    .fastest_transfers = GEO_NO_TIME,
    .median_journey_s = NAN,
    .earliest_arrival_s = GEO_NO_TIME,
    .latest_departure_s = GEO_NO_TIME,
    .door_p25_s = NAN,
    .door_p50_s = NAN,
    .door_p75_s = NAN,
    .booked_share = NAN,
};

size_t statistics_minutes(const struct geo_window *window)
{
    return ((size_t)((int64_t)window->until_s - window->from_s) + MINUTE_S - 1) / MINUTE_S;
}

bool statistics_reserve(struct statistics_space *space, const struct geo_window *window, size_t n_journeys)
{
    size_t minutes = statistics_minutes(window);
    int32_t *values = om_grow(space->values, &space->capacity,
                              2 * (n_journeys > minutes ? n_journeys : minutes), sizeof *values);
    if (values)
        space->values = values;
    return values != NULL;
}

void statistics_done(struct statistics_space *space)
{
    om_free(space->values);
    *space = (struct statistics_space){0};
}

static size_t run_end(const int32_t *values, size_t first, size_t n)
{
    size_t end = first + 1;
    while (end < n && values[end - 1] <= values[end])
        end++;
    return end;
}

static void merge(const int32_t *values, size_t first, size_t middle, size_t end, int32_t *out)
{
    size_t i = first, k = middle;
    for (size_t at = first; at < end; at++)
        out[at] = k == end || (i < middle && values[i] <= values[k]) ? values[i++] : values[k++];
}

/* Merges neighbouring runs until there is one: leaving later saves a minute each, so that durations come in
 * few runs. The values are the first n of space->values, the rest is to spare. */
static const int32_t *sort(struct statistics_space *space, size_t n)
{
    int32_t *from = space->values, *to = space->values + n;
    while (run_end(from, 0, n) < n) {
        for (size_t first = 0, middle, end; first < n; first = end) {
            middle = run_end(from, first, n);
            end = middle < n ? run_end(from, middle, n) : n;
            merge(from, first, middle, end, to);
        }
        int32_t *sorted = to;
        to = from;
        from = sorted;
    }
    return from;
}

/* Linear interpolation between the two nearest of n sorted values. */
static double quantile(const int32_t *sorted, size_t n, double share)
{
    double at = (double)(n - 1) * share;
    size_t below = (size_t)at, above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * ((double)sorted[above] - sorted[below]);
}

static void journey_statistics(const struct geo_journey *journeys, size_t n, struct statistics_space *space,
                               struct geo_travel_time *out)
{
    const struct geo_journey *fastest = &journeys[0];
    for (size_t i = 0; i < n; i++) {
        space->values[i] = journeys[i].arrival_s - journeys[i].departure_s;
        if (space->values[i] < fastest->arrival_s - fastest->departure_s)
            fastest = &journeys[i];
    }
    const int32_t *values = sort(space, n);
    out->journeys = (int32_t)n;
    out->fastest_s = values[0];
    out->fastest_departure_s = fastest->departure_s;
    out->fastest_arrival_s = fastest->arrival_s;
    out->fastest_transfers = fastest->transfers;
    out->median_journey_s = quantile(values, n, 0.5);
}

/* How long one is under way when leaving at time_s; INT32_MAX when one does not arrive within the limit. */
static int32_t door_duration(int32_t time_s, int32_t arrival_s, int32_t walk_s, int32_t limit_s)
{
    int32_t duration_s = arrival_s == INT32_MAX ? INT32_MAX : arrival_s - time_s;
    if (duration_s > walk_s)
        duration_s = walk_s;
    return duration_s <= limit_s ? duration_s : INT32_MAX;
}

/* Durations of leaving at each sampled minute, the last one first; returns at how many of them one arrives at
 * all. */
static size_t door_durations(const struct geo_journey *rides, size_t n, int32_t after_s, int32_t walk_s,
                             int32_t limit_s, const struct geo_window *window, int32_t *values)
{
    size_t next = n, reached = 0;
    for (size_t i = statistics_minutes(window); i-- > 0;) {
        int32_t time_s = window->from_s + MINUTE_S * (int32_t)i;
        while (next > 0 && rides[next - 1].departure_s >= time_s)
            next--;
        int32_t arrival_s = next < n ? rides[next].arrival_s : after_s;
        values[reached] = door_duration(time_s, arrival_s, walk_s, limit_s);
        reached += values[reached] != INT32_MAX;
    }
    return reached;
}

void statistics_of(const struct geo_journey *journeys, size_t n, int32_t after_s, int32_t walk_s,
                   int32_t limit_s, const struct geo_window *window, struct statistics_space *space,
                   struct geo_travel_time *out)
{
    struct geo_travel_time result = no_journey;
    size_t minutes = statistics_minutes(window);
    size_t walks = walk_s != INT32_MAX;
    size_t reached =
        door_durations(journeys + walks, n - walks, after_s, walk_s, limit_s, window, space->values);
    result.minutes_without_arrival = (int32_t)(minutes - reached);
    int32_t first_s = n > walks ? journeys[walks].arrival_s : after_s;
    first_s = door_duration(window->from_s, first_s, walk_s, limit_s);
    if (first_s != INT32_MAX)
        result.earliest_arrival_s = window->from_s + first_s;
    if (reached == minutes) {
        const int32_t *sorted = sort(space, reached);
        result.door_p25_s = quantile(sorted, reached, 0.25);
        result.door_p50_s = quantile(sorted, reached, 0.5);
        result.door_p75_s = quantile(sorted, reached, 0.75);
    }
    if (n)
        journey_statistics(journeys, n, space, &result);
    *out = result;
}

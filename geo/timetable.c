#include "timetable_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "mirror.h"
#include "transfer_rules.h"

static om_status check_sizes(om_context *ctx, const struct geo_timetable_input *input)
{
    const struct {
        const char *what;
        size_t n;
    } sizes[] = {{"stops", input->n_stops},
                 {"stations", input->n_stations},
                 {"calls", input->n_calls},
                 {"trips", input->n_trips},
                 {"transfers", input->n_transfers}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].n >= UINT32_MAX)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "too many %s: %zu", sizes[i].what, sizes[i].n);
    return OM_OK;
}

static om_status check_trip(om_context *ctx, const struct geo_timetable_input *input, size_t trip)
{
    const struct geo_trip *at = &input->trips[trip];
    if (at->first_call > input->n_calls || at->n_calls > input->n_calls - at->first_call)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu: calls %u to %llu, but there are %zu", trip,
                       at->first_call, (unsigned long long)at->first_call + at->n_calls, input->n_calls);
    if (at->n_calls > UINT16_MAX)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu: %u calls, but there may be %u", trip, at->n_calls,
                       (unsigned)UINT16_MAX);
    int64_t before_s = INT64_MIN;
    for (uint32_t i = 0; i < at->n_calls; i++) {
        const struct geo_call *call = &input->calls[at->first_call + i];
        int64_t arrival_s = (int64_t)call->arrival_s + at->shift_s;
        int64_t departure_s = (int64_t)call->departure_s + at->shift_s;
        if (call->stop >= input->n_stops)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu, call %u: stop %u, but there are %zu", trip, i,
                           call->stop, input->n_stops);
        if (arrival_s < before_s || departure_s < arrival_s)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu, call %u: the time runs backwards", trip, i);
        if (arrival_s < -TIME_LIMIT_S || departure_s > TIME_LIMIT_S)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu, call %u: the time is out of range", trip, i);
        before_s = departure_s;
    }
    if (at->shift_s < -TIME_LIMIT_S || at->shift_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "trip %zu: the shift is out of range: %d s", trip,
                       at->shift_s);
    return OM_OK;
}

static om_status check_transfer(om_context *ctx, const struct geo_timetable_input *input, size_t i)
{
    const struct geo_transfer *row = &input->transfers[i];
    if (row->from >= (row->from_is_station ? input->n_stations : input->n_stops) ||
        row->to >= (row->to_is_station ? input->n_stations : input->n_stops))
        return om_fail(ctx, OM_INVALID_ARGUMENT, "transfer %zu: no such stop or station", i);
    if (row->min_duration_s < 0 || row->min_duration_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "transfer %zu: the duration is out of range", i);
    return OM_OK;
}

static om_status check_options(om_context *ctx, const struct geo_timetable_options *options)
{
    const struct geo_walking *walking = &options->walking;
    if (options->min_transfer_s < 0 || options->min_transfer_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "the smallest transfer time is out of range: %d s",
                       options->min_transfer_s);
    if (!(walking->radius_m >= 0) ||
        (walking->radius_m > 0 && (!(walking->detour > 0) || !(walking->speed_km_h > 0))))
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       "walking needs a radius of 0 or more, and a detour and speed above 0");
    return OM_OK;
}

static om_status check(om_context *ctx, const struct geo_timetable_input *input,
                       const struct geo_timetable_options *options)
{
    om_status status = check_sizes(ctx, input);
    if (!status)
        status = check_options(ctx, options);
    for (size_t i = 0; !status && i < input->n_stops; i++)
        if (input->stops[i].station >= input->n_stations)
            status = om_fail(ctx, OM_INVALID_ARGUMENT, "stop %zu: station %u, but there are %zu", i,
                             input->stops[i].station, input->n_stations);
    uint64_t n_runs = 0; /* trips may share calls */
    for (size_t i = 0; !status && i < input->n_trips; i++) {
        status = check_trip(ctx, input, i);
        n_runs += input->trips[i].n_calls;
    }
    if (!status && n_runs >= UINT32_MAX)
        status = om_fail(ctx, OM_INVALID_ARGUMENT, "too many calls of all trips: %llu",
                         (unsigned long long)n_runs);
    for (size_t i = 0; !status && i < input->n_transfers; i++)
        status = check_transfer(ctx, input, i);
    return status;
}

static om_status build_stations(om_context *ctx, const struct geo_timetable_input *input,
                                geo_timetable *timetable)
{
    timetable->stop_station = om_alloc(input->n_stops, sizeof *timetable->stop_station);
    timetable->station_first = om_alloc(input->n_stations + 2, sizeof *timetable->station_first);
    timetable->station_stops = om_alloc(input->n_stops, sizeof *timetable->station_stops);
    timetable->station_served = om_alloc(input->n_stations, sizeof *timetable->station_served);
    if (!timetable->stop_station || !timetable->station_first || !timetable->station_stops ||
        !timetable->station_served)
        return om_no_memory(ctx);
    uint32_t *next = timetable->station_first + 1;
    for (size_t i = 0; i < input->n_stops; i++) {
        timetable->stop_station[i] = input->stops[i].station;
        next[input->stops[i].station + 1]++;
    }
    for (size_t i = 0; i < input->n_stations; i++)
        next[i + 1] += next[i];
    for (uint32_t i = 0; i < input->n_stops; i++)
        timetable->station_stops[next[input->stops[i].station]++] = i;
    for (size_t i = 0; i < input->n_trips; i++)
        for (uint32_t k = 0; input->trips[i].service_day == 0 && k < input->trips[i].n_calls; k++)
            timetable
                ->station_served[input->stops[input->calls[input->trips[i].first_call + k].stop].station] =
                true;
    return OM_OK;
}

static om_status build(om_context *ctx, const struct geo_timetable_input *input,
                       const struct geo_timetable_options *options, geo_timetable *timetable)
{
    struct transfer_rules rules = {0};
    struct call_changes changes = {0};
    om_status status = build_stations(ctx, input, timetable);
    if (status)
        goto done;
    status = stop_grid_init(ctx, input->stops, input->n_stops, &timetable->grid);
    if (status)
        goto done;
    status = transfer_rules_init(ctx, input, options, &rules);
    if (status)
        goto done;
    status = timetable_build_places(ctx, input, options, &rules, timetable);
    if (status)
        goto done;
    status = timetable_find_changes(ctx, input, options, &rules, timetable, &changes);
    if (status)
        goto done;
    status = timetable_build_patterns(ctx, input, &changes, timetable);
done:
    transfer_rules_done(&rules);
    om_free(changes.items);
    om_free(changes.closed);
    return status;
}

static om_status build_mirrored(om_context *ctx, const struct geo_timetable_input *input,
                                const struct geo_timetable_options *options, geo_timetable *timetable)
{
    struct mirrored_input owned = {0};
    struct geo_timetable_input mirrored;
    om_status status = mirrored_input_init(ctx, input, &owned, &mirrored);
    if (!status)
        status = build(ctx, &mirrored, options, timetable);
    mirrored_input_done(&owned);
    return status;
}

om_status geo_timetable_new(om_context *ctx, const struct geo_timetable_input *input,
                            const struct geo_timetable_options *options, geo_timetable **out)
{
    om_status status = check(ctx, input, options);
    if (status)
        return status;
    geo_timetable *timetable = om_alloc(1, sizeof *timetable);
    if (!timetable)
        return om_no_memory(ctx);
    timetable->n_stops = input->n_stops;
    timetable->n_stations = input->n_stations;
    timetable->n_trips = input->n_trips;
    for (size_t i = 0; i < input->n_trips; i++)
        timetable->n_on_demand_trips += input->trips[i].on_demand;
    timetable->is_mirrored = options->is_mirrored;
    status = (options->is_mirrored ? build_mirrored : build)(ctx, input, options, timetable);
    if (status) {
        geo_timetable_free(timetable);
        return status;
    }
    *out = timetable;
    return OM_OK;
}

size_t geo_timetable_stops(const geo_timetable *timetable)
{
    return timetable->n_stops;
}

size_t geo_timetable_trips(const geo_timetable *timetable)
{
    return timetable->n_trips;
}

size_t geo_timetable_on_demand_trips(const geo_timetable *timetable)
{
    return timetable->n_on_demand_trips;
}

bool geo_timetable_is_served(const geo_timetable *timetable, uint32_t stop)
{
    return stop < timetable->n_stops && timetable->station_served[timetable->stop_station[stop]];
}

/* A trip's first departure and last arrival; on a mirrored timetable it runs from minus the one to minus the
 * other. */
static void trip_bounds(const geo_timetable *timetable, const struct pattern *pattern, uint32_t trip,
                        int32_t *first_s, int32_t *last_s)
{
    int32_t start_s = trip_departure_s(timetable, pattern, trip, 0);
    int32_t end_s = trip_arrival_s(timetable, pattern, trip, pattern->n_positions - 1u);
    *first_s = timetable->is_mirrored ? -end_s : start_s;
    *last_s = timetable->is_mirrored ? -start_s : end_s;
}

bool geo_timetable_is_running(const geo_timetable *timetable, int32_t from_s, int32_t until_s)
{
    for (size_t i = 0; i < timetable->n_patterns; i++) {
        const struct pattern *pattern = &timetable->patterns[i];
        for (uint32_t trip = 0; trip < pattern->n_trips; trip++) {
            int32_t first_s, last_s;
            trip_bounds(timetable, pattern, trip, &first_s, &last_s);
            if (first_s < until_s && last_s >= from_s)
                return true;
        }
    }
    return false;
}

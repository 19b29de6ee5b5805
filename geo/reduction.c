#include "reduction.h"

#include "relevant_calls.h"

#include "geo/memory.h"

#define DROPPED UINT32_MAX

struct copying {
    const geo_timetable *whole;
    const struct relevant_calls *relevant;
    geo_timetable *out;
    uint32_t *call;  /* per call, and one more: its index among the kept ones, or that of the next kept one */
    uint32_t *place; /* per place: likewise DROPPED */
};

static bool number_calls(struct copying *copying)
{
    size_t n = copying->whole->n_positions;
    copying->call = om_alloc(n + 1, sizeof *copying->call);
    if (!copying->call)
        return false;
    for (size_t i = 0; i < n; i++)
        copying->call[i + 1] = copying->call[i] + copying->relevant->is_kept[i];
    copying->out->n_positions = copying->call[n];
    return true;
}

static void number_places(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    for (size_t i = 0; i < whole->n_places; i++)
        copying->place[i] =
            copying->relevant->is_kept_place[i] ? (uint32_t)copying->out->n_places++ : DROPPED;
}

/* Stations keep a range of places, and stops their place. */
static bool copy_places(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    copying->place = om_alloc(whole->n_places, sizeof *copying->place);
    if (!copying->place)
        return false;
    number_places(copying);
    out->station_place = om_alloc(whole->n_stations + 1, sizeof *out->station_place);
    out->stop_place = om_alloc(whole->n_stops, sizeof *out->stop_place);
    out->place_change_s = om_alloc(out->n_places, sizeof *out->place_change_s);
    if (!out->station_place || !out->stop_place || !out->place_change_s)
        return false;
    uint32_t n = 0;
    for (size_t station = 0; station < whole->n_stations; station++) {
        for (uint32_t place = whole->station_place[station]; place < whole->station_place[station + 1];
             place++)
            if (copying->place[place] != DROPPED)
                out->place_change_s[n++] = whole->place_change_s[place];
        out->station_place[station + 1] = n;
    }
    for (size_t i = 0; i < whole->n_stops; i++)
        out->stop_place[i] = copying->place[whole->stop_place[i]];
    return true;
}

static bool copy_edges(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    out->edge_first = om_alloc(out->n_places + 1, sizeof *out->edge_first);
    out->edges = om_alloc(whole->edge_first[whole->n_places], sizeof *out->edges);
    if (!out->edge_first || !out->edges)
        return false;
    uint32_t n = 0;
    for (size_t i = 0; i < whole->n_places; i++) {
        if (copying->place[i] == DROPPED)
            continue;
        for (uint32_t e = whole->edge_first[i]; e < whole->edge_first[i + 1]; e++)
            if (copying->place[whole->edges[e].to] != DROPPED)
                out->edges[n++] =
                    (struct place_edge){copying->place[whole->edges[e].to], whole->edges[e].duration_s};
        out->edge_first[copying->place[i] + 1] = n;
    }
    return true;
}

static void copy_calls(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    for (size_t i = 0; i < whole->n_positions; i++) {
        if (!copying->relevant->is_kept[i])
            continue;
        uint32_t call = copying->call[i];
        out->call_places[call] = copying->place[whole->call_places[i]];
        out->call_flags[call] = copying->relevant->flags[i];
    }
}

static void copy_time(const struct copying *copying, const struct pattern *pattern, uint32_t from,
                      uint32_t to)
{
    const struct call_time *times = &copying->whole->times[from];
    struct call_time *next = &copying->out->times[to];
    for (uint32_t i = 0; i < pattern->n_positions; i++)
        if (copying->relevant->is_kept[pattern->first_position + i])
            *next++ = times[i];
}

/* Times that trips of a pattern share stay shared; equal ones that come of dropping calls do not become it.
 */
static void copy_trips(struct copying *copying, const struct pattern *pattern, uint16_t n_positions)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    uint32_t base = UINT32_MAX, first = (uint32_t)out->n_times;
    for (uint32_t i = pattern->first_trip; i < pattern->first_trip + (uint32_t)pattern->n_trips; i++)
        if (whole->trips[i].first_time < base)
            base = whole->trips[i].first_time;
    for (uint32_t i = pattern->first_trip; i < pattern->first_trip + (uint32_t)pattern->n_trips; i++) {
        uint32_t index = (whole->trips[i].first_time - base) / pattern->n_positions;
        uint32_t time = first + index * n_positions;
        out->trips[i] = (struct trip_start){whole->trips[i].time_s, time};
        if (time < out->n_times)
            continue;
        copy_time(copying, pattern, whole->trips[i].first_time, time);
        out->n_times = time + n_positions;
    }
}

static bool copy_patterns(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    out->call_places = om_alloc(out->n_positions, sizeof *out->call_places);
    out->call_flags = om_alloc(out->n_positions, sizeof *out->call_flags);
    out->patterns = om_alloc(whole->n_patterns, sizeof *out->patterns);
    out->trips = om_alloc(whole->n_pattern_trips, sizeof *out->trips);
    out->times = om_alloc(whole->n_times, sizeof *out->times);
    if (!out->call_places || !out->call_flags || !out->patterns || !out->trips || !out->times)
        return false;
    copy_calls(copying);
    for (size_t i = 0; i < whole->n_patterns; i++) {
        struct pattern pattern = whole->patterns[i];
        uint32_t end = copying->call[pattern.first_position + pattern.n_positions];
        pattern.first_position = copying->call[pattern.first_position];
        pattern.n_positions = (uint16_t)(end - pattern.first_position);
        copy_trips(copying, &whole->patterns[i], pattern.n_positions);
        pattern.last_trip = out->trips[pattern.first_trip + pattern.n_trips - 1u];
        out->patterns[i] = pattern;
    }
    return true;
}

/* Visits lie by place, and so they do among the kept ones. */
static bool copy_visits(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    size_t most = out->n_positions;
    out->visits = om_alloc(most, sizeof *out->visits);
    out->links = om_alloc(out->n_places + 1, sizeof *out->links);
    if (!out->visits || !out->links)
        return false;
    for (size_t place = 0; place < whole->n_places; place++) {
        if (copying->place[place] == DROPPED)
            continue;
        struct place_links *links = &out->links[copying->place[place]];
        links->visit_first = (uint32_t)out->n_visits;
        for (uint32_t v = whole->links[place].visit_first; v < whole->links[place + 1].visit_first; v++) {
            const struct pattern_visit *visit = &whole->visits[v];
            if (!copying->relevant->is_kept[visit->call])
                continue;
            out->visits[out->n_visits++] = (struct pattern_visit){visit->pattern, copying->call[visit->call]};
        }
    }
    return true;
}

static void finish_links(geo_timetable *out)
{
    for (size_t i = 0; i < out->n_places; i++) {
        out->links[i].change_s = out->place_change_s[i];
        out->links[i].edge_first = out->edge_first[i];
    }
    out->links[out->n_places] =
        (struct place_links){TIME_NEVER, out->edge_first[out->n_places], (uint32_t)out->n_visits};
}

static bool copy_changes(struct copying *copying)
{
    const geo_timetable *whole = copying->whole;
    geo_timetable *out = copying->out;
    size_t n = out->n_changes = whole->n_changes;
    if (!n)
        return true;
    out->changes = om_alloc(n, sizeof *out->changes);
    out->change_first = om_alloc(out->n_positions + 1, sizeof *out->change_first);
    if (!out->changes || !out->change_first)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct trip_change change = whole->changes[i];
        uint32_t first = whole->patterns[change.to_pattern].first_position;
        change.to_position =
            copying->call[first + change.to_position] - out->patterns[change.to_pattern].first_position;
        out->changes[i] = change;
    }
    for (size_t i = 0; i <= whole->n_positions; i++)
        out->change_first[copying->call[i]] = whole->change_first[i];
    return true;
}

static void free_copy(geo_timetable *reduced)
{
    if (reduced)
        reduced->stop_station = NULL; /* the whole one's */
    geo_timetable_free(reduced);
}

static om_status copy_relevant(om_context *ctx, const geo_timetable *whole,
                               const struct relevant_calls *relevant, geo_timetable **out)
{
    geo_timetable *reduced = om_alloc(1, sizeof *reduced);
    if (!reduced)
        return om_no_memory(ctx);
    struct copying copying = {.whole = whole, .relevant = relevant, .out = reduced};
    reduced->is_mirrored = whole->is_mirrored;
    reduced->n_stops = whole->n_stops;
    reduced->n_stations = whole->n_stations;
    reduced->stop_station = whole->stop_station;
    reduced->n_patterns = whole->n_patterns;
    reduced->n_pattern_trips = whole->n_pattern_trips;
    bool done = number_calls(&copying) && copy_places(&copying) && copy_edges(&copying) &&
                copy_patterns(&copying) && copy_visits(&copying) && copy_changes(&copying);
    if (done)
        finish_links(reduced);
    om_free(copying.call);
    om_free(copying.place);
    if (!done) {
        free_copy(reduced);
        return om_no_memory(ctx);
    }
    *out = reduced;
    return OM_OK;
}

om_status reduction_init(om_context *ctx, const geo_timetable *whole, struct point_set starts,
                         struct point_set ends, struct reduction *out)
{
    struct reduction result = {0};
    struct destinations origins = {0}, destinations = {0};
    struct relevant_calls relevant = {0};
    om_status status = destinations_init(ctx, whole, starts.n, starts.points, &origins);
    if (!status)
        status = destinations_init(ctx, whole, ends.n, ends.points, &destinations);
    if (!status)
        status = relevant_calls_init(ctx, whole, origins.is_one, &destinations, &relevant);
    if (!status)
        status = copy_relevant(ctx, whole, &relevant, &result.timetable);
    if (!status)
        status = destinations_init(ctx, result.timetable, ends.n, ends.points, &result.destinations);
    destinations_done(&origins);
    destinations_done(&destinations);
    relevant_calls_done(&relevant);
    if (status)
        reduction_done(&result);
    else
        *out = result;
    return status;
}

void reduction_done(struct reduction *reduction)
{
    free_copy(reduction->timetable);
    destinations_done(&reduction->destinations);
    *reduction = (struct reduction){0};
}

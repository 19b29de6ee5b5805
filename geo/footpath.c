/*
 * Places and how long changing between them takes: within a station, on foot between stations, or as a
 * transfer rule without trip or route says.
 */
#include "timetable_internal.h"

#include "geo/crs.h"
#include "geo/memory.h"
#include "transfer_rules.h"

#include <math.h>
#include <stdlib.h>

/* Two stations between which changing may be possible. */
struct station_pair {
    uint32_t from, to;
    int32_t walk_s; /* TIME_NEVER when only a rule joins them */
};

struct pair_list {
    struct station_pair *items;
    size_t n, capacity;
    bool no_memory;
};

struct footpaths {
    om_context *ctx;
    const struct geo_timetable_input *input;
    const struct geo_timetable_options *options;
    const struct transfer_rules *rules;
    geo_timetable *timetable;
    bool *split;          /* stations whose stops are places of their own */
    uint32_t *place_stop; /* one stop of each place */
    struct pair_list pairs;
};

static double station_distance_m(const struct geo_timetable_input *input, const geo_timetable *timetable,
                                 uint32_t from, uint32_t to)
{
    double nearest = NAN;
    for (uint32_t i = timetable->station_first[from]; i < timetable->station_first[from + 1]; i++)
        for (uint32_t k = timetable->station_first[to]; k < timetable->station_first[to + 1]; k++) {
            const struct geo_stop *a = &input->stops[timetable->station_stops[i]];
            const struct geo_stop *b = &input->stops[timetable->station_stops[k]];
            if (isfinite(a->lon) && isfinite(a->lat) && isfinite(b->lon) && isfinite(b->lat))
                nearest = fmin(nearest, geo_distance_m(a->lon, a->lat, b->lon, b->lat));
        }
    return nearest;
}

int32_t timetable_plain_change_s(const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options, const geo_timetable *timetable,
                                 uint32_t from_stop, uint32_t to_stop)
{
    uint32_t from = input->stops[from_stop].station, to = input->stops[to_stop].station;
    if (from == to || !(options->walking.speed_km_h > 0))
        return options->min_transfer_s;
    double distance_m = station_distance_m(input, timetable, from, to);
    return isnan(distance_m)
               ? options->min_transfer_s
               : walk_duration_s(distance_m, options->walking.detour, options->walking.speed_km_h);
}

static uint32_t station_of(const struct geo_timetable_input *input, bool is_station, uint32_t index)
{
    return is_station ? index : input->stops[index].station;
}

/* Stations of which a general rule names a single stop, when there is more than one. */
static void mark_split(struct footpaths *build)
{
    const uint32_t *first = build->timetable->station_first;
    for (size_t i = 0; i < build->rules->n_general; i++) {
        const struct geo_transfer *row = &build->rules->general[i];
        if (!row->from_is_station)
            build->split[build->input->stops[row->from].station] = true;
        if (!row->to_is_station)
            build->split[build->input->stops[row->to].station] = true;
    }
    for (size_t i = 0; i < build->input->n_stations; i++)
        if (first[i + 1] - first[i] <= 1)
            build->split[i] = false;
}

static om_status number_places(struct footpaths *build)
{
    geo_timetable *timetable = build->timetable;
    timetable->station_place = om_alloc(timetable->n_stations + 1, sizeof *timetable->station_place);
    timetable->stop_place = om_alloc(timetable->n_stops, sizeof *timetable->stop_place);
    build->place_stop = om_alloc(timetable->n_stops, sizeof *build->place_stop);
    if (!timetable->station_place || !timetable->stop_place || !build->place_stop)
        return om_no_memory(build->ctx);
    uint32_t place = 0;
    for (size_t station = 0; station < timetable->n_stations; station++) {
        timetable->station_place[station] = place;
        uint32_t first = timetable->station_first[station], end = timetable->station_first[station + 1];
        for (uint32_t i = first; i < end; i++) {
            if (i == first || build->split[station])
                build->place_stop[place++] = timetable->station_stops[i];
            timetable->stop_place[timetable->station_stops[i]] = place - 1;
        }
    }
    timetable->station_place[timetable->n_stations] = place;
    timetable->n_places = place;
    return OM_OK;
}

static void add_pair(struct pair_list *pairs, struct station_pair pair)
{
    struct station_pair *items = om_grow(pairs->items, &pairs->capacity, pairs->n + 1, sizeof *items);
    if (!items) {
        pairs->no_memory = true;
        return;
    }
    pairs->items = items;
    items[pairs->n++] = pair;
}

struct walk_from {
    struct footpaths *build;
    uint32_t station;
};

static void add_walk(void *user, uint32_t stop, double distance_m)
{
    const struct walk_from *from = user;
    const struct geo_walking *walking = &from->build->options->walking;
    uint32_t to = from->build->input->stops[stop].station;
    if (to != from->station && distance_m * walking->detour <= walking->radius_m)
        add_pair(&from->build->pairs,
                 (struct station_pair){from->station, to,
                                       walk_duration_s(distance_m, walking->detour, walking->speed_km_h)});
}

static int by_stations_then_walk(const void *a, const void *b)
{
    const struct station_pair *p = a, *q = b;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    if (p->to != q->to)
        return p->to < q->to ? -1 : 1;
    return p->walk_s < q->walk_s ? -1 : p->walk_s > q->walk_s;
}

/* Every pair of stations within walking distance or named by a rule, and each split station with itself; the
 * shortest walk of each pair is kept. */
static om_status collect_pairs(struct footpaths *build)
{
    const struct geo_walking *walking = &build->options->walking;
    for (uint32_t stop = 0; walking->radius_m > 0 && stop < build->input->n_stops; stop++) {
        const struct geo_stop *at = &build->input->stops[stop];
        struct walk_from from = {build, at->station};
        if (isfinite(at->lon) && isfinite(at->lat))
            stop_grid_near(&build->timetable->grid, at->lon, at->lat,
                           1.000001 * walking->radius_m / walking->detour, add_walk, &from);
    }
    for (size_t i = 0; i < build->rules->n_general; i++) {
        const struct geo_transfer *row = &build->rules->general[i];
        uint32_t from = station_of(build->input, row->from_is_station, row->from);
        uint32_t to = station_of(build->input, row->to_is_station, row->to);
        if (from != to)
            add_pair(&build->pairs, (struct station_pair){from, to, TIME_NEVER});
    }
    for (uint32_t station = 0; station < build->input->n_stations; station++)
        if (build->split[station])
            add_pair(&build->pairs, (struct station_pair){station, station, TIME_NEVER});
    if (build->pairs.no_memory)
        return om_no_memory(build->ctx);
    struct station_pair *items = build->pairs.items;
    size_t kept = 0;
    if (build->pairs.n)
        qsort(items, build->pairs.n, sizeof *items, by_stations_then_walk);
    for (size_t i = 0; i < build->pairs.n; i++)
        if (i == 0 || items[i].from != items[i - 1].from || items[i].to != items[i - 1].to)
            items[kept++] = items[i];
    build->pairs.n = kept;
    return OM_OK;
}

static int32_t general_duration_s(const struct footpaths *build, uint32_t from_stop, uint32_t to_stop,
                                  int32_t without_rule_s)
{
    const struct geo_transfer *row =
        transfer_rules_general(build->rules, build->input->stops, from_stop, to_stop);
    if (!row)
        return without_rule_s;
    int32_t plain_s =
        row->kind == GEO_TRANSFER_RECOMMENDED
            ? timetable_plain_change_s(build->input, build->options, build->timetable, from_stop, to_stop)
            : 0;
    return transfer_duration_s(row, plain_s);
}

static om_status add_edges(struct footpaths *build, uint32_t place, const struct station_pair *pair,
                           size_t *n_edges, size_t *capacity)
{
    geo_timetable *timetable = build->timetable;
    uint32_t first = timetable->station_place[pair->to], end = timetable->station_place[pair->to + 1];
    struct place_edge *edges = om_grow(timetable->edges, capacity, *n_edges + end - first, sizeof *edges);
    if (!edges)
        return om_no_memory(build->ctx);
    timetable->edges = edges;
    int32_t without_rule_s = pair->from == pair->to ? build->options->min_transfer_s : pair->walk_s;
    for (uint32_t to = first; to < end; to++) {
        if (to == place)
            continue;
        int32_t duration_s =
            general_duration_s(build, build->place_stop[place], build->place_stop[to], without_rule_s);
        if (duration_s != TIME_NEVER)
            edges[(*n_edges)++] = (struct place_edge){to, duration_s};
    }
    return OM_OK;
}

static om_status build_edges(struct footpaths *build)
{
    geo_timetable *timetable = build->timetable;
    timetable->edge_first = om_alloc(timetable->n_places + 1, sizeof *timetable->edge_first);
    timetable->place_change_s = om_alloc(timetable->n_places, sizeof *timetable->place_change_s);
    if (!timetable->edge_first || !timetable->place_change_s)
        return om_no_memory(build->ctx);
    size_t n_edges = 0, capacity = 0, pair = 0;
    for (uint32_t station = 0; station < timetable->n_stations; station++) {
        size_t end = pair;
        while (end < build->pairs.n && build->pairs.items[end].from == station)
            end++;
        for (uint32_t place = timetable->station_place[station];
             place < timetable->station_place[station + 1]; place++) {
            uint32_t stop = build->place_stop[place];
            timetable->place_change_s[place] =
                general_duration_s(build, stop, stop, build->options->min_transfer_s);
            for (size_t i = pair; i < end; i++) {
                om_status status = add_edges(build, place, &build->pairs.items[i], &n_edges, &capacity);
                if (status)
                    return status;
            }
            timetable->edge_first[place + 1] = (uint32_t)n_edges;
        }
        pair = end;
    }
    return OM_OK;
}

om_status timetable_build_places(om_context *ctx, const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options,
                                 const struct transfer_rules *rules, geo_timetable *timetable)
{
    struct footpaths build = {.ctx = ctx,
                              .input = input,
                              .options = options,
                              .rules = rules,
                              .timetable = timetable,
                              .split = om_alloc(input->n_stations, sizeof *build.split)};
    om_status status = build.split ? OM_OK : om_no_memory(ctx);
    if (status)
        goto done;
    mark_split(&build);
    status = number_places(&build);
    if (status)
        goto done;
    status = collect_pairs(&build);
    if (status)
        goto done;
    status = build_edges(&build);
done:
    om_free(build.split);
    om_free(build.place_stop);
    om_free(build.pairs.items);
    return status;
}

int32_t timetable_place_change_s(const geo_timetable *timetable, uint32_t from_stop, uint32_t to_stop)
{
    uint32_t from = timetable->stop_place[from_stop], to = timetable->stop_place[to_stop];
    if (from == to)
        return timetable->place_change_s[from];
    uint32_t low = timetable->edge_first[from], high = timetable->edge_first[from + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (timetable->edges[middle].to < to)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < timetable->edge_first[from + 1] && timetable->edges[low].to == to;
    return found ? timetable->edges[low].duration_s : TIME_NEVER;
}

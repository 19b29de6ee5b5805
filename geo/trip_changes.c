/*
 * What transfer rules between particular trips or routes change, listed event by event.
 *
 * A rule that permits more than the durations between places adds single changes from call to call. A rule
 * that permits less closes the call it leads to: that call then takes only listed changes, and all that are
 * permitted are listed. Either way the router stays exact without comparing rules while it searches.
 */
#include "timetable_internal.h"

#include "geo/memory.h"
#include "transfer_rules.h"

#include <stdlib.h>
#include <string.h>

struct change_search {
    om_context *ctx;
    const struct geo_timetable_input *input;
    const struct geo_timetable_options *options;
    const struct transfer_rules *rules;
    const geo_timetable *timetable;
    uint32_t *station_first;     /* n_stations + 1, into calls */
    struct trip_call *calls;     /* of each station, by label of the trip */
    struct trip_call *from, *to; /* those that the row at hand names */
    size_t n_from, n_to, from_capacity, to_capacity;
    struct call_changes *out;
};

static const struct geo_trip *trip_of(const struct change_search *search, struct trip_call at)
{
    return &search->input->trips[at.trip];
}

static const struct geo_call *call_of(const struct change_search *search, struct trip_call at)
{
    return &search->input->calls[trip_of(search, at)->first_call + at.call];
}

static int32_t arrival_s(const struct change_search *search, struct trip_call at)
{
    return call_of(search, at)->arrival_s + trip_of(search, at)->shift_s;
}

static int32_t departure_s(const struct change_search *search, struct trip_call at)
{
    return call_of(search, at)->departure_s + trip_of(search, at)->shift_s;
}

static bool may_alight(const struct change_search *search, struct trip_call at)
{
    return at.call > 0 && call_of(search, at)->alight;
}

static bool may_board(const struct change_search *search, struct trip_call at)
{
    return at.call + 1 < trip_of(search, at)->n_calls && call_of(search, at)->board;
}

struct labelled_trip {
    uint32_t label, trip;
};

static int by_label(const void *a, const void *b)
{
    const struct labelled_trip *p = a, *q = b;
    if (p->label != q->label)
        return p->label < q->label ? -1 : 1;
    return p->trip < q->trip ? -1 : p->trip > q->trip;
}

/* Distributes the calls over stations; `next` has n_stations + 2 zeroed items. */
static void fill_calls(struct change_search *search, const struct labelled_trip *trips)
{
    const struct geo_timetable_input *input = search->input;
    uint32_t *next = search->station_first + 1;
    for (size_t i = 0; i < input->n_trips; i++)
        for (uint32_t k = 0; k < input->trips[i].n_calls; k++)
            next[input->stops[input->calls[input->trips[i].first_call + k].stop].station + 1]++;
    for (size_t station = 0; station < input->n_stations; station++)
        next[station + 1] += next[station];
    for (size_t i = 0; i < input->n_trips; i++)
        for (uint32_t k = 0; k < input->trips[trips[i].trip].n_calls; k++) {
            struct trip_call at = {trips[i].trip, k};
            search->calls[next[input->stops[call_of(search, at)->stop].station]++] = at;
        }
}

static om_status index_calls(struct change_search *search)
{
    const struct geo_timetable_input *input = search->input;
    size_t n_calls = 0;
    for (size_t i = 0; i < input->n_trips; i++)
        n_calls += input->trips[i].n_calls;
    search->station_first = om_alloc(input->n_stations + 2, sizeof *search->station_first);
    search->calls = om_alloc(n_calls, sizeof *search->calls);
    struct labelled_trip *trips = om_alloc(input->n_trips, sizeof *trips);
    bool ready = search->station_first && search->calls && trips;
    if (ready) {
        for (uint32_t i = 0; i < input->n_trips; i++)
            trips[i] = (struct labelled_trip){input->trips[i].label, i};
        qsort(trips, input->n_trips, sizeof *trips, by_label);
        fill_calls(search, trips);
    }
    om_free(trips);
    return ready ? OM_OK : om_no_memory(search->ctx);
}

/* The first of a station's calls whose trip's label is not below `label`. */
static uint32_t first_labelled(const struct change_search *search, uint32_t station, uint64_t label)
{
    uint32_t low = search->station_first[station], high = search->station_first[station + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (trip_of(search, search->calls[middle])->label < label)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One end of a row: where, and which trip or route. */
struct row_end {
    uint32_t place, trip, route;
    bool is_station;
};

typedef bool call_filter(const struct change_search *search, struct trip_call at);

static om_status select_calls(struct change_search *search, const struct row_end *end, call_filter *filter,
                              struct trip_call **selected, size_t *n, size_t *capacity)
{
    uint32_t station = end->is_station ? end->place : search->input->stops[end->place].station;
    bool any = end->trip == GEO_ANY;
    uint32_t first = any ? search->station_first[station] : first_labelled(search, station, end->trip);
    uint32_t last =
        any ? search->station_first[station + 1] : first_labelled(search, station, (uint64_t)end->trip + 1);
    struct trip_call *items = om_grow(*selected, capacity, last - first, sizeof *items);
    if (!items)
        return om_no_memory(search->ctx);
    *selected = items;
    *n = 0;
    for (uint32_t i = first; i < last; i++) {
        struct trip_call at = search->calls[i];
        bool here = end->is_station || call_of(search, at)->stop == end->place;
        bool named = end->route == GEO_ANY || end->route == trip_of(search, at)->route;
        if (here && named && filter(search, at))
            items[(*n)++] = at;
    }
    return OM_OK;
}

static bool is_in_time(const struct change_search *search, struct trip_call from, struct trip_call to,
                       int32_t duration_s)
{
    return duration_s != TIME_NEVER && departure_s(search, to) >= arrival_s(search, from) + duration_s;
}

static bool is_permitted_by_place(const struct change_search *search, struct trip_call from,
                                  struct trip_call to)
{
    return is_in_time(
        search, from, to,
        timetable_place_change_s(search->timetable, call_of(search, from)->stop, call_of(search, to)->stop));
}

static bool is_permitted(const struct change_search *search, struct trip_call from, struct trip_call to)
{
    uint32_t from_stop = call_of(search, from)->stop, to_stop = call_of(search, to)->stop;
    const struct geo_transfer *row = transfer_rules_particular(
        search->rules, search->input->stops, from_stop, to_stop, trip_of(search, from), trip_of(search, to));
    if (!row)
        return is_permitted_by_place(search, from, to);
    int32_t plain_s =
        row->kind == GEO_TRANSFER_RECOMMENDED
            ? timetable_plain_change_s(search->input, search->options, search->timetable, from_stop, to_stop)
            : 0;
    return is_in_time(search, from, to, transfer_duration_s(row, plain_s));
}

static om_status add_change(struct change_search *search, struct trip_call from, struct trip_call to)
{
    struct call_changes *out = search->out;
    struct call_change *items = om_grow(out->items, &out->capacity, out->n + 1, sizeof *items);
    if (!items)
        return om_no_memory(search->ctx);
    out->items = items;
    items[out->n++] = (struct call_change){from, to};
    return OM_OK;
}

static om_status add_closed(struct change_search *search, struct trip_call at)
{
    struct call_changes *out = search->out;
    struct trip_call *items = om_grow(out->closed, &out->closed_capacity, out->n_closed + 1, sizeof *items);
    if (!items)
        return om_no_memory(search->ctx);
    out->closed = items;
    items[out->n_closed++] = at;
    return OM_OK;
}

static om_status judge_pair(struct change_search *search, struct trip_call from, struct trip_call to)
{
    if (departure_s(search, to) < arrival_s(search, from))
        return OM_OK;
    bool permitted = is_permitted(search, from, to), by_place = is_permitted_by_place(search, from, to);
    if (permitted && !by_place)
        return add_change(search, from, to);
    return by_place && !permitted ? add_closed(search, to) : OM_OK;
}

static om_status apply_row(struct change_search *search, const struct geo_transfer *row)
{
    struct row_end from = {row->from, row->from_trip, row->from_route, row->from_is_station};
    struct row_end to = {row->to, row->to_trip, row->to_route, row->to_is_station};
    om_status status =
        select_calls(search, &from, may_alight, &search->from, &search->n_from, &search->from_capacity);
    if (!status)
        status = select_calls(search, &to, may_board, &search->to, &search->n_to, &search->to_capacity);
    for (size_t i = 0; !status && i < search->n_from; i++)
        for (size_t k = 0; !status && k < search->n_to; k++)
            if (transfer_names_trips(row, trip_of(search, search->from[i]), trip_of(search, search->to[k])))
                status = judge_pair(search, search->from[i], search->to[k]);
    return status;
}

static int compare_calls(const void *a, const void *b)
{
    const struct trip_call *p = a, *q = b;
    if (p->trip != q->trip)
        return p->trip < q->trip ? -1 : 1;
    return p->call < q->call ? -1 : p->call > q->call;
}

static int compare_changes(const void *a, const void *b)
{
    const struct call_change *p = a, *q = b;
    int from = compare_calls(&p->from, &q->from);
    return from ? from : compare_calls(&p->to, &q->to);
}

static size_t unique(void *items, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    char *bytes = items;
    size_t kept = 0;
    if (n)
        qsort(items, n, size, compare);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || compare(bytes + i * size, bytes + (kept - 1) * size) != 0)
            memmove(bytes + kept++ * size, bytes + i * size, size);
    return kept;
}

/* Lists the changes into a closed call from one place. */
static om_status open_from_place(struct change_search *search, struct trip_call closed, uint32_t place)
{
    uint32_t low = 0, high = (uint32_t)search->input->n_stations;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (search->timetable->station_place[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    om_status status = OM_OK;
    for (uint32_t i = search->station_first[low]; !status && i < search->station_first[low + 1]; i++) {
        struct trip_call from = search->calls[i];
        if (search->timetable->stop_place[call_of(search, from)->stop] == place && may_alight(search, from) &&
            departure_s(search, closed) >= arrival_s(search, from) && is_permitted(search, from, closed))
            status = add_change(search, from, closed);
    }
    return status;
}

struct reverse_edges {
    uint32_t *first, *from;
};

static om_status reverse_edges_init(om_context *ctx, const geo_timetable *timetable,
                                    struct reverse_edges *out)
{
    size_t n = timetable->n_places, n_edges = timetable->edge_first[n];
    struct reverse_edges reverse = {om_alloc(n + 2, sizeof *reverse.first),
                                    om_alloc(n_edges, sizeof *reverse.from)};
    *out = reverse;
    if (!reverse.first || !reverse.from)
        return om_no_memory(ctx);
    uint32_t *next = reverse.first + 1;
    for (size_t i = 0; i < n_edges; i++)
        next[timetable->edges[i].to + 1]++;
    for (size_t i = 0; i < n; i++)
        next[i + 1] += next[i];
    for (uint32_t place = 0; place < n; place++)
        for (uint32_t i = timetable->edge_first[place]; i < timetable->edge_first[place + 1]; i++)
            reverse.from[next[timetable->edges[i].to]++] = place;
    return OM_OK;
}

static om_status open_closed_calls(struct change_search *search)
{
    struct call_changes *out = search->out;
    struct reverse_edges reverse = {0};
    om_status status = reverse_edges_init(search->ctx, search->timetable, &reverse);
    for (size_t i = 0; !status && i < out->n_closed; i++) {
        struct trip_call closed = out->closed[i];
        uint32_t place = search->timetable->stop_place[call_of(search, closed)->stop];
        status = open_from_place(search, closed, place);
        for (uint32_t k = reverse.first[place]; !status && k < reverse.first[place + 1]; k++)
            status = open_from_place(search, closed, reverse.from[k]);
    }
    om_free(reverse.first);
    om_free(reverse.from);
    return status;
}

om_status timetable_find_changes(om_context *ctx, const struct geo_timetable_input *input,
                                 const struct geo_timetable_options *options,
                                 const struct transfer_rules *rules, const geo_timetable *timetable,
                                 struct call_changes *out)
{
    if (rules->n_particular == 0)
        return OM_OK;
    struct change_search search = {
        .ctx = ctx, .input = input, .options = options, .rules = rules, .timetable = timetable, .out = out};
    om_status status = index_calls(&search);
    for (size_t i = 0; !status && i < rules->n_particular; i++)
        status = apply_row(&search, &rules->particular[i]);
    if (!status) {
        out->n_closed = unique(out->closed, out->n_closed, sizeof *out->closed, compare_calls);
        if (out->n_closed)
            status = open_closed_calls(&search);
    }
    if (!status)
        out->n = unique(out->items, out->n, sizeof *out->items, compare_changes);
    om_free(search.station_first);
    om_free(search.calls);
    om_free(search.from);
    om_free(search.to);
    return status;
}

#include "transfer_rules.h"

#include "geo/memory.h"

#include <stdlib.h>

static bool is_general(const struct geo_transfer *row)
{
    return row->from_trip == GEO_ANY && row->to_trip == GEO_ANY && row->from_route == GEO_ANY &&
           row->to_route == GEO_ANY;
}

static bool in_force(const struct geo_transfer *row, enum geo_transfer_rules which)
{
    if (which == GEO_TRANSFERS_STATION)
        return row->kind == GEO_TRANSFER_MINIMUM && is_general(row);
    return which == GEO_TRANSFERS_FULL;
}

static uint64_t place_key(bool is_station, uint32_t index)
{
    return (uint64_t)index << 1 | is_station;
}

static int compare_keys(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_places(const struct geo_transfer *a, const struct geo_transfer *b)
{
    int from = compare_keys(place_key(a->from_is_station, a->from), place_key(b->from_is_station, b->from));
    return from ? from : compare_keys(place_key(a->to_is_station, a->to), place_key(b->to_is_station, b->to));
}

/* qsort is not stable: rows are sorted by address so that the first of equal rows stays the first. */
static int by_place_then_order(const void *a, const void *b)
{
    const struct geo_transfer *p = *(const struct geo_transfer *const *)a;
    const struct geo_transfer *q = *(const struct geo_transfer *const *)b;
    int places = compare_places(p, q);
    return places ? places : p < q ? -1 : p > q;
}

om_status transfer_rules_init(om_context *ctx, const struct geo_timetable_input *input,
                              const struct geo_timetable_options *options, struct transfer_rules *out)
{
    size_t n = options->transfers == GEO_TRANSFERS_NONE ? 0 : input->n_transfers;
    const struct geo_transfer **sorted = om_alloc(n, sizeof *sorted);
    struct transfer_rules rules = {.general = om_alloc(n, sizeof *rules.general),
                                   .particular = om_alloc(n, sizeof *rules.particular),
                                   .is_mirrored = options->is_mirrored};
    om_status status = OM_OK;
    if (!sorted || !rules.general || !rules.particular) {
        status = om_no_memory(ctx);
        goto done;
    }
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (in_force(&input->transfers[i], options->transfers))
            sorted[used++] = &input->transfers[i];
    qsort(sorted, used, sizeof *sorted, by_place_then_order);
    for (size_t i = 0; i < used; i++)
        if (is_general(sorted[i]))
            rules.general[rules.n_general++] = *sorted[i];
        else
            rules.particular[rules.n_particular++] = *sorted[i];
    *out = rules;
    rules = (struct transfer_rules){0};
done:
    om_free(sorted);
    transfer_rules_done(&rules);
    return status;
}

void transfer_rules_done(struct transfer_rules *rules)
{
    om_free(rules->general);
    om_free(rules->particular);
    *rules = (struct transfer_rules){0};
}

int32_t transfer_duration_s(const struct geo_transfer *row, int32_t plain_s)
{
    switch (row->kind) {
    case GEO_TRANSFER_TIMED:
        return 0;
    case GEO_TRANSFER_MINIMUM:
        return row->min_duration_s;
    case GEO_TRANSFER_FORBIDDEN:
        return TIME_NEVER;
    case GEO_TRANSFER_RECOMMENDED:
        break;
    }
    return plain_s;
}

static size_t first_row(const struct geo_transfer *rows, size_t n, const struct geo_transfer *places)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(&rows[middle], places) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool selects(uint32_t trip, uint32_t route, const struct geo_trip *candidate)
{
    return (trip == GEO_ANY || trip == candidate->label) && (route == GEO_ANY || route == candidate->route);
}

bool transfer_names_trips(const struct geo_transfer *row, const struct geo_trip *from_trip,
                          const struct geo_trip *to_trip)
{
    bool trip_to_trip = row->from_trip != GEO_ANY && row->to_trip != GEO_ANY;
    return selects(row->from_trip, row->from_route, from_trip) &&
           selects(row->to_trip, row->to_route, to_trip) &&
           (!trip_to_trip || from_trip->service_day == to_trip->service_day);
}

/* GTFS's order: both trips, one trip and one route, one trip, both routes, one route, none. */
static int rank_of(const struct geo_transfer *row)
{
    int trips = (row->from_trip != GEO_ANY) + (row->to_trip != GEO_ANY);
    bool from_route = row->from_trip == GEO_ANY && row->from_route != GEO_ANY;
    bool to_route = row->to_trip == GEO_ANY && row->to_route != GEO_ANY;
    static const int ranks[3][3] = {{0, 1, 2}, {3, 4, 4}, {5, 5, 5}};
    return ranks[trips][from_route + to_route];
}

/* The four ways a row can name a pair of stops, the most specific first: a stop at the true `from` counts
 * before one at the true `to`. */
static struct geo_transfer places_of(const struct transfer_rules *rules, const struct geo_stop *stops,
                                     uint32_t from_stop, uint32_t to_stop, size_t way)
{
    static const bool is_station[4][2] = {{false, false}, {false, true}, {true, false}, {true, true}};
    bool from = is_station[way][rules->is_mirrored], to = is_station[way][!rules->is_mirrored];
    return (struct geo_transfer){
        .from = from ? stops[from_stop].station : from_stop,
        .to = to ? stops[to_stop].station : to_stop,
        .from_is_station = from,
        .to_is_station = to,
    };
}

const struct geo_transfer *transfer_rules_general(const struct transfer_rules *rules,
                                                  const struct geo_stop *stops, uint32_t from_stop,
                                                  uint32_t to_stop)
{
    for (size_t way = 0; way < 4; way++) {
        struct geo_transfer places = places_of(rules, stops, from_stop, to_stop, way);
        size_t i = first_row(rules->general, rules->n_general, &places);
        if (i < rules->n_general && compare_places(&rules->general[i], &places) == 0)
            return &rules->general[i];
    }
    return NULL;
}

const struct geo_transfer *transfer_rules_particular(const struct transfer_rules *rules,
                                                     const struct geo_stop *stops, uint32_t from_stop,
                                                     uint32_t to_stop, const struct geo_trip *from_trip,
                                                     const struct geo_trip *to_trip)
{
    const struct geo_transfer *best = NULL;
    for (size_t way = 0; way < 4; way++) {
        struct geo_transfer places = places_of(rules, stops, from_stop, to_stop, way);
        for (size_t i = first_row(rules->particular, rules->n_particular, &places);
             i < rules->n_particular && compare_places(&rules->particular[i], &places) == 0; i++)
            if (transfer_names_trips(&rules->particular[i], from_trip, to_trip) &&
                (!best || rank_of(&rules->particular[i]) > rank_of(best)))
                best = &rules->particular[i];
    }
    return best;
}

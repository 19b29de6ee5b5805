#include "change_gain.h"

#include "geo/memory.h"

/* What trips of a pattern take from a call to the next one. */
struct run {
    int32_t shortest_ride_s;                           /* departure to arrival */
    int32_t longest_arrival_s;                         /* arrival to arrival */
    int32_t shortest_departure_s, longest_departure_s; /* departure to departure */
};

struct change_gain {
    const geo_timetable *timetable;
    const struct destinations *destinations;
    uint32_t *into_first; /* n_places + 1: the edges that lead to a place */
    struct place_edge *into;
    struct run *runs; /* per call, to the one after */
};

static om_status reverse_edges(om_context *ctx, change_gain *gain)
{
    const geo_timetable *timetable = gain->timetable;
    size_t n = timetable->n_places, n_edges = timetable->edge_first[n];
    gain->into_first = om_alloc(n + 2, sizeof *gain->into_first);
    gain->into = om_alloc(n_edges, sizeof *gain->into);
    if (!gain->into_first || !gain->into)
        return om_no_memory(ctx);
    uint32_t *next = gain->into_first + 1;
    for (size_t e = 0; e < n_edges; e++)
        next[timetable->edges[e].to + 1]++;
    for (size_t place = 0; place < n; place++)
        next[place + 1] += next[place];
    for (uint32_t place = 0; place < n; place++)
        for (uint32_t e = timetable->edge_first[place]; e < timetable->edge_first[place + 1]; e++)
            gain->into[next[timetable->edges[e].to]++] =
                (struct place_edge){place, timetable->edges[e].duration_s};
    return OM_OK;
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Nobody is aboard before the first call of a pattern, or after the last one. */
static void widen(struct run *run, const struct call_time *from, bool is_first, bool is_last)
{
    const struct call_time *to = from + 1;
    int32_t arrival_s = is_first ? from->departure_s : from->arrival_s;
    int32_t departure_s = is_last ? to->arrival_s : to->departure_s;
    run->shortest_ride_s = smaller(run->shortest_ride_s, to->arrival_s - from->departure_s);
    run->longest_arrival_s = larger(run->longest_arrival_s, to->arrival_s - arrival_s);
    run->shortest_departure_s = smaller(run->shortest_departure_s, departure_s - from->departure_s);
    run->longest_departure_s = larger(run->longest_departure_s, departure_s - from->departure_s);
}

static void find_runs_of(const geo_timetable *timetable, const struct pattern *pattern, struct run *runs)
{
    const struct trip_start *trips = &timetable->trips[pattern->first_trip];
    uint32_t n = pattern->n_positions - 1u;
    for (uint32_t i = 0; i < n; i++)
        runs[i] = (struct run){INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN};
    for (uint32_t k = 0; k < pattern->n_trips; k++) {
        if (k > 0 && trips[k].first_time == trips[k - 1].first_time)
            continue;
        for (uint32_t i = 0; i < n; i++)
            widen(&runs[i], &timetable->times[trips[k].first_time + i], i == 0, i + 1 == n);
    }
}

om_status change_gain_new(om_context *ctx, const geo_timetable *timetable,
                          const struct destinations *destinations, change_gain **out)
{
    change_gain *gain = om_alloc(1, sizeof *gain);
    if (!gain)
        return om_no_memory(ctx);
    gain->timetable = timetable;
    gain->destinations = destinations;
    gain->runs = om_alloc(timetable->n_positions, sizeof *gain->runs);
    om_status status = gain->runs ? reverse_edges(ctx, gain) : om_no_memory(ctx);
    if (status) {
        change_gain_free(gain);
        return status;
    }
    for (size_t i = 0; i < timetable->n_patterns; i++)
        find_runs_of(timetable, &timetable->patterns[i], &gain->runs[timetable->patterns[i].first_position]);
    *out = gain;
    return OM_OK;
}

void change_gain_free(change_gain *gain)
{
    if (!gain)
        return;
    om_free(gain->into_first);
    om_free(gain->into);
    om_free(gain->runs);
    om_free(gain);
}

/* Seconds from being at a place to being ready at another, or at the same; TIME_NEVER when impossible. */
static int32_t ready_after_s(const geo_timetable *timetable, uint32_t from, uint32_t to)
{
    if (from == to)
        return timetable->place_change_s[from];
    for (uint32_t e = timetable->edge_first[from]; e < timetable->edge_first[from + 1]; e++)
        if (timetable->edges[e].to == to)
            return timetable->edges[e].duration_s;
    return TIME_NEVER;
}

/* Whether every destination that is entered from `to` is entered from `from` in no more than that time more.
 */
static bool enters_as_well(const struct destinations *destinations, uint32_t from, uint32_t to,
                           int32_t time_s)
{
    for (uint32_t i = destinations->first[to]; i < destinations->first[to + 1]; i++) {
        const struct place_walk *walk = &destinations->walks[i];
        uint32_t k = destinations->first[from], end = destinations->first[from + 1];
        while (k < end && (destinations->walks[k].destination != walk->destination ||
                           destinations->walks[k].walk_s > time_s + walk->walk_s))
            k++;
        if (k == end)
            return false;
    }
    return true;
}

/* Whether who is at `from` is, within the time, ready or done wherever one is who alights at `to`. */
static bool replaces(const change_gain *gain, uint32_t from, uint32_t to, int32_t time_s)
{
    const geo_timetable *timetable = gain->timetable;
    if (ready_after_s(timetable, from, to) > time_s || !enters_as_well(gain->destinations, from, to, time_s))
        return false;
    for (uint32_t e = timetable->edge_first[to]; e < timetable->edge_first[to + 1]; e++)
        if (ready_after_s(timetable, from, timetable->edges[e].to) > time_s + timetable->edges[e].duration_s)
            return false;
    return true;
}

static bool is_last(const geo_timetable *timetable, uint32_t pattern, uint32_t call)
{
    return call + 1 == timetable->patterns[pattern].first_position + timetable->patterns[pattern].n_positions;
}

static bool may_change_into(const geo_timetable *timetable, uint32_t call)
{
    return (timetable->call_flags[call] & (CALL_BOARD | CALL_FIRST_ONLY)) == CALL_BOARD;
}

/* The visit leads back to where it could be boarded by those who were at the place before, or came to it. */
static bool goes_back(const change_gain *gain, uint32_t call, const struct pattern_visit *visit,
                      int32_t time_s)
{
    const geo_timetable *timetable = gain->timetable;
    uint32_t next = visit->call + 1, before = timetable->call_places[call - 1];
    uint32_t to = timetable->call_places[next];
    if (!is_last(timetable, visit->pattern, next) && !may_change_into(timetable, next))
        return false;
    if (!replaces(gain, before, to, time_s))
        return false;
    for (uint32_t e = gain->into_first[before]; e < gain->into_first[before + 1]; e++)
        if (!replaces(gain, gain->into[e].to, to, time_s + gain->into[e].duration_s))
            return false;
    return true;
}

/* Whether who rides on from a call catches, at the next place, whatever could be boarded time_s after the
 * call. */
static bool next_will_do(const change_gain *gain, uint32_t call, uint32_t visit_call, bool ends,
                         int32_t time_s)
{
    const geo_timetable *timetable = gain->timetable;
    uint32_t place = timetable->call_places[call + 1];
    const struct run *run = &gain->runs[call], *other = &gain->runs[visit_call];
    if (place != timetable->call_places[visit_call + 1] || !(timetable->call_flags[call + 1] & CALL_ALIGHT))
        return false;
    if (run->longest_arrival_s > time_s + other->shortest_ride_s)
        return false;
    if (ends)
        return true;
    int32_t change_s = timetable->place_change_s[place];
    return change_s != TIME_NEVER && may_change_into(timetable, visit_call + 1) &&
           run->longest_arrival_s + change_s <= time_s + other->shortest_departure_s;
}

/* Whether the change could have been made at the call before, unless that is put off to this one. */
static bool previous_did(const change_gain *gain, uint32_t call, const struct pattern_visit *visit,
                         int32_t time_s)
{
    const geo_timetable *timetable = gain->timetable;
    if (visit->call == timetable->patterns[visit->pattern].first_position)
        return false;
    uint32_t before = visit->call - 1, place = timetable->call_places[before];
    int32_t change_s = timetable->place_change_s[place];
    if (timetable->call_places[call - 1] != place || change_s == TIME_NEVER ||
        !may_change_into(timetable, before) || next_will_do(gain, call - 1, before, false, change_s))
        return false;
    return gain->runs[call - 1].shortest_ride_s + time_s >= change_s + gain->runs[before].longest_departure_s;
}

/* Whether a trip of the pattern may be left at a call for the one before it, that is still waiting. */
static bool meets_trip_before(const geo_timetable *timetable, const struct pattern_visit *visit,
                              int32_t change_s)
{
    const struct pattern *pattern = &timetable->patterns[visit->pattern];
    const struct trip_start *trips = &timetable->trips[pattern->first_trip];
    const struct call_time *times = &timetable->times[visit->call - pattern->first_position];
    for (uint32_t i = 1; i < pattern->n_trips; i++)
        if (trips[i].time_s + times[trips[i].first_time].arrival_s + change_s <=
            trips[i - 1].time_s + times[trips[i - 1].first_time].departure_s)
            return true;
    return false;
}

bool change_gains(const change_gain *gain, uint32_t pattern, uint32_t call, const struct pattern_visit *visit,
                  int32_t time_s)
{
    const geo_timetable *timetable = gain->timetable;
    if (visit->call == call)
        return meets_trip_before(timetable, visit, time_s);
    if (timetable->call_flags[visit->call + 1] & CALL_CHANGES)
        return true;
    bool ends = is_last(timetable, visit->pattern, visit->call + 1);
    if (!is_last(timetable, pattern, call) && next_will_do(gain, call, visit->call, ends, time_s))
        return false;
    uint32_t first = timetable->patterns[pattern].first_position;
    if (call - 1 != first && !(timetable->call_flags[call - 1] & CALL_ALIGHT))
        return true;
    return !goes_back(gain, call, visit, time_s) && !previous_did(gain, call, visit, time_s);
}

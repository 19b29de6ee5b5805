/*
 * Grouping trips into patterns in which nobody overtakes, and laying their times out for the router.
 */
#include "timetable_internal.h"

#include "geo/memory.h"

#include <stdlib.h>
#include <string.h>

/* The most trips in a pattern, and how many different times between calls are looked through for equal ones.
 */
enum { PATTERN_TRIPS = UINT16_MAX, TIMES_COMPARED = 16 };

struct grouping {
    om_context *ctx;
    const struct geo_timetable_input *input;
    const struct call_changes *changes;
    geo_timetable *timetable;
    bool *alone;                         /* trips that are a pattern of their own */
    uint32_t *sequence;                  /* per trip: trips with equal calls have the same one */
    uint32_t *trips;                     /* sorted by sequence, then departure */
    uint32_t *trip_pattern, *trip_index; /* per input trip: where it went */
};

static const struct geo_call *calls_of(const struct grouping *build, uint32_t trip)
{
    return &build->input->calls[build->input->trips[trip].first_call];
}

static uint8_t flags_of(const struct geo_call *call)
{
    return (uint8_t)((call->board ? CALL_BOARD : 0) | (call->alight ? CALL_ALIGHT : 0));
}

static uint64_t hash_calls(const struct grouping *build, uint32_t trip)
{
    const struct geo_call *calls = calls_of(build, trip);
    uint64_t hash = 0xCBF29CE484222325u;
    for (uint32_t i = 0; i < build->input->trips[trip].n_calls; i++) {
        uint64_t item = (uint64_t)build->timetable->stop_place[calls[i].stop] << 2 | flags_of(&calls[i]);
        hash = (hash ^ item) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same_calls(const struct grouping *build, uint32_t a, uint32_t b)
{
    uint32_t n = build->input->trips[a].n_calls;
    if (n != build->input->trips[b].n_calls)
        return false;
    const struct geo_call *p = calls_of(build, a), *q = calls_of(build, b);
    if (p == q)
        return true;
    const uint32_t *place = build->timetable->stop_place;
    for (uint32_t i = 0; i < n; i++)
        if (place[p[i].stop] != place[q[i].stop] || flags_of(&p[i]) != flags_of(&q[i]))
            return false;
    return true;
}

static om_status find_sequences(struct grouping *build)
{
    size_t n_trips = build->input->n_trips, size = 16;
    while (size < 2 * n_trips)
        size *= 2;
    uint32_t *table = om_alloc(size, sizeof *table); /* trip + 1; 0 = free */
    if (!table)
        return om_no_memory(build->ctx);
    for (uint32_t trip = 0; trip < n_trips; trip++) {
        build->sequence[trip] = trip;
        if (build->alone[trip])
            continue;
        size_t slot = hash_calls(build, trip) & (size - 1);
        while (table[slot] && !same_calls(build, table[slot] - 1, trip))
            slot = (slot + 1) & (size - 1);
        if (table[slot])
            build->sequence[trip] = build->sequence[table[slot] - 1];
        else
            table[slot] = trip + 1;
    }
    om_free(table);
    return OM_OK;
}

struct trip_key {
    uint32_t sequence;
    int32_t departure_s;
    uint32_t trip;
};

static int by_sequence_and_departure(const void *a, const void *b)
{
    const struct trip_key *p = a, *q = b;
    if (p->sequence != q->sequence)
        return p->sequence < q->sequence ? -1 : 1;
    if (p->departure_s != q->departure_s)
        return p->departure_s < q->departure_s ? -1 : 1;
    return p->trip < q->trip ? -1 : p->trip > q->trip;
}

static om_status sort_trips(struct grouping *build, size_t *n_sorted)
{
    size_t n = 0;
    struct trip_key *keys = om_alloc(build->input->n_trips, sizeof *keys);
    if (!keys)
        return om_no_memory(build->ctx);
    for (uint32_t trip = 0; trip < build->input->n_trips; trip++)
        if (build->input->trips[trip].n_calls > 1)
            keys[n++] = (struct trip_key){
                build->sequence[trip], calls_of(build, trip)->departure_s + build->input->trips[trip].shift_s,
                trip};
    qsort(keys, n, sizeof *keys, by_sequence_and_departure);
    for (size_t i = 0; i < n; i++)
        build->trips[i] = keys[i].trip;
    om_free(keys);
    *n_sorted = n;
    return OM_OK;
}

/* Whether a trip is nowhere earlier than another of the same sequence. */
static bool follows(const struct grouping *build, uint32_t trip, uint32_t earlier)
{
    const struct geo_trip *p = &build->input->trips[earlier], *q = &build->input->trips[trip];
    const struct geo_call *a = calls_of(build, earlier), *b = calls_of(build, trip);
    for (uint32_t i = 0; i < p->n_calls; i++)
        if (b[i].arrival_s + q->shift_s < a[i].arrival_s + p->shift_s ||
            b[i].departure_s + q->shift_s < a[i].departure_s + p->shift_s)
            return false;
    return true;
}

/* The first of the sequence's patterns (patterns `first` and up) whose last trip this one follows. */
static uint32_t pattern_for(const struct grouping *build, uint32_t trip, uint32_t first, const uint32_t *last)
{
    uint32_t pattern = first;
    while (pattern < build->timetable->n_patterns &&
           (build->timetable->patterns[pattern].n_trips == PATTERN_TRIPS ||
            !follows(build, trip, last[pattern])))
        pattern++;
    return pattern;
}

static void split_overtaking(struct grouping *build, size_t n_sorted, uint32_t *last)
{
    geo_timetable *timetable = build->timetable;
    uint32_t first = 0;
    for (size_t i = 0; i < n_sorted; i++) {
        uint32_t trip = build->trips[i];
        if (i == 0 || build->sequence[trip] != build->sequence[build->trips[i - 1]])
            first = (uint32_t)timetable->n_patterns;
        uint32_t pattern = pattern_for(build, trip, first, last);
        if (pattern == timetable->n_patterns)
            timetable->n_patterns++;
        build->trip_pattern[trip] = pattern;
        build->trip_index[trip] = timetable->patterns[pattern].n_trips++;
        last[pattern] = trip;
    }
}

/* Lays the patterns out one after the other and allocates their calls and trips; false when memory is out. */
static bool allocate_calls(struct grouping *build, size_t n_sorted)
{
    geo_timetable *timetable = build->timetable;
    for (size_t i = 0; i < n_sorted; i++)
        timetable->patterns[build->trip_pattern[build->trips[i]]].n_positions =
            (uint16_t)build->input->trips[build->trips[i]].n_calls;
    size_t n_trips = 0, n_positions = 0;
    for (size_t i = 0; i < timetable->n_patterns; i++) {
        struct pattern *pattern = &timetable->patterns[i];
        pattern->first_position = (uint32_t)n_positions;
        pattern->first_trip = (uint32_t)n_trips;
        n_positions += pattern->n_positions;
        n_trips += pattern->n_trips;
    }
    timetable->n_positions = n_positions;
    timetable->n_pattern_trips = n_trips;
    timetable->call_places = om_alloc(n_positions, sizeof *timetable->call_places);
    timetable->call_flags = om_alloc(n_positions, sizeof *timetable->call_flags);
    timetable->trips = om_alloc(n_trips, sizeof *timetable->trips);
    timetable->trip_of = om_alloc(n_trips, sizeof *timetable->trip_of);
    return timetable->call_places && timetable->call_flags && timetable->trips && timetable->trip_of;
}

static void copy_calls(const struct grouping *build, const struct pattern *pattern)
{
    geo_timetable *timetable = build->timetable;
    const struct geo_call *calls = calls_of(build, timetable->trip_of[pattern->first_trip]);
    for (uint32_t i = 0; i < pattern->n_positions; i++) {
        timetable->call_places[pattern->first_position + i] = timetable->stop_place[calls[i].stop];
        timetable->call_flags[pattern->first_position + i] = flags_of(&calls[i]);
    }
    timetable->call_flags[pattern->first_position] &= (uint8_t)~CALL_ALIGHT;
    timetable->call_flags[pattern->first_position + pattern->n_positions - 1] &= (uint8_t)~CALL_BOARD;
}

/* Times under construction: those of a pattern that are all different follow one another. */
struct times {
    struct call_time *items;
    size_t n, capacity;
};

static uint32_t first_equal(const struct times *times, size_t first, size_t n_positions)
{
    size_t size = n_positions * sizeof *times->items, candidate = times->n;
    for (int i = 0; i < TIMES_COMPARED && candidate > first; i++) {
        candidate -= n_positions;
        if (memcmp(&times->items[candidate], &times->items[times->n], size) == 0)
            return (uint32_t)candidate;
    }
    return (uint32_t)times->n;
}

static bool copy_times(const struct grouping *build, const struct pattern *pattern, struct times *times)
{
    size_t first = times->n, n = pattern->n_positions;
    for (uint32_t k = 0; k < pattern->n_trips; k++) {
        uint32_t trip = build->timetable->trip_of[pattern->first_trip + k];
        const struct geo_call *calls = calls_of(build, trip);
        struct call_time *items = om_grow(times->items, &times->capacity, times->n + n, sizeof *items);
        if (!items)
            return false;
        times->items = items;
        for (size_t i = 0; i < n; i++)
            items[times->n + i] = (struct call_time){calls[i].arrival_s - calls[0].departure_s,
                                                     calls[i].departure_s - calls[0].departure_s};
        struct trip_start *start = &build->timetable->trips[pattern->first_trip + k];
        start->time_s = calls[0].departure_s + build->input->trips[trip].shift_s;
        start->first_time = first_equal(times, first, n);
        if (start->first_time == times->n)
            times->n += n;
    }
    return true;
}

static bool copy_trips(struct grouping *build, size_t n_sorted)
{
    geo_timetable *timetable = build->timetable;
    struct times times = {0};
    for (size_t i = 0; i < n_sorted; i++) {
        uint32_t trip = build->trips[i];
        const struct pattern *pattern = &timetable->patterns[build->trip_pattern[trip]];
        timetable->trip_of[pattern->first_trip + build->trip_index[trip]] = trip;
    }
    bool done = true;
    for (size_t i = 0; done && i < timetable->n_patterns; i++) {
        copy_calls(build, &timetable->patterns[i]);
        done = copy_times(build, &timetable->patterns[i], &times);
        timetable->patterns[i].last_trip =
            timetable->trips[timetable->patterns[i].first_trip + timetable->patterns[i].n_trips - 1u];
    }
    timetable->times = times.items;
    timetable->n_times = times.n;
    return done;
}

static void add_visit(geo_timetable *timetable, uint32_t *next, uint32_t index, uint32_t position)
{
    const struct pattern *pattern = &timetable->patterns[index];
    uint32_t call = pattern->first_position + position;
    if (!(timetable->call_flags[call] & CALL_BOARD))
        return;
    uint32_t visit = next[timetable->call_places[call]]++;
    timetable->visits[visit] = (struct pattern_visit){index, call};
}

/* Lists the calls of each place; `next` has n_places + 2 zeroed items. */
static om_status list_visits(om_context *ctx, geo_timetable *timetable, uint32_t *next)
{
    size_t n = 0;
    for (size_t i = 0; i < timetable->n_positions; i++)
        if (timetable->call_flags[i] & CALL_BOARD) {
            next[timetable->call_places[i] + 1]++;
            n++;
        }
    for (size_t place = 0; place < timetable->n_places; place++)
        next[place + 1] += next[place];
    timetable->visits = om_alloc(n, sizeof *timetable->visits);
    if (!timetable->visits)
        return om_no_memory(ctx);
    timetable->n_visits = n;
    for (uint32_t pattern = 0; pattern < timetable->n_patterns; pattern++)
        for (uint32_t i = 0; i < timetable->patterns[pattern].n_positions; i++)
            add_visit(timetable, next, pattern, i);
    return OM_OK;
}

static om_status index_visits(om_context *ctx, geo_timetable *timetable)
{
    size_t n = timetable->n_places;
    uint32_t *first = om_alloc(n + 2, sizeof *first);
    timetable->links = om_alloc(n + 1, sizeof *timetable->links);
    if (!first || !timetable->links) {
        om_free(first);
        return om_no_memory(ctx);
    }
    om_status status = list_visits(ctx, timetable, first + 1);
    for (size_t i = 0; !status && i <= n; i++)
        timetable->links[i] = (struct place_links){i < n ? timetable->place_change_s[i] : TIME_NEVER,
                                                   timetable->edge_first[i], first[i]};
    om_free(first);
    return status;
}

struct positioned_change {
    uint32_t position, pattern;
    struct trip_change change;
};

static int by_position_then_later_trip(const void *a, const void *b)
{
    const struct positioned_change *p = a, *q = b;
    if (p->position != q->position)
        return p->position < q->position ? -1 : 1;
    if (p->change.trip != q->change.trip)
        return p->change.trip > q->change.trip ? -1 : 1;
    return 0;
}

static uint32_t position_of(const struct grouping *build, struct trip_call call)
{
    return build->timetable->patterns[build->trip_pattern[call.trip]].first_position + call.call;
}

static om_status index_changes(struct grouping *build)
{
    geo_timetable *timetable = build->timetable;
    size_t n = build->changes->n;
    for (size_t i = 0; i < build->changes->n_closed; i++)
        timetable->call_flags[position_of(build, build->changes->closed[i])] |= CALL_FIRST_ONLY;
    if (!n)
        return OM_OK;
    struct positioned_change *sorted = om_alloc(n, sizeof *sorted);
    timetable->changes = om_alloc(n, sizeof *timetable->changes);
    timetable->change_first = om_alloc(timetable->n_positions + 1, sizeof *timetable->change_first);
    if (!sorted || !timetable->changes || !timetable->change_first) {
        om_free(sorted);
        return om_no_memory(build->ctx);
    }
    for (size_t i = 0; i < n; i++) {
        const struct call_change *item = &build->changes->items[i];
        sorted[i] = (struct positioned_change){position_of(build, item->from),
                                               build->trip_pattern[item->from.trip],
                                               {build->trip_index[item->from.trip],
                                                build->trip_pattern[item->to.trip],
                                                build->trip_index[item->to.trip], item->to.call}};
    }
    qsort(sorted, n, sizeof *sorted, by_position_then_later_trip);
    for (size_t i = 0; i < n; i++) {
        timetable->changes[i] = sorted[i].change;
        timetable->change_first[sorted[i].position + 1]++;
        timetable->call_flags[sorted[i].position] |= CALL_CHANGES;
        timetable->patterns[sorted[i].pattern].has_changes = true;
    }
    for (size_t i = 0; i < timetable->n_positions; i++)
        timetable->change_first[i + 1] += timetable->change_first[i];
    timetable->n_changes = n;
    om_free(sorted);
    return OM_OK;
}

static om_status group_trips(struct grouping *build)
{
    geo_timetable *timetable = build->timetable;
    size_t n_sorted = 0, n = build->input->n_trips;
    for (size_t i = 0; i < build->changes->n_closed; i++)
        build->alone[build->changes->closed[i].trip] = true;
    om_status status = find_sequences(build);
    if (status)
        return status;
    status = sort_trips(build, &n_sorted);
    if (status)
        return status;
    timetable->patterns = om_alloc(n, sizeof *timetable->patterns);
    uint32_t *last = om_alloc(n, sizeof *last);
    bool ready = timetable->patterns && last;
    if (ready)
        split_overtaking(build, n_sorted, last);
    om_free(last);
    if (!ready || !allocate_calls(build, n_sorted) || !copy_trips(build, n_sorted))
        return om_no_memory(build->ctx);
    return OM_OK;
}

om_status timetable_build_patterns(om_context *ctx, const struct geo_timetable_input *input,
                                   const struct call_changes *changes, geo_timetable *timetable)
{
    size_t n = input->n_trips;
    struct grouping build = {
        .ctx = ctx,
        .input = input,
        .changes = changes,
        .timetable = timetable,
        .alone = om_alloc(n, sizeof *build.alone),
        .sequence = om_alloc(n, sizeof *build.sequence),
        .trips = om_alloc(n, sizeof *build.trips),
        .trip_pattern = om_alloc(n, sizeof *build.trip_pattern),
        .trip_index = om_alloc(n, sizeof *build.trip_index),
    };
    om_status status = OM_OK;
    if (!build.alone || !build.sequence || !build.trips || !build.trip_pattern || !build.trip_index) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = group_trips(&build);
    if (status)
        goto done;
    status = index_changes(&build);
    if (status)
        goto done;
    status = index_visits(ctx, timetable);
done:
    om_free(build.alone);
    om_free(build.sequence);
    om_free(build.trips);
    om_free(build.trip_pattern);
    om_free(build.trip_index);
    return status;
}

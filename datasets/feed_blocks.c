/*
 * Trips that are one ride: the vehicle goes on as the next trip of its block, or transfers.txt says that
 * passengers stay seated (type 4). Such runs of a date are joined into one, which the router then rides
 * without a change. Where the two must stay apart, because rules name them or because a vehicle is parted or
 * coupled, a timed transfer stands for the seat; it counts as a change.
 */
#include "feed_internal.h"

#include <stdlib.h>

/* One sits on from a run into another, but the two stay apart. */
struct seat {
    uint32_t from_run, to_run, from_stop, to_stop;
};

struct joining {
    om_context *ctx;
    const data_feed *feed;
    struct feed_runs *runs;
    struct feed_joined *joined;
    uint32_t *next, *before;    /* of each run, or FEED_NONE */
    unsigned char *is_named;    /* trips that a transfer rule names */
    unsigned char *route_named; /* routes */
    uint32_t *new_first;        /* where a trip's calls have gone */
    uint32_t *label;            /* of each run, or of the run it was joined into */
    FEED_ARRAY(struct seat) seats;
    size_t n_links;
};

static const struct geo_call *first_call(const struct joining *joining, uint32_t run)
{
    return &joining->feed->calls.items[joining->runs->items[run].first_call];
}

static const struct geo_call *last_call(const struct joining *joining, uint32_t run)
{
    return first_call(joining, run) + joining->runs->items[run].n_calls - 1;
}

static int32_t start_s(const struct joining *joining, uint32_t run)
{
    return first_call(joining, run)->departure_s + joining->runs->items[run].shift_s;
}

static int32_t end_s(const struct joining *joining, uint32_t run)
{
    return last_call(joining, run)->arrival_s + joining->runs->items[run].shift_s;
}

static bool can_join(const struct joining *joining, uint32_t from, uint32_t to)
{
    const struct geo_trip *a = &joining->runs->items[from], *b = &joining->runs->items[to];
    bool routes_matter =
        a->route != b->route && (joining->route_named[a->route] || joining->route_named[b->route]);
    return joining->next[from] == FEED_NONE && joining->before[to] == FEED_NONE && !routes_matter &&
           !joining->is_named[a->label] && !joining->is_named[b->label] && a->on_demand == b->on_demand;
}

static om_status add_seat(struct joining *joining, uint32_t from, uint32_t to)
{
    struct seat *seat = FEED_PUSH(&joining->seats);
    if (!seat)
        return om_no_memory(joining->ctx);
    *seat = (struct seat){from, to, last_call(joining, from)->stop, first_call(joining, to)->stop};
    return OM_OK;
}

/* One sits on from the end of a run to the start of another, if that is later. Runs of no duration follow one
 * another by number, so that no chain bites its tail. */
static om_status link_runs(struct joining *joining, uint32_t from, uint32_t to)
{
    bool is_later = start_s(joining, to) > start_s(joining, from) || to > from;
    if (!is_later || start_s(joining, to) < end_s(joining, from) || joining->next[from] == to)
        return OM_OK;
    if (!can_join(joining, from, to))
        return add_seat(joining, from, to);
    joining->next[from] = to;
    joining->before[to] = from;
    joining->n_links++;
    return OM_OK;
}

/* ---- transfers of type 4 ---- */

struct labelled {
    uint32_t label, run;
    int32_t start_s;
    int16_t day;
};

static int by_label_day_and_start(const void *a, const void *b)
{
    const struct labelled *x = a, *y = b;
    if (x->label != y->label)
        return x->label < y->label ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->start_s != y->start_s)
        return x->start_s < y->start_s ? -1 : 1;
    return x->run < y->run ? -1 : x->run > y->run;
}

struct labelled_runs {
    struct labelled *items;
    size_t n;
};

/* The first run that is not before `wanted` in the order above. */
static size_t first_labelled(const struct labelled_runs *runs, const struct labelled *wanted)
{
    size_t low = 0, high = runs->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_label_day_and_start(&runs->items[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* From every run of one trip to the first of the other on the same service day that starts when it has ended.
 */
static om_status link_by_rule(struct joining *joining, const struct labelled_runs *runs,
                              const struct feed_seat_rule *rule)
{
    const struct labelled start = {.label = rule->from_trip, .start_s = INT32_MIN, .day = INT16_MIN};
    om_status status = OM_OK;
    for (size_t i = first_labelled(runs, &start);
         i < runs->n && runs->items[i].label == rule->from_trip && status == OM_OK; i++) {
        const struct labelled *from = &runs->items[i];
        const struct labelled wanted = {rule->to_trip, 0, end_s(joining, from->run), from->day};
        size_t k = first_labelled(runs, &wanted);
        if (k < runs->n && runs->items[k].label == rule->to_trip && runs->items[k].day == from->day)
            status = link_runs(joining, from->run, runs->items[k].run);
    }
    return status;
}

static om_status link_by_rules(struct joining *joining)
{
    struct labelled_runs runs = {om_alloc(joining->runs->n, sizeof *runs.items), joining->runs->n};
    om_status status = OM_OK;
    if (!runs.items)
        return om_no_memory(joining->ctx);
    for (uint32_t i = 0; i < runs.n; i++)
        runs.items[i] = (struct labelled){joining->runs->items[i].label, i, start_s(joining, i),
                                          joining->runs->items[i].service_day};
    qsort(runs.items, runs.n, sizeof *runs.items, by_label_day_and_start);
    for (size_t i = 0; i < joining->feed->seat_rules.n && status == OM_OK; i++)
        if (joining->feed->seat_rules.items[i].is_allowed)
            status = link_by_rule(joining, &runs, &joining->feed->seat_rules.items[i]);
    om_free(runs.items);
    return status;
}

/* ---- blocks ---- */

struct in_block {
    uint32_t block, run;
    int32_t start_s;
    int16_t day;
};

static int by_block_and_start(const void *a, const void *b)
{
    const struct in_block *x = a, *y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->start_s != y->start_s)
        return x->start_s < y->start_s ? -1 : 1;
    return x->run < y->run ? -1 : x->run > y->run;
}

static bool is_forbidden(const struct joining *joining, uint32_t from, uint32_t to)
{
    const struct feed_seat_rule rule = {joining->runs->items[from].label, joining->runs->items[to].label,
                                        false};
    return joining->feed->seat_rules.n &&
           bsearch(&rule, joining->feed->seat_rules.items, joining->feed->seat_rules.n, sizeof rule,
                   feed_compare_seat_rules);
}

/* A vehicle that goes on elsewhere has driven there empty. */
static bool is_same_station(const struct joining *joining, uint32_t from, uint32_t to)
{
    const struct geo_stop *stops = joining->feed->stops.items;
    return stops[last_call(joining, from)->stop].station == stops[first_call(joining, to)->stop].station;
}

static om_status link_by_blocks(struct joining *joining)
{
    FEED_ARRAY(struct in_block) runs = {0};
    om_status status = OM_OK;
    for (uint32_t i = 0; i < joining->runs->n && status == OM_OK; i++) {
        const struct geo_trip *run = &joining->runs->items[i];
        const struct feed_trip *trip = &joining->feed->trips.items[run->label];
        if (trip->block == FEED_NONE || trip->n_frequencies)
            continue;
        struct in_block *added = FEED_PUSH(&runs);
        if (added)
            *added = (struct in_block){trip->block, i, start_s(joining, i), run->service_day};
        else
            status = om_no_memory(joining->ctx);
    }
    if (runs.n > 1)
        qsort(runs.items, runs.n, sizeof *runs.items, by_block_and_start);
    for (size_t i = 1; i < runs.n && status == OM_OK; i++) {
        const struct in_block *a = &runs.items[i - 1], *b = &runs.items[i];
        if (a->block == b->block && a->day == b->day && is_same_station(joining, a->run, b->run) &&
            !is_forbidden(joining, a->run, b->run))
            status = link_runs(joining, a->run, b->run);
    }
    om_free(runs.items);
    return status;
}

/* ---- the joined runs ---- */

static bool add_calls(struct joining *joining, uint32_t run, int32_t shift_s)
{
    struct feed_joined *joined = joining->joined;
    size_t n = joining->runs->items[run].n_calls;
    if (!FEED_ROOM(&joined->calls, n))
        return false;
    struct geo_call *to = joined->calls.items + joined->calls.n;
    memcpy(to, first_call(joining, run), n * sizeof *to);
    for (size_t i = 0; shift_s && i < n; i++) {
        to[i].arrival_s += shift_s;
        to[i].departure_s += shift_s;
    }
    joined->calls.n += n;
    return true;
}

/* Where one run ends and the next begins: one call if the stop is the same, else nobody boards at the first
 * stop or alights at the second, between which the vehicle only moves over. */
static void close_seam(struct feed_joined *joined, size_t seam)
{
    struct geo_call *end = &joined->calls.items[seam - 1], *start = &joined->calls.items[seam];
    if (end->stop != start->stop) {
        end->board = false;
        end->departure_s = end->arrival_s; /* the next trip may stand at its stop before this one has left */
        start->alight = false;
        start->arrival_s = start->departure_s;
        return;
    }
    end->departure_s = start->departure_s;
    end->board = start->board;
    memmove(start, start + 1, (joined->calls.n - seam - 1) * sizeof *start);
    joined->calls.n--;
}

/* The run at hand, as its number `joined_run` among the joined ones, has its calls at the end of all. */
static bool add_stretch(struct joining *joining, uint32_t run, uint32_t joined_run, size_t first_of_chain)
{
    struct feed_joined *joined = joining->joined;
    const struct geo_trip *trip = &joining->runs->items[run];
    struct feed_stretch *stretch = FEED_PUSH(&joined->stretches);
    if (stretch)
        *stretch =
            (struct feed_stretch){joined_run, (uint32_t)(joined->calls.n - trip->n_calls - first_of_chain),
                                  trip->n_calls, trip->label};
    return stretch != NULL;
}

/* No rule of the feed names a trip of the chain, so that it can have a label of its own. */
static om_status add_chain(struct joining *joining, uint32_t head, uint32_t joined_run, struct geo_trip *out)
{
    struct feed_joined *joined = joining->joined;
    size_t first = joined->calls.n;
    *out = joining->runs->items[head];
    out->label = (uint32_t)joining->feed->trips.n + joined_run;
    for (uint32_t run = head; run != FEED_NONE; run = joining->next[run]) {
        size_t seam = joined->calls.n;
        if (!add_calls(joining, run, joining->runs->items[run].shift_s - out->shift_s))
            return om_no_memory(joining->ctx);
        if (run != head)
            close_seam(joined, seam);
        if (!add_stretch(joining, run, joined_run, first))
            return om_no_memory(joining->ctx);
        joining->label[run] = out->label;
    }
    if (joined->calls.n >= FEED_NONE)
        return om_fail(joining->ctx, OM_BAD_DATA, om_tr("%s: the blocks of trips have too many stop times"),
                       joining->feed->parts[0].path);
    out->first_call = (uint32_t)first;
    out->n_calls = (uint32_t)(joined->calls.n - first);
    return OM_OK;
}

/* Runs of one trip go on sharing their calls. */
static om_status add_single(struct joining *joining, uint32_t run, struct geo_trip *out)
{
    uint32_t *moved = &joining->new_first[joining->runs->items[run].label];
    size_t first = joining->joined->calls.n;
    *out = joining->runs->items[run];
    if (*moved == FEED_NONE) {
        *moved = (uint32_t)first;
        if (!add_calls(joining, run, 0))
            return om_no_memory(joining->ctx);
    }
    out->first_call = *moved;
    return OM_OK;
}

static om_status join(struct joining *joining)
{
    size_t n = 0;
    om_status status = OM_OK;
    struct geo_trip *runs = om_resize(NULL, joining->runs->n, sizeof *runs);
    if (!runs)
        return om_no_memory(joining->ctx);
    for (uint32_t i = 0; i < joining->runs->n && status == OM_OK; i++) {
        if (joining->before[i] != FEED_NONE)
            continue;
        status = joining->next[i] == FEED_NONE ? add_single(joining, i, &runs[n])
                                               : add_chain(joining, i, (uint32_t)n, &runs[n]);
        n++;
    }
    if (status) {
        om_free(runs);
        return status;
    }
    om_free(joining->runs->items);
    joining->runs->items = runs;
    joining->runs->capacity = joining->runs->n;
    joining->runs->n = n;
    return OM_OK;
}

/* A timed transfer for every seat that is kept from run to run. */
static om_status add_seat_transfers(struct joining *joining)
{
    for (size_t i = 0; i < joining->seats.n; i++) {
        const struct seat *seat = &joining->seats.items[i];
        struct geo_transfer *rule = FEED_PUSH(&joining->joined->transfers);
        if (!rule)
            return om_no_memory(joining->ctx);
        *rule = (struct geo_transfer){.from = seat->from_stop,
                                      .to = seat->to_stop,
                                      .from_trip = joining->label[seat->from_run],
                                      .to_trip = joining->label[seat->to_run],
                                      .from_route = GEO_ANY,
                                      .to_route = GEO_ANY,
                                      .kind = GEO_TRANSFER_TIMED};
    }
    return OM_OK;
}

/* The feed's own rules come after those that stand for a seat. */
static om_status add_own_transfers(struct joining *joining)
{
    struct feed_joined *joined = joining->joined;
    size_t n = joining->feed->transfers.n;
    if (joined->transfers.n == 0 || n == 0)
        return OM_OK;
    if (!FEED_ROOM(&joined->transfers, n))
        return om_no_memory(joining->ctx);
    memcpy(joined->transfers.items + joined->transfers.n, joining->feed->transfers.items,
           n * sizeof *joined->transfers.items);
    joined->transfers.n += n;
    return OM_OK;
}

static bool has_blocks(const data_feed *feed)
{
    return feed->n_blocks > 0 || feed->seat_rules.n > 0;
}

static bool start_joining(struct joining *joining)
{
    const data_feed *feed = joining->feed;
    size_t n = joining->runs->n;
    joining->next = om_resize(NULL, n, sizeof *joining->next);
    joining->before = om_resize(NULL, n, sizeof *joining->before);
    joining->new_first = om_resize(NULL, feed->trips.n, sizeof *joining->new_first);
    joining->label = om_resize(NULL, n, sizeof *joining->label);
    joining->is_named = om_alloc(feed->trips.n, 1);
    joining->route_named = om_alloc(feed->routes.n, 1);
    if (!joining->next || !joining->before || !joining->new_first || !joining->label || !joining->is_named ||
        !joining->route_named)
        return false;
    for (size_t i = 0; i < n; i++)
        joining->label[i] = joining->runs->items[i].label;
    memset(joining->next, 0xFF, n * sizeof *joining->next);
    memset(joining->before, 0xFF, n * sizeof *joining->before);
    memset(joining->new_first, 0xFF, feed->trips.n * sizeof *joining->new_first);
    for (size_t i = 0; i < feed->transfers.n; i++) {
        const struct geo_transfer *rule = &feed->transfers.items[i];
        if (rule->from_trip != GEO_ANY)
            joining->is_named[rule->from_trip] = 1;
        if (rule->to_trip != GEO_ANY)
            joining->is_named[rule->to_trip] = 1;
        if (rule->from_route != GEO_ANY)
            joining->route_named[rule->from_route] = 1;
        if (rule->to_route != GEO_ANY)
            joining->route_named[rule->to_route] = 1;
    }
    return true;
}

om_status feed_join_runs(om_context *ctx, const data_feed *feed, struct feed_runs *runs,
                         struct feed_joined *joined)
{
    struct joining joining = {.ctx = ctx, .feed = feed, .runs = runs, .joined = joined};
    if (!has_blocks(feed) || runs->n == 0)
        return OM_OK;
    om_status status = start_joining(&joining) ? OM_OK : om_no_memory(ctx);
    if (status == OM_OK)
        status = link_by_rules(&joining);
    if (status == OM_OK)
        status = link_by_blocks(&joining);
    if (status == OM_OK && joining.n_links)
        status = join(&joining);
    if (status == OM_OK)
        status = add_seat_transfers(&joining);
    if (status == OM_OK)
        status = add_own_transfers(&joining);
    om_free(joining.next);
    om_free(joining.before);
    om_free(joining.new_first);
    om_free(joining.label);
    om_free(joining.seats.items);
    om_free(joining.is_named);
    om_free(joining.route_named);
    return status;
}

void feed_joined_done(struct feed_joined *joined)
{
    om_free(joined->calls.items);
    om_free(joined->transfers.items);
    om_free(joined->stretches.items);
    memset(joined, 0, sizeof *joined);
}

#include "geo/journey.h"

#include "geo/memory.h"
#include "joining_walk.h"
#include "timetable_internal.h"

#include <stdlib.h>

struct enquiry {
    om_context *ctx;
    const geo_timetable *timetable;
    const struct geo_point *from, *to;
    const struct geo_journey_query *query;
    struct joining_walk walk;
    struct geo_journey *items;
    size_t n, capacity;
};

static bool add(struct enquiry *enquiry, struct geo_journey journey)
{
    struct geo_journey *items =
        om_grow(enquiry->items, &enquiry->capacity, enquiry->n + 1, sizeof *enquiry->items);
    if (!items)
        return false;
    enquiry->items = items;
    items[enquiry->n++] = journey;
    return true;
}

static bool is_ride(const struct enquiry *enquiry, const struct geo_journey *journey)
{
    return journey->arrival_s - journey->departure_s < enquiry->walk.duration_s;
}

static bool add_rides(void *user, size_t from, size_t to, const struct geo_journey *journeys, size_t n)
{
    struct enquiry *enquiry = user;
    bool ok = true;
    (void)from;
    (void)to;
    for (size_t i = 0; i < n && ok; i++)
        if (is_ride(enquiry, &journeys[i]) && journeys[i].arrival_s <= enquiry->query->arrive_by_s)
            ok = add(enquiry, journeys[i]);
    return ok;
}

static om_status search(struct enquiry *enquiry, int max_transfers)
{
    struct geo_travel_time time;
    const struct geo_matrix_options options = {
        .window = enquiry->query->departures,
        .max_transfers = max_transfers,
        .limit_s = enquiry->query->limit_s,
        .threads = 1,
        .on_journeys = add_rides,
        .user = enquiry,
    };
    const struct geo_rectangle between = {1, enquiry->from, 1, enquiry->to, NULL};
    return geo_travel_time_rectangle(enquiry->ctx, enquiry->timetable, &between, &options, &time);
}

/* Those with the fewest transfers for their arrival, and then, with every lower limit on transfers, those
 * that arrive later with fewer. */
static om_status search_alternatives(struct enquiry *enquiry)
{
    int most = 0;
    om_status status = search(enquiry, enquiry->query->max_transfers);
    for (size_t i = 0; i < enquiry->n; i++)
        most = enquiry->items[i].transfers > most ? enquiry->items[i].transfers : most;
    for (int transfers = 0; transfers < most && status == OM_OK; transfers++)
        status = search(enquiry, transfers);
    return status;
}

static int by_departure(const void *a, const void *b)
{
    const struct geo_journey *p = a, *q = b;
    if (p->departure_s != q->departure_s)
        return p->departure_s < q->departure_s ? -1 : 1;
    if (p->arrival_s != q->arrival_s)
        return p->arrival_s < q->arrival_s ? -1 : 1;
    return p->transfers < q->transfers ? -1 : p->transfers > q->transfers;
}

/* No journey betters another: what fewer transfers reach is known to every search that allows more. So only
 * those found more than once are dropped. */
static void sort_and_drop_equal(struct enquiry *enquiry)
{
    size_t kept = 0;
    struct geo_journey *items = enquiry->items;
    if (enquiry->n)
        qsort(items, enquiry->n, sizeof *items, by_departure);
    for (size_t i = 0; i < enquiry->n; i++)
        if (kept == 0 || by_departure(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    enquiry->n = kept;
}

/* One may walk at any time: at the beginning of the departures, or as late as is in time. */
static om_status add_walk(struct enquiry *enquiry)
{
    const struct geo_journey_query *query = enquiry->query;
    const struct geo_window *window = &query->departures;
    int32_t duration_s = enquiry->walk.duration_s, departure_s = window->from_s;
    if (duration_s == TIME_NEVER || (query->limit_s && duration_s > query->limit_s))
        return OM_OK;
    if (query->arrive_by_s != INT32_MAX)
        departure_s = query->arrive_by_s - duration_s;
    if (departure_s < window->from_s || departure_s >= window->until_s)
        return OM_OK;
    return add(enquiry, (struct geo_journey){departure_s, departure_s + duration_s, 0})
               ? OM_OK
               : om_no_memory(enquiry->ctx);
}

om_status geo_journeys(om_context *ctx, const geo_timetable *timetable, const struct geo_point *from,
                       const struct geo_point *to, const struct geo_journey_query *query,
                       struct geo_journey **journeys, size_t *n)
{
    struct enquiry enquiry = {.ctx = ctx,
                              .timetable = timetable,
                              .from = from,
                              .to = to,
                              .query = query,
                              .walk = joining_walk(timetable, from, to)};
    om_status status = search_alternatives(&enquiry);
    if (status == OM_OK)
        status = add_walk(&enquiry);
    if (status) {
        om_free(enquiry.items);
        return status;
    }
    sort_and_drop_equal(&enquiry);
    *journeys = enquiry.items;
    *n = enquiry.n;
    return OM_OK;
}

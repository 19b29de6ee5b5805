/*
 * Journeys leg by leg on random small timetables: which there are, against brute force over every departure
 * and number of transfers; and that each can be travelled, by riding its legs on the vehicles themselves,
 * call by call, and asking the transfer rows at every change.
 *
 * OMLAND_ORACLE_ROUNDS sets how many timetables, OMLAND_ORACLE_SEED the first seed.
 */
#include "brute_force.h"

#include "geo/journey.h"
#include "geo/memory.h"

enum { LAST_S = 200000, MOST_TRANSFERS = 8 };

/* ---- which journeys there are ---- */

static bool is_no_worse(const struct geo_journey *a, const struct geo_journey *b)
{
    return a->departure_s >= b->departure_s && a->arrival_s <= b->arrival_s && a->transfers <= b->transfers;
}

/* Keeps a journey that none of the list betters, and drops those it betters. */
static void add_if_best(struct journey_list *list, struct geo_journey journey)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (is_no_worse(&list->items[i], &journey))
            return;
    for (size_t i = 0; i < list->n; i++)
        if (!is_no_worse(&journey, &list->items[i]))
            list->items[kept++] = list->items[i];
    list->n = kept;
    add_journey(list, journey);
}

static int by_departure(const void *a, const void *b)
{
    const struct geo_journey *p = a, *q = b;
    if (p->departure_s != q->departure_s)
        return p->departure_s < q->departure_s ? -1 : 1;
    if (p->arrival_s != q->arrival_s)
        return p->arrival_s < q->arrival_s ? -1 : 1;
    return p->transfers - q->transfers;
}

/* The walk leaves when the departures begin, or as late as is in time. */
static void expect_walk(const struct geo_journey_query *query, int32_t walk_s, struct journey_list *list)
{
    int32_t leaves_at_s =
        query->arrive_by_s == INT32_MAX ? query->departures.from_s : query->arrive_by_s - walk_s;
    if (walk_s != NEVER && leaves_at_s >= query->departures.from_s)
        add_journey(list, (struct geo_journey){leaves_at_s, leaves_at_s + walk_s, 0});
}

/* For every time at which one can leave, and every number of transfers: the earliest arrival. */
static void expect(struct oracle *oracle, struct world *world, size_t from, size_t to,
                   const struct geo_journey_query *query, struct journey_list *list)
{
    int32_t walk_s = joined_s(oracle, from, to);
    int most = query->max_transfers < 0 ? MOST_TRANSFERS : query->max_transfers;
    list->n = 0;
    for (size_t event = 0; event < oracle->n_events; event++) {
        int32_t time_s = leaves_s(oracle, from, event);
        if (time_s == NEVER || time_s < query->departures.from_s)
            continue;
        for (world->matrix.max_transfers = 0; world->matrix.max_transfers <= most;
             world->matrix.max_transfers++) {
            leave(oracle, from, time_s);
            int32_t arrives_s = oracle->arrival_s[to];
            if (arrives_s != NEVER && arrives_s <= query->arrive_by_s &&
                within_limit(world, arrives_s - time_s) && (walk_s == NEVER || arrives_s - time_s < walk_s))
                add_if_best(list, (struct geo_journey){time_s, arrives_s, oracle->transfers[to]});
        }
    }
    expect_walk(query, walk_s, list);
    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_departure);
}

/* ---- that they can be travelled ---- */

/* Where a traveller is: at a point before the first leg, or off a vehicle. */
struct traveller {
    const struct world *world;
    const struct oracle *oracle;
    size_t from, to;
    const struct geo_leg *last_ride; /* NULL: none yet */
    int32_t time_s;
    int rides;
};

static uint32_t station_of(const struct traveller *at, uint32_t stop)
{
    return at->world->stops[stop].station;
}

static bool walks(struct traveller *at, const struct geo_leg *leg)
{
    int32_t walk_s = 0;
    bool begins = leg->access != GEO_ANY, ends = leg->egress != GEO_ANY;
    const struct geo_point *from = &at->world->points[at->from], *to = &at->world->points[at->to];
    if (begins)
        walk_s += from->access[leg->access].walk_s;
    if (ends)
        walk_s += to->access[leg->egress].walk_s;
    uint32_t here = begins ? from->access[leg->access].stop
                           : stop_of(at->world, at->last_ride->trip, at->last_ride->alight_call);
    bool fits = !ends || station_of(at, here) == station_of(at, to->access[leg->egress].stop);
    at->time_s += walk_s;
    return fits && begins == (at->last_ride == NULL) && leg->arrival_s == leg->departure_s + walk_s;
}

/* Before the first ride, one is at a stop that the walk led to, or that takes none. */
static bool is_at_stop(const struct traveller *at, const struct geo_leg *walk, uint32_t stop)
{
    const struct geo_point *from = &at->world->points[at->from];
    for (size_t i = 0; i < from->n_access; i++)
        if (station_of(at, from->access[i].stop) == station_of(at, stop) &&
            (walk ? i == walk->access : from->access[i].walk_s == 0))
            return true;
    return false;
}

static bool rides(struct traveller *at, const struct geo_leg *walk, const struct geo_leg *leg)
{
    const struct geo_trip *trip = &at->world->trips[leg->trip];
    if (leg->trip >= at->world->input.n_trips || leg->board_call >= leg->alight_call ||
        leg->alight_call >= trip->n_calls || !at->world->calls[trip->first_call + leg->board_call].board ||
        !at->world->calls[trip->first_call + leg->alight_call].alight ||
        leg->departure_s != call_departure_s(at->world, leg->trip, leg->board_call) ||
        leg->arrival_s != call_arrival_s(at->world, leg->trip, leg->alight_call))
        return false;
    bool may_begin = at->last_ride ? may_change(at->oracle, at->last_ride->trip, at->last_ride->alight_call,
                                                leg->trip, leg->board_call)
                                   : is_at_stop(at, walk, stop_of(at->world, leg->trip, leg->board_call));
    bool in_time = leg->departure_s >= at->time_s && (at->last_ride || leg->departure_s == at->time_s);
    at->last_ride = leg;
    at->time_s = leg->arrival_s;
    at->rides++;
    return may_begin && in_time;
}

static bool changes(struct traveller *at, const struct geo_leg *leg)
{
    const struct geo_leg *next = leg + 1;
    uint32_t here = stop_of(at->world, at->last_ride->trip, at->last_ride->alight_call);
    uint32_t there = stop_of(at->world, next->trip, next->board_call);
    bool one_place = leg->change != GEO_CHANGE_WITHIN || station_of(at, here) == station_of(at, there);
    bool lasts = leg->change != GEO_CHANGE_RULED || leg->arrival_s == leg->departure_s;
    return one_place && lasts && next->kind == GEO_LEG_RIDE && leg->departure_s == at->time_s &&
           leg->arrival_s >= leg->departure_s && leg->arrival_s <= next->departure_s;
}

static bool can_be_travelled(struct traveller at, const struct geo_journey *journey,
                             const struct geo_itinerary *itinerary)
{
    at.time_s = journey->departure_s;
    bool ok = itinerary->n > 0 && itinerary->legs[0].departure_s == journey->departure_s;
    for (size_t i = 0; i < itinerary->n && ok; i++) {
        const struct geo_leg *leg = &itinerary->legs[i];
        const struct geo_leg *walk = i > 0 && leg[-1].kind == GEO_LEG_WALK ? &leg[-1] : NULL;
        switch (leg->kind) {
        case GEO_LEG_WALK:
            ok = leg->departure_s == at.time_s && walks(&at, leg);
            break;
        case GEO_LEG_RIDE:
            ok = rides(&at, walk, leg);
            break;
        case GEO_LEG_CHANGE:
            ok = at.last_ride && i + 1 < itinerary->n && changes(&at, leg);
            break;
        }
    }
    int transfers = at.rides ? at.rides - 1 : 0;
    return ok && at.time_s == journey->arrival_s && transfers == journey->transfers;
}

static void show_legs(const struct geo_itinerary *itinerary)
{
    static const char *const kinds[] = {"walk", "ride", "change"};
    for (size_t i = 0; i < itinerary->n; i++) {
        const struct geo_leg *leg = &itinerary->legs[i];
        printf("  %s %d to %d, access %d egress %d, trip %u calls %u to %u, change %d\n", kinds[leg->kind],
               leg->departure_s, leg->arrival_s, (int)leg->access, (int)leg->egress, leg->trip,
               leg->board_call, leg->alight_call, (int)leg->change);
    }
}

static bool check_journey(const struct traveller *at, const geo_timetable *timetable,
                          const struct geo_journey *journey)
{
    om_context ctx = {0};
    struct geo_itinerary itinerary = {0};
    om_status status = geo_itinerary_find(&ctx, timetable, &at->world->points[at->from],
                                          &at->world->points[at->to], journey, &itinerary);
    bool ok = status == OM_OK && can_be_travelled(*at, journey, &itinerary);
    if (!ok) {
        show_world(at->world);
        printf("point %zu to point %zu, %d to %d with %d transfers: %s\n", at->from, at->to,
               journey->departure_s, journey->arrival_s, journey->transfers,
               status ? ctx.message : "cannot be travelled");
        show_legs(&itinerary);
    }
    geo_itinerary_done(&itinerary);
    om_context_done(&ctx);
    return ok;
}

/* ---- one question after another ---- */

static bool check_pair(struct world *world, struct oracle *oracle, const geo_timetable *timetable,
                       const struct geo_journey_query *query, size_t from, size_t to)
{
    static struct journey_list expected;
    om_context ctx = {0};
    struct geo_journey *journeys = NULL;
    size_t n = 0;
    if (geo_journeys(&ctx, timetable, &world->points[from], &world->points[to], query, &journeys, &n))
        fail_msg("%s", ctx.message);
    expect(oracle, world, from, to, query, &expected);
    bool ok = n == expected.n && (n == 0 || memcmp(journeys, expected.items, n * sizeof *journeys) == 0);
    if (!ok) {
        show_world(world);
        printf("point %zu to point %zu, arrive by %d:\n", from, to, query->arrive_by_s);
        for (size_t i = 0; i < n; i++)
            printf("  found    %d to %d, %d transfers\n", journeys[i].departure_s, journeys[i].arrival_s,
                   journeys[i].transfers);
        for (size_t i = 0; i < expected.n; i++)
            printf("  expected %d to %d, %d transfers\n", expected.items[i].departure_s,
                   expected.items[i].arrival_s, expected.items[i].transfers);
    }
    const struct traveller traveller = {.world = world, .oracle = oracle, .from = from, .to = to};
    for (size_t i = 0; i < n && ok; i++)
        ok = check_journey(&traveller, timetable, &journeys[i]);
    om_free(journeys);
    om_context_done(&ctx);
    return ok;
}

static bool check_world(struct world *world, struct kit_random *random)
{
    static struct oracle oracle;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    if (geo_timetable_new(&ctx, &world->input, &world->options, &timetable))
        fail_msg("%s", ctx.message);
    oracle_init(&oracle, world, false);
    const struct geo_journey_query query = {
        .departures = {world->matrix.window.from_s, LAST_S},
        .arrive_by_s = chance(random, 50) ? INT32_MAX : 300 + (int32_t)kit_below(random, 1500),
        .max_transfers = world->matrix.max_transfers,
        .limit_s = world->matrix.limit_s,
    };
    bool ok = true;
    for (size_t pair = 0; pair < world->n_points * world->n_points && ok; pair++) {
        size_t from = pair / world->n_points, to = pair % world->n_points;
        ok = from == to || check_pair(world, &oracle, timetable, &query, from, to);
    }
    geo_timetable_free(timetable);
    return ok;
}

static void journeys_are_the_best_and_can_be_travelled(void **state)
{
    (void)state;
    uint64_t rounds = strtoull(kit_env("OMLAND_ORACLE_ROUNDS", "2000"), NULL, 10);
    uint64_t seed = strtoull(kit_env("OMLAND_ORACLE_SEED", "1"), NULL, 10);
    for (uint64_t i = 0; i < rounds; i++) {
        struct kit_random random = {seed + i};
        static struct world world;
        make_world(&random, &world);
        if (!check_world(&world, &random)) {
            printf("seed %llu\n", (unsigned long long)(seed + i));
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(journeys_are_the_best_and_can_be_travelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

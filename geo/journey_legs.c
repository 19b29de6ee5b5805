/* The legs of a journey, from its last arrival back to the origin. */
#include "geo/memory.h"
#include "joining_walk.h"
#include "journey_trace.h"

static struct geo_leg walk_leg(int32_t departure_s, int32_t duration_s, uint32_t access, uint32_t egress)
{
    return (struct geo_leg){.kind = GEO_LEG_WALK,
                            .departure_s = departure_s,
                            .arrival_s = departure_s + duration_s,
                            .access = access,
                            .egress = egress};
}

static struct geo_leg ride_leg(const struct tracing *tracing, const struct arrival *arrival)
{
    struct event at = tracing->boardings[arrival->boarding].at;
    return (struct geo_leg){.kind = GEO_LEG_RIDE,
                            .departure_s = departure_s(tracing->timetable, at),
                            .arrival_s = arrival->time_s,
                            .trip = tracing->timetable->trip_of[index_of(tracing->timetable, at)],
                            .board_call = at.position,
                            .alight_call = arrival->position};
}

static size_t count_rides(const struct tracing *tracing, uint32_t arrival)
{
    size_t n = 0;
    for (; arrival != NONE; n++)
        arrival = tracing->boardings[tracing->arrivals[arrival].boarding].arrival;
    return n;
}

/* The legs, the last one first. */
static size_t list_backwards(const struct tracing *tracing, uint32_t last, uint32_t egress,
                             struct geo_leg *legs)
{
    size_t n = 0;
    int32_t end_s = tracing->arrivals[last].time_s, walk_s = tracing->to->access[egress].walk_s;
    if (walk_s)
        legs[n++] = walk_leg(end_s, walk_s, GEO_ANY, egress);
    for (uint32_t at = last; at != NONE;) {
        const struct arrival *arrival = &tracing->arrivals[at];
        const struct boarding *boarding = &tracing->boardings[arrival->boarding];
        legs[n++] = ride_leg(tracing, arrival);
        at = boarding->arrival;
        if (at != NONE)
            legs[n++] = (struct geo_leg){.kind = GEO_LEG_CHANGE,
                                         .departure_s = tracing->arrivals[at].time_s,
                                         .arrival_s = boarding->ready_s,
                                         .change = boarding->change};
        else if (boarding->ready_s != tracing->journey->departure_s)
            legs[n++] = walk_leg(tracing->journey->departure_s, boarding->walk_s, boarding->access, GEO_ANY);
    }
    return n;
}

static om_status list_legs(om_context *ctx, const struct tracing *tracing, uint32_t last, uint32_t egress,
                           struct geo_itinerary *out)
{
    struct geo_leg *legs = om_alloc(2 * count_rides(tracing, last) + 1, sizeof *legs);
    if (!legs)
        return om_no_memory(ctx);
    size_t n = list_backwards(tracing, last, egress, legs);
    for (size_t i = 0; i < n / 2; i++) {
        struct geo_leg swapped = legs[i];
        legs[i] = legs[n - 1 - i];
        legs[n - 1 - i] = swapped;
    }
    *out = (struct geo_itinerary){legs, n};
    return OM_OK;
}

static om_status find_rides(om_context *ctx, struct tracing *tracing, struct geo_itinerary *out)
{
    uint32_t last = NONE, egress = 0;
    bool is_found = tracing_init(tracing) && trace(tracing, &last, &egress);
    om_status status = OM_OK;
    if (tracing->no_memory)
        status = om_no_memory(ctx);
    else if (is_found)
        status = list_legs(ctx, tracing, last, egress, out);
    else
        status = om_fail(ctx, OM_INVALID_ARGUMENT, "no journey leaves at %d s and arrives at %d s",
                         tracing->journey->departure_s, tracing->journey->arrival_s);
    tracing_done(tracing);
    return status;
}

static om_status take_walk(om_context *ctx, const struct geo_journey *journey,
                           const struct joining_walk *walk, struct geo_itinerary *out)
{
    struct geo_leg *legs = om_alloc(1, sizeof *legs);
    if (!legs)
        return om_no_memory(ctx);
    legs[0] = walk_leg(journey->departure_s, walk->duration_s, walk->access, walk->egress);
    *out = (struct geo_itinerary){legs, 1};
    return OM_OK;
}

om_status geo_itinerary_find(om_context *ctx, const geo_timetable *timetable, const struct geo_point *from,
                             const struct geo_point *to, const struct geo_journey *journey,
                             struct geo_itinerary *out)
{
    if (timetable->is_mirrored)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       "the legs of a journey need a timetable that is not mirrored");
    struct joining_walk walk = joining_walk(timetable, from, to);
    if (walk.duration_s == journey->arrival_s - journey->departure_s)
        return take_walk(ctx, journey, &walk, out);
    struct tracing tracing = {.timetable = timetable, .from = from, .to = to, .journey = journey};
    return find_rides(ctx, &tracing, out);
}

void geo_itinerary_done(struct geo_itinerary *itinerary)
{
    om_free(itinerary->legs);
    *itinerary = (struct geo_itinerary){0};
}

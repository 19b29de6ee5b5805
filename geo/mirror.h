/*
 * Time running backwards, where a search from a point is one towards it.
 *
 * What happens at time t happens at -t in the mirror. Vehicles then run from their last call to their first,
 * one boards where one alighted, a journey leaves at minus its arrival, and walks are as long as they were.
 * So the one search that asks "where can I be, leaving then?" also answers "from where, to be here by then?".
 */
#ifndef GEO_MIRROR_H
#define GEO_MIRROR_H

#include "geo/travel_time.h"

/* The calls, trips and transfers of a mirrored input; stops are those of the original. */
struct mirrored_input {
    struct geo_call *calls;
    struct geo_trip *trips;
    struct geo_transfer *transfers;
};

/* *out is to be built on as if it were the original. `owned` is the caller's until then, also on failure. */
om_status mirrored_input_init(om_context *ctx, const struct geo_timetable_input *input,
                              struct mirrored_input *owned, struct geo_timetable_input *out);
void mirrored_input_done(struct mirrored_input *owned);

/* Departures in [from_s, until_s) mirror arrivals in (from_s, until_s], and the other way round. */
static inline struct geo_window mirrored_window(struct geo_window window)
{
    return (struct geo_window){-window.until_s, -window.from_s};
}

static inline struct geo_journey mirrored_journey(struct geo_journey journey)
{
    return (struct geo_journey){-journey.arrival_s, -journey.departure_s, journey.transfers};
}

#endif

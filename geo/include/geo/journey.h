/*
 * Journeys between two points, one by one and leg by leg: what an enquiry at a timetable answers.
 *
 * They are those of geo/travel_time.h (same departures, arrivals and transfers), and besides them those that
 * leave earlier or arrive later but change less often: of the journeys listed, none is bettered by another in
 * departure, arrival and transfers at once.
 */
#ifndef GEO_JOURNEY_H
#define GEO_JOURNEY_H

#include "geo/travel_time.h"

struct geo_journey_query {
    struct geo_window departures; /* only journeys that leave within it */
    int32_t arrive_by_s;          /* … and arrive by then, inclusive; INT32_MAX = whenever */
    int max_transfers;            /* -1 = no limit */
    int32_t limit_s;              /* 0 = none */
};

/*
 * Journeys in order of departure, then arrival. A walk that joins the points is one of them (it leaves when
 * the departures begin, or as late as it may where there is a time to arrive by), and then rides that take as
 * long or longer are not. The departures should reach to the last trip, or to the time of arrival: where they
 * end before, some alternatives with fewer transfers may be missing. *journeys is the caller's (om_free).
 * OM_INVALID_ARGUMENT, OM_NO_MEMORY, OM_CANCELLED.
 */
om_status geo_journeys(om_context *ctx, const geo_timetable *timetable, const struct geo_point *from,
                       const struct geo_point *to, const struct geo_journey_query *query,
                       struct geo_journey **journeys, size_t *n);

enum geo_leg_kind {
    GEO_LEG_WALK, /* to the first stop, from the last one, or all the way */
    GEO_LEG_RIDE,
    GEO_LEG_CHANGE, /* between two rides; until one is ready for the second, the wait follows */
};

enum geo_change_kind {
    GEO_CHANGE_WITHIN, /* at one place: a station, or a stop where rules tell its stops apart */
    GEO_CHANGE_WALK,   /* to another place */
    GEO_CHANGE_RULED,  /* in no time: a rule for these trips or routes permits what places do not */
};

/*
 * Legs follow one another in time. A walk names its end in the points' lists of access: GEO_ANY where it does
 * not begin at the origin or end at the destination. A ride is from one call of a trip (index into the
 * timetable's input) to another; the calls count from 0 within the trip.
 */
struct geo_leg {
    enum geo_leg_kind kind;
    int32_t departure_s, arrival_s;
    uint32_t access, egress;                /* of a walk */
    uint32_t trip, board_call, alight_call; /* of a ride */
    enum geo_change_kind change;            /* of a change */
};

struct geo_itinerary {
    struct geo_leg *legs;
    size_t n;
};

/*
 * The legs of a journey that geo_journeys or the travel times found between the same points. Among journeys
 * with the same departure, arrival and transfers it is one with little walking, and with time to spare where
 * one changes; always the same one. OM_INVALID_ARGUMENT when there is no such journey or the
 * timetable is mirrored, OM_NO_MEMORY.
 */
om_status geo_itinerary_find(om_context *ctx, const geo_timetable *timetable, const struct geo_point *from,
                             const struct geo_point *to, const struct geo_journey *journey,
                             struct geo_itinerary *out);
void geo_itinerary_done(struct geo_itinerary *itinerary);

#endif

/*
 * Journeys in the words of the feed: lines, operators, destinations, stops and platforms, and how far one
 * walks. Times are seconds after the start of the service date and may pass 24:00. Texts are valid UTF-8 and
 * NULL where the feed has none.
 */
#ifndef DATASETS_ITINERARY_H
#define DATASETS_ITINERARY_H

#include "datasets/points.h"
#include "geo/journey.h"

/* Where a leg begins or ends. */
struct data_leg_end {
    uint32_t stop; /* GEO_ANY: the point itself, and the texts are NULL */
    char *stop_id, *name, *platform;
    double lon_lat[2]; /* NAN where unknown */
};

enum data_leg_kind { DATA_LEG_WALK, DATA_LEG_RIDE, DATA_LEG_CHANGE };

enum data_change_kind {
    DATA_CHANGE_WITHIN,     /* in one place */
    DATA_CHANGE_WALK,       /* to another one */
    DATA_CHANGE_GUARANTEED, /* in no time: a rule of the feed for these trips or lines permits it */
    DATA_CHANGE_SEATED,     /* the vehicle goes on as the next trip; counted as a transfer all the same */
};

struct data_leg {
    enum data_leg_kind kind;
    int32_t departure_s, arrival_s; /* of a change: from alighting until one is ready to board */
    struct data_leg_end from, to;
    double walk_m; /* straight distance times detour; NAN where nobody walks or a position is unknown */

    enum data_change_kind change; /* of a change … */
    int32_t wait_s;               /* … until the next ride departs */

    bool stays_aboard; /* of a ride: in the same vehicle as the ride before, which is no transfer */
    bool on_demand;    /* must be booked */
    int mode;          /* basic route type */
    uint32_t n_stops_between;
    char *trip_id, *headsign, *short_name, *long_name, *agency;
};

struct data_itinerary {
    struct geo_journey journey;
    struct data_leg *legs;
    size_t n;
    bool on_demand; /* some ride must be booked */
    int32_t walk_s, wait_s;
    double walk_m; /* of the legs where it is known */
};

/* What was asked of which timetable; all borrowed. */
struct data_enquiry {
    const data_feed *feed;
    int32_t date; /* as data_feed_timetable was given it, like the options */
    const struct data_feed_options *options;
    double detour;
    const geo_timetable *timetable;
    const struct data_point *from, *to;
    const struct geo_point *from_access, *to_access;
};

/*
 * Puts journeys between the points into words, in the order given. Reads the feed's texts anew. *out is the
 * caller's (data_itineraries_free).
 */
om_status data_itineraries_make(om_context *ctx, const struct data_enquiry *enquiry,
                                const struct geo_journey *journeys, size_t n, struct data_itinerary **out);
void data_itineraries_free(struct data_itinerary *itineraries, size_t n); /* accepts NULL */

#endif

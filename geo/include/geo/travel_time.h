/*
 * Travel times between points over a timetable: the Pareto-optimal journeys of a departure window and their
 * statistics, in the two families that DESIGN names (journey and door). Everything is in seconds.
 *
 * A journey is a departure from the origin, an arrival at the destination and a number of transfers. It is
 * Pareto-optimal when no other journey leaves no earlier and arrives no later (one of them strictly). Clock
 * times count from the start of the service date and may pass 24:00.
 */
#ifndef GEO_TRAVEL_TIME_H
#define GEO_TRAVEL_TIME_H

#include "geo/timetable.h"

/* A stop (with every stop of its station) that a point can use, and the walk to it. */
struct geo_access {
    uint32_t stop;
    int32_t walk_s;
};

enum geo_access_kind {
    GEO_ACCESS_NAMED,   /* stops named by the user */
    GEO_ACCESS_WALKING, /* every stop within the walking radius */
    GEO_ACCESS_NEAREST, /* none within it: the nearest served station up to the fallback distance */
    GEO_ACCESS_NONE,    /* no stop in reach */
};

struct geo_point {
    const struct geo_access *access; /* borrowed; n_access 0: nothing is reachable from or to it */
    size_t n_access;
};

struct geo_access_options {
    double radius_m;          /* 1000 */
    double fallback_radius_m; /* 3000 */
    double detour;            /* 1.3 */
    double speed_km_h;        /* 4.8 */
};

/*
 * The stops a place at lon, lat (degrees, WGS84) can use, by DESIGN's "seat to stops": walking distance is
 * the geodesic-approximating great-circle distance times the detour; walk_s is rounded up to whole seconds.
 * *access is owned by the caller (om_free). Stops without service that day are left out.
 */
om_status geo_access_find(om_context *ctx, const geo_timetable *timetable, double lon, double lat,
                          const struct geo_access_options *options, struct geo_access **access,
                          size_t *n_access, enum geo_access_kind *kind);

/*
 * Of departures: in [from_s, until_s), and door statistics sample from_s, from_s + 60, … below until_s.
 * Of arrivals (arrive_by): in (from_s, until_s], and door statistics sample until_s, until_s - 60, … above
 * from_s. One is the mirror of the other: a window of arrivals of 07:00 to 08:00 has who is there by 08:00.
 */
struct geo_window {
    int32_t from_s, until_s;
};

struct geo_journey {
    int32_t departure_s, arrival_s;
    int32_t transfers;
};

#define GEO_NO_TIME INT32_MIN /* "there is none", in any field that is a whole number of seconds */

/*
 * One ordered pair. Fields without a value hold GEO_NO_TIME, or NAN for the doubles. The door statistics of
 * departures are of leaving at a minute, with the wait at the origin until one departs; those of arrivals are
 * of having to be there at a minute, with the wait at the destination once one has arrived.
 */
struct geo_travel_time {
    int32_t journeys;            /* Pareto-optimal journeys that depart, or arrive, in the window */
    int32_t fastest_s;           /* their smallest duration … */
    int32_t fastest_departure_s; /* … of the earliest departure among equally fast ones, or latest arrival */
    int32_t fastest_arrival_s;
    int32_t fastest_transfers;  /* fewest transfers that reach that arrival */
    double median_journey_s;    /* median duration of the journeys */
    int32_t earliest_arrival_s; /* departures: of leaving at from_s; may leave later than the window */
    int32_t latest_departure_s; /* arrivals: to be there at until_s; may arrive before the window */
    double door_p25_s, door_p50_s,
        door_p75_s; /* wait included, linear interpolation; NAN when some minute has no journey */
    int32_t minutes_without_arrival; /* minutes of leaving, or of having to be there, without one */
    double booked_share; /* of the journeys, how many need booking: 0 to 1; NAN without journeys */
};

/* Receives every Pareto-optimal journey of one pair of different points that has any, in order of departure
 * (of arrival, in a window of arrivals). Called under a lock, pairs in no particular order when threads > 1;
 * return false to stop. */
typedef bool geo_journeys_fn(void *user, size_t from, size_t to, const struct geo_journey *journeys,
                             size_t n);

struct geo_matrix_options {
    struct geo_window window;
    bool arrive_by;               /* the window is of arrivals */
    int max_transfers;            /* -1 = no limit */
    int32_t limit_s;              /* 0 = none; longer travel is not looked for */
    int threads;                  /* 0 = as many as there are */
    geo_journeys_fn *on_journeys; /* may be NULL */
    void *user;
    const geo_timetable *without_on_demand; /* see below; borrowed, may be NULL */
};

/*
 * A Pareto-optimal journey needs booking when nobody leaves and arrives at its times without an on-demand
 * trip, whatever the number of transfers (within max_transfers): when the timetable without those trips does
 * not have it among its own. `without_on_demand` is that timetable, over the same stops and with the same
 * options. NULL: no trip must be booked, and no journey needs booking. It costs a second search for each.
 */

/*
 * With a limit (inclusive), journeys that take longer do not count, and neither does leaving at a minute from
 * which one is under way for longer, the wait included. What lies beyond it costs no time.
 *
 * On a mirrored timetable (geo_timetable_options) every search starts at a destination and goes backwards,
 * else at an origin. The answers are the same.
 */

/*
 * Whether the mirrored timetable answers sooner. A search starts best where the window is: at the origins for
 * departures, at the destinations for arrivals. From the other side it has to follow all times of day (or,
 * with a limit, those within the limit of the window), which takes three to six times as long; so that pays
 * where there are less than a quarter as many points. docs/routing.md has the measurements.
 */
bool geo_travel_time_wants_mirror(size_t n_origins, size_t n_destinations, bool arrive_by);

/*
 * All ordered pairs of n_points points: out[from * n_points + to], allocated by the caller. The diagonal is
 * zero minutes with one journey by definition. Points that share a stop, or whose walks meet, may be joined
 * on foot: that walk counts as one journey without transfers at the start of the window (that arrives at its
 * end, in a window of arrivals), and rides that are not faster are dropped. The result does not depend on the
 * number of threads. OM_INVALID_ARGUMENT, OM_NO_MEMORY, or OM_CANCELLED by on_journeys or the context's
 * progress callback.
 */
om_status geo_travel_time_matrix(om_context *ctx, const geo_timetable *timetable, size_t n_points,
                                 const struct geo_point *points, const struct geo_matrix_options *options,
                                 struct geo_travel_time *out);

/*
 * From some points to others. `same` names for each origin the destination that is the same point, which is
 * zero minutes away (GEO_ANY: none); NULL when there are no such pairs. All borrowed.
 */
struct geo_rectangle {
    size_t n_origins;
    const struct geo_point *origins;
    size_t n_destinations;
    const struct geo_point *destinations;
    const uint32_t *same;
};

/*
 * As geo_travel_time_matrix: out[origin * n_destinations + destination]. A pair depends on its two points
 * only, so any split of the origins or of the destinations, over calls or machines, gives the same.
 */
om_status geo_travel_time_rectangle(om_context *ctx, const geo_timetable *timetable,
                                    const struct geo_rectangle *between,
                                    const struct geo_matrix_options *options, struct geo_travel_time *out);

#endif

/*
 * A public-transport timetable for one service date, ready for routing.
 *
 * Built once from plain arrays (struct geo_timetable_input), then immutable: any number of threads may search
 * it. Times are seconds after the start of the service date (noon minus 12 h, as GTFS defines it); they may
 * be negative (trips of the date before) or above 86 400. Indices are 0-based into the input arrays.
 *
 * Stations. Stops with the same `station` are one place: changed in at no cost unless a transfer rule says
 * otherwise. A stop with no parent is a station of its own.
 */
#ifndef GEO_TIMETABLE_H
#define GEO_TIMETABLE_H

#include "geo/array.h"
#include "geo/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GEO_ANY UINT32_MAX /* "no particular" trip or route in a transfer rule; "none" elsewhere */

struct geo_stop {
    double lon, lat;  /* degrees, WGS84; NAN when unknown (then never walked to) */
    uint32_t station; /* 0 .. n_stations-1 */
};

/* One stop of a trip (a row of stop_times.txt). Blank times are interpolated by the reader. */
struct geo_call {
    uint32_t stop;
    int32_t arrival_s, departure_s;
    bool board, alight; /* pickup_type and drop_off_type other than 1 */
};

/*
 * One run of a vehicle: calls[first_call .. first_call + n_calls - 1], every time moved by shift_s. Several
 * trips may share calls: the runs of a frequency, or the same trip on the service day before (shift -86 400).
 * `label` and `service_day` name it in transfer rules: a rule for label L holds between trips of the same
 * day.
 */
struct geo_trip {
    uint32_t first_call, n_calls;
    int32_t shift_s;
    uint32_t label;      /* the feed's trip, for transfer rules and for journeys shown to people */
    uint32_t route;      /* the feed's route */
    int16_t service_day; /* 0 = the service date, -1 = the date before, 1 = the date after */
    bool on_demand;      /* must be booked (pickup_type 2 throughout) */
};

enum geo_transfer_kind {
    GEO_TRANSFER_RECOMMENDED = 0, /* nothing extra: min_transfer_s in a station, the walk between two */
    GEO_TRANSFER_TIMED = 1,       /* the departing vehicle waits: possible at departure >= arrival */
    GEO_TRANSFER_MINIMUM = 2,     /* needs min_duration_s */
    GEO_TRANSFER_FORBIDDEN = 3,
};

/*
 * A row of transfers.txt. `from` and `to` are stops, or stations where the matching flag is set. Trips and
 * routes are labels as in geo_trip, or GEO_ANY. The most specific rule wins, in GTFS's order: both trips, one
 * trip and one route, one trip, both routes, one route, none; at equal rank stops before stations (`from`
 * counts before `to`), and then the first row. A rule between two stations makes a change possible there; its
 * duration replaces the walk.
 */
struct geo_transfer {
    uint32_t from, to;
    bool from_is_station, to_is_station;
    uint32_t from_trip, to_trip, from_route, to_route;
    enum geo_transfer_kind kind;
    int32_t min_duration_s;
};

/* Which transfer rules are in force (--transfers). */
enum geo_transfer_rules {
    GEO_TRANSFERS_FULL,    /* every row */
    GEO_TRANSFERS_STATION, /* only rows of type 2 without trip or route */
    GEO_TRANSFERS_NONE,
};

struct geo_walking {
    double
        radius_m; /* straight-line distance times detour must be within it; 0 = no walking between stations */
    double detour;     /* 1.3 */
    double speed_km_h; /* 4.8 */
};

struct geo_timetable_options {
    enum geo_transfer_rules transfers;
    int32_t
        min_transfer_s; /* smallest time at any change within a station (0 = departure >= arrival suffices) */
    struct geo_walking walking; /* for transfers between stations */
    bool is_mirrored;           /* for searches towards a point: see geo_timetable_new */
};

struct geo_timetable_input {
    size_t n_stops, n_stations, n_calls, n_trips, n_transfers;
    const struct geo_stop *stops;
    const struct geo_call *calls;
    const struct geo_trip *trips;
    const struct geo_transfer *transfers;
};

typedef struct geo_timetable geo_timetable;

/*
 * Builds the searchable form; copies what it needs, so the input may be freed afterwards.
 *
 * With is_mirrored, time runs backwards in it: whatever happens at t does so at -t, trips run from their last
 * call to their first, and whoever searches it from a point finds all ways to that point. Indices, and what
 * the functions below say of it, are as without. It is as exact, and as large, as the timetable itself;
 * building it takes besides a copy of the calls, trips and transfers.
 *
 * OM_INVALID_ARGUMENT when an index is out of range or a trip's times run backwards (the message says which),
 * OM_NO_MEMORY. The caller frees with geo_timetable_free, which accepts NULL.
 */
om_status geo_timetable_new(om_context *ctx, const struct geo_timetable_input *input,
                            const struct geo_timetable_options *options, geo_timetable **out);
void geo_timetable_free(geo_timetable *timetable);

/*
 * A timetable is nothing but arrays, so that it can be kept and used again without building it. The first
 * function lists them, borrowed, and says how many; the second rests a timetable on equal ones in the same
 * order, which `keeper` keeps until geo_timetable_free releases them. They must come from the first function
 * in the same build of this library, byte for byte: OM_BAD_DATA when names, sizes or numbers differ, but
 * items are not looked at. On failure the arrays stay the caller's.
 */
enum { GEO_TIMETABLE_MOST_ARRAYS = 64 };
size_t geo_timetable_list_arrays(const geo_timetable *timetable,
                                 struct geo_array out[GEO_TIMETABLE_MOST_ARRAYS]);
om_status geo_timetable_from_arrays(om_context *ctx, const struct geo_array *arrays, size_t n,
                                    struct geo_keeper keeper, geo_timetable **out);

size_t geo_timetable_stops(const geo_timetable *timetable);
size_t geo_timetable_trips(const geo_timetable *timetable);
size_t geo_timetable_on_demand_trips(const geo_timetable *timetable); /* of them, that must be booked */

/* Whether any trip is under way, from its first departure to its last arrival, at some time of [from_s,
 * until_s).
 */
bool geo_timetable_is_running(const geo_timetable *timetable, int32_t from_s, int32_t until_s);

/* Whether any trip of the service date (not the date before) calls at a stop of that stop's station. */
bool geo_timetable_is_served(const geo_timetable *timetable, uint32_t stop);

#endif

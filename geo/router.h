/*
 * The search from one point: all Pareto-optimal journeys to every destination in a departure window.
 *
 * Range RAPTOR (Delling, Pajor, Werneck 2012): departures from the latest to the earliest, each in rounds of
 * one more trip; labels stay from departure to departure, so that an earlier departure only follows what it
 * improves. One search per thread; the timetable is shared.
 */
#ifndef GEO_ROUTER_H
#define GEO_ROUTER_H

#include "timetable_internal.h"

#include "geo/travel_time.h"

/* Where every destination can be entered: the walk from each place, place by place. */
struct destinations {
    size_t n;
    bool *is_one;    /* per place: whether there is any */
    uint32_t *first; /* n_places + 1 */
    struct place_walk {
        uint32_t destination;
        int32_t walk_s;
    } * walks;
};

om_status destinations_init(om_context *ctx, const geo_timetable *timetable, size_t n,
                            const struct geo_point *points, struct destinations *out);
void destinations_done(struct destinations *destinations);

/* A journey found, chained per destination from the earliest departure to later ones. */
struct found_journey {
    struct geo_journey journey;
    uint32_t later; /* index + 1; 0 ends the chain */
};

typedef struct route_search route_search;

struct route_options {
    struct geo_window window;
    int max_transfers; /* -1 = no limit */
    int32_t limit_s;   /* TIME_NEVER = none */
};

/* Both are borrowed for the life of the search. NULL when memory is out. */
route_search *route_search_new(const geo_timetable *timetable, const struct destinations *destinations);
void route_search_free(route_search *search);

/* Searches from one point; replaces what an earlier run found. OM_OK or OM_NO_MEMORY (without a message). */
om_status route_search_run(route_search *search, const struct geo_point *origin,
                           const struct route_options *options);

/* Of the last run: the chain of a destination (index + 1; 0 = none), and its earliest arrival when departing
 * at the end of the window or later (TIME_NEVER when there is none). */
uint32_t route_search_first(const route_search *search, size_t destination);
const struct found_journey *route_search_journeys(const route_search *search);
int32_t route_search_arrival_after(const route_search *search, size_t destination);

#endif

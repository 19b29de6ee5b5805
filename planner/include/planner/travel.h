/*
 * Travel times between seats as the rules see them: one statistic of one profile.
 */
#ifndef PLANNER_TRAVEL_H
#define PLANNER_TRAVEL_H

#include "geo/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plan_statistic { /* see geo/travel_time.h */
                      PLAN_STATISTIC_MEDIAN_JOURNEY,
                      PLAN_STATISTIC_FASTEST,
                      PLAN_STATISTIC_DOOR_P25,
                      PLAN_STATISTIC_DOOR_P50,
                      PLAN_STATISTIC_DOOR_P75,
                      PLAN_STATISTICS,
};

extern const char
    *const plan_statistic_names[PLAN_STATISTICS]; /* "median_journey", "fastest", "door_p25", … */

/* A locality (tätort) as an origin of travel. */
struct plan_locality {
    int32_t municipality;
    double population; /* NAN: unknown */
    bool is_seat;      /* the main town itself, which travels as the seat does */
};

struct plan_trip {
    int32_t to;
    double duration_s;
};

/*
 * duration_s[from * n + to] in seconds; NAN is unreachable, the diagonal is 0. Where a matrix would be too
 * large, `trips` instead lists only the trips that exist: those from m are trips[first_trip[m] ..
 * first_trip[m + 1] - 1], sorted by `to`, with m itself at 0. NULL for both: no times known yet.
 */
struct plan_travel {
    size_t n;
    double *duration_s;
    size_t *first_trip;
    struct plan_trip *trips;
    unsigned char *has_service; /* per municipality: 0 when its seat has no service that day; may be NULL */
    size_t n_localities;        /* 0 when travel is known from the seats only */
    struct plan_locality *localities;
    double *locality_duration_s; /* [locality * n + to the seat of a municipality]; NAN is unreachable */
};

bool plan_travel_is_known(const struct plan_travel *travel); /* accepts NULL: unknown */

void plan_travel_free(struct plan_travel *travel); /* accepts NULL; frees the struct itself too */

/*
 * Makes a trip count in both directions: t(m, k) becomes the longer of the way there, as it was, and of the
 * way home from k to m in `home`, and unreachable when either is. Held against a limit, this is both ways
 * within it. Localities keep their way there. Without times in `home` nothing is reachable any longer. A seat
 * has service when it has it in both. OM_INVALID_ARGUMENT when the sizes differ, and for lists of trips.
 */
om_status plan_travel_require_return(om_context *ctx, struct plan_travel *travel,
                                     const struct plan_travel *home);

#endif

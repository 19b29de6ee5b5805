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

/* duration_s[from * n + to] in seconds; NAN is unreachable, the diagonal is 0. NULL duration_s: no times
 * known yet. */
struct plan_travel {
    size_t n;
    double *duration_s;
    unsigned char *has_service; /* per municipality: 0 when its seat has no service that day; may be NULL */
    size_t n_localities;        /* 0 when travel is known from the seats only */
    struct plan_locality *localities;
    double *locality_duration_s; /* [locality * n + to the seat of a municipality]; NAN is unreachable */
};

void plan_travel_free(struct plan_travel *travel); /* accepts NULL; frees the struct itself too */

/*
 * Makes a trip count in both directions: t(m, k) becomes the longer of the way there, as it was, and of the
 * way home from k to m in `home`, and unreachable when either is. Held against a limit, this is both ways
 * within it. Localities keep their way there. Without times in `home` nothing is reachable any longer. A seat
 * has service when it has it in both. OM_INVALID_ARGUMENT when the sizes differ.
 */
om_status plan_travel_require_return(om_context *ctx, struct plan_travel *travel,
                                     const struct plan_travel *home);

#endif

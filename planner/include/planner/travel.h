/*
 * Travel times between seats as the rules see them: one statistic of one profile.
 */
#ifndef PLANNER_TRAVEL_H
#define PLANNER_TRAVEL_H

#include <stddef.h>

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

/* duration_s[from * n + to] in seconds; NAN is unreachable, the diagonal is 0. NULL duration_s: no times
 * known yet. */
struct plan_travel {
    size_t n;
    double *duration_s;
    unsigned char *has_service; /* per municipality: 0 when its seat has no service that day; may be NULL */
};

void plan_travel_free(struct plan_travel *travel); /* accepts NULL; frees the struct itself too */

#endif

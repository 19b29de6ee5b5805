/*
 * Stops by position, to find those near a point. Stops without a position are left out.
 */
#ifndef GEO_STOP_GRID_H
#define GEO_STOP_GRID_H

#include "geo/timetable.h"

#define TIME_NEVER INT32_MAX
#define TIME_LIMIT_S 100000000 /* three years: leaves room for sums in 32 bits */

enum { STOP_GRID_BANDS_PER_DEGREE = 100, STOP_GRID_BANDS = 180 * STOP_GRID_BANDS_PER_DEGREE + 1 };

struct stop_position {
    double lon, lat;
    uint32_t stop;
};

struct stop_grid {
    struct stop_position *positions; /* by band of latitude, then longitude */
    uint32_t *band_first;            /* STOP_GRID_BANDS + 1, into positions */
};

typedef void stop_grid_fn(void *user, uint32_t stop, double distance_m);

om_status stop_grid_init(om_context *ctx, const struct geo_stop *stops, size_t n, struct stop_grid *out);
void stop_grid_done(struct stop_grid *grid);

/* Calls `each` for every stop within radius_m (great circle, inclusive), in no particular order. */
void stop_grid_near(const struct stop_grid *grid, double lon, double lat, double radius_m, stop_grid_fn *each,
                    void *user);

/* Whole seconds, rounded up, of walking a straight-line distance with a detour. */
int32_t walk_duration_s(double distance_m, double detour, double speed_km_h);

#endif

#include "stop_grid.h"

#include "geo/crs.h"
#include "geo/memory.h"

#include <math.h>
#include <stdlib.h>

static const double METRES_PER_DEGREE = 6371008.8 * 3.14159265358979323846 / 180;
static const double RADIANS = 3.14159265358979323846 / 180;

static size_t band_of(double lat)
{
    double band = floor((lat + 90) * STOP_GRID_BANDS_PER_DEGREE);
    return band < 0 ? 0 : band >= STOP_GRID_BANDS ? STOP_GRID_BANDS - 1 : (size_t)band;
}

static int by_band_and_longitude(const void *a, const void *b)
{
    const struct stop_position *p = a, *q = b;
    size_t band_p = band_of(p->lat), band_q = band_of(q->lat);
    if (band_p != band_q)
        return band_p < band_q ? -1 : 1;
    if (p->lon != q->lon)
        return p->lon < q->lon ? -1 : 1;
    return p->stop < q->stop ? -1 : p->stop > q->stop;
}

om_status stop_grid_init(om_context *ctx, const struct geo_stop *stops, size_t n, struct stop_grid *out)
{
    struct stop_grid grid = {om_alloc(n, sizeof *grid.positions),
                             om_alloc(STOP_GRID_BANDS + 1, sizeof *grid.band_first)};
    if (!grid.positions || !grid.band_first) {
        stop_grid_done(&grid);
        return om_no_memory(ctx);
    }
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(stops[i].lon) && isfinite(stops[i].lat))
            grid.positions[used++] = (struct stop_position){stops[i].lon, stops[i].lat, (uint32_t)i};
    qsort(grid.positions, used, sizeof *grid.positions, by_band_and_longitude);
    for (size_t i = 0; i < used; i++)
        grid.band_first[band_of(grid.positions[i].lat) + 1]++;
    for (size_t band = 0; band < STOP_GRID_BANDS; band++)
        grid.band_first[band + 1] += grid.band_first[band];
    *out = grid;
    return OM_OK;
}

void stop_grid_done(struct stop_grid *grid)
{
    om_free(grid->positions);
    om_free(grid->band_first);
    *grid = (struct stop_grid){0};
}

static size_t first_at_longitude(const struct stop_grid *grid, size_t band, double lon)
{
    size_t low = grid->band_first[band], high = grid->band_first[band + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (grid->positions[middle].lon < lon)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Degrees of longitude that a distance spans at most around a latitude; the whole circle at a pole. */
static double longitude_reach(double lat, double degrees)
{
    double farthest = fabs(lat) + degrees;
    double reach = farthest >= 89.9 ? 180 : 1.01 * degrees / cos(farthest * RADIANS);
    return reach < 180 ? reach : 180;
}

void stop_grid_near(const struct stop_grid *grid, double lon, double lat, double radius_m, stop_grid_fn *each,
                    void *user)
{
    double degrees = 1.0001 * radius_m / METRES_PER_DEGREE + 1e-9;
    double reach = longitude_reach(lat, degrees);
    size_t last = band_of(lat + degrees);
    for (size_t band = band_of(lat - degrees); band <= last; band++)
        for (int turn = -1; turn <= 1; turn++) {
            double west = lon + 360 * turn - reach, east = lon + 360 * turn + reach;
            for (size_t i = first_at_longitude(grid, band, west);
                 i < grid->band_first[band + 1] && grid->positions[i].lon <= east; i++) {
                const struct stop_position *found = &grid->positions[i];
                double distance_m = geo_distance_m(lon, lat, found->lon, found->lat);
                if (distance_m <= radius_m)
                    each(user, found->stop, distance_m);
            }
        }
}

int32_t walk_duration_s(double distance_m, double detour, double speed_km_h)
{
    double seconds = ceil(distance_m * detour * 3.6 / speed_km_h);
    return seconds < TIME_LIMIT_S ? (int32_t)seconds : TIME_LIMIT_S;
}

#include "geo/crs.h"

#include <math.h>

static const double mean_radius_m = 6371008.8; /* IUGG (2 a + b) / 3 of GRS 80 */
static const double radians_per_degree = 0.017453292519943295;

/* Haversine: keeps its precision for points close together, where the cosine formula loses it. */
double geo_distance_m(double lon_a, double lat_a, double lon_b, double lat_b)
{
    double sin_lat = sin((lat_b - lat_a) * radians_per_degree / 2);
    double sin_lon = sin((lon_b - lon_a) * radians_per_degree / 2);
    double h = sin_lat * sin_lat +
               cos(lat_a * radians_per_degree) * cos(lat_b * radians_per_degree) * sin_lon * sin_lon;
    return 2 * mean_radius_m * asin(sqrt(fmin(1, h)));
}

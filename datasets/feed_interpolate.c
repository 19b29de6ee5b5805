#include "feed_internal.h"

#include <math.h>

/* Whether distances[from .. to] are all known, never fall, and rise from end to end. */
static bool has_distances(const float *distances, size_t from, size_t to)
{
    for (size_t i = from; i <= to; i++)
        if (isnan(distances[i]) || (i > from && distances[i] < distances[i - 1]))
            return false;
    return distances[to] > distances[from];
}

static void fill_gap(struct geo_call *calls, const float *distances, size_t from, size_t to)
{
    bool by_distance = has_distances(distances, from, to);
    double start_s = calls[from].departure_s, span_s = calls[to].arrival_s - start_s;
    for (size_t i = from + 1; i < to; i++) {
        double share = by_distance ? ((double)distances[i] - (double)distances[from]) /
                                         ((double)distances[to] - (double)distances[from])
                                   : (double)(i - from) / (double)(to - from);
        calls[i].arrival_s = calls[i].departure_s = (int32_t)lround(start_s + share * span_s);
    }
}

void feed_interpolate(struct geo_call *calls, const float *distances, size_t n)
{
    size_t known = 0;
    for (size_t i = 1; i < n; i++) {
        if (calls[i].arrival_s == FEED_NO_TIME)
            continue;
        if (i > known + 1)
            fill_gap(calls, distances, known, i);
        known = i;
    }
}

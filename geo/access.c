#include "timetable_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "geo/travel_time.h"

#include <math.h>
#include <stdlib.h>

struct near_stop {
    double distance_m;
    uint32_t station, stop;
};

struct near_list {
    const geo_timetable *timetable;
    struct near_stop *items;
    size_t n, capacity;
    bool no_memory;
};

static void add_near(void *user, uint32_t stop, double distance_m)
{
    struct near_list *list = user;
    uint32_t station = list->timetable->stop_station[stop];
    if (!list->timetable->station_served[station])
        return;
    struct near_stop *items = om_grow(list->items, &list->capacity, list->n + 1, sizeof *items);
    if (!items) {
        list->no_memory = true;
        return;
    }
    list->items = items;
    items[list->n++] = (struct near_stop){distance_m, station, stop};
}

static int compare_near(const struct near_stop *p, const struct near_stop *q)
{
    if (p->distance_m != q->distance_m)
        return p->distance_m < q->distance_m ? -1 : 1;
    return p->stop < q->stop ? -1 : p->stop > q->stop;
}

static int by_station_then_distance(const void *a, const void *b)
{
    const struct near_stop *p = a, *q = b;
    if (p->station != q->station)
        return p->station < q->station ? -1 : 1;
    return compare_near(p, q);
}

static int by_distance(const void *a, const void *b)
{
    return compare_near(a, b);
}

/* The nearest stop of every served station within a walk of radius_m, nearest station first. */
static om_status find_near(om_context *ctx, const struct geo_access_options *options, double lon, double lat,
                           double radius_m, struct near_list *list)
{
    list->n = 0;
    stop_grid_near(&list->timetable->grid, lon, lat, 1.000001 * radius_m / options->detour, add_near, list);
    if (list->no_memory)
        return om_no_memory(ctx);
    if (!list->n)
        return OM_OK;
    size_t kept = 0;
    qsort(list->items, list->n, sizeof *list->items, by_station_then_distance);
    for (size_t i = 0; i < list->n; i++)
        if ((i == 0 || list->items[i].station != list->items[i - 1].station) &&
            list->items[i].distance_m * options->detour <= radius_m)
            list->items[kept++] = list->items[i];
    list->n = kept;
    qsort(list->items, list->n, sizeof *list->items, by_distance);
    return OM_OK;
}

static om_status check(om_context *ctx, double lon, double lat, const struct geo_access_options *options)
{
    if (!isfinite(lon) || !isfinite(lat) || fabs(lat) > 90)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "no longitude and latitude in degrees: %g, %g", lon, lat);
    if (!(options->radius_m >= 0) || !(options->fallback_radius_m >= 0) || !(options->detour > 0) ||
        !(options->speed_km_h > 0))
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       "walking needs a radius of 0 or more, and a detour and speed above 0");
    return OM_OK;
}

om_status geo_access_find(om_context *ctx, const geo_timetable *timetable, double lon, double lat,
                          const struct geo_access_options *options, struct geo_access **access,
                          size_t *n_access, enum geo_access_kind *kind)
{
    struct near_list near = {.timetable = timetable};
    enum geo_access_kind found = GEO_ACCESS_WALKING;
    struct geo_access *result = NULL;
    om_status status = check(ctx, lon, lat, options);
    if (!status)
        status = find_near(ctx, options, lon, lat, options->radius_m, &near);
    if (!status && near.n == 0) {
        status = find_near(ctx, options, lon, lat, options->fallback_radius_m, &near);
        near.n = near.n > 0;
        found = near.n ? GEO_ACCESS_NEAREST : GEO_ACCESS_NONE;
    }
    if (status)
        goto done;
    result = om_alloc(near.n, sizeof *result);
    if (!result) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t i = 0; i < near.n; i++)
        result[i] =
            (struct geo_access){near.items[i].stop, walk_duration_s(near.items[i].distance_m, options->detour,
                                                                    options->speed_km_h)};
    *access = result;
    *n_access = near.n;
    *kind = found;
done:
    om_free(near.items);
    return status;
}

/* Duplicated stations, stops without service, and speeds that no vehicle reaches. */
#include "feed_internal.h"
#include "feed_report_internal.h"
#include "geo/crs.h"

#include <math.h>
#include <stdlib.h>

#define DUPLICATE_M 150.0

enum { MINUTE_S = 60 };

static const char *name_of(const data_feed *feed, uint32_t place)
{
    return feed->names.items + feed->places.items[place].name;
}

/* What a report says of a place; false when memory is out. */
static bool describe(const data_feed *feed, uint32_t place, struct data_feed_place *out)
{
    *out = (struct data_feed_place){feed_place_id(feed, place), name_of(feed, place)};
    return out->id != NULL;
}

/* ---- duplicated stations ---- */

struct named {
    const char *name;
    double lat;
    uint32_t place;
};

static int by_name_and_latitude(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    if (order)
        return order;
    if (x->lat < y->lat || x->lat > y->lat)
        return x->lat < y->lat ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static om_status add_duplicate(om_context *ctx, const data_feed *feed, uint32_t a, uint32_t b, double apart_m,
                               size_t *capacity, struct data_feed_report *report)
{
    struct data_feed_duplicate *grown =
        om_grow(report->duplicates, capacity, report->n_duplicates + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    report->duplicates = grown;
    struct data_feed_duplicate *added = &grown[report->n_duplicates++];
    *added = (struct data_feed_duplicate){.distance_m = apart_m};
    if (!describe(feed, a, &added->a) || !describe(feed, b, &added->b))
        return om_no_memory(ctx);
    om_find(ctx, "duplicate_station", om_tr("%s: the stations %s and %s are %.0f m apart"), added->a.name,
            added->a.id, added->b.id, apart_m);
    return OM_OK;
}

static om_status find_pairs(om_context *ctx, const data_feed *feed, const struct named *stations, size_t n,
                            struct data_feed_report *report)
{
    const double degrees = DUPLICATE_M / 110000; /* of latitude; no degree is shorter */
    size_t capacity = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && strcmp(stations[i].name, stations[k].name) == 0 &&
                               stations[k].lat - stations[i].lat <= degrees;
             k++) {
            const struct feed_place *a = &feed->places.items[stations[i].place];
            const struct feed_place *b = &feed->places.items[stations[k].place];
            double apart_m = geo_distance_m(a->lon, a->lat, b->lon, b->lat);
            om_status status = apart_m <= DUPLICATE_M
                                   ? add_duplicate(ctx, feed, stations[i].place, stations[k].place, apart_m,
                                                   &capacity, report)
                                   : OM_OK;
            if (status)
                return status;
        }
    return OM_OK;
}

om_status feed_report_duplicates(om_context *ctx, const data_feed *feed, struct data_feed_report *report)
{
    size_t n = 0;
    struct named *stations = om_alloc(feed->places.n, sizeof *stations);
    if (!stations)
        return om_no_memory(ctx);
    for (uint32_t i = 0; i < feed->places.n; i++) {
        const struct feed_place *place = &feed->places.items[i];
        if (place->location_type == FEED_LOCATION_STATION && !isnan(place->lat) && *name_of(feed, i))
            stations[n++] = (struct named){name_of(feed, i), place->lat, i};
    }
    qsort(stations, n, sizeof *stations, by_name_and_latitude);
    om_status status = find_pairs(ctx, feed, stations, n, report);
    om_free(stations);
    return status;
}

/* ---- stops without service ---- */

static om_status add_unserved(om_context *ctx, const data_feed *feed, uint32_t place, size_t *capacity,
                              struct data_feed_report *report)
{
    struct data_feed_place *grown =
        om_grow(report->unserved, capacity, report->n_unserved + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    report->unserved = grown;
    struct data_feed_place *added = &grown[report->n_unserved++];
    if (!describe(feed, place, added))
        return om_no_memory(ctx);
    om_find(ctx, "stop_without_stop_time", om_tr("no trip calls at stop \"%s\" (%s)"), added->id,
            added->name);
    return OM_OK;
}

om_status feed_report_unserved(om_context *ctx, const data_feed *feed, struct data_feed_report *report)
{
    size_t capacity = 0;
    om_status status = OM_OK;
    unsigned char *is_served = om_alloc(feed->stops.n, 1);
    if (!is_served)
        return om_no_memory(ctx);
    for (size_t i = 0; i < feed->calls.n; i++)
        is_served[feed->calls.items[i].stop] = 1;
    for (uint32_t i = 0; i < feed->places.n && status == OM_OK; i++) {
        const struct feed_place *place = &feed->places.items[i];
        if (place->location_type == FEED_LOCATION_STOP && !is_served[place->stop])
            status = add_unserved(ctx, feed, i, &capacity, report);
    }
    om_free(is_served);
    return status;
}

/* ---- speeds ---- */

/* The public GTFS validator's limits for neighbouring stops; it has none for what is not listed but 200. */
static double fastest_km_h(int mode)
{
    static const struct {
        int mode;
        double km_h;
    } limits[] = {{0, 100}, {1, 150}, {2, 500},  {3, 150},  {4, 80},     {5, 30},
                  {6, 50},  {7, 50},  {11, 150}, {12, 150}, {1100, 1200}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (limits[i].mode == mode)
            return limits[i].km_h;
    return 200;
}

struct ride {
    uint32_t from, to; /* stops */
    int mode;
    double distance_m, speed_km_h;
};

struct rides {
    FEED_ARRAY(struct ride) list;
};

/* Times of whole minutes may stand for up to a minute more. */
static double ride_s(const struct geo_call *from, const struct geo_call *to)
{
    int32_t time_s = to->arrival_s - from->departure_s;
    bool is_rounded = to->arrival_s % MINUTE_S == 0 && from->departure_s % MINUTE_S == 0;
    return is_rounded ? time_s + MINUTE_S : time_s > 0 ? time_s : 1;
}

static bool look_at_trip(const data_feed *feed, const struct feed_trip *trip, struct rides *rides)
{
    const struct geo_call *calls = feed->calls.items + trip->first_call;
    int mode = data_feed_basic_mode(feed->routes.items[trip->route].type);
    double limit_km_h = fastest_km_h(mode);
    for (uint32_t i = 1; i < trip->n_calls; i++) {
        const struct geo_stop *from = &feed->stops.items[calls[i - 1].stop];
        const struct geo_stop *to = &feed->stops.items[calls[i].stop];
        double apart_m = geo_distance_m(from->lon, from->lat, to->lon, to->lat);
        double speed_km_h = apart_m / ride_s(&calls[i - 1], &calls[i]) * 3.6;
        if (isnan(speed_km_h) || speed_km_h <= limit_km_h)
            continue;
        struct ride *ride = FEED_PUSH(&rides->list);
        if (!ride)
            return false;
        *ride = (struct ride){calls[i - 1].stop, calls[i].stop, mode, apart_m, speed_km_h};
    }
    return true;
}

static int by_ends(const void *a, const void *b)
{
    const struct ride *x = a, *y = b;
    if (x->mode != y->mode)
        return x->mode < y->mode ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->speed_km_h > y->speed_km_h ? -1 : x->speed_km_h < y->speed_km_h;
}

static int fastest_first(const void *a, const void *b)
{
    const struct data_feed_fast *x = a, *y = b;
    if (x->speed_km_h < y->speed_km_h || x->speed_km_h > y->speed_km_h)
        return x->speed_km_h > y->speed_km_h ? -1 : 1;
    int order = strcmp(x->from.id, y->from.id);
    return order ? order : strcmp(x->to.id, y->to.id);
}

static om_status add_fast(om_context *ctx, const data_feed *feed, const struct ride *ride, size_t *capacity,
                          struct data_feed_report *report)
{
    struct data_feed_fast *grown = om_grow(report->fast, capacity, report->n_fast + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    report->fast = grown;
    struct data_feed_fast *added = &grown[report->n_fast++];
    *added = (struct data_feed_fast){
        .mode = ride->mode, .distance_m = ride->distance_m, .speed_km_h = ride->speed_km_h};
    if (!describe(feed, feed->place_of_stop.items[ride->from], &added->from) ||
        !describe(feed, feed->place_of_stop.items[ride->to], &added->to))
        return om_no_memory(ctx);
    return OM_OK;
}

static om_status merge_rides(om_context *ctx, const data_feed *feed, struct rides *rides,
                             struct data_feed_report *report)
{
    size_t capacity = 0;
    om_status status = OM_OK;
    if (rides->list.n == 0)
        return OM_OK;
    qsort(rides->list.items, rides->list.n, sizeof *rides->list.items, by_ends);
    for (size_t i = 0; i < rides->list.n && status == OM_OK; i++) {
        const struct ride *ride = &rides->list.items[i];
        bool is_new =
            i == 0 || ride->mode != ride[-1].mode || ride->from != ride[-1].from || ride->to != ride[-1].to;
        if (is_new)
            status = add_fast(ctx, feed, ride, &capacity, report);
        if (status == OM_OK)
            report->fast[report->n_fast - 1].trips++;
    }
    if (status)
        return status;
    qsort(report->fast, report->n_fast, sizeof *report->fast, fastest_first);
    for (size_t i = 0; i < report->n_fast; i++) {
        const struct data_feed_fast *fast = &report->fast[i];
        om_find(ctx, "fast_travel_between_consecutive_stops", om_tr("%s: %.1f km from %s to %s at %.0f km/h"),
                data_mode_name(fast->mode), fast->distance_m / 1000, fast->from.name, fast->to.name,
                fast->speed_km_h);
    }
    return OM_OK;
}

om_status feed_report_speeds(om_context *ctx, const data_feed *feed, struct data_feed_report *report)
{
    struct rides rides = {0};
    om_status status = OM_OK;
    for (size_t i = 0; i < feed->trips.n && status == OM_OK; i++)
        if (!look_at_trip(feed, &feed->trips.items[i], &rides))
            status = om_no_memory(ctx);
    if (status == OM_OK)
        status = merge_rides(ctx, feed, &rides, report);
    om_free(rides.list.items);
    return status;
}

/*
 * The trips of one service date, and those of other service days that are under way in its 24 hours, as the
 * router takes them. These are after-midnight trips of the days before; where time zones differ or the clocks
 * change, the service day after begins within the 24 hours too.
 */
#include "feed_cache.h"
#include "feed_internal.h"

enum { MOST_TRIPS = 10 * 1000 * 1000 };

/* Whether a run of another service day is under way in the 24 hours of the service date. */
static bool is_under_way(const data_feed *feed, const struct feed_trip *trip, int32_t shift_s)
{
    const struct geo_call *calls = feed->calls.items + trip->first_call;
    return calls[trip->n_calls - 1].arrival_s + shift_s >= 0 && calls[0].departure_s + shift_s < FEED_DAY_S;
}

static om_status add_run(om_context *ctx, const data_feed *feed, uint32_t label, int32_t shift_s, int16_t day,
                         struct feed_runs *runs)
{
    const struct feed_trip *trip = &feed->trips.items[label];
    if (day != 0 && !is_under_way(feed, trip, shift_s))
        return OM_OK;
    if (runs->n == MOST_TRIPS)
        return om_fail(ctx, OM_BAD_DATA, om_tr("frequencies.txt gives more than %d runs on one date"),
                       (int)MOST_TRIPS);
    struct geo_trip *run = FEED_PUSH(runs);
    if (!run)
        return om_no_memory(ctx);
    *run = (struct geo_trip){.first_call = trip->first_call,
                             .n_calls = trip->n_calls,
                             .shift_s = shift_s,
                             .label = label,
                             .route = trip->route,
                             .service_day = day,
                             .on_demand = trip->on_demand};
    return OM_OK;
}

static om_status add_trip(om_context *ctx, const data_feed *feed, uint32_t label, int32_t day_shift_s,
                          int16_t day, struct feed_runs *runs)
{
    const struct feed_trip *trip = &feed->trips.items[label];
    om_status status = OM_OK;
    if (trip->n_frequencies == 0)
        return add_run(ctx, feed, label, day_shift_s, day, runs);
    int32_t first_s = feed->calls.items[trip->first_call].departure_s;
    for (uint32_t i = 0; i < trip->n_frequencies; i++) {
        const struct feed_frequency *frequency = &feed->frequencies.items[trip->first_frequency + i];
        for (int64_t start_s = frequency->start_s; start_s < frequency->end_s && status == OM_OK;
             start_s += frequency->headway_s)
            status = add_run(ctx, feed, label, (int32_t)start_s - first_s + day_shift_s, day, runs);
    }
    return status;
}

/*
 * When each zone's service day begins, after the first zone's service date does. A service day begins at noon
 * minus 12 h, so that the day before is 23 or 25 hours earlier where the clocks change in between.
 */
static int32_t *day_shifts(const data_feed *feed, int32_t date_day, int16_t offset)
{
    int32_t *shifts_s = om_alloc(feed->zones.n + 1, sizeof *shifts_s);
    if (!shifts_s)
        return NULL;
    shifts_s[0] = offset * FEED_DAY_S;
    const struct feed_zone *zones = feed->zones.items;
    for (size_t i = 0; i < feed->zones.n; i++)
        shifts_s[i] = offset * FEED_DAY_S + time_zone_offset_at_noon_s(zones[0].zone, date_day) -
                      time_zone_offset_at_noon_s(zones[i].zone, date_day + offset);
    return shifts_s;
}

static bool is_wanted(const data_feed *feed, const struct feed_trip *trip,
                      const struct data_feed_options *options)
{
    if (trip->n_calls < 2 || (options->without_on_demand && trip->on_demand))
        return false;
    int mode = data_feed_basic_mode(feed->routes.items[trip->route].type);
    for (size_t i = 0; i < options->n_modes; i++)
        if (options->modes[i] == mode)
            return true;
    return options->n_modes == 0;
}

/* Whether any trip of a service day may be under way in the 24 hours, by when the day begins in each zone. */
static bool reaches_date(const data_feed *feed, const int32_t *shifts_s)
{
    for (size_t i = 0; i == 0 || i < feed->zones.n; i++)
        if (shifts_s[i] < FEED_DAY_S && shifts_s[i] + feed->latest_s >= 0)
            return true;
    return false;
}

static om_status add_day(om_context *ctx, const data_feed *feed, int32_t date_day, int16_t offset,
                         const struct data_feed_options *options, struct feed_runs *runs)
{
    om_status status = OM_OK;
    unsigned char *is_running = om_alloc(feed->services.n, 1);
    int32_t *shifts_s = day_shifts(feed, date_day, offset);
    if (!is_running || !shifts_s) {
        status = om_no_memory(ctx);
        goto done;
    }
    if (offset != 0 && !reaches_date(feed, shifts_s))
        goto done;
    for (size_t i = 0; i < feed->services.n; i++)
        is_running[i] = feed_service_runs(feed, (uint32_t)i, date_day + offset);
    for (size_t i = 0; i < feed->trips.n && status == OM_OK; i++) {
        const struct feed_trip *trip = &feed->trips.items[i];
        if (is_running[trip->service] && is_wanted(feed, trip, options))
            status = add_trip(ctx, feed, (uint32_t)i, shifts_s[feed->routes.items[trip->route].zone], offset,
                              runs);
    }
done:
    om_free(is_running);
    om_free(shifts_s);
    return status;
}

static om_status check_date(om_context *ctx, const data_feed *feed, int32_t *date)
{
    const struct data_feed_validity *validity = &feed->validity;
    if (validity->first_date == 0)
        return om_fail(ctx, OM_BAD_DATA, om_tr("%s: no trip runs on any date"), feed->parts[0].path);
    if (*date == 0)
        *date = validity->busiest_weekday;
    if (!feed_date_is_valid(*date))
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("%d is not a date (YYYYMMDD)"), (int)*date);
    if (*date >= validity->first_date && *date <= validity->last_date)
        return OM_OK;
    char asked[11], first[11], last[11], busiest[11];
    data_date_format(*date, asked);
    data_date_format(validity->first_date, first);
    data_date_format(validity->last_date, last);
    data_date_format(validity->busiest_weekday, busiest);
    return om_fail(ctx, OM_BAD_DATA,
                   om_tr("%s is outside the timetable, which is valid from %s to %s; the busiest ordinary "
                         "weekday in it is %s"),
                   asked, first, last, busiest);
}

int16_t feed_days_back(const data_feed *feed)
{
    return (int16_t)(feed->latest_s / FEED_DAY_S + FEED_ZONE_DAYS);
}

om_status feed_runs_on(om_context *ctx, const data_feed *feed, int32_t date,
                       const struct data_feed_options *options, struct feed_runs *runs)
{
    om_status status = check_date(ctx, feed, &date);
    for (int16_t offset = (int16_t)-feed_days_back(feed); offset <= FEED_ZONE_DAYS && status == OM_OK;
         offset++)
        status = add_day(ctx, feed, feed_day_of(date), offset, options, runs);
    return status;
}

static om_status build_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                                 const struct data_feed_options *options, geo_timetable **out)
{
    struct feed_runs runs = {0};
    struct feed_joined joined = {0};
    om_status status = feed_runs_on(ctx, feed, date, options, &runs);
    if (status == OM_OK)
        status = feed_join_runs(ctx, feed, &runs, &joined);
    if (status == OM_OK) {
        bool is_joined = joined.calls.n > 0;
        struct geo_timetable_input input = {
            .n_stops = feed->stops.n,
            .n_stations = feed->n_stations,
            .n_calls = is_joined ? joined.calls.n : feed->calls.n,
            .n_trips = runs.n,
            .n_transfers = joined.transfers.n ? joined.transfers.n : feed->transfers.n,
            .stops = feed->stops.items,
            .calls = is_joined ? joined.calls.items : feed->calls.items,
            .trips = runs.items,
            .transfers = joined.transfers.n ? joined.transfers.items : feed->transfers.items};
        status = geo_timetable_new(ctx, &input, &options->timetable, out);
    }
    om_free(runs.items);
    feed_joined_done(&joined);
    return status;
}

om_status data_feed_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                              const struct data_feed_options *options, geo_timetable **out)
{
    om_status status = check_date(ctx, feed, &date);
    return status ? status : feed_cache_timetable(ctx, feed, date, options, build_timetable, out);
}

size_t data_feed_on_demand_trips_on(const data_feed *feed, int32_t date)
{
    size_t n = 0;
    if (!feed_date_is_valid(date))
        return 0;
    for (size_t i = 0; i < feed->trips.n; i++)
        if (feed->trips.items[i].on_demand &&
            feed_service_runs(feed, feed->trips.items[i].service, feed_day_of(date)))
            n += feed_trip_runs(feed, &feed->trips.items[i]);
    return n;
}

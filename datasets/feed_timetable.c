/* The trips of one date, and those of the date before that are still under way, as the router takes them. */
#include "feed_internal.h"

enum { MOST_TRIPS = 10 * 1000 * 1000 };

/* Adds a run unless it has ended before the service date begins. */
static om_status add_run(om_context *ctx, const data_feed *feed, uint32_t label, int32_t shift_s, int16_t day,
                         struct feed_runs *runs)
{
    const struct feed_trip *trip = &feed->trips.items[label];
    shift_s += day * FEED_DAY_S;
    if (day < 0 && feed->calls.items[trip->first_call + trip->n_calls - 1].arrival_s + shift_s < 0)
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

static om_status add_trip(om_context *ctx, const data_feed *feed, uint32_t label, int16_t day,
                          struct feed_runs *runs)
{
    const struct feed_trip *trip = &feed->trips.items[label];
    om_status status = OM_OK;
    if (trip->n_frequencies == 0)
        return add_run(ctx, feed, label, 0, day, runs);
    int32_t first_s = feed->calls.items[trip->first_call].departure_s;
    for (uint32_t i = 0; i < trip->n_frequencies; i++) {
        const struct feed_frequency *frequency = &feed->frequencies.items[trip->first_frequency + i];
        for (int64_t start_s = frequency->start_s; start_s < frequency->end_s && status == OM_OK;
             start_s += frequency->headway_s)
            status = add_run(ctx, feed, label, (int32_t)start_s - first_s, day, runs);
    }
    return status;
}

static om_status add_day(om_context *ctx, const data_feed *feed, int32_t date_day, int16_t offset,
                         bool without_on_demand, struct feed_runs *runs)
{
    om_status status = OM_OK;
    unsigned char *is_running = om_alloc(feed->services.n, 1);
    if (!is_running)
        return om_no_memory(ctx);
    for (size_t i = 0; i < feed->services.n; i++)
        is_running[i] = feed_service_runs(feed, (uint32_t)i, date_day + offset);
    for (size_t i = 0; i < feed->trips.n && status == OM_OK; i++) {
        const struct feed_trip *trip = &feed->trips.items[i];
        if (is_running[trip->service] && trip->n_calls > 1 && !(without_on_demand && trip->on_demand))
            status = add_trip(ctx, feed, (uint32_t)i, offset, runs);
    }
    om_free(is_running);
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

om_status feed_runs_on(om_context *ctx, const data_feed *feed, int32_t date, bool without_on_demand,
                       struct feed_runs *runs)
{
    om_status status = check_date(ctx, feed, &date);
    if (status == OM_OK)
        status = add_day(ctx, feed, feed_day_of(date), -1, without_on_demand, runs);
    if (status == OM_OK)
        status = add_day(ctx, feed, feed_day_of(date), 0, without_on_demand, runs);
    return status;
}

om_status data_feed_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                              const struct data_feed_options *options, geo_timetable **out)
{
    struct feed_runs runs = {0};
    om_status status = feed_runs_on(ctx, feed, date, options->without_on_demand, &runs);
    if (status == OM_OK) {
        struct geo_timetable_input input = {.n_stops = feed->stops.n,
                                            .n_stations = feed->n_stations,
                                            .n_calls = feed->calls.n,
                                            .n_trips = runs.n,
                                            .n_transfers = feed->transfers.n,
                                            .stops = feed->stops.items,
                                            .calls = feed->calls.items,
                                            .trips = runs.items,
                                            .transfers = feed->transfers.items};
        status = geo_timetable_new(ctx, &input, &options->timetable, out);
    }
    om_free(runs.items);
    return status;
}

/* Feeds that have nothing to offer at the time of day that is asked about. */
#include "feed_internal.h"

static const struct geo_call *calls_of(const data_feed *feed, const struct geo_trip *run)
{
    return feed->calls.items + run->first_call;
}

static bool is_under_way(const data_feed *feed, const struct geo_trip *run, int32_t from_s, int32_t until_s)
{
    const struct geo_call *calls = calls_of(feed, run);
    return calls[0].departure_s + run->shift_s < until_s &&
           calls[run->n_calls - 1].arrival_s + run->shift_s >= from_s;
}

/* Parts lie in order of their places. */
static size_t part_of(const data_feed *feed, const struct geo_trip *run)
{
    uint32_t place = feed->place_of_stop.items[calls_of(feed, run)->stop];
    size_t part = 0;
    while (part + 1 < feed->n_parts && feed->parts[part + 1].first_place <= place)
        part++;
    return part;
}

static void name_part(om_context *ctx, const struct feed_part *part, int32_t date, int32_t from_s,
                      int32_t until_s)
{
    char text[11];
    data_date_format(date, text);
    om_find(ctx, "feed_without_trips",
            om_tr("%s: no trip is under way between %02d:%02d and %02d:%02d on %s"), part->path,
            (int)(from_s / 3600), (int)(from_s / 60 % 60), (int)(until_s / 3600), (int)(until_s / 60 % 60),
            text);
}

om_status data_feed_check_window(om_context *ctx, const data_feed *feed, int32_t date,
                                 const struct data_feed_options *options, int32_t from_s, int32_t until_s)
{
    struct feed_runs runs = {0};
    bool *has_trips = om_alloc(feed->n_parts, sizeof *has_trips);
    om_status status = has_trips ? feed_runs_on(ctx, feed, date, options, &runs) : om_no_memory(ctx);
    for (size_t i = 0; i < runs.n && status == OM_OK; i++)
        if (is_under_way(feed, &runs.items[i], from_s, until_s))
            has_trips[part_of(feed, &runs.items[i])] = true;
    for (size_t i = 0; i < feed->n_parts && status == OM_OK; i++)
        if (!has_trips[i])
            name_part(ctx, &feed->parts[i], date, from_s, until_s);
    om_free(runs.items);
    om_free(has_trips);
    return status;
}

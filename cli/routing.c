#include "routing.h"

#include "ranks.h"

#include "datasets/sweden.h"
#include "geo/memory.h"

#include <string.h>
#include <time.h>

#define BUNDLED_PATH "/vsimem/omland/bundled.zip"

const char *routing_fault(const struct routing *routing)
{
    if (routing->until_s <= routing->from_s)
        return om_tr("until must be later than from");
    if (routing->date && routing->weekday)
        return om_tr("either a date or a weekday, not both");
    return NULL;
}

/* 1 = Monday … 7 = Sunday, as in routing_weekdays. */
static int weekday_of(const struct tm *day)
{
    return day->tm_wday == 0 ? 7 : day->tm_wday;
}

/* The day with most trips among those of the weekday, the first of equals; 0 when none has any. */
static int32_t busiest(const data_feed *feed, int weekday, size_t *trips)
{
    struct data_feed_validity validity;
    data_feed_validity(feed, &validity);
    int32_t date = validity.first_date, best = 0;
    *trips = 0;
    struct tm day = {.tm_year = date / 10000 - 1900, .tm_mon = date / 100 % 100 - 1, .tm_mday = date % 100};
    while (date && date <= validity.last_date) {
        time_t moment = timegm(&day); /* also completes the day of the week */
        size_t n = weekday_of(&day) == weekday ? data_feed_trips_on(feed, date) : 0;
        if (n > *trips) {
            *trips = n;
            best = date;
        }
        moment += 86400;
        gmtime_r(&moment, &day);
        date = (int32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
    }
    return best;
}

static om_status choose_date(struct cli *cli, const struct routing *routing, const data_feed *feed,
                             struct routing_service *service)
{
    if (routing->date) {
        snprintf(service->date_text, sizeof service->date_text, "%s", routing->date);
        return data_date_parse(&cli->ctx, routing->date, &service->date);
    }
    struct data_feed_validity validity;
    data_feed_validity(feed, &validity);
    if (routing->weekday == 0) {
        service->date = validity.busiest_weekday;
        data_date_format(service->date, service->date_text);
        cli_note(cli, om_tr("service date %s, the busiest weekday of the timetable (%zu trips)"),
                 service->date_text, validity.busiest_trips);
        return OM_OK;
    }
    size_t trips = 0;
    const char *weekday = routing_weekdays[routing->weekday];
    if ((service->date = busiest(feed, routing->weekday, &trips)) == 0)
        return om_fail(&cli->ctx, OM_BAD_DATA, om_tr("no trip of the timetable runs on a %s"), weekday);
    data_date_format(service->date, service->date_text);
    cli_note(cli, om_tr("service date %s, the busiest %s of the timetable (%zu trips)"), service->date_text,
             weekday, trips);
    return OM_OK;
}

/* "rail,bus" */
static om_status read_modes(om_context *ctx, const char *text, int modes[ROUTING_MOST_MODES], size_t *n)
{
    *n = 0;
    while (text && *text) {
        char word[32];
        size_t length = strcspn(text, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        om_status status = *n == ROUTING_MOST_MODES ? om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                                                              om_tr("these are too many means of transport"))
                                                    : data_mode_parse(ctx, word, &modes[*n]);
        if (status != OM_OK)
            return status;
        ++*n;
        text += length + (text[length] == ',');
    }
    return OM_OK;
}

/* How much of the timetable is left, where that is not all of it; and what must be booked. */
static void tell_choice(const struct cli *cli, const struct routing *routing, const data_feed *feed,
                        int32_t date)
{
    size_t on_demand = data_feed_on_demand_trips_on(feed, date);
    if (on_demand && routing->no_on_demand)
        cli_note(cli, om_tr("trips that must be booked are left out: %zu"), on_demand);
    else if (on_demand)
        cli_note(cli, om_tr("trips that must be booked are included: %zu (--no-on-demand leaves them out)"),
                 on_demand);
}

om_status routing_choose_service(struct cli *cli, const struct routing *routing, const data_feed *feed,
                                 struct routing_service *out)
{
    out->options = (struct data_feed_options){
        .without_on_demand = routing->no_on_demand,
        .modes = out->modes,
        .timetable = {.transfers = (enum geo_transfer_rules)routing->transfers,
                      .min_transfer_s = routing->min_transfer_s,
                      .walking = {routing->walk_m, routing->detour, routing->walk_km_h}},
    };
    om_status status = read_modes(&cli->ctx, routing->modes, out->modes, &out->options.n_modes);
    if (status == OM_OK)
        status = choose_date(cli, routing, feed, out);
    if (status == OM_OK)
        tell_choice(cli, routing, feed, out->date);
    return status;
}

/* With one feed, a look at the timetable tells; with several, each must have something to offer. */
static om_status check_window(struct cli *cli, const struct routing *routing, const data_feed *feed,
                              const struct routing_service *service, const geo_timetable *timetable)
{
    if (data_feed_count(feed) == 1 && geo_timetable_is_running(timetable, routing->from_s, routing->until_s))
        return OM_OK;
    return data_feed_check_window(&cli->ctx, feed, service->date, &service->options, routing->from_s,
                                  routing->until_s);
}

static om_status make_timetable(struct cli *cli, const struct routing *routing, const data_feed *feed,
                                struct routed *routed)
{
    struct routing_service service = {0};
    om_status status = routing_choose_service(cli, routing, feed, &service);
    if (status != OM_OK)
        return status;
    memcpy(routed->date, service.date_text, sizeof routed->date);
    service.options.timetable.is_mirrored = routed->from_destinations;
    status = data_feed_timetable(&cli->ctx, feed, service.date, &service.options, &routed->timetable);
    if (status == OM_OK)
        status = check_window(cli, routing, feed, &service, routed->timetable);
    if (status != OM_OK || geo_timetable_on_demand_trips(routed->timetable) == 0)
        return status;
    service.options.without_on_demand = true;
    return data_feed_timetable(&cli->ctx, feed, service.date, &service.options, &routed->without_on_demand);
}

struct geo_access_options routing_access_options(const struct routing *routing)
{
    return (struct geo_access_options){.radius_m = routing->walk_m,
                                       .fallback_radius_m = 3000,
                                       .detour = routing->detour,
                                       .speed_km_h = routing->walk_km_h};
}

static om_status find_access(struct cli *cli, const struct routing *routing, const data_feed *feed,
                             const struct data_point *points, struct routed *routed)
{
    const struct geo_access_options options = routing_access_options(routing);
    return data_points_access(&cli->ctx, feed, routed->timetable, points, routed->n, &options,
                              &routed->access, routed->has_service);
}

om_status routing_open_feeds(om_context *ctx, const char *cache, const char *const *feeds, size_t n,
                             data_feed **out)
{
    const char **paths = om_alloc(n, sizeof *paths);
    if (!paths)
        return om_no_memory(ctx);
    om_status status = OM_OK;
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        bool bundled = strcmp(feeds[i], ROUTING_BUNDLED) == 0;
        paths[i] = bundled ? BUNDLED_PATH : feeds[i];
        if (bundled)
            status = data_sweden_write_feed(ctx, BUNDLED_PATH);
    }
    if (status == OM_OK)
        status =
            cache ? data_feed_open_cached(ctx, cache, paths, n, out) : data_feed_open(ctx, paths, n, out);
    om_free(paths);
    return status;
}

/* The destination that is the same place: it is zero minutes away, not a walk to a stop and back. */
static void find_same(const struct routing_points *of, uint32_t *same)
{
    for (size_t i = 0; i < of->n; i++) {
        same[i] = i < of->n_destinations ? (uint32_t)i : GEO_ANY;
        const double *at = of->points[i].lon_lat;
        for (size_t k = 0; k < of->n_destinations && same[i] == GEO_ANY; k++)
            if (at[0] == of->points[k].lon_lat[0] && at[1] == of->points[k].lon_lat[1])
                same[i] = (uint32_t)k;
    }
}

/* What the ranks share: the side that is searched from. */
static void share(const struct routed *routed, size_t *first, size_t *own)
{
    ranks_share(routed->from_destinations ? routed->n_destinations : routed->n, first, own);
}

/* This rank's share of the rectangle; `same` is made to fit it. */
static struct geo_rectangle rectangle_of(const struct routed *routed, uint32_t *same)
{
    size_t first, own;
    share(routed, &first, &own);
    if (!routed->from_destinations)
        return (struct geo_rectangle){own, routed->access + first, routed->n_destinations, routed->access,
                                      same + first};
    for (size_t i = 0; i < routed->n; i++)
        same[i] = same[i] != GEO_ANY && same[i] - first < own ? same[i] - (uint32_t)first : GEO_ANY;
    return (struct geo_rectangle){routed->n, routed->access, own, routed->access + first, same};
}

static om_status compute(struct cli *cli, const struct routing *routing, const struct routing_points *points,
                         uint32_t *same, struct routed *routed)
{
    const struct geo_matrix_options options = {
        .window = {routing->from_s, routing->until_s},
        .arrive_by = routing->arrive_by,
        .max_transfers = routing->max_transfers,
        .limit_s = 60 * routing->limit_min,
        .threads = routing->threads,
        .on_journeys = points->journeys ? data_journeys_add : NULL,
        .user = points->journeys,
        .without_on_demand = routed->without_on_demand,
    };
    const struct geo_rectangle between = rectangle_of(routed, same);
    return geo_travel_time_rectangle(&cli->ctx, routed->timetable, &between, &options, routed->times);
}

/* For all pairs on the first rank, for its share on another. */
static om_status reserve(struct cli *cli, struct routed *routed)
{
    size_t first, own, n_pairs = routed->n * routed->n_destinations;
    share(routed, &first, &own);
    if (!ranks_is_first())
        n_pairs = own * (routed->from_destinations ? routed->n : routed->n_destinations);
    routed->times = om_alloc(n_pairs, sizeof *routed->times);
    routed->has_service = om_alloc(routed->n, 1);
    return routed->times && routed->has_service ? OM_OK : om_no_memory(&cli->ctx);
}

static void gather(const struct routed *routed)
{
    size_t pair = sizeof *routed->times;
    if (routed->from_destinations)
        ranks_gather(routed->times, routed->n, routed->n_destinations, pair);
    else
        ranks_gather(routed->times, 1, routed->n, routed->n_destinations * pair);
}

om_status routing_run(struct cli *cli, const struct routing *routing, const data_feed *feed,
                      const struct routing_points *points, struct routed *out)
{
    struct routed routed = {
        .n = points->n,
        .n_destinations = points->n_destinations,
        .from_destinations =
            geo_travel_time_wants_mirror(points->n, points->n_destinations, routing->arrive_by),
    };
    uint32_t *same = om_alloc(points->n, sizeof *same);
    om_status status = same ? reserve(cli, &routed) : om_no_memory(&cli->ctx);
    if (status == OM_OK) {
        find_same(points, same);
        status = make_timetable(cli, routing, feed, &routed);
    }
    if (status == OM_OK)
        status = find_access(cli, routing, feed, points->points, &routed);
    if (status == OM_OK)
        status = compute(cli, routing, points, same, &routed);
    om_free(same);
    status = ranks_agree(&cli->ctx, status);
    if (status == OM_OK) {
        gather(&routed);
        *out = routed;
        routed = (struct routed){0};
    }
    routed_done(&routed);
    return status;
}

void routed_done(struct routed *routed)
{
    data_access_free(routed->access, routed->n);
    geo_timetable_free(routed->timetable);
    geo_timetable_free(routed->without_on_demand);
    om_free(routed->has_service);
    om_free(routed->times);
    *routed = (struct routed){0};
}

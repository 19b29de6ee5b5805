#include "routing.h"

#include "datasets/sweden.h"
#include "geo/memory.h"

#include <math.h>
#include <string.h>

#define BUNDLED_PATH "/vsimem/omland/bundled.zip"

static om_status choose_date(struct cli *cli, const struct routing *routing, const data_feed *feed,
                             struct routed *routed, int32_t *date)
{
    if (routing->date) {
        snprintf(routed->date, sizeof routed->date, "%s", routing->date);
        return data_date_parse(&cli->ctx, routing->date, date);
    }
    struct data_feed_validity validity;
    data_feed_validity(feed, &validity);
    *date = validity.busiest_weekday;
    data_date_format(*date, routed->date);
    cli_note(cli, om_tr("service date %s, the busiest weekday of the timetable (%zu trips)"), routed->date,
             validity.busiest_trips);
    return OM_OK;
}

enum { MOST_MODES = 16 };

/* "rail,bus" */
static om_status read_modes(struct cli *cli, const char *text, int modes[MOST_MODES], size_t *n)
{
    *n = 0;
    while (text && *text) {
        char word[32];
        size_t length = strcspn(text, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        om_status status = *n == MOST_MODES ? om_fail(&cli->ctx, OM_INVALID_ARGUMENT, "%s",
                                                      om_tr("--modes names too many means of transport"))
                                            : data_mode_parse(&cli->ctx, word, &modes[*n]);
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

static om_status make_timetable(struct cli *cli, const struct routing *routing, struct routed *routed)
{
    int32_t date = 0;
    int modes[MOST_MODES];
    size_t n_modes = 0;
    om_status status = read_modes(cli, routing->modes, modes, &n_modes);
    if (status == OM_OK)
        status = choose_date(cli, routing, routed->feed, routed, &date);
    if (status != OM_OK)
        return status;
    tell_choice(cli, routing, routed->feed, date);
    const struct data_feed_options options = {
        .without_on_demand = routing->no_on_demand,
        .modes = modes,
        .n_modes = n_modes,
        .timetable = {.transfers = (enum geo_transfer_rules)routing->transfers,
                      .min_transfer_s = routing->min_transfer_s,
                      .walking = {routing->walk_m, routing->detour, routing->walk_km_h}},
    };
    return data_feed_timetable(&cli->ctx, routed->feed, date, &options, &routed->timetable);
}

static om_status find_access(struct cli *cli, const struct routing *routing, const struct data_point *points,
                             struct routed *routed)
{
    const struct geo_access_options options = {.radius_m = routing->walk_m,
                                               .fallback_radius_m = 3000,
                                               .detour = routing->detour,
                                               .speed_km_h = routing->walk_km_h};
    return data_points_access(&cli->ctx, routed->feed, routed->timetable, points, routed->n, &options,
                              &routed->access, routed->has_service);
}

om_status routing_open_feeds(om_context *ctx, const char *const *feeds, size_t n, data_feed **out)
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
        status = data_feed_open(ctx, paths, n, out);
    om_free(paths);
    return status;
}

om_status routing_run(struct cli *cli, const struct routing *routing, const char *const *feeds,
                      size_t n_feeds, const struct data_point *points, size_t n_points,
                      data_journeys *journeys, struct routed *out)
{
    struct routed routed = {.n = n_points};
    om_status status = OM_OK;
    if (routing->until_s <= routing->from_s)
        return om_fail(&cli->ctx, OM_INVALID_ARGUMENT, "%s", om_tr("--until must be later than --from"));
    routed.times = om_alloc(n_points * n_points, sizeof *routed.times);
    routed.has_service = om_alloc(n_points, 1);
    if (!routed.times || !routed.has_service) {
        status = om_no_memory(&cli->ctx);
        goto done;
    }
    if ((status = routing_open_feeds(&cli->ctx, feeds, n_feeds, &routed.feed)) != OM_OK ||
        (status = make_timetable(cli, routing, &routed)) != OM_OK ||
        (status = find_access(cli, routing, points, &routed)) != OM_OK)
        goto done;
    const struct geo_matrix_options options = {
        .window = {routing->from_s, routing->until_s},
        .max_transfers = routing->max_transfers,
        .limit_s = 60 * routing->limit_min,
        .threads = routing->threads,
        .on_journeys = journeys ? data_journeys_add : NULL,
        .user = journeys,
    };
    status =
        geo_travel_time_matrix(&cli->ctx, routed.timetable, n_points, routed.access, &options, routed.times);
    if (status != OM_OK)
        goto done;
    *out = routed;
    routed = (struct routed){0};
done:
    routed_done(&routed);
    return status;
}

void routed_done(struct routed *routed)
{
    data_access_free(routed->access, routed->n);
    geo_timetable_free(routed->timetable);
    data_feed_free(routed->feed);
    om_free(routed->has_service);
    om_free(routed->times);
    *routed = (struct routed){0};
}

/* From the seats of a project to places that are none, under the conditions of its travel times. */
#include "routing.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

/* What the way there and the way home share. */
struct work {
    data_project *project;
    const struct plan_territory *territory;
    const struct plan_rules *rules;
    struct plan_place *places;
    size_t n_places;
    data_feed *feed;
    double *duration_s; /* [place * n + municipality] */
};

static double seconds(int32_t whole)
{
    return whole == GEO_NO_TIME ? (double)NAN : (double)whole;
}

static double duration_of(const struct geo_travel_time *times, enum plan_statistic statistic)
{
    switch (statistic) {
    case PLAN_STATISTIC_FASTEST:
        return seconds(times->fastest_s);
    case PLAN_STATISTIC_DOOR_P25:
        return times->door_p25_s;
    case PLAN_STATISTIC_DOOR_P50:
        return times->door_p50_s;
    case PLAN_STATISTIC_DOOR_P75:
        return times->door_p75_s;
    default:
        return times->median_journey_s;
    }
}

static struct data_point point_of_seat(const struct plan_municipality *seat)
{
    return (struct data_point){.id = om_format("%s %s", seat->code, seat->name),
                               .stop_id = seat->seat_stops ? om_strdup(seat->seat_stops) : NULL,
                               .lon_lat = {seat->seat_lon_lat[0], seat->seat_lon_lat[1]}};
}

static struct data_point point_of_place(const struct plan_place *place)
{
    return (struct data_point){.id = om_strdup(place->name),
                               .lon_lat = {place->lon_lat[0], place->lon_lat[1]}};
}

/* Destinations come first: the places, or on the way home the seats. */
static om_status make_points(om_context *ctx, const struct work *work, bool is_home, struct data_point **out)
{
    size_t n_seats = work->territory->n, n = n_seats + work->n_places;
    size_t first_place = is_home ? n_seats : 0, first_seat = is_home ? 0 : work->n_places;
    struct data_point *points = om_alloc(n, sizeof *points);
    bool ok = points != NULL;
    for (size_t i = 0; ok && i < work->n_places; i++)
        points[first_place + i] = point_of_place(&work->places[i]);
    for (size_t m = 0; ok && m < n_seats; m++) {
        points[first_seat + m] = point_of_seat(&work->territory->municipalities[m]);
        ok = !work->territory->municipalities[m].seat_stops || points[first_seat + m].stop_id;
    }
    for (size_t i = 0; ok && i < n; i++)
        ok = points[i].id != NULL;
    if (ok)
        *out = points;
    else
        data_points_free(points, points ? n : 0);
    return ok ? OM_OK : om_no_memory(ctx);
}

/* There, what is found; home, the longer of the two, and unreachable when either is. */
static void take_times(const struct work *work, bool is_home, const struct routed *routed)
{
    size_t n = work->territory->n;
    for (size_t i = 0; i < work->n_places; i++)
        for (size_t m = 0; m < n; m++) {
            size_t pair = is_home ? (n + i) * n + m : (work->n_places + m) * work->n_places + i;
            double found_s = duration_of(&routed->times[pair], work->rules->statistic);
            double *duration_s = &work->duration_s[i * n + m];
            if (!is_home || isnan(found_s) || *duration_s < found_s)
                *duration_s = found_s;
        }
}

/* Times from two timetables would not compare. */
static om_status check_feed(struct cli *cli, const struct work *work, const struct data_profile *profile)
{
    char *hashes = routing_feed_hashes(work->feed);
    if (!hashes)
        return om_no_memory(&cli->ctx);
    bool is_same = profile->feed_hashes && strcmp(hashes, profile->feed_hashes) == 0;
    om_free(hashes);
    if (is_same)
        return OM_OK;
    return om_fail(
        &cli->ctx, OM_BAD_DATA,
        om_tr("the travel times \"%s\" were computed from another timetable; name that one with --feed "
              "FEED, or compute them anew with `omland times %s --profile %s`"),
        profile->name, data_project_path(work->project), profile->name);
}

static om_status route(struct cli *cli, const struct work *work, const struct data_profile *profile,
                       bool is_home)
{
    struct routing routing;
    struct data_point *points = NULL;
    struct routed routed = {0};
    size_t n = work->territory->n;
    om_status status = routing_of_profile(&cli->ctx, profile, &routing);
    if (status == OM_OK)
        status = check_feed(cli, work, profile);
    if (status == OM_OK)
        status = make_points(&cli->ctx, work, is_home, &points);
    const struct routing_points between = {points, n + work->n_places, is_home ? n : work->n_places, NULL};
    if (status == OM_OK)
        status = routing_run(cli, &routing, work->feed, &between, &routed);
    if (status == OM_OK)
        take_times(work, is_home, &routed);
    routed_done(&routed);
    data_points_free(points, points ? n + work->n_places : 0);
    return status;
}

/* With the profile that the rules name for the way there or home. */
static om_status route_profile(struct cli *cli, const struct work *work, bool is_home)
{
    struct plan_rules rules = *work->rules;
    struct data_profile *profile = NULL;
    if (is_home)
        memcpy(rules.profile, rules.return_profile, sizeof rules.profile);
    om_status status = data_load_profile(&cli->ctx, work->project, &rules, &profile);
    if (status == OM_OK && !profile)
        status =
            om_fail(&cli->ctx, OM_NOT_FOUND,
                    om_tr("the project has no travel times yet; `omland times %s --feed FEED` computes them"),
                    data_project_path(work->project));
    if (status == OM_OK)
        status = route(cli, work, profile, is_home);
    data_profile_free(profile);
    return status;
}

om_status routing_to_places(struct cli *cli, data_project *project, const struct plan_territory *territory,
                            const struct plan_rules *rules, const struct cli_list *feeds,
                            struct plan_place *places, size_t n_places, double **duration_s)
{
    struct work work = {.project = project,
                        .territory = territory,
                        .rules = rules,
                        .places = places,
                        .n_places = n_places,
                        .duration_s = om_alloc(n_places * territory->n, sizeof *work.duration_s)};
    bool is_synthetic;
    om_status status = work.duration_s ? OM_OK : om_no_memory(&cli->ctx);
    if (status == OM_OK)
        status =
            routing_open_project_feeds(cli, project, NULL, feeds->items, feeds->n, &work.feed, &is_synthetic);
    if (status != OM_OK)
        om_context_add(&cli->ctx, "%s",
                       om_tr("places of one's own need a timetable, which --feed FEED names"));
    if (status == OM_OK)
        status = route_profile(cli, &work, false);
    if (status == OM_OK && *rules->return_profile)
        status = route_profile(cli, &work, true);
    data_feed_free(work.feed);
    if (status != OM_OK) {
        om_free(work.duration_s);
        return status;
    }
    for (size_t i = 0; i < n_places; i++)
        places[i].duration_s = work.duration_s + i * territory->n;
    *duration_s = work.duration_s;
    return OM_OK;
}

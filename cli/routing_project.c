#include "routing.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>
#include <string.h>

/* The feeds of one run: named now, or remembered from the last time with the hash they had then. */
struct feeds {
    struct data_source *sources; /* of the project; names and hashes below point into it */
    size_t n_sources;
    const char **paths;
    const char **hashes; /* NULL where not known */
    size_t n;
    bool is_synthetic;
};

static om_status choose_feeds(struct cli *cli, data_project *project, const char *const *named,
                              size_t n_named, struct feeds *feeds)
{
    om_status status = data_load_sources(&cli->ctx, project, &feeds->sources, &feeds->n_sources);
    if (status != OM_OK)
        return status;
    size_t room = n_named + feeds->n_sources;
    feeds->paths = om_alloc(room, sizeof *feeds->paths);
    feeds->hashes = om_alloc(room, sizeof *feeds->hashes);
    if (!feeds->paths || !feeds->hashes)
        return om_no_memory(&cli->ctx);
    for (; feeds->n < n_named; feeds->n++) {
        feeds->paths[feeds->n] = named[feeds->n];
        feeds->is_synthetic |= strcmp(named[feeds->n], ROUTING_BUNDLED) == 0;
    }
    for (size_t i = 0; n_named == 0 && i < feeds->n_sources; i++) {
        const struct data_source *source = &feeds->sources[i];
        if (strcmp(source->kind, "feed") != 0 || !source->path)
            continue;
        feeds->hashes[feeds->n] = source->sha256;
        feeds->paths[feeds->n++] = source->path;
        feeds->is_synthetic |= source->is_synthetic;
    }
    if (feeds->n == 0)
        return om_fail(
            &cli->ctx, OM_NOT_FOUND,
            om_tr("the project knows no timetable yet: name one with --feed FEED.zip, or --feed %s for "
                  "the synthetic one of the bundled Sweden"),
            ROUTING_BUNDLED);
    return OM_OK;
}

static void feeds_done(struct feeds *feeds)
{
    data_sources_free(feeds->sources, feeds->n_sources);
    om_free(feeds->paths);
    om_free(feeds->hashes);
}

/* Named stops count before the point. Ids are for messages. */
static om_status seats_of(struct cli *cli, const struct plan_territory *territory, struct data_point **out)
{
    struct data_point *points = om_alloc(territory->n, sizeof *points);
    if (!points)
        return om_no_memory(&cli->ctx);
    for (size_t i = 0; i < territory->n; i++) {
        const struct plan_municipality *of = &territory->municipalities[i];
        points[i] = (struct data_point){.id = om_format("%s %s", of->code, of->name),
                                        .stop_id = of->seat_stops ? om_strdup(of->seat_stops) : NULL,
                                        .lon_lat = {of->seat_lon_lat[0], of->seat_lon_lat[1]}};
        if (!points[i].id || (of->seat_stops && !points[i].stop_id)) {
            data_points_free(points, territory->n);
            return om_no_memory(&cli->ctx);
        }
    }
    *out = points;
    return OM_OK;
}

/* Every option that bears on the result, in one line that stays the same for the same options. */
static char *canonical(const struct routing *routing)
{
    static const char *const rules[] = {"full", "station", "none"};
    return om_format("transfers=%s walk_m=%g detour=%g walk_km_h=%g min_transfer_s=%d max_transfers=%d "
                     "limit_min=%d on_demand=%s%s%s",
                     rules[routing->transfers], routing->walk_m, routing->detour, routing->walk_km_h,
                     routing->min_transfer_s, routing->max_transfers, routing->limit_min,
                     routing->no_on_demand ? "no" : "yes", routing->modes ? " modes=" : "",
                     routing->modes ? routing->modes : "");
}

static char *joined_hashes(const data_feed *feed)
{
    char *joined = om_strdup("");
    for (size_t i = 0; joined && i < data_feed_count(feed); i++) {
        char *longer = om_format("%s%s%s", joined, i ? "," : "", data_feed_sha256(feed, i));
        om_free(joined);
        joined = longer;
    }
    return joined;
}

static void warn_of_changes(const struct cli *cli, const struct feeds *feeds, const data_feed *feed)
{
    for (size_t i = 0; i < feeds->n; i++)
        if (feeds->hashes[i] && strcmp(feeds->hashes[i], data_feed_sha256(feed, i)) != 0)
            cli_note(cli, om_tr("warning: %s has changed since it was last read"), feeds->paths[i]);
}

static om_status remember_feeds(struct cli *cli, data_project *project, const struct feeds *feeds,
                                const data_feed *feed)
{
    struct data_source *sources = om_alloc(feeds->n, sizeof *sources);
    char **absolute = om_alloc(feeds->n, sizeof *absolute);
    om_status status = OM_OK;
    if (!sources || !absolute) {
        status = om_no_memory(&cli->ctx);
        goto done;
    }
    for (size_t i = 0; i < feeds->n; i++) {
        const char *slash = strrchr(feeds->paths[i], '/');
        absolute[i] = realpath(feeds->paths[i], NULL);
        sources[i] = (struct data_source){.kind = "feed",
                                          .name = slash && slash[1] ? slash + 1 : feeds->paths[i],
                                          .path = absolute[i] ? absolute[i] : feeds->paths[i],
                                          .sha256 = data_feed_sha256(feed, i),
                                          .is_synthetic = feeds->is_synthetic};
    }
    status = data_store_feeds(&cli->ctx, project, sources, feeds->n);
done:
    for (size_t i = 0; absolute && i < feeds->n; i++)
        free(absolute[i]);
    om_free(absolute);
    om_free(sources);
    return status;
}

/* Arrays of pairs and of seats without service, as the project stores them. */
struct rows {
    struct data_travel_row *pairs;
    const char **without_service;
    size_t n_pairs, n_without_service, n_reachable;
};

static om_status make_rows(struct cli *cli, const struct plan_territory *territory,
                           const struct routed *routed, struct rows *rows)
{
    size_t n = territory->n;
    rows->pairs = om_alloc(n * n, sizeof *rows->pairs);
    rows->without_service = om_alloc(n, sizeof *rows->without_service);
    if (!rows->pairs || !rows->without_service)
        return om_no_memory(&cli->ctx);
    for (size_t pair = 0; pair < n * n; pair++) {
        if (pair / n == pair % n)
            continue;
        rows->pairs[rows->n_pairs++] =
            (struct data_travel_row){territory->municipalities[pair / n].code,
                                     territory->municipalities[pair % n].code, routed->times[pair]};
        rows->n_reachable += routed->times[pair].journeys > 0;
    }
    for (size_t i = 0; i < n; i++)
        if (!routed->has_service[i])
            rows->without_service[rows->n_without_service++] = territory->municipalities[i].code;
    return OM_OK;
}

static om_status store(struct cli *cli, data_project *project, const struct data_profile *profile,
                       const struct rows *rows, const struct feeds *feeds, const data_feed *feed)
{
    const struct data_source source = {.kind = "travel_times",
                                       .name = profile->name,
                                       .sha256 = profile->feed_hashes,
                                       .date = profile->date,
                                       .is_synthetic = profile->is_synthetic};
    om_status status = data_project_begin(&cli->ctx, project);
    if (status != OM_OK)
        return status;
    if ((status = data_store_travel_times(&cli->ctx, project, profile, rows->pairs, rows->n_pairs,
                                          rows->without_service, rows->n_without_service, &source)) ==
            OM_OK &&
        (status = remember_feeds(cli, project, feeds, feed)) == OM_OK)
        status = data_project_commit(&cli->ctx, project);
    if (status != OM_OK)
        data_project_rollback(project);
    return status;
}

om_status routing_into_project(struct cli *cli, const struct routing *routing, data_project *project,
                               const char *profile_name, const char *const *named, size_t n_named,
                               bool is_synthetic)
{
    struct feeds feeds = {.is_synthetic = is_synthetic};
    struct plan_territory *territory = NULL;
    struct data_point *seats = NULL;
    struct routed routed = {0};
    struct rows rows = {0};
    char *options = canonical(routing), *hashes = NULL;
    om_status status = options ? OM_OK : om_no_memory(&cli->ctx);
    if (status != OM_OK || (status = choose_feeds(cli, project, named, n_named, &feeds)) != OM_OK ||
        (status = data_load_territory(&cli->ctx, project, &territory)) != OM_OK ||
        (status = seats_of(cli, territory, &seats)) != OM_OK ||
        (status = routing_run(cli, routing, feeds.paths, feeds.n, seats, territory->n, NULL, &routed)) !=
            OM_OK ||
        (status = make_rows(cli, territory, &routed, &rows)) != OM_OK)
        goto done;
    warn_of_changes(cli, &feeds, routed.feed);
    hashes = joined_hashes(routed.feed);
    if (!hashes) {
        status = om_no_memory(&cli->ctx);
        goto done;
    }
    const struct data_profile profile = {.name = profile_name,
                                         .date = routed.date,
                                         .from_s = routing->from_s,
                                         .until_s = routing->until_s,
                                         .options = options,
                                         .feed_hashes = hashes,
                                         .is_synthetic = feeds.is_synthetic};
    status = store(cli, project, &profile, &rows, &feeds, routed.feed);
    if (status == OM_OK)
        cli_note(cli,
                 om_tr("travel times '%s' of %s: %zu of %zu pairs of seats have a journey in the window"),
                 profile_name, routed.date, rows.n_reachable, rows.n_pairs);
done:
    om_free(options);
    om_free(hashes);
    om_free(rows.pairs);
    om_free(rows.without_service);
    routed_done(&routed);
    data_points_free(seats, territory ? territory->n : 0);
    plan_territory_free(territory);
    feeds_done(&feeds);
    return status;
}

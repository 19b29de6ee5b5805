#include "ranks.h"
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

/* What all profiles share. Points are the seats, then the localities. */
struct work {
    const struct routing_job *job;
    struct feeds feeds;
    struct plan_territory *territory;
    struct data_locality_row *localities;
    size_t n_localities;
    struct data_point *points;
    size_t n_points;
    data_feed *feed;
    char *hashes; /* of the feeds, joined */
};

static bool set_point(struct data_point *point, const char *code, const char *name, const char *stops,
                      const double lon_lat[2])
{
    *point = (struct data_point){.id = om_format("%s %s", code, name),
                                 .stop_id = stops ? om_strdup(stops) : NULL,
                                 .lon_lat = {lon_lat[0], lon_lat[1]}};
    return point->id && (!stops || point->stop_id);
}

/* Named stops count before the point. Ids are for messages. */
static om_status make_points(struct cli *cli, struct work *work)
{
    size_t n_seats = work->territory->n;
    work->n_points = n_seats + work->n_localities;
    work->points = om_alloc(work->n_points, sizeof *work->points);
    bool ok = work->points != NULL;
    for (size_t i = 0; ok && i < n_seats; i++) {
        const struct plan_municipality *seat = &work->territory->municipalities[i];
        ok = set_point(&work->points[i], seat->code, seat->name, seat->seat_stops, seat->seat_lon_lat);
    }
    for (size_t i = 0; ok && i < work->n_localities; i++) {
        const struct data_locality_row *locality = &work->localities[i];
        ok = set_point(&work->points[n_seats + i], locality->code, locality->name, NULL, locality->lon_lat);
    }
    return ok ? OM_OK : om_no_memory(&cli->ctx);
}

static const char *code_of(const struct work *work, size_t point)
{
    size_t n_seats = work->territory->n;
    return point < n_seats ? work->territory->municipalities[point].code
                           : work->localities[point - n_seats].code;
}

char *routing_feed_hashes(const data_feed *feed)
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

om_status routing_open_project_feeds(struct cli *cli, data_project *project, const char *cache,
                                     const char *const *named, size_t n_named, data_feed **out,
                                     bool *is_synthetic)
{
    struct feeds feeds = {0};
    data_feed *feed = NULL;
    om_status status = choose_feeds(cli, project, named, n_named, &feeds);
    if (status == OM_OK)
        status = routing_open_feeds(&cli->ctx, cache, feeds.paths, feeds.n, &feed);
    if (status == OM_OK) {
        warn_of_changes(cli, &feeds, feed);
        *is_synthetic = feeds.is_synthetic;
        *out = feed;
    }
    feeds_done(&feeds);
    return status;
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

/* Rows as the project stores them: of the seats first, then of the localities. */
struct rows {
    struct data_travel_row *pairs;
    const char **without_service; /* seats */
    size_t n_of_seats, n_pairs, n_without_service, n_reachable;
};

static om_status make_rows(struct cli *cli, const struct work *work, const struct routed *routed,
                           struct rows *rows)
{
    size_t n = routed->n_destinations;
    rows->pairs = om_alloc(routed->n * n, sizeof *rows->pairs);
    rows->without_service = om_alloc(n, sizeof *rows->without_service);
    if (!rows->pairs || !rows->without_service)
        return om_no_memory(&cli->ctx);
    for (size_t pair = 0; pair < routed->n * n; pair++) {
        size_t from = pair / n, to = pair % n;
        if (from == to)
            continue;
        rows->pairs[rows->n_pairs++] =
            (struct data_travel_row){code_of(work, from), code_of(work, to), routed->times[pair]};
        rows->n_of_seats += from < n;
        rows->n_reachable += routed->times[pair].journeys > 0;
    }
    for (size_t i = 0; i < n; i++)
        if (!routed->has_service[i])
            rows->without_service[rows->n_without_service++] = code_of(work, i);
    return OM_OK;
}

static om_status store_rows(struct cli *cli, data_project *project, const struct data_profile *profile,
                            const struct rows *rows)
{
    const struct data_source source = {.kind = "travel_times",
                                       .name = profile->name,
                                       .sha256 = profile->feed_hashes,
                                       .date = profile->date,
                                       .is_synthetic = profile->is_synthetic};
    om_status status = data_store_travel_times(&cli->ctx, project, profile, rows->pairs, rows->n_of_seats,
                                               rows->without_service, rows->n_without_service, &source);
    size_t n = rows->n_pairs - rows->n_of_seats;
    if (status == OM_OK && n)
        status =
            data_store_locality_times(&cli->ctx, project, profile->name, rows->pairs + rows->n_of_seats, n);
    return status;
}

static om_status store(struct cli *cli, data_project *project, const struct routing_profile *profile,
                       const struct work *work, const struct routed *routed)
{
    struct rows rows = {0};
    char *options = routing_conditions_text(&profile->routing);
    om_status status = options ? make_rows(cli, work, routed, &rows) : om_no_memory(&cli->ctx);
    const struct data_profile stored = {.name = profile->name,
                                        .date = routed->date,
                                        .from_s = profile->routing.from_s,
                                        .until_s = profile->routing.until_s,
                                        .arrive_by = profile->routing.arrive_by,
                                        .options = options,
                                        .feed_hashes = work->hashes,
                                        .is_synthetic = work->feeds.is_synthetic};
    if (status == OM_OK)
        status = store_rows(cli, project, &stored, &rows);
    if (status == OM_OK)
        cli_note(cli, om_tr("travel times '%s' of %s: %zu of %zu pairs have a journey in the window"),
                 profile->name, routed->date, rows.n_reachable, rows.n_pairs);
    om_free(options);
    om_free(rows.pairs);
    om_free(rows.without_service);
    return status;
}

static om_status run_profile(struct cli *cli, data_project *project, const struct routing_profile *profile,
                             const struct work *work)
{
    struct routed routed = {0};
    const struct routing_points points = {work->points, work->n_points, work->territory->n, NULL};
    om_status status = routing_run(cli, &profile->routing, work->feed, &points, &routed);
    if (status != OM_OK)
        return status;
    if (ranks_is_first())
        status = store(cli, project, profile, work, &routed);
    routed_done(&routed);
    return ranks_agree(&cli->ctx, status);
}

static om_status prepare(struct cli *cli, data_project *project, struct work *work)
{
    const struct routing_job *job = work->job;
    work->feeds.is_synthetic = job->is_synthetic;
    om_status status = choose_feeds(cli, project, job->feeds, job->n_feeds, &work->feeds);
    if (status == OM_OK)
        status = data_load_territory(&cli->ctx, project, &work->territory);
    if (status == OM_OK && job->from_localities)
        status = data_load_localities(&cli->ctx, project, &work->localities, &work->n_localities);
    if (status == OM_OK && job->from_localities && work->n_localities == 0)
        status = om_fail(&cli->ctx, OM_NOT_FOUND,
                         om_tr("the project has no localities; `omland import %s localities FILE` adds them"),
                         data_project_path(project));
    if (status == OM_OK)
        status = make_points(cli, work);
    if (status == OM_OK)
        status = routing_open_feeds(&cli->ctx, job->cache, work->feeds.paths, work->feeds.n, &work->feed);
    if (status != OM_OK)
        return status;
    warn_of_changes(cli, &work->feeds, work->feed);
    work->hashes = routing_feed_hashes(work->feed);
    return work->hashes ? OM_OK : om_no_memory(&cli->ctx);
}

static void work_done(struct work *work)
{
    om_free(work->hashes);
    data_feed_free(work->feed);
    data_points_free(work->points, work->n_points);
    data_localities_free(work->localities, work->n_localities);
    plan_territory_free(work->territory);
    feeds_done(&work->feeds);
}

om_status routing_into_project(struct cli *cli, data_project *project, const struct routing_job *job)
{
    struct work work = {.job = job};
    om_status status = prepare(cli, project, &work);
    if (status == OM_OK && ranks_is_first())
        status = data_project_begin(&cli->ctx, project);
    status = ranks_agree(&cli->ctx, status);
    for (size_t i = 0; i < job->n_profiles && status == OM_OK; i++)
        status = run_profile(cli, project, &job->profiles[i], &work);
    if (status == OM_OK && ranks_is_first() &&
        (status = remember_feeds(cli, project, &work.feeds, work.feed)) == OM_OK)
        status = data_project_commit(&cli->ctx, project);
    if (status != OM_OK && ranks_is_first())
        data_project_rollback(project);
    work_done(&work);
    return status;
}

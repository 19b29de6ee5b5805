#include "files.h"
#include "profiles.h"
#include "ranks.h"

#include "geo/memory.h"

#include <limits.h>

struct times_settings {
    struct routing routing; /* first: where routing_options write */
    const char *points, *output, *journeys, *profile, *profiles;
    int origins;
    struct cli_list feeds;
    bool is_synthetic;
};

enum origins { FROM_SEATS, FROM_LOCALITIES };
static const char *const origin_words[] = {"seats", "localities", NULL};

#define AT(field) offsetof(struct times_settings, field)
static const struct cli_option options[] = {
    {"points", 'p', CLI_TEXT, AT(points), OM_NOTE("FILE"),
     OM_NOTE("CSV of points: id, and stop_id or lon,lat; without a project"), 0, 0, NULL},
    {"feed", 'f', CLI_LIST, AT(feeds), OM_NOTE("FEED"),
     OM_NOTE("GTFS feed for a project (zip, folder, or 'bundled'); may be repeated; remembered"), 0, 0, NULL},
    {"profile", 0, CLI_TEXT, AT(profile), OM_NOTE("NAME"),
     OM_NOTE("Name under which a project stores the times (morning)"), 0, 0, NULL},
    {"profiles", 0, CLI_TEXT, AT(profiles), OM_NOTE("FILE"),
     OM_NOTE("Profiles for a project (INI): sections with names, keys as the options above"), 0, 0, NULL},
    {"origins", 0, CLI_WORD, AT(origins), "seats|localities",
     OM_NOTE("From where in a project: its seats, or also all its localities"), 0, 0, origin_words},
    {"synthetic", 0, CLI_FLAG, AT(is_synthetic), NULL,
     OM_NOTE("The timetable is made up; results will say so"), 0, 0, NULL},
    {"output", 'o', CLI_TEXT, AT(output), OM_NOTE("FILE"), OM_NOTE("Where the matrix goes (stdout)"), 0, 0,
     NULL},
    {"journeys", 0, CLI_TEXT, AT(journeys), OM_NOTE("FILE"),
     OM_NOTE("Also write every Pareto-optimal journey"), 0, 0, NULL},
    {"threads", 0, CLI_WHOLE, AT(routing.threads), OM_NOTE("N"), OM_NOTE("Threads (0, as many as there are)"),
     0, 1024, NULL},
};

static om_status write_matrix(struct cli *cli, const struct times_settings *settings, const char *const *ids,
                              const struct routed *routed)
{
    struct cli_output output = {0};
    om_status status = cli_output_open(cli, settings->output ? settings->output : "-", &output);
    if (status != OM_OK)
        return status;
    status = cli->json ? data_matrix_write_json(&cli->ctx, output.file, ids, routed->n, routed->times)
                       : data_matrix_write(&cli->ctx, output.file, ids, routed->n, routed->times);
    if (status == OM_OK)
        status = cli_output_finish(cli, &output);
    cli_output_discard(&output);
    return status;
}

static om_status write_journeys(struct cli *cli, const char *path, const char *const *ids,
                                data_journeys *journeys)
{
    struct cli_output output = {0};
    om_status status = cli_output_open(cli, path, &output);
    if (status != OM_OK)
        return status;
    status = data_journeys_write(&cli->ctx, journeys, output.file, ids);
    if (status == OM_OK)
        status = cli_output_finish(cli, &output);
    cli_output_discard(&output);
    return status;
}

/* Existing outputs are refused before the work, not after it. */
static om_status check_outputs(struct cli *cli, const struct times_settings *settings)
{
    om_status status = settings->output ? cli_must_not_exist(cli, settings->output) : OM_OK;
    if (status == OM_OK && settings->journeys)
        status = cli_must_not_exist(cli, settings->journeys);
    return status;
}

static om_status write_outputs(struct cli *cli, const struct times_settings *settings, const char *const *ids,
                               const struct routed *routed, data_journeys *journeys)
{
    om_status status = write_matrix(cli, settings, ids, routed);
    if (status == OM_OK && journeys)
        status = write_journeys(cli, settings->journeys, ids, journeys);
    return status;
}

/* Points and feeds, read and ready. */
struct inputs {
    struct data_point *points;
    size_t n;
    const char **ids;
    data_journeys *journeys;
    data_feed *feed;
};

static om_status read_inputs(struct cli *cli, const struct times_settings *settings, struct inputs *inputs)
{
    om_status status = check_outputs(cli, settings);
    const char *path = status == OM_OK ? cli_input(cli, settings->points) : NULL;
    if (!path)
        return cli->ctx.status;
    if ((status = data_points_read(&cli->ctx, path, &inputs->points, &inputs->n)) != OM_OK)
        return status;
    inputs->ids = om_alloc(inputs->n, sizeof *inputs->ids);
    if (!inputs->ids)
        return om_no_memory(&cli->ctx);
    for (size_t i = 0; i < inputs->n; i++)
        inputs->ids[i] = inputs->points[i].id;
    if (settings->journeys && (status = data_journeys_new(&cli->ctx, &inputs->journeys)) != OM_OK)
        return status;
    return routing_open_feeds(&cli->ctx, settings->routing.cache, (const char *const *)cli->arguments,
                              cli->n_arguments, &inputs->feed);
}

static om_status between_points(struct cli *cli, const struct times_settings *settings)
{
    struct inputs inputs = {0};
    struct routed routed = {0};
    om_status status = ranks_agree(&cli->ctx, read_inputs(cli, settings, &inputs));
    const struct routing_points points = {inputs.points, inputs.n, inputs.n, inputs.journeys};
    if (status == OM_OK)
        status = routing_run(cli, &settings->routing, inputs.feed, &points, &routed);
    if (status == OM_OK && ranks_is_first())
        status = write_outputs(cli, settings, inputs.ids, &routed, inputs.journeys);
    routed_done(&routed);
    data_feed_free(inputs.feed);
    om_free(inputs.ids);
    data_journeys_free(inputs.journeys);
    data_points_free(inputs.points, inputs.n);
    return status;
}

static om_status between_seats(struct cli *cli, const struct times_settings *settings)
{
    const struct routing_profile one = {settings->profile, settings->routing};
    struct routing_job job = {.feeds = settings->feeds.items,
                              .n_feeds = settings->feeds.n,
                              .is_synthetic = settings->is_synthetic,
                              .from_localities = settings->origins == FROM_LOCALITIES,
                              .cache = settings->routing.cache,
                              .profiles = &one,
                              .n_profiles = 1};
    struct routing_profile *profiles = NULL;
    size_t n_profiles = 0;
    data_project *project = NULL;
    om_status status = OM_OK;
    if (settings->profiles) {
        status = profiles_read(cli, settings->profiles, routing_options, ROUTING_CONDITIONS,
                               &settings->routing, &profiles, &n_profiles);
        job.profiles = profiles;
        job.n_profiles = n_profiles;
    }
    if (status == OM_OK)
        status = data_project_open(&cli->ctx, cli->arguments[0], ranks_is_first() ? DATA_WRITE : DATA_READ,
                                   &project);
    status = ranks_agree(&cli->ctx, status);
    if (status == OM_OK)
        status = routing_into_project(cli, project, &job);
    data_project_close(project);
    profiles_free(profiles, n_profiles);
    return status;
}

static const char *misuse(const struct cli *cli, const struct times_settings *settings)
{
    const bool for_project = settings->feeds.n || settings->profiles || settings->origins != FROM_SEATS;
    if (settings->points && for_project)
        return om_tr("--feed, --profiles and --origins are for a project; with --points the feeds are "
                     "arguments");
    if (!settings->points && (cli->n_arguments > 1 || settings->output || settings->journeys))
        return om_tr("--output, --journeys and several feeds need --points; "
                     "a project takes its feeds from --feed");
    return routing_fault(&settings->routing);
}

/* Shared by the ranks, of which only the first speaks. */
static om_status share(struct cli *cli, const struct times_settings *settings)
{
    cli->quiet |= !ranks_is_first();
    if (settings->journeys && ranks_count() > 1)
        return om_fail(&cli->ctx, OM_INVALID_ARGUMENT, "%s", om_tr("--journeys needs a single process"));
    return settings->points ? between_points(cli, settings) : between_seats(cli, settings);
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct times_settings *settings = given;
    const char *message = misuse(cli, settings);
    if (message)
        return cli_usage(cli, message);
    ranks_begin();
    om_status status = share(cli, settings);
    enum cli_exit code = status == OM_OK ? CLI_DONE : CLI_FAILED;
    if (status != OM_OK && ranks_is_first())
        cli_fail(cli);
    ranks_end();
    return code;
}

static const struct times_settings defaults = {
    .profile = "morning",
    .routing = ROUTING_DEFAULT,
};

const struct cli_command cmd_times = {
    .name = "times",
    .arguments = OM_NOTE("FEED… --points FILE | PROJECT [--feed FEED]…"),
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .meaning = OM_NOTE("Travel times by public transport, from GTFS timetables"),
    .details =
        OM_NOTE("With --points, a matrix between the points as CSV. With a project, between the seats of its "
                "municipalities, stored in it; the feeds are remembered, so --feed is needed once."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .shared_options = routing_options,
    .n_shared_options = ROUTING_OPTIONS,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

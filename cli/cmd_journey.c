#include "routing.h"

#include "datasets/named_point.h"
#include "geo/memory.h"
#include "maps/journeys.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NOT_GIVEN = -1, FOUR_DAYS_S = 4 * 86400 };

struct journey_settings {
    struct routing routing; /* first: where routing_options write */
    int32_t depart_s, arrive_s;
    int count;
    struct cli_list feeds;
};

#define AT(field) offsetof(struct journey_settings, field)
static const struct cli_option options[] = {
    {"depart", 0, CLI_CLOCK, AT(depart_s), OM_NOTE("HH:MM"), OM_NOTE("Journeys that leave then or later"), 0,
     0, NULL},
    {"arrive", 0, CLI_CLOCK, AT(arrive_s), OM_NOTE("HH:MM"),
     OM_NOTE("Journeys that arrive by then, the last ones"), 0, 0, NULL},
    {"count", 'n', CLI_WHOLE, AT(count), OM_NOTE("N"), OM_NOTE("How many journeys (5)"), 1, 1000, NULL},
    {"feed", 'f', CLI_LIST, AT(feeds), OM_NOTE("FEED"),
     OM_NOTE("GTFS feed for a project, instead of the one it remembers; may be repeated"), 0, 0, NULL},
};

/* Everything one enquiry rests on. */
struct enquiry {
    data_project *project; /* NULL: of feeds alone */
    data_feed *feed;
    bool is_synthetic;
    struct data_point points[2]; /* from and to */
    struct routing_service service;
    geo_timetable *timetable;
    struct geo_point *access;
    unsigned char has_service[2];
    struct geo_journey *journeys;
    size_t n;
    struct data_itinerary *itineraries;
};

static void enquiry_done(struct enquiry *enquiry)
{
    data_itineraries_free(enquiry->itineraries, enquiry->n);
    om_free(enquiry->journeys);
    data_access_free(enquiry->access, 2);
    geo_timetable_free(enquiry->timetable);
    data_point_done(&enquiry->points[0]);
    data_point_done(&enquiry->points[1]);
    data_feed_free(enquiry->feed);
    data_project_close(enquiry->project);
}

/* The arguments before FROM and TO: a project, or feeds. */
static om_status open_source(struct cli *cli, const struct journey_settings *settings,
                             struct enquiry *enquiry)
{
    size_t n = cli->n_arguments - 2;
    if (!data_project_is_one(cli->arguments[0])) {
        for (size_t i = 0; i < n; i++)
            enquiry->is_synthetic |= strcmp(cli->arguments[i], ROUTING_BUNDLED) == 0;
        return routing_open_feeds(&cli->ctx, settings->routing.cache, (const char *const *)cli->arguments, n,
                                  &enquiry->feed);
    }
    om_status status = data_project_open(&cli->ctx, cli->arguments[0], DATA_READ, &enquiry->project);
    if (status == OM_OK)
        status =
            routing_open_project_feeds(cli, enquiry->project, settings->routing.cache, settings->feeds.items,
                                       settings->feeds.n, &enquiry->feed, &enquiry->is_synthetic);
    return status;
}

static bool is_same(const struct data_point *a, const struct data_point *b)
{
    if (a->stop_id || b->stop_id)
        return a->stop_id && b->stop_id && strcmp(a->stop_id, b->stop_id) == 0;
    return a->lon_lat[0] == b->lon_lat[0] && a->lon_lat[1] == b->lon_lat[1];
}

static om_status find_points(struct cli *cli, struct enquiry *enquiry)
{
    om_status status = OM_OK;
    for (size_t i = 0; i < 2 && status == OM_OK; i++)
        status = data_point_named(&cli->ctx, enquiry->project, enquiry->feed,
                                  cli->arguments[cli->n_arguments - 2 + i], &enquiry->points[i]);
    if (status == OM_OK && is_same(&enquiry->points[0], &enquiry->points[1]))
        status = om_fail(&cli->ctx, OM_INVALID_ARGUMENT, om_tr("FROM and TO are the same place: %s"),
                         enquiry->points[0].id);
    return status;
}

static om_status make_timetable(struct cli *cli, const struct routing *routing, struct enquiry *enquiry)
{
    const struct geo_access_options access = routing_access_options(routing);
    om_status status = routing_choose_service(cli, routing, enquiry->feed, &enquiry->service);
    if (status == OM_OK)
        status = data_feed_timetable(&cli->ctx, enquiry->feed, enquiry->service.date,
                                     &enquiry->service.options, &enquiry->timetable);
    if (status == OM_OK)
        status = data_points_access(&cli->ctx, enquiry->feed, enquiry->timetable, enquiry->points, 2, &access,
                                    &enquiry->access, enquiry->has_service);
    return status;
}

/* The first journeys that leave, or the last that arrive, in time. */
static om_status find_journeys(struct cli *cli, const struct journey_settings *settings,
                               struct enquiry *enquiry)
{
    bool arrives = settings->arrive_s != NOT_GIVEN;
    const struct geo_journey_query query = {
        .departures = arrives ? (struct geo_window){0, settings->arrive_s + 1}
                              : (struct geo_window){settings->depart_s, settings->depart_s + FOUR_DAYS_S},
        .arrive_by_s = arrives ? settings->arrive_s : INT32_MAX,
        .max_transfers = settings->routing.max_transfers,
        .limit_s = 60 * settings->routing.limit_min,
    };
    om_status status = geo_journeys(&cli->ctx, enquiry->timetable, &enquiry->access[0], &enquiry->access[1],
                                    &query, &enquiry->journeys, &enquiry->n);
    size_t count = (size_t)settings->count;
    if (status != OM_OK || enquiry->n <= count)
        return status;
    if (arrives)
        memmove(enquiry->journeys, enquiry->journeys + (enquiry->n - count),
                count * sizeof *enquiry->journeys);
    enquiry->n = count;
    return OM_OK;
}

static om_status find_words(struct cli *cli, const struct journey_settings *settings, struct enquiry *enquiry)
{
    const struct data_enquiry asked = {
        .feed = enquiry->feed,
        .date = enquiry->service.date,
        .options = &enquiry->service.options,
        .detour = settings->routing.detour,
        .timetable = enquiry->timetable,
        .from = &enquiry->points[0],
        .to = &enquiry->points[1],
        .from_access = &enquiry->access[0],
        .to_access = &enquiry->access[1],
    };
    return data_itineraries_make(&cli->ctx, &asked, enquiry->journeys, enquiry->n, &enquiry->itineraries);
}

static enum map_no_journey why_none(const struct enquiry *enquiry)
{
    if (enquiry->n)
        return MAP_JOURNEYS_FOUND;
    if (enquiry->access[0].n_access == 0)
        return MAP_NO_STOP_AT_ORIGIN;
    if (enquiry->access[1].n_access == 0)
        return MAP_NO_STOP_AT_DESTINATION;
    if (!enquiry->has_service[0])
        return MAP_NO_SERVICE_AT_ORIGIN;
    return enquiry->has_service[1] ? MAP_NO_JOURNEY : MAP_NO_SERVICE_AT_DESTINATION;
}

static om_status print(struct cli *cli, const struct journey_settings *settings,
                       const struct enquiry *enquiry)
{
    bool arrives = settings->arrive_s != NOT_GIVEN;
    const struct map_journeys journeys = {
        .from = &enquiry->points[0],
        .to = &enquiry->points[1],
        .date = enquiry->service.date_text,
        .is_arrival = arrives,
        .time_s = arrives ? settings->arrive_s : settings->depart_s,
        .is_synthetic = enquiry->is_synthetic,
        .why = why_none(enquiry),
        .items = enquiry->itineraries,
        .n = enquiry->n,
        .tool_version = OMLAND_VERSION,
    };
    const struct map_text_style style = {.colour = cli->colour, .width = cli->width};
    if (!cli->json)
        return map_journeys_text(&cli->ctx, &journeys, &style, stdout);
    char *json = NULL;
    om_status status = map_journeys_json(&cli->ctx, &journeys, &json);
    if (status == OM_OK)
        puts(json);
    om_free(json);
    return status;
}

static const char *misuse(const struct cli *cli, const struct journey_settings *settings)
{
    bool is_project = data_project_is_one(cli->arguments[0]);
    if ((settings->depart_s == NOT_GIVEN) == (settings->arrive_s == NOT_GIVEN))
        return om_tr("needs either --depart HH:MM or --arrive HH:MM");
    if (is_project && cli->n_arguments > 3)
        return om_tr("a project takes its feeds from --feed; after it come FROM and TO");
    if (!is_project && settings->feeds.n)
        return om_tr("--feed is for a project; else the feeds are arguments before FROM and TO");
    return routing_fault(&settings->routing);
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct journey_settings *settings = given;
    struct enquiry enquiry = {0};
    const char *message = misuse(cli, settings);
    if (message)
        return cli_usage(cli, message);
    om_status status = open_source(cli, settings, &enquiry);
    if (status == OM_OK)
        status = find_points(cli, &enquiry);
    if (status == OM_OK)
        status = make_timetable(cli, &settings->routing, &enquiry);
    if (status == OM_OK)
        status = find_journeys(cli, settings, &enquiry);
    if (status == OM_OK)
        status = find_words(cli, settings, &enquiry);
    if (status == OM_OK)
        status = print(cli, settings, &enquiry);
    enquiry_done(&enquiry);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct journey_settings defaults = {
    .routing = ROUTING_DEFAULT,
    .depart_s = NOT_GIVEN,
    .arrive_s = NOT_GIVEN,
    .count = 5,
};

const struct cli_command cmd_journey = {
    .name = "journey",
    .arguments = OM_NOTE("FEED… FROM TO | PROJECT FROM TO"),
    .min_arguments = 3,
    .max_arguments = SIZE_MAX,
    .meaning = OM_NOTE("Journeys by public transport, leg by leg"),
    .details =
        OM_NOTE("FROM and TO are latitude,longitude; in a project the code or name of a municipality (its "
                "seat) or of a locality; or the stop_id or name of a stop. Listed are the journeys that no "
                "other betters in departure, arrival and changes at once."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .shared_options = routing_options + ROUTING_WINDOW_OPTIONS,
    .n_shared_options = ROUTING_OPTIONS - ROUTING_WINDOW_OPTIONS,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

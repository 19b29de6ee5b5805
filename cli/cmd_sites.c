#include "command_line.h"
#include "judging.h"
#include "routing.h"

#include "datasets/site_candidates.h"
#include "geo/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct sites_settings {
    struct judging_options judging; /* first, so that its option rows apply */
    const char *candidates;
    struct cli_list forced, forbidden, feeds;
    int times_covered, most;
    double capacity, seconds;
};

enum { NO_CAPACITY = -1 };

#define AT(field) offsetof(struct sites_settings, field)
static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {"candidates", 0, CLI_TEXT, AT(candidates), OM_NOTE("FILE"),
     OM_NOTE(
         "A table of what may be sites: main towns (column municipality), or places of one's own (name, and "
         "lon and lat or easting and northing); perhaps use (candidate, forced or forbidden) and capacity; "
         "without it every main town may"),
     0, 0, NULL},
    {"force", 0, CLI_LIST, AT(forced), OM_NOTE("CODE|NAME"),
     OM_NOTE(
         "The main town of this municipality, or this place of the table, is a site whatever, such as one "
         "there is; may be repeated"),
     0, 0, NULL},
    {"forbid", 0, CLI_LIST, AT(forbidden), OM_NOTE("CODE|NAME"),
     OM_NOTE(
         "The main town of this municipality, or this place of the table, cannot be a site; may be repeated"),
     0, 0, NULL},
    {"capacity", 0, CLI_NUMBER, AT(capacity), OM_NOTE("N"),
     OM_NOTE("Job seekers that a site can serve, where the table does not say it (default: any number); a "
             "municipality is served whole from one site"),
     0, 1e9, NULL},
    {"feed", 'f', CLI_LIST, AT(feeds), OM_NOTE("FEED"),
     OM_NOTE("GTFS feed for the ways to places of one's own; without it the one that the project remembers"),
     0, 0, NULL},
    {"times-covered", 0, CLI_WHOLE, AT(times_covered), OM_NOTE("N"),
     OM_NOTE("So many sites must be within the limit of each municipality in need (default 1)"), 1, 100,
     NULL},
    {"most", 0, CLI_WHOLE, AT(most), OM_NOTE("N"),
     OM_NOTE("The best so many sites, which cover most job seekers, instead of as few as cover all"), 1,
     100000, NULL},
    {"seconds", 0, CLI_NUMBER, AT(seconds), OM_NOTE("N"),
     OM_NOTE("Give the best answer found after so long, and say what is not proven (default 60)"), 0.001,
     86400, NULL},
};

/* A municipality by code, a place by name, or a municipality by name; SIZE_MAX: none of them. */
static size_t find_site(const struct plan_territory *territory, const struct data_site_candidates *candidates,
                        const char *text)
{
    int32_t m = plan_territory_find(territory, text);
    if (m != PLAN_NOWHERE)
        return (size_t)m;
    for (size_t i = 0; i < candidates->n_places; i++)
        if (strcmp(candidates->places[i].name, text) == 0)
            return territory->n + i;
    for (size_t k = 0; k < territory->n; k++)
        if (strcmp(territory->municipalities[k].name, text) == 0)
            return k;
    return SIZE_MAX;
}

static om_status set_use(struct cli *cli, const struct plan_territory *territory,
                         const struct cli_list *given, enum plan_site_use wanted,
                         struct data_site_candidates *candidates)
{
    for (size_t i = 0; i < given->n; i++) {
        size_t site = find_site(territory, candidates, given->items[i]);
        if (site == SIZE_MAX)
            return om_fail(
                &cli->ctx, OM_BAD_DATA,
                om_tr("--%s %s: there is no municipality with this code or name, and no such place in "
                      "the table of candidates"),
                wanted == PLAN_SITE_FORCED ? "force" : "forbid", given->items[i]);
        candidates->use[site] = wanted;
    }
    return OM_OK;
}

/* True when any site has a limit. */
static bool set_capacities(const struct sites_settings *settings, size_t n_sites, double *capacity)
{
    bool is_limited = false;
    for (size_t site = 0; site < n_sites; site++) {
        if (isinf(capacity[site]) && settings->capacity > NO_CAPACITY)
            capacity[site] = settings->capacity;
        is_limited |= !isinf(capacity[site]);
    }
    return is_limited;
}

/* What was asked for, and what holds it. */
struct asked {
    struct data_site_candidates candidates;
    double *to_places_s;
    struct plan_site_request request;
};

static void asked_done(struct asked *asked)
{
    data_site_candidates_done(&asked->candidates);
    om_free(asked->to_places_s);
}

static om_status ask(struct cli *cli, const struct sites_settings *settings, const struct judged *judged,
                     struct asked *asked)
{
    const struct plan_territory *territory = judged->the_case->territory;
    struct data_site_candidates *candidates = &asked->candidates;
    om_status status =
        data_site_candidates_read(&cli->ctx, judged->project, settings->candidates, territory, candidates);
    if (status == OM_OK)
        status = set_use(cli, territory, &settings->forced, PLAN_SITE_FORCED, candidates);
    if (status == OM_OK)
        status = set_use(cli, territory, &settings->forbidden, PLAN_SITE_FORBIDDEN, candidates);
    if (status == OM_OK && candidates->n_places)
        status =
            routing_to_places(cli, judged->project, territory, &judged->the_case->rules, &settings->feeds,
                              candidates->places, candidates->n_places, &asked->to_places_s);
    if (status != OM_OK)
        return status;
    bool is_limited = set_capacities(settings, territory->n + candidates->n_places, candidates->capacity);
    asked->request = (struct plan_site_request){.n_places = candidates->n_places,
                                                .places = candidates->places,
                                                .use = candidates->use,
                                                .capacity = is_limited ? candidates->capacity : NULL,
                                                .times_covered = settings->times_covered,
                                                .n_sites = (size_t)settings->most,
                                                .max_seconds = settings->seconds};
    return OM_OK;
}

/* The sites asked for in place of those that every judgement comes with, and what goes with them. */
static om_status choose_sites(struct cli *cli, const struct plan_site_request *request, struct judged *judged,
                              struct map_sites *sites, struct plan_frontier **frontier,
                              struct plan_opening **openings)
{
    const struct plan_case *input = &judged->the_case->input;
    plan_in_house_free(judged->in_house);
    judged->in_house = NULL;
    om_status status =
        plan_sites_answer(&cli->ctx, input, judged->evaluation, request, &judged->in_house, frontier);
    if (status == OM_OK)
        status = plan_openings_rank(&cli->ctx, input, judged->evaluation, openings, &sites->n_openings);
    sites->request = request;
    sites->frontier = *frontier;
    sites->openings = *openings;
    judged_point(judged);
    judged->result.sites = sites;
    return status;
}

/* The command with its options, as the record of the run keeps it. Owned by the caller. */
static char *command_line(const struct sites_settings *settings)
{
    char *line = line_with_option(om_strdup("sites"), "--candidates", settings->candidates);
    line = line_with_each(line, "--force", &settings->forced);
    line = line_with_each(line, "--forbid", &settings->forbidden);
    if (settings->capacity > NO_CAPACITY)
        line = line_with_number(line, "--capacity", settings->capacity);
    line = line_with_each(line, "--feed", &settings->feeds);
    line = line_with_number(line, "--times-covered", settings->times_covered);
    if (settings->most)
        line = line_with_number(line, "--most", settings->most);
    return line_with_number(line, "--seconds", settings->seconds);
}

static om_status store(struct cli *cli, const struct sites_settings *settings, const struct judged *judged)
{
    char *command = command_line(settings);
    om_status status =
        command ? judging_store(cli, command, judged->project, &judged->result) : om_no_memory(&cli->ctx);
    om_free(command);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct sites_settings *settings = given;
    struct judged judged = {0};
    struct map_sites sites = {0};
    struct plan_frontier *frontier = NULL;
    struct plan_opening *openings = NULL;
    struct asked asked = {0};
    om_status status = judging_run(cli, cli->arguments[0], DATA_WRITE, &settings->judging, &judged);
    if (status == OM_OK)
        status = ask(cli, settings, &judged, &asked);
    if (status == OM_OK)
        status = choose_sites(cli, &asked.request, &judged, &sites, &frontier, &openings);
    if (status == OM_OK)
        status = store(cli, settings, &judged);
    if (status == OM_OK)
        status = judging_print(cli, &settings->judging, &judged.result, map_sites_text, map_sites_json);
    om_free(openings);
    plan_frontier_free(frontier);
    asked_done(&asked);
    judged_done(&judged);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct sites_settings defaults = {.times_covered = 1, .capacity = NO_CAPACITY, .seconds = 60};

const struct cli_command cmd_sites = {
    .name = "sites",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Choose from where to deliver in-house: the fewest sites, or the best so many"),
    .details = OM_NOTE(
        "Sites are main towns of municipalities, or places of one's own. Each municipality in need is "
        "served from the nearest one, across the borders of areas too; with capacities from those that "
        "have room, so that the ways are shortest in all. The result is also stored in the project, as "
        "layers that open in QGIS."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

#include "judging.h"

#include "datasets/site_candidates.h"
#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

struct sites_settings {
    struct judging_options judging; /* first, so that its option rows apply */
    const char *candidates;
    struct cli_list forced, forbidden;
    int times_covered, most;
    double seconds;
};

#define AT(field) offsetof(struct sites_settings, field)
static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {"candidates", 0, CLI_TEXT, AT(candidates), OM_NOTE("FILE"),
     OM_NOTE("A table of municipalities whose main towns may be sites (column municipality, and perhaps use: "
             "candidate, forced or forbidden); without it every main town may"),
     0, 0, NULL},
    {"force", 0, CLI_LIST, AT(forced), OM_NOTE("CODE"),
     OM_NOTE("The main town of this municipality is a site whatever, such as one there is; may be repeated"),
     0, 0, NULL},
    {"forbid", 0, CLI_LIST, AT(forbidden), OM_NOTE("CODE"),
     OM_NOTE("The main town of this municipality cannot be a site; may be repeated"), 0, 0, NULL},
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

static om_status set_use(struct cli *cli, const struct plan_territory *territory,
                         const struct cli_list *codes, enum plan_site_use wanted, enum plan_site_use *use)
{
    for (size_t i = 0; i < codes->n; i++) {
        int32_t m = plan_territory_find(territory, codes->items[i]);
        if (m == PLAN_NOWHERE)
            return om_fail(&cli->ctx, OM_BAD_DATA,
                           om_tr("--%s %s: the project has no municipality with this code"),
                           wanted == PLAN_SITE_FORCED ? "force" : "forbid", codes->items[i]);
        use[m] = wanted;
    }
    return OM_OK;
}

static om_status gather_uses(struct cli *cli, const struct sites_settings *settings, data_project *project,
                             const struct plan_territory *territory, enum plan_site_use *use)
{
    om_status status = OM_OK;
    if (settings->candidates)
        status = data_site_candidates_read(&cli->ctx, project, settings->candidates, territory, use);
    if (status == OM_OK)
        status = set_use(cli, territory, &settings->forced, PLAN_SITE_FORCED, use);
    if (status == OM_OK)
        status = set_use(cli, territory, &settings->forbidden, PLAN_SITE_FORBIDDEN, use);
    return status;
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
        plan_in_house_propose(&cli->ctx, input, judged->evaluation, request, &judged->in_house);
    if (status == OM_OK)
        status = plan_frontier_compute(&cli->ctx, input, judged->evaluation, request, frontier);
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
    char *text = om_format("sites%s%s", settings->candidates ? " --candidates " : "",
                           settings->candidates ? settings->candidates : "");
    const struct {
        const char *name;
        const struct cli_list *codes;
    } lists[] = {{"force", &settings->forced}, {"forbid", &settings->forbidden}};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; text && i < lists[l].codes->n; i++) {
            char *longer = om_format("%s --%s %s", text, lists[l].name, lists[l].codes->items[i]);
            om_free(text);
            text = longer;
        }
    char *whole = !text            ? NULL
                  : settings->most ? om_format("%s --times-covered %d --most %d", text,
                                               settings->times_covered, settings->most)
                                   : om_format("%s --times-covered %d", text, settings->times_covered);
    om_free(text);
    return whole;
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
    enum plan_site_use *use = NULL;
    om_status status = judging_run(cli, cli->arguments[0], DATA_WRITE, &settings->judging, &judged);
    if (status == OM_OK && !(use = om_alloc(judged.evaluation->n, sizeof *use)))
        status = om_no_memory(&cli->ctx);
    if (status == OM_OK)
        status = gather_uses(cli, settings, judged.project, judged.the_case->territory, use);
    const struct plan_site_request request = {.use = use,
                                              .times_covered = settings->times_covered,
                                              .n_sites = (size_t)settings->most,
                                              .max_seconds = settings->seconds};
    if (status == OM_OK)
        status = choose_sites(cli, &request, &judged, &sites, &frontier, &openings);
    if (status == OM_OK)
        status = store(cli, settings, &judged);
    if (status == OM_OK)
        status = judging_print(cli, &settings->judging, &judged.result, map_sites_text, map_sites_json);
    om_free(openings);
    plan_frontier_free(frontier);
    om_free(use);
    judged_done(&judged);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct sites_settings defaults = {.times_covered = 1, .seconds = 60};

const struct cli_command cmd_sites = {
    .name = "sites",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Choose from where to deliver in-house: the fewest sites, or the best so many"),
    .details =
        OM_NOTE("Sites are main towns of municipalities; each municipality in need is served from the "
                "nearest one, across the borders of areas too. The result is also stored in the project, "
                "as layers that open in QGIS."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

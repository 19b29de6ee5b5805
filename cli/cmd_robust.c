#include "judging.h"

#include "geo/memory.h"
#include "planner/robustness.h"

struct robust_settings {
    struct judging_options judging; /* first, so that its option rows apply */
    int exits, draws, seed;
};

enum { A_TENTH = -1 };

#define AT(field) offsetof(struct robust_settings, field)
static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {"exits", 0, CLI_WHOLE, AT(exits), OM_NOTE("N"),
     OM_NOTE("Contracts that end at random (default: a tenth of them)"), 0, 1000000, NULL},
    {"draws", 0, CLI_WHOLE, AT(draws), OM_NOTE("N"), OM_NOTE("How often that is drawn (default 10000)"), 1,
     10000000, NULL},
    {"seed", 0, CLI_WHOLE, AT(seed), OM_NOTE("N"), OM_NOTE("Where the random numbers begin (default 1)"), 0,
     2147483647, NULL},
    {"all", 'a', CLI_FLAG, AT(judging.every_area), NULL,
     OM_NOTE("Show every supplier and office that would be missed, not only ten"), 0, 0, NULL},
};

static om_status store(struct cli *cli, const struct judged *judged)
{
    const struct plan_draws *draws = &judged->result.robustness->draws;
    char *command = om_format("robust --exits %zu --draws %zu --seed %llu", draws->n_ended, draws->n_draws,
                              (unsigned long long)draws->seed);
    om_status status =
        command ? judging_store(cli, command, judged->project, &judged->result) : om_no_memory(&cli->ctx);
    om_free(command);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct robust_settings *settings = given;
    const struct plan_draws draws = {
        .n_ended = settings->exits == A_TENTH ? PLAN_DRAW_A_TENTH : (size_t)settings->exits,
        .n_draws = (size_t)settings->draws,
        .seed = (uint64_t)settings->seed,
    };
    struct judged judged = {0};
    struct plan_robustness *robustness = NULL;
    om_status status = judging_run(cli, cli->arguments[0], DATA_WRITE, &settings->judging, &judged);
    if (status == OM_OK)
        status = plan_robustness_compute(&cli->ctx, &judged.the_case->input, judged.evaluation, &draws,
                                         &robustness);
    judged.result.robustness = robustness;
    if (status == OM_OK)
        status = store(cli, &judged);
    if (status == OM_OK)
        status =
            judging_print(cli, &settings->judging, &judged.result, map_robustness_text, map_robustness_json);
    plan_robustness_free(robustness);
    judged_done(&judged);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct robust_settings defaults = {.exits = A_TENTH, .draws = 10000, .seed = 1};

const struct cli_command cmd_robust = {
    .name = "robust",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning =
        OM_NOTE("Find what a plan withstands: who is missed when a supplier, an office or contracts go"),
    .details =
        OM_NOTE("The result is also stored in the project, as layers that open in QGIS. The same seed gives "
                "the same numbers."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

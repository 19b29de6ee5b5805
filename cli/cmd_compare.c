#include "comparing.h"

static const struct cli_option options[] = {
    JUDGING_RULES_OPTION,
    {.name = "all",
     .letter = 'a',
     .type = CLI_FLAG,
     .offset = offsetof(struct judging_options, every_area),
     .meaning = OM_NOTE("Show every move and every municipality whose status changes")},
};

static enum cli_exit run(struct cli *cli, const void *settings)
{
    struct compared compared = {0};
    om_status status =
        comparing_plans(cli, DATA_WRITE, settings, cli->arguments[1], cli->arguments[2], &compared);
    if (status == OM_OK)
        status = judging_store(cli, "compare", compared.before.project, &compared.after.result);
    if (status == OM_OK)
        status =
            judging_print(cli, settings, &compared.after.result, map_comparison_text, map_comparison_json);
    compared_done(&compared);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct judging_options defaults;

const struct cli_command cmd_compare = {
    .name = "compare",
    .arguments = OM_NOTE("PROJECT BEFORE AFTER"),
    .min_arguments = 3,
    .max_arguments = 3,
    .meaning = OM_NOTE("Compare two plans: what became of the areas, who gains and who loses, and why"),
    .details = OM_NOTE("An area lives on in the area with most of its job seekers, each area in one at most. "
                       "The result is also stored in the project, as layers that open in QGIS."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

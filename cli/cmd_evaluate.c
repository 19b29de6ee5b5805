#include "judging.h"

static const struct cli_option options[] = {JUDGING_OPTIONS,
                                            JUDGING_FAIL_OPTION,
                                            {.name = "all",
                                             .letter = 'a',
                                             .type = CLI_FLAG,
                                             .offset = offsetof(struct judging_options, every_area),
                                             .meaning = OM_NOTE("Also list the areas that pass every rule")}};

static enum cli_exit run(struct cli *cli, const void *settings)
{
    return judging_answer(cli, settings, "evaluate", map_evaluation_text, map_evaluation_json);
}

static const struct judging_options defaults;

const struct cli_command cmd_evaluate = {
    .name = "evaluate",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Judge a plan: reach, choice, market and alignment, by municipality and area"),
    .details = OM_NOTE("The result is also stored in the project, as layers that open in QGIS."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

#include "judging.h"

static const struct cli_option options[] = {JUDGING_OPTIONS, JUDGING_FAIL_OPTION};

static enum cli_exit run(struct cli *cli, const void *settings)
{
    return judging_answer(cli, settings, NULL, map_gaps_text, map_gaps_json);
}

static const struct judging_options defaults;

const struct cli_command cmd_gaps = {
    .name = "gaps",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("List where nobody is reached: in-house delivery, its causes, and from where"),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

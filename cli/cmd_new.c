#include "creating.h"

struct new_settings {
    const char *crs;
    bool is_empty;
};

static const struct cli_option options[] = {
    {"empty", 0, CLI_FLAG, offsetof(struct new_settings, is_empty), NULL,
     OM_NOTE("Without the bundled Sweden: everything is to be imported"), 0, 0, NULL},
    {"crs", 0, CLI_TEXT, offsetof(struct new_settings, crs), OM_NOTE("CRS"),
     OM_NOTE("Projected coordinate system of the project (EPSG:3006)"), 0, 0, NULL},
};

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct new_settings *settings = given;
    om_status status = creating_run(cli, cli->arguments[0], settings->crs, settings->is_empty);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct new_settings defaults = {.crs = "EPSG:3006"};

const struct cli_command cmd_new = {
    .name = "new",
    .arguments = OM_NOTE("PROJECT.gpkg"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Make a project, with the bundled Sweden in it"),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

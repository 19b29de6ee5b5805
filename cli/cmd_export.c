#include "judging.h"

static const struct cli_option options[] = {JUDGING_OPTIONS};

static enum cli_exit run(struct cli *cli, const void *settings)
{
    struct judged judged = {0};
    om_status status = judging_run(cli, cli->arguments[0], DATA_READ, settings, &judged);
    if (status == OM_OK)
        status = map_export(&cli->ctx, &judged.result, cli->arguments[1], cli->overwrite);
    judged_done(&judged);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct judging_options defaults;

const struct cli_command cmd_export = {
    .name = "export",
    .arguments = OM_NOTE("PROJECT OUT"),
    .min_arguments = 2,
    .max_arguments = 2,
    .meaning = OM_NOTE("Write a judged plan as layers: GeoPackage with styles, GeoJSON or CSV"),
    .details =
        OM_NOTE("The name of OUT decides: OUT.gpkg is one file with every layer, OUT.geojson (or a folder, "
                "OUT/) and OUT.csv are one file per layer."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

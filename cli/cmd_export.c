#include "comparing.h"

struct export_settings {
    struct judging_options judging;
    const char *against;
};

static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {.name = "against",
     .type = CLI_TEXT,
     .offset = offsetof(struct export_settings, against),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Also what changes from this plan: layers changes and area_moves")},
};

static om_status export_plan(struct cli *cli, const struct judging_options *judging)
{
    struct judged judged = {0};
    om_status status = judging_run(cli, cli->arguments[0], DATA_READ, judging, &judged);
    if (status == OM_OK)
        status = map_export(&cli->ctx, &judged.result, cli->arguments[1], cli->overwrite);
    judged_done(&judged);
    return status;
}

static om_status export_comparison(struct cli *cli, const struct export_settings *settings)
{
    struct compared compared = {0};
    om_status status = comparing_plans(cli, DATA_READ, &settings->judging, settings->against,
                                       settings->judging.plan, &compared);
    if (status == OM_OK)
        status = map_export(&cli->ctx, &compared.after.result, cli->arguments[1], cli->overwrite);
    compared_done(&compared);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct export_settings *settings = given;
    if (settings->against && !settings->judging.plan)
        return cli_usage(cli, om_tr("--against compares with the plan that --plan names; name it"));
    om_status status =
        settings->against ? export_comparison(cli, settings) : export_plan(cli, &settings->judging);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct export_settings defaults;

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

#include "showing.h"

struct export_settings {
    struct judging_options judging;
    const char *against;
    const char *schema;
    const char *template;
};

static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {.name = "against",
     .type = CLI_TEXT,
     .offset = offsetof(struct export_settings, against),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Also what changes from this plan: layers changes and area_moves")},
    {.name = "schema",
     .type = CLI_TEXT,
     .offset = offsetof(struct export_settings, schema),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Of a database, the schema to write to; made when it is not there")},
    {.name = "template",
     .type = CLI_TEXT,
     .offset = offsetof(struct export_settings, template),
     .argument = OM_NOTE("PATH"),
     .meaning = OM_NOTE("Of a GeoPackage, your own styles and QGIS project: a .gpkg, a .qgz, or a folder of "
                        "LAYER.qml and LAYER-STYLE.qml")},
};

static om_status write_layers(struct cli *cli, const struct map_result *result, const void *given)
{
    const struct export_settings *settings = given;
    const struct map_export_options export_options = {
        .overwrite = cli->overwrite, .schema = settings->schema, .template_path = settings->template};
    return map_export(&cli->ctx, result, cli->arguments[1], &export_options);
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct export_settings *settings = given;
    return showing_run(cli, &settings->judging, settings->against, write_layers, settings);
}

static const struct export_settings defaults;

const struct cli_command cmd_export = {
    .name = "export",
    .arguments = OM_NOTE("PROJECT OUT"),
    .min_arguments = 2,
    .max_arguments = 2,
    .meaning = OM_NOTE("Write a judged plan as layers: GeoPackage with styles, GeoJSON, PostGIS, CSV …"),
    .details =
        OM_NOTE("The name of OUT decides: OUT.gpkg is one file with every layer; OUT.geojson, OUT.fgb, "
                "OUT.parquet and OUT.csv are one file per layer, in a folder as OUT.fgb/ or OUT/ "
                "(GeoJSON); \"PG:dbname=NAME\" is a PostGIS database."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

#include "creating.h"
#include "files.h"
#include "judging.h"
#include "routing.h"

#include "datasets/sweden.h"
#include "geo/memory.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The files of the demonstration, all in one folder. */
struct files {
    char *project, *feed, *layers;
};

static om_status name_files(struct cli *cli, const char *folder, struct files *files)
{
    *files = (struct files){.project = om_format("%s/sweden.gpkg", folder),
                            .feed = om_format("%s/timetable.zip", folder),
                            .layers = om_format("%s/fa2015.gpkg", folder)};
    if (!files->project || !files->feed || !files->layers)
        return om_no_memory(&cli->ctx);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return om_fail(&cli->ctx, OM_IO, om_tr("the folder %s cannot be made: %s"), folder, strerror(errno));
    const char *const paths[] = {files->project, files->feed, files->layers};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (cli_must_not_exist(cli, paths[i]) != OM_OK)
            return cli->ctx.status;
    return OM_OK;
}

static void files_done(struct files *files)
{
    om_free(files->project);
    om_free(files->feed);
    om_free(files->layers);
}

/* A feed enters through the same door as a user's: it is written first, then read. */
static om_status add_times(struct cli *cli, const struct files *files)
{
    const struct routing_profile profile = {"morning", ROUTING_DEFAULT};
    const char *const feeds[] = {files->feed};
    const struct routing_job job = {
        .feeds = feeds, .n_feeds = 1, .is_synthetic = true, .profiles = &profile, .n_profiles = 1};
    data_project *project = NULL;
    cli_note(cli, om_tr("writing the synthetic timetable %s"), files->feed);
    om_status status = data_sweden_write_feed(&cli->ctx, files->feed);
    if (status == OM_OK)
        status = data_project_open(&cli->ctx, files->project, DATA_WRITE, &project);
    if (status == OM_OK)
        status = routing_into_project(cli, project, &job);
    data_project_close(project);
    return status;
}

static om_status judge(struct cli *cli, const struct files *files)
{
    const struct judging_options options = {.plan = "fa2015"};
    const struct map_export_options layers = {.overwrite = cli->overwrite};
    struct judged judged = {0};
    om_status status = judging_run(cli, files->project, DATA_WRITE, &options, &judged);
    if (status != OM_OK || (status = judging_store(cli, "evaluate", judged.project, &judged.result)) != OM_OK)
        goto done;
    cli_note(cli, om_tr("writing the layers %s"), files->layers);
    if ((status = map_export(&cli->ctx, &judged.result, files->layers, &layers)) != OM_OK ||
        (status = judging_print(cli, &options, &judged.result, map_summary_text, map_evaluation_json)) !=
            OM_OK)
        goto done;
done:
    judged_done(&judged);
    return status;
}

static void say_what_next(const struct cli *cli, const struct files *files)
{
    cli_note(cli, "\n%s", om_tr("Try next:"));
    cli_note(cli, "  omland info %s", files->project);
    cli_note(cli, "  omland evaluate %s --plan county", files->project);
    cli_note(cli, "  omland gaps %s --plan fa2005 --lang sv", files->project);
    cli_note(cli, "  qgis %s", files->layers);
}

static enum cli_exit run(struct cli *cli, const void *settings)
{
    (void)settings;
    struct files files = {0};
    om_status status = name_files(cli, cli->n_arguments ? cli->arguments[0] : "omland-demo", &files);
    if (status != OM_OK)
        goto done;
    cli_note(cli, om_tr("making the project %s from the bundled Sweden"), files.project);
    if ((status = creating_run(cli, files.project, "EPSG:3006", false)) == OM_OK &&
        (status = add_times(cli, &files)) == OM_OK && (status = judge(cli, &files)) == OM_OK)
        say_what_next(cli, &files);
done:
    files_done(&files);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

const struct cli_command cmd_demo = {
    .name = "demo",
    .arguments = OM_NOTE("[FOLDER]"),
    .max_arguments = 1,
    .meaning = OM_NOTE("Judge a plan of the bundled Sweden, from nothing, in one go"),
    .details = OM_NOTE("Makes the project, its timetable and its map layers in FOLDER (omland-demo)."),
    .run = run,
};

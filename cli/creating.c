#include "creating.h"

#include "datasets/sweden.h"

/* What the importers notice in the bundled tables is known and documented; a failure is worth telling. */
static om_status populate(struct cli *cli, data_project *project)
{
    om_context ctx = {.progress = cli->ctx.progress, .progress_user = cli->ctx.progress_user};
    om_status status = data_sweden_mount(&ctx);
    if (status == OM_OK)
        status = data_sweden_populate(&ctx, project);
    if (status != OM_OK)
        om_fail(&cli->ctx, status, "%s", ctx.message);
    om_context_done(&ctx);
    return status;
}

om_status creating_run(struct cli *cli, const char *path, const char *crs, bool is_empty)
{
    data_project *project = NULL;
    om_status status = data_project_create(&cli->ctx, path, crs, cli->overwrite, &project);
    if (status == OM_OK && !is_empty)
        status = populate(cli, project);
    if (status == OM_OK)
        status = data_project_finish(&cli->ctx, project);
    data_project_close(project);
    return status;
}

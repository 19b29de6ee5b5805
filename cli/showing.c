#include "showing.h"

#include "comparing.h"

static om_status show_plan(struct cli *cli, const struct judging_options *judging, showing_fn *show,
                           const void *request)
{
    struct judged judged = {0};
    om_status status = judging_run(cli, cli->arguments[0], DATA_READ, judging, &judged);
    if (status == OM_OK)
        status = show(cli, &judged.result, request);
    judged_done(&judged);
    return status;
}

static om_status show_comparison(struct cli *cli, const struct judging_options *judging, const char *against,
                                 showing_fn *show, const void *request)
{
    struct compared compared = {0};
    om_status status = comparing_plans(cli, DATA_READ, judging, against, judging->plan, &compared);
    if (status == OM_OK)
        status = show(cli, &compared.after.result, request);
    compared_done(&compared);
    return status;
}

enum cli_exit showing_run(struct cli *cli, const struct judging_options *judging, const char *against,
                          showing_fn *show, const void *request)
{
    if (against && !judging->plan)
        return cli_usage(cli, om_tr("--against compares with the plan that --plan names; name it"));
    om_status status = against ? show_comparison(cli, judging, against, show, request)
                               : show_plan(cli, judging, show, request);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

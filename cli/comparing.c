#include "comparing.h"

om_status comparing_run(struct cli *cli, struct judged *before, struct data_case *the_case,
                        struct compared *out)
{
    struct compared compared = {.before = *before};
    *before = (struct judged){0};
    om_status status = judging_evaluate(cli, the_case, &compared.after);
    if (status == OM_OK)
        status = plan_compare(
            &cli->ctx, &(struct plan_judgement){&compared.before.the_case->input, compared.before.evaluation},
            &(struct plan_judgement){&compared.after.the_case->input, compared.after.evaluation},
            &compared.comparison);
    if (status != OM_OK) {
        compared_done(&compared);
        return status;
    }
    *out = compared;
    judged_point(&out->before);
    judged_point(&out->after);
    out->after.result.before = &out->before.result;
    out->after.result.comparison = out->comparison;
    return OM_OK;
}

om_status comparing_plans(struct cli *cli, enum data_access access, const struct judging_options *options,
                          const char *before_name, const char *after_name, struct compared *out)
{
    struct judging_options options_before = *options;
    struct judged before = {0};
    struct data_case *after = NULL;
    options_before.plan = before_name;
    om_status status = judging_run(cli, cli->arguments[0], access, &options_before, &before);
    if (status == OM_OK)
        status = data_case_load_plan(&cli->ctx, before.project, before.the_case, after_name, &after);
    if (status == OM_OK)
        return comparing_run(cli, &before, after, out);
    judged_done(&before);
    return status;
}

void compared_done(struct compared *compared)
{
    plan_comparison_free(compared->comparison);
    judged_done(&compared->after); /* which shares parts with the case before */
    judged_done(&compared->before);
    *compared = (struct compared){0};
}

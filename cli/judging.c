#include "judging.h"

#include "geo/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *const judging_fail_words[] = {"nothing", "none", "limited", NULL};

/* The plan named, or the only one there is. */
static om_status choose_plan(struct cli *cli, data_project *project, const char *named, char **out)
{
    struct data_names plans = {0};
    om_status status = OM_OK;
    char *plan = NULL;
    if (!named && (status = data_project_list(&cli->ctx, project, DATA_LIST_PLANS, &plans)) != OM_OK)
        return status;
    if (named || plans.n == 1) {
        plan = om_strdup(named ? named : plans.names[0]);
        status = plan ? OM_OK : om_no_memory(&cli->ctx);
    } else if (plans.n == 0) {
        status = om_fail(&cli->ctx, OM_NOT_FOUND, "%s",
                         om_tr("the project has no plan yet: `omland import PROJECT plan FILE` brings one"));
    } else {
        char list[512] = "";
        for (size_t i = 0; i < plans.n; i++) {
            size_t used = strlen(list);
            snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", plans.names[i]);
        }
        status = om_fail(&cli->ctx, OM_NOT_FOUND,
                         om_tr("the project has several plans; name one with --plan: %s"), list);
    }
    data_names_done(&plans);
    if (status == OM_OK)
        *out = plan;
    return status;
}

om_status judging_run(struct cli *cli, const char *path, enum data_access access,
                      const struct judging_options *options, struct judged *out)
{
    struct judged judged = {0};
    char *plan = NULL;
    om_status status = data_project_open(&cli->ctx, path, access, &judged.project);
    if (status != OM_OK || (status = choose_plan(cli, judged.project, options->plan, &plan)) != OM_OK ||
        (status = data_case_load(&cli->ctx, judged.project, plan, options->rules, &judged.the_case)) !=
            OM_OK ||
        (status = plan_evaluate(&cli->ctx, &judged.the_case->input, &judged.evaluation)) != OM_OK ||
        (status = plan_in_house_propose(&cli->ctx, &judged.the_case->input, judged.evaluation,
                                        &judged.in_house)) != OM_OK ||
        (status = data_result_hash(&cli->ctx, judged.the_case, judged.evaluation, judged.result_sha256)) !=
            OM_OK)
        goto done;
    *out = judged;
    out->result = (struct map_result){.the_case = out->the_case,
                                      .evaluation = out->evaluation,
                                      .in_house = out->in_house,
                                      .result_sha256 = out->result_sha256,
                                      .tool_version = OMLAND_VERSION};
    judged = (struct judged){0};
done:
    om_free(plan);
    judged_done(&judged);
    return status;
}

void judged_done(struct judged *judged)
{
    plan_in_house_free(judged->in_house);
    plan_evaluation_free(judged->evaluation);
    data_case_free(judged->the_case);
    data_project_close(judged->project);
    *judged = (struct judged){0};
}

/* Now, or SOURCE_DATE_EPOCH where equal runs should give equal bytes. */
static void time_of_run(char text[32])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        text[0] = '\0';
}

om_status judging_store(struct cli *cli, const char *command, const struct judged *judged)
{
    char now[32];
    time_of_run(now);
    const struct data_case *the_case = judged->the_case;
    const struct data_run run = {.command = command,
                                 .plan = the_case->plan->name,
                                 .rules = the_case->rules_name,
                                 .plan_sha256 = the_case->plan_sha256,
                                 .rules_sha256 = the_case->rules_sha256,
                                 .input_sha256 = the_case->input_sha256,
                                 .result_sha256 = judged->result_sha256,
                                 .tool_version = OMLAND_VERSION,
                                 .time = now};
    om_status status = map_store(&cli->ctx, &judged->result, judged->project);
    if (status != OM_OK || (status = data_project_begin(&cli->ctx, judged->project)) != OM_OK)
        return status;
    status = data_store_run(&cli->ctx, judged->project, &run);
    if (status == OM_OK)
        status = data_project_commit(&cli->ctx, judged->project);
    if (status != OM_OK)
        data_project_rollback(judged->project);
    return status;
}

static enum cli_exit verdict(const struct judging_options *options, const struct plan_evaluation *evaluation)
{
    int32_t without = evaluation->headline.n_status[PLAN_STATUS_NONE];
    int32_t limited = evaluation->headline.n_status[PLAN_STATUS_LIMITED];
    bool found_wanting = (options->fail_on >= JUDGING_FAIL_ON_NONE && without > 0) ||
                         (options->fail_on >= JUDGING_FAIL_ON_LIMITED && limited > 0);
    return found_wanting ? CLI_VERDICT : CLI_DONE;
}

om_status judging_print(struct cli *cli, const struct judging_options *options, const struct judged *judged,
                        judging_text_fn *text, judging_json_fn *json)
{
    if (!cli->json) {
        const struct map_text_style style = {
            .colour = cli->colour, .width = cli->width, .every_area = options->every_area};
        return text(&cli->ctx, &judged->result, &style, stdout);
    }
    char *document = NULL;
    om_status status = json(&cli->ctx, &judged->result, &document);
    if (status == OM_OK)
        printf("%s\n", document);
    om_free(document);
    return status;
}

enum cli_exit judging_answer(struct cli *cli, const struct judging_options *options, const char *stored_as,
                             judging_text_fn *text, judging_json_fn *json)
{
    struct judged judged = {0};
    om_status status =
        judging_run(cli, cli->arguments[0], stored_as ? DATA_WRITE : DATA_READ, options, &judged);
    if (status != OM_OK)
        return cli_fail(cli);
    if (stored_as)
        status = judging_store(cli, stored_as, &judged);
    if (status == OM_OK)
        status = judging_print(cli, options, &judged, text, json);
    enum cli_exit code = status == OM_OK ? verdict(options, judged.evaluation) : cli_fail(cli);
    judged_done(&judged);
    return code;
}

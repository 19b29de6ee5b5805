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

void judged_point(struct judged *judged)
{
    judged->result = (struct map_result){.the_case = judged->the_case,
                                         .evaluation = judged->evaluation,
                                         .in_house = judged->in_house,
                                         .result_sha256 = judged->result_sha256,
                                         .tool_version = OMLAND_VERSION};
}

om_status judging_evaluate(struct cli *cli, struct data_case *the_case, struct judged *out)
{
    struct judged judged = {.the_case = the_case};
    om_status status = plan_evaluate(&cli->ctx, &the_case->input, &judged.evaluation);
    if (status == OM_OK)
        status =
            plan_in_house_propose(&cli->ctx, &the_case->input, judged.evaluation, NULL, &judged.in_house);
    if (status == OM_OK)
        status = data_result_hash(&cli->ctx, the_case, judged.evaluation, judged.result_sha256);
    if (status != OM_OK) {
        judged_done(&judged);
        return status;
    }
    *out = judged;
    judged_point(out);
    return OM_OK;
}

om_status judging_run(struct cli *cli, const char *path, enum data_access access,
                      const struct judging_options *options, struct judged *out)
{
    data_project *project = NULL;
    struct data_case *the_case = NULL;
    char *plan = NULL;
    om_status status = data_project_open(&cli->ctx, path, access, &project);
    if (status == OM_OK)
        status = choose_plan(cli, project, options->plan, &plan);
    if (status == OM_OK)
        status = data_case_load(&cli->ctx, project, plan, options->rules, &the_case);
    if (status == OM_OK)
        status = judging_evaluate(cli, the_case, out);
    om_free(plan);
    if (status == OM_OK)
        out->project = project;
    else
        data_project_close(project);
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

/* "fa2005", or what was compared: "fa2005 → fa2015". NULL: no memory. */
static char *plans_of_run(const struct map_result *result)
{
    const char *plan = result->the_case->plan->name;
    return result->before ? om_format("%s → %s", result->before->the_case->plan->name, plan)
                          : om_strdup(plan);
}

static om_status store_run(struct cli *cli, const char *command, data_project *project,
                           const struct map_result *result)
{
    char now[32], *plans = plans_of_run(result);
    if (!plans)
        return om_no_memory(&cli->ctx);
    time_of_run(now);
    const struct data_case *the_case = result->the_case;
    const struct data_run run = {.command = command,
                                 .plan = plans,
                                 .rules = the_case->rules_name,
                                 .plan_sha256 = the_case->plan_sha256,
                                 .rules_sha256 = the_case->rules_sha256,
                                 .input_sha256 = the_case->input_sha256,
                                 .result_sha256 = result->result_sha256,
                                 .tool_version = OMLAND_VERSION,
                                 .time = now};
    om_status status = data_project_begin(&cli->ctx, project);
    if (status == OM_OK)
        status = data_store_run(&cli->ctx, project, &run);
    if (status == OM_OK)
        status = data_project_commit(&cli->ctx, project);
    if (status != OM_OK)
        data_project_rollback(project);
    om_free(plans);
    return status;
}

om_status judging_store(struct cli *cli, const char *command, data_project *project,
                        const struct map_result *result)
{
    om_status status = map_store(&cli->ctx, result, project);
    return status ? status : store_run(cli, command, project, result);
}

static enum cli_exit verdict(const struct judging_options *options, const struct plan_evaluation *evaluation)
{
    int32_t without = evaluation->headline.n_status[PLAN_STATUS_NONE];
    int32_t limited = evaluation->headline.n_status[PLAN_STATUS_LIMITED];
    bool found_wanting = (options->fail_on >= JUDGING_FAIL_ON_NONE && without > 0) ||
                         (options->fail_on >= JUDGING_FAIL_ON_LIMITED && limited > 0);
    return found_wanting ? CLI_VERDICT : CLI_DONE;
}

om_status judging_print(struct cli *cli, const struct judging_options *options,
                        const struct map_result *result, judging_text_fn *text, judging_json_fn *json)
{
    if (!cli->json) {
        const struct map_text_style style = {
            .colour = cli->colour, .width = cli->width, .every_area = options->every_area};
        return text(&cli->ctx, result, &style, stdout);
    }
    char *document = NULL;
    om_status status = json(&cli->ctx, result, &document);
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
        status = judging_store(cli, stored_as, judged.project, &judged.result);
    if (status == OM_OK)
        status = judging_print(cli, options, &judged.result, text, json);
    enum cli_exit code = status == OM_OK ? verdict(options, judged.evaluation) : cli_fail(cli);
    judged_done(&judged);
    return code;
}

#include "comparing.h"
#include "proposing.h"

#include "geo/memory.h"
#include "maps/proposal.h"

#include <stdio.h>
#include <string.h>

enum { MOST_PLANS = 32, DEFAULT_STEPS = 4000000 };

struct propose_settings {
    struct judging_options judging;
    const char *from, *name;
    int seed, n_plans, n_areas;
    double n_steps, seconds;
    struct cli_list locked;
};

static const struct cli_option options[] = {
    {"from", 'f', CLI_TEXT, offsetof(struct propose_settings, from), OM_NOTE("PLAN"),
     OM_NOTE("Start from a plan, a kind of regions, or \"municipalities\": each on its own (needed)"), 0, 0,
     NULL},
    JUDGING_RULES_OPTION,
    {"steps", 0, CLI_NUMBER, offsetof(struct propose_settings, n_steps), OM_NOTE("N"),
     OM_NOTE("Steps to try (4000000); equal seed and steps give equal plans"), 0, 1e15, NULL},
    {"seconds", 0, CLI_NUMBER, offsetof(struct propose_settings, seconds), OM_NOTE("S"),
     OM_NOTE("Stop after this time, wherever the search is then; this is not reproducible"), 0, 1e7, NULL},
    {"seed", 0, CLI_WHOLE, offsetof(struct propose_settings, seed), OM_NOTE("N"),
     OM_NOTE("Seed of the random numbers (1)"), 0, 2147483647, NULL},
    {"areas", 0, CLI_WHOLE, offsetof(struct propose_settings, n_areas), OM_NOTE("N"),
     OM_NOTE("Exactly so many areas; else as the rules say, or as many as at the start"), 0, 1e6, NULL},
    {"lock", 'l', CLI_LIST, offsetof(struct propose_settings, locked), OM_NOTE("CODE|AREA"),
     OM_NOTE("A municipality that stays in its area, or an area that stays as it is; may be repeated"), 0, 0,
     NULL},
    {"plans", 'n', CLI_WHOLE, offsetof(struct propose_settings, n_plans), OM_NOTE("N"),
     OM_NOTE("The most plans to keep (3); none is better in every goal than another"), 1, MOST_PLANS, NULL},
    {"name", 0, CLI_TEXT, offsetof(struct propose_settings, name), OM_NOTE("NAME"),
     OM_NOTE("Name of the plans: NAME-1, the best, NAME-2 … (proposal)"), 0, 0, NULL},
    {.name = "all",
     .letter = 'a',
     .type = CLI_FLAG,
     .offset = offsetof(struct judging_options, every_area),
     .meaning = OM_NOTE("Show every move and every municipality whose status changes")},
};

struct proposing {
    const struct propose_settings *settings;
    struct proposing_start start;
    bool *is_locked, *is_locked_area;
    char *names[MOST_PLANS];
    size_t n_names;
    struct plan_search_result *found;
    struct judged before;
    struct compared compared;
    struct plan_breach *breaches;
    size_t n_breaches;
};

static void proposing_done(struct proposing *it)
{
    om_free(it->breaches);
    compared_done(&it->compared);
    judged_done(&it->before);
    plan_search_result_free(it->found);
    for (size_t i = 0; i < it->n_names; i++)
        om_free(it->names[i]);
    om_free(it->is_locked);
    om_free(it->is_locked_area);
    proposing_start_done(&it->start);
}

static om_status name_plans(struct cli *cli, struct proposing *it)
{
    for (; it->n_names < (size_t)it->settings->n_plans; it->n_names++)
        if (!(it->names[it->n_names] = om_format("%s-%zu", it->settings->name, it->n_names + 1)))
            return om_no_memory(&cli->ctx);
    return proposing_check_names(cli, it->start.project, it->names, it->n_names);
}

static om_status search(struct cli *cli, struct proposing *it)
{
    const struct propose_settings *settings = it->settings;
    const struct plan_case *input = &it->start.the_case->input;
    bool has_limit = settings->n_steps > 0 || settings->seconds > 0;
    it->is_locked = om_alloc(input->plan->n, sizeof *it->is_locked);
    it->is_locked_area = om_alloc(input->plan->n_areas, sizeof *it->is_locked_area);
    if (!it->is_locked || !it->is_locked_area)
        return om_no_memory(&cli->ctx);
    om_status status = proposing_lock(cli, input, &settings->locked, it->is_locked, it->is_locked_area);
    const struct plan_search_options search_options = {
        .seed = (uint64_t)settings->seed,
        .n_steps = has_limit ? (uint64_t)settings->n_steps : DEFAULT_STEPS,
        .seconds = settings->seconds,
        .n_wanted = (size_t)settings->n_plans,
        .is_locked = settings->locked.n ? it->is_locked : NULL,
        .is_locked_area = settings->locked.n ? it->is_locked_area : NULL,
    };
    if (status == OM_OK)
        status = plan_search(&cli->ctx, input, &search_options, &it->found);
    if (status != OM_OK)
        return status;
    if (it->found->was_interrupted)
        cli_progress_go_on();
    cli_progress_clear();
    cli_note(cli, om_tr("%.0f steps in %.1f s"), (double)it->found->n_steps, it->found->seconds);
    return OM_OK;
}

/* What the plan rests on, in the line that tells where it came from. */
static char *origin(const struct proposing *it, size_t proposal)
{
    const struct data_case *the_case = it->start.the_case;
    const struct plan_score *score = &it->found->proposals[proposal].score;
    return om_format(
        "omland propose --from %s --seed %d --steps %llu; rules %s %.12s, input %.12s; without choice "
        "%.0f, without supplier %.0f, misaligned %.0f, moved %.0f",
        it->settings->from, it->settings->seed, (unsigned long long)it->found->n_steps, the_case->rules_name,
        the_case->rules_sha256, the_case->input_sha256,
        (double)score->goal[PLAN_GOAL_WITHOUT_CHOICE] / (double)PLAN_PERSON,
        (double)score->goal[PLAN_GOAL_WITHOUT_SUPPLIER] / (double)PLAN_PERSON,
        (double)score->goal[PLAN_GOAL_MISALIGNED] / (double)PLAN_PERSON,
        (double)score->goal[PLAN_GOAL_MOVED] / (double)PLAN_PERSON);
}

static om_status store_plan(struct cli *cli, const struct proposing *it, const struct plan *plan,
                            size_t proposal)
{
    char *name = origin(it, proposal);
    if (!name)
        return om_no_memory(&cli->ctx);
    const struct data_source source = {.kind = "plan", .name = name};
    om_status status = data_store_made_plan(&cli->ctx, it->start.project, it->start.the_case->territory, plan,
                                            plan->name, &source);
    om_free(name);
    return status;
}

/* The first is made already. */
static om_status store_proposal(struct cli *cli, struct proposing *it, const struct plan *best,
                                size_t proposal)
{
    struct plan *plan = NULL;
    if (proposal == 0)
        return store_plan(cli, it, best, 0);
    om_status status = plan_search_plan(&cli->ctx, &it->start.the_case->input, it->found, proposal,
                                        it->names[proposal], &plan);
    if (status == OM_OK)
        status = store_plan(cli, it, plan, proposal);
    plan_free(plan);
    return status;
}

/* All of them or none. */
static om_status store_plans(struct cli *cli, struct proposing *it, const struct plan *best)
{
    om_status status = data_project_begin(&cli->ctx, it->start.project);
    if (status != OM_OK)
        return status;
    for (size_t i = 0; i < it->found->n_proposals && status == OM_OK; i++)
        status = store_proposal(cli, it, best, i);
    if (status == OM_OK)
        status = data_project_commit(&cli->ctx, it->start.project);
    if (status != OM_OK)
        data_project_rollback(it->start.project);
    return status;
}

/* The best plan found, its breaches of limits, and whether these let it be kept; then all are stored. *best
 * is owned by the caller. */
static om_status keep_plans(struct cli *cli, struct proposing *it, struct plan **best)
{
    const struct plan_case *input = &it->start.the_case->input;
    struct plan *plan = NULL;
    om_status status = plan_search_plan(&cli->ctx, input, it->found, 0, it->names[0], &plan);
    if (status == OM_OK)
        status = plan_limits_check(&cli->ctx, input, plan, &it->breaches, &it->n_breaches);
    if (status == OM_OK)
        status = proposing_check_limits(cli, input, it->found, plan, it->breaches, it->n_breaches);
    if (status == OM_OK)
        status = store_plans(cli, it, plan);
    if (status == OM_OK)
        *best = plan;
    else
        plan_free(plan);
    return status;
}

/* The start against the best proposal. */
static om_status compare(struct cli *cli, struct proposing *it)
{
    struct data_case_parts parts = {.rules = &it->start.the_case->rules,
                                    .rules_name = it->start.the_case->rules_name};
    struct data_case *after = NULL;
    om_status status = keep_plans(cli, it, &parts.plan);
    if (status != OM_OK)
        return status;
    status = data_case_vary(&cli->ctx, it->start.project, it->start.the_case, &parts, &after);
    if (status != OM_OK)
        return status;
    struct data_case *before = it->start.the_case;
    it->start.the_case = NULL;
    status = judging_evaluate(cli, before, &it->before);
    if (status == OM_OK)
        return comparing_run(cli, &it->before, after, &it->compared);
    data_case_free(after);
    return status;
}

static om_status print(struct cli *cli, const struct proposing *it)
{
    const struct map_proposal proposal = {.comparison = &it->compared.after.result,
                                          .found = it->found,
                                          .names = (const char *const *)it->names,
                                          .seed = (uint64_t)it->settings->seed,
                                          .breaches = it->breaches,
                                          .n_breaches = it->n_breaches};
    if (!cli->json) {
        const struct map_text_style style = {
            .colour = cli->colour, .width = cli->width, .every_area = it->settings->judging.every_area};
        return map_proposal_text(&cli->ctx, &proposal, &style, stdout);
    }
    char *document = NULL;
    om_status status = map_proposal_json(&cli->ctx, &proposal, &document);
    if (status == OM_OK)
        printf("%s\n", document);
    om_free(document);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    struct proposing it = {.settings = given};
    if (!it.settings->from)
        return cli_usage(cli, om_tr("needs --from: what to start from"));
    om_status status = proposing_load(cli, cli->arguments[0], it.settings->from, it.settings->judging.rules,
                                      it.settings->n_areas, &it.start);
    if (status == OM_OK)
        status = name_plans(cli, &it);
    if (status == OM_OK)
        status = search(cli, &it);
    if (status == OM_OK)
        status = compare(cli, &it);
    if (status == OM_OK)
        status = judging_store(cli, "propose", it.start.project, &it.compared.after.result);
    if (status == OM_OK)
        status = print(cli, &it);
    enum cli_exit code = status == OM_OK ? CLI_DONE : cli_fail(cli);
    proposing_done(&it);
    return code;
}

static const struct propose_settings defaults = {.name = "proposal", .seed = 1, .n_plans = 3};

const struct cli_command cmd_propose = {
    .name = "propose",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Search for better plans, by the goals and limits of the rules"),
    .details = OM_NOTE(
        "The best plans are kept in the project. Areas stay in one piece. Goals and limits are in the "
        "section [search] of the rules. An interrupt ends the search and keeps what it has."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

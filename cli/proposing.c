#include "proposing.h"

#include "geo/memory.h"
#include "maps/proposal.h"

#include <stdio.h>
#include <string.h>

static const char *const MUNICIPALITIES = "municipalities";

void proposing_start_done(struct proposing_start *start)
{
    data_case_free(start->the_case);
    data_case_free(start->base);
    data_project_close(start->project);
    *start = (struct proposing_start){0};
}

static bool is_listed(const struct data_names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->names[i], name) == 0)
            return true;
    return false;
}

/* The municipality's name; with its code where another has the same. */
static char *name_alone(const struct plan_territory *territory, size_t m)
{
    const struct plan_municipality *it = &territory->municipalities[m];
    for (size_t k = 0; k < territory->n; k++)
        if (k != m && strcmp(territory->municipalities[k].name, it->name) == 0)
            return om_format("%s (%s)", it->name, it->code);
    return om_strdup(it->name);
}

static om_status every_one_alone(struct cli *cli, const struct plan_territory *territory, struct plan **out)
{
    struct plan_assignment *rows = om_alloc(territory->n, sizeof *rows);
    char **names = om_alloc(territory->n, sizeof *names);
    om_status status = rows && names ? OM_OK : om_no_memory(&cli->ctx);
    for (size_t m = 0; m < territory->n && !status; m++) {
        names[m] = name_alone(territory, m);
        if (!names[m])
            status = om_no_memory(&cli->ctx);
        rows[m] = (struct plan_assignment){.municipality_code = territory->municipalities[m].code,
                                           .area_name = names[m]};
    }
    if (!status)
        status = plan_new(&cli->ctx, territory, MUNICIPALITIES, rows, territory->n, out);
    for (size_t m = 0; names && m < territory->n; m++)
        om_free(names[m]);
    om_free(names);
    om_free(rows);
    return status;
}

static om_status fail_from(struct cli *cli, const char *from, const struct data_names *plans,
                           const struct plan_territory *territory)
{
    char list[1024] = "";
    for (size_t i = 0; i < plans->n + territory->n_partitions; i++) {
        const char *name = i < plans->n ? plans->names[i] : territory->partitions[i - plans->n].kind;
        size_t used = strlen(list);
        if (i < plans->n || !is_listed(plans, name))
            snprintf(list + used, sizeof list - used, "%s, ", name);
    }
    return om_fail(&cli->ctx, OM_NOT_FOUND,
                   om_tr("there is no plan and no kind of regions \"%s\" to start from; there are %s%s"),
                   from, list, MUNICIPALITIES);
}

/* A start that is no plan of the project. */
static om_status make_plan(struct cli *cli, const char *from, const struct data_names *plans,
                           const struct plan_territory *territory, struct plan **out)
{
    const struct plan_partition *partition = plan_territory_partition(territory, from);
    if (partition)
        return plan_from_partition(&cli->ctx, territory, partition, from, out);
    if (strcmp(from, MUNICIPALITIES) == 0)
        return every_one_alone(cli, territory, out);
    return fail_from(cli, from, plans, territory);
}

static om_status load(struct cli *cli, const char *from, const char *rules_path, int n_areas,
                      const struct data_names *plans, struct proposing_start *start)
{
    om_context *ctx = &cli->ctx;
    struct data_case_parts parts = {0};
    bool is_plan = is_listed(plans, from);
    if (plans->n == 0)
        return om_fail(ctx, OM_NOT_FOUND, "%s",
                       om_tr("the project has no plan yet: `omland import PROJECT plan FILE` brings one"));
    om_status status =
        data_case_load(ctx, start->project, is_plan ? from : plans->names[0], rules_path, &start->base);
    if (status == OM_OK && !is_plan)
        status = make_plan(cli, from, plans, start->base->territory, &parts.plan);
    if (status != OM_OK)
        return status;
    struct plan_rules rules = start->base->rules;
    if (n_areas)
        rules.search.min_areas = rules.search.max_areas = n_areas;
    parts.rules = &rules;
    parts.rules_name = start->base->rules_name;
    return data_case_vary(ctx, start->project, start->base, &parts, &start->the_case);
}

om_status proposing_load(struct cli *cli, const char *path, const char *from, const char *rules, int n_areas,
                         struct proposing_start *out)
{
    struct proposing_start start = {0};
    struct data_names plans = {0};
    om_status status = data_project_open(&cli->ctx, path, DATA_WRITE, &start.project);
    if (status == OM_OK)
        status = data_project_list(&cli->ctx, start.project, DATA_LIST_PLANS, &plans);
    if (status == OM_OK)
        status = load(cli, from, rules, n_areas, &plans, &start);
    data_names_done(&plans);
    if (status == OM_OK)
        *out = start;
    else
        proposing_start_done(&start);
    return status;
}

static int32_t find_area(const struct plan *plan, const char *name)
{
    for (size_t a = 0; a < plan->n_areas; a++)
        if (strcmp(plan->areas[a].name, name) == 0)
            return (int32_t)a;
    return PLAN_NOWHERE;
}

om_status proposing_lock(struct cli *cli, const struct plan_case *input, const struct cli_list *locked,
                         bool *is_locked, bool *is_locked_area)
{
    for (size_t i = 0; i < locked->n; i++) {
        int32_t m = plan_territory_find(input->territory, locked->items[i]);
        int32_t area = find_area(input->plan, locked->items[i]);
        if (m == PLAN_NOWHERE && area == PLAN_NOWHERE)
            return om_fail(&cli->ctx, OM_NOT_FOUND,
                           om_tr("--lock %s: neither the code of a municipality nor an area of plan %s"),
                           locked->items[i], input->plan->name);
        if (area != PLAN_NOWHERE)
            is_locked_area[area] = true;
        else
            is_locked[m] = true;
    }
    return OM_OK;
}

om_status proposing_check_names(struct cli *cli, data_project *project, char *const *names, size_t n)
{
    struct data_names plans = {0};
    om_status status = data_project_list(&cli->ctx, project, DATA_LIST_PLANS, &plans);
    for (size_t i = 0; i < n && status == OM_OK && !cli->overwrite; i++)
        if (is_listed(&plans, names[i]))
            status = om_fail(&cli->ctx, OM_EXISTS,
                             om_tr("the project has a plan %s already; give --overwrite, or another --name"),
                             names[i]);
    data_names_done(&plans);
    return status;
}

enum { BREACHES_SHOWN = 10 };

/* Adds one line to a message, if there is room. */
static om_status add_breach(struct cli *cli, const struct plan_case *input, const struct plan *plan,
                            const struct plan_breach *breach, char *message, size_t size)
{
    char *line = map_breach_line(input, plan, breach);
    if (!line)
        return om_no_memory(&cli->ctx);
    size_t used = strlen(message);
    snprintf(message + used, size - used, "\n%s", line);
    om_free(line);
    return OM_OK;
}

static om_status fail_limits(struct cli *cli, const struct plan_case *input, bool start_keeps_all,
                             const struct plan *best, const struct plan_breach *breaches, size_t n)
{
    char list[OM_MESSAGE_SIZE / 2] = "";
    for (size_t i = 0; i < n && i < BREACHES_SHOWN; i++)
        if (add_breach(cli, input, best, &breaches[i], list, sizeof list) != OM_OK)
            return OM_NO_MEMORY;
    if (n > BREACHES_SHOWN) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, om_tr("\n  … and %zu more"), n - BREACHES_SHOWN);
    }
    if (start_keeps_all)
        return om_fail(
            &cli->ctx, OM_NOT_FOUND,
            om_tr("no plan was found that keeps every limit of the rules; nothing is stored. A longer "
                  "search or other limits may help. The best one found:%s"),
            list);
    return om_fail(
        &cli->ctx, OM_NOT_FOUND,
        om_tr("no plan was found that breaks the limits of the rules less than plan %s does; nothing "
              "is stored. A longer search or other limits may help. The best one found:%s"),
        input->plan->name, list);
}

om_status proposing_check_limits(struct cli *cli, const struct plan_case *input,
                                 const struct plan_search_result *found, const struct plan *best,
                                 const struct plan_breach *breaches, size_t n)
{
    int64_t violation = found->proposals[0].score.violation, at_start = found->start.violation;
    if (violation == 0)
        return OM_OK;
    if (violation >= at_start)
        return fail_limits(cli, input, at_start == 0, best, breaches, n);
    cli_note(cli,
             om_tr("%s does not keep every limit of the rules; it only breaks them less than plan %s does"),
             best->name, input->plan->name);
    return OM_OK;
}

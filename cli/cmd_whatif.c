#include "comparing.h"

#include "datasets/what_if.h"
#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

struct whatif_settings {
    struct judging_options judging;
    struct cli_list changes; /* kind and value in turn */
    const char *save_as, *export;
};

#define AT(field) offsetof(struct whatif_settings, field)
enum { FIXED = 5 };

/* One more for every kind of change. */
static struct cli_option options[FIXED + PLAN_CHANGE_KINDS] = {
    JUDGING_PLAN_OPTION,
    {.name = "changes",
     .type = CLI_TURNS,
     .offset = AT(changes),
     .argument = OM_NOTE("FILE"),
     .meaning = OM_NOTE("Changes from a table: columns change, supplier, municipality, area, to, name")},
    {.name = "save-as",
     .type = CLI_TEXT,
     .offset = AT(save_as),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Keep the areas as a new plan; without this the project is left as it was")},
    {.name = "export",
     .type = CLI_TEXT,
     .offset = AT(export),
     .argument = OM_NOTE("OUT"),
     .meaning = OM_NOTE("Also write the judgement after the changes, and what changed, as layers: OUT.gpkg, "
                        "OUT.geojson, OUT.csv or a folder OUT/")},
    {.name = "all",
     .letter = 'a',
     .type = CLI_FLAG,
     .offset = AT(judging.every_area),
     .meaning = OM_NOTE("Show every move and every municipality whose status changes")},
};

static void add_kinds(void)
{
    for (int kind = 0; kind < PLAN_CHANGE_KINDS; kind++)
        options[FIXED + kind] = (struct cli_option){.name = plan_change_kinds[kind].name,
                                                    .type = CLI_TURNS,
                                                    .offset = AT(changes),
                                                    .argument = plan_change_kinds[kind].form,
                                                    .meaning = plan_change_kinds[kind].meaning};
}

static om_status read_changes(struct cli *cli, data_project *project, const struct cli_list *given,
                              struct plan_changes *changes)
{
    om_status status = OM_OK;
    for (size_t i = 0; i + 1 < given->n && status == OM_OK; i += 2) {
        const char *name = given->items[i], *value = given->items[i + 1];
        enum plan_change_kind kind = plan_change_kind_of(name);
        if (kind == PLAN_CHANGE_KINDS) {
            status = data_changes_read(&cli->ctx, project, value, changes);
            continue;
        }
        char *where = om_format("--%s %s", name, value);
        status = where ? plan_changes_parse(&cli->ctx, changes, kind, value, where) : om_no_memory(&cli->ctx);
        om_free(where);
    }
    if (status == OM_OK && changes->n == 0)
        status = om_fail(&cli->ctx, OM_BAD_DATA, "%s", om_tr("the files of changes hold no change"));
    return status;
}

/* A plan holds areas, so something must have been done to them, and the name must be free. */
static om_status check_name(struct cli *cli, data_project *project, const struct plan_changes *changes,
                            const char *name)
{
    struct data_names plans = {0};
    bool is_to_plan = false, is_taken = false;
    for (size_t i = 0; i < changes->n; i++)
        is_to_plan |= plan_change_is_to_plan(changes->items[i].kind);
    if (!is_to_plan)
        return om_fail(&cli->ctx, OM_BAD_DATA,
                       om_tr("--save-as %s: a plan holds only areas, and no change is to areas"), name);
    om_status status = data_project_list(&cli->ctx, project, DATA_LIST_PLANS, &plans);
    for (size_t i = 0; i < plans.n; i++)
        is_taken |= strcmp(plans.names[i], name) == 0;
    data_names_done(&plans);
    if (status == OM_OK && is_taken && !cli->overwrite)
        status =
            om_fail(&cli->ctx, OM_EXISTS, om_tr("plan \"%s\" exists already; --overwrite replaces it"), name);
    return status;
}

static om_status save(struct cli *cli, const struct compared *compared, const struct plan_changes *changes,
                      const char *name)
{
    om_status status =
        data_case_save_plan(&cli->ctx, compared->before.project, compared->after.the_case, name);
    if (status != OM_OK)
        return status;
    cli_note(cli, om_tr("saved plan %s"), name);
    for (size_t i = 0; i < changes->n; i++) {
        const struct plan_change *change = &changes->items[i];
        char *text = plan_change_is_to_plan(change->kind) ? NULL : plan_change_text(change);
        if (text)
            cli_note(cli, om_tr("not saved, since a plan holds only areas: %s %s"),
                     plan_change_kinds[change->kind].name, text);
        om_free(text);
    }
    return OM_OK;
}

static om_status try_changes(struct cli *cli, const struct whatif_settings *settings,
                             struct plan_changes *changes, struct compared *out)
{
    struct judged before = {0};
    struct data_case *after = NULL;
    om_status status = judging_run(cli, cli->arguments[0], settings->save_as ? DATA_WRITE : DATA_READ,
                                   &settings->judging, &before);
    if (status == OM_OK)
        status = read_changes(cli, before.project, &settings->changes, changes);
    if (status == OM_OK && settings->save_as)
        status = check_name(cli, before.project, changes, settings->save_as);
    if (status == OM_OK)
        status = data_case_change(&cli->ctx, before.project, before.the_case, changes, &after);
    if (status == OM_OK)
        return comparing_run(cli, &before, after, out);
    judged_done(&before);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct whatif_settings *settings = given;
    struct plan_changes changes = {0};
    struct compared compared = {0};
    if (settings->changes.n == 0)
        return cli_usage(cli, om_tr("nothing to try; give a change, such as --move CODE=AREA"));
    om_status status = try_changes(cli, settings, &changes, &compared);
    compared.after.result.changes = &changes;
    if (status == OM_OK && settings->export)
        status = map_export(&cli->ctx, &compared.after.result, settings->export,
                            &(struct map_export_options){.overwrite = cli->overwrite});
    if (status == OM_OK && settings->save_as)
        status = save(cli, &compared, &changes, settings->save_as);
    if (status == OM_OK)
        status = judging_print(cli, &settings->judging, &compared.after.result, map_comparison_text,
                               map_comparison_json);
    compared_done(&compared);
    plan_changes_done(&changes);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

static const struct whatif_settings defaults;

const struct cli_command cmd_whatif = {
    .name = "whatif",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("Try changes on a plan and its suppliers: who gains, who loses, and why"),
    .details =
        OM_NOTE("Changes may be repeated and are made in the order given; rules and times hold for all of "
                "it. A contract that ends closes the supplier's offices in the area; other contracts stay "
                "with the municipalities they cover. The project is left as it was."),
    .prepare = add_kinds,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

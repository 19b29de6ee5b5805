#include "datasets/what_if.h"

#include "geo/memory.h"

#include <string.h>

static const struct plan_change *last_of(const struct plan_changes *changes, enum plan_change_kind kind)
{
    for (size_t i = changes->n; i-- > 0;)
        if (changes->items[i].kind == kind)
            return &changes->items[i];
    return NULL;
}

/* The rules in force, and the name of those that were named; *name is NULL when none were. */
static om_status find_rules(om_context *ctx, data_project *project, const struct data_case *base,
                            const struct plan_changes *changes, struct plan_rules *rules, char **name)
{
    const struct plan_change *other = last_of(changes, PLAN_CHANGE_RULES);
    const struct plan_change *times = last_of(changes, PLAN_CHANGE_TIMES);
    om_status status = OM_OK;
    *rules = base->rules;
    if (other)
        status = data_rules_find(ctx, project, other->fields[PLAN_CHANGE_NAME], rules, name);
    if (status == OM_OK && times)
        status = plan_rules_set(ctx, rules, "reach", "profile", times->fields[PLAN_CHANGE_NAME]);
    return status;
}

/* Contracts are those of the service the rules name. */
static om_status apply(om_context *ctx, data_project *project, const struct data_case *base,
                       const struct plan_changes *changes, const struct plan_rules *rules,
                       struct data_case_parts *parts)
{
    struct plan_market *other = NULL;
    om_status status = OM_OK;
    if (strcmp(rules->service, base->rules.service) != 0)
        status = data_load_market(ctx, project, base->territory, base->plan, rules->service, NULL, &other);
    if (status == OM_OK)
        status = plan_changes_apply(ctx, changes, base->territory, base->plan, other ? other : base->market,
                                    base->plan->name, &parts->plan, &parts->market);
    plan_market_free(other);
    return status;
}

om_status data_case_change(om_context *ctx, data_project *project, const struct data_case *base,
                           const struct plan_changes *changes, struct data_case **out)
{
    struct plan_rules rules;
    char *name = NULL;
    struct data_case_parts parts = {.rules = &rules};
    om_status status = find_rules(ctx, project, base, changes, &rules, &name);
    if (status == OM_OK)
        status = apply(ctx, project, base, changes, &rules, &parts);
    parts.rules_name = name;
    if (status == OM_OK)
        status = data_case_vary(ctx, project, base, &parts, out);
    om_free(name);
    return status;
}

/* The source of a plan, or NULL. */
static const struct data_source *source_of_plan(const struct data_case *the_case, const char *plan)
{
    for (size_t i = 0; i < the_case->n_sources; i++) {
        const char *subject = the_case->sources[i].subject;
        if (subject && strncmp(subject, "plan ", 5) == 0 && strcmp(subject + 5, plan) == 0)
            return &the_case->sources[i];
    }
    return NULL;
}

om_status data_case_save_plan(om_context *ctx, data_project *project, const struct data_case *the_case,
                              const char *name)
{
    const struct plan *plan = the_case->plan, *from = the_case->base ? the_case->base->plan : plan;
    const struct data_source *known = source_of_plan(the_case, from->name);
    char *origin = om_format("whatif %s", from->name);
    if (!origin)
        return om_no_memory(ctx);
    const struct data_source source = {.kind = "plan",
                                       .name = origin,
                                       .sha256 = the_case->plan_sha256,
                                       .licence = known ? known->licence : NULL,
                                       .is_synthetic = known && known->is_synthetic,
                                       .is_schematic = known && known->is_schematic};
    om_status status = data_store_made_plan(ctx, project, the_case->territory, plan, name, &source);
    om_free(origin);
    return status;
}

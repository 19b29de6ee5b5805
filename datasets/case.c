#include "datasets/case.h"

#include "canonical_internal.h"
#include "datasets/import.h"
#include "file_internal.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "project_internal.h"

#include <cpl_vsi.h>
#include <string.h>

void data_case_free(struct data_case *the_case)
{
    static const struct data_case nothing;
    if (!the_case)
        return;
    const struct data_case *base = the_case->base ? the_case->base : &nothing;
    if (the_case->polygons != base->polygons && the_case->territory)
        geo_wkb_array_free(the_case->polygons, the_case->territory->n);
    if (the_case->sources != base->sources)
        data_sources_free(the_case->sources, the_case->n_sources);
    if (the_case->travel != base->travel)
        plan_travel_free(the_case->travel);
    if (the_case->profile != base->profile)
        data_profile_free(the_case->profile);
    if (the_case->market != base->market)
        plan_market_free(the_case->market);
    if (the_case->plan != base->plan)
        plan_free(the_case->plan);
    if (the_case->territory != base->territory)
        plan_territory_free(the_case->territory);
    if (the_case->rules_name != base->rules_name)
        om_free(the_case->rules_name);
    if (the_case->crs != base->crs)
        om_free(the_case->crs);
    om_free(the_case);
}

/* The rule set stored last is the project's; a project without one is judged by the defaults. */
static om_status stored_rules(om_context *ctx, data_project *project, struct data_case *the_case)
{
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query, "SELECT name FROM ruleset ORDER BY fid DESC LIMIT 1");
    bool found = status == OM_OK && project_next(&query);
    the_case->rules_name = om_strdup(found ? project_text(&query, 0) : "default");
    project_query_done(&query);
    if (status == OM_OK && !the_case->rules_name)
        status = om_no_memory(ctx);
    the_case->rules = plan_rules_default();
    if (status != OM_OK || !found)
        return status;
    return data_load_rules(ctx, project, the_case->rules_name, &the_case->rules);
}

static bool is_file(const char *path)
{
    VSIStatBufL info;
    return path && VSIStatL(path, &info) == 0;
}

om_status data_rules_find(om_context *ctx, data_project *project, const char *path_or_name,
                          struct plan_rules *rules, char **name)
{
    const char *base = file_name(path_or_name), *dot = strrchr(base, '.');
    bool is_stored = !is_file(path_or_name); /* or an error that lists what there is */
    struct plan_rules found;
    om_status status = is_stored ? data_load_rules(ctx, project, path_or_name, &found)
                                 : data_rules_read(ctx, path_or_name, &found);
    if (status != OM_OK)
        return status;
    char *copy = is_stored ? om_strdup(path_or_name)
                           : om_strndup(base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
    if (!copy)
        return om_no_memory(ctx);
    *rules = found;
    *name = copy;
    return OM_OK;
}

static om_status load_rules(om_context *ctx, data_project *project, const char *rules_path,
                            struct data_case *the_case)
{
    if (!rules_path)
        return stored_rules(ctx, project, the_case);
    return data_rules_find(ctx, project, rules_path, &the_case->rules, &the_case->rules_name);
}

/* Contracts count only on the basis of contracts; then it must be clear which service is meant. */
static om_status check_service(om_context *ctx, data_project *project, const struct plan_rules *rules)
{
    if (rules->basis != PLAN_BASIS_CONTRACTS)
        return OM_OK;
    struct project_query query;
    om_status status = project_select(ctx, project, &query,
                                      "SELECT DISTINCT service FROM contract WHERE service IS NOT NULL");
    size_t n = 0;
    bool found = false;
    while (status == OM_OK && project_next(&query)) {
        n++;
        found |= strcmp(project_text(&query, 0), rules->service) == 0;
    }
    project_query_done(&query);
    if (status != OM_OK || found || n == 0 || (n == 1 && !*rules->service))
        return status;
    char *listing = project_listing(ctx, project, "contract", "service");
    if (*rules->service)
        status =
            om_fail(ctx, OM_NOT_FOUND,
                    om_tr("%s: there are no contracts of service \"%s\" ([service] name); there are: %s"),
                    project->path, rules->service, listing ? listing : "");
    else
        status = om_fail(ctx, OM_BAD_DATA,
                         om_tr("%s: the contracts are of several services (%s); the rules must say which, in "
                               "[service] name"),
                         project->path, listing ? listing : "");
    om_free(listing);
    return status;
}

static om_status check_municipalities(om_context *ctx, const data_project *project,
                                      const struct plan_territory *territory)
{
    if (territory->n)
        return OM_OK;
    return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: has no municipalities yet; import them first"),
                   project->path);
}

static om_status load_travel(om_context *ctx, data_project *project, struct data_case *the_case)
{
    om_status status =
        data_load_travel(ctx, project, the_case->territory, &the_case->rules, &the_case->travel);
    return status == OM_OK ? data_load_profile(ctx, project, &the_case->rules, &the_case->profile) : status;
}

static om_status load_parts(om_context *ctx, data_project *project, const char *plan_name,
                            struct data_case *the_case)
{
    om_status status = data_load_territory(ctx, project, &the_case->territory);
    if (status == OM_OK)
        status = check_municipalities(ctx, project, the_case->territory);
    if (status == OM_OK)
        status = data_load_plan(ctx, project, the_case->territory, plan_name, &the_case->plan);
    if (status == OM_OK)
        status = check_service(ctx, project, &the_case->rules);
    if (status == OM_OK)
        status = data_load_market(ctx, project, the_case->territory, the_case->plan, the_case->rules.service,
                                  NULL, &the_case->market);
    if (status == OM_OK)
        status = load_travel(ctx, project, the_case);
    if (status == OM_OK)
        status = data_load_polygons(ctx, project, the_case->territory, &the_case->polygons);
    if (status == OM_OK)
        status = data_load_sources(ctx, project, &the_case->sources, &the_case->n_sources);
    if (status == OM_OK && !(the_case->crs = om_strdup(project->crs)))
        status = om_no_memory(ctx);
    return status;
}

static om_status hash_parts(om_context *ctx, struct data_case *the_case)
{
    om_status status = canonical_plan_hash(ctx, the_case->territory, the_case->plan, the_case->plan_sha256);
    if (status == OM_OK)
        status = canonical_rules_hash(ctx, &the_case->rules, the_case->rules_sha256);
    if (status == OM_OK)
        status = canonical_input_hash(ctx, the_case, the_case->input_sha256);
    return status;
}

static void point_input(struct data_case *the_case)
{
    the_case->input = (struct plan_case){
        .territory = the_case->territory,
        .plan = the_case->plan,
        .market = the_case->market,
        .travel = the_case->travel,
        .rules = &the_case->rules,
    };
}

om_status data_case_load(om_context *ctx, data_project *project, const char *plan_name,
                         const char *rules_path, struct data_case **out)
{
    struct data_case *the_case = om_alloc(1, sizeof *the_case);
    if (!the_case)
        return om_no_memory(ctx);
    om_status status = load_rules(ctx, project, rules_path, the_case);
    if (status == OM_OK)
        status = load_parts(ctx, project, plan_name, the_case);
    if (status == OM_OK)
        status = hash_parts(ctx, the_case);
    if (status == OM_OK && is_file(rules_path) && project->writable)
        status = data_store_rules(ctx, project, the_case->rules_name, &the_case->rules);
    if (status != OM_OK) {
        data_case_free(the_case);
        return status;
    }
    point_input(the_case);
    *out = the_case;
    return OM_OK;
}

/* The base's times serve as long as the rules mean the same ones. */
static bool rules_share_travel(const struct plan_rules *x, const struct plan_rules *y)
{
    return x->statistic == y->statistic && strcmp(x->profile, y->profile) == 0 &&
           strcmp(x->return_profile, y->return_profile) == 0;
}

static om_status vary_rules(om_context *ctx, data_project *project, const struct data_case_parts *parts,
                            struct data_case *the_case)
{
    const struct data_case *base = the_case->base;
    the_case->rules = *parts->rules;
    if (parts->rules_name && !(the_case->rules_name = om_strdup(parts->rules_name)))
        return om_no_memory(ctx);
    if (rules_share_travel(&the_case->rules, &base->rules))
        return OM_OK;
    the_case->travel = NULL;
    the_case->profile = NULL;
    return load_travel(ctx, project, the_case);
}

om_status data_case_vary(om_context *ctx, data_project *project, const struct data_case *base,
                         const struct data_case_parts *parts, struct data_case **out)
{
    struct data_case *the_case = om_alloc(1, sizeof *the_case);
    if (!the_case) {
        plan_free(parts->plan);
        plan_market_free(parts->market);
        return om_no_memory(ctx);
    }
    *the_case = *base;
    the_case->base = base;
    if (parts->plan)
        the_case->plan = parts->plan;
    if (parts->market)
        the_case->market = parts->market;
    om_status status = parts->rules ? vary_rules(ctx, project, parts, the_case) : OM_OK;
    if (status == OM_OK)
        status = hash_parts(ctx, the_case);
    if (status != OM_OK) {
        data_case_free(the_case);
        return status;
    }
    point_input(the_case);
    *out = the_case;
    return OM_OK;
}

om_status data_case_load_plan(om_context *ctx, data_project *project, const struct data_case *base,
                              const char *plan_name, struct data_case **out)
{
    struct data_case_parts parts = {0};
    om_status status = data_load_plan(ctx, project, base->territory, plan_name, &parts.plan);
    if (status != OM_OK)
        return status;
    status =
        data_load_market(ctx, project, base->territory, parts.plan, base->rules.service, NULL, &parts.market);
    if (status != OM_OK) {
        plan_free(parts.plan);
        return status;
    }
    return data_case_vary(ctx, project, base, &parts, out);
}

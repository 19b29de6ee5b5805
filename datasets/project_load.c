/* Plans, rules, sources and lists of names, as stored. */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "rules_internal.h"

#include <math.h>
#include <string.h>

static om_status not_found(om_context *ctx, data_project *project, const char *what, const char *name,
                           const char *table)
{
    char *listing = project_listing(ctx, project, table, "name");
    om_status status = om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no %s \"%s\"; there are: %s"),
                               project->path, what, name, listing && *listing ? listing : om_tr("none"));
    om_free(listing);
    return status;
}

struct assignments {
    struct plan_assignment *rows;
    size_t n, capacity;
};

static void assignments_done(struct assignments *assignments)
{
    for (size_t i = 0; i < assignments->n; i++) {
        om_free((char *)assignments->rows[i].municipality_code);
        om_free((char *)assignments->rows[i].area_name);
    }
    om_free(assignments->rows);
}

static om_status read_assignments(om_context *ctx, data_project *project, const char *name,
                                  struct assignments *out)
{
    struct project_query query;
    om_status status = project_select(
        ctx, project, &query,
        "SELECT s.municipality_code, s.area_name, a.may_be_discontiguous FROM assignment s "
        "LEFT JOIN plan_area a ON a.plan_name = s.plan_name AND a.name = s.area_name WHERE s.plan_name = %Q "
        "ORDER BY s.municipality_code",
        name);
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(out->rows, &out->capacity, out->n + 1, sizeof *out->rows);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        out->rows = grown;
        struct plan_assignment *row = &out->rows[out->n++];
        *row = (struct plan_assignment){
            .municipality_code = om_strdup(project_text(&query, 0)),
            .area_name = om_strdup(project_text(&query, 1)),
            .area_may_be_discontiguous = project_number(&query, 2) > 0,
        };
        if (!row->municipality_code || !row->area_name)
            status = om_no_memory(ctx);
    }
    project_query_done(&query);
    return status;
}

/* Whom no row assigns is in no area yet; told by a finding. */
static om_status tell_hole(om_context *ctx, const struct plan_territory *territory, const struct plan *plan)
{
    if (plan_hole(plan) == PLAN_NOWHERE)
        return OM_OK;
    char *hole = plan_hole_words(territory, plan);
    if (!hole)
        return om_no_memory(ctx);
    om_find(ctx, "plan_unfinished", om_tr("plan %s: in no area yet, where nobody serves them: %s"),
            plan->name, hole);
    om_free(hole);
    return OM_OK;
}

om_status data_load_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                         const char *name, struct plan **out)
{
    struct assignments assignments = {0};
    om_status status = read_assignments(ctx, project, name, &assignments);
    if (status == OM_OK && assignments.n == 0)
        status = not_found(ctx, project, om_tr("plan"), name, "plan");
    struct plan *plan = NULL;
    if (status == OM_OK)
        status = plan_new_unfinished(ctx, territory, name, assignments.rows, assignments.n, &plan);
    if (status == OM_OK)
        status = tell_hole(ctx, territory, plan);
    assignments_done(&assignments);
    if (status == OM_OK)
        *out = plan;
    else
        plan_free(plan);
    return status;
}

om_status data_load_rules(om_context *ctx, data_project *project, const char *name, struct plan_rules *out)
{
    struct project_query query;
    om_status status = project_select(ctx, project, &query, "SELECT ini FROM ruleset WHERE name = %Q", name);
    if (status != OM_OK)
        return status;
    if (!project_next(&query))
        status = not_found(ctx, project, om_tr("rule set"), name, "ruleset");
    else
        status = rules_from_text(ctx, name, project_text(&query, 0), out);
    project_query_done(&query);
    return status;
}

static const struct {
    const char *what, *table;
} lists[] = {
    [DATA_LIST_PLANS] = {"name", "plan"},
    [DATA_LIST_RULES] = {"name", "ruleset"},
    [DATA_LIST_PROFILES] = {"name", "profile"},
    [DATA_LIST_REGION_KINDS] = {"DISTINCT kind", "region"},
    [DATA_LIST_FEEDS] = {"path", "source WHERE kind = 'feed' AND path IS NOT NULL"},
};

void data_names_done(struct data_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        om_free(names->names[i]);
    om_free(names->names);
    *names = (struct data_names){0};
}

om_status data_project_list(om_context *ctx, data_project *project, enum data_list what,
                            struct data_names *out)
{
    struct data_names names = {0};
    size_t capacity = 0;
    struct project_query query;
    /* feeds keep the order in which they were given: it decides which of two equal stops is met first */
    const char *order = what == DATA_LIST_FEEDS ? "fid" : "1";
    om_status status = project_select(ctx, project, &query, "SELECT %s FROM %s ORDER BY %s", lists[what].what,
                                      lists[what].table, order);
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(names.names, &capacity, names.n + 1, sizeof *names.names);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        names.names = grown;
        names.names[names.n] = om_strdup(project_text(&query, 0));
        if (!names.names[names.n++])
            status = om_no_memory(ctx);
    }
    project_query_done(&query);
    if (status == OM_OK)
        *out = names;
    else
        data_names_done(&names);
    return status;
}

void data_sources_free(struct data_source *sources, size_t n)
{
    for (size_t i = 0; sources && i < n; i++) {
        const char *const texts[] = {sources[i].kind,   sources[i].name,    sources[i].path,
                                     sources[i].sha256, sources[i].licence, sources[i].date,
                                     sources[i].subject};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            om_free((char *)texts[k]);
    }
    om_free(sources);
}

static om_status read_source(om_context *ctx, const struct project_query *query, struct data_source *out)
{
    const char **texts[] = {&out->kind,    &out->name, &out->path,   &out->sha256,
                            &out->licence, &out->date, &out->subject};
    *out = (struct data_source){
        .is_synthetic = project_number(query, 7) > 0,
        .is_schematic = project_number(query, 8) > 0,
    };
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) {
        const char *text = project_text(query, i);
        if (text && !(*texts[i] = om_strdup(text)))
            return om_no_memory(ctx);
    }
    return OM_OK;
}

om_status data_load_sources(om_context *ctx, data_project *project, struct data_source **out, size_t *n)
{
    struct data_source *sources = NULL;
    size_t count = 0, capacity = 0;
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query,
                       "SELECT kind, name, path, sha256, licence, date, subject, is_synthetic, "
                       "is_schematic FROM source ORDER BY subject, fid");
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(sources, &capacity, count + 1, sizeof *sources);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        sources = grown;
        status = read_source(ctx, &query, &sources[count++]);
    }
    project_query_done(&query);
    if (status != OM_OK) {
        data_sources_free(sources, count);
        return status;
    }
    *out = sources;
    *n = count;
    return OM_OK;
}

om_status data_project_count(om_context *ctx, data_project *project, const char *table, size_t *out)
{
    if (!project_table_find(table))
        return om_fail(ctx, OM_NOT_FOUND, om_tr("%s: there is no table %s"), project->path, table);
    struct project_query query;
    om_status status = project_select(ctx, project, &query, "SELECT count(*) FROM \"%w\"", table);
    if (status == OM_OK && project_next(&query))
        *out = (size_t)project_number(&query, 0);
    project_query_done(&query);
    return status;
}

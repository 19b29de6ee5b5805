/* What importers store, apart from municipalities: each replaces what was there of its kind. */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

om_status project_store_source(om_context *ctx, data_project *project, const char *subject,
                               const struct data_source *source)
{
    om_status status = project_execute(ctx, project, "DELETE FROM source WHERE subject = %Q", subject);
    if (status != OM_OK || !source)
        return status;
    struct project_value values[] = {
        {.text = subject},      {.text = source->kind},           {.text = source->name},
        {.text = source->path}, {.text = source->sha256},         {.text = source->licence},
        {.text = source->date}, {.number = source->is_synthetic}, {.number = source->is_schematic}};
    return project_insert(ctx, project, "source", values, NULL);
}

/* Ends a store: the source row under "kind name", then the caller's or the own transaction. */
static om_status finish(om_context *ctx, data_project *project, bool mine, om_status status, const char *kind,
                        const char *name, const struct data_source *source)
{
    if (status == OM_OK) {
        char *subject = name ? om_format("%s %s", kind, name) : om_strdup(kind);
        status = subject ? project_store_source(ctx, project, subject, source) : om_no_memory(ctx);
        om_free(subject);
    }
    return project_leave(ctx, project, mine, status);
}

om_status data_store_feeds(om_context *ctx, data_project *project, const struct data_source *feeds, size_t n)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM source WHERE subject LIKE 'feed %%'");
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        char *subject = om_format("feed %zu", i + 1);
        status = subject ? project_store_source(ctx, project, subject, &feeds[i]) : om_no_memory(ctx);
        om_free(subject);
    }
    return project_leave(ctx, project, mine, status);
}

om_status data_store_localities(om_context *ctx, data_project *project, const struct data_locality_row *rows,
                                size_t n, const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM locality");
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        struct project_value values[] = {{.text = rows[i].code},
                                         {.text = rows[i].name},
                                         {.text = rows[i].municipality_code},
                                         {.number = rows[i].population}};
        status = project_insert_point(ctx, project, "locality", values, rows[i].lon_lat);
    }
    return finish(ctx, project, mine, status, "localities", NULL, source);
}

static int by_region(const void *left, const void *right)
{
    const struct data_region_row *x = left, *y = right;
    int order = strcmp(x->region_code, y->region_code);
    return order ? order : strcmp(x->municipality_code, y->municipality_code);
}

/* Rows sorted by region. */
static om_status write_regions(om_context *ctx, data_project *project, const char *kind,
                               const struct data_region_row *rows, size_t n)
{
    om_status status = project_execute(ctx, project, "DELETE FROM region WHERE kind = %Q", kind);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM region_member WHERE kind = %Q", kind);
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        if (i == 0 || strcmp(rows[i - 1].region_code, rows[i].region_code) != 0) {
            const char *name = rows[i].region_name ? rows[i].region_name : rows[i].region_code;
            struct project_value region[] = {{.text = kind}, {.text = rows[i].region_code}, {.text = name}};
            status = project_insert(ctx, project, "region", region, NULL);
        }
        struct project_value member[] = {
            {.text = kind}, {.text = rows[i].region_code}, {.text = rows[i].municipality_code}};
        if (status == OM_OK)
            status = project_insert(ctx, project, "region_member", member, NULL);
    }
    return status;
}

om_status data_store_regions(om_context *ctx, data_project *project, const char *kind,
                             const struct data_region_row *rows, size_t n, const struct data_source *source)
{
    struct data_region_row *sorted = om_alloc(n, sizeof *sorted);
    if (!sorted)
        return om_no_memory(ctx);
    memcpy(sorted, rows, n * sizeof *rows);
    qsort(sorted, n, sizeof *sorted, by_region);
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = write_regions(ctx, project, kind, sorted, n);
    om_free(sorted);
    return finish(ctx, project, mine, status, "regions", kind, source);
}

om_status data_store_job_seekers(om_context *ctx, data_project *project, const char *month,
                                 const struct data_job_seekers_row *rows, size_t n,
                                 const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM jobseekers WHERE month = %Q", month);
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        struct project_value values[] = {{.text = month},
                                         {.text = rows[i].municipality_code},
                                         {.number = rows[i].job_seekers},
                                         {.number = rows[i].participants}};
        status = project_insert(ctx, project, "jobseekers", values, NULL);
    }
    return finish(ctx, project, mine, status, "job-seekers", month, source);
}

static om_status write_office(om_context *ctx, data_project *project, const struct data_office_row *office)
{
    struct project_value values[] = {{.text = office->supplier_id}, {.text = office->municipality_code},
                                     {.text = office->address},     {.text = office->opening_hours},
                                     {.text = office->from},        {.text = office->to}};
    return project_insert_point(ctx, project, "office", values, office->lon_lat);
}

/* Contracts of suppliers that are no longer there go with them, and their source when none is left. */
static om_status drop_stray_contracts(om_context *ctx, data_project *project)
{
    size_t before = 0, after = 0;
    om_status status = data_project_count(ctx, project, "contract", &before);
    if (status == OM_OK)
        status = project_execute(ctx, project,
                                 "DELETE FROM contract WHERE supplier_id NOT IN (SELECT id FROM supplier)");
    if (status == OM_OK)
        status = data_project_count(ctx, project, "contract", &after);
    if (status != OM_OK || after == before)
        return status;
    om_find(ctx, "contract_supplier_gone",
            om_tr("%zu contracts of suppliers that are no longer there went with them"), before - after);
    return after ? OM_OK : project_store_source(ctx, project, "contracts", NULL);
}

om_status data_store_suppliers(om_context *ctx, data_project *project,
                               const struct data_supplier_row *suppliers, size_t n_suppliers,
                               const struct data_office_row *offices, size_t n_offices,
                               const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM supplier");
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM office");
    for (size_t i = 0; i < n_suppliers && status == OM_OK; i++) {
        struct project_value values[] = {{.text = suppliers[i].id},
                                         {.text = suppliers[i].name ? suppliers[i].name : suppliers[i].id}};
        status = project_insert(ctx, project, "supplier", values, NULL);
    }
    for (size_t i = 0; i < n_offices && status == OM_OK; i++)
        status = write_office(ctx, project, &offices[i]);
    if (status == OM_OK)
        status = drop_stray_contracts(ctx, project);
    return finish(ctx, project, mine, status, "suppliers", NULL, source);
}

static om_status write_contract(om_context *ctx, data_project *project, const struct data_contract_row *row)
{
    if (!row->area_name == !row->municipality_code)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("contract of supplier %s: needs either an area or a municipality"),
                       row->supplier_id);
    struct project_value values[] = {
        {.text = row->supplier_id}, {.text = row->plan_name},
        {.text = row->area_name},   {.text = row->municipality_code},
        {.text = row->service},     {.text = row->from},
        {.text = row->to},          {.text = row->status ? row->status : "active"}};
    return project_insert(ctx, project, "contract", values, NULL);
}

om_status data_store_contracts(om_context *ctx, data_project *project, const struct data_contract_row *rows,
                               size_t n, const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM contract");
    for (size_t i = 0; i < n && status == OM_OK; i++)
        status = write_contract(ctx, project, &rows[i]);
    return finish(ctx, project, mine, status, "contracts", NULL, source);
}

om_status data_store_links(om_context *ctx, data_project *project, const struct data_link_row *rows, size_t n,
                           const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM link");
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        struct project_value values[] = {
            {.text = rows[i].from_code}, {.text = rows[i].to_code}, {.text = rows[i].note}};
        status = project_insert(ctx, project, "link", values, NULL);
    }
    return finish(ctx, project, mine, status, "links", NULL, source);
}

static om_status delete_plan(om_context *ctx, data_project *project, const char *name)
{
    om_status status = project_execute(ctx, project, "DELETE FROM assignment WHERE plan_name = %Q", name);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM plan_area WHERE plan_name = %Q", name);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM plan WHERE name = %Q", name);
    return status;
}

/* A hole is what is not written. */
static om_status write_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                            const struct plan *plan, const char *name)
{
    om_status status = delete_plan(ctx, project, name);
    struct project_value named[] = {{.text = name}};
    if (status == OM_OK)
        status = project_insert(ctx, project, "plan", named, NULL);
    for (size_t a = 0; a < plan->n_areas && status == OM_OK; a++) {
        if (plan->areas[a].is_hole)
            continue;
        struct project_value area[] = {
            {.text = name}, {.text = plan->areas[a].name}, {.number = plan->areas[a].may_be_discontiguous}};
        status = project_insert(ctx, project, "plan_area", area, NULL);
    }
    for (size_t m = 0; m < plan->n && status == OM_OK; m++) {
        if (plan->areas[plan->area_of[m]].is_hole)
            continue;
        struct project_value row[] = {{.text = name},
                                      {.text = territory->municipalities[m].code},
                                      {.text = plan->areas[plan->area_of[m]].name}};
        status = project_insert(ctx, project, "assignment", row, NULL);
    }
    return status;
}

om_status data_store_made_plan(om_context *ctx, data_project *project, const struct plan_territory *territory,
                               const struct plan *plan, const char *name, const struct data_source *source)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = write_plan(ctx, project, territory, plan, name);
    return finish(ctx, project, mine, status, "plan", name, source);
}

static om_status tell_hole(om_context *ctx, const struct plan_territory *territory, const struct plan *plan)
{
    int32_t hole = plan_hole(plan);
    if (hole == PLAN_NOWHERE)
        return OM_OK;
    char *codes = plan_hole_words(territory, plan);
    if (!codes)
        return om_no_memory(ctx);
    om_find(ctx, "plan_unfinished", om_tr("in no area yet, and shown as \"%s\": %s"), plan->areas[hole].name,
            codes);
    om_free(codes);
    return OM_OK;
}

typedef om_status plan_making(om_context *ctx, const struct plan_territory *territory, const char *name,
                              const struct plan_assignment *rows, size_t n, struct plan **out);

static om_status make_and_store(om_context *ctx, data_project *project, plan_making *make, const char *name,
                                const struct plan_assignment *rows, size_t n,
                                const struct data_source *source)
{
    struct plan_territory *territory = NULL;
    struct plan *plan = NULL;
    om_status status = data_load_territory(ctx, project, &territory);
    if (status == OM_OK)
        status = make(ctx, territory, name, rows, n, &plan);
    if (status == OM_OK)
        status = tell_hole(ctx, territory, plan);
    if (status == OM_OK)
        status = data_store_made_plan(ctx, project, territory, plan, name, source);
    plan_free(plan);
    plan_territory_free(territory);
    return status;
}

om_status data_store_plan(om_context *ctx, data_project *project, const char *name,
                          const struct plan_assignment *rows, size_t n, const struct data_source *source)
{
    return make_and_store(ctx, project, plan_new, name, rows, n, source);
}

om_status data_store_unfinished_plan(om_context *ctx, data_project *project, const char *name,
                                     const struct plan_assignment *rows, size_t n,
                                     const struct data_source *source)
{
    return make_and_store(ctx, project, plan_new_unfinished, name, rows, n, source);
}

om_status data_store_rules(om_context *ctx, data_project *project, const char *name,
                           const struct plan_rules *rules)
{
    char *ini = plan_rules_to_ini(rules);
    if (!ini)
        return om_no_memory(ctx);
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM ruleset WHERE name = %Q", name);
    struct project_value values[] = {{.text = name}, {.text = ini}};
    if (status == OM_OK)
        status = project_insert(ctx, project, "ruleset", values, NULL);
    om_free(ini);
    return project_leave(ctx, project, mine, status);
}

om_status data_store_run(om_context *ctx, data_project *project, const struct data_run *run)
{
    struct project_value values[] = {
        {.text = run->command},       {.text = run->plan},         {.text = run->rules},
        {.text = run->plan_sha256},   {.text = run->rules_sha256}, {.text = run->input_sha256},
        {.text = run->result_sha256}, {.text = run->tool_version}, {.text = run->time}};
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = project_insert(ctx, project, "run", values, NULL);
    return project_leave(ctx, project, mine, status);
}

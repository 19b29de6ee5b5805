#include "cli.h"

#include "datasets/project.h"
#include "geo/memory.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* What a judgement needs, table by table, and what it would lack. */
static const struct {
    const char *table, *meaning, *missing;
} tables[] = {
    {"municipality", OM_NOTE("municipalities"), OM_NOTE("nothing can be judged without them")},
    {"locality", OM_NOTE("localities"), NULL},
    {"region", OM_NOTE("regions"), OM_NOTE("no alignment")},
    {"jobseekers", OM_NOTE("rows of job seekers"), OM_NOTE("no shares of job seekers")},
    {"supplier", OM_NOTE("suppliers"), OM_NOTE("no reach")},
    {"office", OM_NOTE("offices"), OM_NOTE("no reach")},
    {"contract", OM_NOTE("contracts"), NULL},
    {"link", OM_NOTE("declared links (bridges, ferries)"), NULL},
    {"plan", OM_NOTE("plans"), OM_NOTE("nothing to judge")},
    {"travel_time", OM_NOTE("travel times between seats"), OM_NOTE("no reach; see `omland times`")},
    {"run", OM_NOTE("runs on record"), NULL},
};
enum { N_TABLES = sizeof tables / sizeof *tables };

static const struct {
    enum data_list list;
    const char *key, *title;
} lists[] = {
    {DATA_LIST_PLANS, "plans", OM_NOTE("Plans")},
    {DATA_LIST_REGION_KINDS, "region_kinds", OM_NOTE("Regions")},
    {DATA_LIST_PROFILES, "profiles", OM_NOTE("Travel-time profiles")},
    {DATA_LIST_RULES, "rules", OM_NOTE("Rules")},
    {DATA_LIST_FEEDS, "feeds", OM_NOTE("Timetables")},
};
enum { N_LISTS = sizeof lists / sizeof *lists };

struct facts {
    const char *path, *crs;
    size_t counts[N_TABLES];
    struct data_names names[N_LISTS];
    struct data_source *sources;
    size_t n_sources;
};

static om_status gather(struct cli *cli, data_project *project, struct facts *facts)
{
    om_status status = OM_OK;
    facts->path = data_project_path(project);
    facts->crs = data_project_crs(project);
    for (size_t i = 0; i < N_TABLES && status == OM_OK; i++)
        status = data_project_count(&cli->ctx, project, tables[i].table, &facts->counts[i]);
    for (size_t i = 0; i < N_LISTS && status == OM_OK; i++)
        status = data_project_list(&cli->ctx, project, lists[i].list, &facts->names[i]);
    if (status == OM_OK)
        status = data_load_sources(&cli->ctx, project, &facts->sources, &facts->n_sources);
    return status;
}

static void facts_done(struct facts *facts)
{
    for (size_t i = 0; i < N_LISTS; i++)
        data_names_done(&facts->names[i]);
    data_sources_free(facts->sources, facts->n_sources);
}

static const char *nature(const struct data_source *source)
{
    return source->is_synthetic ? om_tr("synthetic") : source->is_schematic ? om_tr("schematic") : "";
}

static void print_text(const struct facts *facts)
{
    printf("%s (%s)\n\n", facts->path, facts->crs);
    for (size_t i = 0; i < N_TABLES; i++)
        if (facts->counts[i] || tables[i].missing)
            printf("%10zu  %s%s%s\n", facts->counts[i], om_tr(tables[i].meaning),
                   facts->counts[i] ? "" : ": ", facts->counts[i] ? "" : om_tr(tables[i].missing));
    putchar('\n');
    for (size_t i = 0; i < N_LISTS; i++) {
        if (facts->names[i].n == 0)
            continue;
        printf("%s:", om_tr(lists[i].title));
        for (size_t k = 0; k < facts->names[i].n; k++)
            printf(" %s", facts->names[i].names[k]);
        putchar('\n');
    }
    printf("\n%s:\n", om_tr("Sources"));
    for (size_t i = 0; i < facts->n_sources; i++) {
        const struct data_source *source = &facts->sources[i];
        printf("  %-16s %-10s %-10s %s%s%s%s\n", source->kind, source->date ? source->date : "",
               nature(source), source->name, source->licence ? " (" : "",
               source->licence ? source->licence : "", source->licence ? ")" : "");
    }
}

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *source_json(const struct data_source *source)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:b}", "kind", source->kind, "name", source->name,
                     "path", text_or_null(source->path), "sha256", text_or_null(source->sha256), "licence",
                     text_or_null(source->licence), "date", text_or_null(source->date), "synthetic",
                     source->is_synthetic, "schematic", source->is_schematic);
}

static bool print_json(const struct facts *facts)
{
    json_t *rows = json_object(), *sources = json_array();
    json_t *root = json_pack("{s:s, s:s, s:o}", "project", facts->path, "crs", facts->crs, "rows", rows);
    for (size_t i = 0; i < N_TABLES; i++)
        json_object_set_new(rows, tables[i].table, json_integer((json_int_t)facts->counts[i]));
    for (size_t i = 0; i < N_LISTS; i++) {
        json_t *names = json_array();
        for (size_t k = 0; k < facts->names[i].n; k++)
            json_array_append_new(names, json_string(facts->names[i].names[k]));
        json_object_set_new(root, lists[i].key, names);
    }
    for (size_t i = 0; i < facts->n_sources; i++)
        json_array_append_new(sources, source_json(&facts->sources[i]));
    json_object_set_new(root, "sources", sources);
    bool ok = json_dumpf(root, stdout, JSON_INDENT(2)) == 0;
    putchar('\n');
    json_decref(root);
    return ok;
}

static enum cli_exit run(struct cli *cli, const void *settings)
{
    (void)settings;
    data_project *project = NULL;
    struct facts facts = {0};
    om_status status = data_project_open(&cli->ctx, cli->arguments[0], DATA_READ, &project);
    if (status == OM_OK)
        status = gather(cli, project, &facts);
    if (status == OM_OK && !cli->json)
        print_text(&facts);
    if (status == OM_OK && cli->json && !print_json(&facts))
        status = om_fail(&cli->ctx, OM_IO, "%s", om_tr("standard output cannot be written"));
    facts_done(&facts);
    data_project_close(project);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

const struct cli_command cmd_info = {
    .name = "info",
    .arguments = OM_NOTE("PROJECT"),
    .min_arguments = 1,
    .max_arguments = 1,
    .meaning = OM_NOTE("What a project holds, from where, and what is synthetic or missing"),
    .run = run,
};

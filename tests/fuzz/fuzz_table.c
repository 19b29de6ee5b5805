/*
 * Tables as people have them, through every importer that reads one: the first byte picks the importer, the
 * rest is the file. A table that cannot be imported says why, and a transaction taken back leaves every table
 * as it was.
 */
#include "fuzz.h"

#include "datasets/import.h"

#include <string.h>

static const char *const PATH = "/vsimem/fuzz-table.csv";

static const char *const MUNICIPALITIES =
    "code,name,seat,lon,lat,population\n0114,Alby,Alby,18,60,1000\n1440,Berga,,,,\n0003,Torp,,18.2,60,30\n";

static const char *const tables[] = {
    "municipality", "seat",    "locality",  "region",     "supplier", "contract", "office", "jobseekers",
    "travel_time",  "profile", "plan_area", "assignment", "link",     "plan",     "source", "region_member"};
enum { TABLES = sizeof tables / sizeof *tables };

static void count_all(om_context *ctx, data_project *project, size_t counts[TABLES])
{
    for (size_t i = 0; i < TABLES; i++)
        FUZZ_REQUIRE(data_project_count(ctx, project, tables[i], &counts[i]) == OM_OK);
}

/* A project with three municipalities; each input's changes are rolled back, so that one serves all. */
static data_project *the_project(om_context *ctx)
{
    static data_project *project;
    static const struct data_import_options none;
    if (project)
        return project;
    FUZZ_REQUIRE(data_project_create(ctx, "/vsimem/fuzz-table.gpkg", "EPSG:3006", true, &project) == OM_OK);
    fuzz_write(PATH, MUNICIPALITIES, strlen(MUNICIPALITIES));
    FUZZ_REQUIRE(data_import_municipalities(ctx, project, PATH, &none) == OM_OK);
    return project;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct data_import_options options = {.name = "fuzz"};
    om_context ctx = {0};
    size_t before[TABLES], after[TABLES];
    if (size == 0)
        return 0;
    data_project *project = the_project(&ctx);
    om_context_done(&ctx);
    ctx = (om_context){0};
    count_all(&ctx, project, before);
    fuzz_write(PATH, bytes + 1, size - 1);
    FUZZ_REQUIRE(data_project_begin(&ctx, project) == OM_OK);
    om_status status = data_importers[*bytes % data_n_importers].run(&ctx, project, PATH, &options);
    FUZZ_REQUIRE(status == OM_OK || ctx.message[0] != '\0');
    data_project_rollback(project);
    count_all(&ctx, project, after);
    FUZZ_REQUIRE(memcmp(before, after, sizeof before) == 0);
    VSIUnlink(PATH);
    om_context_done(&ctx);
    return 0;
}

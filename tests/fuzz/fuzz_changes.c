/*
 * Tables of changes, read and tried on a small plan: what is wrong is said, what is right gives a plan of
 * every municipality, and plan and market are left as they were.
 */
#include "fuzz.h"

#include "datasets/import.h"
#include "datasets/what_if.h"

#include <string.h>

static const char *const PATH = "/vsimem/fuzz-changes.csv";

static const char *const MUNICIPALITIES = "code,name\n0003,Torp\n0114,Alby\n1440,Berga\n1500,Ceder Berga\n";

static struct data_project *project;
static struct plan_territory *territory;
static struct plan *plan;

static struct plan_supplier suppliers[] = {{(char *)"s1", (char *)"Arbete"},
                                           {(char *)"s2", (char *)"Jobb, AB"}};
static struct plan_office offices[] = {{0, 0, true, {0, 0}}, {1, 2, true, {0, 0}}};
static struct plan_contract contracts[] = {{0, 0}, {0, 1}};
static const struct plan_market market = {2, suppliers, 2, offices, 2, contracts};

/* Once for all inputs: three municipalities in area A, one in "B, C". */
static void set_up(om_context *ctx)
{
    static const struct data_import_options none;
    static const struct plan_assignment rows[] = {{"0003", "A", NULL, false},
                                                  {"0114", "A", NULL, false},
                                                  {"1440", "A", NULL, false},
                                                  {"1500", "B, C", NULL, false}};
    if (project)
        return;
    FUZZ_REQUIRE(data_project_create(ctx, "/vsimem/fuzz-changes.gpkg", "EPSG:3006", true, &project) == OM_OK);
    fuzz_write(PATH, MUNICIPALITIES, strlen(MUNICIPALITIES));
    FUZZ_REQUIRE(data_import_municipalities(ctx, project, PATH, &none) == OM_OK);
    FUZZ_REQUIRE(data_load_territory(ctx, project, &territory) == OM_OK);
    FUZZ_REQUIRE(plan_new(ctx, territory, "fuzz", rows, 4, &plan) == OM_OK);
}

static void try_changes(om_context *ctx, const struct plan_changes *changes)
{
    static const int32_t area_of[] = {0, 0, 0, 1};
    struct plan *changed = NULL;
    struct plan_market *left = NULL;
    om_status status = plan_changes_apply(ctx, changes, territory, plan, &market, "fuzz", &changed, &left);
    FUZZ_REQUIRE(status == OM_OK || ctx->message[0] != '\0');
    FUZZ_REQUIRE(memcmp(plan->area_of, area_of, sizeof area_of) == 0);
    for (size_t m = 0; status == OM_OK && m < 4; m++)
        FUZZ_REQUIRE(changed->area_of[m] >= 0 && (size_t)changed->area_of[m] < changed->n_areas);
    plan_free(changed);
    plan_market_free(left);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    om_context ctx = {0};
    struct plan_changes changes = {0};
    set_up(&ctx);
    om_context_done(&ctx);
    ctx = (om_context){0};
    fuzz_write(PATH, bytes, size);
    om_status status = data_changes_read(&ctx, project, PATH, &changes);
    FUZZ_REQUIRE(status == OM_OK || ctx.message[0] != '\0');
    if (status == OM_OK)
        try_changes(&ctx, &changes);
    plan_changes_done(&changes);
    VSIUnlink(PATH);
    om_context_done(&ctx);
    return 0;
}

#include "kit.h"

#include "datasets/case.h"
#include "datasets/import.h"

#include <math.h>

static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = kit_folder();
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void expect(om_context *ctx, om_status status, om_status wanted, const char *part)
{
    if (status != wanted || (part && !strstr(ctx->message, part)))
        fail_msg("status %d, wanted %d with \"%s\"; message: %s", (int)status, (int)wanted, part ? part : "",
                 ctx->message);
}

/* Four municipalities in a row; `swapped` gives the rows in another order. */
static data_project *small_project(om_context *ctx, const char *name, bool swapped)
{
    struct data_municipality_row rows[] = {{"0001", "Alby", "Alby", NULL, {18.0, 60.0}, 1000, 10},
                                           {"0002", "Berga", "Berga", NULL, {18.1, 60.0}, 2000, 20},
                                           {"0003", "Torp", "Torp", NULL, {18.2, 60.0}, 3000, 30}};
    if (swapped) {
        struct data_municipality_row first = rows[0];
        rows[0] = rows[2];
        rows[2] = first;
    }
    const struct data_link_row links[] = {{"0001", "0002", "road"}, {"0002", "0003", "road"}};
    const struct plan_assignment plan[] = {
        {"0003", "East", NULL, false}, {"0001", "West", NULL, false}, {"0002", "West", NULL, false}};
    const struct data_supplier_row suppliers[] = {{"a", "A"}, {"b", "B"}};
    const struct data_office_row offices[] = {{"a", "0001", NULL, NULL, {NAN, NAN}, NULL, NULL},
                                              {"b", "0001", NULL, NULL, {NAN, NAN}, NULL, NULL}};
    const struct data_job_seekers_row seekers[] = {{"0001", 10, NAN}, {"0002", 20, NAN}, {"0003", 30, NAN}};
    const struct data_contract_row contracts[] = {{"a", "West", NULL, NULL, "match", NULL, NULL, "active"},
                                                  {"b", "West", NULL, NULL, "train", NULL, NULL, "active"}};
    data_project *project = NULL;
    expect(ctx, data_project_create(ctx, kit_path(folder, name), "EPSG:3006", false, &project), OM_OK, NULL);
    expect(ctx, data_store_municipalities(ctx, project, rows, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_links(ctx, project, links, 2, NULL), OM_OK, NULL);
    expect(ctx, data_store_plan(ctx, project, "two", plan, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_suppliers(ctx, project, suppliers, 2, offices, 2, NULL), OM_OK, NULL);
    expect(ctx, data_store_job_seekers(ctx, project, "2024-01", seekers, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_contracts(ctx, project, contracts, 2, NULL), OM_OK, NULL);
    expect(ctx, data_project_finish(ctx, project), OM_OK, NULL);
    return project;
}

static void store_time(om_context *ctx, data_project *project, const char *profile, double seconds)
{
    struct data_profile described = {.name = profile, .from_s = GEO_NO_TIME, .until_s = GEO_NO_TIME};
    struct data_travel_row row = {.from_code = "0002", .to_code = "0001"};
    row.times.median_journey_s = seconds;
    expect(ctx, data_store_travel_times(ctx, project, &described, &row, 1, NULL, 0, NULL), OM_OK, NULL);
}

static struct data_case *load(om_context *ctx, data_project *project, const char *rules)
{
    struct data_case *loaded = NULL;
    expect(ctx, data_case_load(ctx, project, "two", rules, &loaded), OM_OK, NULL);
    return loaded;
}

static void test_case_holds_everything(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = small_project(&ctx, "p.gpkg", false);
    struct data_case *loaded = load(&ctx, project, NULL);
    assert_string_equal(loaded->rules_name, "default");
    assert_string_equal(loaded->crs, "EPSG:3006");
    assert_int_equal(loaded->input.territory->n, 3);
    assert_ptr_equal(loaded->input.rules, &loaded->rules);
    assert_null(loaded->travel->duration_s); /* no times yet: the planner says unknown */
    assert_int_equal(strlen(loaded->input_sha256), 64);
    data_case_free(loaded);
    store_time(&ctx, project, "morning", 1800);
    store_time(&ctx, project, "evening", 2400);
    loaded = load(&ctx, project, NULL);
    assert_true(loaded->travel->duration_s[3] == 2400); /* the first profile by name */
    struct plan_evaluation *evaluation = NULL;
    expect(&ctx, plan_evaluate(&ctx, &loaded->input, &evaluation), OM_OK, NULL);
    char first[65], second[65];
    expect(&ctx, data_result_hash(&ctx, loaded, evaluation, first), OM_OK, NULL);
    evaluation->municipalities[1].suppliers_inside++;
    expect(&ctx, data_result_hash(&ctx, loaded, evaluation, second), OM_OK, NULL);
    assert_string_not_equal(first, second);
    plan_evaluation_free(evaluation);
    data_case_free(loaded);
    data_project_close(project);
    om_context_done(&ctx);
}

static void test_equal_projects_have_equal_hashes(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *left = small_project(&ctx, "l.gpkg", false), *right = small_project(&ctx, "r.gpkg", true);
    struct data_case *x = load(&ctx, left, NULL), *y = load(&ctx, right, NULL);
    assert_string_equal(x->plan_sha256, y->plan_sha256);
    assert_string_equal(x->rules_sha256, y->rules_sha256);
    assert_string_equal(x->input_sha256, y->input_sha256);
    data_case_free(y);
    store_time(&ctx, right, "morning", 1800);
    y = load(&ctx, right, NULL);
    assert_string_equal(x->plan_sha256, y->plan_sha256);
    assert_string_not_equal(x->input_sha256, y->input_sha256);
    data_case_free(x);
    data_case_free(y);
    data_project_close(left);
    data_project_close(right);
    om_context_done(&ctx);
}

static void test_rules(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_project *project = small_project(&ctx, "p.gpkg", false);
    const char *path = kit_path(folder, "strict.ini");
    kit_write(path, "[reach]\nmax_minutes = 45\n");
    struct data_case *loaded = load(&ctx, project, path);
    assert_string_equal(loaded->rules_name, "strict");
    assert_true(loaded->rules.max_minutes == 45);
    char sha256[65];
    memcpy(sha256, loaded->rules_sha256, sizeof sha256);
    data_case_free(loaded);
    static const char *const again[] = {NULL, "strict"}; /* stored now; also found by name */
    for (size_t i = 0; i < 2; i++) {
        loaded = load(&ctx, project, again[i]);
        assert_string_equal(loaded->rules_sha256, sha256);
        data_case_free(loaded);
    }
    expect(&ctx, data_case_load(&ctx, project, "two", "lax", &loaded), OM_NOT_FOUND, "there are: strict");
    expect(&ctx, data_case_load(&ctx, project, "nine", NULL, &loaded), OM_NOT_FOUND, "there are: two");
    data_project_close(project);
    om_context_done(&ctx);
}

/* Each rule file with what is wrong with it, or what it makes of the contracts. */
static void test_rule_files(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        om_status status;
        const char *message;
        size_t n_contracts;
    } cases[] = {
        {"[reach]\nbasis = offices\n", OM_OK, NULL, 2},
        {"[reach]\nbasis = contracts\n", OM_BAD_DATA, "several services (match, train)", 0},
        {"[reach]\nbasis = contracts\n[service]\nname = match\n", OM_OK, NULL, 2},
        {"\xef\xbb\xbf[service]\r\nname = train\r\n", OM_OK, NULL, 2},
        {"[reach]\nbasis = contracts\n[service]\nname = other\n", OM_NOT_FOUND, "there are: match, train", 0},
        {"[reach]\n  max_minutes = 30\n  statistic = fastest\n", OM_OK, NULL, 2},
        {"[reach]\nmax_minutes = sixty\n", OM_BAD_DATA, "line 2: [reach] max_minutes = sixty", 0},
        {"# note\n\n[choice]\nmin_supplier = 2\n", OM_BAD_DATA, "line 4: [choice] min_supplier", 0},
        {"[choice]\nmin_suppliers\n", OM_BAD_DATA, "line 2: needs", 0},
        {"[reach]\nprofile = noon\n", OM_NOT_FOUND, "there are: morning", 0},
    };
    om_context ctx = {0};
    data_project *project = small_project(&ctx, "p.gpkg", false);
    store_time(&ctx, project, "morning", 60);
    const char *path = kit_path(folder, "tried.ini");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kit_write(path, cases[i].text);
        struct data_case *loaded = NULL;
        expect(&ctx, data_case_load(&ctx, project, "two", path, &loaded), cases[i].status, cases[i].message);
        size_t n_contracts = loaded ? loaded->market->n_contracts : 0;
        /* an area contract covers both municipalities of West; all services count when none is named */
        if (loaded && !*loaded->rules.service)
            n_contracts /= 2;
        assert_int_equal(n_contracts, cases[i].n_contracts);
        data_case_free(loaded);
    }
    data_project_close(project);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_case_holds_everything, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_equal_projects_have_equal_hashes, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_rules, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(test_rule_files, make_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Both ways within the limit, and the way from localities; in the planner, and as a project gives them. */
#include "kit.h"

#include "datasets/case.h"
#include "kit_planner.h"

static void the_longer_direction_counts(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_travel *travel = kit_travel(3), *home = kit_travel(3);
    kit_trip(travel, 0, 1, 600);
    kit_trip(home, 1, 0, 900);
    kit_trip(travel, 1, 0, 1200);
    kit_trip(home, 0, 1, 300);
    kit_trip(travel, 0, 2, 60); /* and no way home */
    kit_trip(home, 0, 2, 60);   /* and no way there */
    assert_int_equal(plan_travel_require_return(&ctx, travel, home), OM_OK);
    assert_true(travel->duration_s[1] == 900);
    assert_true(travel->duration_s[3] == 1200);
    assert_true(isnan(travel->duration_s[2]));
    assert_true(isnan(travel->duration_s[6]));
    for (int m = 0; m < 3; m++)
        assert_true(travel->duration_s[4 * m] == 0);
    om_free(home->duration_s);
    home->duration_s = NULL;
    assert_int_equal(plan_travel_require_return(&ctx, travel, home), OM_OK);
    assert_true(isnan(travel->duration_s[1]));
    home->n = 2;
    assert_int_equal(plan_travel_require_return(&ctx, travel, home), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "travel times there are for 3 municipalities, those home for 2");
    plan_travel_free(home);
    plan_travel_free(travel);
    om_context_done(&ctx);
}

/* M1 has the office, M2 is 30 minutes away there and home as long as `home_s`. */
static enum plan_status status_with_way_home(double home_s)
{
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(2);
    struct plan *plan = kit_plan(territory, "AA");
    struct plan_market *market = kit_market(2, 2, 0);
    struct plan_travel *travel = kit_travel(2), *home = kit_travel(2);
    struct plan_rules rules = plan_rules_default();
    struct plan_evaluation *evaluation = NULL;
    kit_office(market, 0, 0);
    kit_office(market, 1, 0);
    kit_trip(travel, 1, 0, 1800);
    kit_trip(home, 0, 1, home_s);
    assert_int_equal(plan_travel_require_return(&ctx, travel, home), OM_OK);
    const struct plan_case input = {territory, plan, market, travel, &rules};
    assert_int_equal(plan_evaluate(&ctx, &input, &evaluation), OM_OK);
    enum plan_status status = evaluation->municipalities[1].status;
    plan_evaluation_free(evaluation);
    plan_travel_free(home);
    plan_travel_free(travel);
    plan_market_free(market);
    plan_free(plan);
    plan_territory_free(territory);
    om_context_done(&ctx);
    return status;
}

static void the_limit_holds_for_the_way_home(void **state)
{
    (void)state;
    assert_int_equal(status_with_way_home(3600), PLAN_STATUS_CHOICE); /* 60:00 is within */
    assert_int_equal(status_with_way_home(3600.5), PLAN_STATUS_NONE);
    assert_int_equal(status_with_way_home(NAN), PLAN_STATUS_NONE);
}

/* M1 and M3 in A, M2 in B. Offices in M1 and M2. */
static void localities_are_judged_from_where_they_are(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(3);
    struct plan *plan = kit_plan(territory, "ABA");
    struct plan_market *market = kit_market(2, 2, 0);
    struct plan_travel *travel = kit_travel(3);
    struct plan_rules rules = plan_rules_default();
    struct plan_evaluation *it = NULL;
    kit_office(market, 0, 0);
    kit_office(market, 1, 1);
    kit_trip(travel, 2, 0, 3600);
    const struct plan_locality localities[] = {
        {0, 1000, true}, /* the main town of M1, where the office is */
        {0, 400, false}, /* exactly an hour away */
        {0, 300, false}, /* over an hour away, but near the office in area B */
        {0, 200, false}, /* without any journey */
        {2, 500, true},  /* travels as its seat does, whatever its own row says */
        {2, NAN, false}, /* nobody knows how many live there */
    };
    const double nowhere = NAN;
    const double times[][3] = {{nowhere, nowhere, nowhere}, {3600, nowhere, nowhere},    {3601, 60, nowhere},
                               {nowhere, nowhere, nowhere}, {nowhere, nowhere, nowhere}, {60, 60, 60}};
    travel->n_localities = 6;
    travel->localities = om_alloc(6, sizeof *travel->localities);
    memcpy(travel->localities, localities, sizeof localities);
    travel->locality_duration_s = om_alloc(18, sizeof *travel->locality_duration_s);
    memcpy(travel->locality_duration_s, times, sizeof times);
    const struct plan_case input = {territory, plan, market, travel, &rules};
    assert_int_equal(plan_evaluate(&ctx, &input, &it), OM_OK);
    assert_true(it->municipalities[0].locality_population == 1900);
    assert_true(it->municipalities[0].locality_population_reaching == 1400);
    assert_true(isnan(it->municipalities[1].locality_population));
    assert_true(it->municipalities[2].locality_population == 500);
    assert_true(it->municipalities[2].locality_population_reaching == 500);
    assert_true(it->headline.locality_population == 2400);
    assert_true(it->headline.locality_population_reaching == 1900);
    assert_true(it->headline.locality_population_without_service == 200);
    plan_evaluation_free(it);
    it = NULL;
    travel->localities[1].municipality = 3;
    assert_int_equal(plan_evaluate(&ctx, &input, &it), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "locality 1 is in no municipality");
    plan_travel_free(travel);
    plan_market_free(market);
    plan_free(plan);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void expect(om_context *ctx, om_status status, om_status wanted, const char *part)
{
    if (status != wanted || (part && !strstr(ctx->message, part)))
        fail_msg("status %d, wanted %d; message: %s", (int)status, (int)wanted, ctx->message);
}

static void store_profile(om_context *ctx, data_project *project, const char *name, double there_s,
                          double home_s, const char *without_service)
{
    struct data_profile profile = {.name = name, .from_s = GEO_NO_TIME, .until_s = GEO_NO_TIME};
    struct data_travel_row rows[] = {{.from_code = "0002", .to_code = "0001"},
                                     {.from_code = "0001", .to_code = "0002"}};
    rows[0].times.median_journey_s = there_s;
    rows[1].times.median_journey_s = home_s;
    expect(ctx,
           data_store_travel_times(ctx, project, &profile, rows, 2, &without_service, without_service != NULL,
                                   NULL),
           OM_OK, NULL);
}

static data_project *make_project(om_context *ctx, const char *path)
{
    const struct data_municipality_row municipalities[] = {
        {"0001", "Alby", "Alby", NULL, {18.0, 60.0}, 1000, 10},
        {"0002", "Berga", "Berga by", NULL, {18.1, 60.0}, 2000, 20}};
    const struct data_locality_row localities[] = {{"T1", "Alby", "0001", {18.0, 60.0}, 700},
                                                   {"T2", "Lund", "0002", {18.1, 60.1}, 300},
                                                   {"T3", "Berga by", "0002", {18.1, 60.0}, 900}};
    const struct plan_assignment plan[] = {{"0001", "All", NULL, false}, {"0002", "All", NULL, false}};
    struct data_travel_row from_localities[] = {{.from_code = "T2", .to_code = "0001"},
                                                {.from_code = "T3", .to_code = "0001"}};
    from_localities[0].times.median_journey_s = 2400;
    from_localities[1].times.median_journey_s = NAN;
    data_project *project = NULL;
    expect(ctx, data_project_create(ctx, path, "EPSG:3006", false, &project), OM_OK, NULL);
    expect(ctx, data_store_municipalities(ctx, project, municipalities, 2, NULL), OM_OK, NULL);
    expect(ctx, data_store_localities(ctx, project, localities, 3, NULL), OM_OK, NULL);
    expect(ctx, data_store_plan(ctx, project, "one", plan, 2, NULL), OM_OK, NULL);
    store_profile(ctx, project, "home", 3000, 1500, NULL);
    store_profile(ctx, project, "morning", 1200, 1000, "0002");
    expect(ctx, data_store_locality_times(ctx, project, "morning", from_localities, 2), OM_OK, NULL);
    expect(ctx, data_project_finish(ctx, project), OM_OK, NULL);
    return project;
}

static void a_project_gives_both_directions_and_localities(void **state)
{
    (void)state;
    om_context ctx = {0};
    char *folder = kit_folder();
    data_project *project = make_project(&ctx, kit_path(folder, "p.gpkg"));
    struct plan_territory *territory = NULL;
    struct plan_travel *travel = NULL;
    struct plan_rules rules = plan_rules_default();
    expect(&ctx, data_load_territory(&ctx, project, &territory), OM_OK, NULL);
    strcpy(rules.profile, "morning");
    expect(&ctx, data_load_travel(&ctx, project, territory, &rules, &travel), OM_OK, NULL);
    assert_true(travel->duration_s[2] == 1200);
    assert_int_equal(travel->n_localities, 2); /* Alby has no times of its own */
    assert_false(travel->localities[0].is_seat);
    assert_true(travel->localities[1].is_seat);
    assert_true(travel->localities[0].population == 300);
    assert_int_equal(travel->localities[0].municipality, 1);
    assert_true(travel->locality_duration_s[0] == 2400);
    assert_true(isnan(travel->locality_duration_s[2]));
    plan_travel_free(travel);
    strcpy(rules.return_profile, "home");
    expect(&ctx, data_load_travel(&ctx, project, territory, &rules, &travel), OM_OK, NULL);
    assert_true(travel->duration_s[2] == 1500); /* home from 0001 to 0002 is longer than the 1200 there */
    assert_true(travel->duration_s[1] == 3000);
    assert_int_equal(travel->has_service[1], 0);
    plan_travel_free(travel);
    strcpy(rules.return_profile, "night");
    expect(&ctx, data_load_travel(&ctx, project, territory, &rules, &travel), OM_NOT_FOUND,
           "no travel times under profile \"night\" ([reach] return_profile); there are: home, morning");
    plan_territory_free(territory);
    data_project_close(project);
    kit_remove(folder);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longer_direction_counts),
        cmocka_unit_test(the_limit_holds_for_the_way_home),
        cmocka_unit_test(localities_are_judged_from_where_they_are),
        cmocka_unit_test(a_project_gives_both_directions_and_localities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

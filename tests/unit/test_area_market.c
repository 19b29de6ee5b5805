#include "kit.h"

#include "datasets/import.h"
#include "kit_planner.h"

struct world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_rules rules;
    struct plan_evaluation *evaluation;
};

static struct world world_new(const char *letters)
{
    struct world world = {.rules = plan_rules_default()};
    world.territory = kit_territory(strlen(letters));
    world.plan = kit_plan(world.territory, letters);
    world.market = kit_market(5, 32, 16);
    return world;
}

static const struct plan_area_result *judged(struct world *world)
{
    om_context ctx = {0};
    const struct plan_case input = {world->territory, world->plan, world->market, NULL, &world->rules};
    plan_evaluation_free(world->evaluation);
    world->evaluation = NULL;
    assert_int_equal(plan_market_sort(&ctx, world->market), OM_OK);
    assert_int_equal(plan_evaluate(&ctx, &input, &world->evaluation), OM_OK);
    om_context_done(&ctx);
    return world->evaluation->areas;
}

static void world_done(struct world *world)
{
    plan_evaluation_free(world->evaluation);
    plan_market_free(world->market);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

static void offices(struct world *world, int supplier, int municipality, int n)
{
    for (int i = 0; i < n; i++)
        kit_office(world->market, supplier, municipality);
}

static bool same(double x, double y)
{
    return isnan(x) ? isnan(y) : fabs(x - y) < 1e-12;
}

static void concentration_is_of_the_offices_in_the_area(void **state)
{
    (void)state;
    struct world world = world_new("AABC");
    offices(&world, 0, 0, 3); /* in A: 5, 3, 1 and 1 of 10 */
    offices(&world, 0, 1, 2);
    offices(&world, 1, 1, 3);
    offices(&world, 2, 0, 1);
    offices(&world, 3, 0, 1);
    offices(&world, 4, 0, 1);
    world.market->offices[world.market->n_offices - 1].active = false;
    offices(&world, 4, 2, 7);
    const struct plan_area_result *areas = judged(&world);
    assert_true(same(areas[0].market.concentration, 0.25 + 0.09 + 0.01 + 0.01));
    assert_true(same(areas[0].market.three_largest_share, 0.9));
    assert_true(same(areas[0].market.participants_per_supplier, 50)); /* 200 job seekers stand in */
    assert_true(same(areas[1].market.concentration, 1));
    assert_true(same(areas[1].market.three_largest_share, 1));
    assert_true(isnan(areas[2].market.concentration));
    assert_true(isnan(areas[2].market.three_largest_share));
    assert_true(isnan(areas[2].market.participants_per_supplier));
    world.rules.basis = PLAN_BASIS_CONTRACTS; /* who has no contract there has no part in the market */
    kit_contract(world.market, 0, 0);
    kit_contract(world.market, 1, 1);
    areas = judged(&world);
    assert_int_equal(areas[0].n_suppliers, 2);
    assert_true(same(areas[0].market.concentration, (25.0 + 9) / 64));
    assert_true(isnan(areas[1].market.concentration));
    world_done(&world);
}

static void volumes_are_thin_diluted_or_enough(void **state)
{
    (void)state;
    static const struct {
        double participants[2];
        int n_suppliers;
        enum plan_volume expected;
    } cases[] = {
        {{20, 19.5}, 0, PLAN_VOLUME_THIN},  /* two need 40 */
        {{20, 20}, 0, PLAN_VOLUME_ENOUGH},  /* nobody is there to share them */
        {{20, 20}, 1, PLAN_VOLUME_DILUTED}, /* a full-time supervisor needs 50 */
        {{50, 49.5}, 2, PLAN_VOLUME_DILUTED},
        {{50, 50}, 2, PLAN_VOLUME_ENOUGH},
        {{10, 0}, 5, PLAN_VOLUME_THIN},      /* too small comes before too many */
        {{10, NAN}, 1, PLAN_VOLUME_UNKNOWN}, /* the unknown could be many */
        {{60, NAN}, 2, PLAN_VOLUME_UNKNOWN},
        {{100, NAN}, 2, PLAN_VOLUME_ENOUGH}, /* or not, it does not matter */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = world_new("AA");
        for (int m = 0; m < 2; m++) {
            world.territory->municipalities[m].job_seekers = NAN;
            world.territory->municipalities[m].participants = cases[i].participants[m];
        }
        for (int s = 0; s < cases[i].n_suppliers; s++)
            offices(&world, s, 0, 1);
        enum plan_volume volume = judged(&world)->market.volume;
        if (volume != cases[i].expected)
            fail_msg("case %zu: %s, not %s", i, plan_volume_names[volume],
                     plan_volume_names[cases[i].expected]);
        world_done(&world);
    }
}

static void sparse_municipalities_are_counted_by_area(void **state)
{
    (void)state;
    struct world world = world_new("AAB");
    world.territory->municipalities[0].population = 100; /* mean density 70, sparse below 35 */
    const struct plan_area_result *areas = judged(&world);
    assert_int_equal(areas[0].n_sparse, 1);
    assert_int_equal(areas[1].n_sparse, 0);
    world_done(&world);
}

/* The example that is shipped: a service with one supplier in each area is a rule file. */
static void a_service_with_one_supplier_is_a_rule_file(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct world world = world_new("AB");
    assert_int_equal(data_rules_read(&ctx, kit_source("datasets/sweden/one_supplier.ini"), &world.rules),
                     OM_OK);
    offices(&world, 0, 0, 1);
    offices(&world, 1, 1, 1);
    kit_contract(world.market, 0, 0);
    const struct plan_area_result *areas = judged(&world);
    assert_int_equal(world.evaluation->municipalities[0].status, PLAN_STATUS_CHOICE);
    assert_int_equal(world.evaluation->municipalities[1].status, PLAN_STATUS_NONE); /* no contract */
    assert_int_equal(world.evaluation->headline.n_status[PLAN_STATUS_LIMITED], 0);
    assert_int_equal(areas[0].market.volume, PLAN_VOLUME_ENOUGH);
    assert_int_equal(areas[0].rules[PLAN_RULE_MARKET].verdict, PLAN_VERDICT_PASS);
    world.territory->municipalities[0].job_seekers = 19;
    assert_int_equal(judged(&world)->market.volume, PLAN_VOLUME_THIN);
    world_done(&world);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(concentration_is_of_the_offices_in_the_area),
        cmocka_unit_test(volumes_are_thin_diluted_or_enough),
        cmocka_unit_test(sparse_municipalities_are_counted_by_area),
        cmocka_unit_test(a_service_with_one_supplier_is_a_rule_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

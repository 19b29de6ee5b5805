/* Plans of which some municipalities are in no area yet: nobody serves them, and nothing counts on them. */
#include "kit.h"

#include "kit_planner.h"
#include "planner/changes.h"
#include "planner/robustness.h"

/*
 * A string of five, everybody within reach of everybody: M1 and M2 are area A with one supplier at M1; M3 and
 * M4, each with both suppliers, are in no area, or else area B; M5 is area C, without an office.
 */
static struct kit_world judged(bool is_unfinished)
{
    struct kit_world world = {
        .territory = kit_territory(5), .travel = kit_travel(5), .rules = plan_rules_default()};
    world.market = kit_market(2, 5, 0);
    kit_chain(world.territory);
    world.plan = kit_plan(world.territory, "AABBC");
    world.plan->areas[1].is_hole = is_unfinished;
    kit_office(world.market, 0, 0);
    for (int m = 2; m < 4; m++)
        for (int s = 0; s < 2; s++)
            kit_office(world.market, s, m);
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < a; b++)
            kit_both_ways(world.travel, a, b, 600);
    world.input = (struct plan_case){world.territory, world.plan, world.market, world.travel, NULL};
    return world;
}

static void evaluate(struct kit_world *world)
{
    world->input.rules = &world->rules;
    world->evaluation = kit_world_with(world, world->market);
}

static void nobody_serves_who_is_in_no_area(void **state)
{
    (void)state;
    struct kit_world world = judged(true), finished = judged(false);
    evaluate(&world);
    evaluate(&finished);
    for (int m = 2; m < 4; m++) {
        const struct plan_municipality_result *it = &world.evaluation->municipalities[m];
        assert_int_equal(finished.evaluation->municipalities[m].status, PLAN_STATUS_CHOICE);
        assert_int_equal(it->status, PLAN_STATUS_NONE);
        assert_int_equal(it->cause, PLAN_CAUSE_NO_AREA);
        assert_int_equal(it->need, PLAN_NEED_AREA_WIDE);
        assert_int_equal(it->suppliers_inside, 0);
        assert_int_equal(it->suppliers_anywhere, 2);
        assert_int_equal(it->nearest_inside.supplier, PLAN_NOWHERE);
        assert_int_equal(it->nearest_anywhere.municipality, m);
        assert_true(it->has_own_office);
    }
    assert_int_equal(world.evaluation->areas[1].n_suppliers, 0);
    for (int rule = 0; rule < PLAN_RULES; rule++)
        assert_int_equal(world.evaluation->areas[1].rules[rule].verdict, PLAN_VERDICT_UNKNOWN);
    assert_int_equal(world.evaluation->areas[1].market.volume, PLAN_VOLUME_UNKNOWN);
    kit_world_done(&finished);
    kit_world_done(&world);
}

/* Joining the hole would be no choice of area; with a real one it is. */
static void nobody_closes_a_gap_with_a_hole(void **state)
{
    (void)state;
    struct kit_world world = judged(true), finished = judged(false);
    evaluate(&world);
    evaluate(&finished);
    assert_int_equal(finished.evaluation->municipalities[4].n_closing, 1);
    assert_int_equal(world.evaluation->municipalities[4].n_closing, 0);
    assert_int_equal(world.evaluation->municipalities[4].cause, PLAN_CAUSE_NO_SUPPLIER);
    kit_world_done(&finished);
    kit_world_done(&world);
}

static void nobody_in_a_hole_has_anything_to_lose(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world world = judged(true);
    struct plan_robustness *robustness = NULL;
    struct plan_opening *openings = NULL;
    const struct plan_draws draws = {.n_ended = 1, .n_draws = 10, .seed = 1};
    size_t n_openings = 0;
    evaluate(&world);
    assert_int_equal(plan_robustness_compute(&ctx, &world.input, world.evaluation, &draws, &robustness),
                     OM_OK);
    assert_int_equal(robustness->municipalities[2].suppliers_to_none, 0);
    assert_int_equal(robustness->municipalities[2].offices_to_none, 0);
    assert_int_equal(robustness->n_contracts, 1); /* of the supplier in area A */
    assert_int_equal(plan_openings_rank(&ctx, &world.input, world.evaluation, &openings, &n_openings), OM_OK);
    for (size_t i = 0; i < n_openings; i++)
        assert_true(openings[i].municipality < 2); /* one more in area A; M5 would have its first */
    om_free(openings);
    plan_robustness_free(robustness);
    om_context_done(&ctx);
    kit_world_done(&world);
}

/* Moved, split off or merged they are in an area like any other. */
static void changes_fill_a_hole(void **state)
{
    (void)state;
    static const struct {
        enum plan_change_kind kind;
        const char *value;
        int n_in_hole;
    } rows[] = {
        {PLAN_CHANGE_MOVE, "0003=A", 1},
        {PLAN_CHANGE_SPLIT, "B=0003:D", 1},
        {PLAN_CHANGE_MERGE, "B=D", 0},
        {PLAN_CHANGE_MERGE, "B,C=C", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        om_context ctx = {0};
        struct kit_world world = judged(true);
        struct plan_changes changes = {0};
        struct plan *plan = NULL;
        struct plan_market *market = NULL;
        world.plan->areas[1].may_be_discontiguous = true;
        assert_int_equal(plan_changes_parse(&ctx, &changes, rows[i].kind, rows[i].value, rows[i].value),
                         OM_OK);
        om_status status = plan_changes_apply(&ctx, &changes, world.territory, world.plan, world.market,
                                              "after", &plan, &market);
        if (status)
            fail_msg("%s: %s", rows[i].value, ctx.message);
        int n = 0;
        for (size_t m = 0; m < 5; m++)
            n += plan->areas[plan->area_of[m]].is_hole;
        assert_int_equal(n, rows[i].n_in_hole);
        for (size_t a = 0; a < plan->n_areas; a++)
            assert_int_equal(plan->areas[a].may_be_discontiguous, plan->areas[a].is_hole);
        plan_market_free(market);
        plan_free(plan);
        plan_changes_done(&changes);
        kit_world_done(&world);
        om_context_done(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_serves_who_is_in_no_area),
        cmocka_unit_test(nobody_closes_a_gap_with_a_hole),
        cmocka_unit_test(nobody_in_a_hole_has_anything_to_lose),
        cmocka_unit_test(changes_fill_a_hole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Two judged plans side by side, worked by hand. */
#include "kit.h"
#include "kit_planner.h"

#include "planner/comparison.h"

/*
 * A chain of five. Supplier s00 has an office in 1, s01 in 2; 1 and 2 are 30 minutes apart, 3 is 40 minutes
 * from 1 and 50 from 2, 4 is 55 minutes from 2, 5 is cut off and its job seekers are unknown.
 */
struct country {
    om_context ctx;
    struct plan_territory *territory;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan_rules rules;
};

static int start(void **state)
{
    static struct country c;
    c = (struct country){.territory = kit_territory(5), .market = kit_market(2, 2, 0)};
    kit_chain(c.territory);
    for (size_t m = 0; m < 4; m++)
        c.territory->municipalities[m].job_seekers = 100 * (double)(m + 1);
    c.territory->municipalities[4].job_seekers = NAN;
    kit_office(c.market, 0, 0);
    kit_office(c.market, 1, 1);
    assert_int_equal(plan_market_sort(&c.ctx, c.market), OM_OK);
    c.travel = kit_travel(5);
    kit_both_ways(c.travel, 0, 1, 30 * 60);
    kit_both_ways(c.travel, 2, 0, 40 * 60);
    kit_both_ways(c.travel, 2, 1, 50 * 60);
    kit_both_ways(c.travel, 3, 1, 55 * 60);
    c.rules = plan_rules_default();
    *state = &c;
    return 0;
}

static int stop(void **state)
{
    struct country *c = *state;
    plan_travel_free(c->travel);
    plan_market_free(c->market);
    plan_territory_free(c->territory);
    om_context_done(&c->ctx);
    return 0;
}

struct side {
    struct plan *plan;
    struct plan_case input;
    struct plan_evaluation *evaluation;
};

static struct side judged(struct country *c, const char *letters)
{
    struct side side = {.plan = kit_plan(c->territory, letters)};
    side.input = (struct plan_case){c->territory, side.plan, c->market, c->travel, &c->rules};
    assert_int_equal(plan_evaluate(&c->ctx, &side.input, &side.evaluation), OM_OK);
    return side;
}

static void side_done(struct side *side)
{
    plan_evaluation_free(side->evaluation);
    plan_free(side->plan);
}

static struct plan_comparison *compared(struct country *c, const struct side *before,
                                        const struct side *after)
{
    struct plan_comparison *comparison = NULL;
    assert_int_equal(plan_compare(&c->ctx, &(struct plan_judgement){&before->input, before->evaluation},
                                  &(struct plan_judgement){&after->input, after->evaluation}, &comparison),
                     OM_OK);
    return comparison;
}

/* "AABBB": 1 and 2 choose, the others have nobody. "AAAAB": 3 chooses too, 4 reaches s01 only. */
static void transitions_count_municipalities_and_job_seekers(void **state)
{
    struct country *c = *state;
    struct side before = judged(c, "AABBB"), after = judged(c, "AAAAB");
    struct plan_comparison *comparison = compared(c, &before, &after);
    static const struct {
        enum plan_status from, to;
        int32_t n, n_unknown;
        double job_seekers;
    } expected[] = {
        {PLAN_STATUS_CHOICE, PLAN_STATUS_CHOICE, 2, 0, 300},
        {PLAN_STATUS_NONE, PLAN_STATUS_CHOICE, 1, 0, 300},
        {PLAN_STATUS_NONE, PLAN_STATUS_LIMITED, 1, 0, 400},
        {PLAN_STATUS_NONE, PLAN_STATUS_NONE, 1, 1, NAN},
        {PLAN_STATUS_CHOICE, PLAN_STATUS_LIMITED, 0, 0, 0},
        {PLAN_STATUS_CHOICE, PLAN_STATUS_NONE, 0, 0, 0},
        {PLAN_STATUS_LIMITED, PLAN_STATUS_CHOICE, 0, 0, 0},
        {PLAN_STATUS_LIMITED, PLAN_STATUS_LIMITED, 0, 0, 0},
        {PLAN_STATUS_LIMITED, PLAN_STATUS_NONE, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct plan_transition *got = &comparison->transitions[expected[i].from][expected[i].to];
        assert_int_equal(got->n, expected[i].n);
        assert_int_equal(got->n_job_seekers_unknown, expected[i].n_unknown);
        assert_true(isnan(expected[i].job_seekers) ? isnan(got->job_seekers)
                                                   : got->job_seekers == expected[i].job_seekers);
    }
    plan_comparison_free(comparison);
    side_done(&before);
    side_done(&after);
}

static void who_lost_comes_first_then_who_gained(void **state)
{
    struct country *c = *state;
    struct side together = judged(c, "AAAAB"), apart = judged(c, "ABBCC");
    /* apart: 1 reaches s00 only, 2 and 3 s01 only, 4 nobody */
    struct plan_comparison *comparison = compared(c, &together, &apart);
    static const int32_t lost[] = {3, 2, 1, 0}; /* steps down: one each; most job seekers first */
    assert_int_equal(comparison->n_lost, 4);
    assert_int_equal(comparison->n_gained, 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(comparison->changed[i], lost[i]);
    plan_comparison_free(comparison);
    struct side lonely = judged(c, "AABCC"); /* 3 has nobody: two steps up to a choice */
    comparison = compared(c, &lonely, &together);
    assert_int_equal(comparison->n_lost, 0);
    assert_int_equal(comparison->n_gained, 2);
    assert_int_equal(comparison->changed[0], 2);
    assert_int_equal(comparison->changed[1], 3);
    plan_comparison_free(comparison);
    comparison = compared(c, &apart, &lonely); /* 3 loses; 1 and 2 gain */
    assert_int_equal(comparison->n_lost, 1);
    assert_int_equal(comparison->n_gained, 2);
    static const int32_t changed[] = {2, 1, 0};
    assert_memory_equal(comparison->changed, changed, sizeof changed);
    plan_comparison_free(comparison);
    side_done(&together);
    side_done(&apart);
    side_done(&lonely);
}

static void verdicts_are_counted_by_rule(void **state)
{
    struct country *c = *state;
    struct side before = judged(c, "AABBB"), after = judged(c, "AAAAB");
    struct plan_comparison *comparison = compared(c, &before, &after);
    /* B alone has one municipality of unknown size: whether anybody lacks a choice is unknown */
    static const int32_t choice[PLAN_SIDES][PLAN_VERDICTS] = {{1, 1, 0}, {0, 1, 1}};
    for (int side = 0; side < PLAN_SIDES; side++)
        assert_memory_equal(comparison->verdicts[side][PLAN_RULE_CHOICE], choice[side], sizeof choice[side]);
    assert_int_equal(comparison->verdicts[PLAN_AFTER][PLAN_RULE_CONTIGUITY][PLAN_VERDICT_PASS], 2);
    plan_comparison_free(comparison);
    side_done(&before);
    side_done(&after);
}

static void places_that_are_cut_off_are_named(void **state)
{
    struct country *c = *state;
    struct side whole = judged(c, "AABBC"), torn = judged(c, "ABAAC");
    struct plan_comparison *comparison = compared(c, &whole, &torn);
    static const bool nobody[5] = {0}, first[5] = {true}; /* 3 and 4 have 700 of A's 800 job seekers */
    assert_memory_equal(comparison->is_cut_off[PLAN_BEFORE], nobody, sizeof nobody);
    assert_memory_equal(comparison->is_cut_off[PLAN_AFTER], first, sizeof first);
    plan_comparison_free(comparison);
    torn.plan->areas[0].may_be_discontiguous = true;
    plan_evaluation_free(torn.evaluation);
    assert_int_equal(plan_evaluate(&c->ctx, &torn.input, &torn.evaluation), OM_OK);
    comparison = compared(c, &whole, &torn);
    assert_memory_equal(comparison->is_cut_off[PLAN_AFTER], nobody, sizeof nobody);
    plan_comparison_free(comparison);
    side_done(&whole);
    side_done(&torn);
}

static void equal_plans_agree_and_nothing_changes(void **state)
{
    struct country *c = *state;
    struct side side = judged(c, "AABBB");
    struct plan_comparison *comparison = compared(c, &side, &side);
    assert_int_equal(comparison->n_lost + comparison->n_gained, 0);
    assert_true(comparison->by_municipality.v_measure == 1 && comparison->by_job_seekers.adjusted_rand == 1);
    assert_true(comparison->by_municipality.variation_of_information_bits == 0);
    plan_comparison_free(comparison);
    side_done(&side);
}

static void other_municipalities_are_refused(void **state)
{
    struct country *c = *state;
    struct side side = judged(c, "AABBB");
    struct plan_territory *other = kit_territory(5);
    om_free(other->municipalities[4].code);
    other->municipalities[4].code = om_strdup("0009");
    struct plan_case input = side.input;
    input.territory = other;
    struct plan_comparison *comparison = NULL;
    assert_int_equal(plan_compare(&c->ctx, &(struct plan_judgement){&side.input, side.evaluation},
                                  &(struct plan_judgement){&input, side.evaluation}, &comparison),
                     OM_INVALID_ARGUMENT);
    plan_territory_free(other);
    side_done(&side);
}

static void running_out_of_memory_is_reported(void **state)
{
    struct country *c = *state;
    struct side before = judged(c, "AABBB"), after = judged(c, "ABABA");
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 500);
        struct plan_comparison *comparison = NULL;
        om_memory_fail_after(n);
        status = plan_compare(&c->ctx, &(struct plan_judgement){&before.input, before.evaluation},
                              &(struct plan_judgement){&after.input, after.evaluation}, &comparison);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || (status == OM_NO_MEMORY && !comparison));
        plan_comparison_free(comparison);
    }
    side_done(&before);
    side_done(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(transitions_count_municipalities_and_job_seekers, start, stop),
        cmocka_unit_test_setup_teardown(who_lost_comes_first_then_who_gained, start, stop),
        cmocka_unit_test_setup_teardown(verdicts_are_counted_by_rule, start, stop),
        cmocka_unit_test_setup_teardown(places_that_are_cut_off_are_named, start, stop),
        cmocka_unit_test_setup_teardown(equal_plans_agree_and_nothing_changes, start, stop),
        cmocka_unit_test_setup_teardown(other_municipalities_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(running_out_of_memory_is_reported, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

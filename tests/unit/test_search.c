#include "kit.h"

#include "kit_planner.h"

#include "planner/search.h"

#include <omp.h>

/*
 * A string of six: 0 1 2 | 3 4 5. Suppliers s00 in 0 and 1, s01 in 2 and 3; a step takes 40 minutes, two are
 * over the limit. As drawn, 3 reaches s01 only, and 2 both: with the border one step to the left nobody wins;
 * with 2 | 3 joined by another cut, see the tests.
 */
static struct kit_world make_row(const char *areas)
{
    om_context ctx = {0};
    struct kit_world row = {.territory = kit_territory(6), .rules = plan_rules_default()};
    kit_chain(row.territory);
    kit_partition(row.territory, "fa2015", "AAABBB");
    row.plan = kit_plan(row.territory, areas);
    row.market = kit_market(2, 4, 0);
    kit_office(row.market, 0, 0);
    kit_office(row.market, 0, 2);
    kit_office(row.market, 1, 3);
    kit_office(row.market, 0, 5);
    assert_int_equal(plan_market_sort(&ctx, row.market), OM_OK);
    row.travel = kit_travel(6);
    for (int m = 1; m < 6; m++)
        kit_both_ways(row.travel, m - 1, m, 2400);
    row.rules.min_participants_per_supplier = 0;
    return row;
}

static void point_row(struct kit_world *row)
{
    row->input = (struct plan_case){row->territory, row->plan, row->market, row->travel, &row->rules};
}

static struct plan_search_result *found(om_context *ctx, const struct kit_world *row,
                                        struct plan_search_options options)
{
    struct plan_search_result *result = NULL;
    options.n_wanted = options.n_wanted ? options.n_wanted : 5;
    if (!options.n_steps && !(options.seconds > 0))
        options.n_steps = 20000;
    if (plan_search(ctx, &row->input, &options, &result))
        fail_msg("%s", ctx->message);
    return result;
}

/* 2 and 3 reach both suppliers when they are together, 4 reaches s01 in 3 and s00 in 5: the choice of 2, 3
 * and 4 takes all of 2 … 5 in one area; 0 and 1 reach s00 only. */
static void a_better_border_is_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAABBB");
    point_row(&row);
    struct plan_search_result *it = found(&ctx, &row, (struct plan_search_options){.seed = 1});
    assert_int_equal(it->start.goal[PLAN_GOAL_WITHOUT_CHOICE], 500 * PLAN_PERSON);
    assert_int_equal(it->proposals[0].score.goal[PLAN_GOAL_WITHOUT_CHOICE], 300 * PLAN_PERSON);
    assert_int_equal(it->proposals[0].score.violation, 0);
    const int32_t *area_of = it->proposals[0].area_of;
    assert_int_equal(area_of[0], area_of[1]);
    assert_int_not_equal(area_of[1], area_of[2]);
    for (int m = 3; m < 6; m++)
        assert_int_equal(area_of[2], area_of[m]);
    assert_int_equal(it->n_steps, 20000);
    plan_search_result_free(it);
    kit_world_done(&row);
}

static void what_is_locked_stays(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAABBB");
    point_row(&row);
    const bool second_area[] = {false, true}, third[] = {false, false, true, false, false, false};
    struct plan_search_result *it =
        found(&ctx, &row, (struct plan_search_options){.is_locked_area = second_area});
    assert_memory_equal(it->proposals[0].area_of, row.plan->area_of, 6 * sizeof(int32_t));
    plan_search_result_free(it);
    it = found(&ctx, &row, (struct plan_search_options){.is_locked = third});
    for (size_t i = 0; i < it->n_proposals; i++)
        assert_int_equal(it->proposals[i].area_of[2], 0);
    plan_search_result_free(it);
    kit_world_done(&row);
}

static void equal_seeds_give_equal_plans_on_any_number_of_threads(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AABBCC");
    point_row(&row);
    struct plan_search_result *results[2];
    for (int i = 0; i < 2; i++) {
        omp_set_num_threads(i ? 4 : 1);
        results[i] = found(&ctx, &row, (struct plan_search_options){.seed = 5, .n_steps = 33333});
    }
    assert_int_equal(results[0]->n_steps, 33333);
    assert_int_equal(results[0]->n_proposals, results[1]->n_proposals);
    for (size_t i = 0; i < results[0]->n_proposals; i++) {
        assert_memory_equal(results[0]->proposals[i].area_of, results[1]->proposals[i].area_of,
                            6 * sizeof(int32_t));
        assert_memory_equal(&results[0]->proposals[i].score, &results[1]->proposals[i].score,
                            sizeof(struct plan_score));
    }
    assert_memory_equal(&results[0]->counts, &results[1]->counts, sizeof results[0]->counts);
    plan_search_result_free(results[0]);
    plan_search_result_free(results[1]);
    kit_world_done(&row);
}

static void no_proposal_is_better_in_every_goal_than_another(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAAAAB");
    point_row(&row);
    struct plan_search_result *it = found(&ctx, &row, (struct plan_search_options){.n_wanted = 20});
    assert_true(it->n_proposals > 1);
    for (size_t i = 0; i < it->n_proposals; i++)
        for (size_t j = 0; j < it->n_proposals; j++) {
            bool is_covered = i != j;
            for (int g = 0; g < PLAN_GOALS; g++)
                if (row.rules.search.weight[g] > 0)
                    is_covered &= it->proposals[i].score.goal[g] <= it->proposals[j].score.goal[g];
            assert_false(is_covered);
        }
    plan_search_result_free(it);
    kit_world_done(&row);
}

/* 1 is cut off from 4 by 2 and 3. */
static void a_start_in_pieces_is_mended(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AABBAA");
    point_row(&row);
    struct plan_search_result *it = found(&ctx, &row, (struct plan_search_options){.n_steps = 1});
    assert_int_equal(om_found(&ctx, "start_area_mended"), 2);
    for (size_t i = 0; i < it->n_proposals; i++)
        assert_int_equal(it->proposals[i].area_of[4], it->proposals[i].area_of[3]);
    plan_search_result_free(it);
    om_context_done(&ctx);
    kit_world_done(&row);
}

static void areas_are_named_for_what_they_were_or_hold(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAAAAB");
    point_row(&row);
    row.territory->municipalities[3].job_seekers = 200;
    int32_t area_of[] = {0, 0, 2, 2, 1, 1};
    struct plan_proposal proposal = {.area_of = area_of};
    const struct plan_search_result result = {.n = 6, .n_slots = 4, .n_proposals = 1, .proposals = &proposal};
    struct plan *plan = NULL;
    assert_int_equal(plan_search_plan(&ctx, &row.input, &result, 0, "new", &plan), OM_OK);
    /* 2 and 3 are most of A; 5 is all of B, and 4 comes to it; 0 and 1 are named for the first of equals */
    assert_int_equal(plan->n_areas, 3);
    assert_string_equal(plan->areas[plan->area_of[2]].name, "A");
    assert_string_equal(plan->areas[plan->area_of[0]].name, "M1");
    assert_string_equal(plan->areas[plan->area_of[5]].name, "M5");
    plan_free(plan);
    kit_world_done(&row);
}

static void limits_that_cannot_be_kept_are_explained(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *message;
    } cases[] = {
        {"max_job_seekers", "90", "[search] max_job_seekers = 90: municipality 0001 M1 alone has 100"},
        {"min_job_seekers", "301", "[search] min_job_seekers = 301 in at least 2 areas: there are only 600"},
        {"max_job_seekers", "299", "[search] max_job_seekers = 299 in at most 2 areas: there are 600"},
        {"max_areas", "1", "[search] min_areas = 2 is more than max_areas = 1"},
        {"min_areas", "3", "[search] min_areas = 3 is more than max_areas = 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct kit_world row = make_row("AAABBB");
        struct plan_search_result *result = NULL;
        const struct plan_search_options options = {.n_steps = 1, .n_wanted = 1};
        point_row(&row);
        assert_int_equal(plan_rules_set(&ctx, &row.rules, "search", cases[i].key, cases[i].value), OM_OK);
        assert_int_equal(plan_search(&ctx, &row.input, &options, &result), OM_BAD_DATA);
        assert_string_equal(ctx.message, cases[i].message);
        kit_world_done(&row);
    }
}

static void breaches_tell_by_how_much(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAAABB");
    struct plan_breach *breaches = NULL;
    size_t n = 0;
    point_row(&row);
    row.rules.search.max_job_seekers = 350;
    row.rules.search.min_job_seekers = 220;
    row.rules.search.max_trip_minutes = 40;
    row.rules.search.max_region_pieces = 1;
    row.rules.search.min_areas = 3;
    row.rules.search.max_areas = 3;
    assert_int_equal(plan_limits_check(&ctx, &row.input, row.plan, &breaches, &n), OM_OK);
    const struct plan_breach expected[] = {
        {PLAN_LIMIT_AREAS, -1, -1, -1, -1, 2, 3},        {PLAN_LIMIT_JOB_SEEKERS, 0, -1, -1, -1, 400, 350},
        {PLAN_LIMIT_TRIP, 0, -1, 0, 2, NAN, 40},         {PLAN_LIMIT_JOB_SEEKERS, 1, -1, -1, -1, 200, 220},
        {PLAN_LIMIT_REGION_PIECES, -1, 1, -1, -1, 2, 1},
    };
    assert_int_equal(n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(breaches[i].limit, expected[i].limit);
        assert_int_equal(breaches[i].area, expected[i].area);
        assert_int_equal(breaches[i].region, expected[i].region);
        assert_int_equal(breaches[i].from, expected[i].from);
        assert_int_equal(breaches[i].to, expected[i].to);
        assert_true(isnan(expected[i].value) ? isnan(breaches[i].value)
                                             : breaches[i].value == expected[i].value);
        assert_true(breaches[i].bound == expected[i].bound);
    }
    om_free(breaches);
    kit_world_done(&row);
}

static bool stop_at_once(void *user, const char *what, size_t done, size_t total)
{
    (void)what;
    (void)total;
    *(size_t *)user = done;
    return false;
}

static void an_interrupt_keeps_what_there_is(void **state)
{
    (void)state;
    size_t done = 0;
    om_context ctx = {.progress = stop_at_once, .progress_user = &done};
    struct kit_world row = make_row("AAABBB");
    point_row(&row);
    struct plan_search_result *it = found(&ctx, &row, (struct plan_search_options){.n_steps = 100000000});
    assert_true(it->was_interrupted);
    assert_true(it->n_proposals > 0);
    assert_int_equal(it->n_steps, done);
    assert_true(done < 1000000);
    plan_search_result_free(it);
    kit_world_done(&row);
}

static void a_limit_in_seconds_ends_the_search(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world row = make_row("AAABBB");
    point_row(&row);
    struct plan_search_result *it = found(&ctx, &row, (struct plan_search_options){.seconds = 0.01});
    assert_true(it->n_steps > 0);
    assert_true(it->seconds < 30);
    plan_search_result_free(it);
    kit_world_done(&row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_better_border_is_found),
        cmocka_unit_test(what_is_locked_stays),
        cmocka_unit_test(equal_seeds_give_equal_plans_on_any_number_of_threads),
        cmocka_unit_test(no_proposal_is_better_in_every_goal_than_another),
        cmocka_unit_test(a_start_in_pieces_is_mended),
        cmocka_unit_test(areas_are_named_for_what_they_were_or_hold),
        cmocka_unit_test(limits_that_cannot_be_kept_are_explained),
        cmocka_unit_test(breaches_tell_by_how_much),
        cmocka_unit_test(an_interrupt_keeps_what_there_is),
        cmocka_unit_test(a_limit_in_seconds_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

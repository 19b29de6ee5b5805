/*
 * Whatever steps a walk tries, takes and takes back, the score it keeps is that of the plan it has reached,
 * counted anew; areas stay in one piece, and what is locked stays.
 */
#include "kit.h"

#include "kit_world.h"

#include "../../planner/walk_internal.h"

enum { WORLDS = 500, ROUNDS = 60, STEPS = 12, MAX_N = 30 };

static void random_rules(struct kit_random *random, struct plan_search_rules *rules)
{
    rules->min_areas = 1 + (int)kit_below(random, 4);
    rules->max_areas = rules->min_areas + (int)kit_below(random, 4);
    rules->min_job_seekers = kit_below(random, 2) ? kit_below(random, 900) : 0;
    rules->max_job_seekers = kit_below(random, 2) ? rules->min_job_seekers + kit_below(random, 900) : 0;
    rules->max_trip_minutes = kit_below(random, 3) ? 0 : 20 + kit_below(random, 90);
    rules->max_region_pieces = (int)kit_below(random, 4);
    rules->ranking = kit_below(random, 2) ? PLAN_RANKING_WEIGHTED : PLAN_RANKING_LEXICOGRAPHIC;
    for (int g = 0; g < PLAN_GOALS; g++)
        rules->weight[g] = kit_below(random, 5);
}

static void expect_counted(om_context *ctx, const plan_ground *ground, const struct plan_score *kept,
                           const int32_t *area_of, size_t n_slots)
{
    plan_draft *draft = NULL;
    assert_int_equal(plan_draft_new(ctx, ground, area_of, n_slots, &draft), OM_OK);
    const struct plan_score *counted = plan_draft_score(draft);
    if (kept->violation != counted->violation)
        fail_msg("violation: %lld kept, %lld counted", (long long)kept->violation,
                 (long long)counted->violation);
    for (int g = 0; g < PLAN_GOALS; g++)
        if (kept->goal[g] != counted->goal[g])
            fail_msg("%s: %lld kept, %lld counted", plan_goal_names[g], (long long)kept->goal[g],
                     (long long)counted->goal[g]);
    assert_memory_equal(kept->lacking, counted->lacking, sizeof kept->lacking);
    plan_draft_free(draft);
}

static void expect_whole(om_context *ctx, const struct kit_world *world, const plan_walk *walk,
                         const bool *may_be_apart, size_t n_slots)
{
    const int32_t *area_of;
    int32_t labels[MAX_N + 1], piece_of[MAX_N + 1], n_pieces[MAX_N + 8];
    plan_walk_best(walk, &area_of);
    memcpy(labels, area_of, world->territory->n * sizeof *labels);
    const struct plan plan = {.n = world->territory->n, .n_areas = n_slots, .area_of = labels};
    assert_int_equal(plan_pieces(ctx, world->territory, &plan, piece_of, n_pieces), OM_OK);
    for (size_t a = 0; a < n_slots; a++)
        assert_true(n_pieces[a] <= 1 || may_be_apart[a]);
}

static void walk_in(struct kit_random *random, struct kit_world *world, uint64_t *n_taken)
{
    om_context ctx = {0};
    plan_ground *ground = NULL;
    plan_walk *walk = NULL;
    struct plan_walk_options options = plan_walk_options_default();
    size_t n = world->territory->n, n_slots = world->plan->n_areas + 3;
    bool is_locked[MAX_N + 1] = {false}, may_be_apart[MAX_N + 8] = {false};
    int32_t start[MAX_N + 1], piece_of[MAX_N + 1], n_pieces[MAX_N + 8];
    memcpy(start, world->plan->area_of, n * sizeof *start);
    assert_int_equal(plan_pieces(&ctx, world->territory, world->plan, piece_of, n_pieces), OM_OK);
    for (size_t a = 0; a < world->plan->n_areas; a++)
        may_be_apart[a] = n_pieces[a] > 1;
    for (size_t m = 0; m < n; m++)
        is_locked[m] = kit_below(random, 12) == 0;
    options.seed = kit_next(random);
    options.memory = 1 + kit_below(random, 40);
    options.patience = 20 + kit_below(random, 200);
    for (int step = 0; step < PLAN_STEPS; step++)
        options.share[step] = 1 + kit_below(random, 4);
    options.is_locked = is_locked;
    options.may_be_discontiguous = may_be_apart;
    assert_int_equal(plan_ground_new(&ctx, &world->input, &ground), OM_OK);
    assert_int_equal(plan_walk_new(&ctx, ground, start, n_slots, &options, &walk), OM_OK);
    for (int round = 0; round < ROUNDS; round++) {
        plan_walk_go(walk, STEPS);
        expect_counted(&ctx, ground, &walk->draft->score, walk->draft->zones->area_of, n_slots);
        expect_counted(&ctx, ground, &walk->best_score, walk->best_area_of, n_slots);
    }
    expect_whole(&ctx, world, walk, may_be_apart, n_slots);
    const int32_t *area_of;
    plan_walk_best(walk, &area_of);
    for (size_t m = 0; m < n; m++)
        assert_true(!is_locked[m] || area_of[m] == start[m]);
    struct plan_walk_counts counts = plan_walk_counts_of(walk);
    for (int step = 0; step < PLAN_STEPS; step++)
        n_taken[step] += counts.taken[step];
    plan_walk_free(walk);
    plan_ground_free(ground);
}

static void a_walk_knows_the_score_of_its_plan(void **state)
{
    (void)state;
    struct kit_random random = {31};
    uint64_t n_taken[PLAN_STEPS] = {0};
    for (int w = 0; w < WORLDS; w++) {
        size_t n = 2 + kit_below(&random, MAX_N - 1);
        struct kit_world *world =
            kit_random_world(&random, n, 1 + kit_below(&random, 6), 1 + kit_below(&random, 6));
        random_rules(&random, &world->rules.search);
        walk_in(&random, world, n_taken);
        kit_world_free(world);
    }
    for (int step = 0; step < PLAN_STEPS; step++)
        if (n_taken[step] < 200)
            fail_msg("only %llu steps of the kind %s were taken", (unsigned long long)n_taken[step],
                     plan_step_names[step]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_knows_the_score_of_its_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

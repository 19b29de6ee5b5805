/*
 * On small maps every partition is tried; the search finds none worse than the best of them.
 */
#include "kit.h"

#include "kit_world.h"

#include "planner/search.h"

enum { WORLDS = 40, MOST = 8, COLUMNS = 4 };

static void connect_grid(struct kit_random *random, struct plan_territory *territory)
{
    om_context ctx = {0};
    struct plan_pair pairs[64];
    size_t n = 0;
    for (size_t m = 0; m < territory->n; m++) {
        if (m % COLUMNS + 1 < COLUMNS && m + 1 < territory->n)
            pairs[n++] =
                (struct plan_pair){(int32_t)m, (int32_t)m + 1, PLAN_LINK_BORDER, 1000 + kit_below(random, 9)};
        if (m + COLUMNS < territory->n)
            pairs[n++] = (struct plan_pair){(int32_t)m, (int32_t)(m + COLUMNS), PLAN_LINK_BORDER,
                                            1000 + kit_below(random, 9)};
    }
    if (territory->n > 3 && kit_below(random, 2))
        pairs[n++] = (struct plan_pair){0, (int32_t)territory->n - 1, PLAN_LINK_DECLARED, 0};
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, n), OM_OK);
}

struct trial {
    om_context ctx;
    struct kit_world *world;
    plan_ground *ground;
    uint32_t near[16]; /* bits of neighbours */
    int32_t area_of[16];
    size_t n_slots;
    struct plan_score best;
    int n_tried, n_whole;
};

static bool is_whole(const struct trial *trial, uint32_t members)
{
    uint32_t reached = members & -members, before;
    do {
        before = reached;
        for (size_t m = 0; m < trial->world->plan->n; m++)
            if (reached >> m & 1)
                reached |= trial->near[m] & members;
    } while (reached != before);
    return reached == members;
}

static void judge(struct trial *trial, int32_t n_areas)
{
    size_t n = trial->world->plan->n;
    trial->n_tried++;
    for (int32_t a = 0; a < n_areas; a++) {
        uint32_t members = 0;
        for (size_t m = 0; m < n; m++)
            members |= (uint32_t)(trial->area_of[m] == a) << m;
        if (!is_whole(trial, members))
            return;
    }
    plan_draft *draft = NULL;
    assert_int_equal(plan_draft_new(&trial->ctx, trial->ground, trial->area_of, trial->n_slots, &draft),
                     OM_OK);
    const struct plan_score *score = plan_draft_score(draft);
    if (trial->n_whole++ == 0 || plan_score_compare(&trial->world->rules.search, score, &trial->best) < 0)
        trial->best = *score;
    plan_draft_free(draft);
}

/* Every partition once: m is in an area that is there already, or begins the next. */
static void try_all(struct trial *trial, size_t m, int32_t n_areas, int32_t most_areas)
{
    if (m == trial->world->plan->n) {
        judge(trial, n_areas);
        return;
    }
    for (int32_t a = 0; a <= n_areas && a < most_areas; a++) {
        trial->area_of[m] = a;
        try_all(trial, m + 1, a == n_areas ? n_areas + 1 : n_areas, most_areas);
    }
}

static void expect_optimum(struct kit_world *world, uint64_t n_steps, int *n_tried)
{
    struct trial trial = {.world = world};
    struct plan_search_result *found = NULL;
    struct plan_search_options options = {.seed = 7, .n_steps = n_steps, .n_wanted = 1};
    const struct plan_territory *territory = world->territory;
    for (size_t m = 0; m < territory->n; m++)
        for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++)
            trial.near[m] |= 1u << territory->neighbours[i].municipality;
    assert_int_equal(plan_ground_new(&trial.ctx, &world->input, &trial.ground), OM_OK);
    om_status status = plan_search(&trial.ctx, &world->input, &options, &found);
    if (status)
        fail_msg("%s", trial.ctx.message);
    trial.n_slots = found->n_slots;
    try_all(&trial, 0, 0, (int32_t)found->n_slots);
    *n_tried = trial.n_tried;
    const struct plan_score *got = &found->proposals[0].score;
    if (plan_score_compare(&world->rules.search, got, &trial.best) != 0) {
        printf("violation %lld, best %lld\n", (long long)got->violation, (long long)trial.best.violation);
        for (int g = 0; g < PLAN_GOALS; g++)
            printf("%s %lld, best %lld\n", plan_goal_names[g], (long long)got->goal[g],
                   (long long)trial.best.goal[g]);
        fail_msg("the best of %d whole partitions was not found", trial.n_whole);
    }
    plan_search_result_free(found);
    plan_ground_free(trial.ground);
    om_context_done(&trial.ctx);
}

static struct kit_world *small_world(struct kit_random *random, size_t n, uint32_t n_letters)
{
    struct kit_world *world = kit_random_world(random, n, COLUMNS, n_letters);
    connect_grid(random, world->territory);
    return world;
}

static void the_best_partition_is_found(void **state)
{
    (void)state;
    struct kit_random random = {21};
    for (int w = 0; w < WORLDS; w++) {
        struct kit_world *world = small_world(&random, 2 + kit_below(&random, MOST - 1), 4);
        struct plan_search_rules *rules = &world->rules.search;
        int n_tried = 0;
        rules->ranking = kit_below(&random, 2) ? PLAN_RANKING_WEIGHTED : PLAN_RANKING_LEXICOGRAPHIC;
        for (int g = 0; g < PLAN_GOALS; g++)
            rules->weight[g] = kit_below(&random, 5);
        rules->max_job_seekers = kit_below(&random, 3) ? 0 : 900;
        rules->max_region_pieces = (int)kit_below(&random, 4);
        expect_optimum(world, 80000, &n_tried);
        kit_world_free(world);
    }
}

static void the_best_of_twelve_is_found(void **state)
{
    (void)state;
    struct kit_random random = {22};
    for (int w = 0; w < 3; w++) {
        struct kit_world *world = small_world(&random, 12, 3);
        int n_tried = 0;
        expect_optimum(world, 120000, &n_tried);
        assert_int_equal(n_tried, 88574); /* partitions of 12 into at most 3: 1 + 2047 + 86526 */
        kit_world_free(world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_partition_is_found),
        cmocka_unit_test(the_best_of_twelve_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Where a walk on a large map looks: at one place for a while, at borders only, everywhere in the end; and
 * the score it keeps is that of the plan it has reached, counted anew. */
#include "kit.h"

#include "kit_planner.h"

#include "../../planner/walk_internal.h"

enum { COLUMNS = 80, ROWS = 60, N = COLUMNS * ROWS, BLOCK = 6, STEPS = 30000 };

/* Square areas, the borders between which are 10 km a side; no travel. */
struct map {
    om_context ctx;
    struct plan_territory *territory;
    struct plan_market *market;
    struct plan_travel travel;
    size_t first_trip[N + 1];
    int32_t area_of[N];
    struct plan plan;
    struct plan_rules rules;
    struct plan_case input;
    plan_ground *ground;
};

static void make_borders(struct map *map)
{
    static struct plan_pair pairs[2 * N];
    size_t n = 0;
    for (int32_t m = 0; m < N; m++) {
        if (m % COLUMNS + 1 < COLUMNS)
            pairs[n++] = (struct plan_pair){m, m + 1, PLAN_LINK_BORDER, 10000};
        if (m + COLUMNS < N)
            pairs[n++] = (struct plan_pair){m, m + COLUMNS, PLAN_LINK_BORDER, 10000};
    }
    assert_int_equal(plan_territory_connect(&map->ctx, map->territory, pairs, n), OM_OK);
}

/* Shifted by less than what is left of the last column of blocks. */
static int32_t block_of(int32_t m, int32_t shift)
{
    int32_t columns = (COLUMNS + BLOCK - 1) / BLOCK;
    return m / COLUMNS / BLOCK * columns + (m % COLUMNS + shift) / BLOCK;
}

static struct map *make_map(void)
{
    struct map *map = om_alloc(1, sizeof *map);
    map->territory = kit_territory(N);
    make_borders(map);
    map->market = kit_market(2, N, 0);
    for (int32_t m = 0; m < N; m++) {
        map->territory->municipalities[m].job_seekers = 10 + m % 7;
        map->area_of[m] = block_of(m, 0);
        if (m % 5 < 2)
            kit_office(map->market, m % 5, m);
    }
    assert_int_equal(plan_market_sort(&map->ctx, map->market), OM_OK);
    map->travel = (struct plan_travel){.n = N, .first_trip = map->first_trip};
    map->plan = (struct plan){.n = N, .n_areas = (size_t)map->area_of[N - 1] + 1, .area_of = map->area_of};
    map->plan.areas = om_alloc(map->plan.n_areas, sizeof *map->plan.areas);
    map->rules = plan_rules_default();
    map->input = (struct plan_case){map->territory, &map->plan, map->market, &map->travel, &map->rules};
    assert_int_equal(plan_ground_new(&map->ctx, &map->input, &map->ground), OM_OK);
    return map;
}

static void free_map(struct map *map)
{
    plan_ground_free(map->ground);
    om_free(map->plan.areas);
    plan_market_free(map->market);
    plan_territory_free(map->territory);
    om_context_done(&map->ctx);
    om_free(map);
}

static void it_comes_to_every_border_and_to_nothing_else(void **state)
{
    (void)state;
    struct map *map = make_map();
    struct plan_zones *zones = NULL;
    struct plan_focus *focus = plan_focus_new(N);
    struct plan_random random = plan_random_stream(1, 0);
    static int32_t n_drawn[N];
    assert_non_null(focus);
    assert_int_equal(plan_zones_new(&map->ctx, plan_ground_adjacency(map->ground), map->area_of,
                                    map->plan.n_areas, &zones),
                     OM_OK);
    for (int32_t i = 0; i < 500 * N; i++)
        n_drawn[plan_focus_draw(focus, zones, &random)]++;
    for (int32_t m = 0; m < N; m++) {
        bool is_at_border = plan_zones_foreign_border_m(zones, m) > 0;
        if (is_at_border != (n_drawn[m] > 0))
            fail_msg("municipality %d: drawn %d times", m, n_drawn[m]);
    }
    plan_focus_free(focus);
    plan_zones_free(zones);
    free_map(map);
}

static void it_stays_near_until_it_turns(void **state)
{
    (void)state;
    struct map *map = make_map();
    struct plan_zones *zones = NULL;
    struct plan_focus *focus = plan_focus_new(N);
    struct plan_random random = plan_random_stream(2, 0);
    assert_int_equal(plan_zones_new(&map->ctx, plan_ground_adjacency(map->ground), map->area_of,
                                    map->plan.n_areas, &zones),
                     OM_OK);
    int32_t centre = plan_focus_draw(focus, zones, &random);
    assert_true(plan_focus_is_fresh(focus));
    while (focus->n_left > 0) {
        int32_t m = plan_focus_draw(focus, zones, &random);
        int32_t distance = abs(m % COLUMNS - centre % COLUMNS) + abs(m / COLUMNS - centre / COLUMNS);
        assert_true(distance <= PLAN_FOCUS_SIZE / 4);
    }
    assert_false(plan_focus_is_fresh(focus));
    plan_focus_free(focus);
    plan_zones_free(zones);
    free_map(map);
}

static void the_score_of_a_walk_on_a_large_map_is_that_of_its_plan(void **state)
{
    (void)state;
    struct map *map = make_map();
    struct plan_walk_options options = plan_walk_options_default();
    plan_walk *walk = NULL;
    plan_draft *counted = NULL;
    static int32_t start[N];
    for (int32_t m = 0; m < N; m++)
        start[m] = block_of(m, BLOCK / 2);
    assert_int_equal(plan_walk_new(&map->ctx, map->ground, start, map->plan.n_areas, &options, &walk), OM_OK);
    assert_non_null(walk->focus);
    plan_walk_go(walk, STEPS);
    assert_true(plan_walk_counts_of(walk).taken[PLAN_STEP_SHIFT] > 1000);
    assert_int_equal(
        plan_draft_new(&map->ctx, map->ground, walk->draft->zones->area_of, map->plan.n_areas, &counted),
        OM_OK);
    assert_memory_equal(&walk->draft->score, plan_draft_score(counted), sizeof walk->draft->score);
    plan_draft_free(counted);
    plan_walk_free(walk);
    free_map(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_to_every_border_and_to_nothing_else),
        cmocka_unit_test(it_stays_near_until_it_turns),
        cmocka_unit_test(the_score_of_a_walk_on_a_large_map_is_that_of_its_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

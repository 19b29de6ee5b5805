#include "kit.h"

#include "kit_planner.h"

#include <time.h>

struct world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan_rules rules;
    struct plan_evaluation *evaluation;
    struct plan_in_house *in_house;
};

static struct world world_new(const char *plan)
{
    struct world world = {.rules = plan_rules_default()};
    world.territory = kit_territory(strlen(plan));
    world.plan = kit_plan(world.territory, plan);
    world.market = kit_market(2, 4, 0);
    world.travel = kit_travel(strlen(plan));
    return world;
}

static om_status propose(om_context *ctx, struct world *world)
{
    const struct plan_case input = {world->territory, world->plan, world->market, world->travel,
                                    &world->rules};
    plan_in_house_free(world->in_house);
    world->in_house = NULL;
    return plan_in_house_propose(ctx, &input, world->evaluation, NULL, &world->in_house);
}

static const struct plan_in_house *proposed(struct world *world)
{
    om_context ctx = {0};
    const struct plan_case input = {world->territory, world->plan, world->market, world->travel,
                                    &world->rules};
    plan_evaluation_free(world->evaluation);
    world->evaluation = NULL;
    assert_int_equal(plan_evaluate(&ctx, &input, &world->evaluation), OM_OK);
    assert_int_equal(propose(&ctx, world), OM_OK);
    om_context_done(&ctx);
    return world->in_house;
}

static void world_done(struct world *world)
{
    plan_in_house_free(world->in_house);
    plan_in_house_free(NULL);
    plan_evaluation_free(world->evaluation);
    plan_travel_free(world->travel);
    plan_market_free(world->market);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

/*
 * M1 has the only office, of area A. In need: M2 (local), and M3 to M5 (area-wide). The seat of M4 serves M3,
 * M4 and M5; M2 is out of everybody's reach but its own.
 */
static struct world five(void)
{
    struct world world = world_new("AABBB");
    kit_office(world.market, 0, 0);
    kit_trip(world.travel, 1, 0, 3601);
    kit_both_ways(world.travel, 2, 3, 3600);
    kit_both_ways(world.travel, 3, 4, 1200);
    world.territory->municipalities[2].job_seekers = 10;
    return world;
}

static void the_fewest_seats_serve_every_need(void **state)
{
    (void)state;
    struct world world = five();
    const struct plan_in_house *it = proposed(&world);
    assert_true(it->is_optimal);
    assert_int_equal(it->n_needs, 4);
    assert_int_equal(it->n_area_wide, 3);
    assert_true(it->job_seekers == 310);
    assert_true(it->job_seekers_area_wide == 210);
    assert_int_equal(it->n_sites, 2);
    assert_int_equal(it->sites[0].site, 3);
    assert_true(it->sites[0].job_seekers == 210);
    assert_int_equal(it->sites[1].site, 1);
    assert_true(it->sites[1].job_seekers == 100);
    const int32_t served_from[] = {PLAN_NOWHERE, 1, 3, 3, 3};
    assert_memory_equal(it->served_from, served_from, sizeof served_from);
    assert_true(isnan(it->duration_s[0]));
    assert_true(it->duration_s[1] == 0);
    assert_true(it->duration_s[2] == 3600);
    assert_true(it->duration_s[4] == 1200);
    world_done(&world);
}

static void ties_go_to_fewer_minutes_and_then_to_the_lower_code(void **state)
{
    (void)state;
    struct world world = world_new("AAAA");
    kit_both_ways(world.travel, 0, 1, 600);
    kit_both_ways(world.travel, 2, 3, 600);
    const struct plan_in_house *it = proposed(&world);
    assert_int_equal(it->n_sites, 2);
    assert_int_equal(it->sites[0].site, 0);
    assert_int_equal(it->sites[1].site, 2);
    world.territory->municipalities[1].job_seekers = 101; /* now they stay at home */
    world.territory->municipalities[2].job_seekers = NAN; /* of no weight */
    it = proposed(&world);
    assert_int_equal(it->sites[0].site, 1);
    assert_int_equal(it->sites[1].site, 3);
    assert_true(it->job_seekers == 301);
    world_done(&world);
}

static void nobody_in_need_needs_no_site(void **state)
{
    (void)state;
    struct world world = world_new("AA");
    kit_office(world.market, 0, 0);
    kit_office(world.market, 0, 1);
    const struct plan_in_house *it = proposed(&world);
    assert_int_equal(it->n_sites, 0);
    assert_int_equal(it->n_needs, 0);
    assert_true(it->is_optimal);
    world_done(&world);
}

static void without_travel_times_everybody_is_served_at_home(void **state)
{
    (void)state;
    struct world world = world_new("ABC");
    om_free(world.travel->duration_s);
    world.travel->duration_s = NULL;
    assert_int_equal(proposed(&world)->n_sites, 3);
    world_done(&world);
}

/* A country of 290 seats without any supplier: towns on a plane, 100 km across, an hour is 12 km. */
static void a_whole_country_is_solved_in_moments(void **state)
{
    (void)state;
    enum { N = 290 };
    struct kit_random random = {290};
    char letters[N + 1] = {0};
    memset(letters, 'A', N);
    struct world world = world_new(letters);
    double x[N], y[N];
    for (int m = 0; m < N; m++) {
        x[m] = kit_below(&random, 100000);
        y[m] = kit_below(&random, 100000);
        world.territory->municipalities[m].job_seekers = 10 + kit_below(&random, 3000);
    }
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            kit_trip(world.travel, a, b, floor(hypot(x[a] - x[b], y[a] - y[b]) * 0.3));
    clock_t start = clock();
    const struct plan_in_house *it = proposed(&world);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%zu sites for %d needs, %s, %.2f s\n", it->n_sites, it->n_needs,
           it->is_optimal ? "proven" : "not proven", seconds);
    assert_true(it->is_optimal);
    for (int m = 0; m < N; m++) {
        assert_true(it->served_from[m] >= 0);
        assert_true(it->duration_s[m] <= 3600);
    }
    world_done(&world);
}

static void what_does_not_belong_together_is_refused(void **state)
{
    (void)state;
    struct world world = five();
    proposed(&world);
    om_context ctx = {0};
    world.evaluation->n = 4;
    assert_int_equal(propose(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "the evaluation has 4 municipalities, the territory 5");
    world_done(&world);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    struct world world = world_new("AAAA"); /* a ring: no seat serves all, so GLPK is asked */
    for (int m = 0; m < 4; m++)
        kit_both_ways(world.travel, m, (m + 1) % 4, 600);
    proposed(&world);
    assert_int_equal(world.in_house->n_sites, 2);
    om_status status = OM_NO_MEMORY;
    for (size_t nth = 1; status == OM_NO_MEMORY; nth++) {
        om_context ctx = {0};
        om_memory_fail_after(nth);
        status = propose(&ctx, &world);
        om_memory_fail_after(0);
        assert_true((world.in_house != NULL) == (status == OM_OK));
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    world_done(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_seats_serve_every_need),
        cmocka_unit_test(ties_go_to_fewer_minutes_and_then_to_the_lower_code),
        cmocka_unit_test(nobody_in_need_needs_no_site),
        cmocka_unit_test(without_travel_times_everybody_is_served_at_home),
        cmocka_unit_test(a_whole_country_is_solved_in_moments),
        cmocka_unit_test(what_does_not_belong_together_is_refused),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

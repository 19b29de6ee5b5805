#include "kit.h"

#include "kit_planner.h"

/* Municipalities of one area; M1 has the offices of two suppliers. */
struct world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan_rules rules;
    struct plan_evaluation *evaluation;
};

static struct world world_new(size_t n)
{
    char letters[32] = "";
    memset(letters, 'A', n);
    struct world world = {.rules = plan_rules_default()};
    world.territory = kit_territory(n);
    world.plan = kit_plan(world.territory, letters);
    world.market = kit_market(2, 4, 0);
    kit_office(world.market, 0, 0);
    kit_office(world.market, 1, 0);
    world.travel = kit_travel(n);
    return world;
}

static const struct plan_equity *measured(struct world *world)
{
    om_context ctx = {0};
    const struct plan_case input = {world->territory, world->plan, world->market, world->travel,
                                    &world->rules};
    plan_evaluation_free(world->evaluation);
    world->evaluation = NULL;
    assert_int_equal(plan_evaluate(&ctx, &input, &world->evaluation), OM_OK);
    om_context_done(&ctx);
    return world->evaluation->equity;
}

static void world_done(struct world *world)
{
    plan_evaluation_free(world->evaluation);
    plan_travel_free(world->travel);
    plan_market_free(world->market);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

static bool same(double x, double y)
{
    return isnan(x) ? isnan(y) : fabs(x - y) < 1e-12;
}

static void expect_minutes(const struct plan_spread *spread, const double minutes[PLAN_EQUITY_PERCENTILES])
{
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++)
        if (!same(spread->percentile_s[p], minutes[p] * 60))
            fail_msg("percentile %d is %g minutes, not %g", plan_equity_percentiles[p],
                     spread->percentile_s[p] / 60, minutes[p]);
}

static void percentiles_count_job_seekers_not_municipalities(void **state)
{
    (void)state;
    struct world world = world_new(4);
    const double job_seekers[] = {100, 600, 200, 100};
    for (int m = 1; m < 4; m++)
        kit_trip(world.travel, m, 0, 600 * m);
    for (int m = 0; m < 4; m++)
        world.territory->municipalities[m].job_seekers = job_seekers[m];
    const struct plan_equity *equity = measured(&world);
    assert_int_equal(equity->groups[0].grouping, PLAN_EQUITY_COUNTRY);
    assert_true(equity->groups[0].job_seekers == 1000);
    const struct plan_spread *nearest = &equity->groups[0].spread[PLAN_EQUITY_NEAREST];
    /* 10 % is reached exactly by those at home, 90 % exactly by those within 20 minutes */
    expect_minutes(nearest, (const double[]){0, 10, 10, 20, 20});
    assert_true(nearest->unreachable_share == 0);
    /* sum over pairs of w w |x - y| = 100*600*10 + 100*200*20 + 100*100*30 + 600*200*10 + 600*100*20
     * + 200*100*10 = 3 900 000, twice, over 2 * 1000 * 13 000 */
    assert_true(same(nearest->gini, 0.3));
    world_done(&world);
}

static void the_unreachable_come_last_and_have_no_minutes(void **state)
{
    (void)state;
    struct world world = world_new(4);
    kit_trip(world.travel, 1, 0, 1200); /* M3 and M4 reach nobody */
    const struct plan_spread *nearest = &measured(&world)->groups[0].spread[PLAN_EQUITY_NEAREST];
    expect_minutes(nearest, (const double[]){0, 0, 20, NAN, NAN});
    assert_true(nearest->unreachable_share == 0.5);
    assert_true(same(nearest->gini, 0.5)); /* of the two who reach one: 2 * 20 / (2 * 2 * 20) */
    world.territory->municipalities[3].job_seekers = NAN; /* in no sum */
    const struct plan_equity_group *country = &measured(&world)->groups[0];
    assert_true(country->job_seekers == 300);
    assert_int_equal(country->n_municipalities, 4);
    assert_true(same(country->spread[PLAN_EQUITY_NEAREST].unreachable_share, 1.0 / 3));
    for (int m = 0; m < 4; m++)
        world.territory->municipalities[m].job_seekers = 0;
    nearest = &measured(&world)->groups[0].spread[PLAN_EQUITY_NEAREST];
    assert_true(isnan(nearest->unreachable_share) && isnan(nearest->gini));
    expect_minutes(nearest, (const double[]){NAN, NAN, NAN, NAN, NAN});
    world_done(&world);
}

static void the_second_supplier_is_another_one(void **state)
{
    (void)state;
    struct world world = world_new(3);
    kit_office(world.market, 0, 1);
    kit_trip(world.travel, 1, 0, 1800);
    kit_trip(world.travel, 2, 1, 600);
    const struct plan_equity *equity = measured(&world);
    expect_minutes(&equity->groups[0].spread[PLAN_EQUITY_NEAREST], (const double[]){0, 0, 0, 10, 10});
    expect_minutes(&equity->groups[0].spread[PLAN_EQUITY_SECOND], (const double[]){0, 0, 30, NAN, NAN});
    world_done(&world);
}

/* Groups, their numbers of municipalities in order, as text: "country 4; density sparse 1 …". */
static void describe(const struct world *world, char *text, size_t size)
{
    const struct plan_equity *equity = world->evaluation->equity;
    text[0] = '\0';
    for (size_t g = 0; g < equity->n_groups; g++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s %d: %d; ",
                 plan_equity_grouping_names[equity->groups[g].grouping], equity->groups[g].index,
                 equity->groups[g].n_municipalities);
    }
}

static void municipalities_are_grouped_by_density_group_and_county(void **state)
{
    (void)state;
    struct world world = world_new(6);
    char text[512];
    kit_partition(world.territory, "county", "AABBBB");
    kit_partition(world.territory, "group", "CCCA--");
    /* densities 40, 100, 100, 160, 400 and unknown: the mean of the known is 160 */
    const double population[] = {400, 1000, 1000, 1600, 4000, NAN};
    for (int m = 0; m < 6; m++)
        world.territory->municipalities[m].population = population[m];
    measured(&world);
    describe(&world, text, sizeof text);
    assert_string_equal(text,
                        "country 0: 6; density 0: 1; density 1: 2; density 2: 2; group 0: 1; group 2: 3; "
                        "county 0: 2; county 1: 4; ");
    assert_string_equal(plan_density_names[PLAN_DENSITY_SPARSE], "sparse");
    assert_string_equal(plan_equity_target_names[PLAN_EQUITY_SECOND], "second");
    world_done(&world);
}

/* Straight from the definitions: sorted by hand, all pairs. */
static void expect_by_definition(const double *times, const double *weights, size_t n,
                                 const struct plan_spread *spread)
{
    double total = 0, reached = 0, time = 0, differences = 0;
    for (size_t i = 0; i < n; i++) {
        total += weights[i];
        if (isnan(times[i]))
            continue;
        reached += weights[i];
        time += weights[i] * times[i];
        for (size_t k = 0; k < n; k++)
            if (!isnan(times[k]))
                differences += weights[i] * weights[k] * fabs(times[i] - times[k]);
    }
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++) {
        double least = NAN;
        for (size_t i = 0; i < n; i++) {
            double within = 0;
            for (size_t k = 0; k < n; k++)
                within += times[k] <= times[i] ? weights[k] : 0;
            if (100 * within >= plan_equity_percentiles[p] * total && within > 0)
                least = fmin(least, times[i]);
        }
        if (!same(spread->percentile_s[p], least))
            fail_msg("percentile %d: %g, not %g", plan_equity_percentiles[p], spread->percentile_s[p], least);
    }
    assert_true(fabs(spread->unreachable_share - (total - reached) / total) < 1e-12);
    if (reached > 0)
        assert_true(fabs(spread->gini - (time > 0 ? differences / (2 * reached * time) : 0)) < 1e-9);
    else
        assert_true(isnan(spread->gini));
}

static void random_spreads_are_as_defined(void **state)
{
    (void)state;
    enum { N = 12, ROUNDS = 500 };
    struct kit_random random = {12};
    for (int round = 0; round < ROUNDS; round++) {
        struct world world = world_new(N);
        double times[N] = {0}, weights[N], total = 0;
        for (int m = 0; m < N; m++) {
            weights[m] = 10 * kit_below(&random, 5) * kit_below(&random, 2);
            total += weights[m];
            world.territory->municipalities[m].job_seekers = weights[m];
            if (m == 0)
                continue;
            times[m] = kit_below(&random, 4) ? 60 * (double)kit_below(&random, 90) : (double)NAN;
            kit_trip(world.travel, m, 0, times[m]);
        }
        if (total > 0)
            expect_by_definition(times, weights, N, &measured(&world)->groups[0].spread[PLAN_EQUITY_NEAREST]);
        world_done(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_count_job_seekers_not_municipalities),
        cmocka_unit_test(the_unreachable_come_last_and_have_no_minutes),
        cmocka_unit_test(the_second_supplier_is_another_one),
        cmocka_unit_test(municipalities_are_grouped_by_density_group_and_county),
        cmocka_unit_test(random_spreads_are_as_defined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

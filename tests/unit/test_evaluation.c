#include "kit.h"

#include "kit_planner.h"

/* A chain of municipalities (each borders the next), judged. */
struct world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan_rules rules;
    struct plan_evaluation *evaluation;
};

static struct world world_new(const char *plan)
{
    struct world world = {.rules = plan_rules_default()};
    size_t n = strlen(plan);
    world.territory = kit_territory(n);
    kit_chain(world.territory);
    world.plan = kit_plan(world.territory, plan);
    world.market = kit_market(4, 16, 16);
    world.travel = kit_travel(n);
    return world;
}

static om_status judge(om_context *ctx, struct world *world)
{
    const struct plan_case input = {world->territory, world->plan, world->market, world->travel,
                                    &world->rules};
    plan_evaluation_free(world->evaluation);
    world->evaluation = NULL;
    return plan_evaluate(ctx, &input, &world->evaluation);
}

static const struct plan_evaluation *judged(struct world *world)
{
    om_context ctx = {0};
    assert_int_equal(plan_market_sort(&ctx, world->market), OM_OK);
    om_status status = judge(&ctx, world);
    if (status)
        printf("%s\n", ctx.message);
    assert_int_equal(status, OM_OK);
    om_context_done(&ctx);
    return world->evaluation;
}

static void world_done(struct world *world)
{
    plan_evaluation_free(world->evaluation);
    plan_travel_free(world->travel);
    plan_market_free(world->market);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

/* One letter per municipality, as the table of cases writes them. */
static const char status_letters[] = "NLC", cause_letters[] = "-SBDM", need_letters[] = "-lA";

static void describe(const struct world *world, char text[5][64])
{
    const struct plan_evaluation *it = world->evaluation;
    memset(text, 0, 5 * sizeof text[0]);
    for (size_t m = 0; m < it->n; m++) {
        const struct plan_municipality_result *r = &it->municipalities[m];
        text[0][m] = status_letters[r->status];
        text[1][m] = cause_letters[r->cause];
        text[2][m] = need_letters[r->need];
        snprintf(text[3] + 2 * m, 3, "%d%d", r->suppliers_inside, r->suppliers_anywhere);
        for (uint32_t i = 0; i < r->n_closing; i++)
            strcat(text[4], world->plan->areas[it->closing_areas[r->first_closing + i]].name);
        strcat(text[4], ";");
    }
}

static const struct {
    const char *what, *plan;
    struct {
        int supplier, municipality;
    } offices[6];
    struct {
        int from, to;
        double duration_s;
    } trips[6];
    const char *status, *cause, *need, *counts, *closing; /* counts: inside and anywhere, per municipality */
} cases[] = {
    {"the limit is inclusive",
     "AA",
     {{0, 0}, {1, 0}, {-1, 0}},
     {{1, 0, 3600.0}},
     "CC",
     "--",
     "--",
     "2222",
     ";;"},
    {"half a second over it is too far",
     "AA",
     {{0, 0}, {1, 0}, {-1, 0}},
     {{1, 0, 3600.5}},
     "CN",
     "-D",
     "-l",
     "2200",
     ";;"},
    {"no journey is too far", "AA", {{0, 0}, {1, 0}, {-1, 0}}, {{0}}, "CN", "-D", "-l", "2200", ";;"},
    {"trips count in their own direction",
     "AA",
     {{0, 0}, {1, 0}, {-1, 0}},
     {{0, 1, 60}},
     "CN",
     "-D",
     "-l",
     "2200",
     ";;"},
    {"one supplier is no choice", "AA", {{0, 0}, {-1, 0}}, {{1, 0, 600}}, "LL", "MM", "--", "1111", ";;"},
    {"two offices of one supplier are no choice",
     "AA",
     {{0, 0}, {0, 1}, {-1, 0}},
     {{0, 1, 600}, {1, 0, 600}},
     "LL",
     "MM",
     "--",
     "1111",
     ";;"},
    {"an area without a supplier",
     "AAB",
     {{0, 0}, {1, 0}, {-1, 0}},
     {{1, 0, 60}, {2, 0, 600}},
     "CCN",
     "--S",
     "--A",
     "222202",
     ";;A;"},
    {"the border is in the way",
     "ABB",
     {{0, 0}, {1, 0}, {2, 2}, {-1, 0}},
     {{1, 0, 900}, {1, 2, 900}},
     "CLL",
     "-BM",
     "---",
     "221311",
     ";A;;"},
    {"own offices come along",
     "AB",
     {{0, 0}, {1, 1}, {-1, 0}},
     {{0, 1, 600}},
     "LL",
     "BM",
     "--",
     "1211",
     "B;;"},
    {"border although no neighbouring area closes the gap",
     "ABC",
     {{0, 2}, {1, 2}, {-1, 0}},
     {{0, 2, 60}, {1, 2, 60}},
     "NNC",
     "SS-",
     "AA-",
     "020222",
     ";C;;"},
    {"a wider choice across two borders",
     "ABC",
     {{3, 0}, {0, 1}, {1, 2}, {-1, 0}},
     {{1, 0, 60}, {1, 2, 60}, {0, 2, 60}},
     "LLL",
     "BBM",
     "---",
     "121311",
     ";AC;;"},
    {"both suppliers are there, one too far",
     "AAA",
     {{0, 0}, {1, 1}, {-1, 0}},
     {{2, 0, 60}, {2, 1, 4000}},
     "LLL",
     "DDD",
     "---",
     "111111",
     ";;;"},
    {"too far inside, but the border comes first",
     "AAB",
     {{0, 0}, {1, 0}, {0, 2}, {1, 2}, {-1, 0}},
     {{1, 0, 4000}, {1, 2, 60}},
     "CNC",
     "-B-",
     "-l-",
     "220222",
     ";B;;"},
    {"nobody anywhere", "AB", {{-1, 0}}, {{0}}, "NN", "SS", "AA", "0000", ";;"},
};

static void the_definitions_case_by_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world = world_new(cases[i].plan);
        for (size_t o = 0; cases[i].offices[o].supplier >= 0; o++)
            kit_office(world.market, cases[i].offices[o].supplier, cases[i].offices[o].municipality);
        for (size_t t = 0; t < 6; t++)
            if (cases[i].trips[t].from != cases[i].trips[t].to)
                kit_trip(world.travel, cases[i].trips[t].from, cases[i].trips[t].to,
                         cases[i].trips[t].duration_s);
        judged(&world);
        char got[5][64];
        describe(&world, got);
        const char *wanted[] = {cases[i].status, cases[i].cause, cases[i].need, cases[i].counts,
                                cases[i].closing};
        for (int k = 0; k < 5; k++) {
            if (strcmp(got[k], wanted[k]) != 0)
                printf("%s\n", cases[i].what);
            assert_string_equal(got[k], wanted[k]);
        }
        world_done(&world);
    }
}

static void a_closed_office_counts_for_nothing(void **state)
{
    (void)state;
    struct world world = world_new("AB");
    kit_office(world.market, 0, 0);
    kit_office(world.market, 1, 0);
    kit_office(world.market, 2, 1);
    world.market->offices[1].active = world.market->offices[2].active = false;
    kit_both_ways(world.travel, 0, 1, 60);
    const struct plan_evaluation *it = judged(&world);
    assert_int_equal(it->municipalities[0].status, PLAN_STATUS_LIMITED);
    assert_int_equal(it->municipalities[1].cause, PLAN_CAUSE_NO_SUPPLIER);
    assert_false(it->municipalities[1].has_own_office);
    assert_int_equal(it->areas[0].n_suppliers, 1);
    assert_int_equal(it->areas[0].n_offices, 1);
    assert_int_equal(it->areas[1].n_offices, 0);
    world_done(&world);
}

static void the_nearest_two_suppliers_are_told(void **state)
{
    (void)state;
    struct world world = world_new("AAAB");
    kit_office(world.market, 0, 1);
    kit_office(world.market, 0, 2);
    kit_office(world.market, 1, 2);
    kit_office(world.market, 2, 3);
    kit_trip(world.travel, 0, 1, 4000);
    kit_trip(world.travel, 0, 2, 5000);
    kit_trip(world.travel, 0, 3, 100);
    kit_trip(world.travel, 1, 2, 700);
    const struct plan_evaluation *it = judged(&world);
    const struct plan_municipality_result *far = &it->municipalities[0], *near = &it->municipalities[1];
    assert_int_equal(far->nearest_inside.supplier, 0);
    assert_int_equal(far->nearest_inside.municipality, 1);
    assert_true(far->nearest_inside.duration_s == 4000);
    assert_int_equal(far->second_inside.supplier, 1);
    assert_int_equal(far->second_inside.municipality, 2);
    assert_true(far->second_inside.duration_s == 5000);
    assert_int_equal(far->nearest_anywhere.supplier, 2);
    assert_int_equal(near->nearest_inside.supplier, 0);
    assert_true(near->nearest_inside.duration_s == 0);
    assert_true(near->second_inside.duration_s == 700);
    const struct plan_municipality_result *end = &it->municipalities[3];
    assert_int_equal(end->second_inside.supplier, PLAN_NOWHERE);
    assert_int_equal(end->second_inside.municipality, PLAN_NOWHERE);
    assert_true(isnan(end->second_inside.duration_s));
    world_done(&world);
}

static void contracts_decide_who_may_serve(void **state)
{
    (void)state;
    struct world world = world_new("AAABB");
    world.rules.basis = PLAN_BASIS_CONTRACTS;
    kit_office(world.market, 0, 0);
    kit_office(world.market, 1, 0);
    kit_office(world.market, 2, 3);
    kit_contract(world.market, 0, 0);
    kit_contract(world.market, 1, 0);
    kit_contract(world.market, 0, 1);
    kit_contract(world.market, 3, 1); /* a contract without an office */
    kit_contract(world.market, 2, 0); /* covers another area's municipality only */
    kit_trip(world.travel, 1, 0, 60);
    kit_trip(world.travel, 2, 0, 60);
    kit_trip(world.travel, 0, 3, 60);
    judged(&world);
    char got[5][64];
    describe(&world, got);
    assert_string_equal(got[0], "CLNNN");
    assert_string_equal(got[1], "-MMSS");
    assert_string_equal(got[2], "--lAA");
    assert_string_equal(got[3], "2311000000");
    assert_int_equal(world.evaluation->areas[0].n_suppliers, 2);
    assert_int_equal(world.evaluation->areas[1].n_suppliers, 0);
    assert_int_equal(world.evaluation->areas[1].n_offices, 1);
    assert_true(world.evaluation->municipalities[0].has_own_office);
    assert_false(world.evaluation->municipalities[3].has_own_office);
    assert_int_equal(world.evaluation->municipalities[3].nearest_inside.supplier, PLAN_NOWHERE);
    assert_true(world.evaluation->headline.own_office == 0.2);
    world_done(&world);
}

static void the_headline_adds_up(void **state)
{
    (void)state;
    struct world world = world_new("AABB");
    const double job_seekers[] = {100, 300, 200, 400};
    for (size_t m = 0; m < 4; m++)
        world.territory->municipalities[m].job_seekers = job_seekers[m];
    kit_office(world.market, 0, 0);
    kit_office(world.market, 1, 0);
    kit_office(world.market, 2, 2);
    kit_trip(world.travel, 1, 0, 60);
    kit_trip(world.travel, 2, 0, 60);
    const struct plan_headline *it = &judged(&world)->headline;
    assert_true(it->job_seekers == 1000);
    assert_true(it->own_office == 0.3);
    assert_true(it->reach_one == 0.6);
    assert_true(it->choice == 0.4);
    assert_true(it->bound_own_office == 0.3);
    assert_true(it->bound_reach_one == 0.6);
    assert_true(it->bound_choice == 0.6);
    assert_int_equal(it->municipalities_without_office, 2);
    assert_true(it->job_seekers_without_office == 700);
    assert_int_equal(it->n_status[PLAN_STATUS_CHOICE], 2);
    assert_int_equal(it->n_status[PLAN_STATUS_LIMITED], 1);
    assert_int_equal(it->n_status[PLAN_STATUS_NONE], 1);
    assert_true(it->job_seekers_status[PLAN_STATUS_LIMITED] == 200);
    assert_int_equal(it->n_job_seekers_unknown, 0);

    world.territory->municipalities[3].job_seekers = NAN;
    it = &judged(&world)->headline;
    assert_true(it->job_seekers == 600);
    assert_true(it->reach_one == 1);
    assert_true(isnan(it->job_seekers_status[PLAN_STATUS_NONE]));
    assert_int_equal(it->n_job_seekers_unknown, 1);

    for (size_t m = 0; m < 4; m++)
        world.territory->municipalities[m].job_seekers = NAN;
    it = &judged(&world)->headline;
    assert_true(isnan(it->job_seekers));
    assert_true(isnan(it->choice));
    assert_int_equal(it->n_status[PLAN_STATUS_CHOICE], 2);
    world_done(&world);
}

/* 16 of 290 municipalities without an office, 1 665 of 360 335 job seekers in them. */
static void the_published_arithmetic_is_reproduced(void **state)
{
    (void)state;
    struct plan_territory *territory = kit_territory(290);
    struct plan_market *market = kit_market(1, 290, 0);
    char letters[291] = {0};
    for (size_t m = 0; m < 290; m++) {
        letters[m] = 'A';
        territory->municipalities[m].job_seekers = m < 15 ? 104 : m == 15 ? 105 : m < 289 ? 1309 : 1313;
        if (m >= 16)
            kit_office(market, 0, (int)m);
    }
    struct plan *plan = kit_plan(territory, letters);
    struct plan_travel nothing = {.n = 290};
    struct plan_rules rules = plan_rules_default();
    const struct plan_case input = {territory, plan, market, &nothing, &rules};
    struct plan_evaluation *it = NULL;
    om_context ctx = {0};
    assert_int_equal(plan_evaluate(&ctx, &input, &it), OM_OK);
    assert_true(it->headline.job_seekers == 360335);
    assert_int_equal(it->headline.municipalities_without_office, 16);
    assert_true(it->headline.job_seekers_without_office == 1665);
    char share[16];
    snprintf(share, sizeof share, "%.1f %%", 100 * it->headline.own_office);
    assert_string_equal(share, "99.5 %");
    plan_evaluation_free(it);
    plan_free(plan);
    plan_market_free(market);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void sparse_municipalities_are_those_below_half_the_mean_density(void **state)
{
    (void)state;
    struct world world = world_new("AAAA");
    const double population[] = {500, 250, 249, 1001}; /* mean 50 per km2 over 40 km2 */
    for (size_t m = 0; m < 4; m++)
        world.territory->municipalities[m].population = population[m];
    const struct plan_evaluation *it = judged(&world);
    assert_true(it->headline.mean_density_per_km2 == 50);
    assert_false(it->municipalities[0].is_sparse);
    assert_false(it->municipalities[1].is_sparse); /* exactly half */
    assert_true(it->municipalities[2].is_sparse);
    assert_int_equal(it->headline.n_sparse, 1);
    assert_true(it->headline.population_sparse == 249);

    world.territory->municipalities[2].land_area_km2 = NAN;
    it = judged(&world);
    assert_int_equal(it->headline.n_sparse, 1); /* 1751 / 30 km2: now half of it is above 25 */
    assert_true(it->municipalities[1].is_sparse);
    for (size_t m = 0; m < 4; m++)
        world.territory->municipalities[m].land_area_km2 = NAN;
    it = judged(&world);
    assert_true(isnan(it->headline.mean_density_per_km2));
    assert_int_equal(it->headline.n_sparse, 0);
    world_done(&world);
}

/* Columns 8 and 10 of the bundled table: population 2018 and land area. No field of it is quoted. */
static void sweden_had_71_sparse_municipalities_in_2018(void **state)
{
    (void)state;
    FILE *file = fopen(kit_source("datasets/sweden/municipalities.csv"), "r");
    assert_non_null(file);
    char line[1024], letters[291] = {0};
    struct plan_territory *territory = kit_territory(290);
    assert_non_null(fgets(line, sizeof line, file));
    size_t n = 0;
    for (; fgets(line, sizeof line, file); n++) {
        assert_true(n < 290);
        char *field = line;
        for (int column = 1; column <= 10; column++) {
            if (column == 8)
                territory->municipalities[n].population = strtod(field, NULL);
            if (column == 10)
                territory->municipalities[n].land_area_km2 = strtod(field, NULL);
            field = strchr(field, ',') + 1;
        }
        letters[n] = 'A';
    }
    fclose(file);
    assert_int_equal(n, 290);
    struct plan *plan = kit_plan(territory, letters);
    struct plan_market *market = kit_market(0, 0, 0);
    struct plan_rules rules = plan_rules_default();
    const struct plan_case input = {territory, plan, market, NULL, &rules};
    struct plan_evaluation *it = NULL;
    om_context ctx = {0};
    assert_int_equal(plan_evaluate(&ctx, &input, &it), OM_OK);
    assert_int_equal(it->headline.n_sparse, 71);
    plan_evaluation_free(it);
    plan_market_free(market);
    plan_free(plan);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void expect_rule(const struct plan_evaluation *it, size_t area, enum plan_rule rule,
                        enum plan_verdict verdict, double value)
{
    const struct plan_rule_result *result = &it->areas[area].rules[rule];
    if (result->verdict != verdict || (isnan(value) ? !isnan(result->value) : result->value != value))
        printf("area %zu, rule %s: %s %g, expected %s %g\n", area, plan_rule_names[rule],
               plan_verdict_names[result->verdict], result->value, plan_verdict_names[verdict], value);
    assert_int_equal(result->verdict, verdict);
    assert_true(isnan(value) ? isnan(result->value) : result->value == value);
}

static void every_rule_of_an_area_gives_a_verdict(void **state)
{
    (void)state;
    struct world world = world_new("AABBCBD");
    kit_partition(world.territory, "fa2015", "XXXYZY-");
    for (int s = 0; s < 2; s++) {
        kit_office(world.market, s, 0);
        kit_office(world.market, s, 3);
    }
    kit_trip(world.travel, 1, 0, 3600);
    kit_trip(world.travel, 2, 3, 5400);
    kit_trip(world.travel, 5, 3, 60);
    world.territory->municipalities[0].participants = 10;
    world.territory->municipalities[1].participants = 29;
    const struct plan_evaluation *it = judged(&world);
    assert_int_equal(it->areas[1].n_municipalities, 3);
    assert_int_equal(it->areas[1].n_status[PLAN_STATUS_CHOICE], 2);
    assert_true(it->areas[1].job_seekers_status[PLAN_STATUS_NONE] == 100);
    assert_true(it->areas[0].population == 2000);
    assert_true(it->areas[0].participants == 39);
    assert_true(it->areas[1].participants == 300);

    expect_rule(it, 0, PLAN_RULE_CHOICE, PLAN_VERDICT_PASS, 0);
    expect_rule(it, 0, PLAN_RULE_REACH, PLAN_VERDICT_PASS, 60);
    expect_rule(it, 0, PLAN_RULE_IN_HOUSE, PLAN_VERDICT_PASS, 0);
    expect_rule(it, 0, PLAN_RULE_MARKET, PLAN_VERDICT_FAIL, 19.5);
    expect_rule(it, 0, PLAN_RULE_ALIGNMENT, PLAN_VERDICT_PASS, 1);
    expect_rule(it, 0, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_PASS, 1);

    expect_rule(it, 1, PLAN_RULE_CHOICE, PLAN_VERDICT_FAIL, 100);
    expect_rule(it, 1, PLAN_RULE_REACH, PLAN_VERDICT_FAIL, 90);
    expect_rule(it, 1, PLAN_RULE_IN_HOUSE, PLAN_VERDICT_FAIL, 100);
    expect_rule(it, 1, PLAN_RULE_MARKET, PLAN_VERDICT_PASS, 150);
    expect_rule(it, 1, PLAN_RULE_ALIGNMENT, PLAN_VERDICT_FAIL, 2);
    expect_rule(it, 1, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_FAIL, 2);

    expect_rule(it, 2, PLAN_RULE_REACH, PLAN_VERDICT_FAIL, NAN);
    expect_rule(it, 2, PLAN_RULE_MARKET, PLAN_VERDICT_UNKNOWN, NAN);
    expect_rule(it, 3, PLAN_RULE_ALIGNMENT, PLAN_VERDICT_UNKNOWN, NAN);

    world.plan->areas[1].may_be_discontiguous = true;
    world.territory->municipalities[2].job_seekers = NAN;
    world.territory->municipalities[1].participants = 30;
    it = judged(&world);
    expect_rule(it, 0, PLAN_RULE_MARKET, PLAN_VERDICT_PASS, 20);
    expect_rule(it, 1, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_PASS, 2);
    expect_rule(it, 1, PLAN_RULE_CHOICE, PLAN_VERDICT_UNKNOWN, NAN);
    expect_rule(it, 1, PLAN_RULE_IN_HOUSE, PLAN_VERDICT_UNKNOWN, NAN);
    expect_rule(it, 1, PLAN_RULE_MARKET, PLAN_VERDICT_PASS, 100);
    world.rules.min_participants_per_supplier = 101;
    strcpy(world.rules.reference, "county");
    it = judged(&world);
    assert_null(it->alignment);
    expect_rule(it, 0, PLAN_RULE_ALIGNMENT, PLAN_VERDICT_UNKNOWN, NAN);
    expect_rule(it, 1, PLAN_RULE_MARKET, PLAN_VERDICT_UNKNOWN, NAN);
    world_done(&world);
}

static void without_travel_times_only_the_own_office_is_certain(void **state)
{
    (void)state;
    struct world world = world_new("AAB");
    kit_office(world.market, 0, 0);
    kit_office(world.market, 1, 0);
    om_free(world.travel->duration_s);
    world.travel->duration_s = NULL;
    const struct plan_evaluation *it = judged(&world);
    assert_false(it->travel_is_known);
    assert_int_equal(it->municipalities[0].status, PLAN_STATUS_CHOICE);
    assert_int_equal(it->municipalities[1].status, PLAN_STATUS_NONE);
    for (size_t area = 0; area < 2; area++) {
        expect_rule(it, area, PLAN_RULE_CHOICE, PLAN_VERDICT_UNKNOWN, NAN);
        expect_rule(it, area, PLAN_RULE_REACH, PLAN_VERDICT_UNKNOWN, NAN);
        expect_rule(it, area, PLAN_RULE_IN_HOUSE, PLAN_VERDICT_UNKNOWN, NAN);
        expect_rule(it, area, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_PASS, 1);
    }
    plan_travel_free(world.travel);
    world.travel = kit_travel(3);
    assert_true(judged(&world)->travel_is_known);
    world_done(&world);
}

static void without_borders_contiguity_is_unknown(void **state)
{
    (void)state;
    struct world world = world_new("AAB");
    om_context ctx = {0};
    assert_int_equal(plan_territory_connect(&ctx, world.territory, NULL, 0), OM_OK);
    expect_rule(judged(&world), 0, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_UNKNOWN, NAN);
    expect_rule(judged(&world), 1, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_PASS, 1);
    om_free(world.territory->first_neighbour);
    world.territory->first_neighbour = NULL;
    expect_rule(judged(&world), 0, PLAN_RULE_CONTIGUITY, PLAN_VERDICT_UNKNOWN, NAN);
    world_done(&world);
    om_context_done(&ctx);
}

static void parts_that_do_not_belong_together_are_refused(void **state)
{
    (void)state;
    struct world world = world_new("AB");
    om_context ctx = {0};
    kit_office(world.market, 0, 1);
    kit_office(world.market, 0, 0);
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "the market is not sorted");
    judged(&world);
    world.market->offices[1].municipality = 2;
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "the market names a municipality or supplier that does not exist");
    world.market->n_offices = 0;
    kit_contract(world.market, 9, 0);
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    world.market->n_contracts = 0;
    world.travel->n = 3;
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "travel times are for 3 municipalities, the territory has 2");
    world.travel->n = 2;
    world.plan->area_of[1] = 2;
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "municipality 0002 is in no area of the plan");
    world.plan->n = 1;
    assert_int_equal(judge(&ctx, &world), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "the plan has 1 municipalities, the territory 2");
    world.plan->n = 2;
    const struct plan_case nothing = {0};
    struct plan_evaluation *it = NULL;
    assert_int_equal(plan_evaluate(&ctx, &nothing, &it), OM_INVALID_ARGUMENT);
    assert_null(it);
    world_done(&world);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    struct world world = world_new("AABBC");
    kit_partition(world.territory, "fa2015", "XXXYY");
    for (int s = 0; s < 3; s++)
        kit_office(world.market, s, s);
    kit_contract(world.market, 0, 0);
    for (int m = 1; m < 5; m++)
        kit_both_ways(world.travel, m - 1, m, 600);
    judged(&world);
    om_status status = OM_NO_MEMORY;
    size_t nth = 1;
    for (; status == OM_NO_MEMORY; nth++) {
        om_context ctx = {0};
        om_memory_fail_after(nth);
        status = judge(&ctx, &world);
        om_memory_fail_after(0);
        assert_true((world.evaluation != NULL) == (status == OM_OK));
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    assert_true(nth > 15);
    world_done(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_definitions_case_by_case),
        cmocka_unit_test(a_closed_office_counts_for_nothing),
        cmocka_unit_test(the_nearest_two_suppliers_are_told),
        cmocka_unit_test(contracts_decide_who_may_serve),
        cmocka_unit_test(the_headline_adds_up),
        cmocka_unit_test(the_published_arithmetic_is_reproduced),
        cmocka_unit_test(sparse_municipalities_are_those_below_half_the_mean_density),
        cmocka_unit_test(sweden_had_71_sparse_municipalities_in_2018),
        cmocka_unit_test(every_rule_of_an_area_gives_a_verdict),
        cmocka_unit_test(without_travel_times_only_the_own_office_is_certain),
        cmocka_unit_test(without_borders_contiguity_is_unknown),
        cmocka_unit_test(parts_that_do_not_belong_together_are_refused),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

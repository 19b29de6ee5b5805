#include "kit.h"

#include "kit_planner.h"

static void expect_near(const char *what, double got, double wanted)
{
    if (isnan(wanted) ? !isnan(got) : !(fabs(got - wanted) <= 1e-12))
        fail_msg("%s: %.17g instead of %.17g", what, got, wanted);
}

static void expect_agreement(const struct plan_agreement *got, const struct plan_agreement *wanted)
{
    expect_near("homogeneity", got->homogeneity, wanted->homogeneity);
    expect_near("completeness", got->completeness, wanted->completeness);
    expect_near("V-measure", got->v_measure, wanted->v_measure);
    expect_near("adjusted Rand", got->adjusted_rand, wanted->adjusted_rand);
    expect_near("variation of information", got->variation_of_information_bits,
                wanted->variation_of_information_bits);
}

static void the_measures_match_hand_calculation(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        int32_t plan[6], reference[6];
        double weight[6]; /* all 0: unweighted */
        struct plan_agreement wanted;
    } cases[] = {
        {4, {0, 0, 1, 1}, {0, 1, 0, 1}, {0}, {0, 0, 0, -0.5, 2}},
        {4, {0, 0, 1, 2}, {0, 0, 1, 1}, {0}, {1, 2.0 / 3, 0.8, 4.0 / 7, 0.5}},
        {4, {0, 0, 1, 1}, {0, 0, 1, 2}, {0}, {2.0 / 3, 1, 0.8, 4.0 / 7, 0.5}},
        {4, {1, 1, 0, 0}, {0, 0, 1, 1}, {0}, {1, 1, 1, 1, 0}},
        {4, {0, 1, 2, 3}, {0, 0, 0, 0}, {0}, {1, 0, 0, 0, 2}},
        {4, {0, 1, 2, 3}, {3, 2, 1, 0}, {0}, {1, 1, 1, 1, 0}},
        {4, {0, 0, 0, 0}, {2, 2, 2, 2}, {0}, {1, 1, 1, 1, 0}},
        {1, {0}, {0}, {0}, {1, 1, 1, 1, 0}},
        {0, {0}, {0}, {0}, {NAN, NAN, NAN, NAN, NAN}},
        {3, {-1, -1, 0}, {0, 1, -1}, {0}, {NAN, NAN, NAN, NAN, NAN}},
        /* left out: no label on one side */
        {6, {0, 0, 1, 1, -1, 0}, {0, 1, 0, 1, 0, -1}, {0}, {0, 0, 0, -0.5, 2}},
        /* a weight of 2 is two municipalities */
        {3, {0, 1, 2}, {0, 1, 1}, {2, 1, 1}, {1, 2.0 / 3, 0.8, 4.0 / 7, 0.5}},
        {5, {0, 1, 2, 0, 3}, {0, 1, 1, 2, 3}, {2, 1, 1, 0, NAN}, {1, 2.0 / 3, 0.8, 4.0 / 7, 0.5}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        bool weighted = false;
        for (size_t k = 0; k < cases[i].n; k++)
            weighted |= cases[i].weight[k] > 0;
        struct plan_agreement got;
        assert_int_equal(plan_agreement_compute(&ctx, cases[i].n, cases[i].plan, 4, cases[i].reference, 4,
                                                weighted ? cases[i].weight : NULL, &got),
                         OM_OK);
        expect_agreement(&got, &cases[i].wanted);
        om_context_done(&ctx);
    }
}

static void labels_and_weights_out_of_range_are_refused(void **state)
{
    (void)state;
    om_context ctx = {0};
    const int32_t labels[] = {0, 2};
    const double weight[] = {1, -1};
    struct plan_agreement got;
    assert_int_equal(plan_agreement_compute(&ctx, 2, labels, 2, labels, 3, NULL, &got), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "label 2 of item 1: there are 2 labels");
    assert_int_equal(plan_agreement_compute(&ctx, 2, labels, 3, labels, 2, NULL, &got), OM_INVALID_ARGUMENT);
    assert_int_equal(plan_agreement_compute(&ctx, 2, labels, 3, labels, 3, weight, &got),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "item 1 has a negative weight");
    om_context_done(&ctx);
}

/* Everything from pairs of items and the dense joint table. */
enum { N = 30, LABELS = 5 };

static double entropy(const double *p, size_t n)
{
    double h = 0;
    for (size_t i = 0; i < n; i++)
        h += p[i] > 0 ? p[i] * log(1 / p[i]) : 0;
    return h;
}

static struct plan_agreement naive_agreement(const int32_t *plan, const int32_t *reference)
{
    double both = 0, only_plan = 0, only_reference = 0, neither = 0;
    double joint[LABELS * LABELS] = {0}, p[LABELS] = {0}, q[LABELS] = {0};
    for (size_t i = 0; i < N; i++) {
        joint[plan[i] * LABELS + reference[i]] += 1.0 / N;
        p[plan[i]] += 1.0 / N;
        q[reference[i]] += 1.0 / N;
        for (size_t j = i + 1; j < N; j++) {
            bool x = plan[i] == plan[j], y = reference[i] == reference[j];
            *(x && y ? &both : x ? &only_plan : y ? &only_reference : &neither) += 1;
        }
    }
    double hp = entropy(p, LABELS), hq = entropy(q, LABELS), h = entropy(joint, LABELS * LABELS);
    double mutual = hp + hq - h;
    struct plan_agreement out = {.homogeneity = mutual / hq, .completeness = mutual / hp};
    out.v_measure = 2 * mutual / (hp + hq);
    out.adjusted_rand =
        2 * (both * neither - only_plan * only_reference) /
        ((both + only_plan) * (only_plan + neither) + (both + only_reference) * (only_reference + neither));
    out.variation_of_information_bits = (2 * h - hp - hq) / log(2);
    return out;
}

static void the_measures_match_a_plain_implementation(void **state)
{
    (void)state;
    struct kit_random random = {8};
    om_context ctx = {0};
    for (int round = 0; round < 200; round++) {
        int32_t plan[N], reference[N];
        for (size_t i = 0; i < N; i++) {
            plan[i] = (int32_t)kit_below(&random, LABELS);
            reference[i] = kit_below(&random, 2) ? plan[i] : (int32_t)kit_below(&random, LABELS);
        }
        struct plan_agreement got, mirrored, wanted = naive_agreement(plan, reference);
        assert_int_equal(plan_agreement_compute(&ctx, N, plan, LABELS, reference, LABELS, NULL, &got), OM_OK);
        expect_agreement(&got, &wanted);
        assert_int_equal(plan_agreement_compute(&ctx, N, reference, LABELS, plan, LABELS, NULL, &mirrored),
                         OM_OK);
        expect_near("mirrored", mirrored.homogeneity, got.completeness);
        expect_near("mirrored", mirrored.adjusted_rand, got.adjusted_rand);
    }
    om_context_done(&ctx);
}

struct world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_travel *travel;
    struct plan_rules rules;
    struct plan_alignment *alignment;
};

static struct world world_new(const char *plan, const char *regions)
{
    struct world world = {.rules = plan_rules_default()};
    world.territory = kit_territory(strlen(plan));
    kit_partition(world.territory, "fa2015", regions);
    world.plan = kit_plan(world.territory, plan);
    world.travel = kit_travel(strlen(plan));
    return world;
}

static const struct plan_alignment *aligned(struct world *world)
{
    om_context ctx = {0};
    plan_alignment_free(world->alignment);
    world->alignment = NULL;
    assert_int_equal(plan_alignment_compute(&ctx, world->territory, world->plan,
                                            &world->territory->partitions[0], world->travel, &world->rules,
                                            &world->alignment),
                     OM_OK);
    om_context_done(&ctx);
    return world->alignment;
}

static void world_done(struct world *world)
{
    plan_alignment_free(world->alignment);
    plan_alignment_free(NULL);
    plan_travel_free(world->travel);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

static void areas_have_a_dominant_region(void **state)
{
    (void)state;
    struct world world = world_new("AABCCCDE", "AAAABB-A");
    world.territory->municipalities[4].job_seekers = 300;
    world.territory->municipalities[5].job_seekers = NAN;
    world.territory->municipalities[7].job_seekers = 0;
    const struct plan_alignment *it = aligned(&world);
    const struct {
        int32_t region;
        double share;
        int32_t n_regions;
    } wanted[] = {{0, 1, 1}, {0, 1, 1}, {1, 0.75, 2}, {PLAN_NOWHERE, NAN, 0}, {0, 1, 1}};
    assert_int_equal(it->n_areas, 5);
    for (size_t a = 0; a < 5; a++) {
        assert_int_equal(it->areas[a].dominant_region, wanted[a].region);
        assert_int_equal(it->areas[a].n_regions, wanted[a].n_regions);
        expect_near("dominant share", it->areas[a].dominant_share, wanted[a].share);
    }
    /* without any job seekers municipalities count */
    for (size_t m = 3; m < 6; m++)
        world.territory->municipalities[m].job_seekers = 0;
    it = aligned(&world);
    assert_int_equal(it->areas[2].dominant_region, 1);
    expect_near("dominant share", it->areas[2].dominant_share, 2.0 / 3);
    world_done(&world);
}

static void splits_are_explained_or_listed_first(void **state)
{
    (void)state;
    struct world world = world_new("AABCCC", "AAAABB");
    world.territory->municipalities[0].population = 5000;
    kit_trip(world.travel, 2, 0, 3600.5);
    kit_trip(world.travel, 3, 0, 3600);
    const struct plan_alignment *it = aligned(&world);
    assert_int_equal(it->n_splits, 2);
    assert_int_equal(it->splits[0].area, 2);
    assert_int_equal(it->splits[0].reason, PLAN_SPLIT_UNEXPLAINED);
    assert_int_equal(it->splits[1].area, 1);
    assert_int_equal(it->splits[1].reason, PLAN_SPLIT_COMMUTING);
    assert_int_equal(it->splits[1].region, 0);
    assert_true(it->splits[1].job_seekers == 100);

    world.rules.metropolitan_population = 8000; /* exactly the region's: not over */
    it = aligned(&world);
    assert_int_equal(it->splits[0].reason, PLAN_SPLIT_UNEXPLAINED);
    world.rules.metropolitan_population = 7999;
    it = aligned(&world);
    assert_int_equal(it->splits[0].reason, PLAN_SPLIT_METROPOLITAN);
    assert_int_equal(it->splits[1].reason, PLAN_SPLIT_METROPOLITAN);
    assert_int_equal(it->splits[0].area, 1);

    world.rules.metropolitan_population = 1e6;
    om_free(world.travel->duration_s);
    world.travel->duration_s = NULL;
    it = aligned(&world);
    assert_int_equal(it->splits[1].reason, PLAN_SPLIT_UNEXPLAINED);
    world_done(&world);
}

static void most_of_a_piece_is_more_than_half(void **state)
{
    (void)state;
    struct world world = world_new("AAABB", "AAAAA");
    world.territory->municipalities[0].population = 5000;
    kit_trip(world.travel, 3, 0, 600);
    const struct {
        double job_seekers[2]; /* of the piece; the second cannot reach the seat */
        enum plan_split_reason reason;
    } cases[] = {
        {{100, 100}, PLAN_SPLIT_UNEXPLAINED}, {{99, 100}, PLAN_SPLIT_COMMUTING},
        {{0, 1}, PLAN_SPLIT_COMMUTING},       {{0, 0}, PLAN_SPLIT_UNEXPLAINED},
        {{NAN, NAN}, PLAN_SPLIT_UNEXPLAINED}, {{NAN, 5}, PLAN_SPLIT_COMMUTING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world.territory->municipalities[3].job_seekers = cases[i].job_seekers[0];
        world.territory->municipalities[4].job_seekers = cases[i].job_seekers[1];
        const struct plan_alignment *it = aligned(&world);
        assert_int_equal(it->n_splits, 1);
        assert_int_equal(it->splits[0].reason, cases[i].reason);
    }
    for (size_t m = 0; m < 5; m++)
        world.territory->municipalities[m].population = NAN; /* no largest seat */
    assert_int_equal(aligned(&world)->splits[0].reason, PLAN_SPLIT_UNEXPLAINED);
    world_done(&world);
}

static void a_plan_made_of_its_reference_agrees_in_everything(void **state)
{
    (void)state;
    struct world world = world_new("AABBC", "CCAAB");
    world.territory->municipalities[1].job_seekers = 17;
    const struct plan_agreement whole = {1, 1, 1, 1, 0};
    const struct plan_alignment *it = aligned(&world);
    expect_agreement(&it->by_municipality, &whole);
    expect_agreement(&it->by_job_seekers, &whole);
    assert_int_equal(it->n_splits, 0);
    world_done(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measures_match_hand_calculation),
        cmocka_unit_test(labels_and_weights_out_of_range_are_refused),
        cmocka_unit_test(the_measures_match_a_plain_implementation),
        cmocka_unit_test(areas_have_a_dominant_region),
        cmocka_unit_test(splits_are_explained_or_listed_first),
        cmocka_unit_test(most_of_a_piece_is_more_than_half),
        cmocka_unit_test(a_plan_made_of_its_reference_agrees_in_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

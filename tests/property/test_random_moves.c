/*
 * A draft after any number of moves is judged as a fresh evaluation judges the plan it has become.
 */
#include "kit.h"

#include "kit_world.h"

#include "planner/draft.h"

enum { WORLDS = 500, MOVES = 320, COMPARED_EVERY = 4, MAX_N = 30, MANY_SUPPLIERS = 150, MANY_EVERY = 10 };

static int64_t persons(double job_seekers)
{
    return isnan(job_seekers) ? 0 : llround(job_seekers * (double)PLAN_PERSON);
}

/* People of the groups of x outside the group of y that most of them are in. */
static int64_t outside_largest(const struct kit_world *world, const int32_t *x, const int32_t *y, size_t n)
{
    int64_t sum = 0;
    for (int32_t a = 0; a < (int32_t)n; a++) {
        int64_t all = 0, largest = 0;
        for (int32_t b = 0; b < (int32_t)n; b++) {
            int64_t shared = 0;
            for (size_t m = 0; m < world->plan->n; m++)
                if (x[m] == a && y[m] == b)
                    shared += persons(world->territory->municipalities[m].job_seekers);
            all += shared;
            largest = shared > largest ? shared : largest;
        }
        sum += all - largest;
    }
    return sum;
}

/* The goals counted from an evaluation, word by word. */
static void goals_of(const struct kit_world *world, const struct plan_evaluation *it, const int32_t *start,
                     int64_t goal[PLAN_GOALS])
{
    const struct plan_municipality *municipalities = world->territory->municipalities;
    const struct plan_partition *fa = &world->territory->partitions[0];
    const int32_t *area_of = world->plan->area_of;
    memset(goal, 0, PLAN_GOALS * sizeof *goal);
    for (size_t m = 0; m < it->n; m++) {
        int64_t weight = persons(municipalities[m].job_seekers);
        enum plan_status status = it->municipalities[m].status;
        int32_t dominant = it->alignment->areas[area_of[m]].dominant_region;
        goal[PLAN_GOAL_WITHOUT_SUPPLIER] += status == PLAN_STATUS_NONE ? weight : 0;
        goal[PLAN_GOAL_WITHOUT_CHOICE] += status != PLAN_STATUS_CHOICE ? weight : 0;
        goal[PLAN_GOAL_MISALIGNED] += dominant != PLAN_NOWHERE && fa->member[m] != dominant ? weight : 0;
        goal[PLAN_GOAL_THIN_MARKET] +=
            it->areas[area_of[m]].rules[PLAN_RULE_MARKET].verdict == PLAN_VERDICT_FAIL ? weight : 0;
        for (size_t k = 0; k < it->n; k++) {
            double there_s = world->travel->duration_s[m * it->n + k];
            if (k != m && area_of[k] == area_of[m] &&
                world->rules.search.weight[PLAN_GOAL_INTERNAL_TRAVEL] > 0)
                goal[PLAN_GOAL_INTERNAL_TRAVEL] += weight * (isnan(there_s) ? 86400 : llround(there_s));
        }
        for (uint32_t i = world->territory->first_neighbour[m]; i < world->territory->first_neighbour[m + 1];
             i++) {
            const struct plan_neighbour *other = &world->territory->neighbours[i];
            if (other->municipality > (int32_t)m && area_of[other->municipality] != area_of[m])
                goal[PLAN_GOAL_BORDER] += llround(other->border_m);
        }
    }
    goal[PLAN_GOAL_MOVED] = outside_largest(world, area_of, start, it->n_areas) +
                            outside_largest(world, start, area_of, it->n_areas);
    for (size_t s = 0; s < it->alignment->n_splits; s++)
        if (it->alignment->splits[s].reason == PLAN_SPLIT_UNEXPLAINED)
            goal[PLAN_GOAL_MISALIGNED] += persons(it->alignment->splits[s].job_seekers);
}

static int64_t outside(int64_t value, double least, double most)
{
    if (least > 0 && value < persons(least))
        return persons(least) - value;
    return most > 0 && value > persons(most) ? value - persons(most) : 0;
}

static int64_t violation_of(const struct kit_world *world, const struct plan_evaluation *it)
{
    const struct plan_search_rules *rules = &world->rules.search;
    int64_t violation = 0, n_areas = 0, counted = 0;
    for (size_t a = 0; a < it->n_areas; a++) {
        if (it->areas[a].n_municipalities == 0)
            continue;
        n_areas++;
        violation +=
            outside(persons(it->areas[a].job_seekers), rules->min_job_seekers, rules->max_job_seekers);
    }
    counted += n_areas < rules->min_areas ? rules->min_areas - n_areas : 0;
    counted += n_areas > rules->max_areas ? n_areas - rules->max_areas : 0;
    for (size_t r = 0; r < world->territory->partitions[0].n_regions; r++) {
        uint64_t seen = 0;
        for (size_t m = 0; m < it->n; m++)
            if (world->territory->partitions[0].member[m] == (int32_t)r)
                seen |= (uint64_t)1 << world->plan->area_of[m];
        int over = __builtin_popcountll(seen) - rules->max_region_pieces;
        counted += rules->max_region_pieces && over > 0 ? over : 0;
    }
    for (size_t i = 0; i < it->n * it->n && rules->max_trip_minutes > 0; i++)
        if (world->plan->area_of[i / it->n] == world->plan->area_of[i % it->n])
            counted += !(world->travel->duration_s[i] <= 60 * rules->max_trip_minutes);
    return violation + counted * PLAN_VIOLATION_PERSONS * PLAN_PERSON;
}

static void expect_areas(const plan_draft *draft, const struct plan_evaluation *it)
{
    for (size_t a = 0; a < it->n_areas; a++) {
        struct plan_draft_area got = plan_draft_area_of(draft, (int32_t)a);
        const struct plan_area_result *want = &it->areas[a];
        assert_int_equal(got.n_municipalities, want->n_municipalities);
        assert_int_equal(got.n_suppliers, want->n_suppliers);
        assert_int_equal(got.job_seekers, persons(want->job_seekers));
        for (int s = 0; s < PLAN_STATUSES; s++) {
            assert_int_equal(got.n_status[s], want->n_status[s]);
            assert_int_equal(got.job_seekers_status[s], persons(want->job_seekers_status[s]));
        }
        if (want->n_municipalities == 0)
            continue;
        assert_int_equal(got.market, want->rules[PLAN_RULE_MARKET].verdict);
        assert_int_equal(got.n_regions, it->alignment->areas[a].n_regions);
    }
}

/* Those without a choice, by cause. */
static void expect_causes(const struct kit_world *world, const struct plan_score *score,
                          const struct plan_evaluation *it)
{
    struct plan_tally lacking[PLAN_CAUSES] = {0};
    for (size_t m = 0; m < it->n; m++) {
        if (it->municipalities[m].status == PLAN_STATUS_CHOICE)
            continue;
        struct plan_tally *tally = &lacking[it->municipalities[m].cause];
        tally->n++;
        tally->job_seekers += persons(world->territory->municipalities[m].job_seekers);
    }
    for (int c = 0; c < PLAN_CAUSES; c++)
        if (memcmp(&score->lacking[c], &lacking[c], sizeof lacking[c]) != 0)
            fail_msg("%s: %lld municipalities with %lld kept, %lld with %lld evaluated", plan_cause_names[c],
                     (long long)score->lacking[c].n, (long long)score->lacking[c].job_seekers,
                     (long long)lacking[c].n, (long long)lacking[c].job_seekers);
}

static void expect_as_evaluated(struct kit_world *world, const plan_draft *draft, const int32_t *start)
{
    om_context ctx = {0};
    struct plan_evaluation *it = NULL;
    int64_t goal[PLAN_GOALS];
    const struct plan_score *score = plan_draft_score(draft);
    memcpy(world->plan->area_of, plan_draft_zones(draft)->area_of, world->plan->n * sizeof *start);
    assert_int_equal(plan_evaluate(&ctx, &world->input, &it), OM_OK);
    for (size_t m = 0; m < it->n; m++) {
        struct plan_municipality_result got = {0};
        const struct plan_municipality_result *want = &it->municipalities[m];
        plan_draft_municipality(draft, (int32_t)m, &got);
        assert_int_equal(got.status, want->status);
        assert_int_equal(got.cause, want->cause);
        assert_int_equal(got.need, want->need);
        assert_int_equal(got.suppliers_inside, want->suppliers_inside);
        assert_int_equal(got.suppliers_anywhere, want->suppliers_anywhere);
    }
    expect_areas(draft, it);
    goals_of(world, it, start, goal);
    for (int g = 0; g < PLAN_GOALS; g++)
        if (score->goal[g] != goal[g])
            fail_msg("%s: %lld kept, %lld evaluated", plan_goal_names[g], (long long)score->goal[g],
                     (long long)goal[g]);
    expect_causes(world, score, it);
    assert_int_equal(score->violation, violation_of(world, it));
    plan_evaluation_free(it);
}

static int32_t count_pieces(struct kit_world *world, const int32_t *area_of, int32_t area, int32_t without)
{
    om_context ctx = {0};
    struct plan plan = *world->plan;
    int32_t *labels = om_alloc(plan.n, sizeof *labels), *piece_of = om_alloc(plan.n, sizeof *piece_of);
    int32_t *n_pieces = om_alloc(plan.n_areas + 1, sizeof *n_pieces);
    memcpy(labels, area_of, plan.n * sizeof *labels);
    if (without >= 0)
        labels[without] = (int32_t)plan.n_areas; /* an area of its own */
    plan.area_of = labels;
    plan.n_areas++;
    assert_int_equal(plan_pieces(&ctx, world->territory, &plan, piece_of, n_pieces), OM_OK);
    int32_t n = n_pieces[area];
    om_free(labels);
    om_free(piece_of);
    om_free(n_pieces);
    return n;
}

static void random_limits(struct kit_random *random, struct plan_search_rules *rules)
{
    rules->min_areas = 1 + (int)kit_below(random, 3);
    rules->max_areas = rules->min_areas + (int)kit_below(random, 4);
    rules->min_job_seekers = kit_below(random, 2) ? kit_below(random, 900) : 0;
    rules->max_job_seekers = kit_below(random, 2) ? rules->min_job_seekers + kit_below(random, 900) : 0;
    rules->max_trip_minutes = kit_below(random, 2) ? 20 + kit_below(random, 90) : 0;
    rules->max_region_pieces = (int)kit_below(random, 4);
    rules->weight[PLAN_GOAL_INTERNAL_TRAVEL] = kit_below(random, 2);
    if (rules->max_trip_minutes > 0)
        rules->weight[PLAN_GOAL_INTERNAL_TRAVEL] = 1; /* then travel is counted, goal or not */
}

/* More suppliers within the limit than a word has bits, and a choice of many of them. */
static void give_many_suppliers(struct kit_random *random, struct kit_world *world)
{
    om_context ctx = {0};
    uint32_t n = (uint32_t)world->plan->n, n_offices = 20 * n;
    plan_market_free(world->market);
    world->market = kit_market(MANY_SUPPLIERS, n_offices, (size_t)40 * n);
    for (uint32_t i = 0; i < n_offices; i++)
        kit_office(world->market, (int)kit_below(random, MANY_SUPPLIERS), (int)kit_below(random, n));
    for (uint32_t i = 0; i < 40 * n; i++)
        kit_contract(world->market, (int)kit_below(random, MANY_SUPPLIERS), (int)kit_below(random, n));
    assert_int_equal(plan_market_sort(&ctx, world->market), OM_OK);
    world->input.market = world->market;
    world->rules.min_suppliers = 1 + (int)kit_below(random, world->rules.basis ? 40 : 130);
}

static void any_moves_are_judged_as_a_fresh_evaluation_judges_them(void **state)
{
    (void)state;
    struct kit_random random = {11};
    int n_moves = 0;
    for (int w = 0; w < WORLDS; w++) {
        om_context ctx = {0};
        size_t n = 2 + kit_below(&random, MAX_N - 1);
        struct kit_world *world = kit_random_world(&random, n, 1 + kit_below(&random, 6), 6);
        random_limits(&random, &world->rules.search);
        if (w % MANY_EVERY == 0)
            give_many_suppliers(&random, world);
        plan_ground *ground = NULL;
        plan_draft *draft = NULL;
        int32_t start[MAX_N + 1];
        memcpy(start, world->plan->area_of, n * sizeof *start);
        assert_int_equal(plan_ground_new(&ctx, &world->input, &ground), OM_OK);
        assert_int_equal(plan_draft_new(&ctx, ground, start, world->plan->n_areas, &draft), OM_OK);
        expect_as_evaluated(world, draft, start);
        for (int i = 0; i < MOVES; i++) {
            int32_t m = (int32_t)kit_below(&random, (uint32_t)n);
            int32_t to = (int32_t)kit_below(&random, (uint32_t)world->plan->n_areas);
            if (to == plan_draft_zones(draft)->area_of[m])
                continue;
            struct plan_score probed;
            plan_draft_probe(draft, m, to, &probed);
            plan_draft_move(draft, m, to);
            n_moves++;
            assert_memory_equal(&probed, plan_draft_score(draft), sizeof probed);
            if (i % COMPARED_EVERY == 0)
                expect_as_evaluated(world, draft, start);
        }
        plan_draft_free(draft);
        plan_ground_free(ground);
        memcpy(world->plan->area_of, start, n * sizeof *start);
        kit_world_free(world);
    }
    assert_true(n_moves >= 100000);
}

static void leaving_is_allowed_exactly_when_no_piece_is_added(void **state)
{
    (void)state;
    struct kit_random random = {12};
    int refused = 0, asked = 0;
    for (int w = 0; w < 300; w++) {
        om_context ctx = {0};
        size_t n = 2 + kit_below(&random, 60);
        struct kit_world *world = kit_random_world(&random, n, 1 + kit_below(&random, 9), 3);
        plan_adjacency *adjacency = NULL;
        struct plan_zones *zones = NULL;
        assert_int_equal(plan_adjacency_new(&ctx, world->territory, &adjacency), OM_OK);
        assert_int_equal(plan_zones_new(&ctx, adjacency, world->plan->area_of, world->plan->n_areas, &zones),
                         OM_OK);
        for (int i = 0; i < 200; i++) {
            int32_t m = (int32_t)kit_below(&random, (uint32_t)n), area = zones->area_of[m];
            bool may =
                count_pieces(world, zones->area_of, area, m) <= count_pieces(world, zones->area_of, area, -1);
            assert_int_equal(plan_zones_may_leave(zones, m), may);
            asked++;
            refused += !may;
            int32_t to = (int32_t)kit_below(&random, (uint32_t)world->plan->n_areas);
            int32_t foreign = plan_zones_foreign_area(zones, m, (uint32_t)kit_next(&random));
            plan_zones_move(zones, m, foreign >= 0 && i % 3 ? foreign : to);
        }
        int32_t n_border = 0, n_areas = 0;
        for (size_t m = 0; m < n; m++)
            n_border += plan_zones_foreign_area(zones, (int32_t)m, 0) != PLAN_NOWHERE;
        for (size_t a = 0; a < zones->n_slots; a++)
            n_areas += zones->zones[a].n_members > 0;
        assert_int_equal(zones->n_border, n_border);
        assert_int_equal(zones->n_areas, n_areas);
        plan_zones_free(zones);
        plan_adjacency_free(adjacency);
        kit_world_free(world);
    }
    assert_true(refused > asked / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_moves_are_judged_as_a_fresh_evaluation_judges_them),
        cmocka_unit_test(leaving_is_allowed_exactly_when_no_piece_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

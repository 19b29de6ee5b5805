/* The branch and bound that always ends: errors inside GLPK, a spent budget, and what is still proven then.
 */
#include "kit.h"

#include "../../planner/allocation_internal.h"
#include "../../planner/cover_internal.h"
#include "kit_planner.h"

#include <time.h>

/* Whole numbers, knapsack: of 5, 4 and 3 (in 7, 5 and 4 of room) the most in 9 is 4 + 3. */
static void pack(struct plan_mip *mip, void *user)
{
    (void)user;
    const double worth[] = {5, 4, 3}, room[] = {0, 7, 5, 4};
    const int columns[] = {0, 1, 2, 3};
    plan_mip_start(mip);
    for (int c = 0; c < 3; c++)
        plan_mip_columns(mip, 1, -worth[c]);
    plan_mip_row(mip, -INFINITY, 9, 3, columns, room);
    mip->n_binary = 3;
    double values[3];
    mip->values = values;
    assert_true(plan_mip_solve(mip, -INFINITY));
    assert_true(mip->is_found);
    assert_true(fabs(mip->objective + 7) < 1e-9);
    assert_true(values[0] == 0 && values[1] == 1 && values[2] == 1);
    assert_true(plan_mip_solve(mip, -INFINITY)); /* again, with the answer known: nothing better */
    assert_false(mip->is_found);
    assert_true(fabs(mip->bound + 7) < 1e-9);
    plan_mip_fix(mip, 1, 1);
    mip->objective = INFINITY;
    assert_true(plan_mip_solve(mip, -INFINITY));
    assert_true(fabs(mip->objective + 5) < 1e-9);
    const int first[] = {0, 1};
    const double one[] = {0, 1};
    plan_mip_row(mip, 0, 0, 1, first, one);
    mip->objective = INFINITY;
    assert_true(plan_mip_solve(mip, -INFINITY)); /* infeasible is proven too */
    assert_false(mip->is_found);
    assert_true(isinf(mip->bound));
}

static void small_programs_are_solved(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_budget budget = plan_budget_start(60);
    assert_int_equal(plan_mip_run(&ctx, &budget, pack, NULL), OM_OK);
    om_context_done(&ctx);
}

/* A negative number of rows, which GLPK answers by ending the process. */
static void ask_nonsense(struct plan_mip *mip, void *user)
{
    plan_mip_start(mip);
    *(bool *)user = true;
    glp_add_rows(mip->problem, -1);
    *(bool *)user = false;
}

static void an_error_in_glpk_is_an_error_of_ours(void **state)
{
    (void)state;
    om_context ctx = {0};
    bool got_there = false;
    struct plan_budget budget = plan_budget_start(60);
    assert_int_equal(plan_mip_run(&ctx, &budget, ask_nonsense, &got_there), OM_LIBRARY);
    assert_true(got_there);
    assert_string_equal(ctx.message,
                        "GLPK failed while choosing sites: glp_add_rows: nrs = -1; invalid number of rows");
    assert_int_equal(plan_mip_run(&ctx, &budget, pack, NULL), OM_OK); /* and the next one works */
    om_context_done(&ctx);
}

/*
 * The needs of a Steiner triple system of 27 points (a line of three covers when one is open): set covers of
 * this kind are small and famously hard to prove (Fulkerson, Nemhauser and Trotter, Two computationally
 * difficult set covering problems that arise in computing the 1-width of incidence matrices of Steiner triple
 * systems, Mathematical Programming Study 2, 1974): 18 of 27 is the least. The points are those of GF(3)^3;
 * three are a line when they sum to zero.
 */
enum { POINTS = 27, LEAST = 18 };

static int third_point(int a, int b)
{
    int c = 0;
    for (int place = 1; place < POINTS; place *= 3)
        c += place * ((6 - a / place % 3 - b / place % 3) % 3);
    return c;
}

static struct plan_cover steiner(void)
{
    struct plan_cover cover = {.n_sites = POINTS};
    cover.cost = om_alloc(POINTS * POINTS * POINTS, sizeof *cover.cost);
    for (int a = 0; a < POINTS; a++)
        for (int b = a + 1; b < POINTS; b++) {
            int c = third_point(a, b);
            if (c <= b)
                continue;
            double *row = cover.cost + POINTS * cover.n_needs++;
            for (int s = 0; s < POINTS; s++)
                row[s] = s == a || s == b || s == c ? 1 : NAN;
        }
    assert_int_equal(cover.n_needs, 117);
    return cover;
}

static struct plan_cover_answer solve(const struct plan_cover *cover, int steps, double seconds, bool *chosen)
{
    om_context ctx = {0};
    struct plan_budget budget = plan_budget_start(seconds);
    struct plan_cover_answer answer = {.chosen = chosen};
    if (steps)
        budget.steps = steps;
    assert_int_equal(plan_cover_solve(&ctx, cover, &budget, &answer), OM_OK);
    om_context_done(&ctx);
    assert_true(plan_cover_cost(cover, chosen) >= 0); /* whatever it is, it covers */
    return answer;
}

static size_t count(const bool *chosen)
{
    size_t n = 0;
    for (int s = 0; s < POINTS; s++)
        n += chosen[s];
    return n;
}

static void a_spent_budget_gives_an_answer_and_a_bound(void **state)
{
    (void)state;
    struct plan_cover cover = steiner();
    bool chosen[POINTS], again[POINTS];
    struct plan_cover_answer answer = solve(&cover, 5, 60, chosen);
    assert_false(answer.is_optimal);
    assert_true(answer.least_sites >= 9 && answer.least_sites <= LEAST && count(chosen) >= LEAST);
    solve(&cover, 5, 60, again); /* steps are the same on every machine */
    assert_memory_equal(chosen, again, sizeof chosen);
    clock_t start = clock();
    answer = solve(&cover, 1000000000, 0.2, chosen);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 1);
    printf("in 0.2 s: %zu sites, at least %zu\n", count(chosen), answer.least_sites);
    assert_true(answer.least_sites <= LEAST && count(chosen) >= LEAST);
    answer = solve(&cover, 0, 0, chosen); /* no time at all */
    assert_false(answer.is_optimal);
    assert_int_equal(answer.least_sites, 0);
    om_free(cover.cost);
}

static void a_spent_budget_bounds_the_coverage_too(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_cover cover = steiner();
    double load[117];
    bool chosen[3 * POINTS];
    struct plan_coverage coverages[3] = {
        {.chosen = chosen}, {.chosen = chosen + POINTS}, {.chosen = chosen + 2 * POINTS}};
    for (size_t i = 0; i < 117; i++)
        load[i] = 1 + (double)(i % 7);
    cover.load = load;
    struct plan_budget budget = {3, plan_budget_start(60).deadline_s};
    assert_int_equal(plan_coverage_solve(&ctx, &cover, &budget, 8, coverages, 3), OM_OK);
    double all = 0;
    for (size_t i = 0; i < 117; i++)
        all += load[i];
    for (int k = 0; k < 3; k++) {
        assert_true(coverages[k].weight > 0 && coverages[k].weight <= coverages[k].most);
        assert_true(coverages[k].most <= all);
        assert_int_equal(count(coverages[k].chosen), 8 + k);
        assert_true(plan_coverage_weight(&cover, coverages[k].chosen) == coverages[k].weight);
    }
    assert_false(coverages[2].is_optimal);
    om_free(cover.cost);
    om_context_done(&ctx);
}

/* Each point has a load of 1 to 7 and each site room for 30, of the 51 it could serve on average. */
static void a_spent_budget_keeps_to_the_capacities(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_cover cover = steiner();
    double load[117], capacity[POINTS], all = 0;
    bool chosen[POINTS];
    int32_t site_of[117];
    for (size_t i = 0; i < 117; i++)
        all += load[i] = 1 + (double)(i % 7);
    for (size_t s = 0; s < POINTS; s++)
        capacity[s] = 30;
    cover.load = load;
    cover.capacity = capacity;
    struct plan_budget budget = {10, plan_budget_start(60).deadline_s};
    struct plan_cover_answer answer = {.chosen = chosen};
    assert_int_equal(plan_cover_solve(&ctx, &cover, &budget, &answer), OM_OK);
    assert_int_equal(plan_allocation_assign(&ctx, &cover, &budget, chosen, site_of), OM_OK);
    double served = 0;
    for (size_t i = 0; i < 117; i++) {
        if (site_of[i] < 0)
            continue;
        assert_true(chosen[site_of[i]] && !isnan(cover.cost[i * POINTS + (size_t)site_of[i]]));
        served += load[i];
        capacity[site_of[i]] -= load[i];
    }
    for (size_t s = 0; s < POINTS; s++)
        assert_true(capacity[s] >= 0);
    printf("in 10 steps: %g of %g, at most %g, from %zu sites, at least %zu\n", served, all, answer.most_load,
           count(chosen), answer.least_sites);
    assert_true(served <= answer.most_load && answer.most_load <= all);
    assert_true(answer.least_sites <= count(chosen) && 30 * (double)answer.least_sites <= all + 30);
    assert_false(answer.is_optimal);
    om_free(cover.cost);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_programs_are_solved),
        cmocka_unit_test(an_error_in_glpk_is_an_error_of_ours),
        cmocka_unit_test(a_spent_budget_gives_an_answer_and_a_bound),
        cmocka_unit_test(a_spent_budget_bounds_the_coverage_too),
        cmocka_unit_test(a_spent_budget_keeps_to_the_capacities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

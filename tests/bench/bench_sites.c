/*
 * In-house sites of a whole country in need: 290 seats on a plane of 100 km, an hour is 12 km. How long the
 * fewest sites take, and the frontier from none to all; and whether both are proven. Then with room for so
 * many job seekers at each site, for every tenth municipality in need and for all of them.
 */
#include "kit.h"

#include "kit_planner.h"

#include <time.h>

enum { N = 290, COUNTRIES = 5 };

static double cpu_s(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static struct plan_territory *scatter(struct kit_random *random, struct plan_travel *travel)
{
    struct plan_territory *territory = kit_territory(N);
    double x[N], y[N];
    for (int m = 0; m < N; m++) {
        x[m] = kit_below(random, 100000);
        y[m] = kit_below(random, 100000);
        territory->municipalities[m].job_seekers = 10 + kit_below(random, 3000);
    }
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            kit_trip(travel, a, b, floor(hypot(x[a] - x[b], y[a] - y[b]) * 0.3));
    return territory;
}

static void answer(uint64_t seed, const struct plan_case *input, const struct plan_evaluation *evaluation,
                   const struct plan_site_request *request)
{
    om_context ctx = {0};
    struct plan_in_house *fewest = NULL;
    struct plan_frontier *frontier = NULL;
    double start = cpu_s();
    assert_int_equal(plan_in_house_propose(&ctx, input, evaluation, request, &fewest), OM_OK);
    double fewest_s = cpu_s() - start;
    start = cpu_s();
    assert_int_equal(plan_frontier_compute(&ctx, input, evaluation, request, &frontier), OM_OK);
    double frontier_s = cpu_s() - start;
    size_t n_proven = 0;
    for (size_t i = 0; i < frontier->n; i++)
        n_proven += frontier->points[i].is_optimal;
    printf(
        "country %llu: %d in need, %zu sites, at least %zu, %s, %.2f s; frontier %zu of %zu points proven, "
        "%.2f s\n",
        (unsigned long long)seed, (int)fewest->n_needs, fewest->n_sites, fewest->least_sites,
        fewest->is_optimal ? "proven" : "NOT PROVEN", fewest_s, n_proven, frontier->n, frontier_s);
    fflush(stdout);
    plan_frontier_free(frontier);
    plan_in_house_free(fewest);
    om_context_done(&ctx);
}

/* Every so manieth municipality is in need; room for so many job seekers at each site, 0: for all. */
static void measure(uint64_t seed, int every, double room)
{
    struct kit_random random = {seed};
    struct plan_travel *travel = kit_travel(N);
    struct plan_territory *territory = scatter(&random, travel);
    struct plan_market *market = kit_market(0, 0, 0);
    struct plan_rules rules = plan_rules_default();
    char letters[N + 1] = {0};
    double capacity[N];
    memset(letters, 'A', N);
    struct plan *plan = kit_plan(territory, letters);
    const struct plan_case input = {territory, plan, market, travel, &rules};
    om_context ctx = {0};
    struct plan_evaluation *evaluation = NULL;
    assert_int_equal(plan_evaluate(&ctx, &input, &evaluation), OM_OK);
    for (int m = 0; m < N; m++) {
        capacity[m] = room;
        if (m % every != 0)
            evaluation->municipalities[m].need = PLAN_NEED_NOTHING;
    }
    const struct plan_site_request request = {.capacity = room > 0 ? capacity : NULL, .max_seconds = 10};
    answer(seed, &input, evaluation, &request);
    plan_evaluation_free(evaluation);
    plan_market_free(market);
    plan_free(plan);
    plan_travel_free(travel);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

int main(void)
{
    static const struct {
        int every;
        double room;
    } rows[] = {{1, 0}, {10, 6000}, {1, 20000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("in-house sites, %d seats, CPU time on one core", N);
        printf(rows[i].room > 0 ? ", room for %g job seekers at each\n" : "\n", rows[i].room);
        for (uint64_t seed = 290; seed < 290 + COUNTRIES; seed++)
            measure(seed, rows[i].every, rows[i].room);
    }
    return 0;
}

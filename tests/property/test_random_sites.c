/*
 * The proposed sites against exhaustive search over all sets of sites on small random cases.
 */
#include "kit.h"

#include "kit_planner.h"

enum { ROUNDS = 300, N = 9 };

struct best {
    unsigned sites; /* bit m: the seat of m */
    int n;
    double job_seeker_minutes;
};

static int count_bits(unsigned bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* The set whose sorted codes come first: the lowest code in which two sets differ is in it. */
static bool comes_first(unsigned x, unsigned y)
{
    unsigned differ = x ^ y;
    return x & (differ & (~differ + 1));
}

static double minutes_with(const struct plan_travel *travel, const struct plan_territory *territory,
                           unsigned needs, unsigned sites, double max_minutes)
{
    double total = 0;
    for (unsigned m = 0; m < N; m++) {
        double least = INFINITY;
        for (unsigned k = 0; k < N && (needs >> m & 1); k++) {
            double t = travel->duration_s[m * N + k] / 60;
            if ((sites >> k & 1) && t <= max_minutes && t < least)
                least = t;
        }
        if (needs >> m & 1)
            total += isinf(least) ? INFINITY : least * territory->municipalities[m].job_seekers;
    }
    return total;
}

static struct best search_exhaustively(const struct plan_travel *travel,
                                       const struct plan_territory *territory, unsigned needs)
{
    struct best best = {.n = N + 1};
    for (unsigned sites = 0; sites < 1u << N; sites++) {
        double total = minutes_with(travel, territory, needs, sites, 60);
        int n = count_bits(sites);
        if (isinf(total) || n > best.n)
            continue;
        if (n < best.n || total < best.job_seeker_minutes ||
            (total == best.job_seeker_minutes && comes_first(sites, best.sites)))
            best = (struct best){sites, n, total};
    }
    return best;
}

static void the_sites_are_the_best_of_all_sets(void **state)
{
    (void)state;
    struct kit_random random = {7};
    struct plan_territory *territory = kit_territory(N);
    struct plan_market *market = kit_market(1, 1, 0);
    struct plan_rules rules = plan_rules_default();
    kit_office(market, 0, 0);
    int with_several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct plan_travel *travel = kit_travel(N);
        uint32_t sparseness = 1 + kit_below(&random, 4);
        for (int i = 0; i < N * N; i++)
            if (i % (N + 1) && kit_below(&random, 1 + sparseness) == 0)
                travel->duration_s[i] = 60 * (double)(10 * kit_below(&random, 8)); /* ties are common */
        for (size_t m = 0; m < N; m++)
            territory->municipalities[m].job_seekers = 10 * kit_below(&random, 4);
        struct plan *plan = kit_plan(territory, kit_below(&random, 2) ? "ABBBBBBBB" : "AAABBBBBB");
        const struct plan_case input = {territory, plan, market, travel, &rules};
        om_context ctx = {0};
        struct plan_evaluation *evaluation = NULL;
        struct plan_in_house *in_house = NULL;
        assert_int_equal(plan_evaluate(&ctx, &input, &evaluation), OM_OK);
        om_status status = plan_in_house_propose(&ctx, &input, evaluation, NULL, &in_house);
        if (status)
            printf("%s\n", ctx.message);
        assert_int_equal(status, OM_OK);
        unsigned needs = 0, sites = 0;
        for (unsigned m = 0; m < N; m++)
            needs |= (unsigned)(evaluation->municipalities[m].need != PLAN_NEED_NOTHING) << m;
        for (size_t i = 0; i < in_house->n_sites; i++)
            sites |= 1u << in_house->sites[i].site;
        struct best best = search_exhaustively(travel, territory, needs);
        double minutes = minutes_with(travel, territory, needs, sites, 60);
        if (sites != best.sites)
            printf("round %d: %x (%g) instead of %x (%g)\n", round, sites, minutes, best.sites,
                   best.job_seeker_minutes);
        assert_true(in_house->is_optimal);
        assert_int_equal(in_house->n_sites, best.n);
        assert_true(minutes == best.job_seeker_minutes);
        assert_int_equal(sites, best.sites);
        with_several += best.n > 2;
        plan_in_house_free(in_house);
        plan_evaluation_free(evaluation);
        plan_free(plan);
        plan_travel_free(travel);
    }
    assert_true(with_several > ROUNDS / 4);
    plan_market_free(market);
    plan_territory_free(territory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sites_are_the_best_of_all_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

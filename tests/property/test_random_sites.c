/*
 * The proposed sites against exhaustive search over all sets of sites on small random cases.
 */
#include "kit.h"

#include "kit_sites.h"

enum { ROUNDS = 300, N = 9 };

struct best {
    unsigned sites; /* bit m: the seat of m */
    int n;
    double job_seeker_minutes;
};

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
        int n = kit_count_bits(sites);
        if (isinf(total) || n > best.n)
            continue;
        if (n < best.n || total < best.job_seeker_minutes ||
            (total == best.job_seeker_minutes && kit_comes_first(sites, best.sites)))
            best = (struct best){sites, n, total};
    }
    return best;
}

static void the_sites_are_the_best_of_all_sets(void **state)
{
    (void)state;
    struct kit_random random = {7};
    int with_several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world world = kit_two_suppliers(N);
        kit_random_trips(&random, world.travel);
        for (size_t m = 0; m < N; m++)
            world.territory->municipalities[m].job_seekers = 10 * kit_below(&random, 4);
        kit_world_judge(&world, kit_below(&random, 2) ? "ABBBBBBBB" : "AAABBBBBB");
        struct plan_in_house *in_house = kit_proposed(&world, NULL);
        unsigned needs = 0, sites = kit_sites_of(in_house);
        for (unsigned m = 0; m < N; m++)
            needs |= (unsigned)(world.evaluation->municipalities[m].need != PLAN_NEED_NOTHING) << m;
        struct best best = search_exhaustively(world.travel, world.territory, needs);
        double minutes = minutes_with(world.travel, world.territory, needs, sites, 60);
        if (sites != best.sites || minutes != best.job_seeker_minutes)
            fail_msg("round %d: %x (%g) instead of %x (%g)", round, sites, minutes, best.sites,
                     best.job_seeker_minutes);
        with_several += best.n > 2;
        plan_in_house_free(in_house);
        kit_world_done(&world);
    }
    assert_true(with_several > ROUNDS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sites_are_the_best_of_all_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

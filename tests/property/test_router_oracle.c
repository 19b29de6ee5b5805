/*
 * The router against brute force on random small timetables.
 *
 * OMLAND_ORACLE_ROUNDS sets how many timetables, OMLAND_ORACLE_SEED the first seed.
 */
#include "router_rounds.h"

static void the_router_agrees_with_brute_force(void **state)
{
    (void)state;
    uint64_t rounds = strtoull(kit_env("OMLAND_ORACLE_ROUNDS", "20000"), NULL, 10);
    uint64_t seed = strtoull(kit_env("OMLAND_ORACLE_SEED", "1"), NULL, 10);
    assert_true(check_rounds(seed, rounds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_router_agrees_with_brute_force)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

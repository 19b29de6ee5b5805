/*
 * Small random cases with everything the rules know: links, unknown numbers, contracts, municipalities that
 * nothing reaches. Include after kit.h.
 */
#ifndef TESTS_KIT_WORLD_H
#define TESTS_KIT_WORLD_H

#include "kit_planner.h"

/* A whole number below `below`; unknown once in `one_in` times. */
static inline double kit_maybe(struct kit_random *random, uint32_t one_in, uint32_t below)
{
    return kit_below(random, one_in) == 0 ? (double)NAN : (double)kit_below(random, below);
}

/* A map of columns and rows where some borders are missing and some links are declared across it. */
static inline void kit_random_borders(struct kit_random *random, struct plan_territory *territory,
                                      size_t columns)
{
    om_context ctx = {0};
    struct plan_pair *pairs = om_alloc(3 * territory->n, sizeof *pairs);
    size_t n = 0;
    for (size_t m = 0; m < territory->n; m++) {
        if (m % columns + 1 < columns && m + 1 < territory->n && kit_below(random, 8))
            pairs[n++] =
                (struct plan_pair){(int32_t)m, (int32_t)m + 1, PLAN_LINK_BORDER, 1 + kit_below(random, 50)};
        if (m + columns < territory->n && kit_below(random, 8))
            pairs[n++] = (struct plan_pair){(int32_t)m, (int32_t)(m + columns), PLAN_LINK_BORDER,
                                            1 + kit_below(random, 50)};
        int32_t far = (int32_t)kit_below(random, (uint32_t)territory->n);
        if (kit_below(random, 6) == 0 && far != (int32_t)m)
            pairs[n++] = (struct plan_pair){(int32_t)m, far, PLAN_LINK_DECLARED, 0};
    }
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, n), OM_OK);
    om_free(pairs);
}

static inline void kit_random_letters(struct kit_random *random, size_t n, uint32_t n_letters, char *letters)
{
    for (size_t m = 0; m < n; m++)
        letters[m] = (char)('A' + kit_below(random, n_letters));
    letters[n] = '\0';
}

static inline void kit_random_market(struct kit_random *random, struct kit_world *world, size_t n)
{
    om_context ctx = {0};
    uint32_t n_suppliers = 1 + kit_below(random, 6), n_offices = kit_below(random, (uint32_t)n + 3);
    uint32_t n_contracts = kit_below(random, 3 * (uint32_t)n);
    world->market = kit_market(n_suppliers, n_offices, n_contracts);
    for (uint32_t i = 0; i < n_offices; i++) {
        kit_office(world->market, (int)kit_below(random, n_suppliers), (int)kit_below(random, (uint32_t)n));
        world->market->offices[i].active = kit_below(random, 5) > 0;
    }
    for (uint32_t i = 0; i < n_contracts; i++)
        kit_contract(world->market, (int)kit_below(random, n_suppliers), (int)kit_below(random, (uint32_t)n));
    assert_int_equal(plan_market_sort(&ctx, world->market), OM_OK);
}

/* `columns` wide; areas and regions of random municipalities, at most n_letters of each. */
static inline struct kit_world *kit_random_world(struct kit_random *random, size_t n, size_t columns,
                                                 uint32_t n_letters)
{
    struct kit_world *world = om_alloc(1, sizeof *world);
    char *letters = om_alloc(n + 1, 1);
    world->rules = plan_rules_default();
    world->territory = kit_territory(n);
    kit_random_borders(random, world->territory, columns);
    for (size_t m = 0; m < n; m++) {
        struct plan_municipality *it = &world->territory->municipalities[m];
        it->job_seekers = kit_maybe(random, 10, kit_below(random, 2) ? 500 : 4);
        it->participants = kit_maybe(random, 2, 100);
        it->population = kit_maybe(random, 10, 9000);
    }
    kit_random_letters(random, n, n_letters, letters);
    for (size_t m = 0; m < n; m++)
        if (kit_below(random, 9) == 0)
            letters[m] = '-';
    kit_partition(world->territory, "fa2015", letters);
    kit_random_letters(random, n, n_letters, letters);
    world->plan = kit_plan(world->territory, letters);
    world->travel = kit_travel(n);
    for (size_t i = 0; i < n * n; i++)
        if (i % (n + 1) && kit_below(random, 3))
            world->travel->duration_s[i] = 60 * (double)kit_below(random, 121);
    kit_random_market(random, world, n);
    world->rules.basis = kit_below(random, 2) ? PLAN_BASIS_CONTRACTS : PLAN_BASIS_OFFICES;
    world->rules.min_suppliers = 1 + (int)kit_below(random, 3);
    world->rules.metropolitan_population = 12000;
    world->rules.min_participants_per_supplier = kit_below(random, 60);
    world->input =
        (struct plan_case){world->territory, world->plan, world->market, world->travel, &world->rules};
    om_free(letters);
    return world;
}

static inline void kit_world_free(struct kit_world *world)
{
    kit_world_done(world);
    om_free(world);
}

#endif

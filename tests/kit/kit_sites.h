/*
 * In-house sites in small cases, where a set of sites is a number whose bit i is site i. Include after kit.h.
 */
#ifndef TESTS_KIT_SITES_H
#define TESTS_KIT_SITES_H

#include "kit_planner.h"

/* n municipalities and two suppliers, of which one has an office, in the first; not judged yet. */
static inline struct kit_world kit_two_suppliers(size_t n)
{
    struct kit_world world = {.territory = kit_territory(n),
                              .market = kit_market(2, 2, 0),
                              .travel = kit_travel(n),
                              .rules = plan_rules_default()};
    kit_office(world.market, 0, 0);
    return world;
}

/* Trips of 0 to 70 minutes in steps of 10, so that ties are common, between some pairs. */
static inline void kit_random_trips(struct kit_random *random, struct plan_travel *travel)
{
    uint32_t sparseness = 1 + kit_below(random, 4);
    for (size_t i = 0; i < travel->n * travel->n; i++)
        if (i % (travel->n + 1) && kit_below(random, 1 + sparseness) == 0)
            travel->duration_s[i] = 60 * (double)(10 * kit_below(random, 8));
}

static inline int kit_count_bits(unsigned bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* The set whose sites come first in order: the lowest site in which two sets differ is in it. */
static inline bool kit_comes_first(unsigned x, unsigned y)
{
    unsigned differ = x ^ y;
    return x & (differ & (~differ + 1));
}

static inline unsigned kit_sites_of_use(const enum plan_site_use *use, size_t n, enum plan_site_use wanted)
{
    unsigned sites = 0;
    for (size_t site = 0; site < n; site++)
        sites |= (unsigned)(use[site] == wanted) << site;
    return sites;
}

/* Whether every forced site is in the set and no forbidden one. */
static inline bool kit_is_allowed(const enum plan_site_use *use, size_t n, unsigned sites)
{
    unsigned forced = kit_sites_of_use(use, n, PLAN_SITE_FORCED);
    return (sites & forced) == forced && !(sites & kit_sites_of_use(use, n, PLAN_SITE_FORBIDDEN));
}

static inline unsigned kit_sites_of(const struct plan_in_house *in_house)
{
    unsigned sites = 0;
    for (size_t i = 0; i < in_house->n_sites; i++)
        sites |= 1u << in_house->sites[i].site;
    return sites;
}

/* What the program proposes, which must be proven; freed by the caller. */
static inline struct plan_in_house *kit_proposed(const struct kit_world *world,
                                                 const struct plan_site_request *request)
{
    om_context ctx = {0};
    struct plan_in_house *in_house = NULL;
    if (plan_in_house_propose(&ctx, &world->input, world->evaluation, request, &in_house) != OM_OK)
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
    assert_true(in_house->is_optimal);
    return in_house;
}

/* The best that each number of sites can do, which must be proven; freed by the caller. */
static inline struct plan_frontier *kit_frontier(const struct kit_world *world,
                                                 const struct plan_site_request *request)
{
    om_context ctx = {0};
    struct plan_frontier *frontier = NULL;
    if (plan_frontier_compute(&ctx, &world->input, world->evaluation, request, &frontier) != OM_OK)
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
    for (size_t i = 0; i < frontier->n; i++)
        assert_true(frontier->points[i].is_optimal);
    return frontier;
}

#endif

/*
 * Small territories, plans, markets and travel times for tests of the planner. Include after kit.h.
 */
#ifndef TESTS_KIT_PLANNER_H
#define TESTS_KIT_PLANNER_H

#include "geo/memory.h"
#include "planner/in_house.h"

#include <math.h>

/* n municipalities with the codes 0001, 0002 … and 100 job seekers each; nobody borders anybody. */
static inline struct plan_territory *kit_territory(size_t n)
{
    struct plan_territory *territory = om_alloc(1, sizeof *territory);
    territory->n = n;
    territory->municipalities = om_alloc(n, sizeof *territory->municipalities);
    territory->first_neighbour = om_alloc(n + 1, sizeof *territory->first_neighbour);
    for (size_t m = 0; m < n; m++)
        territory->municipalities[m] = (struct plan_municipality){
            .code = om_format("%04zu", m + 1),
            .name = om_format("M%zu", m + 1),
            .seat_lon_lat = {NAN, NAN},
            .population = 1000,
            .land_area_km2 = 10,
            .job_seekers = 100,
            .participants = NAN,
        };
    return territory;
}

/* Borders between consecutive municipalities: a string of n beads. */
static inline void kit_chain(struct plan_territory *territory)
{
    om_context ctx = {0};
    struct plan_pair *pairs = om_alloc(territory->n, sizeof *pairs);
    for (size_t m = 1; m < territory->n; m++)
        pairs[m - 1] = (struct plan_pair){(int32_t)m - 1, (int32_t)m, PLAN_LINK_BORDER, 1000};
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, territory->n - 1), OM_OK);
    om_free(pairs);
    om_context_done(&ctx);
}

/* A reference partition from one letter per municipality ("AAB"; '-' is no region). */
static inline void kit_partition(struct plan_territory *territory, const char *kind, const char *letters)
{
    territory->partitions =
        om_resize(territory->partitions, territory->n_partitions + 1, sizeof *territory->partitions);
    struct plan_partition *partition = &territory->partitions[territory->n_partitions++];
    *partition = (struct plan_partition){.kind = om_strdup(kind)};
    partition->member = om_alloc(territory->n, sizeof *partition->member);
    for (size_t m = 0; m < territory->n; m++) {
        partition->member[m] = letters[m] == '-' ? PLAN_NOWHERE : letters[m] - 'A';
        if (partition->member[m] >= (int32_t)partition->n_regions)
            partition->n_regions = (size_t)partition->member[m] + 1;
    }
    partition->regions = om_alloc(partition->n_regions, sizeof *partition->regions);
    for (size_t r = 0; r < partition->n_regions; r++)
        partition->regions[r] =
            (struct plan_region){om_format("%c", (int)('A' + r)), om_format("Region %c", (int)('A' + r))};
}

/* A plan from one letter per municipality: "AAB" is two in area A and one in B. */
static inline struct plan *kit_plan(const struct plan_territory *territory, const char *letters)
{
    om_context ctx = {0};
    char(*names)[2] = om_alloc(territory->n, sizeof *names);
    struct plan_assignment *rows = om_alloc(territory->n, sizeof *rows);
    for (size_t m = 0; m < territory->n; m++) {
        names[m][0] = letters[m];
        rows[m] = (struct plan_assignment){territory->municipalities[m].code, names[m], NULL, false};
    }
    struct plan *plan = NULL;
    om_status status = plan_new(&ctx, territory, "test", rows, territory->n, &plan);
    if (status)
        printf("%s\n", ctx.message);
    assert_int_equal(status, OM_OK);
    om_free(names);
    om_free(rows);
    om_context_done(&ctx);
    return plan;
}

/* n_suppliers suppliers s00, s01 … without offices; room for n_offices and n_contracts. */
static inline struct plan_market *kit_market(size_t n_suppliers, size_t n_offices, size_t n_contracts)
{
    struct plan_market *market = om_alloc(1, sizeof *market);
    market->n_suppliers = n_suppliers;
    market->suppliers = om_alloc(n_suppliers, sizeof *market->suppliers);
    for (size_t s = 0; s < n_suppliers; s++)
        market->suppliers[s] = (struct plan_supplier){om_format("s%02zu", s), om_format("Supplier %zu", s)};
    market->offices = om_alloc(n_offices, sizeof *market->offices);
    market->contracts = om_alloc(n_contracts, sizeof *market->contracts);
    return market;
}

static inline void kit_office(struct plan_market *market, int supplier, int municipality)
{
    market->offices[market->n_offices++] = (struct plan_office){
        .supplier = supplier, .municipality = municipality, .active = true, .lon_lat = {NAN, NAN}};
}

static inline void kit_contract(struct plan_market *market, int supplier, int municipality)
{
    market->contracts[market->n_contracts++] = (struct plan_contract){supplier, municipality};
}

/* Nobody reaches anybody but themselves. */
static inline struct plan_travel *kit_travel(size_t n)
{
    struct plan_travel *travel = om_alloc(1, sizeof *travel);
    travel->n = n;
    travel->duration_s = om_alloc(n * n, sizeof *travel->duration_s);
    for (size_t i = 0; i < n * n; i++)
        travel->duration_s[i] = i % (n + 1) == 0 ? 0 : NAN;
    return travel;
}

static inline void kit_trip(struct plan_travel *travel, int from, int to, double duration_s)
{
    travel->duration_s[(size_t)from * travel->n + (size_t)to] = duration_s;
}

static inline void kit_both_ways(struct plan_travel *travel, int a, int b, double duration_s)
{
    kit_trip(travel, a, b, duration_s);
    kit_trip(travel, b, a, duration_s);
}

/* A case with all it stands on. `plan`, `input` and `evaluation` are what kit_world_judge makes them. */
struct kit_world {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan_rules rules;
    struct plan_case input;
    struct plan_evaluation *evaluation;
};

/* The world's rest judged with another market; freed by the caller. */
static inline struct plan_evaluation *kit_world_with(const struct kit_world *world,
                                                     const struct plan_market *market)
{
    om_context ctx = {0};
    struct plan_case input = world->input;
    struct plan_evaluation *evaluation = NULL;
    input.market = market;
    om_status status = plan_evaluate(&ctx, &input, &evaluation);
    if (status)
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
    return evaluation;
}

/* Judges the plan that the letters are, one for each municipality. */
static inline void kit_world_judge(struct kit_world *world, const char *letters)
{
    world->plan = kit_plan(world->territory, letters);
    world->input =
        (struct plan_case){world->territory, world->plan, world->market, world->travel, &world->rules};
    world->evaluation = kit_world_with(world, world->market);
}

static inline void kit_world_done(struct kit_world *world)
{
    plan_evaluation_free(world->evaluation);
    plan_travel_free(world->travel);
    plan_market_free(world->market);
    plan_free(world->plan);
    plan_territory_free(world->territory);
}

#endif

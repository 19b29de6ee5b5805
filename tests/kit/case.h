/*
 * A small judged country, made by hand: twelve square municipalities of 30 km in four columns and three rows
 * (EPSG:3006), four areas, three regions, three suppliers. One step along the grid takes 32:30; two steps are
 * over the limit. It has every status, every cause, a time of 60:30 and an island without service.
 *
 *    0 Ås        1 Björkby | 2 Ceder    3 Dal          Västra: 0 1 4 5     Östra: 2 3 6 7
 *    4 Ekö       5 Fors    | 6 Gran     7 Höga         Södra: 8 9 10       Ön: 11
 *    ----------------------+------------------
 *    8 Inby      9 Jäder     10 Källa | 11 Lö
 */
#ifndef TESTS_KIT_CASE_H
#define TESTS_KIT_CASE_H

#include "kit.h"

#include "geo/memory.h"
#include "maps/result.h"

#include <math.h>

enum { KIT_MUNICIPALITIES = 12, KIT_COLUMNS = 4 };

static inline double kit_minutes(size_t from, size_t to)
{
    if (from == to)
        return 0;
    if (from == 11 || to == 11)
        return NAN;
    if ((from == 3 && to == 2) || (from == 2 && to == 3))
        return 60.5;
    if ((from == 4 && to == 0) || (from == 0 && to == 4))
        return 63;
    int columns = abs((int)(from % KIT_COLUMNS) - (int)(to % KIT_COLUMNS));
    int rows = abs((int)(from / KIT_COLUMNS) - (int)(to / KIT_COLUMNS));
    return 32.5 * (columns + rows);
}

static inline void kit_case_municipalities(struct plan_territory *territory)
{
    static const char *const names[] = {"Ås",   "Björkby", "Ceder", "Dal",   "Ekö",   "Fors",
                                        "Gran", "Höga",    "Inby",  "Jäder", "Källa", "Lö"};
    territory->n = KIT_MUNICIPALITIES;
    territory->municipalities = om_alloc(territory->n, sizeof *territory->municipalities);
    for (size_t m = 0; m < territory->n; m++) {
        double column = (double)(m % KIT_COLUMNS), row = (double)(m / KIT_COLUMNS);
        territory->municipalities[m] = (struct plan_municipality){
            .code = om_format("%04zu", 105 + m),
            .name = om_strdup(names[m]),
            .seat_name = om_strdup(names[m]),
            .seat_lon_lat = {15 + (column - 1.5) * 0.5955, 63.1284 - (row + 0.5) * 0.2691},
            .population = 4000 * (double)(m + 1),
            .land_area_km2 = 900,
            .job_seekers = 100 * (double)(m + 1),
            .participants = m == 5 ? NAN : 10 * (double)(m + 1),
        };
    }
}

static inline void kit_case_neighbours(om_context *ctx, struct plan_territory *territory)
{
    struct plan_pair pairs[2 * KIT_MUNICIPALITIES];
    size_t n = 0;
    for (int32_t m = 0; m < KIT_MUNICIPALITIES; m++) {
        if (m % KIT_COLUMNS < KIT_COLUMNS - 1)
            pairs[n++] = (struct plan_pair){m, m + 1, PLAN_LINK_BORDER, 30000};
        if (m + KIT_COLUMNS < KIT_MUNICIPALITIES)
            pairs[n++] = (struct plan_pair){m, m + KIT_COLUMNS, PLAN_LINK_BORDER, 30000};
    }
    assert_int_equal(plan_territory_connect(ctx, territory, pairs, n), OM_OK);
}

static inline void kit_case_regions(struct plan_territory *territory)
{
    static const int32_t member[] = {0, 0, 0, 1, 0, 0, 0, 1, 2, 2, 2, 1};
    static const char *const names[] = {"Åsbygden", "Dalkusten", "Inlandet"};
    territory->n_partitions = 1;
    territory->partitions = om_alloc(1, sizeof *territory->partitions);
    struct plan_partition *fa = territory->partitions;
    fa->kind = om_strdup("fa2015");
    fa->n_regions = 3;
    fa->regions = om_alloc(3, sizeof *fa->regions);
    for (size_t r = 0; r < 3; r++)
        fa->regions[r] = (struct plan_region){om_format("%02zu", r + 1), om_strdup(names[r])};
    fa->member = om_alloc(territory->n, sizeof *fa->member);
    memcpy(fa->member, member, sizeof member);
}

static inline struct plan_market *kit_case_market(om_context *ctx)
{
    static const struct plan_office offices[] = {
        {0, 0, true, {NAN, NAN}}, {0, 1, true, {NAN, NAN}}, {1, 1, true, {14.75, 63.05}},
        {0, 2, true, {NAN, NAN}}, {0, 6, true, {NAN, NAN}}, {1, 6, true, {NAN, NAN}},
        {2, 8, true, {NAN, NAN}}, {2, 9, true, {NAN, NAN}}, {2, 7, false, {NAN, NAN}},
    };
    static const char *const names[] = {"Arbetslyftet", "Bana & Väg AB", "Cirkel <Jobb>"};
    struct plan_market *market = om_alloc(1, sizeof *market);
    market->n_suppliers = 3;
    market->suppliers = om_alloc(3, sizeof *market->suppliers);
    for (size_t s = 0; s < 3; s++)
        market->suppliers[s] = (struct plan_supplier){om_format("S%zu", s + 1), om_strdup(names[s])};
    market->n_offices = sizeof offices / sizeof *offices;
    market->offices = om_alloc(market->n_offices, sizeof *market->offices);
    memcpy(market->offices, offices, sizeof offices);
    assert_int_equal(plan_market_sort(ctx, market), OM_OK);
    return market;
}

static inline struct plan *kit_case_plan(om_context *ctx, const struct plan_territory *territory)
{
    static const char *const areas[] = {"Västra", "Västra", "Östra", "Östra", "Västra", "Västra",
                                        "Östra",  "Östra",  "Södra", "Södra", "Södra",  "Ön"};
    struct plan_assignment rows[KIT_MUNICIPALITIES];
    for (size_t m = 0; m < KIT_MUNICIPALITIES; m++)
        rows[m] = (struct plan_assignment){.municipality_code = territory->municipalities[m].code,
                                           .area_name = areas[m]};
    struct plan *plan = NULL;
    assert_int_equal(plan_new(ctx, territory, "fyra", rows, KIT_MUNICIPALITIES, &plan), OM_OK);
    return plan;
}

static inline struct plan_travel *kit_case_travel(void)
{
    struct plan_travel *travel = om_alloc(1, sizeof *travel);
    travel->n = KIT_MUNICIPALITIES;
    travel->duration_s = om_alloc(travel->n * travel->n, sizeof *travel->duration_s);
    for (size_t from = 0; from < travel->n; from++)
        for (size_t to = 0; to < travel->n; to++)
            travel->duration_s[from * travel->n + to] = 60 * kit_minutes(from, to);
    return travel;
}

/* Little-endian well-known binary of the municipality's square. */
static inline struct geo_wkb kit_case_square(size_t m)
{
    double west = 440000 + 30000 * (double)(m % KIT_COLUMNS);
    double north = 7000000 - 30000 * (double)(m / KIT_COLUMNS);
    const double ring[] = {west,          north,        west,  north - 30000, west + 30000,
                           north - 30000, west + 30000, north, west,          north};
    const uint32_t type_rings_points[] = {3, 1, 5};
    struct geo_wkb wkb = {om_alloc(1 + sizeof type_rings_points + sizeof ring, 1), 0};
    wkb.bytes[wkb.size++] = 1;
    memcpy(wkb.bytes + wkb.size, type_rings_points, sizeof type_rings_points);
    wkb.size += sizeof type_rings_points;
    memcpy(wkb.bytes + wkb.size, ring, sizeof ring);
    wkb.size += sizeof ring;
    return wkb;
}

struct kit_case {
    struct data_case the_case;
    struct data_source sources[2];
    struct plan_evaluation *evaluation;
    struct plan_in_house in_house;
    struct plan_in_house_site sites[3];
    int32_t served_from[KIT_MUNICIPALITIES];
    double in_house_s[KIT_MUNICIPALITIES];
    struct map_result result;
};

/* Dal is served from Höga; Ekö and Lö, the island, from their own seats. */
static inline void kit_case_in_house(struct kit_case *kit)
{
    static const struct {
        int32_t municipality, site;
        double job_seekers;
    } served[] = {{11, 11, 1200}, {4, 4, 500}, {3, 7, 400}};
    for (size_t m = 0; m < KIT_MUNICIPALITIES; m++) {
        kit->served_from[m] = PLAN_NOWHERE;
        kit->in_house_s[m] = NAN;
    }
    for (size_t i = 0; i < 3; i++) {
        size_t m = (size_t)served[i].municipality, site = (size_t)served[i].site;
        kit->served_from[m] = served[i].site;
        kit->in_house_s[m] = kit->the_case.travel->duration_s[m * KIT_MUNICIPALITIES + site];
        kit->sites[i] = (struct plan_in_house_site){
            .site = served[i].site, .job_seekers = served[i].job_seekers, .capacity = INFINITY};
    }
    kit->in_house = (struct plan_in_house){
        .n_sites = 3,
        .sites = kit->sites,
        .n = KIT_MUNICIPALITIES,
        .served_from = kit->served_from,
        .duration_s = kit->in_house_s,
        .n_needs = 3,
        .n_area_wide = 1,
        .job_seekers = 2100,
        .job_seekers_area_wide = 1200,
        .is_optimal = true,
    };
}

static inline void kit_case_make(om_context *ctx, struct kit_case *kit)
{
    *kit = (struct kit_case){
        .sources = {{.kind = "municipalities",
                     .name = "rutor.gpkg",
                     .sha256 = "aa",
                     .licence = "CC0",
                     .date = "2024-01-01"},
                    {.kind = "suppliers",
                     .name = "made-up market",
                     .sha256 = "bb",
                     .date = "2026-02",
                     .is_synthetic = true}},
    };
    struct data_case *the_case = &kit->the_case;
    the_case->territory = om_alloc(1, sizeof *the_case->territory);
    kit_case_municipalities(the_case->territory);
    kit_case_neighbours(ctx, the_case->territory);
    kit_case_regions(the_case->territory);
    the_case->market = kit_case_market(ctx);
    the_case->plan = kit_case_plan(ctx, the_case->territory);
    the_case->travel = kit_case_travel();
    the_case->rules = plan_rules_default();
    the_case->input = (struct plan_case){the_case->territory, the_case->plan, the_case->market,
                                         the_case->travel, &the_case->rules};
    the_case->polygons = om_alloc(KIT_MUNICIPALITIES, sizeof *the_case->polygons);
    for (size_t m = 0; m < KIT_MUNICIPALITIES; m++)
        the_case->polygons[m] = kit_case_square(m);
    the_case->sources = kit->sources;
    the_case->n_sources = 2;
    the_case->rules_name = om_strdup("default");
    the_case->crs = om_strdup("EPSG:3006");
    memset(the_case->plan_sha256, 'p', 64);
    memset(the_case->rules_sha256, 'r', 64);
    memset(the_case->input_sha256, 'i', 64);
    assert_int_equal(plan_evaluate(ctx, &the_case->input, &kit->evaluation), OM_OK);
    kit_case_in_house(kit);
    kit->result = (struct map_result){.the_case = the_case,
                                      .evaluation = kit->evaluation,
                                      .in_house = &kit->in_house,
                                      .result_sha256 = "result",
                                      .tool_version = "test"};
}

static inline void kit_case_done(struct kit_case *kit)
{
    plan_evaluation_free(kit->evaluation);
    geo_wkb_array_free(kit->the_case.polygons, KIT_MUNICIPALITIES);
    plan_travel_free(kit->the_case.travel);
    plan_free(kit->the_case.plan);
    plan_market_free(kit->the_case.market);
    plan_territory_free(kit->the_case.territory);
    om_free(kit->the_case.rules_name);
    om_free(kit->the_case.crs);
}

#endif

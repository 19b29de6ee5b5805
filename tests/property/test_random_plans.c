/*
 * Random cases: properties that hold for every plan, and an evaluator written straight from the definitions.
 */
#include "kit.h"

#include "kit_world.h"

enum { ROUNDS = 400, MAX_N = 12, MAX_SUPPLIERS = 5 };

static void random_borders(struct kit_random *random, struct plan_territory *territory)
{
    om_context ctx = {0};
    struct plan_pair pairs[MAX_N * MAX_N];
    size_t n = 0;
    for (size_t a = 0; a < territory->n; a++)
        for (size_t b = a + 1; b < territory->n; b++)
            if (kit_below(random, 3) == 0)
                pairs[n++] = (struct plan_pair){
                    (int32_t)a, (int32_t)b, kit_below(random, 4) ? PLAN_LINK_BORDER : PLAN_LINK_DECLARED, 5};
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, n), OM_OK);
}

static struct kit_world random_world(struct kit_random *random)
{
    struct kit_world world = {.rules = plan_rules_default()};
    size_t n = 1 + kit_below(random, MAX_N);
    char letters[MAX_N + 1];
    world.territory = kit_territory(n);
    random_borders(random, world.territory);
    for (size_t m = 0; m < n; m++) {
        struct plan_municipality *it = &world.territory->municipalities[m];
        it->job_seekers = kit_maybe(random, 10, 500);
        it->participants = kit_maybe(random, 2, 100);
        it->population = kit_maybe(random, 10, 9000);
        it->land_area_km2 = 1 + kit_below(random, 50);
    }
    kit_random_letters(random, n, 4, letters);
    kit_partition(world.territory, "fa2015", letters);
    kit_random_letters(random, n, 4, letters);
    world.plan = kit_plan(world.territory, letters);
    world.travel = kit_travel(n);
    for (size_t i = 0; i < n * n; i++)
        if (i % (n + 1) && kit_below(random, 3))
            world.travel->duration_s[i] = 60 * (double)kit_below(random, 121);
    uint32_t n_suppliers = kit_below(random, MAX_SUPPLIERS + 1);
    uint32_t n_offices = n_suppliers ? kit_below(random, (uint32_t)n + 3) : 0;
    uint32_t n_contracts = n_suppliers ? kit_below(random, 3 * (uint32_t)n) : 0;
    world.market = kit_market(n_suppliers, n_offices, n_contracts);
    for (uint32_t i = 0; i < n_offices; i++) {
        kit_office(world.market, (int)kit_below(random, n_suppliers), (int)kit_below(random, (uint32_t)n));
        world.market->offices[i].active = kit_below(random, 5) > 0;
    }
    for (uint32_t i = 0; i < n_contracts; i++)
        kit_contract(world.market, (int)kit_below(random, n_suppliers), (int)kit_below(random, (uint32_t)n));
    om_context ctx = {0};
    assert_int_equal(plan_market_sort(&ctx, world.market), OM_OK);
    world.rules.basis = kit_below(random, 2) ? PLAN_BASIS_CONTRACTS : PLAN_BASIS_OFFICES;
    world.rules.min_suppliers = 1 + (int)kit_below(random, 3);
    return world;
}

/* The world as it is now. */
static struct plan_evaluation *judged(struct kit_world *world)
{
    world->input =
        (struct plan_case){world->territory, world->plan, world->market, world->travel, &world->rules};
    return kit_world_with(world, world->market);
}

/* ---- the definitions, word by word ---- */

static bool naive_covers(const struct kit_world *w, int supplier, int m)
{
    if (w->rules.basis == PLAN_BASIS_OFFICES)
        return true;
    for (size_t i = 0; i < w->market->n_contracts; i++)
        if (w->market->contracts[i].supplier == supplier && w->market->contracts[i].municipality == m)
            return true;
    return false;
}

static bool naive_office(const struct kit_world *w, int supplier, int k)
{
    for (size_t i = 0; i < w->market->n_offices; i++)
        if (w->market->offices[i].active && w->market->offices[i].supplier == supplier &&
            w->market->offices[i].municipality == k)
            return true;
    return false;
}

/* Minutes to the nearest office of a supplier for m, if m were in `area` (-1: anywhere); NAN when none. */
static double naive_minutes(const struct kit_world *w, int m, int supplier, int area)
{
    double least = NAN;
    for (int k = 0; k < (int)w->plan->n; k++) {
        if (!naive_office(w, supplier, k) || !naive_covers(w, supplier, m))
            continue;
        if (area >= 0 && k != m && w->plan->area_of[k] != area)
            continue;
        double t = m == k ? 0 : w->travel->duration_s[(size_t)m * w->plan->n + (size_t)k] / 60;
        if (!isnan(t) && !(t >= least))
            least = t;
    }
    return least;
}

static int naive_count(const struct kit_world *w, int m, int area)
{
    int n = 0;
    for (int s = 0; s < (int)w->market->n_suppliers; s++)
        n += naive_minutes(w, m, s, area) <= w->rules.max_minutes;
    return n;
}

static bool naive_area_has(const struct kit_world *w, int area, int supplier)
{
    bool office = false, contract = false;
    for (int k = 0; k < (int)w->plan->n; k++)
        if (w->plan->area_of[k] == area) {
            office |= naive_office(w, supplier, k);
            contract |= naive_covers(w, supplier, k);
        }
    return office && contract;
}

static enum plan_cause naive_cause(const struct kit_world *w, int m)
{
    int area = w->plan->area_of[m], min = w->rules.min_suppliers, in_area = 0, for_m = 0;
    for (int s = 0; s < (int)w->market->n_suppliers; s++) {
        bool has = naive_area_has(w, area, s);
        in_area += has;
        for_m += has && naive_covers(w, s, m);
    }
    if (naive_count(w, m, area) >= min)
        return PLAN_CAUSE_NOTHING;
    return in_area == 0                   ? PLAN_CAUSE_NO_SUPPLIER
           : naive_count(w, m, -1) >= min ? PLAN_CAUSE_BORDER
           : for_m >= min                 ? PLAN_CAUSE_DISTANCE
                                          : PLAN_CAUSE_MARKET;
}

static bool naive_borders_area(const struct kit_world *w, int m, int area)
{
    for (int k = 0; k < (int)w->plan->n; k++)
        for (uint32_t i = w->territory->first_neighbour[k]; i < w->territory->first_neighbour[k + 1]; i++)
            if (w->territory->neighbours[i].municipality == m && w->plan->area_of[k] == area)
                return true;
    return false;
}

static bool lists_area(const struct plan_evaluation *it, int m, int area)
{
    for (uint32_t i = 0; i < it->municipalities[m].n_closing; i++)
        if (it->closing_areas[it->municipalities[m].first_closing + i] == area)
            return true;
    return false;
}

static void expect_minutes(double got_s, double wanted)
{
    assert_true(isnan(wanted) ? isnan(got_s) : got_s == wanted * 60);
}

static void expect_nearest(const struct kit_world *w, int m, const struct plan_municipality_result *got)
{
    double nearest = NAN, second = NAN, anywhere = NAN;
    for (int s = 0; s < (int)w->market->n_suppliers; s++) {
        nearest = fmin(nearest, naive_minutes(w, m, s, w->plan->area_of[m]));
        anywhere = fmin(anywhere, naive_minutes(w, m, s, -1));
    }
    for (int s = 0; s < (int)w->market->n_suppliers; s++)
        if (s != got->nearest_inside.supplier)
            second = fmin(second, naive_minutes(w, m, s, w->plan->area_of[m]));
    expect_minutes(got->nearest_inside.duration_s, nearest);
    expect_minutes(got->second_inside.duration_s, second);
    expect_minutes(got->nearest_anywhere.duration_s, anywhere);
}

static void the_evaluator_agrees_with_the_definitions(void **state)
{
    (void)state;
    struct kit_random random = {1};
    int causes[PLAN_CAUSES] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *it = judged(&w);
        for (int m = 0; m < (int)it->n; m++) {
            const struct plan_municipality_result *got = &it->municipalities[m];
            int inside = naive_count(&w, m, w.plan->area_of[m]), min = w.rules.min_suppliers;
            bool own = false;
            for (int s = 0; s < (int)w.market->n_suppliers; s++)
                own |= naive_office(&w, s, m) && naive_covers(&w, s, m);
            assert_int_equal(got->suppliers_inside, inside);
            assert_int_equal(got->suppliers_anywhere, naive_count(&w, m, -1));
            assert_int_equal(got->status, inside >= min ? PLAN_STATUS_CHOICE
                                          : inside > 0  ? PLAN_STATUS_LIMITED
                                                        : PLAN_STATUS_NONE);
            assert_int_equal(got->cause, naive_cause(&w, m));
            assert_int_equal(got->need, inside > 0                             ? PLAN_NEED_NOTHING
                                        : got->cause == PLAN_CAUSE_NO_SUPPLIER ? PLAN_NEED_AREA_WIDE
                                                                               : PLAN_NEED_LOCAL);
            assert_int_equal(got->has_own_office, own);
            expect_nearest(&w, m, got);
            for (int a = 0; a < (int)it->n_areas; a++)
                assert_int_equal(lists_area(it, m, a), inside < min && a != w.plan->area_of[m] &&
                                                           naive_borders_area(&w, m, a) &&
                                                           naive_count(&w, m, a) >= min);
            causes[got->cause]++;
        }
        plan_evaluation_free(it);
        kit_world_done(&w);
    }
    for (int c = 0; c < PLAN_CAUSE_NO_AREA; c++)
        assert_true(causes[c] > 20);
}

/* ---- properties ---- */

static void statuses_partition_the_municipalities(void **state)
{
    (void)state;
    struct kit_random random = {2};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *it = judged(&w);
        int32_t municipalities = 0, n_areas_total = 0;
        double job_seekers = 0, known = 0;
        for (int s = 0; s < PLAN_STATUSES; s++) {
            municipalities += it->headline.n_status[s];
            job_seekers += isnan(it->headline.job_seekers_status[s]) ? 0 : it->headline.job_seekers_status[s];
        }
        for (size_t a = 0; a < it->n_areas; a++)
            for (int s = 0; s < PLAN_STATUSES; s++)
                n_areas_total += it->areas[a].n_status[s];
        for (size_t m = 0; m < it->n; m++)
            known += isnan(w.territory->municipalities[m].job_seekers)
                         ? 0
                         : w.territory->municipalities[m].job_seekers;
        assert_int_equal(municipalities, it->n);
        assert_int_equal(n_areas_total, it->n);
        assert_true(job_seekers == known);
        plan_evaluation_free(it);
        kit_world_done(&w);
    }
}

static void reach_inside_is_part_of_reach_anywhere(void **state)
{
    (void)state;
    struct kit_random random = {3};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *it = judged(&w);
        for (size_t m = 0; m < it->n; m++) {
            const struct plan_municipality_result *r = &it->municipalities[m];
            assert_true(r->suppliers_inside <= r->suppliers_anywhere);
            if (r->nearest_inside.supplier != PLAN_NOWHERE)
                assert_true(r->nearest_anywhere.duration_s <= r->nearest_inside.duration_s);
        }
        const struct plan_headline *h = &it->headline;
        if (!isnan(h->choice)) {
            assert_true(h->reach_one <= h->bound_reach_one && h->choice <= h->bound_choice);
            assert_true(h->choice <= h->reach_one && h->own_office <= h->reach_one);
        }
        plan_evaluation_free(it);
        kit_world_done(&w);
    }
}

static void merging_two_areas_never_worsens_a_status(void **state)
{
    (void)state;
    struct kit_random random = {4};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *before = judged(&w);
        if (w.plan->n_areas > 1) {
            int32_t kept = (int32_t)kit_below(&random, (uint32_t)w.plan->n_areas - 1);
            int32_t gone = (int32_t)w.plan->n_areas - 1;
            for (size_t m = 0; m < w.plan->n; m++)
                if (w.plan->area_of[m] == gone)
                    w.plan->area_of[m] = kept;
            struct plan_evaluation *after = judged(&w);
            for (size_t m = 0; m < before->n; m++) {
                assert_true(after->municipalities[m].status >= before->municipalities[m].status);
                assert_true(after->municipalities[m].suppliers_inside >=
                            before->municipalities[m].suppliers_inside);
            }
            plan_evaluation_free(after);
        }
        plan_evaluation_free(before);
        kit_world_done(&w);
    }
}

/* The whole country as one area reaches exactly the bound of the headline. */
static void one_area_for_the_country_reaches_the_bound(void **state)
{
    (void)state;
    struct kit_random random = {5};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *before = judged(&w);
        for (size_t m = 0; m < w.plan->n; m++)
            w.plan->area_of[m] = 0;
        struct plan_evaluation *after = judged(&w);
        if (!isnan(before->headline.choice)) {
            assert_true(after->headline.choice == before->headline.bound_choice);
            assert_true(after->headline.reach_one == before->headline.bound_reach_one);
            assert_true(after->headline.own_office == before->headline.bound_own_office);
        }
        plan_evaluation_free(after);
        plan_evaluation_free(before);
        kit_world_done(&w);
    }
}

static void shuffle(struct kit_random *random, void *items, size_t n, size_t size)
{
    char *base = items, swap[128];
    for (size_t i = n; i > 1; i--) {
        size_t j = kit_below(random, (uint32_t)i);
        memcpy(swap, base + j * size, size);
        memmove(base + j * size, base + (i - 1) * size, size);
        memcpy(base + (i - 1) * size, swap, size);
    }
}

/* Suppliers change places too, and their offices and contracts with them. */
static void shuffle_market(struct kit_random *random, struct plan_market *market)
{
    int32_t place[MAX_SUPPLIERS];
    struct plan_supplier suppliers[MAX_SUPPLIERS];
    for (size_t s = 0; s < market->n_suppliers; s++)
        place[s] = (int32_t)s;
    shuffle(random, place, market->n_suppliers, sizeof *place);
    for (size_t s = 0; s < market->n_suppliers; s++)
        suppliers[place[s]] = market->suppliers[s];
    memcpy(market->suppliers, suppliers, market->n_suppliers * sizeof *suppliers);
    for (size_t i = 0; i < market->n_offices; i++)
        market->offices[i].supplier = place[market->offices[i].supplier];
    for (size_t i = 0; i < market->n_contracts; i++)
        market->contracts[i].supplier = place[market->contracts[i].supplier];
    shuffle(random, market->offices, market->n_offices, sizeof *market->offices);
    shuffle(random, market->contracts, market->n_contracts, sizeof *market->contracts);
}

static struct plan *shuffled_plan(struct kit_random *random, const struct kit_world *w)
{
    om_context ctx = {0};
    struct plan_assignment rows[MAX_N];
    for (size_t m = 0; m < w->plan->n; m++)
        rows[m] = (struct plan_assignment){w->territory->municipalities[m].code,
                                           w->plan->areas[w->plan->area_of[m]].name, NULL, false};
    shuffle(random, rows, w->plan->n, sizeof *rows);
    struct plan *plan = NULL;
    assert_int_equal(plan_new(&ctx, w->territory, "test", rows, w->plan->n, &plan), OM_OK);
    return plan;
}

static void reconnect(struct kit_random *random, struct plan_territory *territory)
{
    om_context ctx = {0};
    struct plan_pair pairs[MAX_N * MAX_N];
    size_t n = 0;
    for (size_t m = 0; m < territory->n; m++)
        for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++) {
            const struct plan_neighbour *it = &territory->neighbours[i];
            if ((size_t)it->municipality > m)
                pairs[n++] = (struct plan_pair){it->municipality, (int32_t)m, it->kind, it->border_m};
        }
    shuffle(random, pairs, n, sizeof *pairs);
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, n), OM_OK);
}

/* Bit for bit; rule by rule, because a rule's result has unused bytes between its fields. */
static void expect_same_area(const struct plan_area_result *x, const struct plan_area_result *y)
{
    assert_memory_equal(x, y, offsetof(struct plan_area_result, rules));
    for (int r = 0; r < PLAN_RULES; r++) {
        assert_int_equal(x->rules[r].verdict, y->rules[r].verdict);
        assert_memory_equal(&x->rules[r].value, &y->rules[r].value, sizeof x->rules[r].value);
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    struct kit_random random = {6};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world w = random_world(&random);
        struct plan_evaluation *before = judged(&w);
        shuffle_market(&random, w.market);
        om_context ctx = {0};
        assert_int_equal(plan_market_sort(&ctx, w.market), OM_OK);
        struct plan *plan = shuffled_plan(&random, &w);
        plan_free(w.plan);
        w.plan = plan;
        reconnect(&random, w.territory);
        struct plan_evaluation *after = judged(&w);
        assert_memory_equal(before->municipalities, after->municipalities,
                            before->n * sizeof *before->municipalities);
        for (size_t a = 0; a < before->n_areas; a++)
            expect_same_area(&before->areas[a], &after->areas[a]);
        assert_memory_equal(&before->headline, &after->headline, sizeof before->headline);
        assert_int_equal(before->n_closing_areas, after->n_closing_areas);
        if (before->n_closing_areas)
            assert_memory_equal(before->closing_areas, after->closing_areas,
                                before->n_closing_areas * sizeof *before->closing_areas);
        assert_memory_equal(&before->alignment->by_job_seekers, &after->alignment->by_job_seekers,
                            sizeof before->alignment->by_job_seekers);
        assert_int_equal(before->alignment->n_splits, after->alignment->n_splits);
        plan_evaluation_free(after);
        plan_evaluation_free(before);
        kit_world_done(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_evaluator_agrees_with_the_definitions),
        cmocka_unit_test(statuses_partition_the_municipalities),
        cmocka_unit_test(reach_inside_is_part_of_reach_anywhere),
        cmocka_unit_test(merging_two_areas_never_worsens_a_status),
        cmocka_unit_test(one_area_for_the_country_reaches_the_bound),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

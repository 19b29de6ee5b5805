/*
 * Exits against evaluating the market without the supplier or office; the random ones against the
 * probabilities by enumeration, and against themselves on other numbers of threads.
 */
#include "kit.h"

#include "kit_sites.h"
#include "planner/robustness.h"

#include <omp.h>

enum { ROUNDS = 150, N = 8, SUPPLIERS = 4 };

static void make(struct kit_world *country, struct kit_random *random)
{
    om_context ctx = {0};
    *country = (struct kit_world){.territory = kit_territory(N),
                                  .market = kit_market(SUPPLIERS, 12, N * SUPPLIERS),
                                  .travel = kit_travel(N),
                                  .rules = plan_rules_default()};
    for (int i = 0; i < 12; i++) {
        kit_office(country->market, (int)kit_below(random, SUPPLIERS), (int)kit_below(random, N));
        country->market->offices[i].active = kit_below(random, 6) > 0;
    }
    for (int i = 0; i < N * SUPPLIERS; i++)
        if (kit_below(random, 4))
            kit_contract(country->market, i % SUPPLIERS, i / SUPPLIERS);
    assert_int_equal(plan_market_sort(&ctx, country->market), OM_OK);
    for (int i = 0; i < N * N; i++)
        if (i % (N + 1) && kit_below(random, 2))
            country->travel->duration_s[i] = 60 * (double)(10 * kit_below(random, 9));
    for (size_t m = 0; m < N; m++)
        country->territory->municipalities[m].job_seekers =
            kit_below(random, 10) ? 10 * kit_below(random, 5) : (double)NAN;
    country->rules.basis = kit_below(random, 2) ? PLAN_BASIS_CONTRACTS : PLAN_BASIS_OFFICES;
    country->rules.min_suppliers = 1 + (int)kit_below(random, 3);
    kit_world_judge(country, kit_below(random, 2) ? "AAAAAAAA" : "AABBBABB");
    om_context_done(&ctx);
}

static double known(const struct kit_world *country, size_t m)
{
    double job_seekers = country->territory->municipalities[m].job_seekers;
    return isnan(job_seekers) ? 0 : job_seekers;
}

/* The losses of an exit are those between two evaluations. */
static void expect_losses(const struct kit_world *country, const struct plan_robustness *it,
                          const struct plan_exit *gone)
{
    struct plan_evaluation *after = kit_world_with(country, country->market);
    double choice = 0, all = 0;
    size_t n = 0;
    for (size_t m = 0; m < N; m++) {
        enum plan_status was = country->evaluation->municipalities[m].status;
        enum plan_status is = after->municipalities[m].status;
        if (is == was)
            continue;
        choice += was == PLAN_STATUS_CHOICE ? known(country, m) : 0;
        all += is == PLAN_STATUS_NONE ? known(country, m) : 0;
        assert_true(n < gone->n_losses);
        assert_int_equal(it->losses[gone->first_loss + n].municipality, m);
        assert_int_equal(it->losses[gone->first_loss + n++].after, is);
    }
    assert_int_equal(gone->n_losses, n);
    assert_true(gone->job_seekers_choice == choice && gone->job_seekers_all == all);
    plan_evaluation_free(after);
}

/* Takes the exit's offices out, one by one when it is of an office, and puts them back. */
static void expect_exit(const struct kit_world *country, const struct plan_robustness *it,
                        const struct plan_exit *gone)
{
    struct plan_market *market = country->market;
    bool was_active[12];
    int32_t n = 0;
    for (size_t i = 0; i < market->n_offices; i++) {
        was_active[i] = market->offices[i].active;
        bool goes = was_active[i] && market->offices[i].supplier == gone->supplier &&
                    (gone->municipality == PLAN_NOWHERE ||
                     (market->offices[i].municipality == gone->municipality && n == 0));
        n += goes;
        market->offices[i].active = was_active[i] && !goes;
    }
    assert_int_equal(gone->n_offices, n);
    expect_losses(country, it, gone);
    for (size_t i = 0; i < market->n_offices; i++)
        market->offices[i].active = was_active[i];
}

static void expect_order(const struct plan_exit *exits, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct plan_exit *x = &exits[i - 1], *y = &exits[i];
        bool is_ordered = x->job_seekers_all != y->job_seekers_all ? x->job_seekers_all > y->job_seekers_all
                          : x->job_seekers_choice != y->job_seekers_choice
                              ? x->job_seekers_choice > y->job_seekers_choice
                              : x->n_losses >= y->n_losses;
        if (!is_ordered)
            fail_msg("exit %zu: %g, %g, %zu before %g, %g, %zu", i, x->job_seekers_all, x->job_seekers_choice,
                     x->n_losses, y->job_seekers_all, y->job_seekers_choice, y->n_losses);
    }
}

static struct plan_robustness *studied(const struct kit_world *country, const struct plan_draws *draws)
{
    om_context ctx = {0};
    struct plan_robustness *it = NULL;
    om_status status = plan_robustness_compute(&ctx, &country->input, country->evaluation, draws, &it);
    if (status)
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
    return it;
}

static void exits_do_what_an_evaluation_without_them_says(void **state)
{
    (void)state;
    struct kit_random random = {5};
    size_t n_losses = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world country;
        make(&country, &random);
        struct plan_robustness *it = studied(&country, NULL);
        for (size_t i = 0; i < it->n_suppliers; i++)
            expect_exit(&country, it, &it->suppliers[i]);
        for (size_t i = 0; i < it->n_offices; i++)
            expect_exit(&country, it, &it->offices[i]);
        expect_order(it->suppliers, it->n_suppliers);
        expect_order(it->offices, it->n_offices);
        n_losses += it->n_losses;
        plan_robustness_free(it);
        kit_world_done(&country);
    }
    assert_true(n_losses > 5 * ROUNDS);
}

/* The statuses without the suppliers, or the offices, of a set. */
static void statuses_without(const struct kit_world *country, unsigned gone, bool of_suppliers,
                             enum plan_status *out)
{
    struct plan_market *market = country->market;
    bool was_active[12];
    for (size_t i = 0; i < market->n_offices; i++) {
        was_active[i] = market->offices[i].active;
        unsigned bit = of_suppliers ? (unsigned)market->offices[i].supplier : (unsigned)i;
        market->offices[i].active = was_active[i] && !(gone >> bit & 1);
    }
    struct plan_evaluation *after = kit_world_with(country, market);
    for (size_t m = 0; m < N; m++)
        out[m] = after->municipalities[m].status;
    for (size_t i = 0; i < market->n_offices; i++)
        market->offices[i].active = was_active[i];
    plan_evaluation_free(after);
}

/* The smallest set of exits that does it, over all sets. */
static void redundancy_is_the_smallest_number_of_exits(void **state)
{
    (void)state;
    struct kit_random random = {6};
    for (int round = 0; round < 12; round++) {
        struct kit_world country;
        make(&country, &random);
        struct plan_robustness *it = studied(&country, NULL);
        int suppliers[N], offices[N], choice[N];
        for (int m = 0; m < N; m++)
            suppliers[m] = offices[m] = choice[m] = 99;
        for (int kind = 0; kind < 2; kind++)
            for (unsigned gone = 0; gone < 1u << (kind ? SUPPLIERS : 12); gone++) {
                enum plan_status after[N];
                int n = kit_count_bits(gone);
                statuses_without(&country, gone, kind, after);
                for (int m = 0; m < N; m++) {
                    int *none = kind ? &suppliers[m] : &offices[m];
                    if (after[m] == PLAN_STATUS_NONE && n < *none)
                        *none = n;
                    if (kind && after[m] != PLAN_STATUS_CHOICE && n < choice[m])
                        choice[m] = n;
                }
            }
        for (int m = 0; m < N; m++) {
            assert_int_equal(it->municipalities[m].suppliers_to_none, suppliers[m]);
            assert_int_equal(it->municipalities[m].offices_to_none, offices[m]);
            assert_int_equal(it->municipalities[m].suppliers_to_no_choice, choice[m]);
        }
        plan_robustness_free(it);
        kit_world_done(&country);
    }
}

/* What ends when a contract does: the supplier's offices in the area, for those who live there. */
static void end_contracts(const struct kit_world *country, unsigned ended, double *choice, double *all)
{
    *choice = *all = 0;
    for (size_t m = 0; m < N; m++) {
        int32_t area = country->plan->area_of[m], reached = 0;
        for (int s = 0; s < SUPPLIERS; s++) {
            /* bits by area, then supplier, for those that are contracts */
            if (ended >> (area * SUPPLIERS + s) & 1)
                continue;
            bool reaches = false;
            for (size_t i = 0; i < country->market->n_offices; i++) {
                const struct plan_office *office = &country->market->offices[i];
                bool may_serve = country->rules.basis == PLAN_BASIS_OFFICES;
                for (size_t c = 0; c < country->market->n_contracts; c++)
                    may_serve |= country->market->contracts[c].supplier == s &&
                                 country->market->contracts[c].municipality == (int32_t)m;
                reaches |= office->active && office->supplier == s && may_serve &&
                           country->plan->area_of[office->municipality] == area &&
                           country->travel->duration_s[m * N + (size_t)office->municipality] <= 3600;
            }
            reached += reaches;
        }
        enum plan_status was = country->evaluation->municipalities[m].status;
        if (was == PLAN_STATUS_CHOICE && reached < country->rules.min_suppliers)
            *choice += known(country, m);
        if (was != PLAN_STATUS_NONE && reached == 0)
            *all += known(country, m);
    }
}

/* Contracts as bits by area and supplier: who is in an area and may serve somewhere in it. */
static unsigned contracts_of(const struct kit_world *country)
{
    unsigned contracts = 0;
    for (size_t i = 0; i < country->market->n_offices; i++) {
        const struct plan_office *office = &country->market->offices[i];
        int32_t area = country->plan->area_of[office->municipality];
        bool may_serve = country->rules.basis == PLAN_BASIS_OFFICES;
        for (size_t c = 0; c < country->market->n_contracts; c++)
            may_serve |= country->market->contracts[c].supplier == office->supplier &&
                         country->plan->area_of[country->market->contracts[c].municipality] == area;
        if (office->active && may_serve)
            contracts |= 1u << (area * SUPPLIERS + office->supplier);
    }
    return contracts;
}

static void expected_losses_are_those_of_every_set_of_contracts(void **state)
{
    (void)state;
    struct kit_random random = {7};
    for (int round = 0; round < ROUNDS; round++) {
        struct kit_world country;
        make(&country, &random);
        unsigned contracts = contracts_of(&country);
        size_t n = (size_t)kit_count_bits(contracts), k = kit_below(&random, (uint32_t)n + 1);
        const struct plan_draws draws = {k, 2000, 1000 + (uint64_t)round};
        struct plan_robustness *it = studied(&country, &draws);
        assert_int_equal(it->n_contracts, n);
        double choice = 0, all = 0, squares = 0, n_sets = 0;
        for (unsigned ended = contracts;; ended = (ended - 1) & contracts) {
            double lose_choice, lose_all;
            if (kit_count_bits(ended) == (int)k) {
                end_contracts(&country, ended, &lose_choice, &lose_all);
                choice += lose_choice;
                squares += lose_choice * lose_choice;
                all += lose_all;
                n_sets++;
            }
            if (ended == 0)
                break;
        }
        double mean = choice / n_sets, variance = squares / n_sets - mean * mean;
        if (fabs(it->choice.expected - mean) > 1e-9 || fabs(it->all.expected - all / n_sets) > 1e-9)
            fail_msg("round %d: expected %g and %g, not %g and %g", round, it->choice.expected,
                     it->all.expected, mean, all / n_sets);
        /* the mean of the draws lies within five standard errors */
        assert_true(fabs(it->choice.mean - mean) <= 5 * sqrt(fmax(0, variance) / 2000) + 1e-9);
        assert_true(it->choice.low <= it->choice.high && it->all.low <= it->all.high);
        plan_robustness_free(it);
        kit_world_done(&country);
    }
}

static void the_numbers_do_not_depend_on_threads(void **state)
{
    (void)state;
    struct kit_random random = {8};
    struct kit_world country;
    const struct plan_draws draws = {2, 1001, 42}, others = {2, 1001, 43};
    for (bool is_certain = true; is_certain;) { /* what it draws should differ */
        make(&country, &random);
        struct plan_robustness *it = studied(&country, &draws);
        is_certain = it->choice.low == it->choice.high;
        plan_robustness_free(it);
        if (is_certain)
            kit_world_done(&country);
    }
    int before = omp_get_max_threads();
    struct plan_robustness *by_threads[3];
    for (int i = 0; i < 3; i++) {
        omp_set_num_threads(1 + 2 * i);
        by_threads[i] = studied(&country, &draws);
        assert_memory_equal(&by_threads[i]->choice, &by_threads[0]->choice, sizeof by_threads[0]->choice);
        assert_memory_equal(&by_threads[i]->all, &by_threads[0]->all, sizeof by_threads[0]->all);
    }
    omp_set_num_threads(before);
    struct plan_robustness *other = studied(&country, &others);
    assert_true(other->choice.expected == by_threads[0]->choice.expected);
    assert_true(other->choice.mean != by_threads[0]->choice.mean);
    plan_robustness_free(other);
    for (int i = 0; i < 3; i++)
        plan_robustness_free(by_threads[i]);
    kit_world_done(&country);
}

/* One area, one municipality that reaches 5 of 10 contracts, 4 end: it keeps a choice unless all 4 are among
 * its five, P = C(5,4) / C(10,4) = 5 / 210. */
static void the_hypergeometric_case_worked_by_hand(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_world country = {.territory = kit_territory(2),
                                .market = kit_market(10, 10, 0),
                                .travel = kit_travel(2),
                                .rules = plan_rules_default()};
    country.territory->municipalities[1].job_seekers = 0;
    for (int s = 0; s < 10; s++)
        kit_office(country.market, s, s / 5);
    kit_world_judge(&country, "AA");
    const struct plan_draws draws = {4, 100, 1};
    struct plan_robustness *it = studied(&country, &draws);
    assert_int_equal(it->n_contracts, 10);
    assert_true(fabs(it->choice.expected - 100 * 5.0 / 210) < 1e-9);
    assert_true(fabs(it->municipalities[0].probability_no_choice - 5.0 / 210) < 1e-12);
    assert_true(it->all.expected == 0);
    assert_int_equal(it->municipalities[0].suppliers_to_no_choice, 4);
    assert_int_equal(it->municipalities[0].offices_to_none, 5);
    plan_robustness_free(it);
    it = NULL;
    const struct plan_draws too_many = {11, 100, 1};
    assert_int_equal(plan_robustness_compute(&ctx, &country.input, country.evaluation, &too_many, &it),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message,
                        "11 contracts cannot end: there are 10 (suppliers with an office in an area)");
    om_status status = OM_NO_MEMORY;
    for (size_t nth = 1; status == OM_NO_MEMORY; nth++) {
        om_memory_fail_after(nth);
        status = plan_robustness_compute(&ctx, &country.input, country.evaluation, &draws, &it);
        om_memory_fail_after(0);
        assert_true((it != NULL) == (status == OM_OK));
    }
    plan_robustness_free(it);
    kit_world_done(&country);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exits_do_what_an_evaluation_without_them_says),
        cmocka_unit_test(redundancy_is_the_smallest_number_of_exits),
        cmocka_unit_test(expected_losses_are_those_of_every_set_of_contracts),
        cmocka_unit_test(the_numbers_do_not_depend_on_threads),
        cmocka_unit_test(the_hypergeometric_case_worked_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * In-house sites as asked for (forced, forbidden, covered several times, only so many), the frontier and the
 * openings, against exhaustive search over all sets of sites on small random cases.
 */
#include "kit.h"

#include "kit_planner.h"

enum { ROUNDS = 400, N = 9 };

struct country {
    struct plan_territory *territory;
    struct plan_market *market;
    struct plan_travel *travel;
    struct plan *plan;
    struct plan_rules rules;
    struct plan_case input;
    struct plan_evaluation *evaluation;
    enum plan_site_use use[N];
    struct plan_site_request request;
};

static void make(struct country *country, struct kit_random *random)
{
    *country = (struct country){.territory = kit_territory(N),
                                .market = kit_market(2, 2, 0),
                                .travel = kit_travel(N),
                                .rules = plan_rules_default()};
    kit_office(country->market, 0, 0);
    uint32_t sparseness = 1 + kit_below(random, 4);
    for (int i = 0; i < N * N; i++)
        if (i % (N + 1) && kit_below(random, 1 + sparseness) == 0)
            country->travel->duration_s[i] = 60 * (double)(10 * kit_below(random, 8));
    for (size_t m = 0; m < N; m++) {
        country->territory->municipalities[m].job_seekers = 10 * kit_below(random, 4);
        uint32_t use = kit_below(random, 8);
        country->use[m] = use == 0 ? PLAN_SITE_FORCED : use <= 3 ? PLAN_SITE_FORBIDDEN : PLAN_SITE_CANDIDATE;
    }
    country->plan = kit_plan(country->territory, kit_below(random, 2) ? "ABBBBBBBB" : "AAABBBBBB");
    country->input = (struct plan_case){country->territory, country->plan, country->market, country->travel,
                                        &country->rules};
    country->request.use = country->use;
    country->request.times_covered = (int)kit_below(random, 3);
    om_context ctx = {0};
    assert_int_equal(plan_evaluate(&ctx, &country->input, &country->evaluation), OM_OK);
    om_context_done(&ctx);
}

static void drop(struct country *country)
{
    plan_evaluation_free(country->evaluation);
    plan_travel_free(country->travel);
    plan_free(country->plan);
    plan_market_free(country->market);
    plan_territory_free(country->territory);
}

static int count_bits(unsigned bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

static bool is_need(const struct country *country, unsigned m)
{
    return country->evaluation->municipalities[m].need != PLAN_NEED_NOTHING;
}

static int times(const struct country *country)
{
    return country->request.times_covered > 1 ? country->request.times_covered : 1;
}

static int count_within(const struct country *country, unsigned sites, unsigned m)
{
    int n = 0;
    for (unsigned k = 0; k < N; k++)
        n += (sites >> k & 1) && country->travel->duration_s[m * N + k] <= 3600;
    return n;
}

/* The sites that must and those that may be open. */
static unsigned of_use(const struct country *country, enum plan_site_use use)
{
    unsigned sites = 0;
    for (unsigned k = 0; k < N; k++)
        sites |= (unsigned)(country->use[k] == use) << k;
    return sites;
}

static bool is_allowed(const struct country *country, unsigned sites)
{
    unsigned forced = of_use(country, PLAN_SITE_FORCED);
    return (sites & forced) == forced && !(sites & of_use(country, PLAN_SITE_FORBIDDEN));
}

struct found {
    bool covers_all;    /* that can be */
    double job_seekers; /* covered */
    double minutes;     /* of those that can be covered, to the nearest */
};

static struct found look_at(const struct country *country, unsigned sites)
{
    unsigned allowed = ~of_use(country, PLAN_SITE_FORBIDDEN);
    struct found found = {.covers_all = true};
    for (unsigned m = 0; m < N; m++) {
        double least = INFINITY, job_seekers = country->territory->municipalities[m].job_seekers;
        if (!is_need(country, m) || count_within(country, allowed, m) < times(country))
            continue;
        for (unsigned k = 0; k < N; k++)
            if (sites >> k & 1 && country->travel->duration_s[m * N + k] <= 3600)
                least = fmin(least, country->travel->duration_s[m * N + k] / 60);
        if (count_within(country, sites, m) < times(country)) {
            found.covers_all = false;
            continue;
        }
        found.job_seekers += job_seekers;
        found.minutes += job_seekers * least;
    }
    return found;
}

/* The set whose sorted codes come first: the lowest code in which two sets differ is in it. */
static bool comes_first(unsigned x, unsigned y)
{
    unsigned differ = x ^ y;
    return x & (differ & (~differ + 1));
}

static unsigned fewest(const struct country *country)
{
    unsigned best = ~0u;
    struct found of_best = {0};
    for (unsigned sites = 0; sites < 1u << N; sites++) {
        struct found found = look_at(country, sites);
        if (!is_allowed(country, sites) || !found.covers_all)
            continue;
        int n = count_bits(sites), least = best == ~0u ? N + 1 : count_bits(best);
        if (n < least || (n == least && (found.minutes < of_best.minutes ||
                                         (found.minutes == of_best.minutes && comes_first(sites, best))))) {
            best = sites;
            of_best = found;
        }
    }
    return best;
}

static double most_covered(const struct country *country, size_t n)
{
    double most = 0;
    for (unsigned sites = 0; sites < 1u << N; sites++)
        if (is_allowed(country, sites) && count_bits(sites) == (int)n)
            most = fmax(most, look_at(country, sites).job_seekers);
    return most;
}

static unsigned sites_of(const struct plan_in_house *in_house)
{
    unsigned sites = 0;
    for (size_t i = 0; i < in_house->n_sites; i++)
        sites |= 1u << in_house->sites[i].site;
    return sites;
}

/* Nobody within the limit of too few sites is left out, and each that is comes with the candidate it lacks.
 */
static void expect_unserved(const struct country *country, const struct plan_in_house *in_house)
{
    unsigned sites = sites_of(in_house), allowed = ~of_use(country, PLAN_SITE_FORBIDDEN);
    size_t n = 0;
    for (unsigned m = 0; m < N; m++) {
        if (!is_need(country, m) || count_within(country, sites, m) >= times(country))
            continue;
        const struct plan_unserved *it = &in_house->unserved[n++];
        assert_int_equal(it->municipality, m);
        assert_int_equal(it->n_within, count_within(country, allowed, m));
        int n_nearer = 0, n_as_near = 0;
        for (unsigned k = 0; k < N; k++) {
            double t = country->travel->duration_s[m * N + k];
            if (!(allowed >> k & 1) || isnan(t))
                continue;
            n_nearer += it->candidate == PLAN_NOWHERE || t < it->duration_s;
            n_as_near += it->candidate != PLAN_NOWHERE && t <= it->duration_s;
        }
        assert_true(n_nearer < times(country));
        assert_true(it->candidate == PLAN_NOWHERE || n_as_near >= times(country));
        assert_true(it->n_within >= times(country) || !(it->duration_s <= 3600));
    }
    assert_int_equal(in_house->n_unserved, n);
}

static struct plan_in_house *proposed(const struct country *country)
{
    om_context ctx = {0};
    struct plan_in_house *in_house = NULL;
    om_status status =
        plan_in_house_propose(&ctx, &country->input, country->evaluation, &country->request, &in_house);
    if (status)
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
    assert_true(in_house->is_optimal);
    return in_house;
}

static void the_fewest_sites_keep_to_the_request(void **state)
{
    (void)state;
    struct kit_random random = {77};
    int with_unserved = 0, with_several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct country country;
        make(&country, &random);
        struct plan_in_house *in_house = proposed(&country);
        unsigned best = fewest(&country);
        if (sites_of(in_house) != best)
            fail_msg("round %d: %x instead of %x", round, sites_of(in_house), best);
        assert_int_equal(in_house->least_sites, in_house->n_sites);
        assert_true(in_house->job_seekers_served == look_at(&country, best).job_seekers);
        expect_unserved(&country, in_house);
        with_unserved += in_house->n_unserved > 0;
        with_several += count_bits(best & ~of_use(&country, PLAN_SITE_FORCED)) > 1;
        plan_in_house_free(in_house);
        drop(&country);
    }
    assert_true(with_unserved > ROUNDS / 8 && with_several > ROUNDS / 8);
}

static void the_frontier_is_the_best_for_every_number(void **state)
{
    (void)state;
    struct kit_random random = {78};
    size_t n_points = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct country country;
        make(&country, &random);
        om_context ctx = {0};
        struct plan_frontier *frontier = NULL;
        assert_int_equal(
            plan_frontier_compute(&ctx, &country.input, country.evaluation, &country.request, &frontier),
            OM_OK);
        assert_int_equal(frontier->points[0].n_sites, count_bits(of_use(&country, PLAN_SITE_FORCED)));
        assert_int_equal(frontier->points[frontier->n - 1].n_sites, count_bits(fewest(&country)));
        for (size_t i = 0; i < frontier->n; i++) {
            const struct plan_frontier_point *point = &frontier->points[i];
            unsigned sites = 0;
            for (size_t s = 0; s < point->n_sites; s++)
                sites |= 1u << point->sites[s];
            double most = most_covered(&country, point->n_sites);
            if (point->job_seekers != most)
                fail_msg("round %d, %zu sites: %g instead of %g", round, point->n_sites, point->job_seekers,
                         most);
            assert_true(point->is_optimal && fabs(point->most_job_seekers - most) < 1e-6);
            assert_true(is_allowed(&country, sites) && count_bits(sites) == (int)point->n_sites);
            assert_true(look_at(&country, sites).job_seekers == most);
        }
        n_points += frontier->n;
        country.request.n_sites = frontier->points[frontier->n / 2].n_sites;
        if (country.request.n_sites) {
            struct plan_in_house *in_house = proposed(&country);
            assert_int_equal(in_house->n_sites, country.request.n_sites);
            assert_true(in_house->job_seekers_served == frontier->points[frontier->n / 2].job_seekers);
            expect_unserved(&country, in_house);
            plan_in_house_free(in_house);
        }
        plan_frontier_free(frontier);
        om_context_done(&ctx);
        drop(&country);
    }
    assert_true(n_points > 3 * ROUNDS);
}

/* A supplier without offices opens one: the evaluation before and after tells what it gives. */
static void openings_give_what_an_evaluation_says(void **state)
{
    (void)state;
    struct kit_random random = {79};
    for (int round = 0; round < ROUNDS / 4; round++) {
        struct country country;
        make(&country, &random);
        om_context ctx = {0};
        struct plan_opening *openings = NULL;
        size_t n = 0, n_found = 0;
        assert_int_equal(plan_openings_rank(&ctx, &country.input, country.evaluation, &openings, &n), OM_OK);
        for (int k = 0; k < N; k++) {
            struct plan_market *market = kit_market(2, 2, 0);
            kit_office(market, 0, 0);
            kit_office(market, 1, k);
            assert_int_equal(plan_market_sort(&ctx, market), OM_OK);
            struct plan_case after = country.input;
            after.market = market;
            struct plan_evaluation *judged = NULL;
            assert_int_equal(plan_evaluate(&ctx, &after, &judged), OM_OK);
            double gain = judged->headline.job_seekers_status[PLAN_STATUS_CHOICE] -
                          country.evaluation->headline.job_seekers_status[PLAN_STATUS_CHOICE];
            double rescued = country.evaluation->headline.job_seekers_status[PLAN_STATUS_NONE] -
                             judged->headline.job_seekers_status[PLAN_STATUS_NONE];
            for (size_t i = 0; i < n; i++)
                if (openings[i].municipality == k) {
                    n_found++;
                    assert_true(openings[i].job_seekers == gain);
                    assert_true(openings[i].job_seekers_one == rescued);
                    gain = 0;
                }
            assert_true(gain == 0);
            plan_evaluation_free(judged);
            plan_market_free(market);
        }
        assert_int_equal(n_found, n);
        for (size_t i = 1; i < n; i++)
            assert_true(openings[i - 1].job_seekers >= openings[i].job_seekers);
        om_free(openings);
        om_context_done(&ctx);
        drop(&country);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_sites_keep_to_the_request),
        cmocka_unit_test(the_frontier_is_the_best_for_every_number),
        cmocka_unit_test(openings_give_what_an_evaluation_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

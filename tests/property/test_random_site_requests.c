/*
 * In-house sites as asked for (forced, forbidden, covered several times, only so many), the frontier and the
 * openings, against exhaustive search over all sets of sites on small random cases.
 */
#include "kit.h"

#include "kit_sites.h"

enum { ROUNDS = 400, N = 9 };

struct country {
    struct kit_world world;
    enum plan_site_use use[N];
    struct plan_site_request request;
};

static void make(struct country *country, struct kit_random *random)
{
    *country = (struct country){.world = kit_two_suppliers(N)};
    kit_random_trips(random, country->world.travel);
    for (size_t m = 0; m < N; m++) {
        country->world.territory->municipalities[m].job_seekers = 10 * kit_below(random, 4);
        uint32_t use = kit_below(random, 8);
        country->use[m] = use == 0 ? PLAN_SITE_FORCED : use <= 3 ? PLAN_SITE_FORBIDDEN : PLAN_SITE_CANDIDATE;
    }
    kit_world_judge(&country->world, kit_below(random, 2) ? "ABBBBBBBB" : "AAABBBBBB");
    country->request.use = country->use;
    country->request.times_covered = (int)kit_below(random, 3);
}

static bool is_need(const struct country *country, unsigned m)
{
    return country->world.evaluation->municipalities[m].need != PLAN_NEED_NOTHING;
}

static int times(const struct country *country)
{
    return country->request.times_covered > 1 ? country->request.times_covered : 1;
}

static int count_within(const struct country *country, unsigned sites, unsigned m)
{
    int n = 0;
    for (unsigned k = 0; k < N; k++)
        n += (sites >> k & 1) && country->world.travel->duration_s[m * N + k] <= 3600;
    return n;
}

struct found {
    bool covers_all;    /* that can be */
    double job_seekers; /* covered */
    double minutes;     /* of those that can be covered, to the nearest */
};

static struct found look_at(const struct country *country, unsigned sites)
{
    unsigned allowed = ~kit_sites_of_use(country->use, N, PLAN_SITE_FORBIDDEN);
    struct found found = {.covers_all = true};
    for (unsigned m = 0; m < N; m++) {
        double least = INFINITY, job_seekers = country->world.territory->municipalities[m].job_seekers;
        if (!is_need(country, m) || count_within(country, allowed, m) < times(country))
            continue;
        for (unsigned k = 0; k < N; k++)
            if (sites >> k & 1 && country->world.travel->duration_s[m * N + k] <= 3600)
                least = fmin(least, country->world.travel->duration_s[m * N + k] / 60);
        if (count_within(country, sites, m) < times(country)) {
            found.covers_all = false;
            continue;
        }
        found.job_seekers += job_seekers;
        found.minutes += job_seekers * least;
    }
    return found;
}

static unsigned fewest(const struct country *country)
{
    unsigned best = ~0u;
    struct found of_best = {0};
    for (unsigned sites = 0; sites < 1u << N; sites++) {
        struct found found = look_at(country, sites);
        if (!kit_is_allowed(country->use, N, sites) || !found.covers_all)
            continue;
        int n = kit_count_bits(sites), least = best == ~0u ? N + 1 : kit_count_bits(best);
        if (n < least ||
            (n == least && (found.minutes < of_best.minutes ||
                            (found.minutes == of_best.minutes && kit_comes_first(sites, best))))) {
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
        if (kit_is_allowed(country->use, N, sites) && kit_count_bits(sites) == (int)n)
            most = fmax(most, look_at(country, sites).job_seekers);
    return most;
}

/* Nobody within the limit of too few sites is left out, and each that is comes with the candidate it lacks.
 */
static void expect_unserved(const struct country *country, const struct plan_in_house *in_house)
{
    unsigned sites = kit_sites_of(in_house),
             allowed = ~kit_sites_of_use(country->use, N, PLAN_SITE_FORBIDDEN);
    size_t n = 0;
    for (unsigned m = 0; m < N; m++) {
        if (!is_need(country, m) || count_within(country, sites, m) >= times(country))
            continue;
        const struct plan_unserved *it = &in_house->unserved[n++];
        assert_int_equal(it->municipality, m);
        assert_int_equal(it->n_within, count_within(country, allowed, m));
        int n_nearer = 0, n_as_near = 0;
        for (unsigned k = 0; k < N; k++) {
            double t = country->world.travel->duration_s[m * N + k];
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

static void the_fewest_sites_keep_to_the_request(void **state)
{
    (void)state;
    struct kit_random random = {77};
    int with_unserved = 0, with_several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct country country;
        make(&country, &random);
        struct plan_in_house *in_house = kit_proposed(&country.world, &country.request);
        unsigned best = fewest(&country);
        if (kit_sites_of(in_house) != best)
            fail_msg("round %d: %x instead of %x", round, kit_sites_of(in_house), best);
        assert_int_equal(in_house->least_sites, in_house->n_sites);
        assert_true(in_house->job_seekers_served == look_at(&country, best).job_seekers);
        expect_unserved(&country, in_house);
        with_unserved += in_house->n_unserved > 0;
        with_several += kit_count_bits(best & ~kit_sites_of_use(country.use, N, PLAN_SITE_FORCED)) > 1;
        plan_in_house_free(in_house);
        kit_world_done(&country.world);
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
        struct plan_frontier *frontier = kit_frontier(&country.world, &country.request);
        assert_int_equal(frontier->points[0].n_sites,
                         kit_count_bits(kit_sites_of_use(country.use, N, PLAN_SITE_FORCED)));
        assert_int_equal(frontier->points[frontier->n - 1].n_sites, kit_count_bits(fewest(&country)));
        for (size_t i = 0; i < frontier->n; i++) {
            const struct plan_frontier_point *point = &frontier->points[i];
            unsigned sites = 0;
            for (size_t s = 0; s < point->n_sites; s++)
                sites |= 1u << point->sites[s];
            double most = most_covered(&country, point->n_sites);
            if (point->job_seekers != most)
                fail_msg("round %d, %zu sites: %g instead of %g", round, point->n_sites, point->job_seekers,
                         most);
            assert_true(fabs(point->most_job_seekers - most) < 1e-6);
            assert_true(kit_is_allowed(country.use, N, sites) &&
                        kit_count_bits(sites) == (int)point->n_sites);
            assert_true(look_at(&country, sites).job_seekers == most);
        }
        n_points += frontier->n;
        country.request.n_sites = frontier->points[frontier->n / 2].n_sites;
        if (country.request.n_sites) {
            struct plan_in_house *in_house = kit_proposed(&country.world, &country.request);
            assert_int_equal(in_house->n_sites, country.request.n_sites);
            assert_true(in_house->job_seekers_served == frontier->points[frontier->n / 2].job_seekers);
            expect_unserved(&country, in_house);
            plan_in_house_free(in_house);
        }
        plan_frontier_free(frontier);
        kit_world_done(&country.world);
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
        assert_int_equal(
            plan_openings_rank(&ctx, &country.world.input, country.world.evaluation, &openings, &n), OM_OK);
        for (int k = 0; k < N; k++) {
            struct plan_market *market = kit_market(2, 2, 0);
            kit_office(market, 0, 0);
            kit_office(market, 1, k);
            assert_int_equal(plan_market_sort(&ctx, market), OM_OK);
            struct plan_evaluation *judged = kit_world_with(&country.world, market);
            double gain = judged->headline.job_seekers_status[PLAN_STATUS_CHOICE] -
                          country.world.evaluation->headline.job_seekers_status[PLAN_STATUS_CHOICE];
            double rescued = country.world.evaluation->headline.job_seekers_status[PLAN_STATUS_NONE] -
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
        kit_world_done(&country.world);
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

/*
 * In-house sites with capacities and places of one's own, against exhaustive search over all sets of sites
 * and all ways to serve the municipalities from them, on small random cases.
 */
#include "kit.h"

#include "kit_sites.h"

enum { ROUNDS = 250, N = 5, PLACES = 2, SITES = N + PLACES };

struct country {
    struct kit_world world;
    enum plan_site_use use[SITES];
    double capacity[SITES], to_place_s[PLACES][N];
    struct plan_place places[PLACES];
    struct plan_site_request request;
};

static double random_duration_s(struct kit_random *random, uint32_t sparseness)
{
    return kit_below(random, 1 + sparseness) == 0 ? 60 * (double)(10 * kit_below(random, 8)) : NAN;
}

static void make(struct country *country, struct kit_random *random)
{
    *country = (struct country){.world = kit_two_suppliers(N)};
    uint32_t sparseness = kit_below(random, 3);
    for (int i = 0; i < N * N; i++)
        if (i % (N + 1))
            country->world.travel->duration_s[i] = random_duration_s(random, sparseness);
    for (int place = 0; place < PLACES; place++) {
        for (int m = 0; m < N; m++)
            country->to_place_s[place][m] = random_duration_s(random, sparseness);
        country->places[place] =
            (struct plan_place){.name = place ? "Q" : "P", .duration_s = country->to_place_s[place]};
    }
    double tightness = 10 * (1 + kit_below(random, 4));
    for (size_t m = 0; m < N; m++)
        country->world.territory->municipalities[m].job_seekers = 10 * kit_below(random, 5);
    for (size_t site = 0; site < SITES; site++) {
        uint32_t use = kit_below(random, 10);
        country->use[site] = use == 0   ? PLAN_SITE_FORCED
                             : use <= 3 ? PLAN_SITE_FORBIDDEN
                                        : PLAN_SITE_CANDIDATE;
        country->capacity[site] = kit_below(random, 5) ? tightness * kit_below(random, 4) : INFINITY;
    }
    kit_world_judge(&country->world, kit_below(random, 2) ? "ABBBB" : "AABBB");
    country->request = (struct plan_site_request){.n_places = PLACES,
                                                  .places = country->places,
                                                  .use = country->use,
                                                  .capacity = country->capacity,
                                                  .times_covered = kit_below(random, 4) ? 1 : 2};
}

static double duration_s(const struct country *country, unsigned m, unsigned site)
{
    return site < N ? country->world.travel->duration_s[m * N + site] : country->to_place_s[site - N][m];
}

static double job_seekers(const struct country *country, unsigned m)
{
    return country->world.territory->municipalities[m].job_seekers;
}

static bool is_within(const struct country *country, unsigned sites, unsigned m, unsigned site)
{
    return (sites >> site & 1) && duration_s(country, m, site) <= 3600;
}

static int count_within(const struct country *country, unsigned sites, unsigned m)
{
    int n = 0;
    for (unsigned site = 0; site < SITES; site++)
        n += is_within(country, sites, m, site);
    return n;
}

static unsigned allowed(const struct country *country)
{
    return ((1u << SITES) - 1) & ~kit_sites_of_use(country->use, SITES, PLAN_SITE_FORBIDDEN);
}

static bool is_need(const struct country *country, unsigned m)
{
    return country->world.evaluation->municipalities[m].need != PLAN_NEED_NOTHING;
}

/* In need, in reach of enough sites, and one of them could take it. */
static bool can_be_served(const struct country *country, unsigned m)
{
    bool has_room = false;
    for (unsigned site = 0; site < SITES; site++)
        has_room |= is_within(country, allowed(country), m, site) &&
                    country->capacity[site] >= job_seekers(country, m);
    return is_need(country, m) && has_room &&
           count_within(country, allowed(country), m) >= country->request.times_covered;
}

struct answer {
    unsigned sites;
    double load, minutes;
};

/* Tries every site for m and those after it, and none. */
static void serve(const struct country *country, unsigned m, double room[SITES], struct answer at,
                  struct answer *best)
{
    if (m == N) {
        if (at.load > best->load || (at.load == best->load && at.minutes < best->minutes))
            *best = at;
        return;
    }
    serve(country, m + 1, room, at, best);
    double load = job_seekers(country, m);
    if (!can_be_served(country, m) || count_within(country, at.sites, m) < country->request.times_covered)
        return;
    for (unsigned site = 0; site < SITES && load > 0; site++) {
        if (!is_within(country, at.sites, m, site) || room[site] < load)
            continue;
        struct answer next = at;
        next.load += load;
        next.minutes += load * duration_s(country, m, site) / 60;
        room[site] -= load;
        serve(country, m + 1, room, next, best);
        room[site] += load;
    }
}

/* The most that the sites can serve, at the least cost. */
static struct answer look_at(const struct country *country, unsigned sites)
{
    struct answer best = {.sites = sites, .load = -1};
    double room[SITES];
    memcpy(room, country->capacity, sizeof room);
    serve(country, 0, room, (struct answer){.sites = sites}, &best);
    return best;
}

static bool covers_light(const struct country *country, unsigned sites)
{
    for (unsigned m = 0; m < N; m++)
        if (can_be_served(country, m) && job_seekers(country, m) == 0 &&
            count_within(country, sites, m) < country->request.times_covered)
            return false;
    return true;
}

static bool is_better(const struct answer *x, const struct answer *y)
{
    if (x->load != y->load)
        return x->load > y->load;
    if (kit_count_bits(x->sites) != kit_count_bits(y->sites))
        return kit_count_bits(x->sites) < kit_count_bits(y->sites);
    return x->minutes != y->minutes ? x->minutes < y->minutes : kit_comes_first(x->sites, y->sites);
}

static struct answer fewest(const struct country *country)
{
    struct answer best = {.load = -1};
    for (unsigned sites = 0; sites < 1u << SITES; sites++) {
        if (!kit_is_allowed(country->use, SITES, sites) || !covers_light(country, sites))
            continue;
        struct answer answer = look_at(country, sites);
        if (is_better(&answer, &best))
            best = answer;
    }
    return best;
}

static double most_covered(const struct country *country, size_t n)
{
    double most = -1;
    for (unsigned sites = 0; sites < 1u << SITES; sites++)
        if (kit_is_allowed(country->use, SITES, sites) && kit_count_bits(sites) == (int)n)
            most = fmax(most, look_at(country, sites).load);
    return most;
}

static bool is_unserved(const struct plan_in_house *in_house, unsigned m)
{
    for (size_t i = 0; i < in_house->n_unserved; i++)
        if (in_house->unserved[i].municipality == (int32_t)m)
            return true;
    return false;
}

/* What is said of a municipality that is not served is so. */
static void expect_unserved(const struct country *country, const struct plan_unserved *it,
                            const double room[SITES])
{
    unsigned m = (unsigned)it->municipality;
    double most_room = 0, largest = 0;
    for (unsigned site = 0; site < SITES; site++)
        if (is_within(country, allowed(country), m, site)) {
            most_room = fmax(most_room, room[site]);
            largest = fmax(largest, country->capacity[site]);
        }
    assert_int_equal(it->n_within, count_within(country, allowed(country), m));
    assert_true(it->room == most_room && it->largest_capacity == largest);
}

/* Nobody is served from too far away or from a full site. With too few sites within the limit one is not
 * served, but told the nearest. */
static void expect_served(const struct country *country, const struct plan_in_house *in_house)
{
    unsigned sites = kit_sites_of(in_house);
    double room[SITES], minutes = 0, load = 0;
    memcpy(room, country->capacity, sizeof room);
    for (unsigned m = 0; m < N; m++) {
        int32_t site = in_house->served_from[m];
        assert_true(!is_need(country, m) || is_unserved(in_house, m) || site != PLAN_NOWHERE);
        if (site == PLAN_NOWHERE)
            continue;
        assert_true(is_within(country, sites, m, (unsigned)site));
        assert_true(in_house->duration_s[m] == duration_s(country, m, (unsigned)site));
        room[site] -= job_seekers(country, m);
        if (is_unserved(in_house, m))
            continue;
        minutes += job_seekers(country, m) * in_house->duration_s[m] / 60;
        load += job_seekers(country, m);
    }
    struct answer best = look_at(country, sites);
    assert_true(load == best.load && load == in_house->job_seekers_served);
    assert_true(fabs(minutes - best.minutes) < 1e-9);
    for (size_t i = 0; i < in_house->n_sites; i++) {
        const struct plan_in_house_site *it = &in_house->sites[i];
        assert_true(room[it->site] >= 0 && it->capacity == country->capacity[it->site]);
        assert_true(isinf(it->capacity) || it->capacity - it->job_seekers == room[it->site]);
    }
    for (size_t i = 0; i < in_house->n_unserved; i++)
        expect_unserved(country, &in_house->unserved[i], room);
}

static void the_fewest_sites_have_room_for_the_most(void **state)
{
    (void)state;
    struct kit_random random = {91};
    int n_full = 0, n_at_places = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct country country;
        make(&country, &random);
        struct plan_in_house *in_house = kit_proposed(&country.world, &country.request);
        struct answer best = fewest(&country);
        if (kit_sites_of(in_house) != best.sites || in_house->job_seekers_served != best.load)
            fail_msg("round %d: sites %x serve %g instead of %x, %g", round, kit_sites_of(in_house),
                     in_house->job_seekers_served, best.sites, best.load);
        assert_int_equal(in_house->least_sites, in_house->n_sites);
        assert_true(in_house->most_job_seekers == best.load);
        expect_served(&country, in_house);
        for (size_t i = 0; i < in_house->n_unserved; i++)
            n_full += in_house->unserved[i].n_within >= country.request.times_covered;
        n_at_places += kit_sites_of(in_house) >> N > 0;
        plan_in_house_free(in_house);
        kit_world_done(&country.world);
    }
    assert_true(n_full > ROUNDS / 8 && n_at_places > ROUNDS / 8);
}

static void the_frontier_keeps_to_the_capacities(void **state)
{
    (void)state;
    struct kit_random random = {92};
    for (int round = 0; round < ROUNDS; round++) {
        struct country country;
        make(&country, &random);
        struct plan_frontier *frontier = kit_frontier(&country.world, &country.request);
        assert_int_equal(frontier->points[0].n_sites,
                         kit_count_bits(kit_sites_of_use(country.use, SITES, PLAN_SITE_FORCED)));
        assert_int_equal(frontier->points[frontier->n - 1].n_sites, kit_count_bits(fewest(&country).sites));
        for (size_t i = 0; i < frontier->n; i++) {
            const struct plan_frontier_point *point = &frontier->points[i];
            double most = most_covered(&country, point->n_sites);
            if (point->job_seekers != most)
                fail_msg("round %d, %zu sites: %g instead of %g", round, point->n_sites, point->job_seekers,
                         most);
            assert_true(fabs(point->most_job_seekers - most) < 1e-6);
        }
        country.request.n_sites = frontier->points[frontier->n / 2].n_sites;
        if (country.request.n_sites) {
            struct plan_in_house *in_house = kit_proposed(&country.world, &country.request);
            assert_true(in_house->job_seekers_served == frontier->points[frontier->n / 2].job_seekers);
            expect_served(&country, in_house);
            plan_in_house_free(in_house);
        }
        plan_frontier_free(frontier);
        kit_world_done(&country.world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_sites_have_room_for_the_most),
        cmocka_unit_test(the_frontier_keeps_to_the_capacities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Agreement and genealogy of random partitions, against what their definitions say, item by item. */
#include "kit.h"
#include "kit_planner.h"

#include "planner/alignment.h"
#include "planner/genealogy.h"

enum { MOST = 24 };

/* Items with two labels each; a municipality of weight w is w items. */
struct items {
    size_t n;
    int32_t x[MOST * 4], y[MOST * 4];
};

/* How many items share the label(s) of item i. */
static double like(const struct items *items, size_t i, bool in_x, bool in_y)
{
    double n = 0;
    for (size_t k = 0; k < items->n; k++)
        n += (!in_x || items->x[k] == items->x[i]) && (!in_y || items->y[k] == items->y[i]);
    return n;
}

/* Hubert & Arabie by counting pairs: those together in both, in one only, in the other only, in neither. */
static double adjusted_rand(const struct items *items)
{
    double both = 0, only_x = 0, only_y = 0, neither = 0;
    for (size_t i = 0; i < items->n; i++)
        for (size_t k = 0; k < i; k++) {
            bool in_x = items->x[i] == items->x[k], in_y = items->y[i] == items->y[k];
            both += in_x && in_y;
            only_x += in_x && !in_y;
            only_y += !in_x && in_y;
            neither += !in_x && !in_y;
        }
    double below = (both + only_x) * (only_x + neither) + (both + only_y) * (only_y + neither);
    return below == 0 ? 1 : 2 * (both * neither - only_x * only_y) / below;
}

/* Entropies as the mean surprise of an item; the V-measure is twice the information shared over their sum. */
static struct plan_agreement by_definition(const struct items *items)
{
    double of_x = 0, of_y = 0, joint = 0, n = (double)items->n;
    for (size_t i = 0; i < items->n; i++) {
        of_x += log2(n / like(items, i, true, false)) / n;
        of_y += log2(n / like(items, i, false, true)) / n;
        joint += log2(n / like(items, i, true, true)) / n;
    }
    double shared = of_x + of_y - joint;
    return (struct plan_agreement){
        .homogeneity = of_y > 1e-12 ? shared / of_y : 1,
        .completeness = of_x > 1e-12 ? shared / of_x : 1,
        .v_measure = of_x + of_y > 1e-12 ? 2 * shared / (of_x + of_y) : 1,
        .adjusted_rand = adjusted_rand(items),
        .variation_of_information_bits = joint - of_y + joint - of_x,
    };
}

static void check_number(const char *what, uint64_t seed, double got, double expected)
{
    if (fabs(got - expected) > 1e-9)
        fail_msg("seed %llu: %s is %.15g, by its definition %.15g", (unsigned long long)seed, what, got,
                 expected);
}

/* Some labels repeat much, some little; labels may be unused. */
static void draw_labels(struct kit_random *random, size_t n, int32_t n_labels, int32_t *label)
{
    for (size_t i = 0; i < n; i++)
        label[i] = (int32_t)kit_below(random, 1 + kit_below(random, (uint32_t)n_labels));
}

static void measures_are_as_defined(void **state)
{
    (void)state;
    om_context ctx = {0};
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct kit_random random = {seed};
        size_t n = 2 + kit_below(&random, MOST - 1);
        int32_t n_labels = 1 + (int32_t)kit_below(&random, 9), x[MOST], y[MOST];
        double weight[MOST];
        struct items items = {0};
        draw_labels(&random, n, n_labels, x);
        draw_labels(&random, n, n_labels, y);
        for (size_t i = 0; i < n; i++) {
            weight[i] = seed % 2 ? 1 : kit_below(&random, 5);
            for (int copy = 0; copy < (int)weight[i]; copy++) {
                items.x[items.n] = x[i];
                items.y[items.n++] = y[i];
            }
        }
        if (items.n == 0)
            continue;
        struct plan_agreement got, expected = by_definition(&items);
        assert_int_equal(plan_agreement_compute(&ctx, n, x, (size_t)n_labels, y, (size_t)n_labels,
                                                seed % 2 ? NULL : weight, &got),
                         OM_OK);
        check_number("homogeneity", seed, got.homogeneity, expected.homogeneity);
        check_number("completeness", seed, got.completeness, expected.completeness);
        check_number("the V-measure", seed, got.v_measure, expected.v_measure);
        check_number("the adjusted Rand index", seed, got.adjusted_rand, expected.adjusted_rand);
        check_number("the variation of information", seed, got.variation_of_information_bits,
                     expected.variation_of_information_bits);
    }
    om_context_done(&ctx);
}

static struct plan *random_plan(struct kit_random *random, const struct plan_territory *territory)
{
    char letters[MOST + 1] = "";
    uint32_t n_areas = 1 + kit_below(random, 8);
    for (size_t m = 0; m < territory->n; m++)
        letters[m] = (char)('A' + kit_below(random, n_areas));
    return kit_plan(territory, letters);
}

static double shared(const struct plan_territory *territory, const struct plan *before,
                     const struct plan *after, int32_t a, int32_t b)
{
    double job_seekers = 0;
    for (size_t m = 0; m < territory->n; m++)
        if (before->area_of[m] == a && after->area_of[m] == b)
            job_seekers += territory->municipalities[m].job_seekers;
    return job_seekers;
}

/* Nobody would rather be matched: of a pair that is not matched but shares people, one has a match it shares
 * at least as many with. */
static void check_matches(const struct plan_territory *territory, const struct plan *before,
                          const struct plan *after, const struct plan_genealogy *genealogy)
{
    for (int32_t a = 0; a < (int32_t)before->n_areas; a++)
        for (int32_t b = 0; b < (int32_t)after->n_areas; b++) {
            int32_t successor = genealogy->successor[a], predecessor = genealogy->predecessor[b];
            double here = shared(territory, before, after, a, b);
            assert_int_equal(successor == b, predecessor == a);
            if (here == 0 || successor == b)
                continue;
            bool a_is_content = successor >= 0 && shared(territory, before, after, a, successor) >= here;
            bool b_is_content = predecessor >= 0 && shared(territory, before, after, predecessor, b) >= here;
            assert_true(a_is_content || b_is_content);
        }
}

/* Areas are of one family when a way of shared municipalities leads from one to the other. */
static void check_families(const struct plan *before, const struct plan *after,
                           const struct plan_genealogy *genealogy)
{
    int32_t family_before[MOST], family_after[MOST];
    size_t n_before = 0, n_after = 0;
    for (size_t f = 0; f < genealogy->n_families; f++) {
        const struct plan_family *family = &genealogy->families[f];
        for (size_t i = 0; i < family->before.n; i++, n_before++)
            family_before[genealogy->before_areas[family->before.first + i]] = (int32_t)f;
        for (size_t i = 0; i < family->after.n; i++, n_after++)
            family_after[genealogy->after_areas[family->after.first + i]] = (int32_t)f;
    }
    assert_int_equal(n_before, before->n_areas);
    assert_int_equal(n_after, after->n_areas);
    for (size_t m = 0; m < before->n; m++)
        assert_int_equal(family_before[before->area_of[m]], family_after[after->area_of[m]]);
    /* and no family is two: spreading from its first area reaches all of it */
    for (size_t f = 0; f < genealogy->n_families; f++) {
        bool in_before[MOST] = {0}, in_after[MOST] = {0};
        in_before[genealogy->before_areas[genealogy->families[f].before.first]] = true;
        for (size_t round = 0; round < before->n; round++)
            for (size_t m = 0; m < before->n; m++)
                if (in_before[before->area_of[m]] || in_after[after->area_of[m]])
                    in_before[before->area_of[m]] = in_after[after->area_of[m]] = true;
        for (size_t a = 0; a < before->n_areas; a++)
            assert_int_equal(in_before[a], family_before[a] == (int32_t)f);
    }
}

static void genealogies_hold_together(void **state)
{
    (void)state;
    om_context ctx = {0};
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        struct kit_random random = {seed};
        struct plan_territory *territory = kit_territory(2 + kit_below(&random, MOST - 1));
        for (size_t m = 0; m < territory->n; m++)
            territory->municipalities[m].job_seekers = 1 + kit_below(&random, 50);
        struct plan *before = random_plan(&random, territory), *after = random_plan(&random, territory);
        struct plan_genealogy *genealogy = NULL;
        assert_int_equal(plan_genealogy_trace(&ctx, territory, before, after, &genealogy), OM_OK);
        check_matches(territory, before, after, genealogy);
        check_families(before, after, genealogy);
        plan_genealogy_free(genealogy);
        plan_free(before);
        plan_free(after);
        plan_territory_free(territory);
    }
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_as_defined),
        cmocka_unit_test(genealogies_hold_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

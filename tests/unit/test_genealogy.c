/* What became of the areas, each case worked by hand. */
#include "kit.h"
#include "kit_planner.h"

#include "planner/genealogy.h"

/* One letter per municipality: . stayed, t transferred, s split off, m merged. */
static const char move_letters[PLAN_MOVES] = {'.', 't', 's', 'm'};

static const struct {
    const char *what, *before, *after, *moves;
    int heavy; /* the municipality with 1000 job seekers instead of 100; -1: none */
    size_t n_families, n_renamed;
    enum plan_family_kind kind; /* of the first family */
} cases[] = {
    {"nothing changed", "AABB", "AABB", "....", -1, 2, 0, PLAN_FAMILY_UNCHANGED},
    {"one renamed", "AABB", "AACC", "....", -1, 2, 1, PLAN_FAMILY_RENAMED},
    {"names changed places", "AABB", "BBAA", "....", -1, 2, 2, PLAN_FAMILY_RENAMED},
    {"one split", "AAABB", "AACBB", "..s..", -1, 2, 0, PLAN_FAMILY_SPLIT},
    {"the area lives on where most job seekers are", "AAAB", "CAAB", ".ss.", 0, 2, 1, PLAN_FAMILY_SPLIT},
    {"split in three, none of the old name", "AAAA", "BCCD", "s..s", -1, 1, 1, PLAN_FAMILY_SPLIT},
    {"two merged; of equals the namesake lives on", "AABB", "AAAA", "..mm", -1, 1, 0, PLAN_FAMILY_MERGED},
    {"two merged; of equals the namesake lives on, last too", "AABB", "BBBB", "mm..", -1, 1, 0,
     PLAN_FAMILY_MERGED},
    {"two merged under a new name; of equals the first lives on", "AABB", "CCCC", "..mm", -1, 1, 1,
     PLAN_FAMILY_MERGED},
    {"one moved", "AABBB", "AAABB", "..t..", -1, 1, 0, PLAN_FAMILY_TRANSFERRED},
    {"two changed places", "AAABBB", "AABABB", "..tt..", -1, 1, 0, PLAN_FAMILY_TRANSFERRED},
    {"moved from an area that is alone then", "AABBCC", "AABBBC", "....t.", -1, 2, 0,
     PLAN_FAMILY_TRANSFERRED},
    {"split, merged and moved", "AAABBBC", "AADBBAA", "..s..tm", -1, 1, 0, PLAN_FAMILY_REDRAWN},
    {"everything apart", "AAAA", "ABCD", ".sss", -1, 1, 0, PLAN_FAMILY_SPLIT},
    {"more municipalities when job seekers are equal", "AAAAAAAAAAA", "BCCCCCCCCCC", "s..........", 0, 1, 1,
     PLAN_FAMILY_SPLIT},
};

static void check_moves(size_t i, const struct plan_genealogy *genealogy)
{
    for (size_t m = 0; m < genealogy->n; m++)
        if (move_letters[genealogy->move[m]] != cases[i].moves[m])
            fail_msg("%s: municipality %zu: %c, expected %c", cases[i].what, m,
                     move_letters[genealogy->move[m]], cases[i].moves[m]);
}

static void check_families(size_t i, const struct plan_genealogy *genealogy,
                           const struct plan_territory *territory)
{
    size_t n_renamed = 0;
    int32_t counted[PLAN_MOVES] = {0};
    double job_seekers = 0, expected = 0;
    for (size_t f = 0; f < genealogy->n_families; f++) {
        n_renamed += genealogy->families[f].is_renamed;
        for (int move = 0; move < PLAN_MOVES; move++)
            counted[move] += genealogy->families[f].n_moves[move];
        job_seekers += plan_family_job_seekers_moved(&genealogy->families[f]);
    }
    for (size_t m = 0; m < genealogy->n; m++) {
        counted[genealogy->move[m]]--;
        expected += genealogy->move[m] == PLAN_MOVE_STAYED ? 0 : territory->municipalities[m].job_seekers;
    }
    for (int move = 0; move < PLAN_MOVES; move++)
        assert_int_equal(counted[move], 0);
    assert_true(job_seekers == expected);
    assert_int_equal(plan_family_kind(&genealogy->families[0]), cases[i].kind);
    if (genealogy->n_families != cases[i].n_families || n_renamed != cases[i].n_renamed)
        fail_msg("%s: %zu families, %zu renamed; expected %zu, %zu", cases[i].what, genealogy->n_families,
                 n_renamed, cases[i].n_families, cases[i].n_renamed);
}

static void areas_become_what_they_became(void **state)
{
    (void)state;
    om_context ctx = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan_territory *territory = kit_territory(strlen(cases[i].before));
        if (cases[i].heavy >= 0)
            territory->municipalities[cases[i].heavy].job_seekers = 1000;
        struct plan *before = kit_plan(territory, cases[i].before);
        struct plan *after = kit_plan(territory, cases[i].after);
        struct plan_genealogy *genealogy = NULL;
        assert_int_equal(plan_genealogy_trace(&ctx, territory, before, after, &genealogy), OM_OK);
        check_moves(i, genealogy);
        check_families(i, genealogy, territory);
        plan_genealogy_free(genealogy);
        plan_free(before);
        plan_free(after);
        plan_territory_free(territory);
    }
    om_context_done(&ctx);
}

static void families_come_with_their_areas_most_moved_first(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(9);
    struct plan *before = kit_plan(territory, "AABBBCCDD"), *after = kit_plan(territory, "AABBEXXCD");
    territory->municipalities[4].job_seekers = NAN; /* B's piece weighs nothing … */
    struct plan_genealogy *genealogy = NULL;
    assert_int_equal(plan_genealogy_trace(&ctx, territory, before, after, &genealogy), OM_OK);
    /* … so D's, which is split into C and D, comes first; then B's; then C, renamed to X; then A */
    static const struct {
        size_t n_before, n_after;
        int32_t first_before, first_after, n_split;
        bool is_renamed;
    } expected[] = {
        {1, 2, 3, 2, 1, false}, {1, 2, 1, 1, 1, false}, {1, 1, 2, 5, 0, true}, {1, 1, 0, 0, 0, false}};
    assert_int_equal(genealogy->n_families, 4);
    for (size_t f = 0; f < 4; f++) {
        const struct plan_family *family = &genealogy->families[f];
        assert_int_equal(family->before.n, expected[f].n_before);
        assert_int_equal(family->after.n, expected[f].n_after);
        assert_int_equal(genealogy->before_areas[family->before.first], expected[f].first_before);
        assert_int_equal(genealogy->after_areas[family->after.first], expected[f].first_after);
        assert_int_equal(family->n_moves[PLAN_MOVE_SPLIT_OFF], expected[f].n_split);
        assert_int_equal(family->is_renamed, expected[f].is_renamed);
    }
    assert_int_equal(genealogy->successor[3], 3); /* of D's equal halves the namesake lives on */
    assert_int_equal(genealogy->predecessor[2], PLAN_NOWHERE);
    assert_int_equal(genealogy->predecessor[4], PLAN_NOWHERE);
    assert_int_equal(genealogy->n_flows, 2);
    assert_int_equal(genealogy->flows[0].before, 3);
    assert_int_equal(genealogy->flows[0].after, 2);
    assert_true(genealogy->flows[0].job_seekers == 100);
    assert_int_equal(genealogy->flows[1].after, 4);
    assert_int_equal(genealogy->flows[1].n_municipalities, 1);
    assert_true(genealogy->flows[1].job_seekers == 0);
    plan_genealogy_free(genealogy);
    plan_free(before);
    plan_free(after);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void plans_of_another_territory_are_refused(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *three = kit_territory(3), *four = kit_territory(4);
    struct plan *small = kit_plan(three, "AAB"), *large = kit_plan(four, "AABB");
    struct plan_genealogy *genealogy = NULL;
    assert_int_equal(plan_genealogy_trace(&ctx, four, small, large, &genealogy), OM_INVALID_ARGUMENT);
    assert_int_equal(plan_genealogy_trace(&ctx, four, large, small, &genealogy), OM_INVALID_ARGUMENT);
    assert_null(genealogy);
    plan_free(small);
    plan_free(large);
    plan_territory_free(three);
    plan_territory_free(four);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_become_what_they_became),
        cmocka_unit_test(families_come_with_their_areas_most_moved_first),
        cmocka_unit_test(plans_of_another_territory_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

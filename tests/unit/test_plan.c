#include "kit.h"

#include "kit_planner.h"

#include "geo/memory.h"

static void a_municipality_is_found_by_its_code(void **state)
{
    (void)state;
    struct plan_territory *territory = kit_territory(5);
    assert_int_equal(plan_territory_find(territory, "0001"), 0);
    assert_int_equal(plan_territory_find(territory, "0004"), 3);
    assert_int_equal(plan_territory_find(territory, "0005"), 4);
    assert_int_equal(plan_territory_find(territory, "0006"), PLAN_NOWHERE);
    assert_int_equal(plan_territory_find(territory, "1"), PLAN_NOWHERE);
    assert_int_equal(plan_territory_find(territory, ""), PLAN_NOWHERE);
    kit_partition(territory, "fa2015", "AABB-");
    assert_non_null(plan_territory_partition(territory, "fa2015"));
    assert_null(plan_territory_partition(territory, "fa2005"));
    plan_territory_free(territory);
    plan_territory_free(NULL);
}

static void neighbours_are_sorted_and_a_border_beats_a_link(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(4);
    const struct plan_pair pairs[] = {
        {3, 0, PLAN_LINK_DECLARED, 0}, {2, 0, PLAN_LINK_BORDER, 50},  {0, 1, PLAN_LINK_BORDER, 70},
        {0, 2, PLAN_LINK_DECLARED, 0}, {1, 0, PLAN_LINK_DECLARED, 0},
    };
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, 5), OM_OK);
    const uint32_t first[] = {0, 3, 4, 5, 6};
    for (size_t m = 0; m <= 4; m++)
        assert_int_equal(territory->first_neighbour[m], first[m]);
    const struct plan_neighbour *near = territory->neighbours;
    assert_int_equal(near[0].municipality, 1);
    assert_int_equal(near[0].kind, PLAN_LINK_BORDER);
    assert_int_equal(near[1].municipality, 2);
    assert_int_equal(near[1].kind, PLAN_LINK_BORDER);
    assert_true(near[1].border_m == 50);
    assert_int_equal(near[2].municipality, 3);
    assert_int_equal(near[2].kind, PLAN_LINK_DECLARED);

    const struct plan_pair loop = {1, 1, PLAN_LINK_BORDER, 1}, stranger = {0, 4, PLAN_LINK_BORDER, 1};
    assert_int_equal(plan_territory_connect(&ctx, territory, &loop, 1), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "link 0: municipality 0002 is linked to itself");
    assert_int_equal(plan_territory_connect(&ctx, territory, &stranger, 1), OM_INVALID_ARGUMENT);
    assert_int_equal(territory->first_neighbour[4], 6);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void a_plan_does_not_depend_on_the_order_of_its_rows(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(3);
    const struct plan_assignment rows[] = {
        {"0003", "South", "plan.csv:2", false},
        {"0001", "North", "plan.csv:3", true},
        {"0002", "North", "plan.csv:4", false},
    };
    struct plan *plan = NULL;
    assert_int_equal(plan_new(&ctx, territory, "mine", rows, 3, &plan), OM_OK);
    assert_string_equal(plan->name, "mine");
    assert_int_equal(plan->n, 3);
    assert_int_equal(plan->n_areas, 2);
    assert_string_equal(plan->areas[0].name, "North");
    assert_true(plan->areas[0].may_be_discontiguous);
    assert_string_equal(plan->areas[1].name, "South");
    assert_false(plan->areas[1].may_be_discontiguous);
    assert_int_equal(plan->area_of[0], 0);
    assert_int_equal(plan->area_of[1], 0);
    assert_int_equal(plan->area_of[2], 1);
    plan_free(plan);
    plan_free(NULL);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void a_wrong_plan_names_every_code(void **state)
{
    (void)state;
    struct plan_territory *territory = kit_territory(4);
    const struct {
        struct plan_assignment rows[5];
        size_t n;
        const char *message;
    } cases[] = {
        {{{"0001", "A", "p.csv:2", false},
          {"0002", "A", "p.csv:3", false},
          {"9999", "B", "p.csv:4", false},
          {"0001", "B", "p.csv:5", false},
          {"1", "B", NULL, false}},
         5,
         "plan \"mine\": every municipality must be in exactly one area; unknown municipality: 1, 9999 "
         "(p.csv:4); assigned more than once: 0001 (A, p.csv:2), 0001 (B, p.csv:5); in no area: 0003, 0004"},
        {{{"0001", "A", NULL, false}, {"0001", "A", NULL, false}},
         2,
         "plan \"mine\": every municipality must be in exactly one area; assigned more than once: 0001 (A), "
         "0001 (A); in no area: 0002, 0003, 0004"},
        {{{"0001", "", "p.csv:2", false}},
         1,
         "p.csv:2: municipality \"0001\" has no area name; every row needs one"},
        {{{"0001", NULL, NULL, false}}, 1, "municipality \"0001\" has no area name; every row needs one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        om_context ctx = {0};
        struct plan *plan = NULL;
        assert_int_equal(plan_new(&ctx, territory, "mine", cases[i].rows, cases[i].n, &plan), OM_BAD_DATA);
        assert_string_equal(ctx.message, cases[i].message);
        assert_null(plan);
        om_context_done(&ctx);
    }
    plan_territory_free(territory);
}

static void a_long_list_of_codes_says_how_many_more(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(1000);
    struct plan *plan = NULL;
    assert_int_equal(plan_new(&ctx, territory, "empty", NULL, 0, &plan), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "0001, 0002"));
    const char *and = strstr(ctx.message, " and ");
    assert_non_null(and);
    int listed = 0;
    for (const char *c = ctx.message; (c = strstr(c, ", ")); c++)
        listed++;
    assert_int_equal(atoi(and+5) + listed + 1, 1000);
    plan_territory_free(territory);

    territory = kit_territory(290);
    assert_int_equal(plan_new(&ctx, territory, "empty", NULL, 0, &plan), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "0289, 0290"));
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void a_partition_becomes_a_plan(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(4);
    kit_partition(territory, "fa2015", "BBAC");
    om_free(territory->partitions[0].regions[2].name);
    territory->partitions[0].regions[2].name = om_strdup("Region A");
    struct plan *plan = NULL;
    assert_int_equal(plan_from_partition(&ctx, territory, &territory->partitions[0], "fa2015", &plan), OM_OK);
    assert_int_equal(plan->n_areas, 3);
    assert_string_equal(plan->areas[0].name, "Region A (A)");
    assert_string_equal(plan->areas[1].name, "Region A (C)");
    assert_string_equal(plan->areas[2].name, "Region B");
    assert_int_equal(plan->area_of[0], 2);
    assert_int_equal(plan->area_of[2], 0);
    plan_free(plan);

    territory->partitions[0].member[1] = territory->partitions[0].member[3] = PLAN_NOWHERE;
    plan = NULL;
    assert_int_equal(plan_from_partition(&ctx, territory, &territory->partitions[0], "fa2015", &plan),
                     OM_BAD_DATA);
    assert_string_equal(ctx.message,
                        "regions of kind \"fa2015\": municipalities without a region: 0002, 0004");
    assert_null(plan);
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void pieces_follow_borders_and_declared_links(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_territory *territory = kit_territory(6);
    const struct plan_pair pairs[] = {
        {0, 1, PLAN_LINK_BORDER, 10},
        {1, 2, PLAN_LINK_BORDER, 10},
        {3, 4, PLAN_LINK_DECLARED, 0},
    };
    assert_int_equal(plan_territory_connect(&ctx, territory, pairs, 3), OM_OK);
    const struct {
        const char *plan;
        int32_t piece_of[6], n_pieces[2];
    } cases[] = {
        {"AAABBB", {0, 0, 0, 0, 0, 1}, {1, 2}},
        {"ABAAAB", {0, 0, 1, 2, 2, 1}, {3, 2}}, /* a shared neighbour of another area does not connect */
        {"AAAAAB", {0, 0, 0, 1, 1, 0}, {2, 1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan *plan = kit_plan(territory, cases[i].plan);
        int32_t piece_of[6], n_pieces[2];
        assert_int_equal(plan_pieces(&ctx, territory, plan, piece_of, n_pieces), OM_OK);
        assert_memory_equal(piece_of, cases[i].piece_of, sizeof piece_of);
        assert_memory_equal(n_pieces, cases[i].n_pieces, sizeof n_pieces);
        plan_free(plan);
    }
    plan_territory_free(territory);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    struct plan_territory *territory = kit_territory(4);
    kit_chain(territory);
    kit_partition(territory, "fa2015", "AABB");
    om_status status = OM_NO_MEMORY;
    for (size_t nth = 1; status == OM_NO_MEMORY; nth++) {
        om_context ctx = {0};
        struct plan *plan = NULL;
        om_memory_fail_after(nth);
        status = plan_from_partition(&ctx, territory, &territory->partitions[0], "x", &plan);
        om_memory_fail_after(0);
        assert_true((plan != NULL) == (status == OM_OK));
        plan_free(plan);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    const struct plan_pair pair = {0, 3, PLAN_LINK_BORDER, 1};
    status = OM_NO_MEMORY;
    for (size_t nth = 1; status == OM_NO_MEMORY; nth++) {
        om_context ctx = {0};
        om_memory_fail_after(nth);
        status = plan_territory_connect(&ctx, territory, &pair, 1);
        om_memory_fail_after(0);
        om_context_done(&ctx);
    }
    assert_int_equal(territory->first_neighbour[4], 2);
    plan_territory_free(territory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_municipality_is_found_by_its_code),
        cmocka_unit_test(neighbours_are_sorted_and_a_border_beats_a_link),
        cmocka_unit_test(a_plan_does_not_depend_on_the_order_of_its_rows),
        cmocka_unit_test(a_wrong_plan_names_every_code),
        cmocka_unit_test(a_long_list_of_codes_says_how_many_more),
        cmocka_unit_test(a_partition_becomes_a_plan),
        cmocka_unit_test(pieces_follow_borders_and_declared_links),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "kit.h"

#include "kit_planner.h"

static void offices_follow_their_suppliers_when_sorted(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_market *market = kit_market(3, 4, 4);
    const char *ids[] = {"c", "a", "b"};
    for (size_t s = 0; s < 3; s++) {
        om_free(market->suppliers[s].id);
        market->suppliers[s].id = om_strdup(ids[s]);
    }
    kit_office(market, 0, 5);
    kit_office(market, 1, 5);
    kit_office(market, 2, 1);
    kit_office(market, 2, 5);
    market->offices[0].lon_lat[0] = 17.5;
    kit_contract(market, 0, 2);
    kit_contract(market, 1, 2);
    kit_contract(market, 0, 2);
    kit_contract(market, 2, 0);
    assert_int_equal(plan_market_sort(&ctx, market), OM_OK);
    assert_string_equal(market->suppliers[0].id, "a");
    assert_string_equal(market->suppliers[2].id, "c");
    assert_string_equal(market->suppliers[2].name, "Supplier 0");
    const int32_t offices[][2] = {{1, 1}, {5, 0}, {5, 1}, {5, 2}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(market->offices[i].municipality, offices[i][0]);
        assert_int_equal(market->offices[i].supplier, offices[i][1]);
    }
    assert_true(market->offices[3].lon_lat[0] == 17.5);
    assert_int_equal(market->n_contracts, 3);
    const int32_t contracts[][2] = {{0, 1}, {2, 0}, {2, 2}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(market->contracts[i].municipality, contracts[i][0]);
        assert_int_equal(market->contracts[i].supplier, contracts[i][1]);
    }
    plan_market_free(market);
    plan_market_free(NULL);
    om_context_done(&ctx);
}

static void what_cannot_be_sorted_is_refused(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct plan_market *market = kit_market(2, 1, 1);
    om_memory_fail_after(1);
    assert_int_equal(plan_market_sort(&ctx, market), OM_NO_MEMORY);
    om_memory_fail_after(0);
    kit_office(market, 2, 0);
    assert_int_equal(plan_market_sort(&ctx, market), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "office 0: no such supplier or municipality");
    market->n_offices = 0;
    kit_contract(market, 0, -1);
    assert_int_equal(plan_market_sort(&ctx, market), OM_INVALID_ARGUMENT);
    market->n_contracts = 0;
    om_free(market->suppliers[1].id);
    market->suppliers[1].id = om_strdup("s00");
    assert_int_equal(plan_market_sort(&ctx, market), OM_BAD_DATA);
    assert_string_equal(ctx.message, "two suppliers have the id \"s00\"; ids must differ");
    plan_market_free(market);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offices_follow_their_suppliers_when_sorted),
        cmocka_unit_test(what_cannot_be_sorted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "kit.h"

#include "geo/memory.h"
#include "geo/status.h"

static void failure_carries_its_way_up(void **state)
{
    (void)state;
    om_context ctx = {0};
    assert_int_equal(om_fail(&ctx, OM_BAD_DATA, "line %d", 7), OM_BAD_DATA);
    assert_int_equal(om_context_add(&ctx, "%s", "stops.txt"), OM_BAD_DATA);
    assert_string_equal(ctx.message, "stops.txt: line 7");
    om_context_done(&ctx);
}

static void findings_are_counted_and_the_first_kept(void **state)
{
    (void)state;
    om_context ctx = {0};
    for (int i = 0; i < 5; i++)
        om_find(&ctx, "code_zero_padded", "row %d", i);
    assert_int_equal(om_found(&ctx, "code_zero_padded"), 5);
    assert_int_equal(om_found(&ctx, "other"), 0);
    assert_string_equal(ctx.findings[0].examples[2], "row 2");
    om_context_done(&ctx);
}

static void the_nth_allocation_fails_on_request(void **state)
{
    (void)state;
    om_memory_fail_after(2);
    void *first = om_alloc(1, 1);
    assert_non_null(first);
    assert_null(om_alloc(1, 1));
    om_memory_fail_after(0);
    om_free(first);
}

static void growing_keeps_the_old_array_on_failure(void **state)
{
    (void)state;
    size_t capacity = 0;
    int *items = om_grow(NULL, &capacity, 3, sizeof *items);
    assert_non_null(items);
    assert_true(capacity >= 3);
    om_memory_fail_after(1);
    assert_null(om_grow(items, &capacity, capacity + 1, sizeof *items));
    om_memory_fail_after(0);
    om_free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failure_carries_its_way_up),
        cmocka_unit_test(findings_are_counted_and_the_first_kept),
        cmocka_unit_test(the_nth_allocation_fails_on_request),
        cmocka_unit_test(growing_keeps_the_old_array_on_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

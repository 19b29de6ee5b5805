/* Changes to try on a plan and its market, each kind worked by hand. */
#include "kit.h"
#include "kit_planner.h"

#include "planner/changes.h"

/*
 * Five municipalities 0001 … 0005 in areas AABBC. Supplier s00 has offices in 0001 and 0003 and contracts for
 * 0001 and 0003; s01 has two offices in 0003, a closed one in 0005, and contracts for 0003 and 0004; s02 has
 * nothing.
 */
struct country {
    om_context ctx;
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
};

static int start(void **state)
{
    static struct country c;
    c = (struct country){.territory = kit_territory(5), .market = kit_market(3, 5, 4)};
    c.plan = kit_plan(c.territory, "AABBC");
    kit_office(c.market, 0, 0);
    kit_office(c.market, 0, 2);
    kit_office(c.market, 1, 2);
    kit_office(c.market, 1, 2);
    kit_office(c.market, 1, 4);
    c.market->offices[4].active = false;
    kit_contract(c.market, 0, 0);
    kit_contract(c.market, 0, 2);
    kit_contract(c.market, 1, 2);
    kit_contract(c.market, 1, 3);
    assert_int_equal(plan_market_sort(&c.ctx, c.market), OM_OK);
    *state = &c;
    return 0;
}

static int stop(void **state)
{
    struct country *c = *state;
    plan_market_free(c->market);
    plan_free(c->plan);
    plan_territory_free(c->territory);
    om_context_done(&c->ctx);
    return 0;
}

/* "AABBC", "s00:1 s00:3 …": areas have names of one letter, codes are told by their last digit. */
static void describe(const struct plan *plan, const struct plan_market *market, char letters[16],
                     char offices[128], char contracts[128])
{
    *letters = *offices = *contracts = '\0';
    for (size_t m = 0; m < plan->n; m++)
        strcat(letters, plan->areas[plan->area_of[m]].name);
    for (size_t i = 0; i < market->n_offices; i++)
        sprintf(offices + strlen(offices), "%s%s:%d", i ? " " : "",
                market->suppliers[market->offices[i].supplier].id, market->offices[i].municipality + 1);
    for (size_t i = 0; i < market->n_contracts; i++)
        sprintf(contracts + strlen(contracts), "%s%s:%d", i ? " " : "",
                market->suppliers[market->contracts[i].supplier].id, market->contracts[i].municipality + 1);
}

/* "move 0003=A; split B=0004:D" */
static om_status parsed(struct country *c, const char *texts, struct plan_changes *changes)
{
    char copy[256], *rest = copy, *item;
    om_status status = OM_OK;
    snprintf(copy, sizeof copy, "%s", texts);
    while (status == OM_OK && (item = strtok_r(NULL, ";", &rest))) {
        item += strspn(item, " ");
        char *value = strchr(item, ' ');
        *value++ = '\0';
        char where[300];
        snprintf(where, sizeof where, "--%s %s", item, value);
        status = plan_changes_parse(&c->ctx, changes, plan_change_kind_of(item), value, where);
    }
    return status;
}

#define ALL_OFFICES "s00:1 s00:3 s01:3 s01:3 s01:5"
#define ALL_CONTRACTS "s00:1 s00:3 s01:3 s01:4"

static const struct {
    const char *changes, *letters, *offices, *contracts;
} cases[] = {
    {"move 0003=A", "AAABC", ALL_OFFICES, ALL_CONTRACTS},
    {"move 0003,0004=A", "AAAAC", ALL_OFFICES, ALL_CONTRACTS},
    {"move 0003 0005=A", "AAABA", ALL_OFFICES, ALL_CONTRACTS},
    {"move 0003=A; move 0003=C", "AACBC", ALL_OFFICES, ALL_CONTRACTS},
    {"split A=0002:D", "ADBBC", ALL_OFFICES, ALL_CONTRACTS},
    {"merge A,B=D", "DDDDC", ALL_OFFICES, ALL_CONTRACTS},
    {"merge A,B=A", "AAAAC", ALL_OFFICES, ALL_CONTRACTS},
    {"merge A=C", "CCBBC", ALL_OFFICES, ALL_CONTRACTS},
    {"merge A=D", "DDBBC", ALL_OFFICES, ALL_CONTRACTS},
    {"merge A=D; split D=0001:A", "ADBBC", ALL_OFFICES, ALL_CONTRACTS},
    {"remove-supplier s00", "AABBC", "s01:3 s01:3 s01:5", "s01:3 s01:4"},
    {"remove-supplier Supplier 0", "AABBC", "s01:3 s01:3 s01:5", "s01:3 s01:4"},
    {"end-contract s01@B", "AABBC", "s00:1 s00:3 s01:5", "s00:1 s00:3"},
    {"split B=0004:D; end-contract s01@D", "AABDC", ALL_OFFICES, "s00:1 s00:3 s01:3"},
    {"remove-office s01@0003", "AABBC", "s00:1 s00:3 s01:5", ALL_CONTRACTS},
    {"add-office s02@0005", "AABBC", ALL_OFFICES " s02:5", ALL_CONTRACTS},
    {"add-office new@0001", "AABBC", "new:1 " ALL_OFFICES, ALL_CONTRACTS},
    {"add-office new@0001; remove-supplier new", "AABBC", ALL_OFFICES, ALL_CONTRACTS},
    {"rules strict; times evening", "AABBC", ALL_OFFICES, ALL_CONTRACTS},
};

static void every_kind_does_what_it_says(void **state)
{
    struct country *c = *state;
    char before[3][128], after[3][128], left[3][128];
    describe(c->plan, c->market, before[0], before[1], before[2]);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan_changes changes = {0};
        struct plan *plan = NULL;
        struct plan_market *market = NULL;
        if (parsed(c, cases[i].changes, &changes) != OM_OK ||
            plan_changes_apply(&c->ctx, &changes, c->territory, c->plan, c->market, "tried", &plan,
                               &market) != OM_OK)
            fail_msg("%s: %s", cases[i].changes, c->ctx.message);
        describe(plan, market, after[0], after[1], after[2]);
        if (strcmp(after[0], cases[i].letters) != 0 || strcmp(after[1], cases[i].offices) != 0 ||
            strcmp(after[2], cases[i].contracts) != 0)
            fail_msg("%s: %s, offices %s, contracts %s", cases[i].changes, after[0], after[1], after[2]);
        assert_string_equal(plan->name, "tried");
        describe(c->plan, c->market, left[0], left[1], left[2]); /* what it started from is as it was */
        for (int part = 0; part < 3; part++)
            assert_string_equal(left[part], before[part]);
        plan_free(plan);
        plan_market_free(market);
        plan_changes_done(&changes);
    }
}

static const struct {
    const char *changes, *message;
} errors[] = {
    {"move 3=A", "--move 3=A: municipality \"3\": needs the code of a municipality, such as 0001"},
    {"move 0003=D", "--move 0003=D: to \"D\": needs an area of the plan: A, B, C"},
    {"move 0001=A", "--move 0001=A: municipality \"0001\": needs a municipality that is not in the area yet"},
    {"move 0001", "--move 0001: \"0001\" is not of the form CODE,…=AREA"},
    {"move =A", "--move =A: a change \"move\" needs a value for \"municipality\""},
    {"move ,=A", "municipality \",\": needs at least one"},
    {"merge A,B=C; move 0003=A", "to \"A\": needs an area of the plan: C"},
    {"split D=0001:E", "area \"D\": needs an area of the plan: A, B, C"},
    {"split A=0003:E", "municipality \"0003\": needs a municipality of the area; this one is in \"B\""},
    {"split A=0001:B", "to \"B\": needs a name that no area of the plan has"},
    {"split A=0001,0002:E", "needs some municipalities of the area, not all of them"},
    {"merge A,X=Y", "area \"X\": needs an area of the plan: A, B, C"},
    {"merge A=A", "to \"A\": needs another name"},
    {"remove-supplier s09", "supplier \"s09\": needs the id of a supplier, such as s00"},
    {"remove-supplier s02", "supplier \"s02\": needs a supplier that has an office or a contract"},
    {"end-contract s00@C", "area \"C\": needs an area where the supplier has a contract or an office"},
    {"end-contract s00@D", "area \"D\": needs an area of the plan: A, B, C"},
    {"remove-office s00@0002",
     "municipality \"0002\": needs a municipality where the supplier has an office"},
    {"add-office s00@9", "municipality \"9\": needs the code of a municipality, such as 0001"},
};

static void errors_say_what_would_be_right(void **state)
{
    struct country *c = *state;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct plan_changes changes = {0};
        struct plan *plan = NULL;
        struct plan_market *market = NULL;
        om_status status = parsed(c, errors[i].changes, &changes);
        if (status == OM_OK)
            status = plan_changes_apply(&c->ctx, &changes, c->territory, c->plan, c->market, "tried", &plan,
                                        &market);
        if (status != OM_BAD_DATA || !strstr(c->ctx.message, errors[i].message))
            fail_msg("%s: %d, %s", errors[i].changes, (int)status, c->ctx.message);
        assert_null(plan);
        assert_null(market);
        plan_changes_done(&changes);
    }
}

static void a_field_that_means_nothing_is_refused(void **state)
{
    struct country *c = *state;
    struct plan_changes changes = {0};
    const char *fields[PLAN_CHANGE_FIELDS] = {[PLAN_CHANGE_SUPPLIER] = "s00", [PLAN_CHANGE_TO] = "A"};
    assert_int_equal(plan_changes_add(&c->ctx, &changes, PLAN_CHANGE_REMOVE_SUPPLIER, fields, "line 2"),
                     OM_BAD_DATA);
    assert_non_null(
        strstr(c->ctx.message, "line 2: to \"A\" has no meaning for a change \"remove-supplier\""));
    plan_changes_done(&changes);
}

static void a_change_is_written_as_it_is_read(void **state)
{
    struct country *c = *state;
    static const char *const texts[] = {"split A=0001,0002:D=E", "end-contract s00@B:C", "rules a=b.ini"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct plan_changes changes = {0};
        assert_int_equal(parsed(c, texts[i], &changes), OM_OK);
        char *text = plan_change_text(&changes.items[0]);
        assert_string_equal(text, strchr(texts[i], ' ') + 1);
        om_free(text);
        plan_changes_done(&changes);
    }
}

static void permission_to_be_in_pieces_goes_with_the_area(void **state)
{
    struct country *c = *state;
    struct plan_changes changes = {0};
    struct plan *plan = NULL;
    struct plan_market *market = NULL;
    c->plan->areas[0].may_be_discontiguous = true;
    assert_int_equal(parsed(c, "merge A,C=D; split B=0004:E", &changes), OM_OK);
    assert_int_equal(
        plan_changes_apply(&c->ctx, &changes, c->territory, c->plan, c->market, "tried", &plan, &market),
        OM_OK);
    static const bool expected[] = {false, true, false}; /* B, D, E */
    for (size_t a = 0; a < 3; a++)
        assert_int_equal(plan->areas[a].may_be_discontiguous, expected[a]);
    plan_free(plan);
    plan_market_free(market);
    plan_changes_done(&changes);
}

static void running_out_of_memory_is_reported(void **state)
{
    struct country *c = *state;
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 500);
        struct plan_changes changes = {0};
        struct plan *plan = NULL;
        struct plan_market *market = NULL;
        om_memory_fail_after(n);
        status = parsed(c, "split A=0002:D; merge B,C=E; add-office new@0001; end-contract s01@E", &changes);
        if (status == OM_OK)
            status = plan_changes_apply(&c->ctx, &changes, c->territory, c->plan, c->market, "tried", &plan,
                                        &market);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        plan_free(plan);
        plan_market_free(market);
        plan_changes_done(&changes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_does_what_it_says, start, stop),
        cmocka_unit_test_setup_teardown(errors_say_what_would_be_right, start, stop),
        cmocka_unit_test_setup_teardown(a_field_that_means_nothing_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_change_is_written_as_it_is_read, start, stop),
        cmocka_unit_test_setup_teardown(permission_to_be_in_pieces_goes_with_the_area, start, stop),
        cmocka_unit_test_setup_teardown(running_out_of_memory_is_reported, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The command, on the bundled Sweden without travel times: only the own municipality is within reach. */
#include "kit.h"

#include "golden.h"

#include "geo/memory.h"

#include <jansson.h>

static char *folder;

static int folder_enter(void **state)
{
    (void)state;
    char *output;
    folder = kit_folder();
    int code = kit_run(&output, "%s new %s/sweden.gpkg 2>&1", kit_tool(), folder);
    if (code)
        printf("%s\n", output);
    free(output);
    return code;
}

static int folder_leave(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static json_t *proposed(const char *project, const char *arguments)
{
    char *output;
    int code = kit_run(&output, "cp %s/sweden.gpkg %s/%s && %s propose %s/%s --json %s 2>/dev/null", folder,
                       folder, project, kit_tool(), folder, project, arguments);
    if (code)
        fail_msg("exit %d: %s", code, output);
    json_t *document = json_loads(output, 0, NULL);
    assert_non_null(document);
    free(output);
    return document;
}

static void fails(int wanted_code, const char *wanted, const char *arguments)
{
    char *output;
    int code =
        kit_run(&output, "%s propose %s/sweden.gpkg %s 2>&1 >/dev/null", kit_tool(), folder, arguments);
    assert_int_equal(code, wanted_code);
    if (!strstr(output, wanted))
        fail_msg("\"%s\" is not in: %s", wanted, output);
    free(output);
}

static double goal(const json_t *score, const char *name)
{
    return json_number_value(json_object_get(score, name));
}

static void proposals_are_kept_with_their_scores(void **state)
{
    (void)state;
    json_t *document = proposed("a.gpkg", "--from county --steps 40000 --plans 2");
    const json_t *proposals = json_object_get(document, "proposals");
    const json_t *best = json_object_get(json_array_get(proposals, 0), "score");
    const json_t *start = json_object_get(json_object_get(document, "start"), "score");
    assert_int_equal(json_array_size(proposals), 2);
    assert_int_equal(json_integer_value(json_object_get(document, "steps")), 40000);
    assert_string_equal(json_string_value(json_object_get(json_array_get(proposals, 1), "plan")),
                        "proposal-2");
    assert_true(goal(best, "violation") == 0);
    assert_true(goal(best, "without_choice") <= goal(start, "without_choice"));
    assert_true(goal(best, "misaligned") < goal(start, "misaligned"));
    assert_int_equal(json_array_size(json_object_get(document, "breaches")), 0);
    char *output;
    int code = kit_run(&output, "%s evaluate %s/a.gpkg --plan proposal-1 --json", kit_tool(), folder);
    assert_int_equal(code, 0);
    json_t *judged = json_loads(output, 0, NULL);
    const json_t *by_status = json_object_get(json_object_get(judged, "headline"), "job_seekers_by_status");
    assert_true(goal(by_status, "limited") + goal(by_status, "none") == goal(best, "without_choice"));
    free(output);
    json_decref(judged);
    json_decref(document);
}

static void equal_seeds_give_equal_documents(void **state)
{
    (void)state;
    setenv("OMP_NUM_THREADS", "1", 1);
    json_t *x = proposed("b.gpkg", "--from fa2005 --steps 20000 --seed 9");
    setenv("OMP_NUM_THREADS", "3", 1);
    json_t *y = proposed("c.gpkg", "--from fa2005 --steps 20000 --seed 9");
    assert_true(json_equal(x, y));
    json_decref(x);
    json_decref(y);
}

static void single_municipalities_become_areas(void **state)
{
    (void)state;
    json_t *document =
        proposed("d.gpkg", "--from municipalities --areas 80 --steps 100000 --plans 1 --name own");
    const json_t *plan = json_object_get(document, "plan");
    assert_string_equal(json_string_value(json_object_get(plan, "name")), "own-1");
    assert_int_equal(json_integer_value(json_object_get(plan, "areas")), 80);
    json_decref(document);
}

/* The text of a search, up to the comparison that other golden files hold. */
static void expect_text(const char *golden, const char *arguments, const char *first, const char *last)
{
    char *output;
    int code = kit_run(&output, "cp %s/sweden.gpkg %s/text.gpkg && %s propose %s/text.gpkg -q %s", folder,
                       folder, kit_tool(), folder, arguments);
    if (code)
        fail_msg("exit %d: %s", code, output);
    kit_golden_part(golden, output, first, last);
    free(output);
}

static void texts_are_as_agreed(void **state)
{
    (void)state;
    char *crowded = strdup(kit_path(folder, "crowded.ini"));
    kit_write(crowded,
              "[search]\nmin_areas = 12\nmax_areas = 12\nmin_job_seekers = 9000\nmax_region_pieces = 4\n");
    char *arguments = om_format("--from county --steps 60 --seed 2 --rules %s", crowded);
    expect_text("proposal.txt", "--from county --steps 20000 --seed 3 --plans 2", "Proposals",
                "Before county");
    expect_text("proposal-sv.txt", "--from county --steps 20000 --seed 3 --plans 2 --lang sv", "Förslag",
                "Före county");
    expect_text("proposal-breaches.txt", arguments, "Proposals", "\nGoal");
    om_free(arguments);
    free(crowded);
}

/* One step does not make 21 areas 12. */
static void what_breaks_limits_no_less_is_not_kept(void **state)
{
    (void)state;
    char *output;
    fails(1, "  21 areas, the limit is 12: 9 off", "--from county --areas 12 --steps 1 --name poor");
    fails(1, "nothing is stored", "--from county --areas 12 --steps 1 --name poor");
    assert_int_equal(kit_run(&output, "%s evaluate %s/sweden.gpkg --plan poor-1 2>&1", kit_tool(), folder),
                     1);
    free(output);
}

static void wrong_questions_are_answered_clearly(void **state)
{
    (void)state;
    fails(2, "--from", "");
    fails(1, "no kind of regions \"fa1999\"", "--from fa1999");
    fails(1, "--lock 9999", "--from county --lock 9999");
    fails(1, "min_areas = 400", "--from county --areas 400");
    char *output;
    assert_int_equal(
        kit_run(&output, "%s propose %s/a.gpkg --from county --steps 10 2>&1", kit_tool(), folder), 1);
    assert_non_null(strstr(output, "proposal-1"));
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proposals_are_kept_with_their_scores),
        cmocka_unit_test(equal_seeds_give_equal_documents),
        cmocka_unit_test(single_municipalities_become_areas),
        cmocka_unit_test(texts_are_as_agreed),
        cmocka_unit_test(what_breaks_limits_no_less_is_not_kept),
        cmocka_unit_test(wrong_questions_are_answered_clearly),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}

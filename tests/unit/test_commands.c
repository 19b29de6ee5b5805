/* Each command on the bundled Sweden: what it prints, where, with which exit code, and what it leaves behind.
 */
#include "kit.h"

#include <dirent.h>
#include <jansson.h>

static char *folder;

/* Runs omland in the test's folder; the output is freed by the caller. */
static int run(char **output, const char *arguments)
{
    return kit_run(output, "cd '%s' && '%s' %s", folder, kit_tool(), arguments);
}

static void expect(int code, const char *arguments, const char *says)
{
    char *output = NULL;
    char with_errors[1024];
    snprintf(with_errors, sizeof with_errors, "%s 2>&1", arguments);
    int got = run(&output, with_errors);
    if (got != code || !strstr(output, says))
        fail_msg("omland %s: exit %d, wanted %d; said:\n%s\nwanted: %s", arguments, got, code, output, says);
    free(output);
}

static json_t *json_of(const char *arguments)
{
    char *output = NULL;
    json_error_t error;
    int code = run(&output, arguments);
    json_t *document = json_loads(output, 0, &error);
    if (code != 0 || !document)
        fail_msg("omland %s: exit %d, line %d: %s\n%.300s", arguments, code, error.line, error.text, output);
    free(output);
    return document;
}

static size_t files_in(const char *path)
{
    size_t n = 0;
    DIR *opened = opendir(path);
    assert_non_null(opened);
    for (struct dirent *entry; (entry = readdir(opened));)
        n += entry->d_name[0] != '.';
    closedir(opened);
    return n;
}

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    expect(0, "new p.gpkg", "");
    expect(0, "times p.gpkg --feed bundled", "the busiest weekday of the timetable");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void outputs_are_not_replaced_unasked(void **state)
{
    (void)state;
    expect(1, "new p.gpkg", "p.gpkg");
    expect(0, "export p.gpkg out.gpkg --plan fa2015", "");
    expect(1, "export p.gpkg out.gpkg --plan fa2015", "out.gpkg");
    expect(0, "export p.gpkg out.gpkg --plan fa2015 --overwrite", "");
}

static void feeds_are_remembered(void **state)
{
    (void)state;
    expect(0, "times p.gpkg --profile evening --from 17:00 --until 18:00", "travel times 'evening'");
    expect(0, "new none.gpkg --empty", "");
    expect(1, "times none.gpkg", "name one with --feed");
}

static void a_plan_is_judged(void **state)
{
    (void)state;
    expect(0, "evaluate p.gpkg --plan fa2015 2>/dev/null", "Plan fa2015: 290 municipalities in 60 areas");
    expect(0, "evaluate p.gpkg --plan fa2015 --lang sv 2>/dev/null",
           "Plan fa2015: 290 kommuner i 60 områden");
    expect(1, "evaluate p.gpkg", "name one with --plan: ");
    expect(1, "evaluate p.gpkg --plan fa1999", "fa2005");
    expect(3, "evaluate p.gpkg --plan fa2015 --fail-on none", "");
    expect(3, "gaps p.gpkg --plan fa2015 --fail-on limited", "");
    expect(0, "gaps p.gpkg --plan fa2015 2>/dev/null", "In-house");
}

static size_t lines_of(const char *arguments)
{
    char *output = NULL;
    size_t n = 0;
    assert_int_equal(run(&output, arguments), 0);
    for (const char *c = output; *c; c++)
        n += *c == '\n';
    free(output);
    return n;
}

static void seventy_two_areas_and_eighty_one_in_one_screen(void **state)
{
    (void)state;
    expect(0, "compare p.gpkg fa2005 omland81 2>/dev/null",
           "Before fa2005 in 72 areas, after omland81 in 81 areas");
    expect(0, "compare p.gpkg fa2005 omland81 --lang sv 2>/dev/null", "Kommuner som förlorar");
    assert_in_range(lines_of("compare p.gpkg fa2005 omland81 2>/dev/null"), 20, 62);
    expect(1, "compare p.gpkg fa2005 fa1999", "fa2015");
    expect(2, "compare p.gpkg fa2005", "too few arguments");
}

/* Each municipality is in one transition; each area before and after in one family. */
static void every_municipality_and_area_is_accounted_for(void **state)
{
    (void)state;
    json_t *document = json_of("compare p.gpkg fa2005 omland81 --json 2>/dev/null"), *item;
    size_t i, n_before = 0, n_after = 0, n_moved = 0, n_flowed = 0;
    json_int_t n = 0;
    json_array_foreach(json_object_get(document, "transitions"), i, item) n +=
        json_integer_value(json_object_get(item, "municipalities"));
    assert_int_equal(n, 290);
    json_array_foreach(json_object_get(document, "families"), i, item)
    {
        n_before += json_array_size(json_object_get(item, "before"));
        n_after += json_array_size(json_object_get(item, "after"));
        n_moved += (size_t)json_integer_value(json_object_get(item, "municipalities_moved"));
    }
    json_array_foreach(json_object_get(document, "flows"), i, item) n_flowed +=
        json_array_size(json_object_get(item, "municipalities"));
    assert_int_equal(n_before, 72);
    assert_int_equal(n_after, 81);
    assert_int_equal(n_moved, n_flowed);
    json_decref(document);
}

static void what_changed_can_be_exported(void **state)
{
    (void)state;
    expect(0, "export p.gpkg change.csv --plan omland81 --against fa2005", "");
    char *changes = kit_read(kit_path(folder, "change_changes.csv"));
    assert_non_null(strstr(changes, "Essunga,lost,"));
    free(changes);
    expect(2, "export p.gpkg other.csv --against fa2005",
           "--against compares with the plan that --plan names");
}

static char *hash_of_project(void)
{
    char *hash = NULL;
    assert_int_equal(kit_run(&hash, "cd '%s' && sha256sum p.gpkg", folder), 0);
    return hash;
}

static void a_what_if_leaves_the_project_as_it_was(void **state)
{
    (void)state;
    char *before = hash_of_project();
    expect(0, "whatif p.gpkg --plan omland81 --move 1445=Göteborg 2>/dev/null",
           "Area Göteborg does not hang together: Essunga lies apart from the rest");
    expect(0, "whatif p.gpkg --plan omland81 --remove-supplier S001 --times evening --lang sv 2>/dev/null",
           "1. En leverantör lämnar: S001\n2. ");
    expect(1, "whatif p.gpkg --plan omland81 --save-as none --remove-supplier S001", "no change is to areas");
    expect(1, "whatif p.gpkg --plan omland81 --move 1445=Here", "to \"Here\": needs an area of the plan:");
    expect(1, "whatif p.gpkg --plan omland81 --times night", "evening");
    expect(2, "whatif p.gpkg --plan omland81", "give a change, such as --move CODE=AREA");
    char *after = hash_of_project();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void changes_in_a_file_equal_those_of_options(void **state)
{
    (void)state;
    char *options = NULL, *file = NULL;
    kit_write(kit_path(folder, "changes.csv"), "Ändring;Leverantör;Kommun;Område;Till\n"
                                               "split;;2560 2581;Luleå;Piteå\n"
                                               "move;;114 Upplands Väsby;;Uppsala\n" /* without its zero */
                                               "merge;;;Örebro, Karlskoga;Mitten\n"
                                               "end-contract;S001;;Mitten;\n"
                                               "add-office;ny;2518;;\n");
    assert_int_equal(run(&options, "whatif p.gpkg --plan omland81 --split Luleå=2560,2581:Piteå --move "
                                   "0114=Uppsala --merge Örebro,Karlskoga=Mitten --end-contract S001@Mitten "
                                   "--add-office ny@2518 --json -q | grep result_sha256"),
                     0);
    assert_int_equal(
        run(&file, "whatif p.gpkg --plan omland81 --changes changes.csv --json -q | grep result_sha256"), 0);
    assert_string_equal(options, file);
    free(options);
    free(file);
    kit_write(kit_path(folder, "wrong.csv"),
              "change,municipality,to\nmove,0114,Uppsala\nmove,9999,Uppsala\n");
    expect(1, "whatif p.gpkg --plan omland81 --changes wrong.csv",
           "wrong.csv, line 3, municipality: \"9999\"; needs municipalities of the project");
    kit_write(kit_path(folder, "wrong.csv"), "change,municipality,to\nmvoe,0114,Uppsala\n");
    expect(1, "whatif p.gpkg --plan omland81 --changes wrong.csv",
           "wrong.csv, line 2, change: \"mvoe\"; needs one of: move split");
}

static void areas_of_a_what_if_can_be_kept(void **state)
{
    (void)state;
    expect(0, "whatif p.gpkg --plan omland81 --move 1445=Skövde-Skara --remove-supplier S001 --save-as moved",
           "saved plan moved\nnot saved, since a plan holds only areas: remove-supplier S001");
    expect(1, "whatif p.gpkg --plan omland81 --move 1445=Skövde-Skara --save-as moved",
           "--overwrite replaces it");
    json_t *document = json_of("compare p.gpkg omland81 moved --json 2>/dev/null"), *flow;
    assert_int_equal(json_array_size(json_object_get(document, "flows")), 1);
    flow = json_array_get(json_object_get(document, "flows"), 0);
    assert_string_equal(json_string_value(json_object_get(flow, "to_area")), "Skövde-Skara");
    assert_non_null(strstr(json_string_value(json_object_get(document, "notice")), "the plan"));
    json_decref(document);
}

static void json_is_json(void **state)
{
    (void)state;
    json_t *evaluation = json_of("evaluate p.gpkg --plan county --json 2>/dev/null");
    assert_int_equal(json_array_size(json_object_get(evaluation, "municipalities")), 290);
    assert_int_equal(json_array_size(json_object_get(evaluation, "areas")), 21);
    json_decref(evaluation);
    json_decref(json_of("gaps p.gpkg --plan county --json 2>/dev/null"));
    json_t *info = json_of("info p.gpkg --json 2>/dev/null");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(info, "rows"), "municipality")), 290);
    json_decref(info);
}

static void equal_runs_print_equal_bytes(void **state)
{
    (void)state;
    char *once = NULL, *again = NULL;
    assert_int_equal(run(&once, "evaluate p.gpkg --plan fa2005 --json 2>/dev/null"), 0);
    assert_int_equal(run(&again, "evaluate p.gpkg --plan fa2005 --json 2>/dev/null"), 0);
    assert_string_equal(once, again);
    free(once);
    free(again);
}

static void a_sparse_municipality_is_under_half_the_mean(void **state)
{
    (void)state;
    json_t *evaluation = json_of("evaluate p.gpkg --plan fa2015 --json 2>/dev/null");
    const json_t *headline = json_object_get(evaluation, "headline");
    assert_int_equal(json_integer_value(json_object_get(headline, "sparse_municipalities")), 71);
    json_decref(evaluation);
}

static void results_say_what_is_not_real(void **state)
{
    (void)state;
    expect(0, "evaluate p.gpkg --plan fa2015 2>/dev/null", "Not real but synthetic");
    expect(0, "gaps p.gpkg --plan fa2015 2>/dev/null", "Not real but synthetic");
    expect(0, "info p.gpkg", "synthetic");
}

static void a_wrong_import_changes_nothing(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "plan.csv"), "municipality_code,area_name\n0114,A\n0114,B\n");
    expect(1, "import p.gpkg plan plan.csv --name mine", "0114");
    expect(1, "evaluate p.gpkg --plan mine", "mine");
    expect(2, "import p.gpkg weather plan.csv", "'weather' is no kind of data");
    expect(2, "import p.gpkg plan plan.csv --map code", "not of the form FIELD=COLUMN");
    expect(0, "import --help", "KIND is one of these");
}

static void streams_stand_for_files(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "links.csv"), "from_code,to_code,note\n0980,0182,ferry\n");
    expect(0, "import p.gpkg links - <links.csv", "");
    kit_write(kit_path(folder, "points.csv"), "id,lon,lat\nA,18.06,59.33\nB,17.64,59.86\n");
    expect(0, "demo d -q >/dev/null", "");
    expect(0, "times d/timetable.zip --points - -o - -q <points.csv", "from,to,journeys,fastest_s");
    expect(0, "feed bundled", "bundled\n\nValid from");
    expect(0, "times d/timetable.zip --points points.csv --modes rail,bus", "from,to,journeys,fastest_s");
    expect(0, "times d/timetable.zip --points points.csv --modes ferry -q", "A,B,0,");
    expect(1, "times d/timetable.zip --points points.csv --modes rail,boat",
           "\"boat\" is no means of transport; there are tram, metro, rail");
    json_t *matrix = json_of("times d/timetable.zip --points points.csv --json -q");
    assert_int_equal(json_array_size(matrix), 2);
    json_decref(matrix);
}

static void the_demonstration_leaves_three_files(void **state)
{
    (void)state;
    expect(0, "demo shown", "Try next:");
    assert_int_equal(files_in(kit_path(folder, "shown")), 3);
    expect(1, "demo shown", "--overwrite");
    expect(0, "demo shown --overwrite --lang sv", "Prova sedan:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_are_not_replaced_unasked),
        cmocka_unit_test(feeds_are_remembered),
        cmocka_unit_test(a_plan_is_judged),
        cmocka_unit_test(seventy_two_areas_and_eighty_one_in_one_screen),
        cmocka_unit_test(every_municipality_and_area_is_accounted_for),
        cmocka_unit_test(what_changed_can_be_exported),
        cmocka_unit_test(a_what_if_leaves_the_project_as_it_was),
        cmocka_unit_test(changes_in_a_file_equal_those_of_options),
        cmocka_unit_test(areas_of_a_what_if_can_be_kept),
        cmocka_unit_test(json_is_json),
        cmocka_unit_test(equal_runs_print_equal_bytes),
        cmocka_unit_test(a_sparse_municipality_is_under_half_the_mean),
        cmocka_unit_test(results_say_what_is_not_real),
        cmocka_unit_test(a_wrong_import_changes_nothing),
        cmocka_unit_test(streams_stand_for_files),
        cmocka_unit_test(the_demonstration_leaves_three_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

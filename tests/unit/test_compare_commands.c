/* Plans compared and changes tried on the bundled Sweden, from the command line. */
#include "commands.h"

#include <sqlite3.h>

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    expect(0, "new p.gpkg", "");
    expect(0, "times p.gpkg --feed bundled", "");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static size_t lines_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void seventy_two_areas_and_eighty_one_in_one_screen(void **state)
{
    (void)state;
    char *output =
        expect_all(0, "compare p.gpkg fa2005 omland81 2>/dev/null",
                   (const char *const[]){"Before fa2005 in 72 areas, after omland81 in 81 areas", NULL});
    assert_in_range(lines_of(output), 20, 62);
    free(output);
    expect(0, "compare p.gpkg fa2005 omland81 --lang sv 2>/dev/null", "Kommuner som förlorar");
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
    expect(0, "whatif p.gpkg --plan omland81 --remove-supplier S001 --times morning --lang sv 2>/dev/null",
           "1. En leverantör lämnar: S001\n2. ");
    expect(0, "whatif p.gpkg --plan omland81 --remove-supplier S002 --export tried.csv -q", "");
    char *changes = kit_read(kit_path(folder, "tried_changes.csv"));
    assert_non_null(strstr(changes, "Ånge,lost,"));
    free(changes);
    expect(1, "whatif p.gpkg --plan omland81 --remove-supplier S002 --export tried.csv",
           "--overwrite replaces it");
    expect(1, "whatif p.gpkg --plan omland81 --save-as none --remove-supplier S001", "no change is to areas");
    expect(1, "whatif p.gpkg --plan omland81 --move 1445=Here", "to \"Here\": needs an area of the plan:");
    expect(1, "whatif p.gpkg --plan omland81 --times night", "there are: morning");
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

static void an_unfinished_plan_is_tried_and_its_hole_named(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(kit_run(&output, "grep -v '^0980\\|^2584' '%s' >'%s'",
                             kit_source("datasets/sweden/omland81.csv"), kit_path(folder, "hole.csv")),
                     0);
    free(output);
    expect(1, "import p.gpkg plan hole.csv", "in no area: 0980, 2584");
    expect(0, "import p.gpkg plan hole.csv --unfinished",
           "in no area yet, and shown as \"(in no area)\": 0980, 2584");
    free(expect_all(
        0, "evaluate p.gpkg --plan hole",
        (const char *const[]){"In no area yet, so that nobody serves them: 0980 Gotland, 2584 Kiruna",
                              "290 municipalities in 79 areas", NULL}));
    expect(1, "propose p.gpkg --from hole", "in none are: 0980, 2584");
    json_t *document = json_of("gaps p.gpkg --plan hole --json 2>/dev/null");
    assert_int_equal(json_array_size(json_object_get(json_object_get(document, "plan"), "in_no_area")), 2);
    json_decref(document);
    document = json_of("evaluate p.gpkg --plan hole --json 2>/dev/null");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(document, "plan"), "areas")), 79);
    assert_int_equal(json_array_size(json_object_get(document, "areas")), 79);
    json_decref(document);
    expect(0,
           "whatif p.gpkg --plan hole --split '(in no area)=0980:Gotland' --merge '(in no area)=Kiruna' "
           "--save-as whole",
           "saved plan whole");
    expect(0, "compare p.gpkg omland81 whole", "The areas are the same.");
}

static int number_in_project(const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(kit_path(folder, "p.gpkg"), &database, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int number = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

static void a_comparison_is_stored_until_the_next_result(void **state)
{
    (void)state;
    static const char changes[] = "SELECT count(*) FROM gpkg_contents WHERE table_name = 'result_changes'";
    static const char styles[] = "SELECT count(*) FROM layer_styles WHERE f_table_name = 'result_changes'";
    expect(0, "compare p.gpkg fa2005 omland81 -q", "");
    assert_int_equal(number_in_project(changes), 1);
    assert_int_equal(number_in_project(styles), 2);
    assert_int_equal(number_in_project("SELECT count(*) FROM result_changes WHERE change = 'gained'"), 1);
    assert_true(number_in_project("SELECT count(*) FROM run WHERE plan = 'fa2005 → omland81'") > 0);
    expect(0, "evaluate p.gpkg --plan fa2005 -q", "");
    assert_int_equal(number_in_project(changes), 0);
    assert_int_equal(number_in_project(styles), 0);
}

static void equal_comparisons_are_equal_bytes(void **state)
{
    (void)state;
    char *first = NULL, *second = NULL;
    run(&first, "compare p.gpkg fa2005 omland81 --json -q");
    run(&second, "compare p.gpkg fa2005 omland81 --json -q");
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void other_rules_are_tried_and_not_kept(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "one.ini"), "[choice]\nmin_suppliers = 1\n");
    int n_rules = number_in_project("SELECT count(*) FROM ruleset");
    expect(0, "whatif p.gpkg --plan omland81 --rules one.ini 2>/dev/null", "Rules one: at least 1 suppliers");
    /* with one supplier as a choice there is nothing between none and choice */
    json_t *document = json_of("whatif p.gpkg --plan omland81 --rules one.ini --json 2>/dev/null"), *item;
    size_t i;
    json_array_foreach(json_object_get(document, "transitions"), i, item)
    {
        const char *after = json_string_value(json_object_get(item, "after"));
        if (strcmp(after, "limited") == 0)
            assert_int_equal(json_integer_value(json_object_get(item, "municipalities")), 0);
    }
    json_decref(document);
    assert_int_equal(number_in_project("SELECT count(*) FROM ruleset"), n_rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seventy_two_areas_and_eighty_one_in_one_screen),
        cmocka_unit_test(every_municipality_and_area_is_accounted_for),
        cmocka_unit_test(what_changed_can_be_exported),
        cmocka_unit_test(a_what_if_leaves_the_project_as_it_was),
        cmocka_unit_test(changes_in_a_file_equal_those_of_options),
        cmocka_unit_test(areas_of_a_what_if_can_be_kept),
        cmocka_unit_test(a_comparison_is_stored_until_the_next_result),
        cmocka_unit_test(equal_comparisons_are_equal_bytes),
        cmocka_unit_test(other_rules_are_tried_and_not_kept),
        cmocka_unit_test(an_unfinished_plan_is_tried_and_its_hole_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

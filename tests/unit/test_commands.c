/* Each command on the bundled Sweden: what it prints, where, with which exit code, and what it leaves behind.
 */
#include "commands.h"

#include <sqlite3.h>

#include <dirent.h>

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
    expect(0, "times p.gpkg --profile evening --from 17:00 --until 18:00 --arrive-by",
           "travel times 'evening'");
    expect(0, "new none.gpkg --empty", "");
    expect(1, "times none.gpkg", "name one with --feed");
}

static void a_plan_is_judged(void **state)
{
    (void)state;
    free(
        expect_all(0, "evaluate p.gpkg --plan fa2015 2>/dev/null",
                   (const char *const[]){"Plan fa2015: 290 municipalities in 60 areas",
                                         ": there between 17:00 and 18:00", "Not real but synthetic", NULL}));
    free(expect_all(0, "evaluate p.gpkg --plan fa2015 --lang sv 2>/dev/null",
                    (const char *const[]){"Plan fa2015: 290 kommuner i 60 områden",
                                          ": framme mellan 17:00 och 18:00", NULL}));
    expect(1, "evaluate p.gpkg", "name one with --plan: ");
    expect(1, "evaluate p.gpkg --plan fa1999", "fa2005");
    expect(3, "evaluate p.gpkg --plan fa2015 --fail-on none", "");
    expect(3, "gaps p.gpkg --plan fa2015 --fail-on limited", "");
    free(expect_all(0, "gaps p.gpkg --plan fa2015 2>/dev/null",
                    (const char *const[]){"In-house", "Not real but synthetic", NULL}));
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
    expect(0, "info p.gpkg", "synthetic");
}

static void in_house_sites_are_chosen(void **state)
{
    (void)state;
    expect(0, "sites p.gpkg --plan fa2015 2>/dev/null", "In-house sites that cover every need: ");
    expect(0, "sites p.gpkg --plan fa2015 --most 1 --force 0180 --lang sv 2>/dev/null",
           "Stockholm (given på förhand)");
    expect(1, "sites p.gpkg --plan fa2015 --forbid 9999",
           "--forbid 9999: there is no municipality with this code");
    expect(2, "sites p.gpkg --plan fa2015 --times-covered 0", "times-covered");
    kit_write(kit_path(folder, "offices.csv"), "kommun,use\n2580,forced\n2480,\n");
    json_t *sites = json_of("sites p.gpkg --plan fa2015 --candidates offices.csv --json 2>/dev/null");
    assert_true(json_is_true(json_object_get(sites, "proven")));
    assert_true(json_array_size(json_object_get(sites, "unserved")) > 0);
    json_decref(sites);
}

static json_t *only_site(const char *candidates, const char *more)
{
    char command[256];
    kit_write(kit_path(folder, "candidates.csv"), candidates);
    snprintf(command, sizeof command,
             "sites p.gpkg --plan county --candidates candidates.csv %s --json 2>/dev/null", more);
    json_t *document = json_of(command);
    assert_int_equal(json_array_size(json_object_get(document, "sites")), 1);
    return document;
}

/* Sites of that name which are no municipality's, with a geometry, in the layers of the project. */
static int stored_places(const char *name)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(kit_path(folder, "p.gpkg"), &database, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(database,
                           "SELECT count(*) FROM result_sites WHERE name = ?1 AND code IS NULL AND "
                           "geom IS NOT NULL",
                           -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int n = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return n;
}

/* A place at the seat of Norsjö is as far from everywhere as the seat. */
static void a_place_of_ones_own_is_a_site(void **state)
{
    (void)state;
    json_t *seat = only_site("kommun\n2417\n", ""),
           *own = only_site("name,lon,lat\nEget,19.4810,64.9153\n", "--force Eget");
    const json_t *site = json_array_get(json_object_get(own, "sites"), 0);
    assert_true(json_is_null(json_object_get(site, "municipality")));
    assert_true(json_is_true(json_object_get(site, "forced")));
    assert_string_equal(json_string_value(json_object_get(site, "name")), "Eget");
    assert_true(json_array_size(json_object_get(site, "serves")) > 0);
    const json_t *of_seat = json_array_get(json_object_get(seat, "sites"), 0);
    assert_true(json_equal(json_object_get(site, "serves"), json_object_get(of_seat, "serves")));
    json_decref(own);
    json_decref(seat);
    assert_int_equal(stored_places("Eget"), 1);
    own = only_site("name,lon,lat\nEget,19.4810,64.9153\n", "--capacity 100");
    site = json_array_get(json_object_get(own, "sites"), 0);
    assert_int_equal(json_array_size(json_object_get(site, "serves")), 1);
    json_decref(own);
    expect(1, "sites p.gpkg --plan county --candidates candidates.csv --feed other.zip",
           "places of one's own need a timetable, which --feed FEED names: ");
}

static void what_a_plan_withstands_is_told(void **state)
{
    (void)state;
    const char *exits = "robust p.gpkg --plan fa2005 --exits 94 --draws 500 2>/dev/null";
    char *once = NULL, *again = NULL;
    expect(0, exits, "If 94 of ");
    expect(1, "robust p.gpkg --plan fa2005 --exits 100000", "100000 contracts cannot end: there are ");
    assert_int_equal(kit_run(&once, "cd '%s' && OMP_NUM_THREADS=1 '%s' %s", folder, kit_tool(), exits), 0);
    assert_int_equal(kit_run(&again, "cd '%s' && OMP_NUM_THREADS=3 '%s' %s", folder, kit_tool(), exits), 0);
    assert_string_equal(once, again);
    free(once);
    free(again);
    json_t *robust = json_of("robust p.gpkg --plan fa2005 --json 2>/dev/null");
    const json_t *random = json_object_get(robust, "random_exits");
    double low = json_number_value(json_object_get(json_object_get(random, "job_seekers_lose_choice"), "p5"));
    double high =
        json_number_value(json_object_get(json_object_get(random, "job_seekers_lose_choice"), "p95"));
    assert_true(0 <= low && low < high);
    assert_int_equal(json_array_size(json_object_get(robust, "municipalities")), 290);
    json_decref(robust);
}

static void equal_runs_print_equal_bytes(void **state)
{
    (void)state;
    static const char evaluate[] = "evaluate p.gpkg --plan fa2015 --json 2>/dev/null";
    char *once = expect_all(0, evaluate, (const char *const[]){"\"arrive_by\": true", NULL});
    char *again = expect_all(0, evaluate, (const char *const[]){"\"sparse_municipalities\": 71", NULL});
    assert_string_equal(once, again);
    free(once);
    free(again);
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

static void the_demonstration_leaves_three_files(void **state)
{
    (void)state;
    expect(0, "demo shown", "Try next:");
    assert_int_equal(files_in(kit_path(folder, "shown")), 3);
    expect(1, "demo shown", "--overwrite");
    expect(0, "demo shown --overwrite --lang sv", "Prova sedan:");
}

/* With the timetable of the demonstration. */
static void streams_stand_for_files(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "links.csv"), "from_code,to_code,note\n0980,0182,ferry\n");
    expect(0, "import p.gpkg links - <links.csv", "");
    kit_write(kit_path(folder, "points.csv"), "id,lon,lat\nA,18.06,59.33\nB,17.64,59.86\n");
    expect(0, "times shown/timetable.zip --points - -o - -q <points.csv", "from,to,journeys,fastest_s");
    expect(0, "feed bundled", "bundled\n\nValid from");
    expect(0, "times shown/timetable.zip --points points.csv --modes rail,bus", "from,to,journeys,fastest_s");
    expect(0, "times shown/timetable.zip --points points.csv --modes ferry -q", "A,B,0,");
    expect(2, "times shown/timetable.zip --points points.csv --modes rail,boat",
           "--modes: 'boat' is not one of tram, metro, rail");
    json_t *matrix = json_of("times shown/timetable.zip --points points.csv --json -q");
    assert_int_equal(json_array_size(matrix), 2);
    json_decref(matrix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_are_not_replaced_unasked),
        cmocka_unit_test(feeds_are_remembered),
        cmocka_unit_test(a_plan_is_judged),
        cmocka_unit_test(json_is_json),
        cmocka_unit_test(in_house_sites_are_chosen),
        cmocka_unit_test(a_place_of_ones_own_is_a_site),
        cmocka_unit_test(what_a_plan_withstands_is_told),
        cmocka_unit_test(equal_runs_print_equal_bytes),
        cmocka_unit_test(a_wrong_import_changes_nothing),
        cmocka_unit_test(the_demonstration_leaves_three_files),
        cmocka_unit_test(streams_stand_for_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

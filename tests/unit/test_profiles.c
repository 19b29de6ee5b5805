/* Profiles from a file, and localities as origins, in a project of three towns along one bus line. */
#include "gtfs.h"
#include "kit.h"

static char *folder;

static void expect(int code, const char *arguments, const char *says)
{
    char *output = NULL;
    int got = kit_run(&output, "cd '%s' && '%s' %s 2>&1", folder, kit_tool(), arguments);
    if (got != code || !strstr(output, says))
        fail_msg("omland %s: exit %d, wanted %d; said:\n%s\nwanted: %s", arguments, got, code, output, says);
    free(output);
}

static void expect_rows(const char *query, const char *rows)
{
    char *output = NULL;
    kit_run(&output, "sqlite3 '%s/p.gpkg' \"%s\" 2>&1", folder, query);
    if (strcmp(output, rows) != 0)
        fail_msg("%s\ngave:\n%swanted:\n%s", query, output, rows);
    free(output);
}

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    const char *feed = kit_path(folder, "feed");
    assert_int_equal(mkdir(feed, 0777), 0);
    /* every day; on Saturdays a second, faster bus as well */
    static const struct gtfs_file files[] = {
        {"calendar.txt",
         "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
         "D,1,1,1,1,1,1,1,20220901,20220930\n"
         "L,0,0,0,0,0,1,0,20220910,20220930\n"},
        {"trips.txt", "route_id,service_id,trip_id\nR,D,T\nR,L,F\nR,D,H\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\nT,07:20:00,07:20:00,C,3\n"
                           "F,08:00:00,08:00:00,A,1\nF,08:05:00,08:05:00,B,2\n"
                           "H,16:00:00,16:00:00,C,1\nH,16:30:00,16:30:00,A,2\n"},
    };
    gtfs_write(feed, files, sizeof files / sizeof *files);
    kit_write(kit_path(folder, "towns.csv"), "code,name,seat,lon,lat,population\n"
                                             "2580,Luleå,Arne,22.10,65.60,100\n"
                                             "2581,Piteå,Berit,22.11,65.61,100\n"
                                             "2582,Boden,Cilla,22.12,65.62,100\n");
    kit_write(kit_path(folder, "localities.csv"), "code,name,municipality_code,lon,lat,population\n"
                                                  "T1,Arne,2580,22.10,65.60,60\n"
                                                  "T2,Stationen,2580,22.1205,65.6205,40\n");
    expect(0, "new p.gpkg --empty", "");
    expect(0, "import p.gpkg municipalities towns.csv", "");
    expect(0, "import p.gpkg localities localities.csv", "");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void each_section_is_stored_under_its_conditions(void **state)
{
    (void)state;
    kit_write(
        kit_path(folder, "profiles.ini"),
        "; out, home and Saturday\n"
        "[morning]\ndate = 2022-09-13\n"
        "[home]\nfrom = 15:00\nuntil = 17:00\nmax_transfers = 1\nwalk = 500\n"
        "[work]\ndate = 2022-09-13\narrive_by = yes\n"
        "[saturday]\nweekday = saturday\non_demand = no\ntransfers = none\nmin_transfer = 60\nmodes = bus\n");
    expect(0, "times p.gpkg --feed feed --walk 0 --profiles profiles.ini",
           "service date 2022-09-10, the busiest saturday of the timetable (3 trips)");
    expect_rows("SELECT name, date, from_s, until_s, arrive_by, options FROM profile ORDER BY name",
                "home|2022-09-01|54000|61200|0|transfers=full walk_m=500 detour=1.3 walk_km_h=4.8 "
                "min_transfer_s=0 max_transfers=1 limit_min=0 on_demand=yes\n"
                "morning|2022-09-13|25200|32400|0|transfers=full walk_m=0 detour=1.3 walk_km_h=4.8 "
                "min_transfer_s=0 max_transfers=-1 limit_min=0 on_demand=yes\n"
                "saturday|2022-09-10|25200|32400|0|transfers=none walk_m=0 detour=1.3 walk_km_h=4.8 "
                "min_transfer_s=60 max_transfers=-1 limit_min=0 on_demand=no modes=bus\n"
                "work|2022-09-13|25200|32400|1|transfers=full walk_m=0 detour=1.3 walk_km_h=4.8 "
                "min_transfer_s=0 max_transfers=-1 limit_min=0 on_demand=yes\n");
    expect_rows("SELECT profile, fastest_s FROM travel_time WHERE from_code = '2580' AND to_code = '2581' "
                "ORDER BY profile",
                "home|\nmorning|600\nsaturday|300\nwork|600\n");
    /* out at 07:00; there at 07:10, which is soon enough for 09:00 and too late for the first ten minutes */
    expect_rows(
        "SELECT profile, earliest_arrival_s, latest_departure_s, minutes_without_arrival FROM travel_time "
        "WHERE from_code = '2580' AND to_code = '2581' AND profile IN ('morning', 'work') ORDER BY 1",
        "morning|25800||119\nwork||25200|9\n");
    expect(0, "info p.gpkg", "Travel-time profiles: home morning saturday work");
}

static void nothing_is_stored_when_one_profile_fails(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "half.ini"), "[good]\ndate = 2022-09-13\n[bad]\ndate = 2022-11-13\n");
    expect(1, "times p.gpkg --feed feed --profiles half.ini", "2022-11-13");
    expect_rows("SELECT count(*) FROM profile WHERE name IN ('good', 'bad')", "0\n");
}

static void a_wrong_profile_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"from = 08:00\n", "w.ini, line 1: from: stands before the first section"},
        {"[a]\nthreads = 2\n", "w.ini, line 2: 'threads' is not one of from, until, arrive_by, date, "},
        {"[a]\nfrom = 7\n", "w.ini, line 2: from: '7' is not a time of day"},
        {"[a]\n\nfrom = 10:00\n", "w.ini: [a]: until must be later than from"},
        {"[a]\nweekday = funday\n", "w.ini, line 2: weekday: 'funday' is not one of any, monday, "},
        {"[a]\non_demand = maybe\n", "w.ini, line 2: on_demand: needs yes or no"},
        {"[a]\ndate = tuesday\n", "w.ini, line 2: date: \"tuesday\" is not a date"},
        {"[a]\nmodes = bus,boat\n", "w.ini, line 2: modes: 'boat' is not one of tram, metro, rail"},
        {"[a]\nfrom\n", "w.ini, line 2: needs \"[section]\" or \"key = value\""},
        {"", "w.ini: has no profile"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kit_write(kit_path(folder, "w.ini"), cases[i].text);
        expect(1, "times p.gpkg --profiles w.ini", cases[i].says);
    }
    expect(1, "times p.gpkg --profiles none.ini", "none.ini: No such file");
    expect(2, "times x.zip --points p.csv --profiles w.ini", "are for a project");
    expect(2, "times p.gpkg --date 2022-09-13 --weekday monday", "either a date or a weekday");
}

static void localities_are_origins_too(void **state)
{
    (void)state;
    expect(0, "times p.gpkg --feed feed --profile out --walk 200 --date 2022-09-13 --origins localities",
           "travel times 'out' of 2022-09-13");
    /* T1 is the seat of 2580; T2 is 60 m from C, a walk of 78 m, and the bus home is outside the window */
    expect_rows("SELECT from_code, to_code, journeys, fastest_s FROM locality_travel_time ORDER BY 1, 2",
                "T1|2580|1|0\nT1|2581|1|600\nT1|2582|1|1200\nT2|2580|0|\nT2|2581|0|\nT2|2582|1|59\n");
    expect_rows("SELECT count(*) FROM travel_time WHERE profile = 'out'", "6\n");
    expect(0, "times p.gpkg --feed feed --profile out --date 2022-09-13", "");
    expect_rows("SELECT count(*) FROM locality_travel_time", "0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_section_is_stored_under_its_conditions),
        cmocka_unit_test(nothing_is_stored_when_one_profile_fails),
        cmocka_unit_test(a_wrong_profile_is_named),
        cmocka_unit_test(localities_are_origins_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

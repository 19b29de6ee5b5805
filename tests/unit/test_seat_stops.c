/* Seats with named stops: from a table into the project, and before the point when times are computed. */
#include "kit.h"

#include "gtfs.h"

static char *folder;

static void expect(int code, const char *arguments, const char *says)
{
    char *output = NULL;
    int got = kit_run(&output, "cd '%s' && '%s' %s 2>&1", folder, kit_tool(), arguments);
    if (got != code || !strstr(output, says))
        fail_msg("omland %s: exit %d, wanted %d; said:\n%s\nwanted: %s", arguments, got, code, output, says);
    free(output);
}

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    assert_int_equal(mkdir(kit_path(folder, "feed"), 0700), 0);
    gtfs_write(kit_path(folder, "feed"), NULL, 0);
    kit_write(kit_path(folder, "first.csv"),
              "code,name,lon,lat\n0001,Alby,,\n0002,Berga,18,60\n0003,Torp,,\n");
    expect(0, "new p.gpkg --empty", "");
    expect(0, "import p.gpkg municipalities first.csv", "");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void stops_count_before_the_point(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "stops.csv"), "Kommun;Hållplats\nAlby;A\nBerga;C B\n");
    expect(0, "import p.gpkg municipalities stops.csv", "");
    expect(0, "times p.gpkg --feed feed --from 00:00 --until 23:59 --walk 0",
           "point \"0003 Torp\" has neither coordinates nor a stop");
    /* Berga's point is far from any stop; its named stops are not */
    expect(0, "times p.gpkg --from 00:00 --until 23:59 --walk 0", "1 of 6 pairs");
}

static void an_unknown_stop_names_municipality_and_id(void **state)
{
    (void)state;
    kit_write(kit_path(folder, "stops.csv"), "code,seat_stops\n0001,A\n0002,C nine\n");
    expect(0, "import p.gpkg municipalities stops.csv", "");
    expect(1, "times p.gpkg --feed feed", "0002 Berga");
    expect(1, "times p.gpkg --feed feed", "\"nine\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stops_count_before_the_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_stop_names_municipality_and_id, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

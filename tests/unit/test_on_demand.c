/* Trips that must be booked: included and told by default, left out on request, and their share of the
 * journeys. */
#include "gtfs_travel.h"

#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"

/* T at 07:30 for everybody, U at 08:00 and V at 08:30 to be booked; W is as fast as V and takes a change. */
static const struct gtfs_file files[] = {
    {"trips.txt", "route_id,service_id,trip_id\nR,D,T\nR,D,U\nR,D,V\nR,D,W1\nR,D,W2\n"},
    {"stop_times.txt",
     TIMES "T,07:30:00,07:30:00,A,1,0,0\nT,08:00:00,08:00:00,C,2,0,0\n"
           "U,08:00:00,08:00:00,A,1,2,1\nU,08:10:00,08:10:00,B,2,2,3\nU,08:20:00,08:20:00,C,3,0,2\n"
           "V,08:30:00,08:30:00,A,1,2,0\nV,08:50:00,08:50:00,C,2,2,0\n"
           "W1,08:30:00,08:30:00,A,1,0,0\nW1,08:35:00,08:35:00,B,2,0,0\n"
           "W2,08:40:00,08:40:00,B,1,0,0\nW2,08:50:00,08:50:00,C,2,0,0\n"}};

static void the_share_counts_what_cannot_be_had_otherwise(void **state)
{
    (void)state;
    struct gtfs_question question = gtfs_morning;
    struct geo_travel_time found = gtfs_travel(files, 2, &question);
    assert_int_equal(found.journeys, 3);
    assert_true(fabs(found.booked_share - 1.0 / 3) < 1e-12);
    question.max_transfers = 0;
    assert_true(fabs(gtfs_travel(files, 2, &question).booked_share - 2.0 / 3) < 1e-12);
    question.to = "B";
    found = gtfs_travel(files, 2, &question);
    assert_int_equal(found.journeys, 2); /* with U and W1 */
    assert_true(found.booked_share == 0.5);
}

static void leaving_them_out_leaves_none(void **state)
{
    (void)state;
    struct gtfs_question question = gtfs_morning;
    question.without_on_demand = true;
    struct geo_travel_time found = gtfs_travel(files, 2, &question);
    assert_int_equal(found.journeys, 2);
    assert_true(found.booked_share == 0);
    question.from = "C";
    question.to = "A";
    found = gtfs_travel(files, 2, &question);
    assert_int_equal(found.journeys, 0);
    assert_true(isnan(found.booked_share));
}

static void the_command_has_the_column(void **state)
{
    (void)state;
    const char *folder = kit_folder();
    char *output = NULL, path[128];
    gtfs_write(folder, files, 2);
    snprintf(path, sizeof path, "%s/points.csv", folder);
    kit_write(path, "id,stop_id\narne,A\ncilla,C\n");
    assert_int_equal(kit_run(&output, "'%s' --lang en times '%s' --points '%s' --date 2022-09-13 2>&1",
                             kit_tool(), folder, path),
                     0);
    assert_non_null(strstr(output, "trips that must be booked are included: 2"));
    assert_non_null(strstr(output, ",minutes_without_arrival,booked_share\n"));
    assert_non_null(strstr(output, ",0.3333\n"));
    free(output);
    assert_int_equal(kit_run(&output, "'%s' times '%s' --points '%s' --date 2022-09-13 --no-on-demand --json",
                             kit_tool(), folder, path),
                     0);
    assert_non_null(strstr(output, "\"booked_share\": 0}"));
    assert_non_null(strstr(output, "\"booked_share\": null}"));
    free(output);
    kit_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_share_counts_what_cannot_be_had_otherwise),
        cmocka_unit_test(leaving_them_out_leaves_none),
        cmocka_unit_test(the_command_has_the_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

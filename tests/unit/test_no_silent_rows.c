/* Whatever cannot be travelled is named: nothing that was asked for is missing from the answer. */
#include "gtfs.h"

static char folder[64];

static const struct gtfs_file sunday_feed[] = {
    {"calendar.txt",
     "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
     "D,0,0,0,0,0,0,1,20220901,20220930\n"},
    {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nX,Xerxes,65.60,22.10\nY,Ylva,65.61,22.11\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                       "T,07:30:00,07:30:00,X,1\nT,07:40:00,07:40:00,Y,2\n"}};

static const char points[] = "id,stop_id,lon,lat\n"
                             "arne,A,,\n"
                             "cilla,C,,\n"
                             "station,S,,\n"
                             "sea,,10,50\n";

static int set_up(void **state)
{
    (void)state;
    char path[128];
    snprintf(folder, sizeof folder, "%s", kit_folder());
    snprintf(path, sizeof path, "%s/daily", folder);
    mkdir(path, 0700);
    gtfs_write(path, NULL, 0);
    snprintf(path, sizeof path, "%s/sunday", folder);
    mkdir(path, 0700);
    gtfs_write(path, sunday_feed, sizeof sunday_feed / sizeof *sunday_feed);
    snprintf(path, sizeof path, "%s/points.csv", folder);
    kit_write(path, points);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

/* Runs `omland times` with both streams together; the caller frees. */
static char *times(int wanted, const char *arguments)
{
    char *output = NULL;
    int code = kit_run(&output, "cd '%s' && '%s' --lang en times --points points.csv %s 2>&1", folder,
                       kit_tool(), arguments);
    if (code != wanted)
        fail_msg("omland times %s: exit %d\n%s", arguments, code, output);
    return output;
}

static void assert_says(const char *output, const char *text)
{
    if (!strstr(output, text))
        fail_msg("\"%s\" is not said in\n%s", text, output);
}

static void every_pair_is_in_the_output(void **state)
{
    (void)state;
    static const char *const ids[] = {"arne", "cilla", "station", "sea"};
    char *output = times(0, "--date 2022-09-14 daily"), start[32];
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++) {
            snprintf(start, sizeof start, "\n%s,%s,", ids[i], ids[k]);
            assert_int_equal(strstr(output, start) != NULL, i != k);
        }
    assert_says(output, "\narne,cilla,1,1200,07:00:00,07:20:00,0,1200,07:20:00,,,,,119,0\n");
    assert_says(output, "\narne,sea,0,,,,,,,,,,,120,\n");
    free(output);
}

static void places_without_service_are_named(void **state)
{
    (void)state;
    char *output = times(0, "--date 2022-09-14 daily");
    assert_says(output, "point \"sea\" has no stop with service in reach");
    assert_says(output, "point \"station\" has no service on this date");
    assert_true(strstr(output, "no trip is under way") == NULL);
    free(output);
}

static void a_date_outside_the_calendar_is_an_error(void **state)
{
    (void)state;
    char *output = times(1, "--date 2022-10-01 daily");
    assert_says(output, "2022-10-01 is outside the timetable, which is valid from 2022-09-01 to 2022-09-30");
    free(output);
}

static void a_feed_without_trips_in_the_window_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says, *does_not_say;
    } cases[] = {
        {"--date 2022-09-14 --from 08:00 --until 09:30 daily",
         "daily: no trip is under way between 08:00 and 09:30 on 2022-09-14", "sunday:"},
        {"--date 2022-09-14 daily sunday",
         "sunday: no trip is under way between 07:00 and 09:00 on 2022-09-14", "daily:"},
        {"--date 2022-09-18 --from 07:25 daily sunday",
         "daily: no trip is under way between 07:25 and 09:00 on 2022-09-18", "sunday:"},
        {"--date 2022-09-18 daily sunday", "arne,cilla,1,", "under way"},
        {"--date 2022-09-14 --from 08:00 --until 09:30 --arrive-by daily",
         "daily: no trip is under way between 08:00 and 09:30 on 2022-09-14", "sunday:"},
        {"--date 2022-09-14 --arrive-by daily", "arne,cilla,1,", "under way"},
        {"--date 2022-09-14 --modes rail daily", "daily: no trip is under way", "sunday:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *output = times(0, cases[i].arguments);
        assert_says(output, cases[i].says);
        if (strstr(output, cases[i].does_not_say))
            fail_msg("%s: \"%s\" is said in\n%s", cases[i].arguments, cases[i].does_not_say, output);
        free(output);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_is_in_the_output),
        cmocka_unit_test(places_without_service_are_named),
        cmocka_unit_test(a_date_outside_the_calendar_is_an_error),
        cmocka_unit_test(a_feed_without_trips_in_the_window_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* omland journey: what it prints, in both languages and as JSON, and what it says when there is nothing. */
#include "kit.h"

#include "golden.h"
#include "gtfs.h"

#include <jansson.h>

static char *folder;

/* Bus 10 goes on as train 20; a taxi that must be booked waits at Berit, a walk away from the station. */
static const struct gtfs_file files[] = {
    {"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\n"
                   "R,L,10,Arne till Stationen,700\n"
                   "Q,L,20,,2\n"
                   "P,L,,Bokad taxi,1500\n"},
    {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n"
                  "A,Arne,65.600,22.10,0,,\n"
                  "S,Stationen,65.700,22.10,1,,\n"
                  "S1,Stationen,65.700,22.10,0,S,1\n"
                  "S2,Stationen,65.700,22.10,0,S,2\n"
                  "B,Berit,65.704,22.10,,,\n"
                  "C,Cilla,65.800,22.10,,,\n"
                  "Z,Öde,66.800,22.10,,,\n"},
    {"trips.txt", "route_id,service_id,trip_id,trip_headsign,block_id\n"
                  "R,D,T,Stationen,V\n"
                  "Q,D,U,Cilla,V\n"
                  "Q,D,W,Cilla,\n"
                  "P,D,X,,\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
                       "T,07:00:00,07:00:00,A,1,\n"
                       "T,07:10:30,07:10:30,S1,2,\n"
                       "U,07:15:00,07:15:00,S1,1,\n"
                       "U,07:50:00,07:50:00,C,2,\n"
                       "W,24:05:00,24:05:00,S2,1,\n"
                       "W,24:30:00,24:30:00,C,2,\n"
                       "X,07:20:00,07:20:00,B,1,2\n"
                       "X,07:45:00,07:45:00,C,2,2\n"},
};

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    gtfs_write(folder, files, sizeof files / sizeof *files);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static int run(char **output, const char *arguments)
{
    return kit_run(output, "cd '%s' && '%s' journey %s", folder, kit_tool(), arguments);
}

static void expect(int code, const char *arguments, const char *says)
{
    char *output = NULL, with_errors[512];
    snprintf(with_errors, sizeof with_errors, "%s 2>&1", arguments);
    int got = run(&output, with_errors);
    if (got != code || !strstr(output, says))
        fail_msg("omland journey %s: exit %d, wanted %d; said:\n%s\nwanted: %s", arguments, got, code, output,
                 says);
    free(output);
}

static void tables_and_json_are_as_they_were(void **state)
{
    (void)state;
    static const struct {
        const char *options, *golden;
    } cases[] = {
        {"", "journey.txt"},
        {"--lang sv", "journey-sv.txt"},
        {"--json", "journey.json"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *output = NULL, arguments[256];
        snprintf(arguments, sizeof arguments,
                 ". 65.601,22.10 65.799,22.10 -q --date 2022-09-13 --depart 06:30 %s", cases[i].options);
        assert_int_equal(run(&output, arguments), 0);
        kit_golden(cases[i].golden, output);
        free(output);
    }
}

static size_t journeys_of(const char *arguments)
{
    char *output = NULL;
    assert_int_equal(run(&output, arguments), 0);
    json_t *document = json_loads(output, 0, NULL);
    assert_non_null(document);
    size_t n = json_array_size(json_object_get(document, "journeys"));
    json_decref(document);
    free(output);
    return n;
}

/* From A: in the same vehicle at 07:15, or on foot to Berit and by taxi at 07:20. From S: at 07:15, at 24:05,
 * and with the trip of the day before at 00:05. */
static void options_of_travel_apply(void **state)
{
    (void)state;
    assert_int_equal(journeys_of(". A C --depart 07:00 --json -q"), 2);
    assert_int_equal(journeys_of(". A C --depart 07:00 --no-on-demand --json -q"), 1);
    assert_int_equal(journeys_of(". A C --depart 07:00 --walk 300 --json -q"), 1);
    assert_int_equal(journeys_of(". A C --depart 07:00 --max-transfers 0 --json -q"), 1);
    assert_int_equal(journeys_of(". A C --depart 07:00 --limit 48 --json -q"), 1);
    assert_int_equal(journeys_of(". A C --depart 07:00 --modes bus,taxi --json -q"), 1);
    assert_int_equal(journeys_of(". A C --depart 07:00 -n 1 --json -q"), 1);
    assert_int_equal(journeys_of(". S C --depart 07:00 --weekday saturday --json -q"), 2);
    assert_int_equal(journeys_of(". S C --arrive 07:50 --date 2022-09-13 --json -q"), 2);
    assert_int_equal(journeys_of(". S C --arrive 07:49:59 --date 2022-09-13 --json -q"), 1);
    assert_int_equal(journeys_of(". S C --arrive 26:00 -n 2 --date 2022-09-13 --json -q"), 2);
}

static void nothing_found_says_why(void **state)
{
    (void)state;
    expect(0, ". A C --depart 08:00", "There is no journey that leaves at 08:00 or later.");
    expect(0, ". C A --arrive 08:00 --lang sv", "Det finns ingen resa den dagen som är framme senast 08:00.");
    expect(0, ". A Z --depart 07:00", "nothing calls at Öde on this date");
    expect(0, ". 60.0,20.0 A --depart 07:00", "no stop is within reach of 60.0,20.0 on foot");
    expect(0, ". A C --depart 08:00 --json", "\"no_journey\": \"no_journey\"");
    expect(0, ". A 60,20 --depart 08:00 --json", "\"no_journey\": \"no_stop_at_destination\"");
    expect(1, ". A C --depart 07:00 --date 2023-09-13", "2023-09-13 is outside the timetable");
}

static void wrong_questions_are_refused(void **state)
{
    (void)state;
    expect(2, ". A C", "needs either --depart HH:MM or --arrive HH:MM");
    expect(2, ". A C --depart 7:00 --arrive 8:00", "needs either --depart");
    expect(2, ". A --depart 7:00", "too few arguments");
    expect(2, ". A C --depart 7:00 --feed x.zip", "--feed is for a project");
    expect(2, ". A C --depart noon", "'noon' is not a time of day");
    expect(2, ". A C --depart 7:00 --from 07:00", "unrecognized option");
    expect(1, ". Nowhere C --depart 7:00", "nothing is called \"Nowhere\"");
    expect(1, ". A arne --depart 7:00", "FROM and TO are the same place: Arne");
    expect(1, "/nonexistent A C --depart 7:00", "/nonexistent");
}

static void a_project_knows_places_and_feed(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(kit_run(&output, "cd '%s' && '%s' new p.gpkg -q 2>&1", folder, kit_tool()), 0);
    free(output);
    expect(1, "p.gpkg Luleå 2518 --depart 07:00", "name one with --feed");
    expect(0, "p.gpkg luleå 2518 --arrive 12:00 --feed bundled -q",
           "2580 Luleå to 2518 Övertorneå, 2025-12-15, arriving by 12:00\n"
           "Not real but synthetic: the timetable.");
    expect(2, "p.gpkg bundled Luleå Boden --depart 07:00", "a project takes its feeds from --feed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_and_json_are_as_they_were), cmocka_unit_test(options_of_travel_apply),
        cmocka_unit_test(nothing_found_says_why),           cmocka_unit_test(wrong_questions_are_refused),
        cmocka_unit_test(a_project_knows_places_and_feed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

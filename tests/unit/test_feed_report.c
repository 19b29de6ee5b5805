/* What a report says of a feed, and how the command shows it. */
#include "kit.h"

#include "gtfs.h"

#include "datasets/feed_report.h"
#include "geo/memory.h"

#include <jansson.h>
#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Centralen stands twice, 111 m apart, and a third time far away; D has no service; the bus from A to B does
 * 66 km/h, to C 1 335; the on-demand trip runs on two dates of calendar_dates.txt only, with weekday flags
 * all zero, and pickup_type 3 is normal. */
static const struct gtfs_file files[] = {
    {"stops.txt",
     "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
     "S,Centralen,65.000,22.0,1,\nS1,Läge 1,65,22.0,,S\nQ,Centralen,65.001,22.0,1,\n"
     "R,Centralen,65.1,22.0,1,\nA,Arne,65.00,22.00,,\nB,Berit,65.10,22.00,,\nC,Cilla,65.30,22.00,,\n"
     "D,Disa,65.40,22.00,,\n"},
    {"routes.txt", "route_id,agency_id,route_short_name,route_type\nR,L,10,700\nT,L,20,100\n"},
    {"calendar.txt",
     "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
     "D,1,1,1,1,1,0,0,20220901,20220930\nE,0,0,0,0,0,0,0,20220101,20221231\n"},
    {"calendar_dates.txt", "service_id,date,exception_type\nE,20220914,1\nE,20221002,1\n"},
    {"trips.txt", "route_id,service_id,trip_id\nR,D,T\nR,D,U\nT,E,V\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
                       "T,07:00:00,07:00:00,A,1,3\nT,07:09:00,07:09:00,B,2,3\nT,07:09:30,07:10:00,C,3,3\n"
                       "U,08:00:00,08:00:00,A,1,0\nU,08:09:00,08:09:00,B,2,0\nU,08:09:01,08:10:00,C,3,0\n"
                       "V,09:00:00,09:00:00,A,1,2\nV,09:20:00,09:20:00,S1,2,1\n"},
};

static const char *write_feed(void)
{
    const char *folder = kit_folder();
    gtfs_write(folder, files, COUNT(files));
    return folder;
}

static const struct data_feed_finding *finding(const struct data_feed_report *report, const char *code)
{
    for (size_t i = 0; i < report->n_findings; i++)
        if (strcmp(report->findings[i].code, code) == 0)
            return &report->findings[i];
    fail_msg("no finding %s", code);
    return NULL;
}

static void a_feed_is_examined(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_feed *feed = NULL;
    struct data_feed_report report;
    const char *folder = write_feed();
    assert_int_equal(data_feed_open(&ctx, &folder, 1, &feed), OM_OK);
    assert_int_equal(data_feed_examine(&ctx, feed, &report), OM_OK);

    assert_int_equal(report.validity.first_date, 20220901);
    assert_int_equal(report.validity.last_date, 20221002);
    assert_int_equal(report.validity.busiest_weekday, 20220914);
    assert_int_equal(report.n_dates, 32);
    assert_int_equal(report.trips_on[0], 2);
    assert_int_equal(report.trips_on[2], 0);
    assert_int_equal(report.trips_on[13], 3);
    assert_int_equal(report.trips_on[31], 1);
    assert_int_equal(report.stops, 5);
    assert_int_equal(report.stations, 3);
    assert_int_equal(report.trips, 3);
    assert_int_equal(report.stop_times, 8);
    assert_int_equal(report.on_demand_trips, 1);
    assert_int_equal(report.on_demand_on_busiest, 1);

    assert_int_equal(report.n_modes, 2);
    assert_string_equal(data_mode_word(report.modes[0].mode), "bus");
    assert_int_equal(report.modes[0].trips, 2);
    assert_string_equal(data_mode_word(report.modes[1].mode), "rail");
    assert_int_equal(report.modes[1].trips_on_busiest, 1);

    assert_int_equal(report.n_duplicates, 1);
    assert_string_equal(report.duplicates[0].a.id, "S");
    assert_string_equal(report.duplicates[0].b.id, "Q");
    assert_float_equal(report.duplicates[0].distance_m, 111.195, 0.001);
    assert_int_equal(report.n_unserved, 1);
    assert_string_equal(report.unserved[0].id, "D");
    assert_int_equal(report.n_fast, 1);
    assert_string_equal(report.fast[0].from.id, "B");
    assert_string_equal(report.fast[0].to.id, "C");
    assert_int_equal(report.fast[0].trips, 2);
    assert_float_equal(report.fast[0].speed_km_h, 22.239 * 3600, 5);

    assert_int_equal(report.n_findings, 3);
    assert_int_equal(finding(&report, "duplicate_station")->severity, DATA_WARNING);
    assert_int_equal(finding(&report, "stop_without_stop_time")->severity, DATA_INFO);
    assert_string_equal(report.findings[2].code, "stop_without_stop_time");
    assert_string_equal(finding(&report, "fast_travel_between_consecutive_stops")->examples[0],
                        "bus: 22.2 km from Berit to Cilla at 80060 km/h");
    data_feed_report_done(&report);
    data_feed_report_done(NULL);
    data_feed_free(feed);
    om_context_done(&ctx);
    kit_remove(folder);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    const char *folder = write_feed();
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK && n < 200; n++) {
        om_context ctx = {0};
        data_feed *feed = NULL;
        struct data_feed_report report = {0};
        assert_int_equal(data_feed_open(&ctx, &folder, 1, &feed), OM_OK);
        om_memory_fail_after(n);
        status = data_feed_examine(&ctx, feed, &report);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        data_feed_report_done(&report);
        data_feed_free(feed);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    kit_remove(folder);
}

static void the_command_shows_it(void **state)
{
    (void)state;
    static const char expected[] = "\n"
                                   "Valid from 2022-09-01 to 2022-10-02; busiest weekday 2022-09-14 with 3 "
                                   "trips, 1 of them to be booked.\n"
                                   "\n"
                                   "Trips per date (█ is 3):\n"
                                   "           1   5    10   15   20   25   30\n"
                                   "  2022-09  ▆▆··▆▆▆▆▆··▆▆█▆▆··▆▆▆▆▆··▆▆▆▆▆\n"
                                   "  2022-10  ·▃\n"
                                   "\n"
                                   "         5  stops\n"
                                   "         3  stations\n"
                                   "         2  routes\n"
                                   "         3  trips\n"
                                   "         8  stop times\n"
                                   "         1  trips that must be booked\n"
                                   "\n"
                                   "         2  trips by bus; routes: 1; on the busiest weekday: 2\n"
                                   "         1  trips by rail; routes: 1; on the busiest weekday: 1\n"
                                   "\n"
                                   "Stations of the same name within 150 m: 1\n"
                                   "  Centralen: S, Q (111 m)\n"
                                   "\n"
                                   "Stops where no trip calls: 1\n"
                                   "  D (Disa)\n"
                                   "\n"
                                   "Impossible speeds between neighbouring stops: 1\n"
                                   "  80060 km/h by bus: Berit to Cilla, 22.2 km, 2 trips\n"
                                   "\n"
                                   "Findings:\n"
                                   "         1  duplicate_station (warning)\n"
                                   "            Centralen: the stations S and Q are 111 m apart\n"
                                   "         1  fast_travel_between_consecutive_stops (warning)\n"
                                   "            bus: 22.2 km from Berit to Cilla at 80060 km/h\n"
                                   "         1  stop_without_stop_time (information)\n"
                                   "            no trip calls at stop \"D\" (Disa)\n";
    char *output = NULL;
    const char *folder = write_feed();
    assert_int_equal(kit_run(&output, "'%s' --lang en feed '%s' 2>&1", kit_tool(), folder), 0);
    assert_memory_equal(output, folder, strlen(folder));
    assert_string_equal(strchr(output, '\n') + 1, expected);
    free(output);
    assert_int_equal(kit_run(&output, "'%s' --lang sv feed '%s' 2>&1", kit_tool(), folder), 0);
    assert_non_null(strstr(output, "turer med buss"));
    free(output);
    kit_remove(folder);
}

static void the_command_writes_json(void **state)
{
    (void)state;
    char *output = NULL;
    const char *folder = write_feed(), *first, *last, *code, *mode;
    int trips, dates_first;
    assert_int_equal(kit_run(&output, "'%s' feed '%s' --json", kit_tool(), folder), 0);
    json_t *root = json_loads(output, 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_unpack(root, "{s:s, s:s, s:i, s:[i], s:[{s:s}], s:[{s:s}]}", "first_date", &first,
                                 "last_date", &last, "trips", &trips, "trips_per_date", &dates_first,
                                 "findings", "code", &code, "modes", "mode", &mode),
                     0);
    assert_string_equal(first, "2022-09-01");
    assert_string_equal(last, "2022-10-02");
    assert_int_equal(trips, 3);
    assert_int_equal(dates_first, 2);
    assert_string_equal(code, "duplicate_station");
    assert_string_equal(mode, "bus");
    assert_int_equal(json_array_size(json_object_get(root, "impossible_speeds")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "stops_without_service")), 1);
    json_decref(root);
    free(output);
    kit_remove(folder);
}

static void bad_input_is_an_error(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(kit_run(&output, "'%s' --lang en feed /nonexistent.zip 2>&1", kit_tool()), 1);
    assert_string_equal(output, "omland: /nonexistent.zip: there is no such file or folder\n");
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_is_examined),    cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(the_command_shows_it),  cmocka_unit_test(the_command_writes_json),
        cmocka_unit_test(bad_input_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

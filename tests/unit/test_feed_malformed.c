/* Feeds with faults: each gives an error that says where and what, or a counted finding. None is passed over.
 */
#include "kit.h"

#include "gtfs.h"

#include "datasets/feed.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FEEDS "data/gtfs/fixtures/"

enum { FILES = 4, CODES = 4 };

struct expectation {
    om_status status;
    const char *message;               /* part of it; NULL when the feed can be read */
    struct om_finding findings[CODES]; /* every code and its count */
};

static void check(const char *what, const char *path, const struct expectation *expected)
{
    om_context ctx = {0};
    data_feed *feed = NULL;
    om_status status = data_feed_open(&ctx, &path, 1, &feed);
    if (status != expected->status)
        fail_msg("%s: status %d, not %d: %s", what, (int)status, (int)expected->status, ctx.message);
    if (expected->message && !strstr(ctx.message, expected->message))
        fail_msg("%s: \"%s\" does not hold \"%s\"", what, ctx.message, expected->message);
    size_t n = 0;
    for (; n < CODES && expected->findings[n].code; n++)
        if (om_found(&ctx, expected->findings[n].code) != expected->findings[n].count)
            fail_msg("%s: %s counted %zu times, not %zu", what, expected->findings[n].code,
                     om_found(&ctx, expected->findings[n].code), expected->findings[n].count);
    for (size_t i = 0; i < ctx.n_findings && ctx.n_findings != n; i++)
        fail_msg("%s: %zu kinds of findings, not %zu: %s %zu %s", what, ctx.n_findings, n,
                 ctx.findings[i].code, ctx.findings[i].count, ctx.findings[i].examples[0]);
    data_feed_free(feed);
    om_context_done(&ctx);
}

#define BAD(message)          \
    {                         \
        OM_BAD_DATA, message, \
        {                     \
            {                 \
                0             \
            }                 \
        }                     \
    }
#define BAD_AND(message, ...) \
    {                         \
        OM_BAD_DATA, message, \
        {                     \
            __VA_ARGS__       \
        }                     \
    }
#define FINE         \
    {                \
        OM_OK, NULL, \
        {            \
            {        \
                0    \
            }        \
        }            \
    }
#define FOUND(...)      \
    {                   \
        OM_OK, NULL,    \
        {               \
            __VA_ARGS__ \
        }               \
    }

/* The feeds of a validator's own tests, and real feeds with odd habits. */
static const struct {
    const char *path;
    struct expectation expected;
} shared_feeds[] = {
    {"transitfeed/au-sydney-entrances",
     BAD_AND("there is no routes.txt", {"unknown_column", 1, {0}},
             {"leading_or_trailing_whitespaces", 3, {0}}, {"missing_required_field", 7, {0}})},
    {"transitfeed/bad_date_format", BAD("calendar.txt, line 2, start_date \"2007.01.01\": not a date")},
    {"transitfeed/bad_eol.zip", FOUND({"mixed_line_ends", 2, {0}}, {"unknown_column", 1, {0}})},
    {"transitfeed/bad_utf8", FOUND({"invalid_character", 6, {0}}, {"unknown_column", 1, {0}})},
    {"transitfeed/contains_null",
     BAD_AND("stops.txt, line 9: the text holds a NUL byte", {"invalid_row_length", 7, {0}})},
    {"transitfeed/duplicate_schedule_id", FOUND({"duplicate_key", 1, {0}})},
    {"transitfeed/duplicate_stop", FOUND({"invalid_row_length", 54, {0}})}, /* two ids at one place */
    {"transitfeed/duplicate_stop_sequence",
     BAD("stop_times.txt, line 4, stop_sequence \"10\": the trip has this stop_sequence twice")},
    {"transitfeed/empty_file", FOUND({"empty_file", 1, {0}}, {"invalid_row_length", 25, {0}})},
    {"transitfeed/extra_row_cells", FOUND({"invalid_row_length", 1, {0}})},
    {"transitfeed/filter_unusual_trips", FINE}, /* every trip can be ridden */
    {"transitfeed/flatten_feed", FOUND({"unusable_trip", 2, {0}}, {"unused_trip", 1, {0}})},
    {"transitfeed/good_feed", FINE},
    {"transitfeed/good_feed.zip", FINE},
    {"transitfeed/googletransit", FINE}, /* the feed lies one folder further down */
    {"transitfeed/invalid_agency_ids", FOUND({"missing_required_field", 2, {0}})},
    {"transitfeed/invalid_route_agency", FOUND({"foreign_key_violation", 1, {0}})},
    {"transitfeed/missing_agency", FOUND({"missing_required_file", 1, {0}}, {"invalid_row_length", 1, {0}})},
    {"transitfeed/missing_calendar", BAD("there is neither calendar.txt nor calendar_dates.txt")},
    {"transitfeed/missing_column",
     FOUND({"missing_required_column", 1, {0}}, {"invalid_row_length", 25, {0}})},
    {"transitfeed/missing_departure_time", FOUND({"stop_time_with_only_arrival_or_departure_time", 1, {0}})},
    {"transitfeed/missing_endpoint_times",
     BAD("stop_times.txt, line 16, arrival_time \"\": the first and the last stop of a trip need a time")},
    {"transitfeed/missing_routes", BAD("there is no routes.txt, which GTFS requires")},
    {"transitfeed/missing_row_cells", FOUND({"invalid_row_length", 1, {0}})},
    {"transitfeed/missing_stop_times", BAD("there is no stop_times.txt, which GTFS requires")},
    {"transitfeed/missing_stops", BAD("there is no stops.txt, which GTFS requires")},
    {"transitfeed/missing_trips", BAD("there is no trips.txt, which GTFS requires")},
    {"transitfeed/missing_weekday_column",
     BAD_AND("calendar.txt has no column thursday", {"invalid_row_length", 14, {0}})},
    {"transitfeed/negative_stop_sequence",
     BAD("stop_times.txt, line 9, stop_sequence \"-2\": outside the range")},
    {"transitfeed/one_line.kml", BAD("this is not a zip archive")},
    {"transitfeed/one_stop.kml", BAD("this is not a zip archive")},
    {"transitfeed/only_calendar_dates", FINE},
    {"transitfeed/repeated_route_name", FOUND({"duplicate_route_name", 1, {0}})},
    {"transitfeed/same_short_long_name", FOUND({"route_long_name_contains_short_name", 1, {0}})},
    {"transitfeed/undefined_stop",
     BAD("stop_times.txt, line 11, stop_id \"NADAR\": there is no such stop_id")},
    {"transitfeed/unknown_file", FOUND({"unknown_file", 1, {0}})},
    {"transitfeed/unknown_format.zip", BAD("this is not a zip archive")},
    {"transitfeed/unrecognized_columns", FOUND({"unknown_column", 10, {0}})},
    {"transitfeed/unused_stop", FINE}, /* a stop without service is named when it is asked for */
    {"transitfeed/upgrade_translations/new-feed",
     BAD_AND("there is no routes.txt, which GTFS requires", {"missing_required_file", 1, {0}})},
    {"transitfeed/upgrade_translations/old-feed",
     BAD_AND("there is no routes.txt, which GTFS requires", {"missing_required_file", 1, {0}})},
    {"transitfeed/upgrade_translations", BAD("there is no stops.txt, which GTFS requires")},
    {"transitfeed/utf16", BAD("the text is UTF-16; save it as UTF-8")},
    {"transitfeed/utf8bom", FINE},
    {"poa_eptc.zip", FOUND({"unknown_column", 1, {0}})},
    {"poa_trensurb.zip", FINE},
    {"r5r_spo.zip", FOUND({"duplicate_key", 7, {0}})},
    {"trafiklab_minified.zip",
     FOUND({"duplicate_key", 1, {0}}, {"mixed_line_ends", 1, {0}}, {"unknown_file", 1, {0}})},
    {"stops_and_stop_times_only.zip",
     BAD_AND("there is no routes.txt, which GTFS requires", {"missing_required_file", 1, {0}})},
};

static void shared_feeds_are_judged(void **state)
{
    (void)state;
    if (access(kit_shared(FEEDS), R_OK) != 0) {
        printf("SKIPPED: needs %s\n", kit_shared(FEEDS));
        skip();
    }
    for (size_t i = 0; i < COUNT(shared_feeds); i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", kit_shared(FEEDS), shared_feeds[i].path);
        check(shared_feeds[i].path, path, &shared_feeds[i].expected);
    }
}

#define STOPS "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
#define STOPS_END "A,Arne,65.60,22.10,0,\nB,Berit,65.61,22.11,,\nC,Cilla,65.62,22.12,,\n"
#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
#define CALENDAR "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
#define TRIPS "route_id,service_id,trip_id\n"
#define ROUTES "route_id,agency_id,route_short_name,route_long_name,route_type\n"
#define AGENCY "agency_id,agency_name,agency_url,agency_timezone\n"
#define FREQUENCIES "trip_id,start_time,end_time,headway_secs\n"
#define TRANSFERS "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"

/* The plain feed with one fault. */
static const struct {
    const char *what;
    struct gtfs_file files[FILES];
    struct expectation expected;
} faults[] = {
    {"the plain feed", {{0}}, FINE},
    {"a latitude that is no number",
     {{"stops.txt", STOPS "X,Xerxes,65x,22.1,,\n" STOPS_END}},
     BAD("stops.txt, line 2, stop_lat \"65x\": not a number; write digits with a decimal point")},
    {"a decimal comma",
     {{"stops.txt", STOPS "X,Xerxes,\"65,5\",22.1,,\n"}},
     BAD("stop_lat \"65,5\": not a number")},
    {"a latitude past the pole",
     {{"stops.txt", STOPS "X,Xerxes,95,22.1,,\n"}},
     BAD("stop_lat \"95\": outside the range")},
    {"not-a-number spelled out",
     {{"stops.txt", STOPS "X,Xerxes,nan,22.1,,\n"}},
     BAD("stop_lat \"nan\": not a number")},
    {"a stop without a place",
     {{"stops.txt", STOPS STOPS_END "X,Xerxes,,22.1,,\n"}},
     FOUND({"stop_without_location", 1, {0}})},
    {"a stop at 0, 0",
     {{"stops.txt", STOPS STOPS_END "X,Xerxes,0,0.0,,\n"}},
     FOUND({"point_near_origin", 1, {0}})},
    {"a stop twice",
     {{"stops.txt", STOPS STOPS_END "A,Arne,65,22,,\n"}},
     BAD("stops.txt, line 5, stop_id \"A\": a stop with this id stands further up in the file")},
    {"a parent that is not there",
     {{"stops.txt", STOPS "A,Arne,65,22,,Q\nB,Berit,65,22,,\n"}},
     BAD("stops.txt, line 2, parent_station \"Q\": there is no such stop_id in stops.txt")},
    {"a parent that is a stop",
     {{"stops.txt", STOPS STOPS_END "D,Dagny,65,22,,A\n"}},
     FOUND({"wrong_parent_location_type", 1, {0}})},
    {"parents in a circle",
     {{"stops.txt", STOPS "A,Arne,65,22,1,B\nB,Berit,65,22,1,A\n"}},
     BAD("stops.txt, line 2, parent_station \"B\": the stop is part of itself through its parents")},
    {"a stop without an id",
     {{"stops.txt", STOPS ",Arne,65,22,,\n"}},
     BAD("line 2, stop_id \"\": GTFS requires a value")},
    {"a column twice",
     {{"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,stop_id\n"}},
     BAD("stops.txt has the column stop_id twice")},
    {"blanks around values",
     {{"stops.txt",
       " stop_id ,stop_name,stop_lat, stop_lon\n A ,Arne,65, 22\nB,Berit,65,22\nC,Cilla,65,22\n"}},
     FOUND({"leading_or_trailing_whitespaces", 2, {0}})},
    {"a blank row", {{"stops.txt", STOPS STOPS_END "   \n"}}, FOUND({"empty_row", 1, {0}})},
    {"a comma without quotation marks",
     {{"stops.txt", STOPS "A,Arne, norra,65,22,0,S\n"}},
     BAD("stops.txt, line 2: the row has more values than the header has columns")},
    {"a column without a name",
     {{"trips.txt", "route_id,service_id,trip_id,\nR,D,T,\n"}},
     FOUND({"empty_column_name", 1, {0}})},
    {"no stops", {{"stops.txt", STOPS}, {"stop_times.txt", TIMES}}, FOUND({"unused_trip", 1, {0}})},
    {"an empty required file", {{"trips.txt", ""}}, BAD("trips.txt is empty")},
    {"a time that is none",
     {{"stop_times.txt", TIMES "T,7.00,07:00:00,A,1\n"}},
     BAD("stop_times.txt, line 2, arrival_time \"7.00\": not a time; write HH:MM:SS")},
    {"a time with sixty minutes",
     {{"stop_times.txt", TIMES "T,07:00:00,07:60:00,A,1\n"}},
     BAD("departure_time \"07:60:00\": not a time")},
    {"times that run backwards between stops",
     {{"stop_times.txt", TIMES "T,07:00:00,07:05:00,A,1\nT,07:04:00,07:10:00,B,2\n"}},
     BAD("stop_times.txt, line 3, arrival_time \"07:04:00\": earlier than 07:05:00, when the trip leaves the "
         "stop before")},
    {"times that run backwards at a stop",
     {{"stop_times.txt", TIMES "T,07:00:00,07:05:00,A,1\nT,07:14:00,07:10:00,B,2\n"}},
     BAD("stop_times.txt, line 3, departure_time \"07:10:00\": earlier than the arrival, 07:14:00")},
    {"times that run backwards over a blank",
     {{"stop_times.txt", TIMES "T,07:00:00,07:05:00,A,1\nT,,,B,2\nT,07:01:00,07:01:00,C,3\n"}},
     BAD("earlier than")},
    {"no time at the end",
     {{"stop_times.txt", TIMES "T,07:00:00,07:05:00,A,1\nT,,,B,2\n"}},
     BAD("stop_times.txt, line 3, arrival_time \"\": the first and the last stop")},
    {"a stop_sequence twice, far apart",
     {{"stop_times.txt",
       TIMES "T,07:00:00,07:00:00,A,3\nT,07:10:00,07:10:00,B,2\nT,07:20:00,07:20:00,C,3\n"}},
     BAD("stop_times.txt, line 4, stop_sequence \"3\": the trip has this stop_sequence twice")},
    {"a trip that is not there",
     {{"stop_times.txt", TIMES "U,07:00:00,07:00:00,A,1\n"}},
     BAD("stop_times.txt, line 2, trip_id \"U\": there is no such trip_id in trips.txt")},
    {"a pickup type that is none",
     {{"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
                         "T,07:00:00,07:00:00,A,1,4\n"}},
     BAD("pickup_type \"4\": outside the range")},
    {"no stop",
     {{"stop_times.txt", TIMES "T,07:00:00,07:00:00,,1\n"}},
     BAD("stop_id \"\": GTFS requires a value")},
    {"a route that is not there",
     {{"trips.txt", TRIPS "Q,D,T\n"}},
     BAD("trips.txt, line 2, route_id \"Q\": there is no such route_id in routes.txt")},
    {"a service that is not there",
     {{"trips.txt", TRIPS "R,E,T\n"}},
     BAD("trips.txt, line 2, service_id \"E\": there is no such service_id")},
    {"a trip twice",
     {{"trips.txt", TRIPS "R,D,T\nR,D,T\n"}},
     BAD("trips.txt, line 3, trip_id \"T\": a trip with this id stands further up in the file")},
    {"a route twice", {{"routes.txt", ROUTES "R,L,10,x,3\nR,L,11,y,3\n"}}, FOUND({"duplicate_key", 1, {0}})},
    {"a route without a name",
     {{"routes.txt", ROUTES "R,L,,,3\n"}},
     FOUND({"route_both_short_and_long_name_missing", 1, {0}})},
    {"a route type that is none",
     {{"routes.txt", ROUTES "R,L,1,x,99\n"}},
     FOUND({"unexpected_enum_value", 1, {0}})},
    {"two services of one name",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20220901,20220930\nD,1,1,1,1,1,0,0,20220901,20220930\n"}},
     BAD("calendar.txt, line 3, service_id \"D\": another service with this id")},
    {"a service that ends before it starts",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20220901,20220831\n"}},
     BAD("calendar.txt, line 2, end_date \"20220831\": the service ends before its start_date")},
    {"a date that is none",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20220229,20220831\n"}},
     BAD("start_date \"20220229\": not a date; write YYYYMMDD")},
    {"a flag that is none",
     {{"calendar.txt", CALENDAR "D,2,1,1,1,1,1,1,20220901,20220930\n"}},
     BAD("monday \"2\": outside")},
    {"a date both added and removed",
     {{"calendar_dates.txt", "service_id,date,exception_type\nD,20220913,1\nD,20220913,2\n"}},
     BAD("calendar_dates.txt, line 3, date \"2022-09-13\": the same service is both added and removed")},
    {"a date added twice",
     {{"calendar_dates.txt", "service_id,date,exception_type\nD,20220913,1\nD,20220913,1\n"}},
     FOUND({"duplicate_key", 1, {0}})},
    {"an exception type that is none",
     {{"calendar_dates.txt", "service_id,date,exception_type\nD,20220913,3\n"}},
     BAD("exception_type \"3\": outside the range")},
    {"no headway",
     {{"frequencies.txt", FREQUENCIES "T,07:00:00,08:00:00,0\n"}},
     BAD("headway_secs \"0\": outside the range")},
    {"a frequency that ends before it starts",
     {{"frequencies.txt", FREQUENCIES "T,07:00:00,07:00:00,600\n"}},
     BAD("frequencies.txt, line 2, end_time \"07:00:00\": not later than start_time")},
    {"a frequency of no trip",
     {{"frequencies.txt", FREQUENCIES "U,07:00:00,08:00:00,600\n"}},
     BAD("trip_id \"U\": there is no such trip_id")},
    {"frequencies that overlap",
     {{"frequencies.txt", FREQUENCIES "T,07:00:00,08:00:00,600\nT,07:30:00,09:00:00,600\n"}},
     FOUND({"overlapping_frequency", 1, {0}})},
    {"a transfer type that is none",
     {{"transfers.txt", TRANSFERS "A,B,6,\n"}},
     BAD("transfer_type \"6\": outside the range")},
    {"a transfer from nowhere",
     {{"transfers.txt", TRANSFERS ",B,0,\n"}},
     BAD("from_stop_id \"\": GTFS requires a value")},
    {"a minimum time left out",
     {{"transfers.txt", TRANSFERS "A,B,2,\n"}},
     FOUND({"missing_required_field", 1, {0}})},
    {"an agency twice",
     {{"agency.txt", AGENCY "L,L,x,Europe/Stockholm\nL,L,x,Europe/Stockholm\n"}},
     FOUND({"duplicate_key", 1, {0}})},
    {"two time zones",
     {{"agency.txt", AGENCY "L,L,x,Europe/Stockholm\nF,F,x,Europe/Helsinki\n"}},
     FOUND({"inconsistent_agency_timezone", 1, {0}})},
    {"a time zone that is none",
     {{"agency.txt", AGENCY "L,L,x,Europe/Lund\n"}},
     FOUND({"invalid_timezone", 1, {0}})},
    {"a pathway to nowhere, and one that leaves its station",
     {{"pathways.txt", "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
                       "1,S1,X,1,1,60\n2,S1,A,1,1,60\n"}},
     FOUND({"foreign_key_violation", 1, {0}}, {"pathway_between_stations", 1, {0}})},
    {"an in-seat transfer without its trips",
     {{"transfers.txt", TRANSFERS "A,A,4,\n"}},
     BAD("transfers.txt, line 2, from_trip_id \"\": GTFS requires a value")},
    {"an open quotation mark",
     {{"stops.txt", STOPS "A,\"Arne,65,22,,\n"}},
     BAD("stops.txt, line 2: a quotation mark is never closed")},
    {"text that is not UTF-8",
     {{"stops.txt", STOPS STOPS_END "D,\xC5rjan,65,22,,\n"}},
     FOUND({"invalid_character", 1, {0}})},
};

static void faults_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        const char *folder = kit_folder();
        gtfs_write(folder, faults[i].files, FILES);
        check(faults[i].what, folder, &faults[i].expected);
        kit_remove(folder);
    }
}

/* Zips are named as people know them, not as GDAL does. */
static void a_file_in_a_zip_is_named(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {{"stops.txt", STOPS "A,\"Arne,65,22,,\n"}};
    static const char *const names[] = {"feed.zip", "feed.data"};
    char folder[64], path[128], expected[256], *output;
    snprintf(folder, sizeof folder, "%s", kit_folder());
    gtfs_write(folder, files, 1);
    for (size_t i = 0; i < 2; i++) {
        om_context ctx = {0};
        data_feed *feed = NULL;
        assert_int_equal(
            kit_run(&output, "cd '%s' && zip -q new.zip *.txt && mv new.zip %s", folder, names[i]), 0);
        free(output);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        snprintf(expected, sizeof expected, "%s: stops.txt, line 2: a quotation mark is never closed", path);
        const char *paths[] = {path};
        assert_int_equal(data_feed_open(&ctx, paths, 1, &feed), OM_BAD_DATA);
        assert_string_equal(ctx.message, expected);
        om_context_done(&ctx);
    }
    kit_remove(folder);
}

static void a_damaged_archive_is_told(void **state)
{
    (void)state;
    om_context ctx = {0};
    char folder[64], path[128], *output;
    snprintf(folder, sizeof folder, "%s", kit_folder());
    gtfs_write(folder, NULL, 0);
    snprintf(path, sizeof path, "%s/feed.zip", folder);
    /* The middle of stop_times.txt's packed bytes is overwritten. */
    assert_int_equal(
        kit_run(&output,
                "cd '%s' && for i in $(seq 20000); do echo \"T,07:00:00,07:00:00,A,$i$i\"; done >> "
                "stop_times.txt && zip -q feed.zip *.txt && "
                "printf 'xxxxxxxxxxxxxxxx' | dd of=feed.zip bs=1 seek=20000 conv=notrunc 2>&1",
                folder),
        0);
    free(output);
    const char *paths[] = {path};
    data_feed *feed = NULL;
    om_status status = data_feed_open(&ctx, paths, 1, &feed);
    assert_true(status == OM_IO || status == OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "stop_times.txt"));
    om_context_done(&ctx);
    kit_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_feeds_are_judged),
        cmocka_unit_test(faults_are_told),
        cmocka_unit_test(a_file_in_a_zip_is_named),
        cmocka_unit_test(a_damaged_archive_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

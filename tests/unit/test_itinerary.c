/* Journeys in the words of a feed: lines, stops and platforms, changes, staying aboard, walks. */
#include "kit.h"

#include "gtfs.h"

#include "datasets/itinerary.h"
#include "datasets/named_point.h"
#include "geo/memory.h"

#include <math.h>

enum { AT_SEVEN_S = 7 * 3600, DATE = 20220913 };

#define CLOCK(hours, minutes) ((hours)*3600 + (minutes)*60)

static char *folder;

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

/* One answered question. */
struct answer {
    data_feed *feed;
    struct data_point points[2];
    geo_timetable *timetable;
    struct geo_point *access;
    struct geo_journey *journeys;
    struct data_itinerary *itineraries;
    size_t n;
};

static const struct data_feed_options plain = {
    .timetable = {.walking = {.radius_m = 1000, .detour = 1.3, .speed_km_h = 4.8}}};

static void find_journeys(om_context *ctx, struct answer *answer)
{
    static const struct geo_access_options walk = {1000, 3000, 1.3, 4.8};
    const struct geo_journey_query query = {
        .departures = {AT_SEVEN_S, CLOCK(48, 0)}, .arrive_by_s = INT32_MAX, .max_transfers = -1};
    om_status status = data_feed_timetable(ctx, answer->feed, DATE, &plain, &answer->timetable);
    if (status == OM_OK)
        status = data_points_access(ctx, answer->feed, answer->timetable, answer->points, 2, &walk,
                                    &answer->access, NULL);
    if (status == OM_OK)
        status = geo_journeys(ctx, answer->timetable, &answer->access[0], &answer->access[1], &query,
                              &answer->journeys, &answer->n);
    if (status != OM_OK)
        fail_msg("%s", ctx->message);
}

static om_status put_into_words(om_context *ctx, struct answer *answer)
{
    const struct data_enquiry enquiry = {
        .feed = answer->feed,
        .date = DATE,
        .options = &plain,
        .detour = 1.3,
        .timetable = answer->timetable,
        .from = &answer->points[0],
        .to = &answer->points[1],
        .from_access = &answer->access[0],
        .to_access = &answer->access[1],
    };
    return data_itineraries_make(ctx, &enquiry, answer->journeys, answer->n, &answer->itineraries);
}

/* The journeys from 07:00 on between two places of some feeds. */
static void ask_feeds(const char *const *paths, size_t n_paths, const char *from, const char *to,
                      struct answer *answer)
{
    om_context ctx = {0};
    *answer = (struct answer){0};
    om_status status = data_feed_open(&ctx, paths, n_paths, &answer->feed);
    if (status == OM_OK)
        status = data_point_named(&ctx, NULL, answer->feed, from, &answer->points[0]);
    if (status == OM_OK)
        status = data_point_named(&ctx, NULL, answer->feed, to, &answer->points[1]);
    if (status != OM_OK)
        fail_msg("%s", ctx.message);
    find_journeys(&ctx, answer);
    if (put_into_words(&ctx, answer))
        fail_msg("%s", ctx.message);
    om_context_done(&ctx);
}

static void ask(const struct gtfs_file *files, size_t n, const char *from, const char *to,
                struct answer *answer)
{
    const char *path = folder;
    gtfs_write(folder, files, n);
    ask_feeds(&path, 1, from, to, answer);
}

static void answer_done(struct answer *answer)
{
    data_itineraries_free(answer->itineraries, answer->n);
    om_free(answer->journeys);
    data_access_free(answer->access, 2);
    geo_timetable_free(answer->timetable);
    data_point_done(&answer->points[0]);
    data_point_done(&answer->points[1]);
    data_feed_free(answer->feed);
}

static void assert_leg(const struct data_leg *leg, enum data_leg_kind kind, const char *from, const char *to,
                       int32_t departure_s, int32_t arrival_s)
{
    assert_int_equal(leg->kind, kind);
    assert_int_equal(leg->departure_s, departure_s);
    assert_int_equal(leg->arrival_s, arrival_s);
    if (from)
        assert_string_equal(leg->from.name, from);
    else
        assert_int_equal(leg->from.stop, GEO_ANY);
    if (to)
        assert_string_equal(leg->to.name, to);
    else
        assert_int_equal(leg->to.stop, GEO_ANY);
}

static const char routes_of_two[] = "route_id,agency_id,route_short_name,route_long_name,route_type\n"
                                    "R,L,10,Arne till Cilla,700\n"
                                    "Q,L,20,,2\n";

static void a_ride_has_its_line_and_its_platform(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n"
                      "A,Arne,65.60,22.10,0,,4\n"
                      "B,Berit,65.61,22.11,,,\n"
                      "C,Cilla,65.62,22.12,,,\n"},
        {"trips.txt", "route_id,service_id,trip_id,trip_headsign\n"
                      "R,D,T,Cilla torg\n"},
    };
    struct answer answer;
    ask(files, 2, "arne", "C", &answer);
    assert_int_equal(answer.n, 1);
    const struct data_itinerary *journey = &answer.itineraries[0];
    assert_int_equal(journey->n, 1);
    const struct data_leg *ride = &journey->legs[0];
    assert_leg(ride, DATA_LEG_RIDE, "Arne", "Cilla", CLOCK(7, 0), CLOCK(7, 20));
    assert_string_equal(ride->from.platform, "4");
    assert_string_equal(ride->from.stop_id, "A");
    assert_null(ride->to.platform);
    assert_string_equal(ride->trip_id, "T");
    assert_string_equal(ride->headsign, "Cilla torg");
    assert_string_equal(ride->short_name, "10");
    assert_string_equal(ride->long_name, "Arne till Cilla");
    assert_string_equal(ride->agency, "Länstrafiken");
    assert_int_equal(ride->mode, 3);
    assert_int_equal(ride->n_stops_between, 1);
    assert_false(ride->on_demand);
    answer_done(&answer);
}

static void a_stop_may_have_a_headsign_of_its_own(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"trips.txt", "route_id,service_id,trip_id,trip_headsign\nR,D,T,Cilla\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n"
                           "T,07:00:00,07:00:00,A,1,Cilla via Berit\n"
                           "T,07:10:00,07:10:00,B,2,\n"
                           "T,07:20:00,07:20:00,C,3,\n"},
    };
    struct answer answer;
    ask(files, 2, "A", "C", &answer);
    assert_string_equal(answer.itineraries[0].legs[0].headsign, "Cilla via Berit");
    answer_done(&answer);
    ask(files, 2, "B", "C", &answer);
    assert_string_equal(answer.itineraries[0].legs[0].headsign, "Cilla");
    answer_done(&answer);
}

static void a_trip_may_have_to_be_booked(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
                           "T,07:00:00,07:00:00,A,1,2\n"
                           "T,07:10:00,07:10:00,B,2,2\n"
                           "T,07:20:00,07:20:00,C,3,2\n"},
    };
    struct answer answer;
    ask(files, 1, "A", "C", &answer);
    assert_true(answer.itineraries[0].on_demand);
    assert_true(answer.itineraries[0].legs[0].on_demand);
    answer_done(&answer);
}

/* Line 10 goes on as line 20 in the same vehicle, from the same stop or from the next one of the station. */
static void who_stays_aboard_sees_both_lines(void **state)
{
    (void)state;
    static const char *const starts[] = {"S1", "S2"};
    for (size_t i = 0; i < 2; i++) {
        char times[512];
        snprintf(times, sizeof times,
                 "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                 "T,07:00:00,07:00:00,A,1\n"
                 "T,07:10:00,07:10:00,S1,2\n"
                 "U,07:13:00,07:13:00,%s,1\n"
                 "U,07:30:00,07:30:00,C,2\n",
                 starts[i]);
        const struct gtfs_file files[] = {
            {"routes.txt", routes_of_two},
            {"trips.txt", "route_id,service_id,trip_id,block_id\nR,D,T,V\nQ,D,U,V\n"},
            {"stop_times.txt", times},
        };
        struct answer answer;
        ask(files, 3, "A", "C", &answer);
        assert_int_equal(answer.n, 1);
        const struct data_itinerary *journey = &answer.itineraries[0];
        assert_int_equal(journey->journey.transfers, 0);
        assert_int_equal(journey->n, 2);
        assert_leg(&journey->legs[0], DATA_LEG_RIDE, "Arne", "Läge 1", CLOCK(7, 0), CLOCK(7, 10));
        assert_leg(&journey->legs[1], DATA_LEG_RIDE, i == 0 ? "Läge 1" : "Läge 2", "Cilla", CLOCK(7, 13),
                   CLOCK(7, 30));
        assert_string_equal(journey->legs[0].short_name, "10");
        assert_string_equal(journey->legs[1].short_name, "20");
        assert_string_equal(journey->legs[1].trip_id, "U");
        assert_int_equal(journey->legs[1].mode, 2);
        assert_false(journey->legs[0].stays_aboard);
        assert_true(journey->legs[1].stays_aboard);
        answer_done(&answer);
        ask(files, 3, "S1", "C", &answer);
        assert_int_equal(answer.itineraries[0].n, 1);
        assert_string_equal(answer.itineraries[0].legs[0].short_name, "20");
        assert_false(answer.itineraries[0].legs[0].stays_aboard);
        answer_done(&answer);
    }
}

static const char two_trips[] = "route_id,service_id,trip_id\nR,D,T\nQ,D,U\n";

static void a_change_takes_what_the_station_asks_for(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"routes.txt", routes_of_two},
        {"trips.txt", two_trips},
        {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nS,S,2,180\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,07:00:00,07:00:00,A,1\n"
                           "T,07:10:00,07:10:00,S1,2\n"
                           "U,07:17:00,07:17:00,S2,1\n"
                           "U,07:30:00,07:30:00,C,2\n"},
    };
    struct answer answer;
    ask(files, 4, "A", "C", &answer);
    const struct data_itinerary *journey = &answer.itineraries[0];
    assert_int_equal(journey->n, 3);
    assert_int_equal(journey->journey.transfers, 1);
    assert_leg(&journey->legs[1], DATA_LEG_CHANGE, "Läge 1", "Läge 2", CLOCK(7, 10), CLOCK(7, 13));
    assert_int_equal(journey->legs[1].change, DATA_CHANGE_WITHIN);
    assert_int_equal(journey->legs[1].wait_s, 4 * 60);
    assert_int_equal(journey->wait_s, 4 * 60);
    assert_int_equal(journey->walk_s, 0);
    assert_true(isnan(journey->legs[1].walk_m));
    answer_done(&answer);
}

/* A thousandth of a degree of latitude is 111.2 m on the sphere that distances are measured on; 1.3 times as
 * far to walk are 144.6 m, and at 4.8 km/h 108.4 s, which count as 109. */
static void walks_have_metres(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"routes.txt", routes_of_two},
        {"trips.txt", two_trips},
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n"
                      "A,Arne,65.600,22.10\n"
                      "B,Berit,65.700,22.10\n"
                      "E,Edla,65.701,22.10\n"
                      "C,Cilla,65.800,22.10\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,07:10:00,07:10:00,A,1\n"
                           "T,07:20:00,07:20:00,B,2\n"
                           "U,07:25:00,07:25:00,E,1\n"
                           "U,07:40:00,07:40:00,C,2\n"},
    };
    struct answer answer;
    ask(files, 4, "65.601,22.10", "65.799, 22.10", &answer);
    assert_int_equal(answer.n, 1);
    const struct data_itinerary *journey = &answer.itineraries[0];
    assert_int_equal(journey->n, 5);
    assert_leg(&journey->legs[0], DATA_LEG_WALK, NULL, "Arne", CLOCK(7, 10) - 109, CLOCK(7, 10));
    assert_leg(&journey->legs[2], DATA_LEG_CHANGE, "Berit", "Edla", CLOCK(7, 20), CLOCK(7, 20) + 109);
    assert_leg(&journey->legs[4], DATA_LEG_WALK, "Cilla", NULL, CLOCK(7, 40), CLOCK(7, 40) + 109);
    assert_int_equal(journey->legs[2].change, DATA_CHANGE_WALK);
    assert_int_equal(journey->legs[2].wait_s, 300 - 109);
    for (size_t i = 0; i < 5; i += 2)
        assert_true(fabs(journey->legs[i].walk_m - 144.6) < 0.5);
    assert_int_equal(journey->walk_s, 3 * 109);
    assert_true(fabs(journey->walk_m - 3 * 144.6) < 1.5);
    answer_done(&answer);
}

static void points_that_meet_are_walked_between(void **state)
{
    (void)state;
    struct answer answer;
    ask(NULL, 0, "65.6005,22.10", "65.6003,22.10", &answer);
    assert_int_equal(answer.n, 1);
    assert_int_equal(answer.itineraries[0].n, 1);
    assert_leg(&answer.itineraries[0].legs[0], DATA_LEG_WALK, NULL, NULL, AT_SEVEN_S,
               answer.itineraries[0].journey.arrival_s);
    assert_true(fabs(answer.itineraries[0].walk_m - 0.8 * 144.6) < 0.5);
    answer_done(&answer);
}

/* Type 1 lets one change in no time where the station asks for 180 s. Type 4 between trips that a rule names
 * as well cannot be one ride, but is no ordinary change either. */
static void rules_for_trips_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        enum data_change_kind change;
    } cases[] = {{"S1,S1,1,,T,U\n", DATA_CHANGE_GUARANTEED},
                 {"S1,S1,1,,T,U\n,,4,,T,U\n", DATA_CHANGE_SEATED}};
    for (size_t i = 0; i < 2; i++) {
        char rules[256];
        snprintf(rules, sizeof rules,
                 "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
                 "S,S,2,180,,\n%s",
                 cases[i].rule);
        const struct gtfs_file files[] = {
            {"routes.txt", routes_of_two},
            {"trips.txt", two_trips},
            {"transfers.txt", rules},
            {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                               "T,07:00:00,07:00:00,A,1\n"
                               "T,07:10:00,07:10:00,S1,2\n"
                               "U,07:11:00,07:11:00,S1,1\n"
                               "U,07:30:00,07:30:00,C,2\n"},
        };
        struct answer answer;
        ask(files, 4, "A", "C", &answer);
        assert_int_equal(answer.n, 1);
        assert_int_equal(answer.itineraries[0].journey.transfers, 1);
        assert_int_equal(answer.itineraries[0].legs[1].change, cases[i].change);
        assert_int_equal(answer.itineraries[0].legs[1].wait_s, 60);
        answer_done(&answer);
    }
}

/* T goes on as U, in one ride; U goes on as W, which a rule names, so that this is a change of its own: for
 * those who are on board since T, too. Changing on the platform of Berit would take 10 minutes. */
static void the_seat_is_kept_after_a_ride_of_several_trips(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        {"trips.txt", "route_id,service_id,trip_id,block_id\nR,D,T,V\nR,D,U,V\nR,D,W,V\n"},
        {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
                          "B,B,2,600,,\n"
                          "C,C,1,,W,W\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,07:00:00,07:00:00,A,1\n"
                           "T,07:10:00,07:10:00,S1,2\n"
                           "U,07:12:00,07:12:00,S1,1\n"
                           "U,07:20:00,07:20:00,B,2\n"
                           "W,07:22:00,07:22:00,B,1\n"
                           "W,07:30:00,07:30:00,C,2\n"},
    };
    struct answer answer;
    ask(files, 3, "S1", "C", &answer);
    assert_int_equal(answer.n, 1);
    answer_done(&answer);
    ask(files, 3, "A", "C", &answer);
    assert_int_equal(answer.n, 1);
    assert_int_equal(answer.itineraries[0].n, 4);
    assert_true(answer.itineraries[0].legs[1].stays_aboard);
    assert_int_equal(answer.itineraries[0].legs[2].change, DATA_CHANGE_SEATED);
    answer_done(&answer);
}

/* Two feeds with the same ids, the second an hour later and by another company. */
static void feeds_with_equal_ids_keep_their_names(void **state)
{
    (void)state;
    char first[128], second[128];
    snprintf(first, sizeof first, "%s/first", folder);
    snprintf(second, sizeof second, "%s/second", folder);
    assert_int_equal(mkdir(first, 0700), 0);
    assert_int_equal(mkdir(second, 0700), 0);
    const struct gtfs_file files[] = {
        {"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\n"
                       "L,Bolaget,https://example.org,Europe/Stockholm\n"},
        {"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nR,L,99,,2\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,08:00:00,08:00:00,A,1\n"
                           "T,08:10:00,08:10:00,C,2\n"},
    };
    gtfs_write(first, NULL, 0);
    gtfs_write(second, files, 3);
    struct answer answer;
    ask_feeds((const char *const[]){first, second}, 2, "65.60,22.10", "65.62,22.12", &answer);
    assert_int_equal(answer.n, 2);
    assert_string_equal(answer.itineraries[0].legs[0].agency, "Länstrafiken");
    assert_string_equal(answer.itineraries[1].legs[0].agency, "Bolaget");
    assert_string_equal(answer.itineraries[1].legs[0].short_name, "99");
    answer_done(&answer);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    struct answer answer;
    const struct gtfs_file files[] = {
        {"trips.txt", "route_id,service_id,trip_id,block_id\nR,D,T,V\nR,D,U,V\n"},
        {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                           "T,07:05:00,07:05:00,A,1\n"
                           "T,07:10:00,07:10:00,S1,2\n"
                           "U,07:12:00,07:12:00,S1,1\n"
                           "U,07:20:00,07:20:00,C,2\n"},
    };
    ask(files, 2, "65.600,22.101", "C", &answer);
    assert_int_equal(answer.n, 1);
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status == OM_NO_MEMORY && n < 10000; n++) {
        om_context ctx = {0};
        data_itineraries_free(answer.itineraries, answer.n);
        answer.itineraries = NULL;
        om_memory_fail_after(n);
        status = put_into_words(&ctx, &answer);
        om_memory_fail_after(0);
        assert_int_equal(ctx.status, status);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    assert_string_equal(answer.itineraries[0].legs[1].short_name, "10");
    answer_done(&answer);
}

struct name_case {
    const char *text;
    om_status status;
    const char *says; /* the point's id, or a part of the message */
};

static void places_are_found_by_name(void **state)
{
    (void)state;
    static const struct name_case cases[] = {
        {"A", OM_OK, "Arne"},
        {"ÅSA", OM_OK, "Åsa"},
        {"stationen", OM_OK, "Stationen"},
        {"rne", OM_OK, "Arne"},
        {"65.6,22.1", OM_OK, "65.6,22.1"},
        {"Berg", OM_BAD_DATA,
         "several stops are called \"Berg\"; name one by its stop_id: Berg (D), Berg (E)"},
        {"Läge", OM_NOT_FOUND, "stops that contain it: Läge 1 (P1), Läge 2 (P2)"},
        {"Nowhere", OM_NOT_FOUND, "nothing is called \"Nowhere\""},
        {"", OM_NOT_FOUND, "nothing is called \"\""},
        {"22.1,650", OM_BAD_DATA, "write latitude,longitude"},
    };
    const struct gtfs_file files[] = {
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
                      "A,Arne,65.60,22.10,0,\n"
                      "B,Åsa,65.61,22.11,,\n"
                      "C,Cilla,65.62,22.12,,\n"
                      "D,Berg,65.62,22.12,,\n"
                      "E,Berg,65.72,22.12,,\n"
                      "S,Stationen,65.63,22.13,1,\n"
                      "S1,Stationen,65.63,22.13,0,S\n"
                      "S2,Stationen,65.63,22.13,0,S\n"
                      "P1,Läge 1,65.63,22.14,0,\n"
                      "P2,Läge 2,65.63,22.14,0,\n"},
    };
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *path = folder;
    gtfs_write(folder, files, 1);
    assert_int_equal(data_feed_open(&ctx, &path, 1, &feed), OM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct data_point point = {0};
        om_status status = data_point_named(&ctx, NULL, feed, cases[i].text, &point);
        const char *said = status ? ctx.message : point.id;
        if (status != cases[i].status || !strstr(said, cases[i].says))
            fail_msg("\"%s\": status %d, said: %s\nwanted: %s", cases[i].text, (int)status, said,
                     cases[i].says);
        data_point_done(&point);
    }
    data_feed_free(feed);
    om_context_done(&ctx);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_ride_has_its_line_and_its_platform),
        CASE(a_stop_may_have_a_headsign_of_its_own),
        CASE(a_trip_may_have_to_be_booked),
        CASE(who_stays_aboard_sees_both_lines),
        CASE(a_change_takes_what_the_station_asks_for),
        CASE(walks_have_metres),
        CASE(points_that_meet_are_walked_between),
        CASE(rules_for_trips_are_told),
        CASE(the_seat_is_kept_after_a_ride_of_several_trips),
        CASE(feeds_with_equal_ids_keep_their_names),
        CASE(every_failed_allocation_is_reported),
        CASE(places_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

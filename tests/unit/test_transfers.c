/*
 * transfers.txt from text to travel times: each type, at stop, station, route and trip level, and which of
 * several rows holds.
 *
 * T leaves A at 07:10 and reaches platform S1 at 07:30. From S2 U leaves at 07:34, W at 07:50; the ride to C
 * takes 10 minutes.
 */
#include "gtfs_travel.h"

#define RULES                                                                                           \
    "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id,from_route_id,to_" \
    "route_id\n"

static const struct gtfs_file network[] = {
    {"routes.txt", "route_id,agency_id,route_short_name,route_type\nR,L,1,3\nQ,L,2,3\n"},
    {"trips.txt", "route_id,service_id,trip_id\nR,D,T\nQ,D,U\nQ,D,W\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                       "T,07:10:00,07:10:00,A,1\nT,07:30:00,07:30:00,S1,2\n"
                       "U,07:34:00,07:34:00,S2,1\nU,07:44:00,07:44:00,C,2\n"
                       "W,07:50:00,07:50:00,S2,1\nW,08:00:00,08:00:00,C,2\n"}};

enum { WITH_U_S = 34 * GTFS_MINUTE_S, WITH_W_S = 50 * GTFS_MINUTE_S, NEVER_S = GEO_NO_TIME };

static const struct {
    const char *what, *rules;
    int32_t fastest_s;
} cases[] = {
    {"no rule: at once", RULES, WITH_U_S},
    {"type 0 recommends, and asks for nothing", RULES "S1,S2,0,300,,,,\n", WITH_U_S},
    {"type 1 waits", RULES "S1,S2,1,,,,,\n", WITH_U_S},
    {"type 2 with just enough time", RULES "S1,S2,2,240,,,,\n", WITH_U_S},
    {"type 2 with a second too little", RULES "S1,S2,2,241,,,,\n", WITH_W_S},
    {"type 2 without a time asks for none", RULES "S1,S2,2,,,,,\n", WITH_U_S},
    {"type 3 forbids", RULES "S1,S2,3,,,,,\n", NEVER_S},
    {"a rule for the other way round is none", RULES "S2,S1,3,,,,,\n", WITH_U_S},
    {"a rule for the station holds for its stops", RULES "S,S,2,300,,,,\n", WITH_W_S},
    {"stop to stop before station to station", RULES "S,S,3,,,,,\nS1,S2,2,300,,,,\n", WITH_W_S},
    {"stop to station before station to station", RULES "S,S,3,,,,,\nS1,S,0,,,,,\n", WITH_U_S},
    {"station to stop before station to station", RULES "S,S,3,,,,,\nS,S2,0,,,,,\n", WITH_U_S},
    {"stop to station before station to stop", RULES "S,S2,3,,,,,\nS1,S,0,,,,,\n", WITH_U_S},
    {"one route before none", RULES "S1,S2,3,,,,,\nS1,S2,0,,,,R,\n", WITH_U_S},
    {"both routes before one", RULES "S1,S2,3,,,,R,\nS1,S2,0,,,,R,Q\n", WITH_U_S},
    {"one trip before both routes", RULES "S1,S2,3,,,,R,Q\nS1,S2,0,,T,,,\n", WITH_U_S},
    {"trip and route before one trip", RULES "S1,S2,3,,T,,,\nS1,S2,0,,T,,,Q\n", WITH_U_S},
    {"route and trip before one trip", RULES "S1,S2,3,,,U,,\nS1,S2,0,,,U,R,\n", WITH_U_S},
    {"both trips before trip and route", RULES "S1,S2,3,,T,,,Q\nS1,S2,1,,T,U,,\n", WITH_U_S},
    {"trips at the station before the stops alone", RULES "S1,S2,3,,,,,\nS,S,1,,T,U,,\n", WITH_U_S},
    {"a forbidden trip leaves the next", RULES "S1,S2,3,,T,U,,\n", WITH_W_S},
    {"a rule for another route is none", RULES "S1,S2,3,,,,Q,\n", WITH_U_S},
    {"type 4 between trips: seated, at another platform", RULES "S1,S2,3,,,,,\n,,4,,T,U,,\n", WITH_U_S},
    {"type 5 alone forbids nothing but the seat", RULES "S1,S2,5,,T,U,,\n", WITH_U_S},
    {"an entrance has no rules", RULES "E,S2,3,,,,,\n", WITH_U_S},
};

static const struct gtfs_file stops = {
    "stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
                 "A,Arne,65.60,22.10,0,\nC,Cilla,65.62,22.12,,\nS,Stationen,65.63,22.13,1,\n"
                 "S1,Läge 1,65.63,22.13,0,S\nS2,Läge 2,65.63,22.13,0,S\nE,Ingång,65.63,22.13,2,S\n"};

static void the_most_specific_rule_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct gtfs_file files[] = {
            network[0], network[1], network[2], stops, {"transfers.txt", cases[i].rules}};
        struct geo_travel_time found = gtfs_travel(files, 5, &gtfs_morning);
        if (found.fastest_s != cases[i].fastest_s)
            fail_msg("%s: %d s, wanted %d s", cases[i].what, found.fastest_s, cases[i].fastest_s);
    }
}

static void transfer_rules_are_chosen_from(void **state)
{
    (void)state;
    static const struct gtfs_file rules = {"transfers.txt", RULES "S1,S2,3,,,,,\nS,S,2,300,,,,\n"};
    const struct gtfs_file files[] = {network[0], network[1], network[2], stops, rules};
    static const int32_t fastest_s[] = {
        [GEO_TRANSFERS_FULL] = NEVER_S, [GEO_TRANSFERS_STATION] = WITH_W_S, [GEO_TRANSFERS_NONE] = WITH_U_S};
    for (int which = 0; which < 3; which++) {
        struct gtfs_question question = gtfs_morning;
        question.transfers = (enum geo_transfer_rules)which;
        assert_int_equal(gtfs_travel(files, 5, &question).fastest_s, fastest_s[which]);
    }
}

/* Staying seated is no change: none is needed from T to U, and none is left to make. */
static void a_seat_is_no_change(void **state)
{
    (void)state;
    const struct gtfs_file files[] = {
        network[0], network[1], network[2], stops, {"transfers.txt", RULES ",,4,,T,U,,\n"}};
    struct gtfs_question question = gtfs_morning;
    struct geo_travel_time found = gtfs_travel(files, 5, &question);
    assert_int_equal(found.fastest_transfers, 0);
    question.max_transfers = 0;
    assert_int_equal(gtfs_travel(files, 5, &question).fastest_s, WITH_U_S);
    assert_int_equal(gtfs_travel(files, 4, &question).fastest_s, NEVER_S);
    question.max_transfers = 1;
    assert_int_equal(gtfs_travel(files, 4, &question).fastest_s, WITH_U_S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_specific_rule_holds),
        cmocka_unit_test(transfer_rules_are_chosen_from),
        cmocka_unit_test(a_seat_is_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

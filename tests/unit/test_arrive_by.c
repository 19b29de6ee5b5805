/*
 * Windows of arrivals, worked out by hand; each is asked of the timetable and of its mirror, which must agree
 * in every field.
 */
#include "kit.h"
#include "network.h"

#include "geo/travel_time.h"

#include <math.h>

static const struct geo_matrix_options by_nine = {
    .window = {7 * HOUR_S, 9 * HOUR_S}, .arrive_by = true, .max_transfers = -1, .threads = 1};

static bool is_same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same(const struct geo_travel_time *a, const struct geo_travel_time *b)
{
    assert_int_equal(a->journeys, b->journeys);
    assert_int_equal(a->fastest_s, b->fastest_s);
    assert_int_equal(a->fastest_departure_s, b->fastest_departure_s);
    assert_int_equal(a->fastest_arrival_s, b->fastest_arrival_s);
    assert_int_equal(a->fastest_transfers, b->fastest_transfers);
    assert_int_equal(a->earliest_arrival_s, b->earliest_arrival_s);
    assert_int_equal(a->latest_departure_s, b->latest_departure_s);
    assert_int_equal(a->minutes_without_arrival, b->minutes_without_arrival);
    assert_true(is_same_number(a->median_journey_s, b->median_journey_s));
    assert_true(is_same_number(a->door_p25_s, b->door_p25_s));
    assert_true(is_same_number(a->door_p50_s, b->door_p50_s));
    assert_true(is_same_number(a->door_p75_s, b->door_p75_s));
}

/* From stop `from`, walk_s away, to stop `to`. */
static struct geo_travel_time travel(const struct network *network, uint32_t from, int32_t walk_s,
                                     uint32_t to, const struct geo_matrix_options *options)
{
    om_context ctx = {0};
    struct geo_travel_time times[2];
    const struct geo_access access[2] = {{from, walk_s}, {to, 0}};
    const struct geo_point points[2] = {{&access[0], 1}, {&access[1], 1}};
    const struct geo_rectangle between = {1, &points[0], 1, &points[1], NULL};
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        const struct geo_timetable_options how = {.walking = {0, 1.3, 4.8}, .is_mirrored = mirrored};
        geo_timetable *timetable = NULL;
        assert_int_equal(geo_timetable_new(&ctx, &network->input, &how, &timetable), OM_OK);
        assert_int_equal(geo_travel_time_rectangle(&ctx, timetable, &between, options, &times[mirrored]),
                         OM_OK);
        geo_timetable_free(timetable);
    }
    assert_same(&times[0], &times[1]);
    om_context_done(&ctx);
    return times[0];
}

static void who_must_be_there_leaves_in_time_and_waits(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    for (int32_t i = 0; i < 10; i++)
        add_trip(&network, 0, 6 * HOUR_S + i * 20 * MINUTE_S, 1, 6 * HOUR_S + (i * 20 + 31) * MINUTE_S);
    struct geo_travel_time found = travel(&network, 0, 0, 1, &by_nine);
    assert_int_equal(found.journeys, 6); /* there at 07:11 to 08:51 */
    assert_int_equal(found.fastest_s, 31 * MINUTE_S);
    assert_int_equal(found.fastest_departure_s, 8 * HOUR_S + 20 * MINUTE_S); /* the last of them */
    assert_int_equal(found.fastest_arrival_s, 8 * HOUR_S + 51 * MINUTE_S);
    assert_int_equal(found.latest_departure_s, 8 * HOUR_S + 20 * MINUTE_S);
    assert_int_equal(found.earliest_arrival_s, GEO_NO_TIME);
    /* 31 to 50 minutes, each for six minutes at which to be there */
    assert_true(found.door_p25_s == 35.75 * MINUTE_S);
    assert_true(found.door_p50_s == 40.5 * MINUTE_S);
    assert_true(found.door_p75_s == 45.25 * MINUTE_S);
    assert_int_equal(found.minutes_without_arrival, 0);
}

static void the_window_has_its_end_and_not_its_beginning(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    add_trip(&network, 0, 6 * HOUR_S, 1, 7 * HOUR_S);
    struct geo_travel_time found = travel(&network, 0, 0, 1, &by_nine);
    assert_int_equal(found.journeys, 0);
    assert_int_equal(found.latest_departure_s, 6 * HOUR_S); /* yet one is there by 09:00 */
    assert_int_equal(found.minutes_without_arrival, 0);
    assert_true(found.door_p50_s == 120.5 * MINUTE_S); /* 61 to 180 minutes */
    network_init(&network, 4);
    add_trip(&network, 0, 8 * HOUR_S, 1, 9 * HOUR_S);
    found = travel(&network, 0, 0, 1, &by_nine);
    assert_int_equal(found.journeys, 1);
    assert_int_equal(found.minutes_without_arrival, 119); /* nobody is there sooner */
    assert_true(isnan(found.door_p50_s));
}

static void a_change_and_a_walk_take_the_same_time_backwards(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    add_trip(&network, 0, 7 * HOUR_S, 1, 7 * HOUR_S + 10 * MINUTE_S);
    add_trip(&network, 0, 7 * HOUR_S + 20 * MINUTE_S, 1, 7 * HOUR_S + 30 * MINUTE_S);
    add_trip(&network, 1, 7 * HOUR_S + 25 * MINUTE_S, 2, 8 * HOUR_S);
    struct geo_travel_time found = travel(&network, 0, 5 * MINUTE_S, 2, &by_nine);
    assert_int_equal(found.journeys, 1);
    assert_int_equal(found.fastest_departure_s, 6 * HOUR_S + 55 * MINUTE_S);
    assert_int_equal(found.fastest_s, 65 * MINUTE_S);
    assert_int_equal(found.fastest_transfers, 1);
    struct geo_matrix_options options = by_nine;
    options.limit_s = 65 * MINUTE_S;
    assert_int_equal(travel(&network, 0, 5 * MINUTE_S, 2, &options).minutes_without_arrival, 119);
    options.limit_s--;
    assert_int_equal(travel(&network, 0, 5 * MINUTE_S, 2, &options).journeys, 0);
    options = by_nine;
    options.max_transfers = 0;
    assert_int_equal(travel(&network, 0, 5 * MINUTE_S, 2, &options).journeys, 0);
}

static void points_at_one_stop_are_joined_on_foot_until_the_end(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    add_trip(&network, 2, 8 * HOUR_S, 3, 8 * HOUR_S + 60);
    struct geo_travel_time found = travel(&network, 0, 5 * MINUTE_S, 0, &by_nine);
    assert_int_equal(found.journeys, 1);
    assert_int_equal(found.fastest_s, 5 * MINUTE_S);
    assert_int_equal(found.fastest_arrival_s, 9 * HOUR_S);
    assert_int_equal(found.latest_departure_s, 9 * HOUR_S - 5 * MINUTE_S);
    assert_true(found.door_p75_s == 5 * MINUTE_S);
}

/* Of two rows of which each names a stop on one side and a station on the other, `from` decides. */
static void a_stop_at_the_start_of_a_change_counts_before_one_at_its_end(void **state)
{
    (void)state;
    struct network network;
    const struct geo_transfer forbidden = {
        1, 2, false, true, GEO_ANY, GEO_ANY, GEO_ANY, GEO_ANY, GEO_TRANSFER_FORBIDDEN, 0};
    const struct geo_transfer timed = {
        1, 2, true, false, GEO_ANY, GEO_ANY, GEO_ANY, GEO_ANY, GEO_TRANSFER_TIMED, 0};
    for (int swapped = 0; swapped < 2; swapped++) {
        network_init(&network, 4);
        add_trip(&network, 0, 7 * HOUR_S, 1, 8 * HOUR_S);
        add_trip(&network, 2, 8 * HOUR_S, 3, 9 * HOUR_S);
        network.transfers[swapped] = forbidden;
        network.transfers[!swapped] = timed;
        network.input.n_transfers = 2;
        assert_int_equal(travel(&network, 0, 0, 3, &by_nine).journeys, 0);
        network.transfers[swapped].from_is_station = true;
        network.transfers[swapped].to_is_station = false;
        network.transfers[!swapped].from_is_station = false;
        network.transfers[!swapped].to_is_station = true;
        assert_int_equal(travel(&network, 0, 0, 3, &by_nine).journeys, 1);
    }
}

static void departures_are_the_same_backwards(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    for (int32_t i = 0; i < 8; i++)
        add_trip(&network, 0, 7 * HOUR_S + i * 20 * MINUTE_S, 1, 7 * HOUR_S + (i * 20 + 31) * MINUTE_S);
    struct geo_matrix_options options = by_nine;
    options.arrive_by = false;
    struct geo_travel_time found = travel(&network, 0, 0, 1, &options);
    assert_int_equal(found.journeys, 6);
    assert_int_equal(found.fastest_departure_s, 7 * HOUR_S);
    assert_int_equal(found.earliest_arrival_s, 7 * HOUR_S + 31 * MINUTE_S);
    assert_int_equal(found.latest_departure_s, GEO_NO_TIME);
    assert_true(found.door_p50_s == 40.5 * MINUTE_S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_must_be_there_leaves_in_time_and_waits),
        cmocka_unit_test(the_window_has_its_end_and_not_its_beginning),
        cmocka_unit_test(a_change_and_a_walk_take_the_same_time_backwards),
        cmocka_unit_test(points_at_one_stop_are_joined_on_foot_until_the_end),
        cmocka_unit_test(a_stop_at_the_start_of_a_change_counts_before_one_at_its_end),
        cmocka_unit_test(departures_are_the_same_backwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

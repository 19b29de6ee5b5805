#include "kit.h"
#include "network.h"

#include "geo/memory.h"
#include "geo/travel_time.h"

static struct geo_travel_time travel(const struct network *network, uint32_t from, uint32_t to,
                                     int max_transfers)
{
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_travel_time times[4];
    const struct geo_access access[2] = {{from, 0}, {to, 0}};
    const struct geo_point points[2] = {{&access[0], 1}, {&access[1], 1}};
    const struct geo_matrix_options options = {
        .window = {8 * HOUR_S, 9 * HOUR_S}, .max_transfers = max_transfers, .threads = 1};
    assert_int_equal(geo_timetable_new(&ctx, &network->input, &network->options, &timetable), OM_OK);
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 2, points, &options, times), OM_OK);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
    return times[1];
}

static void add_trip_at(struct network *network, uint32_t from, int32_t departure_min, uint32_t to,
                        int32_t arrival_min)
{
    add_trip(network, from, 8 * HOUR_S + departure_min * MINUTE_S, to, 8 * HOUR_S + arrival_min * MINUTE_S);
}

/* Leaving at 08:10 and changing at stop 1, one is at stop 2 in time for the trip to stop 3, and on to stop 4
 * with three transfers. The slow trip of 08:00 reaches stop 2 without a transfer, but too late for any. */
static void a_slow_direct_trip_does_not_lend_its_transfers_to_a_later_departure(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 5);
    add_trip_at(&network, 0, 10, 1, 20);
    add_trip_at(&network, 1, 25, 2, 30);
    add_trip_at(&network, 0, 0, 2, 60);
    add_trip_at(&network, 2, 40, 3, 50);
    add_trip_at(&network, 3, 55, 4, 65);
    struct geo_travel_time three = travel(&network, 0, 4, 3);
    assert_int_equal(three.journeys, 1);
    assert_int_equal(three.fastest_transfers, 3);
    assert_int_equal(three.fastest_departure_s, 8 * HOUR_S + 10 * MINUTE_S);
    for (int most = 0; most < 3; most++)
        if (travel(&network, 0, 4, most).journeys != 0)
            fail_msg("a journey with at most %d transfers, but three are needed", most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slow_direct_trip_does_not_lend_its_transfers_to_a_later_departure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

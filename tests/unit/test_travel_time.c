#include "kit.h"
#include "network.h"

#include "geo/memory.h"
#include "geo/travel_time.h"

#include <math.h>

static void assert_seconds(double found, double expected)
{
    if (!(fabs(found - expected) < 1e-9))
        fail_msg("%.10g s instead of %.10g s", found, expected);
}

static void add_rule(struct network *network, uint32_t stop, uint32_t from_trip, uint32_t to_trip,
                     enum geo_transfer_kind kind, int32_t min_duration_s)
{
    network->transfers[network->input.n_transfers++] = (struct geo_transfer){
        stop, stop, true, true, from_trip, to_trip, GEO_ANY, GEO_ANY, kind, min_duration_s};
}

static const struct geo_matrix_options morning = {
    .window = {7 * HOUR_S, 9 * HOUR_S}, .max_transfers = -1, .threads = 1};

/* From stop `from` to stop `to`. */
static struct geo_travel_time travel(const struct network *network, uint32_t from, uint32_t to,
                                     const struct geo_matrix_options *options)
{
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_travel_time times[4];
    struct geo_access access[2] = {{from, 0}, {to, 0}};
    struct geo_point points[2] = {{&access[0], 1}, {&access[1], 1}};
    assert_int_equal(geo_timetable_new(&ctx, &network->input, &network->options, &timetable), OM_OK);
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 2, points, options, times), OM_OK);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
    return times[1];
}

static void a_line_every_20_minutes_gives_uniform_waits(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 2);
    for (int32_t i = 0; i < 8; i++)
        add_trip(&network, 0, 7 * HOUR_S + i * 20 * MINUTE_S, 1, 7 * HOUR_S + (i * 20 + 31) * MINUTE_S);
    struct geo_travel_time found = travel(&network, 0, 1, &morning);
    assert_int_equal(found.journeys, 6);
    assert_int_equal(found.fastest_s, 31 * MINUTE_S);
    assert_int_equal(found.fastest_departure_s, 7 * HOUR_S);
    assert_int_equal(found.fastest_transfers, 0);
    assert_seconds(found.median_journey_s, 31 * MINUTE_S);
    /* 31 to 50 minutes, each of six departure minutes */
    assert_seconds(found.door_p25_s, 35.75 * MINUTE_S);
    assert_seconds(found.door_p50_s, 40.5 * MINUTE_S);
    assert_seconds(found.door_p75_s, 45.25 * MINUTE_S);
    assert_int_equal(found.minutes_without_arrival, 0);
}

static void two_lines_in_series_add_their_waits(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 3);
    for (int32_t i = 0; i < 10; i++) {
        add_trip(&network, 0, 7 * HOUR_S + i * 20 * MINUTE_S, 1, 7 * HOUR_S + (i * 20 + 10) * MINUTE_S);
        add_trip(&network, 1, 7 * HOUR_S + (i * 20 + 15) * MINUTE_S, 2,
                 7 * HOUR_S + (i * 20 + 45) * MINUTE_S);
    }
    struct geo_travel_time found = travel(&network, 0, 2, &morning);
    assert_int_equal(found.journeys, 6);
    assert_int_equal(found.fastest_s, 45 * MINUTE_S);
    assert_int_equal(found.fastest_transfers, 1);
    assert_seconds(found.door_p50_s, 54.5 * MINUTE_S);
    struct geo_matrix_options direct = morning;
    direct.max_transfers = 0;
    assert_int_equal(travel(&network, 0, 2, &direct).journeys, 0);
}

static void the_limit_is_inclusive_and_counts_the_wait(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 2);
    for (int32_t i = 0; i < 8; i++)
        add_trip(&network, 0, 7 * HOUR_S + i * 20 * MINUTE_S, 1, 7 * HOUR_S + (i * 20 + 31) * MINUTE_S);
    struct geo_matrix_options limited = morning;
    limited.limit_s = 31 * MINUTE_S;
    struct geo_travel_time found = travel(&network, 0, 1, &limited);
    assert_int_equal(found.journeys, 6);
    assert_int_equal(found.fastest_s, 31 * MINUTE_S);
    assert_int_equal(found.earliest_arrival_s, 7 * HOUR_S + 31 * MINUTE_S);
    assert_int_equal(found.minutes_without_arrival, 114); /* only the minutes of departure wait for nothing */
    limited.limit_s = 50 * MINUTE_S;
    assert_int_equal(travel(&network, 0, 1, &limited).minutes_without_arrival, 0);
    limited.limit_s = 31 * MINUTE_S - 1;
    found = travel(&network, 0, 1, &limited);
    assert_int_equal(found.journeys, 0);
    assert_int_equal(found.earliest_arrival_s, GEO_NO_TIME);
    assert_int_equal(found.minutes_without_arrival, 120);
}

static void the_window_ends_before_until(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 2);
    add_trip(&network, 0, 9 * HOUR_S, 1, 10 * HOUR_S);
    struct geo_travel_time found = travel(&network, 0, 1, &morning);
    assert_int_equal(found.journeys, 0);
    assert_int_equal(found.fastest_s, GEO_NO_TIME);
    assert_true(isnan(found.median_journey_s));
    assert_int_equal(found.earliest_arrival_s, 10 * HOUR_S);
    assert_int_equal(found.minutes_without_arrival, 0);
    assert_seconds(found.door_p50_s, 120.5 * MINUTE_S);
}

static void a_minute_without_arrival_leaves_no_door_time(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 2);
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 600);
    struct geo_travel_time found = travel(&network, 0, 1, &morning);
    assert_int_equal(found.journeys, 1);
    assert_int_equal(found.minutes_without_arrival, 59);
    assert_true(isnan(found.door_p25_s));
    assert_int_equal(found.earliest_arrival_s, 8 * HOUR_S + 600);
}

/* The connection waits for the slow bus only: arriving later catches what arriving earlier does not. */
static void a_guaranteed_connection_beats_an_earlier_arrival(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 3);
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    uint32_t slow = add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 600);
    uint32_t next = add_trip(&network, 1, 8 * HOUR_S + 600, 2, 8 * HOUR_S + 900);
    add_trip(&network, 1, 8 * HOUR_S + 1200, 2, 8 * HOUR_S + 1500);
    add_rule(&network, 1, GEO_ANY, GEO_ANY, GEO_TRANSFER_MINIMUM, 300);
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 1500);
    add_rule(&network, 1, slow, next, GEO_TRANSFER_TIMED, 0);
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 900);
    network.options.transfers = GEO_TRANSFERS_STATION;
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 1500);
    network.options.transfers = GEO_TRANSFERS_NONE;
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 900);
}

/* One may not change from the fast bus; the slow one still reaches the connection. */
static void a_forbidden_change_leaves_the_others(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 3);
    uint32_t fast = add_trip(&network, 0, 8 * HOUR_S + 100, 1, 8 * HOUR_S + 400);
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    uint32_t next = add_trip(&network, 1, 8 * HOUR_S + 600, 2, 8 * HOUR_S + 900);
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 800);
    add_rule(&network, 1, fast, next, GEO_TRANSFER_FORBIDDEN, 0);
    assert_int_equal(travel(&network, 0, 2, &morning).fastest_s, 900);
    assert_int_equal(travel(&network, 1, 2, &morning).fastest_s, 300); /* boarding there is no change */
}

static void stations_are_joined_on_foot(void **state)
{
    (void)state;
    struct network network;
    network_init(&network, 4);
    network.stops[2].lon = network.stops[1].lon + 0.002; /* 94 m away, 92 s with the detour */
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    add_trip(&network, 2, 8 * HOUR_S + 591, 3, 8 * HOUR_S + 700);
    add_trip(&network, 2, 8 * HOUR_S + 592, 3, 8 * HOUR_S + 800);
    assert_int_equal(travel(&network, 0, 3, &morning).journeys, 0);
    network.options.walking.radius_m = 200;
    assert_int_equal(travel(&network, 0, 3, &morning).fastest_s, 800);
    network.options.walking.radius_m = 100; /* the detour counts */
    assert_int_equal(travel(&network, 0, 3, &morning).journeys, 0);
}

struct heard {
    size_t calls, n;
    struct geo_journey journeys[8];
    bool go_on;
};

static bool hear(void *user, size_t from, size_t to, const struct geo_journey *journeys, size_t n)
{
    struct heard *heard = user;
    assert_int_not_equal(from, to);
    heard->calls++;
    if (from == 0 && to == 1) {
        heard->n = n;
        memcpy(heard->journeys, journeys, n * sizeof *journeys);
    }
    return heard->go_on;
}

static void points_that_meet_are_joined_on_foot(void **state)
{
    (void)state;
    struct network network;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_travel_time times[4];
    struct geo_access home[] = {{0, 100}, {1, 300}}, work[] = {{1, 400}};
    struct geo_point points[] = {{home, 2}, {work, 1}};
    struct heard heard = {.go_on = true};
    struct geo_matrix_options options = morning;
    options.on_journeys = hear;
    options.user = &heard;
    network_init(&network, 2);
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 199);      /* 699 s from door to door */
    add_trip(&network, 0, 8 * HOUR_S + 60, 1, 8 * HOUR_S + 260); /* 700 s: no faster than walking */
    assert_int_equal(geo_timetable_new(&ctx, &network.input, &network.options, &timetable), OM_OK);
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 2, points, &options, times), OM_OK);
    assert_int_equal(heard.n, 2);
    assert_int_equal(heard.journeys[0].departure_s, 7 * HOUR_S);
    assert_int_equal(heard.journeys[0].arrival_s, 7 * HOUR_S + 700);
    assert_int_equal(heard.journeys[1].departure_s, 8 * HOUR_S - 100);
    assert_int_equal(times[1].fastest_s, 699);
    assert_seconds(times[1].door_p75_s, 700);
    assert_seconds(times[0].median_journey_s, 0);
    assert_int_equal(times[0].journeys, 1);
    assert_int_equal(times[2].journeys, 1);
    heard = (struct heard){.go_on = false};
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 2, points, &options, times), OM_CANCELLED);
    assert_int_equal(heard.calls, 1);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void bad_arguments_are_named(void **state)
{
    (void)state;
    struct network network;
    geo_timetable *timetable = NULL;
    struct geo_travel_time times[1];
    om_context ctx = {0};
    network_init(&network, 2);
    assert_int_equal(geo_timetable_new(&ctx, &network.input, &network.options, &timetable), OM_OK);
    struct geo_access access = {0, 0};
    struct geo_point point = {&access, 1};
    struct geo_matrix_options options = morning;
    options.window.until_s = options.window.from_s;
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 1, &point, &options, times),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "the window is empty or out of range: 25200 to 25200 s");
    access.stop = 2;
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 1, &point, &morning, times),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "point 0: stop 2, but there are 2");
    access = (struct geo_access){0, -1};
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 1, &point, &morning, times),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "point 0: a walk of -1 s");
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    struct network network;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_travel_time times[4];
    struct geo_access access[] = {{0, 0}, {2, 0}};
    struct geo_point points[] = {{&access[0], 1}, {&access[1], 1}};
    network_init(&network, 3);
    uint32_t first = add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    uint32_t second = add_trip(&network, 1, 8 * HOUR_S + 500, 2, 8 * HOUR_S + 900);
    network.options.min_transfer_s = 60;
    add_rule(&network, 1, first, second, GEO_TRANSFER_TIMED, 0);
    assert_int_equal(geo_timetable_new(&ctx, &network.input, &network.options, &timetable), OM_OK);
    om_status status = OM_NO_MEMORY;
    size_t n = 1;
    for (; status == OM_NO_MEMORY; n++) {
        om_memory_fail_after(n);
        status = geo_travel_time_matrix(&ctx, timetable, 2, points, &morning, times);
        om_memory_fail_after(0);
    }
    assert_int_equal(status, OM_OK);
    assert_int_equal(times[1].fastest_s, 900);
    assert_true(n > 10);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void a_place_finds_its_stops(void **state)
{
    (void)state;
    static const struct {
        double lon;
        double radius_m, fallback_radius_m;
        enum geo_access_kind kind;
        size_t n;
        uint32_t stop;
        int32_t walk_s;
    } cases[] = {
        {20.0, 1000, 3000, GEO_ACCESS_WALKING, 1, 0, 0},
        {20.001, 1000, 3000, GEO_ACCESS_WALKING, 1, 0, 46}, /* 47.0 m, 61.1 m with the detour */
        {20.001, 60, 3000, GEO_ACCESS_NEAREST, 1, 0, 46},
        {20.001, 60, 60, GEO_ACCESS_NONE, 0, 0, 0},
        {20.05, 4000, 3000, GEO_ACCESS_WALKING, 2, 0, 2291},
        {20.2, 1000, 3000, GEO_ACCESS_NONE, 0, 0, 0}, /* the stop there is not served */
        {379.999, 1000, 3000, GEO_ACCESS_WALKING, 1, 0, 46},
    };
    struct network network;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    network_init(&network, 4);
    network.stops[3].lon = (double)NAN;
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    add_trip(&network, 0, 8 * HOUR_S, 3, 8 * HOUR_S + 500);
    assert_int_equal(geo_timetable_new(&ctx, &network.input, &network.options, &timetable), OM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_access_options options = {cases[i].radius_m, cases[i].fallback_radius_m, 1.3, 4.8};
        struct geo_access *access = NULL;
        size_t n = 0;
        enum geo_access_kind kind = GEO_ACCESS_NAMED;
        assert_int_equal(geo_access_find(&ctx, timetable, cases[i].lon, 65, &options, &access, &n, &kind),
                         OM_OK);
        if (kind != cases[i].kind || n != cases[i].n ||
            (n && (access[0].stop != cases[i].stop || access[0].walk_s != cases[i].walk_s)))
            fail_msg("case %zu: kind %d, %zu stops, first %u after %d s", i, (int)kind, n,
                     n ? access[0].stop : 0, n ? access[0].walk_s : 0);
        om_free(access);
    }
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void finding_stops_reports_failures(void **state)
{
    (void)state;
    struct network network;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_access *access = NULL;
    size_t n = 0;
    enum geo_access_kind kind;
    struct geo_access_options options = {1000, 3000, 1.3, 4.8};
    network_init(&network, 2);
    add_trip(&network, 0, 8 * HOUR_S, 1, 8 * HOUR_S + 500);
    assert_int_equal(geo_timetable_new(&ctx, &network.input, &network.options, &timetable), OM_OK);
    for (size_t i = 1; i <= 2; i++) {
        om_memory_fail_after(i);
        assert_int_equal(geo_access_find(&ctx, timetable, 20, 65, &options, &access, &n, &kind),
                         OM_NO_MEMORY);
        om_memory_fail_after(0);
    }
    assert_int_equal(geo_access_find(&ctx, timetable, 20, 91, &options, &access, &n, &kind),
                     OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "no longitude and latitude in degrees: 20, 91");
    options.detour = 0;
    assert_int_equal(geo_access_find(&ctx, timetable, 20, 65, &options, &access, &n, &kind),
                     OM_INVALID_ARGUMENT);
    assert_null(access);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_every_20_minutes_gives_uniform_waits),
        cmocka_unit_test(two_lines_in_series_add_their_waits),
        cmocka_unit_test(the_limit_is_inclusive_and_counts_the_wait),
        cmocka_unit_test(the_window_ends_before_until),
        cmocka_unit_test(a_minute_without_arrival_leaves_no_door_time),
        cmocka_unit_test(a_guaranteed_connection_beats_an_earlier_arrival),
        cmocka_unit_test(a_forbidden_change_leaves_the_others),
        cmocka_unit_test(stations_are_joined_on_foot),
        cmocka_unit_test(points_that_meet_are_joined_on_foot),
        cmocka_unit_test(bad_arguments_are_named),
        cmocka_unit_test(running_out_of_memory_is_reported),
        cmocka_unit_test(a_place_finds_its_stops),
        cmocka_unit_test(finding_stops_reports_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

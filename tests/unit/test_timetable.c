#include "kit.h"

#include "geo/memory.h"
#include "geo/timetable.h"

/* Two stations, of which the first has two stops; one trip from one to the other. */
struct small {
    struct geo_stop stops[3];
    struct geo_call calls[2];
    struct geo_trip trips[2];
    struct geo_transfer transfers[1];
    struct geo_timetable_input input;
    struct geo_timetable_options options;
};

static void small_init(struct small *small)
{
    *small = (struct small){
        .stops = {{20.0, 65.0, 0}, {20.001, 65.0, 0}, {20.1, 65.0, 1}},
        .calls = {{0, 100, 110, true, true}, {2, 200, 200, true, true}},
        .trips = {{0, 2, 0, 0, 0, 0, false}, {0, 2, 600, 0, 0, 0, false}},
        .transfers = {{0, 2, false, false, GEO_ANY, GEO_ANY, GEO_ANY, GEO_ANY, GEO_TRANSFER_MINIMUM, 60}},
        .input = {3, 2, 2, 2, 1, NULL, NULL, NULL, NULL},
        .options = {.transfers = GEO_TRANSFERS_FULL, .walking = {0, 1.3, 4.8}},
    };
    small->input.stops = small->stops;
    small->input.calls = small->calls;
    small->input.trips = small->trips;
    small->input.transfers = small->transfers;
}

static void counts_and_service_are_told(void **state)
{
    (void)state;
    struct small small;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    small_init(&small);
    small.trips[1].service_day = -1;
    assert_int_equal(geo_timetable_new(&ctx, &small.input, &small.options, &timetable), OM_OK);
    assert_int_equal(geo_timetable_stops(timetable), 3);
    assert_int_equal(geo_timetable_trips(timetable), 2);
    assert_true(geo_timetable_is_served(timetable, 0));
    assert_true(geo_timetable_is_served(timetable, 1)); /* by its station */
    assert_false(geo_timetable_is_served(timetable, 3));
    geo_timetable_free(timetable);
}

static void yesterdays_trips_are_no_service(void **state)
{
    (void)state;
    struct small small;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    small_init(&small);
    small.trips[0].service_day = small.trips[1].service_day = -1;
    assert_int_equal(geo_timetable_new(&ctx, &small.input, &small.options, &timetable), OM_OK);
    assert_false(geo_timetable_is_served(timetable, 0));
    geo_timetable_free(timetable);
    geo_timetable_free(NULL);
}

static void an_empty_timetable_is_one(void **state)
{
    (void)state;
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct geo_timetable_input input = {0};
    struct geo_timetable_options options = {.walking = {1000, 1.3, 4.8}};
    assert_int_equal(geo_timetable_new(&ctx, &input, &options, &timetable), OM_OK);
    assert_int_equal(geo_timetable_stops(timetable), 0);
    geo_timetable_free(timetable);
}

/* What is wrong, and what is said. */
static void no_station(struct small *small)
{
    small->stops[1].station = 2;
}

static void no_stop(struct small *small)
{
    small->calls[1].stop = 3;
}

static void too_many_calls(struct small *small)
{
    small->trips[1].n_calls = 3;
}

static void first_call_outside(struct small *small)
{
    small->trips[1].first_call = 3;
}

static void leaves_before_it_arrives(struct small *small)
{
    small->calls[0].departure_s = 99;
}

static void arrives_before_it_left(struct small *small)
{
    small->calls[1].arrival_s = 109;
}

static void too_late(struct small *small)
{
    small->trips[1].shift_s = INT32_MAX;
}

static void shifted_far(struct small *small)
{
    small->trips[1].shift_s = INT32_MIN;
    small->trips[1].n_calls = 0;
}

static void no_transfer_stop(struct small *small)
{
    small->transfers[0].to = 3;
}

static void no_transfer_station(struct small *small)
{
    small->transfers[0].from_is_station = true;
    small->transfers[0].from = 2;
}

static void negative_transfer(struct small *small)
{
    small->transfers[0].min_duration_s = -1;
}

static void negative_min_transfer(struct small *small)
{
    small->options.min_transfer_s = -1;
}

static void walking_without_speed(struct small *small)
{
    small->options.walking = (struct geo_walking){400, 1.3, 0};
}

static void too_many_stops(struct small *small)
{
    small->input.n_stops = (size_t)UINT32_MAX;
}

static void too_long_a_trip(struct small *small)
{
    static const struct geo_call calls[65536];
    small->input.calls = calls;
    small->input.n_calls = sizeof calls / sizeof *calls;
    small->trips[0].first_call = 0;
    small->trips[0].n_calls = 65536;
}

static void bad_input_is_named(void **state)
{
    (void)state;
    static const struct {
        void (*spoil)(struct small *small);
        const char *message;
    } cases[] = {
        {no_station, "stop 1: station 2, but there are 2"},
        {no_stop, "trip 0, call 1: stop 3, but there are 3"},
        {too_many_calls, "trip 1: calls 0 to 3, but there are 2"},
        {first_call_outside, "trip 1: calls 3 to 5, but there are 2"},
        {leaves_before_it_arrives, "trip 0, call 0: the time runs backwards"},
        {arrives_before_it_left, "trip 0, call 1: the time runs backwards"},
        {too_late, "trip 1, call 0: the time is out of range"},
        {shifted_far, "trip 1: the shift is out of range: -2147483648 s"},
        {no_transfer_stop, "transfer 0: no such stop or station"},
        {no_transfer_station, "transfer 0: no such stop or station"},
        {negative_transfer, "transfer 0: the duration is out of range"},
        {negative_min_transfer, "the smallest transfer time is out of range: -1 s"},
        {walking_without_speed, "walking needs a radius of 0 or more, and a detour and speed above 0"},
        {too_long_a_trip, "trip 0: 65536 calls, but there may be 65535"},
        {too_many_stops, "too many stops: 4294967295"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small small;
        om_context ctx = {0};
        geo_timetable *timetable = NULL;
        small_init(&small);
        cases[i].spoil(&small);
        assert_int_equal(geo_timetable_new(&ctx, &small.input, &small.options, &timetable),
                         OM_INVALID_ARGUMENT);
        assert_string_equal(ctx.message, cases[i].message);
        assert_null(timetable);
        om_context_done(&ctx);
    }
}

static void assert_memory_may_run_out(bool is_mirrored)
{
    struct small small;
    small_init(&small);
    small.options.is_mirrored = is_mirrored;
    small.options.walking.radius_m = 10000;
    small.transfers[0] =
        (struct geo_transfer){0, 0, true, true, 0, GEO_ANY, GEO_ANY, 0, GEO_TRANSFER_FORBIDDEN, 0};
    om_status status = OM_NO_MEMORY;
    size_t n = 1;
    for (; status == OM_NO_MEMORY; n++) {
        om_context ctx = {0};
        geo_timetable *timetable = NULL;
        om_memory_fail_after(n);
        status = geo_timetable_new(&ctx, &small.input, &small.options, &timetable);
        om_memory_fail_after(0);
        if (status)
            assert_string_equal(ctx.message, "out of memory");
        assert_true((status == OM_OK) == (timetable != NULL));
        geo_timetable_free(timetable);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    assert_true(n > 20);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    (void)state;
    assert_memory_may_run_out(false);
    assert_memory_may_run_out(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_service_are_told),
        cmocka_unit_test(yesterdays_trips_are_no_service),
        cmocka_unit_test(an_empty_timetable_is_one),
        cmocka_unit_test(bad_input_is_named),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

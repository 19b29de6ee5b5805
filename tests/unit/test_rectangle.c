/* Travel times from some points to others are the same numbers as in the matrix of all of them. */
#include "kit.h"

#include "datasets/matrix_file.h"

enum { STOPS = 6, TRIPS = 60, N_DESTINATIONS = 2 };

static struct geo_travel_time matrix[STOPS * STOPS];
static struct geo_access access_of[STOPS];
static struct geo_point points[STOPS];
static geo_timetable *timetable, *mirrored;
static const struct geo_matrix_options options = {.window = {0, 7200}, .max_transfers = -1};

/* Each stop is a point and a station; trips go between stops drawn with a fixed seed. */
static int set_up(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_random random = {7};
    struct geo_stop stops[STOPS];
    struct geo_call calls[2 * TRIPS];
    struct geo_trip trips[TRIPS];
    for (uint32_t i = 0; i < STOPS; i++) {
        stops[i] = (struct geo_stop){18 + 0.1 * i, 60, i};
        access_of[i] = (struct geo_access){i, (int32_t)(60 * i)};
        points[i] = (struct geo_point){&access_of[i], 1};
    }
    for (uint32_t i = 0; i < TRIPS; i++) {
        uint32_t from = kit_below(&random, STOPS), to = (from + 1 + kit_below(&random, STOPS - 1)) % STOPS;
        int32_t leaves_s = (int32_t)kit_below(&random, 9000);
        int32_t arrives_s = leaves_s + 300 + (int32_t)kit_below(&random, 1800);
        calls[2 * i] = (struct geo_call){from, leaves_s, leaves_s, true, true};
        calls[2 * i + 1] = (struct geo_call){to, arrives_s, arrives_s, true, true};
        trips[i] = (struct geo_trip){2 * i, 2, 0, i, i, 0, false};
    }
    const struct geo_timetable_input input = {.n_stops = STOPS,
                                              .n_stations = STOPS,
                                              .n_calls = 2 * TRIPS,
                                              .n_trips = TRIPS,
                                              .stops = stops,
                                              .calls = calls,
                                              .trips = trips};
    struct geo_timetable_options how = {.walking = {0, 1.3, 4.8}};
    assert_int_equal(geo_timetable_new(&ctx, &input, &how, &timetable), OM_OK);
    how.is_mirrored = true;
    assert_int_equal(geo_timetable_new(&ctx, &input, &how, &mirrored), OM_OK);
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, STOPS, points, &options, matrix), OM_OK);
    om_context_done(&ctx);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    geo_timetable_free(timetable);
    geo_timetable_free(mirrored);
    return 0;
}

static void assert_same(const struct geo_travel_time *found, const struct geo_travel_time *expected)
{
    char text[2][DATA_MATRIX_FIELD_SIZE];
    for (size_t i = 0; i < data_n_matrix_columns; i++) {
        data_matrix_format(&data_matrix_columns[i], found, text[0]);
        data_matrix_format(&data_matrix_columns[i], expected, text[1]);
        if (strcmp(text[0], text[1]) != 0)
            fail_msg("%s is %s instead of %s", data_matrix_columns[i].name, text[0], text[1]);
    }
}

static void any_split_of_the_origins_gives_the_rows_of_the_matrix(void **state)
{
    (void)state;
    om_context ctx = {0};
    static const uint32_t same[STOPS] = {GEO_ANY, GEO_ANY, 0, 1, GEO_ANY, GEO_ANY};
    for (size_t first = 0; first < STOPS; first++)
        for (size_t n = 1; first + n <= STOPS; n++) {
            struct geo_travel_time rows[STOPS * N_DESTINATIONS];
            const struct geo_rectangle between = {n, points + first, N_DESTINATIONS, points + 2,
                                                  same + first};
            assert_int_equal(geo_travel_time_rectangle(&ctx, timetable, &between, &options, rows), OM_OK);
            for (size_t i = 0; i < n * N_DESTINATIONS; i++)
                assert_same(&rows[i], &matrix[(first + i / N_DESTINATIONS) * STOPS + 2 + i % N_DESTINATIONS]);
        }
    om_context_done(&ctx);
}

/* Searched from the destinations, any of them by themselves. */
static void any_split_of_the_destinations_gives_the_columns_of_the_matrix(void **state)
{
    (void)state;
    om_context ctx = {0};
    for (size_t first = 0; first < STOPS; first++)
        for (size_t n = 1; first + n <= STOPS; n++) {
            struct geo_travel_time columns[STOPS * STOPS];
            uint32_t same[STOPS];
            for (size_t i = 0; i < STOPS; i++)
                same[i] = i >= first && i < first + n ? (uint32_t)(i - first) : GEO_ANY;
            const struct geo_rectangle between = {STOPS, points, n, points + first, same};
            assert_int_equal(geo_travel_time_rectangle(&ctx, mirrored, &between, &options, columns), OM_OK);
            for (size_t i = 0; i < STOPS * n; i++)
                assert_same(&columns[i], &matrix[i / n * STOPS + first + i % n]);
        }
    om_context_done(&ctx);
}

struct told {
    size_t pairs, backwards;
};

static bool tell(void *user, size_t from, size_t to, const struct geo_journey *journeys, size_t n)
{
    struct told *told = user;
    told->pairs++;
    assert_int_equal(n, matrix[from * STOPS + to].journeys);
    for (size_t i = 1; i < n; i++)
        told->backwards += journeys[i].departure_s <= journeys[i - 1].departure_s;
    return true;
}

static void journeys_come_by_the_clock_whichever_way_they_were_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    static struct geo_travel_time times[STOPS * STOPS];
    struct told told = {0};
    struct geo_matrix_options listening = options;
    listening.on_journeys = tell;
    listening.user = &told;
    assert_int_equal(geo_travel_time_matrix(&ctx, mirrored, STOPS, points, &listening, times), OM_OK);
    assert_true(told.pairs > 0);
    assert_int_equal(told.backwards, 0);
    om_context_done(&ctx);
}

static void the_side_to_search_from_follows_the_window_and_the_numbers(void **state)
{
    (void)state;
    assert_false(geo_travel_time_wants_mirror(290, 290, false));
    assert_true(geo_travel_time_wants_mirror(2307, 290, false));
    assert_false(geo_travel_time_wants_mirror(1160, 290, false));
    assert_true(geo_travel_time_wants_mirror(290, 290, true));
    assert_true(geo_travel_time_wants_mirror(2307, 290, true));
    assert_false(geo_travel_time_wants_mirror(290, 2307, true));
}

static void bad_points_of_either_side_are_named(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_travel_time row[1];
    struct geo_access nowhere = {STOPS, 0};
    struct geo_point lost = {&nowhere, 1};
    const struct geo_rectangle from = {1, &lost, 1, points, NULL}, to = {1, points, 1, &lost, NULL};
    assert_int_equal(geo_travel_time_rectangle(&ctx, timetable, &from, &options, row), OM_INVALID_ARGUMENT);
    assert_string_equal(ctx.message, "point 0: stop 6, but there are 6");
    assert_int_equal(geo_travel_time_rectangle(&ctx, timetable, &to, &options, row), OM_INVALID_ARGUMENT);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_split_of_the_origins_gives_the_rows_of_the_matrix),
        cmocka_unit_test(any_split_of_the_destinations_gives_the_columns_of_the_matrix),
        cmocka_unit_test(journeys_come_by_the_clock_whichever_way_they_were_found),
        cmocka_unit_test(the_side_to_search_from_follows_the_window_and_the_numbers),
        cmocka_unit_test(bad_points_of_either_side_are_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

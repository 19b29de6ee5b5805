/* The travel-time CSV: how fields are written, and that they are read back as the same value. */
#include "kit.h"

#include "datasets/matrix_file.h"

#include <math.h>

static const struct geo_travel_time some = {
    .journeys = 3,
    .fastest_s = 3600,
    .fastest_departure_s = 7 * 3600 + 5 * 60,
    .fastest_arrival_s = 25 * 3600 + 59,
    .fastest_transfers = 1,
    .median_journey_s = 3930.5,
    .earliest_arrival_s = GEO_NO_TIME,
    .latest_departure_s = 21600,
    .door_p25_s = 16845,
    .door_p50_s = 18630.254,
    .door_p75_s = NAN,
    .minutes_without_arrival = 0,
    .booked_share = 2.0 / 3,
};
static const char *const fields[] = {"3",        "3600",  "07:05:00", "25:00:59", "1", "3930.5", "",
                                     "06:00:00", "16845", "18630.25", "",         "0", "0.6667"};

static void fields_are_written_and_read_back(void **state)
{
    (void)state;
    assert_int_equal(data_n_matrix_columns, sizeof fields / sizeof *fields);
    struct geo_travel_time back = data_matrix_no_time();
    assert_int_equal(back.journeys, GEO_NO_TIME);
    assert_true(isnan(back.door_p75_s));
    for (size_t i = 0; i < data_n_matrix_columns; i++) {
        char text[DATA_MATRIX_FIELD_SIZE], again[DATA_MATRIX_FIELD_SIZE];
        data_matrix_format(&data_matrix_columns[i], &some, text);
        assert_string_equal(text, fields[i]);
        assert_true(data_matrix_parse(&data_matrix_columns[i], text, strlen(text), &back));
        data_matrix_format(&data_matrix_columns[i], &back, again);
        assert_string_equal(again, fields[i]);
    }
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const struct {
        size_t column;
        const char *text;
    } bad[] = {{0, "-1"},
               {0, "1.5"},
               {0, "x"},
               {1, "1e99"},
               {2, "7:61:00"},
               {2, "07:00"},
               {2, "07:00:00x"},
               {5, "inf"},
               {5, "-0.5"},
               {5, "3,5"},
               {12, "1.5"},
               {5, "nan"},
               {5, "1234567890123456789012345678901234567890"}};
    struct geo_travel_time time = some;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (data_matrix_parse(&data_matrix_columns[bad[i].column], bad[i].text, strlen(bad[i].text), &time))
            fail_msg("%s: '%s' was accepted", data_matrix_columns[bad[i].column].name, bad[i].text);
}

static char *written(om_status (*write)(om_context *, FILE *))
{
    om_context ctx = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(write(&ctx, out), OM_OK);
    fclose(out);
    return text;
}

static const char *const ids[] = {"A", "B, \"C\""};

static om_status write_matrix(om_context *ctx, FILE *out)
{
    struct geo_travel_time times[4];
    for (size_t i = 0; i < 4; i++)
        times[i] = i == 1 ? some : data_matrix_no_time();
    return data_matrix_write(ctx, out, ids, 2, times);
}

static om_status write_journeys(om_context *ctx, FILE *out)
{
    data_journeys *journeys = NULL;
    assert_int_equal(data_journeys_new(ctx, &journeys), OM_OK);
    const struct geo_journey back = {100, 200, 0}, there[] = {{3600, 7200, 1}, {90000, 90061, 0}};
    assert_true(data_journeys_add(journeys, 1, 0, &back, 1));
    assert_true(data_journeys_add(journeys, 0, 1, there, 2));
    om_status status = data_journeys_write(ctx, journeys, out, ids);
    data_journeys_free(journeys);
    return status;
}

static void every_ordered_pair_has_a_row(void **state)
{
    (void)state;
    char *text = written(write_matrix);
    assert_string_equal(
        text, "from,to,journeys,fastest_s,fastest_departure,fastest_arrival,fastest_transfers,"
              "median_journey_s,earliest_arrival,latest_departure,door_p25_s,door_p50_s,door_p75_s,minutes_"
              "without_arrival,"
              "booked_share\n"
              "A,\"B, \"\"C\"\"\",3,3600,07:05:00,25:00:59,1,3930.5,,06:00:00,16845,18630.25,,0,0.6667\n"
              "\"B, \"\"C\"\"\",A,,,,,,,,,,,,,\n");
    free(text);
}

static void journeys_come_by_pair(void **state)
{
    (void)state;
    char *text = written(write_journeys);
    assert_string_equal(text, "from,to,departure,arrival,duration_s,transfers\n"
                              "A,\"B, \"\"C\"\"\",01:00:00,02:00:00,3600,1\n"
                              "A,\"B, \"\"C\"\"\",25:00:00,25:01:01,61,0\n"
                              "\"B, \"\"C\"\"\",A,00:01:40,00:03:20,100,0\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_written_and_read_back),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(every_ordered_pair_has_a_row),
        cmocka_unit_test(journeys_come_by_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

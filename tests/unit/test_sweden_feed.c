#include "kit.h"

#include "datasets/csv.h"
#include "datasets/feed.h"
#include "datasets/hash.h"
#include "datasets/sweden.h"
#include "geo/crs.h"
#include "geo/memory.h"

#include <math.h>

static om_context ctx;

/* The feed as a user's would be read, on its busiest weekday, and the times between all 290 seats 07-09. */
enum { SEATS = 290 };
static struct {
    char code[SEATS][8], name[SEATS][64];
    double lon_lat[SEATS][2];
    data_feed *feed;
    geo_timetable *timetable;
    struct geo_travel_time *times; /* SEATS * SEATS */
} sweden;

static void text_of(const struct data_field *field, char *text, size_t size)
{
    snprintf(text, size, "%.*s", (int)field->length, field->text);
}

static void seats_read(void)
{
    enum { CODE = 0, SEAT = 4, LON = 5, LAT = 6 };
    data_csv *csv;
    const struct data_field *fields;
    size_t n;
    assert_int_equal(data_csv_open(&ctx, DATA_SWEDEN "municipalities.csv", ',', &csv), OM_OK);
    assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
    for (int i = 0; i < SEATS; i++) {
        char number[32];
        assert_int_equal(data_csv_next(&ctx, csv, &fields, &n), OM_OK);
        text_of(&fields[CODE], sweden.code[i], sizeof sweden.code[i]);
        text_of(&fields[SEAT], sweden.name[i], sizeof sweden.name[i]);
        for (int axis = 0; axis < 2; axis++) {
            text_of(&fields[axis == 0 ? LON : LAT], number, sizeof number);
            sweden.lon_lat[i][axis] = atof(number);
        }
    }
    data_csv_close(csv);
}

static void times_compute(void)
{
    const struct geo_access_options near = {1000, 3000, 1.3, 4.8};
    struct geo_point points[SEATS];
    for (int i = 0; i < SEATS; i++) {
        struct geo_access *access;
        enum geo_access_kind kind;
        assert_int_equal(geo_access_find(&ctx, sweden.timetable, sweden.lon_lat[i][0], sweden.lon_lat[i][1],
                                         &near, &access, &points[i].n_access, &kind),
                         OM_OK);
        points[i].access = access;
    }
    const struct geo_matrix_options options = {.window = {7 * 3600, 9 * 3600}, .max_transfers = -1};
    sweden.times = calloc((size_t)SEATS * SEATS, sizeof *sweden.times);
    assert_int_equal(geo_travel_time_matrix(&ctx, sweden.timetable, SEATS, points, &options, sweden.times),
                     OM_OK);
    for (int i = 0; i < SEATS; i++)
        om_free((void *)(uintptr_t)points[i].access);
}

static int feed_enter(void **state)
{
    (void)state;
    const char *const paths[] = {"/vsimem/sweden.zip"};
    const struct data_feed_options options = {.timetable.walking = {0, 1.3, 4.8}};
    assert_int_equal(data_sweden_write_feed(&ctx, paths[0]), OM_OK);
    assert_int_equal(data_feed_open(&ctx, paths, 1, &sweden.feed), OM_OK);
    assert_int_equal(data_feed_timetable(&ctx, sweden.feed, 0, &options, &sweden.timetable), OM_OK);
    seats_read();
    times_compute();
    return 0;
}

static int feed_leave(void **state)
{
    (void)state;
    free(sweden.times);
    geo_timetable_free(sweden.timetable);
    data_feed_free(sweden.feed);
    om_context_done(&ctx);
    return 0;
}

static int seat_named(const char *name)
{
    for (int i = 0; i < SEATS; i++)
        if (strcmp(sweden.name[i], name) == 0)
            return i;
    fail_msg("no seat %s", name);
    return -1;
}

/* Median journey in minutes; infinite when there is none. */
static double minutes(int from, int to)
{
    const struct geo_travel_time *times = &sweden.times[from * SEATS + to];
    return times->journeys > 0 ? times->median_journey_s / 60 : INFINITY;
}

static void reading_the_feed_finds_nothing_odd(void **state)
{
    (void)state;
    for (size_t i = 0; i < ctx.n_findings; i++)
        fail_msg("%s: %s", ctx.findings[i].code, ctx.findings[i].examples[0]);
    struct data_feed_validity validity;
    data_feed_validity(sweden.feed, &validity);
    assert_int_equal(validity.first_date, 20251214);
    assert_int_equal(validity.last_date, 20261212);
    assert_int_equal(validity.busiest_weekday, 20251215);
    /* a holiday runs as a Sunday, and a Saturday and a Sunday have less traffic than a weekday */
    assert_int_equal(data_feed_trips_on(sweden.feed, 20260101), data_feed_trips_on(sweden.feed, 20260104));
    assert_true(data_feed_trips_on(sweden.feed, 20260103) < validity.busiest_trips);
    assert_true(data_feed_trips_on(sweden.feed, 20260104) < data_feed_trips_on(sweden.feed, 20260103));
}

static void known_pairs_are_on_the_right_side_of_an_hour(void **state)
{
    (void)state;
    const struct {
        const char *from, *to;
        bool is_within;
    } pairs[] = {
        {"Stockholm", "Uppsala", true},     {"Malmö", "Lund", true},       {"Göteborg", "Borås", true},
        {"Luleå", "Boden", true},           {"Sundsvall", "Timrå", true},  {"Arjeplog", "Arvidsjaur", false},
        {"Övertorneå", "Haparanda", false}, {"Visby", "Nynäshamn", false}, {"Visby", "Oskarshamn", false},
        {"Visby", "Stockholm", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        int from = seat_named(pairs[i].from), to = seat_named(pairs[i].to);
        if ((minutes(from, to) <= 60) != pairs[i].is_within ||
            (minutes(to, from) <= 60) != pairs[i].is_within)
            fail_msg("%s-%s: %.1f and %.1f minutes", pairs[i].from, pairs[i].to, minutes(from, to),
                     minutes(to, from));
    }
}

static void every_seat_has_departures_in_the_morning(void **state)
{
    (void)state;
    for (int from = 0; from < SEATS; from++) {
        int reached = 0;
        for (int to = 0; to < SEATS; to++)
            reached += to != from && isfinite(minutes(from, to));
        if (reached == 0)
            fail_msg("nobody leaves %s", sweden.name[from]);
    }
}

/* How plausible: near towns are mostly within the hour, far ones never. */
static void share_within_an_hour_falls_with_distance(void **state)
{
    (void)state;
    const struct {
        double km;
        double least, most;
    } rings[] = {{20, 0.9, 1},      {40, 0.6, 0.95}, {60, 0.1, 0.5},
                 {100, 0.01, 0.25}, {200, 0, 0.02},  {2000, 0, 0}};
    enum { RINGS = sizeof rings / sizeof rings[0] };
    int pairs[RINGS] = {0}, within[RINGS] = {0};
    for (int from = 0; from < SEATS; from++)
        for (int to = 0; to < SEATS; to++) {
            double km = geo_distance_m(sweden.lon_lat[from][0], sweden.lon_lat[from][1],
                                       sweden.lon_lat[to][0], sweden.lon_lat[to][1]) /
                        1000;
            int ring = 0;
            while (km > rings[ring].km)
                ring++;
            pairs[ring] += from != to;
            within[ring] += from != to && minutes(from, to) <= 60;
        }
    for (int ring = 0; ring < RINGS; ring++) {
        double share = (double)within[ring] / pairs[ring];
        printf("up to %4.0f km: %5d pairs, %5.1f %% within 60 minutes\n", rings[ring].km, pairs[ring],
               100 * share);
        if (share < rings[ring].least || share > rings[ring].most)
            fail_msg("%.3f is not between %.2f and %.2f", share, rings[ring].least, rings[ring].most);
    }
}

static void equal_input_gives_equal_bytes(void **state)
{
    (void)state;
    char first[65], second[65];
    assert_int_equal(data_sweden_write_feed(&ctx, "/vsimem/first.zip"), OM_OK);
    assert_int_equal(data_sweden_write_feed(&ctx, "/vsimem/second.zip"), OM_OK);
    assert_int_equal(data_hash_path(&ctx, "/vsimem/first.zip", first), OM_OK);
    assert_int_equal(data_hash_path(&ctx, "/vsimem/second.zip", second), OM_OK);
    assert_string_equal(first, second);
}

static void a_folder_holds_the_files_of_a_feed(void **state)
{
    (void)state;
    const char *const files[] = {"agency.txt",    "calendar.txt",  "calendar_dates.txt",
                                 "feed_info.txt", "routes.txt",    "stop_times.txt",
                                 "stops.txt",     "transfers.txt", "trips.txt"};
    char *folder = kit_folder();
    assert_int_equal(data_sweden_write_feed(&ctx, kit_path(folder, "feed/")), OM_OK);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[64];
        snprintf(name, sizeof name, "feed/%s", files[i]);
        char *text = kit_read(kit_path(folder, name));
        assert_non_null(text);
        free(text);
    }
    char *info = kit_read(kit_path(folder, "feed/feed_info.txt"));
    assert_non_null(strstr(info, "synthetic"));
    free(info);
    kit_remove(folder);
}

static void a_path_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(data_sweden_write_feed(&ctx, "/nowhere/feed.zip"), OM_IO);
    assert_non_null(strstr(ctx.message, "/nowhere/feed.zip"));
    assert_int_equal(data_sweden_write_feed(&ctx, ""), OM_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_the_feed_finds_nothing_odd),
        cmocka_unit_test(known_pairs_are_on_the_right_side_of_an_hour),
        cmocka_unit_test(every_seat_has_departures_in_the_morning),
        cmocka_unit_test(share_within_an_hour_falls_with_distance),
        cmocka_unit_test(equal_input_gives_equal_bytes),
        cmocka_unit_test(a_folder_holds_the_files_of_a_feed),
        cmocka_unit_test(a_path_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, feed_enter, feed_leave);
}

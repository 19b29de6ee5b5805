/*
 * Door times whose distribution is known beforehand.
 *
 * A line with headway h and ride r, asked about at every minute of a window that is a whole number of
 * headways: the wait is as often 0, 1, … h - 1 minutes, so the door time is uniform over [r, r + h) and its
 * share q is near r + q h. Of N = m h sampled minutes, m times each, the percentile by linear interpolation
 * is that of the sorted sample at q (N - 1).
 */
#include "gtfs_travel.h"

#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
#define FREQUENCIES "trip_id,start_time,end_time,headway_secs,exact_times\n"
#define TRIPS "route_id,service_id,trip_id\n"

/* Of a sample that holds m times each of ride + 0, 1, … h - 1 minutes. */
static double uniform_s(double share, int ride_min, int headway_min, int m)
{
    double at = share * (m * headway_min - 1), below = floor(at);
    double low = floor(below / m), high = floor((below + 1) / m);
    return GTFS_MINUTE_S * (ride_min + low + (high - low) * (at - below));
}

static void assert_uniform(const struct geo_travel_time *found, int ride_min, int headway_min, int m)
{
    const double shares[] = {0.25, 0.5, 0.75};
    const double values_s[] = {found->door_p25_s, found->door_p50_s, found->door_p75_s};
    for (size_t i = 0; i < 3; i++) {
        double analytic_s = GTFS_MINUTE_S * (ride_min + shares[i] * headway_min);
        if (!(fabs(values_s[i] - uniform_s(shares[i], ride_min, headway_min, m)) < 1e-6) ||
            !(fabs(values_s[i] - analytic_s) <= GTFS_MINUTE_S))
            fail_msg("the share %g is %g s, wanted %g s, near %g s", shares[i], values_s[i],
                     uniform_s(shares[i], ride_min, headway_min, m), analytic_s);
    }
    assert_int_equal(found->minutes_without_arrival, 0);
}

/* Every share, not only three: within a limit of r + k minutes one arrives from (k + 1) / h of the minutes.
 */
static void assert_uniform_below_limits(const struct gtfs_file *files, size_t n,
                                        const struct gtfs_question *question, int ride_min, int headway_min,
                                        int m)
{
    struct gtfs_question limited = *question;
    for (int k = -1; k <= headway_min; k += 7) {
        limited.limit_s = GTFS_MINUTE_S * (ride_min + k);
        int reached = k < 0 ? 0 : k + 1 < headway_min ? k + 1 : headway_min;
        assert_int_equal(gtfs_travel(files, n, &limited).minutes_without_arrival,
                         m * (headway_min - reached));
    }
}

static void one_line_is_uniform(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"stop_times.txt", TIMES "T,00:00:00,00:00:00,A,1\nT,00:31:00,00:31:00,C,2\n"},
        {"frequencies.txt", FREQUENCIES "T,06:00:00,12:00:00,1200,1\n"}};
    struct geo_travel_time found = gtfs_travel(files, 2, &gtfs_morning);
    assert_uniform(&found, 31, 20, 6);
    assert_int_equal(found.journeys, 6);
    assert_int_equal(found.fastest_s, 31 * GTFS_MINUTE_S);
    assert_true(found.median_journey_s == 31 * GTFS_MINUTE_S);
    assert_uniform_below_limits(files, 2, &gtfs_morning, 31, 20, 6);
}

/* A departure at some second of the minute makes each wait longer by the seconds to it. */
static void the_phase_moves_the_sample(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"stop_times.txt", TIMES "T,00:00:00,00:00:00,A,1\nT,00:30:30,00:30:30,C,2\n"},
        {"frequencies.txt", FREQUENCIES "T,06:07:30,12:00:00,1200,1\n"}};
    struct geo_travel_time found = gtfs_travel(files, 2, &gtfs_morning);
    assert_uniform(&found, 31, 20, 6);
    assert_int_equal(found.fastest_s, 30 * GTFS_MINUTE_S + 30);
}

/* Every 10 minutes to B, 12 minutes; from there every 30 minutes, 25 minutes. To catch 07:20, leave at 07:00
 * and arrive at 07:45: only the slower line's headway counts, above the 45 minutes of the latest connection.
 */
static void two_lines_in_series_are_uniform_over_the_longer_headway(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"trips.txt", TRIPS "R,D,T\nR,D,U\n"},
        {"stop_times.txt", TIMES "T,00:00:00,00:00:00,A,1\nT,00:12:00,00:12:00,B,2\n"
                                 "U,00:00:00,00:00:00,B,1\nU,00:25:00,00:25:00,C,2\n"},
        {"frequencies.txt", FREQUENCIES "T,06:00:00,12:00:00,600,1\nU,06:20:00,12:00:00,1800,0\n"}};
    struct geo_travel_time found = gtfs_travel(files, 3, &gtfs_morning);
    assert_uniform(&found, 45, 30, 4);
    assert_int_equal(found.journeys, 4);
    assert_int_equal(found.fastest_transfers, 1);
    assert_uniform_below_limits(files, 3, &gtfs_morning, 45, 30, 4);
}

/* A bus circles A - B - C - A …, 5, 7 and 9 minutes apart, with a bus every 15 minutes: any two stops are
 * joined one way round, without a change also past the end of the circle. */
static void a_loop_of_three_joins_all_one_way_round(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"stop_times.txt", TIMES "T,00:00:00,00:00:00,A,1\nT,00:05:00,00:05:00,B,2\nT,00:12:00,00:12:00,C,3\n"
                                 "T,00:21:00,00:21:00,A,4\nT,00:26:00,00:26:00,B,5\nT,00:33:00,00:33:00,C,6\n"
                                 "T,00:42:00,00:42:00,A,7\n"},
        {"frequencies.txt", FREQUENCIES "T,05:00:00,12:00:00,900,1\n"}};
    static const struct {
        const char *from, *to;
        int ride_min;
    } pairs[] = {{"A", "B", 5}, {"B", "C", 7}, {"C", "A", 9}, {"A", "C", 12}, {"B", "A", 16}, {"C", "B", 14}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct gtfs_question question = gtfs_morning;
        question.from = pairs[i].from;
        question.to = pairs[i].to;
        struct geo_travel_time found = gtfs_travel(files, 2, &question);
        assert_int_equal(found.fastest_s, pairs[i].ride_min * GTFS_MINUTE_S);
        assert_int_equal(found.fastest_transfers, 0);
    }
}

/* Buses every 15 minutes that pass each stop twice, 21 minutes apart: gaps of 6 and 9 minutes in turn. The
 * wait is uniform within each gap: of 15 minutes, 0 to 5 minutes come twice and 6 to 8 once. */
static void the_rounds_of_a_loop_share_the_headway(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"stop_times.txt", TIMES "T,00:00:00,00:00:00,A,1\nT,00:05:00,00:05:00,B,2\nT,00:12:00,00:12:00,C,3\n"
                                 "T,00:21:00,00:21:00,A,4\nT,00:26:00,00:26:00,B,5\n"},
        {"frequencies.txt", FREQUENCIES "T,05:00:00,12:00:00,900,1\n"}};
    struct gtfs_question question = gtfs_morning;
    question.to = "B";
    struct geo_travel_time found = gtfs_travel(files, 2, &question);
    assert_int_equal(found.journeys, 16);
    int reached = 0;
    for (int wait = 0; wait < 9; wait++) {
        question.limit_s = GTFS_MINUTE_S * (5 + wait);
        reached += 8 * (wait < 6 ? 2 : 1);
        assert_int_equal(gtfs_travel(files, 2, &question).minutes_without_arrival, 120 - reached);
    }
    assert_true(found.door_p50_s == GTFS_MINUTE_S * (5 + 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_is_uniform),
        cmocka_unit_test(the_phase_moves_the_sample),
        cmocka_unit_test(two_lines_in_series_are_uniform_over_the_longer_headway),
        cmocka_unit_test(a_loop_of_three_joins_all_one_way_round),
        cmocka_unit_test(the_rounds_of_a_loop_share_the_headway),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

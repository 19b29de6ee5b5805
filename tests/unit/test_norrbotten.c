/*
 * A real county, end to end: seat to seat travel times of two timetables, against the reference computed by
 * brute force. Every column of every pair under every rule must be equal, and so must every journey.
 */
#include "kit.h"

#include "datasets/feed.h"

#include "geo/memory.h"

#include <math.h>

enum { MAX_SEATS = 20, MAX_FIELDS = 16, MAX_JOURNEYS = 400 };

struct rule {
    const char *name;
    struct geo_timetable_options options;
};

static const struct rule rules[] = {
    {"R1", {.transfers = GEO_TRANSFERS_NONE}},
    {"R1s", {.transfers = GEO_TRANSFERS_NONE, .min_transfer_s = 1}},
    {"R2", {.transfers = GEO_TRANSFERS_STATION}},
};

struct county_day {
    const char *feed, *matrix, *journeys;
    int32_t date;
};

static const struct county_day autumn = {"data/gtfs/norrbotten/autumn2022.zip",
                                         "data/gtfs/norrbotten/autumn2022_20220913_matrix.csv",
                                         "data/gtfs/norrbotten/autumn2022_20220913_journeys.csv", 20220913};
static const struct county_day spring = {"data/gtfs/norrbotten/spring2022.zip",
                                         "data/gtfs/norrbotten/spring2022_20220510_matrix.csv",
                                         "data/gtfs/norrbotten/spring2022_20220510_journeys.csv", 20220510};

static const char seats_path[] = "data/gtfs/norrbotten/seats.csv";

struct seats {
    size_t n;
    char names[MAX_SEATS][64], stop_ids[MAX_SEATS][32];
};

/* Lines as they were printed from our numbers, to be compared with the lines of the reference. */
struct lines {
    char items[MAX_JOURNEYS][256];
    size_t n;
};

static size_t split(char *line, char *fields[MAX_FIELDS])
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *next = line; next && n < MAX_FIELDS; n++) {
        fields[n] = next;
        next = strchr(next, ',');
        if (next)
            *next++ = '\0';
    }
    return n;
}

static void read_seats(struct seats *seats)
{
    char line[512], *fields[MAX_FIELDS];
    FILE *file = fopen(kit_shared(seats_path), "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (seats->n = 0; fgets(line, sizeof line, file); seats->n++) {
        assert_true(seats->n < MAX_SEATS && split(line, fields) >= 2);
        snprintf(seats->names[seats->n], sizeof seats->names[0], "%s", fields[0]);
        snprintf(seats->stop_ids[seats->n], sizeof seats->stop_ids[0], "%s", fields[1]);
    }
    fclose(file);
    assert_int_equal(seats->n, 14);
}

static const char *clock_text(int32_t time_s)
{
    static char texts[4][16];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%02d:%02d:%02d", time_s / 3600, time_s / 60 % 60, time_s % 60);
    return time_s == GEO_NO_TIME ? "" : text;
}

static const char *whole_text(int32_t value)
{
    static char texts[4][16];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%d", value);
    return value == GEO_NO_TIME ? "" : text;
}

static const char *tenth_text(double value)
{
    static char texts[4][32];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%.1f", value);
    return isnan(value) ? "" : text;
}

static void matrix_line(const struct rule *rule, const char *from, const char *to,
                        const struct geo_travel_time *time, char *line, size_t size)
{
    snprintf(line, size, "%s,%s,%s,%d,%s,%s,%s,%s,%s,%s,%s,%s,%d", rule->name, from, to, time->journeys,
             whole_text(time->fastest_s), clock_text(time->fastest_departure_s),
             clock_text(time->fastest_arrival_s), whole_text(time->fastest_transfers),
             clock_text(time->earliest_arrival_s), tenth_text(time->door_p50_s), tenth_text(time->door_p25_s),
             tenth_text(time->door_p75_s), time->minutes_without_arrival);
}

struct listener {
    const struct rule *rule;
    const struct seats *seats;
    struct lines *lines;
};

static bool write_journeys(void *user, size_t from, size_t to, const struct geo_journey *journeys, size_t n)
{
    const struct listener *listener = user;
    for (size_t i = 0; i < n; i++) {
        assert_true(listener->lines->n < MAX_JOURNEYS);
        snprintf(listener->lines->items[listener->lines->n++], sizeof listener->lines->items[0],
                 "%s,%s,%s,%s,%s,%d,%d", listener->rule->name, listener->seats->names[from],
                 listener->seats->names[to], clock_text(journeys[i].departure_s),
                 clock_text(journeys[i].arrival_s), journeys[i].arrival_s - journeys[i].departure_s,
                 journeys[i].transfers);
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The reference's lines of one rule. */
static void read_lines(const char *path, const struct rule *rule, struct lines *lines)
{
    char line[512];
    size_t length = strlen(rule->name);
    FILE *file = fopen(kit_shared(path), "r");
    assert_non_null(file);
    lines->n = 0;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, rule->name, length) != 0 || line[length] != ',')
            continue;
        assert_true(lines->n < MAX_JOURNEYS);
        snprintf(lines->items[lines->n++], sizeof lines->items[0], "%.255s", line);
    }
    fclose(file);
}

/* Compares as sets and shows what only one side has. */
static void compare_lines(const char *what, struct lines *ours, struct lines *reference)
{
    size_t i = 0, k = 0, differences = 0;
    qsort(ours->items, ours->n, sizeof ours->items[0], by_text);
    qsort(reference->items, reference->n, sizeof reference->items[0], by_text);
    while (i < ours->n || k < reference->n) {
        int order = i == ours->n ? 1 : k == reference->n ? -1 : strcmp(ours->items[i], reference->items[k]);
        if (order < 0)
            printf("only ours      %s\n", ours->items[i]);
        else if (order > 0)
            printf("only reference %s\n", reference->items[k]);
        differences += order != 0;
        i += order <= 0;
        k += order >= 0;
    }
    if (differences)
        printf("%s: %zu lines differ of %zu\n", what, differences, reference->n);
    assert_int_equal(differences, 0);
}

/* Backwards, the searches start at the destinations of a mirrored timetable. */
static void check_rule(const data_feed *feed, const struct county_day *day, const struct rule *rule,
                       bool backwards, const struct seats *seats)
{
    static struct lines ours, reference, journeys;
    static struct geo_travel_time times[MAX_SEATS * MAX_SEATS];
    om_context ctx = {0};
    geo_timetable *timetable = NULL;
    struct data_feed_options options = {.timetable = rule->options};
    options.timetable.is_mirrored = backwards;
    struct geo_access access[MAX_SEATS] = {0};
    struct geo_point points[MAX_SEATS];
    if (data_feed_timetable(&ctx, feed, day->date, &options, &timetable))
        fail_msg("%s", ctx.message);
    for (size_t i = 0; i < seats->n; i++) {
        if (data_feed_stop(&ctx, feed, seats->stop_ids[i], &access[i].stop))
            fail_msg("%s", ctx.message);
        points[i] = (struct geo_point){&access[i], 1};
    }
    struct listener listener = {rule, seats, &journeys};
    struct geo_matrix_options matrix = {.window = {7 * 3600, 9 * 3600},
                                        .max_transfers = -1,
                                        .on_journeys = write_journeys,
                                        .user = &listener};
    journeys.n = 0;
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, seats->n, points, &matrix, times), OM_OK);
    ours.n = 0;
    for (size_t from = 0; from < seats->n; from++)
        for (size_t to = 0; to < seats->n; to++)
            if (from != to)
                matrix_line(rule, seats->names[from], seats->names[to], &times[from * seats->n + to],
                            ours.items[ours.n++], sizeof ours.items[0]);
    read_lines(day->matrix, rule, &reference);
    assert_int_equal(reference.n, 14 * 13);
    compare_lines("matrix", &ours, &reference);
    read_lines(day->journeys, rule, &reference);
    compare_lines("journeys", &journeys, &reference);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void equals_the_reference(void **state)
{
    const struct county_day *day = *state;
    struct seats seats;
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *path = kit_shared(day->feed);
    read_seats(&seats);
    if (data_feed_open(&ctx, &path, 1, &feed))
        fail_msg("%s", ctx.message);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        for (int backwards = 0; backwards < 2; backwards++)
            check_rule(feed, day, &rules[i], backwards, &seats);
    data_feed_free(feed);
    om_context_done(&ctx);
}

int main(void)
{
    kit_need(kit_shared(autumn.feed));
    const struct CMUnitTest tests[] = {
        {"autumn_equals_the_reference", equals_the_reference, NULL, NULL, (void *)&autumn},
        {"spring_equals_the_reference", equals_the_reference, NULL, NULL, (void *)&spring},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

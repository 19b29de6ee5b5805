/*
 * A real county's journeys, leg by leg: every journey of the reference, which was computed by brute force, is
 * found and put into words, and its rides follow one another in the timetable.
 */
#include "kit.h"

#include "datasets/itinerary.h"
#include "datasets/named_point.h"
#include "geo/memory.h"

enum { MAX_SEATS = 20, FROM_S = 7 * 3600, UNTIL_S = 48 * 3600, DATE = 20220913 };

#define COUNTY "data/gtfs/norrbotten/"
static const char feed_path[] = COUNTY "autumn2022.zip";

struct county {
    data_feed *feed;
    geo_timetable *timetable;
    struct data_point points[MAX_SEATS];
    char names[MAX_SEATS][64];
    struct geo_point *access;
    size_t n;
};

/* Stations collapse, nobody walks, and a change takes no time: the reference's first rule. */
static const struct data_feed_options rule = {.timetable = {.transfers = GEO_TRANSFERS_NONE}};

static void read_seats(om_context *ctx, struct county *county)
{
    char line[512], id[64];
    FILE *file = fopen(kit_shared(COUNTY "seats.csv"), "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); county->n++) {
        assert_true(county->n < MAX_SEATS);
        assert_int_equal(sscanf(line, "%63[^,],%63[^,]", county->names[county->n], id), 2);
        if (data_point_named(ctx, NULL, county->feed, id, &county->points[county->n]))
            fail_msg("%s", ctx->message);
    }
    fclose(file);
}

static void open_county(om_context *ctx, struct county *county)
{
    static const struct geo_access_options nobody_walks = {.detour = 1, .speed_km_h = 4.8};
    const char *path = kit_shared(feed_path);
    *county = (struct county){0};
    om_status status = data_feed_open(ctx, &path, 1, &county->feed);
    if (status == OM_OK)
        status = data_feed_timetable(ctx, county->feed, DATE, &rule, &county->timetable);
    if (status)
        fail_msg("%s", ctx->message);
    read_seats(ctx, county);
    assert_int_equal(data_points_access(ctx, county->feed, county->timetable, county->points, county->n,
                                        &nobody_walks, &county->access, NULL),
                     OM_OK);
}

static void close_county(struct county *county)
{
    data_access_free(county->access, county->n);
    for (size_t i = 0; i < county->n; i++)
        data_point_done(&county->points[i]);
    geo_timetable_free(county->timetable);
    data_feed_free(county->feed);
}

static size_t seat_called(const struct county *county, const char *name)
{
    for (size_t i = 0; i < county->n; i++)
        if (strcmp(county->names[i], name) == 0)
            return i;
    fail_msg("no seat is called %s", name);
    return 0;
}

static bool is_listed(const struct geo_journey *wanted, const struct geo_journey *journeys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(wanted, &journeys[i], sizeof *wanted) == 0)
            return true;
    return false;
}

static void assert_itinerary(const struct data_itinerary *itinerary)
{
    int32_t time_s = itinerary->journey.departure_s;
    int transfers = -1;
    assert_int_equal(itinerary->legs[0].departure_s, time_s);
    for (size_t i = 0; i < itinerary->n; i++) {
        const struct data_leg *leg = &itinerary->legs[i];
        assert_true(leg->departure_s >= time_s);
        time_s = leg->arrival_s;
        if (leg->kind != DATA_LEG_RIDE)
            continue;
        transfers += !leg->stays_aboard;
        assert_non_null(leg->trip_id);
        assert_non_null(leg->short_name);
        assert_string_equal(leg->agency, "Länstrafiken Norrbotten");
        assert_non_null(leg->from.name);
        assert_true(leg->mode == 3 || leg->mode == 1500);
    }
    assert_int_equal(time_s, itinerary->journey.arrival_s);
    assert_int_equal(transfers, itinerary->journey.transfers);
}

/* All from 07:00 on, so that those of the reference, up to 08:59, are among them. */
static void check_journey(om_context *ctx, const struct county *county, size_t from, size_t to,
                          const struct geo_journey *wanted)
{
    const struct geo_journey_query query = {
        .departures = {FROM_S, UNTIL_S}, .arrive_by_s = INT32_MAX, .max_transfers = -1};
    struct geo_journey *journeys = NULL;
    struct data_itinerary *itinerary = NULL;
    size_t n = 0;
    assert_int_equal(geo_journeys(ctx, county->timetable, &county->access[from], &county->access[to], &query,
                                  &journeys, &n),
                     OM_OK);
    assert_true(is_listed(wanted, journeys, n));
    const struct data_enquiry enquiry = {
        .feed = county->feed,
        .date = DATE,
        .options = &rule,
        .detour = 1.3,
        .timetable = county->timetable,
        .from = &county->points[from],
        .to = &county->points[to],
        .from_access = &county->access[from],
        .to_access = &county->access[to],
    };
    if (data_itineraries_make(ctx, &enquiry, wanted, 1, &itinerary))
        fail_msg("%s", ctx->message);
    assert_itinerary(itinerary);
    data_itineraries_free(itinerary, 1);
    om_free(journeys);
}

/* Every tenth journey of the rule: texts are read anew for each. */
static void journeys_of_the_reference_are_found(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct county county;
    char line[512], from[64], to[64];
    int h[2], m[2], s[2], changes, n = 0;
    open_county(&ctx, &county);
    FILE *file = fopen(kit_shared(COUNTY "autumn2022_20220913_journeys.csv"), "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "R1,%63[^,],%63[^,],%d:%d:%d,%d:%d:%d,%*d,%d", from, to, &h[0], &m[0], &s[0], &h[1],
                   &m[1], &s[1], &changes) != 9 ||
            n++ % 10)
            continue;
        const struct geo_journey wanted = {h[0] * 3600 + m[0] * 60 + s[0], h[1] * 3600 + m[1] * 60 + s[1],
                                           changes};
        check_journey(&ctx, &county, seat_called(&county, from), seat_called(&county, to), &wanted);
    }
    fclose(file);
    assert_true(n > 100);
    close_county(&county);
    om_context_done(&ctx);
}

int main(void)
{
    kit_need(kit_shared(feed_path));
    const struct CMUnitTest tests[] = {cmocka_unit_test(journeys_of_the_reference_are_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

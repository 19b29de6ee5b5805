/*
 * From GTFS text to travel times against brute force: random small feeds are written as text, read and
 * routed, and compared with what brute force makes of the rows as they were meant. It expands them without
 * our reader: calendars day by day, frequencies run by run, time zones by the C library.
 *
 * OMLAND_ORACLE_ROUNDS sets how many feeds, OMLAND_ORACLE_SEED the first seed, OMLAND_ORACLE_FOLDER a folder
 * to write the feeds into, where the folders 0 and 1 exist, instead of memory.
 */
#include "brute_force.h"
#include "random_gtfs.h"

#include "datasets/feed.h"

enum { FIRST_DAY = -12, LAST_DAY = 12, MAX_RUNS = MAX_TRIPS };

/* What was made: the rows of every feed, the question, and the world that they mean. */
struct made {
    struct feed_rows feeds[MAX_FEEDS];
    size_t n_feeds;
    struct question question;
    struct world world;
    int stop_of[MAX_FEEDS][MAX_PLACES], station_of[MAX_FEEDS][MAX_PLACES]; /* NONE: none */
    struct run {
        size_t feed, trip;
        int day;
        int32_t start_s, end_s;
    } runs[MAX_RUNS]; /* of the world's trips */
    uint32_t first_label[MAX_FEEDS], first_route[MAX_FEEDS];
};

/* ---- days ---- */

/* Seconds since 1970 of noon less 12 hours in a time zone, `days` after the question's date. */
static int64_t day_start_s(const struct question *question, int days, const char *zone)
{
    struct tm noon = {.tm_year = question->year - 1900,
                      .tm_mon = question->month - 1,
                      .tm_mday = question->day + days,
                      .tm_hour = 12,
                      .tm_isdst = -1};
    setenv("TZ", zone, 1);
    tzset();
    int64_t start_s = (int64_t)mktime(&noon) - DAY_S / 2;
    setenv("TZ", "UTC", 1);
    return start_s;
}

static int weekday_after(const struct question *question, int days)
{
    struct tm date = {
        .tm_year = question->year - 1900, .tm_mon = question->month - 1, .tm_mday = question->day + days};
    timegm(&date);
    return (date.tm_wday + 6) % 7;
}

static bool service_runs(const struct feed_rows *feed, const struct question *question, int service, int day)
{
    const struct service_row *row = &feed->services[service];
    for (size_t i = 0; i < feed->n_exceptions; i++)
        if (feed->exceptions[i].service == service && feed->exceptions[i].day == day)
            return feed->exceptions[i].is_added;
    return row->in_calendar && day >= row->first_day && day <= row->last_day &&
           row->weekdays[weekday_after(question, day)];
}

/* Whether the question's date lies between the first and the last on which any trip runs. */
static bool date_is_inside(const struct made *made)
{
    bool before = false, after = false;
    for (size_t f = 0; f < made->n_feeds; f++)
        for (size_t i = 0; i < made->feeds[f].n_trips; i++)
            for (int day = FIRST_DAY; day <= LAST_DAY; day++) {
                bool runs =
                    service_runs(&made->feeds[f], &made->question, made->feeds[f].trips[i].service, day);
                before |= runs && day <= 0;
                after |= runs && day >= 0;
            }
    return before && after;
}

/* ---- places ---- */

static void expand_places(struct made *made, size_t f)
{
    const struct feed_rows *feed = &made->feeds[f];
    struct world *world = &made->world;
    for (size_t i = 0; i < feed->n_places; i++) {
        int root = (int)i;
        while (feed->places[root].parent != NONE)
            root = feed->places[root].parent;
        made->station_of[f][i] = root == (int)i ? (int)world->input.n_stations++ : made->station_of[f][root];
        made->stop_of[f][i] = NONE;
        if (feed->places[i].location_type == PLATFORM) {
            made->stop_of[f][i] = (int)world->input.n_stops;
            world->stops[world->input.n_stops++] = (struct geo_stop){
                feed->places[i].lon_e6 / 1e6, feed->places[i].lat_e6 / 1e6, (uint32_t)made->station_of[f][i]};
        } else if (feed->places[i].location_type == BOARDING_AREA) {
            made->stop_of[f][i] = made->stop_of[f][feed->places[i].parent];
        }
    }
}

/* ---- trips ---- */

/* Half a second and more counts as one. */
static int32_t rounded(int64_t numerator, int64_t denominator)
{
    return (int32_t)((2 * numerator + denominator) / (2 * denominator));
}

static void fill_blanks(struct stop_time_row *times, size_t from, size_t to)
{
    bool by_distance = times[to].distance > times[from].distance;
    for (size_t i = from; i <= to; i++)
        by_distance &= times[i].distance != NONE && (i == from || times[i].distance >= times[i - 1].distance);
    int32_t start_s = times[from].departure_s, span_s = times[to].arrival_s - start_s;
    for (size_t i = from + 1; i < to; i++) {
        int64_t part = by_distance ? times[i].distance - times[from].distance : (int64_t)(i - from);
        int64_t whole = by_distance ? times[to].distance - times[from].distance : (int64_t)(to - from);
        times[i].arrival_s = times[i].departure_s = start_s + rounded(part * span_s, whole);
    }
}

static bool must_be_booked(const struct trip_row *trip)
{
    bool any = false;
    for (size_t i = 0; i + 1 < trip->n_times; i++) {
        if (trip->times[i].pickup != 1 && trip->times[i].pickup != 2)
            return false;
        any |= trip->times[i].pickup == 2;
    }
    return any;
}

static bool is_wanted(const struct made *made, const struct feed_rows *feed, const struct trip_row *trip)
{
    if (made->question.without_on_demand && must_be_booked(trip))
        return false;
    int mode = NONE;
    for (size_t i = 0; i < sizeof route_types / sizeof *route_types; i++)
        if (route_types[i][0] == feed->routes[trip->route].type)
            mode = route_types[i][1];
    return made->question.mode == NONE || made->question.mode == mode;
}

/* False when the world has no more room. */
static bool add_run(struct made *made, size_t f, size_t t, int day, int32_t shift_s)
{
    const struct trip_row *trip = &made->feeds[f].trips[t];
    struct world *world = &made->world;
    struct stop_time_row times[MAX_TRIP_CALLS];
    memcpy(times, trip->times, sizeof times);
    for (size_t i = 1, known = 0; i < trip->n_times; i++)
        if (times[i].arrival_s != NONE) {
            fill_blanks(times, known, i);
            known = i;
        }
    struct run run = {f, t, day, times[0].departure_s + shift_s,
                      times[trip->n_times - 1].arrival_s + shift_s};
    if (day != 0 && (run.start_s >= DAY_S || run.end_s < 0))
        return true;
    if (world->input.n_trips == MAX_TRIPS)
        return false;
    made->runs[world->input.n_trips] = run;
    world->trips[world->input.n_trips++] =
        (struct geo_trip){.first_call = (uint32_t)world->input.n_calls,
                          .n_calls = (uint32_t)trip->n_times,
                          .label = made->first_label[f] + (uint32_t)t,
                          .route = made->first_route[f] + (uint32_t)trip->route,
                          .service_day = (int16_t)day,
                          .on_demand = must_be_booked(trip)};
    for (size_t i = 0; i < trip->n_times; i++)
        world->calls[world->input.n_calls++] =
            (struct geo_call){(uint32_t)made->stop_of[f][times[i].place], times[i].arrival_s + shift_s,
                              times[i].departure_s + shift_s, times[i].pickup != 1, times[i].drop_off != 1};
    return true;
}

static bool add_runs(struct made *made, size_t f, size_t t, int day, int32_t shift_s)
{
    const struct trip_row *trip = &made->feeds[f].trips[t];
    if (trip->n_frequencies == 0)
        return add_run(made, f, t, day, shift_s);
    bool fits = true;
    for (size_t i = 0; i < trip->n_frequencies; i++) {
        const struct frequency_row *row = &trip->frequencies[i];
        for (int32_t start_s = row->start_s; start_s < row->end_s && fits; start_s += row->headway_s)
            fits = add_run(made, f, t, day, shift_s + start_s - trip->times[0].departure_s);
    }
    return fits;
}

static bool expand_trips(struct made *made, size_t f)
{
    const struct feed_rows *feed = &made->feeds[f];
    int64_t origin_s = day_start_s(&made->question, 0, made->feeds[0].agencies[0].zone);
    for (int day = FIRST_DAY; day <= 2; day++)
        for (size_t t = 0; t < feed->n_trips; t++) {
            const struct trip_row *trip = &feed->trips[t];
            int agency = feed->routes[trip->route].agency;
            const char *zone = feed->agencies[agency == NONE ? 0 : agency].zone;
            if (!service_runs(feed, &made->question, trip->service, day) || !is_wanted(made, feed, trip))
                continue;
            if (!add_runs(made, f, t, day, (int32_t)(day_start_s(&made->question, day, zone) - origin_s)))
                return false;
        }
    return true;
}

/* ---- staying aboard ---- */

static bool has_seat_rule(const struct feed_rows *feed, int type, size_t from, size_t to)
{
    for (size_t i = 0; i < feed->n_rules; i++)
        if (feed->rules[i].type == type && feed->rules[i].from_trip == (int)from &&
            feed->rules[i].to_trip == (int)to)
            return true;
    return false;
}

static bool is_in_block_with(const struct made *made, const struct run *a, const struct run *b)
{
    const struct trip_row *from = &made->feeds[a->feed].trips[a->trip],
                          *to = &made->feeds[b->feed].trips[b->trip];
    return a->feed == b->feed && a->day == b->day && from->block != NONE && from->block == to->block &&
           !from->n_frequencies && !to->n_frequencies;
}

/* The next run of the vehicle: of equally early ones the first in the feed. */
static size_t next_in_block(const struct made *made, size_t run)
{
    const struct run *a = &made->runs[run];
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < made->world.input.n_trips; i++) {
        const struct run *b = &made->runs[i];
        bool is_after = b->start_s > a->start_s || (b->start_s == a->start_s && b->trip > a->trip);
        if (i != run && is_in_block_with(made, a, b) && is_after &&
            (best == SIZE_MAX || b->start_s < made->runs[best].start_s ||
             (b->start_s == made->runs[best].start_s && b->trip < made->runs[best].trip)))
            best = i;
    }
    return best;
}

static bool stays_in_block(const struct made *made, size_t from, size_t to)
{
    const struct run *a = &made->runs[from], *b = &made->runs[to];
    const struct feed_rows *feed = &made->feeds[a->feed];
    const struct trip_row *before = &feed->trips[a->trip], *after = &feed->trips[b->trip];
    return b->start_s >= a->end_s && !has_seat_rule(feed, TYPE_NO_IN_SEAT, a->trip, b->trip) &&
           made->station_of[a->feed][before->times[before->n_times - 1].place] ==
               made->station_of[a->feed][after->times[0].place];
}

static void expand_seats(struct made *made)
{
    struct world *world = &made->world;
    for (size_t i = 0; i < world->input.n_trips; i++) {
        const struct run *a = &made->runs[i];
        size_t next = next_in_block(made, i);
        if (next != SIZE_MAX && stays_in_block(made, i, next))
            world->goes_on_as[i] = next + 1;
        for (size_t k = 0; k < world->input.n_trips; k++) {
            const struct run *b = &made->runs[k];
            if (k != i && a->feed == b->feed && a->day == b->day && b->start_s >= a->end_s &&
                has_seat_rule(&made->feeds[a->feed], TYPE_IN_SEAT, a->trip, b->trip))
                world->goes_on_as[i] = k + 1;
        }
    }
}

/* ---- changing ---- */

static uint32_t label_of(int row, uint32_t first)
{
    return row == NONE ? GEO_ANY : first + (uint32_t)row;
}

static void expand_rules(struct made *made, size_t f)
{
    const struct feed_rows *feed = &made->feeds[f];
    struct world *world = &made->world;
    for (size_t i = 0; i < feed->n_rules; i++) {
        const struct rule_row *row = &feed->rules[i];
        if (row->type == TYPE_IN_SEAT || row->type == TYPE_NO_IN_SEAT)
            continue;
        bool from_is_station = feed->places[row->from].location_type == STATION;
        bool to_is_station = feed->places[row->to].location_type == STATION;
        world->transfers[world->input.n_transfers++] = (struct geo_transfer){
            .from = (uint32_t)(from_is_station ? made->station_of : made->stop_of)[f][row->from],
            .to = (uint32_t)(to_is_station ? made->station_of : made->stop_of)[f][row->to],
            .from_is_station = from_is_station,
            .to_is_station = to_is_station,
            .from_trip = label_of(row->from_trip, made->first_label[f]),
            .to_trip = label_of(row->to_trip, made->first_label[f]),
            .from_route = label_of(row->from_route, made->first_route[f]),
            .to_route = label_of(row->to_route, made->first_route[f]),
            .kind = (enum geo_transfer_kind)row->type,
            .min_duration_s = row->type == TYPE_MINIMUM && row->min_time_s != NONE ? row->min_time_s : 0};
    }
}

static bool station_has_rule(const struct feed_rows *feed, int station)
{
    for (size_t i = 0; i < feed->n_rules; i++) {
        const struct rule_row *row = &feed->rules[i];
        if (row->from == station && row->to == station && row->from_trip == NONE && row->to_trip == NONE &&
            row->from_route == NONE && row->to_route == NONE)
            return true;
    }
    return false;
}

static int platform_of(const struct feed_rows *feed, int place)
{
    return feed->places[place].location_type == BOARDING_AREA ? feed->places[place].parent : place;
}

/* Floyd's shortest ways over the pathways; from platform to platform they are the least times to change. */
static void expand_pathways(struct made *made, size_t f)
{
    const struct feed_rows *feed = &made->feeds[f];
    struct world *world = &made->world;
    int32_t way_s[MAX_PLACES][MAX_PLACES];
    for (size_t i = 0; i < MAX_PLACES; i++)
        for (size_t k = 0; k < MAX_PLACES; k++)
            way_s[i][k] = 1000000;
    for (size_t i = 0; i < feed->n_pathways; i++) {
        const struct pathway_row *row = &feed->pathways[i];
        int from = platform_of(feed, row->from), to = platform_of(feed, row->to);
        if (row->time_s != NONE && row->time_s < way_s[from][to])
            way_s[from][to] = row->time_s;
        if (row->time_s != NONE && row->both_ways && row->time_s < way_s[to][from])
            way_s[to][from] = row->time_s;
    }
    for (size_t by = 0; by < feed->n_places; by++)
        for (size_t i = 0; i < feed->n_places; i++)
            for (size_t k = 0; k < feed->n_places; k++)
                if (way_s[i][by] + way_s[by][k] < way_s[i][k])
                    way_s[i][k] = way_s[i][by] + way_s[by][k];
    for (size_t i = 0; i < feed->n_places; i++)
        for (size_t k = 0; k < feed->n_places; k++) {
            const struct place_row *from = &feed->places[i], *to = &feed->places[k];
            if (i == k || from->location_type != PLATFORM || to->location_type != PLATFORM ||
                way_s[i][k] >= 1000000 || station_has_rule(feed, from->parent))
                continue;
            world->transfers[world->input.n_transfers++] =
                (struct geo_transfer){.from = (uint32_t)made->stop_of[f][i],
                                      .to = (uint32_t)made->stop_of[f][k],
                                      .from_trip = GEO_ANY,
                                      .to_trip = GEO_ANY,
                                      .from_route = GEO_ANY,
                                      .to_route = GEO_ANY,
                                      .kind = GEO_TRANSFER_MINIMUM,
                                      .min_duration_s = way_s[i][k]};
        }
}

/* ---- the whole ---- */

/* The first point is mostly where a trip starts, the second where the one after it ends. */
static struct point_row random_access(struct kit_random *random, const struct made *made, size_t point)
{
    size_t f = chance(random, 80) ? made->n_feeds - 1 : kit_below(random, (uint32_t)made->n_feeds);
    const struct feed_rows *feed = &made->feeds[f];
    size_t t = chance(random, 70) ? point % 2 : kit_below(random, (uint32_t)feed->n_trips);
    const struct trip_row *trip = &feed->trips[t];
    int place = trip->times[point % 2 ? trip->n_times - 1 : 0].place;
    return (struct point_row){f, chance(random, 75) ? place : random_platform(random, feed),
                              chance(random, 50) ? 0 : (int)kit_below(random, 150)};
}

static void make_access(struct kit_random *random, struct made *made)
{
    struct world *world = &made->world;
    world->n_points = 2 + kit_below(random, MAX_POINTS - 2);
    for (size_t i = 0; i < world->n_points; i++) {
        made->question.n_access[i] = chance(random, 75) ? 1 : 2;
        for (size_t k = 0; k < made->question.n_access[i]; k++) {
            struct point_row row = random_access(random, made, i);
            made->question.access[i][k] = row;
            world->access[i][k] =
                (struct geo_access){(uint32_t)made->stop_of[row.feed][row.place], row.walk_s};
        }
        world->points[i] = (struct geo_point){world->access[i], made->question.n_access[i]};
    }
}

/* False when it did not fit; then another seed will do. */
static bool make_all(struct kit_random *random, struct made *made)
{
    memset(made, 0, sizeof *made);
    struct world *world = &made->world;
    make_question(random, &made->question);
    made->n_feeds = chance(random, 30) ? 2 : 1;
    world->input.stops = world->stops;
    world->input.calls = world->calls;
    world->input.trips = world->trips;
    world->input.transfers = world->transfers;
    uint32_t labels = 0, routes = 0;
    bool fits = true;
    for (size_t f = 0; f < made->n_feeds && fits; f++) {
        make_feed(random, &made->feeds[f], made->question.from_s);
        made->first_label[f] = labels;
        made->first_route[f] = routes;
        labels += (uint32_t)made->feeds[f].n_trips;
        routes += (uint32_t)made->feeds[f].n_routes;
        expand_places(made, f);
        fits = expand_trips(made, f);
        expand_rules(made, f);
        expand_pathways(made, f);
    }
    expand_seats(made);
    make_access(random, made);
    make_conditions(random, world);
    if (chance(random, 75)) {
        world->matrix.limit_s = 0;
        world->matrix.max_transfers = -1;
    }
    world->matrix.window.from_s = made->question.from_s;
    world->matrix.window.until_s = made->question.from_s + 1 + (int32_t)kit_below(random, MAX_WINDOW_S);
    return fits;
}

static om_status find_points(om_context *ctx, const struct made *made, const data_feed *feed,
                             struct geo_access access[MAX_POINTS][MAX_ACCESS], struct geo_point *points)
{
    char id[32];
    for (size_t i = 0; i < made->world.n_points; i++) {
        for (size_t k = 0; k < made->question.n_access[i]; k++) {
            const struct point_row *row = &made->question.access[i][k];
            snprintf(id, sizeof id, "f%zu_%d", row->feed, row->place);
            access[i][k].walk_s = row->walk_s;
            om_status status = data_feed_stop(ctx, feed, id, &access[i][k].stop);
            if (status)
                return status;
        }
        points[i] = (struct geo_point){access[i], made->question.n_access[i]};
    }
    return OM_OK;
}

static bool agrees(om_context *ctx, const struct made *made, const data_feed *feed)
{
    struct geo_access access[MAX_POINTS][MAX_ACCESS];
    struct geo_point points[MAX_POINTS];
    struct data_feed_options options = {.without_on_demand = made->question.without_on_demand,
                                        .modes = &made->question.mode,
                                        .n_modes = made->question.mode != NONE,
                                        .timetable = made->world.options};
    int32_t date = (made->question.year * 100 + made->question.month) * 100 + made->question.day;
    geo_timetable *timetable = NULL, *without_on_demand = NULL;
    om_status status = data_feed_timetable(ctx, feed, date, &options, &timetable);
    if (status)
        return !date_is_inside(made) && status == OM_BAD_DATA;
    options.without_on_demand = true;
    if (geo_timetable_on_demand_trips(timetable))
        status = data_feed_timetable(ctx, feed, date, &options, &without_on_demand);
    if (!status)
        status = find_points(ctx, made, feed, access, points);
    const struct asked asked = {timetable, without_on_demand, points};
    bool agree = !status && date_is_inside(made) && router_agrees(&made->world, &asked);
    geo_timetable_free(timetable);
    geo_timetable_free(without_on_demand);
    return agree;
}

static bool check_feeds(const struct made *made, const char *folder)
{
    char folders[MAX_FEEDS][80];
    const char *paths[MAX_FEEDS];
    om_context ctx = {0};
    data_feed *feed = NULL;
    for (size_t f = 0; f < made->n_feeds; f++) {
        snprintf(folders[f], sizeof folders[f], "%s/%zu", folder, f);
        VSIMkdirRecursive(folders[f], 0700);
        write_feed(folders[f], &made->feeds[f], f, &made->question);
        paths[f] = folders[f];
    }
    bool agree = data_feed_open(&ctx, paths, made->n_feeds, &feed) == OM_OK && agrees(&ctx, made, feed);
    if (!agree)
        printf("%s\n%04d-%02d-%02d, see %s\n", ctx.message, made->question.year, made->question.month,
               made->question.day, folder);
    data_feed_free(feed);
    om_context_done(&ctx);
    return agree;
}

static void feeds_mean_what_brute_force_makes_of_them(void **state)
{
    (void)state;
    uint64_t rounds = strtoull(kit_env("OMLAND_ORACLE_ROUNDS", "3000"), NULL, 10);
    uint64_t seed = strtoull(kit_env("OMLAND_ORACLE_SEED", "1"), NULL, 10);
    const char *folder = kit_env("OMLAND_ORACLE_FOLDER", "/vsimem/random");
    for (uint64_t i = 0; i < rounds; i++) {
        static struct made made;
        struct kit_random random = {seed + i};
        if (make_all(&random, &made) && !check_feeds(&made, folder))
            fail_msg("seed %llu", (unsigned long long)(seed + i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(feeds_mean_what_brute_force_makes_of_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

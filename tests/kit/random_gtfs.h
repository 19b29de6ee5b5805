/*
 * Random small GTFS feeds: rows as a publisher has them in mind, and the text files that say so.
 */
#ifndef TESTS_RANDOM_GTFS_H
#define TESTS_RANDOM_GTFS_H

#include "random_timetable.h"

#include <cpl_vsi.h>
#include <time.h>

enum {
    MAX_FEEDS = 2,
    MAX_AGENCIES = 3,
    MAX_PLACES = 18,
    MAX_ROUTES = 4,
    MAX_SERVICES = 4,
    MAX_EXCEPTIONS = 12,
    MAX_FEED_TRIPS = 7,
    MAX_FREQUENCIES = 3,
    MAX_PATHWAYS = 10,
    MAX_RULES = 8,
    NONE = -1,
    DAY_S = 86400,
    FEED_TEXT_SIZE = 16384,
};

enum { TYPE_TIMED = 1, TYPE_MINIMUM, TYPE_FORBIDDEN, TYPE_IN_SEAT, TYPE_NO_IN_SEAT };
enum { PLATFORM, STATION, ENTRANCE, NODE, BOARDING_AREA };

struct agency_row {
    const char *zone;
};
struct place_row {
    int location_type, parent; /* a place of the feed, or NONE */
    int32_t lon_e6, lat_e6;    /* millionths of a degree */
};
struct route_row {
    int agency, type; /* agency NONE: none is named */
};
struct service_row {
    bool in_calendar, weekdays[7];
    int first_day, last_day; /* days after the date that is asked for */
};
struct exception_row {
    int service, day;
    bool is_added;
};
struct stop_time_row {
    int place;
    int32_t arrival_s, departure_s; /* NONE: blank, both of them */
    int distance;                   /* NONE: blank */
    int pickup, drop_off;
};
struct frequency_row {
    int32_t start_s, end_s, headway_s;
    int exact;
};
struct trip_row {
    int route, service, block; /* block NONE: in none */
    struct stop_time_row times[MAX_TRIP_CALLS];
    size_t n_times;
    struct frequency_row frequencies[2];
    size_t n_frequencies;
};
struct rule_row {
    int from, to, type, min_time_s, from_trip, to_trip, from_route, to_route; /* NONE: blank */
};
struct pathway_row {
    int from, to, time_s; /* time NONE: blank */
    bool both_ways;
};

struct feed_rows {
    struct agency_row agencies[MAX_AGENCIES];
    struct place_row places[MAX_PLACES];
    struct route_row routes[MAX_ROUTES];
    struct service_row services[MAX_SERVICES];
    struct exception_row exceptions[MAX_EXCEPTIONS];
    struct trip_row trips[MAX_FEED_TRIPS];
    struct rule_row rules[MAX_RULES];
    struct pathway_row pathways[MAX_PATHWAYS];
    size_t n_agencies, n_places, n_routes, n_services, n_exceptions, n_trips, n_rules, n_pathways;
    bool has_blocks; /* then no rule names a trip or a route, and no trip must be booked */
};

/* Where points may be: a platform and the feed it is in. */
struct point_row {
    size_t feed;
    int place;
    int walk_s;
};

struct question {
    int year, month, day; /* the service date */
    struct point_row access[MAX_POINTS][MAX_ACCESS];
    size_t n_access[MAX_POINTS];
    bool without_on_demand;
    int mode; /* a basic mode, or NONE for all */
    int32_t from_s;
};

/* ---- making rows ---- */

static const char *const zone_names[] = {"Europe/Stockholm", "Europe/Helsinki", "Europe/London", "UTC"};

/* Ordinary days and those around which the clocks change. */
static const int asked_dates[][3] = {{2022, 9, 14},  {2022, 9, 17},  {2022, 3, 26},  {2022, 3, 27},
                                     {2022, 3, 28},  {2022, 10, 29}, {2022, 10, 30}, {2022, 10, 31},
                                     {2022, 12, 31}, {2024, 2, 29}};

static const int route_types[][2] = {{0, 0},   {1, 1},   {2, 2},   {3, 3},    {4, 4},      {100, 2},
                                     {401, 1}, {700, 3}, {900, 0}, {1000, 4}, {1501, NONE}};

static inline int add_place(struct feed_rows *feed, int type, int parent, int32_t lon_e6, int32_t lat_e6)
{
    feed->places[feed->n_places] = (struct place_row){type, parent, lon_e6, lat_e6};
    return (int)feed->n_places++;
}

static inline int32_t random_e6(struct kit_random *random, int32_t degrees)
{
    return degrees * 1000000 + 1000 * (int32_t)kit_below(random, 7);
}

static inline void add_random_pathway(struct kit_random *random, struct feed_rows *feed, int first)
{
    uint32_t n = (uint32_t)((int)feed->n_places - first);
    int from = first + (int)kit_below(random, n), to = first + (int)kit_below(random, n);
    bool allowed = feed->places[from].location_type != STATION && feed->places[to].location_type != STATION;
    if (!allowed || from == to || feed->n_pathways == MAX_PATHWAYS)
        return;
    feed->pathways[feed->n_pathways++] = (struct pathway_row){
        from, to, chance(random, 15) ? NONE : (int)kit_below(random, 200), chance(random, 50)};
}

static inline void make_station(struct kit_random *random, struct feed_rows *feed)
{
    int32_t lon_e6 = random_e6(random, 20), lat_e6 = random_e6(random, 65);
    int station = add_place(feed, STATION, NONE, lon_e6, lat_e6), first = station;
    size_t platforms = chance(random, 80) ? 2 : 1;
    for (size_t i = 0; i < platforms; i++) {
        int platform = add_place(feed, PLATFORM, station, lon_e6 + 100 * (int32_t)i, lat_e6);
        if (chance(random, 20))
            add_place(feed, BOARDING_AREA, platform, lon_e6, lat_e6);
    }
    if (chance(random, 40))
        add_place(feed, NODE, station, lon_e6, lat_e6);
    if (chance(random, 40))
        add_place(feed, ENTRANCE, station, lon_e6, lat_e6);
    for (uint32_t i = chance(random, 60) ? 1 + kit_below(random, 7) : 0; i; i--)
        add_random_pathway(random, feed, first);
}

static inline void make_places(struct kit_random *random, struct feed_rows *feed)
{
    for (uint32_t i = 1 + kit_below(random, 2); i; i--)
        make_station(random, feed);
    for (uint32_t i = 1 + kit_below(random, 3); i; i--)
        add_place(feed, PLATFORM, NONE, random_e6(random, 20), random_e6(random, 65));
}

static inline int random_platform(struct kit_random *random, const struct feed_rows *feed)
{
    for (;;) {
        int place = (int)kit_below(random, (uint32_t)feed->n_places);
        if (feed->places[place].location_type == PLATFORM)
            return place;
    }
}

static inline void make_services(struct kit_random *random, struct feed_rows *feed)
{
    feed->n_services = 1 + kit_below(random, MAX_SERVICES);
    for (size_t i = 0; i < feed->n_services; i++) {
        struct service_row *service = &feed->services[i];
        service->in_calendar = chance(random, 75);
        service->first_day = (int)kit_below(random, 8) - (chance(random, 80) ? 8 : 6);
        service->last_day = service->first_day + (int)kit_below(random, 12);
        for (int weekday = 0; weekday < 7; weekday++)
            service->weekdays[weekday] = chance(random, 85);
        for (int day = -3; day <= 2; day++)
            if (feed->n_exceptions < MAX_EXCEPTIONS && chance(random, service->in_calendar ? 10 : 70))
                feed->exceptions[feed->n_exceptions++] =
                    (struct exception_row){(int)i, day, !service->in_calendar || chance(random, 50)};
        if (!service->in_calendar && feed->n_exceptions < MAX_EXCEPTIONS)
            feed->exceptions[feed->n_exceptions++] = (struct exception_row){(int)i, 4, true};
        else if (!service->in_calendar)
            service->in_calendar = true;
    }
}

/* So that the trip is often under way when somebody asks, whatever day and zone it belongs to. */
static inline int32_t random_start_s(struct kit_random *random, int32_t from_s)
{
    static const int32_t days_s[] = {DAY_S, DAY_S, 3600, -3600, DAY_S + 3600, 2 * DAY_S, -DAY_S};
    int32_t start_s = from_s - 300 + (int32_t)kit_below(random, 1200);
    if (chance(random, 35))
        start_s += days_s[kit_below(random, sizeof days_s / sizeof *days_s)];
    while (start_s < 0)
        start_s += DAY_S;
    return start_s;
}

static inline void make_times(struct kit_random *random, const struct feed_rows *feed, struct trip_row *trip,
                              int32_t time_s, bool on_demand)
{
    trip->n_times = 2 + kit_below(random, chance(random, 50) ? 2 : MAX_TRIP_CALLS - 1);
    bool has_distances = chance(random, 50), forbids = chance(random, 25);
    int distance = 0;
    for (size_t i = 0; i < trip->n_times; i++) {
        struct stop_time_row *row = &trip->times[i];
        int32_t wait_s = chance(random, 30) ? (int32_t)kit_below(random, 60) : 0;
        bool is_end = i == 0 || i + 1 == trip->n_times, is_blank = !is_end && chance(random, 25);
        *row = (struct stop_time_row){.place = random_platform(random, feed),
                                      .arrival_s = is_blank ? NONE : time_s,
                                      .departure_s = is_blank ? NONE : time_s + wait_s,
                                      .distance = has_distances && chance(random, 95) ? distance : NONE};
        if (on_demand && (chance(random, 90) || i == 0))
            row->pickup = 2;
        else if (forbids)
            row->pickup = chance(random, 40) ? 1 : 3;
        row->drop_off = forbids && chance(random, 40) ? 1 : (int)kit_below(random, 2) * 3;
        time_s += wait_s + (chance(random, 10) ? 0 : (int32_t)kit_below(random, 300));
        distance += (int)kit_below(random, 50) - (chance(random, 5) ? 20 : 0);
        distance = distance < 0 ? 0 : distance;
    }
}

static inline void make_frequencies(struct kit_random *random, struct trip_row *trip)
{
    int32_t start_s = trip->times[0].departure_s;
    trip->n_frequencies = 1 + kit_below(random, 2);
    for (size_t i = 0; i < trip->n_frequencies; i++) {
        int32_t headway_s = 200 + (int32_t)kit_below(random, 400);
        int32_t end_s =
            start_s + (chance(random, 50) ? headway_s * (1 + (int32_t)kit_below(random, 2))
                                          : 1 + (int32_t)kit_below(random, (uint32_t)headway_s * 3));
        trip->frequencies[i] =
            (struct frequency_row){start_s, end_s, headway_s, (int)kit_below(random, 3) - 1};
        start_s = end_s + (int32_t)kit_below(random, 300);
    }
    for (size_t i = 0; i < trip->n_times; i++) /* what stop_times.txt says is only how long it takes */
        if (trip->times[i].arrival_s != NONE) {
            trip->times[i].arrival_s += 30000;
            trip->times[i].departure_s += 30000;
        }
}

/* A platform of the same station, which may be the same. */
static inline int platform_near(struct kit_random *random, const struct feed_rows *feed, int platform)
{
    for (;;) {
        int place = random_platform(random, feed);
        bool is_same_station =
            feed->places[place].parent != NONE && feed->places[place].parent == feed->places[platform].parent;
        if (place == platform || is_same_station)
            return place;
    }
}

static inline void make_feed_trips(struct kit_random *random, struct feed_rows *feed, int32_t from_s)
{
    feed->has_blocks = chance(random, 35);
    bool on_demand = !feed->has_blocks && chance(random, 40);
    feed->n_trips = 2 + kit_below(random, MAX_FEED_TRIPS - 1);
    for (size_t i = 0; i < feed->n_trips; i++) {
        struct trip_row *trip = &feed->trips[i];
        *trip = (struct trip_row){.route = (int)kit_below(random, (uint32_t)feed->n_routes),
                                  .service = (int)kit_below(random, (uint32_t)feed->n_services),
                                  .block = NONE};
        const struct trip_row *before = i && chance(random, 70) ? trip - 1 : NULL;
        const struct stop_time_row *end = before ? &before->times[before->n_times - 1] : NULL;
        make_times(random, feed, trip,
                   end ? end->departure_s + (int32_t)kit_below(random, 120) : random_start_s(random, from_s),
                   on_demand && chance(random, 50));
        if (feed->has_blocks && chance(random, 60))
            trip->block = (int)kit_below(random, 2);
        if (before) { /* goes on near where and when the trip before ends */
            trip->times[0].place = platform_near(random, feed, end->place);
            trip->service = before->service;
            trip->block = chance(random, 80) ? before->block : trip->block;
        }
        if (chance(random, feed->has_blocks ? 5 : 15))
            make_frequencies(random, trip);
    }
}

static inline int maybe_row(struct kit_random *random, uint32_t percent, size_t n)
{
    return chance(random, percent) ? (int)kit_below(random, (uint32_t)n) : NONE;
}

static inline int random_rule_place(struct kit_random *random, const struct feed_rows *feed)
{
    for (;;) {
        int place = (int)kit_below(random, (uint32_t)feed->n_places);
        if (feed->places[place].location_type <= STATION ||
            feed->places[place].location_type == BOARDING_AREA)
            return place;
    }
}

static inline void make_rules(struct kit_random *random, struct feed_rows *feed)
{
    uint32_t particular = !feed->has_blocks && chance(random, 60) ? 30 : 0;
    for (uint32_t i = chance(random, 25) ? 0 : kit_below(random, MAX_RULES - 2); i; i--) {
        struct rule_row *rule = &feed->rules[feed->n_rules++];
        *rule = (struct rule_row){.from = random_rule_place(random, feed),
                                  .to = random_rule_place(random, feed),
                                  .type = (int)kit_below(random, 4),
                                  .min_time_s = NONE,
                                  .from_trip = maybe_row(random, particular, feed->n_trips),
                                  .to_trip = maybe_row(random, particular, feed->n_trips),
                                  .from_route = maybe_row(random, particular, feed->n_routes),
                                  .to_route = maybe_row(random, particular, feed->n_routes)};
        if (rule->type == TYPE_MINIMUM || chance(random, 20))
            rule->min_time_s = (int)kit_below(random, 200);
    }
    /* Each trip goes on as one other at most, and none of them is in a block. */
    for (size_t i = 0; feed->has_blocks && i + 1 < feed->n_trips && feed->n_rules < MAX_RULES; i += 2) {
        const struct trip_row *from = &feed->trips[i], *to = &feed->trips[i + 1];
        bool is_plain = !from->n_frequencies && !to->n_frequencies;
        if (is_plain && from->block == NONE && to->block == NONE && chance(random, 60))
            feed->rules[feed->n_rules++] =
                (struct rule_row){NONE, NONE, TYPE_IN_SEAT, NONE, (int)i, (int)i + 1, NONE, NONE};
        else if (is_plain && from->block == to->block && from->block != NONE && chance(random, 30))
            feed->rules[feed->n_rules++] =
                (struct rule_row){NONE, NONE, TYPE_NO_IN_SEAT, NONE, (int)i, (int)i + 1, NONE, NONE};
    }
}

static inline void make_feed(struct kit_random *random, struct feed_rows *feed, int32_t from_s)
{
    *feed = (struct feed_rows){.n_agencies = chance(random, 60) ? 1 : 1 + kit_below(random, MAX_AGENCIES),
                               .n_routes = 1 + kit_below(random, MAX_ROUTES)};
    for (size_t i = 0; i < feed->n_agencies; i++)
        feed->agencies[i].zone = zone_names[chance(random, 60) ? 0 : kit_below(random, 4)];
    for (size_t i = 0; i < feed->n_routes; i++) {
        const int *type = route_types[kit_below(random, sizeof route_types / sizeof *route_types)];
        feed->routes[i] = (struct route_row){maybe_row(random, 85, feed->n_agencies), type[0]};
    }
    make_places(random, feed);
    make_services(random, feed);
    make_feed_trips(random, feed, from_s);
    make_rules(random, feed);
}

static inline void make_question(struct kit_random *random, struct question *question)
{
    static const int32_t starts_s[] = {0, 600, 7 * 3600, 12 * 3600, 22 * 3600, 23 * 3600 + 2400};
    const int *date = asked_dates[kit_below(random, sizeof asked_dates / sizeof *asked_dates)];
    *question = (struct question){.year = date[0],
                                  .month = date[1],
                                  .day = date[2],
                                  .without_on_demand = chance(random, 15),
                                  .mode = chance(random, 8) ? (int)kit_below(random, 5) : NONE,
                                  .from_s = starts_s[kit_below(random, sizeof starts_s / sizeof *starts_s)]};
}

/* ---- writing them ---- */

struct feed_text {
    char text[FEED_TEXT_SIZE];
    size_t used;
};

static inline void put(struct feed_text *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void put(struct feed_text *to, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(to->text + to->used, sizeof to->text - to->used, format, args);
    va_end(args);
    assert_true(n >= 0 && to->used + (size_t)n < sizeof to->text);
    to->used += (size_t)n;
}

/* ",x7", or "," for NONE */
static inline void put_id(struct feed_text *to, const char *before, const char *prefix, int number)
{
    if (number == NONE)
        put(to, "%s", before);
    else
        put(to, "%s%s%d", before, prefix, number);
}

static inline void put_clock(struct feed_text *to, int32_t time_s)
{
    if (time_s == NONE)
        put(to, ",");
    else
        put(to, ",%d:%02d:%02d", (int)(time_s / 3600), (int)(time_s / 60 % 60), (int)(time_s % 60));
}

/* Platforms have ids that differ from feed to feed, so that points can name them; all else collides. */
static inline void put_place(struct feed_text *to, const char *before, const struct feed_rows *feed,
                             size_t number, int place)
{
    if (place == NONE)
        put(to, "%s", before);
    else if (feed->places[place].location_type == PLATFORM)
        put(to, "%sf%zu_%d", before, number, place);
    else
        put(to, "%ss%d", before, place);
}

/* The date that lies `days` after the question's. */
static inline void put_date(struct feed_text *to, const struct question *question, int days)
{
    struct tm date = {.tm_year = question->year - 1900,
                      .tm_mon = question->month - 1,
                      .tm_mday = question->day + days,
                      .tm_hour = 12};
    timegm(&date);
    put(to, ",%04d%02d%02d", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
}

static inline void put_agencies(struct feed_text *to, const struct feed_rows *feed)
{
    put(to, "agency_id,agency_name,agency_url,agency_timezone\n");
    for (size_t i = 0; i < feed->n_agencies; i++)
        put(to, "a%zu,A,https://example.org,%s\n", i, feed->agencies[i].zone);
}

static inline void put_stops(struct feed_text *to, const struct feed_rows *feed, size_t number)
{
    put(to, "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n");
    for (int i = 0; i < (int)feed->n_places; i++) {
        const struct place_row *place = &feed->places[i];
        put_place(to, "", feed, number, i);
        put(to, ",P,%.6f,%.6f,%d", place->lat_e6 / 1e6, place->lon_e6 / 1e6, place->location_type);
        put_place(to, ",", feed, number, place->parent);
        put(to, "\n");
    }
}

static inline void put_routes(struct feed_text *to, const struct feed_rows *feed)
{
    put(to, "route_id,agency_id,route_short_name,route_type\n");
    for (size_t i = 0; i < feed->n_routes; i++) {
        put(to, "r%zu", i);
        put_id(to, ",", "a", feed->routes[i].agency);
        put(to, ",%zu,%d\n", i, feed->routes[i].type);
    }
}

static inline void put_calendar(struct feed_text *to, const struct feed_rows *feed,
                                const struct question *question)
{
    put(to, "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n");
    for (size_t i = 0; i < feed->n_services; i++) {
        const struct service_row *service = &feed->services[i];
        if (!service->in_calendar)
            continue;
        put(to, "c%zu", i);
        for (int weekday = 0; weekday < 7; weekday++)
            put(to, ",%d", service->weekdays[weekday]);
        put_date(to, question, service->first_day);
        put_date(to, question, service->last_day);
        put(to, "\n");
    }
}

static inline void put_calendar_dates(struct feed_text *to, const struct feed_rows *feed,
                                      const struct question *question)
{
    put(to, "service_id,date,exception_type\n");
    for (size_t i = 0; i < feed->n_exceptions; i++) {
        put(to, "c%d", feed->exceptions[i].service);
        put_date(to, question, feed->exceptions[i].day);
        put(to, ",%d\n", feed->exceptions[i].is_added ? 1 : 2);
    }
}

static inline void put_trips(struct feed_text *to, const struct feed_rows *feed)
{
    put(to, "route_id,service_id,trip_id,block_id\n");
    for (size_t i = 0; i < feed->n_trips; i++) {
        put(to, "r%d,c%d,t%zu", feed->trips[i].route, feed->trips[i].service, i);
        put_id(to, ",", "b", feed->trips[i].block);
        put(to, "\n");
    }
}

static inline void put_stop_times(struct feed_text *to, const struct feed_rows *feed, size_t number)
{
    put(to, "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,"
            "shape_dist_traveled\n");
    for (size_t i = 0; i < feed->n_trips; i++)
        for (size_t k = 0; k < feed->trips[i].n_times; k++) {
            const struct stop_time_row *row = &feed->trips[i].times[k];
            put(to, "t%zu", i);
            put_clock(to, row->arrival_s);
            put_clock(to, row->departure_s);
            put_place(to, ",", feed, number, row->place);
            put(to, ",%zu,%d,%d", 3 * k + 1, row->pickup, row->drop_off);
            put_id(to, ",", "", row->distance);
            put(to, "\n");
        }
}

static inline void put_frequencies(struct feed_text *to, const struct feed_rows *feed)
{
    put(to, "trip_id,start_time,end_time,headway_secs,exact_times\n");
    for (size_t i = 0; i < feed->n_trips; i++)
        for (size_t k = 0; k < feed->trips[i].n_frequencies; k++) {
            const struct frequency_row *row = &feed->trips[i].frequencies[k];
            put(to, "t%zu", i);
            put_clock(to, row->start_s);
            put_clock(to, row->end_s);
            put(to, ",%d", (int)row->headway_s);
            put_id(to, ",", "", row->exact);
            put(to, "\n");
        }
}

static inline void put_transfers(struct feed_text *to, const struct feed_rows *feed, size_t number)
{
    put(to, "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id,from_route_id,"
            "to_route_id\n");
    for (size_t i = 0; i < feed->n_rules; i++) {
        const struct rule_row *rule = &feed->rules[i];
        put_place(to, "", feed, number, rule->from);
        put_place(to, ",", feed, number, rule->to);
        put(to, ",%d", rule->type);
        put_id(to, ",", "", rule->min_time_s);
        put_id(to, ",", "t", rule->from_trip);
        put_id(to, ",", "t", rule->to_trip);
        put_id(to, ",", "r", rule->from_route);
        put_id(to, ",", "r", rule->to_route);
        put(to, "\n");
    }
}

static inline void put_pathways(struct feed_text *to, const struct feed_rows *feed, size_t number)
{
    put(to, "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n");
    for (size_t i = 0; i < feed->n_pathways; i++) {
        const struct pathway_row *row = &feed->pathways[i];
        put(to, "p%zu", i);
        put_place(to, ",", feed, number, row->from);
        put_place(to, ",", feed, number, row->to);
        put(to, ",1,%d", row->both_ways);
        put_id(to, ",", "", row->time_s);
        put(to, "\n");
    }
}

/* Writes a feed into a folder (for GDAL; /vsimem/ is in memory), as number `number` of those that are read
 * together. */
static inline void write_feed(const char *folder, const struct feed_rows *feed, size_t number,
                              const struct question *question)
{
    static struct feed_text texts[10];
    static const char *const names[] = {
        "agency.txt",     "stops.txt",          "routes.txt",    "calendar.txt",    "trips.txt",
        "stop_times.txt", "calendar_dates.txt", "transfers.txt", "frequencies.txt", "pathways.txt"};
    char path[256];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        texts[i].used = 0;
    put_agencies(&texts[0], feed);
    put_stops(&texts[1], feed, number);
    put_routes(&texts[2], feed);
    put_calendar(&texts[3], feed, question);
    put_trips(&texts[4], feed);
    put_stop_times(&texts[5], feed, number);
    put_calendar_dates(&texts[6], feed, question);
    put_transfers(&texts[7], feed, number);
    put_frequencies(&texts[8], feed);
    put_pathways(&texts[9], feed, number);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        VSILFILE *file = VSIFOpenL(path, "wb");
        assert_non_null(file);
        assert_int_equal(VSIFWriteL(texts[i].text, 1, texts[i].used, file), texts[i].used);
        VSIFCloseL(file);
    }
}

#endif

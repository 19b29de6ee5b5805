/* What a feed becomes: the stops, runs and transfer rules that the router is given. */
#include "kit.h"

#include "gtfs.h"

#include "../../datasets/feed_internal.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SHOWN = 8192, FILES = 8 };

static void add(char *shown, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(char *shown, const char *format, ...)
{
    va_list args;
    size_t used = strlen(shown);
    va_start(args, format);
    vsnprintf(shown + used, SHOWN - used, format, args);
    va_end(args);
}

static void add_time(char *shown, int32_t time_s)
{
    int32_t size = time_s < 0 ? -time_s : time_s;
    add(shown, "%s%02d:%02d:%02d", time_s < 0 ? "-" : "", (int)(size / 3600), (int)(size / 60 % 60),
        (int)(size % 60));
}

/* What the router is given for a date. */
struct day {
    struct feed_runs runs;
    struct feed_joined joined;
};

/* A trip by its number, or "1+2" for a run that trips were joined into. */
static void add_label(char *shown, const struct day *day, uint32_t label)
{
    bool is_joined = false;
    for (size_t i = 0; i < day->joined.stretches.n; i++) {
        const struct feed_stretch *stretch = &day->joined.stretches.items[i];
        if (stretch->run >= day->runs.n || day->runs.items[stretch->run].label != label)
            continue;
        add(shown, "%s%u", is_joined ? "+" : "", (unsigned)stretch->trip);
        is_joined = true;
    }
    if (!is_joined)
        add(shown, "%d", (int)label);
}

/* A run as "trip day: stop arrival-departure …"; ! = nobody boards, ? = nobody alights, * = on demand. */
static void add_run(char *shown, const data_feed *feed, const struct day *day, const struct geo_trip *run)
{
    const struct geo_call *calls = day->joined.calls.n ? day->joined.calls.items : feed->calls.items;
    add_label(shown, day, run->label);
    add(shown, " %d%s:", run->service_day, run->on_demand ? "*" : "");
    for (uint32_t i = 0; i < run->n_calls; i++) {
        const struct geo_call *call = &calls[run->first_call + i];
        add(shown, " %s%s%s ", data_feed_stop_name(feed, call->stop), call->board ? "" : "!",
            call->alight ? "" : "?");
        add_time(shown, call->arrival_s + run->shift_s);
        if (call->departure_s != call->arrival_s) {
            add(shown, "-");
            add_time(shown, call->departure_s + run->shift_s);
        }
    }
    add(shown, "\n");
}

static void add_transfers(char *shown, const data_feed *feed, const struct day *day)
{
    bool is_joined = day->joined.transfers.n > 0;
    size_t n = is_joined ? day->joined.transfers.n : feed->transfers.n;
    for (size_t i = 0; i < n; i++) {
        const struct geo_transfer *rule =
            is_joined ? &day->joined.transfers.items[i] : &feed->transfers.items[i];
        add(shown, "%s%u>%s%u trips ", rule->from_is_station ? "S" : "", (unsigned)rule->from,
            rule->to_is_station ? "S" : "", (unsigned)rule->to);
        add_label(shown, day, rule->from_trip);
        add(shown, ">");
        add_label(shown, day, rule->to_trip);
        add(shown, " routes %d>%d kind %d %d s\n", (int)rule->from_route, (int)rule->to_route,
            (int)rule->kind, (int)rule->min_duration_s);
    }
}

/* Runs of a date and transfer rules of the plain feed with some files changed, or the failure's message. */
static void show(const struct gtfs_file *files, size_t n, int32_t date, bool without_on_demand, char *shown)
{
    const struct data_feed_options options = {.without_on_demand = without_on_demand};
    om_context ctx = {0};
    data_feed *feed = NULL;
    struct day day = {0};
    const char *folder = kit_folder();
    gtfs_write(folder, files, n);
    shown[0] = '\0';
    om_status status = data_feed_open(&ctx, &folder, 1, &feed);
    if (status == OM_OK)
        status = feed_runs_on(&ctx, feed, date, &options, &day.runs);
    if (status == OM_OK)
        status = feed_join_runs(&ctx, feed, &day.runs, &day.joined);
    for (size_t i = 0; i < day.runs.n && status == OM_OK; i++)
        add_run(shown, feed, &day, &day.runs.items[i]);
    if (status == OM_OK)
        add_transfers(shown, feed, &day);
    else
        add(shown, "%s\n", ctx.message);
    feed_joined_done(&day.joined);
    for (size_t i = 0; i < ctx.n_findings; i++)
        add(shown, "(%s %zu)\n", ctx.findings[i].code, ctx.findings[i].count);
    om_free(day.runs.items);
    data_feed_free(feed);
    om_context_done(&ctx);
    kit_remove(folder);
}

#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
#define TRIPS "route_id,service_id,trip_id\n"
#define CALENDAR "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
#define DATES "service_id,date,exception_type\n"
#define BLOCKS "route_id,service_id,trip_id,block_id\n"
/* T and U meet at B; V runs later from elsewhere; W is in another block. */
#define BLOCK_TIMES                                                                                  \
    TIMES ",pickup_type,drop_off_type\nT,07:00:00,07:00:00,A,1,0,0\nT,07:10:00,07:10:00,B,2,1,1\n"   \
          "U,07:15:00,07:15:00,B,1,0,0\nU,07:25:00,07:25:00,C,2,0,0\nV,09:00:00,09:00:00,S1,1,0,0\n" \
          "V,09:10:00,09:10:00,S2,2,1,0\nW,07:30:00,07:30:00,C,1,0,0\nW,07:40:00,07:40:00,A,2,0,0\n"
/* A door D of platform P2, and a hall N; P1 to P2 by the hall is faster than straight. */
#define PLATFORMS                                                                                      \
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nS,S,65,22,1,\nP1,P1,65,22,,S\n" \
    "P2,P2,65,22,,S\nP3,P3,65,22,,S\nN,N,65,22,3,S\nD,D,,,4,P2\n"
#define PLATFORM_TIMES TIMES "\nT,07:00:00,07:00:00,P1,1\nT,07:10:00,07:10:00,P3,2\n"
#define PATHWAYS                                                                        \
    "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n" \
    "1,P1,P2,2,0,90\n2,P1,N,1,1,20\n3,N,D,4,0,50\n4,D,N,4,0,30\n5,P1,P3,1,1,\n"
#define PLAIN_RUN "0 0: Arne 07:00:00 Berit 07:10:00 Cilla 07:20:00\n"

static const struct {
    const char *what;
    struct gtfs_file files[FILES];
    int32_t date;
    bool without_on_demand;
    const char *shown;
} cases[] = {
    {"the plain feed", {{0}}, 20220913, false, PLAIN_RUN},
    {"no date: the busiest weekday", {{0}}, 0, false, PLAIN_RUN},
    {"every date in calendar_dates.txt, flags all zero",
     {{"calendar.txt", CALENDAR "D,0,0,0,0,0,0,0,20220101,20221231\n"},
      {"calendar_dates.txt", DATES "D,20220913,1\nD,20220915,1\n"}},
     20220915,
     false,
     PLAIN_RUN},
    {"a date between without service",
     {{"calendar.txt", NULL}, {"calendar_dates.txt", DATES "D,20220913,1\nD,20220915,1\n"}},
     20220914,
     false,
     ""},
    {"a removed date", {{"calendar_dates.txt", DATES "D,20220913,2\n"}}, 20220913, false, ""},
    {"outside the validity",
     {{"calendar.txt", CALENDAR "D,1,0,0,0,0,0,0,20220901,20220930\n"}},
     20221004,
     false,
     "2022-10-04 is outside the timetable, which is valid from 2022-09-05 to 2022-09-26; the busiest "
     "ordinary "
     "weekday in it is 2022-09-05\n"},
    {"rows in any order, sequences with gaps",
     {{"trips.txt", TRIPS "R,D,T\nR,D,U\n"},
      {"stop_times.txt",
       TIMES "\nU,08:10:00,08:11:00,B,20\nT,07:20:00,07:20:00,C,9\nT,07:00:00,07:00:00,A,0\n"
             "U,08:00:00,08:00:00,A,10\nT,07:10:00,07:12:30,B,4\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00-07:12:30 Cilla 07:20:00\n1 0: Arne 08:00:00 Berit "
     "08:10:00-08:11:00\n"},
    {"a stop visited twice",
     {{"stop_times.txt",
       TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\nT,07:20:00,07:20:00,A,3\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00 Arne 07:20:00\n"},
    {"blank times, evenly",
     {{"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,,,B,2\nT,,,S1,3\nT,07:10:00,07:10:00,C,4\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:03:20 Läge 1 07:06:40 Cilla 07:10:00\n"},
    {"blank times, by distance",
     {{"stop_times.txt", TIMES ",shape_dist_traveled\nT,07:00:00,07:00:00,A,1,0\nT,,,B,2,2.5\n"
                               "T,07:10:00,07:10:00,C,3,10\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:02:30 Cilla 07:10:00\n"},
    {"a distance missing: evenly",
     {{"stop_times.txt", TIMES ",shape_dist_traveled\nT,07:00:00,07:00:00,A,1,0\nT,,,B,2,\n"
                               "T,07:10:00,07:10:00,C,3,10\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:05:00 Cilla 07:10:00\n"},
    {"distances that fall: evenly",
     {{"stop_times.txt", TIMES ",shape_dist_traveled\nT,07:00:00,07:00:00,A,1,5\nT,,,B,2,4\n"
                               "T,07:10:00,07:10:00,C,3,10\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:05:00 Cilla 07:10:00\n"},
    {"one time of two",
     {{"stop_times.txt", TIMES "\nT,,07:00:00,A,1\nT,07:20:00,,C,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Cilla 07:20:00\n(stop_time_with_only_arrival_or_departure_time 2)\n"},
    {"boarding: 1 forbids, 2 is on demand, 3 is normal here",
     {{"stop_times.txt", TIMES ",pickup_type,drop_off_type\nT,07:00:00,07:00:00,A,1,3,1\n"
                               "T,07:10:00,07:10:00,B,2,2,0\nT,07:20:00,07:20:00,C,3,1,3\n"}},
     20220913,
     false,
     "0 0: Arne? 07:00:00 Berit 07:10:00 Cilla! 07:20:00\n"},
    {"on demand throughout",
     {{"stop_times.txt", TIMES
       ",pickup_type\nT,07:00:00,07:00:00,A,1,2\nT,07:10:00,07:10:00,B,2,1\nT,07:20:00,07:20:00,C,3,0\n"}},
     20220913,
     false,
     "0 0*: Arne 07:00:00 Berit! 07:10:00 Cilla 07:20:00\n"},
    {"without on demand",
     {{"stop_times.txt", TIMES ",pickup_type\nT,07:00:00,07:00:00,A,1,2\nT,07:20:00,07:20:00,C,3,1\n"}},
     20220913,
     true,
     ""},
    {"past midnight: from the day before",
     {{"stop_times.txt", TIMES "\nT,23:50:00,23:50:00,A,1\nT,24:10:30,24:11:00,B,2\n"}},
     20220913,
     false,
     "0 -1: Arne -00:10:00 Berit 00:10:30-00:11:00\n0 0: Arne 23:50:00 Berit 24:10:30-24:11:00\n"},
    {"past midnight on the first day: nothing from before",
     {{"stop_times.txt", TIMES "\nT,23:50:00,23:50:00,A,1\nT,24:10:30,24:11:00,B,2\n"}},
     20220901,
     false,
     "0 0: Arne 23:50:00 Berit 24:10:30-24:11:00\n"},
    {"past midnight, the day after the last: outside",
     {{"stop_times.txt", TIMES "\nT,23:50:00,23:50:00,A,1\nT,24:10:30,24:11:00,B,2\n"}},
     20221001,
     false,
     "2022-10-01 is outside the timetable, which is valid from 2022-09-01 to 2022-09-30; the busiest "
     "ordinary "
     "weekday in it is 2022-09-01\n"},
    {"a trip of more than a day: from two days before",
     {{"stop_times.txt", TIMES "\nT,23:50:00,23:50:00,A,1\nT,49:10:00,49:10:00,B,2\n"}},
     20220913,
     false,
     "0 -2: Arne -24:10:00 Berit 01:10:00\n0 -1: Arne -00:10:00 Berit 25:10:00\n"
     "0 0: Arne 23:50:00 Berit 49:10:00\n"},
    {"frequencies: start + k * headway < end",
     {{"frequencies.txt", "trip_id,start_time,end_time,headway_secs,exact_times\nT,08:00:00,08:40:00,1200,1\n"
                          "T,23:50:00,24:20:00,1800,\n"}},
     20220901,
     false,
     "0 0: Arne 08:00:00 Berit 08:10:00 Cilla 08:20:00\n0 0: Arne 08:20:00 Berit 08:30:00 Cilla 08:40:00\n"
     "0 0: Arne 23:50:00 Berit 24:00:00 Cilla 24:10:00\n"},
    {"frequencies that run into the next day",
     {{"frequencies.txt", "trip_id,start_time,end_time,headway_secs\nT,23:00:00,24:20:00,1800\n"}},
     20220930,
     false,
     "0 -1: Arne 00:00:00 Berit 00:10:00 Cilla 00:20:00\n"
     "0 0: Arne 23:00:00 Berit 23:10:00 Cilla 23:20:00\n"
     "0 0: Arne 23:30:00 Berit 23:40:00 Cilla 23:50:00\n"
     "0 0: Arne 24:00:00 Berit 24:10:00 Cilla 24:20:00\n"},
    {"transfers: stop, station, trip and route rows",
     {{"transfers.txt",
       "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id,from_route_id\n"
       "A,B,1,,T,T,\nS,S,2,180,,,\nS1,A,3,,,,R\nB,C,,,,,\n,,4,,T,T,\nA,A,5,,T,T,\nA,A,4,,T,T,\n"}},
     20220913,
     false,
     PLAIN_RUN "0>1 trips 0>0 routes -1>-1 kind 1 0 s\nS3>S3 trips -1>-1 routes -1>-1 kind 2 180 s\n"
               "3>0 trips -1>-1 routes 0>-1 kind 3 0 s\n1>2 trips -1>-1 routes -1>-1 kind 0 0 s\n"},
    {"a transfer rule about nothing",
     {{"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id\nA,X,0,\nA,A,0,Y\n"}},
     20220913,
     false,
     PLAIN_RUN "(foreign_key_violation 2)\n"},
    {"a trip that calls at a station",
     {{"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:20:00,07:20:00,S,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Läge 1 07:20:00\n(wrong_stop_location_type 1)\n"},
    {"ids of 18 digits that differ in the last",
     {{"trips.txt", TRIPS "R,D,252500000000000001\nR,D,252500000000000002\n"},
      {"stop_times.txt",
       TIMES "\n252500000000000001,7:00:00,7:00:00,A,1\n252500000000000001,7:10:00,7:10:00,B,2\n"
             "252500000000000002,8:00:00,8:00:00,A,1\n252500000000000002,8:10:00,8:10:00,C,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n1 0: Arne 08:00:00 Cilla 08:10:00\n"},
    {"trips too short to ride",
     {{"trips.txt", TRIPS "R,D,T\nR,D,U\nR,D,V\n"},
      {"stop_times.txt", TIMES "\nT,7:00:00,7:00:00,A,1\nT,7:10:00,7:10:00,B,2\nU,7:00:00,7:00:00,A,1\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n(unusable_trip 1)\n(unused_trip 1)\n"},
    {"areas instead of stops",
     {{"stop_times.txt", TIMES ",location_id\nT,7:00:00,7:00:00,A,1,\nT,,,,2,Z\nT,7:10:00,7:10:00,B,3,\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n(flexible_stop_time 1)\n"},
    {"the day before a day of 23 hours, and that day",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20220301,20220331\n"},
      {"stop_times.txt", TIMES "\nT,23:50:00,23:50:00,A,1\nT,24:10:00,24:10:00,B,2\n"}},
     20220327,
     false,
     "0 -1: Arne 00:50:00 Berit 01:10:00\n0 0: Arne 23:50:00 Berit 24:10:00\n"},
    {"the day before a day of 25 hours",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20221001,20221031\n"},
      {"stop_times.txt", TIMES "\nT,25:30:00,25:30:00,A,1\nT,26:10:00,26:10:00,B,2\n"}},
     20221030,
     false,
     "0 -1: Arne 00:30:00 Berit 01:10:00\n0 0: Arne 25:30:00 Berit 26:10:00\n"},
    {"the day before a day of 23 hours: the next service day begins at 23:00",
     {{"calendar.txt", CALENDAR "D,1,1,1,1,1,1,1,20220301,20220331\n"},
      {"stop_times.txt", TIMES "\nT,00:10:00,00:10:00,A,1\nT,00:20:00,00:20:00,B,2\n"}},
     20220326,
     false,
     "0 0: Arne 00:10:00 Berit 00:20:00\n0 1: Arne 23:10:00 Berit 23:20:00\n"},
    {"a zone further east: its next service day begins at 23:00",
     {{"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\nL,L,x,Europe/Stockholm\n"
                     "F,F,x,Europe/Helsinki\n"},
      {"routes.txt", "route_id,agency_id,route_short_name,route_type\nR,L,1,3\nQ,F,2,3\n"},
      {"trips.txt", TRIPS "R,D,T\nQ,D,U\n"},
      {"stop_times.txt", TIMES "\nT,00:30:00,00:30:00,A,1\nT,00:40:00,00:40:00,B,2\n"
                               "U,00:30:00,00:30:00,A,1\nU,00:40:00,00:40:00,B,2\n"}},
     20220913,
     false,
     "0 0: Arne 00:30:00 Berit 00:40:00\n1 0: Arne -00:30:00 Berit -00:20:00\n"
     "1 1: Arne 23:30:00 Berit 23:40:00\n(inconsistent_agency_timezone 1)\n"},
    {"two agencies in two time zones",
     {{"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\nL,L,x,Europe/Stockholm\n"
                     "F,F,x,Europe/Helsinki\n"},
      {"routes.txt", "route_id,agency_id,route_short_name,route_type\nR,L,1,3\nQ,F,2,3\n"},
      {"trips.txt", TRIPS "R,D,T\nQ,D,U\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                               "U,08:00:00,08:00:00,A,1\nU,08:10:00,08:10:00,B,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n1 0: Arne 07:00:00 Berit 07:10:00\n"
     "(inconsistent_agency_timezone 1)\n"},
    {"a block: one goes on where the trip before ended",
     {{"trips.txt", BLOCKS "R,D,V,b\nR,D,T,b\nR,D,U,b\nR,D,W,c\n"}, {"stop_times.txt", BLOCK_TIMES}},
     20220913,
     false,
     "0 0: Läge 1 09:00:00 Läge 2! 09:10:00\n1+2 0: Arne 07:00:00 Berit? 07:10:00-07:15:00 Cilla 07:25:00\n"
     "3 0: Cilla 07:30:00 Arne 07:40:00\n"},
    {"a block: from platform to platform",
     {{"trips.txt", BLOCKS "R,D,T,b\nR,D,U,b\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,S1,2\n"
                               "U,07:12:00,07:12:00,S2,1\nU,07:20:00,07:20:00,B,2\n"}},
     20220913,
     false,
     "0+1 0: Arne 07:00:00 Läge 1! 07:10:00 Läge 2? 07:12:00 Berit 07:20:00\n"},
    {"a block: the next trip stands at its platform before this one has left",
     {{"trips.txt", BLOCKS "R,D,T,b\nR,D,U,b\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:14:00,S1,2\n"
                               "U,07:08:00,07:12:00,S2,1\nU,07:20:00,07:20:00,B,2\n"}},
     20220913,
     false,
     "0+1 0: Arne 07:00:00 Läge 1! 07:10:00 Läge 2? 07:12:00 Berit 07:20:00\n"},
    {"type 4 between frequencies: from each run to the next run of the other",
     {{"trips.txt", TRIPS "R,D,T\nR,D,U\n"},
      {"stop_times.txt", TIMES "\nT,00:00:00,00:00:00,A,1\nT,00:10:00,00:10:00,B,2\n"
                               "U,00:00:00,00:00:00,B,1\nU,00:05:00,00:05:00,C,2\n"},
      {"frequencies.txt", "trip_id,start_time,end_time,headway_secs\nT,08:00:00,08:40:00,1200\n"
                          "U,08:05:00,08:45:00,600\n"},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n,,4,T,U\n"}},
     20220913,
     false,
     "0+1 0: Arne 08:00:00 Berit 08:10:00-08:15:00 Cilla 08:20:00\n"
     "0+1 0: Arne 08:20:00 Berit 08:30:00-08:35:00 Cilla 08:40:00\n1 0: Berit 08:05:00 Cilla 08:10:00\n"
     "1 0: Berit 08:25:00 Cilla 08:30:00\n"},
    {"a block past midnight, joined on both days",
     {{"trips.txt", BLOCKS "R,D,T,b\nR,D,U,b\n"},
      {"stop_times.txt", TIMES "\nT,23:40:00,23:40:00,A,1\nT,24:10:00,24:10:00,B,2\n"
                               "U,24:12:00,24:12:00,B,1\nU,24:20:00,24:20:00,C,2\n"}},
     20220913,
     false,
     "0+1 -1: Arne -00:20:00 Berit 00:10:00-00:12:00 Cilla 00:20:00\n"
     "0+1 0: Arne 23:40:00 Berit 24:10:00-24:12:00 Cilla 24:20:00\n"},
    {"a block whose trips do not meet, overlap, or run on other days",
     {{"calendar_dates.txt", DATES "E,20220914,1\n"},
      {"trips.txt", BLOCKS "R,D,T,b\nR,D,U,b\nR,E,V,b\nR,D,W,b\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                               "V,07:10:00,07:10:00,B,1\nV,07:20:00,07:20:00,C,2\n"
                               "U,07:30:00,07:30:00,C,1\nU,07:40:00,07:40:00,A,2\n"
                               "W,07:39:00,07:39:00,A,1\nW,07:50:00,07:50:00,C,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n1 0: Cilla 07:30:00 Arne 07:40:00\n"
     "3 0: Arne 07:39:00 Cilla 07:50:00\n"},
    {"type 4 joins trips without a block, type 5 keeps a block apart",
     {{"trips.txt", BLOCKS "R,D,T,\nR,D,U,\nR,D,V,b\nR,D,W,b\n"},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n"
                        "B,B,4,T,U\n,,5,V,W\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                               "U,07:10:00,07:10:00,B,1\nU,07:20:00,07:20:00,C,2\n"
                               "V,07:00:00,07:00:00,A,1\nV,07:10:00,07:10:00,B,2\n"
                               "W,07:10:00,07:10:00,B,1\nW,07:20:00,07:20:00,C,2\n"}},
     20220913,
     false,
     "0+1 0: Arne 07:00:00 Berit 07:10:00 Cilla 07:20:00\n2 0: Arne 07:00:00 Berit 07:10:00\n"
     "3 0: Berit 07:10:00 Cilla 07:20:00\n"},
    {"a train that is parted: one half joined, one by a timed transfer",
     {{"trips.txt", BLOCKS "R,D,T,\nR,D,U,\nR,D,V,\n"},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n"
                        "A,C,3,,\nB,B,4,T,U\nB,B,4,T,V\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                               "U,07:10:00,07:10:00,B,1\nU,07:20:00,07:20:00,C,2\n"
                               "V,07:10:00,07:10:00,B,1\nV,07:20:00,07:20:00,A,2\n"}},
     20220913,
     false,
     "0+1 0: Arne 07:00:00 Berit 07:10:00 Cilla 07:20:00\n2 0: Berit 07:10:00 Arne 07:20:00\n"
     "1>1 trips 0+1>2 routes -1>-1 kind 1 0 s\n0>2 trips -1>-1 routes -1>-1 kind 3 0 s\n"},
    {"a block whose trip a rule names stays apart",
     {{"trips.txt", BLOCKS "R,D,T,b\nR,D,U,b\n"},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nC,A,3,U,\n"},
      {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                               "U,07:10:00,07:10:00,B,1\nU,07:20:00,07:20:00,C,2\n"}},
     20220913,
     false,
     "0 0: Arne 07:00:00 Berit 07:10:00\n1 0: Berit 07:10:00 Cilla 07:20:00\n"
     "1>1 trips 0>1 routes -1>-1 kind 1 0 s\n2>0 trips 1>-1 routes -1>-1 kind 3 0 s\n"},
    {"pathways: the shortest way between platforms, each way",
     {{"stops.txt", PLATFORMS}, {"stop_times.txt", PLATFORM_TIMES}, {"pathways.txt", PATHWAYS}},
     20220913,
     false,
     "0 0: P1 07:00:00 P3 07:10:00\n0>1 trips -1>-1 routes -1>-1 kind 2 70 s\n"
     "1>0 trips -1>-1 routes -1>-1 kind 2 50 s\n"},
    {"pathways: the station's own rule goes before",
     {{"stops.txt", PLATFORMS},
      {"stop_times.txt", PLATFORM_TIMES},
      {"pathways.txt", PATHWAYS},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nS,S,2,300\n"}},
     20220913,
     false,
     "0 0: P1 07:00:00 P3 07:10:00\nS0>S0 trips -1>-1 routes -1>-1 kind 2 300 s\n"},
    {"pathways: rules of another station, and between the two, leave them alone",
     {{"stops.txt", PLATFORMS "Q,Q,65.1,22,1,\nQ1,Q1,65.1,22,,Q\n"},
      {"stop_times.txt", PLATFORM_TIMES "T,07:20:00,07:20:00,Q1,3\n"},
      {"pathways.txt", PATHWAYS},
      {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nQ,Q,2,300\nS,Q,2,600\n"}},
     20220913,
     false,
     "0 0: P1 07:00:00 P3 07:10:00 Q1 07:20:00\nS1>S1 trips -1>-1 routes -1>-1 kind 2 300 s\n"
     "S0>S1 trips -1>-1 routes -1>-1 kind 2 600 s\n0>1 trips -1>-1 routes -1>-1 kind 2 70 s\n"
     "1>0 trips -1>-1 routes -1>-1 kind 2 50 s\n"},
    {"a feed without trips on any date",
     {{"trips.txt", TRIPS}, {"stop_times.txt", TIMES "\n"}},
     0,
     false,
     NULL},
};

static void feeds_become_runs(void **state)
{
    (void)state;
    char shown[SHOWN];
    for (size_t i = 0; i < COUNT(cases); i++) {
        show(cases[i].files, FILES, cases[i].date, cases[i].without_on_demand, shown);
        if (!cases[i].shown)
            assert_non_null(strstr(shown, "no trip runs on any date"));
        else if (strcmp(shown, cases[i].shown) != 0)
            fail_msg("%s:\n%s\nexpected:\n%s", cases[i].what, shown, cases[i].shown);
    }
}

static void open_one(const char *folder, data_feed **feed, om_context *ctx)
{
    assert_int_equal(data_feed_open(ctx, &folder, 1, feed), OM_OK);
}

static void stations_stand_for_their_stops(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
                      "S1,Läge 1,65.63,22.13,0,S\nS,Stationen,65.6,22.1,1,\nE,Ingång,65.6,22.1,2,S\n"
                      "B1,Dörr,,,4,S1\nA,Arne,65,22,,\nB,Berit,,,,\nC,Tom,65,22,1,\n"}};
    static const struct {
        const char *id;
        uint32_t stop;
        const char *name;
    } expected[] = {{"S1", 0, "Läge 1"}, {"S", 0, "Läge 1"}, {"E", 0, "Läge 1"}, {"B1", 0, "Läge 1"},
                    {"A", 1, "Arne"},    {"B", 2, "Berit"},  {"C", 3, "Tom"}};
    static const struct gtfs_file times = {"stop_times.txt", TIMES "\n"};
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *folder = kit_folder();
    const struct gtfs_file both[] = {files[0], times};
    gtfs_write(folder, both, COUNT(both));
    open_one(folder, &feed, &ctx);
    for (size_t i = 0; i < COUNT(expected); i++) {
        uint32_t stop = 99;
        assert_int_equal(data_feed_stop(&ctx, feed, expected[i].id, &stop), OM_OK);
        assert_int_equal(stop, expected[i].stop);
        assert_string_equal(data_feed_stop_name(feed, stop), expected[i].name);
    }
    assert_int_equal(feed->stops.n, 4);
    assert_int_equal(feed->n_stations, 4);
    assert_true(isnan(feed->stops.items[2].lat));
    assert_int_equal(om_found(&ctx, "stop_without_location"), 1);
    uint32_t stop;
    assert_int_equal(data_feed_stop(&ctx, feed, "X", &stop), OM_NOT_FOUND);
    assert_string_equal(ctx.message, "no feed has a stop or station with the stop_id \"X\"");
    data_feed_free(feed);
    kit_remove(folder);
    om_context_done(&ctx);
}

static void ids_of_several_feeds_do_not_collide(void **state)
{
    (void)state;
    static const struct gtfs_file second[] = {
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nA,Anna,65,22\nZ,Zorro,65,22\n"},
        {"calendar.txt", CALENDAR "D,0,0,1,0,0,0,0,20220901,20221231\n"},
        {"stop_times.txt", TIMES "\nT,09:00:00,09:00:00,A,1\nT,09:10:00,09:10:00,Z,2\n"},
        {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id\nA,Z,0,T\n"}};
    om_context ctx = {0};
    data_feed *feed = NULL;
    struct day day = {0};
    char folder[64], one[80], two[80], shown[SHOWN] = "";
    snprintf(folder, sizeof folder, "%s", kit_folder());
    snprintf(one, sizeof one, "%s/one", folder);
    snprintf(two, sizeof two, "%s/two", folder);
    mkdir(one, 0700);
    mkdir(two, 0700);
    gtfs_write(one, NULL, 0);
    gtfs_write(two, second, COUNT(second));
    const char *paths[] = {one, two};
    assert_int_equal(data_feed_open(&ctx, paths, 2, &feed), OM_OK);
    const struct data_feed_options options = {0};
    assert_int_equal(feed_runs_on(&ctx, feed, 20220914, &options, &day.runs), OM_OK);
    for (size_t i = 0; i < day.runs.n; i++)
        add_run(shown, feed, &day, &day.runs.items[i]);
    add_transfers(shown, feed, &day);
    assert_string_equal(shown, PLAIN_RUN "1 0: Anna 09:00:00 Zorro 09:10:00\n"
                                         "5>6 trips 1>-1 routes -1>-1 kind 0 0 s\n");
    assert_int_equal(day.runs.items[1].route, 1);

    struct data_feed_validity validity;
    data_feed_validity(feed, &validity);
    assert_int_equal(validity.first_date, 20220901);
    assert_int_equal(validity.last_date, 20221228);
    assert_int_equal(validity.busiest_weekday, 20220907);
    assert_int_equal(validity.busiest_trips, 2);
    assert_int_equal(data_feed_trips_on(feed, 20220908), 1);
    assert_int_equal(data_feed_trips_on(feed, 20230101), 0);
    assert_int_equal(data_feed_count(feed), 2);
    assert_string_equal(data_feed_path(feed, 1), two);
    assert_int_equal(strlen(data_feed_sha256(feed, 1)), 64);
    assert_string_not_equal(data_feed_sha256(feed, 0), data_feed_sha256(feed, 1));

    uint32_t stop;
    assert_int_equal(data_feed_stop(&ctx, feed, "Z", &stop), OM_OK);
    assert_int_equal(stop, 6);
    assert_int_equal(data_feed_stop(&ctx, feed, "A", &stop), OM_BAD_DATA);
    assert_non_null(strstr(ctx.message, "stop \"A\" is both in"));
    om_free(day.runs.items);
    data_feed_free(feed);
    om_context_done(&ctx);
    kit_remove(folder);
}

static void zips_and_folders_in_zips_are_read(void **state)
{
    (void)state;
    om_context ctx = {0};
    char folder[64], path[128], *output;
    snprintf(folder, sizeof folder, "%s", kit_folder());
    snprintf(path, sizeof path, "%s/inner", folder);
    mkdir(path, 0700);
    gtfs_write(path, NULL, 0);
    static const struct {
        const char *command, *name;
    } archives[] = {{"cd inner && zip -q ../flat.zip *.txt", "flat.zip"},
                    {"zip -qr nested.zip inner", "nested.zip"},
                    {"cp flat.zip feed.data", "feed.data"},
                    {"true", ""}};
    for (size_t i = 0; i < COUNT(archives); i++) {
        assert_int_equal(kit_run(&output, "cd '%s' && %s", folder, archives[i].command), 0);
        free(output);
        snprintf(path, sizeof path, "%s/%s", folder, archives[i].name);
        data_feed *feed = NULL;
        const char *paths[] = {path};
        assert_int_equal(data_feed_open(&ctx, paths, 1, &feed), OM_OK);
        assert_int_equal(data_feed_trips_on(feed, 20220913), 1);
        data_feed_free(feed);
    }
    kit_remove(folder);
    om_context_done(&ctx);
}

static void a_timetable_comes_of_it(void **state)
{
    (void)state;
    om_context ctx = {0};
    data_feed *feed = NULL;
    geo_timetable *timetable = NULL;
    const struct data_feed_options options = {0};
    const char *folder = kit_folder();
    gtfs_write(folder, NULL, 0);
    open_one(folder, &feed, &ctx);
    assert_int_equal(data_feed_timetable(&ctx, feed, 0, &options, &timetable), OM_OK);
    assert_int_equal(geo_timetable_trips(timetable), 1);
    assert_int_equal(geo_timetable_stops(timetable), 5);
    assert_true(geo_timetable_is_served(timetable, 0));
    assert_false(geo_timetable_is_served(timetable, 3));
    geo_timetable_free(timetable);
    data_feed_free(feed);
    kit_remove(folder);
    om_context_done(&ctx);
}

static void runs_are_chosen_by_mode(void **state)
{
    (void)state;
    static const struct gtfs_file files[] = {
        {"routes.txt", "route_id,agency_id,route_short_name,route_type\nR,L,1,100\nB,L,2,700\nF,L,3,1200\n"},
        {"trips.txt", TRIPS "R,D,T\nB,D,U\nF,D,V\n"},
        {"stop_times.txt", TIMES ",pickup_type\nT,07:00:00,07:00:00,A,1,0\nT,07:10:00,07:10:00,B,2,0\n"
                                 "U,08:00:00,08:00:00,A,1,2\nU,08:10:00,08:10:00,B,2,0\n"
                                 "V,09:00:00,09:00:00,A,1,0\nV,09:10:00,09:10:00,B,2,0\n"}};
    static const struct {
        int modes[2];
        size_t n_modes;
        uint32_t labels[3];
        size_t n;
    } expected[] = {{{0}, 0, {0, 1, 2}, 3}, {{2}, 1, {0}, 1}, {{4, 3}, 2, {1, 2}, 2}, {{0}, 1, {0}, 0}};
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *folder = kit_folder();
    gtfs_write(folder, files, COUNT(files));
    open_one(folder, &feed, &ctx);
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct feed_runs runs = {0};
        const struct data_feed_options options = {.modes = expected[i].modes, .n_modes = expected[i].n_modes};
        assert_int_equal(feed_runs_on(&ctx, feed, 20220913, &options, &runs), OM_OK);
        assert_int_equal(runs.n, expected[i].n);
        for (size_t k = 0; k < runs.n; k++)
            assert_int_equal(runs.items[k].label, expected[i].labels[k]);
        om_free(runs.items);
    }
    assert_int_equal(data_feed_on_demand_trips_on(feed, 20220913), 1);
    assert_int_equal(data_feed_on_demand_trips_on(feed, 20221013), 0);
    data_feed_free(feed);
    kit_remove(folder);
    om_context_done(&ctx);
}

static void route_types_have_a_basic_mode(void **state)
{
    (void)state;
    static const struct {
        int type, mode;
        const char *word;
    } expected[] = {{0, 0, "tram"},      {3, 3, "bus"},       {11, 11, "trolleybus"},  {100, 2, "rail"},
                    {109, 2, "rail"},    {200, 3, "bus"},     {401, 1, "metro"},       {405, 12, "monorail"},
                    {700, 3, "bus"},     {717, 3, "bus"},     {800, 11, "trolleybus"}, {900, 0, "tram"},
                    {1000, 4, "ferry"},  {1200, 4, "ferry"},  {1501, 1500, "taxi"},    {1700, 1700, "other"},
                    {-1, -1, "unknown"}, {13, -1, "unknown"}, {1800, -1, "unknown"}};
    om_context ctx = {0};
    for (size_t i = 0; i < COUNT(expected); i++) {
        int mode = -2;
        assert_int_equal(data_feed_basic_mode(expected[i].type), expected[i].mode);
        assert_string_equal(data_mode_word(expected[i].mode), expected[i].word);
        om_status status = data_mode_parse(&ctx, expected[i].word, &mode);
        assert_int_equal(status, expected[i].mode < 0 ? OM_BAD_DATA : OM_OK);
        assert_int_equal(mode, expected[i].mode < 0 ? -2 : expected[i].mode);
    }
    assert_non_null(strstr(ctx.message, "\"unknown\" is no means of transport; there are tram, metro, rail"));
    om_context_done(&ctx);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    const char *folder = kit_folder();
    static const struct gtfs_file files[] = {
        {"calendar_dates.txt", DATES "D,20220913,2\n"},
        {"frequencies.txt", "trip_id,start_time,end_time,headway_secs\nT,08:00:00,08:40:00,1200\n"},
        {"trips.txt", BLOCKS "R,D,T,\nR,D,U,b\nR,D,V,b\nR,D,W,\n"},
        {"stop_times.txt", TIMES "\nT,07:00:00,07:00:00,A,1\nT,07:10:00,07:10:00,B,2\n"
                                 "U,07:10:00,07:10:00,B,1\nU,07:20:00,07:20:00,C,2\n"
                                 "V,07:20:00,07:20:00,C,1\nV,07:30:00,07:30:00,A,2\n"
                                 "W,07:30:00,07:30:00,A,1\nW,07:40:00,07:40:00,C,2\n"},
        {"pathways.txt", "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
                         "1,S1,S2,1,1,60\n"},
        {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nA,B,0,,\n"
                          ",,4,V,W\n,,4,V,U\n,,4,T,W\n"}};
    gtfs_write(folder, files, COUNT(files));
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK && n < 1000; n++) {
        om_context ctx = {0};
        data_feed *feed = NULL;
        struct feed_runs runs = {0};
        om_memory_fail_after(n);
        status = data_feed_open(&ctx, &folder, 1, &feed);
        const struct data_feed_options options = {0};
        struct feed_joined joined = {0};
        if (status == OM_OK)
            status = feed_runs_on(&ctx, feed, 0, &options, &runs);
        if (status == OM_OK)
            status = feed_join_runs(&ctx, feed, &runs, &joined);
        feed_joined_done(&joined);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        om_free(runs.items);
        data_feed_free(feed);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    kit_remove(folder);
}

static void dates_are_parsed_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t date; /* 0: no date */
    } dates[] = {{"2022-09-13", 20220913}, {"20220913", 20220913},
                 {"2024-02-29", 20240229}, {"2023-02-29", 0},
                 {"2022-13-01", 0},        {"2022-9-13", 0},
                 {"1899-12-31", 0},        {"2000-02-29", 20000229},
                 {"2100-02-29", 0},        {"", 0},
                 {"2022/09/13", 0},        {"2022-0913", 0}};
    om_context ctx = {0};
    for (size_t i = 0; i < COUNT(dates); i++) {
        int32_t date = 0;
        om_status status = data_date_parse(&ctx, dates[i].text, &date);
        assert_int_equal(status, dates[i].date ? OM_OK : OM_BAD_DATA);
        assert_int_equal(date, dates[i].date);
    }
    char text[11];
    data_date_format(20220913, text);
    assert_string_equal(text, "2022-09-13");
    assert_int_equal(feed_weekday_of(feed_day_of(20220913)), 1);
    assert_int_equal(feed_day_of(19700101), 0);
    for (int32_t day = feed_day_of(19000101); day <= feed_day_of(21991231); day++)
        assert_int_equal(feed_day_of(feed_date_of(day)), day);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feeds_become_runs),
        cmocka_unit_test(stations_stand_for_their_stops),
        cmocka_unit_test(ids_of_several_feeds_do_not_collide),
        cmocka_unit_test(zips_and_folders_in_zips_are_read),
        cmocka_unit_test(a_timetable_comes_of_it),
        cmocka_unit_test(runs_are_chosen_by_mode),
        cmocka_unit_test(route_types_have_a_basic_mode),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(dates_are_parsed_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What the GTFS reader's parts share. Everything of all feeds lies in one set of arrays; ids are looked up
 * per feed, so that ids of different feeds never collide.
 */
#ifndef DATASETS_FEED_INTERNAL_H
#define DATASETS_FEED_INTERNAL_H

#include "datasets/csv.h"
#include "datasets/feed.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "time_zone.h"

#include <string.h>

#define FEED_NONE UINT32_MAX
#define FEED_NO_TIME INT32_MIN /* a blank time, until it is interpolated */

enum { FEED_DAY_S = 86400 };

/* An array that grows; `moved` is where FEED_PUSH keeps the block until it is known to be there. */
#define FEED_ARRAY(type)    \
    struct {                \
        type *items;        \
        size_t n, capacity; \
        void *moved;        \
    }

/* Makes room for `more` items; false when memory is out. */
#define FEED_ROOM(array, more)                                                           \
    ((array)->n + (more) <= (array)->capacity ||                                         \
     (((array)->moved = om_grow((array)->items, &(array)->capacity, (array)->n + (more), \
                                sizeof *(array)->items)) != NULL &&                      \
      ((array)->items = (array)->moved) != NULL))

/* Makes room for one more item and gives a pointer to it (counted already), or NULL when memory is out. */
#define FEED_PUSH(array) (FEED_ROOM(array, 1) ? &(array)->items[(array)->n++] : NULL)

/* ---- feed_ids.c: text ids to dense numbers, in order of arrival ---- */

struct feed_slot {
    uint32_t hash, number_plus_1; /* 0 = free */
};

struct feed_ids {
    FEED_ARRAY(char) text;   /* every id, one after the other */
    FEED_ARRAY(size_t) ends; /* of id i in text */
    struct feed_slot *slots; /* open addressing; a power of two */
    size_t n_slots;
    uint32_t n;
};

void feed_ids_done(struct feed_ids *ids);
uint32_t feed_ids_find(const struct feed_ids *ids, const char *text, size_t length); /* or FEED_NONE */
/* Adds an id, or finds it; *is_new tells which. OM_NO_MEMORY. */
om_status feed_ids_add(om_context *ctx, struct feed_ids *ids, const char *text, size_t length,
                       uint32_t *number, bool *is_new);
const char *feed_ids_text(const struct feed_ids *ids, uint32_t number, size_t *length);

/* ---- gtfs_date.c: days since 1970-01-01 ---- */

enum { FEED_FIRST_YEAR = 1900, FEED_LAST_YEAR = 2199 };

bool feed_date_is_valid(int32_t date); /* YYYYMMDD, of a year in the range above */
int32_t feed_day_of(int32_t date);
int32_t feed_date_of(int32_t day);
int feed_weekday_of(int32_t day); /* 0 = Monday */

/* ---- what is kept of the feeds ---- */

/* Services run on weekdays (bit 0 = Monday) of first_day .. last_day, but for their exceptions. */
struct feed_service {
    int32_t first_day, last_day;
    uint8_t weekdays;
    uint32_t first_exception, n_exceptions; /* set by feed_calendar_finish */
};

struct feed_exception {
    uint32_t service;
    int32_t day;
    uint32_t line;
    bool is_added;
};

struct feed_zone {
    char *name;
    time_zone *zone; /* NULL: not known, and taken as UTC */
};

struct feed_route {
    int16_t type;  /* as in the feed, extended types too; -1 = none of GTFS's */
    uint16_t zone; /* its agency's; in data_feed.zones */
};

struct feed_trip {
    uint32_t route, service;
    uint32_t block; /* FEED_NONE: in none */
    uint32_t first_call, n_calls;
    uint32_t first_frequency, n_frequencies;
    bool on_demand;
};

struct feed_frequency {
    uint32_t trip;
    int32_t start_s, end_s, headway_s;
    uint32_t line;
};

/* Transfer types 4 and 5: whether one may stay seated from the end of one trip to the start of another. */
struct feed_seat_rule {
    uint32_t from_trip, to_trip;
    bool is_allowed;
};

enum feed_location {
    FEED_LOCATION_STOP, /* a platform, where it is in a station */
    FEED_LOCATION_STATION,
    FEED_LOCATION_ENTRANCE,
    FEED_LOCATION_NODE,
    FEED_LOCATION_BOARDING_AREA
};

/* A row of stops.txt. */
struct feed_place {
    uint32_t parent;  /* a place, or FEED_NONE */
    uint32_t station; /* its root's, as in geo_stop */
    uint32_t stop;    /* the stop it became; of a station one of its stops; or FEED_NONE */
    uint8_t location_type;
    double lon, lat;
    size_t name; /* where it starts in data_feed.names */
};

/* One path. Its places are places[first_place .. first_place + place_ids.n - 1] of the data_feed. */
struct feed_part {
    char *path; /* as given */
    char sha256[65];
    char *folder; /* where GDAL finds the files */
    struct feed_ids place_ids;
    uint32_t first_place;
};

struct data_feed {
    struct feed_part *parts;
    size_t n_parts;
    FEED_ARRAY(struct feed_place) places;
    FEED_ARRAY(char) names;
    FEED_ARRAY(struct geo_stop) stops;
    FEED_ARRAY(uint32_t) place_of_stop;
    FEED_ARRAY(struct geo_call) calls;
    FEED_ARRAY(struct feed_trip) trips;
    FEED_ARRAY(struct feed_service) services;
    FEED_ARRAY(struct feed_exception) exceptions;
    FEED_ARRAY(struct feed_frequency) frequencies;
    FEED_ARRAY(struct geo_transfer) transfers;
    FEED_ARRAY(struct feed_seat_rule) seat_rules;
    FEED_ARRAY(struct feed_route) routes;
    FEED_ARRAY(struct feed_zone) zones; /* times are shown in the first one */
    uint32_t n_stations, n_blocks;
    int64_t latest_s;  /* when the last trip of a service day ends */
    uint32_t *runs_on; /* runs per day, from first_day */
    int32_t first_day, last_day;
    struct data_feed_validity validity;
    struct geo_keeper keeper; /* of every array, when they lie in the cache; feed_arrays.c */
    struct feed_cache *cache; /* NULL: none is used */
};

/* ---- feed_arrays.c: all that is kept of the feeds, as arrays ---- */

/* Lists the arrays, borrowed; *out is the caller's (om_free). */
om_status feed_list_arrays(om_context *ctx, const data_feed *feed, struct geo_array **out, size_t *n);
/* A feed of n_parts that rests on equal arrays in the same order, without paths; takes n from them, the rest
 * is the caller's own. OM_BAD_DATA when they differ in name, size or number. On failure the arrays stay the
 * caller's. */
om_status feed_from_arrays(om_context *ctx, const struct geo_array *arrays, size_t n, size_t n_parts,
                           struct geo_keeper keeper, data_feed **out);
void feed_free_arrays(data_feed *feed);

/* ---- feed_columns.c: the files and their columns ---- */

enum feed_file_id {
    FEED_AGENCY,
    FEED_STOPS,
    FEED_ROUTES,
    FEED_CALENDAR,
    FEED_CALENDAR_DATES,
    FEED_TRIPS,
    FEED_STOP_TIMES,
    FEED_FREQUENCIES,
    FEED_TRANSFERS,
    FEED_PATHWAYS,
    FEED_FILES
};

enum feed_type {
    FEED_UNUSED, /* known, and without bearing on travel time: not read */
    FEED_LABEL,  /* text for people: read only when a journey is to be put into words */
    FEED_TEXT,   /* ids too */
    FEED_INTEGER,
    FEED_NUMBER,
    FEED_TIME,
    FEED_DATE
};

enum feed_need {
    FEED_OPTIONAL,
    FEED_EXPECTED, /* GTFS wants it, travel time does without: a finding when missing */
    FEED_COLUMN,   /* the column must be there, its values may be blank */
    FEED_REQUIRED
};

struct feed_column {
    const char *name;
    enum feed_type type;
    enum feed_need need;
    double least, most; /* of integers and numbers */
};

enum { FEED_MAX_COLUMNS = 24 };

struct feed_file {
    const char *name;
    enum feed_need need; /* FEED_OPTIONAL, FEED_EXPECTED or FEED_REQUIRED */
    struct feed_column columns[FEED_MAX_COLUMNS];
};

extern const struct feed_file feed_files[FEED_FILES];
bool feed_is_known_file(const char *name); /* read by us or not */

/* ---- feed_table.c: the one loop that reads them ---- */

struct feed_value {
    const char *text;
    uint32_t length; /* 0 = blank */
    int32_t integer; /* integers, times in seconds, dates as YYYYMMDD */
    double number;
};

struct feed_reader {
    om_context *ctx;
    data_feed *feed;
    struct feed_part *part;
    struct feed_ids route_ids, service_ids, trip_ids, agency_ids, block_ids; /* of the part */
    FEED_ARRAY(uint16_t) agency_zones;                                       /* by agency */
    uint32_t first_route, first_service, first_trip;
    bool has_file[FEED_FILES];
    bool reads_labels;

    /* the row at hand */
    const struct feed_file *file;
    size_t line;
    struct feed_value values[FEED_MAX_COLUMNS];

    void *scratch; /* what the file's own reader keeps between rows */
};

typedef om_status feed_row_fn(struct feed_reader *reader);

/* Reads a file of the part row by row; a file that is not there is no rows, an error or a finding by its
 * need.
 */
om_status feed_table_read(struct feed_reader *reader, enum feed_file_id which, feed_row_fn *on_row);

/* OM_BAD_DATA about a field of the row at hand, as "feed: file, line, field: "value": what". */
om_status feed_bad(const struct feed_reader *reader, int column, const char *what);
/* The same, as a finding. */
void feed_note(const struct feed_reader *reader, const char *code, int column, const char *what);

/* ---- columns by number, in the order of the table ---- */

enum { AGENCY_ID, AGENCY_NAME, AGENCY_URL, AGENCY_TIMEZONE };
enum { STOP_ID, STOP_NAME, STOP_LAT, STOP_LON, STOP_LOCATION_TYPE, STOP_PARENT, STOP_PLATFORM };
enum { ROUTE_ID, ROUTE_AGENCY, ROUTE_SHORT_NAME, ROUTE_LONG_NAME, ROUTE_TYPE };
enum { CALENDAR_SERVICE, CALENDAR_MONDAY, CALENDAR_START = CALENDAR_MONDAY + 7, CALENDAR_END };
enum { DATES_SERVICE, DATES_DATE, DATES_TYPE };
enum { TRIP_ROUTE, TRIP_SERVICE, TRIP_ID, TRIP_BLOCK, TRIP_HEADSIGN };
enum {
    TIMES_TRIP,
    TIMES_ARRIVAL,
    TIMES_DEPARTURE,
    TIMES_STOP,
    TIMES_SEQUENCE,
    TIMES_PICKUP,
    TIMES_DROP_OFF,
    TIMES_DISTANCE,
    TIMES_LOCATION_GROUP,
    TIMES_LOCATION,
    TIMES_HEADSIGN
};
enum { FREQUENCY_TRIP, FREQUENCY_START, FREQUENCY_END, FREQUENCY_HEADWAY };
enum {
    TRANSFER_FROM,
    TRANSFER_TO,
    TRANSFER_TYPE,
    TRANSFER_TIME,
    TRANSFER_FROM_TRIP,
    TRANSFER_TO_TRIP,
    TRANSFER_FROM_ROUTE,
    TRANSFER_TO_ROUTE
};
enum { PATHWAY_FROM, PATHWAY_TO, PATHWAY_BOTH_WAYS, PATHWAY_TIME };

/* ---- one function per file or step ---- */

om_status feed_part_locate(om_context *ctx, struct feed_part *part);    /* feed_archive.c */
void feed_archive_check(om_context *ctx, const struct feed_part *part); /* names unknown files */

om_status feed_stops_read(struct feed_reader *reader);       /* feed_stops.c */
om_status feed_transfers_read(struct feed_reader *reader);   /* feed_transfers.c */
om_status feed_pathways_read(struct feed_reader *reader);    /* feed_pathways.c */
om_status feed_routes_read(struct feed_reader *reader);      /* feed_routes.c: agencies, routes, trips */
om_status feed_trips_read(struct feed_reader *reader);       /* feed_routes.c */
om_status feed_stop_times_read(struct feed_reader *reader);  /* feed_stop_times.c */
om_status feed_calendar_read(struct feed_reader *reader);    /* feed_calendar.c */
om_status feed_frequencies_read(struct feed_reader *reader); /* feed_frequencies.c */

/* The stop_id of a place, as the feed has it; owned by the caller, NULL when memory is out. */
char *feed_place_id(const data_feed *feed, uint32_t place);

/* A stop for a place that has none yet. */
om_status feed_stop_of_place(om_context *ctx, data_feed *feed, uint32_t place, uint32_t *stop);

/* Fills blank times between known ones, by distance where every distance is known and rising, else evenly.
 * Times of calls[0] and calls[n - 1] are known. distances: NAN where blank. */
void feed_interpolate(struct geo_call *calls, const float *distances, size_t n);

om_status feed_calendar_finish(om_context *ctx, data_feed *feed); /* validity and runs per day */
bool feed_service_runs(const data_feed *feed, uint32_t service, int32_t day);

struct feed_runs {
    struct geo_trip *items;
    size_t n, capacity;
    void *moved;
};
/* The runs of a date (0 = busiest weekday), those of other service days that are under way in its 24 hours
 * too. runs->items is the caller's, also on failure. */
om_status feed_runs_on(om_context *ctx, const data_feed *feed, int32_t date,
                       const struct data_feed_options *options,
                       struct feed_runs *runs); /* feed_timetable.c */

/* The runs of a date are of the service days from so many before it to FEED_ZONE_DAYS after it: the same day
 * begins up to 26 hours apart in different zones. */
enum { FEED_ZONE_DAYS = 2 };
int16_t feed_days_back(const data_feed *feed);

int feed_compare_seat_rules(const void *a, const void *b); /* the order of data_feed.seat_rules */

/* ---- feed_blocks.c: trips that are one ride ---- */

/* One trip of a run that several were joined into: its calls among the run's. Where the trips meet at one
 * stop, its call belongs to both. */
struct feed_stretch {
    uint32_t run, first_call, n_calls, trip;
};

/* What the router is given instead of the feed's calls and transfers where trips are joined. */
struct feed_joined {
    FEED_ARRAY(struct geo_call) calls; /* none when nothing was joined */
    FEED_ARRAY(struct geo_transfer) transfers;
    FEED_ARRAY(struct feed_stretch) stretches; /* of the joined runs, in order */
};

/* Joins runs of one date whose vehicle goes on as the next, so that staying seated is no change. */
om_status feed_join_runs(om_context *ctx, const data_feed *feed, struct feed_runs *runs,
                         struct feed_joined *joined);
void feed_joined_done(struct feed_joined *joined);

size_t feed_trip_runs(const data_feed *feed, const struct feed_trip *trip);

/* A field as a message can show it: valid UTF-8, not long. */
enum { FEED_SHOWN = 80 };
const char *feed_shown(const char *text, size_t length, char shown[FEED_SHOWN]);

#endif

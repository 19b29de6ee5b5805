/*
 * GTFS feeds: one or several, zip or folder, read as one timetable source. Ids of different feeds never
 * collide.
 */
#ifndef DATASETS_FEED_H
#define DATASETS_FEED_H

#include "geo/travel_time.h"

typedef struct data_feed data_feed;

/*
 * Reads and checks everything that bears on travel time. OM_BAD_DATA names file, line, field and value;
 * habits that have one meaning are repaired and counted as findings in the context.
 */
om_status data_feed_open(om_context *ctx, const char *const *paths, size_t n_paths, data_feed **out);
void data_feed_free(data_feed *feed); /* accepts NULL */

/*
 * As data_feed_open, and the same to every other function, but what is read and the timetables that are made
 * of it are kept in files in a folder (NULL or "": the user's own, by the XDG base directory specification)
 * and taken from there next time. A file is used when the feeds' bytes, all options and the program are the
 * same; what keeps the cache from being used is a finding (its code begins with "cache_"), never a failure.
 */
om_status data_feed_open_cached(om_context *ctx, const char *folder, const char *const *paths, size_t n_paths,
                                data_feed **out);

size_t data_feed_count(const data_feed *feed); /* how many paths */
const char *data_feed_path(const data_feed *feed, size_t i);
const char *data_feed_sha256(const data_feed *feed, size_t i);

/* Dates as YYYYMMDD integers. */
struct data_feed_validity {
    int32_t first_date, last_date; /* of any service */
    int32_t busiest_weekday;       /* Monday to Friday with most trips; the first of equals */
    size_t busiest_trips;
};
void data_feed_validity(const data_feed *feed, struct data_feed_validity *out);

/* Trips that run on a date, and those of them that must be booked. */
size_t data_feed_trips_on(const data_feed *feed, int32_t date);
size_t data_feed_on_demand_trips_on(const data_feed *feed, int32_t date);

/*
 * The basic route type of GTFS (0 tram, 1 metro, 2 rail, 3 bus, 4 ferry, 5 cable tram, 6 aerial lift, 7
 * funicular, 11 trolleybus, 12 monorail) that a basic or extended type belongs to. Types that belong to none
 * stay as their hundred: 1100 air, 1500 taxi, 1600 self drive, 1700 other. -1 for what is no type.
 */
int data_feed_basic_mode(int route_type);

/* What people call a basic mode, translated; and the word for it on the command line and in JSON. */
const char *data_mode_name(int mode);
const char *data_mode_word(int mode);
extern const char *const data_mode_words[]; /* all of them, then NULL */
/* A basic mode by its word; OM_BAD_DATA names the words there are. */
om_status data_mode_parse(om_context *ctx, const char *word, int *mode);

struct data_feed_options {
    bool without_on_demand;
    const int *modes; /* basic modes, borrowed; n_modes 0 = all */
    size_t n_modes;
    struct geo_timetable_options timetable;
};

/* The timetable of a date (0 = busiest weekday): the trips of that service day, and those of other service
 * days that are under way in its 24 hours (after-midnight trips of the days before). OM_BAD_DATA when the
 * date is outside the validity: names the valid range and the busiest ordinary weekday. */
om_status data_feed_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                              const struct data_feed_options *options, geo_timetable **out);

/* Names, as findings, the feeds of which no trip is under way in [from_s, until_s) of the date's timetable.
 */
om_status data_feed_check_window(om_context *ctx, const data_feed *feed, int32_t date,
                                 const struct data_feed_options *options, int32_t from_s, int32_t until_s);

/* A stop or station by its stop_id (looked for in every feed; ambiguous ids are OM_BAD_DATA). The index is
 * that of geo_timetable; a station gives one of its stops. OM_NOT_FOUND. */
om_status data_feed_stop(om_context *ctx, const data_feed *feed, const char *stop_id, uint32_t *stop);
const char *data_feed_stop_name(const data_feed *feed, uint32_t stop);

/* Dates between text YYYY-MM-DD and YYYYMMDD; OM_BAD_DATA for what is no date. */
om_status data_date_parse(om_context *ctx, const char *text, int32_t *date);
void data_date_format(int32_t date, char text[11]);

#endif

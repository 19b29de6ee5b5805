/*
 * What a timetable holds and how good it is, for people who decide whether to rest a judgement on it.
 */
#ifndef DATASETS_FEED_REPORT_H
#define DATASETS_FEED_REPORT_H

#include "datasets/feed.h"

/* As the public GTFS validator grades its rules. */
enum data_severity { DATA_ERROR, DATA_WARNING, DATA_INFO };
enum { DATA_SEVERITIES = 3 };

struct data_feed_mode {
    int mode; /* basic; -1 = of no known type */
    size_t routes, trips, trips_on_busiest;
};

/* A stop or station as the feed names it. */
struct data_feed_place {
    char *id;         /* owned */
    const char *name; /* of the feed */
};

/* Two stations of one name, close together: changing between them is not known to be possible. */
struct data_feed_duplicate {
    struct data_feed_place a, b;
    double distance_m;
};

/* Neighbouring stops of a trip that are too far apart for the time between them. */
struct data_feed_fast {
    struct data_feed_place from, to;
    int mode;
    size_t trips;
    double distance_m, speed_km_h; /* of the fastest trip */
};

struct data_feed_finding {
    char *code; /* the public GTFS validator's, where it has such a rule */
    enum data_severity severity;
    size_t count;
    char *examples[OM_FINDING_EXAMPLES]; /* owned; NULL after the last */
};

struct data_feed_report {
    struct data_feed_validity validity;
    size_t n_dates;
    uint32_t *trips_on; /* per date, from validity.first_date; n_dates 0: nothing runs */
    size_t stops, stations, routes, trips, stop_times;
    size_t on_demand_trips, on_demand_on_busiest; /* trips that must be booked */
    struct data_feed_mode *modes;                 /* most trips first */
    size_t n_modes;
    struct data_feed_duplicate *duplicates;
    size_t n_duplicates;
    struct data_feed_place *unserved; /* stops where no trip calls */
    size_t n_unserved;
    struct data_feed_fast *fast; /* fastest first */
    size_t n_fast;
    struct data_feed_finding *findings; /* by severity, then code */
    size_t n_findings;
};

/*
 * Examines a feed. `ctx` is the one it was opened with: what was found then is part of the report, with the
 * duplicate stations, stops without service and impossible speeds added. Habits that are right in their
 * country are no findings: weekday flags all zero with every date in calendar_dates.txt, pickup_type 3,
 * extended route types. The feed must outlive the report.
 */
om_status data_feed_examine(om_context *ctx, const data_feed *feed, struct data_feed_report *out);
void data_feed_report_done(struct data_feed_report *report); /* accepts NULL */

#endif

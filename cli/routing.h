/*
 * Timetables to travel times: what `times` and `demo` share.
 */
#ifndef CLI_ROUTING_H
#define CLI_ROUTING_H

#include "cli.h"

#include "datasets/matrix_file.h"
#include "datasets/points.h"
#include "datasets/project.h"

/* How travel times are computed, as asked for on the command line. */
struct routing {
    const char *date; /* NULL = the busiest weekday */
    int32_t from_s, until_s;
    int transfers; /* enum geo_transfer_rules */
    double walk_m, detour, walk_km_h;
    int min_transfer_s, max_transfers; /* max_transfers -1 = no limit */
    int limit_min;                     /* 0 = none */
    int threads;                       /* 0 = as many as there are */
    bool no_on_demand;
    const char *modes; /* words with commas between; NULL = every means of transport */
};
#define ROUTING_DEFAULT                                                                           \
    {                                                                                             \
        .from_s = 7 * 3600, .until_s = 9 * 3600, .transfers = GEO_TRANSFERS_FULL, .walk_m = 1000, \
        .detour = 1.3, .walk_km_h = 4.8, .max_transfers = -1                                      \
    }

/* Computed travel times; times[from * n + to]. */
struct routed {
    data_feed *feed;
    geo_timetable *timetable;
    struct geo_point *access;
    unsigned char *has_service;
    struct geo_travel_time *times;
    size_t n;
    char date[11];
};

/* on_journeys may be NULL. */
om_status routing_run(struct cli *cli, const struct routing *routing, const char *const *feeds,
                      size_t n_feeds, const struct data_point *points, size_t n_points,
                      data_journeys *journeys, struct routed *out);
void routed_done(struct routed *routed);

/* The name of the synthetic timetable that comes with the program, wherever a feed may be named. */
#define ROUTING_BUNDLED "bundled"

/* data_feed_open, for names that may be ROUTING_BUNDLED. */
om_status routing_open_feeds(om_context *ctx, const char *const *feeds, size_t n, data_feed **out);

/*
 * Between the seats of a project's municipalities, stored under a profile name. Without feeds, those of last
 * time are read again. Says on stderr what it did.
 */
om_status routing_into_project(struct cli *cli, const struct routing *routing, data_project *project,
                               const char *profile, const char *const *feeds, size_t n_feeds,
                               bool is_synthetic);

#endif

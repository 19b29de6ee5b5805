/*
 * Timetables to travel times: what `times` and `demo` share.
 */
#ifndef CLI_ROUTING_H
#define CLI_ROUTING_H

#include "cli.h"

#include "datasets/matrix_file.h"
#include "datasets/points.h"
#include "datasets/project.h"
#include "planner/in_house.h"

enum { ROUTING_MOST_MODES = 16 };

/* How travel times are computed, as asked for on the command line. */
struct routing {
    const char *date; /* NULL = the busiest day */
    int weekday;      /* of routing_weekdays: the busiest such day; 0 = any from Monday to Friday */
    int32_t from_s, until_s;
    bool arrive_by; /* the window is of arrivals */
    int transfers;  /* enum geo_transfer_rules */
    double walk_m, detour, walk_km_h;
    int min_transfer_s, max_transfers; /* max_transfers -1 = no limit */
    int limit_min;                     /* 0 = none */
    int threads;                       /* 0 = as many as there are */
    bool no_on_demand;
    const char *modes; /* words with commas between; NULL = every means of transport */
    const char *cache; /* folder, or "" for the user's own; NULL = feeds are read without a cache */
};
extern const char *const routing_weekdays[]; /* "any", "monday", … NULL */
#define ROUTING_DEFAULT                                                                           \
    {                                                                                             \
        .from_s = 7 * 3600, .until_s = 9 * 3600, .transfers = GEO_TRANSFERS_FULL, .walk_m = 1000, \
        .detour = 1.3, .walk_km_h = 4.8, .max_transfers = -1                                      \
    }

/*
 * The options that fill it, for commands whose settings begin with struct routing. The first ones are the
 * window; the rest apply wherever one travels. All but the last are conditions of travel, which profiles may
 * set.
 */
enum { ROUTING_WINDOW_OPTIONS = 3, ROUTING_CONDITIONS = 14, ROUTING_OPTIONS };
extern const struct cli_option routing_options[ROUTING_OPTIONS];

/* What is wrong with them in themselves; NULL when nothing is. */
const char *routing_fault(const struct routing *routing);

/* Every option that bears on travel times, in one line that stays the same for the same options: as profiles
 * are stored. Owned by the caller; NULL: no memory. */
char *routing_conditions_text(const struct routing *routing);
/* Back from a stored profile, whose texts *out borrows. OM_BAD_DATA when that does not say it: the times were
 * imported. */
om_status routing_of_profile(om_context *ctx, const struct data_profile *profile, struct routing *out);

/* Points, all of which are origins; the first n_destinations are also destinations. */
struct routing_points {
    const struct data_point *points;
    size_t n, n_destinations;
    data_journeys *journeys; /* gathers journeys when not NULL */
};

/* Computed travel times; times[origin * n_destinations + destination]. */
struct routed {
    geo_timetable *timetable;         /* mirrored where searches start at the destinations */
    geo_timetable *without_on_demand; /* NULL when no trip must be booked, or those are left out anyway */
    struct geo_point *access;
    unsigned char *has_service; /* of every point */
    struct geo_travel_time *times;
    size_t n, n_destinations;
    bool from_destinations; /* searches start there, so that ranks share them */
    char date[11];
};

/* Which day's trips are meant, and how changing between them works. */
struct routing_service {
    int32_t date;
    char date_text[11];
    int modes[ROUTING_MOST_MODES];
    struct data_feed_options options; /* borrows the modes */
};
/* Chooses the date, and says on stderr which it is and what must be booked on it. */
om_status routing_choose_service(struct cli *cli, const struct routing *routing, const data_feed *feed,
                                 struct routing_service *out);
struct geo_access_options routing_access_options(const struct routing *routing);

/* data_feed_open, for names that may be ROUTING_BUNDLED; once for any number of runs. `cache` as in struct
 * routing. */
om_status routing_open_feeds(om_context *ctx, const char *cache, const char *const *feeds, size_t n,
                             data_feed **out);
om_status routing_run(struct cli *cli, const struct routing *routing, const data_feed *feed,
                      const struct routing_points *points, struct routed *out);
void routed_done(struct routed *routed);

/* The name of the synthetic timetable that comes with the program, wherever a feed may be named. */
#define ROUTING_BUNDLED "bundled"

/* A name for the conditions travel times are computed under. */
struct routing_profile {
    const char *name;
    struct routing routing;
};

/* What to compute for a project. Without feeds, those of last time are read again. */
struct routing_job {
    const char *const *feeds;
    size_t n_feeds;
    bool is_synthetic;
    bool from_localities; /* besides the seats */
    const char *cache;    /* as in struct routing */
    const struct routing_profile *profiles;
    size_t n_profiles;
};

/* The hashes of feeds as profiles keep them, joined. Owned by the caller; NULL: no memory. */
char *routing_feed_hashes(const data_feed *feed);

/* The feeds of a project, read: those named, or else those it remembers. Says when one has changed. */
om_status routing_open_project_feeds(struct cli *cli, data_project *project, const char *cache,
                                     const char *const *named, size_t n_named, data_feed **out,
                                     bool *is_synthetic);

/*
 * To the seats of a project's municipalities from each other, and from the localities if wanted; every
 * profile is stored, or none. Says on stderr what it did.
 */
om_status routing_into_project(struct cli *cli, data_project *project, const struct routing_job *job);

/*
 * From the seats to places of one's own, under the profile of the rules (and home again under their return
 * profile), by their statistic. The feeds are those named, or else the project's. The places' durations point
 * into *duration_s, which is the caller's (om_free).
 */
om_status routing_to_places(struct cli *cli, data_project *project, const struct plan_territory *territory,
                            const struct plan_rules *rules, const struct cli_list *feeds,
                            struct plan_place *places, size_t n_places, double **duration_s);

#endif

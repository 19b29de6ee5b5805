/*
 * Travel times straight from small GTFS texts: a question about the plain feed with some files changed.
 */
#ifndef TESTS_GTFS_TRAVEL_H
#define TESTS_GTFS_TRAVEL_H

#include "gtfs.h"

#include "datasets/feed.h"

#include <math.h>

enum { GTFS_MINUTE_S = 60, GTFS_HOUR_S = 3600 };

struct gtfs_question {
    const char *from, *to; /* stop_ids */
    int32_t date;
    struct geo_window window;
    int32_t limit_s;
    int max_transfers; /* -1 = no limit */
    enum geo_transfer_rules transfers;
    bool without_on_demand;
};

/* Tuesday morning, without limits. */
static const struct gtfs_question gtfs_morning = {.from = "A",
                                                  .to = "C",
                                                  .date = 20220913,
                                                  .window = {7 * GTFS_HOUR_S, 9 * GTFS_HOUR_S},
                                                  .max_transfers = -1};

static inline geo_timetable *gtfs_timetable(om_context *ctx, const data_feed *feed,
                                            const struct gtfs_question *question, bool without_on_demand)
{
    geo_timetable *timetable = NULL;
    const struct data_feed_options options = {.without_on_demand = without_on_demand,
                                              .timetable.transfers = question->transfers};
    if (data_feed_timetable(ctx, feed, question->date, &options, &timetable))
        fail_msg("%s", ctx->message);
    return timetable;
}

static inline struct geo_travel_time gtfs_travel(const struct gtfs_file *files, size_t n,
                                                 const struct gtfs_question *question)
{
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *folder = kit_folder();
    struct geo_access from = {0, 0}, to = {0, 0};
    const struct geo_point points[] = {{&from, 1}, {&to, 1}};
    struct geo_travel_time times[4];
    gtfs_write(folder, files, n);
    if (data_feed_open(&ctx, &folder, 1, &feed) || data_feed_stop(&ctx, feed, question->from, &from.stop) ||
        data_feed_stop(&ctx, feed, question->to, &to.stop))
        fail_msg("%s", ctx.message);
    geo_timetable *timetable = gtfs_timetable(&ctx, feed, question, question->without_on_demand);
    geo_timetable *unbooked = gtfs_timetable(&ctx, feed, question, true);
    const struct geo_matrix_options options = {.window = question->window,
                                               .limit_s = question->limit_s,
                                               .max_transfers = question->max_transfers,
                                               .threads = 1,
                                               .without_on_demand = unbooked};
    assert_int_equal(geo_travel_time_matrix(&ctx, timetable, 2, points, &options, times), OM_OK);
    geo_timetable_free(timetable);
    geo_timetable_free(unbooked);
    data_feed_free(feed);
    om_context_done(&ctx);
    kit_remove(folder);
    return times[1];
}

#endif

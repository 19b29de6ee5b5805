/* Feeds and timetables that were read and built before, kept in files. */
#ifndef DATASETS_FEED_CACHE_H
#define DATASETS_FEED_CACHE_H

#include "datasets/feed.h"

struct feed_cache;
void feed_cache_free(struct feed_cache *cache); /* accepts NULL */

/* Builds the timetable of a date (that is valid); what it finds on the way goes to ctx. */
typedef om_status feed_build_fn(om_context *ctx, const data_feed *feed, int32_t date,
                                const struct data_feed_options *options, geo_timetable **out);

/* The timetable from the feed's cache, if it has one; else built, and kept there. What goes wrong with the
 * cache is a finding. */
om_status feed_cache_timetable(om_context *ctx, const data_feed *feed, int32_t date,
                               const struct data_feed_options *options, feed_build_fn *build,
                               geo_timetable **out);

#endif

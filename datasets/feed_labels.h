/*
 * What the feed calls its trips and platforms. Routing does without these texts, so they are not kept: they
 * are read again for the few trips and places of a journey that is shown to somebody.
 */
#ifndef DATASETS_FEED_LABELS_H
#define DATASETS_FEED_LABELS_H

#include "feed_internal.h"

/* A ride on a trip, boarded at a stop when it departs there (as stop_times.txt says it). */
struct feed_ride_label {
    uint32_t trip, stop; /* indices of data_feed */
    int32_t departure_s;
    /* Found: owned, valid UTF-8; NULL where the feed has none. */
    char *trip_id, *headsign; /* of the stop if it has its own, else of the trip */
    char *short_name, *long_name, *agency;
};

struct feed_platform_label {
    uint32_t stop;
    char *platform; /* likewise */
};

struct feed_labels {
    struct feed_ride_label *rides;
    size_t n_rides;
    struct feed_platform_label *platforms;
    size_t n_platforms;
};

/* Fills the texts in. The arrays and their texts stay the caller's, also on failure. */
om_status feed_labels_read(om_context *ctx, const data_feed *feed, struct feed_labels *labels);

/* Frees the texts. */
void feed_labels_clear(struct feed_labels *labels);

/* A copy of a field's text for people, with '?' for bytes that are not UTF-8; NULL: memory is out. */
char *feed_text_for_people(const char *text, size_t length);

#endif

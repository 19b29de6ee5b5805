#include "datasets/feed.h"

#include "datasets/hash.h"
#include "feed_cache.h"
#include "feed_internal.h"

#include <pthread.h>

/* The files in the order in which they refer to one another. */
static om_status read_tables(struct feed_reader *reader)
{
    static om_status (*const steps[])(struct feed_reader *) = {
        feed_stops_read,      feed_routes_read,      feed_calendar_read,  feed_trips_read,
        feed_stop_times_read, feed_frequencies_read, feed_transfers_read, feed_pathways_read,
    };
    om_status status = OM_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == OM_OK; i++)
        status = steps[i](reader);
    return status;
}

/* Hashing a feed, beside reading it. */
struct hashing {
    struct feed_part *part;
    om_context ctx;
    pthread_t thread;
    bool has_thread;
};

static void *hash_part(void *user)
{
    struct hashing *hashing = user;
    data_hash_path(&hashing->ctx, hashing->part->path, hashing->part->sha256);
    return NULL;
}

static void start_hashing(struct hashing *hashing)
{
    hashing->has_thread = pthread_create(&hashing->thread, NULL, hash_part, hashing) == 0;
    if (!hashing->has_thread)
        hash_part(hashing);
}

/* What went wrong with reading is told first. */
static om_status finish_hashing(om_context *ctx, struct hashing *hashing, om_status status)
{
    if (hashing->has_thread)
        pthread_join(hashing->thread, NULL);
    if (status == OM_OK && hashing->ctx.status)
        status = om_fail(ctx, hashing->ctx.status, "%s", hashing->ctx.message);
    om_context_done(&hashing->ctx);
    return status;
}

static om_status read_part(om_context *ctx, data_feed *feed, struct feed_part *part)
{
    struct feed_reader reader = {.ctx = ctx,
                                 .feed = feed,
                                 .part = part,
                                 .first_route = (uint32_t)feed->routes.n,
                                 .first_service = (uint32_t)feed->services.n,
                                 .first_trip = (uint32_t)feed->trips.n};
    om_status status = feed_part_locate(ctx, part);
    if (status == OM_OK) {
        struct hashing hashing = {.part = part};
        start_hashing(&hashing);
        status = finish_hashing(ctx, &hashing, read_tables(&reader));
    }
    if (status == OM_OK)
        feed_archive_check(ctx, part);
    feed->n_blocks += reader.block_ids.n;
    feed_ids_done(&reader.route_ids);
    feed_ids_done(&reader.service_ids);
    feed_ids_done(&reader.trip_ids);
    feed_ids_done(&reader.agency_ids);
    feed_ids_done(&reader.block_ids);
    om_free(reader.agency_zones.items);
    return status;
}

om_status data_feed_open(om_context *ctx, const char *const *paths, size_t n_paths, data_feed **out)
{
    if (n_paths == 0)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("no feed is given"));
    data_feed *feed = om_alloc(1, sizeof *feed);
    if (!feed)
        return om_no_memory(ctx);
    om_status status = OM_OK;
    feed->parts = om_alloc(n_paths, sizeof *feed->parts);
    if (!feed->parts)
        status = om_no_memory(ctx);
    for (size_t i = 0; i < n_paths && status == OM_OK; i++) {
        struct feed_part *part = &feed->parts[feed->n_parts++];
        part->path = om_strdup(paths[i]);
        status = part->path ? read_part(ctx, feed, part) : om_no_memory(ctx);
    }
    if (status == OM_OK)
        status = feed_calendar_finish(ctx, feed);
    if (status)
        data_feed_free(feed);
    else
        *out = feed;
    return status;
}

void data_feed_free(data_feed *feed)
{
    if (!feed)
        return;
    feed_free_arrays(feed);
    for (size_t i = 0; feed->parts && i < feed->n_parts; i++) {
        om_free(feed->parts[i].path);
        om_free(feed->parts[i].folder);
    }
    om_free(feed->parts);
    feed_cache_free(feed->cache);
    om_free(feed);
}

size_t data_feed_count(const data_feed *feed)
{
    return feed->n_parts;
}

const char *data_feed_path(const data_feed *feed, size_t i)
{
    return feed->parts[i].path;
}

const char *data_feed_sha256(const data_feed *feed, size_t i)
{
    return feed->parts[i].sha256;
}

void data_feed_validity(const data_feed *feed, struct data_feed_validity *out)
{
    *out = feed->validity;
}

om_status data_feed_stop(om_context *ctx, const data_feed *feed, const char *stop_id, uint32_t *stop)
{
    const struct feed_part *found = NULL;
    uint32_t place = FEED_NONE;
    for (size_t i = 0; i < feed->n_parts; i++) {
        uint32_t number = feed_ids_find(&feed->parts[i].place_ids, stop_id, strlen(stop_id));
        if (number == FEED_NONE)
            continue;
        if (found)
            return om_fail(ctx, OM_BAD_DATA,
                           om_tr("stop \"%s\" is both in %s and in %s; use lon and lat instead"), stop_id,
                           found->path, feed->parts[i].path);
        found = &feed->parts[i];
        place = found->first_place + number;
    }
    if (!found || feed->places.items[place].stop == FEED_NONE)
        return om_fail(ctx, OM_NOT_FOUND, om_tr("no feed has a stop or station with the stop_id \"%s\""),
                       stop_id);
    *stop = feed->places.items[place].stop;
    return OM_OK;
}

const char *data_feed_stop_name(const data_feed *feed, uint32_t stop)
{
    return stop < feed->stops.n ? feed->names.items + feed->places.items[feed->place_of_stop.items[stop]].name
                                : "";
}

/* frequencies.txt: trips that run again and again. Exact or not, the runs are start + k * headway < end. */
#include "feed_internal.h"

#include <stdlib.h>

static om_status read_frequency(struct feed_reader *reader)
{
    const struct feed_value *values = reader->values;
    uint32_t trip =
        feed_ids_find(&reader->trip_ids, values[FREQUENCY_TRIP].text, values[FREQUENCY_TRIP].length);
    if (trip == FEED_NONE)
        return feed_bad(reader, FREQUENCY_TRIP, om_tr("there is no such trip_id in trips.txt"));
    if (values[FREQUENCY_END].integer <= values[FREQUENCY_START].integer)
        return feed_bad(reader, FREQUENCY_END, om_tr("not later than start_time"));
    struct feed_frequency *frequency = FEED_PUSH(&reader->feed->frequencies);
    if (!frequency)
        return om_no_memory(reader->ctx);
    *frequency = (struct feed_frequency){.trip = reader->first_trip + trip,
                                         .start_s = values[FREQUENCY_START].integer,
                                         .end_s = values[FREQUENCY_END].integer,
                                         .headway_s = values[FREQUENCY_HEADWAY].integer,
                                         .line = (uint32_t)reader->line};
    return OM_OK;
}

static int by_trip_and_start(const void *a, const void *b)
{
    const struct feed_frequency *x = a, *y = b;
    if (x->trip != y->trip)
        return x->trip < y->trip ? -1 : 1;
    if (x->start_s != y->start_s)
        return x->start_s < y->start_s ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static int32_t ride_s(const data_feed *feed, const struct feed_trip *trip)
{
    const struct geo_call *calls = feed->calls.items + trip->first_call;
    return trip->n_calls ? calls[trip->n_calls - 1].arrival_s - calls[0].departure_s : 0;
}

om_status feed_frequencies_read(struct feed_reader *reader)
{
    data_feed *feed = reader->feed;
    size_t first = feed->frequencies.n;
    om_status status = feed_table_read(reader, FEED_FREQUENCIES, read_frequency);
    if (status || feed->frequencies.n == first)
        return status;
    qsort(feed->frequencies.items + first, feed->frequencies.n - first, sizeof *feed->frequencies.items,
          by_trip_and_start);
    for (size_t i = first; i < feed->frequencies.n; i++) {
        const struct feed_frequency *at = &feed->frequencies.items[i];
        struct feed_trip *trip = &feed->trips.items[at->trip];
        int32_t end_s = at->end_s + ride_s(feed, trip);
        feed->latest_s = end_s > feed->latest_s ? end_s : feed->latest_s;
        if (trip->n_frequencies++ == 0) {
            trip->first_frequency = (uint32_t)i;
        } else if (at->start_s < at[-1].end_s) {
            reader->line = at->line;
            feed_note(reader, "overlapping_frequency", -1,
                      om_tr("the period overlaps another of the same trip; the runs of both are kept"));
        }
    }
    return OM_OK;
}

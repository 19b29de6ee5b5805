/*
 * stop_times.txt: the calls of each trip, in order of stop_sequence whatever the order of the rows.
 *
 * Rows are appended as they come, with a note beside each; most files are in order already. Only one that is
 * not gets sorted. Then each trip's times are completed and checked.
 */
#include "feed_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum pickup { PICKUP_REGULAR = 0, PICKUP_NONE = 1, PICKUP_ON_DEMAND = 2 };

/* What is known of a row besides its call. */
struct note {
    uint32_t trip, sequence, line;
    bool on_demand;
};

struct scratch {
    FEED_ARRAY(struct note) notes; /* of feed->calls.items[first_call + i] */
    FEED_ARRAY(float) distances;   /* likewise; NAN where blank */
    size_t first_call;
    uint32_t trip;        /* of the row before */
    uint32_t place;       /* likewise, within the part */
    uint32_t *next_place; /* what followed each place last; FEED_NONE at first */
    bool is_scattered;
};

static bool is_id(const struct feed_ids *ids, uint32_t number, const struct feed_value *value)
{
    if (number == FEED_NONE)
        return false;
    size_t length;
    const char *text = feed_ids_text(ids, number, &length);
    return length == value->length && memcmp(text, value->text, length) == 0;
}

static om_status find_trip(struct feed_reader *reader, uint32_t *trip)
{
    const struct scratch *scratch = reader->scratch;
    const struct feed_value *id = &reader->values[TIMES_TRIP];
    uint32_t before = scratch->trip, next = before + 1; /* the rows are mostly in the order of trips.txt */
    if (is_id(&reader->trip_ids, before, id))
        *trip = before;
    else if (next < reader->trip_ids.n && is_id(&reader->trip_ids, next, id))
        *trip = next;
    else
        *trip = feed_ids_find(&reader->trip_ids, id->text, id->length);
    return *trip == FEED_NONE ? feed_bad(reader, TIMES_TRIP, om_tr("there is no such trip_id in trips.txt"))
                              : OM_OK;
}

/* Trips repeat one another, so the stop that came after this one last time is tried first: it is at hand in
 * the cache, unlike what a hash points at. */
static uint32_t find_place(const struct feed_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    const struct feed_ids *ids = &reader->part->place_ids;
    const struct feed_value *id = &reader->values[TIMES_STOP];
    uint32_t before = scratch->place;
    uint32_t place = before == FEED_NONE ? FEED_NONE : scratch->next_place[before];
    if (!is_id(ids, place, id)) {
        place = feed_ids_find(ids, id->text, id->length);
        if (before != FEED_NONE)
            scratch->next_place[before] = place;
    }
    scratch->place = place;
    return place;
}

static om_status find_stop(struct feed_reader *reader, uint32_t *stop)
{
    uint32_t place = find_place(reader);
    if (place == FEED_NONE)
        return feed_bad(reader, TIMES_STOP, om_tr("there is no such stop_id in stops.txt"));
    place += reader->part->first_place;
    struct feed_place *at = &reader->feed->places.items[place];
    if (at->location_type != 0)
        feed_note(reader, "wrong_stop_location_type", TIMES_STOP,
                  om_tr("trips call at stops (location_type 0), not at stations or entrances; it is taken as "
                        "a stop"));
    *stop = at->stop;
    return at->stop == FEED_NONE ? feed_stop_of_place(reader->ctx, reader->feed, place, stop) : OM_OK;
}

/* Notices rows that are out of order; refuses a stop_sequence that stands twice. */
static om_status place_row(struct feed_reader *reader, uint32_t trip, uint32_t sequence)
{
    struct scratch *scratch = reader->scratch;
    struct feed_trip *at = &reader->feed->trips.items[reader->first_trip + trip];
    if (at->n_calls == 0) {
        at->first_call = (uint32_t)reader->feed->calls.n;
    } else if (trip != scratch->trip) {
        scratch->is_scattered = true;
    } else {
        uint32_t before = scratch->notes.items[scratch->notes.n - 1].sequence;
        if (sequence == before)
            return feed_bad(reader, TIMES_SEQUENCE, om_tr("the trip has this stop_sequence twice"));
        scratch->is_scattered |= sequence < before;
    }
    at->n_calls++;
    scratch->trip = trip;
    return OM_OK;
}

static om_status add_row(struct feed_reader *reader, uint32_t trip, uint32_t stop, uint32_t sequence)
{
    struct scratch *scratch = reader->scratch;
    const struct feed_value *values = reader->values;
    struct geo_call *call = FEED_PUSH(&reader->feed->calls);
    struct note *note = FEED_PUSH(&scratch->notes);
    float *distance = FEED_PUSH(&scratch->distances);
    if (!call || !note || !distance)
        return om_no_memory(reader->ctx);
    int32_t pickup = values[TIMES_PICKUP].integer;
    *call = (struct geo_call){
        .stop = stop,
        .arrival_s = values[TIMES_ARRIVAL].length ? values[TIMES_ARRIVAL].integer : FEED_NO_TIME,
        .departure_s = values[TIMES_DEPARTURE].length ? values[TIMES_DEPARTURE].integer : FEED_NO_TIME,
        .board = pickup != PICKUP_NONE,
        .alight = values[TIMES_DROP_OFF].integer != PICKUP_NONE};
    *note = (struct note){trip, sequence, (uint32_t)reader->line, pickup == PICKUP_ON_DEMAND};
    *distance = values[TIMES_DISTANCE].length ? (float)values[TIMES_DISTANCE].number : NAN;
    return OM_OK;
}

static om_status read_stop_time(struct feed_reader *reader)
{
    const struct feed_value *values = reader->values;
    uint32_t trip = 0, stop = 0, sequence = (uint32_t)values[TIMES_SEQUENCE].integer;
    if (values[TIMES_STOP].length == 0) {
        if (values[TIMES_LOCATION_GROUP].length == 0 && values[TIMES_LOCATION].length == 0)
            return feed_bad(reader, TIMES_STOP, om_tr("GTFS requires a value here"));
        feed_note(reader, "flexible_stop_time", -1,
                  om_tr("the row names an area instead of a stop; it is left out"));
        return OM_OK;
    }
    om_status status = find_trip(reader, &trip);
    if (status == OM_OK)
        status = find_stop(reader, &stop);
    if (status == OM_OK)
        status = place_row(reader, trip, sequence);
    return status ? status : add_row(reader, trip, stop, sequence);
}

/* ---- rows in another order than that of their trips ---- */

struct key {
    uint32_t trip, sequence, row;
};

static int by_trip_and_sequence(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->trip != y->trip)
        return x->trip < y->trip ? -1 : 1;
    if (x->sequence != y->sequence)
        return x->sequence < y->sequence ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void apply_order(struct scratch *scratch, struct geo_call *calls, const struct key *keys,
                        struct geo_call *calls_copy, struct note *notes_copy, float *distances_copy)
{
    size_t n = scratch->notes.n;
    memcpy(calls_copy, calls, n * sizeof *calls);
    memcpy(notes_copy, scratch->notes.items, n * sizeof *notes_copy);
    memcpy(distances_copy, scratch->distances.items, n * sizeof *distances_copy);
    for (size_t i = 0; i < n; i++) {
        calls[i] = calls_copy[keys[i].row];
        scratch->notes.items[i] = notes_copy[keys[i].row];
        scratch->distances.items[i] = distances_copy[keys[i].row];
    }
}

/* Makes feed_bad speak of a row that has passed, with a value that may be made up for it. */
static void speak_of(struct feed_reader *reader, size_t row, int column, const char *value)
{
    const struct scratch *scratch = reader->scratch;
    reader->line = scratch->notes.items[row].line;
    reader->values[column] = (struct feed_value){.text = value, .length = (uint32_t)strlen(value)};
}

static om_status number_trips_again(struct feed_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    const struct note *notes = scratch->notes.items;
    for (size_t i = 0; i < scratch->notes.n; i++) {
        bool is_first = i == 0 || notes[i].trip != notes[i - 1].trip;
        if (is_first) {
            reader->feed->trips.items[reader->first_trip + notes[i].trip].first_call =
                (uint32_t)(scratch->first_call + i);
        } else if (notes[i].sequence == notes[i - 1].sequence) {
            char text[16];
            snprintf(text, sizeof text, "%u", (unsigned)notes[i].sequence);
            speak_of(reader, i, TIMES_SEQUENCE, text);
            return feed_bad(reader, TIMES_SEQUENCE, om_tr("the trip has this stop_sequence twice"));
        }
    }
    return OM_OK;
}

static om_status sort_rows(struct feed_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    size_t n = scratch->notes.n;
    om_status status = OM_OK;
    struct key *keys = om_resize(NULL, n, sizeof *keys);
    struct geo_call *calls = om_resize(NULL, n, sizeof *calls);
    struct note *notes = om_resize(NULL, n, sizeof *notes);
    float *distances = om_resize(NULL, n, sizeof *distances);
    if (!keys || !calls || !notes || !distances) {
        status = om_no_memory(reader->ctx);
        goto done;
    }
    for (size_t i = 0; i < n; i++)
        keys[i] = (struct key){scratch->notes.items[i].trip, scratch->notes.items[i].sequence, (uint32_t)i};
    qsort(keys, n, sizeof *keys, by_trip_and_sequence);
    apply_order(scratch, reader->feed->calls.items + scratch->first_call, keys, calls, notes, distances);
    status = number_trips_again(reader);
done:
    om_free(keys);
    om_free(calls);
    om_free(notes);
    om_free(distances);
    return status;
}

/* ---- each trip, once its rows are in order ---- */

static const char *clock_text(int32_t time_s, char text[16])
{
    snprintf(text, 16, "%02d:%02d:%02d", (int)(time_s / 3600), (int)(time_s / 60 % 60), (int)(time_s % 60));
    return text;
}

/* Where only one of arrival and departure is known, the other is the same. Then the ends must be known. */
static om_status complete_single_times(struct feed_reader *reader, struct geo_call *calls, size_t n,
                                       size_t first_row, bool *has_blanks)
{
    *has_blanks = false;
    for (size_t i = 0; i < n; i++) {
        bool has_arrival = calls[i].arrival_s != FEED_NO_TIME;
        bool has_departure = calls[i].departure_s != FEED_NO_TIME;
        if (has_arrival && has_departure)
            continue;
        if (has_arrival != has_departure) {
            speak_of(reader, first_row + i, has_arrival ? TIMES_DEPARTURE : TIMES_ARRIVAL, "");
            feed_note(reader, "stop_time_with_only_arrival_or_departure_time", -1,
                      om_tr("only one of arrival_time and departure_time is given; it is taken for both"));
            if (has_arrival)
                calls[i].departure_s = calls[i].arrival_s;
            else
                calls[i].arrival_s = calls[i].departure_s;
            continue;
        }
        *has_blanks = true;
        if (i == 0 || i == n - 1) {
            speak_of(reader, first_row + i, TIMES_ARRIVAL, "");
            return feed_bad(reader, TIMES_ARRIVAL,
                            om_tr("the first and the last stop of a trip need a time"));
        }
    }
    return OM_OK;
}

static om_status check_order(struct feed_reader *reader, const struct geo_call *calls, size_t n,
                             size_t first_row)
{
    for (size_t i = 0; i < n; i++) {
        char text[16], other[16], what[128];
        if (i > 0 && calls[i].arrival_s < calls[i - 1].departure_s) {
            snprintf(what, sizeof what, om_tr("earlier than %s, when the trip leaves the stop before"),
                     clock_text(calls[i - 1].departure_s, other));
            speak_of(reader, first_row + i, TIMES_ARRIVAL, clock_text(calls[i].arrival_s, text));
            return feed_bad(reader, TIMES_ARRIVAL, what);
        }
        if (calls[i].departure_s < calls[i].arrival_s) {
            snprintf(what, sizeof what, om_tr("earlier than the arrival, %s"),
                     clock_text(calls[i].arrival_s, other));
            speak_of(reader, first_row + i, TIMES_DEPARTURE, clock_text(calls[i].departure_s, text));
            return feed_bad(reader, TIMES_DEPARTURE, what);
        }
    }
    return OM_OK;
}

/* A trip must be booked when that holds wherever one can board and still ride on. */
static bool is_on_demand(const struct geo_call *calls, const struct note *notes, size_t n)
{
    bool any = false;
    for (size_t i = 0; i + 1 < n; i++) {
        if (calls[i].board && !notes[i].on_demand)
            return false;
        any |= calls[i].board;
    }
    return any;
}

static void note_short_trip(const struct feed_reader *reader, size_t local)
{
    size_t length;
    char shown[FEED_SHOWN];
    const char *id = feed_ids_text(&reader->trip_ids, (uint32_t)local, &length);
    bool is_empty = reader->feed->trips.items[reader->first_trip + local].n_calls == 0;
    om_find(reader->ctx, is_empty ? "unused_trip" : "unusable_trip",
            is_empty ? om_tr("%s: trip \"%s\" has no rows in stop_times.txt")
                     : om_tr("%s: trip \"%s\" has only one stop"),
            reader->part->path, feed_shown(id, length, shown));
}

static om_status finish_trip(struct feed_reader *reader, struct feed_trip *trip)
{
    const struct scratch *scratch = reader->scratch;
    size_t first_row = trip->first_call - scratch->first_call, n = trip->n_calls;
    struct geo_call *calls = reader->feed->calls.items + trip->first_call;
    bool has_blanks;
    om_status status = complete_single_times(reader, calls, n, first_row, &has_blanks);
    if (status)
        return status;
    if (has_blanks)
        feed_interpolate(calls, scratch->distances.items + first_row, n);
    trip->on_demand = is_on_demand(calls, scratch->notes.items + first_row, n);
    return check_order(reader, calls, n, first_row);
}

static om_status finish_trips(struct feed_reader *reader)
{
    data_feed *feed = reader->feed;
    for (size_t i = reader->first_trip; i < feed->trips.n; i++) {
        struct feed_trip *trip = &feed->trips.items[i];
        if (trip->n_calls < 2)
            note_short_trip(reader, i - reader->first_trip);
        om_status status = trip->n_calls ? finish_trip(reader, trip) : OM_OK;
        if (status)
            return status;
        int32_t end_s = trip->n_calls ? feed->calls.items[trip->first_call + trip->n_calls - 1].arrival_s : 0;
        feed->latest_s = end_s > feed->latest_s ? end_s : feed->latest_s;
    }
    return OM_OK;
}

om_status feed_stop_times_read(struct feed_reader *reader)
{
    struct scratch scratch = {.first_call = reader->feed->calls.n, .trip = FEED_NONE, .place = FEED_NONE};
    size_t n_places = reader->part->place_ids.n;
    scratch.next_place = om_resize(NULL, n_places, sizeof *scratch.next_place);
    if (!scratch.next_place)
        return om_no_memory(reader->ctx);
    memset(scratch.next_place, 0xFF, n_places * sizeof *scratch.next_place);
    reader->scratch = &scratch;
    om_status status = feed_table_read(reader, FEED_STOP_TIMES, read_stop_time);
    if (status == OM_OK && reader->feed->calls.n >= FEED_NONE)
        status = om_fail(reader->ctx, OM_BAD_DATA, om_tr("%s: there are too many rows in stop_times.txt"),
                         reader->part->path);
    if (status == OM_OK && scratch.is_scattered)
        status = sort_rows(reader);
    if (status == OM_OK)
        status = finish_trips(reader);
    om_free(scratch.next_place);
    om_free(scratch.notes.items);
    om_free(scratch.distances.items);
    reader->scratch = NULL;
    return status;
}

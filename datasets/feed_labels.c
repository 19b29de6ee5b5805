#include "feed_labels.h"

/* What the rows of one part are looked up in. */
struct reading {
    struct feed_labels *labels;
    struct feed_part part;         /* borrowed but for the folder */
    unsigned char *is_trip_wanted; /* by trip of all parts */
    uint32_t n_trips, n_places;    /* rows of the part so far */
    FEED_ARRAY(char *) agencies;   /* names, by number in reader.agency_ids; NULL: none */
};

char *feed_text_for_people(const char *text, size_t length)
{
    char *copy = om_strndup(text, length);
    if (copy && !data_text_is_utf8(copy, length))
        for (size_t i = 0; i < length; i++)
            if ((unsigned char)copy[i] >= 0x80)
                copy[i] = '?';
    return copy;
}

/* Replaces a text unless the value is blank. */
static om_status set_text(struct feed_reader *reader, int column, char **text)
{
    const struct feed_value *value = &reader->values[column];
    if (value->length == 0)
        return OM_OK;
    char *copy = feed_text_for_people(value->text, value->length);
    if (!copy)
        return om_no_memory(reader->ctx);
    om_free(*text);
    *text = copy;
    return OM_OK;
}

static om_status read_agency(struct feed_reader *reader)
{
    struct reading *reading = reader->scratch;
    const struct feed_value *id = &reader->values[AGENCY_ID];
    uint32_t number;
    bool is_new;
    om_status status = feed_ids_add(reader->ctx, &reader->agency_ids, id->text, id->length, &number, &is_new);
    if (status || !is_new)
        return status;
    char **name = FEED_PUSH(&reading->agencies);
    if (!name)
        return om_no_memory(reader->ctx);
    *name = NULL;
    return set_text(reader, AGENCY_NAME, name);
}

/* A route that names no agency is run by the only one. */
static om_status copy_agency(struct feed_reader *reader, char **text)
{
    const struct reading *reading = reader->scratch;
    const struct feed_value *id = &reader->values[ROUTE_AGENCY];
    uint32_t number = feed_ids_find(&reader->agency_ids, id->text, id->length);
    if (number == FEED_NONE && reading->agencies.n == 1)
        number = 0;
    if (number == FEED_NONE || !reading->agencies.items[number])
        return OM_OK;
    *text = om_strdup(reading->agencies.items[number]);
    return *text ? OM_OK : om_no_memory(reader->ctx);
}

/* Routes are numbered as when the feed was read: a second row with the same id is not counted. */
static om_status read_route(struct feed_reader *reader)
{
    const struct reading *reading = reader->scratch;
    const struct feed_value *id = &reader->values[ROUTE_ID];
    uint32_t number;
    bool is_new = false;
    om_status status = feed_ids_add(reader->ctx, &reader->route_ids, id->text, id->length, &number, &is_new);
    for (size_t i = 0; i < reading->labels->n_rides && is_new && status == OM_OK; i++) {
        struct feed_ride_label *ride = &reading->labels->rides[i];
        if (reader->feed->trips.items[ride->trip].route != reader->first_route + number)
            continue;
        status = set_text(reader, ROUTE_SHORT_NAME, &ride->short_name);
        if (status == OM_OK)
            status = set_text(reader, ROUTE_LONG_NAME, &ride->long_name);
        if (status == OM_OK)
            status = copy_agency(reader, &ride->agency);
    }
    return status;
}

static om_status read_trip(struct feed_reader *reader)
{
    struct reading *reading = reader->scratch;
    uint32_t trip = reader->first_trip + reading->n_trips++, number;
    om_status status = OM_OK;
    bool is_new;
    if (trip >= reader->feed->trips.n || !reading->is_trip_wanted[trip])
        return OM_OK;
    status = feed_ids_add(reader->ctx, &reader->trip_ids, reader->values[TRIP_ID].text,
                          reader->values[TRIP_ID].length, &number, &is_new);
    for (size_t i = 0; i < reading->labels->n_rides && status == OM_OK; i++) {
        struct feed_ride_label *ride = &reading->labels->rides[i];
        if (ride->trip != trip)
            continue;
        status = set_text(reader, TRIP_ID, &ride->trip_id);
        if (status == OM_OK)
            status = set_text(reader, TRIP_HEADSIGN, &ride->headsign);
    }
    return status;
}

static om_status read_platform(struct feed_reader *reader)
{
    struct reading *reading = reader->scratch;
    uint32_t place = reader->part->first_place + reading->n_places++;
    om_status status = OM_OK;
    for (size_t i = 0; i < reading->labels->n_platforms && status == OM_OK; i++)
        if (reader->feed->place_of_stop.items[reading->labels->platforms[i].stop] == place)
            status = set_text(reader, STOP_PLATFORM, &reading->labels->platforms[i].platform);
    return status;
}

/* Whether the row, of a trip that is wanted, is the call at which the ride begins. */
static bool is_boarding(const struct feed_reader *reader, const struct feed_ride_label *ride)
{
    const struct feed_value *trip = &reader->values[TIMES_TRIP], *stop = &reader->values[TIMES_STOP];
    const struct feed_value *departure = &reader->values[TIMES_DEPARTURE];
    uint32_t place = feed_ids_find(&reader->part->place_ids, stop->text, stop->length);
    bool is_here = place != FEED_NONE &&
                   reader->feed->place_of_stop.items[ride->stop] == reader->part->first_place + place;
    return is_here && ride->trip_id && strlen(ride->trip_id) == trip->length &&
           memcmp(ride->trip_id, trip->text, trip->length) == 0 &&
           (departure->length == 0 || departure->integer == ride->departure_s);
}

static om_status read_headsign(struct feed_reader *reader)
{
    const struct reading *reading = reader->scratch;
    const struct feed_value *trip = &reader->values[TIMES_TRIP];
    om_status status = OM_OK;
    if (reader->values[TIMES_HEADSIGN].length == 0 ||
        feed_ids_find(&reader->trip_ids, trip->text, trip->length) == FEED_NONE)
        return OM_OK;
    for (size_t i = 0; i < reading->labels->n_rides && status == OM_OK; i++)
        if (is_boarding(reader, &reading->labels->rides[i]))
            status = set_text(reader, TIMES_HEADSIGN, &reading->labels->rides[i].headsign);
    return status;
}

/* Trips and routes are counted from part to part, as when the feed was read. */
static om_status read_part(struct feed_reader *reader)
{
    static const struct {
        enum feed_file_id file;
        feed_row_fn *on_row;
    } steps[] = {
        {FEED_AGENCY, read_agency},  {FEED_ROUTES, read_route},        {FEED_TRIPS, read_trip},
        {FEED_STOPS, read_platform}, {FEED_STOP_TIMES, read_headsign},
    };
    struct reading *reading = reader->scratch;
    om_status status = feed_part_locate(reader->ctx, reader->part);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == OM_OK; i++)
        if (steps[i].file != FEED_STOP_TIMES || reader->trip_ids.n) /* by far the largest */
            status = feed_table_read(reader, steps[i].file, steps[i].on_row);
    reader->first_route += reader->route_ids.n;
    reader->first_trip += reading->n_trips;
    reading->n_trips = reading->n_places = 0;
    for (size_t i = 0; i < reading->agencies.n; i++)
        om_free(reading->agencies.items[i]);
    reading->agencies.n = 0;
    feed_ids_done(&reader->route_ids);
    feed_ids_done(&reader->agency_ids);
    feed_ids_done(&reader->trip_ids);
    return status;
}

static om_status read_parts(struct feed_reader *reader)
{
    struct reading *reading = reader->scratch;
    om_status status = OM_OK;
    reader->part = &reading->part;
    for (size_t i = 0; i < reader->feed->n_parts && status == OM_OK; i++) {
        reading->part = reader->feed->parts[i];
        reading->part.folder = NULL;
        status = read_part(reader);
        om_free(reading->part.folder);
    }
    return status;
}

/* What is odd about the files was found when they were first read, so the findings are dropped. */
om_status feed_labels_read(om_context *ctx, const data_feed *feed, struct feed_labels *labels)
{
    om_context own = {.progress = ctx->progress, .progress_user = ctx->progress_user};
    struct reading reading = {.labels = labels, .is_trip_wanted = om_alloc(feed->trips.n, 1)};
    data_feed borrowed = *feed; /* a reader may change its feed; this one does not */
    struct feed_reader reader = {.ctx = &own, .feed = &borrowed, .scratch = &reading, .reads_labels = true};
    om_status status = reading.is_trip_wanted ? OM_OK : om_no_memory(&own);
    for (size_t i = 0; i < labels->n_rides && status == OM_OK; i++)
        reading.is_trip_wanted[labels->rides[i].trip] = 1;
    if (status == OM_OK)
        status = read_parts(&reader);
    if (status)
        om_fail(ctx, status, "%s", own.message);
    om_free(reading.is_trip_wanted);
    om_free(reading.agencies.items);
    om_context_done(&own);
    return status;
}

void feed_labels_clear(struct feed_labels *labels)
{
    for (size_t i = 0; i < labels->n_rides; i++) {
        struct feed_ride_label *ride = &labels->rides[i];
        char *const texts[] = {ride->trip_id, ride->headsign, ride->short_name, ride->long_name,
                               ride->agency};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            om_free(texts[k]);
    }
    for (size_t i = 0; i < labels->n_platforms; i++)
        om_free(labels->platforms[i].platform);
}

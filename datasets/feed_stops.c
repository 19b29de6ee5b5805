/* stops.txt: places, the stations they belong to, and the stops that trips can call at. */
#include "feed_internal.h"

#include <math.h>

enum { DEEPEST_PARENT = 4 };

/* A parent may stand below its children in the file, so names are resolved after the last row. */
struct parent {
    uint32_t name; /* number in `names`, or FEED_NONE */
    size_t line;
};
struct scratch {
    struct feed_ids names;
    FEED_ARRAY(struct parent) parents; /* one per place of the part */
};

static om_status add_name(struct feed_reader *reader, const struct feed_value *value, size_t *name)
{
    data_feed *feed = reader->feed;
    if (!FEED_ROOM(&feed->names, (size_t)value->length + 1))
        return om_no_memory(reader->ctx);
    *name = feed->names.n;
    memcpy(feed->names.items + feed->names.n, value->text, value->length);
    if (!data_text_is_utf8(value->text, value->length))
        for (uint32_t i = 0; i < value->length; i++)
            if ((unsigned char)feed->names.items[*name + i] >= 0x80)
                feed->names.items[*name + i] = '?';
    feed->names.n += value->length;
    feed->names.items[feed->names.n++] = '\0';
    return OM_OK;
}

static om_status add_parent(struct feed_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    const struct feed_value *value = &reader->values[STOP_PARENT];
    struct parent *parent = FEED_PUSH(&scratch->parents);
    if (!parent)
        return om_no_memory(reader->ctx);
    *parent = (struct parent){FEED_NONE, reader->line};
    bool is_new;
    return value->length ? feed_ids_add(reader->ctx, &scratch->names, value->text, value->length,
                                        &parent->name, &is_new)
                         : OM_OK;
}

static void read_location(struct feed_reader *reader, struct feed_place *place)
{
    bool is_known = reader->values[STOP_LAT].length && reader->values[STOP_LON].length;
    place->lon = is_known ? reader->values[STOP_LON].number : NAN;
    place->lat = is_known ? reader->values[STOP_LAT].number : NAN;
    if (!is_known && place->location_type <= FEED_LOCATION_ENTRANCE)
        feed_note(reader, "stop_without_location", STOP_ID,
                  om_tr("the stop has no stop_lat and stop_lon, so nobody walks to it"));
    else if (is_known && fabs(place->lon) < 1 && fabs(place->lat) < 1)
        feed_note(reader, "point_near_origin", STOP_ID, om_tr("the stop lies near 0, 0 in the ocean"));
}

static om_status read_stop(struct feed_reader *reader)
{
    const struct feed_value *id = &reader->values[STOP_ID];
    uint32_t number;
    bool is_new;
    om_status status =
        feed_ids_add(reader->ctx, &reader->part->place_ids, id->text, id->length, &number, &is_new);
    if (status)
        return status;
    if (!is_new)
        return feed_bad(reader, STOP_ID, om_tr("a stop with this id stands further up in the file"));
    struct feed_place *place = FEED_PUSH(&reader->feed->places);
    if (!place)
        return om_no_memory(reader->ctx);
    *place = (struct feed_place){.parent = FEED_NONE,
                                 .station = FEED_NONE,
                                 .stop = FEED_NONE,
                                 .location_type = (uint8_t)reader->values[STOP_LOCATION_TYPE].integer};
    read_location(reader, place);
    status = add_name(reader, &reader->values[STOP_NAME], &place->name);
    return status ? status : add_parent(reader);
}

/* Makes feed_bad and feed_note speak of a row that has passed. */
static void speak_of(struct feed_reader *reader, const struct scratch *scratch, size_t local)
{
    size_t length;
    const struct parent *parent = &scratch->parents.items[local];
    const char *text = feed_ids_text(&scratch->names, parent->name, &length);
    reader->line = parent->line;
    reader->values[STOP_PARENT] = (struct feed_value){.text = text, .length = (uint32_t)length};
}

static om_status resolve_parents(struct feed_reader *reader, const struct scratch *scratch)
{
    struct feed_place *places = reader->feed->places.items + reader->part->first_place;
    for (size_t i = 0; i < scratch->parents.n; i++) {
        if (scratch->parents.items[i].name == FEED_NONE)
            continue;
        size_t length;
        const char *text = feed_ids_text(&scratch->names, scratch->parents.items[i].name, &length);
        uint32_t parent = feed_ids_find(&reader->part->place_ids, text, length);
        speak_of(reader, scratch, i);
        if (parent == FEED_NONE)
            return feed_bad(reader, STOP_PARENT, om_tr("there is no such stop_id in stops.txt"));
        if (places[i].location_type <= FEED_LOCATION_ENTRANCE &&
            places[parent].location_type != FEED_LOCATION_STATION)
            feed_note(reader, "wrong_parent_location_type", STOP_PARENT,
                      om_tr("the parent is no station (location_type 1); it is taken as one"));
        places[i].parent = reader->part->first_place + parent;
    }
    return OM_OK;
}

static om_status number_stations(struct feed_reader *reader, const struct scratch *scratch)
{
    data_feed *feed = reader->feed;
    struct feed_place *places = feed->places.items;
    for (size_t i = 0; i < scratch->parents.n; i++) {
        uint32_t root = reader->part->first_place + (uint32_t)i;
        for (int depth = 0; places[root].parent != FEED_NONE; depth++) {
            root = places[root].parent;
            if (depth < DEEPEST_PARENT)
                continue;
            speak_of(reader, scratch, i);
            return feed_bad(reader, STOP_PARENT, om_tr("the stop is part of itself through its parents"));
        }
        if (places[root].station == FEED_NONE)
            places[root].station = feed->n_stations++;
        places[reader->part->first_place + i].station = places[root].station;
    }
    return OM_OK;
}

om_status feed_stop_of_place(om_context *ctx, data_feed *feed, uint32_t place, uint32_t *stop)
{
    struct feed_place *at = &feed->places.items[place];
    if (!FEED_ROOM(&feed->stops, 1) || !FEED_ROOM(&feed->place_of_stop, 1))
        return om_no_memory(ctx);
    at->stop = (uint32_t)feed->stops.n;
    feed->stops.items[feed->stops.n++] =
        (struct geo_stop){.lon = at->lon, .lat = at->lat, .station = at->station};
    feed->place_of_stop.items[feed->place_of_stop.n++] = place;
    *stop = at->stop;
    return OM_OK;
}

static uint32_t root_of(const struct feed_place *places, uint32_t place)
{
    while (places[place].parent != FEED_NONE)
        place = places[place].parent;
    return place;
}

/* That of the nearest parent that has one: of a boarding area its platform, of an entrance its station. */
static uint32_t stop_above(const struct feed_place *places, uint32_t place)
{
    while (places[place].stop == FEED_NONE && places[place].parent != FEED_NONE)
        place = places[place].parent;
    return places[place].stop;
}

/* Stops proper become stops. A station without any gets one of its own, so that it can be named; of others,
 * the first of their stops stands for the station and for its entrances and boarding areas. */
static om_status number_stops(struct feed_reader *reader)
{
    data_feed *feed = reader->feed;
    uint32_t from = reader->part->first_place, to = (uint32_t)feed->places.n, stop;
    om_status status = OM_OK;
    for (uint32_t i = from; i < to && status == OM_OK; i++) {
        if (feed->places.items[i].location_type != FEED_LOCATION_STOP)
            continue;
        status = feed_stop_of_place(reader->ctx, feed, i, &stop);
        uint32_t root = root_of(feed->places.items, i);
        if (status == OM_OK && feed->places.items[root].location_type != FEED_LOCATION_STOP &&
            feed->places.items[root].stop == FEED_NONE)
            feed->places.items[root].stop = stop;
    }
    for (uint32_t i = from; i < to && status == OM_OK; i++)
        if (feed->places.items[i].location_type == FEED_LOCATION_STATION &&
            feed->places.items[i].stop == FEED_NONE)
            status = feed_stop_of_place(reader->ctx, feed, i, &stop);
    for (uint32_t i = from; i < to && status == OM_OK; i++)
        if (feed->places.items[i].stop == FEED_NONE)
            feed->places.items[i].stop = stop_above(feed->places.items, i);
    return status;
}

char *feed_place_id(const data_feed *feed, uint32_t place)
{
    size_t part = feed->n_parts - 1, length;
    while (feed->parts[part].first_place > place)
        part--;
    const char *id =
        feed_ids_text(&feed->parts[part].place_ids, place - feed->parts[part].first_place, &length);
    return om_strndup(id, length);
}

om_status feed_stops_read(struct feed_reader *reader)
{
    struct scratch scratch = {0};
    reader->scratch = &scratch;
    reader->part->first_place = (uint32_t)reader->feed->places.n;
    om_status status = feed_table_read(reader, FEED_STOPS, read_stop);
    if (status || scratch.parents.n == 0)
        goto done;
    status = resolve_parents(reader, &scratch);
    if (status == OM_OK)
        status = number_stations(reader, &scratch);
    if (status == OM_OK)
        status = number_stops(reader);
done:
    feed_ids_done(&scratch.names);
    om_free(scratch.parents.items);
    reader->scratch = NULL;
    return status;
}

/* agency.txt, routes.txt and trips.txt. */
#include "feed_internal.h"

#include <stdio.h>

enum { MOST_ZONES = 600 };

static bool is_same(const struct feed_value *a, const struct feed_value *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static om_status zone_called(struct feed_reader *reader, const struct feed_value *name, uint16_t *zone)
{
    data_feed *feed = reader->feed;
    for (size_t i = 0; i < feed->zones.n; i++)
        if (strlen(feed->zones.items[i].name) == name->length &&
            memcmp(feed->zones.items[i].name, name->text, name->length) == 0) {
            *zone = (uint16_t)i;
            return OM_OK;
        }
    if (feed->zones.n == MOST_ZONES)
        return feed_bad(reader, AGENCY_TIMEZONE, om_tr("there are too many time zones"));
    char *copy = om_strndup(name->text, name->length);
    struct feed_zone *added = copy ? FEED_PUSH(&feed->zones) : NULL;
    if (!added) {
        om_free(copy);
        return om_no_memory(reader->ctx);
    }
    *added = (struct feed_zone){copy, time_zone_new(copy)};
    *zone = (uint16_t)(feed->zones.n - 1);
    return OM_OK;
}

/* GTFS demands one time zone of a feed's agencies; feeds that are read together may have several. */
static om_status read_timezone(struct feed_reader *reader)
{
    const struct feed_value *name = &reader->values[AGENCY_TIMEZONE];
    uint16_t zone = 0;
    om_status status = name->length ? zone_called(reader, name, &zone) : OM_OK;
    if (status)
        return status;
    if (name->length && !reader->feed->zones.items[zone].zone)
        feed_note(reader, "invalid_timezone", AGENCY_TIMEZONE,
                  om_tr("no time zone of this name is known; the times are taken as UTC"));
    if (reader->agency_zones.n && reader->agency_zones.items[0] != zone)
        feed_note(reader, "inconsistent_agency_timezone", AGENCY_TIMEZONE,
                  om_tr("the feed's first agency has another; the times are converted"));
    uint16_t *added = FEED_PUSH(&reader->agency_zones);
    if (!added)
        return om_no_memory(reader->ctx);
    *added = zone;
    return OM_OK;
}

static om_status read_agency(struct feed_reader *reader)
{
    const struct feed_value *id = &reader->values[AGENCY_ID];
    uint32_t number;
    bool is_new;
    om_status status = feed_ids_add(reader->ctx, &reader->agency_ids, id->text, id->length, &number, &is_new);
    if (status)
        return status;
    if (is_new)
        return read_timezone(reader);
    feed_note(reader, "duplicate_key", AGENCY_ID,
              om_tr("an agency with this id stands further up in the file"));
    return OM_OK;
}

static om_status check_route_names(struct feed_reader *reader)
{
    const struct feed_value *name = &reader->values[ROUTE_SHORT_NAME],
                            *long_name = &reader->values[ROUTE_LONG_NAME];
    if (name->length == 0 && long_name->length == 0)
        feed_note(reader, "route_both_short_and_long_name_missing", ROUTE_ID, om_tr("the route has no name"));
    else if (is_same(name, long_name))
        feed_note(reader, "route_long_name_contains_short_name", ROUTE_LONG_NAME,
                  om_tr("the long name is the same as the short one"));
    char key[512];
    uint32_t number;
    bool is_new = true;
    int length = snprintf(key, sizeof key, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s", (int)name->length, name->text,
                          (int)long_name->length, long_name->text, (int)reader->values[ROUTE_TYPE].length,
                          reader->values[ROUTE_TYPE].text, (int)reader->values[ROUTE_AGENCY].length,
                          reader->values[ROUTE_AGENCY].text);
    if (length < 0 || (size_t)length >= sizeof key)
        return OM_OK;
    om_status status = feed_ids_add(reader->ctx, reader->scratch, key, (size_t)length, &number, &is_new);
    if (status == OM_OK && !is_new)
        feed_note(reader, "duplicate_route_name", ROUTE_ID,
                  om_tr("another route has the same names, type and agency"));
    return status;
}

/* 0 to 12 and the extended types 100 to 1799; -1 for what is none. */
static int16_t route_type_of(const struct feed_value *value)
{
    int type = 0;
    for (uint32_t i = 0; i < value->length; i++) {
        if (value->text[i] < '0' || value->text[i] > '9' || i >= 4)
            return -1;
        type = type * 10 + (value->text[i] - '0');
    }
    bool is_type = value->length && (type <= 12 || (type >= 100 && type <= 1799));
    return is_type ? (int16_t)type : -1;
}

static om_status add_route(struct feed_reader *reader)
{
    const struct feed_value *agency = &reader->values[ROUTE_AGENCY];
    uint32_t number = feed_ids_find(&reader->agency_ids, agency->text, agency->length);
    struct feed_route *route = FEED_PUSH(&reader->feed->routes);
    if (!route)
        return om_no_memory(reader->ctx);
    *route = (struct feed_route){.type = route_type_of(&reader->values[ROUTE_TYPE])};
    if (reader->agency_zones.n)
        route->zone = reader->agency_zones.items[number == FEED_NONE ? 0 : number];
    return OM_OK;
}

static om_status read_route(struct feed_reader *reader)
{
    const struct feed_value *id = &reader->values[ROUTE_ID], *agency = &reader->values[ROUTE_AGENCY];
    uint32_t number;
    bool is_new;
    om_status status = feed_ids_add(reader->ctx, &reader->route_ids, id->text, id->length, &number, &is_new);
    if (status)
        return status;
    if (!is_new)
        feed_note(reader, "duplicate_key", ROUTE_ID,
                  om_tr("a route with this id stands further up in the file"));
    if (agency->length && reader->agency_ids.n &&
        feed_ids_find(&reader->agency_ids, agency->text, agency->length) == FEED_NONE)
        feed_note(reader, "foreign_key_violation", ROUTE_AGENCY,
                  om_tr("there is no such agency_id in agency.txt"));
    if (agency->length == 0 && reader->agency_ids.n > 1)
        feed_note(reader, "missing_required_field", ROUTE_AGENCY,
                  om_tr("the feed has several agencies, and the route names none"));
    if (route_type_of(&reader->values[ROUTE_TYPE]) < 0)
        feed_note(reader, "unexpected_enum_value", ROUTE_TYPE, om_tr("no route type of GTFS"));
    if (is_new && (status = add_route(reader)) != OM_OK)
        return status;
    return check_route_names(reader);
}

om_status feed_routes_read(struct feed_reader *reader)
{
    struct feed_ids names = {0};
    reader->scratch = &names;
    om_status status = feed_table_read(reader, FEED_AGENCY, read_agency);
    if (status == OM_OK && reader->agency_ids.n > 1 && feed_ids_find(&reader->agency_ids, "", 0) != FEED_NONE)
        om_find(reader->ctx, "missing_required_field",
                om_tr("%s: agency.txt has several agencies, and one without an agency_id"),
                reader->part->path);
    if (status == OM_OK)
        status = feed_table_read(reader, FEED_ROUTES, read_route);
    feed_ids_done(&names);
    reader->scratch = NULL;
    return status;
}

static om_status find_block(struct feed_reader *reader, uint32_t *block)
{
    const struct feed_value *id = &reader->values[TRIP_BLOCK];
    uint32_t number;
    bool is_new;
    om_status status = feed_ids_add(reader->ctx, &reader->block_ids, id->text, id->length, &number, &is_new);
    if (status == OM_OK)
        *block = reader->feed->n_blocks + number;
    return status;
}

static om_status read_trip(struct feed_reader *reader)
{
    const struct feed_value *values = reader->values;
    uint32_t route = feed_ids_find(&reader->route_ids, values[TRIP_ROUTE].text, values[TRIP_ROUTE].length);
    uint32_t service =
        feed_ids_find(&reader->service_ids, values[TRIP_SERVICE].text, values[TRIP_SERVICE].length);
    uint32_t number;
    bool is_new;
    if (route == FEED_NONE)
        return feed_bad(reader, TRIP_ROUTE, om_tr("there is no such route_id in routes.txt"));
    if (service == FEED_NONE)
        return feed_bad(reader, TRIP_SERVICE,
                        om_tr("there is no such service_id in calendar.txt or calendar_dates.txt"));
    om_status status = feed_ids_add(reader->ctx, &reader->trip_ids, values[TRIP_ID].text,
                                    values[TRIP_ID].length, &number, &is_new);
    if (status)
        return status;
    if (!is_new)
        return feed_bad(reader, TRIP_ID, om_tr("a trip with this id stands further up in the file"));
    struct feed_trip *trip = FEED_PUSH(&reader->feed->trips);
    if (!trip)
        return om_no_memory(reader->ctx);
    *trip = (struct feed_trip){
        .route = reader->first_route + route, .service = reader->first_service + service, .block = FEED_NONE};
    return values[TRIP_BLOCK].length ? find_block(reader, &trip->block) : OM_OK;
}

om_status feed_trips_read(struct feed_reader *reader)
{
    return feed_table_read(reader, FEED_TRIPS, read_trip);
}

/* agency.txt, routes.txt and trips.txt. */
#include "feed_internal.h"

#include <stdio.h>

static bool is_same(const struct feed_value *a, const struct feed_value *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* Times of one timetable are of one time zone: GTFS demands it of a feed, and nothing here converts. */
static om_status check_timezone(struct feed_reader *reader)
{
    const struct feed_value *zone = &reader->values[AGENCY_TIMEZONE];
    char **known = &reader->feed->timezone;
    if (zone->length == 0)
        return OM_OK;
    if (!*known)
        *known = om_strndup(zone->text, zone->length);
    if (!*known)
        return om_no_memory(reader->ctx);
    if (strlen(*known) == zone->length && memcmp(*known, zone->text, zone->length) == 0)
        return OM_OK;
    char what[256];
    snprintf(what, sizeof what,
             om_tr("another agency is in %.80s; feeds that are read together must share a time zone"),
             *known);
    return feed_bad(reader, AGENCY_TIMEZONE, what);
}

static om_status read_agency(struct feed_reader *reader)
{
    const struct feed_value *id = &reader->values[AGENCY_ID];
    uint32_t number;
    bool is_new;
    om_status status = feed_ids_add(reader->ctx, &reader->agency_ids, id->text, id->length, &number, &is_new);
    if (status)
        return status;
    if (!is_new)
        feed_note(reader, "duplicate_key", AGENCY_ID,
                  om_tr("an agency with this id stands further up in the file"));
    return check_timezone(reader);
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

/* 0 to 12 and the extended types 100 to 1799. */
static bool is_route_type(const struct feed_value *value)
{
    int type = 0;
    for (uint32_t i = 0; i < value->length; i++) {
        if (value->text[i] < '0' || value->text[i] > '9' || i >= 4)
            return false;
        type = type * 10 + (value->text[i] - '0');
    }
    return type <= 12 || (type >= 100 && type <= 1799);
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
    if (!is_route_type(&reader->values[ROUTE_TYPE]))
        feed_note(reader, "unexpected_enum_value", ROUTE_TYPE, om_tr("no route type of GTFS"));
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
    *trip =
        (struct feed_trip){.route = reader->first_route + route, .service = reader->first_service + service};
    return OM_OK;
}

om_status feed_trips_read(struct feed_reader *reader)
{
    return feed_table_read(reader, FEED_TRIPS, read_trip);
}

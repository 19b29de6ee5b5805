/* transfers.txt. */
#include "feed_internal.h"

#include <stdlib.h>

enum { TYPE_MINIMUM = 2, TYPE_IN_SEAT = 4, TYPE_NO_IN_SEAT = 5 };

/* A rule about something that does not exist has no effect. */
static bool find_label(struct feed_reader *reader, int column, const struct feed_ids *ids, uint32_t first,
                       uint32_t *label)
{
    const struct feed_value *value = &reader->values[column];
    *label = GEO_ANY;
    if (value->length == 0)
        return true;
    uint32_t number = feed_ids_find(ids, value->text, value->length);
    if (number == FEED_NONE)
        feed_note(reader, "foreign_key_violation", column,
                  om_tr("there is none with this id, so the transfer rule has no effect"));
    else
        *label = first + number;
    return number != FEED_NONE;
}

/* The stop or station of a rule; a boarding area stands for its platform. */
static bool find_place(struct feed_reader *reader, int column, uint32_t *index, bool *is_station)
{
    uint32_t place;
    if (!find_label(reader, column, &reader->part->place_ids, reader->part->first_place, &place))
        return false;
    const struct feed_place *at = &reader->feed->places.items[place];
    if (at->location_type == FEED_LOCATION_ENTRANCE || at->location_type == FEED_LOCATION_NODE) {
        feed_note(reader, "transfer_with_invalid_stop_location_type", column,
                  om_tr("one changes at stops and stations, so the transfer rule has no effect"));
        return false;
    }
    *is_station = at->location_type == FEED_LOCATION_STATION;
    *index = *is_station ? at->station : at->stop;
    return *index != FEED_NONE;
}

/* Where one sits on, or may not, is a matter of two trips; the stops follow from them. */
static om_status read_seat_rule(struct feed_reader *reader, bool is_allowed)
{
    uint32_t from, to;
    if (!find_label(reader, TRANSFER_FROM_TRIP, &reader->trip_ids, reader->first_trip, &from) ||
        !find_label(reader, TRANSFER_TO_TRIP, &reader->trip_ids, reader->first_trip, &to))
        return OM_OK;
    if (from == GEO_ANY || to == GEO_ANY)
        return feed_bad(reader, from == GEO_ANY ? TRANSFER_FROM_TRIP : TRANSFER_TO_TRIP,
                        om_tr("GTFS requires a value here"));
    struct feed_seat_rule *added = FEED_PUSH(&reader->feed->seat_rules);
    if (!added)
        return om_no_memory(reader->ctx);
    *added = (struct feed_seat_rule){from, to, is_allowed};
    return OM_OK;
}

static om_status read_transfer(struct feed_reader *reader)
{
    const struct feed_value *values = reader->values;
    struct geo_transfer rule = {0};
    int32_t type = values[TRANSFER_TYPE].integer;
    if (type == TYPE_IN_SEAT || type == TYPE_NO_IN_SEAT)
        return read_seat_rule(reader, type == TYPE_IN_SEAT);
    if (values[TRANSFER_FROM].length == 0 || values[TRANSFER_TO].length == 0)
        return feed_bad(reader, values[TRANSFER_FROM].length ? TRANSFER_TO : TRANSFER_FROM,
                        om_tr("GTFS requires a value here"));
    if (type == TYPE_MINIMUM && values[TRANSFER_TIME].length == 0)
        feed_note(reader, "missing_required_field", TRANSFER_TIME,
                  om_tr("a transfer of type 2 needs a time; 0 is taken"));
    rule.kind = (enum geo_transfer_kind)type;
    rule.min_duration_s = type == TYPE_MINIMUM ? values[TRANSFER_TIME].integer : 0;
    if (!find_place(reader, TRANSFER_FROM, &rule.from, &rule.from_is_station) ||
        !find_place(reader, TRANSFER_TO, &rule.to, &rule.to_is_station) ||
        !find_label(reader, TRANSFER_FROM_TRIP, &reader->trip_ids, reader->first_trip, &rule.from_trip) ||
        !find_label(reader, TRANSFER_TO_TRIP, &reader->trip_ids, reader->first_trip, &rule.to_trip) ||
        !find_label(reader, TRANSFER_FROM_ROUTE, &reader->route_ids, reader->first_route, &rule.from_route) ||
        !find_label(reader, TRANSFER_TO_ROUTE, &reader->route_ids, reader->first_route, &rule.to_route))
        return OM_OK;
    struct geo_transfer *added = FEED_PUSH(&reader->feed->transfers);
    if (!added)
        return om_no_memory(reader->ctx);
    *added = rule;
    return OM_OK;
}

int feed_compare_seat_rules(const void *a, const void *b)
{
    const struct feed_seat_rule *x = a, *y = b;
    if (x->from_trip != y->from_trip)
        return x->from_trip < y->from_trip ? -1 : 1;
    if (x->to_trip != y->to_trip)
        return x->to_trip < y->to_trip ? -1 : 1;
    return (int)x->is_allowed - (int)y->is_allowed;
}

om_status feed_transfers_read(struct feed_reader *reader)
{
    size_t first = reader->feed->seat_rules.n;
    om_status status = feed_table_read(reader, FEED_TRANSFERS, read_transfer);
    if (status == OM_OK && reader->feed->seat_rules.n > first)
        qsort(reader->feed->seat_rules.items + first, reader->feed->seat_rules.n - first,
              sizeof *reader->feed->seat_rules.items, feed_compare_seat_rules);
    return status;
}

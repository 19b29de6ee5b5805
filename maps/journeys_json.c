#include "json_parts.h"
#include "maps/journeys.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>

static json_t *clock_json(int32_t time_s)
{
    char text[32];
    int32_t s = abs(time_s);
    snprintf(text, sizeof text, "%s%02d:%02d:%02d", time_s < 0 ? "-" : "", s / 3600, s / 60 % 60, s % 60);
    return json_string(text);
}

static json_t *metres(double length_m)
{
    return json_figure(round(length_m));
}

static void put_position(struct json_build *build, json_t *object, const double lon_lat[2])
{
    json_put(build, object, "lon", json_figure(lon_lat[0]));
    json_put(build, object, "lat", json_figure(lon_lat[1]));
}

/* A stop; null for the origin and the destination themselves. */
static json_t *end_json(struct json_build *build, const struct data_leg_end *end)
{
    if (end->stop == GEO_ANY)
        return json_null();
    json_t *object = json_object();
    json_put(build, object, "stop_id", json_word(end->stop_id));
    json_put(build, object, "name", json_word(end->name));
    json_put(build, object, "platform", json_word(end->platform));
    put_position(build, object, end->lon_lat);
    return object;
}

static void put_ride(struct json_build *build, json_t *object, const struct data_leg *leg)
{
    json_put(build, object, "trip_id", json_word(leg->trip_id));
    json_put(build, object, "mode", json_string(data_mode_word(leg->mode)));
    json_put(build, object, "line", json_word(leg->short_name));
    json_put(build, object, "line_name", json_word(leg->long_name));
    json_put(build, object, "agency", json_word(leg->agency));
    json_put(build, object, "headsign", json_word(leg->headsign));
    json_put(build, object, "stops_between", json_integer(leg->n_stops_between));
    json_put(build, object, "stays_aboard", json_boolean(leg->stays_aboard));
    json_put(build, object, "needs_booking", json_boolean(leg->on_demand));
}

static void put_change(struct json_build *build, json_t *object, const struct data_leg *leg)
{
    static const char *const words[] = {
        [DATA_CHANGE_WITHIN] = "within",
        [DATA_CHANGE_WALK] = "walk",
        [DATA_CHANGE_GUARANTEED] = "guaranteed",
        [DATA_CHANGE_SEATED] = "seated",
    };
    json_put(build, object, "change", json_string(words[leg->change]));
    json_put(build, object, "wait_s", json_integer(leg->wait_s));
}

static json_t *leg_json(struct json_build *build, const struct data_leg *leg)
{
    static const char *const kinds[] = {
        [DATA_LEG_WALK] = "walk", [DATA_LEG_RIDE] = "ride", [DATA_LEG_CHANGE] = "change"};
    json_t *object = json_object();
    json_put(build, object, "kind", json_string(kinds[leg->kind]));
    json_put(build, object, "departure", clock_json(leg->departure_s));
    json_put(build, object, "arrival", clock_json(leg->arrival_s));
    json_put(build, object, "duration_s", json_integer(leg->arrival_s - leg->departure_s));
    json_put(build, object, "from", end_json(build, &leg->from));
    json_put(build, object, "to", end_json(build, &leg->to));
    if (leg->kind == DATA_LEG_RIDE)
        put_ride(build, object, leg);
    if (leg->kind == DATA_LEG_CHANGE)
        put_change(build, object, leg);
    if (leg->kind != DATA_LEG_RIDE)
        json_put(build, object, "walk_m", metres(leg->walk_m));
    return object;
}

static json_t *journey_json(struct json_build *build, const struct data_itinerary *itinerary)
{
    const struct geo_journey *journey = &itinerary->journey;
    json_t *object = json_object(), *legs = json_array();
    json_put(build, object, "departure", clock_json(journey->departure_s));
    json_put(build, object, "arrival", clock_json(journey->arrival_s));
    json_put(build, object, "duration_s", json_integer(journey->arrival_s - journey->departure_s));
    json_put(build, object, "transfers", json_integer(journey->transfers));
    json_put(build, object, "walk_s", json_integer(itinerary->walk_s));
    json_put(build, object, "walk_m", metres(itinerary->walk_m));
    json_put(build, object, "wait_s", json_integer(itinerary->wait_s));
    json_put(build, object, "needs_booking", json_boolean(itinerary->on_demand));
    for (size_t i = 0; i < itinerary->n; i++)
        json_append(build, legs, leg_json(build, &itinerary->legs[i]));
    json_put(build, object, "legs", legs);
    return object;
}

static json_t *point_json(struct json_build *build, const struct data_point *point)
{
    json_t *object = json_object();
    json_put(build, object, "name", json_word(point->id));
    json_put(build, object, "stop_id", json_word(point->stop_id));
    put_position(build, object, point->lon_lat);
    return object;
}

om_status map_journeys_json(om_context *ctx, const struct map_journeys *journeys, char **json)
{
    struct json_build build = {0};
    json_t *document = json_object(), *list = json_array();
    char *notice = journeys->is_synthetic
                       ? om_format(om_tr("Not real but synthetic: %s."), om_tr("the timetable"))
                       : NULL;
    json_put(&build, document, "omland", json_word(journeys->tool_version));
    json_put(&build, document, "notice", json_word(notice));
    json_put(&build, document, "from", point_json(&build, journeys->from));
    json_put(&build, document, "to", point_json(&build, journeys->to));
    json_put(&build, document, "date", json_word(journeys->date));
    json_put(&build, document, journeys->is_arrival ? "arrive_by" : "depart_from",
             clock_json(journeys->time_s));
    json_put(&build, document, "no_journey", json_word(map_no_journey_names[journeys->why]));
    for (size_t i = 0; i < journeys->n; i++)
        json_append(&build, list, journey_json(&build, &journeys->items[i]));
    json_put(&build, document, "journeys", list);
    om_free(notice);
    return json_finish(ctx, &build, document, json);
}

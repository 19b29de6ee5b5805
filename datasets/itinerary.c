#include "datasets/itinerary.h"

#include "feed_labels.h"
#include "geo/crs.h"

#include <math.h>

struct wording {
    om_context *ctx;
    const struct data_enquiry *enquiry;
    const data_feed *feed;
    struct feed_runs runs; /* of the date, as the router numbers them */
    struct feed_joined joined;
    const struct geo_call *calls;
    FEED_ARRAY(struct feed_ride_label) rides;         /* of every ride, in order */
    FEED_ARRAY(struct feed_platform_label) platforms; /* of every end at a stop, in order */
    struct data_itinerary *itinerary;                 /* at hand */
};

static struct data_leg *add_leg(struct wording *wording, enum data_leg_kind kind, int32_t departure_s,
                                int32_t arrival_s)
{
    struct data_itinerary *itinerary = wording->itinerary;
    struct data_leg *leg = &itinerary->legs[itinerary->n++];
    *leg = (struct data_leg){.kind = kind,
                             .departure_s = departure_s,
                             .arrival_s = arrival_s,
                             .from.stop = GEO_ANY,
                             .to.stop = GEO_ANY,
                             .walk_m = NAN};
    return leg;
}

/* A run that is not joined of several is one stretch. */
static size_t stretches_of(const struct wording *wording, uint32_t run, const struct feed_stretch **first,
                           struct feed_stretch *alone)
{
    size_t n = 0;
    const struct geo_trip *trip = &wording->runs.items[run];
    for (size_t i = wording->joined.stretches.n; i > 0; i--)
        if (wording->joined.stretches.items[i - 1].run == run) {
            *first = &wording->joined.stretches.items[i - 1];
            n++;
        }
    if (n)
        return n;
    *alone = (struct feed_stretch){run, 0, trip->n_calls, trip->label};
    *first = alone;
    return 1;
}

static uint32_t stop_of(const struct wording *wording, const struct geo_leg *ride, uint32_t call)
{
    return wording->calls[wording->runs.items[ride->trip].first_call + call].stop;
}

/* ---- distances ---- */

static double distance_m(const struct wording *wording, const double from[2], const struct geo_stop *to)
{
    return geo_distance_m(from[0], from[1], to->lon, to->lat) * wording->enquiry->detour;
}

/* Between two stations, whose nearest stops count as the search reckons; or between two stops of one. */
static double change_m(const struct wording *wording, uint32_t from_stop, uint32_t to_stop)
{
    const struct geo_stop *stops = wording->feed->stops.items;
    const struct geo_stop *from = &stops[from_stop], *to = &stops[to_stop];
    if (from->station == to->station)
        return distance_m(wording, (const double[]){from->lon, from->lat}, to);
    double nearest_m = NAN;
    for (size_t i = 0; i < wording->feed->stops.n; i++)
        for (size_t k = 0; stops[i].station == from->station && k < wording->feed->stops.n; k++)
            if (stops[k].station == to->station)
                nearest_m = fmin(
                    nearest_m, distance_m(wording, (const double[]){stops[i].lon, stops[i].lat}, &stops[k]));
    return nearest_m;
}

/* ---- legs ---- */

static void add_walk(struct wording *wording, const struct geo_leg *walk, const struct geo_leg *before,
                     const struct geo_leg *after)
{
    const struct data_enquiry *enquiry = wording->enquiry;
    const struct geo_stop *stops = wording->feed->stops.items;
    struct data_leg *leg = add_leg(wording, DATA_LEG_WALK, walk->departure_s, walk->arrival_s);
    double length_m = 0;
    if (walk->access != GEO_ANY)
        length_m += distance_m(wording, enquiry->from->lon_lat,
                               &stops[enquiry->from_access->access[walk->access].stop]);
    if (walk->egress != GEO_ANY)
        length_m +=
            distance_m(wording, enquiry->to->lon_lat, &stops[enquiry->to_access->access[walk->egress].stop]);
    leg->walk_m = length_m;
    if (before)
        leg->from.stop = stop_of(wording, before, before->alight_call);
    if (after)
        leg->to.stop = stop_of(wording, after, after->board_call);
}

/* The rules that stand for a seat come before the feed's own. */
static bool is_seat(const struct wording *wording, const struct geo_leg *before, const struct geo_leg *after)
{
    const struct feed_joined *joined = &wording->joined;
    size_t n = joined->transfers.n ? joined->transfers.n - wording->feed->transfers.n : 0;
    for (size_t i = 0; i < n; i++)
        if (joined->transfers.items[i].from_trip == wording->runs.items[before->trip].label &&
            joined->transfers.items[i].to_trip == wording->runs.items[after->trip].label)
            return true;
    return false;
}

static void add_change(struct wording *wording, const struct geo_leg *change, const struct geo_leg *before,
                       const struct geo_leg *after)
{
    static const enum data_change_kind kinds[] = {
        [GEO_CHANGE_WITHIN] = DATA_CHANGE_WITHIN,
        [GEO_CHANGE_WALK] = DATA_CHANGE_WALK,
        [GEO_CHANGE_RULED] = DATA_CHANGE_GUARANTEED,
    };
    struct data_leg *leg = add_leg(wording, DATA_LEG_CHANGE, change->departure_s, change->arrival_s);
    leg->from.stop = stop_of(wording, before, before->alight_call);
    leg->to.stop = stop_of(wording, after, after->board_call);
    leg->change = kinds[change->change];
    leg->wait_s = after->departure_s - change->arrival_s;
    if (leg->change == DATA_CHANGE_GUARANTEED && is_seat(wording, before, after))
        leg->change = DATA_CHANGE_SEATED;
    if (leg->change == DATA_CHANGE_WALK)
        leg->walk_m = change_m(wording, leg->from.stop, leg->to.stop);
}

/* The call of a trip itself at which one boards, for its own texts. */
static om_status want_ride_label(struct wording *wording, const struct feed_stretch *stretch, uint32_t board)
{
    const struct feed_trip *trip = &wording->feed->trips.items[stretch->trip];
    const struct geo_call *call = &wording->feed->calls.items[trip->first_call + board - stretch->first_call];
    struct feed_ride_label *label = FEED_PUSH(&wording->rides);
    if (!label)
        return om_no_memory(wording->ctx);
    *label =
        (struct feed_ride_label){.trip = stretch->trip, .stop = call->stop, .departure_s = call->departure_s};
    return OM_OK;
}

/* What of a ride is on one trip, which may be nothing. */
static om_status add_stretch(struct wording *wording, const struct geo_leg *ride,
                             const struct feed_stretch *stretch)
{
    const struct geo_trip *run = &wording->runs.items[ride->trip];
    uint32_t last = stretch->first_call + stretch->n_calls - 1;
    uint32_t board = ride->board_call > stretch->first_call ? ride->board_call : stretch->first_call;
    uint32_t alight = ride->alight_call < last ? ride->alight_call : last;
    if (board >= alight)
        return OM_OK;
    const struct geo_call *calls = &wording->calls[run->first_call];
    const struct feed_trip *trip = &wording->feed->trips.items[stretch->trip];
    struct data_leg *leg = add_leg(wording, DATA_LEG_RIDE, calls[board].departure_s + run->shift_s,
                                   calls[alight].arrival_s + run->shift_s);
    leg->stays_aboard = board != ride->board_call;
    leg->on_demand = trip->on_demand;
    leg->mode = data_feed_basic_mode(wording->feed->routes.items[trip->route].type);
    leg->n_stops_between = alight - board - 1;
    leg->from.stop = calls[board].stop;
    leg->to.stop = calls[alight].stop;
    return want_ride_label(wording, stretch, board);
}

static om_status add_ride(struct wording *wording, const struct geo_leg *ride)
{
    const struct feed_stretch *stretches;
    struct feed_stretch alone;
    size_t n = stretches_of(wording, ride->trip, &stretches, &alone);
    om_status status = OM_OK;
    for (size_t i = 0; i < n && status == OM_OK; i++)
        status = add_stretch(wording, ride, &stretches[i]);
    return status;
}

static om_status add_legs(struct wording *wording, const struct geo_itinerary *legs)
{
    om_status status = OM_OK;
    size_t room = legs->n;
    const struct feed_stretch *stretches;
    struct feed_stretch alone;
    for (size_t i = 0; i < legs->n; i++)
        if (legs->legs[i].kind == GEO_LEG_RIDE)
            room += stretches_of(wording, legs->legs[i].trip, &stretches, &alone) - 1;
    wording->itinerary->legs = om_alloc(room, sizeof *wording->itinerary->legs);
    if (!wording->itinerary->legs)
        return om_no_memory(wording->ctx);
    for (size_t i = 0; i < legs->n && status == OM_OK; i++) {
        const struct geo_leg *leg = &legs->legs[i];
        if (leg->kind == GEO_LEG_RIDE)
            status = add_ride(wording, leg);
        else if (leg->kind == GEO_LEG_CHANGE)
            add_change(wording, leg, leg - 1, leg + 1);
        else
            add_walk(wording, leg, i ? leg - 1 : NULL, i + 1 < legs->n ? leg + 1 : NULL);
    }
    return status;
}

static void sum_up(struct data_itinerary *itinerary)
{
    for (size_t i = 0; i < itinerary->n; i++) {
        const struct data_leg *leg = &itinerary->legs[i];
        bool walks =
            leg->kind == DATA_LEG_WALK || (leg->kind == DATA_LEG_CHANGE && leg->change == DATA_CHANGE_WALK);
        itinerary->on_demand |= leg->on_demand;
        itinerary->wait_s += leg->wait_s;
        itinerary->walk_s += walks ? leg->arrival_s - leg->departure_s : 0;
        itinerary->walk_m += isnan(leg->walk_m) ? 0 : leg->walk_m;
    }
}

static om_status make_one(struct wording *wording, const struct geo_journey *journey)
{
    const struct data_enquiry *enquiry = wording->enquiry;
    struct geo_itinerary legs = {0};
    om_status status = geo_itinerary_find(wording->ctx, enquiry->timetable, enquiry->from_access,
                                          enquiry->to_access, journey, &legs);
    if (status == OM_OK)
        status = add_legs(wording, &legs);
    wording->itinerary->journey = *journey;
    sum_up(wording->itinerary);
    geo_itinerary_done(&legs);
    return status;
}

/* ---- texts ---- */

static om_status set_end(struct wording *wording, struct data_leg_end *end, const double point[2])
{
    const data_feed *feed = wording->feed;
    memcpy(end->lon_lat, point, sizeof end->lon_lat);
    if (end->stop == GEO_ANY)
        return OM_OK;
    char *id = feed_place_id(feed, feed->place_of_stop.items[end->stop]);
    end->lon_lat[0] = feed->stops.items[end->stop].lon;
    end->lon_lat[1] = feed->stops.items[end->stop].lat;
    end->stop_id = id ? feed_text_for_people(id, strlen(id)) : NULL;
    om_free(id);
    end->name = om_strdup(data_feed_stop_name(feed, end->stop));
    struct feed_platform_label *platform = FEED_PUSH(&wording->platforms);
    if (!end->stop_id || !end->name || !platform)
        return om_no_memory(wording->ctx);
    *platform = (struct feed_platform_label){.stop = end->stop};
    return OM_OK;
}

static om_status set_ends(struct wording *wording, struct data_itinerary *itineraries, size_t n)
{
    const struct data_enquiry *enquiry = wording->enquiry;
    om_status status = OM_OK;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < itineraries[i].n && status == OM_OK; k++) {
            struct data_leg *leg = &itineraries[i].legs[k];
            status = set_end(wording, &leg->from, enquiry->from->lon_lat);
            if (status == OM_OK)
                status = set_end(wording, &leg->to, enquiry->to->lon_lat);
        }
    return status;
}

static void move_ride_texts(struct feed_ride_label *from, struct data_leg *to)
{
    to->trip_id = from->trip_id;
    to->headsign = from->headsign;
    to->short_name = from->short_name;
    to->long_name = from->long_name;
    to->agency = from->agency;
    *from = (struct feed_ride_label){0};
}

static void move_platform(struct wording *wording, struct data_leg_end *end, size_t *next)
{
    if (end->stop == GEO_ANY)
        return;
    end->platform = wording->platforms.items[*next].platform;
    wording->platforms.items[(*next)++].platform = NULL;
}

/* Hands the texts that were read to the legs, in whose order they were wanted. */
static void move_texts(struct wording *wording, struct data_itinerary *itineraries, size_t n)
{
    size_t ride = 0, platform = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < itineraries[i].n; k++) {
            struct data_leg *leg = &itineraries[i].legs[k];
            if (leg->kind == DATA_LEG_RIDE)
                move_ride_texts(&wording->rides.items[ride++], leg);
            move_platform(wording, &leg->from, &platform);
            move_platform(wording, &leg->to, &platform);
        }
}

static om_status read_texts(struct wording *wording, struct data_itinerary *itineraries, size_t n)
{
    om_status status = set_ends(wording, itineraries, n);
    if (status || wording->platforms.n == 0)
        return status;
    struct feed_labels labels = {wording->rides.items, wording->rides.n, wording->platforms.items,
                                 wording->platforms.n};
    status = feed_labels_read(wording->ctx, wording->feed, &labels);
    if (status == OM_OK)
        move_texts(wording, itineraries, n);
    feed_labels_clear(&labels);
    return status;
}

/* ---- all of them ---- */

/* The date's runs once more, as data_feed_timetable made them. */
static om_status find_runs(struct wording *wording)
{
    const struct data_enquiry *enquiry = wording->enquiry;
    om_status status =
        feed_runs_on(wording->ctx, wording->feed, enquiry->date, enquiry->options, &wording->runs);
    if (status == OM_OK)
        status = feed_join_runs(wording->ctx, wording->feed, &wording->runs, &wording->joined);
    wording->calls = wording->joined.calls.n ? wording->joined.calls.items : wording->feed->calls.items;
    return status;
}

om_status data_itineraries_make(om_context *ctx, const struct data_enquiry *enquiry,
                                const struct geo_journey *journeys, size_t n, struct data_itinerary **out)
{
    struct wording wording = {.ctx = ctx, .enquiry = enquiry, .feed = enquiry->feed};
    struct data_itinerary *itineraries = om_alloc(n, sizeof *itineraries);
    om_status status = itineraries ? find_runs(&wording) : om_no_memory(ctx);
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        wording.itinerary = &itineraries[i];
        status = make_one(&wording, &journeys[i]);
    }
    if (status == OM_OK)
        status = read_texts(&wording, itineraries, n);
    om_free(wording.runs.items);
    feed_joined_done(&wording.joined);
    om_free(wording.rides.items);
    om_free(wording.platforms.items);
    if (status)
        data_itineraries_free(itineraries, n);
    else
        *out = itineraries;
    return status;
}

static void free_leg(struct data_leg *leg)
{
    char *const texts[] = {leg->trip_id,    leg->headsign,     leg->short_name, leg->long_name,
                           leg->agency,     leg->from.stop_id, leg->from.name,  leg->from.platform,
                           leg->to.stop_id, leg->to.name,      leg->to.platform};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        om_free(texts[i]);
}

void data_itineraries_free(struct data_itinerary *itineraries, size_t n)
{
    for (size_t i = 0; itineraries && i < n; i++) {
        for (size_t k = 0; k < itineraries[i].n; k++)
            free_leg(&itineraries[i].legs[k]);
        om_free(itineraries[i].legs);
    }
    om_free(itineraries);
}

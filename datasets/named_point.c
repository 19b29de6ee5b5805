#include "datasets/named_point.h"

#include "feed_internal.h"
#include "letter_case.h"

#include <math.h>
#include <stdio.h>

enum { MOST_LISTED = 8, LIST_SIZE = 1024 };

/* Things of one name, as text for a message: "Berg (4711), Berg (0815) …". */
struct listing {
    char text[LIST_SIZE];
    size_t n;
};

static void list(struct listing *listing, const char *name, const char *code)
{
    size_t used = strlen(listing->text);
    if (listing->n < MOST_LISTED)
        snprintf(listing->text + used, LIST_SIZE - used, "%s%s (%s)", used ? ", " : "", name, code);
    else if (listing->n == MOST_LISTED)
        snprintf(listing->text + used, LIST_SIZE - used, " …");
    listing->n++;
}

static om_status set_point(om_context *ctx, const char *code, const char *name, const char *stops,
                           const double lon_lat[2], struct data_point *out)
{
    struct data_point point = {.id = *code ? om_format("%s %s", code, name) : om_strdup(name),
                               .stop_id = stops ? om_strdup(stops) : NULL,
                               .lon_lat = {lon_lat[0], lon_lat[1]}};
    if (!point.id || (stops && !point.stop_id)) {
        data_point_done(&point);
        return om_no_memory(ctx);
    }
    *out = point;
    return OM_OK;
}

void data_point_done(struct data_point *point)
{
    om_free(point->id);
    om_free(point->stop_id);
    *point = (struct data_point){0};
}

/* ---- coordinates ---- */

static bool is_position(const char *text, double lon_lat[2])
{
    int used = 0;
    return sscanf(text, "%lf ,%lf%n", &lon_lat[1], &lon_lat[0], &used) == 2 && !text[used];
}

static om_status at_position(om_context *ctx, const char *text, const double lon_lat[2],
                             struct data_point *out)
{
    if (!(fabs(lon_lat[1]) <= 90) || !(fabs(lon_lat[0]) <= 180))
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("\"%s\" is outside the range of degrees; write latitude,longitude in WGS84"),
                       text);
    return set_point(ctx, "", text, NULL, lon_lat, out);
}

/* ---- municipalities and localities ---- */

/* OM_NOT_FOUND, without a message, when there is none. */
static om_status in_territory(om_context *ctx, const struct plan_territory *territory, const char *text,
                              struct data_point *out)
{
    const struct plan_municipality *found = NULL;
    struct listing same = {0};
    for (size_t i = 0; i < territory->n; i++) {
        const struct plan_municipality *at = &territory->municipalities[i];
        if (strcmp(at->code, text) == 0)
            return set_point(ctx, at->code, at->name, at->seat_stops, at->seat_lon_lat, out);
        if (!letters_equal(at->name, text))
            continue;
        found = at;
        list(&same, at->name, at->code);
    }
    if (same.n > 1)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("several municipalities are called \"%s\"; name one by its code: %s"), text,
                       same.text);
    return found ? set_point(ctx, found->code, found->name, found->seat_stops, found->seat_lon_lat, out)
                 : OM_NOT_FOUND;
}

static om_status among_localities(om_context *ctx, const struct data_locality_row *localities, size_t n,
                                  const char *text, struct data_point *out)
{
    const struct data_locality_row *found = NULL;
    struct listing same = {0};
    for (size_t i = 0; i < n; i++) {
        const struct data_locality_row *at = &localities[i];
        if (strcmp(at->code, text) == 0)
            return set_point(ctx, at->code, at->name, NULL, at->lon_lat, out);
        if (!letters_equal(at->name, text))
            continue;
        found = at;
        list(&same, at->name, at->code);
    }
    if (same.n > 1)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("several localities are called \"%s\"; name one by its code: %s"), text,
                       same.text);
    return found ? set_point(ctx, found->code, found->name, NULL, found->lon_lat, out) : OM_NOT_FOUND;
}

static om_status in_project(om_context *ctx, data_project *project, const char *text, struct data_point *out)
{
    struct plan_territory *territory = NULL;
    struct data_locality_row *localities = NULL;
    size_t n = 0;
    om_status status = data_load_territory(ctx, project, &territory);
    if (status == OM_OK && (status = in_territory(ctx, territory, text, out)) == OM_NOT_FOUND &&
        (status = data_load_localities(ctx, project, &localities, &n)) == OM_OK)
        status = among_localities(ctx, localities, n, text, out);
    data_localities_free(localities, n);
    plan_territory_free(territory);
    return status;
}

/* ---- stops ---- */

static uint32_t root_of(const data_feed *feed, uint32_t place)
{
    while (feed->places.items[place].parent != FEED_NONE)
        place = feed->places.items[place].parent;
    return place;
}

/* A place of every station that fits a text: the station itself rather than its stops, where it fits. */
struct fitting {
    const data_feed *feed;
    uint32_t places[MOST_LISTED + 1];
    size_t n;
};

static void add_place(struct fitting *fitting, uint32_t place)
{
    uint32_t root = root_of(fitting->feed, place);
    for (size_t i = 0; i < fitting->n; i++)
        if (root_of(fitting->feed, fitting->places[i]) == root) {
            if (place == root)
                fitting->places[i] = root;
            return;
        }
    if (fitting->n <= MOST_LISTED)
        fitting->places[fitting->n++] = place;
}

static const char *name_of(const data_feed *feed, uint32_t place)
{
    return feed->names.items + feed->places.items[place].name;
}

static void find_fitting(const char *text, bool (*fits)(const char *name, const char *text),
                         struct fitting *fitting)
{
    for (uint32_t i = 0; i < fitting->feed->places.n; i++)
        if (fitting->feed->places.items[i].stop != FEED_NONE && fits(name_of(fitting->feed, i), text))
            add_place(fitting, i);
}

static om_status at_place(om_context *ctx, const data_feed *feed, uint32_t place, struct data_point *out)
{
    static const double nowhere[2] = {NAN, NAN};
    char *id = feed_place_id(feed, place);
    om_status status = id ? set_point(ctx, "", name_of(feed, place), id, nowhere, out) : om_no_memory(ctx);
    om_free(id);
    return status;
}

static om_status list_places(om_context *ctx, const struct fitting *fitting, struct listing *listing)
{
    for (size_t i = 0; i < fitting->n; i++) {
        char shown[FEED_SHOWN], *id = feed_place_id(fitting->feed, fitting->places[i]);
        if (!id)
            return om_no_memory(ctx);
        list(listing, name_of(fitting->feed, fitting->places[i]), feed_shown(id, strlen(id), shown));
        om_free(id);
    }
    return OM_OK;
}

static om_status called(om_context *ctx, const data_feed *feed, const char *text, struct data_point *out)
{
    struct fitting fitting = {.feed = feed};
    struct listing listing = {0};
    find_fitting(text, letters_equal, &fitting);
    bool several = fitting.n > 1;
    if (fitting.n == 0 && *text)
        find_fitting(text, letters_contain, &fitting);
    if (fitting.n == 1)
        return at_place(ctx, feed, fitting.places[0], out);
    om_status status = list_places(ctx, &fitting, &listing);
    if (status != OM_OK)
        return status;
    if (several)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("several stops are called \"%s\"; name one by its stop_id: %s"), text,
                       listing.text);
    return fitting.n
               ? om_fail(ctx, OM_NOT_FOUND, om_tr("nothing is called \"%s\"; stops that contain it: %s"),
                         text, listing.text)
               : om_fail(ctx, OM_NOT_FOUND, om_tr("nothing is called \"%s\""), text);
}

static om_status in_feed(om_context *ctx, const data_feed *feed, const char *text, struct data_point *out)
{
    uint32_t stop;
    static const double nowhere[2] = {NAN, NAN};
    om_status status = data_feed_stop(ctx, feed, text, &stop);
    if (status == OM_NOT_FOUND)
        return called(ctx, feed, text, out);
    return status ? status : set_point(ctx, "", data_feed_stop_name(feed, stop), text, nowhere, out);
}

om_status data_point_named(om_context *ctx, data_project *project, const data_feed *feed, const char *text,
                           struct data_point *out)
{
    double lon_lat[2];
    if (is_position(text, lon_lat))
        return at_position(ctx, text, lon_lat, out);
    om_status status = project ? in_project(ctx, project, text, out) : OM_NOT_FOUND;
    return status == OM_NOT_FOUND ? in_feed(ctx, feed, text, out) : status;
}

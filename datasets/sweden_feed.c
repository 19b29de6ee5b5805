/*
 * Writes the synthetic network as a GTFS feed.
 *
 * The same bytes every time: everything is written in table order, and zip entries carry no time of writing.
 */
#include "datasets/sweden.h"
#include "sweden_network.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct output {
    VSILFILE *file;
    bool failed;
};

static void put(struct output *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct output *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof text ||
        VSIFWriteL(text, 1, (size_t)length, out->file) != (size_t)length)
        out->failed = true;
}

/* One vehicle type of GTFS per mode; each mode has its own stop at a place. */
static const struct {
    char letter;
    int route_type;
} modes[SWEDEN_MODES] = {
    [SWEDEN_TRAIN] = {'t', 2},
    [SWEDEN_EXPRESS_BUS] = {'b', 3},
    [SWEDEN_BUS] = {'b', 3},
    [SWEDEN_FERRY] = {'f', 4},
};

/* The days there are, how much later traffic begins, and whether there are rush hours. */
static const struct service {
    const char *id, *days;
    int delay;
    bool has_peak;
} services[] = {
    {"weekday", "1,1,1,1,1,0,0", 0, true},
    {"saturday", "0,0,0,0,0,1,0", 60, false},
    {"sunday", "0,0,0,0,0,0,1", 120, false},
};
enum { SERVICES = sizeof services / sizeof services[0] };

/* The timetable year 2026, and the public holidays in it that fall on a weekday or Saturday. */
#define FIRST_DATE "20251214"
#define LAST_DATE "20261212"
static const struct {
    const char *date, *instead_of;
} holidays[] = {
    {"20251225", "weekday"},  {"20251226", "weekday"}, {"20260101", "weekday"},  {"20260106", "weekday"},
    {"20260403", "weekday"},  {"20260406", "weekday"}, {"20260501", "weekday"},  {"20260514", "weekday"},
    {"20260606", "saturday"}, {"20260619", "weekday"}, {"20260620", "saturday"}, {"20261031", "saturday"},
};

static void agency_write(const struct sweden_network *network, struct output *out)
{
    (void)network;
    put(out, "agency_id,agency_name,agency_url,agency_timezone,agency_lang\n"
             "omland,Omland synthetic traffic,https://example.org/omland,Europe/Stockholm,sv\n");
}

static void feed_info_write(const struct sweden_network *network, struct output *out)
{
    (void)network;
    put(out,
        "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n"
        "Omland: synthetic timetable of Sweden (not real traffic),https://example.org/omland,sv," FIRST_DATE
        "," LAST_DATE ",synthetic-1\n");
}

static void calendar_write(const struct sweden_network *network, struct output *out)
{
    (void)network;
    put(out, "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n");
    for (size_t i = 0; i < SERVICES; i++)
        put(out, "%s,%s," FIRST_DATE "," LAST_DATE "\n", services[i].id, services[i].days);
}

static void calendar_dates_write(const struct sweden_network *network, struct output *out)
{
    (void)network;
    put(out, "service_id,date,exception_type\n");
    for (size_t i = 0; i < sizeof holidays / sizeof holidays[0]; i++)
        put(out, "%s,%s,2\nsunday,%s,1\n", holidays[i].instead_of, holidays[i].date, holidays[i].date);
}

/* Whether vehicles that stop at stop `letter` of a place call there. */
static bool has_stop(const struct sweden_network *network, size_t place, char letter)
{
    for (size_t l = 0; l < network->n_lines; l++)
        if (modes[network->lines[l].mode].letter == letter)
            for (size_t c = 0; c < network->lines[l].n_calls; c++)
                if (network->lines[l].calls[c].place == place)
                    return true;
    return false;
}

static void stops_write(const struct sweden_network *network, struct output *out)
{
    put(out, "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n");
    for (size_t p = 0; p < network->n_places; p++) {
        const struct sweden_place *place = &network->places[p];
        char where[64]; /* GDAL's printf: a decimal point whatever the user's language is */
        CPLsnprintf(where, sizeof where, "%.4f,%.4f", place->lat, place->lon);
        put(out, "%s,%s,%s,1,\n", place->id, place->name, where);
        for (const char *letter = "tbf"; *letter; letter++)
            if (has_stop(network, p, *letter))
                put(out, "%s-%c,%s,%s,0,%s\n", place->id, *letter, place->name, where, place->id);
    }
}

enum { CHANGE_S = 240 }; /* between vehicles at one station */

static void transfers_write(const struct sweden_network *network, struct output *out)
{
    put(out, "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n");
    for (size_t p = 0; p < network->n_places; p++)
        put(out, "%s,%s,2,%d\n", network->places[p].id, network->places[p].id, CHANGE_S);
}

static void routes_write(const struct sweden_network *network, struct output *out)
{
    put(out, "route_id,agency_id,route_short_name,route_long_name,route_type\n");
    for (size_t l = 0; l < network->n_lines; l++) {
        const struct sweden_line *line = &network->lines[l];
        put(out, "%s,omland,%s,%s - %s,%d\n", line->name, line->name,
            network->places[line->calls[0].place].name,
            network->places[line->calls[line->n_calls - 1].place].name, modes[line->mode].route_type);
    }
}

static bool is_peak(int minute)
{
    return (minute >= 5 * 60 && minute < 9 * 60) || (minute >= 15 * 60 && minute < 18 * 60);
}

typedef void trip_fn(const struct sweden_network *network, const struct sweden_line *line,
                     const char *trip_id, const struct service *service, int direction, int departure,
                     struct output *out);

static void trips_walk(const struct sweden_network *network, trip_fn *trip, struct output *out)
{
    for (size_t l = 0; l < network->n_lines; l++) {
        const struct sweden_line *line = &network->lines[l];
        for (size_t s = 0; s < SERVICES; s++)
            for (int direction = 0; direction < 2; direction++) {
                int minute = line->first + services[s].delay;
                for (int run = 1; minute <= line->last; run++) {
                    char id[48];
                    snprintf(id, sizeof id, "%s-%s-%d-%d", line->name, services[s].id, direction, run);
                    trip(network, line, id, &services[s], direction, minute, out);
                    minute += !services[s].has_peak ? line->weekend_headway
                              : is_peak(minute)     ? line->peak_headway
                                                    : line->base_headway;
                }
            }
    }
}

static void trip_write(const struct sweden_network *network, const struct sweden_line *line,
                       const char *trip_id, const struct service *service, int direction, int departure,
                       struct output *out)
{
    (void)network, (void)departure;
    put(out, "%s,%s,%s,%d\n", line->name, service->id, trip_id, direction);
}

static void trips_write(const struct sweden_network *network, struct output *out)
{
    put(out, "route_id,service_id,trip_id,direction_id\n");
    trips_walk(network, trip_write, out);
}

static void calls_write(const struct sweden_network *network, const struct sweden_line *line,
                        const char *trip_id, const struct service *service, int direction, int departure,
                        struct output *out)
{
    (void)service;
    int32_t duration = line->calls[line->n_calls - 1].minutes;
    for (size_t i = 0; i < line->n_calls; i++) {
        const struct sweden_call *call = &line->calls[direction ? line->n_calls - 1 - i : i];
        int minute = departure + (direction ? duration - call->minutes : call->minutes);
        char time[32];
        snprintf(time, sizeof time, "%02d:%02d:00", minute / 60, minute % 60);
        put(out, "%s,%s,%s,%s-%c,%zu\n", trip_id, time, time, network->places[call->place].id,
            modes[line->mode].letter, i + 1);
    }
}

static void stop_times_write(const struct sweden_network *network, struct output *out)
{
    put(out, "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    trips_walk(network, calls_write, out);
}

static const struct {
    const char *name;
    void (*write)(const struct sweden_network *network, struct output *out);
} files[] = {
    {"agency.txt", agency_write},         {"feed_info.txt", feed_info_write},
    {"calendar.txt", calendar_write},     {"calendar_dates.txt", calendar_dates_write},
    {"stops.txt", stops_write},           {"transfers.txt", transfers_write},
    {"routes.txt", routes_write},         {"trips.txt", trips_write},
    {"stop_times.txt", stop_times_write},
};

static om_status files_write(om_context *ctx, const struct sweden_network *network, const char *folder)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *path = om_format("%s/%s", folder, files[i].name);
        if (!path)
            return om_no_memory(ctx);
        struct output out = {.file = VSIFOpenL(path, "wb")};
        if (out.file) {
            files[i].write(network, &out);
            out.failed |= VSIFCloseL(out.file) != 0;
        }
        om_status status =
            out.file && !out.failed ? OM_OK : om_fail(ctx, OM_IO, om_tr("cannot write %s"), path);
        om_free(path);
        if (status)
            return status;
    }
    return OM_OK;
}

/* (GDAL's recursive call makes no folder named without any '/'.) */
static om_status folder_write(om_context *ctx, const struct sweden_network *network, const char *path)
{
    char *folder = om_strndup(path, strlen(path) - 1);
    if (!folder)
        return om_no_memory(ctx);
    om_status status = VSIMkdirRecursive(folder, 0777) == 0 || VSIMkdir(folder, 0777) == 0
                           ? files_write(ctx, network, folder)
                           : om_fail(ctx, OM_IO, om_tr("cannot make the folder %s"), folder);
    om_free(folder);
    return status;
}

/* Under another name until it is complete: GDAL would add to a zip that exists, and half a feed is none. */
static om_status zip_write(om_context *ctx, const struct sweden_network *network, const char *path)
{
    om_status status = OM_OK;
    char *partial = om_format("%s.partial", path);
    char *inside = om_format("/vsizip/{%s.partial}", path);
    VSILFILE *zip = NULL;
    if (!partial || !inside) {
        status = om_no_memory(ctx);
        goto done;
    }
    VSIUnlink(partial);
    zip = VSIFOpenL(inside, "wb"); /* keeps the archive open while its files are written */
    if (!zip) {
        status = om_fail(ctx, OM_IO, om_tr("cannot write %s"), path);
        goto done;
    }
    status = files_write(ctx, network, inside);
    if (VSIFCloseL(zip) != 0 && !status)
        status = om_fail(ctx, OM_IO, om_tr("cannot write %s"), path);
    if (!status && VSIRename(partial, path) != 0)
        status = om_fail(ctx, OM_IO, om_tr("cannot rename %s to %s"), partial, path);
    if (status)
        VSIUnlink(partial);
done:
    om_free(inside);
    om_free(partial);
    return status;
}

om_status data_sweden_write_feed(om_context *ctx, const char *path)
{
    size_t length = strlen(path);
    if (length == 0)
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("the path of the feed is empty"));
    struct sweden_network network;
    om_status status = sweden_network_read(ctx, &network);
    if (status)
        return status;
    status = path[length - 1] == '/' ? folder_write(ctx, &network, path) : zip_write(ctx, &network, path);
    sweden_network_done(&network);
    return status;
}

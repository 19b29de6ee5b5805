#include "sweden_network.h"

#include "datasets/csv.h"
#include "datasets/sweden.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <cpl_conv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 8, WIDTH = 512 };

/* One bundled table: the columns wanted of it, and what to do with a row (fields in that order). */
struct table {
    const char *name;
    const char *columns[COLUMNS];
    om_status (*row)(om_context *ctx, void *user, char fields[COLUMNS][WIDTH]);
};

static bool field_is(const struct data_field *field, const char *text)
{
    return field->length == strlen(text) && memcmp(field->text, text, field->length) == 0;
}

static om_status header_read(om_context *ctx, data_csv *csv, const struct table *table,
                             size_t position[COLUMNS])
{
    const struct data_field *fields;
    size_t n;
    om_status status = data_csv_next(ctx, csv, &fields, &n);
    for (size_t c = 0; !status && c < COLUMNS && table->columns[c]; c++) {
        for (position[c] = 0; position[c] < n; position[c]++)
            if (field_is(&fields[position[c]], table->columns[c]))
                break;
        if (position[c] == n)
            status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: there is no column %s"), data_csv_path(csv),
                             table->columns[c]);
    }
    return status;
}

static om_status table_read(om_context *ctx, const struct table *table, void *user)
{
    char path[128], row[COLUMNS][WIDTH];
    snprintf(path, sizeof path, DATA_SWEDEN "%s", table->name);
    data_csv *csv = NULL;
    size_t position[COLUMNS] = {0}, n = 1;
    const struct data_field *fields;
    om_status status = data_csv_open(ctx, path, ',', &csv);
    if (!status)
        status = header_read(ctx, csv, table, position);
    while (!status && (status = data_csv_next(ctx, csv, &fields, &n)) == OM_OK && n > 0) {
        for (size_t c = 0; c < COLUMNS && table->columns[c]; c++) {
            const struct data_field *field = position[c] < n ? &fields[position[c]] : NULL;
            snprintf(row[c], WIDTH, "%.*s", field ? (int)field->length : 0, field ? field->text : "");
        }
        status = table->row(ctx, user, row);
        if (status)
            om_context_add(ctx, om_tr("%s, line %zu"), path, data_csv_line(csv));
    }
    data_csv_close(csv);
    return status;
}

static om_status place_add(om_context *ctx, struct sweden_network *network, const char *id, const char *name,
                           const char *lon, const char *lat, const char *population)
{
    struct sweden_place *places =
        om_grow(network->places, &network->places_capacity, network->n_places + 1, sizeof *places);
    if (!places)
        return om_no_memory(ctx);
    network->places = places;
    struct sweden_place *place = &places[network->n_places];
    *place =
        (struct sweden_place){.lon = CPLAtof(lon), .lat = CPLAtof(lat), .population = CPLAtof(population)};
    snprintf(place->id, sizeof place->id, "%s", id);
    place->name = om_strdup(name);
    if (!place->name)
        return om_no_memory(ctx);
    network->n_places++;
    return OM_OK;
}

static om_status seat_row(om_context *ctx, void *user, char fields[COLUMNS][WIDTH])
{
    return place_add(ctx, user, fields[0], fields[1], fields[2], fields[3], fields[4]);
}

static om_status station_row(om_context *ctx, void *user, char fields[COLUMNS][WIDTH])
{
    return place_add(ctx, user, fields[0], fields[1], fields[2], fields[3], "0");
}

size_t sweden_place_find(const struct sweden_network *network, const char *name)
{
    size_t i = 0;
    while (i < network->n_places && strcmp(network->places[i].name, name) != 0)
        i++;
    return i;
}

static om_status place_named(om_context *ctx, const struct sweden_network *network, const char *name,
                             uint32_t *place)
{
    size_t found = sweden_place_find(network, name);
    if (found == network->n_places)
        return om_fail(ctx, OM_BAD_DATA, om_tr("'%s' is neither a seat nor a station"), name);
    *place = (uint32_t)found;
    return OM_OK;
}

om_status sweden_line_add(om_context *ctx, struct sweden_network *network, size_t n_calls,
                          struct sweden_line **out)
{
    struct sweden_line *lines =
        om_grow(network->lines, &network->lines_capacity, network->n_lines + 1, sizeof *lines);
    if (!lines)
        return om_no_memory(ctx);
    network->lines = lines;
    struct sweden_call *calls = om_alloc(n_calls, sizeof *calls);
    if (!calls)
        return om_no_memory(ctx);
    *out = &lines[network->n_lines++];
    **out = (struct sweden_line){.n_calls = n_calls, .calls = calls};
    return OM_OK;
}

static const char *const mode_names[SWEDEN_MODES] = {"train", "express_bus", "bus", "ferry"};

static om_status mode_parse(om_context *ctx, const char *text, enum sweden_mode *mode)
{
    for (int i = 0; i < SWEDEN_MODES; i++)
        if (strcmp(text, mode_names[i]) == 0) {
            *mode = (enum sweden_mode)i;
            return OM_OK;
        }
    return om_fail(ctx, OM_BAD_DATA, om_tr("mode '%s': use train, express_bus, bus or ferry"), text);
}

static om_status clock_parse(om_context *ctx, const char *text, int *minutes)
{
    int h, m;
    if (sscanf(text, "%2d:%2d", &h, &m) != 2)
        return om_fail(ctx, OM_BAD_DATA, om_tr("'%s' is no time of day: write HH:MM"), text);
    *minutes = h * 60 + m;
    return OM_OK;
}

/* "Stockholm 0;Märsta 37": place and minutes from the first place, in travel order. */
static om_status calls_parse(om_context *ctx, const struct sweden_network *network, char *text,
                             struct sweden_line *line)
{
    char *rest = text;
    for (size_t i = 0; i < line->n_calls; i++) {
        char *call = strsep(&rest, ";");
        char *space = strrchr(call, ' ');
        if (!space)
            return om_fail(ctx, OM_BAD_DATA, om_tr("stop '%s': write a place and its minutes"), call);
        *space = '\0';
        om_status status = place_named(ctx, network, call, &line->calls[i].place);
        if (status)
            return status;
        line->calls[i].minutes = (int32_t)strtol(space + 1, NULL, 10);
        if (i > 0 && line->calls[i].minutes <= line->calls[i - 1].minutes)
            return om_fail(ctx, OM_BAD_DATA, om_tr("stop '%s': minutes must increase along the line"), call);
    }
    return OM_OK;
}

static om_status line_row(om_context *ctx, void *user, char fields[COLUMNS][WIDTH])
{
    struct sweden_network *network = user;
    size_t n_calls = 1;
    for (const char *c = fields[7]; *c; c++)
        n_calls += *c == ';';
    struct sweden_line *line;
    om_status status = sweden_line_add(ctx, network, n_calls, &line);
    if (status)
        return status;
    snprintf(line->name, sizeof line->name, "%.15s", fields[0]);
    int *const headways[] = {&line->peak_headway, &line->base_headway, &line->weekend_headway};
    for (int i = 0; i < 3; i++) {
        *headways[i] = atoi(fields[4 + i]);
        if (*headways[i] <= 0)
            return om_fail(ctx, OM_BAD_DATA, om_tr("headway '%s': write a positive number of minutes"),
                           fields[4 + i]);
    }
    status = mode_parse(ctx, fields[1], &line->mode);
    if (!status)
        status = clock_parse(ctx, fields[2], &line->first);
    if (!status)
        status = clock_parse(ctx, fields[3], &line->last);
    return status ? status : calls_parse(ctx, network, fields[7], line);
}

struct barriers {
    const struct sweden_network *network;
    size_t n, capacity;
    uint32_t *pairs;
};

static om_status barrier_row(om_context *ctx, void *user, char fields[COLUMNS][WIDTH])
{
    struct barriers *barriers = user;
    uint32_t *pairs = om_grow(barriers->pairs, &barriers->capacity, 2 * (barriers->n + 1), sizeof *pairs);
    if (!pairs)
        return om_no_memory(ctx);
    barriers->pairs = pairs;
    om_status status = place_named(ctx, barriers->network, fields[0], &pairs[2 * barriers->n]);
    if (!status)
        status = place_named(ctx, barriers->network, fields[1], &pairs[2 * barriers->n + 1]);
    if (!status)
        barriers->n++;
    return status;
}

static const struct table seats = {
    "municipalities.csv", {"code", "seat", "seat_lon", "seat_lat", "population_2021"}, seat_row};
static const struct table stations = {"stations.csv", {"id", "name", "lon", "lat"}, station_row};
static const struct table lines = {
    "lines.csv", {"line", "mode", "first", "last", "peak_min", "base_min", "weekend_min", "stops"}, line_row};
static const struct table barriers_table = {"barriers.csv", {"from", "to"}, barrier_row};

om_status sweden_network_read(om_context *ctx, struct sweden_network *out)
{
    struct sweden_network network = {0};
    struct barriers barriers = {.network = &network};
    om_status status = data_sweden_mount(ctx);
    if (!status)
        status = table_read(ctx, &seats, &network);
    size_t n_seats = network.n_places;
    if (!status)
        status = table_read(ctx, &stations, &network);
    if (!status)
        status = table_read(ctx, &lines, &network);
    if (!status)
        status = table_read(ctx, &barriers_table, &barriers);
    if (!status)
        status = sweden_local_lines_add(ctx, &network, n_seats, barriers.pairs, barriers.n);
    om_free(barriers.pairs);
    if (status)
        sweden_network_done(&network);
    else
        *out = network;
    return status;
}

void sweden_network_done(struct sweden_network *network)
{
    for (size_t i = 0; i < network->n_places; i++)
        om_free(network->places[i].name);
    for (size_t i = 0; i < network->n_lines; i++)
        om_free(network->lines[i].calls);
    om_free(network->places);
    om_free(network->lines);
    *network = (struct sweden_network){0};
}

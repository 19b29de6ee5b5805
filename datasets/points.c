#include "datasets/points.h"

#include "datasets/csv.h"
#include "feed_values.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum column { COLUMN_ID, COLUMN_STOP_ID, COLUMN_LON, COLUMN_LAT, COLUMNS };

static const char *const column_names[COLUMNS] = {"id", "stop_id", "lon", "lat"};

/* The file while it is read. */
struct table {
    om_context *ctx;
    data_csv *csv;
    size_t field_of[COLUMNS];       /* SIZE_MAX: there is no such column */
    struct data_field row[COLUMNS]; /* of the row at hand, trimmed */
    struct data_point *points;
    size_t n, capacity;
};

static om_status bad(const struct table *table, enum column column, const char *what)
{
    return om_fail(table->ctx, OM_BAD_DATA, om_tr("%s, line %zu, %s \"%.*s\": %s"), data_csv_path(table->csv),
                   data_csv_line(table->csv), column_names[column],
                   (int)(table->row[column].length < 80 ? table->row[column].length : 80),
                   table->row[column].length ? table->row[column].text : "", what);
}

static struct data_field trimmed(struct data_field field)
{
    while (field.length && strchr(" \t", *field.text)) {
        field.text++;
        field.length--;
    }
    while (field.length && strchr(" \t", field.text[field.length - 1]))
        field.length--;
    return field;
}

static om_status read_header(struct table *table, const struct data_field *fields, size_t n)
{
    for (size_t column = 0; column < COLUMNS; column++) {
        table->field_of[column] = SIZE_MAX;
        for (size_t i = 0; i < n; i++) {
            struct data_field name = trimmed(fields[i]);
            if (strlen(column_names[column]) != name.length ||
                strncasecmp(column_names[column], name.text, name.length) != 0)
                continue;
            if (table->field_of[column] != SIZE_MAX)
                return om_fail(table->ctx, OM_BAD_DATA, om_tr("%s: the column %s stands there twice"),
                               data_csv_path(table->csv), column_names[column]);
            table->field_of[column] = i;
        }
    }
    bool has_position = table->field_of[COLUMN_LON] != SIZE_MAX && table->field_of[COLUMN_LAT] != SIZE_MAX;
    if (table->field_of[COLUMN_ID] == SIZE_MAX ||
        (table->field_of[COLUMN_STOP_ID] == SIZE_MAX && !has_position))
        return om_fail(table->ctx, OM_BAD_DATA,
                       om_tr("%s: points need the columns id and either stop_id or lon and lat, separated by "
                             "commas"),
                       data_csv_path(table->csv));
    return OM_OK;
}

static om_status read_coordinate(const struct table *table, enum column column, double most, double *out)
{
    const struct data_field *field = &table->row[column];
    if (!feed_parse_number(field->text, field->length, out))
        return bad(table, column, om_tr("not a number; write degrees with a decimal point"));
    if (*out < -most || *out > most)
        return bad(table, column, om_tr("outside the range of degrees; lon and lat are WGS84"));
    return OM_OK;
}

static om_status read_place(const struct table *table, struct data_point *point)
{
    bool has_stop = table->row[COLUMN_STOP_ID].length > 0;
    bool has_lon = table->row[COLUMN_LON].length > 0, has_lat = table->row[COLUMN_LAT].length > 0;
    point->lon_lat[0] = point->lon_lat[1] = NAN;
    if (has_stop && (has_lon || has_lat))
        return bad(table, COLUMN_STOP_ID, om_tr("give either stop_id or lon and lat, not both"));
    if (has_stop) {
        point->stop_id = om_strndup(table->row[COLUMN_STOP_ID].text, table->row[COLUMN_STOP_ID].length);
        return point->stop_id ? OM_OK : om_no_memory(table->ctx);
    }
    if (!has_lon && !has_lat)
        return bad(table, COLUMN_ID, om_tr("the point has neither stop_id nor lon and lat"));
    double lon_lat[2] = {0, 0};
    om_status status = read_coordinate(table, COLUMN_LON, 180, &lon_lat[0]);
    if (status == OM_OK)
        status = read_coordinate(table, COLUMN_LAT, 90, &lon_lat[1]);
    if (status == OM_OK)
        memcpy(point->lon_lat, lon_lat, sizeof lon_lat);
    return status;
}

static om_status read_point(struct table *table, const struct data_field *fields, size_t n)
{
    for (size_t column = 0; column < COLUMNS; column++)
        table->row[column] = table->field_of[column] < n ? trimmed(fields[table->field_of[column]])
                                                         : (struct data_field){"", 0};
    const struct data_field *id = &table->row[COLUMN_ID];
    if (id->length == 0)
        return bad(table, COLUMN_ID, om_tr("every point needs an id"));
    if (!data_csv_is_utf8(table->csv))
        return om_fail(table->ctx, OM_BAD_DATA, om_tr("%s, line %zu: the text is not valid UTF-8"),
                       data_csv_path(table->csv), data_csv_line(table->csv));
    struct data_point *points = om_grow(table->points, &table->capacity, table->n + 1, sizeof *points);
    if (!points)
        return om_no_memory(table->ctx);
    table->points = points;
    struct data_point *point = &points[table->n];
    *point = (struct data_point){.id = om_strndup(id->text, id->length)};
    if (!point->id)
        return om_no_memory(table->ctx);
    table->n++;
    return read_place(table, point);
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct data_point *const *)a)->id, (*(const struct data_point *const *)b)->id);
}

static om_status check_ids(const struct table *table)
{
    const struct data_point **sorted = om_alloc(table->n, sizeof *sorted);
    if (!sorted)
        return om_no_memory(table->ctx);
    om_status status = OM_OK;
    for (size_t i = 0; i < table->n; i++)
        sorted[i] = &table->points[i];
    if (table->n > 1)
        qsort(sorted, table->n, sizeof *sorted, by_id);
    for (size_t i = 1; i < table->n && status == OM_OK; i++)
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0)
            status = om_fail(table->ctx, OM_BAD_DATA, om_tr("%s: there are two points with the id \"%s\""),
                             data_csv_path(table->csv), sorted[i]->id);
    om_free(sorted);
    return status;
}

static om_status read_table(struct table *table)
{
    const struct data_field *fields;
    size_t n;
    bool has_header = false;
    om_status status;
    while ((status = data_csv_next(table->ctx, table->csv, &fields, &n)) == OM_OK && n > 0) {
        status = has_header ? read_point(table, fields, n) : read_header(table, fields, n);
        if (status)
            return status;
        has_header = true;
    }
    if (status)
        return status;
    if (table->n == 0)
        return om_fail(table->ctx, OM_BAD_DATA, om_tr("%s: there are no points in it"),
                       data_csv_path(table->csv));
    return check_ids(table);
}

om_status data_points_read(om_context *ctx, const char *path, struct data_point **out, size_t *n)
{
    struct table table = {.ctx = ctx};
    om_status status = data_csv_open(ctx, path, ',', &table.csv);
    if (status == OM_OK)
        status = read_table(&table);
    data_csv_close(table.csv);
    if (status) {
        data_points_free(table.points, table.n);
        return status;
    }
    *out = table.points;
    *n = table.n;
    return OM_OK;
}

void data_points_free(struct data_point *points, size_t n)
{
    for (size_t i = 0; points && i < n; i++) {
        om_free(points[i].id);
        om_free(points[i].stop_id);
    }
    om_free(points);
}

/* ---- from points to stops ---- */

static om_status named_stops(om_context *ctx, const data_feed *feed, const struct data_point *point,
                             struct geo_access **access, size_t *n_access)
{
    char *ids = om_strdup(point->stop_id), *next = NULL;
    struct geo_access *list = om_alloc(strlen(point->stop_id) / 2 + 1, sizeof *list);
    size_t n = 0;
    om_status status = ids && list ? OM_OK : om_no_memory(ctx);
    if (status)
        goto done;
    /* An id may hold blanks itself, so the whole text is tried first. */
    if (data_feed_stop(ctx, feed, point->stop_id, &list[0].stop) == OM_OK) {
        n = 1;
        goto done;
    }
    for (char *id = strtok_r(ids, " ", &next); id; id = strtok_r(NULL, " ", &next)) {
        status = data_feed_stop(ctx, feed, id, &list[n].stop);
        if (status) {
            ctx->status = OM_BAD_DATA;
            status = om_context_add(ctx, om_tr("point \"%s\""), point->id);
            goto done;
        }
        n++;
    }
done:
    om_free(ids);
    if (status) {
        om_free(list);
        return status;
    }
    *access = list;
    *n_access = n;
    return OM_OK;
}

static void note_kind(om_context *ctx, const struct data_point *point, enum geo_access_kind kind)
{
    if (kind == GEO_ACCESS_NEAREST)
        om_find(ctx, "point_uses_nearest_station",
                om_tr("point \"%s\" has no stop within walking distance; the nearest station with service "
                      "is used"),
                point->id);
    if (kind == GEO_ACCESS_NONE)
        om_find(ctx, "point_without_stop", om_tr("point \"%s\" has no stop with service in reach"),
                point->id);
}

static bool is_any_served(const geo_timetable *timetable, const struct geo_access *access, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (geo_timetable_is_served(timetable, access[i].stop))
            return true;
    return false;
}

/* A municipality whose seat nobody has given: no journey from or to it. */
static om_status no_place(om_context *ctx, const struct data_point *point, struct geo_point *out,
                          bool *has_service)
{
    om_find(ctx, "point_without_place", om_tr("point \"%s\" has neither coordinates nor a stop"), point->id);
    *out = (struct geo_point){0};
    *has_service = false;
    return OM_OK;
}

static om_status find_access(om_context *ctx, const data_feed *feed, const geo_timetable *timetable,
                             const struct data_point *point, const struct geo_access_options *options,
                             struct geo_point *out, bool *has_service)
{
    struct geo_access *access = NULL;
    size_t n = 0;
    enum geo_access_kind kind = GEO_ACCESS_NAMED;
    om_status status = OM_OK;
    if (point->stop_id)
        status = named_stops(ctx, feed, point, &access, &n);
    else if (isnan(point->lon_lat[0]) || isnan(point->lon_lat[1]))
        return no_place(ctx, point, out, has_service);
    else
        status = geo_access_find(ctx, timetable, point->lon_lat[0], point->lon_lat[1], options, &access, &n,
                                 &kind);
    if (status)
        return status;
    note_kind(ctx, point, kind);
    *has_service = is_any_served(timetable, access, n);
    if (!*has_service && kind != GEO_ACCESS_NONE)
        om_find(ctx, "point_without_service", om_tr("point \"%s\" has no service on this date"), point->id);
    *out = (struct geo_point){.access = access, .n_access = n};
    return OM_OK;
}

om_status data_points_access(om_context *ctx, const data_feed *feed, const geo_timetable *timetable,
                             const struct data_point *points, size_t n,
                             const struct geo_access_options *options, struct geo_point **out,
                             unsigned char *has_service)
{
    struct geo_point *found = om_alloc(n, sizeof *found);
    if (!found)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        bool is_served = false;
        om_status status = find_access(ctx, feed, timetable, &points[i], options, &found[i], &is_served);
        if (status) {
            data_access_free(found, n);
            return status;
        }
        if (has_service)
            has_service[i] = is_served;
    }
    *out = found;
    return OM_OK;
}

void data_access_free(struct geo_point *points, size_t n)
{
    for (size_t i = 0; points && i < n; i++)
        om_free((void *)points[i].access);
    om_free(points);
}

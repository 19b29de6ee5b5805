#include "import_internal.h"

#include "datasets/hash.h"
#include "file_internal.h"
#include "geo/crs.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct data_importer data_importers[] = {
    {"municipalities", data_import_municipalities,
     OM_NOTE("municipalities: their boundaries (any map file, also zipped), names, seats and figures"),
     "code* name seat seat_stops seat_lon seat_lat population land_area_km2"},
    {"localities", data_import_localities,
     OM_NOTE("localities (tätorter); with cells, also schematic municipality polygons made from them"),
     "code* name municipality* lon* lat* population"},
    {"regions", data_import_regions,
     OM_NOTE("regions of one kind, such as FA-regions: which municipality belongs to which"),
     "municipality* region* region_name"},
    {"job-seekers", data_import_job_seekers,
     OM_NOTE("registered job seekers per municipality, and expected participants where known"),
     "municipality* job_seekers* participants"},
    {"suppliers", data_import_suppliers, OM_NOTE("suppliers and their offices, in one file or two"),
     "supplier* supplier_name municipality address opening_hours lon lat from to"},
    {"contracts", data_import_contracts,
     OM_NOTE("contracts of suppliers, for areas of a plan or for single municipalities"),
     "supplier* area municipality plan service from to status"},
    {"links", data_import_links,
     OM_NOTE("links between municipalities without a common land border: bridges and ferries"),
     "from* to* note"},
    {"plan", data_import_plan, OM_NOTE("a plan: the delivery area of every municipality"),
     "municipality* area* discontiguous"},
    {"travel-times", data_import_travel_times,
     OM_NOTE("travel times between seats, as the command times writes them"),
     "from* to* journeys fastest_s fastest_departure fastest_arrival fastest_transfers median_journey_s "
     "earliest_arrival latest_departure door_p25_s door_p50_s door_p75_s minutes_without_arrival "
     "booked_share"},
};
const size_t data_n_importers = sizeof data_importers / sizeof *data_importers;

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(const char *text)
{
    int year = 0, month = 1, day = 1, used[3] = {0};
    int n = sscanf(text, "%4d%n-%2d%n-%2d%n", &year, &used[0], &month, &used[1], &day, &used[2]);
    return n >= 1 && (size_t)used[n - 1] == strlen(text) && used[n - 1] == 1 + 3 * n && year > 0 &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

om_status import_source(om_context *ctx, const char *kind, const char *path,
                        const struct data_import_options *options, struct import_source *out)
{
    bool is_bundled = strncmp(path, "/vsimem/", 8) == 0;
    if (options && options->date && !is_date(options->date))
        return om_fail(
            ctx, OM_BAD_DATA,
            om_tr("%s: the date of the data is given as \"%s\"; needs YYYY, YYYY-MM or YYYY-MM-DD"), path,
            options->date);
    out->source = (struct data_source){
        .kind = kind,
        .name = file_name(path),
        .path = is_bundled ? NULL : path,
        .licence = options ? options->licence : NULL,
        .date = options ? options->date : NULL,
        .is_synthetic = options && options->is_synthetic,
        .is_schematic = options && options->is_schematic,
    };
    om_status status = data_hash_path(ctx, path, out->sha256);
    out->source.sha256 = out->sha256;
    return status;
}

char *import_name(const char *path, const struct data_import_options *options)
{
    if (options && options->name && *options->name)
        return om_strdup(options->name);
    const char *name = file_name(path), *dot = strrchr(name, '.');
    return dot && dot > name ? om_strndup(name, (size_t)(dot - name)) : om_strdup(name);
}

om_status import_open(om_context *ctx, data_project *project, const char *path, const char *kind,
                      const struct data_import_options *options, const struct table_field *fields, size_t n,
                      struct import *out)
{
    struct import import = {.ctx = ctx, .project = project, .options = options};
    om_status status = table_read(ctx, path, options, fields, n, &import.table);
    if (status != OM_OK)
        return status;
    status = codes_load(ctx, project, &import.book);
    if (status == OM_OK)
        status = import_source(ctx, kind, path, options, &import.source);
    if (status != OM_OK) {
        import_done(&import);
        return status;
    }
    *out = import;
    out->source.source.sha256 = out->source.sha256;
    return OM_OK;
}

void import_done(struct import *import)
{
    table_done(&import->table);
    codes_done(&import->book);
    geo_transform_free(import->to_lon_lat);
    geo_transform_free(import->from_project);
}

struct keyed {
    const char *key;
    size_t row;
};

static int by_key(const void *left, const void *right)
{
    const struct keyed *x = left, *y = right;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

om_status import_unique(om_context *ctx, const struct table *table, size_t field, const char *const *keys,
                        const size_t *rows, size_t n)
{
    struct keyed *sorted = om_alloc(n, sizeof *sorted);
    if (!sorted)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct keyed){keys[i], rows[i]};
    qsort(sorted, n, sizeof *sorted, by_key);
    om_status status = OM_OK;
    for (size_t i = 1; i < n && status == OM_OK; i++) {
        if (strcmp(sorted[i - 1].key, sorted[i].key) != 0)
            continue;
        char *needed = om_format(om_tr("each only once; %s stands in %s %zu too"), sorted[i].key,
                                 table->sheet.unit, table_place(table, sorted[i - 1].row));
        status = needed ? table_fail(ctx, table, sorted[i].row, field, needed) : om_no_memory(ctx);
        om_free(needed);
    }
    om_free(sorted);
    return status;
}

om_status import_check(const struct import *import, size_t field, const char *const *keys, const size_t *rows,
                       size_t n)
{
    om_status status = codes_check(import->ctx, &import->book, &import->table);
    return status == OM_OK ? import_unique(import->ctx, &import->table, field, keys, rows, n) : status;
}

void import_note_missing(struct import *import, const char *finding, const char *const *codes, size_t n)
{
    for (size_t i = 0; i < import->book.known.n; i++) {
        const struct data_municipality_row *row = &import->book.known.rows[i];
        size_t k = 0;
        while (k < n && strcmp(codes[k], row->code) != 0)
            k++;
        if (k == n)
            om_find(import->ctx, finding, om_tr("%s: nothing about municipality %s %s"),
                    import->table.sheet.path, row->code, row->name);
    }
}

om_status import_period(struct import *import, size_t row, size_t from_field, char dates[2][11],
                        const char **from, const char **to)
{
    const char **ends[] = {from, to};
    for (size_t i = 0; i < 2; i++) {
        bool given = false;
        om_status status = OM_OK;
        if (table_has(&import->table, from_field + i))
            status = table_read_date(import->ctx, &import->table, row, from_field + i, dates[i], &given);
        if (status != OM_OK)
            return status;
        *ends[i] = given ? dates[i] : NULL;
    }
    if (*from && *to && strcmp(*from, *to) > 0)
        return table_fail(import->ctx, &import->table, row, from_field + 1,
                          om_tr("a last day that is not before the first"));
    return OM_OK;
}

/* Columns of names hold anything, so it takes a mark of a note to tell one from a name. */
static bool reads_as_note(const char *text)
{
    return *text == '\0' || *text == '*' || strchr(text, ':') || codes_is_total(text);
}

bool import_reads_as_note(const struct table *table, size_t row, const char **note)
{
    size_t only = 0;
    while (only + 1 < table->n_fields && !(table_has(table, only) && *table_text(table, row, only)))
        only++;
    const char *text = table_has(table, only) ? table_text(table, row, only) : "";
    if (note)
        *note = text;
    return table_is_alone(table, row, only) && reads_as_note(text);
}

static void place_of(const struct import *import, size_t row, char place[512])
{
    snprintf(place, 512, "%s, %s %zu", import->table.sheet.path, import->table.sheet.unit,
             table_place(&import->table, row));
}

bool import_is_note(struct import *import, size_t row)
{
    const char *text;
    char place[512];
    if (!import_reads_as_note(&import->table, row, &text))
        return false;
    place_of(import, row, place);
    om_find(import->ctx, "note_row_skipped", om_tr("%s: \"%s\" is a note below the table"), place, text);
    return true;
}

static om_status point_of_shape(struct import *import, size_t row, double lon_lat[2])
{
    const struct geo_wkb *shape = table_shape(&import->table, row);
    OGRGeometryH point = NULL;
    if (!shape->size)
        return OM_OK;
    if (OGR_G_CreateFromWkb(shape->bytes, NULL, &point, (int)shape->size) != OGRERR_NONE ||
        wkbFlatten(OGR_G_GetGeometryType(point)) != wkbPoint) {
        OGR_G_DestroyGeometry(point);
        return OM_OK;
    }
    double x_y[2] = {OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)};
    OGR_G_DestroyGeometry(point);
    const char *crs =
        import->options && import->options->crs ? import->options->crs : import->table.sheet.crs;
    om_status status = OM_OK;
    if (!import->to_lon_lat)
        status = geo_transform_new(import->ctx, crs ? crs : "EPSG:4326", "EPSG:4326", &import->to_lon_lat);
    if (status == OM_OK)
        status = geo_transform_points(import->ctx, import->to_lon_lat, x_y, 1);
    if (status == OM_OK)
        memcpy(lon_lat, x_y, sizeof x_y);
    return status;
}

static om_status check_place(struct import *import, size_t row, const double lon_lat[2])
{
    char place[512];
    place_of(import, row, place);
    return project_check_place(import->ctx, import->project, place, lon_lat);
}

static om_status read_lon_lat(struct import *import, size_t row, size_t lon_field, size_t lat_field,
                              double lon_lat[2])
{
    const struct table *table = &import->table;
    lon_lat[0] = lon_lat[1] = NAN;
    if (!table_has(table, lon_field) || !table_has(table, lat_field))
        return point_of_shape(import, row, lon_lat);
    om_status status =
        table_read_number(import->ctx, table, row, lon_field, TABLE_MEASURE, -180, &lon_lat[0]);
    if (status == OM_OK)
        status = table_read_number(import->ctx, table, row, lat_field, TABLE_MEASURE, -90, &lon_lat[1]);
    if (status == OM_OK && lon_lat[0] > 180)
        status = table_fail(import->ctx, table, row, lon_field, om_tr("a longitude in degrees (WGS84)"));
    if (status == OM_OK && lon_lat[1] > 90)
        status = table_fail(import->ctx, table, row, lat_field, om_tr("a latitude in degrees (WGS84)"));
    if (status == OM_OK && isnan(lon_lat[0]) != isnan(lon_lat[1]))
        status = table_fail(import->ctx, table, row, isnan(lon_lat[0]) ? lon_field : lat_field,
                            om_tr("both a longitude and a latitude, or neither"));
    return status;
}

om_status import_lon_lat(struct import *import, size_t row, size_t lon_field, size_t lat_field,
                         double lon_lat[2])
{
    om_status status = read_lon_lat(import, row, lon_field, lat_field, lon_lat);
    return status == OM_OK && !isnan(lon_lat[0]) ? check_place(import, row, lon_lat) : status;
}

/* NAN where a column or its cell is missing. */
static om_status read_optional(struct import *import, size_t row, size_t field, double *out)
{
    *out = NAN;
    if (!table_has(&import->table, field))
        return OM_OK;
    return table_read_number(import->ctx, &import->table, row, field, TABLE_MEASURE, -INFINITY, out);
}

om_status import_easting_northing(struct import *import, size_t row, size_t easting_field,
                                  size_t northing_field, double lon_lat[2])
{
    om_status status = read_optional(import, row, easting_field, &lon_lat[0]);
    if (status == OM_OK)
        status = read_optional(import, row, northing_field, &lon_lat[1]);
    if (status != OM_OK || (isnan(lon_lat[0]) && isnan(lon_lat[1])))
        return status;
    if (isnan(lon_lat[0]) || isnan(lon_lat[1]))
        return table_fail(import->ctx, &import->table, row,
                          isnan(lon_lat[0]) ? easting_field : northing_field,
                          om_tr("both an easting and a northing, or neither"));
    if (!import->from_project)
        status = geo_transform_new(import->ctx, data_project_crs(import->project), "EPSG:4326",
                                   &import->from_project);
    if (status == OM_OK)
        status = geo_transform_points(import->ctx, import->from_project, lon_lat, 1);
    return status == OM_OK ? check_place(import, row, lon_lat) : status;
}

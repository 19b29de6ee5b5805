#include "import_internal.h"

#include "datasets/hash.h"
#include "file_internal.h"
#include "geo/crs.h"
#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
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
     "earliest_arrival door_p25_s door_p50_s door_p75_s minutes_without_arrival"},
};
const size_t data_n_importers = sizeof data_importers / sizeof *data_importers;

om_status import_source(om_context *ctx, const char *kind, const char *path,
                        const struct data_import_options *options, struct import_source *out)
{
    bool is_bundled = strncmp(path, "/vsimem/", 8) == 0;
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

static om_status point_of_shape(struct import *import, size_t row, double lon_lat[2])
{
    const struct geo_wkb *shape = table_shape(&import->table, row);
    OGRGeometryH point = NULL;
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

om_status import_lon_lat(struct import *import, size_t row, size_t lon_field, size_t lat_field,
                         double lon_lat[2])
{
    const struct table *table = &import->table;
    lon_lat[0] = lon_lat[1] = NAN;
    if (!table_has(table, lon_field) || !table_has(table, lat_field))
        return table_shape(table, row)->size ? point_of_shape(import, row, lon_lat) : OM_OK;
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

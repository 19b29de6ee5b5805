#include "import_internal.h"

#include "datasets/outline.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "shapes_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, NAME, MUNICIPALITY, LON, LAT, POPULATION, FIELDS };

/* Widening of the convex hull when no outline is given, so that border towns have land around them. */
static const double hull_margin_m = 15000;

static const struct table_field fields[FIELDS] = {
    [CODE] = {"code", true, "localitycode|tätortskod|tatortskod|ortskod|kod|id"},
    [NAME] = {"name", false, "localityname|tätort|tatort|tätortsnamn|tatortsnamn|ort|namn|beteckning"},
    [MUNICIPALITY] = {"municipality", true, "municipalitycode|kommunkod|kommun|knkod|kommunnamn"},
    [LON] = {"lon", false, "longitude|longitud|lng|long"},
    [LAT] = {"lat", false, "latitude|latitud"},
    [POPULATION] = {"population", false, "folkmängd|befolkning|bef|invånare"},
};

struct localities {
    size_t n;
    struct data_locality_row *rows;
    size_t *places;
    const char **codes;
};

static void localities_done(struct localities *localities)
{
    om_free(localities->rows);
    om_free(localities->places);
    om_free(localities->codes);
}

static om_status read_row(struct import *import, size_t row, struct localities *out)
{
    const struct table *table = &import->table;
    struct data_locality_row read = {
        .code = table_text(table, row, CODE),
        .name = table_text_or_null(table, row, NAME),
        .population = NAN,
    };
    codes_of_row(import->ctx, &import->book, table, row, MUNICIPALITY, &read.municipality_code);
    if (!read.municipality_code)
        return OM_OK;
    if (!*read.code)
        return table_fail(import->ctx, table, row, CODE, om_tr("the locality's code"));
    om_status status = import_lon_lat(import, row, LON, LAT, read.lon_lat);
    if (status == OM_OK && isnan(read.lon_lat[0]))
        status = table_fail(import->ctx, table, row, CODE,
                            om_tr("a place: columns lon and lat in degrees, or a map layer of points"));
    if (status == OM_OK && table_has(table, POPULATION))
        status = table_read_number(import->ctx, table, row, POPULATION, TABLE_COUNT, 0, &read.population);
    out->places[out->n] = row;
    out->codes[out->n] = read.code;
    out->rows[out->n++] = read;
    return status;
}

static om_status read_rows(struct import *import, struct localities *out)
{
    size_t n = import->table.n_rows;
    out->rows = om_alloc(n, sizeof *out->rows);
    out->places = om_alloc(n, sizeof *out->places);
    out->codes = om_alloc(n, sizeof *out->codes);
    om_status status = out->rows && out->places && out->codes ? OM_OK : om_no_memory(import->ctx);
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(import, row, out);
    return status == OM_OK ? import_check(import, CODE, out->codes, out->places, out->n) : status;
}

static int by_municipality(const void *left, const void *right)
{
    const struct data_municipality_row *x = left, *y = right;
    return strcmp(x->code, y->code);
}

/* The points cells are drawn around: every locality, and the seat of a municipality that has none. */
struct points {
    size_t n;
    double *x_y;
    int32_t *group;
};

static void add_point(struct points *points, const double lon_lat[2], int32_t group)
{
    points->x_y[2 * points->n] = lon_lat[0];
    points->x_y[2 * points->n + 1] = lon_lat[1];
    points->group[points->n++] = group;
}

static om_status gather_points(struct import *import, const struct localities *localities, struct points *out)
{
    const struct project_municipalities *known = &import->book.known;
    size_t most = localities->n + known->n;
    bool *has_locality = om_alloc(known->n, sizeof *has_locality);
    out->x_y = om_alloc(2 * most, sizeof *out->x_y);
    out->group = om_alloc(most, sizeof *out->group);
    if (!has_locality || !out->x_y || !out->group) {
        om_free(has_locality);
        return om_no_memory(import->ctx);
    }
    for (size_t i = 0; i < localities->n; i++) {
        struct data_municipality_row wanted = {.code = localities->rows[i].municipality_code};
        const struct data_municipality_row *of =
            bsearch(&wanted, known->rows, known->n, sizeof wanted, by_municipality);
        add_point(out, localities->rows[i].lon_lat, (int32_t)(of - known->rows));
        has_locality[of - known->rows] = true;
    }
    for (size_t m = 0; m < known->n; m++) {
        const struct data_municipality_row *row = &known->rows[m];
        if (has_locality[m] || isnan(row->seat_lon_lat[0]))
            continue;
        om_find(import->ctx, "cell_from_seat",
                om_tr("%s: municipality %s %s has no locality; its seat stands in"), import->table.sheet.path,
                row->code, row->name);
        add_point(out, row->seat_lon_lat, (int32_t)m);
    }
    om_free(has_locality);
    geo_transform *transform = NULL;
    om_status status =
        geo_transform_new(import->ctx, "EPSG:4326", data_project_crs(import->project), &transform);
    if (status == OM_OK)
        status = geo_transform_points(import->ctx, transform, out->x_y, out->n);
    geo_transform_free(transform);
    return status;
}

static om_status store_cells(struct import *import, const struct points *points,
                             const struct geo_wkb *outline)
{
    const struct project_municipalities *known = &import->book.known;
    struct geo_wkb *polygons = om_alloc(known->n, sizeof *polygons);
    const char **codes = om_alloc(known->n, sizeof *codes);
    om_status status = polygons && codes ? OM_OK : om_no_memory(import->ctx);
    if (status == OM_OK)
        status = geo_cells(import->ctx, points->x_y, points->group, points->n, known->n, outline, polygons);
    for (size_t m = 0; m < known->n && status == OM_OK; m++) {
        codes[m] = known->rows[m].code;
        if (!polygons[m].size)
            om_find(import->ctx, "polygon_missing", om_tr("%s: no cell for municipality %s %s"),
                    import->table.sheet.path, codes[m], known->rows[m].name);
    }
    struct data_source source = import->source.source;
    source.is_schematic = true;
    if (status == OM_OK)
        status = data_store_polygons(import->ctx, import->project, codes, polygons, known->n, &source);
    om_free(codes);
    geo_wkb_array_free(polygons, polygons ? known->n : 0);
    return status;
}

static om_status make_cells(struct import *import, const struct localities *localities)
{
    struct points points = {0};
    struct geo_wkb outline = {0};
    om_status status = gather_points(import, localities, &points);
    if (status == OM_OK && import->options->outline)
        status = data_outline_read(import->ctx, import->options->outline, data_project_crs(import->project),
                                   &outline);
    else if (status == OM_OK)
        status = shapes_hull(import->ctx, points.x_y, points.n, hull_margin_m, &outline);
    if (status == OM_OK)
        status = store_cells(import, &points, &outline);
    geo_wkb_done(&outline);
    om_free(points.x_y);
    om_free(points.group);
    return status;
}

/* Without municipalities in the project, each is made from its localities: named after the largest, which is
 * its seat. */
static om_status make_municipalities(om_context *ctx, data_project *project, const char *path,
                                     const struct data_import_options *options)
{
    struct table table;
    om_status status = table_read(ctx, path, options, fields, FIELDS, &table);
    if (status != OM_OK)
        return status;
    struct data_municipality_row *rows = om_alloc(table.n_rows, sizeof *rows);
    struct import import = {.ctx = ctx, .project = project, .options = options, .table = table};
    struct import_source source;
    size_t n = 0;
    if (!rows)
        status = om_no_memory(ctx);
    double *largest = om_alloc(table.n_rows, sizeof *largest);
    if (!largest)
        status = om_no_memory(ctx);
    for (size_t row = 0; row < table.n_rows && status == OM_OK; row++) {
        const char *code = table_text(&table, row, MUNICIPALITY);
        double lon_lat[2], people = 0;
        size_t i = 0;
        while (i < n && strcmp(rows[i].code, code) != 0)
            i++;
        if (!*code)
            status = table_fail(ctx, &table, row, MUNICIPALITY, om_tr("the municipality's code"));
        if (status == OM_OK)
            status = import_lon_lat(&import, row, LON, LAT, lon_lat);
        if (status == OM_OK && table_has(&table, POPULATION))
            status = table_read_number(ctx, &table, row, POPULATION, TABLE_COUNT, 0, &people);
        if (status != OM_OK || (i < n && !(people > largest[i])))
            continue;
        const char *name = table_text_or_null(&table, row, NAME);
        rows[i] = (struct data_municipality_row){.code = code,
                                                 .name = name ? name : code,
                                                 .seat_name = name,
                                                 .seat_lon_lat = {lon_lat[0], lon_lat[1]},
                                                 .population = NAN,
                                                 .land_area_km2 = NAN};
        largest[i] = people;
        n += i == n;
    }
    if (status == OM_OK)
        status = import_source(ctx, "municipalities", path, options, &source);
    if (status == OM_OK) {
        source.source.is_schematic = true;
        om_find(ctx, "municipality_from_localities",
                om_tr("%s: %zu municipalities made from their localities and named after the largest"), path,
                n);
        status = data_store_municipalities(ctx, project, rows, n, &source.source);
    }
    om_free(largest);
    om_free(rows);
    import_done(&import);
    return status;
}

static om_status import_all(om_context *ctx, data_project *project, const char *path,
                            const struct data_import_options *options)
{
    size_t n_known = 0;
    om_status status = data_project_count(ctx, project, "municipality", &n_known);
    if (status == OM_OK && n_known == 0)
        status = make_municipalities(ctx, project, path, options);
    struct import import;
    if (status == OM_OK)
        status = import_open(ctx, project, path, "localities", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    struct localities localities = {0};
    status = read_rows(&import, &localities);
    if (status == OM_OK)
        status = data_store_localities(ctx, project, localities.rows, localities.n, &import.source.source);
    if (status == OM_OK && options && options->cells)
        status = make_cells(&import, &localities);
    localities_done(&localities);
    import_done(&import);
    return status;
}

om_status data_import_localities(om_context *ctx, data_project *project, const char *path,
                                 const struct data_import_options *options)
{
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = import_all(ctx, project, path, options);
    return project_leave(ctx, project, mine, status);
}

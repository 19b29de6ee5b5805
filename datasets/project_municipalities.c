/*
 * Municipalities, their seats and polygons: three imports that complete one another, so each rewrites the
 * table with what the others stored.
 */
#include "project_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "shapes_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Borders shorter than this are corner touches of generalised polygons; gaps up to the tolerance are
 * digitising slivers. */
static const double border_tolerance_m = 10, border_minimum_m = 100;

struct polygon_of {
    const char *code;
    const struct geo_wkb *wkb;
};

static int by_row_code(const void *left, const void *right)
{
    const struct data_municipality_row *x = left, *y = right;
    return strcmp(x->code, y->code);
}

static int by_polygon_code(const void *left, const void *right)
{
    const struct polygon_of *x = left, *y = right;
    return strcmp(x->code, y->code);
}

static const struct polygon_of *polygon_find(const struct polygon_of *polygons, size_t n, const char *code)
{
    struct polygon_of wanted = {.code = code};
    return n ? bsearch(&wanted, polygons, n, sizeof *polygons, by_polygon_code) : NULL;
}

void project_municipalities_done(struct project_municipalities *municipalities)
{
    for (size_t i = 0; municipalities->rows && i < municipalities->n; i++) {
        struct data_municipality_row *row = &municipalities->rows[i];
        om_free((char *)row->code);
        om_free((char *)row->name);
        om_free((char *)row->seat_name);
        om_free((char *)row->seat_stops);
    }
    om_free(municipalities->rows);
    *municipalities = (struct project_municipalities){0};
}

static om_status read_row(om_context *ctx, const struct project_query *query,
                          struct data_municipality_row *row)
{
    const char *code = project_text(query, 0), *name = project_text(query, 1), *seat = project_text(query, 4),
               *stops = project_text(query, 5);
    *row = (struct data_municipality_row){
        .code = om_strdup(code ? code : ""),
        .name = om_strdup(name ? name : ""),
        .seat_name = seat ? om_strdup(seat) : NULL,
        .seat_stops = stops ? om_strdup(stops) : NULL,
        .population = project_number(query, 2),
        .land_area_km2 = project_number(query, 3),
    };
    if (!row->code || !row->name || (seat && !row->seat_name) || (stops && !row->seat_stops))
        return om_no_memory(ctx);
    return project_lon_lat(ctx, query, row->seat_lon_lat);
}

om_status project_municipalities_load(om_context *ctx, data_project *project,
                                      struct project_municipalities *out)
{
    struct project_municipalities loaded = {0};
    size_t capacity = 0;
    struct project_query query;
    om_status status = project_select(ctx, project, &query,
                                      "SELECT m.code, m.name, m.population, m.land_area_km2, s.name AS "
                                      "seat_name, s.stops, s.geom FROM municipality m "
                                      "LEFT JOIN seat s ON s.municipality_code = m.code ORDER BY m.code");
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(loaded.rows, &capacity, loaded.n + 1, sizeof *loaded.rows);
        if (!grown) {
            status = om_no_memory(ctx);
            break;
        }
        loaded.rows = grown;
        status = read_row(ctx, &query, &loaded.rows[loaded.n++]);
    }
    project_query_done(&query);
    if (status == OM_OK)
        *out = loaded;
    else
        project_municipalities_done(&loaded);
    return status;
}

static om_status read_polygon(om_context *ctx, const struct project_query *query, struct geo_wkb *out)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(query->row);
    if (!geometry || OGR_G_IsEmpty(geometry))
        return OM_OK;
    om_status status = shapes_wkb(ctx, geometry, out);
    return status == OM_OK ? OM_OK : om_context_add(ctx, "municipality %s", project_text(query, 0));
}

/* The stored polygons in the order of the codes; codes must be sorted. */
static om_status load_polygons(om_context *ctx, data_project *project, size_t n, struct geo_wkb *out,
                               const char *(*code_at)(const void *, size_t), const void *codes)
{
    struct project_query query;
    om_status status =
        project_select(ctx, project, &query, "SELECT code, geom FROM municipality ORDER BY code");
    size_t i = 0;
    while (status == OM_OK && project_next(&query)) {
        const char *code = project_text(&query, 0);
        while (i < n && strcmp(code_at(codes, i), code) < 0)
            i++;
        if (i < n && strcmp(code_at(codes, i), code) == 0)
            status = read_polygon(ctx, &query, &out[i]);
    }
    project_query_done(&query);
    return status;
}

static const char *territory_code(const void *territory, size_t i)
{
    return ((const struct plan_territory *)territory)->municipalities[i].code;
}

static const char *row_code(const void *rows, size_t i)
{
    return ((const struct data_municipality_row *)rows)[i].code;
}

om_status data_load_polygons(om_context *ctx, data_project *project, const struct plan_territory *territory,
                             struct geo_wkb **out)
{
    struct geo_wkb *polygons = om_alloc(territory->n, sizeof *polygons);
    if (!polygons)
        return om_no_memory(ctx);
    om_status status = load_polygons(ctx, project, territory->n, polygons, territory_code, territory);
    if (status == OM_OK)
        *out = polygons;
    else
        geo_wkb_array_free(polygons, territory->n);
    return status;
}

static om_status write_municipality(om_context *ctx, data_project *project,
                                    const struct data_municipality_row *row, const struct geo_wkb *polygon)
{
    struct project_value values[] = {{.text = row->code},
                                     {.text = row->name},
                                     {.number = row->population},
                                     {.number = row->land_area_km2}};
    om_status status = project_insert(ctx, project, "municipality", values, polygon);
    if (status != OM_OK)
        return status;
    struct project_value seat[] = {{.text = row->code}, {.text = row->seat_name}, {.text = row->seat_stops}};
    return project_insert_point(ctx, project, "seat", seat, row->seat_lon_lat);
}

/* Rows sorted by code, with a polygon each. */
static om_status write_all(om_context *ctx, data_project *project, const struct data_municipality_row *rows,
                           const struct geo_wkb *const *polygons, size_t n)
{
    om_status status = project_execute(ctx, project, "DELETE FROM municipality");
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM seat");
    for (size_t i = 0; i < n && status == OM_OK; i++)
        status = write_municipality(ctx, project, &rows[i], polygons[i]);
    return status;
}

static om_status check_rows(om_context *ctx, const struct data_municipality_row *sorted, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!sorted[i].code || !*sorted[i].code || !sorted[i].name || !*sorted[i].name)
            return om_fail(ctx, OM_BAD_DATA, om_tr("a municipality needs a code and a name (code \"%s\")"),
                           sorted[i].code ? sorted[i].code : "");
        if (i && strcmp(sorted[i - 1].code, sorted[i].code) == 0)
            return om_fail(ctx, OM_BAD_DATA, om_tr("municipality %s is given twice (%s, %s)"), sorted[i].code,
                           sorted[i - 1].name, sorted[i].name);
    }
    return OM_OK;
}

static om_status store_sorted(om_context *ctx, data_project *project,
                              const struct data_municipality_row *sorted, size_t n)
{
    struct geo_wkb *kept = om_alloc(n, sizeof *kept);
    const struct geo_wkb **polygons = om_alloc(n, sizeof *polygons);
    om_status status = kept && polygons ? OM_OK : om_no_memory(ctx);
    if (status == OM_OK)
        status = load_polygons(ctx, project, n, kept, row_code, sorted);
    for (size_t i = 0; i < n && status == OM_OK; i++)
        polygons[i] = &kept[i];
    if (status == OM_OK)
        status = write_all(ctx, project, sorted, polygons, n);
    om_free(polygons);
    geo_wkb_array_free(kept, n);
    return status;
}

om_status data_store_municipalities(om_context *ctx, data_project *project,
                                    const struct data_municipality_row *rows, size_t n,
                                    const struct data_source *source)
{
    struct data_municipality_row *sorted = om_alloc(n, sizeof *sorted);
    if (!sorted)
        return om_no_memory(ctx);
    memcpy(sorted, rows, n * sizeof *rows);
    qsort(sorted, n, sizeof *sorted, by_row_code);
    bool mine = false;
    om_status status = check_rows(ctx, sorted, n);
    if (status == OM_OK)
        status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = store_sorted(ctx, project, sorted, n);
    if (status == OM_OK)
        status = project_store_source(ctx, project, "municipalities", source);
    om_free(sorted);
    return project_leave(ctx, project, mine, status);
}

static om_status write_neighbours(om_context *ctx, data_project *project, const struct polygon_of *sorted,
                                  size_t n)
{
    struct geo_wkb *polygons = om_alloc(n, sizeof *polygons);
    if (!polygons)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        polygons[i] = *sorted[i].wkb;
    struct geo_border *borders = NULL;
    size_t n_borders = 0;
    om_status status =
        geo_borders_find(ctx, polygons, n, border_tolerance_m, border_minimum_m, &borders, &n_borders);
    om_free(polygons);
    if (status == OM_OK)
        status = project_execute(ctx, project, "DELETE FROM neighbour");
    for (size_t i = 0; i < n_borders && status == OM_OK; i++) {
        struct project_value values[] = {{.text = sorted[borders[i].first].code},
                                         {.text = sorted[borders[i].second].code},
                                         {.number = round(borders[i].length_m)}};
        status = project_insert(ctx, project, "neighbour", values, NULL);
    }
    om_free(borders);
    return status;
}

static om_status check_polygons(om_context *ctx, const struct polygon_of *sorted, size_t n,
                                const struct project_municipalities *stored)
{
    for (size_t i = 0; i < n; i++) {
        struct data_municipality_row wanted = {.code = sorted[i].code};
        if (i && strcmp(sorted[i - 1].code, sorted[i].code) == 0)
            return om_fail(ctx, OM_BAD_DATA, om_tr("municipality %s has two polygons"), sorted[i].code);
        if (!stored->n || !bsearch(&wanted, stored->rows, stored->n, sizeof *stored->rows, by_row_code))
            return om_fail(ctx, OM_BAD_DATA, om_tr("polygon of an unknown municipality: %s"), sorted[i].code);
    }
    return OM_OK;
}

static om_status store_polygons(om_context *ctx, data_project *project, const struct polygon_of *sorted,
                                size_t n)
{
    struct project_municipalities stored = {0};
    om_status status = project_municipalities_load(ctx, project, &stored);
    if (status != OM_OK)
        return status;
    status = check_polygons(ctx, sorted, n, &stored);
    const struct geo_wkb **polygons = om_alloc(stored.n, sizeof *polygons);
    if (status == OM_OK && !polygons)
        status = om_no_memory(ctx);
    for (size_t i = 0; status == OM_OK && i < stored.n; i++) {
        const struct polygon_of *own = polygon_find(sorted, n, stored.rows[i].code);
        polygons[i] = own ? own->wkb : NULL;
    }
    if (status == OM_OK)
        status = write_all(ctx, project, stored.rows, polygons, stored.n);
    if (status == OM_OK)
        status = write_neighbours(ctx, project, sorted, n);
    om_free(polygons);
    project_municipalities_done(&stored);
    return status;
}

om_status data_store_polygons(om_context *ctx, data_project *project, const char *const *codes,
                              const struct geo_wkb *polygons, size_t n, const struct data_source *source)
{
    struct polygon_of *sorted = om_alloc(n, sizeof *sorted);
    if (!sorted)
        return om_no_memory(ctx);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (polygons[i].size)
            sorted[kept++] = (struct polygon_of){codes[i], &polygons[i]};
    qsort(sorted, kept, sizeof *sorted, by_polygon_code);
    struct data_source boundaries = *source;
    boundaries.kind = "boundaries"; /* of their own: better ones may replace them and leave the rest */
    bool mine = false;
    om_status status = project_enter(ctx, project, &mine);
    if (status == OM_OK)
        status = store_polygons(ctx, project, sorted, kept);
    if (status == OM_OK)
        status = project_store_source(ctx, project, "boundaries", &boundaries);
    om_free(sorted);
    return project_leave(ctx, project, mine, status);
}

/*
 * Municipalities from a table, a map layer, or both in one file. The first import into a project makes the
 * municipalities; later ones complete them, and a code the project does not have is an error.
 */
#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "shapes_internal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, NAME, SEAT, SEAT_STOPS, SEAT_LON, SEAT_LAT, POPULATION, LAND_AREA, FIELDS };

static const struct table_field fields[FIELDS] = {
    [CODE] = {"code", true, MUNICIPALITY_HEADINGS},
    [NAME] = {"name", false, "knnamn|kommunnamn|municipalityname|namn|kommun|municipality"},
    [SEAT] = {"seat", false, "seatname|centralort|residensort|tätort|maintown"},
    [SEAT_STOPS] = {"seat_stops", false, "stops|stopid|stationid|hållplatser|hållplats|hållplatsid|station"},
    [SEAT_LON] = {"seat_lon", false, "lon|longitude|longitud|lng|long"},
    [SEAT_LAT] = {"seat_lat", false, "lat|latitude|latitud"},
    [POPULATION] = {"population", false, "folkmängd|befolkning|invånare|antalinvånare|inhabitants"},
    [LAND_AREA] = {"land_area_km2", false,
                   "landarea|landareal|landarealkm|landarealikvadratkilometer|landarealkvkm|landareakm"},
};

/* What is read: one entry per row of the table that is a municipality. */
struct reading {
    struct import import;
    bool is_first; /* the project had no municipalities */
    size_t n;
    const char **codes;
    size_t *rows;
    struct data_municipality_row *municipalities; /* the project's, completed; sorted by code */
    size_t n_municipalities;
    char **owned; /* codes that were cut or padded */
};

static void reading_done(struct reading *reading)
{
    for (size_t i = 0; reading->owned && i < reading->n; i++)
        om_free(reading->owned[i]);
    om_free(reading->owned);
    om_free(reading->codes);
    om_free(reading->rows);
    om_free(reading->municipalities);
    import_done(&reading->import);
}

static bool is_digits(const char *text, size_t length)
{
    return length > 0 && strspn(text, "0123456789") >= length;
}

/* In a table of its own, a code of digits is as long as the longest of them, or lost a zero. */
static size_t longest_code(const struct table *table)
{
    size_t longest = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *name;
        size_t length = codes_split(table_text(table, row, CODE), &name);
        if (is_digits(table_text(table, row, CODE), length) && length > longest)
            longest = length;
    }
    return longest;
}

/* County and national sums ("01", "00") are two digits shorter than the codes. */
static om_status take_new_code(om_context *ctx, struct reading *reading, size_t row, size_t longest)
{
    const struct table *table = &reading->import.table;
    const char *name, *text = table_text(table, row, CODE);
    size_t length = codes_split(text, &name);
    if (is_digits(text, length) && length + 2 <= longest) {
        om_find(ctx, "total_row_skipped", om_tr("%s, %s %zu: \"%s\" is a sum, not a municipality"),
                table->sheet.path, table->sheet.unit, table_place(table, row), text);
        return OM_OK;
    }
    bool is_short = is_digits(text, length) && length + 1 == longest;
    char *code = om_format("%s%.*s", is_short ? "0" : "", (int)length, text);
    if (!code)
        return om_no_memory(ctx);
    if (is_short)
        om_find(ctx, "code_zero_padded", om_tr("%s, %s %zu: %s read as %s"), table->sheet.path,
                table->sheet.unit, table_place(table, row), text, code);
    reading->owned[reading->n] = code;
    reading->codes[reading->n] = code;
    reading->rows[reading->n++] = row;
    return OM_OK;
}

static om_status take_codes(om_context *ctx, struct reading *reading)
{
    const struct table *table = &reading->import.table;
    reading->codes = om_alloc(table->n_rows, sizeof *reading->codes);
    reading->rows = om_alloc(table->n_rows, sizeof *reading->rows);
    reading->owned = om_alloc(table->n_rows, sizeof *reading->owned);
    if (!reading->codes || !reading->rows || !reading->owned)
        return om_no_memory(ctx);
    size_t longest = longest_code(table);
    om_status status = OM_OK;
    for (size_t row = 0; row < table->n_rows && status == OM_OK; row++) {
        const char *code = NULL;
        if (reading->is_first && !*table_text(table, row, CODE))
            status = table_fail(ctx, table, row, CODE, om_tr("the municipality's code"));
        else if (reading->is_first)
            status = take_new_code(ctx, reading, row, longest);
        else
            codes_of_row(ctx, &reading->import.book, table, row, CODE, &code);
        if (code) {
            reading->codes[reading->n] = code;
            reading->rows[reading->n++] = row;
        }
    }
    if (status == OM_OK)
        status = codes_check(ctx, &reading->import.book, table);
    if (status == OM_OK && reading->n == 0)
        status = om_fail(ctx, OM_BAD_DATA, om_tr("%s: has no municipality"), table->sheet.path);
    return status;
}

static int by_code(const void *left, const void *right)
{
    const struct data_municipality_row *x = left, *y = right;
    return strcmp(x->code, y->code);
}

static struct data_municipality_row *find_municipality(struct reading *reading, const char *code)
{
    struct data_municipality_row wanted = {.code = code};
    return bsearch(&wanted, reading->municipalities, reading->n_municipalities, sizeof wanted, by_code);
}

/* The project's municipalities, or one per code of the file. */
static om_status start_municipalities(om_context *ctx, struct reading *reading)
{
    const struct project_municipalities *known = &reading->import.book.known;
    size_t n = reading->is_first ? reading->n : known->n;
    reading->municipalities = om_alloc(n, sizeof *reading->municipalities);
    if (!reading->municipalities)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        if (!reading->is_first)
            reading->municipalities[i] = known->rows[i];
        else
            reading->municipalities[i] = (struct data_municipality_row){.code = reading->codes[i],
                                                                        .seat_lon_lat = {NAN, NAN},
                                                                        .population = NAN,
                                                                        .land_area_km2 = NAN};
    }
    qsort(reading->municipalities, n, sizeof *reading->municipalities, by_code);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(reading->municipalities[kept - 1].code, reading->municipalities[i].code) != 0)
            reading->municipalities[kept++] = reading->municipalities[i];
    reading->n_municipalities = kept;
    return OM_OK;
}

static om_status complete_numbers(struct import *import, size_t row, struct data_municipality_row *out)
{
    static const struct {
        size_t field;
        enum table_number kind;
    } numbers[] = {{POPULATION, TABLE_COUNT}, {LAND_AREA, TABLE_MEASURE}};
    double *targets[] = {&out->population, &out->land_area_km2};
    for (size_t i = 0; i < 2; i++) {
        double value = NAN;
        if (!table_has(&import->table, numbers[i].field))
            continue;
        om_status status =
            table_read_number(import->ctx, &import->table, row, numbers[i].field, numbers[i].kind, 0, &value);
        if (status != OM_OK)
            return status;
        if (!isnan(value))
            *targets[i] = value;
    }
    return OM_OK;
}

static om_status complete_row(om_context *ctx, struct reading *reading, size_t i)
{
    struct import *import = &reading->import;
    const struct table *table = &import->table;
    size_t row = reading->rows[i];
    struct data_municipality_row *out = find_municipality(reading, reading->codes[i]);
    const char *name = table_text(table, row, NAME), *rest;
    const char *seat = table_text_or_null(table, row, SEAT),
               *stops = table_text_or_null(table, row, SEAT_STOPS);
    codes_split(table_text(table, row, CODE), &rest);
    if (*name || *rest)
        out->name = *name && !isdigit((unsigned char)*name) ? name : *rest ? rest : name;
    if (!out->name) {
        out->name = out->code;
        om_find(ctx, "name_missing", om_tr("%s, %s %zu: municipality %s has no name"), table->sheet.path,
                table->sheet.unit, table_place(table, row), out->code);
    }
    if (seat)
        out->seat_name = seat;
    if (stops)
        out->seat_stops = stops;
    om_status status = complete_numbers(import, row, out);
    if (status == OM_OK) {
        double lon_lat[2];
        status = import_lon_lat(import, row, SEAT_LON, SEAT_LAT, lon_lat);
        if (status == OM_OK && !isnan(lon_lat[0]))
            memcpy(out->seat_lon_lat, lon_lat, sizeof lon_lat);
    }
    return status;
}

static om_status complete_municipalities(om_context *ctx, struct reading *reading)
{
    om_status status = start_municipalities(ctx, reading);
    for (size_t i = 0; i < reading->n && status == OM_OK; i++)
        status = complete_row(ctx, reading, i);
    return status;
}

/* The polygons of each municipality; several features of one are joined. */
static om_status join_polygons(om_context *ctx, struct reading *reading, const struct geo_wkb *parts,
                               struct geo_wkb *polygons)
{
    int32_t *group = om_alloc(reading->n, sizeof *group);
    if (!group)
        return om_no_memory(ctx);
    for (size_t i = 0; i < reading->n; i++) {
        struct data_municipality_row *of = find_municipality(reading, reading->codes[i]);
        group[i] = parts[i].size ? (int32_t)(of - reading->municipalities) : -1;
    }
    om_status status = geo_dissolve(ctx, parts, group, reading->n, reading->n_municipalities, 0, polygons);
    om_free(group);
    return status;
}

static om_status check_place(om_context *ctx, data_project *project, const char *what,
                             const struct geo_wkb *polygon)
{
    double middle[2];
    if (!polygon->size)
        return OM_OK;
    om_status status = shapes_middle(ctx, project, polygon, middle);
    return status == OM_OK ? project_check_place(ctx, project, what, middle) : status;
}

static om_status read_parts(om_context *ctx, struct reading *reading, struct geo_wkb *parts)
{
    struct import *import = &reading->import;
    const char *crs = import->options ? import->options->crs : NULL;
    shapes_transform transform = NULL;
    om_status status = shapes_transform_new(ctx, import->project, &import->table.sheet, crs, &transform);
    for (size_t i = 0; i < reading->n && status == OM_OK; i++) {
        char what[512];
        snprintf(what, sizeof what, om_tr("%s, %s %zu, municipality %s"), import->table.sheet.path,
                 import->table.sheet.unit, table_place(&import->table, reading->rows[i]), reading->codes[i]);
        status =
            shapes_polygon(ctx, transform, table_shape(&import->table, reading->rows[i]), what, &parts[i]);
        if (status == OM_OK)
            status = check_place(ctx, import->project, what, &parts[i]);
        if (status == OM_OK)
            status = om_progress(ctx, om_tr("reading boundaries"), i + 1, reading->n);
    }
    shapes_transform_free(transform);
    return status;
}

static om_status store_polygons(om_context *ctx, struct reading *reading, const struct data_source *source)
{
    size_t n = reading->n_municipalities;
    struct geo_wkb *parts = om_alloc(reading->n, sizeof *parts), *polygons = om_alloc(n, sizeof *polygons);
    const char **codes = om_alloc(n, sizeof *codes);
    om_status status = parts && polygons && codes ? read_parts(ctx, reading, parts) : om_no_memory(ctx);
    bool is_one_each = reading->n == n;
    if (status == OM_OK)
        status = join_polygons(ctx, reading, parts, polygons);
    if (status == OM_OK && !is_one_each && reading->n > n)
        om_find(ctx, "polygon_parts_joined", om_tr("%s: %zu features joined to %zu municipalities"),
                reading->import.table.sheet.path, reading->n, n);
    for (size_t i = 0; i < n && status == OM_OK; i++) {
        codes[i] = reading->municipalities[i].code;
        if (!polygons[i].size)
            om_find(ctx, "polygon_missing", om_tr("%s: no polygon for municipality %s %s"),
                    reading->import.table.sheet.path, codes[i], reading->municipalities[i].name);
    }
    if (status == OM_OK)
        status = data_store_polygons(ctx, reading->import.project, codes, polygons, n, source);
    om_free(codes);
    geo_wkb_array_free(parts, parts ? reading->n : 0);
    geo_wkb_array_free(polygons, polygons ? n : 0);
    return status;
}

static bool has_polygons(const struct reading *reading)
{
    const struct table *table = &reading->import.table;
    for (size_t i = 0; table->sheet.has_shapes && i < reading->n; i++) {
        const struct geo_wkb *shape = table_shape(table, reading->rows[i]);
        /* ISO WKB, little-endian: the type follows the byte-order mark; 1 is a point, which is a seat */
        if (shape->size > 5)
            return shape->bytes[1] != 1;
    }
    return false;
}

static bool has_figures(const struct table *table, size_t first)
{
    for (size_t field = first; field < FIELDS; field++)
        if (table_has(table, field))
            return true;
    return false;
}

static om_status store(om_context *ctx, struct reading *reading)
{
    struct import *import = &reading->import;
    bool with_polygons = has_polygons(reading), mine = false;
    bool with_rows = reading->is_first || !with_polygons || has_figures(&import->table, SEAT);
    om_status status = project_enter(ctx, import->project, &mine);
    if (status == OM_OK && with_rows)
        status = data_store_municipalities(ctx, import->project, reading->municipalities,
                                           reading->n_municipalities, &import->source.source);
    if (status == OM_OK && with_polygons)
        status = store_polygons(ctx, reading, &import->source.source);
    return project_leave(ctx, import->project, mine, status);
}

static om_status open_first(om_context *ctx, data_project *project, const char *path,
                            const struct data_import_options *options, struct import *out)
{
    *out = (struct import){.ctx = ctx, .project = project, .options = options};
    om_status status = table_read(ctx, path, options, fields, FIELDS, &out->table);
    return status == OM_OK ? import_source(ctx, "municipalities", path, options, &out->source) : status;
}

/* Codes alone complete nothing. */
static om_status check_columns(om_context *ctx, const struct reading *reading)
{
    const struct table *table = &reading->import.table;
    bool has_shapes = false;
    for (size_t i = 0; i < reading->n; i++)
        has_shapes |= table_shape(table, reading->rows[i])->size > 0;
    if (reading->is_first || has_shapes || has_figures(table, NAME))
        return OM_OK;
    return om_fail(
        ctx, OM_BAD_DATA,
        om_tr("%s: says nothing about the municipalities but their codes; needs boundaries or a column "
              "such as name, seat or population"),
        table->sheet.path);
}

/* Several features of one municipality are its parts; several rows of a table contradict each other. */
static om_status check_rows(om_context *ctx, struct reading *reading)
{
    if (has_polygons(reading))
        return OM_OK;
    return import_unique(ctx, &reading->import.table, CODE, reading->codes, reading->rows, reading->n);
}

om_status data_import_municipalities(om_context *ctx, data_project *project, const char *path,
                                     const struct data_import_options *options)
{
    struct reading reading = {0};
    size_t n_known = 0;
    om_status status = data_project_count(ctx, project, "municipality", &n_known);
    if (status != OM_OK)
        return status;
    reading.is_first = n_known == 0;
    if (reading.is_first)
        status = open_first(ctx, project, path, options, &reading.import);
    else
        status = import_open(ctx, project, path, "municipalities", options, fields, FIELDS, &reading.import);
    if (status == OM_OK)
        status = take_codes(ctx, &reading);
    if (status == OM_OK)
        status = check_rows(ctx, &reading);
    if (status == OM_OK)
        status = check_columns(ctx, &reading);
    if (status == OM_OK)
        status = complete_municipalities(ctx, &reading);
    if (status == OM_OK)
        status = store(ctx, &reading);
    reading_done(&reading);
    return status;
}

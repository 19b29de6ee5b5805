#include "datasets/site_candidates.h"

#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MUNICIPALITY, NAME, USE, CAPACITY, LON, LAT, EASTING, NORTHING, FIELDS };

/* A table needs municipalities or names. X is north in Swedish geodesy and east elsewhere, so it is neither
 * here. */
#define FIELDS_WITH(municipality_required, name_required)                                                  \
    {                                                                                                      \
        [MUNICIPALITY] = {"municipality", municipality_required, MUNICIPALITY_HEADINGS},                   \
        [NAME] = {"name", name_required, "namn|plats|place|site|kontor|servicekontor|ort|adress"},         \
        [USE] = {"use", false, "användning|status"},                                                       \
        [CAPACITY] = {"capacity", false, "kapacitet|antalplatser|room|jobseekers|arbetssökande"},          \
        [LON] = {"lon", false, "longitude|longitud|lng|long"}, [LAT] = {"lat", false, "latitude|latitud"}, \
        [EASTING] = {"easting", false, "e|east|öst|sweref99e|sweref99tme"},                                \
        [NORTHING] = {"northing", false, "n|north|nord|sweref99n|sweref99tmn"},                            \
    }
static const struct table_field by_municipality[FIELDS] = FIELDS_WITH(true, false);
static const struct table_field by_name[FIELDS] = FIELDS_WITH(false, true);

/* While the rows are read. */
struct reading {
    struct import import;
    const struct plan_territory *territory;
    struct data_site_candidates found;
    const char **codes, **names; /* of seats and places read so far … */
    size_t *seat_rows, *place_rows, n_seats;
};

static om_status read_use(struct import *import, size_t row, enum plan_site_use *out)
{
    const char *text = table_text(&import->table, row, USE);
    *out = PLAN_SITE_CANDIDATE;
    if (!*text)
        return OM_OK;
    for (int use = 0; use < PLAN_SITE_USES; use++)
        if (strcmp(text, plan_site_use_names[use]) == 0) {
            *out = (enum plan_site_use)use;
            return OM_OK;
        }
    return table_fail(import->ctx, &import->table, row, USE, om_tr("candidate, forced or forbidden"));
}

/* What is said of a site, whether seat or place. */
static om_status read_site(struct import *import, size_t row, enum plan_site_use *use, double *capacity)
{
    double given = NAN;
    om_status status = read_use(import, row, use);
    if (status == OM_OK && table_has(&import->table, CAPACITY))
        status = table_read_number(import->ctx, &import->table, row, CAPACITY, TABLE_COUNT, 0, &given);
    *capacity = isnan(given) ? INFINITY : given;
    return status;
}

/* NAN: the row is a seat. */
static om_status read_place(struct reading *reading, size_t row, double lon_lat[2])
{
    const struct table *table = &reading->import.table;
    bool has_columns = table_has(table, LON) && table_has(table, LAT);
    om_status status = import_easting_northing(&reading->import, row, EASTING, NORTHING, lon_lat);
    if (status != OM_OK || !isnan(lon_lat[0]) || (!has_columns && *table_text(table, row, MUNICIPALITY)))
        return status;
    return import_lon_lat(&reading->import, row, LON, LAT, lon_lat);
}

static om_status add_place(struct reading *reading, size_t row, const double lon_lat[2])
{
    struct import *import = &reading->import;
    struct data_site_candidates *found = &reading->found;
    size_t n = reading->territory->n, i = found->n_places;
    const char *name = table_text(&import->table, row, NAME);
    if (!*name)
        return table_fail(import->ctx, &import->table, row, NAME, om_tr("the name of the place"));
    found->places[i] = (struct plan_place){.name = om_strdup(name), .lon_lat = {lon_lat[0], lon_lat[1]}};
    if (!found->places[i].name)
        return om_no_memory(import->ctx);
    reading->names[i] = name;
    reading->place_rows[i] = row;
    found->n_places++;
    return read_site(import, row, &found->use[n + i], &found->capacity[n + i]);
}

static om_status add_seat(struct reading *reading, size_t row)
{
    struct import *import = &reading->import;
    if (!*table_text(&import->table, row, MUNICIPALITY) && import_is_note(import, row))
        return OM_OK;
    if (!*table_text(&import->table, row, MUNICIPALITY))
        return table_fail(
            import->ctx, &import->table, row, table_has(&import->table, MUNICIPALITY) ? MUNICIPALITY : NAME,
            om_tr("a municipality, or a place of one's own: lon and lat in degrees, or easting and "
                  "northing"));
    const char *code = NULL;
    codes_of_row(import->ctx, &import->book, &import->table, row, MUNICIPALITY, &code);
    if (!code)
        return OM_OK;
    reading->codes[reading->n_seats] = code;
    reading->seat_rows[reading->n_seats++] = row;
    size_t m = (size_t)plan_territory_find(reading->territory, code);
    return read_site(import, row, &reading->found.use[m], &reading->found.capacity[m]);
}

static om_status read_rows(struct reading *reading)
{
    const struct import *import = &reading->import;
    om_status status = OM_OK;
    for (size_t row = 0; row < import->table.n_rows && status == OM_OK; row++) {
        double lon_lat[2];
        status = read_place(reading, row, lon_lat);
        if (status == OM_OK)
            status = isnan(lon_lat[0]) ? add_seat(reading, row) : add_place(reading, row, lon_lat);
    }
    if (status == OM_OK)
        status = import_check(import, MUNICIPALITY, reading->codes, reading->seat_rows, reading->n_seats);
    if (status == OM_OK)
        status = import_unique(import->ctx, &import->table, NAME, reading->names, reading->place_rows,
                               reading->found.n_places);
    return status;
}

/* Places with what is said of them, so that their order does not depend on that of the rows. */
struct listed {
    struct plan_place place;
    enum plan_site_use use;
    double capacity;
};

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct listed *)left)->place.name, ((const struct listed *)right)->place.name);
}

static om_status sort_places(om_context *ctx, size_t n_seats, struct data_site_candidates *found)
{
    struct listed *sorted = om_alloc(found->n_places, sizeof *sorted);
    if (!sorted)
        return om_no_memory(ctx);
    for (size_t i = 0; i < found->n_places; i++)
        sorted[i] = (struct listed){found->places[i], found->use[n_seats + i], found->capacity[n_seats + i]};
    if (found->n_places > 1)
        qsort(sorted, found->n_places, sizeof *sorted, compare_names);
    for (size_t i = 0; i < found->n_places; i++) {
        found->places[i] = sorted[i].place;
        found->use[n_seats + i] = sorted[i].use;
        found->capacity[n_seats + i] = sorted[i].capacity;
    }
    om_free(sorted);
    return OM_OK;
}

/* Room for all municipalities, and for so many rows. */
static om_status allocate(om_context *ctx, size_t n, size_t n_rows, enum plan_site_use unlisted,
                          struct data_site_candidates *found)
{
    found->places = om_alloc(n_rows, sizeof *found->places);
    found->use = om_alloc(n + n_rows, sizeof *found->use);
    found->capacity = om_alloc(n + n_rows, sizeof *found->capacity);
    if (!found->places || !found->use || !found->capacity)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n; m++) {
        found->use[m] = unlisted;
        found->capacity[m] = INFINITY;
    }
    return OM_OK;
}

static om_status open_table(om_context *ctx, data_project *project, const char *path, struct import *out)
{
    char message[OM_MESSAGE_SIZE];
    om_status status = import_open(ctx, project, path, "sites", NULL, by_municipality, FIELDS, out);
    if (status != OM_BAD_DATA)
        return status;
    memcpy(message, ctx->message, sizeof message);
    status = import_open(ctx, project, path, "sites", NULL, by_name, FIELDS, out);
    return status == OM_BAD_DATA ? om_fail(ctx, status, "%s", message) : status;
}

static om_status read_table(om_context *ctx, data_project *project, const char *path,
                            const struct plan_territory *territory, struct data_site_candidates *out)
{
    struct reading reading = {.territory = territory};
    om_status status = open_table(ctx, project, path, &reading.import);
    if (status != OM_OK)
        return status;
    size_t n_rows = reading.import.table.n_rows;
    reading.codes = om_alloc(n_rows, sizeof *reading.codes);
    reading.names = om_alloc(n_rows, sizeof *reading.names);
    reading.seat_rows = om_alloc(n_rows, sizeof *reading.seat_rows);
    reading.place_rows = om_alloc(n_rows, sizeof *reading.place_rows);
    status =
        reading.codes && reading.names && reading.seat_rows && reading.place_rows ? OM_OK : om_no_memory(ctx);
    if (status == OM_OK)
        status = allocate(ctx, territory->n, n_rows, PLAN_SITE_FORBIDDEN, &reading.found);
    if (status == OM_OK)
        status = read_rows(&reading);
    if (status == OM_OK)
        status = sort_places(ctx, territory->n, &reading.found);
    om_free(reading.place_rows);
    om_free(reading.seat_rows);
    om_free(reading.names);
    om_free(reading.codes);
    import_done(&reading.import);
    if (status == OM_OK)
        *out = reading.found;
    else
        data_site_candidates_done(&reading.found);
    return status;
}

om_status data_site_candidates_read(om_context *ctx, data_project *project, const char *path,
                                    const struct plan_territory *territory, struct data_site_candidates *out)
{
    if (path)
        return read_table(ctx, project, path, territory, out);
    struct data_site_candidates every_seat = {0};
    om_status status = allocate(ctx, territory->n, 0, PLAN_SITE_CANDIDATE, &every_seat);
    if (status == OM_OK)
        *out = every_seat;
    else
        data_site_candidates_done(&every_seat);
    return status;
}

void data_site_candidates_done(struct data_site_candidates *candidates)
{
    for (size_t i = 0; i < candidates->n_places; i++)
        om_free((char *)candidates->places[i].name);
    om_free(candidates->places);
    om_free(candidates->use);
    om_free(candidates->capacity);
    *candidates = (struct data_site_candidates){0};
}

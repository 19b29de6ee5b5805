#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SUPPLIER, NAME, MUNICIPALITY, ADDRESS, HOURS, LON, LAT, FROM, TO, FIELDS };

static const struct table_field fields[FIELDS] = {
    [SUPPLIER] = {"supplier", true,
                  "supplierid|leverantörsid|leverantörskod|organisationsnummer|orgnr|orgnummer|leverantör|id|"
                  "suppliername|leverantörsnamn|namn|name"},
    [NAME] = {"supplier_name", false, "suppliername|leverantörsnamn|leverantör|namn|name"},
    [MUNICIPALITY] = {"municipality", false, MUNICIPALITY_HEADINGS},
    [ADDRESS] = {"address", false, "adress|besöksadress|gatuadress|street"},
    [HOURS] = {"opening_hours", false, "öppettider|hours|öppet"},
    [LON] = {"lon", false, "longitude|longitud|lng|long"},
    [LAT] = {"lat", false, "latitude|latitud"},
    [FROM] = {"from", false, "validfrom|från|frånochmed|startdatum|start|fromdate|gällerfrån"},
    [TO] = {"to", false, "validto|till|tillochmed|slutdatum|slut|end|todate|gällertill"},
};

struct market {
    struct data_supplier_row *suppliers; /* sorted by id once read */
    size_t n_suppliers, supplier_capacity;
    struct data_office_row *offices;
    char (*dates)[2][11]; /* of each office, whose from and to point here */
    size_t n_offices;
};

static void market_done(struct market *market)
{
    om_free(market->suppliers);
    om_free(market->offices);
    om_free(market->dates);
}

static int by_id(const void *left, const void *right)
{
    const struct data_supplier_row *x = left, *y = right;
    int order = strcmp(x->id, y->id);
    return order ? order : strcmp(x->name ? x->name : "", y->name ? y->name : "");
}

static om_status read_suppliers(struct import *import, struct market *out)
{
    const struct table *table = &import->table;
    out->suppliers = om_alloc(table->n_rows, sizeof *out->suppliers);
    if (!out->suppliers)
        return om_no_memory(import->ctx);
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *id = table_text(table, row, SUPPLIER);
        if (import_is_note(import, row))
            continue;
        if (!*id)
            return table_fail(import->ctx, table, row, SUPPLIER, om_tr("the supplier"));
        out->suppliers[out->n_suppliers++] =
            (struct data_supplier_row){id, table_text_or_null(table, row, NAME)};
    }
    qsort(out->suppliers, out->n_suppliers, sizeof *out->suppliers, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < out->n_suppliers; i++) {
        struct data_supplier_row *last = kept ? &out->suppliers[kept - 1] : NULL, row = out->suppliers[i];
        if (!last || strcmp(last->id, row.id) != 0)
            out->suppliers[kept++] = row;
        else if (!last->name)
            last->name = row.name;
        else if (row.name && strcmp(last->name, row.name) != 0)
            return om_fail(import->ctx, OM_BAD_DATA,
                           om_tr("%s: supplier %s has two names, \"%s\" and \"%s\"; needs one"),
                           table->sheet.path, row.id, last->name, row.name);
    }
    out->n_suppliers = kept;
    return OM_OK;
}

static bool has_supplier(const struct market *market, const char *id)
{
    for (size_t low = 0, high = market->n_suppliers; low < high;) {
        size_t middle = (low + high) / 2;
        int order = strcmp(market->suppliers[middle].id, id);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* What only an office has; without a municipality it would be lost. */
static om_status check_no_office(struct import *import, size_t row)
{
    for (size_t field = ADDRESS; field < FIELDS; field++)
        if (table_has(&import->table, field) && *table_text(&import->table, row, field))
            return table_fail(import->ctx, &import->table, row, MUNICIPALITY,
                              om_tr("the municipality of the office"));
    return OM_OK;
}

/* A row without a municipality names a supplier that has no office. */
static om_status read_office(struct import *import, size_t row, struct market *out)
{
    const struct table *table = &import->table;
    const char *supplier = table_text(table, row, SUPPLIER);
    if (!*table_text(table, row, MUNICIPALITY))
        return check_no_office(import, row);
    if (!has_supplier(out, supplier))
        return table_fail(import->ctx, table, row, SUPPLIER, om_tr("one of the suppliers"));
    struct data_office_row office = {
        .supplier_id = supplier,
        .address = table_text_or_null(table, row, ADDRESS),
        .opening_hours = table_text_or_null(table, row, HOURS),
    };
    codes_of_row(import->ctx, &import->book, table, row, MUNICIPALITY, &office.municipality_code);
    if (!office.municipality_code)
        return OM_OK;
    om_status status = import_lon_lat(import, row, LON, LAT, office.lon_lat);
    if (status == OM_OK)
        status = import_period(import, row, FROM, out->dates[out->n_offices], &office.from, &office.to);
    out->offices[out->n_offices++] = office;
    return status;
}

/* In a file of suppliers and offices, what is a note was told when the suppliers were read. */
static bool is_note(struct import *import, size_t row, bool is_told)
{
    return is_told ? import_reads_as_note(&import->table, row, NULL) : import_is_note(import, row);
}

static om_status read_offices(struct import *import, bool is_second, struct market *out)
{
    size_t n = import->table.n_rows;
    out->offices = om_alloc(n, sizeof *out->offices);
    out->dates = om_alloc(n, sizeof *out->dates);
    om_status status = out->offices && out->dates ? OM_OK : om_no_memory(import->ctx);
    for (size_t row = 0; row < n && status == OM_OK && table_has(&import->table, MUNICIPALITY); row++)
        if (!is_note(import, row, !is_second))
            status = read_office(import, row, out);
    return status == OM_OK ? codes_check(import->ctx, &import->book, &import->table) : status;
}

om_status data_import_suppliers(om_context *ctx, data_project *project, const char *path,
                                const struct data_import_options *options)
{
    const char *second = options ? options->offices : NULL;
    struct import suppliers, offices = {0};
    om_status status = import_open(ctx, project, path, "suppliers", options, fields, FIELDS, &suppliers);
    if (status != OM_OK)
        return status;
    struct market market = {0};
    if (second)
        status = import_open(ctx, project, second, "suppliers", options, fields, FIELDS, &offices);
    if (status == OM_OK)
        status = read_suppliers(&suppliers, &market);
    if (status == OM_OK)
        status = read_offices(second ? &offices : &suppliers, second != NULL, &market);
    if (status == OM_OK)
        status = data_store_suppliers(ctx, project, market.suppliers, market.n_suppliers, market.offices,
                                      market.n_offices, &suppliers.source.source);
    market_done(&market);
    import_done(&offices);
    import_done(&suppliers);
    return status;
}

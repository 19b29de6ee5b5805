#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>
#include <strings.h>

enum { SUPPLIER, AREA, MUNICIPALITY, PLAN, SERVICE, FROM, TO, STATUS, FIELDS };

static const struct table_field fields[FIELDS] = {
    [SUPPLIER] = {"supplier", true,
                  "supplierid|leverantörsid|leverantörskod|organisationsnummer|orgnr|orgnummer|leverantör"},
    [AREA] = {"area", false, "areaname|leveransområde|leveransomrade|deliveryarea|område|areanamn"},
    [MUNICIPALITY] = {"municipality", false, "municipalitycode|kommunkod|knkod|kommun|kommunnamn"},
    [PLAN] = {"plan", false, "planname|karta|indelning"},
    [SERVICE] = {"service", false, "tjänst|servicename"},
    [FROM] = {"from", false, "validfrom|från|frånochmed|startdatum|start|avtalsstart|gällerfrån"},
    [TO] = {"to", false, "validto|till|tillochmed|slutdatum|slut|end|avtalsslut|gällertill"},
    [STATUS] = {"status", false, "avtalsstatus|state"},
};

static const char *const active_words[] = {"active",   "aktiv", "aktivt", "giltig", "giltigt",
                                           "gällande", "ja",    "yes",    "löpande"};

struct contracts {
    size_t n;
    struct data_contract_row *rows;
    char (*dates)[2][11];
    struct plan_territory *territory;
    struct plan *plan; /* the last one looked up: files name one plan, mostly */
    struct data_names suppliers;
};

static void contracts_done(struct contracts *contracts)
{
    om_free(contracts->rows);
    om_free(contracts->dates);
    plan_free(contracts->plan);
    plan_territory_free(contracts->territory);
    data_names_done(&contracts->suppliers);
}

static om_status read_suppliers(struct import *import, struct data_names *out)
{
    struct project_query query;
    size_t capacity = 0;
    om_status status =
        project_select(import->ctx, import->project, &query, "SELECT id FROM supplier ORDER BY id");
    while (status == OM_OK && project_next(&query)) {
        void *grown = om_grow(out->names, &capacity, out->n + 1, sizeof *out->names);
        char *id = grown ? om_strdup(project_text(&query, 0)) : NULL;
        if (grown)
            out->names = grown;
        if (id)
            out->names[out->n++] = id;
        else
            status = om_no_memory(import->ctx);
    }
    project_query_done(&query);
    return status;
}

static bool is_among(const struct data_names *names, const char *word)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->names[i], word) == 0)
            return true;
    return false;
}

/* An area of a named plan must be there; one without a plan belongs to whatever plan is judged. */
static om_status check_area(struct import *import, size_t row, struct contracts *out,
                            const struct data_contract_row *read)
{
    if (!read->area_name || !read->plan_name)
        return OM_OK;
    om_status status = OM_OK;
    if (!out->plan || strcmp(out->plan->name, read->plan_name) != 0) {
        plan_free(out->plan);
        out->plan = NULL;
        if (!out->territory)
            status = data_load_territory(import->ctx, import->project, &out->territory);
        if (status == OM_OK)
            status =
                data_load_plan(import->ctx, import->project, out->territory, read->plan_name, &out->plan);
        if (status != OM_OK)
            return om_context_add(import->ctx, "%s, %s %zu", import->table.sheet.path,
                                  import->table.sheet.unit, table_place(&import->table, row));
    }
    for (size_t a = 0; a < out->plan->n_areas; a++)
        if (strcmp(out->plan->areas[a].name, read->area_name) == 0)
            return OM_OK;
    return table_fail(import->ctx, &import->table, row, AREA, om_tr("the name of an area of the plan"));
}

static const char *read_status(const struct table *table, size_t row)
{
    const char *text = table_text(table, row, STATUS);
    for (size_t i = 0; i < sizeof active_words / sizeof *active_words; i++)
        if (strcasecmp(text, active_words[i]) == 0)
            return "active";
    return *text ? text : "active";
}

static om_status read_row(struct import *import, size_t row, struct contracts *out)
{
    const struct table *table = &import->table;
    if (import_is_note(import, row))
        return OM_OK;
    const char *service = import->options ? import->options->service : NULL;
    struct data_contract_row read = {
        .supplier_id = table_text(table, row, SUPPLIER),
        .area_name = table_text_or_null(table, row, AREA),
        .plan_name = table_text_or_null(table, row, PLAN),
        .service = table_text_or_null(table, row, SERVICE),
        .status = read_status(table, row),
    };
    if (!read.service)
        read.service = service;
    if (!is_among(&out->suppliers, read.supplier_id))
        return table_fail(import->ctx, table, row, SUPPLIER, om_tr("one of the project's suppliers"));
    bool has_municipality = *table_text(table, row, MUNICIPALITY) != '\0';
    if (has_municipality == (read.area_name != NULL))
        return table_fail(import->ctx, table, row, SUPPLIER, om_tr("either an area or a municipality"));
    if (has_municipality) {
        codes_of_row(import->ctx, &import->book, table, row, MUNICIPALITY, &read.municipality_code);
        if (!read.municipality_code)
            return OM_OK;
    }
    om_status status = check_area(import, row, out, &read);
    if (status == OM_OK)
        status = import_period(import, row, FROM, out->dates[out->n], &read.from, &read.to);
    out->rows[out->n++] = read;
    return status;
}

om_status data_import_contracts(om_context *ctx, data_project *project, const char *path,
                                const struct data_import_options *options)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "contracts", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    size_t n = import.table.n_rows;
    struct contracts contracts = {.rows = om_alloc(n, sizeof *contracts.rows),
                                  .dates = om_alloc(n, sizeof *contracts.dates)};
    status =
        contracts.rows && contracts.dates ? read_suppliers(&import, &contracts.suppliers) : om_no_memory(ctx);
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(&import, row, &contracts);
    if (status == OM_OK)
        status = codes_check(ctx, &import.book, &import.table);
    if (status == OM_OK)
        status = data_store_contracts(ctx, project, contracts.rows, contracts.n, &import.source.source);
    contracts_done(&contracts);
    import_done(&import);
    return status;
}

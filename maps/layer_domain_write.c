#include "geo/memory.h"
#include "layer_style.h"
#include "layer_write.h"

#include <cpl_conv.h>
#include <string.h>

static om_status add_domain(om_context *ctx, const struct layer_domain *domain, GDALDatasetH dataset)
{
    OGRCodedValue *codes = om_alloc(domain->n + 1, sizeof *codes);
    if (!codes)
        return om_no_memory(ctx);
    for (size_t i = 0; i < domain->n; i++)
        codes[i] = (OGRCodedValue){(char *)(uintptr_t)domain->codes[i].value,
                                   (char *)(uintptr_t)domain->codes[i].text[layer_language_chosen()]};
    OGRFieldDomainH made = OGR_CodedFldDomain_Create(domain->name, "", OFTString, OFSTNone, codes);
    char *reason = NULL;
    om_status status = made && GDALDatasetAddFieldDomain(dataset, made, &reason)
                           ? OM_OK
                           : om_fail(ctx, OM_LIBRARY, "%s: %s", domain->name, reason ? reason : "");
    CPLFree(reason);
    OGR_FldDomain_Destroy(made);
    om_free(codes);
    return status;
}

/* GDAL adds domains, but does not change them. */
static om_status renew_domain(om_context *ctx, const struct layer_domain *domain, GDALDatasetH dataset)
{
    static const char table[] = "gpkg_data_column_constraints";
    om_status status = layer_sql(
        ctx, dataset, table, om_format("DELETE FROM %s WHERE constraint_name = '%s'", table, domain->name));
    for (size_t i = 0; status == OM_OK && i < domain->n; i++) {
        char *text = layer_sql_quoted(domain->codes[i].text[layer_language_chosen()], '\'');
        status =
            text
                ? layer_sql(ctx, dataset, table,
                            om_format("INSERT INTO %s (constraint_name, constraint_type, value, description) "
                                      "VALUES ('%s', 'enum', '%s', %s)",
                                      table, domain->name, domain->codes[i].value, text))
                : om_no_memory(ctx);
        om_free(text);
    }
    return status;
}

om_status layer_write_domains(om_context *ctx, GDALDatasetH dataset)
{
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < layer_n_domains; i++)
        status = GDALDatasetGetFieldDomain(dataset, layer_domains[i].name)
                     ? renew_domain(ctx, &layer_domains[i], dataset)
                     : add_domain(ctx, &layer_domains[i], dataset);
    return status;
}

/* The alias is the title: names have to differ in the whole file. */
static om_status describe_column(om_context *ctx, GDALDatasetH dataset, const char *table,
                                 const struct layer_column *column)
{
    char *alias =
        layer_sql_quoted(layer_in_language(layer_language_chosen(), column->english, column->swedish), '\'');
    char *unit = layer_sql_quoted(column->unit, '\'');
    om_status status =
        alias && unit
            ? layer_sql(
                  ctx, dataset, "gpkg_data_columns",
                  om_format("INSERT INTO gpkg_data_columns (table_name, column_name, title, description) "
                            "VALUES ('%s', '%s', %s, nullif(%s, '')) ON CONFLICT (table_name, column_name) "
                            "DO UPDATE SET title = excluded.title, description = "
                            "excluded.description",
                            table, column->name, alias, unit))
            : om_no_memory(ctx);
    om_free(alias);
    om_free(unit);
    return status;
}

om_status layer_describe_columns(om_context *ctx, const struct layer *layer, GDALDatasetH dataset,
                                 const char *table)
{
    om_status status = OM_OK;
    for (size_t i = 0; status == OM_OK && i < layer->n_columns; i++)
        status = describe_column(ctx, dataset, table, &layer->columns[i]);
    return status;
}

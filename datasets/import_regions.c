#include "import_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

enum { MUNICIPALITY, REGION, REGION_NAME, FIELDS };

static const struct table_field fields[FIELDS] = {
    [MUNICIPALITY] = {"municipality", true, MUNICIPALITY_HEADINGS},
    [REGION] =
        {"region", true,
         "regioncode|regionkod|faregionkod|faregioncode|fakod|fa|faregion|laregionkod|lakod|laregion|la|"
         "länskod|countycode|county|län|region|regionnamn|regionname|faregionnamn|fanamn|lanamn|länsnamn"},
    [REGION_NAME] = {"region_name", false,
                     "regionname|regionnamn|faregionnamn|fanamn|faname|laregionnamn|lanamn|laname|länsnamn|"
                     "länsnamn|county|län|countyname|faregion|laregion"},
};

struct regions {
    size_t n;
    struct data_region_row *rows;
    const char **codes; /* of the municipalities, for uniqueness */
    size_t *places;
    char **owned; /* region codes cut from "23 Stockholm" */
};

static void regions_done(struct regions *regions)
{
    for (size_t i = 0; regions->owned && i < regions->n; i++)
        om_free(regions->owned[i]);
    om_free(regions->rows);
    om_free(regions->codes);
    om_free(regions->places);
    om_free(regions->owned);
}

static om_status read_row(struct import *import, size_t row, struct regions *out)
{
    const char *municipality, *name;
    codes_of_row(import->ctx, &import->book, &import->table, row, MUNICIPALITY, &municipality);
    if (!municipality)
        return OM_OK;
    const char *text = table_text(&import->table, row, REGION);
    if (!*text)
        return table_fail(import->ctx, &import->table, row, REGION, om_tr("the region's code"));
    size_t length = codes_split(text, &name), i = out->n++;
    out->owned[i] = om_strndup(text, length);
    if (!out->owned[i])
        return om_no_memory(import->ctx);
    const char *given = table_text(&import->table, row, REGION_NAME);
    out->rows[i] = (struct data_region_row){
        .region_code = out->owned[i],
        .region_name = *given  ? given
                       : *name ? name
                               : out->owned[i],
        .municipality_code = municipality,
    };
    out->codes[i] = municipality;
    out->places[i] = row;
    return OM_OK;
}

static om_status read_rows(struct import *import, struct regions *out)
{
    size_t n = import->table.n_rows;
    out->rows = om_alloc(n, sizeof *out->rows);
    out->codes = om_alloc(n, sizeof *out->codes);
    out->places = om_alloc(n, sizeof *out->places);
    out->owned = om_alloc(n, sizeof *out->owned);
    if (!out->rows || !out->codes || !out->places || !out->owned)
        return om_no_memory(import->ctx);
    om_status status = OM_OK;
    for (size_t row = 0; row < n && status == OM_OK; row++)
        status = read_row(import, row, out);
    return status == OM_OK ? import_check(import, MUNICIPALITY, out->codes, out->places, out->n) : status;
}

om_status data_import_regions(om_context *ctx, data_project *project, const char *path,
                              const struct data_import_options *options)
{
    struct import import;
    om_status status = import_open(ctx, project, path, "regions", options, fields, FIELDS, &import);
    if (status != OM_OK)
        return status;
    struct regions regions = {0};
    char *kind = import_name(path, options);
    status = kind ? read_rows(&import, &regions) : om_no_memory(ctx);
    if (status == OM_OK)
        import_note_missing(&import, "region_missing", regions.codes, regions.n);
    if (status == OM_OK)
        status = data_store_regions(ctx, project, kind, regions.rows, regions.n, &import.source.source);
    om_free(kind);
    regions_done(&regions);
    import_done(&import);
    return status;
}

/*
 * Bundled Sweden as a project: a table of imports, run through the importers that a user's files pass.
 */
#include "datasets/sweden.h"

#include "datasets/import.h"
#include "geo/text.h"

#include <stdio.h>

#define MAPPED(pairs) .mappings = (pairs), .n_mappings = sizeof(pairs) / sizeof(pairs)[0]

/* The year of population for which 71 sparse municipalities are published. */
static const struct data_mapping municipality_columns[] = {
    {"population", "population_2018"},
};
static const struct data_mapping locality_columns[] = {{"population", "population_2020"}};
static const struct data_mapping job_seeker_columns[] = {
    {"municipality", "code"},
    {"job_seekers", "registered_unemployed_2022_12"},
};
static const struct data_mapping regions_as_areas[] = {{"area", "region_name"}};

/* Facts have no licence; whose they are stands instead. */
static const char from_scb[] = "facts: SCB";
static const char from_tillvaxtverket[] = "facts: Tillväxtverket";
static const char from_arbetsformedlingen[] = "facts: Arbetsförmedlingen";
static const char known[] = "facts: general knowledge";
static const char ours[] = "MIT";

static const struct bundled_import {
    data_import_fn *run;
    const char *file;
    struct data_import_options options;
} imports[] = {
    {data_import_municipalities,
     "municipalities.csv",
     {MAPPED(municipality_columns), .date = "2018-12-31", .licence = from_scb}},
    {data_import_localities,
     "localities.csv",
     {MAPPED(locality_columns), .date = "2020-12-31", .licence = "CC0", .cells = true,
      .outline = DATA_SWEDEN "outline.csv"}},
    {data_import_regions,
     "fa2015.csv",
     {.name = "fa2015", .date = "2015-01-01", .licence = from_tillvaxtverket}},
    {data_import_regions,
     "fa2005.csv",
     {.name = "fa2005", .date = "2005-01-01", .licence = from_tillvaxtverket}},
    {data_import_regions, "la2023.csv", {.name = "la2023", .date = "2023-01-01", .licence = from_scb}},
    {data_import_regions, "county.csv", {.name = "county", .date = "2022-12-31", .licence = from_scb}},
    {data_import_job_seekers,
     "municipalities.csv",
     {MAPPED(job_seeker_columns), .date = "2022-12", .licence = from_arbetsformedlingen}},
    {data_import_links, "links.csv", {.licence = known}},
    {data_import_plan,
     "fa2015.csv",
     {MAPPED(regions_as_areas), .name = "fa2015", .licence = from_tillvaxtverket}},
    {data_import_plan,
     "fa2005.csv",
     {MAPPED(regions_as_areas), .name = "fa2005", .licence = from_tillvaxtverket}},
    {data_import_plan, "la2023.csv", {MAPPED(regions_as_areas), .name = "la2023", .licence = from_scb}},
    {data_import_plan, "county.csv", {MAPPED(regions_as_areas), .name = "county", .licence = from_scb}},
    {data_import_plan, "omland81.csv", {.name = "omland81", .licence = ours, .is_synthetic = true}},
    {data_import_suppliers,
     "suppliers.csv",
     {.offices = DATA_SWEDEN "offices.csv", .licence = ours, .is_synthetic = true}},
    {data_import_contracts, "contracts.csv", {.licence = ours, .is_synthetic = true}},
};
enum { IMPORTS = sizeof imports / sizeof imports[0] };

om_status data_sweden_populate(om_context *ctx, data_project *project)
{
    om_status status = data_sweden_mount(ctx);
    for (size_t i = 0; !status && i < IMPORTS; i++) {
        char path[128];
        snprintf(path, sizeof path, DATA_SWEDEN "%s", imports[i].file);
        status = om_progress(ctx, om_tr("making Sweden from the bundled tables"), i, IMPORTS);
        if (!status)
            status = imports[i].run(ctx, project, path, &imports[i].options);
    }
    return status;
}

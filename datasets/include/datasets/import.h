/*
 * Importers: files as people have them, into the project. One transaction each; a bad row stops the import
 * with file, line or feature, field, value and what would be right. Repairs (zero-padded codes, decimal
 * commas, "<5", geometry …) are counted as findings in the context.
 *
 * Tables are CSV (comma, semicolon or tab; UTF-8 with or without byte-order mark, UTF-16, Windows-1252; title
 * rows above the header) or anything GDAL reads as a table (XLSX, ODS, layers of a GeoPackage).
 */
#ifndef DATASETS_IMPORT_H
#define DATASETS_IMPORT_H

#include "datasets/project.h"

/* "field=Column name" pairs from --map, for files whose headings are not recognised. */
struct data_mapping {
    const char *field, *column;
};

struct data_import_options {
    const struct data_mapping *mappings;
    size_t n_mappings;
    const char *layer;   /* OGR layer or sheet; NULL = the first that fits */
    const char *crs;     /* overrides the file's */
    const char *name;    /* plan name, region kind, profile name; NULL = from the file name */
    const char *service; /* of contracts without a service column */
    const char *date;    /* of the data, for the source table; job seekers: the month, YYYY-MM */
    const char *licence;
    const char
        *outline; /* localities --cells: what to clip to, a file for data_outline_read (datasets/outline.h);
                   * NULL = the convex hull with a margin (geo_cells without an outline) */
    const char *offices; /* suppliers: a second file with the offices; NULL = the same file */
    bool cells;          /* localities --cells: schematic polygons */
    bool is_synthetic, is_schematic;
    bool is_unfinished; /* plan: municipalities without a row are in no area yet, and a finding */
};

typedef om_status data_import_fn(om_context *ctx, data_project *project, const char *path,
                                 const struct data_import_options *options);

data_import_fn
    data_import_municipalities; /* polygons and/or table columns; creates or completes municipalities */
data_import_fn data_import_localities;
data_import_fn data_import_regions; /* options->name: the kind */
data_import_fn data_import_job_seekers;
data_import_fn data_import_suppliers;
data_import_fn data_import_contracts;
data_import_fn data_import_links;
data_import_fn data_import_plan;
data_import_fn data_import_travel_times; /* the matrix CSV that `omland times` writes */

/* What can be imported: one row per verb of `omland import`. The command, the help and the documentation walk
 * it. */
struct data_importer {
    const char *kind; /* "municipalities" */
    data_import_fn *run;
    const char *meaning; /* marked for translation */
    const char *fields;  /* the fields a mapping may name, with * on required ones: "code* name …" */
};
extern const struct data_importer data_importers[];
extern const size_t data_n_importers;

/* Reads a rule file (INI) over the defaults. OM_BAD_DATA names file, line, section, key and value. */
om_status data_rules_read(om_context *ctx, const char *path, struct plan_rules *out);

#endif

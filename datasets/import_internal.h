/* What the importers share. */
#ifndef DATASETS_IMPORT_INTERNAL_H
#define DATASETS_IMPORT_INTERNAL_H

#include "codes_internal.h"
#include "table_internal.h"

/* Headings under which a municipality stands, in the form of table_plain; by name when there is no code. */
#define MUNICIPALITY_HEADINGS                                                                            \
    "municipalitycode|kommunkod|knkod|kommunnr|kommunnummer|municipality|kommun|code|kod|region|knnamn|" \
    "kommunnamn|municipalityname"

/* The source row of an imported file; texts are borrowed but for the hash. Files of the tool itself have no
 * path that could be read again. */
struct import_source {
    struct data_source source;
    char sha256[65];
};
om_status import_source(om_context *ctx, const char *kind, const char *path,
                        const struct data_import_options *options, struct import_source *out);

/* options->name, else the file's name without folder and ending. Owned by the caller. */
char *import_name(const char *path, const struct data_import_options *options);

/* A table opened for rows that each name a municipality, with the codes of the project. */
struct import {
    om_context *ctx;
    data_project *project;
    const struct data_import_options *options;
    struct table table;
    struct code_book book;
    struct import_source source;
    geo_transform *to_lon_lat;   /* of the layer's points; made when first needed */
    geo_transform *from_project; /* to lon, lat; made when first needed */
};
om_status import_open(om_context *ctx, data_project *project, const char *path, const char *kind,
                      const struct data_import_options *options, const struct table_field *fields, size_t n,
                      struct import *out);
void import_done(struct import *import);

/* OM_BAD_DATA when two rows (sorted texts with their rows) are the same; for keys that must differ. */
om_status import_unique(om_context *ctx, const struct table *table, size_t field, const char *const *keys,
                        const size_t *rows, size_t n);

/* What can be said once all rows are read: every municipality is known, every key stands once. */
om_status import_check(const struct import *import, size_t field, const char *const *keys, const size_t *rows,
                       size_t n);

/* A finding for each municipality of the project that is not among the codes. */
void import_note_missing(struct import *import, const char *finding, const char *const *codes, size_t n);

/* First and last day from two neighbouring columns; NULL when open. The texts point into dates. */
om_status import_period(struct import *import, size_t row, size_t from_field, char dates[2][11],
                        const char **from, const char **to);

/* Whether a row has no cell, or one that reads like a note below the table. `note` may be NULL. */
bool import_reads_as_note(const struct table *table, size_t row, const char **note);
/* The same, and tells it as a finding. */
bool import_is_note(struct import *import, size_t row);

/* lon, lat of a row from two columns, or from the row's point transformed from the layer's system; NAN when
 * neither is there. OM_BAD_DATA for a place far from where the project's system is used. */
om_status import_lon_lat(struct import *import, size_t row, size_t lon_field, size_t lat_field,
                         double lon_lat[2]);

/* lon, lat of a row from an easting and a northing in the project's system; NAN when neither is given. */
om_status import_easting_northing(struct import *import, size_t row, size_t easting_field,
                                  size_t northing_field, double lon_lat[2]);

#endif

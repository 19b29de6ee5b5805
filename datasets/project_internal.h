/*
 * Inside the project file: its handle, and the few ways rows go in and out. Everything passes through one
 * GDAL dataset, because GDAL has the SQL functions that the spatial indexes of a GeoPackage call, and because
 * a second connection would wait for the first one's transaction.
 */
#ifndef DATASETS_PROJECT_INTERNAL_H
#define DATASETS_PROJECT_INTERNAL_H

#include "datasets/project.h"
#include "geo/crs.h"
#include "project_schema.h"

#include <gdal.h>
#include <ogr_api.h>

struct data_project {
    char *path; /* as the user knows it */
    char *file; /* what is open: path, or its temporary name until data_project_finish */
    char *crs;
    GDALDatasetH dataset;
    bool writable;
    bool in_transaction;
    geo_transform *to_lon_lat, *from_lon_lat;
};

/* OM_BAD_DATA for a place far from where the project's system is used: swapped axes, or a 0 for "unknown". */
om_status project_check_place(om_context *ctx, const data_project *project, const char *what,
                              const double lon_lat[2]);

/* Registers the drivers once. */
void project_use_gdal(void);
/* What GDAL last said about the project, as an error. */
om_status project_failure(om_context *ctx, const data_project *project);
/* Runs SQL that returns no rows; SQLite's printf formats (%Q quotes a text, %w a name). */
om_status project_execute(om_context *ctx, data_project *project, const char *format, ...);

/* One value for project_insert: the column's type decides which member counts. NULL and NAN are stored as
 * NULL. */
struct project_value {
    const char *text;
    double number;
};

/* Appends a row; `values` in the order of the schema's columns. wkb may be NULL. */
om_status project_insert(om_context *ctx, data_project *project, const char *table,
                         const struct project_value *values, const struct geo_wkb *wkb);
/* The same with a point in lon, lat (NAN: no point). */
om_status project_insert_point(om_context *ctx, data_project *project, const char *table,
                               const struct project_value *values, const double lon_lat[2]);

/* Rows of a SELECT, one at a time. Texts are valid until the next row. */
struct project_query {
    data_project *project;
    OGRLayerH layer;
    OGRFeatureH row;
};
om_status project_select(om_context *ctx, data_project *project, struct project_query *query,
                         const char *format, ...);
bool project_next(struct project_query *query);
const char *project_text(const struct project_query *query, int column); /* NULL when NULL */
double project_number(const struct project_query *query, int column);    /* NAN when NULL */
/* A place of the project to longitude and latitude. */
om_status project_to_lon_lat(om_context *ctx, data_project *project, double place[2]);
/* Of a row selected with its geometry: lon, lat to 1e-7 degrees (a centimetre); NAN when there is none. */
om_status project_lon_lat(om_context *ctx, const struct project_query *query, double lon_lat[2]);
void project_query_done(struct project_query *query); /* harmless twice */

/* The profile that the rules name under a key, else the first by name; *name NULL when the project has none.
 */
om_status project_choose_profile(om_context *ctx, data_project *project, const char *key, const char *wanted,
                                 char **name);

/* A store within the caller's transaction, or within one of its own when there is none. */
om_status project_enter(om_context *ctx, data_project *project, bool *mine);
om_status project_leave(om_context *ctx, data_project *project, bool mine, om_status status);

/* Replaces the source row of a subject ("regions fa2015"); source NULL leaves no row. */
om_status project_store_source(om_context *ctx, data_project *project, const char *subject,
                               const struct data_source *source);

/* Fails when a reference of the schema points to nothing, naming table and values. */
om_status project_check_references(om_context *ctx, data_project *project);

/* "a, b, c" of a column, for messages; owned by the caller. */
char *project_listing(om_context *ctx, data_project *project, const char *table, const char *column);

/* All municipalities with their seats, as stored. */
struct project_municipalities {
    size_t n;
    struct data_municipality_row *rows; /* sorted by code; texts owned */
};
om_status project_municipalities_load(om_context *ctx, data_project *project,
                                      struct project_municipalities *out);
void project_municipalities_done(struct project_municipalities *municipalities);

#endif

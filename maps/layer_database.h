/*
 * Layers as the tables of a PostGIS database.
 */
#ifndef MAPS_LAYER_DATABASE_H
#define MAPS_LAYER_DATABASE_H

#include "layer_format.h"
#include "maps/layers.h"

/*
 * Writes every layer as a table of its own (key fid, shape geom), with the aliases in the language in force
 * as comments, in one transaction. connection is GDAL's "PG:…"; options->schema NULL: what the connection
 * says, else the first of its search path; one that is not there is made. OM_EXISTS names the tables that are
 * there already and were not to be overwritten. Tables of a run before that this result has no layer for go.
 */
om_status layer_write_database(om_context *ctx, const struct layer_view *view,
                               const struct layer_format *format, const char *connection,
                               const struct map_export_options *options);

/* The connection as it may be shown: without its password. Owned by the caller; NULL: no memory. */
char *layer_database_shown(const char *connection);

#endif

/*
 * The bundled Sweden: text tables compiled into the library, from which a project can be made without any
 * file.
 *
 * Polygons are schematic, the timetable and the supplier market are synthetic, and the source table says so.
 */
#ifndef DATASETS_SWEDEN_H
#define DATASETS_SWEDEN_H

#include "datasets/project.h"

/* Makes the bundled tables readable under DATA_SWEDEN "<name>" (GDAL's in-memory files). Call once before
 * use. */
#define DATA_SWEDEN "/vsimem/omland/sweden/"
om_status data_sweden_mount(om_context *ctx);

/* Fills an empty project with everything but travel times, through the same importers a user's files pass. */
om_status data_sweden_populate(om_context *ctx, data_project *project);

/* Writes the synthetic timetable as a GTFS feed (zip, or a folder when the path ends in '/'). Deterministic.
 */
om_status data_sweden_write_feed(om_context *ctx, const char *path);

#endif

/*
 * Points as people name them on a command line.
 */
#ifndef DATASETS_NAMED_POINT_H
#define DATASETS_NAMED_POINT_H

#include "datasets/points.h"
#include "datasets/project.h"

/*
 * What a text means, tried in this order: "latitude,longitude" in degrees; in a project (which may be NULL)
 * the seat of the municipality with that code or name, then the locality; in the feed the stop or station
 * with that stop_id or name, or the only one whose name contains the text. Names are compared whatever their
 * case. OM_BAD_DATA lists what shares a name,
 * OM_NOT_FOUND stops whose names contain the text. The texts of *out are the caller's (data_point_done).
 */
om_status data_point_named(om_context *ctx, data_project *project, const data_feed *feed, const char *text,
                           struct data_point *out);
void data_point_done(struct data_point *point);

#endif

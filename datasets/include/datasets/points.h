/*
 * The points travel times are computed between: a CSV with id and either stop_id or lon, lat.
 */
#ifndef DATASETS_POINTS_H
#define DATASETS_POINTS_H

#include "datasets/feed.h"

struct data_point {
    char *id;
    char *stop_id;     /* or NULL; several may be given, separated by spaces */
    double lon_lat[2]; /* NAN when not given */
};

om_status data_points_read(om_context *ctx, const char *path, struct data_point **out, size_t *n);
void data_points_free(struct data_point *points, size_t n);

/* Resolves points to stops of the timetable. Unknown stop ids are OM_BAD_DATA; a point without a stop in
 * reach or without a place at all, one that fell back to the nearest station, and one without service that
 * day are findings that name it. has_service may be NULL. The access lists are owned by *out;
 * data_access_free. */
om_status data_points_access(om_context *ctx, const data_feed *feed, const geo_timetable *timetable,
                             const struct data_point *points, size_t n,
                             const struct geo_access_options *options, struct geo_point **out,
                             unsigned char *has_service);
void data_access_free(struct geo_point *points, size_t n);

#endif

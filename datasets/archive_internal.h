/* Files inside zips, also inside zips in zips, as statistics offices publish them. */
#ifndef DATASETS_ARCHIVE_INTERNAL_H
#define DATASETS_ARCHIVE_INTERNAL_H

#include "datasets/project.h"

/* The tables and layers in an archive as paths GDAL reads, in name order; for any other path, the path
 * itself. OM_NOT_FOUND when the archive holds none. */
om_status archive_list(om_context *ctx, const char *path, struct data_names *out);

/* A path as people know it: "feed.zip: stops.txt" for GDAL's "/vsizip/{feed.zip}/stops.txt". Owned by the
 * caller; NULL when memory is out. */
char *archive_shown(const char *path);

#endif

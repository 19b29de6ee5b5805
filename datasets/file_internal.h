/* Whole files into memory, from any path GDAL reads. */
#ifndef DATASETS_FILE_INTERNAL_H
#define DATASETS_FILE_INTERNAL_H

#include "geo/status.h"

/* *bytes is owned by the caller (om_free) and ends with a NUL that *size does not count. OM_NOT_FOUND, OM_IO,
 * and OM_BAD_DATA over the limit. */
om_status file_read(om_context *ctx, const char *path, size_t limit, char **bytes, size_t *size);

/* The last part of a path. */
const char *file_name(const char *path);

#endif

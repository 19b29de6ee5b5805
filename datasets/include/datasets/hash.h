/*
 * SHA-256 (nettle), as lower-case hex of 64 characters and a NUL.
 */
#ifndef DATASETS_HASH_H
#define DATASETS_HASH_H

#include "geo/status.h"

#include <stddef.h>

void data_hash_bytes(const void *bytes, size_t size, char sha256[65]);
/* Any path GDAL reads (/vsizip/, /vsimem/ …); a folder hashes its files' names and contents in name order. */
om_status data_hash_path(om_context *ctx, const char *path, char sha256[65]);

#endif

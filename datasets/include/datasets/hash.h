/*
 * Digests as lower-case hex and a NUL: SHA-256 (nettle) to name what a result rests on, and XXH3 of 128 bits
 * (xxhash), several times as fast, to find something again that we made ourselves. XXH3 tells apart whatever
 * differs by accident; it is no guard against somebody who looks for two files with the same digest.
 */
#ifndef DATASETS_HASH_H
#define DATASETS_HASH_H

#include "geo/status.h"

#include <stddef.h>

void data_hash_bytes(const void *bytes, size_t size, char sha256[65]);
/* Any path GDAL reads (/vsizip/, /vsimem/ …); a folder hashes its files' names and contents in name order. */
om_status data_hash_path(om_context *ctx, const char *path, char sha256[65]);

enum { DATA_XXH3_SIZE = 33 };
void data_xxh3_bytes(const void *bytes, size_t size, char xxh3[DATA_XXH3_SIZE]);
om_status data_xxh3_path(om_context *ctx, const char *path, char xxh3[DATA_XXH3_SIZE]); /* as above */

#endif

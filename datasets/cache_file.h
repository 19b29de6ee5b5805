/*
 * Arrays in a file, to be used where they lie: the format of the timetable cache.
 *
 * A file is written whole under another name and renamed, so that readers and other writers only ever see
 * whole files, and it is never changed after that. It holds a header, a directory, and the arrays as they lie
 * in memory, and is therefore good for machines of the same kind only; the header says which.
 *
 * A checksum of 128 bits covers every byte of the file but its own. It is what makes items safe to use
 * without looking at each: a byte that has changed by accident is found out, by design of XXH3 with a chance
 * of error of 2^-128, and nobody else writes into a folder of which the XDG specification says that it is the
 * user's. Files are mapped, not copied. A medium that fails while a file is in use therefore ends the
 * program, as it does for one that runs from it.
 */
#ifndef DATASETS_CACHE_FILE_H
#define DATASETS_CACHE_FILE_H

#include "geo/array.h"
#include "geo/status.h"

struct cache_file; /* open for reading */

/*
 * Writes arrays under a key, any text that names all they depend on. Replaces what is there. OM_IO.
 */
om_status cache_file_write(om_context *ctx, const char *path, const char *key, const struct geo_array *arrays,
                           size_t n);

/*
 * Opens what was written under the same key. OM_NOT_FOUND when there is no such file; OM_BAD_DATA when it is
 * damaged, or another version's, machine's or key's, and the message says which; OM_IO.
 */
om_status cache_file_open(om_context *ctx, const char *path, const char *key, struct cache_file **out);
void cache_file_close(struct cache_file *file); /* accepts NULL */

/* The arrays, at addresses with the alignment of any type, until the file is closed. */
const struct geo_array *cache_file_arrays(const struct cache_file *file, size_t *n);

#endif

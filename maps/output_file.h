/*
 * A file that is there whole or not at all: written under a temporary name beside the final one, then
 * renamed. Messages name the final one.
 */
#ifndef MAPS_OUTPUT_FILE_H
#define MAPS_OUTPUT_FILE_H

#include "geo/status.h"

#include <stdio.h>

struct output_file {
    char *path, *temporary; /* owned */
};

/* Whether a name ends so, and has more than that; capital letters or small ones. */
bool path_ends_with(const char *path, const char *ending);

/* OM_EXISTS for a folder, and for a file without overwrite. The temporary name keeps the extension. */
om_status output_file_begin(om_context *ctx, const char *path, bool overwrite, struct output_file *out);
/* The temporary, to write to; ends with output_file_close. */
om_status output_file_open(om_context *ctx, const struct output_file *file, FILE **out);
/* How the writing went, which need not look after the stream: what could not be written is OM_IO. */
om_status output_file_close(om_context *ctx, const struct output_file *file, FILE *stream, om_status written);
/* Renames, once the bytes are on disk. */
om_status output_file_finish(om_context *ctx, const struct output_file *file);
/* Removes what was not finished. */
void output_file_done(struct output_file *file);

#endif

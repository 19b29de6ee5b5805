/*
 * Reads a file in a thread of its own, a few blocks ahead of whoever wants its bytes: inflating a zip's entry
 * then runs beside parsing it. Memory is the ring of blocks, whatever the file's size.
 */
#ifndef DATASETS_READ_AHEAD_H
#define DATASETS_READ_AHEAD_H

#include <cpl_vsi.h>

#include <stdbool.h>
#include <stddef.h>

struct read_ahead;

/* Starts reading where `file` stands. The file stays the caller's, who leaves it alone until
 * read_ahead_close. NULL when there is no memory or no thread to be had: then read the file directly. */
struct read_ahead *read_ahead_open(VSILFILE *file);
void read_ahead_close(struct read_ahead *ahead); /* accepts NULL; the thread has ended when it returns */

/* The next bytes, at least one and at most `size`; 0 at the end of the file. */
size_t read_ahead_read(struct read_ahead *ahead, char *to, size_t size);

#endif

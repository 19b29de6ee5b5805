/*
 * Allocation for every layer, so that tests can fail the n-th one.
 *
 * Memory from these functions is freed with om_free. All return NULL on failure; sizes that overflow fail.
 * Threads: safe; the failure countdown is for single-threaded tests.
 */
#ifndef GEO_MEMORY_H
#define GEO_MEMORY_H

#include <stddef.h>

void *om_alloc(size_t count, size_t size); /* zeroed; count 0 gives a unique non-NULL pointer */
void *om_resize(void *block, size_t count, size_t size);
char *om_strdup(const char *text);
char *om_strndup(const char *text, size_t length);
char *om_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
void om_free(void *block);

/*
 * Grows an array so that it holds at least `wanted` items of `size` bytes, doubling its capacity.
 * Returns the (possibly moved) array, or NULL when memory is out, and then the old one is still valid.
 */
void *om_grow(void *items, size_t *capacity, size_t wanted, size_t size);

/* The n-th allocation from now fails (1 = the next), and every one after it; 0 switches this off. */
void om_memory_fail_after(size_t n);

#endif

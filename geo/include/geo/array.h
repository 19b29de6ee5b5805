/*
 * An array as it lies in memory, with what is needed to keep it elsewhere and to know it again.
 */
#ifndef GEO_ARRAY_H
#define GEO_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct geo_array {
    const char *name;
    const void *items;
    size_t size, n; /* bytes of an item; items */
};

static inline bool geo_array_is(const struct geo_array *array, const char *name, size_t size, size_t n)
{
    return strcmp(array->name, name) == 0 && array->size == size && array->n == n;
}

/* Whoever keeps the arrays that something rests on. `release` is called once, when they are needed no more.
 */
struct geo_keeper {
    void (*release)(void *block);
    void *block;
};

#endif

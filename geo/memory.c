#include "geo/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t fail_after; /* 0 = never; counts down to 1 and stays there */

void om_memory_fail_after(size_t n)
{
    fail_after = n;
}

static int must_fail(void)
{
    if (fail_after == 0)
        return 0;
    if (fail_after == 1)
        return 1;
    fail_after--;
    return 0;
}

void *om_alloc(size_t count, size_t size)
{
    if (must_fail())
        return NULL;
    return calloc(count ? count : 1, size ? size : 1);
}

void *om_resize(void *block, size_t count, size_t size)
{
    if (must_fail() || (size && count > SIZE_MAX / size))
        return NULL;
    size_t bytes = count * size;
    return realloc(block, bytes ? bytes : 1);
}

char *om_strndup(const char *text, size_t length)
{
    char *copy = om_alloc(length + 1, 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}

char *om_strdup(const char *text)
{
    return om_strndup(text, strlen(text));
}

char *om_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = n < 0 ? NULL : om_alloc((size_t)n + 1, 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

void om_free(void *block)
{
    free(block);
}

void *om_grow(void *items, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return items ? items : om_resize(NULL, *capacity, size);
    size_t fresh = *capacity ? *capacity : 16;
    while (fresh < wanted) {
        if (fresh > SIZE_MAX / 2)
            return NULL;
        fresh *= 2;
    }
    void *moved = om_resize(items, fresh, size);
    if (moved)
        *capacity = fresh;
    return moved;
}

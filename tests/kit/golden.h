/*
 * Golden files: output that is compared whole. OMLAND_UPDATE_GOLDEN=1 writes them anew instead.
 */
#ifndef TESTS_KIT_GOLDEN_H
#define TESTS_KIT_GOLDEN_H

#include "kit.h"

/* The number of the first line that differs, for the message. */
static inline int kit_first_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++)
        line += *a == '\n';
    return line;
}

static inline void kit_golden(const char *name, const char *actual)
{
    char below[256];
    snprintf(below, sizeof below, "tests/golden/%s", name);
    const char *path = kit_source(below);
    if (getenv("OMLAND_UPDATE_GOLDEN")) {
        kit_write(path, actual);
        return;
    }
    char *expected = kit_read(path);
    if (!expected || strcmp(expected, actual) != 0) {
        print_message("%s differs from line %d on; OMLAND_UPDATE_GOLDEN=1 writes it anew. It is now:\n%s\n",
                      path, expected ? kit_first_difference(expected, actual) : 1, actual);
        fail();
    }
    free(expected);
}

/* The same for the part of an output that begins with `first` and, when `last` is not NULL, ends before it:
 * not what every result has in common, which other golden files hold. */
static inline void kit_golden_part(const char *name, const char *actual, const char *first, const char *last)
{
    char *copy = strdup(actual), *begin = strstr(copy, first);
    char *end = begin && last ? strstr(begin, last) : NULL;
    if (!begin || (last && !end))
        fail_msg("%s: \"%s\" … \"%s\" is not in:\n%s", name, first, last ? last : "", actual);
    if (end)
        *end = '\0';
    kit_golden(name, begin);
    free(copy);
}

#endif

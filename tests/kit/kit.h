/*
 * What tests share: cmocka with its prerequisites, where things are, temporary folders, running the tool, and
 * a small seeded random generator. Header-only; include first.
 */
#ifndef TESTS_KIT_H
#define TESTS_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIT_SKIPPED = 77 };

static inline const char *kit_env(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value && *value ? value : fallback;
}

/* A path below the sources, the shared data, or the tool itself. Static buffers, eight deep. */
static inline const char *kit_path(const char *root, const char *below)
{
    static char buffers[8][1024];
    static int next;
    char *buffer = buffers[next++ % 8];
    snprintf(buffer, sizeof buffers[0], "%s/%s", root, below);
    return buffer;
}

static inline const char *kit_source(const char *below)
{
    return kit_path(kit_env("OMLAND_SOURCE", "."), below);
}

static inline const char *kit_shared(const char *below)
{
    return kit_path(kit_env("OMLAND_SHARED", "../shared"), below);
}

static inline const char *kit_tool(void)
{
    return kit_env("OMLAND", "build/dev/cli/omland");
}

/* Ends a whole test program as skipped when a path is absent, saying so. Call first in main. */
static inline void kit_need(const char *path)
{
    if (access(path, R_OK) == 0)
        return;
    printf("SKIPPED: needs %s\n", path);
    exit(KIT_SKIPPED);
}

/* A fresh folder, removed by kit_remove. */
static inline char *kit_folder(void)
{
    static char name[64];
    snprintf(name, sizeof name, "/tmp/omland-test-XXXXXX");
    assert_non_null(mkdtemp(name));
    return name;
}

/* The same in memory, where the system has a folder there: for what else would wait for the disk. */
static inline char *kit_quick_folder(void)
{
    static char name[64];
    if (access("/dev/shm", W_OK) != 0)
        return kit_folder();
    snprintf(name, sizeof name, "/dev/shm/omland-test-XXXXXX");
    assert_non_null(mkdtemp(name));
    return name;
}

static inline void kit_remove(const char *folder)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

static inline void kit_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* A whole file, or NULL; freed by the caller. Its size goes to `size`; a NUL follows it. */
static inline char *kit_read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t got;
    *size = 0;
    if (!file)
        return NULL;
    do {
        bytes = realloc(bytes, *size + 65537);
        got = fread(bytes + *size, 1, 65536, file);
        *size += got;
    } while (got);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

/* A whole file of text, or NULL; freed by the caller. */
static inline char *kit_read(const char *path)
{
    size_t size;
    return kit_read_bytes(path, &size);
}

/* Runs a shell command line; returns its exit status and its combined output (freed by the caller). */
static inline int kit_run(char **output, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline int kit_run(char **output, const char *format, ...)
{
    char command[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t size = 0, got;
    *output = NULL;
    do {
        *output = realloc(*output, size + 4097);
        got = fread(*output + size, 1, 4096, pipe);
        size += got;
    } while (got);
    (*output)[size] = '\0';
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* splitmix64: the same numbers on every machine. */
struct kit_random {
    uint64_t state;
};

static inline uint64_t kit_next(struct kit_random *random)
{
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A number in 0 .. n-1. */
static inline uint32_t kit_below(struct kit_random *random, uint32_t n)
{
    return (uint32_t)(kit_next(random) % n);
}

#endif

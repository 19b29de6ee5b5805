/*
 * Status codes, messages and findings, shared by every layer.
 *
 * A function that can fail takes an om_context first, returns an om_status, and writes its out-parameters
 * (last) only when it returns OM_OK. The context carries the message of the failure; callers add where they
 * were as it travels up (om_context_add). Libraries never print: findings (repairs, oddities in the data) are
 * counted in the context by kind, the first few are kept, and the command shows them.
 *
 * Threads: one context per thread.
 */
#ifndef GEO_STATUS_H
#define GEO_STATUS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum om_status {
    OM_OK = 0,
    OM_NO_MEMORY,        /* an allocation failed */
    OM_INVALID_ARGUMENT, /* the caller's parameters make no sense */
    OM_BAD_DATA,  /* the user's data is wrong; the message names file, line or feature, field and value */
    OM_NOT_FOUND, /* a named file, table, plan, area … does not exist */
    OM_EXISTS,    /* the output exists already */
    OM_IO,        /* reading or writing failed */
    OM_LIBRARY,   /* GDAL, GEOS, PROJ, SQLite … failed; the message carries theirs */
    OM_CANCELLED, /* the progress callback asked to stop */
} om_status;

enum { OM_MESSAGE_SIZE = 2048, OM_FINDING_KINDS = 64, OM_FINDING_EXAMPLES = 3 };

/* One kind of finding: a stable snake_case code, how often, and the first few messages (owned). */
struct om_finding {
    const char *code; /* owned by the context */
    size_t count;
    char *examples[OM_FINDING_EXAMPLES];
};

/* Asked now and then during long work; returns false to cancel. `what` is a translated phrase. */
typedef bool om_progress_fn(void *user, const char *what, size_t done, size_t total);

typedef struct om_context {
    om_status status;              /* of the last failure */
    char message[OM_MESSAGE_SIZE]; /* UTF-8, translated, no trailing newline */
    size_t n_findings;
    struct om_finding findings[OM_FINDING_KINDS];
    om_progress_fn *progress; /* may be NULL */
    void *progress_user;
} om_context;

/* A context starts as zero bytes: om_context ctx = {0}; om_context_done frees what it holds. */
void om_context_done(om_context *ctx);

/* Records a failure and returns its status, so that `return om_fail(ctx, OM_BAD_DATA, …)` is one line. */
om_status om_fail(om_context *ctx, om_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* OM_NO_MEMORY with the usual message. */
om_status om_no_memory(om_context *ctx);

/* Puts "prefix: " before the message and returns the status: where the failure happened, added on the way up.
 */
om_status om_context_add(om_context *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Counts a finding under its code (e.g. "code_zero_padded") and keeps the first few messages. */
void om_find(om_context *ctx, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Counts what another context found, as if it had been found here. */
void om_find_again(om_context *ctx, const struct om_finding *finding);

#ifdef __clang_analyzer__
/* Tells the analyser what it cannot see from a declaration: these never return OM_OK. */
#define om_fail(ctx, status, ...) \
    ((void)(om_fail)(ctx, status, __VA_ARGS__), (status) ? (status) : OM_LIBRARY)
#define om_no_memory(ctx) ((void)(om_no_memory)(ctx), OM_NO_MEMORY)
#endif

/* How often a finding was counted; 0 when never. */
size_t om_found(const om_context *ctx, const char *code);

/* Reports progress; OM_CANCELLED when the callback wants to stop, else OM_OK. */
om_status om_progress(om_context *ctx, const char *what, size_t done, size_t total);

#endif

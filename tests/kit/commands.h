/*
 * Running omland in a folder of its own and looking at what it says. Include after kit.h.
 */
#ifndef TESTS_KIT_COMMANDS_H
#define TESTS_KIT_COMMANDS_H

#include "kit.h"

#include <jansson.h>

static char *folder; /* set by the test */

/* Runs omland in the test's folder; the output is freed by the caller. */
static inline int run(char **output, const char *arguments)
{
    return kit_run(output, "cd '%s' && '%s' %s", folder, kit_tool(), arguments);
}

/* That it exits with the code and says each of the texts, the last of which is NULL; the output is the
 * caller's. */
static inline char *expect_all(int code, const char *arguments, const char *const says[])
{
    char *output = NULL;
    char with_errors[1024];
    snprintf(with_errors, sizeof with_errors, "2>&1 %s", arguments);
    int got = run(&output, with_errors);
    for (; *says; says++)
        if (got != code || !strstr(output, *says))
            fail_msg("omland %s: exit %d, wanted %d; said:\n%s\nwanted: %s", arguments, got, code, output,
                     *says);
    return output;
}

static inline void expect(int code, const char *arguments, const char *says)
{
    free(expect_all(code, arguments, (const char *const[]){says, NULL}));
}

static inline json_t *json_of(const char *arguments)
{
    char *output = NULL;
    json_error_t error;
    int code = run(&output, arguments);
    json_t *document = json_loads(output, 0, &error);
    if (code != 0 || !document)
        fail_msg("omland %s: exit %d, line %d: %s\n%.300s", arguments, code, error.line, error.text, output);
    free(output);
    return document;
}

#endif

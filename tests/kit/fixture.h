/*
 * The set-up of test programs on the small judged country: a context, the country judged and compared with
 * another plan of it, and a folder. kit_start and kit_stop are for cmocka_run_group_tests.
 */
#ifndef TESTS_KIT_FIXTURE_H
#define TESTS_KIT_FIXTURE_H

#include "compared.h"

struct kit_fixture {
    om_context ctx;
    struct kit_compared kit;
    char *folder;
};

static inline int kit_start(void **state)
{
    static struct kit_fixture fixture;
    kit_compared_make(&fixture.ctx, &fixture.kit);
    fixture.folder = kit_folder();
    *state = &fixture;
    return 0;
}

static inline int kit_stop(void **state)
{
    struct kit_fixture *fixture = *state;
    kit_remove(fixture->folder);
    kit_compared_done(&fixture->kit);
    om_context_done(&fixture->ctx);
    return 0;
}

/* A path in the folder, as kit_path. */
static inline const char *kit_inside(const struct kit_fixture *fixture, const char *name)
{
    return kit_path(fixture->folder, name);
}

#endif

/*
 * A file of profiles: an INI section for each, whose keys are the options of `times` that say under which
 * conditions.
 */
#ifndef CLI_PROFILES_H
#define CLI_PROFILES_H

#include "routing.h"

/*
 * Keys are the names of these options, whose fields lie in struct routing; what a section does not set is as
 * in defaults. A flag "no-x" is the key "x = yes|no". OM_BAD_DATA names file, line, key and value.
 */
om_status profiles_read(struct cli *cli, const char *path, const struct cli_option *options, size_t n_options,
                        const struct routing *defaults, struct routing_profile **out, size_t *n);
void profiles_free(struct routing_profile *profiles, size_t n);

#endif

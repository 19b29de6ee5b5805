/*
 * A new project: what `new` and `demo` share.
 */
#ifndef CLI_CREATING_H
#define CLI_CREATING_H

#include "cli.h"

/* Makes the project file, filled with the bundled Sweden unless it is to be empty. */
om_status creating_run(struct cli *cli, const char *path, const char *crs, bool is_empty);

#endif

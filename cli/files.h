/*
 * Files and standard streams named on the command line. "-" is stdin or stdout.
 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "cli.h"

#include <stdio.h>

/* An output under a temporary name until it is complete, so that nothing is ever half written. */
struct cli_output {
    FILE *file;
    char *path, *temporary; /* NULL for stdout */
};

/* OM_EXISTS when the path exists and --overwrite was not given. */
om_status cli_output_open(struct cli *cli, const char *path, struct cli_output *out);
om_status cli_output_finish(struct cli *cli, struct cli_output *output);
/* Harmless after finish: throws away what was not finished. */
void cli_output_discard(struct cli_output *output);

/* OM_EXISTS, as above, for what is written by others. */
om_status cli_must_not_exist(struct cli *cli, const char *path);

/* The path itself, or for "-" the path of a copy of stdin in memory. NULL when it cannot be read. */
const char *cli_input(struct cli *cli, const char *path);

#endif

/*
 * A judged plan, or a plan compared with another, written somewhere: what `map`, `report` and `export` share.
 */
#ifndef CLI_SHOWING_H
#define CLI_SHOWING_H

#include "judging.h"

/* Writes a result to the place named second on the command line. */
typedef om_status showing_fn(struct cli *cli, const struct map_result *result, const void *request);

/* Judges the plan that the options name, compared with `against` unless that is NULL, and shows it. */
enum cli_exit showing_run(struct cli *cli, const struct judging_options *judging, const char *against,
                          showing_fn *show, const void *request);

#endif

/*
 * Two judged cases of one project, compared: what `compare`, `whatif` and the option --against share.
 */
#ifndef CLI_COMPARING_H
#define CLI_COMPARING_H

#include "judging.h"

struct compared {
    struct judged before, after;
    struct plan_comparison *comparison;
};

/* Judges another case of the project of `before` and compares. Takes both in any event: `before` is moved
 * from, and the_case is freed with `out`. */
om_status comparing_run(struct cli *cli, struct judged *before, struct data_case *the_case,
                        struct compared *out);

/* Two plans of the project named first on the command line, judged by the same rules. */
om_status comparing_plans(struct cli *cli, enum data_access access, const struct judging_options *options,
                          const char *before, const char *after, struct compared *out);
void compared_done(struct compared *compared);

#endif

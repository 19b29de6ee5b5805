/*
 * What a search starts from, and where its proposals go: the parts of `propose`.
 */
#ifndef CLI_PROPOSING_H
#define CLI_PROPOSING_H

#include "judging.h"

#include "planner/search.h"

/* The case a search starts from. It may share its parts with another, which lives as long. */
struct proposing_start {
    data_project *project;
    struct data_case *base; /* NULL when the case stands alone */
    struct data_case *the_case;
};

/* `from` is a plan of the project, a kind of regions, or "municipalities": each on its own. n_areas 0: as the
 * rules say. */
om_status proposing_load(struct cli *cli, const char *path, const char *from, const char *rules, int n_areas,
                         struct proposing_start *out);
void proposing_start_done(struct proposing_start *start);

/* Codes of municipalities and names of areas that are to stay; both arrays are zeroed and the caller's. */
om_status proposing_lock(struct cli *cli, const struct plan_case *input, const struct cli_list *locked,
                         bool *is_locked, bool *is_locked_area);

/* OM_EXISTS when the project has a plan of one of the names and --overwrite was not given. */
om_status proposing_check_names(struct cli *cli, data_project *project, char *const *names, size_t n);

/* OM_NOT_FOUND when the best plan found breaks limits, and no less than the start: the message says which and
 * by how much. Breaks it them less, that is said on stderr. */
om_status proposing_check_limits(struct cli *cli, const struct plan_case *input,
                                 const struct plan_search_result *found, const struct plan *best,
                                 const struct plan_breach *breaches, size_t n);

#endif

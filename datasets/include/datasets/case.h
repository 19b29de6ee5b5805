/*
 * A case: everything one judgement rests on, loaded from a project, with the hashes that let it be
 * reproduced.
 */
#ifndef DATASETS_CASE_H
#define DATASETS_CASE_H

#include "datasets/project.h"

struct data_case {
    struct plan_territory *territory;
    struct plan *plan;
    struct plan_market *market;
    struct plan_travel *travel;
    struct data_profile *profile; /* of the travel times; NULL when there are none */
    struct plan_rules rules;
    struct plan_case input;   /* borrows the above: what plan_evaluate takes */
    struct geo_wkb *polygons; /* one per municipality */
    struct data_source *sources;
    size_t n_sources;
    char *rules_name, *crs;
    char plan_sha256[65], rules_sha256[65], input_sha256[65]; /* lower-case hex */
    const struct data_case *base; /* what it shares its other parts with; NULL: nothing */
};

/*
 * rules_path: an INI file read for this run and stored in the project under the file's name when it is
 * writable, or the name of a stored rule set; NULL = the rule set stored last, else the defaults.
 * OM_NOT_FOUND lists the plans, rule sets, profiles or services there are.
 */
om_status data_case_load(om_context *ctx, data_project *project, const char *plan_name,
                         const char *rules_path, struct data_case **out);
void data_case_free(struct data_case *the_case); /* accepts NULL; frees the struct itself too */

/* Rules from an INI file, or of that name in the project; *name is theirs and the caller's. */
om_status data_rules_find(om_context *ctx, data_project *project, const char *path_or_name,
                          struct plan_rules *rules, char **name);

/* The case with another plan of the project, and the market that serves its areas; as data_case_vary. */
om_status data_case_load_plan(om_context *ctx, data_project *project, const struct data_case *base,
                              const char *plan_name, struct data_case **out);

/* What differs between a case and its base; NULL: nothing of that kind. */
struct data_case_parts {
    struct plan *plan;              /* this and the next become the new case's, also when it cannot be made */
    struct plan_market *market;     /* of the same suppliers */
    const struct plan_rules *rules; /* copied; travel times are loaded anew when they name others */
    const char *rules_name;
};

/* A case that differs from its base in some parts and shares the rest with it. The base must outlive it. */
om_status data_case_vary(om_context *ctx, data_project *project, const struct data_case *base,
                         const struct data_case_parts *parts, struct data_case **out);

/* SHA-256 over the canonical text of an evaluation, so that two runs can be compared. */
om_status data_result_hash(om_context *ctx, const struct data_case *the_case,
                           const struct plan_evaluation *evaluation, char sha256[65]);

#endif

/*
 * A case with changes tried on it (planner/changes.h), and what it takes of files and the project.
 */
#ifndef DATASETS_WHAT_IF_H
#define DATASETS_WHAT_IF_H

#include "datasets/case.h"
#include "planner/changes.h"

/*
 * Appends the changes of a table: column `change` names the kind, and supplier, municipality, area, to and
 * name hold what the kind needs, empty where it needs nothing. Codes are repaired as in imports. OM_BAD_DATA
 * names file, line, column, value and what would be right.
 */
om_status data_changes_read(om_context *ctx, data_project *project, const char *path,
                            struct plan_changes *changes);

/*
 * The case after the changes, sharing what they leave alone with the base, which must outlive it. Rules and
 * travel times hold for all of it: the last rules named, then the last profile. Nothing is stored.
 */
om_status data_case_change(om_context *ctx, data_project *project, const struct data_case *base,
                           const struct plan_changes *changes, struct data_case **out);

/* Stores the case's plan under a name, with where it comes from: synthetic if the plan of its base is. */
om_status data_case_save_plan(om_context *ctx, data_project *project, const struct data_case *the_case,
                              const char *name);

#endif

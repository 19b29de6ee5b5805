/*
 * A list of places where in-house delivery could be: seats of municipalities, such as those with a service
 * office.
 */
#ifndef DATASETS_SITE_CANDIDATES_H
#define DATASETS_SITE_CANDIDATES_H

#include "datasets/project.h"
#include "planner/in_house.h"

/*
 * Reads a table with a column of municipalities (codes or names) and perhaps one of uses
 * (plan_site_use_names; a missing one is candidate), into use[territory->n]; municipalities that are not
 * listed are forbidden. OM_BAD_DATA names file, line, column, value and what is needed.
 */
om_status data_site_candidates_read(om_context *ctx, data_project *project, const char *path,
                                    const struct plan_territory *territory, enum plan_site_use *use);

#endif

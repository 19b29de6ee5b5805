/*
 * Where in-house delivery could be: seats of municipalities, and places of one's own such as service offices.
 */
#ifndef DATASETS_SITE_CANDIDATES_H
#define DATASETS_SITE_CANDIDATES_H

#include "datasets/project.h"
#include "planner/in_house.h"

/* Seats of the n municipalities first, then the places, as planner/in_house.h counts sites. */
struct data_site_candidates {
    size_t n_places;
    struct plan_place *places; /* in order of their names (byte order), which are owned; no durations yet */
    enum plan_site_use *use;   /* per site */
    double *capacity;          /* per site, in job seekers; INFINITY where none is given */
};

/*
 * path NULL: every seat, no place, no capacity. Else a table of which a row with lon and lat (degrees), or
 * easting and northing (project CRS), or a point without a municipality is a place and needs a name; any
 * other row is the seat of its municipality (code or name). A use (plan_site_use_names) is candidate where it
 * is not given; a capacity is at least 0. Seats that are not listed are forbidden. OM_BAD_DATA names file,
 * line, column, value and what is needed.
 */
om_status data_site_candidates_read(om_context *ctx, data_project *project, const char *path,
                                    const struct plan_territory *territory, struct data_site_candidates *out);
void data_site_candidates_done(struct data_site_candidates *candidates);

#endif

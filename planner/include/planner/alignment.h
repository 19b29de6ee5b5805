/*
 * How a plan agrees with a reference partition (FA, LA, county): shares, straddles, splits and the usual
 * measures.
 */
#ifndef PLANNER_ALIGNMENT_H
#define PLANNER_ALIGNMENT_H

#include "planner/plan.h"
#include "planner/rules.h"

/*
 * Measures between two labelings with weights (all 1 when weight is NULL). Homogeneity, completeness and
 * V-measure: Rosenberg & Hirschberg 2007; adjusted Rand index: Hubert & Arabie 1985 (weights as
 * multiplicities); variation of information in bits: Meila 2007. Municipalities with a negative label on
 * either side are left out.
 */
struct plan_agreement {
    double homogeneity, completeness, v_measure;
    double adjusted_rand;
    double variation_of_information_bits;
};
om_status plan_agreement_compute(om_context *ctx, size_t n, const int32_t *plan_label, size_t n_plan_labels,
                                 const int32_t *reference_label, size_t n_reference_labels,
                                 const double *weight, struct plan_agreement *out);

enum plan_split_reason {
    PLAN_SPLIT_METROPOLITAN, /* the region's population is over the threshold */
    PLAN_SPLIT_COMMUTING, /* most job seekers of the piece cannot reach the region's largest seat within the
                             limit */
    PLAN_SPLIT_UNEXPLAINED,
};

/* The piece of a region that lies in one area other than the area with most of the region. */
struct plan_split {
    int32_t region, area;
    double job_seekers;
    enum plan_split_reason reason;
};

/* Of one area. */
struct plan_area_alignment {
    int32_t dominant_region;
    double dominant_share; /* of the area's job seekers */
    int32_t n_regions;     /* more than one: the area straddles */
};

struct plan_alignment {
    const struct plan_partition *reference; /* borrowed */
    size_t n_areas;
    struct plan_area_alignment *areas;
    size_t n_splits;
    struct plan_split *splits; /* unexplained first, then by job seekers, largest first */
    struct plan_agreement by_municipality, by_job_seekers;
};

void plan_alignment_free(struct plan_alignment *alignment); /* accepts NULL; frees the struct itself too */

om_status plan_alignment_compute(om_context *ctx, const struct plan_territory *territory,
                                 const struct plan *plan, const struct plan_partition *reference,
                                 const struct plan_travel *travel, const struct plan_rules *rules,
                                 struct plan_alignment **out);

#endif

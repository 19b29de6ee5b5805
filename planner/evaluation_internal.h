/*
 * The steps of an evaluation, in the order in which they run.
 */
#ifndef PLANNER_EVALUATION_INTERNAL_H
#define PLANNER_EVALUATION_INTERNAL_H

#include "reach_internal.h"

#include <math.h>

/* Suppliers by area: those with an active office in a are supplier[first[a] .. first[a + 1] - 1], sorted. */
struct plan_presence {
    uint32_t *first;
    int32_t *supplier;
    bool *may_serve; /* somewhere in the area; with basis offices always */
};
om_status plan_presence_new(om_context *ctx, const struct plan *plan, const struct plan_reach *reach,
                            struct plan_presence *out);
void plan_presence_done(struct plan_presence *presence);
/* Suppliers of the area that may serve in it. */
int32_t plan_presence_count(const struct plan_presence *presence, int32_t area);

/* OM_INVALID_ARGUMENT when the parts do not belong together. */
om_status plan_check_case(om_context *ctx, const struct plan_case *input);

/* What the steps share. */
struct plan_judging {
    const struct plan_case *input;
    const struct plan_reach *reach;
    struct plan_presence presence;
    struct plan_evaluation *evaluation;
    size_t closing_capacity;
};

void plan_judge_municipality(struct plan_judging *judging, int32_t m);
om_status plan_judge_closing(om_context *ctx, struct plan_judging *judging, int32_t m);
void plan_judge_headline(struct plan_judging *judging);
void plan_judge_localities(struct plan_judging *judging); /* adds to the headline */
om_status plan_judge_areas(om_context *ctx, struct plan_judging *judging);
om_status plan_judge_markets(om_context *ctx, struct plan_judging *judging); /* concentration */

/* Inhabitants per km²; NAN when unknown, and without land. */
double plan_density_per_km2(const struct plan_municipality *municipality);

/* ---- the definitions of a status, a cause and a verdict, for every way of counting what they rest on ----
 */

static inline enum plan_status plan_status_of(int32_t suppliers_inside, int32_t wanted)
{
    if (suppliers_inside >= wanted)
        return PLAN_STATUS_CHOICE;
    return suppliers_inside > 0 ? PLAN_STATUS_LIMITED : PLAN_STATUS_NONE;
}

/* What the cause of a municipality rests on. */
struct plan_supply {
    int32_t inside;             /* suppliers reachable in the area */
    int32_t anywhere;           /* suppliers reachable when borders are ignored */
    int32_t of_area;            /* suppliers that may serve somewhere in the area */
    int32_t of_area_for_member; /* suppliers with an office in the area that may serve this municipality */
};

static inline enum plan_cause plan_cause_of(const struct plan_supply *supply, int32_t wanted)
{
    if (supply->inside >= wanted)
        return PLAN_CAUSE_NOTHING;
    if (supply->of_area == 0)
        return PLAN_CAUSE_NO_SUPPLIER;
    if (supply->anywhere >= wanted)
        return PLAN_CAUSE_BORDER;
    return supply->of_area_for_member >= wanted ? PLAN_CAUSE_DISTANCE : PLAN_CAUSE_MARKET;
}

static inline enum plan_need plan_need_of(enum plan_status status, int32_t suppliers_of_area)
{
    if (status != PLAN_STATUS_NONE)
        return PLAN_NEED_NOTHING;
    return suppliers_of_area > 0 ? PLAN_NEED_LOCAL : PLAN_NEED_AREA_WIDE;
}

/* Unknown participants could only add to those that are known. */
static inline enum plan_verdict plan_market_verdict(double participants, bool some_are_unknown,
                                                    int32_t n_suppliers, double min_per_supplier)
{
    if (n_suppliers == 0)
        return PLAN_VERDICT_UNKNOWN;
    if (participants >= min_per_supplier * n_suppliers)
        return PLAN_VERDICT_PASS;
    return some_are_unknown ? PLAN_VERDICT_UNKNOWN : PLAN_VERDICT_FAIL;
}

/* What explains a split of a region. */
struct plan_region_facts {
    double population;    /* known */
    int32_t largest_seat; /* the municipality with most people; PLAN_NOWHERE when unknown */
};
/* One per region of the reference; owned by the caller; NULL when memory is out. */
struct plan_region_facts *plan_region_facts_new(const struct plan_territory *territory,
                                                const struct plan_partition *reference);
/* m cannot reach the region's largest seat within the limit; false where nothing is known of it. */
bool plan_is_beyond_seat(const struct plan_region_facts *region, const struct plan_travel *travel,
                         const struct plan_rules *rules, int32_t m);

/* Of two pieces of a region or an area: more job seekers; of equals, more municipalities. */
static inline bool plan_piece_is_larger(double job_seekers, int32_t n, double other_job_seekers,
                                        int32_t other_n)
{
    return job_seekers != other_job_seekers ? job_seekers > other_job_seekers : n > other_n;
}

/* More than half of the job seekers; where none are known, of the municipalities. */
static inline bool plan_piece_is_beyond(double beyond, double job_seekers, int32_t n_beyond, int32_t n)
{
    return job_seekers > 0 ? beyond > job_seekers / 2 : 2 * n_beyond > n;
}

/* A sum over municipalities that tells unknown from nothing. */
struct plan_sum {
    double total;
    int32_t n_known, n_unknown;
};

static inline void plan_sum_add(struct plan_sum *sum, double value)
{
    if (isnan(value)) {
        sum->n_unknown++;
        return;
    }
    sum->total += value;
    sum->n_known++;
}

/* The volume of an area with so many suppliers. */
enum plan_volume plan_judge_volume(const struct plan_rules *rules, const struct plan_sum *participants,
                                   int32_t n_suppliers);

/* The sum of what is known; NAN when there is something and nothing of it is known. */
static inline double plan_sum_value(const struct plan_sum *sum)
{
    return sum->n_known || !sum->n_unknown ? sum->total : NAN;
}

#endif

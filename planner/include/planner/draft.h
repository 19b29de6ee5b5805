/*
 * A plan under change, judged at every step: the same statuses, causes, markets and alignment as
 * planner/evaluation.h gives, kept up to date as municipalities move from area to area.
 *
 * Only what a move touches is looked at: the municipality, those of the two areas that reach its offices, the
 * suppliers of the two areas, and its region. All sums are whole numbers, so that the way to a plan leaves no
 * trace in its score.
 */
#ifndef PLANNER_DRAFT_H
#define PLANNER_DRAFT_H

#include "planner/evaluation.h"
#include "planner/zones.h"

/* Sums of people are in thousandths of a person: statistics may have parts of one. */
#define PLAN_PERSON ((int64_t)1000)

/* Municipalities, and their job seekers in thousandths. */
struct plan_tally {
    int64_t n, job_seekers;
};

/* People in thousandths; internal travel in thousandths of a job-seeker second; borders in metres. */
struct plan_score {
    int64_t violation; /* of the limits in the rules, in thousandths of a job seeker; 0: keeps them all. An
                          area, a piece of a region or a trip too many counts as PLAN_VIOLATION_PERSONS */
    int64_t goal[PLAN_GOALS];
    struct plan_tally lacking[PLAN_CAUSES]; /* a choice, by cause; none under PLAN_CAUSE_NOTHING */
};
enum { PLAN_VIOLATION_PERSONS = 1000 };

/* What stays the same while plans change: neighbours, reach, regions. Shared by any number of drafts and
 * threads. Everything of the case is borrowed; its plan is the one that PLAN_GOAL_MOVED counts from. */
typedef struct plan_ground plan_ground;
om_status plan_ground_new(om_context *ctx, const struct plan_case *input, plan_ground **out);
void plan_ground_free(plan_ground *ground); /* accepts NULL */
const plan_adjacency *plan_ground_adjacency(const plan_ground *ground);

/* area_of has a slot below n_slots for every municipality; slots may be empty. */
typedef struct plan_draft plan_draft;
om_status plan_draft_new(om_context *ctx, const plan_ground *ground, const int32_t *area_of, size_t n_slots,
                         plan_draft **out);
void plan_draft_free(plan_draft *draft); /* accepts NULL */

const struct plan_zones *plan_draft_zones(const plan_draft *draft);
const struct plan_score *plan_draft_score(const plan_draft *draft);

/* The score if m were in `area`, a slot other than its own. Changes nothing. */
void plan_draft_probe(const plan_draft *draft, int32_t m, int32_t area, struct plan_score *out);

/* Moves m. Pieces are not asked for: see plan_zones_may_leave. */
void plan_draft_move(plan_draft *draft, int32_t m, int32_t area);

/* The judgement of a municipality as it stands: status, cause, need and numbers of suppliers; the nearest
 * services and the closing areas are left as they were. */
void plan_draft_municipality(const plan_draft *draft, int32_t m, struct plan_municipality_result *result);

/* The judgement of an area as it stands. */
struct plan_draft_area {
    int32_t n_municipalities, n_suppliers;
    int32_t n_status[PLAN_STATUSES];
    int64_t job_seekers, job_seekers_status[PLAN_STATUSES]; /* known ones */
    enum plan_verdict market;
    int32_t n_regions;
    int64_t job_seekers_outside; /* its dominant region */
};
struct plan_draft_area plan_draft_area_of(const plan_draft *draft, int32_t area);

#endif

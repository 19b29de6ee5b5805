/*
 * The judgement of a plan: DESIGN section 2, computed exactly. Pure: equal input gives equal output, bit for
 * bit.
 *
 * Sums leave unknown numbers (NAN) out, and are NAN when nothing of a non-empty sum is known. Shares are of
 * the job seekers that are known; NAN when there are none.
 *
 * With basis contracts a supplier of an area is one with an active office in it and a contract for at least
 * one of its municipalities; for the cause of a municipality only those with a contract for it count.
 */
#ifndef PLANNER_EVALUATION_H
#define PLANNER_EVALUATION_H

#include "planner/alignment.h"
#include "planner/equity.h"
#include "planner/market.h"

/* Everything a judgement rests on; all borrowed. */
struct plan_case {
    const struct plan_territory *territory;
    const struct plan *plan;
    const struct plan_market *market;
    const struct plan_travel *travel;
    const struct plan_rules *rules;
};

enum plan_status { PLAN_STATUS_NONE, PLAN_STATUS_LIMITED, PLAN_STATUS_CHOICE, PLAN_STATUSES };
enum plan_cause {                     /* in the order they are tried, after the last, which comes first */
                  PLAN_CAUSE_NOTHING, /* the status is choice */
                  PLAN_CAUSE_NO_SUPPLIER,
                  PLAN_CAUSE_BORDER,
                  PLAN_CAUSE_DISTANCE,
                  PLAN_CAUSE_MARKET,
                  PLAN_CAUSE_NO_AREA, /* the plan is unfinished: the municipality is in no area yet */
                  PLAN_CAUSES,
};
enum plan_need { PLAN_NEED_NOTHING, PLAN_NEED_LOCAL, PLAN_NEED_AREA_WIDE, PLAN_NEEDS };

/* Words for JSON, layers and rule files (never translated): "choice", "no-supplier", "area-wide" … */
extern const char *const plan_status_names[PLAN_STATUSES];
extern const char *const plan_cause_names[PLAN_CAUSES];
extern const char *const plan_need_names[PLAN_NEEDS];

/* Where someone is served from: an active office's supplier and municipality, and the time to it. */
struct plan_service {
    int32_t supplier, municipality; /* PLAN_NOWHERE when there is none */
    double duration_s;              /* NAN when there is none */
};

struct plan_municipality_result {
    enum plan_status status;
    enum plan_cause cause;
    enum plan_need need;
    bool has_own_office; /* an active office in the municipality itself, of a supplier that may serve it */
    bool is_sparse;
    int32_t suppliers_inside;           /* reachable in the own area */
    int32_t suppliers_anywhere;         /* reachable when borders between areas are ignored */
    struct plan_service nearest_inside; /* nearest supplier, within the limit or not */
    struct plan_service second_inside;  /* nearest office of another supplier than nearest_inside */
    struct plan_service nearest_anywhere;
    /* neighbouring areas that would give choice if the municipality belonged to them:
     * closing_areas[first_closing .. first_closing + n_closing - 1] of the evaluation */
    uint32_t first_closing, n_closing;
    /* inhabitants of the municipality's localities, and of those that reach a supplier inside within the
     * limit from their own locality rather than from the seat; NAN when travel from localities is unknown */
    double locality_population, locality_population_reaching;
};

/*
 * The rules an area is judged by; each gives a verdict, and unknown when the data does not decide it: choice,
 * reach and in-house without travel times, choice and in-house when all that is known of the job seekers is
 * that some may be concerned, market without suppliers or where unknown participants could reach the minimum,
 * alignment where regions are missing, contiguity when the territory has no borders at all.
 */
enum plan_rule {
    PLAN_RULE_CHOICE,   /* job seekers without a choice in the area: 0 passes */
    PLAN_RULE_REACH,    /* longest time from a member to its nearest supplier inside, minutes: at most
                           max_minutes */
    PLAN_RULE_IN_HOUSE, /* job seekers in need of in-house delivery: 0 passes */
    PLAN_RULE_MARKET, /* participants per supplier with an active office in the area: at least the minimum */
    PLAN_RULE_ALIGNMENT,  /* nests in one region of the reference */
    PLAN_RULE_CONTIGUITY, /* pieces: 1, unless the plan marks the area otherwise */
    PLAN_RULES,
};
extern const char *const plan_rule_names[PLAN_RULES]; /* "choice", "reach", … */

enum plan_verdict { PLAN_VERDICT_PASS, PLAN_VERDICT_FAIL, PLAN_VERDICT_UNKNOWN, PLAN_VERDICTS };
extern const char *const plan_verdict_names[PLAN_VERDICTS];

struct plan_rule_result {
    enum plan_verdict verdict;
    double value; /* what was measured; NAN when unknown, and for reach when a member reaches nobody at all */
};

/*
 * How many participants the suppliers of an area could expect. Thin: fewer than the minimum for min_suppliers
 * of them, however many there are. Diluted: enough for that, but so many suppliers that each has fewer than
 * diluted_below. Unknown where participants that are unknown could tip it.
 */
enum plan_volume {
    PLAN_VOLUME_ENOUGH,
    PLAN_VOLUME_THIN,
    PLAN_VOLUME_DILUTED,
    PLAN_VOLUME_UNKNOWN,
    PLAN_VOLUMES
};
extern const char *const plan_volume_names[PLAN_VOLUMES]; /* "enough", "thin", "diluted", "unknown" */

/*
 * The market of an area. A supplier's share is its share of the active offices in the area, among those of
 * suppliers that may serve in it: offices are what is stated of capacity. Concentration is the
 * Herfindahl-Hirschman index, the sum of the squared shares (Hirschman, The Paternity of an Index, American
 * Economic Review 54, 1964): 1 with a single supplier, 1/n with n alike; times 10 000 it is the index of
 * competition authorities. NAN without a supplier.
 */
struct plan_area_market {
    double participants_per_supplier; /* of the participants that are known */
    double concentration;
    double three_largest_share;
    enum plan_volume volume;
};

struct plan_area_result {
    int32_t n_municipalities;
    int32_t n_sparse;    /* of them sparsely populated */
    int32_t n_suppliers; /* with an active office in the area that may serve in it */
    int32_t n_offices;
    int32_t n_status[PLAN_STATUSES]; /* municipalities */
    double population, job_seekers, participants;
    double job_seekers_status[PLAN_STATUSES];
    struct plan_rule_result rules[PLAN_RULES];
    struct plan_area_market market;
};

/* Shares of the country's job seekers (0 .. 1), and the counts they come from. */
struct plan_headline {
    double job_seekers;
    double own_office;                                      /* where has_own_office */
    double reach_one;                                       /* at least one reachable supplier inside */
    double choice;                                          /* at least min_suppliers */
    double bound_own_office, bound_reach_one, bound_choice; /* if the whole country were one area */
    int32_t municipalities_without_office;
    double job_seekers_without_office;
    int32_t n_status[PLAN_STATUSES];
    double job_seekers_status[PLAN_STATUSES];
    int32_t n_sparse;
    double population_sparse;
    double mean_density_per_km2;                              /* national */
    double locality_population, locality_population_reaching; /* sums over the municipalities */
    double locality_population_without_service; /* of localities without a journey to anywhere */
    int32_t n_job_seekers_unknown; /* municipalities whose job seekers are unknown and in none of the sums */
};

struct plan_evaluation {
    size_t n, n_areas;
    struct plan_municipality_result *municipalities;
    struct plan_area_result *areas;
    size_t n_closing_areas;
    int32_t *closing_areas;
    struct plan_headline headline;
    bool travel_is_known; /* false: there are no travel times, so only the own municipality is within reach */
    struct plan_alignment
        *alignment;             /* with rules->reference; NULL when the territory has no such partition */
    struct plan_equity *equity; /* how evenly reach is spread; see planner/equity.h */
};

void plan_evaluation_free(struct plan_evaluation *evaluation); /* accepts NULL; frees the struct itself too */

/* OM_INVALID_ARGUMENT when the parts do not belong together (sizes differ), OM_NO_MEMORY. */
om_status plan_evaluate(om_context *ctx, const struct plan_case *input, struct plan_evaluation **out);

#endif

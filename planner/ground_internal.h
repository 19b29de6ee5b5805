/*
 * What stays the same while plans change, arranged by municipality for quick walks.
 */
#ifndef PLANNER_GROUND_INTERNAL_H
#define PLANNER_GROUND_INTERNAL_H

#include "adjacency_internal.h"
#include "evaluation_internal.h"

#include "planner/draft.h"

/* The partitions that a plan is held against: the rules' reference, and the plan it started from. */
enum plan_division { PLAN_DIVISION_REFERENCE, PLAN_DIVISION_START, PLAN_DIVISIONS };

/* Of one of them. */
struct plan_groups {
    size_t n;
    bool *is_metropolitan;  /* per group: every split of it is explained */
    uint32_t *first_member; /* per group: as many places for pieces as it has municipalities */
    int32_t most_pieces;    /* of a group */
};

/*
 * A municipality. Ranges end where the next municipality's begin; there is one more at the end.
 *
 * It is settled when no border changes its status: its own offices give it a choice, or nobody else within
 * the limit could give it more. Only of the others must a search know whom they reach.
 */
struct plan_unit {
    int64_t job_seekers, participants;         /* in thousandths; 0 when unknown */
    int32_t group[PLAN_DIVISIONS];             /* PLAN_NOWHERE: in none */
    int32_t suppliers_own, suppliers_anywhere; /* within the limit: in itself, and in all */
    uint32_t first_trip;    /* other municipalities with offices within the limit: trips; settled: none */
    uint32_t first_options; /* what its own offices fulfil, then those at the end of each trip: options */
    uint32_t n_words;       /* of 64 options each; an option is a supplier within the limit */
    uint32_t first_visitor; /* those not settled with a trip to it: visitors, sorted */
    uint32_t first_stake;   /* suppliers with an office or a contract in it: stakes, sorted */
    bool is_settled;
    bool knows_job_seekers, knows_participants;
    bool is_beyond_seat; /* cannot reach the region's largest seat within the limit */
};

struct plan_stake {
    int32_t supplier;
    bool has_office, has_contract;
};

struct plan_limits {
    int32_t min_areas, max_areas;
    int64_t min_job_seekers, max_job_seekers;
    double max_trip_s;
};

struct plan_ground {
    const struct plan_case *input;
    struct plan_reach *reach;
    plan_adjacency *adjacency;
    size_t n, n_suppliers;
    struct plan_groups divisions[PLAN_DIVISIONS];
    int32_t wanted; /* suppliers for a choice */
    bool by_contract;
    struct plan_limits limits;
    struct plan_unit *units;
    int32_t *trips, *visitors; /* municipalities */
    uint64_t *options;
    struct plan_stake *stakes;
};

/* Parts of plan_ground_new, when the reach is known. */
om_status plan_ground_add_stakes(om_context *ctx, struct plan_ground *ground);
om_status plan_ground_add_trips(om_context *ctx, struct plan_ground *ground);

/* Bits set; by halves, so that no processor needs an instruction for it (Warren, Hacker's Delight, 2nd ed.,
 * section 5-1). */
static inline int32_t plan_count_bits(uint64_t bits)
{
    if (!bits)
        return 0;
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (int32_t)(bits * 0x0101010101010101u >> 56);
}

#endif

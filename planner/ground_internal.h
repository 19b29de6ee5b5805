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
 * A municipality.
 *
 * It is settled when no border changes its status: its own offices give it a choice, or nobody else within
 * the limit could give it more. Only of the others must a search know whom they reach.
 */
struct plan_unit {
    int64_t job_seekers, participants; /* in thousandths; 0 when unknown */
    int32_t group[PLAN_DIVISIONS];     /* PLAN_NOWHERE: in none */
    uint32_t first_stake, n_stakes;    /* suppliers with an office or a contract in it, sorted */
    uint32_t first_visit, n_visits;    /* those not settled that travel to its offices, sorted */
    uint32_t first_trip, n_trips;      /* other municipalities with offices within the limit; settled: none */
    uint32_t first_options;            /* what its own offices fulfil, then those at the end of each trip */
    uint32_t n_words;    /* of 64 options each; an option is a supplier within the limit; settled: 0 */
    uint32_t first_open; /* n_words places in what a draft keeps of open options */
    bool is_far;         /* has too few suppliers within the limit, whatever the borders */
    bool knows_participants;
    bool is_beyond_seat; /* cannot reach the region's largest seat within the limit */
};

static inline bool plan_is_settled(const struct plan_unit *unit)
{
    return unit->n_words == 0;
}

/* Of one who travels to a municipality: what it finds there. */
struct plan_visit {
    int32_t visitor;
    uint32_t options; /* in plan_ground.options */
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
    int32_t *trips; /* municipalities */
    struct plan_visit *visits;
    uint64_t *options;
    size_t n_open; /* words of options of all units */
    struct plan_stake *stakes;
    /* by contract only: the units that are far and have a contract with supplier s are
     * clients[first_client[s] .. first_client[s + 1] - 1] */
    uint32_t *first_client;
    int32_t *clients;
};

/* Parts of plan_ground_new, when the reach is known. */
om_status plan_ground_add_stakes(om_context *ctx, struct plan_ground *ground);
om_status plan_ground_add_trips(om_context *ctx, struct plan_ground *ground);
/* Needs the two before. */
om_status plan_ground_add_clients(om_context *ctx, struct plan_ground *ground);

/* Bits set; by halves, so that no processor needs an instruction for it (Warren, Hacker's Delight, 2nd ed.,
 * section 5-1). */
static inline int32_t plan_count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (int32_t)(bits * 0x0101010101010101u >> 56);
}

#endif

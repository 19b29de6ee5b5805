/*
 * What a draft keeps up to date, and its parts: supply (who reaches whom), divisions (pieces of regions),
 * internal travel. Each part can say what a move would change in the score (probe), and make the change.
 */
#ifndef PLANNER_DRAFT_INTERNAL_H
#define PLANNER_DRAFT_INTERNAL_H

#include "ground_internal.h"

/* Municipalities of an area with an office, and with a contract, of one supplier. */
struct plan_supplier_presence {
    int32_t n_offices, n_contracts;
};

/* Options of a municipality as bits: fulfilled inside its area at all, and in one municipality only. */
struct plan_option_word {
    uint64_t open, single;
};

/* What the market verdict and the size of an area rest on. */
struct plan_area_people {
    int64_t job_seekers, participants;
    int32_t n_unknown_participants;
    int32_t n_suppliers; /* that may serve somewhere in the area */
};

/* The pieces of groups that an area holds. */
struct plan_area_division {
    int64_t largest, second_largest; /* job seekers of pieces */
    int32_t n_pieces;
    int32_t first_piece;   /* linked through next_in_area; PLAN_NOWHERE */
    int32_t largest_piece; /* PLAN_NOWHERE */
};

struct plan_area_tally {
    struct plan_area_people people;
    int64_t thin_market, violation; /* what the area adds to the score */
    struct plan_area_division divisions[PLAN_DIVISIONS];
    int32_t n_status[PLAN_STATUSES];
    int64_t job_seekers_status[PLAN_STATUSES];
};

/* The municipalities that one area and one group share; there is at least one. */
struct plan_piece {
    int32_t area, n, n_beyond;
    int32_t next_in_area, previous_in_area;
    int64_t job_seekers, job_seekers_beyond;
};

/* How a draft divides the groups of a division. */
struct plan_draft_division {
    struct plan_piece *pieces; /* those of group g: from first_member[g] of the groups on, n_pieces[g] */
    int32_t *n_pieces;
    int64_t *unexplained; /* per group: job seekers in unexplained splits */
};

struct plan_draft {
    const struct plan_ground *ground;
    struct plan_zones *zones;
    int32_t *suppliers_inside;               /* per municipality */
    struct plan_option_word *options;        /* those of m from its first_word on */
    struct plan_supplier_presence *presence; /* [area * n_suppliers + supplier] */
    struct plan_area_tally *areas;
    struct plan_draft_division divisions[PLAN_DIVISIONS];
    bool tracks_travel;
    struct plan_score score;
};

static inline struct plan_supplier_presence *plan_draft_presence(const struct plan_draft *draft, int32_t area,
                                                                 int32_t supplier)
{
    return &draft->presence[(size_t)area * draft->ground->n_suppliers + (size_t)supplier];
}

/* What the move of m would change in the score; `delta` is added to. */
void plan_draft_probe_supply(const struct plan_draft *draft, int32_t m, int32_t to, struct plan_score *delta);
void plan_draft_probe_division(const struct plan_draft *draft, int32_t m, int32_t to,
                               enum plan_division division, struct plan_score *delta);
void plan_draft_probe_travel(const struct plan_draft *draft, int32_t m, int32_t to, struct plan_score *delta);

/* m goes (-1) from the tallies of its area, or comes (1) into them; the score follows. */
void plan_draft_count_market(struct plan_draft *draft, int32_t m, int32_t change);
void plan_draft_count_division(struct plan_draft *draft, int32_t m, int32_t change,
                               enum plan_division division);
/* The offices of m open (1) or close (-1) for the other members of its area. */
void plan_draft_open_offices(struct plan_draft *draft, int32_t m, int32_t change);
/* Counts what is open to m inside its area; between its going and coming. */
void plan_draft_count_options(struct plan_draft *draft, int32_t m);
/* What all trips add to the score. */
void plan_draft_score_travel(const struct plan_draft *draft, struct plan_score *score);
/* Of the limits for the number of areas. */
int64_t plan_draft_count_violation(const struct plan_limits *limits, int32_t n_areas);

/* Job seekers of the area outside its largest piece. */
int64_t plan_draft_outside(const struct plan_area_tally *area, enum plan_division division);
enum plan_verdict plan_draft_market(const struct plan_ground *ground, const struct plan_area_people *people);

#endif

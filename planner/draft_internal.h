/*
 * What a draft keeps up to date, and how it changes: a trial works out what a change would give; then the
 * change is made, or forgotten. The score is worked out in the trial alone, so that a change that is made
 * costs little more than one that is weighed.
 *
 * A change is one municipality that goes to another area, or two areas divided anew among their members. In
 * both, the two areas are called sides: 0 is the area that the municipality leaves.
 */
#ifndef PLANNER_DRAFT_INTERNAL_H
#define PLANNER_DRAFT_INTERNAL_H

#include "ground_internal.h"

#include <string.h>

enum { PLAN_SIDES = 2 };

/* What the market verdict and the size of an area rest on, and what the area adds to the score for them. */
struct plan_area_people {
    int64_t job_seekers, participants;
    int32_t n_unknown_participants;
    int32_t n_suppliers; /* that may serve somewhere in the area */
    int64_t thin_market, violation;
};

/* The municipalities that one area and one group share. */
struct plan_share {
    int32_t n, n_beyond;
    int64_t job_seekers, job_seekers_beyond;
};

/* A share that is not empty, where it is kept. */
struct plan_piece {
    struct plan_share share;
    int32_t area;
    bool is_explained;
};

/* Its place among the pieces of its area; PLAN_NOWHERE at the ends. */
struct plan_piece_link {
    int32_t next, previous;
};

/* The pieces of groups that an area holds. */
struct plan_area_division {
    int64_t largest, second_largest; /* job seekers of pieces */
    int64_t outside;                 /* job seekers of the area outside its largest piece */
    int32_t n_pieces;
    int32_t first_piece;   /* then links[first_piece].next …; PLAN_NOWHERE */
    int32_t largest_piece; /* PLAN_NOWHERE */
};

/* What the cause of a municipality without a choice hangs on, beside the number of suppliers of its area. */
enum plan_lack {
    PLAN_LACK_NEAR,      /* it has enough suppliers within the limit, but in other areas */
    PLAN_LACK_OFFERED,   /* too few, and enough suppliers of the area may serve it, if there are enough */
    PLAN_LACK_UNOFFERED, /* too few, and too few have a contract for it */
    PLAN_LACKS,
};

struct plan_area_tally {
    struct plan_area_people people;
    struct plan_area_division divisions[PLAN_DIVISIONS];
    struct plan_tally lacks[PLAN_LACKS]; /* its municipalities without a choice */
};

/* How a draft divides a group; with what does not change, so that one look at memory finds it all. */
struct plan_draft_group {
    int64_t in_unexplained; /* job seekers in pieces without explanation; metropolitan: of no use */
    int64_t unexplained;    /* the same without the largest piece, which is no split; 0: metropolitan */
    int32_t n_pieces;
    uint32_t first_piece; /* in pieces; as many places as the group has members */
    bool is_metropolitan;
    bool may_be_explained; /* some pieces: some members are beyond its seat, and it is not metropolitan */
};

struct plan_draft_division {
    struct plan_piece *pieces;
    struct plan_piece_link *links; /* of each piece */
    struct plan_draft_group *groups;
};

/* Options of a municipality that are open to it in its area, and of these, those open at more than one place:
 * what stays when one place is lost. */
struct plan_open {
    uint64_t once, twice;
};

/* What a municipality's move makes of the group that it is of. */
struct plan_group_move {
    int32_t left, joined; /* pieces; PLAN_NOWHERE: it joins none that there is */
    int64_t in_unexplained, unexplained;
    int64_t outside[PLAN_SIDES]; /* of the areas, also when it is of no group */
};

/* A group that two areas share out anew. */
struct plan_group_change {
    int32_t group;
    int64_t in_unexplained, unexplained;
    struct plan_piece piece[PLAN_SIDES]; /* may be empty */
};

/* So many suppliers more may serve a municipality from its area, as far as contracts go. */
struct plan_offer_change {
    int32_t municipality, change;
};

/* What a trial has worked out. Arrays have room for all municipalities. */
struct plan_trial {
    int32_t area[PLAN_SIDES];
    struct plan_score score;
    struct plan_area_people people[PLAN_SIDES];
    struct plan_tally lacks[PLAN_SIDES][PLAN_LACKS];
    /* one municipality */
    int32_t municipality;
    struct plan_group_move moves[PLAN_DIVISIONS];
    struct plan_offer_change *offers; /* by contract */
    int32_t n_offers;
    int32_t *place_of_offer; /* in offers; PLAN_NOWHERE */
    /* areas divided anew: area_of has them already, and the presence of suppliers too */
    int32_t *moved;
    int32_t n_moved;
    struct plan_group_change *groups[PLAN_DIVISIONS];
    int32_t n_groups[PLAN_DIVISIONS];
    int32_t *place_of_group[PLAN_DIVISIONS]; /* in groups; PLAN_NOWHERE */
};

struct plan_draft {
    const struct plan_ground *ground;
    struct plan_zones *zones;
    /* per municipality: suppliers within the limit in the area; of the settled ones, only as many as their
     * status needs */
    int32_t *n_inside;
    struct plan_open *open; /* plan_unit.n_words places of each municipality */
    /* municipalities of an area with an office, and with a contract, of a supplier: [area * n_suppliers +
     * supplier]; contracts are counted only where they count */
    int32_t *n_offices, *n_contracts;
    /* by contract, of those that are far: suppliers with an office in its area and a contract for it */
    int32_t *n_offered;
    struct plan_area_tally *areas;
    struct plan_draft_division divisions[PLAN_DIVISIONS];
    bool tracks_travel;
    struct plan_score score;
    struct plan_trial *trial;
};

/* ---- one municipality ---- */

/* Works out the move of m to an area other than its own, in draft->trial. */
void plan_draft_try(const struct plan_draft *draft, int32_t m, int32_t area);
/* Makes the move that was tried last. */
void plan_draft_make(struct plan_draft *draft);

/* Asks memory for what plan_draft_try will need of m, in stages: each needs that the ones before have come.
 * `number` is that of plan_zones_foreign_area. */
enum { PLAN_FETCH_STAGES = 4 };
void plan_draft_fetch(const struct plan_draft *draft, int32_t m, uint32_t number, int stage);

/* ---- two areas divided anew ---- */

/* member[i] goes to area[side[i]]; the members are all those of the two areas, which are not both empty
 * before, nor is the first one afterwards. */
struct plan_redivision {
    int32_t area[PLAN_SIDES];
    int32_t n;
    const int32_t *member;
    const bool *side;
};
/* Works it out in draft->trial, and leaves the draft halfway: the next call is one of the other two. */
void plan_draft_try_redivision(struct plan_draft *draft, const struct plan_redivision *redivision);
void plan_draft_make_redivision(struct plan_draft *draft);
void plan_draft_drop_redivision(struct plan_draft *draft);

/* ---- the parts of a trial: each adds to the score of draft->trial, and its making follows ---- */

/* Sizes and markets of areas. */
void plan_draft_try_market(const struct plan_draft *draft, int32_t m, int32_t area);
void plan_draft_make_market(struct plan_draft *draft);
/* Suppliers of m come to the area (1) or leave it (-1); how many suppliers it gains. */
int32_t plan_draft_count_stakes(struct plan_draft *draft, int32_t m, int32_t area, int32_t change);
/* What sizes, markets and number of areas add, when people are known but for it. */
void plan_draft_judge_people(const struct plan_draft *draft, struct plan_area_people *people, bool is_empty);
void plan_draft_add_people(const struct plan_area_people *people, int64_t sign, struct plan_score *score);
int64_t plan_draft_count_violation(const struct plan_limits *limits, int32_t n_areas);
enum plan_verdict plan_draft_market(const struct plan_ground *ground, const struct plan_area_people *people);

/* Statuses. Their making comes when zones and presence have changed. */
void plan_draft_try_statuses(const struct plan_draft *draft, int32_t m, int32_t area);
void plan_draft_make_statuses(struct plan_draft *draft);
void plan_draft_retry_statuses(const struct plan_draft *draft, const struct plan_redivision *redivision);
void plan_draft_remake_statuses(struct plan_draft *draft);
/* The statuses of a new draft, when areas know their people; adds to the score. */
void plan_draft_fill_statuses(struct plan_draft *draft);
static inline enum plan_status plan_draft_status(const struct plan_draft *draft, int32_t m)
{
    return plan_status_of(draft->n_inside[m], draft->ground->wanted);
}

/* Causes, of those without a choice. */
enum plan_lack plan_draft_lack(const struct plan_draft *draft, const struct plan_unit *unit,
                               int32_t n_offered);
/* Suppliers with an office in the area, or in m itself, that have a contract for m; by contract only. */
int32_t plan_draft_count_offered(const struct plan_draft *draft, const struct plan_unit *unit, int32_t area);
void plan_draft_try_offers(const struct plan_draft *draft); /* by contract only */
void plan_draft_make_offers(struct plan_draft *draft);      /* by contract only */
/* When suppliers have been tried: those who lack a choice now, with the suppliers that there would be. */
void plan_draft_try_causes(const struct plan_draft *draft);
/* The same, with nobody lacking a choice: each who does is to be added. */
void plan_draft_retry_causes(const struct plan_draft *draft);
/* A municipality that lacks a choice comes to a side (1), or it does so no more (-1). */
void plan_draft_try_lack(const struct plan_draft *draft, int side, enum plan_lack lack,
                         const struct plan_unit *unit, int64_t sign);
void plan_draft_make_causes(struct plan_draft *draft);
void plan_draft_fill_causes(struct plan_draft *draft); /* when areas know their lacks; adds to the score */

/* Pieces of groups. */
void plan_draft_try_division(const struct plan_draft *draft, enum plan_division division);
void plan_draft_make_division(struct plan_draft *draft, enum plan_division division);
void plan_draft_retry_division(const struct plan_draft *draft, enum plan_division division,
                               const struct plan_redivision *redivision);
void plan_draft_remake_division(struct plan_draft *draft, enum plan_division division);
/* The pieces of a new draft, when areas know their people; adds to the score. */
void plan_draft_fill_division(struct plan_draft *draft, enum plan_division division);

/* Trips inside areas. */
void plan_draft_try_travel(const struct plan_draft *draft, int32_t m, int32_t area, struct plan_score *score);
void plan_draft_retry_travel(const struct plan_draft *draft, int32_t m, int32_t area,
                             const struct plan_redivision *redivision, struct plan_score *score);
void plan_draft_score_travel(const struct plan_draft *draft, struct plan_score *score);

#endif

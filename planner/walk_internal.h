/*
 * Inside a walk: the draft it changes, what it remembers, and how it takes a step back.
 */
#ifndef PLANNER_WALK_INTERNAL_H
#define PLANNER_WALK_INTERNAL_H

#include "draft_internal.h"
#include "focus_internal.h"
#include "pareto_internal.h"
#include "rank_internal.h"
#include "spanning_tree_internal.h"

#include "planner/walk.h"

/* A move of the step that is being tried. */
struct plan_undo {
    int32_t municipality, from;
};

/* Crossings to come. They are drawn some steps before they are weighed, so that what they ask for is on its
 * way from memory meanwhile: where a focus is fresh, little of it is near the processor. */
enum { PLAN_AHEAD = 16 };
struct plan_drawing {
    int32_t municipality; /* at a border when it was drawn; PLAN_NOWHERE: there was none */
    uint32_t number;      /* chooses the neighbouring area */
};

struct plan_walk {
    const struct plan_ground *ground;
    struct plan_walk_options options;
    struct plan_ranker ranker;
    struct plan_random random;
    struct plan_draft *draft;
    struct plan_tree *tree;
    struct plan_undo *undo;
    int32_t n_undo;
    bool is_divided; /* the last thing done to the draft is a redivision, neither made nor dropped */
    struct plan_drawing ahead[PLAN_AHEAD];
    uint32_t n_drawn;         /* the next crossing is ahead[n_drawn % PLAN_AHEAD] */
    struct plan_focus *focus; /* NULL: the map is so small that crossings are drawn from all of it */
    struct plan_rank now, best;
    struct plan_rank *memory; /* options.memory of them */
    uint32_t memory_place;
    struct plan_score best_score;
    int32_t *best_area_of;
    /* municipalities that have moved since the best plan, most of which are elsewhere now */
    int32_t n_moved;
    int32_t *moved;
    bool *has_moved;
    uint64_t since_best, since_offer;
    struct plan_pareto *pareto;
    struct plan_walk_counts counts;
};

/* A step of a kind, at random. When it can be made, the draft has changed and true is returned;
 * plan_walk_undo takes it back. */
bool plan_walk_try_swap(struct plan_walk *walk);
bool plan_walk_try_merge(struct plan_walk *walk);
bool plan_walk_try_split(struct plan_walk *walk);
bool plan_walk_try_recombine(struct plan_walk *walk);

/* Of the draft, with the step that is being tried. */
static inline const struct plan_score *plan_walk_score(const struct plan_walk *walk)
{
    return walk->is_divided ? &walk->draft->trial->score : &walk->draft->score;
}

/* Moves m and remembers from where. */
void plan_walk_move(struct plan_walk *walk, int32_t m, int32_t area);
void plan_walk_undo(struct plan_walk *walk);
/* Lets the moves stand. */
void plan_walk_keep(struct plan_walk *walk);

/* Draws the first crossings to come. */
void plan_walk_draw(struct plan_walk *walk);

/* A municipality at a border and a neighbouring area of it, none locked; false when there is none at this
 * throw. */
struct plan_crossing {
    int32_t municipality, from, to;
};
bool plan_walk_pick(struct plan_walk *walk, struct plan_crossing *out);

static inline bool plan_walk_is_locked(const struct plan_walk *walk, int32_t m)
{
    return walk->options.is_locked && walk->options.is_locked[m];
}

static inline bool plan_walk_is_locked_area(const struct plan_walk *walk, int32_t area)
{
    return walk->options.is_locked_area && walk->options.is_locked_area[area];
}

static inline bool plan_walk_may_be_apart(const struct plan_walk *walk, int32_t area)
{
    return walk->options.may_be_discontiguous && walk->options.may_be_discontiguous[area];
}

/* m can leave its area, which stays in one piece. */
static inline bool plan_walk_may_leave(const struct plan_walk *walk, int32_t m)
{
    return plan_walk_may_be_apart(walk, walk->draft->zones->area_of[m]) ||
           plan_zones_may_leave(walk->draft->zones, m);
}

#endif

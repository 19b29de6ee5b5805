/* Steps along random spanning trees: areas are split, or two of them joined and split anew. */
#include "walk_internal.h"

/* Job seekers of every branch, and of the whole tree. */
static int64_t weigh_branches(struct plan_walk *walk)
{
    struct plan_tree *tree = walk->tree;
    for (int32_t i = 0; i < tree->n; i++)
        tree->job_seekers[i] = walk->ground->units[tree->member[i]].job_seekers;
    for (int32_t k = tree->n - 1; k > 0; k--)
        tree->job_seekers[tree->parent[tree->order[k]]] += tree->job_seekers[tree->order[k]];
    return tree->job_seekers[tree->order[0]];
}

static bool is_within(const struct plan_limits *limits, int64_t job_seekers)
{
    return job_seekers >= limits->min_job_seekers && job_seekers <= limits->max_job_seekers;
}

/* Where to cut: a branch that leaves both sides within the limits for job seekers, any of them; where none
 * does, any branch at all. */
static int32_t choose_branch(struct plan_walk *walk)
{
    const struct plan_limits *limits = &walk->ground->limits;
    struct plan_tree *tree = walk->tree;
    int32_t any = tree->order[1 + plan_random_below(&walk->random, (uint32_t)tree->n - 1)];
    if (limits->min_job_seekers == 0 && limits->max_job_seekers == INT64_MAX)
        return any;
    int64_t all = weigh_branches(walk);
    int32_t chosen = PLAN_NOWHERE;
    uint32_t n_balanced = 0;
    for (int32_t k = 1; k < tree->n; k++) {
        int32_t place = tree->order[k];
        int64_t branch = tree->job_seekers[place];
        if (is_within(limits, branch) && is_within(limits, all - branch) &&
            plan_random_below(&walk->random, ++n_balanced) == 0)
            chosen = place;
    }
    return chosen == PLAN_NOWHERE ? any : chosen;
}

/* Whether all members can be moved to the side they are on. */
static bool locks_allow(const struct plan_walk *walk, int32_t of_branch, int32_t of_rest)
{
    const struct plan_tree *tree = walk->tree;
    if (!walk->options.is_locked)
        return true;
    for (int32_t i = 0; i < tree->n; i++) {
        int32_t m = tree->member[i], to = tree->is_in_branch[i] ? of_branch : of_rest;
        if (walk->options.is_locked[m] && walk->draft->zones->area_of[m] != to)
            return false;
    }
    return true;
}

static void divide(struct plan_walk *walk, int32_t of_branch, int32_t of_rest)
{
    const struct plan_tree *tree = walk->tree;
    const struct plan_redivision redivision = {
        {of_rest, of_branch}, tree->n, tree->member, tree->is_in_branch};
    plan_draft_try_redivision(walk->draft, &redivision);
    walk->is_divided = true;
}

/* The side that gets the name of the first area is the one where fewer municipalities change area. */
static int32_t moves_when_branch_is(const struct plan_walk *walk, int32_t area)
{
    const struct plan_tree *tree = walk->tree;
    int32_t moves = 0;
    for (int32_t i = 0; i < tree->n; i++)
        moves += tree->is_in_branch[i] != (walk->draft->zones->area_of[tree->member[i]] == area);
    return moves;
}

bool plan_walk_try_recombine(struct plan_walk *walk)
{
    struct plan_crossing crossing;
    if (!plan_walk_pick(walk, &crossing) || plan_walk_may_be_apart(walk, crossing.from) ||
        plan_walk_may_be_apart(walk, crossing.to))
        return false;
    plan_tree_draw(walk->tree, walk->draft->zones, crossing.from, crossing.to, &walk->random);
    plan_tree_mark(walk->tree, choose_branch(walk));
    int32_t branch = crossing.from, rest = crossing.to;
    if (2 * moves_when_branch_is(walk, branch) > walk->tree->n) {
        branch = crossing.to;
        rest = crossing.from;
    }
    if (!locks_allow(walk, branch, rest))
        return false;
    divide(walk, branch, rest);
    return true;
}

static int32_t find_empty_slot(const struct plan_zones *zones)
{
    for (size_t a = 0; a < zones->n_slots; a++)
        if (zones->zones[a].n_members == 0)
            return (int32_t)a;
    return PLAN_NOWHERE;
}

bool plan_walk_try_split(struct plan_walk *walk)
{
    const struct plan_zones *zones = walk->draft->zones;
    if (zones->n_areas >= walk->ground->limits.max_areas)
        return false;
    int32_t area = zones->area_of[plan_random_below(&walk->random, (uint32_t)zones->n)];
    int32_t slot = find_empty_slot(zones);
    if (zones->zones[area].n_members < 2 || slot == PLAN_NOWHERE || plan_walk_is_locked_area(walk, area) ||
        plan_walk_is_locked_area(walk, slot) || plan_walk_may_be_apart(walk, area))
        return false;
    plan_tree_draw(walk->tree, zones, area, PLAN_NOWHERE, &walk->random);
    plan_tree_mark(walk->tree, choose_branch(walk));
    bool branch_is_smaller = 2 * moves_when_branch_is(walk, area) > walk->tree->n;
    int32_t branch = branch_is_smaller ? slot : area, rest = branch_is_smaller ? area : slot;
    if (!locks_allow(walk, branch, rest))
        return false;
    divide(walk, branch, rest);
    return true;
}

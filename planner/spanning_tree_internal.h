/*
 * Uniform random spanning trees of part of the map: Wilson's algorithm (loop-erased random walks).
 */
#ifndef PLANNER_SPANNING_TREE_INTERNAL_H
#define PLANNER_SPANNING_TREE_INTERNAL_H

#include "random_internal.h"
#include "zones_internal.h"

/* The municipalities of the tree are member[0 .. n-1]; everything else is by place in that list. */
struct plan_tree {
    int32_t n;
    int32_t *member;
    int32_t *parent;      /* of place i; the root's is PLAN_NOWHERE */
    int32_t *order;       /* places, every parent before its children */
    int64_t *job_seekers; /* of the branch that begins at i; room for the caller */
    bool *is_in_branch;   /* filled by plan_tree_mark */
    /* the part of the map: neighbours of i are near[first_near[i] .. first_near[i + 1] - 1] */
    int32_t *first_near, *near;
    int32_t *place_of; /* by municipality; PLAN_NOWHERE outside the tree */
    bool *is_in_tree;
};

struct plan_tree *plan_tree_new(const struct plan_adjacency *adjacency);
void plan_tree_free(struct plan_tree *tree); /* accepts NULL */

/* Draws a tree over the members of both areas (the second may be PLAN_NOWHERE), which are connected. */
void plan_tree_draw(struct plan_tree *tree, const struct plan_zones *zones, int32_t first, int32_t second,
                    struct plan_random *random);

/* Marks the branch that begins at place i. */
void plan_tree_mark(struct plan_tree *tree, int32_t place);

#endif

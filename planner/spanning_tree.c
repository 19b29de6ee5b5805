#include "spanning_tree_internal.h"

#include "geo/memory.h"

struct plan_tree *plan_tree_new(const struct plan_adjacency *adjacency)
{
    size_t n = adjacency->n, n_near = adjacency->first_neighbour[n];
    struct plan_tree *tree = om_alloc(1, sizeof *tree);
    if (!tree)
        return NULL;
    *tree = (struct plan_tree){
        .member = om_alloc(n, sizeof *tree->member),
        .parent = om_alloc(n, sizeof *tree->parent),
        .order = om_alloc(n, sizeof *tree->order),
        .job_seekers = om_alloc(n, sizeof *tree->job_seekers),
        .is_in_branch = om_alloc(n, sizeof *tree->is_in_branch),
        .first_near = om_alloc(n + 1, sizeof *tree->first_near),
        .near = om_alloc(n_near, sizeof *tree->near),
        .place_of = om_alloc(n, sizeof *tree->place_of),
        .is_in_tree = om_alloc(n, sizeof *tree->is_in_tree),
    };
    if (!tree->member || !tree->parent || !tree->order || !tree->job_seekers || !tree->is_in_branch ||
        !tree->first_near || !tree->near || !tree->place_of || !tree->is_in_tree) {
        plan_tree_free(tree);
        return NULL;
    }
    for (size_t m = 0; m < n; m++)
        tree->place_of[m] = PLAN_NOWHERE;
    return tree;
}

void plan_tree_free(struct plan_tree *tree)
{
    if (!tree)
        return;
    om_free(tree->member);
    om_free(tree->parent);
    om_free(tree->order);
    om_free(tree->job_seekers);
    om_free(tree->is_in_branch);
    om_free(tree->first_near);
    om_free(tree->near);
    om_free(tree->place_of);
    om_free(tree->is_in_tree);
    om_free(tree);
}

static void add_members(struct plan_tree *tree, const struct plan_zones *zones, int32_t area)
{
    if (area == PLAN_NOWHERE)
        return;
    for (int32_t m = zones->zones[area].first_member; m != PLAN_NOWHERE; m = zones->next_member[m]) {
        tree->place_of[m] = tree->n;
        tree->is_in_tree[tree->n] = false;
        tree->member[tree->n++] = m;
    }
}

static void connect_members(struct plan_tree *tree, const struct plan_zones *zones)
{
    int32_t n_near = 0;
    for (int32_t i = 0; i < tree->n; i++) {
        int32_t n;
        const int32_t *neighbours = plan_zones_neighbours(zones, tree->member[i], &n);
        tree->first_near[i] = n_near;
        for (int32_t k = 0; k < n; k++)
            if (tree->place_of[neighbours[k]] != PLAN_NOWHERE)
                tree->near[n_near++] = tree->place_of[neighbours[k]];
    }
    tree->first_near[tree->n] = n_near;
    for (int32_t i = 0; i < tree->n; i++)
        tree->place_of[tree->member[i]] = PLAN_NOWHERE;
}

/* Walks at random from a place to the tree; the last way out of each place is the one that counts. */
static void walk_to_tree(struct plan_tree *tree, int32_t start, struct plan_random *random)
{
    for (int32_t i = start; !tree->is_in_tree[i]; i = tree->parent[i]) {
        int32_t first = tree->first_near[i], n = tree->first_near[i + 1] - first;
        tree->parent[i] = tree->near[first + (int32_t)plan_random_below(random, (uint32_t)n)];
    }
}

/* The way from start to the tree joins it; written backwards, so that parents come first. */
static int32_t join_way(struct plan_tree *tree, int32_t start, int32_t n_ordered)
{
    int32_t length = 0;
    for (int32_t i = start; !tree->is_in_tree[i]; i = tree->parent[i])
        length++;
    int32_t place = n_ordered + length;
    for (int32_t i = start; !tree->is_in_tree[i]; i = tree->parent[i]) {
        tree->is_in_tree[i] = true;
        tree->order[--place] = i;
    }
    return n_ordered + length;
}

void plan_tree_draw(struct plan_tree *tree, const struct plan_zones *zones, int32_t first, int32_t second,
                    struct plan_random *random)
{
    tree->n = 0;
    add_members(tree, zones, first);
    add_members(tree, zones, second);
    connect_members(tree, zones);
    int32_t root = (int32_t)plan_random_below(random, (uint32_t)tree->n), n_ordered = 1;
    tree->is_in_tree[root] = true;
    tree->parent[root] = PLAN_NOWHERE;
    tree->order[0] = root;
    for (int32_t i = 0; i < tree->n; i++) {
        if (tree->is_in_tree[i])
            continue;
        walk_to_tree(tree, i, random);
        n_ordered = join_way(tree, i, n_ordered);
    }
}

void plan_tree_mark(struct plan_tree *tree, int32_t place)
{
    for (int32_t k = 0; k < tree->n; k++) {
        int32_t i = tree->order[k], parent = tree->parent[i];
        tree->is_in_branch[i] = i == place || (parent != PLAN_NOWHERE && tree->is_in_branch[parent]);
    }
}

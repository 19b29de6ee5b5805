#include "area_colouring.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>

enum { NO_COLOUR = -1, MOST_STEPS = 20000 };

struct edge {
    uint32_t from, to;
};

/* Areas as nodes, in the order of their first municipalities. */
struct colouring {
    size_t n;
    int n_colours;
    uint32_t *node_of; /* per area */
    struct edge
        *edges; /* both ways, sorted; those from a node: first_edge[node] .. first_edge[node + 1] - 1 */
    size_t n_edges;
    size_t *first_edge;
    int *colour;
    size_t *n_beside; /* [node * n_colours + colour]: neighbours of the node that have it */
    size_t n_with[AREA_COLOURS_MOST];
};

static void colouring_done(struct colouring *colouring)
{
    om_free(colouring->node_of);
    om_free(colouring->edges);
    om_free(colouring->first_edge);
    om_free(colouring->colour);
    om_free(colouring->n_beside);
}

static int by_ends(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static void number_nodes(struct colouring *colouring, const struct plan *plan)
{
    uint32_t next = 0;
    for (size_t a = 0; a < plan->n_areas; a++)
        colouring->node_of[a] = UINT32_MAX;
    for (size_t m = 0; m < plan->n; m++)
        if (colouring->node_of[plan->area_of[m]] == UINT32_MAX)
            colouring->node_of[plan->area_of[m]] = next++;
    for (size_t a = 0; a < plan->n_areas; a++)
        if (colouring->node_of[a] == UINT32_MAX)
            colouring->node_of[a] = next++;
}

static void list_edges(struct colouring *colouring, const struct plan_territory *territory,
                       const struct plan *plan)
{
    size_t n = 0;
    for (size_t m = 0; m < territory->n; m++)
        for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++) {
            uint32_t from = colouring->node_of[plan->area_of[m]];
            uint32_t to = colouring->node_of[plan->area_of[territory->neighbours[i].municipality]];
            if (from != to)
                colouring->edges[n++] = (struct edge){from, to};
        }
    if (n)
        qsort(colouring->edges, n, sizeof *colouring->edges, by_ends);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_ends(&colouring->edges[i - 1], &colouring->edges[i]) != 0) {
            struct edge edge = colouring->edges[i];
            colouring->edges[colouring->n_edges++] = edge;
            colouring->first_edge[edge.from + 1]++;
        }
    for (size_t node = 0; node < colouring->n; node++)
        colouring->first_edge[node + 1] += colouring->first_edge[node];
}

static om_status colouring_new(om_context *ctx, const struct plan_territory *territory,
                               const struct plan *plan, int n_colours, struct colouring *out)
{
    size_t n = plan->n_areas, n_links = territory->n ? territory->first_neighbour[territory->n] : 0;
    struct colouring colouring = {
        .n = n,
        .n_colours = n_colours,
        .node_of = om_alloc(n, sizeof *colouring.node_of),
        .edges = om_alloc(n_links, sizeof *colouring.edges),
        .first_edge = om_alloc(n + 1, sizeof *colouring.first_edge),
        .colour = om_alloc(n, sizeof *colouring.colour),
        .n_beside = om_alloc(n * (size_t)n_colours, sizeof *colouring.n_beside),
    };
    if (!colouring.node_of || !colouring.edges || !colouring.first_edge || !colouring.colour ||
        !colouring.n_beside) {
        colouring_done(&colouring);
        return om_no_memory(ctx);
    }
    number_nodes(&colouring, plan);
    list_edges(&colouring, territory, plan);
    for (size_t node = 0; node < n; node++)
        colouring.colour[node] = NO_COLOUR;
    *out = colouring;
    return OM_OK;
}

static size_t *beside(const struct colouring *colouring, size_t node)
{
    return &colouring->n_beside[node * (size_t)colouring->n_colours];
}

/* Gives a node a colour, or takes it away. */
static void paint(struct colouring *colouring, size_t node, int colour)
{
    int before = colouring->colour[node];
    for (size_t i = colouring->first_edge[node]; i < colouring->first_edge[node + 1]; i++) {
        size_t *counts = beside(colouring, colouring->edges[i].to);
        if (before != NO_COLOUR)
            counts[before]--;
        if (colour != NO_COLOUR)
            counts[colour]++;
    }
    if (before != NO_COLOUR)
        colouring->n_with[before]--;
    if (colour != NO_COLOUR)
        colouring->n_with[colour]++;
    colouring->colour[node] = colour;
}

/* The uncoloured node with the most colours around it; of equals with the most neighbours, then the first. */
static size_t most_constrained(const struct colouring *colouring)
{
    size_t best = SIZE_MAX, most_colours = 0, most_neighbours = 0;
    for (size_t node = 0; node < colouring->n; node++) {
        if (colouring->colour[node] != NO_COLOUR)
            continue;
        size_t n_colours = 0, n_neighbours = colouring->first_edge[node + 1] - colouring->first_edge[node];
        for (int colour = 0; colour < colouring->n_colours; colour++)
            n_colours += beside(colouring, node)[colour] > 0;
        if (best == SIZE_MAX || n_colours > most_colours ||
            (n_colours == most_colours && n_neighbours > most_neighbours)) {
            best = node;
            most_colours = n_colours;
            most_neighbours = n_neighbours;
        }
    }
    return best;
}

/* The colour that fewest neighbours have, then fewest areas; not one of `tried`, a set of bits. */
static int best_colour(const struct colouring *colouring, size_t node, uint32_t tried)
{
    const size_t *counts = beside(colouring, node);
    int best = NO_COLOUR;
    for (int colour = 0; colour < colouring->n_colours; colour++) {
        if (tried >> colour & 1)
            continue;
        if (best == NO_COLOUR || counts[colour] < counts[best] ||
            (counts[colour] == counts[best] && colouring->n_with[colour] < colouring->n_with[best]))
            best = colour;
    }
    return best;
}

/* A choice made, and the colours tried there so far. */
struct choice {
    size_t node;
    uint32_t tried;
};

/* Takes the next colour of the last choice, or goes back to one before; false when there is none. */
static bool next_choice(struct colouring *colouring, struct choice *choices, size_t *depth)
{
    while (*depth > 0) {
        struct choice *choice = &choices[*depth - 1];
        if (colouring->colour[choice->node] != NO_COLOUR) {
            int given = colouring->colour[choice->node];
            paint(colouring, choice->node, NO_COLOUR);
            /* A colour nobody else has is as good as any other such: none of them needs trying. */
            if (colouring->n_with[given] == 0)
                for (int colour = 0; colour < colouring->n_colours; colour++)
                    if (colouring->n_with[colour] == 0)
                        choice->tried |= UINT32_C(1) << colour;
        }
        int colour = best_colour(colouring, choice->node, choice->tried);
        if (colour != NO_COLOUR && beside(colouring, choice->node)[colour] == 0) {
            choice->tried |= UINT32_C(1) << colour;
            paint(colouring, choice->node, colour);
            return true;
        }
        --*depth;
    }
    return false;
}

static bool colour_all(struct colouring *colouring, struct choice *choices)
{
    size_t depth = 0;
    for (size_t steps = 0; steps < MOST_STEPS + colouring->n; steps++) {
        size_t node = most_constrained(colouring);
        if (node == SIZE_MAX)
            return true;
        choices[depth++] = (struct choice){node, 0};
        if (!next_choice(colouring, choices, &depth))
            return false;
    }
    return false;
}

/* As good as single changes make it. */
static void colour_sharing(struct colouring *colouring)
{
    for (size_t node = 0; node < colouring->n; node++)
        paint(colouring, node, NO_COLOUR);
    for (size_t node; (node = most_constrained(colouring)) != SIZE_MAX;)
        paint(colouring, node, best_colour(colouring, node, 0));
    for (bool is_better = true; is_better;) {
        is_better = false;
        for (size_t node = 0; node < colouring->n; node++) {
            int colour = best_colour(colouring, node, 0);
            if (beside(colouring, node)[colour] < beside(colouring, node)[colouring->colour[node]]) {
                paint(colouring, node, colour);
                is_better = true;
            }
        }
    }
}

static size_t count_shared(const struct colouring *colouring)
{
    size_t n = 0;
    for (size_t node = 0; node < colouring->n; node++)
        n += beside(colouring, node)[colouring->colour[node]];
    return n / 2;
}

om_status area_colouring(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                         int n_colours, int *colour_of, size_t *n_shared)
{
    if (n_colours < 1 || n_colours > AREA_COLOURS_MOST)
        return om_fail(ctx, OM_INVALID_ARGUMENT, om_tr("%d colours for areas; 1 to %d are possible"),
                       n_colours, AREA_COLOURS_MOST);
    struct colouring colouring;
    om_status status = colouring_new(ctx, territory, plan, n_colours, &colouring);
    if (status)
        return status;
    struct choice *choices = om_alloc(colouring.n, sizeof *choices);
    if (!choices) {
        status = om_no_memory(ctx);
        goto done;
    }
    if (!colour_all(&colouring, choices))
        colour_sharing(&colouring);
    for (size_t a = 0; a < colouring.n; a++)
        colour_of[a] = colouring.colour[colouring.node_of[a]];
    *n_shared = count_shared(&colouring);
done:
    om_free(choices);
    colouring_done(&colouring);
    return status;
}

#include "label_placement.h"

#include "geo/memory.h"
#include "page_grid.h"

#include <math.h>
#include <stdlib.h>

enum { NO_LABEL = -1 };

struct placing {
    const struct label_request *request;
    struct page_grid taken;     /* boxes of placed labels */
    struct page_grid obstacles; /* boxes of obstacles */
    size_t *spot_of;
};

static struct page_box box_of(const struct placing *placing, size_t label, size_t spot)
{
    const struct label *of = &placing->request->labels[label];
    return page_box_around(of->spots[spot].x, of->spots[spot].y, of->width, of->height);
}

struct covering {
    const struct label_obstacle *obstacles;
    double cost;
};

static bool add_cost(void *user, uint32_t item)
{
    struct covering *covering = user;
    covering->cost += covering->obstacles[item].cost;
    return !isinf(covering->cost);
}

static double obstacle_cost(const struct placing *placing, const struct page_box *box)
{
    struct covering covering = {placing->request->obstacles, 0};
    page_grid_visit(&placing->obstacles, box, add_cost, &covering);
    return covering.cost;
}

/* Labels that a box would cover: none, one and which, or several. */
struct blockers {
    int64_t label; /* the first one seen, besides `except` */
    int64_t except;
    bool are_several;
};

static bool see_blocker(void *user, uint32_t item)
{
    struct blockers *blockers = user;
    if (item == blockers->except)
        return true;
    blockers->are_several = blockers->label != NO_LABEL;
    blockers->label = item;
    return !blockers->are_several;
}

static struct blockers blockers_of(const struct placing *placing, const struct page_box *box, int64_t except)
{
    struct blockers blockers = {NO_LABEL, except, false};
    page_grid_visit(&placing->taken, box, see_blocker, &blockers);
    return blockers;
}

/* What it costs to stand there, labels aside; INFINITY when it may not. */
static double spot_cost(const struct placing *placing, size_t label, size_t spot)
{
    struct page_box box = box_of(placing, label, spot);
    if (!page_box_holds(&placing->request->frame, &box))
        return INFINITY;
    return placing->request->labels[label].spots[spot].cost + obstacle_cost(placing, &box);
}

/* The cheapest spot where no label but itself stands, outside `beside` (NULL: anywhere). */
static size_t free_spot(const struct placing *placing, size_t label, const struct page_box *beside)
{
    size_t best = LABEL_NOWHERE;
    double least = INFINITY;
    for (size_t spot = 0; spot < placing->request->labels[label].n_spots; spot++) {
        struct page_box box = box_of(placing, label, spot);
        if (beside && page_boxes_overlap(&box, beside))
            continue;
        double cost = spot_cost(placing, label, spot);
        if (cost < least && blockers_of(placing, &box, (int64_t)label).label == NO_LABEL) {
            best = spot;
            least = cost;
        }
    }
    return best;
}

static om_status settle(om_context *ctx, struct placing *placing, size_t label, size_t spot)
{
    struct page_box box = box_of(placing, label, spot);
    placing->spot_of[label] = spot;
    return page_grid_add(ctx, &placing->taken, &box, (uint32_t)label);
}

static om_status resettle(om_context *ctx, struct placing *placing, size_t label, size_t spot)
{
    struct page_box box = box_of(placing, label, placing->spot_of[label]);
    page_grid_remove(&placing->taken, &box, (uint32_t)label);
    return settle(ctx, placing, label, spot);
}

/* A spot that is free once the one label on it has moved to another of its own. */
struct push {
    size_t spot, blocker, blocker_spot;
    double cost;
};

static struct push cheapest_push(const struct placing *placing, size_t label)
{
    struct push best = {.spot = LABEL_NOWHERE, .cost = INFINITY};
    for (size_t spot = 0; spot < placing->request->labels[label].n_spots; spot++) {
        double cost = spot_cost(placing, label, spot);
        if (!(cost < best.cost))
            continue;
        struct page_box box = box_of(placing, label, spot);
        struct blockers blockers = blockers_of(placing, &box, NO_LABEL);
        if (blockers.are_several || blockers.label == NO_LABEL)
            continue;
        size_t blocker = (size_t)blockers.label;
        size_t blocker_spot = free_spot(placing, blocker, &box);
        if (blocker_spot == LABEL_NOWHERE)
            continue;
        cost += spot_cost(placing, blocker, blocker_spot) -
                spot_cost(placing, blocker, placing->spot_of[blocker]);
        if (cost < best.cost)
            best = (struct push){spot, blocker, blocker_spot, cost};
    }
    return best;
}

static om_status place_one(om_context *ctx, struct placing *placing, size_t label)
{
    size_t spot = free_spot(placing, label, NULL);
    if (spot != LABEL_NOWHERE)
        return settle(ctx, placing, label, spot);
    struct push push = cheapest_push(placing, label);
    if (push.spot == LABEL_NOWHERE)
        return OM_OK;
    om_status status = resettle(ctx, placing, push.blocker, push.blocker_spot);
    return status == OM_OK ? settle(ctx, placing, label, push.spot) : status;
}

struct turn {
    double priority;
    size_t label;
};

static int by_priority(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

/* About as large as labels are, so that each lies in few cells. */
static double cell_size(const struct label_request *request)
{
    double sum_px = 0;
    for (size_t i = 0; i < request->n_labels; i++)
        sum_px += request->labels[i].width;
    return request->n_labels ? sum_px / (double)request->n_labels : 1;
}

static om_status start(om_context *ctx, struct placing *placing)
{
    const struct label_request *request = placing->request;
    om_status status = page_grid_new(ctx, &request->frame, cell_size(request), &placing->taken);
    if (status == OM_OK)
        status = page_grid_new(ctx, &request->frame, cell_size(request), &placing->obstacles);
    for (size_t i = 0; status == OM_OK && i < request->n_obstacles; i++)
        if (request->obstacles[i].cost > 0)
            status = page_grid_add(ctx, &placing->obstacles, &request->obstacles[i].box, (uint32_t)i);
    return status;
}

om_status label_place(om_context *ctx, const struct label_request *request, size_t *spot_of)
{
    size_t n = request->n_labels;
    struct placing placing = {.request = request, .spot_of = om_alloc(n, sizeof *placing.spot_of)};
    struct turn *turns = om_alloc(n, sizeof *turns);
    om_status status = placing.spot_of && turns ? start(ctx, &placing) : om_no_memory(ctx);
    for (size_t i = 0; status == OM_OK && i < n; i++) {
        turns[i] = (struct turn){request->labels[i].priority, i};
        placing.spot_of[i] = LABEL_NOWHERE;
    }
    if (status == OM_OK)
        qsort(turns, n, sizeof *turns, by_priority);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        status = place_one(ctx, &placing, turns[i].label);
    for (size_t i = 0; status == OM_OK && i < n; i++)
        spot_of[i] = placing.spot_of[i];
    page_grid_done(&placing.taken);
    page_grid_done(&placing.obstacles);
    om_free(placing.spot_of);
    om_free(turns);
    return status;
}

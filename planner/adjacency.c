#include "adjacency_internal.h"

#include "geo/memory.h"

#include <math.h>

void plan_adjacency_free(plan_adjacency *adjacency)
{
    if (!adjacency)
        return;
    om_free(adjacency->first_neighbour);
    om_free(adjacency->neighbour);
    om_free(adjacency->border_m);
    om_free(adjacency->first_place);
    om_free(adjacency->ring);
    om_free(adjacency);
}

static om_status copy_neighbours(om_context *ctx, const struct plan_territory *territory,
                                 struct plan_adjacency *out)
{
    size_t n = territory->n, n_neighbours = territory->first_neighbour ? territory->first_neighbour[n] : 0;
    out->n = n;
    out->first_neighbour = om_alloc(n + 1, sizeof *out->first_neighbour);
    out->neighbour = om_alloc(n_neighbours, sizeof *out->neighbour);
    out->border_m = om_alloc(n_neighbours, sizeof *out->border_m);
    if (!out->first_neighbour || !out->neighbour || !out->border_m)
        return om_no_memory(ctx);
    for (size_t m = 0; m < n && territory->first_neighbour; m++)
        out->first_neighbour[m + 1] = territory->first_neighbour[m + 1];
    for (size_t i = 0; i < n_neighbours; i++) {
        out->neighbour[i] = territory->neighbours[i].municipality;
        out->border_m[i] = (int32_t)fmin(INT32_MAX, round(territory->neighbours[i].border_m));
    }
    for (size_t m = 0; m < n; m++)
        if (plan_adjacency_degree(out, (int32_t)m) > out->most_neighbours)
            out->most_neighbours = plan_adjacency_degree(out, (int32_t)m);
    return OM_OK;
}

/* The ring that is being made: place_of[m] is m's place in it, or PLAN_NOWHERE. */
struct ring_builder {
    const struct plan_adjacency *adjacency;
    int32_t *place_of;
    int32_t *n_touched; /* how many neighbours of the centre a municipality borders */
    struct plan_ring_place places[PLAN_RING_SIZE];
    int32_t n_places;
};

static void add_place(struct ring_builder *builder, int32_t m)
{
    if (builder->n_places == PLAN_RING_SIZE || builder->place_of[m] != PLAN_NOWHERE)
        return;
    builder->place_of[m] = builder->n_places;
    builder->places[builder->n_places++] = (struct plan_ring_place){m, 0};
}

/* Adds `change` to what the neighbours of the centre's neighbours touch; with add, takes those that touch two
 * into the ring. */
static void touch(struct ring_builder *builder, int32_t centre, int32_t change, bool add)
{
    const struct plan_adjacency *adjacency = builder->adjacency;
    for (uint32_t i = adjacency->first_neighbour[centre]; i < adjacency->first_neighbour[centre + 1]; i++) {
        int32_t near = adjacency->neighbour[i];
        for (uint32_t j = adjacency->first_neighbour[near]; j < adjacency->first_neighbour[near + 1]; j++) {
            int32_t far = adjacency->neighbour[j];
            builder->n_touched[far] += change;
            if (add && far != centre && builder->n_touched[far] == 2)
                add_place(builder, far);
        }
    }
}

static void connect_places(struct ring_builder *builder)
{
    const struct plan_adjacency *adjacency = builder->adjacency;
    for (int32_t p = 0; p < builder->n_places; p++) {
        int32_t m = builder->places[p].municipality;
        for (uint32_t i = adjacency->first_neighbour[m]; i < adjacency->first_neighbour[m + 1]; i++) {
            int32_t place = builder->place_of[adjacency->neighbour[i]];
            if (place != PLAN_NOWHERE)
                builder->places[p].connected |= 1u << place;
        }
    }
}

static void make_ring(struct ring_builder *builder, int32_t centre)
{
    const struct plan_adjacency *adjacency = builder->adjacency;
    builder->n_places = 0;
    if (plan_adjacency_degree(adjacency, centre) > PLAN_RING_SIZE)
        return;
    for (uint32_t i = adjacency->first_neighbour[centre]; i < adjacency->first_neighbour[centre + 1]; i++)
        add_place(builder, adjacency->neighbour[i]);
    touch(builder, centre, 1, true);
    touch(builder, centre, -1, false);
    connect_places(builder);
    for (int32_t p = 0; p < builder->n_places; p++)
        builder->place_of[builder->places[p].municipality] = PLAN_NOWHERE;
}

static om_status make_rings(om_context *ctx, struct plan_adjacency *adjacency, struct ring_builder *builder)
{
    size_t capacity = 0;
    for (size_t m = 0; m < adjacency->n; m++) {
        make_ring(builder, (int32_t)m);
        uint32_t first = adjacency->first_place[m], n = (uint32_t)builder->n_places;
        struct plan_ring_place *grown = om_grow(adjacency->ring, &capacity, first + n + 1, sizeof *grown);
        if (!grown)
            return om_no_memory(ctx);
        adjacency->ring = grown;
        for (uint32_t p = 0; p < n; p++)
            grown[first + p] = builder->places[p];
        adjacency->first_place[m + 1] = first + n;
    }
    return OM_OK;
}

om_status plan_adjacency_new(om_context *ctx, const struct plan_territory *territory, plan_adjacency **out)
{
    om_status status = OM_OK;
    struct ring_builder builder = {.place_of = om_alloc(territory->n, sizeof *builder.place_of),
                                   .n_touched = om_alloc(territory->n, sizeof *builder.n_touched)};
    struct plan_adjacency *adjacency = om_alloc(1, sizeof *adjacency);
    if (adjacency)
        adjacency->first_place = om_alloc(territory->n + 1, sizeof *adjacency->first_place);
    if (!builder.place_of || !builder.n_touched || !adjacency || !adjacency->first_place) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = copy_neighbours(ctx, territory, adjacency);
    if (status)
        goto done;
    for (size_t m = 0; m < territory->n; m++)
        builder.place_of[m] = PLAN_NOWHERE;
    builder.adjacency = adjacency;
    status = make_rings(ctx, adjacency, &builder);
    if (status)
        goto done;
    *out = adjacency;
    adjacency = NULL;
done:
    plan_adjacency_free(adjacency);
    om_free(builder.place_of);
    om_free(builder.n_touched);
    return status;
}

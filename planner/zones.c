#include "zones_internal.h"

#include "geo/memory.h"

void plan_zones_free(struct plan_zones *zones)
{
    if (!zones)
        return;
    plan_zones_scratch_free(zones->scratch);
    om_free(zones->area_of);
    om_free(zones->zones);
    om_free(zones->next_member);
    om_free(zones->previous_member);
    om_free(zones->border);
    om_free(zones);
}

const int32_t *plan_zones_neighbours(const struct plan_zones *zones, int32_t m, int32_t *n)
{
    *n = plan_adjacency_degree(zones->adjacency, m);
    return zones->adjacency->neighbour + zones->adjacency->first_neighbour[m];
}

int32_t plan_zones_foreign_area(const struct plan_zones *zones, int32_t m, uint32_t number)
{
    int32_t n, own = zones->area_of[m];
    const int32_t *neighbours = plan_zones_neighbours(zones, m, &n);
    uint32_t first = n ? (uint32_t)(((uint64_t)number * (uint32_t)n) >> 32) : 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t place = (int32_t)first + i < n ? (int32_t)first + i : (int32_t)first + i - n;
        if (zones->area_of[neighbours[place]] != own)
            return zones->area_of[neighbours[place]];
    }
    return PLAN_NOWHERE;
}

int64_t plan_zones_border_change_m(const struct plan_zones *zones, int32_t m, int32_t area)
{
    const struct plan_adjacency *adjacency = zones->adjacency;
    const int32_t *area_of = zones->area_of;
    const int32_t *neighbour = adjacency->neighbour, *border_m = adjacency->border_m;
    int32_t own = area_of[m];
    int64_t change_m = 0;
    for (uint32_t i = adjacency->first_neighbour[m], end = adjacency->first_neighbour[m + 1]; i < end; i++) {
        int32_t other = area_of[neighbour[i]];
        change_m += (border_m[i] & -(other == own)) - (border_m[i] & -(other == area));
    }
    return change_m;
}

int64_t plan_zones_foreign_border_m(const struct plan_zones *zones, int32_t m)
{
    const struct plan_adjacency *adjacency = zones->adjacency;
    int64_t length_m = 0;
    for (uint32_t i = adjacency->first_neighbour[m]; i < adjacency->first_neighbour[m + 1]; i++)
        if (zones->area_of[adjacency->neighbour[i]] != zones->area_of[m])
            length_m += adjacency->border_m[i];
    return length_m;
}

/* A municipality is in the list of those at a border while it has foreign neighbours. */
static void count_foreign(struct plan_zones *zones, int32_t m, int32_t change)
{
    struct plan_zones_scratch *scratch = zones->scratch;
    int32_t before = scratch->n_foreign[m];
    scratch->n_foreign[m] += change;
    if (before == 0 && change > 0) {
        scratch->border_place[m] = zones->n_border;
        zones->border[zones->n_border++] = m;
    } else if (before > 0 && scratch->n_foreign[m] == 0) {
        int32_t place = scratch->border_place[m], last = zones->border[--zones->n_border];
        zones->border[place] = last;
        scratch->border_place[last] = place;
    }
}

static void leave(struct plan_zones *zones, int32_t m)
{
    struct plan_zone *zone = &zones->zones[zones->area_of[m]];
    int32_t next = zones->next_member[m], previous = zones->previous_member[m];
    if (previous == PLAN_NOWHERE)
        zone->first_member = next;
    else
        zones->next_member[previous] = next;
    if (next != PLAN_NOWHERE)
        zones->previous_member[next] = previous;
    if (--zone->n_members == 0)
        zones->n_areas--;
}

static void enter(struct plan_zones *zones, int32_t m, int32_t area)
{
    struct plan_zone *zone = &zones->zones[area];
    zones->area_of[m] = area;
    zones->next_member[m] = zone->first_member;
    zones->previous_member[m] = PLAN_NOWHERE;
    if (zone->first_member != PLAN_NOWHERE)
        zones->previous_member[zone->first_member] = m;
    zone->first_member = m;
    if (zone->n_members++ == 0)
        zones->n_areas++;
}

void plan_zones_move(struct plan_zones *zones, int32_t m, int32_t area)
{
    int32_t n, before = zones->area_of[m], change = 0;
    const int32_t *neighbours = plan_zones_neighbours(zones, m, &n);
    if (area == before)
        return;
    leave(zones, m);
    enter(zones, m, area);
    for (int32_t i = 0; i < n; i++) {
        int32_t other = zones->area_of[neighbours[i]];
        int32_t more = (other == before) - (other == area);
        if (more)
            count_foreign(zones, neighbours[i], more);
        change += more;
    }
    if (change)
        count_foreign(zones, m, change);
}

static om_status fill(om_context *ctx, struct plan_zones *zones, const int32_t *area_of)
{
    for (size_t a = 0; a < zones->n_slots; a++)
        zones->zones[a].first_member = PLAN_NOWHERE;
    for (size_t m = zones->n; m-- > 0;) { /* so that members come in order */
        if (area_of[m] < 0 || (size_t)area_of[m] >= zones->n_slots)
            return om_fail(ctx, OM_INVALID_ARGUMENT, "municipality %zu: there is no area %d", m, area_of[m]);
        enter(zones, (int32_t)m, area_of[m]);
    }
    for (size_t m = 0; m < zones->n; m++) {
        int32_t n, foreign = 0;
        const int32_t *neighbours = plan_zones_neighbours(zones, (int32_t)m, &n);
        for (int32_t i = 0; i < n; i++)
            foreign += area_of[neighbours[i]] != area_of[m];
        if (foreign)
            count_foreign(zones, (int32_t)m, foreign);
    }
    return OM_OK;
}

om_status plan_zones_new(om_context *ctx, const plan_adjacency *adjacency, const int32_t *area_of,
                         size_t n_slots, struct plan_zones **out)
{
    size_t n = adjacency->n;
    om_status status = OM_OK;
    struct plan_zones *zones = om_alloc(1, sizeof *zones);
    if (!zones)
        return om_no_memory(ctx);
    *zones = (struct plan_zones){
        .adjacency = adjacency,
        .n = n,
        .n_slots = n_slots,
        .area_of = om_alloc(n, sizeof *zones->area_of),
        .zones = om_alloc(n_slots, sizeof *zones->zones),
        .next_member = om_alloc(n, sizeof *zones->next_member),
        .previous_member = om_alloc(n, sizeof *zones->previous_member),
        .border = om_alloc(n, sizeof *zones->border),
        .scratch = plan_zones_scratch_new(adjacency),
    };
    if (!zones->area_of || !zones->zones || !zones->next_member || !zones->previous_member ||
        !zones->border || !zones->scratch)
        status = om_no_memory(ctx);
    else
        status = fill(ctx, zones, area_of);
    if (status)
        plan_zones_free(zones);
    else
        *out = zones;
    return status;
}

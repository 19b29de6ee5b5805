/* Whether a municipality is a cut vertex (articulation point) of its area. */
#include "zones_internal.h"

#include "geo/memory.h"

#include <string.h>

struct plan_zones_scratch *plan_zones_scratch_new(const struct plan_adjacency *adjacency)
{
    size_t n = adjacency->n;
    struct plan_zones_scratch *scratch = om_alloc(1, sizeof *scratch);
    if (!scratch)
        return NULL;
    *scratch = (struct plan_zones_scratch){
        .n_foreign = om_alloc(n, sizeof *scratch->n_foreign),
        .border_place = om_alloc(n, sizeof *scratch->border_place),
        .seen = om_alloc(n, sizeof *scratch->seen),
        .next_stamp = 1,
        .next_in_queue = om_alloc(n, sizeof *scratch->next_in_queue),
        .searches = om_alloc((size_t)adjacency->most_neighbours, sizeof *scratch->searches),
    };
    if (scratch->n_foreign && scratch->border_place && scratch->seen && scratch->next_in_queue &&
        scratch->searches)
        return scratch;
    plan_zones_scratch_free(scratch);
    return NULL;
}

void plan_zones_scratch_free(struct plan_zones_scratch *scratch)
{
    if (!scratch)
        return;
    om_free(scratch->n_foreign);
    om_free(scratch->border_place);
    om_free(scratch->seen);
    om_free(scratch->next_in_queue);
    om_free(scratch->searches);
    om_free(scratch);
}

/* Everything of `inside` that is connected to `reached` within the ring. */
static uint32_t spread(const struct plan_ring_place *ring, uint32_t inside, uint32_t reached)
{
    uint32_t fresh = reached;
    while (fresh) {
        uint32_t found = ring[__builtin_ctz(fresh)].connected & inside & ~reached;
        fresh = (fresh & (fresh - 1)) | found;
        reached |= found;
    }
    return reached;
}

static int32_t find_root(struct plan_ring_search *searches, int32_t i)
{
    while (searches[i].joined_with != i)
        i = searches[i].joined_with = searches[searches[i].joined_with].joined_with;
    return i;
}

/* Stamps are used up after 2^32 searches: then all marks are wiped. */
static uint32_t take_stamps(struct plan_zones_scratch *scratch, size_t n, uint32_t wanted)
{
    if (scratch->next_stamp > UINT32_MAX - wanted) {
        memset(scratch->seen, 0, n * sizeof *scratch->seen);
        scratch->next_stamp = 1;
    }
    uint32_t first = scratch->next_stamp;
    scratch->next_stamp += wanted;
    return first;
}

struct meeting {
    const struct plan_zones *zones;
    int32_t without; /* the municipality that leaves */
    int32_t area;
    uint32_t first_stamp;
    int32_t n_searches, n_apart; /* of those that have not met */
};

static void start_search(struct meeting *meeting, int32_t m)
{
    struct plan_zones_scratch *scratch = meeting->zones->scratch;
    int32_t i = meeting->n_searches++;
    scratch->searches[i] = (struct plan_ring_search){m, m, i, 1};
    scratch->next_in_queue[m] = PLAN_NOWHERE;
    scratch->seen[m] = meeting->first_stamp + (uint32_t)i;
    meeting->n_apart++;
}

/* Search i has come to m. */
static void visit(struct meeting *meeting, int32_t i, int32_t m)
{
    struct plan_zones_scratch *scratch = meeting->zones->scratch;
    struct plan_ring_search *searches = scratch->searches;
    if (scratch->seen[m] >= meeting->first_stamp) {
        int32_t mine = find_root(searches, i);
        int32_t other = find_root(searches, (int32_t)(scratch->seen[m] - meeting->first_stamp));
        if (mine == other)
            return;
        searches[other].joined_with = mine;
        searches[mine].n_active += searches[other].n_active;
        meeting->n_apart--;
        return;
    }
    scratch->seen[m] = meeting->first_stamp + (uint32_t)i;
    scratch->next_in_queue[m] = PLAN_NOWHERE;
    if (searches[i].head == PLAN_NOWHERE)
        searches[i].head = m;
    else
        scratch->next_in_queue[searches[i].tail] = m;
    searches[i].tail = m;
}

/* One step of search i; false when the part it belongs to has nothing left to look at. */
static bool step(struct meeting *meeting, int32_t i)
{
    struct plan_zones_scratch *scratch = meeting->zones->scratch;
    struct plan_ring_search *search = &scratch->searches[i];
    int32_t m = search->head, n;
    if (m == PLAN_NOWHERE)
        return true; /* ended before; others of its part go on */
    search->head = scratch->next_in_queue[m];
    const int32_t *neighbours = plan_zones_neighbours(meeting->zones, m, &n);
    for (int32_t k = 0; k < n; k++)
        if (meeting->zones->area_of[neighbours[k]] == meeting->area && neighbours[k] != meeting->without)
            visit(meeting, i, neighbours[k]);
    if (search->head != PLAN_NOWHERE)
        return true;
    return --scratch->searches[find_root(scratch->searches, i)].n_active > 0;
}

static bool do_all_meet(struct meeting *meeting)
{
    while (meeting->n_apart > 1)
        for (int32_t i = 0; i < meeting->n_searches && meeting->n_apart > 1; i++)
            if (!step(meeting, i) && meeting->n_apart > 1)
                return false;
    return true;
}

static struct meeting new_meeting(const struct plan_zones *zones, int32_t m)
{
    uint32_t stamps = (uint32_t)zones->adjacency->most_neighbours;
    return (struct meeting){zones, m, zones->area_of[m], take_stamps(zones->scratch, zones->n, stamps), 0, 0};
}

/* Too many neighbours for a ring: a search from each. */
static bool may_leave_without_ring(const struct plan_zones *zones, int32_t m)
{
    int32_t n;
    const int32_t *neighbours = plan_zones_neighbours(zones, m, &n);
    struct meeting meeting = new_meeting(zones, m);
    for (int32_t i = 0; i < n; i++)
        if (zones->area_of[neighbours[i]] == meeting.area)
            start_search(&meeting, neighbours[i]);
    return do_all_meet(&meeting);
}

bool plan_zones_may_leave(const struct plan_zones *zones, int32_t m)
{
    const struct plan_adjacency *adjacency = zones->adjacency;
    const struct plan_ring_place *ring = adjacency->ring + adjacency->first_place[m];
    int32_t n_places = (int32_t)(adjacency->first_place[m + 1] - adjacency->first_place[m]);
    int32_t n_neighbours = plan_adjacency_degree(adjacency, m), area = zones->area_of[m];
    if (n_neighbours > PLAN_RING_SIZE)
        return may_leave_without_ring(zones, m);
    uint32_t inside = 0;
    for (int32_t p = 0; p < n_places; p++)
        inside |= (uint32_t)(zones->area_of[ring[p].municipality] == area) << p;
    uint32_t members = (uint32_t)(((uint64_t)1 << n_neighbours) - 1) & inside;
    if (!members)
        return true;
    uint32_t left = members & ~spread(ring, inside, members & -members);
    if (!left)
        return true;
    struct meeting meeting = new_meeting(zones, m);
    start_search(&meeting, ring[__builtin_ctz(members)].municipality);
    while (left) {
        start_search(&meeting, ring[__builtin_ctz(left)].municipality);
        left &= ~spread(ring, inside, left & -left);
    }
    return do_all_meet(&meeting);
}

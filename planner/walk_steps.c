/* The steps of a walk. */
#include "walk_internal.h"

const char *const plan_step_names[PLAN_STEPS] = {
    [PLAN_STEP_SHIFT] = "shift", [PLAN_STEP_SWAP] = "swap",           [PLAN_STEP_MERGE] = "merge",
    [PLAN_STEP_SPLIT] = "split", [PLAN_STEP_RECOMBINE] = "recombine",
};

void plan_walk_move(struct plan_walk *walk, int32_t m, int32_t area)
{
    walk->undo[walk->n_undo++] = (struct plan_undo){m, walk->draft->zones->area_of[m]};
    plan_draft_move(walk->draft, m, area);
}

void plan_walk_undo(struct plan_walk *walk)
{
    if (walk->is_divided)
        plan_draft_drop_redivision(walk->draft);
    walk->is_divided = false;
    while (walk->n_undo > 0) {
        const struct plan_undo *undo = &walk->undo[--walk->n_undo];
        plan_draft_move(walk->draft, undo->municipality, undo->from);
    }
}

static void note_moved(struct plan_walk *walk, int32_t m)
{
    if (!walk->has_moved[m])
        walk->moved[walk->n_moved++] = m;
    walk->has_moved[m] = true;
}

void plan_walk_keep(struct plan_walk *walk)
{
    while (walk->n_undo > 0)
        note_moved(walk, walk->undo[--walk->n_undo].municipality);
    if (!walk->is_divided)
        return;
    plan_draft_make_redivision(walk->draft);
    for (int32_t i = 0; i < walk->draft->trial->n_moved; i++)
        note_moved(walk, walk->draft->trial->moved[i]);
    walk->is_divided = false;
}

static struct plan_drawing draw(struct plan_walk *walk)
{
    const struct plan_zones *zones = walk->draft->zones;
    if (zones->n_border == 0)
        return (struct plan_drawing){PLAN_NOWHERE, 0};
    int32_t m = walk->focus ? plan_focus_draw(walk->focus, zones, &walk->random)
                            : zones->border[plan_random_below(&walk->random, (uint32_t)zones->n_border)];
    return (struct plan_drawing){m, plan_random_next(&walk->random)};
}

void plan_walk_draw(struct plan_walk *walk)
{
    for (int i = 0; i < PLAN_AHEAD; i++)
        walk->ahead[i] = draw(walk);
}

/* The sooner a crossing comes, the more of what it asks for is known. */
static void fetch(const struct plan_walk *walk)
{
    for (int stage = 0; stage < PLAN_FETCH_STAGES; stage++) {
        uint32_t place = walk->n_drawn + (uint32_t)(PLAN_AHEAD - 1 - stage * PLAN_AHEAD / PLAN_FETCH_STAGES);
        const struct plan_drawing *drawing = &walk->ahead[place % PLAN_AHEAD];
        if (drawing->municipality != PLAN_NOWHERE)
            plan_draft_fetch(walk->draft, drawing->municipality, drawing->number, stage);
    }
}

bool plan_walk_pick(struct plan_walk *walk, struct plan_crossing *out)
{
    const struct plan_zones *zones = walk->draft->zones;
    struct plan_drawing *next = &walk->ahead[walk->n_drawn++ % PLAN_AHEAD];
    int32_t m = next->municipality;
    int32_t to = m == PLAN_NOWHERE ? PLAN_NOWHERE : plan_zones_foreign_area(zones, m, next->number);
    *next = draw(walk);
    if (walk->focus && plan_focus_is_fresh(walk->focus))
        fetch(walk);
    if (to == PLAN_NOWHERE)
        return false;
    *out = (struct plan_crossing){m, zones->area_of[m], to};
    return !plan_walk_is_locked_area(walk, out->from) && !plan_walk_is_locked_area(walk, to);
}

/* A neighbour of m in the area that borders `other` too and may leave; PLAN_NOWHERE when there is none. */
static int32_t find_counterpart(struct plan_walk *walk, int32_t m, int32_t area, int32_t other)
{
    const struct plan_zones *zones = walk->draft->zones;
    int32_t n;
    const int32_t *neighbours = plan_zones_neighbours(zones, m, &n);
    uint32_t first = plan_random_below(&walk->random, (uint32_t)n);
    for (int32_t i = 0; i < n; i++) {
        int32_t k = neighbours[((uint32_t)i + first) % (uint32_t)n], n_near;
        if (zones->area_of[k] != area || plan_walk_is_locked(walk, k))
            continue;
        const int32_t *near = plan_zones_neighbours(zones, k, &n_near);
        for (int32_t j = 0; j < n_near; j++)
            if (zones->area_of[near[j]] == other && plan_walk_may_leave(walk, k))
                return k;
    }
    return PLAN_NOWHERE;
}

bool plan_walk_try_swap(struct plan_walk *walk)
{
    struct plan_crossing crossing;
    if (!plan_walk_pick(walk, &crossing) || plan_walk_is_locked(walk, crossing.municipality) ||
        walk->draft->zones->zones[crossing.from].n_members == 1 ||
        !plan_walk_may_leave(walk, crossing.municipality))
        return false;
    plan_walk_move(walk, crossing.municipality, crossing.to);
    int32_t other = find_counterpart(walk, crossing.municipality, crossing.to, crossing.from);
    if (other != PLAN_NOWHERE) {
        plan_walk_move(walk, other, crossing.from);
        return true;
    }
    plan_walk_undo(walk);
    return false;
}

static bool has_locked_member(const struct plan_walk *walk, int32_t area)
{
    const struct plan_zones *zones = walk->draft->zones;
    for (int32_t m = zones->zones[area].first_member; m != PLAN_NOWHERE; m = zones->next_member[m])
        if (plan_walk_is_locked(walk, m))
            return true;
    return false;
}

/* Where there may be no fewer areas, one is split in the same step, wherever it is. */
bool plan_walk_try_merge(struct plan_walk *walk)
{
    const struct plan_zones *zones = walk->draft->zones;
    struct plan_crossing crossing;
    bool splits_too = zones->n_areas <= walk->ground->limits.min_areas;
    if (!plan_walk_pick(walk, &crossing) || plan_walk_may_be_apart(walk, crossing.from) ||
        has_locked_member(walk, crossing.from))
        return false;
    for (int32_t m; (m = zones->zones[crossing.from].first_member) != PLAN_NOWHERE;)
        plan_walk_move(walk, m, crossing.to);
    if (!splits_too || plan_walk_try_split(walk))
        return true;
    plan_walk_undo(walk);
    return false;
}

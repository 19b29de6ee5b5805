/* What the weighing of a move looks at, asked for before it is needed. Nothing here changes or decides
 * anything. */
#include "draft_internal.h"

static void fetch(const void *place)
{
    __builtin_prefetch(place);
}

/* Where the lists of m begin. */
static void fetch_heads(const struct plan_draft *draft, int32_t m)
{
    const struct plan_adjacency *adjacency = draft->zones->adjacency;
    fetch(&draft->ground->units[m]);
    fetch(&draft->ground->units[m + 1]);
    fetch(&draft->zones->area_of[m]);
    fetch(&draft->status[m]);
    fetch(&adjacency->first_neighbour[m]);
    fetch(&adjacency->first_place[m]);
}

static void fetch_lists(const struct plan_draft *draft, int32_t m)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_adjacency *adjacency = draft->zones->adjacency;
    const struct plan_unit *unit = &ground->units[m];
    fetch(&adjacency->neighbour[adjacency->first_neighbour[m]]);
    fetch(&adjacency->border_m[adjacency->first_neighbour[m]]);
    fetch(&adjacency->ring[adjacency->first_place[m]]);
    fetch(&adjacency->ring[adjacency->first_place[m + 1]]);
    fetch(&ground->visitors[unit->first_visitor]);
    fetch(&ground->stakes[unit->first_stake]);
    if (!unit->is_settled) {
        fetch(&ground->trips[unit->first_trip]);
        fetch(&ground->options[unit->first_options]);
    }
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        if (unit->group[division] != PLAN_NOWHERE)
            fetch(&draft->divisions[division].groups[unit->group[division]]);
}

/* Neighbours, visitors, and the pieces of the groups of m. */
static void fetch_near(const struct plan_draft *draft, int32_t m)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    int32_t n;
    const int32_t *neighbours = plan_zones_neighbours(draft->zones, m, &n);
    for (int32_t i = 0; i < n; i++)
        fetch(&draft->zones->area_of[neighbours[i]]);
    for (uint32_t i = unit->first_visitor; i < unit[1].first_visitor; i++) {
        fetch(&ground->units[ground->visitors[i]]);
        fetch(&ground->units[ground->visitors[i] + 1]);
        fetch(&draft->zones->area_of[ground->visitors[i]]);
        fetch(&draft->status[ground->visitors[i]]);
    }
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        if (unit->group[division] != PLAN_NOWHERE) {
            const struct plan_draft_division *it = &draft->divisions[division];
            const struct plan_draft_group *group = &it->groups[unit->group[division]];
            for (int32_t p = 0; p < group->n_pieces; p++)
                fetch(&it->pieces[group->first_piece + (uint32_t)p]);
        }
}

static void fetch_area(const struct plan_draft *draft, const struct plan_unit *unit, int32_t area)
{
    const struct plan_ground *ground = draft->ground;
    fetch(&draft->areas[area]);
    fetch((const char *)&draft->areas[area + 1] - 1);
    fetch(&draft->zones->zones[area]);
    if (unit->first_stake < unit[1].first_stake)
        fetch(&draft->n_offices[(size_t)area * ground->n_suppliers +
                                (size_t)ground->stakes[unit->first_stake].supplier]);
}

static void fetch_far(const struct plan_draft *draft, int32_t m, uint32_t number)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    const int32_t *area_of = draft->zones->area_of;
    int32_t from = area_of[m], to = plan_zones_foreign_area(draft->zones, m, number);
    if (to == PLAN_NOWHERE)
        return;
    fetch_area(draft, unit, from);
    fetch_area(draft, unit, to);
    for (uint32_t i = unit->first_visitor; i < unit[1].first_visitor; i++) {
        int32_t visitor = ground->visitors[i];
        if (area_of[visitor] != from && area_of[visitor] != to)
            continue;
        fetch(&ground->trips[ground->units[visitor].first_trip]);
        fetch(&ground->options[ground->units[visitor].first_options]);
        fetch(&ground->options[ground->units[visitor].first_options] + 7);
    }
}

void plan_draft_fetch(const struct plan_draft *draft, int32_t m, uint32_t number, int stage)
{
    if (stage == 0)
        fetch_heads(draft, m);
    else if (stage == 1)
        fetch_lists(draft, m);
    else if (stage == 2)
        fetch_near(draft, m);
    else
        fetch_far(draft, m, number);
}

/* What the weighing of a move looks at, asked for before it is needed. Nothing here changes or decides
 * anything. */
#include "draft_internal.h"

enum { CACHE_LINE = 64 }; /* bytes, of the processors that there are */

static void fetch(const void *place)
{
    __builtin_prefetch(place);
}

/* All lines of memory that it is on. */
static void fetch_record(const void *record, size_t size)
{
    for (size_t line = 0; line < size; line += CACHE_LINE)
        fetch((const char *)record + line);
    fetch((const char *)record + size - 1);
}

/* Where the lists of m begin. */
static void fetch_heads(const struct plan_draft *draft, int32_t m)
{
    const struct plan_adjacency *adjacency = draft->zones->adjacency;
    fetch_record(&draft->ground->units[m], sizeof draft->ground->units[m]);
    fetch(&draft->zones->area_of[m]);
    fetch(&draft->n_inside[m]);
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
    fetch(&ground->visits[unit->first_visit]);
    fetch(&ground->stakes[unit->first_stake]);
    if (!plan_is_settled(unit)) {
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
    for (uint32_t i = 0; i < unit->n_visits; i++) {
        const struct plan_visit *visit = &ground->visits[unit->first_visit + i];
        fetch_record(&ground->units[visit->visitor], sizeof *unit);
        fetch(&draft->zones->area_of[visit->visitor]);
        fetch(&draft->n_inside[visit->visitor]);
        fetch(&ground->options[visit->options]);
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
    fetch_record(&draft->areas[area], sizeof draft->areas[area]);
    fetch(&draft->zones->zones[area]);
    if (unit->n_stakes)
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
    for (uint32_t i = 0; i < unit->n_visits; i++) {
        int32_t visitor = ground->visits[unit->first_visit + i].visitor;
        if (area_of[visitor] == from || area_of[visitor] == to)
            fetch(&draft->open[ground->units[visitor].first_open]);
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

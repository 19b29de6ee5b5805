#include "joining_walk.h"

#include "timetable_internal.h"

/* Stops that do not exist are left to the search, which refuses them. */
struct joining_walk joining_walk(const geo_timetable *timetable, const struct geo_point *from,
                                 const struct geo_point *to)
{
    struct joining_walk best = {.duration_s = TIME_NEVER};
    for (uint32_t i = 0; i < from->n_access; i++)
        for (uint32_t k = 0; k < to->n_access; k++) {
            const struct geo_access *a = &from->access[i], *b = &to->access[k];
            if (a->stop < timetable->n_stops && b->stop < timetable->n_stops &&
                timetable->stop_station[a->stop] == timetable->stop_station[b->stop] &&
                a->walk_s + b->walk_s < best.duration_s)
                best = (struct joining_walk){i, k, a->walk_s + b->walk_s};
        }
    return best;
}

/*
 * The arrays a timetable consists of: to free them, to list them for keeping, to rest on kept ones.
 */
#include "timetable_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <string.h>

/* Every number of struct geo_timetable. */
#define TIMETABLE_NUMBERS(X) \
    X(n_stops)               \
    X(n_stations)            \
    X(n_trips)               \
    X(n_on_demand_trips)     \
    X(is_mirrored)           \
    X(n_places)              \
    X(n_patterns)            \
    X(n_positions)           \
    X(n_pattern_trips)       \
    X(n_times)               \
    X(n_visits)              \
    X(n_changes)

/* Every array with its number of items in the timetable t, which may rest on what stands above it. */
#define TIMETABLE_ARRAYS(X)                                \
    X(stop_station, t->n_stops)                            \
    X(station_first, t->n_stations + 1)                    \
    X(station_stops, t->n_stops)                           \
    X(station_served, t->n_stations)                       \
    X(grid.band_first, STOP_GRID_BANDS + 1)                \
    X(grid.positions, t->grid.band_first[STOP_GRID_BANDS]) \
    X(station_place, t->n_stations + 1)                    \
    X(stop_place, t->n_stops)                              \
    X(place_change_s, t->n_places)                         \
    X(edge_first, t->n_places + 1)                         \
    X(edges, t->edge_first[t->n_places])                   \
    X(patterns, t->n_patterns)                             \
    X(call_places, t->n_positions)                         \
    X(call_flags, t->n_positions)                          \
    X(trips, t->n_pattern_trips)                           \
    X(trip_of, t->n_pattern_trips)                         \
    X(times, t->n_times)                                   \
    X(links, t->n_places + 1)                              \
    X(visits, t->n_visits)                                 \
    X(change_first, t->n_changes ? t->n_positions + 1 : 0) \
    X(changes, t->n_changes)

/* A number smaller than a pointer stands between others, and takes as much room as one. */
#define SIZE_OF_NUMBER(field) \
    +(sizeof((geo_timetable *)NULL)->field + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *)
#define SIZE_OF_POINTER(field, count) +sizeof((geo_timetable *)NULL)->field
_Static_assert(sizeof(geo_timetable) == sizeof(struct geo_keeper) TIMETABLE_NUMBERS(SIZE_OF_NUMBER)
                                            TIMETABLE_ARRAYS(SIZE_OF_POINTER),
               "every member of struct geo_timetable is in one of the tables above");

#define ONE_NUMBER(field) +1
#define ONE_ARRAY(field, count) +1
#define N_LISTED (0 TIMETABLE_NUMBERS(ONE_NUMBER) TIMETABLE_ARRAYS(ONE_ARRAY))
_Static_assert(N_LISTED <= GEO_TIMETABLE_MOST_ARRAYS, "the public header leaves room for all");

void geo_timetable_free(geo_timetable *timetable)
{
    if (!timetable)
        return;
#define FREE(field, count) om_free(timetable->field);
    if (timetable->keeper.release)
        timetable->keeper.release(timetable->keeper.block);
    else {
        TIMETABLE_ARRAYS(FREE)
    }
    om_free(timetable);
}

size_t geo_timetable_list_arrays(const geo_timetable *t, struct geo_array out[GEO_TIMETABLE_MOST_ARRAYS])
{
#define LIST_NUMBER(field) {#field, &t->field, sizeof t->field, 1},
#define LIST_ARRAY(field, count) {#field, t->field, sizeof *t->field, count},
    const struct geo_array all[] = {TIMETABLE_NUMBERS(LIST_NUMBER) TIMETABLE_ARRAYS(LIST_ARRAY)};
    memcpy(out, all, sizeof all);
    return N_LISTED;
}

/* Gives t its numbers, and points its arrays to kept ones; false when they are others. */
static bool take_arrays(const struct geo_array *arrays, geo_timetable *t)
{
    const struct geo_array *next = arrays;
#define TAKE_NUMBER(field)                               \
    if (!geo_array_is(next, #field, sizeof t->field, 1)) \
        return false;                                    \
    memcpy(&t->field, next++->items, sizeof t->field);
    TIMETABLE_NUMBERS(TAKE_NUMBER)
#define TAKE_ARRAY(field, count)                                \
    if (!geo_array_is(next, #field, sizeof *t->field, count))   \
        return false;                                           \
    t->field = next->n ? (void *)(uintptr_t)next->items : NULL; \
    next++;
    TIMETABLE_ARRAYS(TAKE_ARRAY)
    return true;
}

om_status geo_timetable_from_arrays(om_context *ctx, const struct geo_array *arrays, size_t n,
                                    struct geo_keeper keeper, geo_timetable **out)
{
    geo_timetable *timetable = om_alloc(1, sizeof *timetable);
    if (!timetable)
        return om_no_memory(ctx);
    if (n != N_LISTED || !take_arrays(arrays, timetable)) {
        om_free(timetable);
        return om_fail(ctx, OM_BAD_DATA, "%s", om_tr("the arrays are not those of a timetable"));
    }
    timetable->keeper = keeper;
    *out = timetable;
    return OM_OK;
}

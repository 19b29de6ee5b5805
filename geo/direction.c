#include "direction.h"

#include "geo/memory.h"
#include "mirror.h"

/* No clock time of a checked timetable, nor one less a walk, is as early. */
#define BEFORE_ALL_S (-3 * TIME_LIMIT_S)

/*
 * The search against the window: whoever departs in the window arrives no earlier than it begins, and with a
 * limit, no later than so long after its end. Those arrivals are the departures of the search.
 */
static struct geo_window opposite_window(const struct geo_window *window, int32_t limit_s)
{
    return (struct geo_window){limit_s == TIME_NEVER ? BEFORE_ALL_S : -(window->until_s + limit_s),
                               1 - window->from_s};
}

enum { OPPOSITE_COST = 4 };

bool geo_travel_time_wants_mirror(size_t n_origins, size_t n_destinations, bool arrive_by)
{
    return arrive_by ? n_origins * OPPOSITE_COST >= n_destinations
                     : n_destinations * OPPOSITE_COST < n_origins;
}

static bool is_opposite(const struct direction *direction)
{
    return direction->is_search_mirrored != direction->is_window_mirrored;
}

struct direction direction_of(const geo_timetable *timetable, const struct geo_matrix_options *options)
{
    struct direction direction = {
        .is_search_mirrored = timetable->is_mirrored,
        .is_window_mirrored = options->arrive_by,
        .window = options->arrive_by ? mirrored_window(options->window) : options->window,
        .search = {.max_transfers = options->max_transfers,
                   .limit_s = options->limit_s ? options->limit_s : TIME_NEVER},
    };
    direction.search.window = is_opposite(&direction)
                                  ? opposite_window(&direction.window, direction.search.limit_s)
                                  : direction.window;
    return direction;
}

static void reverse(struct pair_journeys *list)
{
    for (size_t i = 0; i < list->n / 2; i++) {
        struct geo_journey swap = list->items[i];
        list->items[i] = list->items[list->n - 1 - i];
        list->items[list->n - 1 - i] = swap;
    }
}

static bool reserve(const struct found_journey *found, uint32_t first, struct pair_journeys *list)
{
    size_t wanted = 1;
    for (uint32_t i = first; i; i = found[i - 1].later)
        wanted++;
    struct geo_journey *items = om_grow(list->items, &list->capacity, wanted, sizeof *items);
    if (items)
        list->items = items;
    return items != NULL;
}

static void add_ride(struct pair_journeys *list, struct geo_journey ride, int32_t walk_s)
{
    if (ride.arrival_s - ride.departure_s < walk_s)
        list->items[list->n++] = ride;
}

static void add_walk(struct pair_journeys *list, int32_t from_s, int32_t walk_s)
{
    if (walk_s != TIME_NEVER)
        list->items[list->n++] = (struct geo_journey){from_s, from_s + walk_s, 0};
}

/* As found, the earliest first: mirrored, the latest. */
static void list_opposite(const struct direction *direction, const struct found_journey *found,
                          uint32_t first, int32_t walk_s, struct pair_journeys *list)
{
    for (uint32_t i = first; i; i = found[i - 1].later) {
        struct geo_journey ride = mirrored_journey(found[i - 1].journey);
        if (ride.departure_s >= direction->window.until_s)
            list->after_s = ride.arrival_s;
        else if (ride.departure_s >= direction->window.from_s)
            add_ride(list, ride, walk_s);
    }
    add_walk(list, direction->window.from_s, walk_s);
    reverse(list);
}

bool direction_list(const struct direction *direction, const route_search *search, size_t destination,
                    int32_t walk_s, struct pair_journeys *list)
{
    const struct found_journey *found = route_search_journeys(search);
    uint32_t first = route_search_first(search, destination);
    list->n = 0;
    list->after_s = TIME_NEVER;
    if (!reserve(found, first, list))
        return false;
    if (is_opposite(direction)) {
        list_opposite(direction, found, first, walk_s, list);
        return true;
    }
    list->after_s = route_search_arrival_after(search, destination);
    add_walk(list, direction->window.from_s, walk_s);
    for (uint32_t i = first; i; i = found[i - 1].later)
        add_ride(list, found[i - 1].journey, walk_s);
    return true;
}

void direction_restore_journeys(const struct direction *direction, struct pair_journeys *list)
{
    if (!direction->is_window_mirrored)
        return;
    for (size_t i = 0; i < list->n; i++)
        list->items[i] = mirrored_journey(list->items[i]);
    reverse(list);
}

/* Minus a time, if there is one. */
static int32_t mirrored_s(int32_t time_s)
{
    return time_s == GEO_NO_TIME ? GEO_NO_TIME : -time_s;
}

void direction_restore_times(const struct direction *direction, struct geo_travel_time *times)
{
    if (!direction->is_window_mirrored)
        return;
    int32_t departure_s = times->fastest_departure_s;
    times->fastest_departure_s = mirrored_s(times->fastest_arrival_s);
    times->fastest_arrival_s = mirrored_s(departure_s);
    times->latest_departure_s = mirrored_s(times->earliest_arrival_s);
    times->earliest_arrival_s = GEO_NO_TIME;
}

/*
 * From one origin to every stop of a country: the router beside a plain range RAPTOR, in the same run, and
 * whether the two agree.
 */
#ifndef OMLAND_ALL_STOPS_H
#define OMLAND_ALL_STOPS_H

#include "plain_raptor.h"
#include "reduction.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { ALL_STOPS_ORIGINS = 58, ALL_STOPS_REPEATS = 5, ALL_STOPS_CHECKED = 4, ALL_STOPS_MINUTE_S = 60 };

/* Leaving at from_s, from_s + 1 min, … before until_s; or only once, when from_s = until_s. */
struct all_stops_question {
    const char *what;
    struct geo_window window;
    double bar; /* the share of the plain one's time that ours may take */
};

/* The bars are 1.5 and 4 ms, set on a machine where one like the plain one took 1.55 and 4.7 ms. */
static const struct all_stops_question all_stops_questions[] = {
    {"earliest arrival", {8 * 3600, 8 * 3600}, 1.5 / 1.55},
    {"120 departure minutes", {7 * 3600, 9 * 3600}, 4 / 4.7},
};

/* Every station, or stop without one, as a point that is entered there, or by a footpath from where one
 * alights. */
struct station_points {
    struct geo_access *access;
    struct geo_point *points;
};

struct all_stops {
    const geo_timetable *timetable;
    const struct geo_point *origins[ALL_STOPS_ORIGINS];
    size_t n_origins;
    struct reduction reduction;
    route_search *search;
    struct plain_raptor plain;
};

static double cpu_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct station_points all_stations(const geo_timetable *timetable)
{
    size_t n = 0, n_edges = timetable->edge_first[timetable->n_places], n_stops = timetable->n_stops;
    struct station_points all = {plain_alloc(timetable->n_stations + n_edges, sizeof *all.access),
                                 plain_alloc(timetable->n_stations, sizeof *all.points)};
    uint32_t *stop_at = plain_alloc(timetable->n_places, sizeof *stop_at);
    for (uint32_t i = 0; i < n_stops; i++)
        stop_at[timetable->stop_place[i]] = i;
    for (size_t i = 0; i < timetable->n_stations; i++) {
        uint32_t first = timetable->station_place[i], end = timetable->station_place[i + 1];
        struct geo_point *point = &all.points[i];
        point->access = &all.access[n];
        all.access[n++] = (struct geo_access){.stop = stop_at[first]};
        for (uint32_t e = timetable->edge_first[first]; e < timetable->edge_first[end]; e++)
            if (timetable->edges[e].to < first || timetable->edges[e].to >= end)
                all.access[n++] = (struct geo_access){.stop = stop_at[timetable->edges[e].to],
                                                      .walk_s = timetable->edges[e].duration_s};
        point->n_access = (size_t)(&all.access[n] - point->access);
    }
    om_free(stop_at);
    return all;
}

static size_t count_reached(const route_search *search, size_t n)
{
    size_t reached = 0;
    for (size_t i = 0; i < n; i++)
        reached += route_search_first(search, i) || route_search_arrival_after(search, i) != TIME_NEVER;
    return reached;
}

static int32_t last_minute(const struct geo_window *window)
{
    return window->from_s == window->until_s ? window->from_s : window->until_s - ALL_STOPS_MINUTE_S;
}

static void run_ours(struct all_stops *all, size_t origin, const struct geo_window *window)
{
    const struct route_options options = {*window, -1, TIME_NEVER};
    if (route_search_run(all->search, all->origins[origin], &options))
        exit(EXIT_FAILURE);
}

static void leave_plainly(struct all_stops *all, size_t origin, int32_t time_s)
{
    uint32_t station = all->timetable->stop_station[all->origins[origin]->access[0].stop];
    const uint32_t *places = &all->timetable->station_place[station];
    plain_raptor_leave(&all->plain, places[0], places[1], time_s);
}

static void run_plain(struct all_stops *all, size_t origin, const struct geo_window *window)
{
    plain_raptor_begin(&all->plain);
    for (int32_t time_s = last_minute(window); time_s >= window->from_s; time_s -= ALL_STOPS_MINUTE_S)
        leave_plainly(all, origin, time_s);
}

/* The arrival of whoever leaves at time_s, among the journeys the router has found. */
static int32_t arrival_of_ours(const struct all_stops *all, size_t destination, int32_t time_s)
{
    const struct found_journey *found = route_search_journeys(all->search);
    for (uint32_t i = route_search_first(all->search, destination); i; i = found[i - 1].later)
        if (found[i - 1].journey.departure_s >= time_s)
            return found[i - 1].journey.arrival_s;
    return route_search_arrival_after(all->search, destination);
}

static int32_t arrival_of_plain(const struct all_stops *all, size_t station)
{
    int32_t arrival_s = TIME_NEVER;
    for (uint32_t i = all->timetable->station_place[station]; i < all->timetable->station_place[station + 1];
         i++)
        if (all->plain.end_s[i] < arrival_s)
            arrival_s = all->plain.end_s[i];
    return arrival_s;
}

/* How many arrivals of an origin differ, minute by minute. */
static size_t count_differences(struct all_stops *all, size_t origin, const struct geo_window *window)
{
    size_t different = 0;
    run_ours(all, origin, window);
    plain_raptor_begin(&all->plain);
    for (int32_t time_s = last_minute(window); time_s >= window->from_s; time_s -= ALL_STOPS_MINUTE_S) {
        leave_plainly(all, origin, time_s);
        for (size_t i = 0; i < all->timetable->n_stations; i++)
            different += arrival_of_ours(all, i, time_s) != arrival_of_plain(all, i);
    }
    return different;
}

typedef void all_stops_search(struct all_stops *all, size_t origin, const struct geo_window *window);

/* The best seconds of an origin so far. Ours and the plain one take turns, so that what else runs on the
 * machine slows both. */
static double time_turn(struct all_stops *all, size_t origin, const struct geo_window *window,
                        all_stops_search *search, double best_s)
{
    double start_s = cpu_s();
    search(all, origin, window);
    return fmin(best_s, cpu_s() - start_s);
}

static void ask_all_stops(struct all_stops *all, const struct all_stops_question *question)
{
    const struct geo_window *window = &question->window;
    size_t different = 0;
    double ours_s = 0, plain_s = 0;
    for (size_t i = 0; i < all->n_origins && i < ALL_STOPS_CHECKED; i++)
        different += count_differences(all, i, window);
    all->plain.n_visits = 0;
    for (size_t i = 0; i < all->n_origins; i++) {
        double best_ours_s = INFINITY, best_plain_s = INFINITY;
        for (int turn = 0; turn < ALL_STOPS_REPEATS; turn++) {
            best_ours_s = time_turn(all, i, window, run_ours, best_ours_s);
            best_plain_s = time_turn(all, i, window, run_plain, best_plain_s);
        }
        ours_s += best_ours_s / (double)all->n_origins;
        plain_s += best_plain_s / (double)all->n_origins;
    }
    printf("  %-21s %9.3f ms of processor time an origin, to all stops (%zu of %zu stations reached)\n",
           question->what, 1000 * ours_s, count_reached(all->search, all->timetable->n_stations),
           all->timetable->n_stations);
    printf("  a plain range RAPTOR  %9.3f ms, arrival times only, %zu calls visited; %zu arrivals differ\n",
           1000 * plain_s, all->plain.n_visits / ALL_STOPS_REPEATS / all->n_origins, different);
    printf("  ours takes            %9.2f    of it   bar %.2f: %s\n", ours_s / plain_s, question->bar,
           ours_s <= question->bar * plain_s ? "kept" : "MISSED");
}

/* From a part of the points to all stops: all Pareto-optimal journeys, with their transfers. */
static void time_all_stops(om_context *ctx, const geo_timetable *timetable, size_t n_points,
                           const struct geo_point *points)
{
    if (timetable->n_changes)
        return;
    struct station_points stations = all_stations(timetable);
    struct all_stops all = {.timetable = timetable,
                            .n_origins = n_points < ALL_STOPS_ORIGINS ? n_points : ALL_STOPS_ORIGINS,
                            .plain = plain_raptor_init(timetable)};
    for (size_t i = 0; i < all.n_origins; i++)
        all.origins[i] = &points[i * n_points / all.n_origins];
    struct point_set starts = {n_points, points}, ends = {timetable->n_stations, stations.points};
    if (reduction_init(ctx, timetable, starts, ends, &all.reduction))
        exit(EXIT_FAILURE);
    all.search = route_search_new(all.reduction.timetable, &all.reduction.destinations);
    if (!all.search)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < sizeof all_stops_questions / sizeof *all_stops_questions; i++)
        ask_all_stops(&all, &all_stops_questions[i]);
    route_search_free(all.search);
    reduction_done(&all.reduction);
    plain_raptor_done(&all.plain);
    om_free(stations.access);
    om_free(stations.points);
}

#endif

#include "geo/travel_time.h"

#include "direction.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "journey_statistics.h"
#include "reduction.h"

#include <omp.h>

/* What the threads share. `status` and `ctx` are written in the critical section only. */
struct matrix {
    om_context *ctx;
    const struct geo_rectangle *between;
    size_t n_done;
    const struct geo_matrix_options *options;
    struct direction direction;
    struct point_set starts, ends; /* of the searches: origins and destinations, or the other way round */
    struct reduction all;
    struct reduction unbooked; /* without on-demand trips; empty where no trip must be booked */
    struct geo_travel_time *out;
    om_status status;
};

/* What one thread needs. */
struct worker {
    struct matrix *matrix;
    route_search *search;
    route_search *unbooked; /* without on-demand trips; NULL where no trip must be booked */
    struct statistics_space space;
    int32_t *walk_s; /* from the start to each end; TIME_NEVER when they do not meet */
    struct pair_journeys journeys, unbooked_journeys;
};

static om_status check_window(om_context *ctx, const struct geo_window *window)
{
    if (window->from_s >= window->until_s || window->from_s < -TIME_LIMIT_S || window->until_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "the window is empty or out of range: %d to %d s",
                       window->from_s, window->until_s);
    return OM_OK;
}

static om_status check_limit(om_context *ctx, int32_t limit_s)
{
    if (limit_s < 0 || limit_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "the limit is out of range: %d s", limit_s);
    return OM_OK;
}

static om_status check_points(om_context *ctx, const geo_timetable *timetable, size_t n_points,
                              const struct geo_point *points)
{
    for (size_t i = 0; i < n_points; i++)
        for (size_t k = 0; k < points[i].n_access; k++) {
            const struct geo_access *access = &points[i].access[k];
            if (access->stop >= timetable->n_stops)
                return om_fail(ctx, OM_INVALID_ARGUMENT, "point %zu: stop %u, but there are %zu", i,
                               access->stop, timetable->n_stops);
            if (access->walk_s < 0 || access->walk_s > TIME_LIMIT_S)
                return om_fail(ctx, OM_INVALID_ARGUMENT, "point %zu: a walk of %d s", i, access->walk_s);
        }
    return OM_OK;
}

static void worker_done(struct worker *worker)
{
    route_search_free(worker->search);
    route_search_free(worker->unbooked);
    statistics_done(&worker->space);
    om_free(worker->walk_s);
    om_free(worker->journeys.items);
    om_free(worker->unbooked_journeys.items);
}

static om_status worker_init(struct worker *worker, struct matrix *matrix)
{
    *worker = (struct worker){
        .matrix = matrix,
        .search = route_search_new(matrix->all.timetable, &matrix->all.destinations),
        .walk_s = om_alloc(matrix->ends.n, sizeof *worker->walk_s),
    };
    bool books = matrix->unbooked.timetable != NULL;
    if (books)
        worker->unbooked = route_search_new(matrix->unbooked.timetable, &matrix->unbooked.destinations);
    return worker->search && worker->walk_s && (worker->unbooked || !books) ? OM_OK : OM_NO_MEMORY;
}

/* The shortest walk from a start to each end by way of a shared station. */
static void find_walks(struct worker *worker, size_t start)
{
    const struct matrix *matrix = worker->matrix;
    const struct geo_point *from = &matrix->starts.points[start];
    const struct destinations *destinations = &matrix->all.destinations;
    for (size_t i = 0; i < matrix->ends.n; i++)
        worker->walk_s[i] = TIME_NEVER;
    for (size_t i = 0; i < from->n_access; i++) {
        uint32_t place = matrix->all.timetable->stop_place[from->access[i].stop];
        for (uint32_t w = destinations->first[place]; w < destinations->first[place + 1]; w++) {
            const struct place_walk *walk = &destinations->walks[w];
            int32_t total_s = from->access[i].walk_s + walk->walk_s;
            if (total_s <= matrix->direction.search.limit_s && total_s < worker->walk_s[walk->destination])
                worker->walk_s[walk->destination] = total_s;
        }
    }
}

/* The pair of an origin and a destination that a search from a start to an end is about. */
struct pair {
    size_t from, to;
};

static struct pair pair_of(const struct matrix *matrix, size_t start, size_t end)
{
    return matrix->direction.is_search_mirrored ? (struct pair){end, start} : (struct pair){start, end};
}

static om_status report_journeys(struct worker *worker, struct pair pair)
{
    struct matrix *matrix = worker->matrix;
    struct pair_journeys *list = &worker->journeys;
    if (!matrix->options->on_journeys || list->n == 0)
        return OM_OK;
    direction_restore_journeys(&matrix->direction, list);
    bool go_on = true;
#pragma omp critical(geo_matrix)
    if (!matrix->status)
        go_on = matrix->options->on_journeys(matrix->options->user, pair.from, pair.to, list->items, list->n);
    return go_on ? OM_OK : OM_CANCELLED;
}

/* How many of the journeys but the walk are not found without on-demand trips; both in order of departure. */
static size_t count_booked(const struct pair_journeys *all, size_t walks,
                           const struct pair_journeys *unbooked)
{
    size_t next = 0, booked = all->n - walks;
    for (size_t i = walks; i < all->n; i++) {
        const struct geo_journey *ride = &all->items[i];
        while (next < unbooked->n && unbooked->items[next].departure_s < ride->departure_s)
            next++;
        booked -= next < unbooked->n && unbooked->items[next].departure_s == ride->departure_s &&
                  unbooked->items[next].arrival_s == ride->arrival_s;
    }
    return booked;
}

/* The share of the pair's journeys that need booking. */
static om_status judge_booking(struct worker *worker, size_t end, struct geo_travel_time *times)
{
    const struct pair_journeys *list = &worker->journeys;
    struct pair_journeys *unbooked = &worker->unbooked_journeys;
    if (!list->n)
        return OM_OK;
    times->booked_share = 0;
    if (!worker->unbooked)
        return OM_OK;
    if (!direction_list(&worker->matrix->direction, worker->unbooked, end, TIME_NEVER, unbooked))
        return OM_NO_MEMORY;
    times->booked_share =
        (double)count_booked(list, worker->walk_s[end] != TIME_NEVER, unbooked) / (double)list->n;
    return OM_OK;
}

static struct geo_travel_time *times_of(const struct matrix *matrix, struct pair pair)
{
    return &matrix->out[pair.from * matrix->between->n_destinations + pair.to];
}

static om_status judge_pair(struct worker *worker, struct pair pair, size_t end)
{
    const struct direction *direction = &worker->matrix->direction;
    struct pair_journeys *list = &worker->journeys;
    struct geo_travel_time *times = times_of(worker->matrix, pair);
    if (!direction_list(direction, worker->search, end, worker->walk_s[end], list) ||
        !statistics_reserve(&worker->space, &direction->window, list->n))
        return OM_NO_MEMORY;
    statistics_of(list->items, list->n, list->after_s, worker->walk_s[end], direction->search.limit_s,
                  &direction->window, &worker->space, times);
    direction_restore_times(direction, times);
    om_status status = judge_booking(worker, end, times);
    return status ? status : report_journeys(worker, pair);
}

static void judge_same(const struct matrix *matrix, struct pair pair)
{
    int32_t from_s = matrix->direction.window.from_s;
    struct geo_travel_time *times = times_of(matrix, pair);
    *times = (struct geo_travel_time){
        .journeys = 1,
        .fastest_departure_s = from_s,
        .fastest_arrival_s = from_s,
        .earliest_arrival_s = from_s,
        .latest_departure_s = GEO_NO_TIME,
    };
    direction_restore_times(&matrix->direction, times);
}

static bool is_same(const struct matrix *matrix, struct pair pair)
{
    return matrix->between->same && matrix->between->same[pair.from] == pair.to;
}

static om_status judge_start(struct worker *worker, size_t start)
{
    const struct matrix *matrix = worker->matrix;
    const struct geo_point *point = &matrix->starts.points[start];
    om_status status = route_search_run(worker->search, point, &matrix->direction.search);
    if (!status && worker->unbooked)
        status = route_search_run(worker->unbooked, point, &matrix->direction.search);
    find_walks(worker, start);
    for (size_t end = 0; !status && end < matrix->ends.n; end++) {
        struct pair pair = pair_of(matrix, start, end);
        if (is_same(matrix, pair))
            judge_same(matrix, pair);
        else
            status = judge_pair(worker, pair, end);
    }
    return status;
}

/* Records how a search went; false when the others need not go on. */
static bool search_done(struct matrix *matrix, om_status status)
{
    bool go_on;
#pragma omp critical(geo_matrix)
    {
        if (!matrix->status && status == OM_NO_MEMORY)
            matrix->status = om_no_memory(matrix->ctx);
        else if (!matrix->status && status)
            matrix->status = om_fail(matrix->ctx, status, "%s", om_tr("interrupted"));
        if (!matrix->status)
            matrix->status =
                om_progress(matrix->ctx, om_tr("computing travel times"), ++matrix->n_done, matrix->starts.n);
        go_on = !matrix->status;
    }
    return go_on;
}

static void search_all(struct matrix *matrix, int threads)
{
    bool go_on = true;
#pragma omp parallel num_threads(threads) shared(go_on)
    {
        struct worker worker;
        om_status ready = worker_init(&worker, matrix);
#pragma omp for schedule(dynamic)
        for (size_t start = 0; start < matrix->starts.n; start++) {
            bool wanted;
#pragma omp atomic read
            wanted = go_on;
            if (wanted && !search_done(matrix, ready ? ready : judge_start(&worker, start)))
#pragma omp atomic write
                go_on = false;
        }
        worker_done(&worker);
    }
}

static om_status check_unbooked(om_context *ctx, const geo_timetable *timetable,
                                const geo_timetable *without_on_demand)
{
    if (without_on_demand->n_stops != timetable->n_stops)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%zu stops without on-demand trips, but there are %zu",
                       without_on_demand->n_stops, timetable->n_stops);
    if (without_on_demand->is_mirrored != timetable->is_mirrored)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "one of the timetables is mirrored, the other is not");
    return OM_OK;
}

/* The timetables are searched as far as they matter between the points. */
static om_status reduce(struct matrix *matrix, const geo_timetable *timetable)
{
    const geo_timetable *without_on_demand = matrix->options->without_on_demand;
    om_status status = reduction_init(matrix->ctx, timetable, matrix->starts, matrix->ends, &matrix->all);
    if (!status && without_on_demand)
        status = check_unbooked(matrix->ctx, timetable, without_on_demand);
    if (!status && without_on_demand)
        status =
            reduction_init(matrix->ctx, without_on_demand, matrix->starts, matrix->ends, &matrix->unbooked);
    return status;
}

om_status geo_travel_time_rectangle(om_context *ctx, const geo_timetable *timetable,
                                    const struct geo_rectangle *between,
                                    const struct geo_matrix_options *options, struct geo_travel_time *out)
{
    om_status status = check_window(ctx, &options->window);
    if (!status)
        status = check_limit(ctx, options->limit_s);
    if (!status)
        status = check_points(ctx, timetable, between->n_origins, between->origins);
    if (!status && between->destinations != between->origins)
        status = check_points(ctx, timetable, between->n_destinations, between->destinations);
    if (status)
        return status;
    const struct point_set origins = {between->n_origins, between->origins};
    const struct point_set destinations = {between->n_destinations, between->destinations};
    struct matrix matrix = {.ctx = ctx,
                            .between = between,
                            .options = options,
                            .direction = direction_of(timetable, options),
                            .starts = timetable->is_mirrored ? destinations : origins,
                            .ends = timetable->is_mirrored ? origins : destinations,
                            .out = out};
    status = reduce(&matrix, timetable);
    if (!status) {
        search_all(&matrix, options->threads > 0 ? options->threads : omp_get_max_threads());
        status = matrix.status;
    }
    reduction_done(&matrix.all);
    reduction_done(&matrix.unbooked);
    return status;
}

om_status geo_travel_time_matrix(om_context *ctx, const geo_timetable *timetable, size_t n_points,
                                 const struct geo_point *points, const struct geo_matrix_options *options,
                                 struct geo_travel_time *out)
{
    uint32_t *same = om_alloc(n_points, sizeof *same);
    if (!same)
        return om_no_memory(ctx);
    for (size_t i = 0; i < n_points; i++)
        same[i] = (uint32_t)i;
    const struct geo_rectangle between = {n_points, points, n_points, points, same};
    om_status status = geo_travel_time_rectangle(ctx, timetable, &between, options, out);
    om_free(same);
    return status;
}

#include "geo/travel_time.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "journey_statistics.h"
#include "router.h"

#include <omp.h>

om_status destinations_init(om_context *ctx, const geo_timetable *timetable, size_t n,
                            const struct geo_point *points, struct destinations *out)
{
    struct destinations result = {.n = n,
                                  .is_one = om_alloc(timetable->n_places, sizeof *result.is_one),
                                  .first = om_alloc(timetable->n_places + 2, sizeof *result.first)};
    if (!result.is_one || !result.first) {
        destinations_done(&result);
        return om_no_memory(ctx);
    }
    uint32_t *next = result.first + 1;
    size_t n_walks = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++)
            for (size_t k = 0; k < points[i].n_access; k++) {
                uint32_t station = timetable->stop_station[points[i].access[k].stop];
                for (uint32_t place = timetable->station_place[station];
                     place < timetable->station_place[station + 1]; place++, n_walks++)
                    if (pass == 0)
                        next[place + 1]++;
                    else {
                        result.is_one[place] = true;
                        result.walks[next[place]++] = (struct place_walk){i, points[i].access[k].walk_s};
                    }
            }
        if (pass == 1)
            break;
        for (size_t place = 0; place < timetable->n_places; place++)
            next[place + 1] += next[place];
        result.walks = om_alloc(n_walks, sizeof *result.walks);
        if (!result.walks) {
            destinations_done(&result);
            return om_no_memory(ctx);
        }
    }
    *out = result;
    return OM_OK;
}

void destinations_done(struct destinations *destinations)
{
    om_free(destinations->is_one);
    om_free(destinations->first);
    om_free(destinations->walks);
    *destinations = (struct destinations){0};
}

/* What the threads share. `status` and `ctx` are written in the critical section only. */
struct matrix {
    om_context *ctx;
    const geo_timetable *timetable;
    const struct geo_rectangle *between;
    size_t n_done;
    const struct geo_matrix_options *options;
    struct destinations destinations;
    struct destinations unbooked_destinations; /* in the timetable without on-demand trips, if there is one */
    struct geo_travel_time *out;
    om_status status;
};

/* What one thread needs. */
struct worker {
    struct matrix *matrix;
    route_search *search;
    route_search *unbooked; /* without on-demand trips; NULL where no trip must be booked */
    struct statistics_space space;
    int32_t *walk_s; /* from the origin to each point; TIME_NEVER when they do not meet */
    struct geo_journey *journeys;
    size_t capacity;
};

static om_status check_window(om_context *ctx, const struct geo_window *window)
{
    if (window->from_s >= window->until_s || window->from_s < -TIME_LIMIT_S || window->until_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "the departure window is empty or out of range: %d to %d s",
                       window->from_s, window->until_s);
    return OM_OK;
}

static om_status check_limit(om_context *ctx, int32_t limit_s)
{
    if (limit_s < 0 || limit_s > TIME_LIMIT_S)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "the limit is out of range: %d s", limit_s);
    return OM_OK;
}

/* TIME_NEVER = none. */
static int32_t limit_of(const struct matrix *matrix)
{
    return matrix->options->limit_s ? matrix->options->limit_s : TIME_NEVER;
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
    om_free(worker->journeys);
}

static om_status worker_init(struct worker *worker, struct matrix *matrix)
{
    *worker = (struct worker){
        .matrix = matrix,
        .search = route_search_new(matrix->timetable, &matrix->destinations),
        .walk_s = om_alloc(matrix->between->n_destinations, sizeof *worker->walk_s),
    };
    const geo_timetable *without_on_demand = matrix->options->without_on_demand;
    if (without_on_demand)
        worker->unbooked = route_search_new(without_on_demand, &matrix->unbooked_destinations);
    return worker->search && worker->walk_s && (worker->unbooked || !without_on_demand) ? OM_OK
                                                                                        : OM_NO_MEMORY;
}

/* The shortest walk from the origin to each point by way of a shared station. */
static void find_walks(struct worker *worker, size_t origin)
{
    const struct matrix *matrix = worker->matrix;
    const struct geo_point *from = &matrix->between->origins[origin];
    for (size_t i = 0; i < matrix->between->n_destinations; i++)
        worker->walk_s[i] = TIME_NEVER;
    for (size_t i = 0; i < from->n_access; i++) {
        uint32_t place = matrix->timetable->stop_place[from->access[i].stop];
        for (uint32_t w = matrix->destinations.first[place]; w < matrix->destinations.first[place + 1]; w++) {
            const struct place_walk *walk = &matrix->destinations.walks[w];
            int32_t total_s = from->access[i].walk_s + walk->walk_s;
            if (total_s <= limit_of(matrix) && total_s < worker->walk_s[walk->destination])
                worker->walk_s[walk->destination] = total_s;
        }
    }
}

/* The journeys of a pair in order of departure: the walk if there is one, and rides that are faster. */
static om_status list_journeys(struct worker *worker, size_t to, size_t *n)
{
    const struct found_journey *found = route_search_journeys(worker->search);
    int32_t walk_s = worker->walk_s[to], from_s = worker->matrix->options->window.from_s;
    size_t used = 0, wanted = 1;
    for (uint32_t i = route_search_first(worker->search, to); i; i = found[i - 1].later)
        wanted++;
    struct geo_journey *journeys = om_grow(worker->journeys, &worker->capacity, wanted, sizeof *journeys);
    if (!journeys)
        return OM_NO_MEMORY;
    worker->journeys = journeys;
    if (walk_s != TIME_NEVER)
        journeys[used++] = (struct geo_journey){from_s, from_s + walk_s, 0};
    for (uint32_t i = route_search_first(worker->search, to); i; i = found[i - 1].later)
        if (found[i - 1].journey.arrival_s - found[i - 1].journey.departure_s < walk_s)
            journeys[used++] = found[i - 1].journey;
    *n = used;
    return OM_OK;
}

static om_status report_journeys(const struct worker *worker, size_t from, size_t to, size_t n)
{
    struct matrix *matrix = worker->matrix;
    if (!matrix->options->on_journeys || n == 0)
        return OM_OK;
    bool go_on = true;
#pragma omp critical(geo_matrix)
    if (!matrix->status)
        go_on = matrix->options->on_journeys(matrix->options->user, from, to, worker->journeys, n);
    return go_on ? OM_OK : OM_CANCELLED;
}

/* How many of the journeys but the walk are not found without on-demand trips; both in order of departure. */
static size_t count_booked(const struct worker *worker, size_t to, size_t n)
{
    if (!worker->unbooked)
        return 0;
    size_t walks = worker->walk_s[to] != TIME_NEVER, booked = n - walks;
    const struct found_journey *found = route_search_journeys(worker->unbooked);
    uint32_t next = route_search_first(worker->unbooked, to);
    for (const struct geo_journey *ride = worker->journeys + walks; ride < worker->journeys + n; ride++) {
        while (next && found[next - 1].journey.departure_s < ride->departure_s)
            next = found[next - 1].later;
        booked -= next && found[next - 1].journey.departure_s == ride->departure_s &&
                  found[next - 1].journey.arrival_s == ride->arrival_s;
    }
    return booked;
}

static om_status judge_pair(struct worker *worker, size_t from, size_t to)
{
    const struct matrix *matrix = worker->matrix;
    const struct geo_window *window = &matrix->options->window;
    struct geo_travel_time *out = &matrix->out[from * matrix->between->n_destinations + to];
    size_t n = 0;
    om_status status = list_journeys(worker, to, &n);
    if (status)
        return status;
    if (!statistics_reserve(&worker->space, window, n))
        return OM_NO_MEMORY;
    statistics_of(worker->journeys, n, route_search_arrival_after(worker->search, to), worker->walk_s[to],
                  limit_of(matrix), window, &worker->space, out);
    if (n)
        out->booked_share = (double)count_booked(worker, to, n) / (double)n;
    return report_journeys(worker, from, to, n);
}

static void judge_same(const struct matrix *matrix, size_t from, size_t to)
{
    int32_t from_s = matrix->options->window.from_s;
    matrix->out[from * matrix->between->n_destinations + to] = (struct geo_travel_time){
        .journeys = 1,
        .fastest_departure_s = from_s,
        .fastest_arrival_s = from_s,
        .earliest_arrival_s = from_s,
    };
}

static om_status fill_row(struct worker *worker, size_t from)
{
    struct matrix *matrix = worker->matrix;
    struct route_options options = {matrix->options->window, matrix->options->max_transfers,
                                    limit_of(matrix)};
    const struct geo_rectangle *between = matrix->between;
    size_t same = between->same ? between->same[from] : GEO_ANY;
    om_status status = route_search_run(worker->search, &between->origins[from], &options);
    if (!status && worker->unbooked)
        status = route_search_run(worker->unbooked, &between->origins[from], &options);
    find_walks(worker, from);
    for (size_t to = 0; !status && to < between->n_destinations; to++)
        if (to == same)
            judge_same(matrix, from, to);
        else
            status = judge_pair(worker, from, to);
    return status;
}

/* Records how a row went; false when the others need not go on. */
static bool row_done(struct matrix *matrix, om_status status)
{
    bool go_on;
#pragma omp critical(geo_matrix)
    {
        if (!matrix->status && status == OM_NO_MEMORY)
            matrix->status = om_no_memory(matrix->ctx);
        else if (!matrix->status && status)
            matrix->status = om_fail(matrix->ctx, status, "%s", om_tr("interrupted"));
        if (!matrix->status)
            matrix->status = om_progress(matrix->ctx, om_tr("computing travel times"), ++matrix->n_done,
                                         matrix->between->n_origins);
        go_on = !matrix->status;
    }
    return go_on;
}

static void fill_rows(struct matrix *matrix, int threads)
{
    bool go_on = true;
#pragma omp parallel num_threads(threads) shared(go_on)
    {
        struct worker worker;
        om_status ready = worker_init(&worker, matrix);
#pragma omp for schedule(dynamic)
        for (size_t from = 0; from < matrix->between->n_origins; from++) {
            bool wanted;
#pragma omp atomic read
            wanted = go_on;
            if (wanted && !row_done(matrix, ready ? ready : fill_row(&worker, from)))
#pragma omp atomic write
                go_on = false;
        }
        worker_done(&worker);
    }
}

static om_status find_destinations(om_context *ctx, struct matrix *matrix)
{
    const struct geo_rectangle *between = matrix->between;
    const geo_timetable *without_on_demand = matrix->options->without_on_demand;
    if (without_on_demand && without_on_demand->n_stops != matrix->timetable->n_stops)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%zu stops without on-demand trips, but there are %zu",
                       without_on_demand->n_stops, matrix->timetable->n_stops);
    om_status status = destinations_init(ctx, matrix->timetable, between->n_destinations,
                                         between->destinations, &matrix->destinations);
    if (!status && without_on_demand)
        status = destinations_init(ctx, without_on_demand, between->n_destinations, between->destinations,
                                   &matrix->unbooked_destinations);
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
    struct matrix matrix = {
        .ctx = ctx, .timetable = timetable, .between = between, .options = options, .out = out};
    status = find_destinations(ctx, &matrix);
    if (!status) {
        fill_rows(&matrix, options->threads > 0 ? options->threads : omp_get_max_threads());
        status = matrix.status;
    }
    destinations_done(&matrix.destinations);
    destinations_done(&matrix.unbooked_destinations);
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

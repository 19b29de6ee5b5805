/*
 * How long a timetable takes from the zip to a seat-to-seat matrix, and how much memory.
 *
 *     bench_router                            Norrbotten and the synthetic national feed of the shared data
 *     bench_router FEED SEATS.csv YYYY-MM-DD  any other; SEATS has a column stop_id or station_id
 */
#include "kit.h"

#include "datasets/feed.h"

#include "geo/memory.h"

#include "all_stops.h"

#include <math.h>
#include <sys/resource.h>
#include <time.h>

enum { MAX_FIELDS = 16, REPEATS = 3 };

struct seats {
    struct geo_access *access;
    struct geo_point *points;
    size_t n;
};

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Of this process since the last forget_peak, from the kernel; the peak of all when it does not say. */
static double peak_mib(void)
{
    char line[256];
    double kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtod(line + 6, NULL);
    if (file)
        fclose(file);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (kib > 0 ? kib : (double)usage.ru_maxrss) / 1024;
}

static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (!file)
        return;
    fputs("5", file);
    fclose(file);
}

static size_t split(char *line, char *fields[MAX_FIELDS])
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *next = line; next && n < MAX_FIELDS; n++) {
        fields[n] = next;
        next = strchr(next, ',');
        if (next)
            *next++ = '\0';
    }
    return n;
}

static void fail_with(const om_context *ctx)
{
    fprintf(stderr, "%s\n", ctx->message);
    exit(EXIT_FAILURE);
}

static struct seats read_seats(om_context *ctx, const data_feed *feed, const char *path)
{
    struct seats seats = {0};
    size_t capacity = 0, column = 0;
    char line[1024], *fields[MAX_FIELDS];
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0, n = split(line, fields); i < n; i++)
        if (strcmp(fields[i], "stop_id") == 0 || strcmp(fields[i], "station_id") == 0)
            column = i;
    for (; fgets(line, sizeof line, file); seats.n++) {
        seats.access = om_grow(seats.access, &capacity, seats.n + 1, sizeof *seats.access);
        if (!seats.access || split(line, fields) <= column)
            exit(EXIT_FAILURE);
        seats.access[seats.n] = (struct geo_access){0};
        if (data_feed_stop(ctx, feed, fields[column], &seats.access[seats.n].stop))
            fail_with(ctx);
    }
    fclose(file);
    seats.points = om_alloc(seats.n, sizeof *seats.points);
    for (size_t i = 0; seats.points && i < seats.n; i++)
        seats.points[i] = (struct geo_point){&seats.access[i], 1};
    return seats;
}

/* What is asked of a timetable: from so many seats (0 = all) to all of them. */
struct question {
    const char *what;
    size_t n_origins;
    int32_t from_s, until_s, limit_s;
    int threads;
};

static const struct question questions[] = {
    {"earliest arrivals", 0, 8 * 3600, 8 * 3600 + 1, 0, 1},
    {"matrix, 1 thread", 0, 7 * 3600, 9 * 3600, 0, 1},
    {"matrix, 2 threads", 0, 7 * 3600, 9 * 3600, 0, 2},
    {"within 90 minutes", 0, 7 * 3600, 9 * 3600, 5400, 2},
};

static void ask(om_context *ctx, const geo_timetable *timetable, const struct seats *seats,
                const struct question *question)
{
    struct geo_matrix_options options = {.window = {question->from_s, question->until_s},
                                         .max_transfers = -1,
                                         .limit_s = question->limit_s,
                                         .threads = question->threads};
    size_t n = question->n_origins && question->n_origins < seats->n ? question->n_origins : seats->n;
    struct geo_rectangle between = {n, seats->points, seats->n, seats->points, NULL};
    struct geo_travel_time *times = om_alloc(n * seats->n, sizeof *times);
    double best_s = INFINITY, best_cpu_s = INFINITY, sum = 0;
    for (int i = 0; times && i < REPEATS; i++) {
        double start_s = now_s(), start_cpu_s = cpu_s();
        if (geo_travel_time_rectangle(ctx, timetable, &between, &options, times))
            fail_with(ctx);
        best_s = fmin(best_s, now_s() - start_s);
        best_cpu_s = fmin(best_cpu_s, cpu_s() - start_cpu_s);
    }
    for (size_t i = 0; times && i < n * seats->n; i++)
        sum += times[i].journeys;
    printf("  %-21s %9.4f s %9.3f ms of processor time an origin, %zu x %zu, %.1f journeys a pair\n",
           question->what, best_s, 1000 * best_cpu_s / (double)n, n, seats->n, sum / (double)(n * seats->n));
    om_free(times);
}

static void time_unzip(const char *path)
{
    char *output;
    double start_s = now_s();
    if (kit_run(&output, "unzip -p '%s' > /dev/null", path) == 0)
        printf("  plain unzip           %9.4f s\n", now_s() - start_s);
    free(output);
}

static void time_feed(const char *path, const char *seats_path, const char *date_text)
{
    om_context ctx = {0};
    int32_t date = 0;
    data_feed *feed = NULL;
    geo_timetable *timetable = NULL;
    struct data_feed_options options = {.timetable = {.transfers = GEO_TRANSFERS_FULL}};
    printf("%s, %s, 07:00 to 09:00\n", path, date_text);
    time_unzip(path);
    double start_s = now_s();
    if (data_date_parse(&ctx, date_text, &date) || data_feed_open(&ctx, &path, 1, &feed))
        fail_with(&ctx);
    double read_s = now_s();
    if (data_feed_timetable(&ctx, feed, date, &options, &timetable))
        fail_with(&ctx);
    double built_s = now_s();
    printf("  zip to ready          %9.4f s (reading %.4f s, building %.4f s), %zu trips\n",
           built_s - start_s, read_s - start_s, built_s - read_s, geo_timetable_trips(timetable));
    printf("  peak memory           %9.1f MiB\n", peak_mib());
    struct seats seats = read_seats(&ctx, feed, seats_path);
    data_feed_free(feed);
    forget_peak();
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        ask(&ctx, timetable, &seats, &questions[i]);
    printf("  peak memory           %9.1f MiB while asking\n", peak_mib());
    time_all_stops(&ctx, timetable, seats.n, seats.points);
    om_free(seats.access);
    om_free(seats.points);
    geo_timetable_free(timetable);
    om_context_done(&ctx);
}

static void time_national(void)
{
    char *output, path[256], seats[256], *folder = kit_folder();
    int failed = kit_run(&output, "python3 '%s' %s && cd %s && zip -q national.zip *.txt",
                         kit_shared("tools/gen_gtfs.py"), folder, folder);
    snprintf(path, sizeof path, "%s/national.zip", folder);
    snprintf(seats, sizeof seats, "%s/seats.csv", folder);
    if (failed)
        printf("SKIPPED: the national feed needs python3 and zip\n");
    else
        time_feed(path, seats, "2025-10-14");
    free(output);
    kit_remove(folder);
}

int main(int argc, char **argv)
{
    if (argc == 4) {
        time_feed(argv[1], argv[2], argv[3]);
        return EXIT_SUCCESS;
    }
    const char *feed = kit_shared("data/gtfs/norrbotten/autumn2022.zip");
    kit_need(feed);
    time_feed(feed, kit_shared("data/gtfs/norrbotten/seats.csv"), "2022-09-13");
    if (access(kit_shared("tools/gen_gtfs.py"), R_OK) == 0)
        time_national();
    return EXIT_SUCCESS;
}

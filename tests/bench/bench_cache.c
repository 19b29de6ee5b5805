/*
 * How long a timetable takes from the zip to ready, without the cache, written to it, and from it.
 *
 *     bench_cache                     Norrbotten and the synthetic national feed of the shared data
 *     bench_cache FEED YYYY-MM-DD     any other; a zip or a folder
 */
#include "kit.h"

#include "datasets/feed.h"

#include <math.h>
#include <time.h>

enum { REPEATS = 9 };

struct moment {
    double wall_s, cpu_s;
};

static double seconds_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct moment now(void)
{
    return (struct moment){seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

static void fail_with(const om_context *ctx)
{
    fprintf(stderr, "%s\n", ctx->message);
    exit(EXIT_FAILURE);
}

/* To a ready timetable; no folder = without the cache. */
static struct moment open_once(const char *path, const char *folder, int32_t date)
{
    om_context ctx = {0};
    data_feed *feed = NULL;
    geo_timetable *timetable = NULL;
    const struct data_feed_options options = {.timetable = {.transfers = GEO_TRANSFERS_FULL}};
    struct moment start = now();
    om_status status =
        folder ? data_feed_open_cached(&ctx, folder, &path, 1, &feed) : data_feed_open(&ctx, &path, 1, &feed);
    if (status || data_feed_timetable(&ctx, feed, date, &options, &timetable))
        fail_with(&ctx);
    struct moment end = now();
    geo_timetable_free(timetable);
    data_feed_free(feed);
    om_context_done(&ctx);
    return (struct moment){end.wall_s - start.wall_s, end.cpu_s - start.cpu_s};
}

static void print(const char *what, struct moment took)
{
    printf("  %-21s %9.4f s, %9.4f s of processor time\n", what, took.wall_s, took.cpu_s);
}

static void time_feed(const char *path, const char *date_text)
{
    om_context ctx = {0};
    int32_t date = 0;
    char folder[] = "/tmp/omland-bench-XXXXXX";
    if (data_date_parse(&ctx, date_text, &date) || !mkdtemp(folder))
        fail_with(&ctx);
    printf("%s, %s\n", path, date_text);
    print("without the cache", open_once(path, NULL, date));
    print("written to the cache", open_once(path, folder, date));
    struct moment best = {INFINITY, INFINITY};
    for (int i = 0; i < REPEATS; i++) {
        struct moment took = open_once(path, folder, date);
        best = (struct moment){fmin(best.wall_s, took.wall_s), fmin(best.cpu_s, took.cpu_s)};
    }
    print("from the cache, best", best);
    kit_remove(folder);
}

static void time_national(void)
{
    char *output, path[256], *folder = kit_folder();
    int failed = kit_run(&output, "python3 '%s' %s && cd %s && zip -q national.zip *.txt",
                         kit_shared("tools/gen_gtfs.py"), folder, folder);
    snprintf(path, sizeof path, "%s/national.zip", folder);
    if (failed)
        printf("SKIPPED: the national feed needs python3 and zip\n");
    else
        time_feed(path, "2025-10-14");
    free(output);
    kit_remove(folder);
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        time_feed(argv[1], argv[2]);
        return EXIT_SUCCESS;
    }
    const char *feed = kit_shared("data/gtfs/norrbotten/autumn2022.zip");
    kit_need(feed);
    time_feed(feed, "2022-09-13");
    if (access(kit_shared("tools/gen_gtfs.py"), R_OK) == 0)
        time_national();
    return EXIT_SUCCESS;
}

/* Feeds and timetables from the cache are what they are without it, whatever has become of the files. */
#include "gtfs.h"
#include "kit.h"

#include "datasets/feed.h"

#include "geo/memory.h"

#include <dirent.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char *folder;
static char feed_path[300], other_path[300], cache_path[300];

/* Changes of every kind, two time zones, runs by frequency, and something to be found in the files. */
static const struct gtfs_file files[] = {
    {"agency.txt", "agency_id,agency_name,agency_url,agency_timezone,colour\n"
                   "L,Länstrafiken,https://example.org,Europe/Stockholm,red\n"
                   "F,Finntrafik,https://example.org,Europe/Helsinki,blue\n"},
    {"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\n"
                   "R,L,10,Arne till Cilla,700\nT,F,X,Tåget,100\n"},
    {"trips.txt", "route_id,service_id,trip_id\nR,D,T\nT,D,U\nR,D,V\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
                       "T,07:00:00,07:00:00,A,1,0\nT,07:10:00,07:10:00,B,2,0\nT,07:20:00,07:20:00,C,3,0\n"
                       "U,08:12:00,08:12:00,B,1,0\nU,08:40:00,08:40:00,S1,2,0\n"
                       "V,07:25:00,07:25:00,C,1,2\nV,07:50:00,07:50:00,S2,2,2\n"},
    {"frequencies.txt", "trip_id,start_time,end_time,headway_secs\nT,06:00:00,08:30:00,900\n"},
    {"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
                      "C,C,2,120,,\nB,B,1,,T,U\nA,C,2,600,,\n"},
    {"notes.txt", "what is this?\n"},
};

static int set_up(void **state)
{
    (void)state;
    folder = kit_quick_folder();
    snprintf(feed_path, sizeof feed_path, "%s/feed", folder);
    snprintf(other_path, sizeof other_path, "%s/other", folder);
    snprintf(cache_path, sizeof cache_path, "%s/deep/cache", folder);
    if (mkdir(feed_path, 0777) != 0 || mkdir(other_path, 0777) != 0)
        return -1;
    gtfs_write(feed_path, files, COUNT(files));
    gtfs_write(other_path, NULL, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

/* ---- everything there is to know of feeds and a timetable, as text ---- */

static void tell_feed(FILE *out, om_context *ctx, const data_feed *feed)
{
    static const char *const ids[] = {"A", "B", "C", "S", "S1", "none"};
    struct data_feed_validity validity;
    data_feed_validity(feed, &validity);
    fprintf(out, "%d-%d busiest %d with %zu\n", (int)validity.first_date, (int)validity.last_date,
            (int)validity.busiest_weekday, validity.busiest_trips);
    for (size_t i = 0; i < data_feed_count(feed); i++)
        fprintf(out, "%s %s\n", data_feed_path(feed, i), data_feed_sha256(feed, i));
    for (int32_t date = 20220830; date < 20220932; date++)
        fprintf(out, "%zu/%zu ", data_feed_trips_on(feed, date), data_feed_on_demand_trips_on(feed, date));
    for (size_t i = 0; i < COUNT(ids); i++) {
        uint32_t stop = 0;
        om_status status = data_feed_stop(ctx, feed, ids[i], &stop);
        fprintf(out, "\n%s: %d, %u %s", ids[i], (int)status, stop,
                status ? ctx->message : data_feed_stop_name(feed, stop));
    }
    fputc('\n', out);
}

static void tell_times(FILE *out, om_context *ctx, const geo_timetable *timetable)
{
    enum { MOST = 16 };
    struct geo_access access[MOST];
    struct geo_point points[MOST];
    struct geo_travel_time times[MOST * MOST];
    size_t n = geo_timetable_stops(timetable);
    assert_true(n < MOST);
    for (size_t i = 0; i < n; i++) {
        access[i] = (struct geo_access){.stop = (uint32_t)i};
        points[i] = (struct geo_point){&access[i], 1};
    }
    const struct geo_matrix_options options = {.window = {6 * 3600, 9 * 3600}, .max_transfers = -1};
    assert_int_equal(geo_travel_time_matrix(ctx, timetable, n, points, &options, times), OM_OK);
    for (size_t i = 0; i < n * n; i++)
        fprintf(out, "%d %d %d %.1f %.1f %.1f\n", (int)times[i].journeys, (int)times[i].fastest_s,
                (int)times[i].fastest_transfers, times[i].median_journey_s, times[i].door_p50_s,
                times[i].door_p75_s);
    struct geo_access *near = NULL;
    size_t n_near = 0;
    enum geo_access_kind kind;
    const struct geo_access_options walk = {1000, 3000, 1.3, 4.8};
    assert_int_equal(geo_access_find(ctx, timetable, 22.121, 65.621, &walk, &near, &n_near, &kind), OM_OK);
    for (size_t i = 0; i < n_near; i++)
        fprintf(out, "%u on foot in %d s\n", near[i].stop, (int)near[i].walk_s);
    om_free(near);
    fprintf(out, "%zu trips\n", geo_timetable_trips(timetable));
}

static bool is_about_cache(const struct om_finding *finding)
{
    return strncmp(finding->code, "cache_", 6) == 0;
}

static void tell_findings(FILE *out, const om_context *ctx)
{
    for (size_t i = 0; i < ctx->n_findings; i++) {
        const struct om_finding *finding = &ctx->findings[i];
        if (is_about_cache(finding))
            continue;
        fprintf(out, "%s %zu\n", finding->code, finding->count);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && finding->examples[k]; k++)
            fprintf(out, "  %s\n", finding->examples[k]);
    }
}

struct told {
    char *text;     /* freed by the caller */
    char cache[64]; /* codes of findings about the cache */
};

static const struct data_feed_options plain_options = {.timetable = {.walking = {1000, 1.3, 4.8}}};

static struct told tell(const char *cache, const char *const *paths, size_t n_paths,
                        const struct data_feed_options *options, int32_t date)
{
    struct told told = {0};
    size_t size;
    om_context ctx = {0};
    data_feed *feed = NULL;
    geo_timetable *timetable = NULL;
    FILE *out = open_memstream(&told.text, &size);
    assert_non_null(out);
    om_status status = cache ? data_feed_open_cached(&ctx, cache, paths, n_paths, &feed)
                             : data_feed_open(&ctx, paths, n_paths, &feed);
    if (status == OM_OK) {
        tell_feed(out, &ctx, feed);
        status = data_feed_timetable(&ctx, feed, date, options, &timetable);
    }
    if (status == OM_OK)
        tell_times(out, &ctx, timetable);
    else
        fprintf(out, "%d: %s\n", (int)status, ctx.message);
    tell_findings(out, &ctx);
    for (size_t i = 0; i < ctx.n_findings; i++)
        if (is_about_cache(&ctx.findings[i]))
            snprintf(told.cache + strlen(told.cache), sizeof told.cache - strlen(told.cache), "%s%s",
                     *told.cache ? " " : "", ctx.findings[i].code);
    fclose(out);
    geo_timetable_free(timetable);
    data_feed_free(feed);
    om_context_done(&ctx);
    return told;
}

/* With the cache as without it, and these findings about the cache. */
static void expect_in(const char *cache, const char *const *paths, size_t n,
                      const struct data_feed_options *options, int32_t date, const char *findings)
{
    struct told wanted = tell(NULL, paths, n, options, date), got = tell(cache, paths, n, options, date);
    if (strcmp(wanted.text, got.text) != 0)
        fail_msg("without the cache:\n%s\nwith it:\n%s", wanted.text, got.text);
    assert_string_equal(got.cache, findings);
    free(wanted.text);
    free(got.text);
}

static void expect_same(const char *findings)
{
    const char *paths[] = {feed_path};
    expect_in(cache_path, paths, 1, &plain_options, 20220913, findings);
}

/* ---- the files ---- */

enum { NAME_SIZE = 256, MOST_FILES = 64 };

static size_t list_files(char names[][NAME_SIZE], size_t most)
{
    size_t n = 0;
    DIR *directory = opendir(cache_path);
    struct dirent *entry;
    while (directory && (entry = readdir(directory)))
        if (*entry->d_name != '.' && n < most)
            snprintf(names[n++], NAME_SIZE, "%s", entry->d_name);
    if (directory)
        closedir(directory);
    return n;
}

static size_t n_files(void)
{
    char names[NAME_SIZE][NAME_SIZE];
    return list_files(names, MOST_FILES);
}

/* ---- tests ---- */

static void a_feed_is_the_same_when_kept(void **state)
{
    (void)state;
    expect_same("");
    assert_int_equal(n_files(), 2);
    expect_same("");
    expect_same("");
    assert_int_equal(n_files(), 2);
}

static void findings_are_there_to_be_repeated(void **state)
{
    (void)state;
    const char *paths[] = {feed_path};
    for (int i = 0; i < 2; i++) {
        struct told told = tell(cache_path, paths, 1, &plain_options, 20220913);
        assert_non_null(strstr(told.text, "/feed: notes.txt is no file of GTFS"));
        assert_non_null(strstr(told.text, "unknown_column 1\n"));
        free(told.text);
    }
}

static void each_option_has_a_timetable_of_its_own(void **state)
{
    (void)state;
    static const int bus[] = {3}, rail[] = {2};
    static const struct data_feed_options variants[] = {
        {.timetable = {.walking = {1000, 1.3, 4.8}}},
        {.timetable = {.walking = {1001, 1.3, 4.8}}},
        {.timetable = {.walking = {1000, 1.4, 4.8}}},
        {.timetable = {.walking = {1000, 1.3, 4.9}}},
        {.timetable = {.walking = {1000, 1.3, 4.8}, .transfers = GEO_TRANSFERS_STATION}},
        {.timetable = {.walking = {1000, 1.3, 4.8}, .transfers = GEO_TRANSFERS_NONE}},
        {.timetable = {.walking = {1000, 1.3, 4.8}, .min_transfer_s = 300}},
        {.timetable = {.walking = {1000, 1.3, 4.8}, .is_mirrored = true}},
        {.timetable = {.walking = {1000, 1.3, 4.8}}, .without_on_demand = true},
        {.timetable = {.walking = {1000, 1.3, 4.8}}, .modes = bus, .n_modes = 1},
        {.timetable = {.walking = {1000, 1.3, 4.8}}, .modes = rail, .n_modes = 1},
    };
    const char *paths[] = {feed_path};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(variants); i++)
            expect_in(cache_path, paths, 1, &variants[i], 20220913, "");
        expect_in(cache_path, paths, 1, &plain_options, 20220901, "");
        assert_int_equal(n_files(), 1 + COUNT(variants) + 1);
    }
    expect_in(cache_path, paths, 1, &plain_options, 0, "");        /* the busiest weekday: 1 September */
    expect_in(cache_path, paths, 1, &plain_options, 20300101, ""); /* outside, and said so */
    assert_int_equal(n_files(), 1 + COUNT(variants) + 1);
}

static void a_feed_that_has_moved_is_found(void **state)
{
    (void)state;
    expect_same("");
    char moved[320];
    snprintf(moved, sizeof moved, "%s/elsewhere", folder);
    assert_int_equal(rename(feed_path, moved), 0);
    const char *paths[] = {moved};
    expect_in(cache_path, paths, 1, &plain_options, 20220913, "");
    assert_int_equal(n_files(), 2);
}

static void a_feed_that_has_changed_is_read_again(void **state)
{
    (void)state;
    expect_same("");
    char path[1024];
    snprintf(path, sizeof path, "%s/frequencies.txt", feed_path);
    kit_write(path, "trip_id,start_time,end_time,headway_secs\nT,06:00:00,08:30:00,901\n");
    expect_same("");
    assert_int_equal(n_files(), 4);
}

static void several_feeds_are_kept_in_their_order(void **state)
{
    (void)state;
    const char *paths[] = {feed_path, other_path}, *reversed[] = {other_path, feed_path};
    for (int round = 0; round < 2; round++) {
        expect_in(cache_path, paths, 2, &plain_options, 20220913, "");
        expect_in(cache_path, reversed, 2, &plain_options, 20220913, "");
        expect_in(cache_path, paths, 1, &plain_options, 20220913, "");
        assert_int_equal(n_files(), 6);
    }
}

static void a_feed_without_trips_or_stops_is_kept(void **state)
{
    (void)state;
    char path[1024];
    const char *paths[] = {other_path};
    snprintf(path, sizeof path, "%s/stop_times.txt", other_path);
    kit_write(path, "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    for (int round = 0; round < 2; round++)
        expect_in(cache_path, paths, 1, &plain_options, 20220913, "");
    snprintf(path, sizeof path, "%s/stops.txt", other_path);
    kit_write(path, "stop_id,stop_name,stop_lat,stop_lon\n");
    for (int round = 0; round < 2; round++)
        expect_in(cache_path, paths, 1, &plain_options, 20220913, "");
}

static void what_is_no_feed_is_said_as_without_the_cache(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s/none.zip", folder);
    const char *paths[] = {path};
    expect_in(cache_path, paths, 1, &plain_options, 0, "");
    kit_write(path, "no zip");
    expect_in(cache_path, paths, 1, &plain_options, 0, "");
    snprintf(path, sizeof path, "%s/stop_times.txt", other_path);
    kit_write(path, "trip_id,arrival_time\n");
    const char *others[] = {other_path};
    expect_in(cache_path, others, 1, &plain_options, 0, "");
    expect_in(cache_path, NULL, 0, &plain_options, 0, "");
    assert_int_equal(n_files(), 0);
}

/* Damages one file at random; a damaged file is made again, and then found again. */
static void damage(struct kit_random *random, const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    off_t at = (off_t)(kit_next(random) % (uint64_t)about.st_size);
    if (kit_below(random, 2)) {
        assert_int_equal(truncate(path, at), 0);
        return;
    }
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    fputc(byte ^ (1 << kit_below(random, 8)), file);
    fclose(file);
}

static void damaged_files_are_made_again(void **state)
{
    (void)state;
    char names[2][NAME_SIZE], path[1024];
    struct kit_random random = {20220913};
    expect_same("");
    assert_int_equal(list_files(names, 2), 2);
    for (int round = 0; round < 20; round++) {
        snprintf(path, sizeof path, "%s/%s", cache_path, names[round % 2]);
        damage(&random, path);
        expect_same("cache_file_not_used");
        expect_same("");
    }
}

static void a_file_under_the_name_of_another_is_not_used(void **state)
{
    (void)state;
    char names[2][NAME_SIZE], from[1024], to[1024];
    expect_same("");
    assert_int_equal(list_files(names, 2), 2);
    for (int i = 0; i < 2; i++) {
        snprintf(from, sizeof from, "%s/%s", cache_path, names[i]);
        snprintf(to, sizeof to, "%s/%s", cache_path, names[1 - i]);
        assert_int_equal(unlink(to), 0);
        assert_int_equal(link(from, to), 0);
        expect_same("cache_file_not_used");
        expect_same("");
    }
}

static void a_folder_that_cannot_be_used_is_done_without(void **state)
{
    (void)state;
    const char *paths[] = {feed_path};
    char path[1024];
    snprintf(path, sizeof path, "%s/stops.txt", feed_path);
    expect_in(path, paths, 1, &plain_options, 20220913, "cache_not_usable");
    snprintf(path, sizeof path, "%s/stops.txt/below", feed_path);
    expect_in(path, paths, 1, &plain_options, 20220913, "cache_not_usable");
    expect_in("/proc/none", paths, 1, &plain_options, 20220913, "cache_not_usable");
    expect_in("/proc/self/task", paths, 1, &plain_options, 20220913, "cache_not_written");
}

static void the_folder_is_the_users_own(void **state)
{
    (void)state;
    const char *paths[] = {feed_path};
    char path[1024], *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL,
                     *xdg = getenv("XDG_CACHE_HOME") ? strdup(getenv("XDG_CACHE_HOME")) : NULL;
    setenv("HOME", folder, 1);
    setenv("XDG_CACHE_HOME", "relative, so that it does not count", 1);
    expect_in("", paths, 1, &plain_options, 20220913, "");
    snprintf(cache_path, sizeof cache_path, "%s/.cache/omland", folder);
    assert_int_equal(n_files(), 2);
    snprintf(path, sizeof path, "%s/xdg", folder);
    setenv("XDG_CACHE_HOME", path, 1);
    expect_in("", paths, 1, &plain_options, 20220913, "");
    snprintf(cache_path, sizeof cache_path, "%s/xdg/omland", folder);
    assert_int_equal(n_files(), 2);
    struct stat about;
    assert_int_equal(stat(cache_path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    expect_in("", paths, 1, &plain_options, 20220913, "cache_not_usable");
    if (home)
        setenv("HOME", home, 1);
    if (xdg)
        setenv("XDG_CACHE_HOME", xdg, 1);
    free(home);
    free(xdg);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    const char *paths[] = {feed_path};
    expect_same("");
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK && n < 2000; n++) {
        om_context ctx = {0};
        data_feed *feed = NULL;
        geo_timetable *timetable = NULL;
        om_memory_fail_after(n);
        status = data_feed_open_cached(&ctx, cache_path, paths, 1, &feed);
        if (status == OM_OK)
            status = data_feed_timetable(&ctx, feed, 20220913, &plain_options, &timetable);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
        geo_timetable_free(timetable);
        data_feed_free(feed);
        om_context_done(&ctx);
    }
    assert_int_equal(status, OM_OK);
    expect_same("");
}

/* ---- the command ---- */

static char *run(const char *format, const char *cache)
{
    char *output = NULL, arguments[1024];
    snprintf(arguments, sizeof arguments, format, cache);
    int code = kit_run(&output, "cd '%s' && XDG_CACHE_HOME='%s/xdg' '%s' %s 2>&1", folder, folder, kit_tool(),
                       arguments);
    if (code != 0)
        fail_msg("omland %s: exit %d\n%s", arguments, code, output);
    return output;
}

static void commands_say_and_write_the_same(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "times feed --points points.csv --date 2022-09-13 %s",
        "times feed other --points seats.csv --date 2022-09-13 --json %s",
        "times feed --points points.csv --lang sv %s",
        "times p.gpkg --feed feed --profiles profiles.ini %s",
        "times p.gpkg %s",
        "times bundled --points seats.csv --limit 60 %s",
    };
    kit_write(kit_path(folder, "points.csv"), "id,stop_id,lon,lat\na,A,,\nc,,22.12,65.62\nfar,,10,50\n");
    kit_write(kit_path(folder, "seats.csv"), "id,lon,lat\nSkellefteå,20.95,64.75\nUmeå,20.26,63.83\n");
    kit_write(
        kit_path(folder, "profiles.ini"),
        "[out]\ndate = 2022-09-13\n[home]\nfrom = 15:00\nuntil = 17:00\nwalk = 200\n[x]\nmodes = rail\n");
    kit_write(kit_path(folder, "towns.csv"),
              "code,name,seat,lon,lat,population\n2580,Luleå,Arne,22.10,65.60,100\n"
              "2581,Piteå,Berit,22.11,65.61,100\n2582,Boden,Cilla,22.12,65.62,100\n");
    free(run("new p.gpkg --empty%s", ""));
    free(run("import p.gpkg municipalities towns.csv%s", ""));
    for (size_t i = 0; i < COUNT(commands); i++) {
        char *without = run(commands[i], ""), *cold = run(commands[i], "--cache"),
             *warm = run(commands[i], "--cache"), *elsewhere = run(commands[i], "--cache=there");
        assert_string_equal(cold, without);
        assert_string_equal(warm, without);
        assert_string_equal(elsewhere, without);
        free(without);
        free(cold);
        free(warm);
        free(elsewhere);
    }
    snprintf(cache_path, sizeof cache_path, "%s/there", folder);
    assert_true(n_files() > 5);
}

static void processes_may_write_the_same_files(void **state)
{
    (void)state;
    char *output;
    kit_write(kit_path(folder, "points.csv"), "id,stop_id\na,A\nb,B\nc,C\ns,S1\n");
    int code =
        kit_run(&output,
                "cd '%s' || exit 1; route() { '%s' times feed --points points.csv \"$@\" 2>&1; }\n"
                "route >wanted; for i in 1 2 3 4 5 6 7 8; do route --cache=deep/cache >got$i & done; wait\n"
                "for i in 1 2 3 4 5 6 7 8; do cmp wanted got$i || exit 1; done",
                folder, kit_tool());
    if (code != 0)
        fail_msg("%s", output);
    free(output);
    assert_int_equal(n_files(), 3); /* the feed, and a timetable with and without what must be booked */
}

static void a_project_stores_the_same(void **state)
{
    (void)state;
    static const char query[] =
        "SELECT * FROM travel_time ORDER BY 1, 2, 3; SELECT kind, name, sha256 FROM source";
    char *rows[3];
    static const char *const caches[] = {"", "--cache", "--cache"};
    kit_write(kit_path(folder, "towns.csv"),
              "code,name,seat,lon,lat,population\n2580,Luleå,Arne,22.10,65.60,100\n"
              "2581,Piteå,Berit,22.11,65.61,100\n2582,Boden,Cilla,22.12,65.62,100\n");
    for (int i = 0; i < 3; i++) {
        free(run("new --overwrite p.gpkg --empty%s", ""));
        free(run("import p.gpkg municipalities towns.csv%s", ""));
        free(run("times p.gpkg --feed feed --date 2022-09-13 %s", caches[i]));
        kit_run(&rows[i], "sqlite3 '%s/p.gpkg' '%s'", folder, query);
    }
    assert_non_null(strstr(rows[0], "2580"));
    assert_string_equal(rows[1], rows[0]);
    assert_string_equal(rows[2], rows[0]);
    for (int i = 0; i < 3; i++)
        free(rows[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_feed_is_the_same_when_kept),
        TEST(findings_are_there_to_be_repeated),
        TEST(each_option_has_a_timetable_of_its_own),
        TEST(a_feed_that_has_moved_is_found),
        TEST(a_feed_that_has_changed_is_read_again),
        TEST(several_feeds_are_kept_in_their_order),
        TEST(a_feed_without_trips_or_stops_is_kept),
        TEST(what_is_no_feed_is_said_as_without_the_cache),
        TEST(damaged_files_are_made_again),
        TEST(a_file_under_the_name_of_another_is_not_used),
        TEST(a_folder_that_cannot_be_used_is_done_without),
        TEST(the_folder_is_the_users_own),
        TEST(memory_may_run_out),
        TEST(commands_say_and_write_the_same),
        TEST(processes_may_write_the_same_files),
        TEST(a_project_stores_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

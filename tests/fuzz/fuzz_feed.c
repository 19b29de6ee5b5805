/*
 * GTFS feeds. A line "@@ stops.txt" begins the text of that file; files that an input does not hold are those
 * of the plain feed, so that small changes reach far. What can be read must also make a timetable.
 */
#include "fuzz.h"

#include "gtfs.h"

#include "datasets/feed.h"

#define FOLDER "/vsimem/fuzz-feed"

enum { MOST_RUNS = 20000 };

static void write_plain(void)
{
    char path[128];
    FUZZ_REQUIRE(VSIMkdir(FOLDER, 0700) == 0);
    for (size_t i = 0; i < sizeof gtfs_plain / sizeof *gtfs_plain; i++) {
        snprintf(path, sizeof path, FOLDER "/%s", gtfs_plain[i].name);
        fuzz_write(path, gtfs_plain[i].text, strlen(gtfs_plain[i].text));
    }
}

/* Where the next section begins, or the end. */
static const char *next_section(const char *at, const char *end)
{
    for (; end - at >= 3; at++)
        if (memcmp(at, "@@ ", 3) == 0)
            return at;
    return end;
}

static void write_sections(const char *text, const char *end)
{
    static const char *const names[] = {"agency.txt",      "stops.txt",     "routes.txt",
                                        "calendar.txt",    "trips.txt",     "stop_times.txt",
                                        "frequencies.txt", "transfers.txt", "calendar_dates.txt"};
    for (const char *at = next_section(text, end); at < end;) {
        const char *next = next_section(at + 3, end);
        const char *line_end = memchr(at, '\n', (size_t)(next - at));
        char path[128];
        for (size_t i = 0; line_end && i < sizeof names / sizeof *names; i++) {
            size_t length = strlen(names[i]);
            if ((size_t)(line_end - at - 3) != length || memcmp(at + 3, names[i], length) != 0)
                continue;
            snprintf(path, sizeof path, FOLDER "/%s", names[i]);
            fuzz_write(path, line_end + 1, (size_t)(next - line_end - 1));
        }
        at = next;
    }
}

static void build_timetable(om_context *ctx, const data_feed *feed)
{
    static const struct data_feed_options options = {.timetable = {.walking = {500, 1.3, 4.8}}};
    struct data_feed_validity validity;
    geo_timetable *timetable = NULL;
    uint32_t stop;
    data_feed_validity(feed, &validity);
    if (validity.busiest_trips > MOST_RUNS)
        return;
    om_status status = data_feed_timetable(ctx, feed, 0, &options, &timetable);
    FUZZ_REQUIRE(status == OM_OK || (status == OM_BAD_DATA && validity.busiest_trips == 0));
    if (data_feed_stop(ctx, feed, "A", &stop) == OM_OK)
        FUZZ_REQUIRE(data_feed_stop_name(feed, stop) != NULL);
    geo_timetable_free(timetable);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    om_context ctx = {0};
    data_feed *feed = NULL;
    const char *paths[] = {FOLDER};
    write_plain();
    write_sections((const char *)bytes, (const char *)bytes + size);
    om_status status = data_feed_open(&ctx, paths, 1, &feed);
    FUZZ_REQUIRE(status == OM_OK || (size > 0 && ctx.message[0] != '\0'));
    if (status == OM_OK)
        build_timetable(&ctx, feed);
    data_feed_free(feed);
    om_context_done(&ctx);
    VSIRmdirRecursive(FOLDER);
    return 0;
}

/* However a feed is written, with quotes, other line ends, rows and columns in any order, it reads the same.
 */
#include "kit.h"

#include "gtfs.h"

#include "../../datasets/feed_internal.h"

enum {
    FEEDS = 300,
    MOST_TRIPS = 12,
    MOST_CALLS = 9,
    MOST_ROWS = MOST_TRIPS * MOST_CALLS,
    COLUMNS = 7,
    ROOM = 65536
};

static const char *const stops[] = {"A", "B", "C", "S1", "S2"};

struct row {
    int trip, arrival_s, departure_s, stop, sequence, pickup, drop_off;
};

static uint64_t seed;

static int below(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

static size_t make_rows(struct row *rows)
{
    size_t n = 0;
    int trips = 1 + below(MOST_TRIPS);
    for (int trip = 0; trip < trips; trip++) {
        int time_s = below(90000), calls = 2 + below(MOST_CALLS - 1);
        for (int i = 0; i < calls; i++) {
            int wait_s = below(3) ? 0 : below(120);
            rows[n++] =
                (struct row){trip, time_s, time_s + wait_s, below(5), 3 * i + below(3), below(4), below(4)};
            time_s += wait_s + below(1500);
        }
    }
    return n;
}

static void shuffle(struct row *rows, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)below((int)i);
        struct row kept = rows[i - 1];
        rows[i - 1] = rows[k];
        rows[k] = kept;
    }
}

static void field(char *to, const struct row *row, int column)
{
    static const char *const names[COLUMNS] = {"trip_id",       "arrival_time", "departure_time", "stop_id",
                                               "stop_sequence", "pickup_type",  "drop_off_type"};
    if (!row)
        sprintf(to, "%s", names[column]);
    else if (column == 0)
        sprintf(to, "trip%d", row->trip);
    else if (column == 3)
        sprintf(to, "%s", stops[row->stop]);
    else if (column == 1 || column == 2) {
        int time_s = column == 1 ? row->arrival_s : row->departure_s;
        sprintf(to, "%02d:%02d:%02d", time_s / 3600, time_s / 60 % 60, time_s % 60);
    } else
        sprintf(to, "%d", column == 4 ? row->sequence : column == 5 ? row->pickup : row->drop_off);
}

/* Row NULL is the header. */
static void write_row(char **to, const struct row *row, const int *order, bool is_messy)
{
    char text[64];
    for (int i = 0; i < COLUMNS; i++) {
        field(text, row, order[i]);
        const char *quote = is_messy && below(3) == 0 ? "\"" : "";
        *to += sprintf(*to, "%s%s%s%s", i ? "," : "", quote, text, quote);
    }
    *to += sprintf(*to, "%s", !is_messy ? "\n" : below(2) ? "\r\n" : below(5) ? "\n" : "\n\n");
}

static void write_times(char *to, const struct row *rows, size_t n, bool is_messy)
{
    int order[COLUMNS] = {0, 1, 2, 3, 4, 5, 6};
    for (int i = COLUMNS; is_messy && i > 1; i--) {
        int k = below(i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
    if (is_messy && below(2))
        to += sprintf(to, "\xEF\xBB\xBF");
    write_row(&to, NULL, order, is_messy);
    for (size_t i = 0; i < n; i++)
        write_row(&to, &rows[i], order, is_messy);
}

static data_feed *read_feed(const char *folder, const char *trips, const char *times)
{
    om_context ctx = {0};
    data_feed *feed = NULL;
    const struct gtfs_file files[] = {{"trips.txt", trips}, {"stop_times.txt", times}};
    gtfs_write(folder, files, 2);
    if (data_feed_open(&ctx, &folder, 1, &feed))
        fail_msg("%s\n%s", ctx.message, times);
    om_context_done(&ctx);
    return feed;
}

static void assert_same_calls(const data_feed *a, const data_feed *b)
{
    assert_int_equal(a->calls.n, b->calls.n);
    for (size_t i = 0; i < a->calls.n; i++) {
        const struct geo_call *p = &a->calls.items[i], *q = &b->calls.items[i];
        if (p->stop != q->stop || p->arrival_s != q->arrival_s || p->departure_s != q->departure_s ||
            p->board != q->board || p->alight != q->alight)
            fail_msg("call %zu differs", i);
    }
    for (size_t i = 0; i < a->trips.n; i++) {
        assert_int_equal(a->trips.items[i].first_call, b->trips.items[i].first_call);
        assert_int_equal(a->trips.items[i].n_calls, b->trips.items[i].n_calls);
        assert_int_equal(a->trips.items[i].on_demand, b->trips.items[i].on_demand);
    }
}

/* What was written is what was read. */
static void assert_read(const data_feed *feed, const struct row *rows, size_t n)
{
    assert_int_equal(feed->calls.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct geo_call *call = &feed->calls.items[i];
        assert_string_equal(
            data_feed_stop_name(feed, call->stop),
            ((const char *const[]){"Arne", "Berit", "Cilla", "Läge 1", "Läge 2"})[rows[i].stop]);
        assert_int_equal(call->arrival_s, rows[i].arrival_s);
        assert_int_equal(call->departure_s, rows[i].departure_s);
        assert_int_equal(call->board, rows[i].pickup != 1);
        assert_int_equal(call->alight, rows[i].drop_off != 1);
    }
}

static void a_feed_reads_the_same_however_written(void **state)
{
    (void)state;
    static char text[ROOM], trips[ROOM];
    struct row rows[MOST_ROWS];
    const char *folder = kit_folder();
    for (uint64_t i = 0; i < FEEDS; i++) {
        seed = i;
        size_t n = make_rows(rows);
        int used = sprintf(trips, "route_id,service_id,trip_id\n");
        for (int trip = 0; trip <= rows[n - 1].trip; trip++)
            used += sprintf(trips + used, "R,D,trip%d\n", trip);
        write_times(text, rows, n, false);
        data_feed *plain = read_feed(folder, trips, text);
        assert_read(plain, rows, n);
        if (below(2))
            shuffle(rows, n);
        write_times(text, rows, n, true);
        data_feed *messy = read_feed(folder, trips, text);
        assert_same_calls(plain, messy);
        data_feed_free(plain);
        data_feed_free(messy);
    }
    kit_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_feed_reads_the_same_however_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

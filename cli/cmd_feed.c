#include "routing.h"

#include "datasets/feed_report.h"
#include "geo/memory.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_LIST = 10, MOST_MONTHS = 36, CALENDAR_LEVELS = 8 };

static const char *const severity_words[DATA_SEVERITIES] = {"error", "warning", "info"};
static const char *const severity_names[DATA_SEVERITIES] = {OM_NOTE("error"), OM_NOTE("warning"),
                                                            OM_NOTE("information")};

/* ---- text ---- */

static void print_holdings(const struct data_feed_report *report)
{
    const struct {
        size_t n;
        const char *what;
    } rows[] = {
        {report->stops, om_tr("stops")},
        {report->stations, om_tr("stations")},
        {report->routes, om_tr("routes")},
        {report->trips, om_tr("trips")},
        {report->stop_times, om_tr("stop times")},
        {report->on_demand_trips, om_tr("trips that must be booked")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        printf("%10zu  %s\n", rows[i].n, rows[i].what);
    putchar('\n');
    for (size_t i = 0; i < report->n_modes; i++) {
        const struct data_feed_mode *mode = &report->modes[i];
        printf(om_tr("%10zu  trips by %s; routes: %zu; on the busiest weekday: %zu\n"), mode->trips,
               data_mode_name(mode->mode), mode->routes, mode->trips_on_busiest);
    }
}

/* ---- the calendar: a row per month, a mark per date ---- */

struct month {
    int32_t year, month;
};

static struct month month_of(int32_t date)
{
    return (struct month){date / 10000, date / 100 % 100};
}

static int days_in(struct month at)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (at.year % 4 == 0 && at.year % 100 != 0) || at.year % 400 == 0;
    return days[at.month - 1] + (at.month == 2 && is_leap);
}

static const char *mark_of(uint32_t trips, uint32_t most)
{
    static const char *const marks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    return marks[((size_t)trips * CALENDAR_LEVELS + most - 1) / most];
}

static uint32_t most_trips(const struct data_feed_report *report)
{
    uint32_t most = 1;
    for (size_t i = 0; i < report->n_dates; i++)
        most = report->trips_on[i] > most ? report->trips_on[i] : most;
    return most;
}

static void print_calendar(const struct data_feed_report *report)
{
    struct month at = month_of(report->validity.first_date);
    int first_day = report->validity.first_date % 100;
    uint32_t most = most_trips(report);
    printf(om_tr("Trips per date (█ is %u):\n"), (unsigned)most);
    printf("           1   5    10   15   20   25   30\n");
    size_t date = 0;
    for (int months = 0; date < report->n_dates && months < MOST_MONTHS; months++) {
        printf("  %04d-%02d  ", (int)at.year, (int)at.month);
        for (int day = 1; day <= days_in(at) && date < report->n_dates; day++)
            fputs(months == 0 && day < first_day ? " " : mark_of(report->trips_on[date++], most), stdout);
        putchar('\n');
        at = at.month == 12 ? (struct month){at.year + 1, 1} : (struct month){at.year, at.month + 1};
    }
    if (date < report->n_dates)
        printf("  …\n");
}

static void print_validity(const struct data_feed_report *report)
{
    char first[11], last[11], busiest[11];
    if (report->n_dates == 0) {
        printf("%s\n\n", om_tr("No trip runs on any date."));
        return;
    }
    data_date_format(report->validity.first_date, first);
    data_date_format(report->validity.last_date, last);
    data_date_format(report->validity.busiest_weekday, busiest);
    printf(om_tr("Valid from %s to %s; busiest weekday %s with %zu trips, %zu of them to be booked.\n\n"),
           first, last, busiest, report->validity.busiest_trips, report->on_demand_on_busiest);
    print_calendar(report);
    putchar('\n');
}

static void print_rest(size_t n)
{
    if (n > LONGEST_LIST)
        printf(om_tr("  … and %zu more\n"), n - LONGEST_LIST);
}

static void print_places(const struct data_feed_report *report)
{
    if (report->n_duplicates)
        printf(om_tr("\nStations of the same name within 150 m: %zu\n"), report->n_duplicates);
    for (size_t i = 0; i < report->n_duplicates && i < LONGEST_LIST; i++) {
        const struct data_feed_duplicate *pair = &report->duplicates[i];
        printf("  %s: %s, %s (%.0f m)\n", pair->a.name, pair->a.id, pair->b.id, pair->distance_m);
    }
    print_rest(report->n_duplicates);
    if (report->n_unserved)
        printf(om_tr("\nStops where no trip calls: %zu\n"), report->n_unserved);
    for (size_t i = 0; i < report->n_unserved && i < LONGEST_LIST; i++)
        printf("  %s (%s)\n", report->unserved[i].id, report->unserved[i].name);
    print_rest(report->n_unserved);
}

static void print_speeds(const struct data_feed_report *report)
{
    if (report->n_fast)
        printf(om_tr("\nImpossible speeds between neighbouring stops: %zu\n"), report->n_fast);
    for (size_t i = 0; i < report->n_fast && i < LONGEST_LIST; i++) {
        const struct data_feed_fast *fast = &report->fast[i];
        printf(om_tr("  %.0f km/h by %s: %s to %s, %.1f km, %zu trips\n"), fast->speed_km_h,
               data_mode_name(fast->mode), fast->from.name, fast->to.name, fast->distance_m / 1000,
               fast->trips);
    }
    print_rest(report->n_fast);
}

static void print_findings(const struct data_feed_report *report)
{
    printf("\n%s\n", report->n_findings ? om_tr("Findings:") : om_tr("Findings: none."));
    for (size_t i = 0; i < report->n_findings; i++) {
        const struct data_feed_finding *finding = &report->findings[i];
        printf("%10zu  %s (%s)\n", finding->count, finding->code, om_tr(severity_names[finding->severity]));
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && finding->examples[k]; k++)
            printf("            %s\n", finding->examples[k]);
    }
}

static void print_text(char *const *names, size_t n, const struct data_feed_report *report)
{
    for (size_t i = 0; i < n; i++)
        printf("%s\n", names[i]);
    putchar('\n');
    print_validity(report);
    print_holdings(report);
    print_places(report);
    print_speeds(report);
    print_findings(report);
}

/* ---- JSON ---- */

static json_t *date_json(int32_t date)
{
    char text[11];
    if (date == 0)
        return json_null();
    data_date_format(date, text);
    return json_string(text);
}

static json_t *number(size_t n)
{
    return json_integer((json_int_t)n);
}

/* An id need not be UTF-8. */
static json_t *text_json(const char *text)
{
    json_t *json = json_string(text);
    return json ? json : json_null();
}

static json_t *place_json(const struct data_feed_place *place)
{
    return json_pack("{s:o, s:o}", "stop_id", text_json(place->id), "name", text_json(place->name));
}

static json_t *feeds_json(const data_feed *feed)
{
    json_t *list = json_array();
    for (size_t i = 0; i < data_feed_count(feed); i++)
        json_array_append_new(list, json_pack("{s:o, s:s}", "path", text_json(data_feed_path(feed, i)),
                                              "sha256", data_feed_sha256(feed, i)));
    return list;
}

static json_t *modes_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_modes; i++) {
        const struct data_feed_mode *mode = &report->modes[i];
        json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o}", "mode", data_mode_word(mode->mode),
                                              "routes", number(mode->routes), "trips", number(mode->trips),
                                              "trips_on_busiest_weekday", number(mode->trips_on_busiest)));
    }
    return list;
}

static json_t *dates_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_dates; i++)
        json_array_append_new(list, number(report->trips_on[i]));
    return list;
}

static json_t *duplicates_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_duplicates; i++) {
        const struct data_feed_duplicate *pair = &report->duplicates[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:f}", "a", place_json(&pair->a), "b",
                                              place_json(&pair->b), "distance_m", pair->distance_m));
    }
    return list;
}

static json_t *unserved_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_unserved; i++)
        json_array_append_new(list, place_json(&report->unserved[i]));
    return list;
}

static json_t *fast_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_fast; i++) {
        const struct data_feed_fast *fast = &report->fast[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:s, s:o, s:f, s:f}", "from", place_json(&fast->from),
                                        "to", place_json(&fast->to), "mode", data_mode_word(fast->mode),
                                        "trips", number(fast->trips), "distance_m", fast->distance_m,
                                        "speed_km_h", fast->speed_km_h));
    }
    return list;
}

static json_t *findings_json(const struct data_feed_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_findings; i++) {
        const struct data_feed_finding *finding = &report->findings[i];
        json_t *examples = json_array();
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && finding->examples[k]; k++)
            json_array_append_new(examples, text_json(finding->examples[k]));
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "code", finding->code, "severity",
                                              severity_words[finding->severity], "count",
                                              number(finding->count), "examples", examples));
    }
    return list;
}

static bool print_json(const data_feed *feed, const struct data_feed_report *report)
{
    const struct data_feed_validity *validity = &report->validity;
    json_t *root = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "feeds", feeds_json(feed),
        "first_date", date_json(validity->first_date), "last_date", date_json(validity->last_date),
        "busiest_weekday", date_json(validity->busiest_weekday), "trips_on_busiest_weekday",
        number(validity->busiest_trips), "on_demand_on_busiest_weekday", number(report->on_demand_on_busiest),
        "stops", number(report->stops), "stations", number(report->stations), "routes",
        number(report->routes), "trips", number(report->trips), "stop_times", number(report->stop_times),
        "on_demand_trips", number(report->on_demand_trips));
    const struct {
        const char *key;
        json_t *list;
    } lists[] = {{"modes", modes_json(report)},
                 {"trips_per_date", dates_json(report)},
                 {"duplicate_stations", duplicates_json(report)},
                 {"stops_without_service", unserved_json(report)},
                 {"impossible_speeds", fast_json(report)},
                 {"findings", findings_json(report)}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        json_object_set_new(root, lists[i].key, lists[i].list);
    bool ok = json_dumpf(root, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) == 0;
    putchar('\n');
    json_decref(root);
    return ok;
}

/* What is found on the way is the report, so it goes into a context of its own. */
static enum cli_exit run(struct cli *cli, const void *settings)
{
    (void)settings;
    om_context ctx = {.progress = cli->ctx.progress, .progress_user = cli->ctx.progress_user};
    data_feed *feed = NULL;
    struct data_feed_report report = {0};
    om_status status =
        routing_open_feeds(&ctx, NULL, (const char *const *)cli->arguments, cli->n_arguments, &feed);
    if (status == OM_OK)
        status = data_feed_examine(&ctx, feed, &report);
    if (status == OM_OK && !cli->json)
        print_text(cli->arguments, cli->n_arguments, &report);
    if (status == OM_OK && cli->json && !print_json(feed, &report))
        status = om_fail(&ctx, OM_IO, "%s", om_tr("standard output cannot be written"));
    if (status != OM_OK)
        om_fail(&cli->ctx, status, "%s", ctx.message);
    data_feed_report_done(&report);
    data_feed_free(feed);
    om_context_done(&ctx);
    return status == OM_OK ? CLI_DONE : cli_fail(cli);
}

const struct cli_command cmd_feed = {
    .name = "feed",
    .arguments = OM_NOTE("FEED…"),
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .meaning = OM_NOTE("What a GTFS timetable holds and how good it is"),
    .details =
        OM_NOTE("Validity, trips per date, means of transport, duplicated stations, stops without "
                "service, impossible speeds, and findings under the codes of the public GTFS validator. "
                "Several feeds are read as one timetable."),
    .run = run,
};

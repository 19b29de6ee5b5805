#include "datasets/feed_report.h"

#include "feed_internal.h"
#include "feed_report_internal.h"

#include <stdlib.h>

/* The validator's grades; a code that is in neither list is a warning. */
static const char *const errors[] = {
    "duplicate_key",
    "empty_file",
    "foreign_key_violation",
    "inconsistent_agency_timezone",
    "invalid_character",
    "invalid_row_length",
    "invalid_timezone",
    "missing_required_column",
    "missing_required_field",
    "missing_required_file",
    "overlapping_frequency",
    "point_near_origin",
    "route_both_short_and_long_name_missing",
    "stop_time_with_only_arrival_or_departure_time",
    "stop_without_location",
    "transfer_with_invalid_stop_location_type",
    "wrong_parent_location_type",
    "wrong_stop_location_type",
};
static const char *const infos[] = {"flexible_stop_time", "stop_without_stop_time", "unknown_column",
                                    "unknown_file"};

static bool is_in(const char *code, const char *const *codes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

static enum data_severity severity_of(const char *code)
{
    if (is_in(code, errors, sizeof errors / sizeof *errors))
        return DATA_ERROR;
    return is_in(code, infos, sizeof infos / sizeof *infos) ? DATA_INFO : DATA_WARNING;
}

static int by_severity_and_code(const void *a, const void *b)
{
    const struct data_feed_finding *x = a, *y = b;
    return x->severity != y->severity ? (int)x->severity - (int)y->severity : strcmp(x->code, y->code);
}

static om_status copy_findings(om_context *ctx, struct data_feed_report *report)
{
    report->findings = om_alloc(ctx->n_findings, sizeof *report->findings);
    if (!report->findings)
        return om_no_memory(ctx);
    for (size_t i = 0; i < ctx->n_findings; i++) {
        const struct om_finding *from = &ctx->findings[i];
        struct data_feed_finding *to = &report->findings[report->n_findings++];
        *to = (struct data_feed_finding){
            .code = om_strdup(from->code), .severity = severity_of(from->code), .count = from->count};
        if (!to->code)
            return om_no_memory(ctx);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && from->examples[k]; k++)
            if (!(to->examples[k] = om_strdup(from->examples[k])))
                return om_no_memory(ctx);
    }
    qsort(report->findings, report->n_findings, sizeof *report->findings, by_severity_and_code);
    return OM_OK;
}

static om_status copy_dates(om_context *ctx, const data_feed *feed, struct data_feed_report *report)
{
    report->validity = feed->validity;
    if (report->validity.first_date == 0)
        return OM_OK;
    int32_t first = feed_day_of(report->validity.first_date), last = feed_day_of(report->validity.last_date);
    report->n_dates = (size_t)(last - first) + 1;
    report->trips_on = om_resize(NULL, report->n_dates, sizeof *report->trips_on);
    if (!report->trips_on)
        return om_no_memory(ctx);
    memcpy(report->trips_on, feed->runs_on + (first - feed->first_day),
           report->n_dates * sizeof *report->trips_on);
    return OM_OK;
}

static void count_places(const data_feed *feed, struct data_feed_report *report)
{
    for (size_t i = 0; i < feed->places.n; i++) {
        report->stops += feed->places.items[i].location_type == FEED_LOCATION_STOP;
        report->stations += feed->places.items[i].location_type == FEED_LOCATION_STATION;
    }
    report->routes = feed->routes.n;
    report->trips = feed->trips.n;
    report->stop_times = feed->calls.n;
}

/* ---- means of transport ---- */

static struct data_feed_mode *mode_of(struct data_feed_report *report, int mode)
{
    for (size_t i = 0; i < report->n_modes; i++)
        if (report->modes[i].mode == mode)
            return &report->modes[i];
    report->modes[report->n_modes] = (struct data_feed_mode){.mode = mode};
    return &report->modes[report->n_modes++];
}

static int by_trips(const void *a, const void *b)
{
    const struct data_feed_mode *x = a, *y = b;
    if (x->trips != y->trips)
        return x->trips > y->trips ? -1 : 1;
    return x->mode - y->mode;
}

static om_status count_modes(om_context *ctx, const data_feed *feed, struct data_feed_report *report)
{
    enum { MOST_MODES = 32 }; /* more than data_feed_basic_mode gives */
    report->modes = om_alloc(MOST_MODES, sizeof *report->modes);
    if (!report->modes)
        return om_no_memory(ctx);
    bool runs = report->n_dates > 0;
    int32_t day = runs ? feed_day_of(report->validity.busiest_weekday) : 0;
    for (size_t i = 0; i < feed->routes.n; i++)
        mode_of(report, data_feed_basic_mode(feed->routes.items[i].type))->routes++;
    for (size_t i = 0; i < feed->trips.n; i++) {
        const struct feed_trip *trip = &feed->trips.items[i];
        struct data_feed_mode *mode =
            mode_of(report, data_feed_basic_mode(feed->routes.items[trip->route].type));
        size_t n = runs && feed_service_runs(feed, trip->service, day) ? feed_trip_runs(feed, trip) : 0;
        mode->trips++;
        mode->trips_on_busiest += n;
        report->on_demand_trips += trip->on_demand;
        report->on_demand_on_busiest += trip->on_demand ? n : 0;
    }
    if (report->n_modes)
        qsort(report->modes, report->n_modes, sizeof *report->modes, by_trips);
    return OM_OK;
}

om_status data_feed_examine(om_context *ctx, const data_feed *feed, struct data_feed_report *out)
{
    struct data_feed_report report = {0};
    count_places(feed, &report);
    om_status status = copy_dates(ctx, feed, &report);
    if (status == OM_OK)
        status = count_modes(ctx, feed, &report);
    if (status == OM_OK)
        status = feed_report_duplicates(ctx, feed, &report);
    if (status == OM_OK)
        status = feed_report_unserved(ctx, feed, &report);
    if (status == OM_OK)
        status = feed_report_speeds(ctx, feed, &report);
    if (status == OM_OK)
        status = copy_findings(ctx, &report);
    if (status)
        data_feed_report_done(&report);
    else
        *out = report;
    return status;
}

void data_feed_report_done(struct data_feed_report *report)
{
    if (!report)
        return;
    for (size_t i = 0; i < report->n_duplicates; i++) {
        om_free(report->duplicates[i].a.id);
        om_free(report->duplicates[i].b.id);
    }
    for (size_t i = 0; i < report->n_unserved; i++)
        om_free(report->unserved[i].id);
    for (size_t i = 0; i < report->n_fast; i++) {
        om_free(report->fast[i].from.id);
        om_free(report->fast[i].to.id);
    }
    for (size_t i = 0; i < report->n_findings; i++) {
        om_free(report->findings[i].code);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES; k++)
            om_free(report->findings[i].examples[k]);
    }
    void *const blocks[] = {report->trips_on, report->modes, report->duplicates,
                            report->unserved, report->fast,  report->findings};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        om_free(blocks[i]);
    *report = (struct data_feed_report){0};
}

/* calendar.txt and calendar_dates.txt: on which days services run, and how many trips each day has. */
#include "feed_internal.h"

#include <stdlib.h>

static om_status service_of(struct feed_reader *reader, int column, uint32_t *service, bool *is_new)
{
    const struct feed_value *id = &reader->values[column];
    uint32_t number;
    om_status status = feed_ids_add(reader->ctx, &reader->service_ids, id->text, id->length, &number, is_new);
    if (status)
        return status;
    *service = reader->first_service + number;
    if (!*is_new)
        return OM_OK;
    struct feed_service *fresh = FEED_PUSH(&reader->feed->services);
    if (!fresh)
        return om_no_memory(reader->ctx);
    *fresh = (struct feed_service){.first_day = 0, .last_day = -1};
    return OM_OK;
}

static om_status read_calendar(struct feed_reader *reader)
{
    const struct feed_value *values = reader->values;
    uint32_t number;
    bool is_new;
    om_status status = service_of(reader, CALENDAR_SERVICE, &number, &is_new);
    if (status)
        return status;
    struct feed_service service = {.first_day = feed_day_of(values[CALENDAR_START].integer),
                                   .last_day = feed_day_of(values[CALENDAR_END].integer)};
    for (int weekday = 0; weekday < 7; weekday++)
        service.weekdays |= (uint8_t)(values[CALENDAR_MONDAY + weekday].integer << weekday);
    if (service.last_day < service.first_day)
        return feed_bad(reader, CALENDAR_END, om_tr("the service ends before its start_date"));
    struct feed_service *known = &reader->feed->services.items[number];
    bool is_same = known->first_day == service.first_day && known->last_day == service.last_day &&
                   known->weekdays == service.weekdays;
    if (!is_new && !is_same)
        return feed_bad(reader, CALENDAR_SERVICE,
                        om_tr("another service with this id stands further up in the file"));
    if (!is_new)
        feed_note(reader, "duplicate_key", CALENDAR_SERVICE,
                  om_tr("the same service stands further up in the file"));
    *known = service;
    return OM_OK;
}

static om_status read_date(struct feed_reader *reader)
{
    uint32_t service;
    bool is_new;
    om_status status = service_of(reader, DATES_SERVICE, &service, &is_new);
    if (status)
        return status;
    struct feed_exception *exception = FEED_PUSH(&reader->feed->exceptions);
    if (!exception)
        return om_no_memory(reader->ctx);
    *exception = (struct feed_exception){.service = service,
                                         .day = feed_day_of(reader->values[DATES_DATE].integer),
                                         .line = (uint32_t)reader->line,
                                         .is_added = reader->values[DATES_TYPE].integer == 1};
    return OM_OK;
}

static int by_service_and_day(const void *a, const void *b)
{
    const struct feed_exception *x = a, *y = b;
    if (x->service != y->service)
        return x->service < y->service ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* The same date twice for a service: harmless when both say the same. */
static om_status check_exceptions(struct feed_reader *reader, struct feed_exception *exceptions, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct feed_exception *before = &exceptions[i - 1], *at = &exceptions[i];
        if (before->service != at->service || before->day != at->day)
            continue;
        char text[11];
        data_date_format(feed_date_of(at->day), text);
        reader->line = at->line;
        reader->values[DATES_DATE] = (struct feed_value){.text = text, .length = 10};
        if (before->is_added != at->is_added)
            return feed_bad(reader, DATES_DATE,
                            om_tr("the same service is both added and removed on this date"));
        feed_note(reader, "duplicate_key", DATES_DATE,
                  om_tr("the service has this date further up in the file"));
    }
    return OM_OK;
}

om_status feed_calendar_read(struct feed_reader *reader)
{
    size_t first = reader->feed->exceptions.n;
    om_status status = feed_table_read(reader, FEED_CALENDAR, read_calendar);
    if (status == OM_OK)
        status = feed_table_read(reader, FEED_CALENDAR_DATES, read_date);
    if (status)
        return status;
    if (!reader->has_file[FEED_CALENDAR] && !reader->has_file[FEED_CALENDAR_DATES])
        return om_fail(reader->ctx, OM_BAD_DATA,
                       om_tr("%s: there is neither calendar.txt nor calendar_dates.txt; GTFS requires one"),
                       reader->part->path);
    size_t n = reader->feed->exceptions.n - first;
    struct feed_exception *exceptions = n ? reader->feed->exceptions.items + first : NULL;
    if (n > 1)
        qsort(exceptions, n, sizeof *exceptions, by_service_and_day);
    return check_exceptions(reader, exceptions, n);
}

bool feed_service_runs(const data_feed *feed, uint32_t service, int32_t day)
{
    const struct feed_service *at = &feed->services.items[service];
    size_t low = at->first_exception, high = low + at->n_exceptions;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (feed->exceptions.items[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < (size_t)at->first_exception + at->n_exceptions && feed->exceptions.items[low].day == day)
        return feed->exceptions.items[low].is_added;
    return day >= at->first_day && day <= at->last_day && (at->weekdays >> feed_weekday_of(day) & 1);
}

size_t feed_trip_runs(const data_feed *feed, const struct feed_trip *trip)
{
    if (trip->n_calls < 2)
        return 0;
    if (trip->n_frequencies == 0)
        return 1;
    size_t runs = 0;
    for (uint32_t i = 0; i < trip->n_frequencies; i++) {
        const struct feed_frequency *frequency = &feed->frequencies.items[trip->first_frequency + i];
        runs += (size_t)((frequency->end_s - frequency->start_s - 1) / frequency->headway_s + 1);
    }
    return runs;
}

/* Exceptions lie in order of service, since each feed's were sorted and services are numbered feed by feed.
 */
static void share_out_exceptions(data_feed *feed)
{
    for (size_t i = 0; i < feed->exceptions.n; i++) {
        struct feed_service *service = &feed->services.items[feed->exceptions.items[i].service];
        if (service->n_exceptions++ == 0)
            service->first_exception = (uint32_t)i;
    }
}

/* The days between which anything might run; first > last when nothing does. */
static void bound_days(const data_feed *feed, const size_t *runs_of, int32_t *first, int32_t *last)
{
    *first = INT32_MAX;
    *last = INT32_MIN;
    for (size_t i = 0; i < feed->services.n; i++) {
        const struct feed_service *service = &feed->services.items[i];
        if (runs_of[i] == 0)
            continue;
        if (service->weekdays && service->first_day < *first)
            *first = service->first_day;
        if (service->weekdays && service->last_day > *last)
            *last = service->last_day;
        for (uint32_t k = 0; k < service->n_exceptions; k++) {
            const struct feed_exception *exception = &feed->exceptions.items[service->first_exception + k];
            if (!exception->is_added)
                continue;
            *first = exception->day < *first ? exception->day : *first;
            *last = exception->day > *last ? exception->day : *last;
        }
    }
}

static void count_runs(data_feed *feed, const size_t *runs_of)
{
    for (size_t i = 0; i < feed->services.n; i++) {
        const struct feed_service *service = &feed->services.items[i];
        if (runs_of[i] == 0)
            continue;
        if (service->weekdays)
            for (int32_t day = service->first_day; day <= service->last_day; day++)
                if (service->weekdays >> feed_weekday_of(day) & 1)
                    feed->runs_on[day - feed->first_day] += (uint32_t)runs_of[i];
        for (uint32_t k = 0; k < service->n_exceptions; k++) {
            const struct feed_exception *exception = &feed->exceptions.items[service->first_exception + k];
            bool is_twice = k > 0 && exception[-1].day == exception->day;
            bool ran = service->weekdays && exception->day >= service->first_day &&
                       exception->day <= service->last_day &&
                       (service->weekdays >> feed_weekday_of(exception->day) & 1);
            if (is_twice || ran == exception->is_added)
                continue;
            uint32_t *runs = &feed->runs_on[exception->day - feed->first_day];
            *runs += exception->is_added ? (uint32_t)runs_of[i] : -(uint32_t)runs_of[i];
        }
    }
}

/* Validity reaches from the first day with a run to the last. The busiest weekday is any day's when nothing
 * runs Monday to Friday. */
static void find_validity(data_feed *feed)
{
    struct data_feed_validity *validity = &feed->validity;
    bool has_weekday = false;
    for (int32_t day = feed->first_day; day <= feed->last_day; day++) {
        uint32_t runs = feed->runs_on[day - feed->first_day];
        if (runs == 0)
            continue;
        bool is_weekday = feed_weekday_of(day) < 5;
        if (validity->first_date == 0)
            validity->first_date = feed_date_of(day);
        validity->last_date = feed_date_of(day);
        if ((is_weekday && !has_weekday) || (is_weekday == has_weekday && runs > validity->busiest_trips)) {
            validity->busiest_trips = runs;
            validity->busiest_weekday = feed_date_of(day);
        }
        has_weekday |= is_weekday;
    }
}

om_status feed_calendar_finish(om_context *ctx, data_feed *feed)
{
    int32_t first, last;
    size_t *runs_of = om_alloc(feed->services.n, sizeof *runs_of);
    if (!runs_of)
        return om_no_memory(ctx);
    share_out_exceptions(feed);
    for (size_t i = 0; i < feed->trips.n; i++)
        runs_of[feed->trips.items[i].service] += feed_trip_runs(feed, &feed->trips.items[i]);
    bound_days(feed, runs_of, &first, &last);
    if (first <= last) {
        feed->runs_on = om_alloc((size_t)(last - first) + 1, sizeof *feed->runs_on);
        feed->first_day = first;
        feed->last_day = last;
    }
    om_status status = OM_OK;
    if (first <= last && !feed->runs_on) {
        status = om_no_memory(ctx);
    } else if (first <= last) {
        count_runs(feed, runs_of);
        find_validity(feed);
    }
    om_free(runs_of);
    return status;
}

size_t data_feed_trips_on(const data_feed *feed, int32_t date)
{
    if (!feed->runs_on || !feed_date_is_valid(date))
        return 0;
    int32_t day = feed_day_of(date);
    return day < feed->first_day || day > feed->last_day ? 0 : feed->runs_on[day - feed->first_day];
}

#include "datasets/matrix_file.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN(name, type, field)                                         \
    {                                                                     \
        name, DATA_MATRIX_##type, offsetof(struct geo_travel_time, field) \
    }
const struct data_matrix_column data_matrix_columns[] = {
    COLUMN("journeys", COUNT, journeys),
    COLUMN("fastest_s", SECONDS, fastest_s),
    COLUMN("fastest_departure", CLOCK, fastest_departure_s),
    COLUMN("fastest_arrival", CLOCK, fastest_arrival_s),
    COLUMN("fastest_transfers", COUNT, fastest_transfers),
    COLUMN("median_journey_s", NUMBER, median_journey_s),
    COLUMN("earliest_arrival", CLOCK, earliest_arrival_s),
    COLUMN("latest_departure", CLOCK, latest_departure_s),
    COLUMN("door_p25_s", NUMBER, door_p25_s),
    COLUMN("door_p50_s", NUMBER, door_p50_s),
    COLUMN("door_p75_s", NUMBER, door_p75_s),
    COLUMN("minutes_without_arrival", COUNT, minutes_without_arrival),
    COLUMN("booked_share", SHARE, booked_share),
};
const size_t data_n_matrix_columns = sizeof data_matrix_columns / sizeof *data_matrix_columns;

static int32_t *whole_field(const struct data_matrix_column *column, struct geo_travel_time *time)
{
    return (int32_t *)(void *)((char *)time + column->offset);
}

static bool is_number(const struct data_matrix_column *column)
{
    return column->type == DATA_MATRIX_NUMBER || column->type == DATA_MATRIX_SHARE;
}

static double *number_field(const struct data_matrix_column *column, struct geo_travel_time *time)
{
    return (double *)(void *)((char *)time + column->offset);
}

static void format_clock(int32_t clock_s, char *text)
{
    const char *sign = clock_s < 0 ? "-" : "";
    int32_t s = abs(clock_s);
    snprintf(text, DATA_MATRIX_FIELD_SIZE, "%s%02d:%02d:%02d", sign, s / 3600, s / 60 % 60, s % 60);
}

static void format_number(double number, int decimals, char *text)
{
    snprintf(text, DATA_MATRIX_FIELD_SIZE, "%.*f", decimals, number);
    char *end = text + strlen(text);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
}

void data_matrix_format(const struct data_matrix_column *column, const struct geo_travel_time *time,
                        char text[DATA_MATRIX_FIELD_SIZE])
{
    struct geo_travel_time copy = *time;
    text[0] = '\0';
    if (is_number(column)) {
        double number = *number_field(column, &copy);
        if (!isnan(number))
            format_number(number, column->type == DATA_MATRIX_SHARE ? 4 : 2, text);
        return;
    }
    int32_t value = *whole_field(column, &copy);
    if (value == GEO_NO_TIME)
        return;
    if (column->type == DATA_MATRIX_CLOCK)
        format_clock(value, text);
    else
        snprintf(text, DATA_MATRIX_FIELD_SIZE, "%d", value);
}

static bool parse_clock(const char *text, int32_t *out)
{
    bool is_negative = *text == '-';
    text += is_negative;
    int hours = 0, minutes = 0, seconds = 0, used = 0;
    if (*text < '0' || *text > '9' || sscanf(text, "%4d:%2d:%2d%n", &hours, &minutes, &seconds, &used) != 3)
        return false;
    if (text[used] || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59)
        return false;
    int32_t clock_s = hours * 3600 + minutes * 60 + seconds;
    *out = is_negative ? -clock_s : clock_s;
    return true;
}

static bool parse_number(const char *text, double *out)
{
    char *end = NULL;
    *out = strtod(text, &end);
    return end != text && !*end && isfinite(*out) && *out >= 0;
}

bool data_matrix_parse(const struct data_matrix_column *column, const char *text, size_t length,
                       struct geo_travel_time *time)
{
    char field[DATA_MATRIX_FIELD_SIZE];
    double number = NAN;
    int32_t whole = GEO_NO_TIME;
    if (length >= sizeof field)
        return false;
    memcpy(field, text, length);
    field[length] = '\0';
    if (length > 0 && column->type == DATA_MATRIX_CLOCK && !parse_clock(field, &whole))
        return false;
    if (length > 0 && column->type != DATA_MATRIX_CLOCK && !parse_number(field, &number))
        return false;
    if (is_number(column)) {
        *number_field(column, time) = number;
        return column->type != DATA_MATRIX_SHARE || !(number > 1);
    }
    if (column->type != DATA_MATRIX_CLOCK && length > 0) {
        if (number > INT32_MAX || number != floor(number))
            return false;
        whole = (int32_t)number;
    }
    *whole_field(column, time) = whole;
    return true;
}

struct geo_travel_time data_matrix_no_time(void)
{
    struct geo_travel_time time = {0};
    for (size_t i = 0; i < data_n_matrix_columns; i++)
        data_matrix_parse(&data_matrix_columns[i], "", 0, &time);
    return time;
}

/* Quoted only where CSV needs it. */
static void write_text(FILE *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void write_pair(FILE *out, const char *from, const char *to)
{
    write_text(out, from);
    fputc(',', out);
    write_text(out, to);
}

static om_status check_written(om_context *ctx, FILE *out)
{
    return ferror(out) ? om_fail(ctx, OM_IO, "%s", om_tr("the table could not be written")) : OM_OK;
}

om_status data_matrix_write(om_context *ctx, FILE *out, const char *const *ids, size_t n,
                            const struct geo_travel_time *times)
{
    char text[DATA_MATRIX_FIELD_SIZE];
    fputs("from,to", out);
    for (size_t i = 0; i < data_n_matrix_columns; i++)
        fprintf(out, ",%s", data_matrix_columns[i].name);
    fputc('\n', out);
    for (size_t pair = 0; pair < n * n; pair++) {
        size_t from = pair / n, to = pair % n;
        if (from == to)
            continue;
        write_pair(out, ids[from], ids[to]);
        for (size_t i = 0; i < data_n_matrix_columns; i++) {
            data_matrix_format(&data_matrix_columns[i], &times[pair], text);
            fprintf(out, ",%s", text);
        }
        fputc('\n', out);
    }
    return check_written(ctx, out);
}

struct gathered {
    size_t from, to, order; /* order of departure within the pair */
    struct geo_journey journey;
};

struct data_journeys {
    struct gathered *items;
    size_t n, capacity;
    bool out_of_memory;
};

om_status data_journeys_new(om_context *ctx, data_journeys **out)
{
    data_journeys *journeys = om_alloc(1, sizeof *journeys);
    if (!journeys)
        return om_no_memory(ctx);
    *out = journeys;
    return OM_OK;
}

void data_journeys_free(data_journeys *journeys)
{
    if (!journeys)
        return;
    om_free(journeys->items);
    om_free(journeys);
}

bool data_journeys_add(void *user, size_t from, size_t to, const struct geo_journey *of_pair, size_t n)
{
    data_journeys *journeys = user;
    struct gathered *grown =
        om_grow(journeys->items, &journeys->capacity, journeys->n + n, sizeof *journeys->items);
    if (!grown) {
        journeys->out_of_memory = true;
        return false;
    }
    journeys->items = grown;
    for (size_t i = 0; i < n; i++)
        journeys->items[journeys->n++] = (struct gathered){from, to, i, of_pair[i]};
    return true;
}

static int by_pair(const void *left, const void *right)
{
    const struct gathered *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

om_status data_journeys_write(om_context *ctx, data_journeys *journeys, FILE *out, const char *const *ids)
{
    char departure[DATA_MATRIX_FIELD_SIZE], arrival[DATA_MATRIX_FIELD_SIZE];
    if (journeys->out_of_memory)
        return om_no_memory(ctx);
    if (journeys->n)
        qsort(journeys->items, journeys->n, sizeof *journeys->items, by_pair);
    fputs("from,to,departure,arrival,duration_s,transfers\n", out);
    for (size_t i = 0; i < journeys->n; i++) {
        const struct gathered *item = &journeys->items[i];
        if (item->from == item->to)
            continue;
        format_clock(item->journey.departure_s, departure);
        format_clock(item->journey.arrival_s, arrival);
        write_pair(out, ids[item->from], ids[item->to]);
        fprintf(out, ",%s,%s,%d,%d\n", departure, arrival,
                item->journey.arrival_s - item->journey.departure_s, item->journey.transfers);
    }
    return check_written(ctx, out);
}

/*
 * Travel times as CSV: one row per ordered pair, one table of columns that the writer and the importer share.
 *
 * Durations are seconds with at most two decimals (16845, 18630.5), times of day are HH:MM:SS and may pass
 * 24:00:00, shares are fractions of 1 with at most four decimals, and a field is empty where there is none.
 */
#ifndef DATASETS_MATRIX_FILE_H
#define DATASETS_MATRIX_FILE_H

#include "geo/travel_time.h"

#include <stdio.h>

enum data_matrix_type {
    DATA_MATRIX_COUNT,   /* int32_t, never negative; GEO_NO_TIME = none */
    DATA_MATRIX_SECONDS, /* int32_t, likewise */
    DATA_MATRIX_CLOCK,   /* int32_t seconds after the start of the service date */
    DATA_MATRIX_NUMBER,  /* double seconds, NAN = none */
    DATA_MATRIX_SHARE,   /* double, 0 to 1, NAN = none */
};

/* A column after "from" and "to"; offset points into struct geo_travel_time. */
struct data_matrix_column {
    const char *name; /* "fastest_s" */
    enum data_matrix_type type;
    size_t offset;
};
extern const struct data_matrix_column data_matrix_columns[];
extern const size_t data_n_matrix_columns;

enum { DATA_MATRIX_FIELD_SIZE = 32 };

/* One field as it is written. */
void data_matrix_format(const struct data_matrix_column *column, const struct geo_travel_time *time,
                        char text[DATA_MATRIX_FIELD_SIZE]);
/* The opposite: false when the text (length bytes, not NUL-terminated) is no value of the column. */
bool data_matrix_parse(const struct data_matrix_column *column, const char *text, size_t length,
                       struct geo_travel_time *time);
/* Times in which every column is "none": what a row holds before its columns are read. */
struct geo_travel_time data_matrix_no_time(void);

/* Every pair of different points, rows in the order of ids; times[from * n + to]. */
om_status data_matrix_write(om_context *ctx, FILE *out, const char *const *ids, size_t n,
                            const struct geo_travel_time *times);

/* The same rows as a JSON array of objects; times of day are text, a missing value is null. */
om_status data_matrix_write_json(om_context *ctx, FILE *out, const char *const *ids, size_t n,
                                 const struct geo_travel_time *times);

/* Gathers journeys in any order (data_journeys_add is a geo_journeys_fn) and writes them by pair. */
typedef struct data_journeys data_journeys;
om_status data_journeys_new(om_context *ctx, data_journeys **out);
void data_journeys_free(data_journeys *journeys); /* accepts NULL */
bool data_journeys_add(void *journeys, size_t from, size_t to, const struct geo_journey *of_pair, size_t n);
/* from,to,departure,arrival,duration_s,transfers. OM_NO_MEMORY when memory ran out while gathering. */
om_status data_journeys_write(om_context *ctx, data_journeys *journeys, FILE *out, const char *const *ids);

#endif

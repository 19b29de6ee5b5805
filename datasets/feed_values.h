/*
 * GTFS's value types, parsed from text that is not NUL-terminated. Each returns false, and leaves the value
 * undefined, when the text is none.
 */
#ifndef DATASETS_FEED_VALUES_H
#define DATASETS_FEED_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool feed_parse_time(const char *text, size_t length, int32_t *seconds);
bool feed_parse_date(const char *text, size_t length, int32_t *date); /* YYYYMMDD */
bool feed_parse_integer(const char *text, size_t length, int32_t *number);
bool feed_parse_number(const char *text, size_t length, double *number); /* finite, decimal point */

struct feed_column;
struct feed_value;
/* By the column's type and range: NULL, or what is wrong with it. */
const char *feed_parse_value(const struct feed_column *column, struct feed_value *value);

#endif

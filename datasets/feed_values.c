#include "feed_internal.h"

#include "feed_values.h"

#include <cpl_conv.h>

#include <endian.h>
#include <math.h>
#include <stdio.h>

enum { MOST_HOURS = 240, LONGEST_NUMBER = 63 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* HH:MM:SS, as nearly all times are written, eight bytes at once. */
static bool parse_plain_time(const char *text, int32_t *seconds)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    word = le64toh(word) ^ UINT64_C(0x30303A30303A3030); /* "00:00:00": digits become 0 to 9, colons 0 */
    uint64_t above_nine = word + UINT64_C(0x0606000606000606);
    if ((word | above_nine) & UINT64_C(0xF0F0FFF0F0FFF0F0))
        return false;
    int32_t hours = (int32_t)((word & 15) * 10 + (word >> 8 & 15));
    int32_t minute = (int32_t)((word >> 24 & 15) * 10 + (word >> 32 & 15));
    int32_t second = (int32_t)((word >> 48 & 15) * 10 + (word >> 56));
    *seconds = hours * 3600 + minute * 60 + second;
    return minute <= 59 && second <= 59;
}

/* [[H]H]H:MM:SS to seconds; hours may pass 24. */
bool feed_parse_time(const char *text, size_t length, int32_t *seconds)
{
    if (length == 8)
        return parse_plain_time(text, seconds);
    size_t digits = length < 7 || length > 9 ? 0 : length - 6;
    if (digits == 0 || text[digits] != ':' || text[digits + 3] != ':')
        return false;
    int32_t hours = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(text[i]))
            return false;
        hours = hours * 10 + (text[i] - '0');
    }
    const char *m = text + digits + 1, *s = m + 3;
    if (!is_digit(m[0]) || !is_digit(m[1]) || !is_digit(s[0]) || !is_digit(s[1]))
        return false;
    int32_t minute = (m[0] - '0') * 10 + (m[1] - '0'), second = (s[0] - '0') * 10 + (s[1] - '0');
    if (hours > MOST_HOURS || minute > 59 || second > 59)
        return false;
    *seconds = hours * 3600 + minute * 60 + second;
    return true;
}

bool feed_parse_date(const char *text, size_t length, int32_t *date)
{
    int32_t value = 0;
    if (length != 8)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *date = value;
    return feed_date_is_valid(value);
}

bool feed_parse_integer(const char *text, size_t length, int32_t *number)
{
    size_t at = length > 1 && (*text == '-' || *text == '+') ? 1 : 0;
    int64_t value = 0;
    if (length == 0 || length > 18)
        return false;
    if (length == 1) {
        *number = *text - '0';
        return is_digit(*text);
    }
    for (; at < length; at++) {
        if (!is_digit(text[at]))
            return false;
        value = value * 10 + (text[at] - '0');
    }
    if (value > INT32_MAX)
        return false;
    *number = (int32_t)(*text == '-' ? -value : value);
    return true;
}

/* Numbers that are not plain decimals of few digits. */
static bool parse_rare_number(const char *text, size_t length, double *number)
{
    char copy[LONGEST_NUMBER + 1], *end;
    if (length == 0 || length > LONGEST_NUMBER)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!is_digit(*copy) && *copy != '-' && *copy != '+' && *copy != '.')
        return false; /* "nan", "inf" */
    *number = CPLStrtod(copy, &end);
    return end == copy + length && isfinite(*number);
}

/* A decimal of at most 15 digits is exact as integer / power of ten, both exact doubles. */
bool feed_parse_number(const char *text, size_t length, double *number)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t at = length && *text == '-' ? 1 : 0, decimals = 0, digits = 0;
    bool has_point = false;
    int64_t value = 0;
    for (; at < length && digits < 16; at++) {
        if (text[at] == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (!is_digit(text[at]))
            break;
        value = value * 10 + (text[at] - '0');
        digits++;
        decimals += has_point;
    }
    if (at < length || digits == 0 || digits > 15)
        return parse_rare_number(text, length, number);
    *number = (double)value / powers[decimals];
    if (*text == '-')
        *number = -*number;
    return true;
}

static const char *parse_integer(const struct feed_column *column, struct feed_value *value)
{
    if (!feed_parse_integer(value->text, value->length, &value->integer))
        return om_tr("not a whole number");
    if (value->integer < column->least || value->integer > column->most)
        return om_tr("outside the range that GTFS allows");
    return NULL;
}

static const char *parse_number(const struct feed_column *column, struct feed_value *value)
{
    if (!feed_parse_number(value->text, value->length, &value->number))
        return om_tr("not a number; write digits with a decimal point");
    if (value->number < column->least || value->number > column->most)
        return om_tr("outside the range that GTFS allows");
    return NULL;
}

const char *feed_parse_value(const struct feed_column *column, struct feed_value *value)
{
    switch (column->type) {
    case FEED_INTEGER:
        return parse_integer(column, value);
    case FEED_NUMBER:
        return parse_number(column, value);
    case FEED_TIME:
        return feed_parse_time(value->text, value->length, &value->integer)
                   ? NULL
                   : om_tr("not a time; write HH:MM:SS, for example 07:30:00, or 25:10:00 after midnight");
    case FEED_DATE:
        return feed_parse_date(value->text, value->length, &value->integer)
                   ? NULL
                   : om_tr("not a date; write YYYYMMDD, for example 20220913");
    default:
        return NULL;
    }
}

const char *feed_shown(const char *text, size_t length, char shown[FEED_SHOWN])
{
    static const char more[] = "…";
    size_t room = FEED_SHOWN - sizeof more;
    size_t n = length <= room ? length : room;
    while (n < length && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    memcpy(shown, text, n);
    if (!data_text_is_utf8(shown, n))
        for (size_t i = 0; i < n; i++)
            if ((unsigned char)shown[i] >= 0x80)
                shown[i] = '?';
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)shown[i] < 0x20)
            shown[i] = ' ';
    snprintf(shown + n, FEED_SHOWN - n, "%s", n < length ? more : "");
    return shown;
}

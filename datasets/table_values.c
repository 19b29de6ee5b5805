/* Cells as numbers, dates and flags, in the forms people write them. */
#include "table_internal.h"

#include "geo/text.h"

#include <cpl_conv.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_NUMBER = 64 };

/* More than any people, square kilometres or degrees there are. */
static const double largest_number = 1e10;

/* What had to be understood to read a number. */
struct reading {
    bool is_small_count, has_decimal_comma, has_thousands;
};

/* Leaves out the blanks that group digits (space, no-break, thin and narrow) and apostrophes; the minus sign
 * of typographers becomes a hyphen. */
static bool squeeze(const char *text, char out[LONGEST_NUMBER], struct reading *reading)
{
    static const struct {
        const char *sign, *to;
    } signs[] = {{" ", ""}, {"\xc2\xa0", ""},     {"\xe2\x80\x89", ""},
                 {"'", ""}, {"\xe2\x80\xaf", ""}, {"\xe2\x88\x92", "-"}};
    size_t used = 0;
    while (*text) {
        size_t i = 0, n = sizeof signs / sizeof *signs;
        while (i < n && strncmp(text, signs[i].sign, strlen(signs[i].sign)) != 0)
            i++;
        if (used + 2 >= LONGEST_NUMBER)
            return false;
        if (i < n) {
            reading->has_thousands |=
                *signs[i].to == '\0' && used > 0 && isdigit((unsigned char)out[used - 1]);
            if (*signs[i].to)
                out[used++] = *signs[i].to;
            text += strlen(signs[i].sign);
        } else {
            out[used++] = *text++;
        }
    }
    out[used] = '\0';
    return used > 0;
}

static size_t count_of(const char *text, char sign)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == sign;
    return n;
}

static void drop_sign(char *text, char sign)
{
    char *to = text;
    for (const char *p = text; *p; p++)
        if (*p != sign)
            *to++ = *p;
    *to = '\0';
}

/* Whether every group after the first sign has three digits: 1,774 and 1,774,000 but not 1,77. */
static bool groups_thousands(const char *text, char sign)
{
    const char *p = strchr(text, sign);
    if (!p || p == text || p - text > 4)
        return false;
    for (; p && *p == sign; p += 4)
        if (strspn(p + 1, "0123456789") < 3)
            return false;
    return !p || !isdigit((unsigned char)*p);
}

/* Brings the number to digits with at most one point. */
static void settle_signs(char *text, enum table_number kind, struct reading *reading)
{
    size_t commas = count_of(text, ','), points = count_of(text, '.');
    if (commas && points) {
        char grouping = strrchr(text, ',') > strrchr(text, '.') ? '.' : ',';
        drop_sign(text, grouping);
        reading->has_thousands = true;
        commas = grouping == ',' ? 0 : commas;
        points = 0;
    }
    for (const char *sign = ",."; *sign; sign++) {
        size_t n = *sign == ',' ? commas : points;
        if (n && groups_thousands(text, *sign) && (n > 1 || kind == TABLE_COUNT)) {
            drop_sign(text, *sign);
            reading->has_thousands = true;
        }
    }
    char *comma = strchr(text, ',');
    if (comma) {
        *comma = '.';
        reading->has_decimal_comma = true;
    }
}

static bool parse(const char *text, enum table_number kind, struct reading *reading, double *out)
{
    char plain[LONGEST_NUMBER];
    if (!squeeze(text, plain, reading))
        return false;
    char *digits = plain;
    if (*digits == '<') {
        reading->is_small_count = true;
        digits++;
    }
    settle_signs(digits, kind, reading);
    if (!*digits || strspn(digits, "0123456789.+-eE") != strlen(digits))
        return false;
    char *end = NULL;
    double value = CPLStrtod(digits, &end);
    if (*end || !isfinite(value))
        return false;
    *out = reading->is_small_count ? value / 2 : value;
    return true;
}

static void report(om_context *ctx, const struct table *table, size_t row, const char *text, double value,
                   const struct reading *reading)
{
    const char *path = table->sheet.path, *unit = table->sheet.unit;
    size_t place = table_place(table, row);
    /* 1 .. n-1 were hidden: the middle of them keeps sums right on average */
    if (reading->is_small_count)
        om_find(ctx, "small_count_midpoint", om_tr("%s, %s %zu: %s read as %g, the middle of what it hides"),
                path, unit, place, text, value);
    if (reading->has_decimal_comma)
        om_find(ctx, "decimal_comma", om_tr("%s, %s %zu: %s read as %.15g"), path, unit, place, text, value);
    if (reading->has_thousands)
        om_find(ctx, "thousands_grouped", om_tr("%s, %s %zu: %s read as %.15g"), path, unit, place, text,
                value);
}

om_status table_read_number(om_context *ctx, const struct table *table, size_t row, size_t field,
                            enum table_number kind, double minimum, double *out)
{
    const char *text = table_text(table, row, field);
    struct reading reading = {0};
    double value = NAN;
    if (*text && !parse(text, kind, &reading, &value))
        return table_fail(ctx, table, row, field, om_tr("a number"));
    if (*text && value < minimum) {
        char needed[64];
        snprintf(needed, sizeof needed, om_tr("a number of at least %g"), minimum);
        return table_fail(ctx, table, row, field, needed);
    }
    if (*text && value > largest_number)
        return table_fail(ctx, table, row, field, om_tr("a number below ten thousand million"));
    report(ctx, table, row, text, value, &reading);
    *out = value;
    return OM_OK;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

om_status table_read_date(om_context *ctx, const struct table *table, size_t row, size_t field, char text[11],
                          bool *given)
{
    static const char *const forms[] = {"%4d-%2d-%2d%n", "%4d/%2d/%2d%n", "%4d%2d%2d%n"};
    const char *cell = table_text(table, row, field);
    *given = *cell != '\0';
    if (!*given)
        return OM_OK;
    int year = 0, month = 0, day = 0, used = 0;
    for (size_t i = 0; i < 3 && !used; i++)
        if (sscanf(cell, forms[i], &year, &month, &day, &used) != 3)
            used = 0;
    bool ends = used && (!cell[used] || cell[used] == ' ' || cell[used] == 'T');
    if (!ends || year < 1900 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return table_fail(ctx, table, row, field, om_tr("a date like 2024-01-31"));
    char written[40];
    snprintf(written, sizeof written, "%04d-%02d-%02d", year, month, day);
    memcpy(text, written, 10);
    text[10] = '\0';
    return OM_OK;
}

om_status table_read_flag(om_context *ctx, const struct table *table, size_t row, size_t field, bool *out)
{
    static const char *const yes[] = {"yes", "ja", "true", "1", "x", "sant"};
    static const char *const no[] = {"", "no", "nej", "false", "0", "falskt"};
    const char *text = table_text(table, row, field);
    for (size_t i = 0; i < 6; i++) {
        if (strcasecmp(text, yes[i]) == 0 || strcasecmp(text, no[i]) == 0) {
            *out = strcasecmp(text, yes[i]) == 0;
            return OM_OK;
        }
    }
    return table_fail(ctx, table, row, field, om_tr("yes or no"));
}

#include "feed_internal.h"

#include <stdio.h>

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool feed_date_is_valid(int32_t date)
{
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (year < FEED_FIRST_YEAR || year > FEED_LAST_YEAR || month < 1 || month > 12)
        return false;
    return day >= 1 && day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Civil calendar to days and back, counting years from March so that the leap day comes last
 * (H. Hinnant, chrono-compatible low-level date algorithms). */
int32_t feed_day_of(int32_t date)
{
    int32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    year -= month <= 2;
    int32_t era = year / 400, year_of_era = year % 400;
    int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int32_t feed_date_of(int32_t day)
{
    int32_t shifted = day + 719468;
    int32_t era = shifted / 146097, day_of_era = shifted % 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int32_t year = year_of_era + era * 400 + (month <= 2);
    return year * 10000 + month * 100 + day_of_year - (153 * month_from_march + 2) / 5 + 1;
}

int feed_weekday_of(int32_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

om_status data_date_parse(om_context *ctx, const char *text, int32_t *date)
{
    int32_t value = 0;
    size_t length = strlen(text);
    bool is_dashed = length == 10 && text[4] == '-' && text[7] == '-';
    bool is_date = is_dashed || length == 8;
    for (size_t i = 0; i < length && is_date; i++) {
        if (is_dashed && (i == 4 || i == 7))
            continue;
        is_date = text[i] >= '0' && text[i] <= '9';
        value = value * 10 + (text[i] - '0');
    }
    if (!is_date || !feed_date_is_valid(value))
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("\"%s\" is not a date; write YYYY-MM-DD, for example 2022-09-13"), text);
    *date = value;
    return OM_OK;
}

void data_date_format(int32_t date, char text[11])
{
    int32_t shown = date < 0 ? 0 : date % 100000000;
    snprintf(text, 11, "%04d-%02d-%02d", (int)(shown / 10000) % 10000, (int)(shown / 100) % 100,
             (int)shown % 100);
}

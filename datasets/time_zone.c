/*
 * GLib reads the zone data: the C library's own functions know only the zone of the whole process, which
 * cannot be changed while other threads run. A time_zone is a GTimeZone.
 */
#include "time_zone.h"

#include <glib.h>

enum { DAY_S = 86400 };

time_zone *time_zone_new(const char *name)
{
    return (time_zone *)g_time_zone_new_identifier(name);
}

void time_zone_free(time_zone *zone)
{
    if (zone)
        g_time_zone_unref((GTimeZone *)zone);
}

int32_t time_zone_offset_at_noon_s(time_zone *zone, int32_t day)
{
    gint64 local_s = (gint64)day * DAY_S + DAY_S / 2;
    int interval = zone ? g_time_zone_find_interval((GTimeZone *)zone, G_TIME_TYPE_STANDARD, local_s) : -1;
    return interval < 0 ? 0 : g_time_zone_get_offset((GTimeZone *)zone, interval);
}

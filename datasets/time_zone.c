/*
 * GLib reads the zone data: the C library's own functions know only the zone of the whole process, which
 * cannot be changed while other threads run.
 */
#include "time_zone.h"

#include <glib.h>

enum { DAY_S = 86400 };

bool time_zone_is_known(const char *name)
{
    GTimeZone *zone = g_time_zone_new_identifier(name);
    if (!zone)
        return false;
    g_time_zone_unref(zone);
    return true;
}

int32_t time_zone_offset_at_noon_s(const char *name, int32_t day)
{
    GTimeZone *zone = g_time_zone_new_identifier(name);
    if (!zone)
        return 0;
    gint64 local_s = (gint64)day * DAY_S + DAY_S / 2;
    int32_t offset_s = 0;
    int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_STANDARD, local_s);
    if (interval >= 0)
        offset_s = g_time_zone_get_offset(zone, interval);
    g_time_zone_unref(zone);
    return offset_s;
}

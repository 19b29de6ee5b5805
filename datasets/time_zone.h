/* Time zones of the system's zone data (tzdata), by name: "Europe/Stockholm". Safe to use from any thread. */
#ifndef DATASETS_TIME_ZONE_H
#define DATASETS_TIME_ZONE_H

#include <stdbool.h>
#include <stdint.h>

bool time_zone_is_known(const char *name);

/* Seconds that local time is ahead of UTC at noon of a day (days since 1970-01-01); 0 for unknown zones. */
int32_t time_zone_offset_at_noon_s(const char *name, int32_t day);

#endif

/* Time zones of the system's zone data (tzdata), by name: "Europe/Stockholm". Safe to use from any thread. */
#ifndef DATASETS_TIME_ZONE_H
#define DATASETS_TIME_ZONE_H

#include <stdint.h>

typedef struct time_zone time_zone;

/* The zone of that name, or NULL when it is not known. The caller frees it; NULL is accepted. */
time_zone *time_zone_new(const char *name);
void time_zone_free(time_zone *zone);

/* Seconds that local time is ahead of UTC at noon of a day (days since 1970-01-01); 0 for NULL. */
int32_t time_zone_offset_at_noon_s(time_zone *zone, int32_t day);

#endif

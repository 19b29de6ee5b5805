/*
 * Small GTFS feeds for tests: a plain one that is right, of which a test replaces the files it is about.
 *
 * The plain feed runs every day of September 2022: one bus A - B - C (trip T, 07:00 07:10 07:20) and station
 * S with the stops S1 and S2.
 */
#ifndef TESTS_GTFS_H
#define TESTS_GTFS_H

#include "kit.h"

struct gtfs_file {
    const char *name, *text; /* NULL text: the feed has no such file */
};

static const struct gtfs_file gtfs_plain[] = {
    {"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\n"
                   "L,Länstrafiken,https://example.org,Europe/Stockholm\n"},
    {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
                  "A,Arne,65.60,22.10,0,\n"
                  "B,Berit,65.61,22.11,,\n"
                  "C,Cilla,65.62,22.12,,\n"
                  "S,Stationen,65.63,22.13,1,\n"
                  "S1,Läge 1,65.63,22.13,0,S\n"
                  "S2,Läge 2,65.63,22.13,0,S\n"},
    {"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\n"
                   "R,L,10,Arne till Cilla,700\n"},
    {"calendar.txt",
     "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
     "D,1,1,1,1,1,1,1,20220901,20220930\n"},
    {"trips.txt", "route_id,service_id,trip_id\n"
                  "R,D,T\n"},
    {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                       "T,07:00:00,07:00:00,A,1\n"
                       "T,07:10:00,07:10:00,B,2\n"
                       "T,07:20:00,07:20:00,C,3\n"},
};

static inline const struct gtfs_file *gtfs_replacement(const char *name, const struct gtfs_file *files,
                                                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (files[i].name && strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}

/* Writes the plain feed into a folder, with these files instead of or besides its own. */
static inline void gtfs_write(const char *folder, const struct gtfs_file *files, size_t n)
{
    char path[512];
    for (size_t i = 0; i < sizeof gtfs_plain / sizeof *gtfs_plain; i++) {
        if (gtfs_replacement(gtfs_plain[i].name, files, n))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, gtfs_plain[i].name);
        kit_write(path, gtfs_plain[i].text);
    }
    for (size_t i = 0; i < n; i++) {
        if (!files[i].name || !files[i].text)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        kit_write(path, files[i].text);
    }
}

#endif

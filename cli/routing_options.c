/* The conditions of travel on the command line, and in a file of profiles. */
#include "routing.h"

const char *const routing_weekdays[] = {"any",    "monday",   "tuesday", "wednesday", "thursday",
                                        "friday", "saturday", "sunday",  NULL};
static const char *const transfer_words[] = {"full", "station", "none", NULL};

#define AT(field) offsetof(struct routing, field)
const struct cli_option routing_options[ROUTING_OPTIONS] = {
    {"from", 0, CLI_CLOCK, AT(from_s), OM_NOTE("HH:MM"),
     OM_NOTE("Beginning of the window of departures (07:00)"), 0, 0, NULL},
    {"until", 0, CLI_CLOCK, AT(until_s), OM_NOTE("HH:MM"), OM_NOTE("End of the window, exclusive (09:00)"), 0,
     0, NULL},
    {"arrive-by", 0, CLI_FLAG, AT(arrive_by), NULL,
     OM_NOTE("The window is of arrivals: to be there at one of its minutes, until its end at the latest"), 0,
     0, NULL},
    {"date", 'd', CLI_DATE, AT(date), OM_NOTE("YYYY-MM-DD"),
     OM_NOTE("Service date (the busiest weekday of the timetable)"), 0, 0, NULL},
    {"weekday", 0, CLI_WORD, AT(weekday), OM_NOTE("DAY"),
     OM_NOTE("The busiest monday, tuesday …, sunday of the timetable instead of a date"), 0, 0,
     routing_weekdays},
    {"transfers", 0, CLI_WORD, AT(transfers), "full|station|none",
     OM_NOTE("Which rules of transfers.txt hold: all (full), minimum times at stations, none"), 0, 0,
     transfer_words},
    {"walk", 0, CLI_NUMBER, AT(walk_m), OM_NOTE("METRES"),
     OM_NOTE("Longest walk to a stop and between stations (1000); 0 = none"), 0, 20000, NULL},
    {"detour", 0, CLI_NUMBER, AT(detour), OM_NOTE("FACTOR"),
     OM_NOTE("Walked distance over straight distance (1.3)"), 1, 10, NULL},
    {"walk-speed", 0, CLI_NUMBER, AT(walk_km_h), OM_NOTE("KM/H"), OM_NOTE("Walking speed (4.8)"), 0.1, 20,
     NULL},
    {"min-transfer", 0, CLI_WHOLE, AT(min_transfer_s), OM_NOTE("SECONDS"),
     OM_NOTE("Least time for a change within a station (0)"), 0, 86400, NULL},
    {"max-transfers", 0, CLI_WHOLE, AT(max_transfers), OM_NOTE("N"),
     OM_NOTE("Most changes in a journey (-1, no limit)"), -1, 100, NULL},
    {"limit", 0, CLI_WHOLE, AT(limit_min), OM_NOTE("MINUTES"),
     OM_NOTE("Longest travel time looked for (0, no limit); whatever takes longer is unreachable"), 0, 10000,
     NULL},
    {"no-on-demand", 0, CLI_FLAG, AT(no_on_demand), NULL, OM_NOTE("Leave out trips that must be booked"), 0,
     0, NULL},
    {"modes", 0, CLI_WORDS, AT(modes), OM_NOTE("MODE,…"),
     OM_NOTE("Only these means of transport, such as rail,bus (all)"), 0, 0, data_mode_words},
    {"cache", 0, CLI_OPTIONAL, AT(cache), OM_NOTE("DIR"),
     OM_NOTE("Keep what is read from the feeds in files, and use those next time (~/.cache/omland)"), 0, 0,
     NULL},
};

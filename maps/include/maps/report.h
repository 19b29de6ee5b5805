/*
 * A judged case as a report to be read: a summary, maps, tables, the rules, causes, method and sources.
 */
#ifndef MAPS_REPORT_H
#define MAPS_REPORT_H

#include "maps/result.h"

struct map_report {     /* all borrowed */
    const char *region; /* name or code of a county: its part, with the country's figures beside; NULL: all */
    const char *command; /* that makes the report again, without the output; NULL: not told */
};

#endif

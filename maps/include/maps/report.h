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

/*
 * Writes the report by output name: OUT.html is one self-contained page, OUT.pdf the same on A4, OUT.xlsx a
 * workbook with a sheet per table. Its language is the one in force. A result with a `before` tells what
 * changed. Equal input gives equal bytes. OM_INVALID_ARGUMENT lists the formats there are; OM_NOT_FOUND the
 * counties; OM_EXISTS without overwrite; OM_BAD_DATA: more rows, or a longer text, than a workbook holds.
 * Written under a temporary name first.
 */
om_status map_report(om_context *ctx, const struct map_result *result, const struct map_report *request,
                     const char *path, bool overwrite);

/* Whether map_report knows the name's format, before anything is judged. OM_INVALID_ARGUMENT lists them. */
om_status map_report_check(om_context *ctx, const char *path);

#endif

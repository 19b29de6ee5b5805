/* The conditions of travel as a project keeps them beside its travel times. */
#include "routing.h"

#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

static const char *const transfer_rules[] = {"full", "station", "none"};
enum { TRANSFER_RULES = sizeof transfer_rules / sizeof *transfer_rules };
static const char modes_key[] = " modes=";

char *routing_conditions_text(const struct routing *routing)
{
    return om_format("transfers=%s walk_m=%g detour=%g walk_km_h=%g min_transfer_s=%d max_transfers=%d "
                     "limit_min=%d on_demand=%s%s%s",
                     transfer_rules[routing->transfers], routing->walk_m, routing->detour, routing->walk_km_h,
                     routing->min_transfer_s, routing->max_transfers, routing->limit_min,
                     routing->no_on_demand ? "no" : "yes", routing->modes ? modes_key : "",
                     routing->modes ? routing->modes : "");
}

om_status routing_of_profile(om_context *ctx, const struct data_profile *profile, struct routing *out)
{
    struct routing routing = {.date = profile->date,
                              .from_s = profile->from_s,
                              .until_s = profile->until_s,
                              .arrive_by = profile->arrive_by};
    char transfers[16] = "", on_demand[8] = "";
    int n = profile->options
                ? sscanf(profile->options,
                         "transfers=%15s walk_m=%lg detour=%lg walk_km_h=%lg min_transfer_s=%d "
                         "max_transfers=%d limit_min=%d on_demand=%7s",
                         transfers, &routing.walk_m, &routing.detour, &routing.walk_km_h,
                         &routing.min_transfer_s, &routing.max_transfers, &routing.limit_min, on_demand)
                : 0;
    while (routing.transfers < TRANSFER_RULES && strcmp(transfers, transfer_rules[routing.transfers]) != 0)
        routing.transfers++;
    if (n != 8 || routing.transfers == TRANSFER_RULES || !profile->date || profile->from_s == GEO_NO_TIME)
        return om_fail(
            ctx, OM_BAD_DATA,
            om_tr("the travel times \"%s\" were imported, so it is not known how to find others like "
                  "them; `omland times PROJECT --feed FEED` computes them from a timetable"),
            profile->name);
    const char *modes = strstr(profile->options, modes_key);
    routing.no_on_demand = strcmp(on_demand, "no") == 0;
    routing.modes = modes ? modes + strlen(modes_key) : NULL;
    *out = routing;
    return OM_OK;
}

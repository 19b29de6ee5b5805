/*
 * What every printed result begins and ends with: the plan, the rules and the notice; the hashes. A
 * comparison tells both plans.
 */
#ifndef MAPS_TEXT_PARTS_H
#define MAPS_TEXT_PARTS_H

#include "maps/result.h"

typedef om_status map_text_part(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out);

/* The opening, the parts up to NULL, and the hashes. */
om_status map_print_parts(om_context *ctx, const struct map_result *result,
                          const struct map_text_style *style, map_text_part *const *parts, FILE *out);

map_text_part map_in_house_part; /* the sites, and who is not served */
map_text_part map_market_part, map_equity_part, map_localities_part;

/* What map_gaps_text prints between opening and hashes. */
map_text_part map_gaps_part;

#endif

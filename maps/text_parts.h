/*
 * What every printed result begins and ends with: the plan, the rules and the notice; the hashes.
 */
#ifndef MAPS_TEXT_PARTS_H
#define MAPS_TEXT_PARTS_H

#include "maps/result.h"

void map_opening_text(const struct map_result *result, const struct map_text_style *style, FILE *out);
void map_hashes_text(const struct map_result *result, const struct map_text_style *style, FILE *out);

#endif

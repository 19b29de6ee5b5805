/*
 * What stands beside a map: what it is of, what decides its classes, and where it comes from. Drawn maps and
 * QGIS's print layouts say the same. Texts are translated and owned by the caller; NULL: no memory.
 */
#ifndef MAPS_MAP_CAPTION_H
#define MAPS_MAP_CAPTION_H

#include "theme.h"

char *caption_plans(const struct map_result *result); /* "Plan fa2015, 60 areas"; "Plan B against A" */
/* The rules, or the regions that areas are held against. */
char *caption_rules(const struct map_result *result, const struct theme *theme);
char *caption_maker(const struct map_result *result); /* "Drawn by Omland 1.0. Result 0123abcd." */

/* Of a scale bar: the largest of 1, 2 and 5 times a power of ten that is no longer than so many metres. */
double caption_round_length_m(double most_m);

#endif

/*
 * The parts of a comparison in text. The result has a `before`.
 */
#ifndef MAPS_COMPARISON_PARTS_H
#define MAPS_COMPARISON_PARTS_H

#include "text_parts.h"

map_text_part comparison_print_families, comparison_print_flows, comparison_print_renamed;

/* The areas that live on and are judged otherwise by some rule. */
map_text_part comparison_print_verdicts;

/* "… and 12 more; --all shows them", or nothing. */
void comparison_print_rest(const struct map_text_style *style, size_t n, FILE *out);

#endif

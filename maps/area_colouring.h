/*
 * Colours for the areas of a plan, of which neighbours never share one.
 */
#ifndef MAPS_AREA_COLOURING_H
#define MAPS_AREA_COLOURING_H

#include "planner/plan.h"

enum { AREA_COLOURS_MOST = 32 };

/*
 * colour_of[a] is 0 .. n_colours-1; n_areas items, the caller's. Areas are neighbours when a municipality of
 * one borders, or is linked with, one of the other. Each colour is used about as often. It depends on who is
 * in an area with whom, not on what areas are called.
 *
 * Areas are coloured by DSATUR (Brelaz D, New methods to color the vertices of a graph, Communications of the
 * ACM 22(4), 1979) and, where that runs out of colours, by going back on choices, for so many steps. Four
 * colours are always enough for areas in one piece without links, but such a colouring may not be found;
 * six are always enough for them and hardly ever need a step back. Where none is found, *n_shared tells how
 * many pairs of neighbours share a colour after all; else it is 0. OM_INVALID_ARGUMENT unless n_colours is
 * 1 .. AREA_COLOURS_MOST, OM_NO_MEMORY.
 */
om_status area_colouring(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                         int n_colours, int *colour_of, size_t *n_shared);

#endif

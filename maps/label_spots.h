/*
 * Spots for labels: inside a shape for the names of areas, beside a point for the names of places.
 */
#ifndef MAPS_LABEL_SPOTS_H
#define MAPS_LABEL_SPOTS_H

#include "label_placement.h"

enum { LABEL_AREA_SPOTS = 24, LABEL_POINT_SPOTS = 8 };

/*
 * Spots for a text of that size in a shape, the best first. The best is the shape's middle as the text sees
 * it: where the text, were it ever larger, would stay inside longest; so it lies in the largest piece, off
 * its bays and lakes. Costs: 0 up to 0.5 where the text fits, more the larger the part that does not.
 * Only what lies within the frame counts. *n is 0 when nothing does. OM_NO_MEMORY.
 */
om_status label_spots_in_shape(om_context *ctx, const struct page_shape *shape, const struct page_box *frame,
                               double width, double height, struct label_spot spots[LABEL_AREA_SPOTS],
                               size_t *n);

/*
 * Spots beside a point with a symbol of that radius, in Imhof's order: right above, right below, left above,
 * left below, right, above, below, left (Imhof E, Positioning names on maps, The American Cartographer 2,
 * 1975).
 */
void label_spots_at_point(double x, double y, double radius, double width, double height,
                          struct label_spot spots[LABEL_POINT_SPOTS]);

#endif

/*
 * One map composed on a canvas: the municipalities by their classes, areas, names, legend, scale and sources.
 */
#ifndef MAPS_DRAWN_MAP_H
#define MAPS_DRAWN_MAP_H

#include "drawing_canvas.h"

/*
 * Draws the request into rect, whatever its width_px and height_px say; letters and lines are sized by the
 * rect's width. OM_NOT_FOUND and OM_INVALID_ARGUMENT as map_draw.
 */
om_status drawn_map_on(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                       struct canvas *canvas, struct canvas_rect rect);

/* The height that suits the request in so wide a picture; what it asks for itself when that is given. */
om_status drawn_map_height(om_context *ctx, const struct layer_view *view, const struct map_drawing *request,
                           double width, double *height);

#endif

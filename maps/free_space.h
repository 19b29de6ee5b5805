/*
 * Which part of a page is still free, and where in it a box fits.
 */
#ifndef MAPS_FREE_SPACE_H
#define MAPS_FREE_SPACE_H

#include "page.h"

/* Cells that fill the frame; a taken cell is wholly taken. */
struct free_space {
    struct page_box frame;
    double cell_width, cell_height; /* pixels */
    size_t columns, rows;
    unsigned char *is_taken;
};

om_status free_space_new(om_context *ctx, const struct page_box *frame, double cell_px,
                         struct free_space *out);
void free_space_done(struct free_space *space);

/* The same cells taken; both are of the same frame and cells. */
void free_space_copy(struct free_space *to, const struct free_space *from);

om_status free_space_take_shape(om_context *ctx, struct free_space *space, const struct page_shape *shape);
void free_space_take_box(struct free_space *space, const struct page_box *box);

/*
 * The free place for a box of that size that is nearest to `near`, and rather at the left or right edge of
 * the frame than in its midst. OM_NOT_FOUND (without message) when there is none; OM_NO_MEMORY.
 */
om_status free_space_find(om_context *ctx, const struct free_space *space, double width, double height,
                          const struct page_box *near, struct page_box *out);

#endif

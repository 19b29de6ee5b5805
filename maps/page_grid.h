/*
 * Boxes on a page, found again by where they are.
 */
#ifndef MAPS_PAGE_GRID_H
#define MAPS_PAGE_GRID_H

#include "page.h"

struct page_grid_entry {
    struct page_box box;
    uint32_t item;
    int32_t next; /* in the same cell; -1: the last */
};

/* Starts with page_grid_new. Boxes may reach outside the frame. */
struct page_grid {
    struct page_box frame;
    double cell_px;
    size_t columns, rows;
    int32_t *first; /* per cell; -1: empty */
    struct page_grid_entry *entries;
    size_t n_entries, capacity;
    int32_t first_free; /* entries that were removed */
};

om_status page_grid_new(om_context *ctx, const struct page_box *frame, double cell_px, struct page_grid *out);
void page_grid_done(struct page_grid *grid);

om_status page_grid_add(om_context *ctx, struct page_grid *grid, const struct page_box *box, uint32_t item);
void page_grid_remove(struct page_grid *grid, const struct page_box *box, uint32_t item);

/* Calls visit once for each box that overlaps. False from it ends. */
typedef bool page_grid_fn(void *user, uint32_t item);
void page_grid_visit(const struct page_grid *grid, const struct page_box *box, page_grid_fn *visit,
                     void *user);

#endif

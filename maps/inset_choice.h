/*
 * Which parts of a map are too crowded to read and deserve an inset, how large, and where it covers nothing.
 */
#ifndef MAPS_INSET_CHOICE_H
#define MAPS_INSET_CHOICE_H

#include "page.h"

enum { INSETS_MOST = 3 };

/* A municipality as it lies on the page. */
struct inset_unit {
    struct page_box box;
    double size_px; /* the side of a square as large as it; 0 when nothing of it is seen */
};

struct inset_request { /* all borrowed */
    struct page_box frame;
    double legible_px; /* a smaller unit cannot be read; every size below follows from it */
    const struct inset_unit *units;
    size_t n_units;
    const struct page_shape *land; /* must not be covered */
    const struct page_box *taken;  /* nor these */
    size_t n_taken;
};

struct inset {
    struct page_box source; /* the part of the page it shows */
    struct page_box box;    /* where it stands: source, so many times as large */
    double magnification;
};

/*
 * Finds the window of the page where most is crowded, again and again, while it holds several units that
 * cannot be read. An inset is large enough to read half of them, or smaller where it stands nearer then;
 * where that is hardly larger than the map, there is none. It stands in the frame, off land and taken boxes.
 * The most crowded comes first. OM_NO_MEMORY.
 */
om_status inset_choice(om_context *ctx, const struct inset_request *request, struct inset insets[INSETS_MOST],
                       size_t *n);

#endif

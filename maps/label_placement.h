/*
 * Where labels go on a map: none over another, none over what must stay visible, none outside the frame.
 */
#ifndef MAPS_LABEL_PLACEMENT_H
#define MAPS_LABEL_PLACEMENT_H

#include "page.h"

/* A place where a label may stand. */
struct label_spot {
    double x, y; /* the middle of the text's box */
    double cost; /* how much better elsewhere would be: 0 as good as can be, 1 hardly tolerable */
};

struct label {
    double width, height; /* of the text with the room it wants around it */
    double priority;      /* the largest are placed first; of equals the one before */
    const struct label_spot *spots;
    size_t n_spots;
};

struct label_obstacle {
    struct page_box box;
    double cost; /* of covering it; INFINITY: never */
};

struct label_request { /* all borrowed */
    struct page_box frame;
    const struct label *labels;
    size_t n_labels;
    const struct label_obstacle *obstacles;
    size_t n_obstacles;
};

#define LABEL_NOWHERE SIZE_MAX

/*
 * spot_of[i] is the spot of label i, or LABEL_NOWHERE; n_labels items, the caller's. A label takes its
 * cheapest free spot; where none is free, a label that stands in the way moves if it can, whatever its
 * priority, but never disappears. Equal requests give equal places. OM_NO_MEMORY.
 */
om_status label_place(om_context *ctx, const struct label_request *request, size_t *spot_of);

#endif

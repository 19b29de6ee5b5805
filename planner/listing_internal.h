/*
 * A list of names for a message: as many as fit, and how many more there were.
 */
#ifndef PLANNER_LISTING_INTERNAL_H
#define PLANNER_LISTING_INTERNAL_H

#include <stddef.h>

/* Leaves room in a message of OM_MESSAGE_SIZE for the words around the list. Starts as zero bytes. */
struct plan_listing {
    char text[1900];
    size_t used, n, n_omitted;
};

/* Adds one item; ", " goes between items. */
void plan_listing_add(struct plan_listing *listing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Goes on with a new item without a comma before it, e.g. a heading. */
void plan_listing_heading(struct plan_listing *listing, const char *heading);

/* The finished text, with "and N more" when some did not fit. Once per listing. */
const char *plan_listing_text(struct plan_listing *listing);

#endif

#include "listing_internal.h"

#include "geo/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_FOR_THE_REST = 60 };

static size_t room(const struct plan_listing *listing)
{
    return sizeof listing->text - ROOM_FOR_THE_REST - listing->used;
}

/* Takes the whole text or nothing, so that no character is cut in two. */
static void append(struct plan_listing *listing, const char *separator, const char *text)
{
    size_t length = strlen(separator) + strlen(text);
    if (length >= room(listing) || listing->n_omitted) {
        listing->n_omitted++;
        return;
    }
    snprintf(listing->text + listing->used, sizeof listing->text - listing->used, "%s%s", separator, text);
    listing->used += length;
}

void plan_listing_add(struct plan_listing *listing, const char *format, ...)
{
    char item[512];
    va_list args;
    va_start(args, format);
    vsnprintf(item, sizeof item, format, args);
    va_end(args);
    append(listing, listing->n++ ? ", " : "", item);
}

void plan_listing_heading(struct plan_listing *listing, const char *heading)
{
    if (listing->n_omitted)
        return;
    append(listing, listing->used ? "; " : "", heading);
    append(listing, "", " ");
    listing->n = 0;
}

const char *plan_listing_text(struct plan_listing *listing)
{
    if (listing->n_omitted)
        snprintf(listing->text + listing->used, sizeof listing->text - listing->used, om_tr(" and %zu more"),
                 listing->n_omitted);
    return listing->text;
}

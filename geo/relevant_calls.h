/*
 * Which calls of a timetable matter between given points.
 *
 * Most calls of a network can be ridden through without a thought: nobody wants to go there, and changing
 * there gains nothing, since it could be done as well at the call before or the one after. What is left is a
 * much smaller timetable with the same journeys between the points.
 */
#ifndef GEO_RELEVANT_CALLS_H
#define GEO_RELEVANT_CALLS_H

#include "router.h"

struct relevant_calls {
    bool *is_kept;       /* per call: somebody may want to board or alight */
    uint8_t *flags;      /* per call: its flags, with CALL_THROUGH where changing gains nothing */
    bool *is_kept_place; /* where a journey may begin or end, or a call is kept */
};

/* `is_origin` says of each place whether a journey may begin there. */
om_status relevant_calls_init(om_context *ctx, const geo_timetable *timetable, const bool *is_origin,
                              const struct destinations *destinations, struct relevant_calls *out);
void relevant_calls_done(struct relevant_calls *relevant);

#endif

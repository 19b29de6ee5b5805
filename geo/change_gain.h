/*
 * Whether a change between two patterns can be part of a best journey at all.
 *
 * Three kinds of change gain nothing, whatever the hour, because another change gives the same trip no later
 * and with no more transfers:
 *
 * - the second pattern leads back to where one comes from, or a walk from there: board it there;
 * - both patterns go on to the same place, and the first is there in time for the second: change there;
 * - both patterns come from the same place, and who catches the second here catches it there: change there.
 *
 * The last two would send a change to and fro between two calls, if they did not decide by which pattern is
 * the faster one between them. The first needs that one was at the place before, or came to it on foot; who
 * has just begun the journey there was not (see relevant_calls.c).
 */
#ifndef GEO_CHANGE_GAIN_H
#define GEO_CHANGE_GAIN_H

#include "router.h"

typedef struct change_gain change_gain;

/* Borrows the timetable and the destinations. */
om_status change_gain_new(om_context *ctx, const geo_timetable *timetable,
                          const struct destinations *destinations, change_gain **out);
void change_gain_free(change_gain *gain);

/* Alighting at a call that is not the first of its pattern, and boarding at a visit time_s later. */
bool change_gains(const change_gain *gain, uint32_t pattern, uint32_t call, const struct pattern_visit *visit,
                  int32_t time_s);

#endif

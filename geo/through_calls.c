/*
 * Calls at which changing gains nothing, so that the search need not try.
 *
 * Who arrives at a place by pattern P from the place before it, and changes there to a pattern Q that goes
 * back to that place, could have changed to the same trip of Q at the place before: no later, with no more
 * transfers. Where all that can be boarded at a place goes back like that, P is only ridden through. Most
 * stops of a network are such: one line in both directions.
 */
#include "timetable_internal.h"

#include "geo/memory.h"

/* Whether footpaths begin or end at a place. */
static void mark_walked(const geo_timetable *timetable, bool *walked)
{
    for (size_t place = 0; place < timetable->n_places; place++)
        for (uint32_t e = timetable->edge_first[place]; e < timetable->edge_first[place + 1]; e++)
            walked[place] = walked[timetable->edges[e].to] = true;
}

/* Whether a visit only leads back to a place, where it might have been boarded as well. */
static bool goes_back(const geo_timetable *timetable, const struct pattern_visit *visit, uint32_t before)
{
    uint32_t next = visit->call + 1;
    uint8_t flags = timetable->call_flags[next];
    if (timetable->calls[next].place != before || flags & CALL_CHANGES)
        return false;
    return visit->n_left == 1 || (flags & CALL_BOARD && !(flags & CALL_FIRST_ONLY));
}

/* Whether a trip of the pattern may be left here for the one before it, that is still waiting. */
static bool meets_trip_before(const geo_timetable *timetable, const struct pattern_visit *visit,
                              int32_t change_s)
{
    uint32_t n_trips = timetable->patterns[visit->pattern].n_trips;
    const struct trip_time *time = &timetable->times[visit->first_time];
    for (uint32_t trip = 1; trip < n_trips; trip++) {
        time += visit->n_positions;
        if (time->arrival_s + change_s <= time->before_s)
            return true;
    }
    return false;
}

static bool is_through(const geo_timetable *timetable, const bool *walked, uint32_t call, bool boarded_before)
{
    uint32_t place = timetable->calls[call].place, before = timetable->calls[call - 1].place;
    const struct place_links *links = &timetable->links[place];
    if (links->change_s == TIME_NEVER)
        return !walked[place];
    if (walked[place] || walked[before] || timetable->links[before].change_s > links->change_s)
        return false;
    if (!boarded_before && !(timetable->call_flags[call - 1] & CALL_ALIGHT))
        return false;
    for (uint32_t v = links->visit_first; v < links[1].visit_first; v++) {
        const struct pattern_visit *visit = &timetable->visits[v];
        if (visit->call == call ? meets_trip_before(timetable, visit, links->change_s)
                                : !goes_back(timetable, visit, before))
            return false;
    }
    return true;
}

om_status timetable_mark_through_calls(om_context *ctx, geo_timetable *timetable)
{
    bool *walked = om_alloc(timetable->n_places, sizeof *walked);
    if (!walked)
        return om_no_memory(ctx);
    mark_walked(timetable, walked);
    for (size_t p = 0; p < timetable->n_patterns; p++) {
        const struct pattern *pattern = &timetable->patterns[p];
        for (uint32_t i = 1; i < pattern->n_positions; i++)
            if (is_through(timetable, walked, pattern->first_position + i, i == 1))
                timetable->call_flags[pattern->first_position + i] |= CALL_THROUGH;
    }
    /* Who enters by a listed change has not been at the call before in a way that any other trip can use. */
    for (size_t i = 0; i < timetable->n_changes; i++) {
        const struct trip_change *change = &timetable->changes[i];
        uint32_t call = timetable->patterns[change->to_pattern].first_position + change->to_position;
        timetable->call_flags[call + 1] &= (uint8_t)~CALL_THROUGH;
    }
    om_free(walked);
    return OM_OK;
}

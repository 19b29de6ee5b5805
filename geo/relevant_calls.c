#include "relevant_calls.h"

#include "change_gain.h"

#include "geo/memory.h"

#include <string.h>

/* Visits that may gain something, call by call. */
struct options {
    uint32_t *first; /* n_positions + 1 */
    uint32_t *visits;
    size_t n, capacity;
};

struct finding {
    const geo_timetable *timetable;
    const struct destinations *destinations;
    const bool *is_origin;
    change_gain *gain;
    struct options options;
    bool *is_useful;      /* per call: to alight there */
    uint32_t *useful_end; /* per pattern: call after its last useful one; 0 = none */
    bool *is_ready;       /* per place: somebody may change there */
    struct relevant_calls *out;
};

static bool is_destination(const struct finding *finding, uint32_t call)
{
    return finding->destinations->is_one[finding->timetable->call_places[call]];
}

static bool is_end(const struct finding *finding, uint32_t call)
{
    uint8_t flags = finding->timetable->call_flags[call];
    return flags & CALL_CHANGES || (flags & CALL_ALIGHT && is_destination(finding, call));
}

/* Whether a journey may have begun at the call before. Changes there are left to it (see change_gain.h). */
static bool may_be_first(const struct finding *finding, uint32_t call)
{
    return finding->is_origin[finding->timetable->call_places[call - 1]] &&
           finding->timetable->call_flags[call - 1] & CALL_BOARD;
}

static bool add_option(struct options *options, uint32_t visit)
{
    uint32_t *visits = om_grow(options->visits, &options->capacity, options->n + 1, sizeof *visits);
    if (!visits)
        return false;
    options->visits = visits;
    visits[options->n++] = visit;
    return true;
}

/* One will do for a destination: what it leads to is of no interest, since somebody alights there anyway. */
static bool list_visits_of(struct finding *finding, uint32_t pattern, uint32_t call, uint32_t place,
                           int32_t time_s)
{
    const struct place_links *links = &finding->timetable->links[place];
    struct options *options = &finding->options;
    if (time_s == TIME_NEVER)
        return true;
    for (uint32_t v = links->visit_first; v < links[1].visit_first; v++) {
        if (options->n > options->first[call] && is_destination(finding, call))
            break;
        if (change_gains(finding->gain, pattern, call, &finding->timetable->visits[v], time_s) &&
            !add_option(options, v))
            return false;
    }
    return true;
}

static bool list_options_of(struct finding *finding, uint32_t pattern, uint32_t call)
{
    const geo_timetable *timetable = finding->timetable;
    uint32_t place = timetable->call_places[call];
    if (!(timetable->call_flags[call] & CALL_ALIGHT))
        return true;
    bool done = list_visits_of(finding, pattern, call, place, timetable->place_change_s[place]);
    for (uint32_t e = timetable->edge_first[place]; done && e < timetable->edge_first[place + 1]; e++)
        done = list_visits_of(finding, pattern, call, timetable->edges[e].to, timetable->edges[e].duration_s);
    return done;
}

static bool list_options(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    for (uint32_t p = 0; p < timetable->n_patterns; p++) {
        const struct pattern *pattern = &timetable->patterns[p];
        for (uint32_t i = 0; i < pattern->n_positions; i++) {
            finding->options.first[pattern->first_position + i] = (uint32_t)finding->options.n;
            if (i > 0 && !list_options_of(finding, p, pattern->first_position + i))
                return false;
        }
    }
    finding->options.first[timetable->n_positions] = (uint32_t)finding->options.n;
    return true;
}

static bool leads_on(const struct finding *finding, uint32_t visit)
{
    const struct pattern_visit *at = &finding->timetable->visits[visit];
    return finding->useful_end[at->pattern] > at->call + 1;
}

static bool has_use(const struct finding *finding, uint32_t call)
{
    uint32_t first = finding->options.first[call], end = finding->options.first[call + 1];
    if (is_destination(finding, call))
        return end > first;
    for (uint32_t i = first; i < end; i++)
        if (leads_on(finding, finding->options.visits[i]))
            return true;
    return false;
}

static void mark_useful(struct finding *finding, uint32_t pattern, uint32_t call)
{
    finding->is_useful[call] = true;
    if (finding->useful_end[pattern] < call + 1)
        finding->useful_end[pattern] = call + 1;
}

/* Calls at destinations are useful, and calls from which a change leads to a useful one. */
static void find_useful(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    bool again = true;
    for (bool first = true; again; first = false) {
        again = false;
        for (uint32_t p = 0; p < timetable->n_patterns; p++) {
            const struct pattern *pattern = &timetable->patterns[p];
            for (uint32_t call = pattern->first_position;
                 call < pattern->first_position + pattern->n_positions; call++) {
                bool known = first && is_end(finding, call);
                if (finding->is_useful[call] || (!known && !has_use(finding, call)))
                    continue;
                mark_useful(finding, p, call);
                again = true;
            }
        }
    }
}

static void mark_ready(struct finding *finding, uint32_t place)
{
    const geo_timetable *timetable = finding->timetable;
    finding->is_ready[place] = true;
    for (uint32_t e = timetable->edge_first[place]; e < timetable->edge_first[place + 1]; e++)
        finding->is_ready[timetable->edges[e].to] = true;
}

static void mark_through(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    for (uint32_t p = 0; p < timetable->n_patterns; p++) {
        uint32_t first = timetable->patterns[p].first_position;
        for (uint32_t call = first + 1; call < first + timetable->patterns[p].n_positions; call++) {
            bool through = !has_use(finding, call);
            if (through)
                finding->out->flags[call] |= CALL_THROUGH;
            if (!through || may_be_first(finding, call))
                mark_ready(finding, timetable->call_places[call]);
        }
    }
}

static uint32_t call_of_change(const geo_timetable *timetable, const struct trip_change *change)
{
    return timetable->patterns[change->to_pattern].first_position + change->to_position;
}

static void mark_listed_useful(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    for (size_t i = 0; i < timetable->n_changes; i++)
        mark_useful(finding, timetable->changes[i].to_pattern,
                    call_of_change(timetable, &timetable->changes[i]) + 1);
}

/* Who enters by a listed change has not been at the call before in a way that another trip can use. */
static void keep_listed(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    for (size_t i = 0; i < timetable->n_changes; i++) {
        uint32_t call = call_of_change(timetable, &timetable->changes[i]);
        finding->out->is_kept[call] = finding->out->is_kept[call + 1] = true;
        finding->out->flags[call + 1] &= (uint8_t)~CALL_THROUGH;
        mark_ready(finding, timetable->call_places[call + 1]);
    }
}

static void mark_kept(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    for (uint32_t p = 0; p < timetable->n_patterns; p++) {
        uint32_t first = timetable->patterns[p].first_position;
        for (uint32_t call = first; call < first + timetable->patterns[p].n_positions; call++) {
            uint32_t place = timetable->call_places[call];
            bool boarded = timetable->call_flags[call] & CALL_BOARD &&
                           (finding->is_origin[place] ||
                            (finding->is_ready[place] && finding->useful_end[p] > call + 1));
            bool alighted = call > first && (finding->is_useful[call] || may_be_first(finding, call));
            if (boarded || alighted)
                finding->out->is_kept[call] = true;
            if (finding->out->is_kept[call])
                finding->out->is_kept_place[place] = true;
        }
    }
    for (size_t place = 0; place < timetable->n_places; place++)
        if (finding->is_origin[place] || finding->destinations->is_one[place])
            finding->out->is_kept_place[place] = true;
}

static bool allocate(struct finding *finding)
{
    const geo_timetable *timetable = finding->timetable;
    finding->options.first = om_alloc(timetable->n_positions + 1, sizeof *finding->options.first);
    finding->is_useful = om_alloc(timetable->n_positions, sizeof *finding->is_useful);
    finding->useful_end = om_alloc(timetable->n_patterns, sizeof *finding->useful_end);
    finding->is_ready = om_alloc(timetable->n_places, sizeof *finding->is_ready);
    finding->out->is_kept = om_alloc(timetable->n_positions, sizeof *finding->out->is_kept);
    finding->out->flags = om_alloc(timetable->n_positions, sizeof *finding->out->flags);
    finding->out->is_kept_place = om_alloc(timetable->n_places, sizeof *finding->out->is_kept_place);
    return finding->out->is_kept_place && finding->options.first && finding->is_useful &&
           finding->useful_end && finding->is_ready && finding->out->is_kept && finding->out->flags;
}

static void finding_done(struct finding *finding)
{
    change_gain_free(finding->gain);
    om_free(finding->options.first);
    om_free(finding->options.visits);
    om_free(finding->is_useful);
    om_free(finding->useful_end);
    om_free(finding->is_ready);
}

om_status relevant_calls_init(om_context *ctx, const geo_timetable *timetable, const bool *is_origin,
                              const struct destinations *destinations, struct relevant_calls *out)
{
    struct relevant_calls result = {0};
    struct finding finding = {
        .timetable = timetable, .destinations = destinations, .is_origin = is_origin, .out = &result};
    om_status status = change_gain_new(ctx, timetable, destinations, &finding.gain);
    if (status)
        return status;
    if (!allocate(&finding) || !list_options(&finding)) {
        status = om_no_memory(ctx);
        goto done;
    }
    memcpy(result.flags, timetable->call_flags, timetable->n_positions);
    mark_listed_useful(&finding);
    find_useful(&finding);
    mark_through(&finding);
    keep_listed(&finding);
    mark_kept(&finding);
    *out = result;
done:
    finding_done(&finding);
    if (status)
        relevant_calls_done(&result);
    return status;
}

void relevant_calls_done(struct relevant_calls *relevant)
{
    om_free(relevant->is_kept);
    om_free(relevant->flags);
    om_free(relevant->is_kept_place);
    *relevant = (struct relevant_calls){0};
}

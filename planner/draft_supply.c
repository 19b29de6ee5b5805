/* Statuses of a draft: whom a municipality reaches in its area. */
#include "draft_internal.h"

void plan_draft_add_status(const struct plan_unit *unit, enum plan_status status, int64_t sign,
                           struct plan_score *score)
{
    if (status == PLAN_STATUS_CHOICE)
        return;
    score->goal[PLAN_GOAL_WITHOUT_CHOICE] += sign * unit->job_seekers;
    if (status == PLAN_STATUS_NONE)
        score->goal[PLAN_GOAL_WITHOUT_SUPPLIER] += sign * unit->job_seekers;
}

/* An area as it would be: with one municipality more, or one fewer; PLAN_NOWHERE: as it is. */
struct view {
    const int32_t *area_of;
    int32_t area, joining, leaving;
};

static uint64_t is_open(const struct view *view, int32_t m)
{
    return (uint64_t)((view->area_of[m] == view->area && m != view->leaving) || m == view->joining);
}

enum { AT_ONCE = 8 };

/*
 * One word of the options of a municipality that are open to it. Trips are looked at without branches, as no
 * processor foresees which are open; in between, it is asked whether there are enough.
 */
static int32_t count_word(const struct view *view, const int32_t *trips, uint32_t n_trips,
                          const uint64_t *options, uint32_t n_words, int32_t enough)
{
    uint64_t open = options[0];
    for (uint32_t i = 0; i < n_trips;) {
        uint32_t stop = n_trips - i > AT_ONCE ? i + AT_ONCE : n_trips;
        for (; i < stop; i++)
            open |= options[(i + 1) * (size_t)n_words] & (0 - is_open(view, trips[i]));
        if (i < n_trips && plan_count_bits(open) >= enough)
            break;
    }
    return plan_count_bits(open);
}

/* The status of m in an area; its own offices are open to it whatever its area is. */
static enum plan_status status_in(const struct plan_ground *ground, const struct view *view, int32_t m)
{
    const struct plan_unit *unit = &ground->units[m];
    int32_t n = unit->is_settled ? unit->suppliers_own : 0;
    uint32_t n_words = unit->is_settled ? 0 : unit->n_words;
    for (uint32_t w = 0; w < n_words && n < ground->wanted; w++)
        n += count_word(view, ground->trips + unit->first_trip, unit[1].first_trip - unit->first_trip,
                        ground->options + unit->first_options + w, n_words, ground->wanted - n);
    return plan_status_of(n, ground->wanted);
}

enum plan_status plan_draft_count_status(const struct plan_draft *draft, int32_t m)
{
    const int32_t *area_of = draft->zones->area_of;
    const struct view view = {area_of, area_of[m], PLAN_NOWHERE, PLAN_NOWHERE};
    return status_in(draft->ground, &view, m);
}

static void note(const struct plan_draft *draft, int32_t m, enum plan_status status)
{
    struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &draft->ground->units[m];
    enum plan_status before = (enum plan_status)draft->status[m];
    if (status == before)
        return;
    plan_draft_add_status(unit, before, -1, &trial->score);
    plan_draft_add_status(unit, status, 1, &trial->score);
    trial->statuses[trial->n_statuses++] = (struct plan_status_change){m, status};
}

void plan_draft_try_statuses(const struct plan_draft *draft, int32_t m, int32_t area)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    const int32_t *area_of = draft->zones->area_of;
    const struct view without = {area_of, area_of[m], PLAN_NOWHERE, m},
                      with = {area_of, area, m, PLAN_NOWHERE};
    draft->trial->n_statuses = 0;
    if (!unit->is_settled)
        note(draft, m, status_in(ground, &with, m));
    for (uint32_t i = unit->first_visitor; i < unit[1].first_visitor; i++) {
        int32_t visitor = ground->visitors[i], home = area_of[visitor];
        if (home == without.area)
            note(draft, visitor, status_in(ground, &without, visitor));
        else if (home == with.area && draft->status[visitor] != PLAN_STATUS_CHOICE)
            note(draft, visitor, status_in(ground, &with, visitor));
    }
}

void plan_draft_retry_statuses(const struct plan_draft *draft, const struct plan_redivision *redivision)
{
    draft->trial->n_statuses = 0;
    for (int32_t i = 0; i < redivision->n; i++)
        if (!draft->ground->units[redivision->member[i]].is_settled)
            note(draft, redivision->member[i], plan_draft_count_status(draft, redivision->member[i]));
}

void plan_draft_make_statuses(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    for (int32_t i = 0; i < trial->n_statuses; i++)
        draft->status[trial->statuses[i].municipality] = (uint8_t)trial->statuses[i].status;
}

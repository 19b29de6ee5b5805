/* Statuses of a draft: whom a municipality reaches in its area. */
#include "draft_internal.h"

/* What is open to a municipality in an area: its own offices are, whatever the area, and those at the end of
 * its trips if they are in it. Looked at without branches, as no processor foresees which are. */
static struct plan_open look_around(const struct plan_draft *draft, const struct plan_unit *unit,
                                    uint32_t word, int32_t area)
{
    const uint64_t *options = draft->ground->options + unit->first_options + word;
    const int32_t *trips = draft->ground->trips + unit->first_trip, *area_of = draft->zones->area_of;
    struct plan_open open = {options[0], options[0]};
    for (uint32_t i = 0; i < unit->n_trips; i++) {
        options += unit->n_words;
        uint64_t found = options[0] & (0 - (uint64_t)(area_of[trips[i]] == area));
        open.twice |= open.once & found;
        open.once |= found;
    }
    return open;
}

/* Of one that is not settled. */
static int32_t count_inside(const struct plan_draft *draft, const struct plan_unit *unit, int32_t area)
{
    int32_t n = 0;
    for (uint32_t w = 0; w < unit->n_words; w++)
        n += plan_count_bits(look_around(draft, unit, w, area).once);
    return n;
}

static void refresh(struct plan_draft *draft, int32_t m)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    if (plan_is_settled(unit))
        return;
    draft->n_inside[m] = 0;
    for (uint32_t w = 0; w < unit->n_words; w++) {
        struct plan_open *open = &draft->open[unit->first_open + w];
        *open = look_around(draft, unit, w, draft->zones->area_of[m]);
        draft->n_inside[m] += plan_count_bits(open->once);
    }
}

static void add_status(const struct plan_unit *unit, enum plan_status status, int64_t sign,
                       struct plan_score *score)
{
    score->goal[PLAN_GOAL_WITHOUT_CHOICE] += status != PLAN_STATUS_CHOICE ? sign * unit->job_seekers : 0;
    score->goal[PLAN_GOAL_WITHOUT_SUPPLIER] += status == PLAN_STATUS_NONE ? sign * unit->job_seekers : 0;
}

/* ---- one municipality ---- */

static void change_status(const struct plan_draft *draft, const struct plan_unit *unit, int32_t before,
                          int32_t now)
{
    int32_t wanted = draft->ground->wanted;
    add_status(unit, plan_status_of(before, wanted), -1, &draft->trial->score);
    add_status(unit, plan_status_of(now, wanted), 1, &draft->trial->score);
}

/* A municipality in the area of a side, where it was not or whose other members have changed: its status, and
 * its lack of a choice if it has none there. */
static void try_in_area(const struct plan_draft *draft, int32_t m, int32_t area, int side)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    int32_t before = draft->n_inside[m], now = before;
    if (!plan_is_settled(unit)) {
        now = count_inside(draft, unit, area);
        change_status(draft, unit, before, now);
    }
    if (now >= ground->wanted)
        return;
    int32_t n_offered = ground->by_contract ? plan_draft_count_offered(draft, unit, area) : 0;
    plan_draft_try_lack(draft, side, plan_draft_lack(draft, unit, n_offered), unit, 1);
}

/* The municipality that moves. */
static void try_mover(const struct plan_draft *draft, int32_t m, int32_t area)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    if (draft->n_inside[m] < draft->ground->wanted)
        plan_draft_try_lack(draft, 0, plan_draft_lack(draft, unit, draft->n_offered[m]), unit, -1);
    try_in_area(draft, m, area, 1);
}

/* How many options a visitor loses that are open only where it visits, or gains that are open nowhere. */
static int32_t count_change(const struct plan_draft *draft, const struct plan_unit *unit,
                            const struct plan_visit *visit, bool gains)
{
    const struct plan_open *open = draft->open + unit->first_open;
    const uint64_t *options = draft->ground->options + visit->options;
    int32_t n = 0;
    for (uint32_t w = 0; w < unit->n_words; w++)
        n += plan_count_bits(options[w] & (gains ? ~open[w].once : open[w].once & ~open[w].twice));
    return gains ? n : -n;
}

static void try_visitor(const struct plan_draft *draft, const struct plan_visit *visit, int side)
{
    int32_t wanted = draft->ground->wanted, before = draft->n_inside[visit->visitor];
    const struct plan_unit *unit = &draft->ground->units[visit->visitor];
    int32_t now = before + count_change(draft, unit, visit, side);
    if (plan_status_of(now, wanted) == plan_status_of(before, wanted))
        return;
    change_status(draft, unit, before, now);
    if ((before < wanted) != (now < wanted))
        plan_draft_try_lack(draft, side, PLAN_LACK_NEAR, unit, now < wanted ? 1 : -1);
}

void plan_draft_try_statuses(const struct plan_draft *draft, int32_t m, int32_t area)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    const struct plan_visit *visits = draft->ground->visits + unit->first_visit;
    const int32_t *area_of = draft->zones->area_of;
    int32_t from = area_of[m];
    try_mover(draft, m, area);
    for (uint32_t i = 0; i < unit->n_visits; i++) {
        int32_t home = area_of[visits[i].visitor];
        if (home == from || home == area)
            try_visitor(draft, &visits[i], home == area);
    }
}

/* What it visits has come to its area. */
static void gain(struct plan_draft *draft, const struct plan_visit *visit)
{
    const struct plan_unit *unit = &draft->ground->units[visit->visitor];
    const uint64_t *options = draft->ground->options + visit->options;
    draft->n_inside[visit->visitor] += count_change(draft, unit, visit, true);
    for (uint32_t w = 0; w < unit->n_words; w++) {
        struct plan_open *open = &draft->open[unit->first_open + w];
        open->twice |= open->once & options[w];
        open->once |= options[w];
    }
}

/* What it visits has left its area. Whether what was open at more than one place still is, only a look around
 * tells. */
static void lose(struct plan_draft *draft, const struct plan_visit *visit)
{
    const struct plan_unit *unit = &draft->ground->units[visit->visitor];
    const uint64_t *options = draft->ground->options + visit->options;
    int32_t area = draft->zones->area_of[visit->visitor];
    draft->n_inside[visit->visitor] += count_change(draft, unit, visit, false);
    for (uint32_t w = 0; w < unit->n_words; w++) {
        struct plan_open *open = &draft->open[unit->first_open + w];
        if (options[w] & open->twice)
            *open = look_around(draft, unit, w, area);
        else
            open->once &= ~options[w];
    }
}

void plan_draft_make_statuses(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    const struct plan_unit *unit = &draft->ground->units[trial->municipality];
    const struct plan_visit *visits = draft->ground->visits + unit->first_visit;
    refresh(draft, trial->municipality);
    for (uint32_t i = 0; i < unit->n_visits; i++) {
        int32_t home = draft->zones->area_of[visits[i].visitor];
        if (home == trial->area[0])
            lose(draft, &visits[i]);
        else if (home == trial->area[1])
            gain(draft, &visits[i]);
    }
}

/* ---- two areas divided anew ---- */

void plan_draft_retry_statuses(const struct plan_draft *draft, const struct plan_redivision *redivision)
{
    for (int32_t i = 0; i < redivision->n; i++)
        try_in_area(draft, redivision->member[i], redivision->area[redivision->side[i]], redivision->side[i]);
}

void plan_draft_remake_statuses(struct plan_draft *draft)
{
    const struct plan_zones *zones = draft->zones;
    for (int side = 0; side < PLAN_SIDES; side++) {
        int32_t area = draft->trial->area[side];
        for (int32_t m = zones->zones[area].first_member; m != PLAN_NOWHERE; m = zones->next_member[m]) {
            refresh(draft, m);
            if (draft->ground->by_contract)
                draft->n_offered[m] = plan_draft_count_offered(draft, &draft->ground->units[m], area);
        }
    }
}

/* ---- all anew ---- */

void plan_draft_fill_statuses(struct plan_draft *draft)
{
    const struct plan_ground *ground = draft->ground;
    const int32_t *area_of = draft->zones->area_of;
    for (int32_t m = 0; m < (int32_t)ground->n; m++) {
        const struct plan_unit *unit = &ground->units[m];
        draft->n_inside[m] = plan_reach_count(ground->reach, area_of, m, PLAN_NOWHERE);
        refresh(draft, m);
        if (ground->by_contract)
            draft->n_offered[m] = plan_draft_count_offered(draft, unit, area_of[m]);
        add_status(unit, plan_draft_status(draft, m), 1, &draft->score);
        if (draft->n_inside[m] >= ground->wanted)
            continue;
        struct plan_tally *lack =
            &draft->areas[area_of[m]].lacks[plan_draft_lack(draft, unit, draft->n_offered[m])];
        lack->n++;
        lack->job_seekers += unit->job_seekers;
    }
}

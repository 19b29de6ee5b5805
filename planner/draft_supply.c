/* Statuses and markets of a draft. */
#include "draft_internal.h"

enum plan_verdict plan_draft_market(const struct plan_ground *ground, const struct plan_area_people *people)
{
    return plan_market_verdict((double)people->participants / (double)PLAN_PERSON,
                               people->n_unknown_participants > 0, people->n_suppliers,
                               ground->input->rules->min_participants_per_supplier);
}

/* Job seekers of an area that fails the market rule, else 0. */
static int64_t thin_market(const struct plan_ground *ground, const struct plan_area_people *people)
{
    return plan_draft_market(ground, people) == PLAN_VERDICT_FAIL ? people->job_seekers : 0;
}

/* Job seekers too few or too many in an area that is not empty. */
static int64_t size_violation(const struct plan_limits *limits, int64_t job_seekers)
{
    if (job_seekers < limits->min_job_seekers)
        return limits->min_job_seekers - job_seekers;
    return job_seekers > limits->max_job_seekers ? job_seekers - limits->max_job_seekers : 0;
}

int64_t plan_draft_count_violation(const struct plan_limits *limits, int32_t n_areas)
{
    int64_t wrong = 0;
    if (n_areas < limits->min_areas)
        wrong = limits->min_areas - n_areas;
    if (n_areas > limits->max_areas)
        wrong = n_areas - limits->max_areas;
    return wrong * PLAN_VIOLATION_PERSONS * PLAN_PERSON;
}

static void score_status(const struct plan_unit *unit, enum plan_status status, int64_t sign,
                         struct plan_score *score)
{
    if (status == PLAN_STATUS_CHOICE)
        return;
    score->goal[PLAN_GOAL_WITHOUT_CHOICE] += sign * unit->job_seekers;
    if (status == PLAN_STATUS_NONE)
        score->goal[PLAN_GOAL_WITHOUT_SUPPLIER] += sign * unit->job_seekers;
}

static bool may_serve(const struct plan_ground *ground, int32_t n_offices, int32_t n_contracts)
{
    return n_offices > 0 && (!ground->by_contract || n_contracts > 0);
}

/* How many suppliers more (or fewer, with change -1) may serve in the area when m is in it. */
static int32_t suppliers_brought(const struct plan_draft *draft, int32_t m, int32_t area, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    int32_t brought = 0;
    for (uint32_t i = ground->units[m].first_stake; i < ground->units[m + 1].first_stake; i++) {
        const struct plan_stake *stake = &ground->stakes[i];
        const struct plan_supplier_presence *now = plan_draft_presence(draft, area, stake->supplier);
        brought += may_serve(ground, now->n_offices + change * stake->has_office,
                             now->n_contracts + change * stake->has_contract);
        brought -= may_serve(ground, now->n_offices, now->n_contracts);
    }
    return brought;
}

static struct plan_area_people with_member(const struct plan_draft *draft, int32_t m, int32_t area,
                                           int32_t change)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    struct plan_area_people people = draft->areas[area].people;
    people.job_seekers += change * unit->job_seekers;
    people.participants += change * unit->participants;
    people.n_unknown_participants += change * !unit->knows_participants;
    people.n_suppliers += suppliers_brought(draft, m, area, change);
    return people;
}

/* ---- what a move would change ---- */

static bool is_open(const struct plan_office_trip *trip, const int32_t *area_of, int32_t m, int32_t area)
{
    return area_of[trip->municipality] == area || trip->municipality == m;
}

/* How many suppliers m would reach in the area; counting stops when there are enough for a choice. */
static int32_t suppliers_reached(const struct plan_draft *draft, int32_t m, int32_t area)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    const int32_t *area_of = draft->zones->area_of;
    int32_t n = 0;
    for (uint32_t w = 0; w < unit->n_words && n < ground->wanted; w++) {
        uint64_t open = 0;
        int32_t before = n;
        for (uint32_t i = unit->first_trip; i < unit[1].first_trip && n < ground->wanted; i++) {
            if (!is_open(&ground->trips[i], area_of, m, area))
                continue;
            open |= ground->mask[ground->trips[i].first_mask + w];
            n = before + plan_count_bits(open);
        }
    }
    return n;
}

/* Options of the visitor that nobody else fulfils: if the offices open, or now that they are open. */
static int32_t options_fulfilled(const struct plan_draft *draft, const struct plan_office_trip *visit,
                                 bool is_inside)
{
    const struct plan_unit *visitor = &draft->ground->units[visit->municipality];
    const struct plan_option_word *options = draft->options + visitor->first_word;
    const uint64_t *mask = draft->ground->mask + visit->first_mask;
    int32_t n = 0;
    for (uint32_t w = 0; w < visitor->n_words; w++)
        n += plan_count_bits(mask[w] & (is_inside ? options[w].single : ~options[w].open));
    return n;
}

static void probe_visitors(const struct plan_draft *draft, int32_t m, int32_t from, int32_t to,
                           struct plan_score *delta)
{
    const struct plan_ground *ground = draft->ground;
    const int32_t *area_of = draft->zones->area_of;
    for (uint32_t i = ground->units[m].first_visit; i < ground->units[m + 1].first_visit; i++) {
        const struct plan_office_trip *visit = &ground->visits[i];
        int32_t visitor = visit->municipality, area = area_of[visitor];
        if ((area != from && area != to) || visitor == m)
            continue;
        int32_t before = draft->suppliers_inside[visitor];
        if (area == to ? before >= ground->wanted : before - (int32_t)visit->n_fulfilled >= ground->wanted)
            continue; /* a choice, whatever comes or goes */
        int32_t change =
            area == to ? options_fulfilled(draft, visit, false) : -options_fulfilled(draft, visit, true);
        enum plan_status status = plan_status_of(before, ground->wanted);
        enum plan_status then = plan_status_of(before + change, ground->wanted);
        if (status == then)
            continue;
        score_status(&ground->units[visitor], status, -1, delta);
        score_status(&ground->units[visitor], then, 1, delta);
    }
}

static void probe_areas(const struct plan_draft *draft, int32_t m, int32_t from, int32_t to,
                        struct plan_score *delta)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_limits *limits = &ground->limits;
    const struct plan_area_people smaller = with_member(draft, m, from, -1);
    const struct plan_area_people larger = with_member(draft, m, to, 1);
    bool empties = draft->zones->zones[from].n_members == 1, fills = draft->zones->zones[to].n_members == 0;
    delta->goal[PLAN_GOAL_THIN_MARKET] += thin_market(ground, &smaller) + thin_market(ground, &larger) -
                                          draft->areas[from].thin_market - draft->areas[to].thin_market;
    delta->violation += (empties ? 0 : size_violation(limits, smaller.job_seekers)) +
                        size_violation(limits, larger.job_seekers) - draft->areas[from].violation -
                        draft->areas[to].violation;
    if (empties != fills)
        delta->violation += plan_draft_count_violation(limits, draft->zones->n_areas - empties + fills) -
                            plan_draft_count_violation(limits, draft->zones->n_areas);
}

void plan_draft_probe_supply(const struct plan_draft *draft, int32_t m, int32_t to, struct plan_score *delta)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_zones *zones = draft->zones;
    const struct plan_unit *unit = &ground->units[m];
    int32_t from = zones->area_of[m];
    probe_areas(draft, m, from, to, delta);
    probe_visitors(draft, m, from, to, delta);
    score_status(unit, plan_status_of(draft->suppliers_inside[m], ground->wanted), -1, delta);
    score_status(unit, plan_status_of(suppliers_reached(draft, m, to), ground->wanted), 1, delta);
    delta->goal[PLAN_GOAL_BORDER] += plan_zones_border_m(zones, m, from) - plan_zones_border_m(zones, m, to);
}

/* ---- changes ---- */

static void count_status(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    struct plan_area_tally *area = &draft->areas[draft->zones->area_of[m]];
    enum plan_status status = plan_status_of(draft->suppliers_inside[m], draft->ground->wanted);
    area->n_status[status] += change;
    area->job_seekers_status[status] += change * unit->job_seekers;
    score_status(unit, status, change, &draft->score);
}

static void change_suppliers_inside(struct plan_draft *draft, int32_t m, int32_t suppliers_inside)
{
    int32_t wanted = draft->ground->wanted;
    if (plan_status_of(draft->suppliers_inside[m], wanted) == plan_status_of(suppliers_inside, wanted)) {
        draft->suppliers_inside[m] = suppliers_inside;
        return;
    }
    count_status(draft, m, -1);
    draft->suppliers_inside[m] = suppliers_inside;
    count_status(draft, m, 1);
}

static void change_presence(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    int32_t area = draft->zones->area_of[m];
    for (uint32_t i = ground->units[m].first_stake; i < ground->units[m + 1].first_stake; i++) {
        const struct plan_stake *stake = &ground->stakes[i];
        struct plan_supplier_presence *presence = plan_draft_presence(draft, area, stake->supplier);
        presence->n_offices += change * stake->has_office;
        presence->n_contracts += change * stake->has_contract;
    }
}

/* Without m the area is empty when m is its only member, and then it breaks no limit. */
void plan_draft_count_market(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    int32_t id = draft->zones->area_of[m];
    struct plan_area_tally *area = &draft->areas[id];
    bool is_empty = change < 0 && draft->zones->zones[id].n_members == 1;
    struct plan_area_tally before = *area;
    area->people = with_member(draft, m, id, change);
    area->thin_market = thin_market(ground, &area->people);
    area->violation = is_empty ? 0 : size_violation(&ground->limits, area->people.job_seekers);
    draft->score.goal[PLAN_GOAL_THIN_MARKET] += area->thin_market - before.thin_market;
    draft->score.violation += area->violation - before.violation;
    change_presence(draft, m, change);
    count_status(draft, m, change);
}

/* The word anew from the trips of m inside its area, leaving out those to `closed`. */
static struct plan_option_word count_word(const struct plan_draft *draft, int32_t m, uint32_t w,
                                          int32_t closed)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    const int32_t *area_of = draft->zones->area_of;
    struct plan_option_word word = {0, 0};
    for (uint32_t i = unit->first_trip; i < unit[1].first_trip; i++) {
        const struct plan_office_trip *trip = &ground->trips[i];
        if (!is_open(trip, area_of, m, area_of[m]) || trip->municipality == closed)
            continue;
        uint64_t mask = ground->mask[trip->first_mask + w];
        word.single = (word.single & ~mask) | (mask & ~word.open);
        word.open |= mask;
    }
    return word;
}

void plan_draft_count_options(struct plan_draft *draft, int32_t m)
{
    const struct plan_unit *unit = &draft->ground->units[m];
    struct plan_option_word *options = draft->options + unit->first_word;
    draft->suppliers_inside[m] = 0;
    for (uint32_t w = 0; w < unit->n_words; w++) {
        options[w] = count_word(draft, m, w, PLAN_NOWHERE);
        draft->suppliers_inside[m] += plan_count_bits(options[w].open);
    }
}

/* The offices of m open or close for a visitor. Which of two places is left when one closes takes counting.
 */
static void change_options(struct plan_draft *draft, const struct plan_office_trip *visit, int32_t m,
                           int32_t change)
{
    const struct plan_unit *visitor = &draft->ground->units[visit->municipality];
    struct plan_option_word *options = draft->options + visitor->first_word;
    for (uint32_t w = 0; w < visitor->n_words; w++) {
        uint64_t mask = draft->ground->mask[visit->first_mask + w];
        struct plan_option_word before = options[w];
        if (change > 0)
            options[w] = (struct plan_option_word){before.open | mask,
                                                   (before.single & ~mask) | (mask & ~before.open)};
        else if (mask & before.open & ~before.single)
            options[w] = count_word(draft, visit->municipality, w, m);
        else
            options[w] = (struct plan_option_word){before.open & ~mask, before.single & ~mask};
    }
}

void plan_draft_open_offices(struct plan_draft *draft, int32_t m, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    const int32_t *area_of = draft->zones->area_of;
    for (uint32_t i = ground->units[m].first_visit; i < ground->units[m + 1].first_visit; i++) {
        const struct plan_office_trip *visit = &ground->visits[i];
        int32_t visitor = visit->municipality;
        if (area_of[visitor] != area_of[m] || visitor == m)
            continue;
        int32_t fulfilled = options_fulfilled(draft, visit, change < 0);
        change_suppliers_inside(draft, visitor, draft->suppliers_inside[visitor] + change * fulfilled);
        change_options(draft, visit, m, change);
    }
}

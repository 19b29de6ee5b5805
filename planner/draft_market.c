/* Markets and sizes of the areas of a draft. */
#include "draft_internal.h"

enum plan_verdict plan_draft_market(const struct plan_ground *ground, const struct plan_area_people *people)
{
    return plan_market_verdict((double)people->participants / (double)PLAN_PERSON,
                               people->n_unknown_participants > 0, people->n_suppliers,
                               ground->input->rules->min_participants_per_supplier);
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

static inline void judge(const struct plan_draft *draft, struct plan_area_people *people, bool is_empty)
{
    bool fails = plan_draft_market(draft->ground, people) == PLAN_VERDICT_FAIL;
    people->thin_market = fails ? people->job_seekers : 0;
    people->violation = is_empty ? 0 : size_violation(&draft->ground->limits, people->job_seekers);
}

void plan_draft_judge_people(const struct plan_draft *draft, struct plan_area_people *people, bool is_empty)
{
    judge(draft, people, is_empty);
}

void plan_draft_add_people(const struct plan_area_people *people, int64_t sign, struct plan_score *score)
{
    score->goal[PLAN_GOAL_THIN_MARKET] += sign * people->thin_market;
    score->violation += sign * people->violation;
}

/* ---- presence of suppliers ---- */

static bool may_serve(const struct plan_ground *ground, int32_t n_offices, int32_t n_contracts)
{
    return n_offices > 0 && (!ground->by_contract || n_contracts > 0);
}

/* How many suppliers more may serve in the area with one municipality more, or (change -1) fewer. */
static int32_t brought_by_contract(const struct plan_draft *draft, const struct plan_unit *unit, int32_t area,
                                   int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    size_t first = (size_t)area * ground->n_suppliers;
    int32_t brought = 0;
    for (uint32_t i = unit->first_stake; i < unit->first_stake + unit->n_stakes; i++) {
        const struct plan_stake *stake = &ground->stakes[i];
        int32_t n_offices = draft->n_offices[first + (size_t)stake->supplier];
        int32_t n_contracts = draft->n_contracts[first + (size_t)stake->supplier];
        brought += may_serve(ground, n_offices + change * stake->has_office,
                             n_contracts + change * stake->has_contract);
        brought -= may_serve(ground, n_offices, n_contracts);
    }
    return brought;
}

int32_t plan_draft_count_stakes(struct plan_draft *draft, int32_t m, int32_t area, int32_t change)
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_unit *unit = &ground->units[m];
    size_t first = (size_t)area * ground->n_suppliers;
    int32_t brought = ground->by_contract ? brought_by_contract(draft, unit, area, change) : 0;
    for (uint32_t i = unit->first_stake; i < unit->first_stake + unit->n_stakes; i++) {
        const struct plan_stake *stake = &ground->stakes[i];
        int32_t *n_offices = &draft->n_offices[first + (size_t)stake->supplier];
        int32_t before = *n_offices;
        *n_offices += change * stake->has_office;
        if (ground->by_contract)
            draft->n_contracts[first + (size_t)stake->supplier] += change * stake->has_contract;
        else
            brought += (*n_offices > 0) - (before > 0);
    }
    return brought;
}

/* ---- one municipality ---- */

/* Suppliers that the area it leaves gains (none, or fewer than none), and those that the other gains. */
static void count_brought(const struct plan_draft *draft, const struct plan_unit *unit,
                          const int32_t area[PLAN_SIDES], int32_t brought[PLAN_SIDES])
{
    const struct plan_ground *ground = draft->ground;
    const struct plan_stake *stakes = ground->stakes + unit->first_stake;
    const int32_t *n_left = draft->n_offices + (size_t)area[0] * ground->n_suppliers;
    const int32_t *n_joined = draft->n_offices + (size_t)area[1] * ground->n_suppliers;
    int32_t n_last = 0, n_first = 0;
    for (uint32_t i = 0; i < unit->n_stakes; i++) {
        n_last += n_left[stakes[i].supplier] == 1;
        n_first += n_joined[stakes[i].supplier] == 0;
    }
    brought[0] = -n_last;
    brought[1] = n_first;
}

void plan_draft_try_market(const struct plan_draft *draft, int32_t m, int32_t area)
{
    const struct plan_zones *zones = draft->zones;
    const struct plan_unit *unit = &draft->ground->units[m];
    struct plan_trial *trial = draft->trial;
    const int32_t sides[PLAN_SIDES] = {zones->area_of[m], area};
    bool empties = zones->zones[sides[0]].n_members == 1, fills = zones->zones[area].n_members == 0;
    int32_t brought[PLAN_SIDES];
    int64_t thin_market = 0, violation = 0;
    if (draft->ground->by_contract)
        for (int side = 0; side < PLAN_SIDES; side++)
            brought[side] = brought_by_contract(draft, unit, sides[side], side ? 1 : -1);
    else
        count_brought(draft, unit, sides, brought);
    for (int side = 0; side < PLAN_SIDES; side++) {
        const struct plan_area_people *before = &draft->areas[sides[side]].people;
        struct plan_area_people *people = &trial->people[side];
        int32_t change = side ? 1 : -1;
        people->job_seekers = before->job_seekers + change * unit->job_seekers;
        people->participants = before->participants + change * unit->participants;
        people->n_unknown_participants = before->n_unknown_participants + change * !unit->knows_participants;
        people->n_suppliers = before->n_suppliers + brought[side];
        judge(draft, people, !side && empties);
        thin_market += people->thin_market - before->thin_market;
        violation += people->violation - before->violation;
    }
    if (empties != fills)
        violation += plan_draft_count_violation(&draft->ground->limits, zones->n_areas - empties + fills) -
                     plan_draft_count_violation(&draft->ground->limits, zones->n_areas);
    trial->score.goal[PLAN_GOAL_THIN_MARKET] += thin_market;
    trial->score.violation += violation;
}

void plan_draft_make_market(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    for (int side = 0; side < PLAN_SIDES; side++) {
        plan_draft_count_stakes(draft, trial->municipality, trial->area[side], side ? 1 : -1);
        draft->areas[trial->area[side]].people = trial->people[side];
    }
}

/*
 * Two areas of a draft divided anew among their members, as a whole: what each area adds to the score is
 * counted once, not once for each municipality that changes side. Until it is made or dropped, areas and
 * suppliers' presence are as they would be, and all else is as it was.
 */
#include "draft_internal.h"

static void add_member(struct plan_area_people *people, const struct plan_unit *unit, int32_t change)
{
    people->job_seekers += change * unit->job_seekers;
    people->participants += change * unit->participants;
    people->n_unknown_participants += change * !unit->knows_participants;
}

static void change_side(struct plan_draft *draft, const struct plan_redivision *redivision, int32_t m, int to)
{
    struct plan_trial *trial = draft->trial;
    int32_t area = redivision->area[to];
    trial->score.goal[PLAN_GOAL_BORDER] += plan_zones_border_change_m(draft->zones, m, area);
    if (draft->tracks_travel)
        plan_draft_retry_travel(draft, m, area, redivision, &trial->score);
    for (int side = 0; side < PLAN_SIDES; side++) {
        int32_t change = side == to ? 1 : -1;
        add_member(&trial->people[side], &draft->ground->units[m], change);
        trial->people[side].n_suppliers += plan_draft_count_stakes(draft, m, redivision->area[side], change);
    }
    draft->zones->area_of[m] = area;
    trial->moved[trial->n_moved++] = m;
}

static void judge_areas(const struct plan_draft *draft, const int32_t n_members[PLAN_SIDES])
{
    struct plan_trial *trial = draft->trial;
    const struct plan_limits *limits = &draft->ground->limits;
    int32_t n_areas = draft->zones->n_areas;
    trial->score.violation -= plan_draft_count_violation(limits, n_areas);
    for (int side = 0; side < PLAN_SIDES; side++) {
        int32_t area = trial->area[side];
        plan_draft_add_people(&draft->areas[area].people, -1, &trial->score);
        plan_draft_judge_people(draft, &trial->people[side], n_members[side] == 0);
        plan_draft_add_people(&trial->people[side], 1, &trial->score);
        n_areas += (n_members[side] > 0) - (draft->zones->zones[area].n_members > 0);
    }
    trial->score.violation += plan_draft_count_violation(limits, n_areas);
}

void plan_draft_try_redivision(struct plan_draft *draft, const struct plan_redivision *redivision)
{
    struct plan_trial *trial = draft->trial;
    int32_t n_members[PLAN_SIDES] = {0, 0};
    trial->score = draft->score;
    trial->n_moved = 0;
    for (int side = 0; side < PLAN_SIDES; side++) {
        trial->area[side] = redivision->area[side];
        trial->people[side] = draft->areas[redivision->area[side]].people;
    }
    for (int32_t i = 0; i < redivision->n; i++) {
        int side = redivision->side[i];
        n_members[side]++;
        if (draft->zones->area_of[redivision->member[i]] != redivision->area[side])
            change_side(draft, redivision, redivision->member[i], side);
    }
    judge_areas(draft, n_members);
    plan_draft_retry_causes(draft);
    plan_draft_retry_statuses(draft, redivision);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_retry_division(draft, (enum plan_division)division, redivision);
}

static int32_t area_before(const struct plan_trial *trial, int32_t area)
{
    return area == trial->area[0] ? trial->area[1] : trial->area[0];
}

void plan_draft_make_redivision(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    int32_t *area_of = draft->zones->area_of;
    for (int32_t i = 0; i < trial->n_moved; i++)
        area_of[trial->moved[i]] = area_before(trial, area_of[trial->moved[i]]);
    for (int32_t i = 0; i < trial->n_moved; i++)
        plan_zones_move(draft->zones, trial->moved[i], area_before(trial, area_of[trial->moved[i]]));
    for (int side = 0; side < PLAN_SIDES; side++)
        draft->areas[trial->area[side]].people = trial->people[side];
    plan_draft_remake_statuses(draft);
    plan_draft_make_causes(draft);
    for (int division = 0; division < PLAN_DIVISIONS; division++)
        plan_draft_remake_division(draft, (enum plan_division)division);
    draft->score = trial->score;
}

void plan_draft_drop_redivision(struct plan_draft *draft)
{
    const struct plan_trial *trial = draft->trial;
    int32_t *area_of = draft->zones->area_of;
    for (int32_t i = 0; i < trial->n_moved; i++) {
        int32_t m = trial->moved[i], area = area_of[m];
        area_of[m] = area_before(trial, area);
        plan_draft_count_stakes(draft, m, area, -1);
        plan_draft_count_stakes(draft, m, area_of[m], 1);
    }
}

/* Trips inside the areas of a draft; looked at only when the rules ask for them. */
#include "draft_internal.h"

static const double DAY_S = 86400;

/* What two municipalities in one area add. */
static void add_pair(const struct plan_draft *draft, int32_t m, int32_t k, int64_t sign,
                     struct plan_score *score)
{
    const struct plan_ground *ground = draft->ground;
    double there_s = plan_duration_s(ground->input->travel, m, k);
    double back_s = plan_duration_s(ground->input->travel, k, m);
    int64_t too_long = !(there_s <= ground->limits.max_trip_s) + !(back_s <= ground->limits.max_trip_s);
    if (isfinite(ground->limits.max_trip_s))
        score->violation += sign * too_long * PLAN_VIOLATION_PERSONS * PLAN_PERSON;
    score->goal[PLAN_GOAL_INTERNAL_TRAVEL] +=
        sign * (ground->units[m].job_seekers * llround(isnan(there_s) ? DAY_S : there_s) +
                ground->units[k].job_seekers * llround(isnan(back_s) ? DAY_S : back_s));
}

static void add_pairs(const struct plan_draft *draft, int32_t m, int32_t area, int64_t sign,
                      struct plan_score *score)
{
    const struct plan_zones *zones = draft->zones;
    for (int32_t k = zones->zones[area].first_member; k != PLAN_NOWHERE; k = zones->next_member[k])
        if (k != m)
            add_pair(draft, m, k, sign, score);
}

void plan_draft_try_travel(const struct plan_draft *draft, int32_t m, int32_t area, struct plan_score *score)
{
    add_pairs(draft, m, draft->zones->area_of[m], -1, score);
    add_pairs(draft, m, area, 1, score);
}

void plan_draft_retry_travel(const struct plan_draft *draft, int32_t m, int32_t area,
                             const struct plan_redivision *redivision, struct plan_score *score)
{
    const int32_t *area_of = draft->zones->area_of;
    for (int32_t i = 0; i < redivision->n; i++) {
        int32_t k = redivision->member[i];
        if (k != m)
            add_pair(draft, m, k, area_of[k] == area ? 1 : -1, score);
    }
}

void plan_draft_score_travel(const struct plan_draft *draft, struct plan_score *score)
{
    const struct plan_zones *zones = draft->zones;
    if (!draft->tracks_travel)
        return;
    for (size_t m = 0; m < zones->n; m++)
        for (int32_t k = zones->next_member[m]; k != PLAN_NOWHERE; k = zones->next_member[k])
            add_pair(draft, (int32_t)m, k, 1, score);
}

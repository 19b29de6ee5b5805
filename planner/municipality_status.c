#include "evaluation_internal.h"

const char *const plan_status_names[PLAN_STATUSES] = {
    [PLAN_STATUS_NONE] = "none",
    [PLAN_STATUS_LIMITED] = "limited",
    [PLAN_STATUS_CHOICE] = "choice",
};
const char *const plan_cause_names[PLAN_CAUSES] = {
    [PLAN_CAUSE_NOTHING] = "nothing", [PLAN_CAUSE_NO_SUPPLIER] = "no-supplier",
    [PLAN_CAUSE_BORDER] = "border",   [PLAN_CAUSE_DISTANCE] = "distance",
    [PLAN_CAUSE_MARKET] = "market",   [PLAN_CAUSE_NO_AREA] = "no-area",
};
const char *const plan_need_names[PLAN_NEEDS] = {
    [PLAN_NEED_NOTHING] = "nothing",
    [PLAN_NEED_LOCAL] = "local",
    [PLAN_NEED_AREA_WIDE] = "area-wide",
};

/* Suppliers with an office in the area of m that may serve m, however far away. */
static int32_t suppliers_of_area_for(const struct plan_judging *judging, int32_t m)
{
    const struct plan_presence *presence = &judging->presence;
    int32_t area = judging->input->plan->area_of[m], n = 0;
    for (uint32_t i = presence->first[area]; i < presence->first[area + 1]; i++)
        n += plan_may_serve(judging->reach, presence->supplier[i], m);
    return n;
}

static bool has_own_office(const struct plan_reach *reach, int32_t m)
{
    for (size_t i = reach->first_service[m]; i < reach->first_service[m + 1]; i++)
        if (reach->services[i].municipality == m)
            return true;
    return false;
}

/* Nobody serves a municipality that is in no area yet. */
static void judge_hole(struct plan_municipality_result *result)
{
    const struct plan_service nobody = {PLAN_NOWHERE, PLAN_NOWHERE, NAN};
    result->suppliers_inside = 0;
    result->nearest_inside = result->second_inside = nobody;
    result->status = PLAN_STATUS_NONE;
    result->cause = PLAN_CAUSE_NO_AREA;
    result->need = PLAN_NEED_AREA_WIDE;
}

void plan_judge_municipality(struct plan_judging *judging, int32_t m)
{
    const int32_t *area_of = judging->input->plan->area_of;
    struct plan_municipality_result *result = &judging->evaluation->municipalities[m];
    int32_t wanted = judging->input->rules->min_suppliers;
    result->suppliers_inside = plan_reach_count(judging->reach, area_of, m, area_of[m]);
    result->suppliers_anywhere = plan_reach_count(judging->reach, area_of, m, PLAN_ANYWHERE);
    result->has_own_office = has_own_office(judging->reach, m);
    plan_reach_nearest(judging->reach, area_of, m, result);
    const struct plan_supply supply = {
        .inside = result->suppliers_inside,
        .anywhere = result->suppliers_anywhere,
        .of_area = plan_presence_count(&judging->presence, area_of[m]),
        .of_area_for_member = suppliers_of_area_for(judging, m),
    };
    result->status = plan_status_of(supply.inside, wanted);
    result->cause = plan_cause_of(&supply, wanted);
    result->need = plan_need_of(result->status, supply.of_area);
    if (judging->input->plan->areas[area_of[m]].is_hole)
        judge_hole(result);
}

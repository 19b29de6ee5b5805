#include "evaluation_internal.h"

/* From the locality to the seat of k; NAN when unreachable. */
static double duration_s(const struct plan_travel *travel, size_t locality, size_t k)
{
    const struct plan_locality *it = &travel->localities[locality];
    return it->is_seat ? plan_duration_s(travel, it->municipality, (int32_t)k)
                       : travel->locality_duration_s[locality * travel->n + k];
}

static bool has_service(const struct plan_travel *travel, size_t locality)
{
    if (travel->localities[locality].is_seat)
        return true;
    for (size_t k = 0; k < travel->n; k++)
        if (!isnan(duration_s(travel, locality, k)))
            return true;
    return false;
}

/* Whether somebody from the locality is within the limit of a supplier that may serve its municipality. */
static bool reaches_supplier(const struct plan_judging *judging, size_t locality)
{
    const struct plan_reach *reach = judging->reach;
    const int32_t *area_of = judging->input->plan->area_of;
    int32_t m = reach->travel->localities[locality].municipality;
    if (judging->input->plan->areas[area_of[m]].is_hole)
        return false;
    for (size_t k = 0; k < reach->n; k++) {
        if (area_of[k] != area_of[m] || !(duration_s(reach->travel, locality, k) <= reach->limit_s))
            continue;
        for (uint32_t i = reach->first_present[k]; i < reach->first_present[k + 1]; i++)
            if (plan_may_serve(reach, reach->present[i], m))
                return true;
    }
    return false;
}

static void add_known(double *sum, double value)
{
    *sum = isnan(*sum) ? value : *sum + value;
}

static void judge_locality(struct plan_judging *judging, size_t i)
{
    const struct plan_locality *locality = &judging->input->travel->localities[i];
    struct plan_municipality_result *result = &judging->evaluation->municipalities[locality->municipality];
    struct plan_headline *headline = &judging->evaluation->headline;
    double reaching = reaches_supplier(judging, i) ? locality->population : 0;
    double without = has_service(judging->input->travel, i) ? 0 : locality->population;
    add_known(&result->locality_population, locality->population);
    add_known(&result->locality_population_reaching, reaching);
    add_known(&headline->locality_population, locality->population);
    add_known(&headline->locality_population_reaching, reaching);
    add_known(&headline->locality_population_without_service, without);
}

void plan_judge_localities(struct plan_judging *judging)
{
    struct plan_evaluation *evaluation = judging->evaluation;
    const struct plan_travel *travel = judging->input->travel;
    evaluation->headline.locality_population = evaluation->headline.locality_population_reaching =
        evaluation->headline.locality_population_without_service = NAN;
    for (size_t m = 0; m < evaluation->n; m++)
        evaluation->municipalities[m].locality_population =
            evaluation->municipalities[m].locality_population_reaching = NAN;
    for (size_t i = 0; travel && i < travel->n_localities; i++)
        if (!isnan(travel->localities[i].population))
            judge_locality(judging, i);
}

#include "evaluation_internal.h"

/* Job seekers by what they have. */
struct shares {
    struct plan_sum all, own_office, without_office, reach_one, choice, bound_reach_one, bound_choice;
    struct plan_sum status[PLAN_STATUSES];
};

static double share(const struct plan_sum *part, const struct plan_sum *all)
{
    return all->total > 0 ? part->total / all->total : NAN;
}

static void add_municipality(struct shares *shares, const struct plan_municipality_result *result,
                             double job_seekers, int32_t wanted)
{
    plan_sum_add(&shares->all, job_seekers);
    plan_sum_add(&shares->status[result->status], job_seekers);
    plan_sum_add(result->has_own_office ? &shares->own_office : &shares->without_office, job_seekers);
    if (result->suppliers_inside >= 1)
        plan_sum_add(&shares->reach_one, job_seekers);
    if (result->suppliers_inside >= wanted)
        plan_sum_add(&shares->choice, job_seekers);
    if (result->suppliers_anywhere >= 1)
        plan_sum_add(&shares->bound_reach_one, job_seekers);
    if (result->suppliers_anywhere >= wanted)
        plan_sum_add(&shares->bound_choice, job_seekers);
}

static void store_shares(const struct shares *shares, struct plan_headline *headline)
{
    headline->job_seekers = plan_sum_value(&shares->all);
    headline->n_job_seekers_unknown = shares->all.n_unknown;
    headline->own_office = share(&shares->own_office, &shares->all);
    headline->reach_one = share(&shares->reach_one, &shares->all);
    headline->choice = share(&shares->choice, &shares->all);
    headline->bound_own_office = headline->own_office;
    headline->bound_reach_one = share(&shares->bound_reach_one, &shares->all);
    headline->bound_choice = share(&shares->bound_choice, &shares->all);
    headline->job_seekers_without_office = plan_sum_value(&shares->without_office);
    for (int s = 0; s < PLAN_STATUSES; s++)
        headline->job_seekers_status[s] = plan_sum_value(&shares->status[s]);
}

double plan_density_per_km2(const struct plan_municipality *municipality)
{
    return municipality->land_area_km2 > 0 ? municipality->population / municipality->land_area_km2 : NAN;
}

static double mean_density_per_km2(const struct plan_territory *territory)
{
    double population = 0, land_area_km2 = 0;
    for (size_t m = 0; m < territory->n; m++) {
        const struct plan_municipality *it = &territory->municipalities[m];
        if (isnan(plan_density_per_km2(it)))
            continue;
        population += it->population;
        land_area_km2 += it->land_area_km2;
    }
    return land_area_km2 > 0 ? population / land_area_km2 : NAN;
}

static void judge_density(struct plan_judging *judging)
{
    const struct plan_territory *territory = judging->input->territory;
    struct plan_headline *headline = &judging->evaluation->headline;
    headline->mean_density_per_km2 = mean_density_per_km2(territory);
    double sparse_below = judging->input->rules->sparse_density_share * headline->mean_density_per_km2;
    for (size_t m = 0; m < territory->n; m++) {
        const struct plan_municipality *it = &territory->municipalities[m];
        bool is_sparse = plan_density_per_km2(it) < sparse_below; /* not when unknown */
        judging->evaluation->municipalities[m].is_sparse = is_sparse;
        headline->n_sparse += is_sparse;
        if (is_sparse)
            headline->population_sparse += it->population;
    }
}

void plan_judge_headline(struct plan_judging *judging)
{
    const struct plan_territory *territory = judging->input->territory;
    struct plan_headline *headline = &judging->evaluation->headline;
    struct shares shares = {0};
    for (size_t m = 0; m < territory->n; m++) {
        const struct plan_municipality_result *result = &judging->evaluation->municipalities[m];
        add_municipality(&shares, result, territory->municipalities[m].job_seekers,
                         judging->input->rules->min_suppliers);
        headline->n_status[result->status]++;
        headline->municipalities_without_office += !result->has_own_office;
    }
    store_shares(&shares, headline);
    judge_density(judging);
}

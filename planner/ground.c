#include "ground_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>

void plan_ground_free(plan_ground *ground)
{
    if (!ground)
        return;
    plan_reach_free(ground->reach);
    plan_adjacency_free(ground->adjacency);
    om_free(ground->units);
    om_free(ground->trips);
    om_free(ground->visits);
    om_free(ground->options);
    om_free(ground->stakes);
    om_free(ground->first_client);
    om_free(ground->clients);
    for (int division = 0; division < PLAN_DIVISIONS; division++) {
        om_free(ground->divisions[division].is_metropolitan);
        om_free(ground->divisions[division].first_member);
    }
    om_free(ground);
}

const plan_adjacency *plan_ground_adjacency(const plan_ground *ground)
{
    return ground->adjacency;
}

static int64_t thousandths(double persons)
{
    return isnan(persons) ? 0 : llround(persons * (double)PLAN_PERSON);
}

static void count_people(struct plan_ground *ground)
{
    for (size_t m = 0; m < ground->n; m++) {
        const struct plan_municipality *it = &ground->input->territory->municipalities[m];
        double participants = isnan(it->participants) ? it->job_seekers : it->participants;
        ground->units[m].job_seekers = thousandths(it->job_seekers);
        ground->units[m].participants = thousandths(participants);
        ground->units[m].knows_participants = !isnan(participants);
    }
}

/* The members of a division are in the units. */
static om_status add_groups(om_context *ctx, struct plan_ground *ground, enum plan_division division,
                            size_t n)
{
    struct plan_groups *groups = &ground->divisions[division];
    *groups = (struct plan_groups){.n = n,
                                   .is_metropolitan = om_alloc(n, sizeof *groups->is_metropolitan),
                                   .first_member = om_alloc(n + 1, sizeof *groups->first_member),
                                   .most_pieces = INT32_MAX};
    if (!groups->is_metropolitan || !groups->first_member)
        return om_no_memory(ctx);
    for (size_t m = 0; m < ground->n; m++)
        if (ground->units[m].group[division] != PLAN_NOWHERE)
            groups->first_member[ground->units[m].group[division] + 1]++;
    for (size_t g = 0; g < n; g++)
        groups->first_member[g + 1] += groups->first_member[g];
    return OM_OK;
}

/* What explains splits of the regions. */
static om_status add_explanations(om_context *ctx, struct plan_ground *ground,
                                  const struct plan_partition *reference)
{
    const struct plan_case *input = ground->input;
    struct plan_groups *groups = &ground->divisions[PLAN_DIVISION_REFERENCE];
    struct plan_region_facts *facts = plan_region_facts_new(input->territory, reference);
    if (!facts)
        return om_no_memory(ctx);
    for (size_t r = 0; r < groups->n; r++)
        groups->is_metropolitan[r] = facts[r].population > input->rules->metropolitan_population;
    for (size_t m = 0; m < ground->n; m++) {
        int32_t region = ground->units[m].group[PLAN_DIVISION_REFERENCE];
        if (region != PLAN_NOWHERE)
            ground->units[m].is_beyond_seat =
                plan_is_beyond_seat(&facts[region], input->travel, input->rules, (int32_t)m);
    }
    om_free(facts);
    return OM_OK;
}

static om_status add_divisions(om_context *ctx, struct plan_ground *ground)
{
    const struct plan_case *input = ground->input;
    const struct plan_partition *reference =
        plan_territory_partition(input->territory, input->rules->reference);
    for (size_t m = 0; m < ground->n; m++) {
        bool has_region = reference && reference->member[m] >= 0;
        ground->units[m].group[PLAN_DIVISION_REFERENCE] = has_region ? reference->member[m] : PLAN_NOWHERE;
        ground->units[m].group[PLAN_DIVISION_START] = input->plan->area_of[m];
    }
    om_status status = add_groups(ctx, ground, PLAN_DIVISION_REFERENCE, reference ? reference->n_regions : 0);
    if (!status)
        status = add_groups(ctx, ground, PLAN_DIVISION_START, input->plan->n_areas);
    if (!status && reference)
        status = add_explanations(ctx, ground, reference);
    if (!status && input->rules->search.max_region_pieces)
        ground->divisions[PLAN_DIVISION_REFERENCE].most_pieces = input->rules->search.max_region_pieces;
    return status;
}

static struct plan_limits resolve_limits(const struct plan_case *input)
{
    const struct plan_search_rules *rules = &input->rules->search;
    int32_t n_areas = (int32_t)input->plan->n_areas;
    return (struct plan_limits){
        .min_areas = rules->min_areas ? rules->min_areas : n_areas,
        .max_areas = rules->max_areas ? rules->max_areas : n_areas,
        .min_job_seekers = thousandths(rules->min_job_seekers),
        .max_job_seekers = rules->max_job_seekers > 0 ? thousandths(rules->max_job_seekers) : INT64_MAX,
        .max_trip_s = rules->max_trip_minutes > 0 ? rules->max_trip_minutes * 60 : INFINITY,
    };
}

static om_status check_limits(om_context *ctx, const struct plan_limits *limits)
{
    if (limits->min_areas > limits->max_areas)
        return om_fail(ctx, OM_BAD_DATA, om_tr("[search] min_areas = %d is more than max_areas = %d"),
                       limits->min_areas, limits->max_areas);
    if (limits->min_job_seekers > limits->max_job_seekers)
        return om_fail(ctx, OM_BAD_DATA,
                       om_tr("[search] min_job_seekers = %.0f is more than max_job_seekers = %.0f"),
                       (double)limits->min_job_seekers / (double)PLAN_PERSON,
                       (double)limits->max_job_seekers / (double)PLAN_PERSON);
    return OM_OK;
}

om_status plan_ground_new(om_context *ctx, const struct plan_case *input, plan_ground **out)
{
    om_status status = plan_check_case(ctx, input);
    if (status)
        return status;
    struct plan_ground *ground = om_alloc(1, sizeof *ground);
    if (!ground)
        return om_no_memory(ctx);
    *ground = (struct plan_ground){.input = input,
                                   .n = input->territory->n,
                                   .n_suppliers = input->market->n_suppliers,
                                   .wanted = input->rules->min_suppliers,
                                   .by_contract = input->rules->basis == PLAN_BASIS_CONTRACTS,
                                   .limits = resolve_limits(input),
                                   .units = om_alloc(input->territory->n, sizeof *ground->units)};
    if (!ground->units) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = check_limits(ctx, &ground->limits);
    if (status)
        goto done;
    count_people(ground);
    status = plan_adjacency_new(ctx, input->territory, &ground->adjacency);
    if (!status)
        status = plan_reach_new(ctx, input, &ground->reach);
    if (!status)
        status = plan_ground_add_stakes(ctx, ground);
    if (!status)
        status = plan_ground_add_trips(ctx, ground);
    if (!status && ground->by_contract)
        status = plan_ground_add_clients(ctx, ground);
    if (!status)
        status = add_divisions(ctx, ground);
    if (status)
        goto done;
    *out = ground;
    ground = NULL;
done:
    plan_ground_free(ground);
    return status;
}

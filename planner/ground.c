#include "ground_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdlib.h>

void plan_ground_free(plan_ground *ground)
{
    if (!ground)
        return;
    plan_reach_free(ground->reach);
    plan_adjacency_free(ground->adjacency);
    om_free(ground->units);
    om_free(ground->trips);
    om_free(ground->visits);
    om_free(ground->fulfilled);
    om_free(ground->mask);
    om_free(ground->stakes);
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
        ground->units[m].knows_job_seekers = !isnan(it->job_seekers);
        ground->units[m].knows_participants = !isnan(participants);
    }
}

/* Offices and contracts of m, side by side: both lists are sorted by supplier. */
static uint32_t list_stakes(const struct plan_ground *ground, size_t m, struct plan_stake *out)
{
    const struct plan_reach *reach = ground->reach;
    const struct plan_contract *contracts = reach->market->contracts;
    uint32_t office = reach->first_present[m], last_office = reach->first_present[m + 1], n = 0;
    uint32_t contract = reach->first_contract[m];
    uint32_t last_contract = ground->by_contract ? reach->first_contract[m + 1] : contract;
    while (office < last_office || contract < last_contract) {
        int32_t with_office = office < last_office ? reach->present[office] : INT32_MAX;
        int32_t with_contract = contract < last_contract ? contracts[contract].supplier : INT32_MAX;
        int32_t supplier = with_office < with_contract ? with_office : with_contract;
        out[n++] = (struct plan_stake){supplier, with_office == supplier, with_contract == supplier};
        office += with_office == supplier;
        contract += with_contract == supplier;
    }
    return n;
}

static om_status add_stakes(om_context *ctx, struct plan_ground *ground)
{
    size_t most = (size_t)ground->reach->first_present[ground->n] + ground->input->market->n_contracts;
    uint32_t n = 0;
    ground->stakes = om_alloc(most, sizeof *ground->stakes);
    if (!ground->stakes)
        return om_no_memory(ctx);
    for (size_t m = 0; m < ground->n; m++) {
        ground->units[m].first_stake = n;
        n += list_stakes(ground, m, ground->stakes + n);
    }
    ground->units[ground->n].first_stake = n;
    return OM_OK;
}

static om_status fail_size(om_context *ctx)
{
    return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("too many services to search plans over"));
}

/* A service of the reach list: an option that the offices of a municipality fulfil. */
struct fulfilment {
    int32_t municipality;
    uint32_t option;
};

static int compare_fulfilments(const void *left, const void *right)
{
    const struct fulfilment *x = left, *y = right;
    if (x->municipality != y->municipality)
        return x->municipality < y->municipality ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

/* The services of m are sorted by supplier: each supplier is an option, numbered on. */
static size_t list_fulfilments(struct plan_ground *ground, size_t m, struct fulfilment *out)
{
    const struct plan_reach *reach = ground->reach;
    size_t first = reach->first_service[m], n = reach->first_service[m + 1] - first;
    ground->units[m].first_option = (uint32_t)ground->n_options;
    for (size_t i = 0; i < n; i++) {
        const struct plan_service *service = &reach->services[first + i];
        if (i == 0 || service->supplier != service[-1].supplier)
            ground->n_options++;
        out[i] = (struct fulfilment){service->municipality, (uint32_t)ground->n_options - 1};
    }
    ground->units[m].suppliers_anywhere = (int32_t)(ground->n_options - ground->units[m].first_option);
    ground->units[m].first_word = (uint32_t)ground->n_words;
    ground->units[m].n_words = ((uint32_t)ground->units[m].suppliers_anywhere + 63) / 64;
    ground->n_words += ground->units[m].n_words;
    if (n)
        qsort(out, n, sizeof *out, compare_fulfilments);
    return n;
}

/* Trips by destination; n_visits[k] counts the trips to k. */
static uint32_t list_trips(struct plan_ground *ground, const struct fulfilment *fulfilments, size_t n,
                           uint32_t first_fulfilled, uint32_t n_trips, uint32_t *n_visits)
{
    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || fulfilments[i].municipality != fulfilments[i - 1].municipality;
        if (is_new) {
            ground->trips[n_trips++] =
                (struct plan_office_trip){fulfilments[i].municipality, first_fulfilled + (uint32_t)i, 0, 0};
            n_visits[fulfilments[i].municipality]++;
        }
        ground->trips[n_trips - 1].n_fulfilled++;
        ground->fulfilled[first_fulfilled + i] = fulfilments[i].option;
    }
    return n_trips;
}

/* What the offices at the end of each trip can fulfil, as bits. */
static om_status add_masks(om_context *ctx, struct plan_ground *ground)
{
    size_t n = 0;
    for (size_t m = 0; m < ground->n; m++)
        for (uint32_t i = ground->units[m].first_trip; i < ground->units[m + 1].first_trip; i++) {
            ground->trips[i].first_mask = (uint32_t)n;
            n += ground->units[m].n_words;
        }
    if (n > UINT32_MAX)
        return fail_size(ctx);
    ground->mask = om_alloc(n, sizeof *ground->mask);
    if (!ground->mask)
        return om_no_memory(ctx);
    for (size_t m = 0; m < ground->n; m++)
        for (uint32_t i = ground->units[m].first_trip; i < ground->units[m + 1].first_trip; i++)
            for (uint32_t f = 0; f < ground->trips[i].n_fulfilled; f++) {
                uint32_t option =
                    ground->fulfilled[ground->trips[i].first_fulfilled + f] - ground->units[m].first_option;
                ground->mask[ground->trips[i].first_mask + option / 64] |= (uint64_t)1 << option % 64;
            }
    return OM_OK;
}

/* The same trips by destination. */
static void turn_trips(struct plan_ground *ground, uint32_t *n_visits)
{
    uint32_t first = 0;
    for (size_t k = 0; k < ground->n; k++) {
        ground->units[k].first_visit = first;
        first += n_visits[k];
        n_visits[k] = ground->units[k].first_visit;
    }
    ground->units[ground->n].first_visit = first;
    for (size_t m = 0; m < ground->n; m++)
        for (uint32_t i = ground->units[m].first_trip; i < ground->units[m + 1].first_trip; i++) {
            struct plan_office_trip visit = ground->trips[i];
            uint32_t place = n_visits[visit.municipality]++;
            visit.municipality = (int32_t)m;
            ground->visits[place] = visit;
        }
}

static om_status add_trips(om_context *ctx, struct plan_ground *ground)
{
    size_t n_services = ground->reach->first_service[ground->n], n = 0;
    if (n_services > UINT32_MAX)
        return fail_size(ctx);
    struct fulfilment *fulfilments = om_alloc(n_services, sizeof *fulfilments);
    uint32_t *n_visits = om_alloc(ground->n, sizeof *n_visits), n_trips = 0;
    om_status status = OM_OK;
    ground->trips = om_alloc(n_services, sizeof *ground->trips);
    ground->visits = om_alloc(n_services, sizeof *ground->visits);
    ground->fulfilled = om_alloc(n_services, sizeof *ground->fulfilled);
    if (!fulfilments || !n_visits || !ground->trips || !ground->visits || !ground->fulfilled) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t m = 0; m < ground->n; m++) {
        ground->units[m].first_trip = n_trips;
        size_t added = list_fulfilments(ground, m, fulfilments);
        n_trips = list_trips(ground, fulfilments, added, (uint32_t)n, n_trips, n_visits);
        n += added;
    }
    ground->units[ground->n].first_trip = n_trips;
    ground->units[ground->n].first_option = (uint32_t)ground->n_options;
    status = add_masks(ctx, ground);
    if (!status)
        turn_trips(ground, n_visits);
done:
    om_free(n_visits);
    om_free(fulfilments);
    return status;
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
                                   .units = om_alloc(input->territory->n + 1, sizeof *ground->units)};
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
        status = add_stakes(ctx, ground);
    if (!status)
        status = add_trips(ctx, ground);
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

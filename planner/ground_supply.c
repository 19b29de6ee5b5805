/* Who stands where on the ground: suppliers in municipalities, and who travels to them. */
#include "ground_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>

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

om_status plan_ground_add_stakes(om_context *ctx, struct plan_ground *ground)
{
    size_t most = (size_t)ground->reach->first_present[ground->n] + ground->input->market->n_contracts;
    uint32_t n = 0;
    ground->stakes = om_alloc(most, sizeof *ground->stakes);
    if (!ground->stakes)
        return om_no_memory(ctx);
    for (size_t m = 0; m < ground->n; m++) {
        ground->units[m].first_stake = n;
        ground->units[m].n_stakes = list_stakes(ground, m, ground->stakes + n);
        n += ground->units[m].n_stakes;
    }
    return OM_OK;
}

/* A service of the reach list: an option that the offices of a municipality fulfil. */
struct fulfilment {
    int32_t municipality;
    int32_t option;
};

/* The municipality itself comes first, then the others as they are numbered. */
static int compare_fulfilments(const void *left, const void *right)
{
    const struct fulfilment *x = left, *y = right;
    if (x->municipality != y->municipality)
        return x->municipality < y->municipality ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

enum { ITSELF = -1 };

/* The services of m are sorted by supplier: each supplier is an option. */
static size_t list_fulfilments(struct plan_ground *ground, size_t m, struct fulfilment *out)
{
    const struct plan_reach *reach = ground->reach;
    struct plan_unit *unit = &ground->units[m];
    size_t first = reach->first_service[m], n = reach->first_service[m + 1] - first;
    int32_t n_options = 0, n_own = 0;
    for (size_t i = 0; i < n; i++) {
        const struct plan_service *service = &reach->services[first + i];
        bool is_own = service->municipality == (int32_t)m;
        n_options += i == 0 || service->supplier != service[-1].supplier;
        n_own += is_own;
        out[i] = (struct fulfilment){is_own ? ITSELF : service->municipality, n_options - 1};
    }
    unit->is_far = n_options < ground->wanted;
    if (plan_status_of(n_own, ground->wanted) == plan_status_of(n_options, ground->wanted))
        return 0;
    unit->n_words = ((uint32_t)n_options + 63) / 64;
    qsort(out, n, sizeof *out, compare_fulfilments);
    return n;
}

/* What is listed so far. */
struct listing {
    size_t n_trips, n_words, words_capacity;
};

/* Room for the options of m and of n trips. */
static om_status make_room(om_context *ctx, struct plan_ground *ground, struct listing *listing,
                           size_t wanted)
{
    uint64_t *grown =
        om_grow(ground->options, &listing->words_capacity, listing->n_words + wanted + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    ground->options = grown;
    for (size_t w = 0; w < wanted; w++)
        grown[listing->n_words + w] = 0;
    if (listing->n_words + wanted > UINT32_MAX)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("too many services to search plans over"));
    return OM_OK;
}

/* Settled ones fulfil nothing here. */
static om_status list_trips(om_context *ctx, struct plan_ground *ground, size_t m,
                            const struct fulfilment *fulfilments, size_t n, struct listing *listing)
{
    struct plan_unit *unit = &ground->units[m];
    unit->first_trip = (uint32_t)listing->n_trips;
    unit->first_options = (uint32_t)listing->n_words;
    unit->first_open = (uint32_t)ground->n_open;
    om_status status = make_room(ctx, ground, listing, (n + 1) * unit->n_words);
    if (status)
        return status;
    uint64_t *options = ground->options + listing->n_words;
    for (size_t i = 0; i < n; i++) {
        int32_t to = fulfilments[i].municipality, option = fulfilments[i].option;
        if (to != ITSELF && (i == 0 || to != fulfilments[i - 1].municipality)) {
            ground->trips[listing->n_trips++] = to;
            ground->units[to].n_visits++;
            options += unit->n_words;
        }
        options[option / 64] |= (uint64_t)1 << option % 64;
    }
    unit->n_trips = (uint32_t)listing->n_trips - unit->first_trip;
    listing->n_words += ((size_t)unit->n_trips + 1) * unit->n_words;
    ground->n_open += unit->n_words;
    return OM_OK;
}

/* The same trips by destination. */
static void turn_trips(struct plan_ground *ground)
{
    uint32_t first = 0;
    for (size_t k = 0; k < ground->n; k++) {
        ground->units[k].first_visit = first;
        first += ground->units[k].n_visits;
        ground->units[k].n_visits = 0;
    }
    for (size_t m = 0; m < ground->n; m++) {
        const struct plan_unit *unit = &ground->units[m];
        for (uint32_t i = 0; i < unit->n_trips; i++) {
            struct plan_unit *to = &ground->units[ground->trips[unit->first_trip + i]];
            ground->visits[to->first_visit + to->n_visits++] =
                (struct plan_visit){(int32_t)m, unit->first_options + (i + 1) * unit->n_words};
        }
    }
}

om_status plan_ground_add_trips(om_context *ctx, struct plan_ground *ground)
{
    size_t n_services = ground->reach->first_service[ground->n];
    struct listing listing = {0};
    struct fulfilment *fulfilments = om_alloc(n_services, sizeof *fulfilments);
    om_status status = OM_OK;
    ground->trips = om_alloc(n_services, sizeof *ground->trips);
    ground->visits = om_alloc(n_services, sizeof *ground->visits);
    if (!fulfilments || !ground->trips || !ground->visits)
        status = om_no_memory(ctx);
    for (size_t m = 0; m < ground->n && !status; m++) {
        size_t n = list_fulfilments(ground, m, fulfilments);
        status = list_trips(ctx, ground, m, fulfilments, n, &listing);
    }
    if (!status)
        turn_trips(ground);
    om_free(fulfilments);
    return status;
}

om_status plan_ground_add_clients(om_context *ctx, struct plan_ground *ground)
{
    const struct plan_market *market = ground->input->market;
    uint32_t *first = ground->first_client = om_alloc(ground->n_suppliers + 1, sizeof *first);
    ground->clients = om_alloc(market->n_contracts, sizeof *ground->clients);
    if (!first || !ground->clients)
        return om_no_memory(ctx);
    for (size_t i = 0; i < market->n_contracts; i++)
        first[market->contracts[i].supplier + 1] += ground->units[market->contracts[i].municipality].is_far;
    for (size_t s = 0; s < ground->n_suppliers; s++)
        first[s + 1] += first[s];
    for (size_t i = 0; i < market->n_contracts; i++) {
        const struct plan_contract *contract = &market->contracts[i];
        if (ground->units[contract->municipality].is_far)
            ground->clients[first[contract->supplier]++] = contract->municipality;
    }
    for (size_t s = ground->n_suppliers; s > 0; s--)
        first[s] = first[s - 1];
    first[0] = 0;
    return OM_OK;
}

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
        n += list_stakes(ground, m, ground->stakes + n);
    }
    ground->units[ground->n].first_stake = n;
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
    int32_t n_options = 0;
    for (size_t i = 0; i < n; i++) {
        const struct plan_service *service = &reach->services[first + i];
        bool is_own = service->municipality == (int32_t)m;
        n_options += i == 0 || service->supplier != service[-1].supplier;
        unit->suppliers_own += is_own;
        out[i] = (struct fulfilment){is_own ? ITSELF : service->municipality, n_options - 1};
    }
    unit->suppliers_anywhere = n_options;
    unit->n_words = ((uint32_t)n_options + 63) / 64;
    unit->is_settled = plan_status_of(unit->suppliers_own, ground->wanted) ==
                       plan_status_of(unit->suppliers_anywhere, ground->wanted);
    if (n)
        qsort(out, n, sizeof *out, compare_fulfilments);
    return n;
}

/* What is listed so far. */
struct listing {
    size_t n_trips, n_words, words_capacity;
    uint32_t *n_visitors; /* per municipality */
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

static om_status list_trips(om_context *ctx, struct plan_ground *ground, size_t m,
                            const struct fulfilment *fulfilments, size_t n, struct listing *listing)
{
    const struct plan_unit *unit = &ground->units[m];
    if (unit->is_settled)
        return OM_OK;
    om_status status = make_room(ctx, ground, listing, (n + 1) * unit->n_words);
    if (status)
        return status;
    uint64_t *options = ground->options + listing->n_words;
    for (size_t i = 0; i < n; i++) {
        int32_t to = fulfilments[i].municipality, option = fulfilments[i].option;
        if (to != ITSELF && (i == 0 || to != fulfilments[i - 1].municipality)) {
            ground->trips[listing->n_trips++] = to;
            listing->n_visitors[to]++;
            options += unit->n_words;
        }
        options[option / 64] |= (uint64_t)1 << option % 64;
    }
    listing->n_words = (size_t)(options - ground->options) + unit->n_words;
    return OM_OK;
}

/* The same trips by destination. */
static void turn_trips(struct plan_ground *ground, uint32_t *n_visitors)
{
    uint32_t first = 0;
    for (size_t k = 0; k < ground->n; k++) {
        ground->units[k].first_visitor = first;
        first += n_visitors[k];
        n_visitors[k] = ground->units[k].first_visitor;
    }
    ground->units[ground->n].first_visitor = first;
    for (size_t m = 0; m < ground->n; m++)
        for (uint32_t i = ground->units[m].first_trip; i < ground->units[m + 1].first_trip; i++)
            ground->visitors[n_visitors[ground->trips[i]]++] = (int32_t)m;
}

om_status plan_ground_add_trips(om_context *ctx, struct plan_ground *ground)
{
    size_t n_services = ground->reach->first_service[ground->n];
    struct listing listing = {.n_visitors = om_alloc(ground->n, sizeof *listing.n_visitors)};
    struct fulfilment *fulfilments = om_alloc(n_services, sizeof *fulfilments);
    om_status status = OM_OK;
    ground->trips = om_alloc(n_services, sizeof *ground->trips);
    ground->visitors = om_alloc(n_services, sizeof *ground->visitors);
    if (!fulfilments || !listing.n_visitors || !ground->trips || !ground->visitors)
        status = om_no_memory(ctx);
    for (size_t m = 0; m < ground->n && !status; m++) {
        ground->units[m].first_trip = (uint32_t)listing.n_trips;
        ground->units[m].first_options = (uint32_t)listing.n_words;
        size_t n = list_fulfilments(ground, m, fulfilments);
        status = list_trips(ctx, ground, m, fulfilments, n, &listing);
    }
    if (!status) {
        ground->units[ground->n].first_trip = (uint32_t)listing.n_trips;
        turn_trips(ground, listing.n_visitors);
    }
    om_free(listing.n_visitors);
    om_free(fulfilments);
    return status;
}

#include "allocation_program_internal.h"

#include <math.h>
#include <string.h>

/* Pairs of a need and an open site looked at by the search for a start; the same on every machine. */
static const double most_work = 5e8;

size_t plan_allocation_count(const struct plan_allocation *allocation, const bool *chosen)
{
    size_t n = 0;
    for (size_t s = 0; s < allocation->cover->n_sites; s++)
        n += chosen[s];
    return n;
}

void plan_allocation_keep(struct plan_allocation *allocation, double load)
{
    memcpy(allocation->chosen, allocation->trial, allocation->cover->n_sites * sizeof *allocation->chosen);
    memcpy(allocation->site_of, allocation->trial_of,
           allocation->cover->n_needs * sizeof *allocation->site_of);
    allocation->load = load;
}

static bool may_go_on(const struct plan_allocation *allocation, const struct plan_mip *mip)
{
    return allocation->packing.work < most_work && plan_mip_has_time(mip);
}

static bool is_forced(const struct plan_allocation *allocation, size_t site)
{
    return allocation->cover->is_forced && allocation->cover->is_forced[site];
}

static double pack_trial(struct plan_allocation *allocation)
{
    return plan_pack(&allocation->packing, allocation->trial, allocation->trial_of);
}

static bool is_as_good(const struct plan_allocation *allocation, double load)
{
    return load >= allocation->load && plan_packing_covers_light(allocation->cover, allocation->trial);
}

/* Sites closed one after the other, those of least use first, while what is left has room for as much. */
static void close_sites(struct plan_allocation *allocation)
{
    const struct plan_cover *cover = allocation->cover;
    double *use = allocation->values;
    for (size_t s = 0; s < cover->n_sites; s++)
        use[s] = 0;
    for (size_t p = 0; p < allocation->n_pairs; p++)
        use[allocation->pairs[p].site] += cover->load[allocation->pairs[p].need];
    for (size_t round = 0; round < cover->n_sites; round++) {
        size_t least = cover->n_sites;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (use[s] >= 0 && (least == cover->n_sites || use[s] < use[least]))
                least = s;
        use[least] = -1;
        if (!allocation->chosen[least] || is_forced(allocation, least))
            continue;
        memcpy(allocation->trial, allocation->chosen, cover->n_sites * sizeof *allocation->trial);
        allocation->trial[least] = false;
        double load = pack_trial(allocation);
        if (is_as_good(allocation, load))
            plan_allocation_keep(allocation, load);
    }
}

/* Whether a closed site could take a need that the trial leaves out. */
static bool would_help(const struct plan_allocation *allocation, const int32_t *site_of, size_t site)
{
    const struct plan_cover *cover = allocation->cover;
    for (size_t i = 0; i < cover->n_needs; i++)
        if (site_of[i] < 0 && cover->load[i] > 0 && !isnan(cover->cost[i * cover->n_sites + site]) &&
            cover->load[i] <= cover->capacity[site])
            return true;
    return false;
}

/* What an opened site and a closed one change; a site that is the number of sites stands for none. */
struct swap {
    size_t opened, closed;
    double load;
};

static double load_with(struct plan_allocation *allocation, struct swap swap)
{
    size_t n = allocation->cover->n_sites;
    if (swap.opened < n)
        allocation->trial[swap.opened] = true;
    if (swap.closed < n)
        allocation->trial[swap.closed] = false;
    double load = pack_trial(allocation);
    if (swap.opened < n)
        allocation->trial[swap.opened] = false;
    if (swap.closed < n)
        allocation->trial[swap.closed] = true;
    return load;
}

static void close_best(struct plan_allocation *allocation, struct swap *best)
{
    for (size_t r = 0; r < allocation->cover->n_sites; r++) {
        if (!allocation->trial[r] || is_forced(allocation, r))
            continue;
        struct swap swap = {best->opened, r, 0};
        swap.load = load_with(allocation, swap);
        if (swap.load > best->load)
            *best = swap;
    }
}

/* The swap by which the trial serves most, of those that help whom it leaves out. */
static struct swap find_swap(struct plan_allocation *allocation, const struct plan_mip *mip, double load)
{
    size_t n = allocation->cover->n_sites;
    struct swap best = {n, n, load};
    int32_t *before = allocation->left_out;
    pack_trial(allocation);
    memcpy(before, allocation->trial_of, allocation->cover->n_needs * sizeof *before);
    for (size_t s = 0; s < n && may_go_on(allocation, mip); s++) {
        if (allocation->trial[s] || !would_help(allocation, before, s))
            continue;
        struct swap with = {s, n, best.load};
        close_best(allocation, &with);
        if (with.closed < n)
            best = with;
    }
    return best;
}

/* Tries with one site fewer: the one missed least goes, then sites are swapped while more is served. */
static bool drop_one(struct plan_allocation *allocation, const struct plan_mip *mip)
{
    const struct plan_cover *cover = allocation->cover;
    struct swap swap = {cover->n_sites, cover->n_sites, -1};
    memcpy(allocation->trial, allocation->chosen, cover->n_sites * sizeof *allocation->trial);
    close_best(allocation, &swap);
    while (swap.closed < cover->n_sites) {
        allocation->trial[swap.closed] = false;
        if (swap.opened < cover->n_sites)
            allocation->trial[swap.opened] = true;
        double load = pack_trial(allocation);
        if (is_as_good(allocation, load)) {
            plan_allocation_keep(allocation, load);
            return true;
        }
        swap = find_swap(allocation, mip, load);
    }
    return false;
}

/* From the sites that would be enough without capacities: opens more until there is room for all. */
static void open_from_enough(struct plan_allocation *allocation)
{
    size_t n = allocation->cover->n_sites, fewest = plan_allocation_count(allocation, allocation->chosen);
    memcpy(allocation->trial, allocation->enough, n * sizeof *allocation->trial);
    for (size_t k = plan_allocation_count(allocation, allocation->trial); k < fewest; k++) {
        struct swap best = {n, n, -1};
        double load = pack_trial(allocation);
        if (is_as_good(allocation, load)) {
            plan_allocation_keep(allocation, load);
            return;
        }
        for (size_t s = 0; s < n; s++) {
            struct swap swap = {s, n, 0};
            if (allocation->trial[s])
                continue;
            swap.load = load_with(allocation, swap);
            if (swap.load > best.load)
                best = swap;
        }
        if (best.opened == n)
            return;
        allocation->trial[best.opened] = true;
    }
}

void plan_allocation_begin(struct plan_allocation *allocation, const struct plan_mip *mip)
{
    close_sites(allocation);
    if (allocation->load >= allocation->total)
        open_from_enough(allocation);
    else
        allocation->least_without = 0;
    while (plan_allocation_count(allocation, allocation->chosen) > allocation->least_without &&
           may_go_on(allocation, mip) && drop_one(allocation, mip))
        ;
}

#include "allocation_program_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

enum { ROW_NUMBER = 1 };

static size_t times(const struct plan_cover *cover)
{
    return cover->times > 1 ? (size_t)cover->times : 1;
}

static double cost_of(const struct plan_cover *cover, size_t need, size_t site)
{
    return cover->cost[need * cover->n_sites + site];
}

static bool can_take(const struct plan_cover *cover, size_t need, size_t site)
{
    return !isnan(cost_of(cover, need, site)) && cover->load[need] > 0 &&
           cover->load[need] <= cover->capacity[site];
}

static int pair_column(const struct plan_allocation *allocation, size_t pair)
{
    return (int)(allocation->cover->n_sites + pair) + 1;
}

/* A row with values over `n` columns gathered in allocation. */
static void add_row(struct plan_allocation *allocation, struct plan_mip *mip, double lower, double upper,
                    int n)
{
    if (n > 0)
        plan_mip_row(mip, lower, upper, n, allocation->columns, allocation->values);
}

static int gather(struct plan_allocation *allocation, int n, int column, double value)
{
    allocation->columns[n + 1] = column;
    allocation->values[n + 1] = value;
    return n + 1;
}

static void add_columns(const struct plan_allocation *allocation, struct plan_mip *mip,
                        enum plan_allocation_goal goal)
{
    const struct plan_cover *cover = allocation->cover;
    plan_mip_columns(mip, cover->n_sites, goal == PLAN_FEWEST_SITES);
    for (size_t p = 0; p < allocation->n_pairs; p++) {
        const struct plan_pairing *pair = &allocation->pairs[p];
        double cost = goal == PLAN_MOST_LOAD    ? -cover->load[pair->need]
                      : goal == PLAN_LEAST_COST ? allocation->unit * cost_of(cover, pair->need, pair->site)
                                                : 0;
        plan_mip_columns(mip, 1, cost);
    }
    for (size_t s = 0; s < cover->n_sites; s++)
        if (cover->is_forced && cover->is_forced[s])
            plan_mip_fix(mip, (int)s + 1, 1);
}

static void add_number_row(struct plan_allocation *allocation, struct plan_mip *mip)
{
    int n = 0;
    for (size_t s = 0; s < allocation->cover->n_sites; s++)
        n = gather(allocation, n, (int)s + 1, 1);
    add_row(allocation, mip, -INFINITY, (double)allocation->cover->n_sites, n);
}

/* The needs are served once at most, or all exactly once; then as much load as is known to be possible. */
static void add_load_rows(struct plan_allocation *allocation, struct plan_mip *mip,
                          enum plan_allocation_goal goal)
{
    bool serves_all = goal != PLAN_MOST_LOAD && allocation->load >= allocation->total;
    for (size_t p = 0; p < allocation->n_pairs;) {
        int n = 0;
        for (size_t need = allocation->pairs[p].need;
             p < allocation->n_pairs && allocation->pairs[p].need == need; p++)
            n = gather(allocation, n, pair_column(allocation, p), 1);
        add_row(allocation, mip, serves_all ? 1 : -INFINITY, 1, n);
    }
    if (goal == PLAN_MOST_LOAD || serves_all)
        return;
    int n = 0;
    for (size_t p = 0; p < allocation->n_pairs; p++)
        n = gather(allocation, n, pair_column(allocation, p),
                   allocation->cover->load[allocation->pairs[p].need]);
    add_row(allocation, mip, allocation->load - 1e-6 * fmax(1, allocation->load), INFINITY, n);
}

/* Who is served, and where it must be who has no load, is in reach of enough open sites. */
static void add_cover_rows(struct plan_allocation *allocation, struct plan_mip *mip)
{
    const struct plan_cover *cover = allocation->cover;
    for (size_t i = 0, p = 0; i < cover->n_needs; i++) {
        bool is_light = !(cover->load[i] > 0);
        size_t first = p;
        while (p < allocation->n_pairs && allocation->pairs[p].need == i)
            p++;
        if (is_light ? !allocation->is_light_covered : times(cover) == 1)
            continue;
        int n = 0;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (!isnan(cost_of(cover, i, s)))
                n = gather(allocation, n, (int)s + 1, 1);
        for (size_t pair = first; pair < p; pair++)
            n = gather(allocation, n, pair_column(allocation, pair), -(double)times(cover));
        add_row(allocation, mip, is_light ? (double)times(cover) : 0, INFINITY, n);
    }
}

/* A site serves no more than it has room for, and nobody when it is closed. */
static void add_capacity_rows(struct plan_allocation *allocation, struct plan_mip *mip)
{
    const struct plan_cover *cover = allocation->cover;
    for (size_t s = 0; s < cover->n_sites; s++) {
        double wanted = 0;
        int n = 0;
        for (size_t p = 0; p < allocation->n_pairs; p++)
            wanted += allocation->pairs[p].site == s ? cover->load[allocation->pairs[p].need] : 0;
        double capacity = fmin(cover->capacity[s], wanted);
        for (size_t p = 0; p < allocation->n_pairs; p++)
            if (allocation->pairs[p].site == s)
                n = gather(allocation, n, pair_column(allocation, p),
                           cover->load[allocation->pairs[p].need] / capacity);
        if (n > 0)
            add_row(allocation, mip, -INFINITY, 0, gather(allocation, n, (int)s + 1, -1));
    }
}

/* The rows that a need is served from an open site only, where they are missing. */
static size_t add_openings(struct plan_mip *mip, void *user)
{
    struct plan_allocation *allocation = user;
    size_t n_added = 0;
    for (size_t p = 0; p < allocation->n_pairs; p++) {
        int column = pair_column(allocation, p), site = (int)allocation->pairs[p].site + 1;
        if (glp_get_col_prim(mip->problem, column) <= glp_get_col_prim(mip->problem, site) + 1e-6)
            continue;
        add_row(allocation, mip, -INFINITY, 0,
                gather(allocation, gather(allocation, 0, column, 1), site, -1));
        n_added++;
    }
    return n_added;
}

static bool are_loads_whole(const struct plan_cover *cover)
{
    for (size_t i = 0; i < cover->n_needs; i++)
        if (cover->load[i] != floor(cover->load[i]))
            return false;
    return true;
}

void plan_allocation_start(struct plan_allocation *allocation, struct plan_mip *mip,
                           enum plan_allocation_goal goal)
{
    plan_mip_start(mip);
    add_columns(allocation, mip, goal);
    add_number_row(allocation, mip);
    add_load_rows(allocation, mip, goal);
    add_cover_rows(allocation, mip);
    add_capacity_rows(allocation, mip);
    mip->n_binary = allocation->cover->n_sites + allocation->n_pairs;
    mip->n_leading = allocation->cover->n_sites;
    mip->values = allocation->best;
    mip->separate = add_openings;
    mip->user = allocation;
    mip->granularity =
        goal == PLAN_FEWEST_SITES || (goal == PLAN_MOST_LOAD && are_loads_whole(allocation->cover)) ? 1 : 0;
}

void plan_allocation_fix_number(struct plan_mip *mip, size_t n)
{
    glp_set_row_bnds(mip->problem, ROW_NUMBER, GLP_FX, (double)n, (double)n);
}

void plan_allocation_fix_sites(const struct plan_allocation *allocation, struct plan_mip *mip,
                               const bool *chosen)
{
    for (size_t s = 0; s < allocation->cover->n_sites; s++)
        plan_mip_fix(mip, (int)s + 1, chosen[s]);
}

int plan_allocation_exclude(struct plan_allocation *allocation, struct plan_mip *mip, const bool *chosen)
{
    int n = 0;
    for (size_t s = 0; s < allocation->cover->n_sites; s++)
        if (chosen[s])
            n = gather(allocation, n, (int)s + 1, 1);
    return plan_mip_row(mip, -INFINITY, n - 1, n, allocation->columns, allocation->values);
}

bool plan_allocation_read(struct plan_allocation *allocation, const struct plan_mip *mip, double *load)
{
    const struct plan_cover *cover = allocation->cover;
    double *room = allocation->packing.room;
    *load = 0;
    for (size_t s = 0; s < cover->n_sites; s++) {
        allocation->trial[s] = mip->values[s] > 0.5;
        room[s] = cover->capacity[s];
    }
    memset(allocation->trial_of, -1, cover->n_needs * sizeof *allocation->trial_of);
    for (size_t p = 0; p < allocation->n_pairs; p++) {
        const struct plan_pairing *pair = &allocation->pairs[p];
        if (mip->values[cover->n_sites + p] < 0.5)
            continue;
        allocation->trial_of[pair->need] = (int32_t)pair->site;
        room[pair->site] -= cover->load[pair->need];
        *load += cover->load[pair->need];
        if (!allocation->trial[pair->site] || room[pair->site] < -1e-9 * fmax(1, cover->capacity[pair->site]))
            return false;
    }
    return true;
}

void plan_allocation_done(struct plan_allocation *allocation)
{
    plan_packing_done(&allocation->packing);
    om_free(allocation->pairs);
    om_free(allocation->chosen);
    om_free(allocation->site_of);
    om_free(allocation->trial);
    om_free(allocation->trial_of);
    om_free(allocation->left_out);
    om_free(allocation->enough);
    om_free(allocation->columns);
    om_free(allocation->values);
    om_free(allocation->best);
}

/* Lists the pairs; what they cost decides the unit. */
static om_status find_pairs(om_context *ctx, struct plan_allocation *allocation)
{
    const struct plan_cover *cover = allocation->cover;
    double largest = 0;
    allocation->pairs = om_alloc(cover->n_needs * cover->n_sites, sizeof *allocation->pairs);
    if (!allocation->pairs)
        return om_no_memory(ctx);
    for (size_t i = 0; i < cover->n_needs; i++) {
        allocation->total += cover->load[i];
        for (size_t s = 0; s < cover->n_sites; s++)
            if (can_take(cover, i, s)) {
                allocation->pairs[allocation->n_pairs++] = (struct plan_pairing){i, s};
                largest = fmax(largest, cost_of(cover, i, s));
            }
    }
    allocation->unit = largest > 0 ? 1 / largest : 1;
    return OM_OK;
}

om_status plan_allocation_init(om_context *ctx, const struct plan_cover *cover,
                               struct plan_allocation *allocation)
{
    *allocation = (struct plan_allocation){.cover = cover};
    om_status status = plan_packing_init(ctx, cover, &allocation->packing);
    if (!status)
        status = find_pairs(ctx, allocation);
    size_t n = cover->n_sites + allocation->n_pairs;
    allocation->chosen = om_alloc(cover->n_sites, sizeof *allocation->chosen);
    allocation->site_of = om_alloc(cover->n_needs, sizeof *allocation->site_of);
    allocation->trial = om_alloc(cover->n_sites, sizeof *allocation->trial);
    allocation->trial_of = om_alloc(cover->n_needs, sizeof *allocation->trial_of);
    allocation->left_out = om_alloc(cover->n_needs, sizeof *allocation->left_out);
    allocation->enough = om_alloc(cover->n_sites, sizeof *allocation->enough);
    allocation->columns = om_alloc(n + 2, sizeof *allocation->columns);
    allocation->values = om_alloc(n + 2, sizeof *allocation->values);
    allocation->best = om_alloc(n, sizeof *allocation->best);
    if (!status && (!allocation->chosen || !allocation->site_of || !allocation->trial ||
                    !allocation->trial_of || !allocation->left_out || !allocation->enough ||
                    !allocation->columns || !allocation->values || !allocation->best))
        status = om_no_memory(ctx);
    return status;
}

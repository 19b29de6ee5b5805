#include "cover_internal.h"

#include "allocation_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <string.h>

/* One search: the problem and the best answer so far. */
struct search {
    const struct plan_cover *cover;
    size_t times;
    bool *chosen;
    bool *trial;     /* scratch, n_sites */
    double *values;  /* of the columns of a row; n_sites + 2 */
    int *columns;    /* n_sites + 2 */
    double *best;    /* of the binary columns; n_sites */
    size_t *order;   /* [need * n_sites]: its sites, cheapest first */
    size_t *n_order; /* how many they are */
    double unit;     /* costs are multiplied by it, so that none is over 1 in a program */
    size_t n_chosen, least_sites;
    bool is_optimal;
};

static bool covers(const struct plan_cover *cover, size_t need, size_t site)
{
    return !isnan(cover->cost[need * cover->n_sites + site]);
}

static bool is_forced(const struct plan_cover *cover, size_t site)
{
    return cover->is_forced && cover->is_forced[site];
}

double plan_cover_cost(const struct plan_cover *cover, const bool *chosen)
{
    double total = 0;
    for (size_t i = 0; i < cover->n_needs; i++) {
        double least = NAN;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (chosen[s] && covers(cover, i, s))
                least = fmin(least, cover->cost[i * cover->n_sites + s]);
        total += least;
    }
    return total;
}

/* The first of the cheapest sites that cover every need alone, if one is enough and there is one. */
static bool cover_with_one(struct search *search)
{
    const struct plan_cover *cover = search->cover;
    double least = INFINITY;
    size_t best = cover->n_sites;
    for (size_t s = 0; s < cover->n_sites; s++) {
        double total = 0;
        for (size_t i = 0; i < cover->n_needs; i++)
            total += cover->cost[i * cover->n_sites + s];
        if (total < least) {
            least = total;
            best = s;
        }
    }
    if (best == cover->n_sites || search->times > 1 || search->n_chosen > 0)
        return false;
    search->chosen[best] = true;
    search->n_chosen = search->least_sites = 1;
    search->is_optimal = true;
    return true;
}

static void open_forced(struct search *search)
{
    for (size_t s = 0; s < search->cover->n_sites; s++) {
        search->chosen[s] = is_forced(search->cover, s);
        search->n_chosen += search->chosen[s];
    }
}

/* How often the need still has to be covered. */
static size_t count_missing(const struct search *search, const bool *chosen, size_t need)
{
    size_t n = 0;
    for (size_t s = 0; s < search->cover->n_sites; s++)
        n += chosen[s] && covers(search->cover, need, s);
    return n < search->times ? search->times - n : 0;
}

static size_t count_fresh(const struct search *search, const size_t *missing, size_t site)
{
    size_t n = 0;
    for (size_t i = 0; !search->chosen[site] && i < search->cover->n_needs; i++)
        n += missing[i] > 0 && covers(search->cover, i, site);
    return n;
}

/* An answer to fall back on: again and again the site that covers most of what is left. */
static om_status cover_greedily(om_context *ctx, struct search *search)
{
    const struct plan_cover *cover = search->cover;
    om_status status = OM_OK;
    size_t left = 0, *missing = om_alloc(cover->n_needs, sizeof *missing);
    if (!missing)
        return om_no_memory(ctx);
    for (size_t i = 0; i < cover->n_needs; i++)
        left += missing[i] = count_missing(search, search->chosen, i);
    while (left > 0 && !status) {
        size_t best = 0, most = 0;
        for (size_t s = 0; s < cover->n_sites; s++) {
            size_t fresh = count_fresh(search, missing, s);
            if (fresh > most) {
                most = fresh;
                best = s;
            }
        }
        if (most == 0) {
            status = om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("a need cannot be covered from any site"));
            break;
        }
        search->chosen[best] = true;
        search->n_chosen++;
        left -= most;
        for (size_t i = 0; i < cover->n_needs; i++)
            missing[i] -= missing[i] > 0 && covers(cover, i, best);
    }
    om_free(missing);
    return status;
}

/* One binary column for each site. */
static void start_program(struct search *search, struct plan_mip *mip, double cost_of_site)
{
    const struct plan_cover *cover = search->cover;
    plan_mip_start(mip);
    plan_mip_columns(mip, cover->n_sites, cost_of_site);
    mip->n_binary = cover->n_sites;
    mip->values = search->best;
    for (size_t s = 0; s < cover->n_sites; s++)
        if (is_forced(cover, s))
            plan_mip_fix(mip, (int)s + 1, 1);
}

/* A row for each need that its sites cover it often enough. */
static void add_covers(struct search *search, struct plan_mip *mip)
{
    const struct plan_cover *cover = search->cover;
    for (size_t i = 0; i < cover->n_needs; i++) {
        int n = 0;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (covers(cover, i, s)) {
                search->columns[++n] = (int)s + 1;
                search->values[n] = 1;
            }
        plan_mip_row(mip, (double)search->times, INFINITY, n, search->columns, search->values);
    }
}

static size_t read_sites(const struct plan_mip *mip, bool *chosen)
{
    size_t n = 0;
    for (size_t s = 0; s < mip->n_binary; s++) {
        chosen[s] = mip->values[s] > 0.5;
        n += chosen[s];
    }
    return n;
}

/* First stage: the smallest number of sites. */
static void minimise_number(struct search *search, struct plan_mip *mip)
{
    start_program(search, mip, 1);
    add_covers(search, mip);
    mip->granularity = 1;
    mip->objective = (double)search->n_chosen;
    search->is_optimal = plan_mip_solve(mip, -INFINITY);
    if (mip->is_found)
        search->n_chosen = read_sites(mip, search->chosen);
    if (mip->bound > 0)
        search->least_sites = (size_t)mip->bound;
}

/* A need's sites by cost; returns how many there are. */
static size_t sort_sites(const struct search *search, size_t need, size_t *order)
{
    const double *cost = search->cover->cost + need * search->cover->n_sites;
    size_t n = 0;
    for (size_t s = 0; s < search->cover->n_sites; s++) {
        if (isnan(cost[s]))
            continue;
        size_t place = n++;
        for (; place > 0 && cost[order[place - 1]] > cost[s]; place--)
            order[place] = order[place - 1];
        order[place] = s;
    }
    return n;
}

/*
 * With sites open to a fraction, a need is served by its cheapest ones until they make a whole; what the last
 * of them costs is lessened by each cheaper one that is open: a bound on the need's cost that holds for every
 * choice of sites (a Benders cut of the p-median problem). Adds it when the need's cost is below it.
 */
static size_t add_cut(const struct search *search, struct plan_mip *mip, size_t need)
{
    const struct plan_cover *cover = search->cover;
    const double *cost = cover->cost + need * cover->n_sites;
    const size_t *order = search->order + need * cover->n_sites;
    double open = 0, bound;
    size_t last = 0;
    for (; last + 1 < search->n_order[need]; last++) {
        open += glp_get_col_prim(mip->problem, (int)order[last] + 1);
        if (open >= 1 - 1e-9)
            break;
    }
    bound = search->unit * cost[order[last]];
    int n = 1;
    search->columns[1] = (int)(cover->n_sites + need) + 1;
    search->values[1] = 1;
    for (size_t i = 0; i < last; i++) {
        double less = search->unit * (cost[order[last]] - cost[order[i]]);
        bound -= less * glp_get_col_prim(mip->problem, (int)order[i] + 1);
        search->columns[++n] = (int)order[i] + 1;
        search->values[n] = less;
    }
    if (glp_get_col_prim(mip->problem, search->columns[1]) >= bound - 1e-7)
        return 0;
    plan_mip_row(mip, search->unit * cost[order[last]], INFINITY, n, search->columns, search->values);
    return 1;
}

static size_t add_cuts(struct plan_mip *mip, void *user)
{
    const struct search *search = user;
    size_t n = 0;
    for (size_t i = 0; i < search->cover->n_needs; i++)
        n += add_cut(search, mip, i);
    return n;
}

static void fix_number(struct search *search, struct plan_mip *mip)
{
    size_t n_sites = search->cover->n_sites;
    for (size_t s = 1; s <= n_sites; s++) {
        search->columns[s] = (int)s;
        search->values[s] = 1;
    }
    plan_mip_row(mip, (double)search->n_chosen, (double)search->n_chosen, (int)n_sites, search->columns,
                 search->values);
}

/* Second stage: as many sites as the first found, at the least cost (the p-median problem). */
static bool minimise_cost(struct search *search, struct plan_mip *mip)
{
    const struct plan_cover *cover = search->cover;
    start_program(search, mip, 0);
    int first = plan_mip_columns(mip, cover->n_needs, 1);
    for (int c = first; c < first + (int)cover->n_needs; c++)
        glp_set_col_bnds(mip->problem, c, GLP_LO, 0, 0);
    fix_number(search, mip);
    add_covers(search, mip);
    mip->separate = add_cuts;
    mip->user = search;
    mip->objective = search->unit * plan_cover_cost(cover, search->chosen);
    bool is_proven = plan_mip_solve(mip, -INFINITY);
    if (mip->is_found)
        read_sites(mip, search->chosen);
    return is_proven;
}

static double slack(double cost)
{
    return 1e-9 * fmax(1, cost);
}

/* An answer may cost this much: it is better than one that costs a hair more. */
static void allow_cost(const struct search *search, struct plan_mip *mip, double cost)
{
    mip->objective = search->unit * cost + 1e-7 * fmax(1, search->unit * cost);
}

/* Whether a choice that opens the columns fixed so far costs no more; then it is in search->trial. */
static bool is_as_cheap(struct search *search, struct plan_mip *mip, double cost)
{
    allow_cost(search, mip, cost);
    plan_mip_solve(mip, search->unit * (cost + slack(cost)));
    if (!mip->is_found)
        return false;
    read_sites(mip, search->trial);
    return plan_cover_cost(search->cover, search->trial) <= cost + slack(cost);
}

/* Whether no other choice, one that leaves out a chosen site, is as cheap. */
static bool is_unique(struct search *search, struct plan_mip *mip, double cost)
{
    int n = 0;
    for (size_t s = 0; s < search->cover->n_sites; s++)
        if (search->chosen[s]) {
            search->columns[++n] = (int)s + 1;
            search->values[n] = 1;
        }
    int row = plan_mip_row(mip, -INFINITY, n - 1, n, search->columns, search->values);
    allow_cost(search, mip, cost);
    bool is_proven = plan_mip_solve(mip, search->unit * (cost + slack(cost)));
    glp_set_row_bnds(mip->problem, row, GLP_FR, 0, 0);
    return is_proven && !mip->is_found;
}

/* Third stage: of the cheapest choices the first in order, by settling one site after the other. */
static void take_first_in_order(struct search *search, struct plan_mip *mip)
{
    size_t n_sites = search->cover->n_sites, n_open = 0;
    double cost = plan_cover_cost(search->cover, search->chosen);
    if (is_unique(search, mip, cost))
        return;
    allow_cost(search, mip, cost);
    plan_mip_tighten(mip);
    for (size_t s = 0; s < n_sites && n_open < search->n_chosen; s++) {
        bool is_settled = glp_get_col_type(mip->problem, (int)s + 1) == GLP_FX;
        if (!is_settled)
            plan_mip_fix(mip, (int)s + 1, 1);
        if (!is_settled && !search->chosen[s] && is_as_cheap(search, mip, cost))
            memcpy(search->chosen, search->trial, n_sites * sizeof *search->chosen);
        n_open += search->chosen[s];
        if (!search->chosen[s])
            plan_mip_fix(mip, (int)s + 1, 0);
    }
}

static void search_sites(struct plan_mip *mip, void *user)
{
    struct search *search = user;
    minimise_number(search, mip);
    if (search->is_optimal && minimise_cost(search, mip))
        take_first_in_order(search, mip);
}

static om_status solve(om_context *ctx, const struct plan_budget *budget, struct search *search)
{
    open_forced(search);
    if (cover_with_one(search))
        return OM_OK;
    om_status status = cover_greedily(ctx, search);
    if (status)
        return status;
    return plan_mip_run(ctx, budget, search_sites, search);
}

static void search_done(struct search *search)
{
    om_free(search->chosen);
    om_free(search->trial);
    om_free(search->values);
    om_free(search->columns);
    om_free(search->best);
    om_free(search->order);
    om_free(search->n_order);
}

/* 1 over the largest cost. */
static double find_unit(const struct plan_cover *cover)
{
    double largest = 0;
    for (size_t i = 0; i < cover->n_needs * cover->n_sites; i++)
        largest = fmax(largest, cover->cost[i]);
    return largest > 0 ? 1 / largest : 1;
}

static om_status search_init(om_context *ctx, const struct plan_cover *cover, struct search *search)
{
    size_t n = cover->n_sites;
    *search = (struct search){
        .cover = cover,
        .times = cover->times > 1 ? (size_t)cover->times : 1,
        .unit = find_unit(cover),
        .chosen = om_alloc(n, sizeof *search->chosen),
        .trial = om_alloc(n, sizeof *search->trial),
        .values = om_alloc(n + 2, sizeof *search->values),
        .columns = om_alloc(n + 2, sizeof *search->columns),
        .best = om_alloc(n, sizeof *search->best),
        .order = om_alloc(n * cover->n_needs, sizeof *search->order),
        .n_order = om_alloc(cover->n_needs, sizeof *search->n_order),
    };
    if (!search->chosen || !search->trial || !search->values || !search->columns || !search->best ||
        !search->order || !search->n_order)
        return om_no_memory(ctx);
    for (size_t i = 0; i < cover->n_needs; i++)
        search->n_order[i] = sort_sites(search, i, search->order + i * n);
    return OM_OK;
}

static double total_load(const struct plan_cover *cover)
{
    double total = 0;
    for (size_t i = 0; cover->load && i < cover->n_needs; i++)
        total += cover->load[i];
    return total;
}

om_status plan_cover_solve(om_context *ctx, const struct plan_cover *cover, const struct plan_budget *budget,
                           struct plan_cover_answer *answer)
{
    if (cover->capacity)
        return plan_allocation_solve(ctx, cover, budget, answer);
    struct search search;
    om_status status = search_init(ctx, cover, &search);
    if (!status)
        status = solve(ctx, budget, &search);
    if (!status) {
        memcpy(answer->chosen, search.chosen, cover->n_sites * sizeof *search.chosen);
        answer->is_optimal = search.is_optimal;
        answer->least_sites = search.least_sites;
        answer->most_load = total_load(cover);
    }
    search_done(&search);
    return status;
}

#include "coverage_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

struct search {
    const struct plan_cover *cover;
    size_t first, n;
    struct plan_coverage *coverages;
    int *columns;   /* n_sites + 2 */
    double *values; /* of a row; n_sites + 2 */
    double *best;   /* of the binary columns; n_sites + n_needs */
};

static bool covers(const struct plan_cover *cover, size_t need, size_t site)
{
    return !isnan(cover->cost[need * cover->n_sites + site]);
}

static size_t times(const struct plan_cover *cover)
{
    return cover->times > 1 ? (size_t)cover->times : 1;
}

static double total(const struct plan_cover *cover)
{
    double sum = 0;
    for (size_t i = 0; i < cover->n_needs; i++)
        sum += cover->load[i];
    return sum;
}

double plan_coverage_weight(const struct plan_cover *cover, const bool *chosen)
{
    double covered = 0;
    for (size_t i = 0; i < cover->n_needs; i++) {
        size_t n = 0;
        for (size_t s = 0; s < cover->n_sites; s++)
            n += chosen[s] && covers(cover, i, s);
        covered += n >= times(cover) ? cover->load[i] : 0;
    }
    return covered;
}

/*
 * A column for each site and one for each need, which is covered when its sites are often enough open; with
 * one time a fraction of a need gains nothing, with more the needs must be whole too. Row 1 counts the sites.
 */
static void build(struct search *search, struct plan_mip *mip)
{
    const struct plan_cover *cover = search->cover;
    plan_mip_start(mip);
    plan_mip_columns(mip, cover->n_sites, 0);
    for (size_t s = 0; s < cover->n_sites; s++) {
        search->columns[s + 1] = (int)s + 1;
        search->values[s + 1] = 1;
        if (cover->is_forced && cover->is_forced[s])
            plan_mip_fix(mip, (int)s + 1, 1);
    }
    plan_mip_row(mip, -INFINITY, 0, (int)cover->n_sites, search->columns, search->values);
    mip->granularity = 1;
    for (size_t i = 0; i < cover->n_needs; i++) {
        int need = plan_mip_columns(mip, 1, -cover->load[i]), n = 1;
        search->columns[1] = need;
        search->values[1] = (double)times(cover);
        for (size_t s = 0; s < cover->n_sites; s++)
            if (covers(cover, i, s)) {
                search->columns[++n] = (int)s + 1;
                search->values[n] = -1;
            }
        plan_mip_row(mip, -INFINITY, 0, n, search->columns, search->values);
        if (cover->load[i] != floor(cover->load[i]))
            mip->granularity = 0;
    }
    mip->n_binary = cover->n_sites + (times(cover) > 1 ? cover->n_needs : 0);
    mip->values = search->best;
}

/* A start: the sites of one fewer, and the one that adds most to them. */
static void add_best_site(const struct search *search, bool *chosen)
{
    size_t n_sites = search->cover->n_sites, best = n_sites;
    double most = -1;
    for (size_t s = 0; s < n_sites; s++) {
        if (chosen[s])
            continue;
        chosen[s] = true;
        double weight = plan_coverage_weight(search->cover, chosen);
        chosen[s] = false;
        if (weight > most) {
            most = weight;
            best = s;
        }
    }
    if (best < n_sites)
        chosen[best] = true;
}

static void start_from(const struct search *search, size_t k, struct plan_coverage *coverage)
{
    const struct plan_cover *cover = search->cover;
    size_t n_chosen = 0;
    for (size_t s = 0; s < cover->n_sites; s++) {
        coverage->chosen[s] = k ? coverage[-1].chosen[s] : cover->is_forced && cover->is_forced[s];
        n_chosen += coverage->chosen[s];
    }
    for (; n_chosen < search->first + k; n_chosen++)
        add_best_site(search, coverage->chosen);
}

static void cover_most(struct search *search, struct plan_mip *mip, size_t k)
{
    struct plan_coverage *coverage = &search->coverages[k];
    start_from(search, k, coverage);
    coverage->weight = plan_coverage_weight(search->cover, coverage->chosen);
    double n = (double)(search->first + k);
    glp_set_row_bnds(mip->problem, 1, GLP_FX, n, n);
    mip->objective = -coverage->weight;
    coverage->is_optimal = plan_mip_solve(mip, -INFINITY);
    coverage->most = fmin(-mip->bound, total(search->cover));
    if (!mip->is_found)
        return;
    for (size_t s = 0; s < search->cover->n_sites; s++)
        coverage->chosen[s] = mip->values[s] > 0.5;
    coverage->weight = plan_coverage_weight(search->cover, coverage->chosen);
}

static void search_coverages(struct plan_mip *mip, void *user)
{
    struct search *search = user;
    build(search, mip);
    for (size_t k = 0; k < search->n; k++)
        cover_most(search, mip, k);
}

om_status plan_coverage_solve(om_context *ctx, const struct plan_cover *cover,
                              const struct plan_budget *budget, size_t first, struct plan_coverage *coverages,
                              size_t n)
{
    struct search search = {
        .cover = cover,
        .first = first,
        .n = n,
        .coverages = coverages,
        .columns = om_alloc(cover->n_sites + 2, sizeof *search.columns),
        .values = om_alloc(cover->n_sites + 2, sizeof *search.values),
        .best = om_alloc(cover->n_sites + cover->n_needs, sizeof *search.best),
    };
    om_status status = search.columns && search.values && search.best ? OM_OK : om_no_memory(ctx);
    if (!status)
        status = plan_mip_run(ctx, budget, search_coverages, &search);
    om_free(search.best);
    om_free(search.values);
    om_free(search.columns);
    return status;
}

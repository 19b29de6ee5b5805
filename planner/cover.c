#include "cover_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 20000, MAX_MS = 60000 };

/* One search: the problem, what is left of its budget, and the best answer so far. */
struct search {
    const struct plan_cover *cover;
    int steps_left;
    bool *chosen;
    bool *trial;  /* scratch, n_sites */
    double *gain; /* see keep_gains; twice n_sites */
    double bound;
    size_t n_chosen;
    bool is_optimal;
    glp_prob *problem;
    jmp_buf on_error;
};

static bool covers(const struct plan_cover *cover, size_t need, size_t site)
{
    return !isnan(cover->cost[need * cover->n_sites + site]);
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

/* The first of the cheapest sites that cover every need alone, if there is one. */
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
    if (best == cover->n_sites)
        return false;
    search->chosen[best] = true;
    search->n_chosen = 1;
    search->is_optimal = true;
    return true;
}

static size_t count_fresh(const struct plan_cover *cover, const bool *is_covered, size_t site)
{
    size_t n = 0;
    for (size_t i = 0; i < cover->n_needs; i++)
        n += !is_covered[i] && covers(cover, i, site);
    return n;
}

/* An answer to fall back on: again and again the site that covers most of what is left. */
static om_status cover_greedily(om_context *ctx, struct search *search)
{
    const struct plan_cover *cover = search->cover;
    bool *is_covered = om_alloc(cover->n_needs, sizeof *is_covered);
    if (!is_covered)
        return om_no_memory(ctx);
    for (size_t left = cover->n_needs; left > 0;) {
        size_t best = 0, most = 0;
        for (size_t s = 0; s < cover->n_sites; s++) {
            size_t fresh = count_fresh(cover, is_covered, s);
            if (fresh > most) {
                most = fresh;
                best = s;
            }
        }
        if (most == 0) {
            om_free(is_covered);
            return om_fail(ctx, OM_INVALID_ARGUMENT, "%s", om_tr("a need cannot be covered from any site"));
        }
        search->chosen[best] = true;
        search->n_chosen++;
        left -= most;
        for (size_t i = 0; i < cover->n_needs; i++)
            is_covered[i] |= covers(cover, i, best);
    }
    om_free(is_covered);
    return OM_OK;
}

/* GLPK aborts the program after an error unless its hook leaves with a jump. */
static void leave_glpk(void *info)
{
    struct search *search = info;
    longjmp(search->on_error, 1);
}

static void count_steps(glp_tree *tree, void *info)
{
    struct search *search = info;
    if (glp_ios_reason(tree) == GLP_ISELECT && --search->steps_left <= 0)
        glp_ios_terminate(tree);
}

static void start_problem(struct search *search)
{
    if (search->problem)
        glp_delete_prob(search->problem);
    search->problem = glp_create_prob();
    glp_set_obj_dir(search->problem, GLP_MIN);
}

/* True when the integer optimum is found and proven. The LP has been solved to optimality before. */
static bool solve_integer(struct search *search)
{
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.tm_lim = MAX_MS;
    options.cb_func = count_steps;
    options.cb_info = search;
    return search->steps_left > 0 && glp_intopt(search->problem, &options) == 0 &&
           glp_mip_status(search->problem) == GLP_OPT;
}

static bool solve_relaxed(struct search *search)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = GLP_DUALP; /* costs are not negative, so that every start is dual feasible */
    options.tm_lim = MAX_MS;
    return glp_simplex(search->problem, &options) == 0 && glp_get_status(search->problem) == GLP_OPT;
}

static size_t read_sites(const struct search *search, bool *chosen)
{
    size_t n = 0;
    for (size_t s = 0; s < search->cover->n_sites; s++) {
        chosen[s] = glp_mip_col_val(search->problem, (int)s + 1) > 0.5;
        n += chosen[s];
    }
    return n;
}

static void add_site_columns(struct search *search, double cost)
{
    glp_add_cols(search->problem, (int)search->cover->n_sites);
    for (size_t s = 0; s < search->cover->n_sites; s++) {
        glp_set_col_kind(search->problem, (int)s + 1, GLP_BV);
        glp_set_obj_coef(search->problem, (int)s + 1, cost);
    }
}

/* First stage: the smallest number of sites. */
static void minimise_number(struct search *search, int *columns, double *values)
{
    const struct plan_cover *cover = search->cover;
    start_problem(search);
    add_site_columns(search, 1);
    glp_add_rows(search->problem, (int)cover->n_needs);
    for (size_t i = 0; i < cover->n_needs; i++) {
        int n = 0;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (covers(cover, i, s)) {
                columns[++n] = (int)s + 1;
                values[n] = 1;
            }
        glp_set_mat_row(search->problem, (int)i + 1, n, columns, values);
        glp_set_row_bnds(search->problem, (int)i + 1, GLP_LO, 1, 0);
    }
    search->is_optimal = solve_relaxed(search) && solve_integer(search);
    int found = glp_mip_status(search->problem);
    if (found != GLP_OPT && found != GLP_FEAS)
        return;
    size_t n = read_sites(search, search->trial);
    if (n <= search->n_chosen && !isnan(plan_cover_cost(cover, search->trial))) {
        memcpy(search->chosen, search->trial, cover->n_sites * sizeof *search->chosen);
        search->n_chosen = n;
    }
}

/* A need's share from one site: a column between 0 and 1 that needs the site open. */
static void add_share(struct search *search, size_t need, size_t site)
{
    int column = glp_add_cols(search->problem, 1), row = glp_add_rows(search->problem, 1);
    glp_set_col_bnds(search->problem, column, GLP_LO, 0, 0);
    glp_set_obj_coef(search->problem, column, search->cover->cost[need * search->cover->n_sites + site]);
    const int columns[] = {0, column, (int)site + 1};
    const double values[] = {0, 1, -1};
    glp_set_mat_row(search->problem, row, 2, columns, values);
    glp_set_row_bnds(search->problem, row, GLP_UP, 0, 0);
}

static int compare_numbers(const void *left, const void *right)
{
    double x = *(const double *)left, y = *(const double *)right;
    return (x > y) - (x < y);
}

/*
 * With the duals v of the needs, every choice costs at least sum(v) + the sum of its sites' gain[s] =
 * sum(min(0, cost[i][s] - v[i])): the Lagrangian relaxation of the p-median problem. Keeps the gains, and the
 * bound for all sites but one, which is least with the smallest gains.
 */
static void keep_gains(struct search *search)
{
    const struct plan_cover *cover = search->cover;
    double *gain = search->gain, *sorted = search->gain + cover->n_sites;
    search->bound = 0;
    memset(gain, 0, cover->n_sites * sizeof *gain);
    for (size_t i = 0; i < cover->n_needs; i++) {
        double dual = glp_get_row_dual(search->problem, (int)i + 1);
        search->bound += dual;
        for (size_t s = 0; s < cover->n_sites; s++)
            if (covers(cover, i, s))
                gain[s] += fmin(0, cover->cost[i * cover->n_sites + s] - dual);
    }
    memcpy(sorted, gain, cover->n_sites * sizeof *sorted);
    qsort(sorted, cover->n_sites, sizeof *sorted, compare_numbers);
    for (size_t k = 0; k + 1 < search->n_chosen; k++)
        search->bound += sorted[k];
}

/* Second stage: as many sites as the first found, at the least cost (the p-median problem). */
static bool minimise_cost(struct search *search, int *columns, double *values)
{
    const struct plan_cover *cover = search->cover;
    start_problem(search);
    add_site_columns(search, 0);
    glp_add_rows(search->problem, (int)cover->n_needs); /* the first rows, one for each need */
    for (size_t i = 0; i < cover->n_needs; i++) {
        int n = 0;
        for (size_t s = 0; s < cover->n_sites; s++) {
            if (!covers(cover, i, s))
                continue;
            add_share(search, i, s);
            columns[++n] = glp_get_num_cols(search->problem);
            values[n] = 1;
        }
        glp_set_mat_row(search->problem, (int)i + 1, n, columns, values);
        glp_set_row_bnds(search->problem, (int)i + 1, GLP_FX, 1, 1);
    }
    for (size_t s = 0; s < cover->n_sites; s++) {
        columns[s + 1] = (int)s + 1;
        values[s + 1] = 1;
    }
    int row = glp_add_rows(search->problem, 1);
    glp_set_mat_row(search->problem, row, (int)cover->n_sites, columns, values);
    glp_set_row_bnds(search->problem, row, GLP_FX, (double)search->n_chosen, (double)search->n_chosen);
    if (!solve_relaxed(search))
        return false;
    keep_gains(search);
    if (!solve_integer(search))
        return false;
    read_sites(search, search->chosen);
    return true;
}

static double slack(double cost)
{
    return 1e-9 * fmax(1, cost);
}

/* Whether a choice that opens the columns fixed so far costs no more; then it is in search->trial. */
static bool is_as_cheap(struct search *search, double cost)
{
    if (!solve_relaxed(search) || glp_get_obj_val(search->problem) > cost + 100 * slack(cost) ||
        !solve_integer(search))
        return false;
    read_sites(search, search->trial);
    return plan_cover_cost(search->cover, search->trial) <= cost + slack(cost);
}

/* Closes the sites that no choice as cheap can open. */
static void close_costly_sites(struct search *search, double cost)
{
    for (size_t s = 0; s < search->cover->n_sites; s++)
        if (!search->chosen[s] && search->bound + search->gain[s] > cost + 100 * slack(cost))
            glp_set_col_bnds(search->problem, (int)s + 1, GLP_FX, 0, 0);
}

/* Third stage: of the cheapest choices the first in order, by settling one site after the other. */
static void take_first_in_order(struct search *search)
{
    size_t n_sites = search->cover->n_sites, n_open = 0;
    double cost = plan_cover_cost(search->cover, search->chosen);
    close_costly_sites(search, cost);
    for (size_t s = 0; s < n_sites && n_open < search->n_chosen; s++) {
        if (glp_get_col_type(search->problem, (int)s + 1) == GLP_FX)
            continue;
        glp_set_col_bnds(search->problem, (int)s + 1, GLP_FX, 1, 1);
        if (!search->chosen[s] && is_as_cheap(search, cost))
            memcpy(search->chosen, search->trial, n_sites * sizeof *search->chosen);
        if (search->chosen[s])
            n_open++;
        else
            glp_set_col_bnds(search->problem, (int)s + 1, GLP_FX, 0, 0);
    }
}

static om_status run_glpk(om_context *ctx, struct search *search, int *columns, double *values)
{
    if (setjmp(search->on_error)) {
        glp_error_hook(NULL, NULL);
        glp_free_env();
        return om_fail(ctx, OM_LIBRARY, "%s", om_tr("GLPK failed while choosing sites"));
    }
    glp_term_out(GLP_OFF);
    glp_error_hook(leave_glpk, search);
    minimise_number(search, columns, values);
    if (search->is_optimal && minimise_cost(search, columns, values))
        take_first_in_order(search);
    glp_error_hook(NULL, NULL);
    glp_free_env(); /* with the problem in it */
    return OM_OK;
}

om_status plan_cover_solve(om_context *ctx, const struct plan_cover *cover, bool *chosen, bool *is_optimal)
{
    struct search *search = om_alloc(1, sizeof *search);
    bool *best = om_alloc(cover->n_sites, sizeof *best), *trial = om_alloc(cover->n_sites, sizeof *trial);
    int *columns = om_alloc(cover->n_sites + 1, sizeof *columns);
    double *values = om_alloc(cover->n_sites + 1, sizeof *values);
    double *gain = om_alloc(2 * cover->n_sites, sizeof *gain);
    om_status status = OM_OK;
    if (!search || !best || !trial || !columns || !values || !gain) {
        status = om_no_memory(ctx);
        goto done;
    }
    search->cover = cover;
    search->steps_left = MAX_STEPS;
    search->chosen = best;
    search->trial = trial;
    search->gain = gain;
    if (!cover_with_one(search)) {
        status = cover_greedily(ctx, search);
        if (!status)
            status = run_glpk(ctx, search, columns, values);
    }
    if (status)
        goto done;
    memcpy(chosen, best, cover->n_sites * sizeof *chosen);
    *is_optimal = search->is_optimal;
done:
    om_free(gain);
    om_free(values);
    om_free(columns);
    om_free(trial);
    om_free(best);
    om_free(search);
    return status;
}

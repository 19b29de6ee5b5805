#include "mip_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_STEPS = 20000 };

enum relaxed { RELAXED_OPTIMAL, RELAXED_INFEASIBLE, RELAXED_UNSOLVED };

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct plan_budget plan_budget_start(double seconds)
{
    return (struct plan_budget){MAX_STEPS, now_s() + seconds};
}

/* Keeps what GLPK says to itself, at an error even when told to be silent. Not printed when this is not 0. */
static int keep_words(void *info, const char *text)
{
    struct plan_mip *mip = info;
    size_t used = strlen(mip->words);
    snprintf(mip->words + used, sizeof mip->words - used, "%s", text);
    return 1;
}

/* GLPK aborts the program after an error unless its hook leaves with a jump. */
static void leave_glpk(void *info)
{
    struct plan_mip *mip = info;
    longjmp(mip->on_error, 1);
}

/* False after an error inside GLPK. */
static bool works(struct plan_mip *mip, plan_mip_fn *work, void *user)
{
    if (setjmp(mip->on_error))
        return false;
    glp_term_out(GLP_OFF);
    glp_term_hook(keep_words, mip);
    glp_error_hook(leave_glpk, mip);
    work(mip, user);
    return true;
}

om_status plan_mip_run(om_context *ctx, const struct plan_budget *budget, plan_mip_fn *work, void *user)
{
    struct plan_mip mip = {.steps_left = budget->steps, .deadline_s = budget->deadline_s};
    bool worked = works(&mip, work, user);
    om_free(mip.trail);
    glp_error_hook(NULL, NULL);
    glp_free_env(); /* with the program in it */
    mip.words[strcspn(mip.words, "\n")] = '\0';
    if (mip.is_out_of_memory)
        return om_no_memory(ctx);
    return worked ? OM_OK
                  : om_fail(ctx, OM_LIBRARY, om_tr("GLPK failed while choosing sites: %s"), mip.words);
}

bool plan_mip_has_time(const struct plan_mip *mip)
{
    return now_s() < mip->deadline_s;
}

void plan_mip_start(struct plan_mip *mip)
{
    if (mip->problem)
        glp_delete_prob(mip->problem);
    mip->problem = glp_create_prob();
    glp_set_obj_dir(mip->problem, GLP_MIN);
    mip->objective = INFINITY;
    mip->is_found = false;
    mip->separate = NULL;
    mip->granularity = 0;
    mip->n_leading = 0;
}

static int simplex(struct plan_mip *mip, int method)
{
    double left_s = mip->deadline_s - now_s();
    if (left_s <= 0)
        return GLP_ETMLIM;
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = method;
    options.tm_lim = left_s < 1e6 ? (int)ceil(1000 * left_s) : 1000000000;
    return glp_simplex(mip->problem, &options);
}

/* After a changed bound the last basis is a good start, unless it has become a bad one. */
static enum relaxed relax(struct plan_mip *mip)
{
    if (mip->steps_left-- <= 0)
        return RELAXED_UNSOLVED;
    int code = simplex(mip, GLP_DUALP);
    if (code != 0 && code != GLP_ETMLIM) {
        glp_adv_basis(mip->problem, 0);
        code = simplex(mip, GLP_PRIMAL);
    }
    int status = glp_get_status(mip->problem);
    if (code == 0 && status == GLP_OPT)
        return RELAXED_OPTIMAL;
    return code == 0 && status == GLP_NOFEAS ? RELAXED_INFEASIBLE : RELAXED_UNSOLVED;
}

/* Of the columns after `from` up to `last` the one furthest from a whole number; 0 when all are whole. */
static int most_fractional(const struct plan_mip *mip, size_t from, size_t last)
{
    double most = 1e-6;
    int column = 0;
    for (int c = (int)from + 1; c <= (int)last; c++) {
        double value = glp_get_col_prim(mip->problem, c), away = fabs(value - round(value));
        if (away > most) {
            most = away;
            column = c;
        }
    }
    return column;
}

/* The binary column to branch on; 0 when all are whole. */
static int choose_column(const struct plan_mip *mip)
{
    int column = most_fractional(mip, 0, mip->n_leading);
    return column ? column : most_fractional(mip, mip->n_leading, mip->n_binary);
}

/* No whole-number answer below a relaxed one costs less. */
static double raised(const struct plan_mip *mip, double objective)
{
    if (!(mip->granularity > 0))
        return objective;
    return ceil(objective / mip->granularity - 1e-6) * mip->granularity;
}

static bool is_no_better(const struct plan_mip *mip, double bound)
{
    if (isinf(mip->objective))
        return isinf(bound) && bound > 0;
    double slack = mip->granularity > 0 ? mip->granularity / 2 : 1e-9 * fmax(1, fabs(mip->objective));
    return bound >= mip->objective - slack;
}

static void keep_answer(struct plan_mip *mip, double objective)
{
    double unit = mip->granularity;
    mip->objective =
        unit > 0 ? unit * round(objective / unit) : objective; /* without the solver's rounding */
    mip->is_found = true;
    for (size_t c = 0; c < mip->n_binary; c++)
        mip->values[c] = round(glp_get_col_prim(mip->problem, (int)c + 1));
}

/* What lies below a node is left unexplored. */
static void leave_open(struct plan_mip *mip, double bound)
{
    mip->bound = fmin(mip->bound, bound);
}

/* Relaxes until no row is missing; *bound is raised to what is found. */
static enum relaxed relax_fully(struct plan_mip *mip, double *bound)
{
    enum relaxed relaxed;
    do {
        relaxed = relax(mip);
        if (relaxed == RELAXED_OPTIMAL)
            *bound = fmax(*bound, raised(mip, glp_get_obj_val(mip->problem)));
    } while (relaxed == RELAXED_OPTIMAL && !is_no_better(mip, *bound) && mip->separate &&
             mip->separate(mip, mip->user));
    return relaxed;
}

static bool room_for_trail(struct plan_mip *mip)
{
    int *trail = om_resize(mip->trail, mip->n_binary, sizeof *trail);
    if (trail)
        mip->trail = trail;
    mip->is_out_of_memory |= !trail;
    return trail;
}

/* Fixes the columns whose other value costs so much that no better answer has it; returns how many there are
 * on the trail then. */
static size_t fix_by_reduced_cost(struct plan_mip *mip, size_t n_trail)
{
    double objective = glp_get_obj_val(mip->problem);
    for (int c = 1; c <= (int)mip->n_binary; c++) {
        int place = glp_get_col_stat(mip->problem, c);
        if (glp_get_col_type(mip->problem, c) == GLP_FX || (place != GLP_NL && place != GLP_NU) ||
            !is_no_better(mip, raised(mip, objective + fabs(glp_get_col_dual(mip->problem, c)))))
            continue;
        plan_mip_fix(mip, c, place == GLP_NU);
        mip->trail[n_trail++] = c;
    }
    return n_trail;
}

void plan_mip_tighten(struct plan_mip *mip)
{
    double bound = -INFINITY;
    if (room_for_trail(mip) && relax_fully(mip, &bound) == RELAXED_OPTIMAL)
        fix_by_reduced_cost(mip, 0);
}

static void release(struct plan_mip *mip, size_t from, size_t n_trail)
{
    for (size_t i = from; i < n_trail; i++)
        glp_set_col_bnds(mip->problem, mip->trail[i], GLP_DB, 0, 1);
}

/* What is below the columns fixed so far, n_trail of them here. */
static void explore(struct plan_mip *mip, double bound, double enough, size_t n_trail)
{
    if (mip->is_found && mip->objective <= enough) {
        leave_open(mip, bound);
        return;
    }
    enum relaxed relaxed = relax_fully(mip, &bound);
    if (relaxed == RELAXED_UNSOLVED && !is_no_better(mip, bound))
        leave_open(mip, bound);
    if (relaxed != RELAXED_OPTIMAL || is_no_better(mip, bound))
        return;
    int column = choose_column(mip);
    if (column == 0) {
        keep_answer(mip, glp_get_obj_val(mip->problem));
        return;
    }
    size_t n_fixed = fix_by_reduced_cost(mip, n_trail);
    mip->trail[n_fixed++] = column;
    for (int value = 1; value >= 0; value--) {
        plan_mip_fix(mip, column, value);
        explore(mip, bound, enough, n_fixed);
    }
    release(mip, n_trail, n_fixed);
}

bool plan_mip_solve(struct plan_mip *mip, double enough)
{
    mip->bound = -INFINITY;
    mip->is_found = false;
    if (!room_for_trail(mip))
        return false;
    mip->bound = INFINITY;
    explore(mip, -INFINITY, enough, 0);
    bool is_proven = is_no_better(mip, mip->bound);
    mip->bound = fmin(mip->bound, mip->objective);
    return is_proven;
}

int plan_mip_row(struct plan_mip *mip, double lower, double upper, int n, const int *columns,
                 const double *values)
{
    int row = glp_add_rows(mip->problem, 1);
    int type = lower == upper ? GLP_FX : isinf(upper) ? GLP_LO : isinf(lower) ? GLP_UP : GLP_DB;
    glp_set_mat_row(mip->problem, row, n, columns, values);
    glp_set_row_bnds(mip->problem, row, type, lower, upper);
    return row;
}

int plan_mip_columns(struct plan_mip *mip, size_t n, double cost)
{
    int first = glp_add_cols(mip->problem, (int)n);
    for (int c = first; c < first + (int)n; c++) {
        glp_set_col_bnds(mip->problem, c, GLP_DB, 0, 1);
        glp_set_obj_coef(mip->problem, c, cost);
    }
    return first;
}

void plan_mip_fix(struct plan_mip *mip, int column, double value)
{
    glp_set_col_bnds(mip->problem, column, GLP_FX, value, value);
}

/*
 * An integer program that always ends: branch and bound over GLPK's simplex method, in steps and in time,
 * with the best answer and the bound at the end. (GLPK's own branch and bound does not look at the clock
 * while it solves the program of a node, and so overruns its limit.)
 */
#ifndef PLANNER_MIP_INTERNAL_H
#define PLANNER_MIP_INTERNAL_H

#include "geo/status.h"

#include <glpk.h>
#include <setjmp.h>
#include <stddef.h>

/* What a run may cost: programs solved, which is the same on every machine, and time for several runs. */
struct plan_budget {
    int steps;
    double deadline_s; /* on the monotonic clock */
};
/* The usual number of steps; so many seconds from now on. */
struct plan_budget plan_budget_start(double seconds);

/* The objective is minimised; the first n_binary columns are 0 or 1. */
struct plan_mip {
    glp_prob *problem;
    size_t n_binary;
    size_t n_leading;   /* columns that are branched on before the others; 0: all alike */
    double granularity; /* objectives are multiples of this; 0: of nothing known */
    double *values;     /* of the binary columns in the best answer; n_binary, the caller's */
    double objective;   /* before: of a known answer, or INFINITY; after: of the best one */
    double bound;       /* after: no answer is better than this */
    bool is_found;      /* an answer better than the known one is in values */
    /* Adds rows that whole-number answers keep to and the relaxed one in force does not; returns how many.
     * Rows left out at first and added here keep a program small. NULL: there are none. */
    size_t (*separate)(struct plan_mip *mip, void *user);
    void *user; /* for separate */
    int *trail; /* of columns fixed for a while */
    int steps_left;
    double deadline_s; /* on the monotonic clock */
    jmp_buf on_error;
    bool is_out_of_memory;
    char words[256]; /* of GLPK at an error */
};

typedef void plan_mip_fn(struct plan_mip *mip, void *user);

/*
 * Calls `work` with an empty budget-bound program, in a GLPK environment of its own that is released
 * afterwards (also the program in mip->problem). An error inside GLPK, which would end the process, ends the
 * work: OM_LIBRARY.
 */
om_status plan_mip_run(om_context *ctx, const struct plan_budget *budget, plan_mip_fn *work, void *user);

bool plan_mip_has_time(const struct plan_mip *mip);

/* A new, empty program in place of the old one. */
void plan_mip_start(struct plan_mip *mip);

/* Solves, until a better answer than `enough` is found (-INFINITY: the best). True when the best answer is
 * proven: is_found tells whether it is a new one. */
bool plan_mip_solve(struct plan_mip *mip, double enough);

/* Fixes, for good, the columns whose other value no answer better than mip->objective has, as far as the
 * relaxed program shows it. */
void plan_mip_tighten(struct plan_mip *mip);

/* A row: lower <= sum of values * columns <= upper, with entries 1 .. n; infinite sides are open. */
int plan_mip_row(struct plan_mip *mip, double lower, double upper, int n, const int *columns,
                 const double *values);
/* n new columns between 0 and 1 with the same cost; returns the first. */
int plan_mip_columns(struct plan_mip *mip, size_t n, double cost);
void plan_mip_fix(struct plan_mip *mip, int column, double value);

#endif

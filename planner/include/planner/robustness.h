/*
 * What a plan withstands: who loses a choice, or the last supplier, when a supplier or an office disappears,
 * and when so many contracts end at random.
 *
 * A contract is here a supplier's presence in an area: it may serve there and has an active office in it.
 * When it ends, the supplier serves nobody of that area any longer.
 */
#ifndef PLANNER_ROBUSTNESS_H
#define PLANNER_ROBUSTNESS_H

#include "planner/evaluation.h"

/* A municipality whose status worsens. */
struct plan_loss {
    int32_t municipality;
    enum plan_status after;
};

/* A supplier, or one of its offices, that disappears. Unknown job seekers are left out. */
struct plan_exit {
    int32_t supplier;
    int32_t municipality;        /* of the office; PLAN_NOWHERE: all of the supplier's */
    int32_t n_offices;           /* that disappear with it */
    double job_seekers_choice;   /* who lose their choice */
    double job_seekers_all;      /* who lose their last supplier */
    size_t first_loss, n_losses; /* losses[first_loss .. first_loss + n_losses - 1], by municipality */
};

/* The fewest exits, worst first, that take from a municipality what it has; 0 when it has nothing to lose. */
struct plan_redundancy {
    int32_t suppliers_to_none, offices_to_none; /* until no supplier is left: all that it reaches */
    int32_t suppliers_to_no_choice;             /* until fewer than min_suppliers are left */
    double probability_no_choice; /* of losing its choice in the draws, exactly; NAN without draws */
};

/* As n_ended: a tenth of the contracts, rounded, but one at least if there are any. */
#define PLAN_DRAW_A_TENTH SIZE_MAX

/* End so many contracts at random, each set as likely as any other, so often. */
struct plan_draws {
    size_t n_ended;
    size_t n_draws; /* at least 1 */
    uint64_t seed;
};

struct plan_random_loss {
    double expected;  /* exactly, from the hypergeometric distribution */
    double mean;      /* of the draws */
    double low, high; /* nine of ten draws lie between them: 5th and 95th percentile */
};

struct plan_robustness {
    size_t n_suppliers, n_offices;
    /* Every supplier with an active office, and every active office, most critical first: most job seekers
     * lose their last supplier, then most lose their choice, then the status of most municipalities worsens;
     * of equals in order of the market. */
    struct plan_exit *suppliers, *offices;
    size_t n_losses;
    struct plan_loss *losses;
    size_t n; /* municipalities */
    struct plan_redundancy *municipalities;
    size_t n_contracts;
    struct plan_draws draws;             /* n_draws 0: none were asked for */
    struct plan_random_loss choice, all; /* job seekers who lose their choice, who lose their last supplier */
};

void plan_robustness_free(struct plan_robustness *robustness); /* accepts NULL; frees the struct itself too */

/*
 * Of an evaluation of the case. draws NULL: none. The draws are shared over threads; the numbers are the same
 * whatever their number. OM_INVALID_ARGUMENT (more contracts to end than there are), OM_NO_MEMORY.
 */
om_status plan_robustness_compute(om_context *ctx, const struct plan_case *input,
                                  const struct plan_evaluation *evaluation, const struct plan_draws *draws,
                                  struct plan_robustness **out);

#endif

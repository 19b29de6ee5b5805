/*
 * Scores as lists of whole numbers, to be compared from the left: the smaller one ranks higher.
 */
#ifndef PLANNER_RANK_INTERNAL_H
#define PLANNER_RANK_INTERNAL_H

#include "planner/draft.h"

struct plan_rank {
    int64_t key[PLAN_GOALS + 1];
};

/* Which goals count, in which order. */
struct plan_ranker {
    bool is_weighted;
    int n_goals;
    enum plan_goal goal[PLAN_GOALS];
    double weight[PLAN_GOALS]; /* of goal[i], per unit of the score */
};

struct plan_ranker plan_ranker_of(const struct plan_search_rules *rules);
struct plan_rank plan_rank_of(const struct plan_ranker *ranker, const struct plan_score *score);

static inline int plan_rank_compare(const struct plan_rank *x, const struct plan_rank *y)
{
    for (int i = 0; i <= PLAN_GOALS; i++)
        if (x->key[i] != y->key[i])
            return x->key[i] < y->key[i] ? -1 : 1;
    return 0;
}

/* Whether x is at least as good as y in every goal that counts. */
bool plan_score_covers(const struct plan_ranker *ranker, const struct plan_score *x,
                       const struct plan_score *y);

#endif

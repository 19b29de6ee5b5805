#include "rank_internal.h"

#include "planner/walk.h"

#include <math.h>

/* What a weight of 1 is for: one job seeker, one job-seeker hour, one km of border. */
static const double per_unit[PLAN_GOALS] = {
    [PLAN_GOAL_WITHOUT_SUPPLIER] = 1e-3,
    [PLAN_GOAL_WITHOUT_CHOICE] = 1e-3,
    [PLAN_GOAL_MISALIGNED] = 1e-3,
    [PLAN_GOAL_THIN_MARKET] = 1e-3,
    [PLAN_GOAL_MOVED] = 1e-3,
    [PLAN_GOAL_INTERNAL_TRAVEL] = 1e-3 / 3600,
    [PLAN_GOAL_BORDER] = 1e-3,
};

/* A weighted sum is compared to a thousandth of a job seeker. */
static const double SUM_SCALE = 1e3;

struct plan_ranker plan_ranker_of(const struct plan_search_rules *rules)
{
    struct plan_ranker ranker = {.is_weighted = rules->ranking == PLAN_RANKING_WEIGHTED};
    for (int g = 0; g < PLAN_GOALS; g++) {
        int place = ranker.n_goals;
        if (!(rules->weight[g] > 0))
            continue;
        while (place > 0 && rules->weight[ranker.goal[place - 1]] < rules->weight[g]) {
            ranker.goal[place] = ranker.goal[place - 1];
            place--;
        }
        ranker.goal[place] = (enum plan_goal)g;
        ranker.n_goals++;
    }
    for (int i = 0; i < ranker.n_goals; i++)
        ranker.weight[i] = rules->weight[ranker.goal[i]] * per_unit[ranker.goal[i]] * SUM_SCALE;
    return ranker;
}

static int64_t weighted_sum(const struct plan_ranker *ranker, const struct plan_score *score)
{
    double sum = 0;
    for (int i = 0; i < ranker->n_goals; i++)
        sum += ranker->weight[i] * (double)score->goal[ranker->goal[i]];
    return llround(fmin(sum, 9e18));
}

struct plan_rank plan_rank_of(const struct plan_ranker *ranker, const struct plan_score *score)
{
    struct plan_rank rank = {{score->violation}};
    if (ranker->is_weighted)
        rank.key[1] = weighted_sum(ranker, score);
    else
        for (int i = 0; i < ranker->n_goals; i++)
            rank.key[i + 1] = score->goal[ranker->goal[i]];
    return rank;
}

int plan_score_compare(const struct plan_search_rules *rules, const struct plan_score *x,
                       const struct plan_score *y)
{
    struct plan_ranker ranker = plan_ranker_of(rules);
    struct plan_rank of_x = plan_rank_of(&ranker, x), of_y = plan_rank_of(&ranker, y);
    return plan_rank_compare(&of_x, &of_y);
}

bool plan_score_covers(const struct plan_ranker *ranker, const struct plan_score *x,
                       const struct plan_score *y)
{
    if (x->violation > y->violation)
        return false;
    for (int i = 0; i < ranker->n_goals; i++)
        if (x->goal[ranker->goal[i]] > y->goal[ranker->goal[i]])
            return false;
    return true;
}

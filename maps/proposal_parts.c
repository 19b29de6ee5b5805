#include "proposal_parts.h"

#include <math.h>

double proposal_goal(const struct plan_score *score, enum plan_goal goal)
{
    double value = (double)score->goal[goal];
    if (goal == PLAN_GOAL_BORDER)
        return value / 1000;
    value /= (double)PLAN_PERSON;
    return goal == PLAN_GOAL_INTERNAL_TRAVEL ? value / 3600 : value;
}

double proposal_bound(const struct map_proposal *proposal, enum plan_goal goal)
{
    const struct plan_headline *headline = &proposal->comparison->before->evaluation->headline;
    if (goal == PLAN_GOAL_WITHOUT_CHOICE)
        return round(headline->job_seekers * (1 - headline->bound_choice));
    if (goal == PLAN_GOAL_WITHOUT_SUPPLIER)
        return round(headline->job_seekers * (1 - headline->bound_reach_one));
    return NAN;
}

double proposal_mended(const struct map_proposal *proposal, enum plan_goal goal)
{
    double start = proposal_goal(&proposal->found->start, goal), bound = proposal_bound(proposal, goal);
    double reached = proposal_goal(&proposal->found->proposals[0].score, goal);
    return start > bound ? (start - reached) / (start - bound) : (double)NAN;
}

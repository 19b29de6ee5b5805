/*
 * Figures of a search that its text and its JSON share.
 */
#ifndef MAPS_PROPOSAL_PARTS_H
#define MAPS_PROPOSAL_PARTS_H

#include "maps/proposal.h"

/* A goal in the unit that people read: job seekers, job-seeker hours, km. */
double proposal_goal(const struct plan_score *score, enum plan_goal goal);

/* What no map can make smaller, the market being what it is; NAN where nothing is known of it. */
double proposal_bound(const struct map_proposal *proposal, enum plan_goal goal);

/* Of what borders can mend, the share that a proposal mends; NAN when there is nothing to mend. */
double proposal_mended(const struct map_proposal *proposal, enum plan_goal goal);

#endif

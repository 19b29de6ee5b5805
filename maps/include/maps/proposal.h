/*
 * What a search found, in the forms people read: its goals before and after, how much of what borders can
 * mend it mends, and which limits it does not keep.
 */
#ifndef MAPS_PROPOSAL_H
#define MAPS_PROPOSAL_H

#include "maps/result.h"
#include "planner/search.h"

struct map_proposal {                    /* all borrowed */
    const struct map_result *comparison; /* of the plan it started from and the best proposal */
    const struct plan_search_result *found;
    const char *const *names; /* of the proposals, as stored */
    uint64_t seed;
    const struct plan_breach *breaches; /* of the best proposal */
    size_t n_breaches;
};

/* A limit of the case's rules that a plan does not keep, and by how much, in one indented line. Owned by the
 * caller; NULL when memory is out. */
char *map_breach_line(const struct plan_case *input, const struct plan *plan,
                      const struct plan_breach *breach);

om_status map_proposal_text(om_context *ctx, const struct map_proposal *proposal,
                            const struct map_text_style *style, FILE *out);
om_status map_proposal_json(om_context *ctx, const struct map_proposal *proposal,
                            char **json); /* owned by
                                             the caller */

#endif

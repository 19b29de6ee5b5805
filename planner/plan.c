#include "planner/plan.h"

#include "geo/memory.h"

void plan_free(struct plan *plan)
{
    if (!plan)
        return;
    for (size_t a = 0; a < plan->n_areas; a++)
        om_free(plan->areas[a].name);
    om_free(plan->areas);
    om_free(plan->area_of);
    om_free(plan->name);
    om_free(plan);
}

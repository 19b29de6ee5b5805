#include "json_parts.h"

static json_t *spread(struct json_build *build, const struct plan_spread *known)
{
    json_t *object = json_object();
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++) {
        char key[16];
        snprintf(key, sizeof key, "p%d_s", plan_equity_percentiles[p]);
        json_put(build, object, key, json_figure(known->percentile_s[p]));
    }
    json_put(build, object, "unreachable_share", json_figure(known->unreachable_share));
    json_put(build, object, "gini", json_figure(known->gini));
    return object;
}

/* The code of a region, the word of a density class; null for the country. */
static json_t *group_code(const struct map_result *result, const struct plan_equity_group *group)
{
    const char *grouping = plan_equity_grouping_names[group->grouping];
    const struct plan_partition *partition = plan_territory_partition(result->the_case->territory, grouping);
    if (group->grouping == PLAN_EQUITY_DENSITY)
        return json_string(plan_density_names[group->index]);
    return partition ? json_word(partition->regions[group->index].code) : json_null();
}

json_t *json_equity(struct json_build *build)
{
    const struct plan_equity *equity = build->result->evaluation->equity;
    json_t *array = json_array();
    for (size_t g = 0; g < equity->n_groups; g++) {
        const struct plan_equity_group *group = &equity->groups[g];
        json_t *object = json_object();
        json_put(build, object, "grouping", json_string(plan_equity_grouping_names[group->grouping]));
        json_put(build, object, "group", group_code(build->result, group));
        json_put(build, object, "municipalities", json_integer(group->n_municipalities));
        json_put(build, object, "job_seekers", json_figure(group->job_seekers));
        for (int t = 0; t < PLAN_EQUITY_TARGETS; t++)
            json_put(build, object, plan_equity_target_names[t], spread(build, &group->spread[t]));
        json_append(build, array, object);
    }
    return array;
}

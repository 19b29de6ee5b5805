#include "proposal_parts.h"

#include "json_parts.h"

#include <math.h>

static json_t *score(struct json_build *build, const struct plan_score *score)
{
    json_t *object = json_object();
    json_put(build, object, "violation", json_figure((double)score->violation / (double)PLAN_PERSON));
    for (int goal = 0; goal < PLAN_GOALS; goal++)
        json_put(build, object, plan_goal_names[goal],
                 json_figure(proposal_goal(score, (enum plan_goal)goal)));
    return object;
}

/* Municipalities that are in another area than in the plan the search started from, by code. */
static json_t *moved(struct json_build *build, const struct map_proposal *proposal)
{
    const struct map_result *after = proposal->comparison, *before = after->before;
    json_t *array = json_array();
    for (size_t m = 0; m < proposal->found->n; m++) {
        if (proposal->found->proposals[0].area_of[m] == before->the_case->plan->area_of[m])
            continue;
        json_t *object = json_object();
        json_put(build, object, "municipality", json_municipality(after, (int32_t)m));
        json_put(build, object, "from",
                 json_word(before->the_case->plan->areas[before->the_case->plan->area_of[m]].name));
        json_put(build, object, "to",
                 json_word(after->the_case->plan->areas[after->the_case->plan->area_of[m]].name));
        json_append(build, array, object);
    }
    return array;
}

static json_t *breaches(struct json_build *build, const struct map_proposal *proposal)
{
    const struct data_case *the_case = proposal->comparison->the_case;
    const struct plan_partition *reference =
        plan_territory_partition(the_case->territory, the_case->rules.reference);
    json_t *array = json_array();
    for (size_t i = 0; i < proposal->n_breaches; i++) {
        const struct plan_breach *breach = &proposal->breaches[i];
        json_t *object = json_object();
        json_put(build, object, "limit", json_string(plan_limit_names[breach->limit]));
        json_put(build, object, "area",
                 breach->area >= 0 ? json_string(the_case->plan->areas[breach->area].name) : json_null());
        json_put(build, object, "region",
                 breach->region >= 0 ? json_string(reference->regions[breach->region].code) : json_null());
        json_put(build, object, "from", json_municipality(proposal->comparison, breach->from));
        json_put(build, object, "to", json_municipality(proposal->comparison, breach->to));
        json_put(build, object, "value", json_figure(breach->value));
        json_put(build, object, "bound", json_figure(breach->bound));
        json_append(build, array, object);
    }
    return array;
}

static json_t *proposals(struct json_build *build, const struct map_proposal *proposal)
{
    json_t *array = json_array();
    for (size_t i = 0; i < proposal->found->n_proposals; i++) {
        json_t *object = json_object();
        json_put(build, object, "plan", json_word(proposal->names[i]));
        json_put(build, object, "score", score(build, &proposal->found->proposals[i].score));
        json_append(build, array, object);
    }
    return array;
}

static json_t *bound(struct json_build *build, const struct map_proposal *proposal)
{
    static const enum plan_goal bounded[] = {PLAN_GOAL_WITHOUT_SUPPLIER, PLAN_GOAL_WITHOUT_CHOICE};
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof bounded / sizeof *bounded; i++)
        json_put(build, object, plan_goal_names[bounded[i]],
                 json_figure(proposal_bound(proposal, bounded[i])));
    return object;
}

om_status map_proposal_json(om_context *ctx, const struct map_proposal *proposal, char **json)
{
    struct json_build build = {.result = proposal->comparison};
    json_t *document = json_document(&build), *start = json_object();
    json_put(&build, start, "plan", json_word(proposal->comparison->before->the_case->plan->name));
    json_put(&build, start, "sha256", json_string(proposal->comparison->before->the_case->plan_sha256));
    json_put(&build, start, "score", score(&build, &proposal->found->start));
    json_put(&build, document, "start", start);
    json_put(&build, document, "seed", json_integer((json_int_t)proposal->seed));
    json_put(&build, document, "steps", json_integer((json_int_t)proposal->found->n_steps));
    json_put(&build, document, "interrupted", json_boolean(proposal->found->was_interrupted));
    json_put(&build, document, "bound", bound(&build, proposal));
    json_put(&build, document, "mended_choice",
             json_figure(proposal_mended(proposal, PLAN_GOAL_WITHOUT_CHOICE)));
    json_put(&build, document, "proposals", proposals(&build, proposal));
    json_put(&build, document, "moved", moved(&build, proposal));
    json_put(&build, document, "breaches", breaches(&build, proposal));
    return json_finish(ctx, &build, document, json);
}

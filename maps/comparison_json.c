#include "json_parts.h"

/* A value of each side, below "before" and "after". */
static json_t *sides(struct json_build *build, json_t *before, json_t *after)
{
    json_t *object = json_object();
    json_put(build, object, "before", before);
    json_put(build, object, "after", after);
    return object;
}

static const struct plan *plan_before(const struct json_build *build)
{
    return build->result->before->the_case->plan;
}

static const struct plan *plan_after(const struct json_build *build)
{
    return build->result->the_case->plan;
}

/* Plan, rules, hashes and figures of one side. */
static json_t *side(struct json_build *build, const struct map_result *result)
{
    struct json_build one = {.result = result};
    json_t *object = json_object();
    json_put_case(&one, object);
    json_put(&one, object, "headline", json_headline(&one));
    json_put(&one, object, "alignment", json_alignment(&one));
    json_put(&one, object, "equity", json_equity(&one));
    json_put(&one, object, "in_house_sites",
             result->in_house ? json_integer((json_int_t)result->in_house->n_sites) : json_null());
    build->failed |= one.failed;
    return object;
}

static json_t *agreement(struct json_build *build)
{
    json_t *object = json_object();
    json_put(build, object, "by_municipality",
             json_agreement(build, &build->result->comparison->by_municipality));
    json_put(build, object, "by_job_seekers",
             json_agreement(build, &build->result->comparison->by_job_seekers));
    return object;
}

static json_t *names(struct json_build *build, const struct plan *plan, const int32_t *areas, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_append(build, array, json_string(plan->areas[areas[i]].name));
    return array;
}

static json_t *families(struct json_build *build)
{
    const struct plan_genealogy *genealogy = build->result->comparison->genealogy;
    json_t *array = json_array();
    for (size_t f = 0; f < genealogy->n_families; f++) {
        const struct plan_family *family = &genealogy->families[f];
        json_t *object = json_object();
        json_put(build, object, "kind", json_string(plan_family_kind_names[plan_family_kind(family)]));
        json_put(build, object, "renamed", json_boolean(family->is_renamed));
        json_put(build, object, "before",
                 names(build, plan_before(build), genealogy->before_areas + family->before.first,
                       family->before.n));
        json_put(
            build, object, "after",
            names(build, plan_after(build), genealogy->after_areas + family->after.first, family->after.n));
        json_put(build, object, "municipalities_moved", json_integer(plan_family_n_moved(family)));
        json_put(build, object, "job_seekers_moved", json_figure(plan_family_job_seekers_moved(family)));
        json_append(build, array, object);
    }
    return array;
}

static json_t *flow_codes(struct json_build *build, const struct plan_flow *flow)
{
    json_t *codes = json_array();
    for (size_t m = 0; m < plan_after(build)->n; m++)
        if (plan_before(build)->area_of[m] == flow->before && plan_after(build)->area_of[m] == flow->after)
            json_append(build, codes, json_municipality(build->result, (int32_t)m));
    return codes;
}

static json_t *flows(struct json_build *build)
{
    const struct plan_genealogy *genealogy = build->result->comparison->genealogy;
    json_t *array = json_array();
    for (size_t i = 0; i < genealogy->n_flows; i++) {
        const struct plan_flow *flow = &genealogy->flows[i];
        json_t *object = json_object();
        json_put(build, object, "move", json_string(plan_move_names[flow->move]));
        json_put(build, object, "from_area", json_string(plan_before(build)->areas[flow->before].name));
        json_put(build, object, "to_area", json_string(plan_after(build)->areas[flow->after].name));
        json_put(build, object, "job_seekers", json_figure(flow->job_seekers));
        json_put(build, object, "municipalities", flow_codes(build, flow));
        json_append(build, array, object);
    }
    return array;
}

/* The areas of one side, each with the one it lives on in or continues, and its verdicts. */
static json_t *areas(struct json_build *build, const struct map_result *result, const struct plan *other,
                     const int32_t *match, const char *match_key)
{
    json_t *array = json_array();
    for (size_t a = 0; a < result->evaluation->n_areas; a++) {
        if (result->the_case->plan->areas[a].is_hole)
            continue;
        json_t *object = json_object(), *rules = json_object();
        json_put(build, object, "name", json_string(result->the_case->plan->areas[a].name));
        json_put(build, object, match_key,
                 match[a] < 0 ? json_null() : json_string(other->areas[match[a]].name));
        for (int r = 0; r < PLAN_RULES; r++)
            json_put(build, rules, plan_rule_names[r],
                     json_string(plan_verdict_names[result->evaluation->areas[a].rules[r].verdict]));
        json_put(build, object, "rules", rules);
        json_append(build, array, object);
    }
    return array;
}

static json_t *transitions(struct json_build *build)
{
    json_t *array = json_array();
    for (int from = PLAN_STATUSES - 1; from >= 0; from--)
        for (int to = PLAN_STATUSES - 1; to >= 0; to--) {
            const struct plan_transition *transition = &build->result->comparison->transitions[from][to];
            json_t *object =
                sides(build, json_string(plan_status_names[from]), json_string(plan_status_names[to]));
            json_put(build, object, "municipalities", json_integer(transition->n));
            json_put(build, object, "job_seekers", json_figure(transition->job_seekers));
            json_put(build, object, "municipalities_with_unknown_job_seekers",
                     json_integer(transition->n_job_seekers_unknown));
            json_append(build, array, object);
        }
    return array;
}

static json_t *verdicts(struct json_build *build, enum plan_side side, int rule)
{
    json_t *object = json_object();
    for (int v = 0; v < PLAN_VERDICTS; v++)
        json_put(build, object, plan_verdict_names[v],
                 json_integer(build->result->comparison->verdicts[side][rule][v]));
    return object;
}

static json_t *rules(struct json_build *build)
{
    json_t *object = json_object();
    for (int r = 0; r < PLAN_RULES; r++)
        json_put(build, object, plan_rule_names[r],
                 sides(build, verdicts(build, PLAN_BEFORE, r), verdicts(build, PLAN_AFTER, r)));
    return object;
}

static json_t *municipality_side(struct json_build *build, const struct map_result *result, size_t m,
                                 bool is_cut_off)
{
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    json_t *object = json_object();
    json_put(build, object, "area",
             json_string(result->the_case->plan->areas[result->the_case->plan->area_of[m]].name));
    json_put(build, object, "status", json_string(plan_status_names[judged->status]));
    json_put(build, object, "cause",
             judged->cause == PLAN_CAUSE_NOTHING ? json_null()
                                                 : json_string(plan_cause_names[judged->cause]));
    json_put(build, object, "need",
             judged->need == PLAN_NEED_NOTHING ? json_null() : json_string(plan_need_names[judged->need]));
    json_put(build, object, "suppliers_inside", json_integer(judged->suppliers_inside));
    json_put(build, object, "nearest_inside_s", json_figure(judged->nearest_inside.duration_s));
    json_put(build, object, "cut_off", json_boolean(is_cut_off));
    return object;
}

static json_t *municipalities(struct json_build *build)
{
    const struct plan_comparison *comparison = build->result->comparison;
    json_t *array = json_array();
    for (size_t m = 0; m < build->result->evaluation->n; m++) {
        const struct plan_municipality *known = &build->result->the_case->territory->municipalities[m];
        json_t *object = json_object();
        json_put(build, object, "code", json_string(known->code));
        json_put(build, object, "name", json_word(known->name));
        json_put(build, object, "job_seekers", json_figure(known->job_seekers));
        json_put(build, object, "move", json_string(plan_move_names[comparison->genealogy->move[m]]));
        json_put(build, object, "before",
                 municipality_side(build, build->result->before, m, comparison->is_cut_off[PLAN_BEFORE][m]));
        json_put(build, object, "after",
                 municipality_side(build, build->result, m, comparison->is_cut_off[PLAN_AFTER][m]));
        json_append(build, array, object);
    }
    return array;
}

static json_t *changes(struct json_build *build)
{
    const struct plan_changes *tried = build->result->changes;
    json_t *array = json_array();
    for (size_t i = 0; tried && i < tried->n; i++) {
        json_t *object = json_object();
        json_put(build, object, "change", json_string(plan_change_kinds[tried->items[i].kind].name));
        for (int field = 0; field < PLAN_CHANGE_FIELDS; field++)
            json_put(build, object, plan_change_field_names[field], json_word(tried->items[i].fields[field]));
        json_append(build, array, object);
    }
    return array;
}

om_status map_comparison_json(om_context *ctx, const struct map_result *result, char **json)
{
    struct json_build build = {.result = result};
    const struct plan_genealogy *genealogy = result->comparison->genealogy;
    json_t *document = json_object();
    json_put(&build, document, "omland", json_word(result->tool_version));
    json_put_origin(&build, document);
    if (result->changes)
        json_put(&build, document, "changes", changes(&build));
    json_put(&build, document, "before", side(&build, result->before));
    json_put(&build, document, "after", side(&build, result));
    json_put(&build, document, "agreement", agreement(&build));
    json_put(&build, document, "families", families(&build));
    json_put(&build, document, "flows", flows(&build));
    json_put(&build, document, "areas",
             sides(&build,
                   areas(&build, result->before, plan_after(&build), genealogy->successor, "lives_on_in"),
                   areas(&build, result, plan_before(&build), genealogy->predecessor, "continues")));
    json_put(&build, document, "transitions", transitions(&build));
    json_put(&build, document, "rules", rules(&build));
    json_put(&build, document, "municipalities", municipalities(&build));
    return json_finish(ctx, &build, document, json);
}

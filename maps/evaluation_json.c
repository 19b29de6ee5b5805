#include "json_parts.h"

static json_t *counts_by_status(struct json_build *build, const int32_t *counts)
{
    json_t *object = json_object();
    for (int s = PLAN_STATUSES - 1; s >= 0; s--)
        json_put(build, object, plan_status_names[s], json_integer(counts[s]));
    return object;
}

static json_t *figures_by_status(struct json_build *build, const double *figures)
{
    json_t *object = json_object();
    for (int s = PLAN_STATUSES - 1; s >= 0; s--)
        json_put(build, object, plan_status_names[s], json_figure(figures[s]));
    return object;
}

static json_t *share(struct json_build *build, double value, double bound)
{
    json_t *object = json_object();
    json_put(build, object, "share", json_figure(value));
    json_put(build, object, "bound", json_figure(bound));
    return object;
}

json_t *json_headline(struct json_build *build)
{
    const struct plan_headline *h = &build->result->evaluation->headline;
    json_t *object = json_object();
    json_put(build, object, "job_seekers", json_figure(h->job_seekers));
    json_put(build, object, "own_office", share(build, h->own_office, h->bound_own_office));
    json_put(build, object, "reach_one", share(build, h->reach_one, h->bound_reach_one));
    json_put(build, object, "choice", share(build, h->choice, h->bound_choice));
    json_put(build, object, "municipalities_without_office", json_integer(h->municipalities_without_office));
    json_put(build, object, "job_seekers_without_office", json_figure(h->job_seekers_without_office));
    json_put(build, object, "municipalities", counts_by_status(build, h->n_status));
    json_put(build, object, "job_seekers_by_status", figures_by_status(build, h->job_seekers_status));
    json_put(build, object, "municipalities_with_unknown_job_seekers",
             json_integer(h->n_job_seekers_unknown));
    json_put(build, object, "locality_population", json_figure(h->locality_population));
    json_put(build, object, "locality_population_reaching", json_figure(h->locality_population_reaching));
    json_put(build, object, "locality_population_without_service",
             json_figure(h->locality_population_without_service));
    json_put(build, object, "travel_times_known", json_boolean(build->result->evaluation->travel_is_known));
    json_put(build, object, "sparse_municipalities", json_integer(h->n_sparse));
    json_put(build, object, "sparse_population", json_figure(h->population_sparse));
    json_put(build, object, "mean_density_per_km2", json_figure(h->mean_density_per_km2));
    return object;
}

static json_t *area_alignment(struct json_build *build, size_t a)
{
    const struct plan_alignment *alignment = build->result->evaluation->alignment;
    if (!alignment)
        return json_null();
    const struct plan_area_alignment *area = &alignment->areas[a];
    json_t *object = json_object();
    json_put(build, object, "dominant_region",
             area->dominant_region < 0
                 ? json_null()
                 : json_string(alignment->reference->regions[area->dominant_region].code));
    json_put(build, object, "dominant_share", json_figure(area->dominant_share));
    json_put(build, object, "regions", json_integer(area->n_regions));
    return object;
}

static json_t *area_rules(struct json_build *build, const struct plan_area_result *area)
{
    json_t *rules = json_object();
    for (int r = 0; r < PLAN_RULES; r++) {
        json_t *rule = json_object();
        json_put(build, rule, "verdict", json_string(plan_verdict_names[area->rules[r].verdict]));
        json_put(build, rule, "value", json_figure(area->rules[r].value));
        json_put(build, rules, plan_rule_names[r], rule);
    }
    return rules;
}

static json_t *area_market(struct json_build *build, const struct plan_area_market *market)
{
    json_t *object = json_object();
    json_put(build, object, "volume", json_string(plan_volume_names[market->volume]));
    json_put(build, object, "participants_per_supplier", json_figure(market->participants_per_supplier));
    json_put(build, object, "concentration", json_figure(market->concentration));
    json_put(build, object, "three_largest_share", json_figure(market->three_largest_share));
    return object;
}

static json_t *areas(struct json_build *build)
{
    const struct plan_evaluation *evaluation = build->result->evaluation;
    json_t *array = json_array();
    for (size_t a = 0; a < evaluation->n_areas; a++) {
        const struct plan_area_result *area = &evaluation->areas[a];
        if (build->result->the_case->plan->areas[a].is_hole)
            continue;
        json_t *object = json_object();
        json_put(build, object, "name", json_string(build->result->the_case->plan->areas[a].name));
        json_put(build, object, "n_municipalities", json_integer(area->n_municipalities));
        json_put(build, object, "suppliers", json_integer(area->n_suppliers));
        json_put(build, object, "offices", json_integer(area->n_offices));
        json_put(build, object, "population", json_figure(area->population));
        json_put(build, object, "job_seekers", json_figure(area->job_seekers));
        json_put(build, object, "participants", json_figure(area->participants));
        json_put(build, object, "municipalities", counts_by_status(build, area->n_status));
        json_put(build, object, "job_seekers_by_status", figures_by_status(build, area->job_seekers_status));
        json_put(build, object, "sparse_municipalities", json_integer(area->n_sparse));
        json_put(build, object, "market", area_market(build, &area->market));
        json_put(build, object, "rules", area_rules(build, area));
        json_put(build, object, "alignment", area_alignment(build, a));
        json_append(build, array, object);
    }
    return array;
}

json_t *json_agreement(struct json_build *build, const struct plan_agreement *measures)
{
    json_t *object = json_object();
    json_put(build, object, "homogeneity", json_figure(measures->homogeneity));
    json_put(build, object, "completeness", json_figure(measures->completeness));
    json_put(build, object, "v_measure", json_figure(measures->v_measure));
    json_put(build, object, "adjusted_rand", json_figure(measures->adjusted_rand));
    json_put(build, object, "variation_of_information_bits",
             json_figure(measures->variation_of_information_bits));
    return object;
}

static json_t *splits(struct json_build *build, const struct plan_alignment *alignment)
{
    static const char *const reasons[] = {
        [PLAN_SPLIT_METROPOLITAN] = "metropolitan",
        [PLAN_SPLIT_COMMUTING] = "commuting",
        [PLAN_SPLIT_UNEXPLAINED] = "unexplained",
    };
    json_t *array = json_array();
    for (size_t i = 0; i < alignment->n_splits; i++) {
        const struct plan_split *split = &alignment->splits[i];
        const struct plan_region *region = &alignment->reference->regions[split->region];
        json_t *object = json_object();
        json_put(build, object, "region", json_string(region->code));
        json_put(build, object, "region_name", json_word(region->name));
        json_put(build, object, "area", json_string(build->result->the_case->plan->areas[split->area].name));
        json_put(build, object, "job_seekers", json_figure(split->job_seekers));
        json_put(build, object, "reason", json_string(reasons[split->reason]));
        json_append(build, array, object);
    }
    return array;
}

json_t *json_alignment(struct json_build *build)
{
    const struct plan_alignment *known = build->result->evaluation->alignment;
    if (!known)
        return json_null();
    json_t *object = json_object();
    json_put(build, object, "reference", json_word(known->reference->kind));
    json_put(build, object, "by_municipality", json_agreement(build, &known->by_municipality));
    json_put(build, object, "by_job_seekers", json_agreement(build, &known->by_job_seekers));
    json_put(build, object, "splits", splits(build, known));
    return object;
}

static void put_identity(struct json_build *build, json_t *object, size_t m)
{
    const struct data_case *the_case = build->result->the_case;
    const struct plan_municipality *known = &the_case->territory->municipalities[m];
    json_put(build, object, "code", json_string(known->code));
    json_put(build, object, "name", json_word(known->name));
    json_put(build, object, "area", json_string(the_case->plan->areas[the_case->plan->area_of[m]].name));
    json_put(build, object, "population", json_figure(known->population));
    json_put(build, object, "land_area_km2", json_figure(known->land_area_km2));
    json_put(build, object, "job_seekers", json_figure(known->job_seekers));
    json_put(build, object, "participants", json_figure(known->participants));
}

static json_t *municipalities(struct json_build *build)
{
    const struct plan_evaluation *evaluation = build->result->evaluation;
    json_t *array = json_array();
    for (size_t m = 0; m < evaluation->n; m++) {
        const struct plan_municipality_result *judged = &evaluation->municipalities[m];
        json_t *object = json_object();
        put_identity(build, object, m);
        json_put(build, object, "status", json_string(plan_status_names[judged->status]));
        json_put(build, object, "cause",
                 judged->cause == PLAN_CAUSE_NOTHING ? json_null()
                                                     : json_string(plan_cause_names[judged->cause]));
        json_put(build, object, "need",
                 judged->need == PLAN_NEED_NOTHING ? json_null()
                                                   : json_string(plan_need_names[judged->need]));
        json_put(build, object, "own_office", json_boolean(judged->has_own_office));
        json_put(build, object, "sparse", json_boolean(judged->is_sparse));
        json_put(build, object, "suppliers_inside", json_integer(judged->suppliers_inside));
        json_put(build, object, "suppliers_anywhere", json_integer(judged->suppliers_anywhere));
        json_put(build, object, "nearest_inside", json_service(build, &judged->nearest_inside));
        json_put(build, object, "second_inside", json_service(build, &judged->second_inside));
        json_put(build, object, "nearest_anywhere", json_service(build, &judged->nearest_anywhere));
        json_put(build, object, "closing_areas", json_closing_areas(build, m));
        json_put(build, object, "locality_population", json_figure(judged->locality_population));
        json_put(build, object, "locality_population_reaching",
                 json_figure(judged->locality_population_reaching));
        json_append(build, array, object);
    }
    return array;
}

om_status map_evaluation_json(om_context *ctx, const struct map_result *result, char **json)
{
    struct json_build build = {.result = result};
    json_t *document = json_document(&build);
    json_put(&build, document, "headline", json_headline(&build));
    json_put(&build, document, "areas", areas(&build));
    json_put(&build, document, "alignment", json_alignment(&build));
    json_put(&build, document, "equity", json_equity(&build));
    json_put(&build, document, "municipalities", municipalities(&build));
    return json_finish(ctx, &build, document, json);
}

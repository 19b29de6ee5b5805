#include "geo/memory.h"
#include "json_parts.h"
#include "words.h"

static json_t *gap(struct json_build *build, uint32_t m)
{
    const struct map_result *result = build->result;
    const struct plan_municipality *known = &result->the_case->territory->municipalities[m];
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    const struct plan_in_house *in_house = result->in_house;
    json_t *object = json_object();
    json_put(build, object, "need", json_string(plan_need_names[judged->need]));
    json_put(build, object, "area", json_string(map_area_name(result, m)));
    json_put(build, object, "code", json_string(known->code));
    json_put(build, object, "name", json_word(known->name));
    json_put(build, object, "job_seekers", json_figure(known->job_seekers));
    json_put(build, object, "cause", json_string(plan_cause_names[judged->cause]));
    json_put(build, object, "nearest_inside", json_service(build, &judged->nearest_inside));
    json_put(build, object, "nearest_anywhere", json_service(build, &judged->nearest_anywhere));
    json_put(build, object, "closing_areas", json_closing_areas(build, m));
    if (in_house) {
        json_put(build, object, "in_house_from", json_site(result, in_house->served_from[m]));
        json_put(build, object, "in_house_duration_s", json_figure(in_house->duration_s[m]));
    }
    return object;
}

static json_t *sites(struct json_build *build)
{
    const struct plan_in_house *in_house = build->result->in_house;
    json_t *array = json_array();
    for (size_t i = 0; i < in_house->n_sites; i++) {
        int32_t site = in_house->sites[i].site;
        json_t *object = json_object(), *serves = json_array();
        for (size_t m = 0; m < in_house->n; m++)
            if (in_house->served_from[m] == site)
                json_append(build, serves, json_municipality(build->result, (int32_t)m));
        json_put(build, object, "municipality", json_site(build->result, site));
        json_put(build, object, "name", json_string(map_site_name(build->result, site)));
        json_put(build, object, "job_seekers", json_figure(in_house->sites[i].job_seekers));
        json_put(build, object, "serves", serves);
        json_append(build, array, object);
    }
    return array;
}

static void put_sums(struct json_build *build, json_t *document)
{
    struct map_need_sum known[PLAN_NEEDS];
    map_sum_needs(build->result, known);
    json_t *sums = json_object();
    for (int need = PLAN_NEED_AREA_WIDE; need > PLAN_NEED_NOTHING; need--) {
        json_t *object = json_object();
        json_put(build, object, "municipalities", json_integer((json_int_t)known[need].n));
        json_put(build, object, "job_seekers", json_figure(known[need].job_seekers));
        json_put(build, sums, plan_need_names[need], object);
    }
    json_put(build, document, "sums", sums);
}

om_status map_gaps_json(om_context *ctx, const struct map_result *result, char **json)
{
    uint32_t *order = NULL;
    size_t n = 0;
    om_status status = map_order_municipalities(ctx, result, MAP_ORDER_NEEDS, &order, &n);
    if (status != OM_OK)
        return status;
    struct json_build build = {.result = result};
    json_t *document = json_document(&build), *gaps = json_array();
    put_sums(&build, document);
    for (size_t i = 0; i < n; i++)
        json_append(&build, gaps, gap(&build, order[i]));
    json_put(&build, document, "gaps", gaps);
    if (result->in_house) {
        json_put(&build, document, "in_house_sites", sites(&build));
        json_put(&build, document, "fewest_sites_proven", json_boolean(result->in_house->is_optimal));
    }
    om_free(order);
    return json_finish(ctx, &build, document, json);
}

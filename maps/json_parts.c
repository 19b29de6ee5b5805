#include "json_parts.h"

#include "geo/memory.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>

void json_put(struct json_build *build, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        build->failed = true;
}

void json_append(struct json_build *build, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        build->failed = true;
}

json_t *json_figure(double value)
{
    if (!isfinite(value))
        return json_null();
    if (floor(value) == value && fabs(value) < 9007199254740992.0)
        return json_integer((json_int_t)value);
    return json_real(value);
}

json_t *json_word(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *json_supplier(const struct map_result *result, int32_t supplier)
{
    return supplier < 0 ? json_null() : json_string(result->the_case->market->suppliers[supplier].id);
}

json_t *json_municipality(const struct map_result *result, int32_t municipality)
{
    if (municipality < 0)
        return json_null();
    return json_string(result->the_case->territory->municipalities[municipality].code);
}

json_t *json_site(const struct map_result *result, int32_t site)
{
    return json_municipality(result, site < (int32_t)result->the_case->territory->n ? site : PLAN_NOWHERE);
}

json_t *json_closing_areas(struct json_build *build, size_t municipality)
{
    const struct plan_municipality_result *judged = &build->result->evaluation->municipalities[municipality];
    json_t *names = json_array();
    for (uint32_t i = 0; i < judged->n_closing; i++) {
        int32_t area = build->result->evaluation->closing_areas[judged->first_closing + i];
        json_append(build, names, json_string(build->result->the_case->plan->areas[area].name));
    }
    return names;
}

json_t *json_service(struct json_build *build, const struct plan_service *service)
{
    if (service->supplier < 0)
        return json_null();
    json_t *object = json_object();
    json_put(build, object, "supplier", json_supplier(build->result, service->supplier));
    json_put(build, object, "municipality", json_municipality(build->result, service->municipality));
    json_put(build, object, "duration_s", json_figure(service->duration_s));
    return object;
}

static json_t *rule_value(const struct plan_rules *rules, const struct plan_rule_field *field)
{
    char *text = plan_rules_value(rules, field);
    if (!text)
        return NULL;
    bool is_number = field->type == PLAN_RULE_INTEGER || field->type == PLAN_RULE_NUMBER;
    json_t *value = is_number ? json_figure(strtod(text, NULL)) : json_string(text);
    om_free(text);
    return value;
}

/* The rules in force, every key below its section, as in a rule file. */
static json_t *rules_object(struct json_build *build)
{
    const struct data_case *the_case = build->result->the_case;
    json_t *rules = json_object();
    json_put(build, rules, "name", json_word(the_case->rules_name));
    json_put(build, rules, "sha256", json_string(the_case->rules_sha256));
    for (size_t i = 0; i < plan_n_rule_fields; i++) {
        const struct plan_rule_field *field = &plan_rule_fields[i];
        json_t *section = json_object_get(rules, field->section);
        if (!section) {
            json_put(build, rules, field->section, json_object());
            section = json_object_get(rules, field->section);
        }
        json_put(build, section, field->key, rule_value(&the_case->rules, field));
    }
    return rules;
}

static json_t *sources_array(struct json_build *build)
{
    const struct data_case *the_case = build->result->the_case;
    json_t *sources = json_array();
    for (size_t i = 0; i < the_case->n_sources; i++) {
        const struct data_source *source = &the_case->sources[i];
        json_t *object = json_object();
        json_put(build, object, "kind", json_word(source->kind));
        json_put(build, object, "name", json_word(source->name));
        json_put(build, object, "sha256", json_word(source->sha256));
        json_put(build, object, "licence", json_word(source->licence));
        json_put(build, object, "date", json_word(source->date));
        json_put(build, object, "synthetic", json_boolean(source->is_synthetic));
        json_put(build, object, "schematic", json_boolean(source->is_schematic));
        json_append(build, sources, object);
    }
    return sources;
}

static json_t *seconds(int32_t time_s)
{
    return time_s == GEO_NO_TIME ? json_null() : json_integer(time_s);
}

static json_t *profile_object(struct json_build *build)
{
    const struct data_profile *profile = build->result->the_case->profile;
    if (!profile)
        return json_null();
    json_t *object = json_object();
    json_put(build, object, "profile", json_word(profile->name));
    json_put(build, object, "date", json_word(profile->date));
    json_put(build, object, "from_s", seconds(profile->from_s));
    json_put(build, object, "until_s", seconds(profile->until_s));
    json_put(build, object, "arrive_by", json_boolean(profile->arrive_by));
    return object;
}

/* Codes of the municipalities that an unfinished plan leaves out. */
static json_t *in_no_area(struct json_build *build)
{
    const struct plan *plan = build->result->the_case->plan;
    json_t *codes = json_array();
    for (size_t m = 0; m < plan->n; m++)
        if (plan->areas[plan->area_of[m]].is_hole)
            json_append(build, codes, json_municipality(build->result, (int32_t)m));
    return codes;
}

void json_put_case(struct json_build *build, json_t *object)
{
    const struct map_result *result = build->result;
    const struct data_case *the_case = result->the_case;
    json_t *plan = json_object();
    json_put(build, plan, "name", json_word(the_case->plan->name));
    json_put(build, plan, "areas", json_integer((json_int_t)map_count_areas(result)));
    if (plan_hole(the_case->plan) != PLAN_NOWHERE)
        json_put(build, plan, "in_no_area", in_no_area(build));
    json_put(build, plan, "municipalities", json_integer((json_int_t)the_case->plan->n));
    json_put(build, plan, "sha256", json_string(the_case->plan_sha256));
    json_put(build, object, "plan", plan);
    json_put(build, object, "rules", rules_object(build));
    json_put(build, object, "travel_times", profile_object(build));
    json_put(build, object, "input_sha256", json_string(the_case->input_sha256));
    json_put(build, object, "result_sha256", json_word(result->result_sha256));
}

void json_put_origin(struct json_build *build, json_t *object)
{
    char *notice = map_notice(build->result);
    json_put(build, object, "notice", json_word(notice));
    om_free(notice);
    json_put(build, object, "sources", sources_array(build));
}

json_t *json_document(struct json_build *build)
{
    json_t *document = json_object();
    json_put(build, document, "omland", json_word(build->result->tool_version));
    json_put_case(build, document);
    json_put_origin(build, document);
    return document;
}

om_status json_finish(om_context *ctx, struct json_build *build, json_t *document, char **json)
{
    char *dumped = NULL, *text = NULL;
    if (!build->failed)
        dumped = json_dumps(document, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15));
    json_decref(document);
    if (dumped)
        text = om_strdup(dumped);
    free(dumped);
    if (!text)
        return om_no_memory(ctx);
    *json = text;
    return OM_OK;
}

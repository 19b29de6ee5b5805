#include "json_parts.h"
#include "words.h"

#include <math.h>

static json_t *served(struct json_build *build, size_t m)
{
    const struct map_result *result = build->result;
    json_t *object = json_object();
    json_put(build, object, "municipality", json_municipality(result, (int32_t)m));
    json_put(build, object, "name", json_string(map_municipality_name(result, (int32_t)m)));
    json_put(build, object, "job_seekers",
             json_figure(result->the_case->territory->municipalities[m].job_seekers));
    json_put(build, object, "duration_s", json_figure(result->in_house->duration_s[m]));
    return object;
}

/* null: no limit */
static json_t *room(double job_seekers)
{
    return isinf(job_seekers) ? json_null() : json_figure(job_seekers);
}

static json_t *sites(struct json_build *build)
{
    const struct plan_in_house *in_house = build->result->in_house;
    json_t *array = json_array();
    for (size_t i = 0; i < in_house->n_sites; i++) {
        const struct plan_in_house_site *site = &in_house->sites[i];
        json_t *object = json_object(), *serves = json_array();
        for (size_t m = 0; m < in_house->n; m++)
            if (in_house->served_from[m] == site->site)
                json_append(build, serves, served(build, m));
        json_put(build, object, "municipality", json_site(build->result, site->site));
        json_put(build, object, "name", json_string(map_site_name(build->result, site->site)));
        json_put(build, object, "forced", json_boolean(site->is_forced));
        json_put(build, object, "job_seekers", json_figure(site->job_seekers));
        json_put(build, object, "capacity", room(site->capacity));
        json_put(build, object, "serves", serves);
        json_append(build, array, object);
    }
    return array;
}

static json_t *unserved(struct json_build *build)
{
    const struct plan_in_house *in_house = build->result->in_house;
    double limit_s = 60 * build->result->the_case->rules.max_minutes;
    json_t *array = json_array();
    for (size_t i = 0; i < in_house->n_unserved; i++) {
        const struct plan_unserved *it = &in_house->unserved[i];
        json_t *object = json_object();
        json_put(build, object, "municipality", json_municipality(build->result, it->municipality));
        json_put(build, object, "name", json_string(map_municipality_name(build->result, it->municipality)));
        json_put(
            build, object, "job_seekers",
            json_figure(build->result->the_case->territory->municipalities[it->municipality].job_seekers));
        json_put(build, object, "candidates_within", json_integer(it->n_within));
        json_put(build, object, "candidate", json_site(build->result, it->candidate));
        json_put(build, object, "candidate_name",
                 it->candidate < 0 ? json_null() : json_string(map_site_name(build->result, it->candidate)));
        json_put(build, object, "duration_s", json_figure(it->duration_s));
        json_put(build, object, "over_limit_s", json_figure(it->duration_s - limit_s));
        json_put(build, object, "room", room(it->room));
        json_put(build, object, "largest_capacity", room(it->largest_capacity));
        json_append(build, array, object);
    }
    return array;
}

static json_t *uses(struct json_build *build, enum plan_site_use wanted)
{
    const struct plan_site_request *request = build->result->sites->request;
    json_t *array = json_array();
    for (size_t m = 0; m < build->result->in_house->n; m++)
        if (request->use[m] == wanted)
            json_append(build, array, json_municipality(build->result, (int32_t)m));
    return array;
}

/* Places of one's own, whether they are sites or not. */
static json_t *places(struct json_build *build)
{
    const struct plan_site_request *request = build->result->sites->request;
    json_t *array = json_array();
    for (size_t i = 0; i < request->n_places; i++) {
        const struct plan_place *place = &request->places[i];
        json_t *object = json_object();
        json_put(build, object, "name", json_string(place->name));
        json_put(build, object, "lon", json_figure(place->lon_lat[0]));
        json_put(build, object, "lat", json_figure(place->lon_lat[1]));
        json_put(build, object, "use",
                 json_string(plan_site_use_names[request->use[build->result->in_house->n + i]]));
        json_append(build, array, object);
    }
    return array;
}

static json_t *request(struct json_build *build)
{
    const struct plan_site_request *asked = build->result->sites->request;
    json_t *object = json_object();
    json_put(build, object, "times_covered", json_integer(asked->times_covered));
    json_put(build, object, "most", asked->n_sites ? json_integer((json_int_t)asked->n_sites) : json_null());
    json_put(build, object, "forced", uses(build, PLAN_SITE_FORCED));
    json_put(build, object, "forbidden", uses(build, PLAN_SITE_FORBIDDEN));
    json_put(build, object, "places", places(build));
    return object;
}

/* The code of a seat's municipality; the name of a place. */
static json_t *frontier_site(const struct map_result *result, int32_t site)
{
    bool is_seat = site < (int32_t)result->the_case->territory->n;
    return is_seat ? json_municipality(result, site) : json_string(map_site_name(result, site));
}

static json_t *frontier(struct json_build *build)
{
    const struct plan_frontier *known = build->result->sites->frontier;
    json_t *array = json_array();
    for (size_t i = 0; i < known->n; i++) {
        const struct plan_frontier_point *point = &known->points[i];
        json_t *object = json_object(), *names = json_array();
        for (size_t s = 0; s < point->n_sites; s++)
            json_append(build, names, frontier_site(build->result, point->sites[s]));
        json_put(build, object, "n_sites", json_integer((json_int_t)point->n_sites));
        json_put(build, object, "job_seekers", json_figure(point->job_seekers));
        json_put(build, object, "proven", json_boolean(point->is_optimal));
        json_put(build, object, "at_most", json_figure(point->most_job_seekers));
        json_put(build, object, "sites", names);
        json_append(build, array, object);
    }
    return array;
}

static json_t *openings(struct json_build *build)
{
    const struct map_sites *known = build->result->sites;
    json_t *array = json_array();
    for (size_t i = 0; i < known->n_openings; i++) {
        const struct plan_opening *opening = &known->openings[i];
        json_t *object = json_object();
        json_put(build, object, "municipality", json_municipality(build->result, opening->municipality));
        json_put(build, object, "name",
                 json_string(map_municipality_name(build->result, opening->municipality)));
        json_put(build, object, "area",
                 json_string(map_area_name(build->result, (size_t)opening->municipality)));
        json_put(build, object, "job_seekers", json_figure(opening->job_seekers));
        json_put(build, object, "municipalities", json_integer(opening->n));
        json_put(build, object, "job_seekers_one", json_figure(opening->job_seekers_one));
        json_append(build, array, object);
    }
    return array;
}

om_status map_sites_json(om_context *ctx, const struct map_result *result, char **json)
{
    const struct plan_in_house *in_house = result->in_house;
    struct json_build build = {.result = result};
    json_t *document = json_document(&build);
    json_put(&build, document, "request", request(&build));
    json_put(&build, document, "municipalities_in_need", json_integer(in_house->n_needs));
    json_put(&build, document, "job_seekers_in_need", json_figure(in_house->job_seekers));
    json_put(&build, document, "job_seekers_served", json_figure(in_house->job_seekers_served));
    json_put(&build, document, "proven", json_boolean(in_house->is_optimal));
    json_put(&build, document, "least_sites",
             result->sites->request->n_sites ? json_null() : json_integer((json_int_t)in_house->least_sites));
    json_put(&build, document, "most_job_seekers", json_figure(in_house->most_job_seekers));
    json_put(&build, document, "sites", sites(&build));
    json_put(&build, document, "unserved", unserved(&build));
    json_put(&build, document, "frontier", frontier(&build));
    json_put(&build, document, "openings", openings(&build));
    return json_finish(ctx, &build, document, json);
}

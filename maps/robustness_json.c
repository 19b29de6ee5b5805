#include "json_parts.h"
#include "words.h"

static json_t *losses(struct json_build *build, const struct plan_exit *gone)
{
    const struct plan_loss *known = build->result->robustness->losses + gone->first_loss;
    json_t *array = json_array();
    for (size_t i = 0; i < gone->n_losses; i++) {
        json_t *object = json_object();
        json_put(build, object, "municipality", json_municipality(build->result, known[i].municipality));
        json_put(build, object, "name",
                 json_string(map_municipality_name(build->result, known[i].municipality)));
        json_put(build, object, "status_after", json_string(plan_status_names[known[i].after]));
        json_append(build, array, object);
    }
    return array;
}

static json_t *exits(struct json_build *build, const struct plan_exit *known, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *object = json_object();
        json_put(build, object, "supplier", json_supplier(build->result, known[i].supplier));
        json_put(build, object, "name", json_string(map_supplier_name(build->result, known[i].supplier)));
        if (known[i].municipality == PLAN_NOWHERE)
            json_put(build, object, "offices", json_integer(known[i].n_offices));
        else
            json_put(build, object, "municipality", json_municipality(build->result, known[i].municipality));
        json_put(build, object, "job_seekers_lose_choice", json_figure(known[i].job_seekers_choice));
        json_put(build, object, "job_seekers_lose_all", json_figure(known[i].job_seekers_all));
        json_put(build, object, "losses", losses(build, &known[i]));
        json_append(build, array, object);
    }
    return array;
}

static json_t *municipalities(struct json_build *build)
{
    const struct plan_robustness *robustness = build->result->robustness;
    json_t *array = json_array();
    for (size_t m = 0; m < robustness->n; m++) {
        const struct plan_redundancy *it = &robustness->municipalities[m];
        json_t *object = json_object();
        json_put(build, object, "code", json_municipality(build->result, (int32_t)m));
        json_put(build, object, "name", json_string(map_municipality_name(build->result, (int32_t)m)));
        json_put(build, object, "supplier_exits_to_none", json_integer(it->suppliers_to_none));
        json_put(build, object, "office_exits_to_none", json_integer(it->offices_to_none));
        json_put(build, object, "supplier_exits_to_no_choice", json_integer(it->suppliers_to_no_choice));
        json_put(build, object, "probability_no_choice", json_figure(it->probability_no_choice));
        json_append(build, array, object);
    }
    return array;
}

static json_t *random_loss(struct json_build *build, const struct plan_random_loss *loss)
{
    json_t *object = json_object();
    json_put(build, object, "expected", json_figure(loss->expected));
    json_put(build, object, "mean", json_figure(loss->mean));
    json_put(build, object, "p5", json_figure(loss->low));
    json_put(build, object, "p95", json_figure(loss->high));
    return object;
}

static json_t *draws(struct json_build *build)
{
    const struct plan_robustness *robustness = build->result->robustness;
    json_t *object = json_object();
    json_put(build, object, "contracts", json_integer((json_int_t)robustness->n_contracts));
    json_put(build, object, "ended", json_integer((json_int_t)robustness->draws.n_ended));
    json_put(build, object, "draws", json_integer((json_int_t)robustness->draws.n_draws));
    json_put(build, object, "seed", json_integer((json_int_t)robustness->draws.seed));
    json_put(build, object, "job_seekers_lose_choice", random_loss(build, &robustness->choice));
    json_put(build, object, "job_seekers_lose_all", random_loss(build, &robustness->all));
    return object;
}

om_status map_robustness_json(om_context *ctx, const struct map_result *result, char **json)
{
    const struct plan_robustness *robustness = result->robustness;
    struct json_build build = {.result = result};
    json_t *document = json_document(&build);
    json_put(&build, document, "suppliers", exits(&build, robustness->suppliers, robustness->n_suppliers));
    json_put(&build, document, "offices", exits(&build, robustness->offices, robustness->n_offices));
    json_put(&build, document, "random_exits", draws(&build));
    json_put(&build, document, "municipalities", municipalities(&build));
    return json_finish(ctx, &build, document, json);
}

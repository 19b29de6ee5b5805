#include "canonical_internal.h"

#include "datasets/hash.h"
#include "geo/memory.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct text {
    char *bytes;
    size_t size, capacity;
    bool failed; /* memory ran out */
};

static void put(struct text *text, const char *bytes, size_t size)
{
    void *grown = text->failed
                      ? NULL
                      : om_grow(text->bytes, &text->capacity, text->size + size + 1, sizeof *text->bytes);
    if (!grown) {
        text->failed = true;
        return;
    }
    text->bytes = grown;
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

/* The length before a text keeps "a b" and "a", "b" apart. */
static void put_text(struct text *text, const char *value)
{
    char length[32];
    if (!value)
        value = "";
    int n = snprintf(length, sizeof length, " %zu:", strlen(value));
    put(text, length, (size_t)n);
    put(text, value, strlen(value));
}

static void put_number(struct text *text, double value)
{
    char number[48];
    int n = isnan(value) ? snprintf(number, sizeof number, " -")
                         : CPLsnprintf(number, sizeof number, " %.17g", value + 0.0);
    put(text, number, (size_t)n);
}

static void put_whole(struct text *text, long long value)
{
    char number[32];
    int n = snprintf(number, sizeof number, " %lld", value);
    put(text, number, (size_t)n);
}

static void start(struct text *text, const char *word)
{
    put(text, "\n", 1);
    put(text, word, strlen(word));
}

static om_status finish(om_context *ctx, struct text *text, char sha256[65])
{
    bool failed = text->failed;
    if (!failed)
        data_hash_bytes(text->bytes, text->size, sha256);
    om_free(text->bytes);
    return failed ? om_no_memory(ctx) : OM_OK;
}

/* What the hole of an unfinished plan is called depends on the language. */
static void put_area(struct text *text, const struct plan_area *area)
{
    put_text(text, area->is_hole ? "" : area->name);
}

om_status canonical_plan_hash(om_context *ctx, const struct plan_territory *territory,
                              const struct plan *plan, char sha256[65])
{
    struct text text = {0};
    for (size_t a = 0; a < plan->n_areas; a++) {
        start(&text, "area");
        put_area(&text, &plan->areas[a]);
        put_whole(&text, plan->areas[a].may_be_discontiguous);
    }
    for (size_t m = 0; m < plan->n; m++) {
        start(&text, "assignment");
        put_text(&text, territory->municipalities[m].code);
        put_whole(&text, plan->area_of[m]);
    }
    return finish(ctx, &text, sha256);
}

om_status canonical_rules_hash(om_context *ctx, const struct plan_rules *rules, char sha256[65])
{
    char *ini = plan_rules_to_ini(rules);
    if (!ini)
        return om_no_memory(ctx);
    data_hash_bytes(ini, strlen(ini), sha256);
    om_free(ini);
    return OM_OK;
}

static void put_territory(struct text *text, const struct plan_territory *territory)
{
    for (size_t m = 0; m < territory->n; m++) {
        const struct plan_municipality *it = &territory->municipalities[m];
        start(text, "municipality");
        put_text(text, it->code);
        put_text(text, it->name);
        put_text(text, it->seat_name);
        put_number(text, it->seat_lon_lat[0]);
        put_number(text, it->seat_lon_lat[1]);
        put_number(text, it->population);
        put_number(text, it->land_area_km2);
        put_number(text, it->job_seekers);
        put_number(text, it->participants);
        for (uint32_t k = territory->first_neighbour[m]; k < territory->first_neighbour[m + 1]; k++) {
            start(text, "neighbour");
            put_whole(text, territory->neighbours[k].municipality);
            put_whole(text, territory->neighbours[k].kind);
            put_number(text, territory->neighbours[k].border_m);
        }
    }
}

static void put_partition(struct text *text, const struct plan_partition *partition, size_t n)
{
    start(text, "partition");
    put_text(text, partition->kind);
    for (size_t r = 0; r < partition->n_regions; r++) {
        start(text, "region");
        put_text(text, partition->regions[r].code);
        put_text(text, partition->regions[r].name);
    }
    start(text, "members");
    for (size_t m = 0; m < n; m++)
        put_whole(text, partition->member[m]);
}

static void put_market(struct text *text, const struct plan_market *market)
{
    for (size_t s = 0; s < market->n_suppliers; s++) {
        start(text, "supplier");
        put_text(text, market->suppliers[s].id);
        put_text(text, market->suppliers[s].name);
    }
    for (size_t i = 0; i < market->n_offices; i++) {
        start(text, "office");
        put_whole(text, market->offices[i].supplier);
        put_whole(text, market->offices[i].municipality);
        put_whole(text, market->offices[i].active);
        put_number(text, market->offices[i].lon_lat[0]);
        put_number(text, market->offices[i].lon_lat[1]);
    }
    for (size_t i = 0; i < market->n_contracts; i++) {
        start(text, "contract");
        put_whole(text, market->contracts[i].supplier);
        put_whole(text, market->contracts[i].municipality);
    }
}

static void put_travel(struct text *text, const struct plan_travel *travel)
{
    start(text, "travel");
    for (size_t i = 0; travel->duration_s && i < travel->n * travel->n; i++)
        put_number(text, travel->duration_s[i]);
    for (size_t m = 0; travel->has_service && m < travel->n; m++)
        put_whole(text, travel->has_service[m]);
    for (size_t i = 0; i < travel->n_localities; i++) {
        start(text, "locality");
        put_whole(text, travel->localities[i].municipality);
        put_number(text, travel->localities[i].population);
        put_whole(text, travel->localities[i].is_seat);
        for (size_t k = 0; k < travel->n; k++)
            put_number(text, travel->locality_duration_s[i * travel->n + k]);
    }
}

om_status canonical_input_hash(om_context *ctx, const struct data_case *the_case, char sha256[65])
{
    struct text text = {0};
    put_territory(&text, the_case->territory);
    for (size_t p = 0; p < the_case->territory->n_partitions; p++)
        put_partition(&text, &the_case->territory->partitions[p], the_case->territory->n);
    put_market(&text, the_case->market);
    put_travel(&text, the_case->travel);
    return finish(ctx, &text, sha256);
}

static void put_service(struct text *text, const struct plan_service *service)
{
    put_whole(text, service->supplier);
    put_whole(text, service->municipality);
    put_number(text, service->duration_s);
}

static void put_municipality_result(struct text *text, const struct plan_municipality_result *result)
{
    start(text, "municipality");
    put_text(text, plan_status_names[result->status]);
    put_text(text, plan_cause_names[result->cause]);
    put_text(text, plan_need_names[result->need]);
    put_whole(text, result->has_own_office);
    put_whole(text, result->is_sparse);
    put_whole(text, result->suppliers_inside);
    put_whole(text, result->suppliers_anywhere);
    put_service(text, &result->nearest_inside);
    put_service(text, &result->second_inside);
    put_service(text, &result->nearest_anywhere);
    put_whole(text, result->first_closing);
    put_whole(text, result->n_closing);
    put_number(text, result->locality_population);
    put_number(text, result->locality_population_reaching);
}

static void put_area_result(struct text *text, const struct plan_area_result *result)
{
    start(text, "area");
    put_whole(text, result->n_municipalities);
    put_whole(text, result->n_suppliers);
    put_whole(text, result->n_offices);
    put_number(text, result->population);
    put_number(text, result->job_seekers);
    put_number(text, result->participants);
    for (size_t s = 0; s < PLAN_STATUSES; s++) {
        put_whole(text, result->n_status[s]);
        put_number(text, result->job_seekers_status[s]);
    }
    for (size_t r = 0; r < PLAN_RULES; r++) {
        put_text(text, plan_verdict_names[result->rules[r].verdict]);
        put_number(text, result->rules[r].value);
    }
    put_whole(text, result->n_sparse);
    put_number(text, result->market.participants_per_supplier);
    put_number(text, result->market.concentration);
    put_number(text, result->market.three_largest_share);
    put_text(text, plan_volume_names[result->market.volume]);
}

static void put_headline(struct text *text, const struct plan_headline *headline)
{
    const double numbers[] = {headline->job_seekers,
                              headline->own_office,
                              headline->reach_one,
                              headline->choice,
                              headline->bound_own_office,
                              headline->bound_reach_one,
                              headline->bound_choice,
                              headline->municipalities_without_office,
                              headline->job_seekers_without_office,
                              headline->n_sparse,
                              headline->population_sparse,
                              headline->mean_density_per_km2,
                              headline->locality_population,
                              headline->locality_population_reaching,
                              headline->locality_population_without_service};
    start(text, "headline");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(text, numbers[i]);
    for (size_t s = 0; s < PLAN_STATUSES; s++) {
        put_whole(text, headline->n_status[s]);
        put_number(text, headline->job_seekers_status[s]);
    }
}

static void put_agreement(struct text *text, const struct plan_agreement *agreement)
{
    start(text, "agreement");
    put_number(text, agreement->homogeneity);
    put_number(text, agreement->completeness);
    put_number(text, agreement->v_measure);
    put_number(text, agreement->adjusted_rand);
    put_number(text, agreement->variation_of_information_bits);
}

static void put_alignment(struct text *text, const struct plan_alignment *alignment)
{
    start(text, "alignment");
    put_text(text, alignment->reference->kind);
    for (size_t a = 0; a < alignment->n_areas; a++) {
        start(text, "area");
        put_whole(text, alignment->areas[a].dominant_region);
        put_number(text, alignment->areas[a].dominant_share);
        put_whole(text, alignment->areas[a].n_regions);
    }
    for (size_t s = 0; s < alignment->n_splits; s++) {
        start(text, "split");
        put_whole(text, alignment->splits[s].region);
        put_whole(text, alignment->splits[s].area);
        put_number(text, alignment->splits[s].job_seekers);
        put_whole(text, alignment->splits[s].reason);
    }
    put_agreement(text, &alignment->by_municipality);
    put_agreement(text, &alignment->by_job_seekers);
}

static void put_equity(struct text *text, const struct plan_equity *equity)
{
    for (size_t g = 0; g < equity->n_groups; g++) {
        const struct plan_equity_group *group = &equity->groups[g];
        start(text, plan_equity_grouping_names[group->grouping]);
        put_whole(text, group->index);
        put_number(text, group->job_seekers);
        for (int target = 0; target < PLAN_EQUITY_TARGETS; target++) {
            for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++)
                put_number(text, group->spread[target].percentile_s[p]);
            put_number(text, group->spread[target].unreachable_share);
            put_number(text, group->spread[target].gini);
        }
    }
}

om_status data_result_hash(om_context *ctx, const struct data_case *the_case,
                           const struct plan_evaluation *evaluation, char sha256[65])
{
    struct text text = {0};
    for (size_t m = 0; m < evaluation->n; m++) {
        put_municipality_result(&text, &evaluation->municipalities[m]);
        put_text(&text, the_case->territory->municipalities[m].code);
    }
    for (size_t a = 0; a < evaluation->n_areas; a++) {
        put_area_result(&text, &evaluation->areas[a]);
        put_area(&text, &the_case->plan->areas[a]);
    }
    start(&text, "closing");
    for (size_t i = 0; i < evaluation->n_closing_areas; i++)
        put_whole(&text, evaluation->closing_areas[i]);
    put_headline(&text, &evaluation->headline);
    if (evaluation->alignment)
        put_alignment(&text, evaluation->alignment);
    put_equity(&text, evaluation->equity);
    return finish(ctx, &text, sha256);
}

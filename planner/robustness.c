#include "planner/robustness.h"

#include "evaluation_internal.h"
#include "robustness_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <stdlib.h>

void plan_robustness_free(struct plan_robustness *robustness)
{
    if (!robustness)
        return;
    om_free(robustness->suppliers);
    om_free(robustness->offices);
    om_free(robustness->losses);
    om_free(robustness->municipalities);
    om_free(robustness);
}

/* What the steps share. */
struct study {
    const struct plan_case *input;
    const struct plan_evaluation *evaluation;
    struct plan_reach *reach;
    struct plan_presence presence;
    struct plan_exit_model model;
    int32_t *n_active; /* per entry of reach->present: active offices of that supplier there */
    struct plan_robustness *robustness;
    size_t loss_capacity;
};

static void study_done(struct study *study)
{
    om_free(study->model.first);
    om_free(study->model.served);
    om_free(study->model.n_reached);
    om_free(study->model.job_seekers);
    om_free(study->n_active);
    plan_presence_done(&study->presence);
    plan_reach_free(study->reach);
    plan_robustness_free(study->robustness);
}

/* The place of a supplier in the sorted list from first to end. */
static uint32_t find(const int32_t *list, uint32_t first, uint32_t end, int32_t supplier)
{
    while (first + 1 < end) {
        uint32_t middle = first + (end - first) / 2;
        if (list[middle] <= supplier)
            first = middle;
        else
            end = middle;
    }
    return first;
}

static uint32_t find_present(const struct plan_reach *reach, int32_t municipality, int32_t supplier)
{
    return find(reach->present, reach->first_present[municipality], reach->first_present[municipality + 1],
                supplier);
}

/* The services of m from its own area, by supplier: the next one from `at` on, or the end. In no area there
 * are none. */
static size_t next_inside(const struct study *study, int32_t m, size_t at)
{
    const int32_t *area_of = study->input->plan->area_of;
    const struct plan_reach *reach = study->reach;
    if (study->input->plan->areas[area_of[m]].is_hole)
        return reach->first_service[m + 1];
    while (at < reach->first_service[m + 1] && area_of[reach->services[at].municipality] != area_of[m])
        at++;
    return at;
}

static double job_seekers(const struct study *study, int32_t m)
{
    double known = study->input->territory->municipalities[m].job_seekers;
    return isnan(known) ? 0 : known;
}

static enum plan_status status_of(const struct study *study, int32_t n_suppliers)
{
    if (n_suppliers >= study->input->rules->min_suppliers)
        return PLAN_STATUS_CHOICE;
    return n_suppliers > 0 ? PLAN_STATUS_LIMITED : PLAN_STATUS_NONE;
}

/* m reaches one supplier fewer by this exit. */
static om_status add_loss(om_context *ctx, struct study *study, int32_t m, struct plan_exit *gone)
{
    struct plan_robustness *robustness = study->robustness;
    enum plan_status before = study->evaluation->municipalities[m].status;
    enum plan_status after = status_of(study, study->evaluation->municipalities[m].suppliers_inside - 1);
    if (after == before)
        return OM_OK;
    struct plan_loss *grown =
        om_grow(robustness->losses, &study->loss_capacity, robustness->n_losses + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    robustness->losses = grown;
    robustness->losses[robustness->n_losses++] = (struct plan_loss){m, after};
    gone->n_losses++;
    if (before == PLAN_STATUS_CHOICE)
        gone->job_seekers_choice += job_seekers(study, m);
    if (after == PLAN_STATUS_NONE)
        gone->job_seekers_all += job_seekers(study, m);
    return OM_OK;
}

/* Whether m reaches the supplier inside; with a municipality only from the one office there is of it there.
 */
static bool depends_on(const struct study *study, int32_t m, const struct plan_exit *gone)
{
    const struct plan_reach *reach = study->reach;
    size_t n = 0, last = 0;
    for (size_t i = next_inside(study, m, reach->first_service[m]); i < reach->first_service[m + 1];
         i = next_inside(study, m, i + 1))
        if (reach->services[i].supplier == gone->supplier) {
            n++;
            last = i;
        }
    if (n == 0 || gone->municipality == PLAN_NOWHERE)
        return n > 0;
    return n == 1 && reach->services[last].municipality == gone->municipality &&
           study->n_active[find_present(reach, gone->municipality, gone->supplier)] == 1;
}

static om_status study_exit(om_context *ctx, struct study *study, struct plan_exit *gone)
{
    om_status status = OM_OK;
    gone->first_loss = study->robustness->n_losses;
    for (size_t m = 0; m < study->evaluation->n && !status; m++)
        if (depends_on(study, (int32_t)m, gone))
            status = add_loss(ctx, study, (int32_t)m, gone);
    return status;
}

/* Who is left with nobody needs in-house delivery at once; who is left with one still has a service. */
static int compare_exits(const void *left, const void *right)
{
    const struct plan_exit *x = left, *y = right;
    if (x->job_seekers_all != y->job_seekers_all)
        return x->job_seekers_all > y->job_seekers_all ? -1 : 1;
    if (x->job_seekers_choice != y->job_seekers_choice)
        return x->job_seekers_choice > y->job_seekers_choice ? -1 : 1;
    if (x->n_losses != y->n_losses)
        return x->n_losses > y->n_losses ? -1 : 1;
    if (x->municipality != y->municipality)
        return x->municipality < y->municipality ? -1 : 1;
    if (x->supplier != y->supplier)
        return x->supplier < y->supplier ? -1 : 1;
    return (x->first_loss > y->first_loss) - (x->first_loss < y->first_loss);
}

static om_status study_offices(om_context *ctx, struct study *study)
{
    const struct plan_market *market = study->input->market;
    struct plan_robustness *robustness = study->robustness;
    om_status status = OM_OK;
    for (size_t i = 0; i < market->n_offices && !status; i++) {
        if (!market->offices[i].active)
            continue;
        struct plan_exit *gone = &robustness->offices[robustness->n_offices++];
        *gone =
            (struct plan_exit){market->offices[i].supplier, market->offices[i].municipality, 1, 0, 0, 0, 0};
        status = study_exit(ctx, study, gone);
    }
    qsort(robustness->offices, robustness->n_offices, sizeof *robustness->offices, compare_exits);
    return status;
}

static om_status study_suppliers(om_context *ctx, struct study *study)
{
    const struct plan_market *market = study->input->market;
    struct plan_robustness *robustness = study->robustness;
    om_status status = OM_OK;
    for (size_t s = 0; s < market->n_suppliers && !status; s++) {
        struct plan_exit gone = {.supplier = (int32_t)s, .municipality = PLAN_NOWHERE};
        for (size_t i = 0; i < market->n_offices; i++)
            gone.n_offices += market->offices[i].active && market->offices[i].supplier == (int32_t)s;
        if (gone.n_offices == 0)
            continue;
        status = study_exit(ctx, study, &gone);
        robustness->suppliers[robustness->n_suppliers++] = gone;
    }
    qsort(robustness->suppliers, robustness->n_suppliers, sizeof *robustness->suppliers, compare_exits);
    return status;
}

static void count_offices(struct study *study)
{
    const struct plan_market *market = study->input->market;
    for (size_t i = 0; i < market->n_offices; i++)
        if (market->offices[i].active)
            study->n_active[find_present(study->reach, market->offices[i].municipality,
                                         market->offices[i].supplier)]++;
}

static void measure_redundancy(struct study *study)
{
    int32_t min_suppliers = study->input->rules->min_suppliers;
    for (size_t m = 0; m < study->evaluation->n; m++) {
        int32_t reached = study->evaluation->municipalities[m].suppliers_inside;
        struct plan_redundancy *redundancy = &study->robustness->municipalities[m];
        redundancy->suppliers_to_none = reached;
        redundancy->suppliers_to_no_choice = reached >= min_suppliers ? reached - min_suppliers + 1 : 0;
        redundancy->probability_no_choice = NAN;
        for (size_t i = next_inside(study, (int32_t)m, study->reach->first_service[m]);
             i < study->reach->first_service[m + 1]; i = next_inside(study, (int32_t)m, i + 1)) {
            const struct plan_service *service = &study->reach->services[i];
            redundancy->offices_to_none +=
                study->n_active[find_present(study->reach, service->municipality, service->supplier)];
        }
    }
}

/* The contract of a supplier in an area: its place among those of presence that may serve. */
static void number_contracts(const struct plan_presence *presence, size_t n_areas, int32_t *number, size_t *n)
{
    *n = 0;
    for (uint32_t i = 0; i < presence->first[n_areas]; i++)
        number[i] = presence->may_serve[i] ? (int32_t)(*n)++ : -1;
}

/* Calls of m's contracts: each supplier it reaches inside once. Counts them, or with `next` files m under
 * them. */
static void visit_contracts(const struct study *study, const int32_t *number, int32_t m, size_t *next)
{
    const struct plan_presence *presence = &study->presence;
    int32_t area = study->input->plan->area_of[m], last = PLAN_NOWHERE;
    for (size_t i = next_inside(study, m, study->reach->first_service[m]);
         i < study->reach->first_service[m + 1]; i = next_inside(study, m, i + 1)) {
        int32_t supplier = study->reach->services[i].supplier;
        if (supplier == last)
            continue;
        last = supplier;
        int32_t contract =
            number[find(presence->supplier, presence->first[area], presence->first[area + 1], supplier)];
        if (next)
            study->model.served[next[contract]++] = m;
        else
            study->model.first[contract + 1]++;
    }
}

static om_status build_model(om_context *ctx, struct study *study)
{
    size_t n = study->evaluation->n, n_areas = study->input->plan->n_areas, n_served = 0;
    size_t n_present = study->presence.first[n_areas];
    struct plan_exit_model *model = &study->model;
    int32_t *number = om_alloc(n_present, sizeof *number);
    size_t *next = om_alloc(n_present, sizeof *next);
    for (size_t m = 0; m < n; m++)
        n_served += (size_t)study->evaluation->municipalities[m].suppliers_inside;
    model->n = n;
    model->min_suppliers = study->input->rules->min_suppliers;
    model->first = om_alloc(n_present + 1, sizeof *model->first);
    model->served = om_alloc(n_served, sizeof *model->served);
    model->n_reached = om_alloc(n, sizeof *model->n_reached);
    model->job_seekers = om_alloc(n, sizeof *model->job_seekers);
    om_status status =
        number && next && model->first && model->served && model->n_reached && model->job_seekers
            ? OM_OK
            : om_no_memory(ctx);
    if (!status) {
        number_contracts(&study->presence, n_areas, number, &model->n_contracts);
        for (size_t m = 0; m < n; m++) {
            model->n_reached[m] = study->evaluation->municipalities[m].suppliers_inside;
            model->job_seekers[m] = job_seekers(study, (int32_t)m);
            visit_contracts(study, number, (int32_t)m, NULL);
        }
        for (size_t c = 0; c < model->n_contracts; c++) {
            next[c] = model->first[c];
            model->first[c + 1] += model->first[c];
        }
        for (size_t m = 0; m < n; m++)
            visit_contracts(study, number, (int32_t)m, next);
    }
    om_free(next);
    om_free(number);
    return status;
}

static om_status draw(om_context *ctx, struct study *study, const struct plan_draws *draws)
{
    om_status status = build_model(ctx, study);
    if (status)
        return status;
    study->robustness->n_contracts = study->model.n_contracts;
    if (!draws)
        return OM_OK;
    size_t n = study->model.n_contracts, n_ended = draws->n_ended;
    if (n_ended == PLAN_DRAW_A_TENTH)
        n_ended = n > 0 && n < 15 ? 1 : (n + 5) / 10;
    if (n_ended > n || draws->n_draws == 0)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("%zu contracts cannot end: there are %zu (suppliers with an office in an area)"),
                       n_ended, n);
    study->robustness->draws = (struct plan_draws){n_ended, draws->n_draws, draws->seed};
    return plan_draw_exits(ctx, &study->model, study->robustness);
}

static om_status prepare(om_context *ctx, struct study *study)
{
    const struct plan_market *market = study->input->market;
    struct plan_robustness *robustness = study->robustness = om_alloc(1, sizeof *robustness);
    if (!robustness)
        return om_no_memory(ctx);
    robustness->n = study->evaluation->n;
    robustness->suppliers = om_alloc(market->n_suppliers, sizeof *robustness->suppliers);
    robustness->offices = om_alloc(market->n_offices, sizeof *robustness->offices);
    robustness->municipalities = om_alloc(robustness->n, sizeof *robustness->municipalities);
    if (!robustness->suppliers || !robustness->offices || !robustness->municipalities)
        return om_no_memory(ctx);
    om_status status = plan_reach_new(ctx, study->input, &study->reach);
    if (!status)
        status = plan_presence_new(ctx, study->input->plan, study->reach, &study->presence);
    if (status)
        return status;
    study->n_active = om_alloc(study->reach->first_present[study->reach->n], sizeof *study->n_active);
    if (!study->n_active)
        return om_no_memory(ctx);
    count_offices(study);
    return OM_OK;
}

om_status plan_robustness_compute(om_context *ctx, const struct plan_case *input,
                                  const struct plan_evaluation *evaluation, const struct plan_draws *draws,
                                  struct plan_robustness **out)
{
    struct study study = {.input = input, .evaluation = evaluation};
    om_status status = prepare(ctx, &study);
    if (!status)
        status = study_suppliers(ctx, &study);
    if (!status)
        status = study_offices(ctx, &study);
    if (!status) {
        measure_redundancy(&study);
        status = draw(ctx, &study, draws);
    }
    if (!status) {
        *out = study.robustness;
        study.robustness = NULL;
    }
    study_done(&study);
    return status;
}

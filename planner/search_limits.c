/* Where a plan does not keep the limits of a search, and by how much. */
#include "reach_internal.h"

#include "planner/search.h"

#include "geo/memory.h"

#include <math.h>

const char *const plan_limit_names[PLAN_LIMITS] = {
    [PLAN_LIMIT_AREAS] = "areas",
    [PLAN_LIMIT_JOB_SEEKERS] = "job_seekers",
    [PLAN_LIMIT_TRIP] = "trip_minutes",
    [PLAN_LIMIT_REGION_PIECES] = "region_pieces",
};

struct breach_list {
    om_context *ctx;
    struct plan_breach *items;
    size_t n, capacity;
    om_status status;
};

static void add_breach(struct breach_list *list, const struct plan_breach *breach)
{
    struct plan_breach *grown = om_grow(list->items, &list->capacity, list->n + 1, sizeof *grown);
    if (!grown) {
        list->status = om_no_memory(list->ctx);
        return;
    }
    list->items = grown;
    list->items[list->n++] = *breach;
}

static void check_range(struct breach_list *list, struct plan_breach breach, double least, double most)
{
    breach.bound = breach.value < least ? least : most;
    if (breach.value < least || breach.value > most)
        add_breach(list, &breach);
}

static double most_of(double rule)
{
    return rule > 0 ? rule : INFINITY;
}

static void check_job_seekers(struct breach_list *list, const struct plan_case *input,
                              const struct plan *plan, int32_t area)
{
    const struct plan_search_rules *rules = &input->rules->search;
    struct plan_breach breach = {
        PLAN_LIMIT_JOB_SEEKERS, area, PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE, 0, 0};
    for (size_t m = 0; m < plan->n; m++)
        if (plan->area_of[m] == area && input->territory->municipalities[m].job_seekers > 0)
            breach.value += input->territory->municipalities[m].job_seekers;
    check_range(list, breach, rules->min_job_seekers, most_of(rules->max_job_seekers));
}

/* The longest trip; one that does not exist is longer than any. */
static void check_trips(struct breach_list *list, const struct plan_case *input, const struct plan *plan,
                        int32_t area)
{
    double most = input->rules->search.max_trip_minutes;
    struct plan_breach longest = {PLAN_LIMIT_TRIP, area, PLAN_NOWHERE, PLAN_NOWHERE,
                                  PLAN_NOWHERE,    most, most};
    for (int32_t m = 0; m < (int32_t)plan->n; m++)
        for (int32_t k = 0; k < (int32_t)plan->n; k++) {
            if (plan->area_of[m] != area || plan->area_of[k] != area)
                continue;
            double minutes = plan_duration_s(input->travel, m, k) / 60;
            if (minutes <= longest.value || isnan(longest.value))
                continue;
            longest.value = minutes;
            longest.from = m;
            longest.to = k;
        }
    if (longest.from != PLAN_NOWHERE)
        add_breach(list, &longest);
}

static void check_region(struct breach_list *list, const struct plan_case *input, const struct plan *plan,
                         const struct plan_partition *reference, int32_t region, int32_t *last_seen)
{
    struct plan_breach breach = {
        PLAN_LIMIT_REGION_PIECES, PLAN_NOWHERE, region, PLAN_NOWHERE, PLAN_NOWHERE, 0, 0};
    for (size_t m = 0; m < plan->n; m++) {
        if (reference->member[m] != region || last_seen[plan->area_of[m]] == region)
            continue;
        last_seen[plan->area_of[m]] = region;
        breach.value++;
    }
    check_range(list, breach, 0, most_of(input->rules->search.max_region_pieces));
}

static void check_regions(struct breach_list *list, const struct plan_case *input, const struct plan *plan)
{
    const struct plan_partition *reference =
        plan_territory_partition(input->territory, input->rules->reference);
    int32_t *last_seen = om_alloc(plan->n_areas, sizeof *last_seen);
    if (!last_seen)
        list->status = om_no_memory(list->ctx);
    for (size_t a = 0; last_seen && a < plan->n_areas; a++)
        last_seen[a] = PLAN_NOWHERE;
    for (size_t r = 0; last_seen && reference && r < reference->n_regions; r++)
        check_region(list, input, plan, reference, (int32_t)r, last_seen);
    om_free(last_seen);
}

om_status plan_limits_check(om_context *ctx, const struct plan_case *input, const struct plan *plan,
                            struct plan_breach **breaches, size_t *n)
{
    const struct plan_search_rules *rules = &input->rules->search;
    struct breach_list list = {.ctx = ctx};
    double n_start = (double)input->plan->n_areas;
    check_range(&list,
                (struct plan_breach){PLAN_LIMIT_AREAS, PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE, PLAN_NOWHERE,
                                     (double)plan->n_areas, 0},
                rules->min_areas ? rules->min_areas : n_start, rules->max_areas ? rules->max_areas : n_start);
    for (int32_t a = 0; a < (int32_t)plan->n_areas; a++) {
        check_job_seekers(&list, input, plan, a);
        if (rules->max_trip_minutes > 0)
            check_trips(&list, input, plan, a);
    }
    check_regions(&list, input, plan);
    if (list.status) {
        om_free(list.items);
        return list.status;
    }
    *breaches = list.items;
    *n = list.n;
    return OM_OK;
}

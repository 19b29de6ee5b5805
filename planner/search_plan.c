/* A proposal as a plan with named areas. */
#include "search_internal.h"

#include "geo/memory.h"

#include <string.h>

static double weight_of(const struct plan_case *input, size_t m)
{
    double job_seekers = input->territory->municipalities[m].job_seekers;
    return isnan(job_seekers) ? 0 : job_seekers;
}

/* The member with most job seekers, then the lowest code; PLAN_NOWHERE when the slot is empty. */
static int32_t largest_member(const struct plan_case *input, const int32_t *area_of, int32_t slot)
{
    int32_t largest = PLAN_NOWHERE;
    for (size_t m = 0; m < input->territory->n; m++)
        if (area_of[m] == slot &&
            (largest == PLAN_NOWHERE || weight_of(input, m) > weight_of(input, (size_t)largest)))
            largest = (int32_t)m;
    return largest;
}

/* How many job seekers each slot has from each area at first, plus a trifle for each municipality, so that
 * those without job seekers count too: shared[slot * n_areas + area]. */
static double *count_shared(const struct plan_case *input, const int32_t *area_of, size_t n_slots)
{
    double *shared = om_alloc(n_slots * input->plan->n_areas, sizeof *shared);
    for (size_t m = 0; shared && m < input->territory->n; m++)
        shared[(size_t)area_of[m] * input->plan->n_areas + (size_t)input->plan->area_of[m]] +=
            weight_of(input, m) + 1e-6;
    return shared;
}

/* The area that most of the slot comes from, if no other slot has more of it; else PLAN_NOWHERE. */
static int32_t area_inherited(const double *shared, size_t n_slots, size_t n_areas, size_t slot)
{
    size_t from = 0;
    for (size_t a = 1; a < n_areas; a++)
        if (shared[slot * n_areas + a] > shared[slot * n_areas + from])
            from = a;
    for (size_t other = 0; other < n_slots; other++) {
        double more = shared[other * n_areas + from] - shared[slot * n_areas + from];
        if (more > 0 || (more == 0 && other < slot))
            return PLAN_NOWHERE;
    }
    return (int32_t)from;
}

static bool is_taken(char *const *names, size_t n_slots, const char *name)
{
    for (size_t a = 0; a < n_slots; a++)
        if (names[a] && strcmp(names[a], name) == 0)
            return true;
    return false;
}

/* "Kiruna", "Kiruna 2" … : the first that no other area has. NULL: no memory. */
static char *new_name(const struct plan_case *input, int32_t largest, char *const *names, size_t n_slots)
{
    const char *name = input->territory->municipalities[largest].name;
    char *fresh = om_strdup(name);
    for (int number = 2; fresh && is_taken(names, n_slots, fresh); number++) {
        om_free(fresh);
        fresh = om_format("%s %d", name, number);
    }
    return fresh;
}

/* Old names first, so that no new one takes them. */
static om_status name_slots(om_context *ctx, const struct plan_case *input, const int32_t *area_of,
                            size_t n_slots, const double *shared, char **names)
{
    for (int pass = 0; pass < 2; pass++)
        for (int32_t slot = 0; slot < (int32_t)n_slots; slot++) {
            int32_t largest = largest_member(input, area_of, slot);
            int32_t old = area_inherited(shared, n_slots, input->plan->n_areas, (size_t)slot);
            if (largest == PLAN_NOWHERE || names[slot] || (pass == 0 && old == PLAN_NOWHERE))
                continue;
            names[slot] = pass == 0 ? om_strdup(input->plan->areas[old].name)
                                    : new_name(input, largest, names, n_slots);
            if (!names[slot])
                return om_no_memory(ctx);
        }
    return OM_OK;
}

om_status plan_search_plan(om_context *ctx, const struct plan_case *input,
                           const struct plan_search_result *result, size_t proposal, const char *name,
                           struct plan **out)
{
    const int32_t *area_of = result->proposals[proposal].area_of;
    char **names = om_alloc(result->n_slots, sizeof *names);
    struct plan_assignment *rows = om_alloc(result->n, sizeof *rows);
    double *shared = count_shared(input, area_of, result->n_slots);
    om_status status = OM_OK;
    if (!names || !rows || !shared) {
        status = om_no_memory(ctx);
        goto done;
    }
    status = name_slots(ctx, input, area_of, result->n_slots, shared, names);
    if (status)
        goto done;
    for (size_t m = 0; m < result->n; m++) {
        size_t slot = (size_t)area_of[m];
        rows[m] = (struct plan_assignment){
            .municipality_code = input->territory->municipalities[m].code,
            .area_name = names[slot],
            .area_may_be_discontiguous =
                slot < input->plan->n_areas && input->plan->areas[slot].may_be_discontiguous,
        };
    }
    status = plan_new(ctx, input->territory, name, rows, result->n, out);
done:
    for (size_t a = 0; names && a < result->n_slots; a++)
        om_free(names[a]);
    om_free(names);
    om_free(rows);
    om_free(shared);
    return status;
}

#include "evaluation_internal.h"

#include "geo/memory.h"

/* Puts an area into the sorted list of m, which is the last one; once. */
static om_status insert_area(om_context *ctx, struct plan_judging *judging, int32_t m, int32_t area)
{
    struct plan_evaluation *evaluation = judging->evaluation;
    struct plan_municipality_result *result = &evaluation->municipalities[m];
    int32_t *grown = om_grow(evaluation->closing_areas, &judging->closing_capacity,
                             evaluation->n_closing_areas + 1, sizeof *grown);
    if (!grown)
        return om_no_memory(ctx);
    evaluation->closing_areas = grown;
    int32_t *list = grown + result->first_closing;
    uint32_t place = result->n_closing;
    while (place > 0 && list[place - 1] > area)
        place--;
    if (place > 0 && list[place - 1] == area)
        return OM_OK;
    for (uint32_t i = result->n_closing; i > place; i--)
        list[i] = list[i - 1];
    list[place] = area;
    result->n_closing++;
    evaluation->n_closing_areas++;
    return OM_OK;
}

om_status plan_judge_closing(om_context *ctx, struct plan_judging *judging, int32_t m)
{
    const struct plan_territory *territory = judging->input->territory;
    const int32_t *area_of = judging->input->plan->area_of;
    struct plan_municipality_result *result = &judging->evaluation->municipalities[m];
    result->first_closing = (uint32_t)judging->evaluation->n_closing_areas;
    int32_t wanted = judging->input->rules->min_suppliers;
    if (result->suppliers_anywhere < wanted || result->status == PLAN_STATUS_CHOICE ||
        !territory->first_neighbour)
        return OM_OK;
    for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++) {
        int32_t area = area_of[territory->neighbours[i].municipality];
        if (area == area_of[m] || judging->input->plan->areas[area].is_hole ||
            plan_reach_count(judging->reach, area_of, m, area) < wanted)
            continue;
        om_status status = insert_area(ctx, judging, m, area);
        if (status)
            return status;
    }
    return OM_OK;
}

#include "evaluation_internal.h"

#include "geo/memory.h"

const char *const plan_volume_names[PLAN_VOLUMES] = {
    [PLAN_VOLUME_ENOUGH] = "enough",
    [PLAN_VOLUME_THIN] = "thin",
    [PLAN_VOLUME_DILUTED] = "diluted",
    [PLAN_VOLUME_UNKNOWN] = "unknown",
};

enum plan_volume plan_judge_volume(const struct plan_rules *rules, const struct plan_sum *participants,
                                   int32_t n_suppliers)
{
    double known = participants->total;
    if (known < rules->min_participants_per_supplier * rules->min_suppliers)
        return participants->n_unknown ? PLAN_VOLUME_UNKNOWN : PLAN_VOLUME_THIN;
    if (n_suppliers == 0 || known >= rules->diluted_below * n_suppliers)
        return PLAN_VOLUME_ENOUGH;
    return participants->n_unknown ? PLAN_VOLUME_UNKNOWN : PLAN_VOLUME_DILUTED;
}

/* The place of a supplier in the area's list of presence, when it may serve there. */
static bool find_present(const struct plan_presence *presence, int32_t area, int32_t supplier,
                         uint32_t *place)
{
    for (uint32_t i = presence->first[area]; i < presence->first[area + 1]; i++)
        if (presence->supplier[i] == supplier) {
            *place = i;
            return presence->may_serve[i];
        }
    return false;
}

static void keep_largest(int32_t largest[3], int32_t n)
{
    for (int i = 0; i < 3; i++)
        if (n > largest[i]) {
            int32_t pushed = largest[i];
            largest[i] = n;
            n = pushed;
        }
}

static void measure_concentration(const struct plan_presence *presence, const int32_t *n_offices,
                                  int32_t area, struct plan_area_market *market)
{
    double total = 0, squares = 0;
    int32_t largest[3] = {0};
    for (uint32_t i = presence->first[area]; i < presence->first[area + 1]; i++) {
        total += n_offices[i];
        squares += (double)n_offices[i] * n_offices[i];
        keep_largest(largest, n_offices[i]);
    }
    market->concentration = total > 0 ? squares / (total * total) : (double)NAN;
    market->three_largest_share =
        total > 0 ? ((double)largest[0] + largest[1] + largest[2]) / total : (double)NAN;
}

om_status plan_judge_markets(om_context *ctx, struct plan_judging *judging)
{
    const struct plan_market *market = judging->input->market;
    const struct plan_presence *presence = &judging->presence;
    size_t n_areas = judging->evaluation->n_areas;
    int32_t *n_offices = om_alloc(presence->first[n_areas], sizeof *n_offices);
    if (!n_offices)
        return om_no_memory(ctx);
    for (size_t i = 0; i < market->n_offices; i++) {
        const struct plan_office *office = &market->offices[i];
        uint32_t place;
        if (office->active && find_present(presence, judging->input->plan->area_of[office->municipality],
                                           office->supplier, &place))
            n_offices[place]++;
    }
    for (size_t a = 0; a < n_areas; a++)
        measure_concentration(presence, n_offices, (int32_t)a, &judging->evaluation->areas[a].market);
    om_free(n_offices);
    return OM_OK;
}

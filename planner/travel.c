#include "planner/travel.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <math.h>

const char *const plan_statistic_names[PLAN_STATISTICS] = {
    [PLAN_STATISTIC_MEDIAN_JOURNEY] = "median_journey",
    [PLAN_STATISTIC_FASTEST] = "fastest",
    [PLAN_STATISTIC_DOOR_P25] = "door_p25",
    [PLAN_STATISTIC_DOOR_P50] = "door_p50",
    [PLAN_STATISTIC_DOOR_P75] = "door_p75",
};

bool plan_travel_is_known(const struct plan_travel *travel)
{
    return travel && (travel->duration_s || travel->trips);
}

void plan_travel_free(struct plan_travel *travel)
{
    if (!travel)
        return;
    om_free(travel->duration_s);
    om_free(travel->first_trip);
    om_free(travel->trips);
    om_free(travel->has_service);
    om_free(travel->localities);
    om_free(travel->locality_duration_s);
    om_free(travel);
}

om_status plan_travel_require_return(om_context *ctx, struct plan_travel *travel,
                                     const struct plan_travel *home)
{
    size_t n = travel->n;
    if (home->n != n)
        return om_fail(ctx, OM_INVALID_ARGUMENT,
                       om_tr("travel times there are for %zu municipalities, those home for %zu"), n,
                       home->n);
    if (travel->trips || home->trips)
        return om_fail(ctx, OM_INVALID_ARGUMENT, "%s",
                       om_tr("a way home needs travel times as a matrix, not as a list of trips"));
    for (size_t m = 0; travel->duration_s && m < n; m++)
        for (size_t k = 0; k < n; k++) {
            double *there = &travel->duration_s[m * n + k];
            double back = home->duration_s ? home->duration_s[k * n + m] : (double)NAN;
            if (m != k)
                *there = isnan(back) || *there < back ? back : *there;
        }
    for (size_t m = 0; travel->has_service && home->has_service && m < n; m++)
        travel->has_service[m] &= home->has_service[m];
    return OM_OK;
}

#include "planner/travel.h"

#include "geo/memory.h"

const char *const plan_statistic_names[PLAN_STATISTICS] = {
    [PLAN_STATISTIC_MEDIAN_JOURNEY] = "median_journey",
    [PLAN_STATISTIC_FASTEST] = "fastest",
    [PLAN_STATISTIC_DOOR_P25] = "door_p25",
    [PLAN_STATISTIC_DOOR_P50] = "door_p50",
    [PLAN_STATISTIC_DOOR_P75] = "door_p75",
};

void plan_travel_free(struct plan_travel *travel)
{
    if (!travel)
        return;
    om_free(travel->duration_s);
    om_free(travel->has_service);
    om_free(travel);
}

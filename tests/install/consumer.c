/* Somebody else's program: uses the installed layers through their public headers only. */
#include <geo/crs.h>
#include <geo/memory.h>
#include <planner/rules.h>

#include <stdio.h>

int main(void)
{
    struct plan_rules rules = plan_rules_default();
    char *ini = plan_rules_to_ini(&rules);
    double lulea_boden_m = geo_distance_m(22.155, 65.584, 21.689, 65.825);
    printf("%.0f km, within %g minutes\n", lulea_boden_m / 1000, rules.max_minutes);
    int ok = ini && lulea_boden_m > 30000 && lulea_boden_m < 40000 && rules.max_minutes == 60;
    om_free(ini);
    return ok ? 0 : 1;
}

#include "map_caption.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <math.h>

char *caption_plans(const struct map_result *result)
{
    const char *plan = result->the_case->plan->name;
    size_t n_areas = map_count_areas(result);
    if (result->before)
        return om_format(om_tr("Plan %s against %s"), plan, result->before->the_case->plan->name);
    return om_format(om_tr_n("Plan %s, %zu area", "Plan %s, %zu areas", n_areas), plan, n_areas);
}

char *caption_rules(const struct map_result *result, const struct theme *theme)
{
    const struct plan_rules *rules = &result->the_case->rules;
    if (theme->overlays & THEME_REGIONS)
        return om_format(om_tr("Held against the regions of %s."), rules->reference);
    return om_format(om_tr("A choice is at least %d suppliers within %s minutes (%s)."), rules->min_suppliers,
                     map_short(rules->max_minutes).text, map_statistic_word(rules->statistic));
}

char *caption_maker(const struct map_result *result)
{
    return om_format(om_tr("Drawn by Omland %s. Result %.8s."), result->tool_version, result->result_sha256);
}

double caption_round_length_m(double most_m)
{
    double power = pow(10, floor(log10(most_m))), share = most_m / power;
    return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

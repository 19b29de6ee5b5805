#include "layer_values.h"

#include "words.h"

#include <math.h>

/* Each value is one expression over v (the view) and r (the row). */
#define TEXT(name, expression)                                                         \
    void name(const struct layer_view *v, struct layer_row r, struct layer_value *out) \
    {                                                                                  \
        out->text = expression;                                                        \
    }
#define NUMBER(name, expression)                                                       \
    void name(const struct layer_view *v, struct layer_row r, struct layer_value *out) \
    {                                                                                  \
        out->number = expression;                                                      \
    }

static const struct plan_municipality *known(const struct layer_view *v, struct layer_row r)
{
    return &v->result->the_case->territory->municipalities[r.index];
}

static const struct plan_municipality_result *judged(const struct layer_view *v, struct layer_row r)
{
    return &v->result->evaluation->municipalities[r.index];
}

static const char *region_of(const struct plan_partition *partition, struct layer_row r)
{
    int32_t region = partition ? partition->member[r.index] : PLAN_NOWHERE;
    return region < 0 ? NULL : partition->regions[region].name;
}

static const char *supplier_of(const struct layer_view *v, const struct plan_service *service)
{
    return service->supplier < 0 ? NULL : map_supplier_name(v->result, service->supplier);
}

static const char *place_of(const struct layer_view *v, int32_t municipality)
{
    return municipality < 0 ? NULL : map_municipality_name(v->result, municipality);
}

static int32_t in_house_site(const struct layer_view *v, struct layer_row r)
{
    return v->result->in_house ? v->result->in_house->served_from[r.index] : PLAN_NOWHERE;
}

TEXT(municipality_code, known(v, r)->code)
TEXT(municipality_name, known(v, r)->name)
TEXT(municipality_area, map_area_name(v->result, r.index))
TEXT(municipality_county, region_of(v->county, r))
TEXT(municipality_region, region_of(v->reference, r))
TEXT(municipality_seat, known(v, r)->seat_name)
NUMBER(municipality_population, known(v, r)->population)
NUMBER(municipality_land_area, known(v, r)->land_area_km2)
NUMBER(municipality_density, known(v, r)->population / known(v, r)->land_area_km2)
NUMBER(municipality_job_seekers, known(v, r)->job_seekers)
NUMBER(municipality_participants, known(v, r)->participants)
TEXT(municipality_status, plan_status_names[judged(v, r)->status])
TEXT(municipality_cause, judged(v, r)->cause ? plan_cause_names[judged(v, r)->cause] : NULL)
TEXT(municipality_need, judged(v, r)->need ? plan_need_names[judged(v, r)->need] : NULL)
NUMBER(municipality_own_office, judged(v, r)->has_own_office)
NUMBER(municipality_sparse, judged(v, r)->is_sparse)
NUMBER(municipality_suppliers_inside, judged(v, r)->suppliers_inside)
NUMBER(municipality_suppliers_anywhere, judged(v, r)->suppliers_anywhere)
TEXT(municipality_nearest_supplier, supplier_of(v, &judged(v, r)->nearest_inside))
TEXT(municipality_nearest_in, place_of(v, judged(v, r)->nearest_inside.municipality))
NUMBER(municipality_nearest_min, map_minutes_tenths(judged(v, r)->nearest_inside.duration_s))
TEXT(municipality_second_supplier, supplier_of(v, &judged(v, r)->second_inside))
NUMBER(municipality_second_min, map_minutes_tenths(judged(v, r)->second_inside.duration_s))
TEXT(municipality_anywhere_supplier, supplier_of(v, &judged(v, r)->nearest_anywhere))
TEXT(municipality_anywhere_in, place_of(v, judged(v, r)->nearest_anywhere.municipality))
NUMBER(municipality_anywhere_min, map_minutes_tenths(judged(v, r)->nearest_anywhere.duration_s))
TEXT(municipality_in_house_from,
     in_house_site(v, r) < 0 ? NULL : map_site_name(v->result, in_house_site(v, r)))
NUMBER(municipality_in_house_min,
       v->result->in_house ? map_minutes_tenths(v->result->in_house->duration_s[r.index]) : NAN)
NUMBER(municipality_locality_population, judged(v, r)->locality_population)
NUMBER(municipality_locality_share,
       judged(v, r)->locality_population_reaching / judged(v, r)->locality_population)
NUMBER(municipality_lon, known(v, r)->seat_lon_lat[0])
NUMBER(municipality_lat, known(v, r)->seat_lon_lat[1])

void municipality_closing_areas(const struct layer_view *v, struct layer_row r, struct layer_value *out)
{
    if (!judged(v, r)->n_closing)
        return;
    out->text = out->owned = map_closing_areas(v->result, r.index);
    out->out_of_memory = !out->owned;
}

static const struct plan_area_result *area(const struct layer_view *v, struct layer_row r)
{
    return &v->result->evaluation->areas[r.index];
}

static const struct plan_area_alignment *aligned(const struct layer_view *v, struct layer_row r)
{
    static const struct plan_area_alignment unknown = {PLAN_NOWHERE, NAN, 0};
    const struct plan_alignment *alignment = v->result->evaluation->alignment;
    return alignment ? &alignment->areas[r.index] : &unknown;
}

static const char *verdict(const struct layer_view *v, struct layer_row r, enum plan_rule rule)
{
    return plan_verdict_names[area(v, r)->rules[rule].verdict];
}

static double measured(const struct layer_view *v, struct layer_row r, enum plan_rule rule)
{
    double value = area(v, r)->rules[rule].value;
    return isfinite(value) ? value : NAN;
}

static int count_verdicts(const struct plan_area_result *result, enum plan_verdict wanted)
{
    int n = 0;
    for (int rule = 0; rule < PLAN_RULES; rule++)
        n += result->rules[rule].verdict == wanted;
    return n;
}

/* Fails when a rule fails; passes when every rule that could be judged passes, and one could. */
static enum plan_verdict whole_verdict(const struct plan_area_result *result)
{
    if (count_verdicts(result, PLAN_VERDICT_FAIL))
        return PLAN_VERDICT_FAIL;
    return count_verdicts(result, PLAN_VERDICT_PASS) ? PLAN_VERDICT_PASS : PLAN_VERDICT_UNKNOWN;
}

TEXT(area_name, v->result->the_case->plan->areas[r.index].name)
NUMBER(area_municipalities, area(v, r)->n_municipalities)
NUMBER(area_suppliers, area(v, r)->n_suppliers)
NUMBER(area_offices, area(v, r)->n_offices)
NUMBER(area_population, area(v, r)->population)
NUMBER(area_job_seekers, area(v, r)->job_seekers)
NUMBER(area_participants, area(v, r)->participants)
NUMBER(area_with_choice, area(v, r)->n_status[PLAN_STATUS_CHOICE])
NUMBER(area_limited, area(v, r)->n_status[PLAN_STATUS_LIMITED])
NUMBER(area_none, area(v, r)->n_status[PLAN_STATUS_NONE])
NUMBER(area_job_seekers_choice, area(v, r)->job_seekers_status[PLAN_STATUS_CHOICE])
NUMBER(area_job_seekers_limited, area(v, r)->job_seekers_status[PLAN_STATUS_LIMITED])
NUMBER(area_job_seekers_none, area(v, r)->job_seekers_status[PLAN_STATUS_NONE])
TEXT(area_verdict, plan_verdict_names[whole_verdict(area(v, r))])
NUMBER(area_failed_rules, count_verdicts(area(v, r), PLAN_VERDICT_FAIL))
TEXT(area_choice_verdict, verdict(v, r, PLAN_RULE_CHOICE))
NUMBER(area_choice_value, measured(v, r, PLAN_RULE_CHOICE))
TEXT(area_reach_verdict, verdict(v, r, PLAN_RULE_REACH))
NUMBER(area_reach_value, map_minutes_tenths(measured(v, r, PLAN_RULE_REACH) * 60))
TEXT(area_in_house_verdict, verdict(v, r, PLAN_RULE_IN_HOUSE))
NUMBER(area_in_house_value, measured(v, r, PLAN_RULE_IN_HOUSE))
TEXT(area_market_verdict, verdict(v, r, PLAN_RULE_MARKET))
NUMBER(area_market_value, measured(v, r, PLAN_RULE_MARKET))
TEXT(area_alignment_verdict, verdict(v, r, PLAN_RULE_ALIGNMENT))
NUMBER(area_alignment_value, measured(v, r, PLAN_RULE_ALIGNMENT))
TEXT(area_contiguity_verdict, verdict(v, r, PLAN_RULE_CONTIGUITY))
NUMBER(area_contiguity_value, measured(v, r, PLAN_RULE_CONTIGUITY))
TEXT(area_dominant_region,
     aligned(v, r)->dominant_region < 0
         ? NULL
         : v->result->evaluation->alignment->reference->regions[aligned(v, r)->dominant_region].name)
NUMBER(area_dominant_share, aligned(v, r)->dominant_share)
NUMBER(area_regions, v->result->evaluation->alignment ? (double)aligned(v, r)->n_regions : (double)NAN)

TEXT(area_volume, plan_volume_names[area(v, r)->market.volume])
NUMBER(area_per_supplier, area(v, r)->market.participants_per_supplier)
NUMBER(area_concentration, area(v, r)->market.concentration)
NUMBER(area_three_largest, area(v, r)->market.three_largest_share)
NUMBER(area_sparse, area(v, r)->n_sparse)

static const struct plan_equity_group *equity_of(const struct layer_view *v, struct layer_row r)
{
    return &v->result->evaluation->equity->groups[r.index];
}

static double percentile_min(const struct layer_view *v, struct layer_row r, int percentile)
{
    return map_minutes_tenths(equity_of(v, r)->spread[r.variant].percentile_s[percentile]);
}

/* A region's name; else words that are the same in every language. */
static const char *group_name(const struct layer_view *v, const struct plan_equity_group *group)
{
    const char *grouping = plan_equity_grouping_names[group->grouping];
    const struct plan_partition *partition =
        plan_territory_partition(v->result->the_case->territory, grouping);
    if (group->grouping == PLAN_EQUITY_DENSITY)
        return plan_density_names[group->index];
    return partition ? partition->regions[group->index].name : grouping;
}

TEXT(equity_grouping, plan_equity_grouping_names[equity_of(v, r)->grouping])
TEXT(equity_group, group_name(v, equity_of(v, r)))
void equity_target(const struct layer_view *v, struct layer_row r, struct layer_value *out)
{
    (void)v;
    out->text = plan_equity_target_names[r.variant];
}

NUMBER(equity_municipalities, equity_of(v, r)->n_municipalities)
NUMBER(equity_job_seekers, equity_of(v, r)->job_seekers)
NUMBER(equity_p10, percentile_min(v, r, 0))
NUMBER(equity_p25, percentile_min(v, r, 1))
NUMBER(equity_p50, percentile_min(v, r, 2))
NUMBER(equity_p75, percentile_min(v, r, 3))
NUMBER(equity_p90, percentile_min(v, r, 4))
NUMBER(equity_unreachable, equity_of(v, r)->spread[r.variant].unreachable_share)
NUMBER(equity_gini, equity_of(v, r)->spread[r.variant].gini)

static const struct plan_office *office(const struct layer_view *v, struct layer_row r)
{
    return &v->result->the_case->market->offices[r.index];
}

static const struct plan_municipality *office_place(const struct layer_view *v, struct layer_row r)
{
    return &v->result->the_case->territory->municipalities[office(v, r)->municipality];
}

static const double *office_lon_lat(const struct layer_view *v, struct layer_row r)
{
    return isnan(office(v, r)->lon_lat[0]) ? office_place(v, r)->seat_lon_lat : office(v, r)->lon_lat;
}

TEXT(office_supplier_id, v->result->the_case->market->suppliers[office(v, r)->supplier].id)
TEXT(office_supplier, map_supplier_name(v->result, office(v, r)->supplier))
TEXT(office_municipality_code, office_place(v, r)->code)
TEXT(office_municipality, office_place(v, r)->name)
TEXT(office_area, map_area_name(v->result, (size_t)office(v, r)->municipality))
NUMBER(office_active, office(v, r)->active)
/* Offices in one municipality stand next to each other; counts those of them drawn at the same point. */
static size_t count_here(const struct layer_view *v, struct layer_row r, bool only_before)
{
    const struct plan_market *market = v->result->the_case->market;
    size_t me = r.index, first = me, n = 0;
    const double *mine = &v->offices[2 * me];
    while (first > 0 && market->offices[first - 1].municipality == office(v, r)->municipality)
        first--;
    for (size_t i = first;
         i < market->n_offices && market->offices[i].municipality == office(v, r)->municipality &&
         !(only_before && i > me);
         i++)
        n += i == me || (v->offices[2 * i] == mine[0] && v->offices[2 * i + 1] == mine[1]);
    return n;
}

NUMBER(office_offices_here, (double)count_here(v, r, false))
NUMBER(office_number_here, (double)count_here(v, r, true))
TEXT(office_placed_at, isnan(office(v, r)->lon_lat[0]) ? "seat" : "address")
NUMBER(office_lon, office_lon_lat(v, r)[0])
NUMBER(office_lat, office_lon_lat(v, r)[1])

const struct plan_service *line_service(const struct layer_view *v, struct layer_row r)
{
    return r.variant == LINE_INSIDE ? &judged(v, r)->nearest_inside : &judged(v, r)->nearest_anywhere;
}

static const char *reach_of(const struct layer_view *v, struct layer_row r)
{
    if (r.variant == LINE_ANYWHERE)
        return "across";
    double limit_s = 60 * v->result->the_case->rules.max_minutes;
    return line_service(v, r)->duration_s <= limit_s ? "within" : "over";
}

TEXT(line_to_code, v->result->the_case->territory->municipalities[line_service(v, r)->municipality].code)
TEXT(line_to_name, place_of(v, line_service(v, r)->municipality))
TEXT(line_to_area, map_area_name(v->result, (size_t)line_service(v, r)->municipality))
TEXT(line_supplier, supplier_of(v, line_service(v, r)))
NUMBER(line_minutes, map_minutes_tenths(line_service(v, r)->duration_s))
TEXT(line_reach, reach_of(v, r))

/*
 * How each column of the layer table gets its value.
 */
#ifndef MAPS_LAYER_VALUES_H
#define MAPS_LAYER_VALUES_H

#include "layer_table.h"

/* of a municipality; the gaps layer uses them too */
extern layer_fetch_fn municipality_code, municipality_name, municipality_area, municipality_county,
    municipality_region, municipality_seat, municipality_population, municipality_land_area,
    municipality_density, municipality_job_seekers, municipality_participants, municipality_status,
    municipality_cause, municipality_need, municipality_own_office, municipality_sparse,
    municipality_suppliers_inside, municipality_suppliers_anywhere, municipality_nearest_supplier,
    municipality_nearest_in, municipality_nearest_min, municipality_second_supplier, municipality_second_min,
    municipality_anywhere_supplier, municipality_anywhere_in, municipality_anywhere_min,
    municipality_closing_areas, municipality_in_house_from, municipality_in_house_min, municipality_lon,
    municipality_lat, municipality_locality_population, municipality_locality_share, municipality_alignment;

/* of an area */
extern layer_fetch_fn area_name, area_municipalities, area_suppliers, area_offices, area_population,
    area_job_seekers, area_participants, area_with_choice, area_limited, area_none, area_job_seekers_choice,
    area_job_seekers_limited, area_job_seekers_none, area_verdict, area_failed_rules, area_choice_verdict,
    area_choice_value, area_reach_verdict, area_reach_value, area_in_house_verdict, area_in_house_value,
    area_market_verdict, area_market_value, area_alignment_verdict, area_alignment_value,
    area_contiguity_verdict, area_contiguity_value, area_dominant_region, area_dominant_share, area_regions,
    area_volume, area_per_supplier, area_concentration, area_three_largest, area_sparse;

/* of an office */
extern layer_fetch_fn office_supplier_id, office_supplier, office_municipality_code, office_municipality,
    office_area, office_active, office_offices_here, office_number_here, office_placed_at, office_lon,
    office_lat;

/* of a reach line */
enum { LINE_INSIDE, LINE_ANYWHERE, LINE_VARIANTS };
const struct plan_service *line_service(const struct layer_view *view, struct layer_row row);
extern layer_fetch_fn line_to_code, line_to_name, line_to_area, line_supplier, line_minutes, line_reach;

/* of a region of the reference partition */
extern layer_fetch_fn region_code, region_name, region_kind, region_municipalities, region_job_seekers,
    region_n_areas;

/* of an in-house site */
extern layer_fetch_fn site_code, site_name, site_job_seekers, site_municipalities, site_longest_min,
    site_capacity, site_fixed;

/* of a municipality's redundancy; of a critical supplier or office */
extern layer_fetch_fn redundancy_suppliers, redundancy_offices, redundancy_choice, redundancy_probability;
extern layer_fetch_fn exit_supplier, exit_municipality, exit_offices, exit_municipalities,
    exit_job_seekers_choice, exit_job_seekers_all;

/* of a row of equity: a group, and as the variant enum plan_equity_target */
extern layer_fetch_fn equity_grouping, equity_group, equity_target, equity_municipalities, equity_job_seekers,
    equity_p10, equity_p25, equity_p50, equity_p75, equity_p90, equity_unreachable, equity_gini;
/* of a municipality before and after; the others are those of a municipality */
extern layer_fetch_fn change_word, change_area_before, change_move, change_status_before, change_cause_before,
    change_suppliers_before, change_nearest_min_before, change_cut_off;

/* of a flow from area to area */
extern layer_fetch_fn flow_move, flow_area_before, flow_area_after, flow_municipalities, flow_job_seekers;

/* of a source, and of a line of the about table */
extern layer_fetch_fn source_kind, source_name, source_sha256, source_licence, source_date, source_synthetic,
    source_schematic, about_key, about_value;
size_t about_count(const struct layer_view *view);

#endif

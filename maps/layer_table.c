#include "layer_values.h"

#include <math.h>
#include <string.h>

static const struct layer_column municipality_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kommunkod", municipality_code},
    {"name", LAYER_TEXT, "", "Municipality", "Kommun", municipality_name},
    {"area", LAYER_TEXT, "", "Delivery area", "Leveransområde", municipality_area},
    {"status", LAYER_TEXT, "", "Status", "Status", municipality_status},
    {"cause", LAYER_TEXT, "", "Cause", "Orsak", municipality_cause},
    {"need", LAYER_TEXT, "", "In-house need", "Behov av egen regi", municipality_need},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande",
     municipality_job_seekers},
    {"suppliers_inside", LAYER_WHOLE, "", "Suppliers within reach in the area",
     "Nåbara leverantörer i området", municipality_suppliers_inside},
    {"suppliers_anywhere", LAYER_WHOLE, "", "Suppliers within reach anywhere",
     "Nåbara leverantörer oavsett område", municipality_suppliers_anywhere},
    {"nearest_supplier", LAYER_TEXT, "", "Nearest supplier in the area", "Närmaste leverantör i området",
     municipality_nearest_supplier},
    {"nearest_in", LAYER_TEXT, "", "Nearest supplier is in", "Närmaste leverantör finns i",
     municipality_nearest_in},
    {"nearest_min", LAYER_NUMBER, "min", "Minutes to the nearest supplier",
     "Minuter till närmaste leverantör", municipality_nearest_min},
    {"second_supplier", LAYER_TEXT, "", "Second nearest supplier in the area",
     "Näst närmaste leverantör i området", municipality_second_supplier},
    {"second_min", LAYER_NUMBER, "min", "Minutes to the second supplier",
     "Minuter till näst närmaste leverantör", municipality_second_min},
    {"anywhere_supplier", LAYER_TEXT, "", "Nearest supplier in any area",
     "Närmaste leverantör oavsett område", municipality_anywhere_supplier},
    {"anywhere_in", LAYER_TEXT, "", "Nearest supplier in any area is in",
     "Närmaste leverantör oavsett område finns i", municipality_anywhere_in},
    {"anywhere_min", LAYER_NUMBER, "min", "Minutes to it", "Minuter dit", municipality_anywhere_min},
    {"closing_areas", LAYER_TEXT, "", "Areas that would give a choice", "Områden som skulle ge valmöjlighet",
     municipality_closing_areas},
    {"in_house_from", LAYER_TEXT, "", "Proposed in-house delivery from", "Föreslagen egen regi från",
     municipality_in_house_from},
    {"in_house_min", LAYER_NUMBER, "min", "Minutes to the in-house site", "Minuter till egen regi",
     municipality_in_house_min},
    {"own_office", LAYER_FLAG, "", "Has a supplier office", "Har leverantörskontor", municipality_own_office},
    {"sparse", LAYER_FLAG, "", "Sparsely populated", "Gles", municipality_sparse},
    {"locality_population", LAYER_NUMBER, "persons", "Inhabitants of localities", "Invånare i tätorter",
     municipality_locality_population},
    {"locality_share", LAYER_NUMBER, "0 to 1", "Share of them who reach a supplier from their own locality",
     "Andel av dem som når en leverantör från sin tätort", municipality_locality_share},
    {"county", LAYER_TEXT, "", "County", "Län", municipality_county},
    {"region", LAYER_TEXT, "", "Reference region", "Referensregion", municipality_region},
    {"alignment", LAYER_TEXT, "", "Area against reference region", "Området mot referensregionen",
     municipality_alignment},
    {"seat", LAYER_TEXT, "", "Main town", "Centralort", municipality_seat},
    {"seat_lon", LAYER_NUMBER, "degrees", "Main town, longitude", "Centralort, longitud", municipality_lon},
    {"seat_lat", LAYER_NUMBER, "degrees", "Main town, latitude", "Centralort, latitud", municipality_lat},
    {"population", LAYER_NUMBER, "persons", "Population", "Folkmängd", municipality_population},
    {"land_area_km2", LAYER_NUMBER, "km²", "Land area, km²", "Landareal, km²", municipality_land_area},
    {"density_per_km2", LAYER_NUMBER, "persons per km²", "Inhabitants per km²", "Invånare per km²",
     municipality_density},
    {"participants", LAYER_NUMBER, "persons", "Expected participants", "Förväntade deltagare",
     municipality_participants},
};

static const struct layer_column area_columns[] = {
    {"name", LAYER_TEXT, "", "Delivery area", "Leveransområde", area_name},
    {"verdict", LAYER_TEXT, "", "Verdict on all rules", "Omdöme, alla regler", area_verdict},
    {"failed_rules", LAYER_WHOLE, "", "Rules failed", "Brutna regler", area_failed_rules},
    {"municipalities", LAYER_WHOLE, "", "Municipalities", "Kommuner", area_municipalities},
    {"suppliers", LAYER_WHOLE, "", "Suppliers", "Leverantörer", area_suppliers},
    {"offices", LAYER_WHOLE, "", "Offices", "Kontor", area_offices},
    {"population", LAYER_NUMBER, "persons", "Population", "Folkmängd", area_population},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande", area_job_seekers},
    {"participants", LAYER_NUMBER, "persons", "Expected participants", "Förväntade deltagare",
     area_participants},
    {"choice", LAYER_WHOLE, "", "Municipalities with a choice", "Kommuner med valmöjlighet",
     area_with_choice},
    {"limited", LAYER_WHOLE, "", "Municipalities with limited choice", "Kommuner med begränsat val",
     area_limited},
    {"none", LAYER_WHOLE, "", "Municipalities without a supplier", "Kommuner utan leverantör", area_none},
    {"job_seekers_choice", LAYER_NUMBER, "persons", "Job seekers with a choice",
     "Arbetssökande med valmöjlighet", area_job_seekers_choice},
    {"job_seekers_limited", LAYER_NUMBER, "persons", "Job seekers with limited choice",
     "Arbetssökande med begränsat val", area_job_seekers_limited},
    {"job_seekers_none", LAYER_NUMBER, "persons", "Job seekers without a supplier",
     "Arbetssökande utan leverantör", area_job_seekers_none},
    {"volume", LAYER_TEXT, "", "Size of the market", "Marknadens storlek", area_volume},
    {"per_supplier", LAYER_NUMBER, "persons", "Participants for each supplier",
     "Deltagare för varje leverantör", area_per_supplier},
    {"concentration", LAYER_NUMBER, "0 to 1", "Concentration of offices (Herfindahl-Hirschman)",
     "Kontorens koncentration (Herfindahl-Hirschman)", area_concentration},
    {"three_largest", LAYER_NUMBER, "0 to 1", "The three largest suppliers' share of offices",
     "De tre största leverantörernas andel av kontoren", area_three_largest},
    {"sparse", LAYER_WHOLE, "", "Sparsely populated municipalities", "Glesa kommuner", area_sparse},
    {"choice_verdict", LAYER_TEXT, "", "Rule choice", "Regel valmöjlighet", area_choice_verdict},
    {"choice_value", LAYER_NUMBER, "persons", "Job seekers without a choice",
     "Arbetssökande utan valmöjlighet", area_choice_value},
    {"reach_verdict", LAYER_TEXT, "", "Rule reach", "Regel räckvidd", area_reach_verdict},
    {"reach_value", LAYER_NUMBER, "min", "Longest time to the nearest supplier",
     "Längsta tid till närmaste leverantör", area_reach_value},
    {"in_house_verdict", LAYER_TEXT, "", "Rule in-house", "Regel egen regi", area_in_house_verdict},
    {"in_house_value", LAYER_NUMBER, "persons", "Job seekers in need of in-house delivery",
     "Arbetssökande med behov av egen regi", area_in_house_value},
    {"market_verdict", LAYER_TEXT, "", "Rule market", "Regel marknad", area_market_verdict},
    {"market_value", LAYER_NUMBER, "persons", "Participants per supplier", "Deltagare per leverantör",
     area_market_value},
    {"alignment_verdict", LAYER_TEXT, "", "Rule alignment", "Regel regionföljsamhet", area_alignment_verdict},
    {"alignment_value", LAYER_NUMBER, "", "Alignment, measured", "Regionföljsamhet, mätt",
     area_alignment_value},
    {"contiguity_verdict", LAYER_TEXT, "", "Rule contiguity", "Regel sammanhängande",
     area_contiguity_verdict},
    {"contiguity_value", LAYER_NUMBER, "", "Separate pieces", "Skilda delar", area_contiguity_value},
    {"dominant_region", LAYER_TEXT, "", "Dominant region", "Dominerande region", area_dominant_region},
    {"dominant_share", LAYER_NUMBER, "0 to 1", "Its share of job seekers", "Dess andel av arbetssökande",
     area_dominant_share},
    {"regions", LAYER_WHOLE, "", "Regions in the area", "Regioner i området", area_regions},
};

static const struct layer_column gap_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kommunkod", municipality_code},
    {"name", LAYER_TEXT, "", "Municipality", "Kommun", municipality_name},
    {"area", LAYER_TEXT, "", "Delivery area", "Leveransområde", municipality_area},
    {"need", LAYER_TEXT, "", "In-house need", "Behov av egen regi", municipality_need},
    {"cause", LAYER_TEXT, "", "Cause", "Orsak", municipality_cause},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande",
     municipality_job_seekers},
    {"nearest_in", LAYER_TEXT, "", "Nearest supplier in the area is in",
     "Närmaste leverantör i området finns i", municipality_nearest_in},
    {"nearest_min", LAYER_NUMBER, "min", "Minutes to the nearest supplier in the area",
     "Minuter till närmaste leverantör i området", municipality_nearest_min},
    {"anywhere_in", LAYER_TEXT, "", "Nearest supplier in any area is in",
     "Närmaste leverantör oavsett område finns i", municipality_anywhere_in},
    {"anywhere_min", LAYER_NUMBER, "min", "Minutes to it", "Minuter dit", municipality_anywhere_min},
    {"closing_areas", LAYER_TEXT, "", "Areas that would give a choice", "Områden som skulle ge valmöjlighet",
     municipality_closing_areas},
    {"in_house_from", LAYER_TEXT, "", "Proposed in-house delivery from", "Föreslagen egen regi från",
     municipality_in_house_from},
    {"in_house_min", LAYER_NUMBER, "min", "Minutes to the in-house site", "Minuter till egen regi",
     municipality_in_house_min},
};

static const struct layer_column office_columns[] = {
    {"supplier_id", LAYER_TEXT, "", "Supplier id", "Leverantörens id", office_supplier_id},
    {"supplier", LAYER_TEXT, "", "Supplier", "Leverantör", office_supplier},
    {"municipality_code", LAYER_TEXT, "", "Code", "Kommunkod", office_municipality_code},
    {"municipality", LAYER_TEXT, "", "Municipality", "Kommun", office_municipality},
    {"area", LAYER_TEXT, "", "Delivery area", "Leveransområde", office_area},
    {"active", LAYER_FLAG, "", "Active", "Aktivt", office_active},
    {"offices_here", LAYER_WHOLE, "", "Offices at this place", "Kontor på platsen", office_offices_here},
    {"number_here", LAYER_WHOLE, "", "Number among them", "Nummer bland dem", office_number_here},
    {"placed_at", LAYER_TEXT, "", "Placed at", "Placerat vid", office_placed_at},
    {"lon", LAYER_NUMBER, "degrees", "Longitude", "Longitud", office_lon},
    {"lat", LAYER_NUMBER, "degrees", "Latitude", "Latitud", office_lat},
};

static const struct layer_column line_columns[] = {
    {"from_code", LAYER_TEXT, "", "From, code", "Från, kommunkod", municipality_code},
    {"from_name", LAYER_TEXT, "", "From", "Från", municipality_name},
    {"from_area", LAYER_TEXT, "", "From area", "Från område", municipality_area},
    {"to_code", LAYER_TEXT, "", "To, code", "Till, kommunkod", line_to_code},
    {"to_name", LAYER_TEXT, "", "To", "Till", line_to_name},
    {"to_area", LAYER_TEXT, "", "To area", "Till område", line_to_area},
    {"supplier", LAYER_TEXT, "", "Nearest supplier", "Närmaste leverantör", line_supplier},
    {"minutes", LAYER_NUMBER, "min", "Minutes", "Minuter", line_minutes},
    {"reach", LAYER_TEXT, "", "Reach", "Räckvidd", line_reach},
};

static const struct layer_column region_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kod", region_code},
    {"name", LAYER_TEXT, "", "Region", "Region", region_name},
    {"kind", LAYER_TEXT, "", "Kind of region", "Regionindelning", region_kind},
    {"municipalities", LAYER_WHOLE, "", "Municipalities", "Kommuner", region_municipalities},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande", region_job_seekers},
    {"areas", LAYER_WHOLE, "", "Delivery areas it lies in", "Leveransområden den ligger i", region_n_areas},
};

static const struct layer_column site_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kommunkod", site_code},
    {"name", LAYER_TEXT, "", "In-house site", "Plats för egen regi", site_name},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers served", "Arbetssökande som får service",
     site_job_seekers},
    {"capacity", LAYER_NUMBER, "persons", "Room for job seekers", "Plats för arbetssökande", site_capacity},
    {"municipalities", LAYER_WHOLE, "", "Municipalities served", "Kommuner som får service",
     site_municipalities},
    {"longest_min", LAYER_NUMBER, "min", "Longest way to it", "Längsta vägen dit", site_longest_min},
    {"fixed", LAYER_FLAG, "", "Fixed beforehand", "Given på förhand", site_fixed},
};

static const struct layer_column site_line_columns[] = {
    {"from_code", LAYER_TEXT, "", "From, code", "Från, kommunkod", municipality_code},
    {"from_name", LAYER_TEXT, "", "From", "Från", municipality_name},
    {"to_name", LAYER_TEXT, "", "In-house site", "Plats för egen regi", municipality_in_house_from},
    {"minutes", LAYER_NUMBER, "min", "Minutes", "Minuter", municipality_in_house_min},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande",
     municipality_job_seekers},
};

static const struct layer_column redundancy_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kommunkod", municipality_code},
    {"name", LAYER_TEXT, "", "Municipality", "Kommun", municipality_name},
    {"area", LAYER_TEXT, "", "Delivery area", "Leveransområde", municipality_area},
    {"status", LAYER_TEXT, "", "Status", "Status", municipality_status},
    {"supplier_exits", LAYER_WHOLE, "", "Suppliers that must leave until none is left",
     "Leverantörer som måste lämna innan ingen är kvar", redundancy_suppliers},
    {"office_exits", LAYER_WHOLE, "", "Offices that must close until no supplier is left",
     "Kontor som måste stänga innan ingen leverantör är kvar", redundancy_offices},
    {"choice_exits", LAYER_WHOLE, "", "Suppliers that must leave until there is no choice",
     "Leverantörer som måste lämna innan valmöjligheten är borta", redundancy_choice},
    {"probability", LAYER_NUMBER, "0 to 1", "Probability of losing the choice at random exits",
     "Sannolikhet att förlora valmöjligheten vid slumpvisa avslut", redundancy_probability},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande",
     municipality_job_seekers},
};

static const struct layer_column exit_columns[] = {
    {"supplier", LAYER_TEXT, "", "Supplier that leaves", "Leverantör som lämnar", exit_supplier},
    {"office_in", LAYER_TEXT, "", "Only its office in", "Bara dess kontor i", exit_municipality},
    {"offices", LAYER_WHOLE, "", "Offices", "Kontor", exit_offices},
    {"municipalities", LAYER_WHOLE, "", "Municipalities whose status worsens",
     "Kommuner som får sämre status", exit_municipalities},
    {"lose_choice", LAYER_NUMBER, "persons", "Lose their choice", "Förlorar valmöjligheten",
     exit_job_seekers_choice},
    {"lose_all", LAYER_NUMBER, "persons", "Lose their last supplier", "Förlorar sin sista leverantör",
     exit_job_seekers_all},
};

static const struct layer_column equity_columns[] = {
    {"grouping", LAYER_TEXT, "", "Grouping", "Indelning", equity_grouping},
    {"group_name", LAYER_TEXT, "", "Group", "Grupp", equity_group},
    {"supplier", LAYER_TEXT, "", "Way to which supplier", "Väg till vilken leverantör", equity_target},
    {"municipalities", LAYER_WHOLE, "", "Municipalities", "Kommuner", equity_municipalities},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande", equity_job_seekers},
    {"p10_min", LAYER_NUMBER, "min", "10 % travel at most", "10 % reser högst", equity_p10},
    {"p25_min", LAYER_NUMBER, "min", "25 % travel at most", "25 % reser högst", equity_p25},
    {"p50_min", LAYER_NUMBER, "min", "50 % travel at most", "50 % reser högst", equity_p50},
    {"p75_min", LAYER_NUMBER, "min", "75 % travel at most", "75 % reser högst", equity_p75},
    {"p90_min", LAYER_NUMBER, "min", "90 % travel at most", "90 % reser högst", equity_p90},
    {"unreachable", LAYER_NUMBER, "0 to 1", "Share who reach none", "Andel som inte når någon",
     equity_unreachable},
    {"gini", LAYER_NUMBER, "0 to 1", "Gini coefficient", "Ginikoefficient", equity_gini},
};

static const struct layer_column source_columns[] = {
    {"kind", LAYER_TEXT, "", "Kind", "Slag", source_kind},
    {"name", LAYER_TEXT, "", "Name", "Namn", source_name},
    {"date", LAYER_TEXT, "", "Date", "Datum", source_date},
    {"licence", LAYER_TEXT, "", "Licence", "Licens", source_licence},
    {"synthetic", LAYER_FLAG, "", "Synthetic", "Syntetisk", source_synthetic},
    {"schematic", LAYER_FLAG, "", "Schematic", "Schematisk", source_schematic},
    {"sha256", LAYER_TEXT, "", "SHA-256", "SHA-256", source_sha256},
};

static const struct layer_column about_columns[] = {
    {"key", LAYER_TEXT, "", "What", "Vad", about_key},
    {"value", LAYER_TEXT, "", "Value", "Värde", about_value},
};

static const struct layer_column change_columns[] = {
    {"code", LAYER_TEXT, "", "Code", "Kommunkod", municipality_code},
    {"name", LAYER_TEXT, "", "Municipality", "Kommun", municipality_name},
    {"change", LAYER_TEXT, "", "Change", "Förändring", change_word},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande",
     municipality_job_seekers},
    {"area_before", LAYER_TEXT, "", "Delivery area before", "Leveransområde före", change_area_before},
    {"area_after", LAYER_TEXT, "", "Delivery area after", "Leveransområde efter", municipality_area},
    {"move", LAYER_TEXT, "", "Move between areas", "Flytt mellan områden", change_move},
    {"status_before", LAYER_TEXT, "", "Status before", "Status före", change_status_before},
    {"status_after", LAYER_TEXT, "", "Status after", "Status efter", municipality_status},
    {"cause_before", LAYER_TEXT, "", "Cause before", "Orsak före", change_cause_before},
    {"cause_after", LAYER_TEXT, "", "Cause after", "Orsak efter", municipality_cause},
    {"suppliers_before", LAYER_WHOLE, "", "Suppliers within reach before", "Nåbara leverantörer före",
     change_suppliers_before},
    {"suppliers_after", LAYER_WHOLE, "", "Suppliers within reach after", "Nåbara leverantörer efter",
     municipality_suppliers_inside},
    {"nearest_min_before", LAYER_NUMBER, "min", "Minutes to the nearest supplier before",
     "Minuter till närmaste leverantör före", change_nearest_min_before},
    {"nearest_min_after", LAYER_NUMBER, "min", "Minutes to the nearest supplier after",
     "Minuter till närmaste leverantör efter", municipality_nearest_min},
    {"cut_off", LAYER_FLAG, "", "Apart from the rest of its area after", "Skild från resten av området efter",
     change_cut_off},
};

static const struct layer_column flow_columns[] = {
    {"move", LAYER_TEXT, "", "Move", "Flytt", flow_move},
    {"area_before", LAYER_TEXT, "", "Delivery area before", "Leveransområde före", flow_area_before},
    {"area_after", LAYER_TEXT, "", "Delivery area after", "Leveransområde efter", flow_area_after},
    {"municipalities", LAYER_WHOLE, "", "Municipalities", "Kommuner", flow_municipalities},
    {"job_seekers", LAYER_NUMBER, "persons", "Job seekers", "Inskrivna arbetssökande", flow_job_seekers},
};

static size_t count_municipalities(const struct layer_view *view)
{
    return view->result->the_case->territory->n;
}

static size_t count_areas(const struct layer_view *view)
{
    return view->result->the_case->plan->n_areas;
}

static size_t count_offices(const struct layer_view *view)
{
    return view->result->the_case->market->n_offices;
}

static size_t count_lines(const struct layer_view *view)
{
    return LINE_VARIANTS * count_municipalities(view);
}

static size_t count_regions(const struct layer_view *view)
{
    return view->reference ? view->reference->n_regions : 0;
}

static size_t count_sites(const struct layer_view *view)
{
    return view->result->in_house ? view->result->in_house->n_sites : LAYER_ABSENT;
}

static size_t count_site_lines(const struct layer_view *view)
{
    return view->result->in_house ? count_municipalities(view) : LAYER_ABSENT;
}

static bool site_line_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    int32_t site = view->result->in_house->served_from[i];
    *row = (struct layer_row){.index = (uint32_t)i};
    return site != PLAN_NOWHERE && site != (int32_t)i;
}

static size_t count_redundancies(const struct layer_view *view)
{
    return view->result->robustness ? count_municipalities(view) : LAYER_ABSENT;
}

static size_t count_exits(const struct layer_view *view)
{
    const struct plan_robustness *robustness = view->result->robustness;
    return robustness ? robustness->n_suppliers + robustness->n_offices : LAYER_ABSENT;
}

static size_t count_spreads(const struct layer_view *view)
{
    return PLAN_EQUITY_TARGETS * view->result->evaluation->equity->n_groups;
}

static bool spread_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    (void)view;
    *row = (struct layer_row){(uint32_t)(i / PLAN_EQUITY_TARGETS), (uint32_t)(i % PLAN_EQUITY_TARGETS)};
    return true;
}

static size_t count_sources(const struct layer_view *view)
{
    return view->result->the_case->n_sources;
}

static size_t count_changes(const struct layer_view *view)
{
    return view->result->comparison ? count_municipalities(view) : LAYER_ABSENT;
}

static size_t count_flows(const struct layer_view *view)
{
    return view->result->comparison ? view->result->comparison->genealogy->n_flows : LAYER_ABSENT;
}

static bool every_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    (void)view;
    *row = (struct layer_row){.index = (uint32_t)i};
    return true;
}

/* Who is in no area yet has no outline of one. */
static bool area_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    *row = (struct layer_row){.index = (uint32_t)i};
    return !view->result->the_case->plan->areas[i].is_hole;
}

static bool need_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    *row = (struct layer_row){.index = (uint32_t)i};
    return view->result->evaluation->municipalities[i].need != PLAN_NEED_NOTHING;
}

/* A line to the nearest supplier elsewhere inside, and one across the border when that is nearer. */
static bool line_row(const struct layer_view *view, size_t i, struct layer_row *row)
{
    *row = (struct layer_row){(uint32_t)(i / LINE_VARIANTS), (uint32_t)(i % LINE_VARIANTS)};
    const struct plan_municipality_result *judged = &view->result->evaluation->municipalities[row->index];
    const struct plan_service *inside = &judged->nearest_inside, *anywhere = &judged->nearest_anywhere;
    if (row->variant == LINE_INSIDE)
        return inside->municipality >= 0 && inside->municipality != (int32_t)row->index;
    return anywhere->municipality >= 0 && anywhere->municipality != (int32_t)row->index &&
           (inside->municipality < 0 || anywhere->duration_s < inside->duration_s);
}

static const struct geo_wkb *municipality_polygon(const struct layer_view *view, struct layer_row row)
{
    return &view->result->the_case->polygons[row.index];
}

static const struct geo_wkb *area_polygon(const struct layer_view *view, struct layer_row row)
{
    return &view->areas[row.index];
}

static const struct geo_wkb *region_polygon(const struct layer_view *view, struct layer_row row)
{
    return &view->regions[row.index];
}

static void office_point(const struct layer_view *view, struct layer_row row, double easting_northing[4])
{
    easting_northing[0] = view->offices[2 * (size_t)row.index];
    easting_northing[1] = view->offices[2 * (size_t)row.index + 1];
}

static void seat_to_seat(const struct layer_view *view, size_t from, size_t to, double easting_northing[4])
{
    memcpy(easting_northing, view->seats + 2 * from, 2 * sizeof *easting_northing);
    memcpy(easting_northing + 2, view->seats + 2 * to, 2 * sizeof *easting_northing);
}

static void line_points(const struct layer_view *view, struct layer_row row, double easting_northing[4])
{
    seat_to_seat(view, row.index, (size_t)line_service(view, row)->municipality, easting_northing);
}

static void site_line_points(const struct layer_view *view, struct layer_row row, double easting_northing[4])
{
    seat_to_seat(view, row.index, (size_t)view->result->in_house->served_from[row.index], easting_northing);
}

static void site_point(const struct layer_view *view, struct layer_row row, double easting_northing[4])
{
    size_t site = (size_t)view->result->in_house->sites[row.index].site;
    memcpy(easting_northing, view->seats + 2 * site, 2 * sizeof *easting_northing);
}

#define COLUMNS(columns) (columns), sizeof(columns) / sizeof *(columns)

const struct layer map_layers[] = {
    {"municipalities", LAYER_AREA, "Municipalities", "Kommuner",
     "Every municipality with its status, its cause when there is no choice, and what it reaches.",
     COLUMNS(municipality_columns), count_municipalities, every_row, municipality_polygon, NULL},
    {"areas", LAYER_AREA, "Delivery areas", "Leveransområden",
     "The plan's delivery areas, dissolved from their municipalities, with the verdict on every rule.",
     COLUMNS(area_columns), count_areas, area_row, area_polygon, NULL},
    {"gaps", LAYER_AREA, "In-house need", "Behov av egen regi",
     "The municipalities that reach no supplier in their area and need in-house delivery.",
     COLUMNS(gap_columns), count_municipalities, need_row, municipality_polygon, NULL},
    {"offices", LAYER_POINT, "Supplier offices", "Leverantörskontor",
     "Supplier offices; one without a point of its own is placed at the municipality's main town.",
     COLUMNS(office_columns), count_offices, every_row, NULL, office_point},
    {"reach_lines", LAYER_LINE, "Way to the nearest supplier", "Väg till närmaste leverantör",
     "A line from each main town to the one with the nearest supplier, inside the area (reach within or "
     "over) "
     "and, when nearer, across its border (reach across).",
     COLUMNS(line_columns), count_lines, line_row, NULL, line_points},
    {"fa_regions", LAYER_AREA, "Reference regions", "Referensregioner",
     "The regions of the rules' reference partition (FA-regions by default), dissolved.",
     COLUMNS(region_columns), count_regions, every_row, region_polygon, NULL},
    {"sites", LAYER_POINT, "In-house sites", "Platser för egen regi",
     "The places from which in-house delivery would cover the need: the fewest, or what `omland sites` "
     "was "
     "asked for.",
     COLUMNS(site_columns), count_sites, every_row, NULL, site_point},
    {"site_lines", LAYER_LINE, "Way to the in-house site", "Väg till egen regi",
     "A line from each main town in need to the in-house site that serves it, unless that is its own.",
     COLUMNS(site_line_columns), count_site_lines, site_line_row, NULL, site_line_points},
    {"redundancy", LAYER_AREA, "What each municipality withstands", "Vad varje kommun tål",
     "Only after `omland robust`: how many suppliers or offices must go until a municipality has none left, "
     "or "
     "no choice.",
     COLUMNS(redundancy_columns), count_redundancies, every_row, municipality_polygon, NULL},
    {"exits", LAYER_NO_GEOMETRY, "Suppliers and offices that leave", "Leverantörer och kontor som lämnar",
     "Only after `omland robust`: who would be missed, each supplier and then each office, the most critical "
     "first.",
     COLUMNS(exit_columns), count_exits, every_row, NULL, NULL},
    {"equity", LAYER_NO_GEOMETRY, "Equity", "Likvärdighet",
     "How long job seekers travel to the nearest and to the second supplier in their area, by group of "
     "municipalities.",
     COLUMNS(equity_columns), count_spreads, spread_row, NULL, NULL},
    {"changes", LAYER_AREA, "Changes of status", "Förändrad status",
     "Only of a comparison: every municipality before and after, with what changed and why.",
     COLUMNS(change_columns), count_changes, every_row, municipality_polygon, NULL},
    {"area_moves", LAYER_NO_GEOMETRY, "Municipalities moved between areas", "Kommuner som bytt område",
     "Only of a comparison: how many municipalities moved from which area to which, and how.",
     COLUMNS(flow_columns), count_flows, every_row, NULL, NULL},
    {"sources", LAYER_NO_GEOMETRY, "Sources", "Källor",
     "What the result rests on, and what of it is not real.", COLUMNS(source_columns), count_sources,
     every_row, NULL, NULL},
    {"about", LAYER_NO_GEOMETRY, "About the result", "Om resultatet",
     "Plan, rules and hashes that let the result be reproduced, and the notice on synthetic or schematic "
     "data.",
     COLUMNS(about_columns), about_count, every_row, NULL, NULL},
};
const size_t map_n_layers = sizeof map_layers / sizeof *map_layers;

const struct layer *layer_find(const char *name)
{
    for (size_t i = 0; i < map_n_layers; i++)
        if (strcmp(map_layers[i].name, name) == 0)
            return &map_layers[i];
    return NULL;
}

const struct layer_column *layer_column_find(const struct layer *layer, const char *name)
{
    for (size_t i = 0; i < layer->n_columns; i++)
        if (strcmp(layer->columns[i].name, name) == 0)
            return &layer->columns[i];
    return NULL;
}

bool layer_is_absent(const struct layer_view *view, const struct layer *layer)
{
    return layer->count(view) == LAYER_ABSENT;
}

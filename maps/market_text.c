/* The market of each area: who is there, how concentrated, and whether there are participants enough. */
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

static const enum text_tone volume_tones[PLAN_VOLUMES] = {
    [PLAN_VOLUME_ENOUGH] = TEXT_GOOD,
    [PLAN_VOLUME_THIN] = TEXT_BAD,
    [PLAN_VOLUME_DILUTED] = TEXT_FAIR,
    [PLAN_VOLUME_UNKNOWN] = TEXT_FAINT,
};

static void add_area(struct text_table *table, const struct map_result *result, size_t a)
{
    const struct plan_area_result *area = &result->evaluation->areas[a];
    const struct plan_area_market *market = &area->market;
    text_table_add(table, TEXT_STRONG, "%s", result->the_case->plan->areas[a].name);
    text_table_add(table, volume_tones[market->volume], "%s", map_volume_word(market->volume));
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->participants).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->n_suppliers).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   area->n_suppliers ? map_count(market->participants_per_supplier).text : "-");
    text_table_add(table, TEXT_PLAIN, "%s",
                   area->n_suppliers ? map_decimal(market->concentration, 2).text : "-");
    text_table_add(table, TEXT_PLAIN, "%s",
                   area->n_suppliers ? map_share(market->three_largest_share, 1).text : "-");
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->n_sparse).text);
}

om_status map_market_part(om_context *ctx, const struct map_result *result,
                          const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Market of area"), false, true}, {OM_NOTE("participants are"), false, true},
        {OM_NOTE("participants"), true, false},   {OM_NOTE("suppliers"), true, false},
        {OM_NOTE("for each"), true, false},       {OM_NOTE("concentration"), true, false},
        {OM_NOTE("three largest"), true, false},  {OM_NOTE("sparse municipalities"), true, false},
    };
    const struct plan_evaluation *evaluation = result->evaluation;
    const struct plan_rules *rules = &result->the_case->rules;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    size_t n_volume[PLAN_VOLUMES] = {0}, n_shown = 0;
    for (size_t a = 0; a < evaluation->n_areas; a++) {
        enum plan_volume volume = evaluation->areas[a].market.volume;
        if (result->the_case->plan->areas[a].is_hole)
            continue;
        n_volume[volume]++;
        if (!style->every_area && volume != PLAN_VOLUME_THIN && volume != PLAN_VOLUME_DILUTED)
            continue;
        n_shown++;
        add_area(&table, result, a);
    }
    text_line(
        style, out, TEXT_STRONG,
        om_tr("Market: %s thin areas (under %s participants for %d suppliers), %s diluted (under %s for "
              "each supplier), %s unknown"),
        map_count((double)n_volume[PLAN_VOLUME_THIN]).text,
        map_short(rules->min_participants_per_supplier * rules->min_suppliers).text, rules->min_suppliers,
        map_count((double)n_volume[PLAN_VOLUME_DILUTED]).text, map_short(rules->diluted_below).text,
        map_count((double)n_volume[PLAN_VOLUME_UNKNOWN]).text);
    om_status status = n_shown ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    if (n_shown)
        text_line(
            style, out, TEXT_FAINT, "%s",
            om_tr("concentration: Herfindahl-Hirschman index of the suppliers' shares of offices, 1 with a "
                  "single supplier"));
    return status;
}

#include "geo/memory.h"
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

static om_status print_sums(om_context *ctx, const struct map_result *result,
                            const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("In-house need"), false, true},
        {OM_NOTE("municipalities"), true, false},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("share of all"), true, false},
    };
    const char *const words[PLAN_NEEDS] = {
        [PLAN_NEED_NOTHING] = om_tr("together"),
        [PLAN_NEED_LOCAL] = om_tr("local (suppliers in the area are too far away)"),
        [PLAN_NEED_AREA_WIDE] = om_tr("area-wide (no supplier in the whole area)"),
    };
    struct map_need_sum sums[PLAN_NEEDS];
    map_sum_needs(result, sums);
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (int need = PLAN_NEED_AREA_WIDE; need >= PLAN_NEED_NOTHING; need--) {
        enum text_tone tone = need == PLAN_NEED_NOTHING ? TEXT_STRONG : TEXT_PLAIN;
        text_table_add(&table, tone, "%s", words[need]);
        text_table_add(&table, tone, "%s", map_count((double)sums[need].n).text);
        text_table_add(&table, tone, "%s", map_count(sums[need].job_seekers).text);
        text_table_add(&table, tone, "%s",
                       map_share(sums[need].job_seekers, result->evaluation->headline.job_seekers).text);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static void add_site(struct text_table *table, const struct map_result *result, uint32_t m)
{
    const struct plan_in_house *in_house = result->in_house;
    bool is_served = in_house && in_house->served_from[m] >= 0;
    text_table_add(table, TEXT_PLAIN, "%s",
                   is_served ? map_site_name(result, in_house->served_from[m]) : "-");
    text_table_add(table, TEXT_PLAIN, "%s", is_served ? map_minutes(in_house->duration_s[m]).text : "-");
}

static void add_need(struct text_table *table, const struct map_result *result, uint32_t m)
{
    const struct plan_municipality *known = &result->the_case->territory->municipalities[m];
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    const struct plan_service *anywhere = &judged->nearest_anywhere;
    char *closing = map_closing_areas(result, m);
    text_table_add(table, judged->need == PLAN_NEED_AREA_WIDE ? TEXT_BAD : TEXT_FAIR, "%s",
                   map_need_word(judged->need));
    text_table_add(table, TEXT_PLAIN, "%s", map_area_name(result, m));
    text_table_add(table, TEXT_PLAIN, "%s", known->code);
    text_table_add(table, TEXT_STRONG, "%s", known->name);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(known->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_cause_word(judged->cause));
    text_table_add(table, TEXT_PLAIN, "%s", map_minutes(judged->nearest_inside.duration_s).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_minutes(anywhere->duration_s).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   anywhere->municipality < 0 ? "-" : map_municipality_name(result, anywhere->municipality));
    text_table_add(table, TEXT_PLAIN, "%s", closing && *closing ? closing : "-");
    add_site(table, result, m);
    table->out_of_memory |= !closing;
    om_free(closing);
}

static om_status print_needs(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, const uint32_t *order, size_t n, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Need"), false, false},
        {OM_NOTE("area"), false, true},
        {OM_NOTE("code"), false, false},
        {OM_NOTE("municipality"), false, true},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("cause"), false, true},
        {OM_NOTE("min in area"), true, false},
        {OM_NOTE("min anywhere"), true, false},
        {OM_NOTE("nearest supplier in"), false, true},
        {OM_NOTE("choice if in"), false, true},
        {OM_NOTE("in-house from"), false, true},
        {OM_NOTE("min"), true, false},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < n; i++)
        add_need(&table, result, order[i]);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

om_status map_gaps_part(om_context *ctx, const struct map_result *result, const struct map_text_style *style,
                        FILE *out)
{
    uint32_t *order = NULL;
    size_t n = 0;
    om_status status = map_order_municipalities(ctx, result, MAP_ORDER_NEEDS, &order, &n);
    if (status != OM_OK)
        return status;
    status = print_sums(ctx, result, style, out);
    if (status == OM_OK && n) {
        fputc('\n', out);
        status = print_needs(ctx, result, style, order, n, out);
    }
    if (status == OM_OK && result->in_house && result->in_house->n_sites) {
        fputc('\n', out);
        status = map_in_house_part(ctx, result, style, out);
    }
    om_free(order);
    return status;
}

om_status map_gaps_text(om_context *ctx, const struct map_result *result, const struct map_text_style *style,
                        FILE *out)
{
    static map_text_part *const parts[] = {map_gaps_part, NULL};
    return map_print_parts(ctx, result, style, parts, out);
}

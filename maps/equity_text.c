/* How evenly the way to a supplier is spread, and what the main town's verdict hides. */
#include "geo/memory.h"
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>

static void add_spread(struct text_table *table, const struct map_result *result,
                       const struct plan_equity_group *group, enum plan_equity_target target)
{
    const struct plan_spread *spread = &group->spread[target];
    text_table_add(table, target == PLAN_EQUITY_NEAREST ? TEXT_STRONG : TEXT_PLAIN, "%s",
                   map_equity_group_name(result, group));
    text_table_add(table, TEXT_PLAIN, "%s", map_count(group->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   target == PLAN_EQUITY_NEAREST ? om_tr("nearest") : om_tr("second"));
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++)
        text_table_add(table, TEXT_PLAIN, "%s", map_minutes(spread->percentile_s[p]).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_share(spread->unreachable_share, 1).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_decimal(spread->gini, 2).text);
}

om_status map_equity_part(om_context *ctx, const struct map_result *result,
                          const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Minutes for job seekers in"), false, true},
        {OM_NOTE("number"), true, false},
        {OM_NOTE("to the supplier"), false, true},
        {"10 %", true, false},
        {"25 %", true, false},
        {"50 %", true, false},
        {"75 %", true, false},
        {"90 %", true, false},
        {OM_NOTE("reach none"), true, false},
        {OM_NOTE("Gini"), true, false},
    };
    const struct plan_equity *equity = result->evaluation->equity;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    text_line(style, out, TEXT_STRONG, "%s", om_tr("Equity: the way to a supplier in the area"));
    for (size_t g = 0; g < equity->n_groups; g++)
        for (int t = 0; t < PLAN_EQUITY_TARGETS; t++)
            if (style->every_area || equity->groups[g].grouping != PLAN_EQUITY_COUNTY)
                add_spread(&table, result, &equity->groups[g], (enum plan_equity_target)t);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    text_line(
        style, out, TEXT_FAINT, "%s",
        om_tr("10 % to 90 %: that share of the job seekers, those who reach none included, travel at most "
              "so long. Gini: 0 when all who reach one travel alike."));
    return status;
}

/* Inhabitants of a municipality's localities who reach no supplier from their own. */
struct hidden {
    uint32_t municipality;
    double population;
};

static int compare_hidden(const void *left, const void *right)
{
    const struct hidden *x = left, *y = right;
    if (x->population != y->population)
        return x->population > y->population ? -1 : 1;
    return (x->municipality > y->municipality) - (x->municipality < y->municipality);
}

static void add_hidden(struct text_table *table, const struct map_result *result, const struct hidden *hidden)
{
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[hidden->municipality];
    text_table_add(table, TEXT_PLAIN, "%s",
                   result->the_case->territory->municipalities[hidden->municipality].code);
    text_table_add(table, TEXT_STRONG, "%s", map_municipality_name(result, (int32_t)hidden->municipality));
    text_table_add(table, TEXT_PLAIN, "%s", map_status_word(judged->status));
    text_table_add(table, TEXT_PLAIN, "%s", map_count(judged->locality_population).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(hidden->population).text);
    text_table_add(table, TEXT_PLAIN, "%s",
                   map_share(judged->locality_population_reaching, judged->locality_population).text);
}

/* Where the main town reaches a supplier, and inhabitants of other localities do not. */
static size_t list_hidden(const struct plan_evaluation *evaluation, struct hidden *hidden)
{
    size_t n = 0;
    for (size_t m = 0; m < evaluation->n; m++) {
        const struct plan_municipality_result *judged = &evaluation->municipalities[m];
        double out_of_reach = judged->locality_population - judged->locality_population_reaching;
        if (out_of_reach > 0 && judged->status != PLAN_STATUS_NONE)
            hidden[n++] = (struct hidden){(uint32_t)m, out_of_reach};
    }
    qsort(hidden, n, sizeof *hidden, compare_hidden);
    return n;
}

enum { HIDDEN_SHOWN = 10 };

om_status map_localities_part(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Code"), false, false},
        {OM_NOTE("municipality"), false, true},
        {OM_NOTE("status of the main town"), false, true},
        {OM_NOTE("in localities"), true, false},
        {OM_NOTE("who reach none"), true, false},
        {OM_NOTE("who reach one"), true, false},
    };
    const struct plan_headline *headline = &result->evaluation->headline;
    if (isnan(headline->locality_population)) {
        text_line(
            style, out, TEXT_PLAIN, "%s",
            om_tr("Localities: no travel times from them; `omland times --origins localities` adds them"));
        return OM_OK;
    }
    struct hidden *hidden = om_alloc(result->evaluation->n, sizeof *hidden);
    if (!hidden)
        return om_no_memory(ctx);
    size_t n = list_hidden(result->evaluation, hidden);
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < n && (style->every_area || i < HIDDEN_SHOWN); i++)
        add_hidden(&table, result, &hidden[i]);
    text_line(style, out, TEXT_STRONG,
              om_tr("Localities: %s of %s inhabitants (%s) reach a supplier in the area from their own"),
              map_count(headline->locality_population_reaching).text,
              map_count(headline->locality_population).text,
              map_share(headline->locality_population_reaching, headline->locality_population).text);
    if (headline->locality_population_without_service > 0)
        text_line(style, out, TEXT_FAIR,
                  om_tr("%s of them live in localities without a journey to anywhere in these timetables"),
                  map_count(headline->locality_population_without_service).text);
    om_status status = n ? text_table_print(ctx, &table, style, out) : OM_OK;
    if (n > HIDDEN_SHOWN && !style->every_area)
        text_line(style, out, TEXT_FAINT, om_tr("and %s more municipalities; --all lists them"),
                  map_count((double)(n - HIDDEN_SHOWN)).text);
    text_table_done(&table);
    om_free(hidden);
    return status;
}

#include "comparison_parts.h"

#include "geo/text.h"
#include "text_table.h"
#include "words.h"

static const char *const rule_words[PLAN_RULES] = {
    [PLAN_RULE_CHOICE] = OM_NOTE("choice"),       [PLAN_RULE_REACH] = OM_NOTE("reach"),
    [PLAN_RULE_IN_HOUSE] = OM_NOTE("in-house"),   [PLAN_RULE_MARKET] = OM_NOTE("market"),
    [PLAN_RULE_ALIGNMENT] = OM_NOTE("alignment"), [PLAN_RULE_CONTIGUITY] = OM_NOTE("contiguity"),
};

static const char *const verdict_words[PLAN_VERDICTS] = {
    [PLAN_VERDICT_PASS] = OM_NOTE("passes"),
    [PLAN_VERDICT_FAIL] = OM_NOTE("fails"),
    [PLAN_VERDICT_UNKNOWN] = OM_NOTE("unknown"),
};

static const enum text_tone verdict_tones[PLAN_VERDICTS] = {TEXT_GOOD, TEXT_BAD, TEXT_FAINT};

static void add_row(struct text_table *table, const char *area, enum plan_rule rule, enum plan_verdict before,
                    enum plan_verdict after)
{
    text_table_add(table, TEXT_PLAIN, "%s", area);
    text_table_add(table, TEXT_PLAIN, "%s", om_tr(rule_words[rule]));
    text_table_add(table, verdict_tones[before], "%s", om_tr(verdict_words[before]));
    text_table_add(table, verdict_tones[after], "%s", om_tr(verdict_words[after]));
}

static void add_area(struct text_table *table, const struct map_result *result, int32_t before, int32_t after)
{
    const struct plan_rule_result *x = result->before->evaluation->areas[before].rules;
    const struct plan_rule_result *y = result->evaluation->areas[after].rules;
    for (int rule = 0; rule < PLAN_RULES; rule++)
        if (x[rule].verdict != y[rule].verdict)
            add_row(table, result->the_case->plan->areas[after].name, (enum plan_rule)rule, x[rule].verdict,
                    y[rule].verdict);
}

om_status comparison_print_verdicts(om_context *ctx, const struct map_result *result,
                                    const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Area that lives on"), false, true},
        {OM_NOTE("rule"), false, false},
        {OM_NOTE("before"), false, false},
        {OM_NOTE("after"), false, false},
    };
    const int32_t *predecessor = result->comparison->genealogy->predecessor;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t a = 0; a < result->evaluation->n_areas; a++)
        if (predecessor[a] != PLAN_NOWHERE)
            add_area(&table, result, predecessor[a], (int32_t)a);
    om_status status = OM_OK;
    if (table.n_cells || table.out_of_memory)
        status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

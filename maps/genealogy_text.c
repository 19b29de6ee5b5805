#include "comparison_parts.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "text_table.h"
#include "words.h"

#include <string.h>

/* Without --all: as many rows, and as many names in a row. */
enum { FLOWS_SHOWN = 10, NAMES_SHOWN = 4 };

struct kind_sum {
    size_t n_before, n_after;
    int32_t n_moved;
    double job_seekers_moved;
};

static void add_family(struct kind_sum *sum, const struct plan_family *family)
{
    sum->n_before += family->before.n;
    sum->n_after += family->after.n;
    sum->n_moved += plan_family_n_moved(family);
    sum->job_seekers_moved += plan_family_job_seekers_moved(family);
}

static void add_kind(struct text_table *table, enum text_tone tone, const char *what,
                     const struct kind_sum *sum)
{
    text_table_add(table, tone, "%s", what);
    text_table_add(table, tone, "%s", map_count((double)sum->n_before).text);
    text_table_add(table, tone, "%s", map_count((double)sum->n_after).text);
    text_table_add(table, tone, "%s", map_count(sum->n_moved).text);
    text_table_add(table, tone, "%s", map_count(sum->job_seekers_moved).text);
}

om_status comparison_print_families(om_context *ctx, const struct map_result *result,
                                    const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Areas"), false, true},
        {OM_NOTE("before"), true, false},
        {OM_NOTE("after"), true, false},
        {OM_NOTE("municipalities moved"), true, false},
        {OM_NOTE("job seekers moved"), true, false},
    };
    const struct plan_genealogy *genealogy = result->comparison->genealogy;
    struct kind_sum sums[PLAN_FAMILY_KINDS] = {0}, all = {0};
    for (size_t f = 0; f < genealogy->n_families; f++) {
        add_family(&sums[plan_family_kind(&genealogy->families[f])], &genealogy->families[f]);
        add_family(&all, &genealogy->families[f]);
    }
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (int kind = 0; kind < PLAN_FAMILY_KINDS; kind++)
        if (sums[kind].n_before)
            add_kind(&table, TEXT_PLAIN, map_family_word((enum plan_family_kind)kind), &sums[kind]);
    add_kind(&table, TEXT_STRONG, om_tr("all"), &all);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

/* "Kiruna, Gällivare, +2": names of the municipalities that moved. NULL: no memory. */
static char *names_of(const struct map_result *result, const struct plan_flow *flow, size_t n_shown)
{
    const struct plan *before = result->before->the_case->plan, *after = result->the_case->plan;
    char *names = om_strdup("");
    size_t n = 0;
    for (size_t m = 0; names && m < after->n && n < n_shown; m++) {
        if (before->area_of[m] != flow->before || after->area_of[m] != flow->after)
            continue;
        char *longer = om_format("%s%s%s", names, n++ ? ", " : "", map_municipality_name(result, (int32_t)m));
        om_free(names);
        names = longer;
    }
    if (!names || n == (size_t)flow->n_municipalities)
        return names;
    char *whole = om_format("%s, +%zu", names, (size_t)flow->n_municipalities - n);
    om_free(names);
    return whole;
}

static om_status add_flow(om_context *ctx, struct text_table *table, const struct map_result *result,
                          const struct plan_flow *flow, size_t n_names)
{
    char *names = names_of(result, flow, n_names);
    if (!names)
        return om_no_memory(ctx);
    text_table_add(table, TEXT_PLAIN, "%s", map_move_word(flow->move));
    text_table_add(table, TEXT_PLAIN, "%s", result->before->the_case->plan->areas[flow->before].name);
    text_table_add(table, TEXT_PLAIN, "%s", result->the_case->plan->areas[flow->after].name);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(flow->job_seekers).text);
    text_table_add(table, TEXT_PLAIN, "%s", names);
    om_free(names);
    return OM_OK;
}

static om_status print_flows(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, size_t n_shown, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Move"), false, false},          {OM_NOTE("from area"), false, true},
        {OM_NOTE("to area"), false, true},        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("municipalities"), false, true},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    size_t n_names = style->every_area ? result->evaluation->n : NAMES_SHOWN;
    om_status status = OM_OK;
    for (size_t i = 0; i < n_shown && status == OM_OK; i++)
        status = add_flow(ctx, &table, result, &result->comparison->genealogy->flows[i], n_names);
    if (status == OM_OK)
        status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

om_status comparison_print_flows(om_context *ctx, const struct map_result *result,
                                 const struct map_text_style *style, FILE *out)
{
    size_t n = result->comparison->genealogy->n_flows;
    size_t n_shown = style->every_area || n <= FLOWS_SHOWN ? n : FLOWS_SHOWN;
    if (n == 0)
        return OM_OK; /* nothing but names */
    om_status status = print_flows(ctx, result, style, n_shown, out);
    comparison_print_rest(style, n - n_shown, out);
    return status;
}

/* The old and the new names of areas that live on under another one. */
om_status comparison_print_renamed(om_context *ctx, const struct map_result *result,
                                   const struct map_text_style *style, FILE *out)
{
    const struct plan *before = result->before->the_case->plan, *after = result->the_case->plan;
    const struct plan_genealogy *genealogy = result->comparison->genealogy;
    char *names = om_strdup("");
    for (size_t a = 0; names && a < before->n_areas; a++) {
        int32_t successor = genealogy->successor[a];
        if (successor < 0 || strcmp(before->areas[a].name, after->areas[successor].name) == 0)
            continue;
        char *longer = om_format("%s%s%s → %s", names, *names ? ", " : "", before->areas[a].name,
                                 after->areas[successor].name);
        om_free(names);
        names = longer;
    }
    if (!names)
        return om_no_memory(ctx);
    if (*names)
        text_line(style, out, TEXT_PLAIN, om_tr("Areas that live on under another name: %s"), names);
    om_free(names);
    return OM_OK;
}

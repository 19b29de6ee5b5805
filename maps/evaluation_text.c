#include "geo/memory.h"
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const enum text_tone status_tones[PLAN_STATUSES] = {TEXT_BAD, TEXT_FAIR, TEXT_GOOD};

static om_status print_headline(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out)
{
    const struct plan_headline *h = &result->evaluation->headline;
    const struct {
        const char *what;
        double share, bound;
    } rows[] = {
        {om_tr("with a supplier in the own municipality"), h->own_office, h->bound_own_office},
        {om_tr("who reach at least one supplier"), h->reach_one, h->bound_reach_one},
        {om_tr("who have a choice"), h->choice, h->bound_choice},
    };
    static const struct text_column columns[] = {
        {OM_NOTE("Job seekers"), false, true},
        {OM_NOTE("share"), true, false},
        {OM_NOTE("number"), true, false},
        {OM_NOTE("at best, any map"), true, false},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_table_add(&table, TEXT_PLAIN, "%s", rows[i].what);
        text_table_add(&table, TEXT_STRONG, "%s", map_share(rows[i].share, 1).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(rows[i].share * h->job_seekers).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_share(rows[i].bound, 1).text);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static om_status print_statuses(om_context *ctx, const struct map_result *result,
                                const struct map_text_style *style, FILE *out)
{
    const struct plan_headline *h = &result->evaluation->headline;
    static const struct text_column columns[] = {
        {OM_NOTE("Status"), false, true},
        {OM_NOTE("municipalities"), true, false},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("share"), true, false},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (int s = PLAN_STATUSES - 1; s >= 0; s--) {
        text_table_add(&table, status_tones[s], "%s", map_status_word((enum plan_status)s));
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(h->n_status[s]).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(h->job_seekers_status[s]).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_share(h->job_seekers_status[s], h->job_seekers).text);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    text_line(
        style, out, TEXT_PLAIN, om_tr("Municipalities without a supplier office: %s, with %s job seekers"),
        map_count(h->municipalities_without_office).text, map_count(h->job_seekers_without_office).text);
    text_line(style, out, TEXT_PLAIN,
              om_tr("Sparse municipalities: %s, with %s inhabitants (national density %s per km²)"),
              map_count(h->n_sparse).text, map_count(h->population_sparse).text,
              map_decimal(h->mean_density_per_km2, 1).text);
    if (h->n_job_seekers_unknown)
        text_line(style, out, TEXT_FAIR,
                  om_tr("Municipalities whose job seekers are unknown, and left out of the sums: %s"),
                  map_count(h->n_job_seekers_unknown).text);
    return status;
}

static int count_verdicts(const struct plan_area_result *area, enum plan_verdict wanted)
{
    int n = 0;
    for (int r = 0; r < PLAN_RULES; r++)
        n += area->rules[r].verdict == wanted;
    return n;
}

struct area_rank {
    int32_t area;
    int n_failures;
};

static int compare_ranks(const void *left, const void *right)
{
    const struct area_rank *a = left, *b = right;
    if (a->n_failures != b->n_failures)
        return a->n_failures > b->n_failures ? -1 : 1;
    return a->area < b->area ? -1 : a->area > b->area;
}

/* What was measured, in the unit of the rule; nothing where the verdict says it all. */
static struct map_figure measured(enum plan_rule rule, double value)
{
    struct map_figure none = {""};
    switch (rule) {
    case PLAN_RULE_REACH:
        return map_minutes(isfinite(value) ? value * 60 : NAN);
    case PLAN_RULE_ALIGNMENT:
        return none;
    default:
        return map_count(value);
    }
}

static void add_verdict(struct text_table *table, enum plan_rule rule, const struct plan_rule_result *judged)
{
    switch (judged->verdict) {
    case PLAN_VERDICT_PASS:
        text_table_add(table, TEXT_GOOD, "%s", om_tr("ok"));
        break;
    case PLAN_VERDICT_FAIL:
        if (rule == PLAN_RULE_REACH && !isfinite(judged->value))
            text_table_add(table, TEXT_BAD, "%s", om_tr("unreachable"));
        else
            text_table_add(table, TEXT_BAD, om_tr("fails %s"), measured(rule, judged->value).text);
        break;
    default:
        text_table_add(table, TEXT_FAINT, "?");
    }
}

static void add_area(struct text_table *table, const struct map_result *result, int32_t a)
{
    const struct plan_area_result *area = &result->evaluation->areas[a];
    text_table_add(table, count_verdicts(area, PLAN_VERDICT_FAIL) ? TEXT_STRONG : TEXT_PLAIN, "%s",
                   result->the_case->plan->areas[a].name);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->n_municipalities).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->n_suppliers).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(area->job_seekers).text);
    for (int r = 0; r < PLAN_RULES; r++)
        add_verdict(table, (enum plan_rule)r, &area->rules[r]);
}

enum { REACH_COLUMN = 5 };

static om_status print_area_table(om_context *ctx, const struct map_result *result,
                                  const struct map_text_style *style, const struct area_rank *ranks, size_t n,
                                  FILE *out)
{
    struct text_column columns[] = {
        {OM_NOTE("Area"), false, true},      {OM_NOTE("municipalities"), true, false},
        {OM_NOTE("suppliers"), true, false}, {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("choice"), false, true},    [REACH_COLUMN] = {"", false, true},
        {OM_NOTE("in-house"), false, true},  {OM_NOTE("market"), false, true},
        {OM_NOTE("alignment"), false, true}, {OM_NOTE("pieces"), false, true},
    };
    char reach[64];
    snprintf(reach, sizeof reach, om_tr("reach (%s min)"),
             map_short(result->the_case->rules.max_minutes).text);
    columns[REACH_COLUMN].title = reach;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t a = 0; a < n; a++)
        add_area(&table, result, ranks[a].area);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    text_line(
        style, out, TEXT_FAINT, "%s",
        om_tr("fails: job seekers (choice, in-house), minutes (reach), participants per supplier (market)"));
    return status;
}

/* What the table leaves out. */
static void print_other_areas(const struct map_text_style *style, size_t n_passing, size_t n_undecided,
                              FILE *out)
{
    if (n_passing)
        text_line(style, out, TEXT_PLAIN,
                  om_tr_n("%s area passes every rule.", "%s areas pass every rule.", n_passing),
                  map_count((double)n_passing).text);
    if (n_undecided)
        text_line(style, out, TEXT_PLAIN,
                  om_tr_n("%s area fails no rule, but not every rule could be judged.",
                          "%s areas fail no rule, but not every rule could be judged.", n_undecided),
                  map_count((double)n_undecided).text);
}

static om_status print_areas(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, FILE *out)
{
    const struct plan_evaluation *evaluation = result->evaluation;
    struct area_rank *ranks = om_alloc(evaluation->n_areas, sizeof *ranks);
    if (!ranks)
        return om_no_memory(ctx);
    size_t n_failing = 0, n_passing = 0;
    size_t n_areas = 0;
    for (size_t a = 0; a < evaluation->n_areas; a++) {
        if (result->the_case->plan->areas[a].is_hole)
            continue;
        int n_failures = count_verdicts(&evaluation->areas[a], PLAN_VERDICT_FAIL);
        ranks[n_areas++] = (struct area_rank){(int32_t)a, n_failures};
        n_failing += n_failures > 0;
        n_passing += count_verdicts(&evaluation->areas[a], PLAN_VERDICT_PASS) == PLAN_RULES;
    }
    qsort(ranks, n_areas, sizeof *ranks, compare_ranks);
    text_line(style, out, TEXT_STRONG, om_tr("Areas: %s of %s fail at least one rule"),
              map_count((double)n_failing).text, map_count((double)n_areas).text);
    size_t n_shown = style->every_area ? n_areas : n_failing;
    om_status status = n_shown ? print_area_table(ctx, result, style, ranks, n_shown, out) : OM_OK;
    print_other_areas(style, n_passing, n_areas - n_failing - n_passing, out);
    om_free(ranks);
    return status;
}

static om_status print_measures(om_context *ctx, const struct plan_alignment *alignment,
                                const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Measure"), false, true},
        {OM_NOTE("municipalities alike"), true, false},
        {OM_NOTE("by job seekers"), true, false},
    };
    const struct plan_agreement *alike = &alignment->by_municipality, *weighted = &alignment->by_job_seekers;
    const struct {
        const char *name;
        double alike, weighted;
    } rows[] = {
        {om_tr("homogeneity"), alike->homogeneity, weighted->homogeneity},
        {om_tr("completeness"), alike->completeness, weighted->completeness},
        {om_tr("V-measure"), alike->v_measure, weighted->v_measure},
        {om_tr("adjusted Rand index"), alike->adjusted_rand, weighted->adjusted_rand},
        {om_tr("variation of information, bits"), alike->variation_of_information_bits,
         weighted->variation_of_information_bits},
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_table_add(&table, TEXT_PLAIN, "%s", rows[i].name);
        text_table_add(&table, TEXT_PLAIN, "%s", map_decimal(rows[i].alike, 3).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_decimal(rows[i].weighted, 3).text);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static om_status print_splits(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Split region"), false, true},
        {OM_NOTE("piece in area"), false, true},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("reason"), false, false},
    };
    const struct plan_alignment *alignment = result->evaluation->alignment;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < alignment->n_splits; i++) {
        const struct plan_split *split = &alignment->splits[i];
        text_table_add(&table, TEXT_PLAIN, "%s", alignment->reference->regions[split->region].name);
        text_table_add(&table, TEXT_PLAIN, "%s", result->the_case->plan->areas[split->area].name);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(split->job_seekers).text);
        text_table_add(&table, split->reason == PLAN_SPLIT_UNEXPLAINED ? TEXT_BAD : TEXT_PLAIN, "%s",
                       map_split_word(split->reason));
    }
    om_status status = alignment->n_splits ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    return status;
}

static om_status print_alignment(om_context *ctx, const struct map_result *result,
                                 const struct map_text_style *style, FILE *out)
{
    const struct plan_alignment *alignment = result->evaluation->alignment;
    if (!alignment) {
        text_line(style, out, TEXT_STRONG, om_tr("Alignment: no regions of kind %s to compare with"),
                  result->the_case->rules.reference);
        return OM_OK;
    }
    size_t n_unexplained = 0, n_straddling = 0;
    for (size_t i = 0; i < alignment->n_splits; i++)
        n_unexplained += alignment->splits[i].reason == PLAN_SPLIT_UNEXPLAINED;
    for (size_t a = 0; a < alignment->n_areas; a++)
        n_straddling += alignment->areas[a].n_regions > 1;
    text_line(style, out, TEXT_STRONG,
              om_tr("Alignment with %s: straddling areas %s, split-off pieces %s, unexplained %s"),
              alignment->reference->kind, map_count((double)n_straddling).text,
              map_count((double)alignment->n_splits).text, map_count((double)n_unexplained).text);
    om_status status = print_splits(ctx, result, style, out);
    return status != OM_OK ? status : print_measures(ctx, alignment, style, out);
}

static void add_municipality(struct text_table *table, const struct map_result *result, uint32_t m)
{
    const struct plan_municipality *known = &result->the_case->territory->municipalities[m];
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    const struct plan_service *nearest = &judged->nearest_inside;
    char *closing = map_closing_areas(result, m);
    text_table_add(table, TEXT_PLAIN, "%s", known->code);
    text_table_add(table, TEXT_STRONG, "%s", known->name);
    text_table_add(table, TEXT_PLAIN, "%s", map_area_name(result, m));
    text_table_add(table, TEXT_PLAIN, "%s", map_count(known->job_seekers).text);
    text_table_add(table, status_tones[judged->status], "%s", map_status_word(judged->status));
    text_table_add(table, TEXT_PLAIN, "%s", map_cause_word(judged->cause));
    text_table_add(table, TEXT_PLAIN, "%s / %s", map_count(judged->suppliers_inside).text,
                   map_count(judged->suppliers_anywhere).text);
    text_table_add(table, TEXT_PLAIN, "%s%s%s", map_supplier_name(result, nearest->supplier),
                   nearest->supplier < 0 ? "-" : ", ", map_municipality_name(result, nearest->municipality));
    text_table_add(table, TEXT_PLAIN, "%s", map_minutes(nearest->duration_s).text);
    text_table_add(table, TEXT_PLAIN, "%s", closing && *closing ? closing : "-");
    table->out_of_memory |= !closing;
    om_free(closing);
}

static om_status print_municipalities(om_context *ctx, const struct map_result *result,
                                      const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Code"), false, false},         {OM_NOTE("municipality"), false, true},
        {OM_NOTE("area"), false, true},          {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("status"), false, false},       {OM_NOTE("cause"), false, true},
        {OM_NOTE("in area / any"), true, false}, {OM_NOTE("nearest supplier in the area"), false, true},
        {OM_NOTE("min"), true, false},           {OM_NOTE("choice if in"), false, true},
    };
    uint32_t *order = NULL;
    size_t n = 0;
    om_status status = map_order_municipalities(ctx, result, MAP_ORDER_NOT_CHOICE, &order, &n);
    if (status != OM_OK)
        return status;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < n; i++)
        add_municipality(&table, result, order[i]);
    text_line(style, out, TEXT_STRONG, om_tr("Municipalities without a choice: %s"),
              map_count((double)n).text);
    if (n)
        status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    om_free(order);
    return status;
}

om_status map_evaluation_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out)
{
    static map_text_part *const parts[] = {
        print_headline,       print_statuses,      print_areas,
        map_market_part,      map_equity_part,     print_alignment,
        print_municipalities, map_localities_part, NULL,
    };
    return map_print_parts(ctx, result, style, parts, out);
}

om_status map_summary_text(om_context *ctx, const struct map_result *result,
                           const struct map_text_style *style, FILE *out)
{
    static map_text_part *const parts[] = {print_headline, print_areas, map_gaps_part, NULL};
    return map_print_parts(ctx, result, style, parts, out);
}

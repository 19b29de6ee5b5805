#include "comparison_parts.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "text_table.h"
#include "words.h"

#include <math.h>
#include <string.h>

/* Without --all: as many municipalities that lost, and as many that gained. */
enum { CHANGES_SHOWN = 6 };

void comparison_print_rest(const struct map_text_style *style, size_t n, FILE *out)
{
    if (n)
        text_line(style, out, TEXT_FAINT,
                  om_tr_n("… and %s more; --all shows it", "… and %s more; --all shows them", n),
                  map_count((double)n).text);
}

static om_status print_what_if(om_context *ctx, const struct plan_changes *changes,
                               const struct map_text_style *style, FILE *out)
{
    text_line(style, out, TEXT_STRONG, "%s", om_tr("What if:"));
    for (size_t i = 0; i < changes->n; i++) {
        char *text = plan_change_text(&changes->items[i]);
        if (!text)
            return om_no_memory(ctx);
        text_line(style, out, TEXT_PLAIN, "%zu. %s: %s", i + 1,
                  om_tr(plan_change_kinds[changes->items[i].kind].meaning), text);
        om_free(text);
    }
    fputc('\n', out);
    return OM_OK;
}

/* Whether any area has another name or other municipalities. */
static bool areas_differ(const struct plan_genealogy *genealogy)
{
    for (size_t f = 0; f < genealogy->n_families; f++)
        if (plan_family_kind(&genealogy->families[f]) != PLAN_FAMILY_UNCHANGED)
            return true;
    return false;
}

static om_status print_areas(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, FILE *out)
{
    om_status status = result->changes ? print_what_if(ctx, result->changes, style, out) : OM_OK;
    if (status == OM_OK && !areas_differ(result->comparison->genealogy)) {
        text_line(style, out, TEXT_PLAIN, "%s", om_tr("The areas are the same."));
        return OM_OK;
    }
    if (status == OM_OK)
        status = comparison_print_families(ctx, result, style, out);
    if (status == OM_OK)
        status = comparison_print_renamed(ctx, result, style, out);
    if (status == OM_OK)
        status = comparison_print_flows(ctx, result, style, out);
    return status;
}

static void print_agreement(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct plan_agreement *alike = &result->comparison->by_municipality;
    const struct plan_agreement *weighted = &result->comparison->by_job_seekers;
    text_line(
        style, out, TEXT_PLAIN,
        om_tr("How alike the plans are, by municipality (by job seekers): V-measure %s (%s), adjusted Rand "
              "index %s (%s), variation of information %s (%s) bits"),
        map_decimal(alike->v_measure, 3).text, map_decimal(weighted->v_measure, 3).text,
        map_decimal(alike->adjusted_rand, 3).text, map_decimal(weighted->adjusted_rand, 3).text,
        map_decimal(alike->variation_of_information_bits, 3).text,
        map_decimal(weighted->variation_of_information_bits, 3).text);
}

static void add_transition(struct text_table *table, const struct plan_transition *transition, int step)
{
    enum text_tone tone = step < 0 ? TEXT_BAD : step > 0 ? TEXT_GOOD : TEXT_PLAIN;
    if (transition->n == 0)
        text_table_add(table, TEXT_FAINT, "-");
    else
        text_table_add(table, tone, "%s (%s)", map_count(transition->n).text,
                       map_count(transition->job_seekers).text);
}

static om_status print_transitions(om_context *ctx, const struct map_result *result,
                                   const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Municipalities (job seekers)"), false, true},
        {OM_NOTE("choice after"), true, false},
        {OM_NOTE("limited after"), true, false},
        {OM_NOTE("none after"), true, false},
    };
    static const char *const rows[PLAN_STATUSES] = {
        [PLAN_STATUS_CHOICE] = OM_NOTE("choice before"),
        [PLAN_STATUS_LIMITED] = OM_NOTE("limited before"),
        [PLAN_STATUS_NONE] = OM_NOTE("none before"),
    };
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (int from = PLAN_STATUSES - 1; from >= 0; from--) {
        text_table_add(&table, TEXT_PLAIN, "%s", om_tr(rows[from]));
        for (int to = PLAN_STATUSES - 1; to >= 0; to--)
            add_transition(&table, &result->comparison->transitions[from][to], to - from);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static void add_change(struct text_table *table, const struct map_result *result, int32_t m)
{
    const struct plan_municipality_result *before = &result->before->evaluation->municipalities[m];
    const struct plan_municipality_result *after = &result->evaluation->municipalities[m];
    const struct plan_municipality *known = &result->the_case->territory->municipalities[m];
    enum text_tone tone = after->status < before->status ? TEXT_BAD : TEXT_GOOD;
    text_table_add(table, TEXT_PLAIN, "%s", known->code);
    text_table_add(table, TEXT_STRONG, "%s", known->name);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(known->job_seekers).text);
    text_table_add(table, tone, "%s → %s", map_status_word(before->status), map_status_word(after->status));
    text_table_add(table, TEXT_PLAIN, "%s", map_cause_word(before->cause));
    text_table_add(table, TEXT_PLAIN, "%s", map_cause_word(after->cause));
    text_table_add(table, TEXT_PLAIN, "%s", map_area_name(result->before, (size_t)m));
    text_table_add(table, TEXT_PLAIN, "%s", map_area_name(result, (size_t)m));
}

static om_status print_change_table(om_context *ctx, const struct map_result *result,
                                    const struct map_text_style *style, const int32_t *changed, size_t n,
                                    FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Code"), false, false},        {OM_NOTE("municipality"), false, true},
        {OM_NOTE("job seekers"), true, false},  {OM_NOTE("status"), false, true},
        {OM_NOTE("cause before"), false, true}, {OM_NOTE("cause after"), false, true},
        {OM_NOTE("area before"), false, true},  {OM_NOTE("area after"), false, true},
    };
    size_t n_shown = style->every_area || n <= CHANGES_SHOWN ? n : CHANGES_SHOWN;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    for (size_t i = 0; i < n_shown; i++)
        add_change(&table, result, changed[i]);
    om_status status = n ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    comparison_print_rest(style, n - n_shown, out);
    return status;
}

static double known_job_seekers(const struct map_result *result, const int32_t *municipalities, size_t n)
{
    double sum = n ? NAN : 0;
    for (size_t i = 0; i < n; i++)
        map_add_known(&sum, result->the_case->territory->municipalities[municipalities[i]].job_seekers);
    return sum;
}

static om_status print_changes(om_context *ctx, const struct map_result *result,
                               const struct map_text_style *style, FILE *out)
{
    const struct plan_comparison *comparison = result->comparison;
    const int32_t *lost = comparison->changed, *gained = lost + comparison->n_lost;
    text_line(style, out, TEXT_STRONG, om_tr("Municipalities that lose: %s, with %s job seekers"),
              map_count((double)comparison->n_lost).text,
              map_count(known_job_seekers(result, lost, comparison->n_lost)).text);
    om_status status = print_change_table(ctx, result, style, lost, comparison->n_lost, out);
    text_line(style, out, TEXT_STRONG, om_tr("Municipalities that gain: %s, with %s job seekers"),
              map_count((double)comparison->n_gained).text,
              map_count(known_job_seekers(result, gained, comparison->n_gained)).text);
    if (status == OM_OK)
        status = print_change_table(ctx, result, style, gained, comparison->n_gained, out);
    return status;
}

/* A figure before and after; lower_is_better colours the difference. */
static void add_figure(struct text_table *table, const char *what, const double values[PLAN_SIDES],
                       bool lower_is_better)
{
    double difference = values[PLAN_AFTER] - values[PLAN_BEFORE];
    bool is_better = lower_is_better ? difference < 0 : difference > 0;
    text_table_add(table, TEXT_PLAIN, "%s", what);
    for (int side = 0; side < PLAN_SIDES; side++)
        text_table_add(table, TEXT_PLAIN, "%s", map_count(values[side]).text);
    if (difference == 0)
        text_table_add(table, TEXT_FAINT, "0");
    else
        text_table_add(table, is_better ? TEXT_GOOD : TEXT_BAD, "%s%s", difference > 0 ? "+" : "",
                       map_count(difference).text);
}

static void add_shares(struct text_table *table, const char *what, double before, double after,
                       const struct plan_headline *h)
{
    double difference = round((after - before) * h->job_seekers);
    text_table_add(table, TEXT_PLAIN, "%s", what);
    text_table_add(table, TEXT_PLAIN, "%s", map_share(before, 1).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_share(after, 1).text);
    text_table_add(table,
                   difference < 0   ? TEXT_BAD
                   : difference > 0 ? TEXT_GOOD
                                    : TEXT_FAINT,
                   "%s%s", difference > 0 ? "+" : "", map_count(difference).text);
}

static void add_headline(struct text_table *table, const struct map_result *result)
{
    const struct plan_headline *x = &result->before->evaluation->headline, *y = &result->evaluation->headline;
    add_shares(table, om_tr("Job seekers with a supplier in the own municipality"), x->own_office,
               y->own_office, y);
    add_shares(table, om_tr("Job seekers who reach at least one supplier"), x->reach_one, y->reach_one, y);
    add_shares(table, om_tr("Job seekers who have a choice"), x->choice, y->choice, y);
    add_shares(table, om_tr("Job seekers who have a choice, at best on any map"), x->bound_choice,
               y->bound_choice, y);
}

static void add_rules(struct text_table *table, const struct plan_comparison *comparison)
{
    static const char *const names[PLAN_RULES] = {
        [PLAN_RULE_CHOICE] = OM_NOTE("Areas that fail: choice"),
        [PLAN_RULE_REACH] = OM_NOTE("Areas that fail: reach"),
        [PLAN_RULE_IN_HOUSE] = OM_NOTE("Areas that fail: in-house"),
        [PLAN_RULE_MARKET] = OM_NOTE("Areas that fail: market"),
        [PLAN_RULE_ALIGNMENT] = OM_NOTE("Areas that fail: alignment"),
        [PLAN_RULE_CONTIGUITY] = OM_NOTE("Areas that fail: contiguity"),
    };
    for (int rule = 0; rule < PLAN_RULES; rule++)
        add_figure(table, om_tr(names[rule]),
                   (double[]){comparison->verdicts[PLAN_BEFORE][rule][PLAN_VERDICT_FAIL],
                              comparison->verdicts[PLAN_AFTER][rule][PLAN_VERDICT_FAIL]},
                   true);
}

static double count_unexplained(const struct plan_alignment *alignment)
{
    double n = 0;
    for (size_t i = 0; i < alignment->n_splits; i++)
        n += alignment->splits[i].reason == PLAN_SPLIT_UNEXPLAINED;
    return n;
}

static void add_measure(struct text_table *table, const char *what, double before, double after,
                        bool lower_is_better)
{
    double difference = after - before;
    bool is_better = lower_is_better ? difference < 0 : difference > 0;
    text_table_add(table, TEXT_PLAIN, "%s", what);
    text_table_add(table, TEXT_PLAIN, "%s", map_decimal(before, 3).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_decimal(after, 3).text);
    text_table_add(table,
                   difference == 0 ? TEXT_FAINT
                   : is_better     ? TEXT_GOOD
                                   : TEXT_BAD,
                   "%s%s", difference > 0 ? "+" : "", map_decimal(difference, 3).text);
}

static void add_alignment(struct text_table *table, const struct plan_alignment *before,
                          const struct plan_alignment *after)
{
    const struct plan_agreement *x = &before->by_job_seekers, *y = &after->by_job_seekers;
    add_figure(table, om_tr("Split-off pieces of regions"),
               (double[]){(double)before->n_splits, (double)after->n_splits}, true);
    add_figure(table, om_tr("… of them unexplained"),
               (double[]){count_unexplained(before), count_unexplained(after)}, true);
    add_measure(table, om_tr("V-measure with the regions"), x->v_measure, y->v_measure, false);
    add_measure(table, om_tr("Variation of information with the regions, bits"),
                x->variation_of_information_bits, y->variation_of_information_bits, true);
}

static void add_minutes(struct text_table *table, const char *what, double before_s, double after_s)
{
    double difference_s = after_s - before_s;
    text_table_add(table, TEXT_PLAIN, "%s", what);
    text_table_add(table, TEXT_PLAIN, "%s", map_minutes(before_s).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_minutes(after_s).text);
    if (isnan(difference_s))
        text_table_add(table, TEXT_FAINT, "-");
    else
        text_table_add(table,
                       difference_s == 0  ? TEXT_FAINT
                       : difference_s < 0 ? TEXT_GOOD
                                          : TEXT_BAD,
                       "%s%s", difference_s > 0 ? "+" : "", map_decimal(difference_s / 60, 0).text);
}

/* The whole country is the first group. */
static void add_equity(struct text_table *table, const struct plan_equity *before,
                       const struct plan_equity *after)
{
    enum { LAST = PLAN_EQUITY_PERCENTILES - 1 };
    const struct plan_spread *x = before->groups[0].spread, *y = after->groups[0].spread;
    char what[160];
    for (int target = 0; target < PLAN_EQUITY_TARGETS; target++) {
        snprintf(what, sizeof what,
                 target == PLAN_EQUITY_NEAREST
                     ? om_tr("Minutes to the nearest supplier, for %d %% of job seekers at most")
                     : om_tr("Minutes to the second supplier, for %d %% of job seekers at most"),
                 plan_equity_percentiles[LAST]);
        add_minutes(table, what, x[target].percentile_s[LAST], y[target].percentile_s[LAST]);
    }
    add_measure(table, om_tr("Gini coefficient of minutes to the second supplier"),
                x[PLAN_EQUITY_SECOND].gini, y[PLAN_EQUITY_SECOND].gini, true);
}

static om_status print_figures(om_context *ctx, const struct map_result *result,
                               const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Figure"), false, true},
        {OM_NOTE("before"), true, false},
        {OM_NOTE("after"), true, false},
        {OM_NOTE("difference"), true, false},
    };
    const struct map_result *before = result->before;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    add_headline(&table, result);
    if (before->in_house && result->in_house)
        add_figure(&table, om_tr("Places that in-house delivery needs"),
                   (double[]){(double)before->in_house->n_sites, (double)result->in_house->n_sites}, true);
    add_rules(&table, result->comparison);
    if (before->evaluation->alignment && result->evaluation->alignment)
        add_alignment(&table, before->evaluation->alignment, result->evaluation->alignment);
    if (before->evaluation->equity->n_groups && result->evaluation->equity->n_groups)
        add_equity(&table, before->evaluation->equity, result->evaluation->equity);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    if (areas_differ(result->comparison->genealogy))
        print_agreement(result, style, out);
    return status;
}

/* "Area Norr is in pieces: Kiruna, Pajala lie apart from the rest." for every torn area of a side. */
static om_status print_torn(om_context *ctx, const struct map_result *result,
                            const struct map_text_style *style, size_t area, FILE *out)
{
    const struct plan *plan = result->the_case->plan;
    const bool *is_cut_off = result->comparison->is_cut_off[PLAN_AFTER];
    char *names = om_strdup("");
    for (size_t m = 0; names && m < plan->n; m++) {
        if (!is_cut_off[m] || plan->area_of[m] != (int32_t)area)
            continue;
        char *longer =
            om_format("%s%s%s", names, *names ? ", " : "", map_municipality_name(result, (int32_t)m));
        om_free(names);
        names = longer;
    }
    if (!names)
        return om_no_memory(ctx);
    if (*names)
        text_line(style, out, TEXT_BAD, om_tr("Area %s does not hang together: %s lies apart from the rest"),
                  plan->areas[area].name, names);
    om_free(names);
    return OM_OK;
}

/* Where contiguity fails after: whole areas only, so that nothing is printed when all is well. */
static om_status print_contiguity(om_context *ctx, const struct map_result *result,
                                  const struct map_text_style *style, FILE *out)
{
    om_status status = OM_OK;
    for (size_t a = 0; a < result->evaluation->n_areas && status == OM_OK; a++)
        status = print_torn(ctx, result, style, a, out);
    return status;
}

static om_status print_figures_and_places(om_context *ctx, const struct map_result *result,
                                          const struct map_text_style *style, FILE *out)
{
    om_status status = print_figures(ctx, result, style, out);
    if (status == OM_OK)
        status = print_contiguity(ctx, result, style, out);
    if (status == OM_OK && style->every_area)
        status = comparison_print_verdicts(ctx, result, style, out);
    return status;
}

om_status map_comparison_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out)
{
    static map_text_part *const parts[] = {print_areas, print_transitions, print_changes,
                                           print_figures_and_places, NULL};
    return map_print_parts(ctx, result, style, parts, out);
}

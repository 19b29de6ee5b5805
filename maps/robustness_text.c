/* What a plan withstands: the most critical suppliers and offices, redundancy, and contracts that end at
 * random. */
#include "geo/memory.h"
#include "geo/text.h"
#include "text_parts.h"
#include "text_table.h"
#include "words.h"

enum { EXITS_SHOWN = 10 };

/* "Kalix (limited), Övertorneå (none)": who loses by an exit, and what is left. NULL when memory is out. */
static char *loss_names(const struct map_result *result, const struct plan_exit *gone)
{
    const struct plan_loss *losses = result->robustness->losses + gone->first_loss;
    char *names = om_strdup("");
    for (size_t i = 0; names && i < gone->n_losses; i++) {
        char *longer = om_format("%s%s%s (%s)", names, *names ? ", " : "",
                                 map_municipality_name(result, losses[i].municipality),
                                 map_status_word(losses[i].after));
        om_free(names);
        names = longer;
    }
    return names;
}

static void add_exit(struct text_table *table, const struct map_result *result, const struct plan_exit *gone)
{
    bool is_office = gone->municipality != PLAN_NOWHERE;
    char *names = loss_names(result, gone);
    text_table_add(table, TEXT_STRONG, "%s", map_supplier_name(result, gone->supplier));
    text_table_add(table, TEXT_PLAIN, "%s",
                   is_office ? map_municipality_name(result, gone->municipality)
                             : map_count(gone->n_offices).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(gone->job_seekers_choice).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(gone->job_seekers_all).text);
    text_table_add(table, TEXT_PLAIN, "%s", names ? names : "");
    table->out_of_memory |= !names;
    om_free(names);
}

/* Those by whose exit somebody loses; the first ten, or all. */
static om_status print_exits(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, const struct text_column columns[5],
                             const struct plan_exit *exits, size_t n, FILE *out)
{
    struct text_table table = {.columns = columns, .n_columns = 5};
    size_t n_harmful = 0, n_shown = 0;
    for (size_t i = 0; i < n; i++) {
        if (exits[i].n_losses == 0)
            continue;
        n_harmful++;
        if (!style->every_area && n_shown == EXITS_SHOWN)
            continue;
        n_shown++;
        add_exit(&table, result, &exits[i]);
    }
    om_status status = n_shown ? text_table_print(ctx, &table, style, out) : OM_OK;
    text_table_done(&table);
    text_line(style, out, TEXT_FAINT, om_tr("%s of %s would be missed by somebody; %s shown"),
              map_count((double)n_harmful).text, map_count((double)n).text, map_count((double)n_shown).text);
    return status;
}

static om_status print_suppliers(om_context *ctx, const struct map_result *result,
                                 const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("If this supplier leaves"), false, true},
        {OM_NOTE("offices"), true, false},
        {OM_NOTE("lose their choice"), true, false},
        {OM_NOTE("lose their last supplier"), true, false},
        {OM_NOTE("municipalities (and what is left)"), false, true},
    };
    return print_exits(ctx, result, style, columns, result->robustness->suppliers,
                       result->robustness->n_suppliers, out);
}

static om_status print_offices(om_context *ctx, const struct map_result *result,
                               const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("If this office closes"), false, true},
        {OM_NOTE("in"), false, true},
        {OM_NOTE("lose their choice"), true, false},
        {OM_NOTE("lose their last supplier"), true, false},
        {OM_NOTE("municipalities (and what is left)"), false, true},
    };
    return print_exits(ctx, result, style, columns, result->robustness->offices,
                       result->robustness->n_offices, out);
}

enum { FEWEST = 4 }; /* exits told apart; more are one row */

struct redundancy_sum {
    int32_t n_by_suppliers, n_by_offices;
    double job_seekers_by_suppliers, job_seekers_by_offices;
};

static void sum_redundancy(const struct map_result *result, struct redundancy_sum sums[FEWEST + 2])
{
    for (size_t m = 0; m < result->robustness->n; m++) {
        const struct plan_redundancy *it = &result->robustness->municipalities[m];
        double job_seekers = result->the_case->territory->municipalities[m].job_seekers;
        int32_t suppliers = it->suppliers_to_none > FEWEST ? FEWEST + 1 : it->suppliers_to_none;
        int32_t offices = it->offices_to_none > FEWEST ? FEWEST + 1 : it->offices_to_none;
        sums[suppliers].n_by_suppliers++;
        sums[offices].n_by_offices++;
        map_add_known(&sums[suppliers].job_seekers_by_suppliers, job_seekers);
        map_add_known(&sums[offices].job_seekers_by_offices, job_seekers);
    }
}

static om_status print_redundancy(om_context *ctx, const struct map_result *result,
                                  const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Exits until no supplier is left"), true, false},
        {OM_NOTE("of suppliers: municipalities"), true, false},
        {OM_NOTE("job seekers"), true, false},
        {OM_NOTE("of offices: municipalities"), true, false},
        {OM_NOTE("job seekers"), true, false},
    };
    struct redundancy_sum sums[FEWEST + 2] = {0};
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    sum_redundancy(result, sums);
    for (int i = 0; i < FEWEST + 2; i++) {
        if (i > FEWEST)
            text_table_add(&table, TEXT_STRONG, om_tr("%d or more"), i);
        else if (i > 0)
            text_table_add(&table, TEXT_STRONG, "%d", i);
        else
            text_table_add(&table, TEXT_STRONG, "%s", om_tr("0, none is reached"));
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(sums[i].n_by_suppliers).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(sums[i].job_seekers_by_suppliers).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(sums[i].n_by_offices).text);
        text_table_add(&table, TEXT_PLAIN, "%s", map_count(sums[i].job_seekers_by_offices).text);
    }
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static void add_random_loss(struct text_table *table, const char *what, const struct plan_random_loss *loss)
{
    text_table_add(table, TEXT_STRONG, "%s", what);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(loss->expected).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(loss->mean).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(loss->low).text);
    text_table_add(table, TEXT_PLAIN, "%s", map_count(loss->high).text);
}

static om_status print_draws(om_context *ctx, const struct map_result *result,
                             const struct map_text_style *style, FILE *out)
{
    static const struct text_column columns[] = {
        {OM_NOTE("Job seekers"), false, true},
        {OM_NOTE("expected"), true, false},
        {OM_NOTE("mean of draws"), true, false},
        {OM_NOTE("90 %: from"), true, false},
        {OM_NOTE("to"), true, false},
    };
    const struct plan_robustness *robustness = result->robustness;
    struct text_table table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    add_random_loss(&table, om_tr("who lose their choice"), &robustness->choice);
    add_random_loss(&table, om_tr("who lose their last supplier"), &robustness->all);
    text_line(style, out, TEXT_STRONG, om_tr("If %s of %s contracts end at random (%s draws, seed %llu)"),
              map_count((double)robustness->draws.n_ended).text,
              map_count((double)robustness->n_contracts).text,
              map_count((double)robustness->draws.n_draws).text, (unsigned long long)robustness->draws.seed);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    text_line(
        style, out, TEXT_FAINT, "%s",
        om_tr(
            "A contract is a supplier's presence in an area; when it ends, the supplier serves nobody there. "
            "Expected is exact; nine of ten draws lie in the interval."));
    return status;
}

om_status map_robustness_text(om_context *ctx, const struct map_result *result,
                              const struct map_text_style *style, FILE *out)
{
    static map_text_part *const parts[] = {print_suppliers, print_offices, print_redundancy, print_draws,
                                           NULL};
    return map_print_parts(ctx, result, style, parts, out);
}

#include "proposal_parts.h"

#include "comparison_parts.h"
#include "geo/memory.h"
#include "geo/text.h"
#include "text_table.h"
#include "words.h"

#include <math.h>

enum { SHOWN = 4 }; /* proposals side by side */

static const char *const goal_words[PLAN_GOALS] = {
    [PLAN_GOAL_WITHOUT_SUPPLIER] = OM_NOTE("Job seekers who reach no supplier"),
    [PLAN_GOAL_WITHOUT_CHOICE] = OM_NOTE("Job seekers without a choice"),
    [PLAN_GOAL_MISALIGNED] = OM_NOTE("Job seekers in unexplained splits or outside their area's region"),
    [PLAN_GOAL_THIN_MARKET] = OM_NOTE("Job seekers in areas that fail the market rule"),
    [PLAN_GOAL_MOVED] = OM_NOTE("Job seekers moved (twice) or split off or merged (once)"),
    [PLAN_GOAL_INTERNAL_TRAVEL] = OM_NOTE("Internal travel, job-seeker hours"),
    [PLAN_GOAL_BORDER] = OM_NOTE("Borders between areas, km"),
};

static void add_value(struct text_table *table, double value, double start)
{
    enum text_tone tone = value < start ? TEXT_GOOD : value > start ? TEXT_BAD : TEXT_PLAIN;
    text_table_add(table, tone, "%s", map_count(round(value)).text);
}

static void add_goal(struct text_table *table, const struct map_proposal *proposal, enum plan_goal goal,
                     size_t n_shown)
{
    const struct plan_search_result *found = proposal->found;
    double start = proposal_goal(&found->start, goal), bound = proposal_bound(proposal, goal);
    text_table_add(table, TEXT_PLAIN, "%s", om_tr(goal_words[goal]));
    add_value(table, start, start);
    for (size_t i = 0; i < n_shown; i++)
        add_value(table, proposal_goal(&found->proposals[i].score, goal), start);
    text_table_add(table, TEXT_FAINT, "%s", isnan(bound) ? "" : map_count(bound).text);
}

static om_status print_goals(om_context *ctx, const struct map_proposal *proposal,
                             const struct map_text_style *style, FILE *out)
{
    const struct plan_search_rules *rules = &proposal->comparison->the_case->rules.search;
    struct text_column columns[SHOWN + 3] = {
        {OM_NOTE("Goal"), false, true},
        {proposal->comparison->before->the_case->plan->name, true, false},
    };
    size_t n_shown = proposal->found->n_proposals < SHOWN ? proposal->found->n_proposals : SHOWN;
    for (size_t i = 0; i < n_shown; i++)
        columns[2 + i] = (struct text_column){proposal->names[i], true, false};
    columns[2 + n_shown] = (struct text_column){OM_NOTE("at best, any map"), true, false};
    struct text_table table = {.columns = columns, .n_columns = n_shown + 3};
    for (int goal = 0; goal < PLAN_GOALS; goal++)
        if (rules->weight[goal] > 0)
            add_goal(&table, proposal, (enum plan_goal)goal, n_shown);
    om_status status = text_table_print(ctx, &table, style, out);
    text_table_done(&table);
    return status;
}

static void print_effort(const struct map_proposal *proposal, const struct map_text_style *style, FILE *out)
{
    const struct plan_search_result *found = proposal->found;
    text_line(style, out, TEXT_STRONG, om_tr("Proposals from %s: %s steps, seed %llu"),
              proposal->comparison->before->the_case->plan->name, map_count((double)found->n_steps).text,
              (unsigned long long)proposal->seed);
    if (found->was_interrupted)
        text_line(style, out, TEXT_FAIR, "%s", om_tr("Interrupted: this is what was found until then."));
}

static void print_mended(const struct map_proposal *proposal, const struct map_text_style *style, FILE *out)
{
    double share = proposal_mended(proposal, PLAN_GOAL_WITHOUT_CHOICE);
    double start = proposal_goal(&proposal->found->start, PLAN_GOAL_WITHOUT_CHOICE);
    double reached = proposal_goal(&proposal->found->proposals[0].score, PLAN_GOAL_WITHOUT_CHOICE);
    struct map_figure most = map_count(start - proposal_bound(proposal, PLAN_GOAL_WITHOUT_CHOICE));
    if (isnan(share))
        text_line(style, out, TEXT_PLAIN, "%s",
                  om_tr("No other borders could give more job seekers a choice: that takes another market."));
    else if (share < 0)
        text_line(style, out, TEXT_BAD,
                  om_tr("Other borders could at most give %s job seekers more a choice; %s takes it from %s "
                        "instead, for the sake of limits or other goals."),
                  most.text, proposal->names[0], map_count(reached - start).text);
    else
        text_line(style, out, TEXT_PLAIN,
                  om_tr("Other borders could at most give %s job seekers more a choice; %s does %s of that."),
                  most.text, proposal->names[0], map_share(share, 1).text);
}

char *map_breach_line(const struct plan_case *input, const struct plan *plan,
                      const struct plan_breach *breach)
{
    const struct plan_partition *reference =
        plan_territory_partition(input->territory, input->rules->reference);
    const struct plan_municipality *municipalities = input->territory->municipalities;
    const char *area = breach->area >= 0 ? plan->areas[breach->area].name : "";
    struct map_figure value = map_short(round(breach->value)), bound = map_short(breach->bound);
    struct map_figure by = map_short(fabs(round(breach->value) - breach->bound));
    switch (breach->limit) {
    case PLAN_LIMIT_AREAS:
        return om_format(om_tr("  %s areas, the limit is %s: %s off"), value.text, bound.text, by.text);
    case PLAN_LIMIT_JOB_SEEKERS:
        return om_format(om_tr("  area %s: %s job seekers, the limit is %s: %s off"), area, value.text,
                         bound.text, by.text);
    case PLAN_LIMIT_TRIP:
        return om_format(om_tr("  area %s: from %s to %s takes %s minutes, the limit is %s"), area,
                         municipalities[breach->from].name, municipalities[breach->to].name,
                         map_minutes(breach->value * 60).text, bound.text);
    case PLAN_LIMIT_REGION_PIECES:
        return om_format(om_tr("  region %s: split over %s areas, the limit is %s: %s off"),
                         reference->regions[breach->region].name, value.text, bound.text, by.text);
    case PLAN_LIMITS:
        break;
    }
    return om_strdup("");
}

static om_status print_breaches(om_context *ctx, const struct map_proposal *proposal,
                                const struct map_text_style *style, FILE *out)
{
    const struct data_case *the_case = proposal->comparison->the_case;
    if (proposal->n_breaches)
        text_line(style, out, TEXT_BAD, om_tr("No plan was found that keeps every limit. In %s:"),
                  proposal->names[0]);
    for (size_t i = 0; i < proposal->n_breaches; i++) {
        char *line = map_breach_line(&the_case->input, the_case->plan, &proposal->breaches[i]);
        if (!line)
            return om_no_memory(ctx);
        text_line(style, out, TEXT_BAD, "%s", line);
        om_free(line);
    }
    return OM_OK;
}

om_status map_proposal_text(om_context *ctx, const struct map_proposal *proposal,
                            const struct map_text_style *style, FILE *out)
{
    print_effort(proposal, style, out);
    om_status status = print_breaches(ctx, proposal, style, out);
    fputc('\n', out);
    if (status == OM_OK)
        status = print_goals(ctx, proposal, style, out);
    if (status != OM_OK)
        return status;
    print_mended(proposal, style, out);
    fputc('\n', out);
    return map_comparison_text(ctx, proposal->comparison, style, out);
}

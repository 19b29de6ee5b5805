/* What a director reads in a minute: the headline, what is behind it, and where to deliver in-house. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

#include <math.h>

/* Of the part that is reported, with the country's share beside it when that is not the same. */
struct headline {
    const char *label;
    double part, bound, national;
};

static void add_headline(struct report_content *content, const struct headline *figure,
                         const struct report_sums *sums)
{
    double share = sums->job_seekers > 0 ? figure->part / sums->job_seekers : NAN;
    document_figure(content->document, figure->label, DOCUMENT_SHARE, share, DOCUMENT_PLAIN,
                    om_tr("%s of %s job seekers."), map_count(figure->part).text,
                    map_count(sums->job_seekers).text);
    if (!isnan(figure->bound))
        document_say(content->document, om_tr("At best, whatever the areas: %s."),
                     map_share(figure->bound, sums->job_seekers).text);
    if (content->county != PLAN_NOWHERE)
        document_say(content->document, om_tr("In the whole country: %s."),
                     map_share(figure->national, 1).text);
}

static void headline_figures(struct report_content *content, const struct report_sums *sums)
{
    const struct plan_headline *h = &content->result->evaluation->headline;
    bool is_bounded = content->result->evaluation->travel_is_known;
    const struct headline figures[] = {
        {om_tr("have a choice of suppliers"), sums->choice, is_bounded ? sums->bound_choice : NAN, h->choice},
        {om_tr("reach at least one supplier"), sums->reach_one, is_bounded ? sums->bound_reach_one : NAN,
         h->reach_one},
        {om_tr("have a supplier in their own municipality"), sums->own_office, NAN, h->own_office},
    };
    document_figures(content->document);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        add_headline(content, &figures[i], sums);
    int32_t n_needs = sums->n_need[PLAN_NEED_LOCAL] + sums->n_need[PLAN_NEED_AREA_WIDE];
    document_figure(content->document, om_tr("municipalities in need of in-house delivery"), DOCUMENT_WHOLE,
                    n_needs, n_needs ? DOCUMENT_BAD : DOCUMENT_PLAIN, om_tr("With %s."),
                    report_n_job_seekers(sums->need[PLAN_NEED_LOCAL] + sums->need[PLAN_NEED_AREA_WIDE]).text);
}

static void say_choice(struct report_content *content, const struct report_sums *sums)
{
    const struct plan_rules *rules = &content->result->the_case->rules;
    document_paragraph(content->document, DOCUMENT_LEAD,
                       om_tr_n("In %s, %s of the job seekers (%s of %s) have a choice: they reach at least "
                               "%d supplier of their delivery area within %s by public transport.",
                               "In %s, %s of the job seekers (%s of %s) have a choice: they reach at least "
                               "%d suppliers of their delivery area within %s by public transport.",
                               (unsigned long)rules->min_suppliers),
                       report_region_name(content), map_share(sums->choice, sums->job_seekers).text,
                       map_count(sums->choice).text, map_count(sums->job_seekers).text, rules->min_suppliers,
                       report_limit(content->result).text);
    if (sums->n_status[PLAN_STATUS_LIMITED])
        document_say(content->document, om_tr("In %s with %s the choice is limited."),
                     report_n_municipalities(sums->n_status[PLAN_STATUS_LIMITED]).text,
                     report_n_job_seekers(sums->status[PLAN_STATUS_LIMITED]).text);
    if (sums->n_status[PLAN_STATUS_NONE])
        document_say(content->document, om_tr("In %s with %s no supplier is within reach."),
                     report_n_municipalities(sums->n_status[PLAN_STATUS_NONE]).text,
                     report_n_job_seekers(sums->status[PLAN_STATUS_NONE]).text);
}

/* What other borders could give, and what they could not; without travel times nobody knows. */
static void say_bound(struct report_content *content, const struct report_sums *sums)
{
    double gain = sums->bound_choice - sums->choice, rest = sums->job_seekers - sums->bound_choice;
    if (!content->result->evaluation->travel_is_known)
        return;
    if (gain > 0)
        document_item(content->document, DOCUMENT_PLAIN,
                      om_tr("Other borders between the areas could at most give %s more a choice."),
                      report_n_job_seekers(gain).text);
    else
        document_item(content->document, DOCUMENT_PLAIN, "%s",
                      om_tr("No other borders between the areas could give anybody more a choice."));
    if (rest > 0)
        document_say(
            content->document,
            om_tr("For %s it is the market that falls short: whatever the areas, too few suppliers are "
                  "within reach."),
            report_n_job_seekers(rest).text);
}

static const char *const rule_words[PLAN_RULES] = {
    [PLAN_RULE_CHOICE] = OM_NOTE("choice"),       [PLAN_RULE_REACH] = OM_NOTE("reach"),
    [PLAN_RULE_IN_HOUSE] = OM_NOTE("in-house"),   [PLAN_RULE_MARKET] = OM_NOTE("market"),
    [PLAN_RULE_ALIGNMENT] = OM_NOTE("alignment"), [PLAN_RULE_CONTIGUITY] = OM_NOTE("contiguity"),
};

static bool is_judged(const struct plan_area_result *area, int rule, enum plan_verdict verdict)
{
    return area->rules[rule].verdict == verdict;
}

/* "choice 13, reach 7": how many of the areas fail which rules. NULL: none, or no memory. */
static char *failed_rules(const struct report_content *content)
{
    char *list = NULL;
    for (int rule = 0; rule < PLAN_RULES; rule++) {
        double n = 0;
        for (size_t a = 0; a < content->result->evaluation->n_areas; a++)
            n += content->area_in[a] &&
                 is_judged(&content->result->evaluation->areas[a], rule, PLAN_VERDICT_FAIL);
        if (n > 0)
            list = report_list(content->document, list, "%s %s", om_tr(rule_words[rule]), map_count(n).text);
    }
    return list;
}

static void say_areas(struct report_content *content)
{
    size_t n_failing = 0, n_areas = 0;
    bool is_undecided = false;
    for (size_t a = 0; a < content->result->evaluation->n_areas; a++) {
        const struct plan_area_result *area = &content->result->evaluation->areas[a];
        bool is_failing = false;
        for (int rule = 0; rule < PLAN_RULES && content->area_in[a]; rule++) {
            is_failing |= is_judged(area, rule, PLAN_VERDICT_FAIL);
            is_undecided |= is_judged(area, rule, PLAN_VERDICT_UNKNOWN);
        }
        n_areas += content->area_in[a];
        n_failing += is_failing;
    }
    char *rules = failed_rules(content);
    if (rules)
        document_item(content->document, DOCUMENT_PLAIN,
                      om_tr_n("%s of %s fails at least one rule (%s).",
                              "%s of %s fail at least one rule (%s).", n_failing),
                      map_count((double)n_failing).text, report_n_areas((double)n_areas).text, rules);
    else
        document_item(content->document, DOCUMENT_PLAIN, "%s", om_tr("No area fails any rule."));
    if (is_undecided)
        document_say(content->document, "%s", om_tr("Not every rule could be judged: data is missing."));
    om_free(rules);
}

/* The cause with most job seekers of those not told yet; PLAN_CAUSE_NOTHING: all are. */
static enum plan_cause next_cause(const struct report_sums *sums, const bool *is_told)
{
    enum plan_cause most = PLAN_CAUSE_NOTHING;
    for (int cause = PLAN_CAUSE_NOTHING + 1; cause < PLAN_CAUSES; cause++)
        if (!is_told[cause] && sums->n_cause[cause] &&
            (most == PLAN_CAUSE_NOTHING || sums->cause[cause] > sums->cause[most]))
            most = (enum plan_cause)cause;
    return most;
}

static void say_causes(struct report_content *content, const struct report_sums *sums)
{
    bool is_told[PLAN_CAUSES] = {false};
    char *list = NULL;
    for (enum plan_cause cause; (cause = next_cause(sums, is_told)) != PLAN_CAUSE_NOTHING;) {
        is_told[cause] = true;
        list = report_list(content->document, list, om_tr("%s in %s with %s"), map_cause_word(cause),
                           report_n_municipalities(sums->n_cause[cause]).text,
                           report_n_job_seekers(sums->cause[cause]).text);
    }
    if (list)
        document_item(content->document, DOCUMENT_PLAIN, om_tr("What stands in the way of a choice: %s."),
                      list);
    om_free(list);
}

enum { NAMES_SHOWN = 6 };

/* The proposed sites that serve somebody of the part that is reported. */
static void say_in_house(struct report_content *content)
{
    const struct plan_in_house *in_house = content->result->in_house;
    const char *names[NAMES_SHOWN];
    size_t n = 0;
    for (size_t i = 0; in_house && i < in_house->n_sites; i++) {
        if (!report_site_serves(content, in_house->sites[i].site))
            continue;
        if (n < NAMES_SHOWN)
            names[n] = map_site_name(content->result, in_house->sites[i].site);
        n++;
    }
    if (!n)
        return;
    char *list = report_join(names, n, NAMES_SHOWN);
    content->document->out_of_memory |= !list;
    document_item(content->document, DOCUMENT_PLAIN, om_tr("In-house delivery is proposed from %s: %s."),
                  report_n_places((double)n).text, list ? list : "");
    if (!in_house->n_unserved)
        document_say(content->document, om_tr("Everybody in need would have it within %s."),
                     report_limit(content->result).text);
    om_free(list);
}

static void say_splits(struct report_content *content)
{
    const struct plan_alignment *alignment = content->result->evaluation->alignment;
    size_t n = 0;
    for (size_t i = 0; alignment && i < alignment->n_splits; i++)
        n += alignment->splits[i].reason == PLAN_SPLIT_UNEXPLAINED &&
             content->area_in[alignment->splits[i].area];
    if (n)
        document_item(
            content->document, DOCUMENT_PLAIN,
            om_tr_n("%s piece of a region lies in another area than the rest of it, without a reason "
                    "that the rules know.",
                    "%s pieces of regions lie in other areas than the rest of them, without a reason "
                    "that the rules know.",
                    n),
            map_count((double)n).text);
}

/* Municipalities of the part that is reported whose status got worse, or better. */
static double count_changed(const struct report_content *content, const int32_t *changed, size_t n,
                            double *job_seekers)
{
    double n_in = 0;
    *job_seekers = 0;
    for (size_t i = 0; i < n; i++) {
        if (!content->municipality_in[changed[i]])
            continue;
        n_in++;
        double known = content->result->the_case->territory->municipalities[changed[i]].job_seekers;
        *job_seekers += isnan(known) ? 0 : known;
    }
    return n_in;
}

static void say_change(struct report_content *content, const struct report_sums *sums)
{
    const struct map_result *before = content->result->before;
    const struct plan_comparison *comparison = content->result->comparison;
    if (!before || !comparison)
        return;
    struct report_sums sums_before;
    double lost, gained;
    report_sum(content, before, &sums_before);
    double n_lost = count_changed(content, comparison->changed, comparison->n_lost, &lost);
    double n_gained =
        count_changed(content, comparison->changed + comparison->n_lost, comparison->n_gained, &gained);
    document_item(content->document, DOCUMENT_PLAIN,
                  om_tr("Against %s, the share with a choice goes from %s to %s."),
                  before->the_case->plan->name, map_share(sums_before.choice, sums_before.job_seekers).text,
                  map_share(sums->choice, sums->job_seekers).text);
    if (n_gained + n_lost > 0)
        document_say(content->document,
                     om_tr("The status gets better in %s with %s, and worse in %s with %s."),
                     report_n_municipalities(n_gained).text, report_n_job_seekers(gained).text,
                     report_n_municipalities(n_lost).text, report_n_job_seekers(lost).text);
    else
        document_say(content->document, "%s", om_tr("No municipality's status changes."));
}

void report_summary(struct report_content *content)
{
    struct report_sums sums;
    report_sum(content, content->result, &sums);
    document_heading(content->document, 1, "summary", "%s", om_tr("Summary"));
    say_choice(content, &sums);
    if (!content->result->evaluation->travel_is_known)
        document_paragraph(
            content->document, DOCUMENT_NOTICE, "%s",
            om_tr("No travel times are known: only the own municipality counts as within reach."));
    headline_figures(content, &sums);
    if (sums.n_job_seekers_unknown)
        document_paragraph(
            content->document, DOCUMENT_REMARK,
            om_tr("Municipalities whose job seekers are unknown, and left out of the sums: %s"),
            map_count(sums.n_job_seekers_unknown).text);
    document_list(content->document);
    say_change(content, &sums);
    say_bound(content, &sums);
    say_causes(content, &sums);
    say_in_house(content);
    say_areas(content);
    say_splits(content);
}

/* For every municipality without a choice, in plain words: why, and what would change it. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

#include <math.h>

/* A municipality without a choice. */
struct gap {
    const struct map_result *result;
    size_t m;
    const struct plan_municipality_result *judged;
    const struct plan_area_result *area;
    struct document *document;
};

static const char *place(const struct gap *gap, int32_t municipality)
{
    return map_municipality_name(gap->result, municipality);
}

static void why_no_area(const struct gap *gap)
{
    document_text(gap->document, DOCUMENT_PLAIN, "%s",
                  om_tr("The plan is unfinished: it is in no area yet, so that nobody serves it."));
}

static void why_no_supplier(const struct gap *gap)
{
    document_text(gap->document, DOCUMENT_PLAIN, "%s", om_tr("No supplier serves the area."));
}

static void why_border(const struct gap *gap)
{
    struct report_phrase limit = report_limit(gap->result);
    struct report_phrase anywhere = report_n_suppliers(gap->judged->suppliers_anywhere);
    if (gap->judged->suppliers_inside == 0)
        document_text(gap->document, DOCUMENT_PLAIN,
                      om_tr("%s can be reached within %s, but none of them in its own area."), anywhere.text,
                      limit.text);
    else
        document_text(gap->document, DOCUMENT_PLAIN,
                      om_tr("%s can be reached within %s, but only %s of them in its own area."),
                      anywhere.text, limit.text, map_count(gap->judged->suppliers_inside).text);
}

/* The way to the supplier that is missing: the nearest, or the second nearest when one is within reach. */
static void say_way(const struct gap *gap)
{
    bool has_one = gap->judged->suppliers_inside == 1;
    const struct plan_service *missing = has_one ? &gap->judged->second_inside : &gap->judged->nearest_inside;
    if (gap->judged->suppliers_inside > 1 || !gap->result->evaluation->travel_is_known)
        return;
    if (missing->municipality < 0 || isnan(missing->duration_s))
        document_say(gap->document, "%s",
                     has_one ? om_tr("No other can be reached at all.")
                             : om_tr("None can be reached at all."));
    else
        document_say(gap->document,
                     has_one ? om_tr("The second nearest is in %s, %s away.")
                             : om_tr("The nearest is in %s, %s away."),
                     place(gap, missing->municipality), report_minutes(missing->duration_s).text);
}

static void why_distance(const struct gap *gap)
{
    struct report_phrase limit = report_limit(gap->result);
    struct report_phrase suppliers = report_n_suppliers(gap->area->n_suppliers);
    if (gap->judged->suppliers_inside == 0)
        document_text(gap->document, DOCUMENT_PLAIN, om_tr("The area has %s, but none within %s."),
                      suppliers.text, limit.text);
    else
        document_text(gap->document, DOCUMENT_PLAIN, om_tr("The area has %s, but only %s within %s."),
                      suppliers.text, map_count(gap->judged->suppliers_inside).text, limit.text);
    say_way(gap);
}

static void why_market(const struct gap *gap)
{
    document_text(
        gap->document, DOCUMENT_PLAIN,
        om_tr("The area has %s, and %s can be reached within %s whatever the area: too few for a choice."),
        report_n_suppliers(gap->area->n_suppliers).text,
        report_n_suppliers(gap->judged->suppliers_anywhere).text, report_limit(gap->result).text);
}

static void (*const why[PLAN_CAUSES])(const struct gap *) = {
    [PLAN_CAUSE_NO_AREA] = why_no_area, [PLAN_CAUSE_NO_SUPPLIER] = why_no_supplier,
    [PLAN_CAUSE_BORDER] = why_border,   [PLAN_CAUSE_DISTANCE] = why_distance,
    [PLAN_CAUSE_MARKET] = why_market,
};

static void say_closing_areas(const struct gap *gap)
{
    if (!gap->judged->n_closing)
        return;
    char *areas = map_closing_areas(gap->result, gap->m);
    gap->document->out_of_memory |= !areas;
    document_say(gap->document,
                 om_tr_n("It would have a choice in the area %s.",
                         "It would have a choice in any of the areas %s.", gap->judged->n_closing),
                 areas ? areas : "");
    om_free(areas);
}

static void say_missing_suppliers(const struct gap *gap)
{
    int missing = gap->result->the_case->rules.min_suppliers - gap->judged->suppliers_inside;
    document_say(gap->document,
                 om_tr_n("%d more supplier of its area within %s would give it a choice.",
                         "%d more suppliers of its area within %s would give it a choice.",
                         (unsigned long)missing),
                 missing, report_limit(gap->result).text);
}

/* Who is nearest when borders do not count, where that is somebody else. */
static void say_nearest_anywhere(const struct gap *gap)
{
    const struct plan_service *nearest = &gap->judged->nearest_anywhere;
    if (gap->judged->suppliers_inside || nearest->municipality < 0 ||
        nearest->municipality == gap->judged->nearest_inside.municipality)
        return;
    document_say(gap->document, om_tr("The nearest supplier in any area is in %s, %s away."),
                 place(gap, nearest->municipality), report_minutes(nearest->duration_s).text);
}

static void say_in_house(const struct gap *gap)
{
    const struct plan_in_house *in_house = gap->result->in_house;
    int32_t site = in_house ? in_house->served_from[gap->m] : PLAN_NOWHERE;
    if (gap->judged->need == PLAN_NEED_NOTHING || site < 0)
        return;
    if (site == (int32_t)gap->m)
        document_say(gap->document, "%s", om_tr("In-house delivery is proposed from its own main town."));
    else
        document_say(gap->document, om_tr("In-house delivery is proposed from %s, %s away."),
                     map_site_name(gap->result, site), report_minutes(in_house->duration_s[gap->m]).text);
}

static void add_gap(struct report_content *content, uint32_t m)
{
    const struct map_result *result = content->result;
    struct document *document = content->document;
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    int32_t area = result->the_case->plan->area_of[m];
    struct gap gap = {result, m, judged, &result->evaluation->areas[area], document};
    document_text(document, DOCUMENT_STRONG, "%s", place(&gap, (int32_t)m));
    document_text(document, DOCUMENT_PLAIN, "%s", result->the_case->territory->municipalities[m].code);
    document_text(document, DOCUMENT_PLAIN, "%s", map_area_name(result, m));
    document_number(document, DOCUMENT_PLAIN, result->the_case->territory->municipalities[m].job_seekers);
    document_text(document, judged->status == PLAN_STATUS_NONE ? DOCUMENT_BAD : DOCUMENT_FAIR, "%s",
                  map_status_word(judged->status));
    document_text(document, DOCUMENT_PLAIN, "%s", map_cause_word(judged->cause));
    why[judged->cause](&gap);
    document_text(document, DOCUMENT_PLAIN, "%s", "");
    say_closing_areas(&gap);
    say_missing_suppliers(&gap);
    say_nearest_anywhere(&gap);
    say_in_house(&gap);
}

static void cause_table(struct report_content *content, const uint32_t *order, size_t n)
{
    const struct document_column columns[] = {
        {.title = om_tr("Municipality"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Code"), .type = DOCUMENT_CODE, .priority = 1, .is_key = true},
        {.title = om_tr("Delivery area"), .type = DOCUMENT_TEXT, .priority = 1, .is_filter = true},
        {.title = om_tr("Job seekers"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("Status"), .type = DOCUMENT_TEXT, .priority = 1, .is_filter = true},
        {.title = om_tr("Cause"), .type = DOCUMENT_TEXT, .priority = 1, .is_filter = true},
        {.title = om_tr("Why there is no choice"), .type = DOCUMENT_TEXT, .priority = 1},
        {.title = om_tr("What would change it"), .type = DOCUMENT_TEXT, .priority = 1},
    };
    document_table(content->document, "without-choice", om_tr("Without a choice"),
                   om_tr("Every municipality without a choice, those without any supplier first, then by job "
                         "seekers."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(content->document, &columns[i]);
    for (size_t i = 0; i < n; i++)
        if (content->municipality_in[order[i]])
            add_gap(content, order[i]);
}

/* What each cause means, of those that occur. */
static void say_meanings(struct report_content *content, const struct report_sums *sums)
{
    static const char *const meanings[PLAN_CAUSES] = {
        [PLAN_CAUSE_NO_SUPPLIER] = OM_NOTE("no supplier has an office anywhere in the delivery area."),
        [PLAN_CAUSE_BORDER] =
            OM_NOTE("enough suppliers are within reach, but across the border of the delivery area."),
        [PLAN_CAUSE_DISTANCE] = OM_NOTE("the delivery area has enough suppliers, but too far away."),
        [PLAN_CAUSE_MARKET] =
            OM_NOTE("there are not enough suppliers in the delivery area, nor within reach anywhere else."),
        [PLAN_CAUSE_NO_AREA] = OM_NOTE("the plan is unfinished, and nobody serves who is in no area."),
    };
    document_list(content->document);
    for (int cause = PLAN_CAUSE_NOTHING + 1; cause < PLAN_CAUSES; cause++)
        if (sums->n_cause[cause])
            document_item(content->document, DOCUMENT_PLAIN, om_tr("%s (%s with %s): %s"),
                          map_cause_word((enum plan_cause)cause),
                          report_n_municipalities(sums->n_cause[cause]).text,
                          report_n_job_seekers(sums->cause[cause]).text, om_tr(meanings[cause]));
}

void report_causes(struct report_content *content)
{
    struct report_sums sums;
    uint32_t *order = NULL;
    size_t n = 0;
    report_sum(content, content->result, &sums);
    document_heading(content->document, 1, "causes", "%s",
                     om_tr("Why there is no choice, and what would change it"));
    if (sums.n_status[PLAN_STATUS_CHOICE] == sums.n) {
        document_paragraph(content->document, DOCUMENT_BODY, "%s", om_tr("Every municipality has a choice."));
        return;
    }
    say_meanings(content, &sums);
    if (map_order_municipalities(content->ctx, content->result, MAP_ORDER_NOT_CHOICE, &order, &n) == OM_OK)
        cause_table(content, order, n);
    else
        content->document->out_of_memory = true;
    om_free(order);
}

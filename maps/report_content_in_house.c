/* Where to deliver in-house. */
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

bool report_site_serves(const struct report_content *content, int32_t site)
{
    const struct plan_in_house *in_house = content->result->in_house;
    for (size_t m = 0; m < in_house->n; m++)
        if (content->municipality_in[m] && in_house->served_from[m] == site)
            return true;
    return false;
}

static bool is_site_in(const struct report_content *content, struct layer_row row)
{
    return report_site_serves(content, content->result->in_house->sites[row.index].site);
}

static bool is_municipality_in(const struct report_content *content, struct layer_row row)
{
    return content->municipality_in[row.index];
}

static void need_table(struct report_content *content)
{
    static const struct report_column columns[] = {
        {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
        {"code", DOCUMENT_CODE, 1, .title = OM_NOTE("Code")},
        {"area", DOCUMENT_TEXT, 1, .is_filter = true},
        {"need", DOCUMENT_TEXT, 1, .title = OM_NOTE("Need"), .word = report_need},
        {"job_seekers", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Job seekers")},
        {"in_house_from", DOCUMENT_TEXT, 1, .title = OM_NOTE("In-house from")},
        {"in_house_min", DOCUMENT_MINUTES, 1, .title = OM_NOTE("Minutes to it")},
        {"anywhere_in", DOCUMENT_TEXT, 2, .title = OM_NOTE("Nearest supplier, any area")},
        {"anywhere_min", DOCUMENT_MINUTES, 2, .title = OM_NOTE("Minutes to that"),
         .missing = OM_NOTE("unreachable")},
    };
    document_table(
        content->document, "in-house-need", om_tr("In-house need"),
        om_tr("The municipalities that reach no supplier of their area, and from where they could be "
              "served."));
    report_layer_table(content, "gaps", columns, sizeof columns / sizeof *columns, is_municipality_in);
}

static void site_table(struct report_content *content)
{
    static const struct report_column columns[] = {
        {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
        {"code", DOCUMENT_CODE, 1, .title = OM_NOTE("Code")},
        {"municipalities", DOCUMENT_WHOLE, 1, .word = NULL},
        {"job_seekers", DOCUMENT_WHOLE, 1, .word = NULL},
        {"longest_min", DOCUMENT_MINUTES, 1, .title = OM_NOTE("Longest way, minutes")},
    };
    document_table(
        content->document, "in-house-sites", om_tr("In-house sites"),
        content->result->in_house->is_optimal
            ? om_tr("The fewest main towns that cover the need of the whole country within the limit.")
            : om_tr("Main towns that cover the need of the whole country within the limit."));
    report_layer_table(content, "sites", columns, sizeof columns / sizeof *columns, is_site_in);
}

static void say_needs(struct report_content *content, const struct report_sums *sums)
{
    if (sums->n_need[PLAN_NEED_AREA_WIDE])
        document_paragraph(content->document, DOCUMENT_BODY,
                           om_tr("In %s with %s the whole area has no supplier: the need is area-wide."),
                           report_n_municipalities(sums->n_need[PLAN_NEED_AREA_WIDE]).text,
                           report_n_job_seekers(sums->need[PLAN_NEED_AREA_WIDE]).text);
    if (sums->n_need[PLAN_NEED_LOCAL])
        document_paragraph(
            content->document, DOCUMENT_BODY,
            om_tr("In %s with %s the area has suppliers, but none within %s: the need is local."),
            report_n_municipalities(sums->n_need[PLAN_NEED_LOCAL]).text,
            report_n_job_seekers(sums->need[PLAN_NEED_LOCAL]).text, report_limit(content->result).text);
}

void report_in_house(struct report_content *content)
{
    struct report_sums sums;
    report_sum(content, content->result, &sums);
    document_heading(content->document, 1, "in-house", "%s", om_tr("Where to deliver in-house"));
    if (!sums.n_need[PLAN_NEED_AREA_WIDE] && !sums.n_need[PLAN_NEED_LOCAL]) {
        document_paragraph(content->document, DOCUMENT_BODY, "%s",
                           om_tr("Nowhere: every municipality reaches a supplier of its area."));
        return;
    }
    say_needs(content, &sums);
    need_table(content);
    if (content->result->in_house && content->result->in_house->n_sites)
        site_table(content);
}

/* Every area: the verdicts on it, and its market. */
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

static bool is_area_in(const struct report_content *content, struct layer_row row)
{
    return content->area_in[row.index];
}

static void verdict_table(struct report_content *content)
{
    static const struct report_column columns[] = {
        {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
        {"verdict", DOCUMENT_TEXT, 1, .title = OM_NOTE("All rules"), .word = report_verdict,
         .is_filter = true},
        {"municipalities", DOCUMENT_WHOLE, 1, .word = NULL},
        {"job_seekers", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Job seekers")},
        {"choice_value", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Without a choice")},
        {"in_house_value", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Without a supplier")},
        {"reach_value", DOCUMENT_MINUTES, 1, .title = OM_NOTE("Longest way, minutes"),
         .missing = OM_NOTE("unreachable")},
        {"market_verdict", DOCUMENT_TEXT, 2, .title = OM_NOTE("Market"), .word = report_verdict,
         .is_filter = true},
        {"alignment_verdict", DOCUMENT_TEXT, 2, .title = OM_NOTE("Alignment"), .word = report_verdict,
         .is_filter = true},
        {"dominant_region", DOCUMENT_TEXT, 3, .title = OM_NOTE("Most of it in")},
        {"contiguity_value", DOCUMENT_WHOLE, 2, .title = OM_NOTE("Pieces")},
    };
    document_table(content->document, "areas", om_tr("Areas"),
                   om_tr("Every delivery area and how it holds by the rules; persons are job seekers."));
    report_layer_table(content, "areas", columns, sizeof columns / sizeof *columns, is_area_in);
}

static void market_table(struct report_content *content)
{
    static const struct report_column columns[] = {
        {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
        {"suppliers", DOCUMENT_WHOLE, 1, .word = NULL},
        {"offices", DOCUMENT_WHOLE, 1, .word = NULL},
        {"participants", DOCUMENT_WHOLE, 2, .word = NULL},
        {"per_supplier", DOCUMENT_WHOLE, 1, .title = OM_NOTE("For each supplier")},
        {"volume", DOCUMENT_TEXT, 1, .word = report_volume, .is_filter = true},
        {"concentration", DOCUMENT_NUMBER, 2, .title = OM_NOTE("Concentration"), .decimals = 2},
        {"three_largest", DOCUMENT_SHARE, 2, .title = OM_NOTE("Three largest")},
        {"sparse", DOCUMENT_WHOLE, 2, .title = OM_NOTE("Sparse municipalities")},
    };
    const struct plan_rules *rules = &content->result->the_case->rules;
    document_heading(content->document, 2, "market", "%s", om_tr("The market of each area"));
    document_paragraph(
        content->document, DOCUMENT_BODY,
        om_tr("A market is thin when the expected participants are fewer than %s for each of the "
              "suppliers that a choice needs, and diluted when there are so many suppliers that each "
              "has fewer than %s."),
        map_short(rules->min_participants_per_supplier).text, map_short(rules->diluted_below).text);
    document_table(content->document, "markets", om_tr("Markets"),
                   om_tr("Suppliers, offices and expected participants of every area."));
    report_layer_table(content, "areas", columns, sizeof columns / sizeof *columns, is_area_in);
}

void report_areas(struct report_content *content)
{
    document_heading(content->document, 1, "areas-section", "%s", om_tr("Delivery areas"));
    verdict_table(content);
    market_table(content);
}

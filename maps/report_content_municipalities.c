#include "geo/text.h"
#include "report_content.h"

/* Active ones: those the map shows. */
static void active_offices(const struct layer_view *view, struct layer_row row, struct layer_value *out)
{
    const struct plan_market *market = view->result->the_case->market;
    out->number = 0;
    for (size_t i = 0; i < market->n_offices; i++)
        out->number += market->offices[i].active && market->offices[i].municipality == (int32_t)row.index;
}

static const struct report_column columns[] = {
    {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
    {"code", DOCUMENT_CODE, 1, .title = OM_NOTE("Code")},
    {"area", DOCUMENT_TEXT, 1, .is_filter = true},
    {"county", DOCUMENT_TEXT, 2, .is_filter = true},
    {"job_seekers", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Job seekers")},
    {"status", DOCUMENT_TEXT, 1, .word = report_status, .is_filter = true},
    {"cause", DOCUMENT_TEXT, 1, .word = report_cause, .is_filter = true},
    {NULL, DOCUMENT_WHOLE, 2, .title = OM_NOTE("Offices"), .fetch = active_offices},
    {"suppliers_inside", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Suppliers in reach")},
    {"suppliers_anywhere", DOCUMENT_WHOLE, 3, .title = OM_NOTE("In any area")},
    {"nearest_in", DOCUMENT_TEXT, 2, .title = OM_NOTE("Nearest in")},
    {"nearest_min", DOCUMENT_MINUTES, 1, .title = OM_NOTE("Minutes"), .missing = OM_NOTE("unreachable")},
    {"second_min", DOCUMENT_MINUTES, 2, .title = OM_NOTE("To the second"), .missing = OM_NOTE("unreachable")},
    {"region", DOCUMENT_TEXT, 3, .is_filter = true},
};

static bool is_in(const struct report_content *content, struct layer_row row)
{
    return content->municipality_in[row.index];
}

void report_municipalities(struct report_content *content)
{
    document_heading(content->document, 1, "municipalities-section", "%s", om_tr("Municipalities"));
    document_table(
        content->document, "municipalities", om_tr("Municipalities"),
        om_tr("Every municipality: what its job seekers reach, and why when they have no choice."));
    report_layer_table(content, "municipalities", columns, sizeof columns / sizeof *columns, is_in);
}

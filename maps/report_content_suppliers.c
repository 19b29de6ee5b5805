/* Every supplier: where it is, and for how many it is the only one. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "words.h"

#include <math.h>

struct presence {
    double n_offices, n_municipalities, n_areas, job_seekers, only_of;
    bool *area; /* where it has an office */
};

/* Offices stand in the order of municipalities, so that those of a supplier in one follow each other. */
static void add_offices(const struct report_content *content, int32_t supplier, struct presence *presence)
{
    const struct data_case *the_case = content->result->the_case;
    int32_t latest = PLAN_NOWHERE;
    for (size_t i = 0; i < the_case->market->n_offices; i++) {
        const struct plan_office *office = &the_case->market->offices[i];
        int32_t area = the_case->plan->area_of[office->municipality];
        if (office->supplier != supplier || !office->active || !content->area_in[area])
            continue;
        presence->n_offices++;
        presence->n_municipalities += office->municipality != latest;
        latest = office->municipality;
        if (presence->area[area])
            continue;
        presence->area[area] = true;
        presence->n_areas++;
        presence->job_seekers += content->result->evaluation->areas[area].job_seekers;
    }
}

static void add_dependent(const struct report_content *content, int32_t supplier, struct presence *presence)
{
    for (size_t m = 0; m < content->result->evaluation->n; m++) {
        const struct plan_municipality_result *judged = &content->result->evaluation->municipalities[m];
        double job_seekers = content->result->the_case->territory->municipalities[m].job_seekers;
        bool is_only = judged->suppliers_inside == 1 && judged->nearest_inside.supplier == supplier;
        if (content->municipality_in[m] && is_only && !isnan(job_seekers))
            presence->only_of += job_seekers;
    }
}

static void supplier_row(struct report_content *content, int32_t supplier, bool *area)
{
    struct presence presence = {.area = area};
    struct document *document = content->document;
    for (size_t a = 0; a < content->result->evaluation->n_areas; a++)
        area[a] = false;
    add_offices(content, supplier, &presence);
    add_dependent(content, supplier, &presence);
    if (presence.n_offices <= 0 && content->county != PLAN_NOWHERE)
        return;
    document_text(document, DOCUMENT_STRONG, "%s", map_supplier_name(content->result, supplier));
    document_text(document, DOCUMENT_PLAIN, "%s", content->result->the_case->market->suppliers[supplier].id);
    document_number(document, DOCUMENT_PLAIN, presence.n_offices);
    document_number(document, DOCUMENT_PLAIN, presence.n_municipalities);
    document_number(document, DOCUMENT_PLAIN, presence.n_areas);
    document_number(document, DOCUMENT_PLAIN, presence.job_seekers);
    document_number(document, DOCUMENT_PLAIN, presence.only_of);
}

void report_suppliers(struct report_content *content)
{
    const struct plan_market *market = content->result->the_case->market;
    const struct document_column columns[] = {
        {.title = om_tr("Supplier"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Id"), .type = DOCUMENT_CODE, .priority = 2, .is_key = true},
        {.title = om_tr("Offices"),
         .description = om_tr("Active offices in the areas of this report"),
         .type = DOCUMENT_WHOLE,
         .priority = 1},
        {.title = om_tr("Municipalities"),
         .description = om_tr("Municipalities with such an office"),
         .type = DOCUMENT_WHOLE,
         .priority = 1},
        {.title = om_tr("Areas"),
         .description = om_tr("Delivery areas with such an office"),
         .type = DOCUMENT_WHOLE,
         .priority = 1},
        {.title = om_tr("Job seekers in them"),
         .description = om_tr("Job seekers of those areas"),
         .type = DOCUMENT_WHOLE,
         .priority = 1},
        {.title = om_tr("Only supplier of"),
         .description = om_tr("Job seekers who reach no other supplier of their area"),
         .type = DOCUMENT_WHOLE,
         .priority = 1},
    };
    bool *area = om_alloc(content->result->evaluation->n_areas, sizeof *area);
    content->document->out_of_memory |= !area;
    document_heading(content->document, 1, "suppliers-section", "%s", om_tr("Suppliers"));
    document_table(content->document, "suppliers", om_tr("Suppliers"),
                   om_tr("Every supplier: its active offices, and the job seekers who have no other."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(content->document, &columns[i]);
    for (size_t s = 0; area && s < market->n_suppliers; s++)
        supplier_row(content, (int32_t)s, area);
    om_free(area);
}

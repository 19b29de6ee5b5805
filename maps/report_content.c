#include "report_content.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "layer_write.h"
#include "words.h"

#include <string.h>

/* In the order in which they are read. */
static report_section_fn *const sections[] = {
    report_summary, report_maps,           report_changes,   report_in_house,     report_causes,
    report_areas,   report_municipalities, report_suppliers, report_alignment,    report_equity,
    report_rules,   report_method,         report_sources,   report_reproduction,
};

static char *county_names(const struct plan_partition *counties)
{
    char *names = om_strdup("");
    for (size_t i = 0; i < counties->n_regions; i++)
        names = map_list(names, counties->regions[i].name);
    return names;
}

static om_status find_county(om_context *ctx, const struct plan_partition *counties, const char *wanted,
                             int32_t *out)
{
    if (!counties)
        return om_fail(
            ctx, OM_NOT_FOUND, "%s",
            om_tr("the project has no counties: `omland import PROJECT regions FILE --name county` "
                  "brings them"));
    for (size_t i = 0; i < counties->n_regions; i++) {
        const struct plan_region *county = &counties->regions[i];
        if (strcmp(county->code, wanted) == 0 || strcmp(county->name, wanted) == 0) {
            *out = (int32_t)i;
            return OM_OK;
        }
    }
    char *names = county_names(counties);
    om_status status =
        names ? om_fail(ctx, OM_NOT_FOUND, om_tr("there is no county %s, but these: %s"), wanted, names)
              : om_no_memory(ctx);
    om_free(names);
    return status;
}

/* Which municipalities and areas the report is about. */
static om_status find_scope(om_context *ctx, struct report_content *content)
{
    const struct plan *plan = content->result->the_case->plan;
    const struct plan_partition *counties = content->view->county;
    content->county = PLAN_NOWHERE;
    if (content->request->region) {
        om_status status = find_county(ctx, counties, content->request->region, &content->county);
        if (status != OM_OK)
            return status;
    }
    content->municipality_in = om_alloc(plan->n, sizeof(bool));
    content->area_in = om_alloc(plan->n_areas, sizeof(bool));
    if (!content->municipality_in || !content->area_in)
        return om_no_memory(ctx);
    for (size_t m = 0; m < plan->n; m++) {
        content->municipality_in[m] =
            content->county == PLAN_NOWHERE || counties->member[m] == content->county;
        content->area_in[plan->area_of[m]] |=
            content->municipality_in[m] && !plan->areas[plan->area_of[m]].is_hole;
    }
    return OM_OK;
}

static char *title_of(const struct report_content *content)
{
    const struct map_result *result = content->result;
    const char *plan = result->the_case->plan->name;
    if (content->county != PLAN_NOWHERE)
        return om_format(om_tr("Delivery areas in %s: plan %s"),
                         content->view->county->regions[content->county].name, plan);
    if (result->before)
        return om_format(om_tr("Delivery areas: plan %s against %s"), plan,
                         result->before->the_case->plan->name);
    return om_format(om_tr("Delivery areas: plan %s"), plan);
}

static char *subtitle_of(const struct map_result *result)
{
    const struct plan_rules *rules = &result->the_case->rules;
    return om_format(om_tr("Who can choose between suppliers, who cannot, and where to deliver in-house. "
                           "Judged by at least %d suppliers within %s minutes."),
                     rules->min_suppliers, map_short(rules->max_minutes).text);
}

/* The time that stands for now, its date alone. */
static char *date_of(const struct map_result *result)
{
    char timestamp[32];
    layer_timestamp(result, timestamp);
    return om_strndup(timestamp, 10);
}

static void open_document(struct report_content *content)
{
    struct document *document = content->document;
    document->title = title_of(content);
    document->subtitle = subtitle_of(content->result);
    document->date = date_of(content->result);
    document->notice = map_notice(content->result);
    document->language = om_strdup(strchr(om_tr("language:en"), ':') + 1);
    document->out_of_memory |=
        !document->title || !document->subtitle || !document->date || !document->language;
    if (document->notice)
        document_paragraph(document, DOCUMENT_NOTICE, "%s", document->notice);
}

om_status report_content(om_context *ctx, const struct layer_view *view, const struct map_report *request,
                         struct document *out)
{
    struct document document = {0};
    struct report_content content = {
        .ctx = ctx, .view = view, .result = view->result, .request = request, .document = &document};
    om_status status = find_scope(ctx, &content);
    if (status == OM_OK) {
        open_document(&content);
        for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
            sections[i](&content);
        status = document.out_of_memory ? om_no_memory(ctx) : OM_OK;
    }
    om_free(content.municipality_in);
    om_free(content.area_in);
    if (status == OM_OK)
        *out = document;
    else
        document_done(&document);
    return status;
}

/* How evenly the way to a supplier is spread. */
#include "geo/text.h"
#include "report_content.h"
#include "words.h"

static void spread_row(struct report_content *content, const struct plan_equity_group *group, int target)
{
    struct document *document = content->document;
    const struct plan_spread *spread = &group->spread[target];
    document_text(document, DOCUMENT_STRONG, "%s", map_equity_group_name(content->result, group));
    document_text(document, DOCUMENT_PLAIN, "%s",
                  target == PLAN_EQUITY_NEAREST ? om_tr("nearest") : om_tr("second"));
    document_number(document, DOCUMENT_PLAIN, group->job_seekers);
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++) {
        double minutes = map_minutes_tenths(spread->percentile_s[p]);
        if (minutes >= 0)
            document_number(document, DOCUMENT_PLAIN, minutes);
        else
            document_text(document, DOCUMENT_FAINT, "%s", om_tr("unreachable"));
    }
    document_number(document, DOCUMENT_PLAIN, spread->unreachable_share);
    document_number(document, DOCUMENT_PLAIN, spread->gini);
}

static void percentile_columns(struct document *document)
{
    for (int p = 0; p < PLAN_EQUITY_PERCENTILES; p++) {
        char title[16];
        snprintf(title, sizeof title, "%d\u00a0%%", plan_equity_percentiles[p]);
        document_column(document,
                        &(struct document_column){
                            .title = title,
                            .description = om_tr("So many of the job seekers travel at most so many minutes"),
                            .type = DOCUMENT_MINUTES,
                            .priority = p % 2 ? 2 : 1});
    }
}

void report_equity(struct report_content *content)
{
    const struct plan_equity *equity = content->result->evaluation->equity;
    struct document *document = content->document;
    document_heading(document, 1, "equity-section", "%s", om_tr("Equity"));
    document_paragraph(
        document, DOCUMENT_BODY, "%s",
        om_tr("How long job seekers travel to the nearest and to the second nearest supplier of their "
              "area. Those who reach none are counted after everybody who does. The Gini coefficient "
              "is 0 when all who reach one travel alike, and close to 1 when a few do all the "
              "travelling."));
    document_table(document, "equity", om_tr("Equity"),
                   om_tr("Minutes within which a share of the job seekers of a group reach the supplier."));
    document_column(document,
                    &(struct document_column){.title = om_tr("Group"), .priority = 1, .is_row_header = true});
    document_column(document,
                    &(struct document_column){.title = om_tr("Supplier"), .priority = 1, .is_filter = true});
    document_column(document, &(struct document_column){
                                  .title = om_tr("Job seekers"), .type = DOCUMENT_WHOLE, .priority = 1});
    percentile_columns(document);
    document_column(document, &(struct document_column){
                                  .title = om_tr("Reach none"), .type = DOCUMENT_SHARE, .priority = 1});
    document_column(document,
                    &(struct document_column){
                        .title = om_tr("Gini"), .type = DOCUMENT_NUMBER, .decimals = 2, .priority = 2});
    for (size_t g = 0; g < equity->n_groups; g++) {
        bool is_elsewhere = content->county != PLAN_NOWHERE &&
                            equity->groups[g].grouping == PLAN_EQUITY_COUNTY &&
                            equity->groups[g].index != content->county;
        for (int target = 0; !is_elsewhere && target < PLAN_EQUITY_TARGETS; target++)
            spread_row(content, &equity->groups[g], target);
    }
}

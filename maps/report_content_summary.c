#include "geo/text.h"
#include "report_content.h"
#include "words.h"

static void headline_figures(struct report_content *content)
{
    const struct plan_headline *h = &content->result->evaluation->headline;
    const struct {
        const char *label;
        double share, bound;
    } figures[] = {
        {om_tr("have a choice of suppliers"), h->choice, h->bound_choice},
        {om_tr("reach at least one supplier"), h->reach_one, h->bound_reach_one},
        {om_tr("have a supplier in their own municipality"), h->own_office, h->bound_own_office},
    };
    document_figures(content->document);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        document_figure(content->document, figures[i].label, DOCUMENT_SHARE, figures[i].share, DOCUMENT_PLAIN,
                        om_tr("%s job seekers; at best, with any map, %s"),
                        map_count(figures[i].share * h->job_seekers).text,
                        map_share(figures[i].bound, 1).text);
}

void report_summary(struct report_content *content)
{
    document_heading(content->document, 1, "summary", "%s", om_tr("Summary"));
    headline_figures(content);
}

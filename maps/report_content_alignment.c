/* How the areas agree with the regions they should nest in. */
#include "geo/text.h"
#include "report_content.h"
#include "words.h"

static void split_table(struct report_content *content, const struct plan_alignment *alignment)
{
    const struct document_column columns[] = {
        {.title = om_tr("Region"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Piece in area"), .type = DOCUMENT_TEXT, .priority = 1},
        {.title = om_tr("Job seekers in it"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("Reason"), .type = DOCUMENT_TEXT, .priority = 1, .is_filter = true},
    };
    document_table(
        content->document, "splits", om_tr("Splits of regions"),
        om_tr("Pieces of regions that lie in another area than most of the region; those without a "
              "reason first."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(content->document, &columns[i]);
    for (size_t i = 0; i < alignment->n_splits; i++) {
        const struct plan_split *split = &alignment->splits[i];
        if (!content->area_in[split->area])
            continue;
        document_text(content->document, DOCUMENT_STRONG, "%s",
                      alignment->reference->regions[split->region].name);
        document_text(content->document, DOCUMENT_PLAIN, "%s",
                      content->result->the_case->plan->areas[split->area].name);
        document_number(content->document, DOCUMENT_PLAIN, split->job_seekers);
        document_text(content->document,
                      split->reason == PLAN_SPLIT_UNEXPLAINED ? DOCUMENT_BAD : DOCUMENT_PLAIN, "%s",
                      map_split_word(split->reason));
    }
}

static void measure_row(struct document *document, const char *name, double alike, double weighted)
{
    document_text(document, DOCUMENT_STRONG, "%s", name);
    document_number(document, DOCUMENT_PLAIN, alike);
    document_number(document, DOCUMENT_PLAIN, weighted);
}

static void measure_table(struct report_content *content, const struct plan_alignment *alignment)
{
    const struct plan_agreement *alike = &alignment->by_municipality, *weighted = &alignment->by_job_seekers;
    const struct document_column columns[] = {
        {.title = om_tr("Measure"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Municipalities alike"), .type = DOCUMENT_NUMBER, .decimals = 3, .priority = 1},
        {.title = om_tr("By job seekers"), .type = DOCUMENT_NUMBER, .decimals = 3, .priority = 1},
    };
    struct document *document = content->document;
    document_table(document, "alignment", om_tr("Alignment"),
                   om_tr("The whole country: 1 is full agreement, but 0 for the variation of information."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(document, &columns[i]);
    measure_row(document, om_tr("homogeneity"), alike->homogeneity, weighted->homogeneity);
    measure_row(document, om_tr("completeness"), alike->completeness, weighted->completeness);
    measure_row(document, om_tr("V-measure"), alike->v_measure, weighted->v_measure);
    measure_row(document, om_tr("adjusted Rand index"), alike->adjusted_rand, weighted->adjusted_rand);
    measure_row(document, om_tr("variation of information, bits"), alike->variation_of_information_bits,
                weighted->variation_of_information_bits);
}

void report_alignment(struct report_content *content)
{
    const struct plan_alignment *alignment = content->result->evaluation->alignment;
    size_t n_splits = 0, n_straddling = 0;
    document_heading(content->document, 1, "alignment-section", "%s", om_tr("Agreement with regions"));
    if (!alignment) {
        document_paragraph(content->document, DOCUMENT_BODY,
                           om_tr("The project has no regions of kind %s to compare with."),
                           content->result->the_case->rules.reference);
        return;
    }
    for (size_t i = 0; i < alignment->n_splits; i++)
        n_splits += content->area_in[alignment->splits[i].area];
    for (size_t a = 0; a < alignment->n_areas; a++)
        n_straddling += content->area_in[a] && alignment->areas[a].n_regions > 1;
    document_paragraph(
        content->document, DOCUMENT_BODY,
        om_tr("Areas should nest in the regions %s. Areas that lie in more than one region: %s. "
              "Pieces of regions split off from the rest: %s."),
        alignment->reference->kind, map_count((double)n_straddling).text, map_count((double)n_splits).text);
    if (n_splits)
        split_table(content, alignment);
    measure_table(content, alignment);
}

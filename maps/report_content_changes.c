/* What another plan changes: areas, the status of municipalities, and the rules that areas fail. */
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

struct kind_sum {
    size_t n_before, n_after;
    int32_t n_moved;
    double job_seekers_moved;
};

static void family_row(struct document *document, const char *what, const struct kind_sum *sum)
{
    document_text(document, DOCUMENT_STRONG, "%s", what);
    document_number(document, DOCUMENT_PLAIN, (double)sum->n_before);
    document_number(document, DOCUMENT_PLAIN, (double)sum->n_after);
    document_number(document, DOCUMENT_PLAIN, sum->n_moved);
    document_number(document, DOCUMENT_PLAIN, sum->job_seekers_moved);
}

static void family_table(struct report_content *content)
{
    const struct plan_genealogy *genealogy = content->result->comparison->genealogy;
    const struct document_column columns[] = {
        {.title = om_tr("Areas"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Before"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("After"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("Municipalities moved"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("Job seekers moved"), .type = DOCUMENT_WHOLE, .priority = 1},
    };
    struct kind_sum sums[PLAN_FAMILY_KINDS] = {0};
    for (size_t f = 0; f < genealogy->n_families; f++) {
        const struct plan_family *family = &genealogy->families[f];
        struct kind_sum *sum = &sums[plan_family_kind(family)];
        sum->n_before += family->before.n;
        sum->n_after += family->after.n;
        sum->n_moved += plan_family_n_moved(family);
        sum->job_seekers_moved += plan_family_job_seekers_moved(family);
    }
    document_table(content->document, "area-changes", om_tr("What became of areas"),
                   om_tr("What became of the areas of the whole country."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(content->document, &columns[i]);
    for (int kind = 0; kind < PLAN_FAMILY_KINDS; kind++)
        if (sums[kind].n_before)
            family_row(content->document, map_family_word((enum plan_family_kind)kind), &sums[kind]);
}

static bool has_changed(const struct report_content *content, struct layer_row row)
{
    const struct map_result *after = content->result, *before = after->before;
    size_t m = row.index;
    return content->municipality_in[m] &&
           (before->evaluation->municipalities[m].status != after->evaluation->municipalities[m].status ||
            after->comparison->genealogy->move[m] != PLAN_MOVE_STAYED);
}

static const char *change_word(const char *value, enum document_tone *tone)
{
    if (*value == 'l') {
        *tone = DOCUMENT_BAD;
        return om_tr("worse");
    }
    if (*value == 'g') {
        *tone = DOCUMENT_GOOD;
        return om_tr("better");
    }
    *tone = DOCUMENT_FAINT;
    return om_tr("the same");
}

static void municipality_table(struct report_content *content)
{
    static const struct report_column columns[] = {
        {"name", DOCUMENT_TEXT, 1, .is_row_header = true},
        {"code", DOCUMENT_CODE, 1, .title = OM_NOTE("Code")},
        {"job_seekers", DOCUMENT_WHOLE, 1, .title = OM_NOTE("Job seekers")},
        {"change", DOCUMENT_TEXT, 1, .title = OM_NOTE("Status is"), .word = change_word, .is_filter = true},
        {"status_before", DOCUMENT_TEXT, 1, .title = OM_NOTE("Status before"), .word = report_status,
         .is_filter = true},
        {"status_after", DOCUMENT_TEXT, 1, .title = OM_NOTE("Status after"), .word = report_status,
         .is_filter = true},
        {"cause_after", DOCUMENT_TEXT, 1, .title = OM_NOTE("Cause after"), .word = report_cause},
        {"area_before", DOCUMENT_TEXT, 1, .title = OM_NOTE("Area before")},
        {"move", DOCUMENT_TEXT, 2, .title = OM_NOTE("Move"), .word = report_move, .is_filter = true},
        {"area_after", DOCUMENT_TEXT, 1, .title = OM_NOTE("Area after")},
        {"nearest_min_before", DOCUMENT_MINUTES, 2, .title = OM_NOTE("Minutes before"),
         .missing = OM_NOTE("unreachable")},
        {"nearest_min_after", DOCUMENT_MINUTES, 2, .title = OM_NOTE("Minutes after"),
         .missing = OM_NOTE("unreachable")},
    };
    document_table(content->document, "changes", om_tr("Changes"),
                   om_tr("The municipalities whose status changes, or that move to another area."));
    report_layer_table(content, "changes", columns, sizeof columns / sizeof *columns, has_changed);
}

static void rule_table(struct report_content *content)
{
    static const char *const words[PLAN_RULES] = {
        [PLAN_RULE_CHOICE] = OM_NOTE("everybody has a choice"),
        [PLAN_RULE_REACH] = OM_NOTE("every main town is near a supplier"),
        [PLAN_RULE_IN_HOUSE] = OM_NOTE("nobody needs in-house delivery"),
        [PLAN_RULE_MARKET] = OM_NOTE("enough participants for each supplier"),
        [PLAN_RULE_ALIGNMENT] = OM_NOTE("within one region"),
        [PLAN_RULE_CONTIGUITY] = OM_NOTE("in one piece"),
    };
    const struct document_column columns[] = {
        {.title = om_tr("Rule for areas"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Fail before"), .type = DOCUMENT_WHOLE, .priority = 1},
        {.title = om_tr("Fail after"), .type = DOCUMENT_WHOLE, .priority = 1},
    };
    const struct plan_comparison *comparison = content->result->comparison;
    document_table(content->document, "rule-changes", om_tr("Rules before and after"),
                   om_tr("How many areas of the whole country fail each rule."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(content->document, &columns[i]);
    for (int rule = 0; rule < PLAN_RULES; rule++) {
        document_text(content->document, DOCUMENT_STRONG, "%s", om_tr(words[rule]));
        for (int side = 0; side < PLAN_SIDES; side++)
            document_number(content->document, DOCUMENT_PLAIN,
                            comparison->verdicts[side][rule][PLAN_VERDICT_FAIL]);
    }
}

void report_changes(struct report_content *content)
{
    const struct map_result *before = content->result->before;
    if (!before || !content->result->comparison)
        return;
    document_heading(content->document, 1, "changes-section", om_tr("What changes against %s"),
                     before->the_case->plan->name);
    document_paragraph(
        content->document, DOCUMENT_BODY, om_tr("Before: plan %s with %s. After: plan %s with %s."),
        before->the_case->plan->name, report_n_areas((double)map_count_areas(before)).text,
        content->result->the_case->plan->name, report_n_areas((double)map_count_areas(content->result)).text);
    family_table(content);
    rule_table(content);
    municipality_table(content);
}

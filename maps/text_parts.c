#include "text_parts.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "text_table.h"
#include "words.h"

void map_opening_text(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct data_case *the_case = result->the_case;
    const struct plan_rules *rules = &the_case->rules;
    text_line(style, out, TEXT_STRONG, om_tr("Plan %s: %s municipalities in %s areas, %s job seekers"),
              the_case->plan->name, map_count((double)result->evaluation->n).text,
              map_count((double)result->evaluation->n_areas).text,
              map_count(result->evaluation->headline.job_seekers).text);
    text_line(style, out, TEXT_PLAIN,
              om_tr("Rules %s: at least %d suppliers within %g minutes (%s), who may serve by %s"),
              the_case->rules_name ? the_case->rules_name : om_tr("default"), rules->min_suppliers,
              rules->max_minutes, plan_statistic_names[rules->statistic], plan_basis_names[rules->basis]);
    char *notice = map_notice(result);
    if (notice)
        text_line(style, out, TEXT_FAIR, "%s", notice);
    om_free(notice);
    fputc('\n', out);
}

void map_hashes_text(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct data_case *the_case = result->the_case;
    fputc('\n', out);
    text_line(style, out, TEXT_FAINT, om_tr("omland %s, SHA-256 of plan, rules, input and result:"),
              result->tool_version ? result->tool_version : "");
    const char *const hashes[] = {the_case->plan_sha256, the_case->rules_sha256, the_case->input_sha256,
                                  result->result_sha256 ? result->result_sha256 : "-"};
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++)
        text_line(style, out, TEXT_FAINT, "%s", hashes[i]);
}

#include "text_parts.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "text_table.h"
#include "words.h"

#include <string.h>

/* "0980 Gotland, 2584 Kiruna": who is in no area yet. */
static void print_hole(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct plan *plan = result->the_case->plan;
    const struct plan_municipality *municipalities = result->the_case->territory->municipalities;
    char *names = om_strdup("");
    for (size_t m = 0; names && m < plan->n; m++) {
        if (!plan->areas[plan->area_of[m]].is_hole)
            continue;
        char *longer =
            om_format("%s%s%s %s", names, *names ? ", " : "", municipalities[m].code, municipalities[m].name);
        om_free(names);
        names = longer;
    }
    if (names && *names)
        text_line(style, out, TEXT_FAIR,
                  om_tr("Plan %s is unfinished. In no area yet, so that nobody serves them: %s"), plan->name,
                  names);
    om_free(names);
}

static void print_plans(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct data_case *the_case = result->the_case;
    if (!result->before) {
        text_line(style, out, TEXT_STRONG, om_tr("Plan %s: %s municipalities in %s areas, %s job seekers"),
                  the_case->plan->name, map_count((double)result->evaluation->n).text,
                  map_count((double)map_count_areas(result)).text,
                  map_count(result->evaluation->headline.job_seekers).text);
        return;
    }
    text_line(style, out, TEXT_STRONG,
              om_tr("Before %s in %s areas, after %s in %s areas: %s municipalities, %s job seekers"),
              result->before->the_case->plan->name, map_count((double)map_count_areas(result->before)).text,
              the_case->plan->name, map_count((double)map_count_areas(result)).text,
              map_count((double)result->evaluation->n).text,
              map_count(result->evaluation->headline.job_seekers).text);
}

static struct map_figure hour_text(int32_t time_s)
{
    struct map_figure text;
    snprintf(text.text, sizeof text.text, "%02d:%02d", time_s / 3600, time_s / 60 % 60);
    return text;
}

/* Imported times say nothing of a window. */
static void print_profile(const struct data_profile *profile, const struct map_text_style *style, FILE *out)
{
    if (!profile || profile->from_s == GEO_NO_TIME)
        return;
    text_line(style, out, TEXT_PLAIN,
              profile->arrive_by ? om_tr("Travel times %s of %s: there between %s and %s")
                                 : om_tr("Travel times %s of %s: departures from %s until %s"),
              profile->name, profile->date ? profile->date : "?", hour_text(profile->from_s).text,
              hour_text(profile->until_s).text);
}

static void print_rules(const struct data_case *the_case, const struct map_text_style *style, FILE *out)
{
    const struct plan_rules *rules = &the_case->rules;
    text_line(style, out, TEXT_PLAIN, om_tr("Rules %s: at least %d suppliers within %s minutes (%s); %s"),
              the_case->rules_name ? the_case->rules_name : om_tr("default"), rules->min_suppliers,
              map_short(rules->max_minutes).text, map_statistic_word(rules->statistic),
              map_basis_word(rules->basis));
    if (*rules->return_profile)
        text_line(style, out, TEXT_PLAIN,
                  om_tr("Minutes are the longer of the way there and the way home (profile %s)"),
                  rules->return_profile);
}

static void print_opening(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct map_result *before = result->before;
    print_plans(result, style, out);
    if (before)
        print_hole(before, style, out);
    print_hole(result, style, out);
    if (before && strcmp(before->the_case->rules_sha256, result->the_case->rules_sha256) != 0)
        print_rules(before->the_case, style, out);
    print_rules(result->the_case, style, out);
    if (!before)
        print_profile(result->the_case->profile, style, out);
    if (!result->evaluation->travel_is_known || (before && !before->evaluation->travel_is_known))
        text_line(style, out, TEXT_FAIR, "%s",
                  om_tr("No travel times are known: only the own municipality counts as within reach."));
    char *notice = map_notice(result);
    if (notice)
        text_line(style, out, TEXT_FAIR, "%s", notice);
    om_free(notice);
}

static void print_hashes(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const struct data_case *the_case = result->the_case;
    const char *const hashes[] = {the_case->plan_sha256, the_case->rules_sha256, the_case->input_sha256,
                                  result->result_sha256 ? result->result_sha256 : "-"};
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++)
        text_line(style, out, TEXT_FAINT, "%s", hashes[i]);
}

static void print_closing(const struct map_result *result, const struct map_text_style *style, FILE *out)
{
    const char *version = result->tool_version ? result->tool_version : "";
    if (!result->before) {
        text_line(style, out, TEXT_FAINT, om_tr("omland %s, SHA-256 of plan, rules, input and result:"),
                  version);
        print_hashes(result, style, out);
        return;
    }
    text_line(style, out, TEXT_FAINT, om_tr("omland %s, SHA-256 of the results before and after:"), version);
    text_line(style, out, TEXT_FAINT, "%s", result->before->result_sha256);
    text_line(style, out, TEXT_FAINT, "%s", result->result_sha256);
}

om_status map_print_parts(om_context *ctx, const struct map_result *result,
                          const struct map_text_style *style, map_text_part *const *parts, FILE *out)
{
    print_opening(result, style, out);
    for (; *parts; parts++) {
        fputc('\n', out);
        om_status status = (*parts)(ctx, result, style, out);
        if (status != OM_OK)
            return status;
    }
    fputc('\n', out);
    print_closing(result, style, out);
    return ferror(out) ? om_fail(ctx, OM_IO, "%s", om_tr("writing the table failed")) : OM_OK;
}

#include "report_words.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* The plural form goes by the rounded number; an unknown one ("?") is many. */
static unsigned long plural(double n)
{
    return isfinite(n) && n >= 0 ? (unsigned long)round(n) : 2;
}

static struct report_phrase counted(const char *form, double n)
{
    struct report_phrase phrase;
    snprintf(phrase.text, sizeof phrase.text, form, map_count(n).text);
    return phrase;
}

struct report_phrase report_n_municipalities(double n)
{
    return counted(om_tr_n("%s municipality", "%s municipalities", plural(n)), n);
}

struct report_phrase report_n_areas(double n)
{
    return counted(om_tr_n("%s area", "%s areas", plural(n)), n);
}

struct report_phrase report_n_suppliers(double n)
{
    return counted(om_tr_n("%s supplier", "%s suppliers", plural(n)), n);
}

struct report_phrase report_n_job_seekers(double n)
{
    return counted(om_tr_n("%s job seeker", "%s job seekers", plural(n)), n);
}

struct report_phrase report_n_places(double n)
{
    return counted(om_tr_n("%s place", "%s places", plural(n)), n);
}

struct report_phrase report_minutes(double duration_s)
{
    struct report_phrase phrase;
    if (isnan(duration_s))
        snprintf(phrase.text, sizeof phrase.text, "%s", om_tr("unreachable"));
    else
        phrase =
            counted(om_tr_n("%s minute", "%s minutes", plural(ceil(duration_s / 60))), ceil(duration_s / 60));
    return phrase;
}

struct report_phrase report_limit(const struct map_result *result)
{
    double minutes = result->the_case->rules.max_minutes;
    struct report_phrase phrase;
    snprintf(phrase.text, sizeof phrase.text, om_tr_n("%s minute", "%s minutes", minutes == 1 ? 1 : 2),
             map_short(minutes).text);
    return phrase;
}

char *report_join(const char *const *names, size_t n, size_t shown)
{
    size_t n_told = n <= shown ? n : shown;
    char *list = om_strdup("");
    for (size_t i = 0; list && i < n_told; i++) {
        bool is_last = i + 1 == n;
        char *longer = om_format("%s%s%s", list, !i ? "" : is_last ? om_tr(" and ") : ", ", names[i]);
        om_free(list);
        list = longer;
    }
    if (!list || n_told == n)
        return list;
    char *longer = om_format(om_tr("%s and %s more"), list, map_count((double)(n - n_told)).text);
    om_free(list);
    return longer;
}

char *report_list(struct document *document, char *list, const char *format, ...)
{
    char item[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(item, sizeof item, format, arguments);
    va_end(arguments);
    char *longer = om_format("%s%s%s", list ? list : "", list ? ", " : "", item);
    document->out_of_memory |= !longer;
    om_free(list);
    return longer;
}

static void add_municipality(struct report_sums *sums, const struct map_result *result, size_t m)
{
    const struct plan_municipality_result *judged = &result->evaluation->municipalities[m];
    double known = result->the_case->territory->municipalities[m].job_seekers;
    double job_seekers = isnan(known) ? 0 : known;
    int min = result->the_case->rules.min_suppliers;
    sums->n++;
    sums->n_job_seekers_unknown += isnan(known);
    sums->n_sparse += judged->is_sparse;
    sums->n_status[judged->status]++;
    sums->n_cause[judged->cause]++;
    sums->n_need[judged->need]++;
    sums->job_seekers += job_seekers;
    sums->status[judged->status] += job_seekers;
    sums->cause[judged->cause] += job_seekers;
    sums->need[judged->need] += job_seekers;
    sums->own_office += judged->has_own_office ? job_seekers : 0;
    sums->reach_one += judged->suppliers_inside >= 1 ? job_seekers : 0;
    sums->choice += judged->status == PLAN_STATUS_CHOICE ? job_seekers : 0;
    sums->bound_reach_one += judged->suppliers_anywhere >= 1 ? job_seekers : 0;
    sums->bound_choice += judged->suppliers_anywhere >= min ? job_seekers : 0;
}

void report_sum(const struct report_content *content, const struct map_result *result,
                struct report_sums *sums)
{
    *sums = (struct report_sums){0};
    for (size_t m = 0; m < result->evaluation->n; m++)
        if (content->municipality_in[m])
            add_municipality(sums, result, m);
}

const char *report_region_name(const struct report_content *content)
{
    return content->county == PLAN_NOWHERE ? om_tr("the country")
                                           : content->view->county->regions[content->county].name;
}

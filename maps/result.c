#include "maps/result.h"

#include "geo/memory.h"
#include "geo/text.h"
#include "words.h"

#include <string.h>

/* Kinds of sources in the words of a planner. */
static const struct {
    const char *kind, *words;
} kinds[] = {
    {"municipalities", OM_NOTE("the municipalities")},
    {"boundaries", OM_NOTE("the polygons")},
    {"localities", OM_NOTE("the localities")},
    {"regions", OM_NOTE("the regions")},
    {"job-seekers", OM_NOTE("the job seekers")},
    {"suppliers", OM_NOTE("the supplier market")},
    {"contracts", OM_NOTE("the contracts")},
    {"links", OM_NOTE("the links")},
    {"plan", OM_NOTE("the plan")},
    {"travel-times", OM_NOTE("the travel times")},
    {"travel_times", OM_NOTE("the travel times")},
    {"feed", OM_NOTE("the timetable")},
};

const char *map_source_words(const struct data_source *source)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (source->kind && strcmp(kinds[i].kind, source->kind) == 0)
            return om_tr(kinds[i].words);
    return source->name;
}

/* Other plans and, where offices decide, the contracts have no part in the result. */
static bool case_rests_on(const struct data_case *the_case, const struct data_source *source)
{
    if (source->kind && strcmp(source->kind, "contracts") == 0)
        return the_case->rules.basis == PLAN_BASIS_CONTRACTS;
    if (!source->kind || strcmp(source->kind, "plan") != 0 || !source->subject)
        return true;
    const char *name = strchr(source->subject, ' ');
    return !name || strcmp(name + 1, the_case->plan->name) == 0;
}

static bool rests_on(const struct map_result *result, const struct data_source *source)
{
    return case_rests_on(result->the_case, source) ||
           (result->before && case_rests_on(result->before->the_case, source));
}

static bool is_marked(const struct map_result *result, const struct data_source *source, bool synthetic)
{
    return (synthetic ? source->is_synthetic : source->is_schematic) && rests_on(result, source);
}

/* "the supplier market, the timetable": what the marked sources are, each once. NULL when memory is out; ""
 * when none. */
static char *marked_words(const struct map_result *result, bool synthetic)
{
    const struct data_case *the_case = result->the_case;
    char *words = om_strdup("");
    for (size_t i = 0; words && i < the_case->n_sources; i++) {
        const struct data_source *source = &the_case->sources[i];
        bool is_known = !is_marked(result, source, synthetic);
        for (size_t k = 0; k < i && !is_known; k++)
            is_known = is_marked(result, &the_case->sources[k], synthetic) &&
                       strcmp(map_source_words(&the_case->sources[k]), map_source_words(source)) == 0;
        if (!is_known)
            words = map_list(words, map_source_words(source));
    }
    return words;
}

char *map_notice(const struct map_result *result)
{
    char *synthetic = marked_words(result, true);
    char *schematic = marked_words(result, false);
    char *notice = NULL;
    if (synthetic && schematic && *synthetic && *schematic)
        notice = om_format(om_tr("Not real but synthetic: %s. Not exact but schematic: %s."), synthetic,
                           schematic);
    else if (synthetic && *synthetic)
        notice = om_format(om_tr("Not real but synthetic: %s."), synthetic);
    else if (schematic && *schematic)
        notice = om_format(om_tr("Not exact but schematic: %s."), schematic);
    om_free(synthetic);
    om_free(schematic);
    return notice;
}

/* "the job seekers 2022-12" */
static char *dated_words(const struct data_source *source)
{
    return source->date ? om_format("%s %s", map_source_words(source), source->date)
                        : om_strdup(map_source_words(source));
}

static bool is_same_licence(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Adds to a text that is freed; NULL when either is, or memory is out. */
static char *longer(char *text, const char *between, char *more)
{
    char *both = text && more ? om_format("%s%s%s", text, between, more) : NULL;
    om_free(text);
    om_free(more);
    return both;
}

/* A map or report names only the regions its rules go by. */
static bool is_told(const struct map_result *result, const struct data_source *source)
{
    const char *name = source->subject ? strchr(source->subject, ' ') : NULL;
    bool is_other_region = source->kind && strcmp(source->kind, "regions") == 0 && name &&
                           strcmp(name + 1, result->the_case->rules.reference) != 0;
    return rests_on(result, source) && !is_other_region;
}

/* Sources of one licence from the first on; *told marks them. */
static char *licence_words(const struct map_result *result, size_t first, bool *told)
{
    const struct data_case *the_case = result->the_case;
    const char *licence = the_case->sources[first].licence;
    char *words = om_strdup("");
    for (size_t i = first; words && i < the_case->n_sources; i++) {
        const struct data_source *source = &the_case->sources[i];
        if (!is_told(result, source) || !is_same_licence(licence, source->licence))
            continue;
        told[i] = true;
        char *dated = dated_words(source);
        if (dated && strstr(words, dated))
            om_free(dated);
        else
            words = longer(words, *words ? ", " : "", dated);
    }
    return licence ? longer(words, "", om_format(" (%s)", licence)) : words;
}

char *map_sources_words(const struct map_result *result)
{
    const struct data_case *the_case = result->the_case;
    bool *told = om_alloc(the_case->n_sources, sizeof *told);
    char *words = told ? om_strdup("") : NULL;
    for (size_t i = 0; words && i < the_case->n_sources; i++)
        if (!told[i] && is_told(result, &the_case->sources[i]))
            words = longer(words, *words ? "; " : "", licence_words(result, i, told));
    om_free(told);
    char *whole = words ? om_format(om_tr("Sources: %s."), words) : NULL;
    om_free(words);
    return whole;
}

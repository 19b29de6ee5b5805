#include "planner/rules.h"

#include "listing_internal.h"

#include "geo/memory.h"
#include "geo/text.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const plan_basis_names[PLAN_BASES] = {
    [PLAN_BASIS_OFFICES] = "offices",
    [PLAN_BASIS_CONTRACTS] = "contracts",
};
const char *const plan_ranking_names[PLAN_RANKINGS] = {
    [PLAN_RANKING_LEXICOGRAPHIC] = "lexicographic",
    [PLAN_RANKING_WEIGHTED] = "weighted",
};
const char *const plan_goal_names[PLAN_GOALS] = {
    [PLAN_GOAL_WITHOUT_SUPPLIER] = "without_supplier",
    [PLAN_GOAL_WITHOUT_CHOICE] = "without_choice",
    [PLAN_GOAL_MISALIGNED] = "misaligned",
    [PLAN_GOAL_THIN_MARKET] = "thin_market",
    [PLAN_GOAL_MOVED] = "moved",
    [PLAN_GOAL_INTERNAL_TRAVEL] = "internal_travel",
    [PLAN_GOAL_BORDER] = "border",
};

#define PLACE(member) offsetof(struct plan_rules, member), sizeof(((struct plan_rules *)0)->member)
#define WORDS(names) names, sizeof(names) / sizeof *(names)

const struct plan_rule_field plan_rule_fields[] = {
    {"service", "name", PLAN_RULE_TEXT, PLACE(service), 0, 0, NULL, 0,
     OM_NOTE("the service whose contracts count; empty: the only one there is")},
    {"choice", "min_suppliers", PLAN_RULE_INTEGER, PLACE(min_suppliers), 1, 100, NULL, 0,
     OM_NOTE("how many suppliers a job seeker must be able to reach to have a choice")},
    {"reach", "profile", PLAN_RULE_TEXT, PLACE(profile), 0, 0, NULL, 0,
     OM_NOTE("the travel-time profile; empty: the only or first one of the project")},
    {"reach", "return_profile", PLAN_RULE_TEXT, PLACE(return_profile), 0, 0, NULL, 0,
     OM_NOTE("the travel-time profile of the way home, which must be within the limit too; empty: only the "
             "way there counts")},
    {"reach", "max_minutes", PLAN_RULE_NUMBER, PLACE(max_minutes), 0, 1440, NULL, 0,
     OM_NOTE("the longest one-way trip from seat to seat, in minutes; exactly this long is within")},
    {"reach", "statistic", PLAN_RULE_NAME, PLACE(statistic), 0, 0, WORDS(plan_statistic_names),
     OM_NOTE("which statistic of the travel time the limit is held against")},
    {"reach", "basis", PLAN_RULE_NAME, PLACE(basis), 0, 0, WORDS(plan_basis_names),
     OM_NOTE(
         "who may serve: every supplier with an active office in the area, or only those that also have a "
         "contract for the municipality")},
    {"alignment", "reference", PLAN_RULE_TEXT, PLACE(reference), 0, 0, NULL, 0,
     OM_NOTE("the kind of regions that areas should nest in")},
    {"alignment", "metropolitan_population", PLAN_RULE_NUMBER, PLACE(metropolitan_population), 0, 1e9, NULL,
     0, OM_NOTE("a region with more people than this is too large for one area, which explains its split")},
    {"market", "min_participants_per_supplier", PLAN_RULE_NUMBER, PLACE(min_participants_per_supplier), 0,
     1e6, NULL, 0, OM_NOTE("the fewest expected participants for each supplier in an area")},
    {"market", "diluted_below", PLAN_RULE_NUMBER, PLACE(diluted_below), 0, 1e6, NULL, 0,
     OM_NOTE("a market is diluted when each supplier can expect fewer participants than this")},
    {"density", "sparse_share", PLAN_RULE_NUMBER, PLACE(sparse_density_share), 0, 100, NULL, 0,
     OM_NOTE("a municipality is sparse below this share of the country's mean population density")},
    {"search", "ranking", PLAN_RULE_NAME, PLACE(search.ranking), 0, 0, WORDS(plan_ranking_names),
     OM_NOTE("lexicographic: a goal of larger weight always comes first; weighted: the sum of weight times "
             "goal counts")},
    {"search", "without_supplier", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_WITHOUT_SUPPLIER]), 0, 1e9,
     NULL, 0, OM_NOTE("weight of job seekers who reach no supplier; 0: no goal")},
    {"search", "without_choice", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_WITHOUT_CHOICE]), 0, 1e9,
     NULL, 0, OM_NOTE("weight of job seekers without a choice; 0: no goal")},
    {"search", "misaligned", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_MISALIGNED]), 0, 1e9, NULL, 0,
     OM_NOTE("weight of job seekers in unexplained splits of regions, or outside the region that dominates "
             "their area; 0: no goal")},
    {"search", "thin_market", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_THIN_MARKET]), 0, 1e9, NULL, 0,
     OM_NOTE("weight of job seekers in areas that fail the market rule; 0: no goal")},
    {"search", "moved", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_MOVED]), 0, 1e9, NULL, 0,
     OM_NOTE("weight of job seekers whose area is not what it was in the plan the search starts from; 0: no "
             "goal")},
    {"search", "internal_travel", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_INTERNAL_TRAVEL]), 0, 1e9,
     NULL, 0,
     OM_NOTE("weight of job-seeker hours, if everyone went once to each other seat in the area; 0: no goal")},
    {"search", "border", PLAN_RULE_NUMBER, PLACE(search.weight[PLAN_GOAL_BORDER]), 0, 1e9, NULL, 0,
     OM_NOTE("weight of the length of border between areas in km, which makes areas compact; 0: no goal")},
    {"search", "min_areas", PLAN_RULE_INTEGER, PLACE(search.min_areas), 0, 1e6, NULL, 0,
     OM_NOTE("the fewest areas; 0: as many as in the plan the search starts from")},
    {"search", "max_areas", PLAN_RULE_INTEGER, PLACE(search.max_areas), 0, 1e6, NULL, 0,
     OM_NOTE("the most areas; 0: as many as in the plan the search starts from")},
    {"search", "min_job_seekers", PLAN_RULE_NUMBER, PLACE(search.min_job_seekers), 0, 1e9, NULL, 0,
     OM_NOTE("the fewest job seekers in an area")},
    {"search", "max_job_seekers", PLAN_RULE_NUMBER, PLACE(search.max_job_seekers), 0, 1e9, NULL, 0,
     OM_NOTE("the most job seekers in an area; 0: any number")},
    {"search", "max_trip_minutes", PLAN_RULE_NUMBER, PLACE(search.max_trip_minutes), 0, 1440, NULL, 0,
     OM_NOTE("the longest trip between two seats of an area, in minutes; 0: any")},
    {"search", "max_region_pieces", PLAN_RULE_INTEGER, PLACE(search.max_region_pieces), 0, 1e6, NULL, 0,
     OM_NOTE("the most areas that a region may be split over; 0: any number")},
};
const size_t plan_n_rule_fields = sizeof plan_rule_fields / sizeof *plan_rule_fields;

struct plan_rules plan_rules_default(void)
{
    return (struct plan_rules){
        .min_suppliers = 2,
        .max_minutes = 60,
        .statistic = PLAN_STATISTIC_MEDIAN_JOURNEY,
        .basis = PLAN_BASIS_OFFICES,
        .reference = "fa2015",
        .metropolitan_population = 1000000,
        .min_participants_per_supplier = 20,
        .diluted_below = 50,
        .sparse_density_share = 0.5,
        .search.weight =
            {
                [PLAN_GOAL_WITHOUT_SUPPLIER] = 50,
                [PLAN_GOAL_WITHOUT_CHOICE] = 20,
                [PLAN_GOAL_MISALIGNED] = 3,
                [PLAN_GOAL_THIN_MARKET] = 2,
                [PLAN_GOAL_MOVED] = 1,
                [PLAN_GOAL_BORDER] = 0.01,
            },
    };
}

/* Numbers are read and written with a decimal point whatever the user's language is. */
static locale_t enter_c_locale(locale_t *before)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    *before = c ? uselocale(c) : (locale_t)0;
    return c;
}

static void leave_c_locale(locale_t c, locale_t before)
{
    if (!c)
        return;
    uselocale(before);
    freelocale(c);
}

static bool parse_number(const char *text, double *number)
{
    if (!*text || text[strspn(text, "0123456789+-.eE")])
        return false;
    locale_t before, c = enter_c_locale(&before);
    char *end;
    *number = strtod(text, &end);
    leave_c_locale(c, before);
    return end != text && !*end && isfinite(*number);
}

/* The shortest text that reads back to the same number. */
static void print_number(double number, char *text, size_t size)
{
    locale_t before, c = enter_c_locale(&before);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    leave_c_locale(c, before);
}

static om_status fail_value(om_context *ctx, const struct plan_rule_field *field, const char *value,
                            const char *needed)
{
    return om_fail(ctx, OM_BAD_DATA, om_tr("[%s] %s = %s: needs %s"), field->section, field->key, value,
                   needed);
}

static om_status set_number(om_context *ctx, const struct plan_rule_field *field, const char *value,
                            void *place)
{
    double number = 0;
    bool is_integer = field->type == PLAN_RULE_INTEGER;
    if (!parse_number(value, &number) || number < field->minimum || number > field->maximum ||
        (is_integer && number != floor(number))) {
        char low[32], high[32], needed[160];
        print_number(field->minimum, low, sizeof low);
        print_number(field->maximum, high, sizeof high);
        snprintf(needed, sizeof needed,
                 is_integer ? om_tr("a whole number from %s to %s")
                            : om_tr("a number from %s to %s, with a decimal point"),
                 low, high);
        return fail_value(ctx, field, value, needed);
    }
    if (is_integer)
        *(int *)place = (int)number;
    else
        *(double *)place = number + 0.0; /* -0 becomes 0 */
    return OM_OK;
}

/* What an INI file can give back: no line ends, no comment signs, no blanks at the ends. */
static bool is_plain_text(const char *value)
{
    size_t length = strlen(value);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f || value[i] == ';')
            return false;
    return length == 0 || (value[0] != ' ' && value[length - 1] != ' ');
}

static om_status set_text(om_context *ctx, const struct plan_rule_field *field, const char *value,
                          void *place)
{
    if (strlen(value) >= field->size || !is_plain_text(value)) {
        char needed[160];
        snprintf(needed, sizeof needed,
                 om_tr("at most %zu bytes of text on one line, without semicolons or blanks at the ends"),
                 field->size - 1);
        return fail_value(ctx, field, value, needed);
    }
    memset(place, 0, field->size);
    memcpy(place, value, strlen(value));
    return OM_OK;
}

/* Words are enums, which have the size of unsigned int here. */
static om_status set_word(om_context *ctx, const struct plan_rule_field *field, const char *value,
                          void *place)
{
    struct plan_listing words = {0};
    for (unsigned int i = 0; i < field->n_names; i++) {
        if (strcmp(field->names[i], value) == 0) {
            memcpy(place, &i, sizeof i);
            return OM_OK;
        }
        plan_listing_add(&words, "%s", field->names[i]);
    }
    char needed[512];
    snprintf(needed, sizeof needed, om_tr("one of %s"), plan_listing_text(&words));
    return fail_value(ctx, field, value, needed);
}

_Static_assert(sizeof(enum plan_statistic) == sizeof(unsigned int), "words are stored as unsigned int");
_Static_assert(sizeof(enum plan_ranking) == sizeof(unsigned int), "words are stored as unsigned int");
_Static_assert(sizeof(enum plan_basis) == sizeof(unsigned int), "words are stored as unsigned int");

typedef om_status set_fn(om_context *ctx, const struct plan_rule_field *field, const char *value,
                         void *place);
static set_fn *const setters[] = {
    [PLAN_RULE_INTEGER] = set_number,
    [PLAN_RULE_NUMBER] = set_number,
    [PLAN_RULE_TEXT] = set_text,
    [PLAN_RULE_NAME] = set_word,
};

static om_status fail_key(om_context *ctx, const char *section, const char *key, const char *value)
{
    struct plan_listing keys = {0};
    for (size_t i = 0; i < plan_n_rule_fields; i++)
        plan_listing_add(&keys, "[%s] %s", plan_rule_fields[i].section, plan_rule_fields[i].key);
    return om_fail(ctx, OM_BAD_DATA, om_tr("[%s] %s = %s: there is no such rule; there are %s"), section, key,
                   value, plan_listing_text(&keys));
}

om_status plan_rules_set(om_context *ctx, struct plan_rules *rules, const char *section, const char *key,
                         const char *value)
{
    for (size_t i = 0; i < plan_n_rule_fields; i++) {
        const struct plan_rule_field *field = &plan_rule_fields[i];
        if (strcmp(field->section, section) == 0 && strcmp(field->key, key) == 0)
            return setters[field->type](ctx, field, value, (char *)rules + field->offset);
    }
    return fail_key(ctx, section, key, value);
}

char *plan_rules_value(const struct plan_rules *rules, const struct plan_rule_field *field)
{
    const void *place = (const char *)rules + field->offset;
    char number[40];
    unsigned int word;
    switch (field->type) {
    case PLAN_RULE_INTEGER:
        return om_format("%d", *(const int *)place);
    case PLAN_RULE_NUMBER:
        print_number(*(const double *)place, number, sizeof number);
        return om_strdup(number);
    case PLAN_RULE_TEXT:
        return om_strdup(place);
    case PLAN_RULE_NAME:
        memcpy(&word, place, sizeof word);
        return om_strdup(word < field->n_names ? field->names[word] : "");
    }
    return NULL;
}

char *plan_rules_to_ini(const struct plan_rules *rules)
{
    char *ini = om_strdup("");
    const char *section = "";
    for (size_t i = 0; ini && i < plan_n_rule_fields; i++) {
        const struct plan_rule_field *field = &plan_rule_fields[i];
        char *value = plan_rules_value(rules, field);
        bool is_new = strcmp(section, field->section) != 0;
        char *longer = NULL;
        if (value && is_new)
            longer = om_format("%s%s[%s]\n%s = %s\n", ini, i ? "\n" : "", field->section, field->key, value);
        else if (value)
            longer = om_format("%s%s = %s\n", ini, field->key, value);
        section = field->section;
        om_free(value);
        om_free(ini);
        ini = longer;
    }
    return ini;
}

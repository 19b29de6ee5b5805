/* The rules in force, how the answer was found, what it rests on, and how to get it again. */
#include "geo/memory.h"
#include "geo/text.h"
#include "report_content.h"
#include "report_words.h"
#include "words.h"

#include <string.h>

/* A value as a reader says it: a word of ours translated, a number with the decimal mark of the language. */
static void rule_value(struct report_content *content, const struct plan_rule_field *field)
{
    const struct plan_rules *rules = &content->result->the_case->rules;
    const void *place = (const char *)rules + field->offset;
    struct document *document = content->document;
    char *value = plan_rules_value(rules, field);
    document->out_of_memory |= !value;
    if (strcmp(field->key, "statistic") == 0)
        document_text(document, DOCUMENT_PLAIN, "%s", map_statistic_word(rules->statistic));
    else if (strcmp(field->key, "basis") == 0)
        document_text(document, DOCUMENT_PLAIN, "%s", map_basis_word(rules->basis));
    else if (field->type == PLAN_RULE_NUMBER && *(const double *)place >= 1000)
        document_text(document, DOCUMENT_PLAIN, "%s", map_count(*(const double *)place).text);
    else if (field->type == PLAN_RULE_NUMBER)
        document_text(document, DOCUMENT_PLAIN, "%s", map_short(*(const double *)place).text);
    else
        document_text(document, DOCUMENT_PLAIN, "%s", value ? value : "");
    om_free(value);
}

void report_rules(struct report_content *content)
{
    struct document *document = content->document;
    const struct data_case *the_case = content->result->the_case;
    document_heading(document, 1, "rules-section", "%s", om_tr("The rules in force"));
    document_paragraph(document, DOCUMENT_BODY,
                       om_tr("Rules %s: at least %d suppliers within %s minutes (%s); %s"),
                       the_case->rules_name ? the_case->rules_name : om_tr("default"),
                       the_case->rules.min_suppliers, map_short(the_case->rules.max_minutes).text,
                       map_statistic_word(the_case->rules.statistic), map_basis_word(the_case->rules.basis));
    document_table(document, "rules", om_tr("Rules"), om_tr("Every threshold that the plan was judged by."));
    document_column(document,
                    &(struct document_column){.title = om_tr("Key"), .priority = 1, .is_row_header = true});
    document_column(document, &(struct document_column){.title = om_tr("Value"), .priority = 1});
    document_column(document, &(struct document_column){.title = om_tr("What it means"), .priority = 1});
    for (size_t i = 0; i < plan_n_rule_fields; i++) {
        const struct plan_rule_field *field = &plan_rule_fields[i];
        if (strcmp(field->section, "search") == 0)
            continue;
        document_text(document, DOCUMENT_STRONG, "[%s] %s", field->section, field->key);
        rule_value(content, field);
        document_text(document, DOCUMENT_PLAIN, "%s", om_tr(field->meaning));
    }
}

static struct report_phrase hour(int32_t time_s)
{
    struct report_phrase text;
    snprintf(text.text, sizeof text.text, "%02d:%02d", time_s / 3600, time_s / 60 % 60);
    return text;
}

static void say_travel_times(struct report_content *content)
{
    const struct data_profile *profile = content->result->the_case->profile;
    struct document *document = content->document;
    document_item(
        document, DOCUMENT_PLAIN, "%s",
        om_tr("Travel times go one way by public transport from the main town of a municipality to the main "
              "town where a supplier has an office."));
    if (!profile)
        return;
    if (profile->from_s == GEO_NO_TIME)
        document_say(document, om_tr("They were imported as the profile %s."), profile->name);
    else
        document_say(document,
                     profile->arrive_by
                         ? om_tr("Profile %s: journeys that are there between %s and %s on %s.")
                         : om_tr("Profile %s: journeys that depart between %s and %s on %s."),
                     profile->name, hour(profile->from_s).text, hour(profile->until_s).text,
                     profile->date ? profile->date : "?");
    document_say(document, om_tr("What counts is the %s."),
                 map_statistic_word(content->result->the_case->rules.statistic));
    if (*content->result->the_case->rules.return_profile)
        document_say(document,
                     om_tr("Minutes are the longer of the way there and the way home (profile %s)."),
                     content->result->the_case->rules.return_profile);
}

void report_method(struct report_content *content)
{
    static const char *const sentences[] = {
        OM_NOTE(
            "A municipality has a choice when its job seekers reach at least as many suppliers of their own "
            "delivery area within the limit as the rules ask for; a limited choice when they reach fewer; "
            "and "
            "none when they reach no supplier. The limit is inclusive."),
        OM_NOTE("The cause is the first that holds of these: the area has no supplier; borders between areas "
                "are in "
                "the way; the area has enough suppliers, but too far away; there are not enough suppliers."),
        OM_NOTE("What is possible at best is what the job seekers would reach if the whole country were one "
                "area: no "
                "other borders can give more, only more suppliers."),
        OM_NOTE("In-house sites are the fewest main towns from which every municipality without a supplier "
                "is within "
                "the limit, and of equally few those with the shortest travel for job seekers."),
        OM_NOTE(
            "Minutes are rounded up to whole ones, so that what is over the limit never looks as if it were "
            "within it. Job seekers whose number is unknown are left out of the sums."),
    };
    document_heading(content->document, 1, "method", "%s", om_tr("Method"));
    document_list(content->document);
    document_item(content->document, DOCUMENT_PLAIN, "%s", om_tr(sentences[0]));
    say_travel_times(content);
    for (size_t i = 1; i < sizeof sentences / sizeof *sentences; i++)
        document_item(content->document, DOCUMENT_PLAIN, "%s", om_tr(sentences[i]));
}

static void source_row(struct document *document, const struct data_source *source)
{
    document_text(document, DOCUMENT_STRONG, "%s", map_source_words(source));
    document_text(document, DOCUMENT_PLAIN, "%s", source->name ? source->name : "");
    document_text(document, DOCUMENT_PLAIN, "%s", source->date ? source->date : "");
    document_text(document, DOCUMENT_PLAIN, "%s", source->licence ? source->licence : "");
    if (source->is_synthetic)
        document_text(document, DOCUMENT_FAIR, "%s", om_tr("synthetic: made up"));
    else if (source->is_schematic)
        document_text(document, DOCUMENT_FAIR, "%s", om_tr("schematic: simplified"));
    else
        document_text(document, DOCUMENT_PLAIN, "%s", om_tr("real"));
    document_text(document, DOCUMENT_FAINT, "%s", source->sha256 ? source->sha256 : "");
}

void report_sources(struct report_content *content)
{
    struct document *document = content->document;
    const struct data_case *the_case = content->result->the_case;
    document_heading(document, 1, "sources-section", "%s", om_tr("Sources"));
    if (document->notice)
        document_paragraph(document, DOCUMENT_NOTICE, "%s", document->notice);
    const struct document_column columns[] = {
        {.title = om_tr("What"), .type = DOCUMENT_TEXT, .priority = 1, .is_row_header = true},
        {.title = om_tr("Name"), .type = DOCUMENT_TEXT, .priority = 1},
        {.title = om_tr("Date"), .type = DOCUMENT_CODE, .priority = 1},
        {.title = om_tr("Licence"), .type = DOCUMENT_TEXT, .priority = 1},
        {.title = om_tr("How real"), .type = DOCUMENT_TEXT, .priority = 1},
        {.title = om_tr("SHA-256"), .type = DOCUMENT_CODE, .priority = 3},
    };
    document_table(document, "sources", om_tr("Sources"),
                   om_tr("Everything the project holds, and where it is from."));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_column(document, &columns[i]);
    for (size_t i = 0; i < the_case->n_sources; i++)
        source_row(document, &the_case->sources[i]);
}

static void fact(struct document *document, const char *what, const char *value)
{
    document_text(document, DOCUMENT_STRONG, "%s", what);
    document_text(document, DOCUMENT_PLAIN, "%s", value ? value : "");
}

static void facts_of(struct document *document, const struct map_result *result)
{
    const struct data_case *the_case = result->the_case;
    fact(document, om_tr("Plan"), the_case->plan->name);
    fact(document, om_tr("Plan, SHA-256"), the_case->plan_sha256);
    fact(document, om_tr("Rules"), the_case->rules_name);
    fact(document, om_tr("Rules, SHA-256"), the_case->rules_sha256);
    if (the_case->profile)
        fact(document, om_tr("Travel-time profile"), the_case->profile->name);
    fact(document, om_tr("Inputs, SHA-256"), the_case->input_sha256);
    fact(document, om_tr("Result, SHA-256"), result->result_sha256);
}

void report_reproduction(struct report_content *content)
{
    struct document *document = content->document;
    document_heading(document, 1, "reproduction", "%s", om_tr("To get this report again"));
    document_paragraph(
        document, DOCUMENT_BODY, "%s",
        om_tr("The same project and the same version of the program give the same bytes. The hashes "
              "tell whether a plan, its rules, the inputs and the result are the same."));
    if (content->request->command)
        document_paragraph(document, DOCUMENT_COMMAND, "%s", content->request->command);
    document_table(document, "about", om_tr("About the result"), om_tr("What the result is made of."));
    document_column(document,
                    &(struct document_column){.title = om_tr("What"), .priority = 1, .is_row_header = true});
    document_column(document,
                    &(struct document_column){.title = om_tr("Value"), .type = DOCUMENT_CODE, .priority = 1});
    facts_of(document, content->result);
    fact(document, om_tr("Version of Omland"), content->result->tool_version);
    if (content->result->before) {
        document_heading(document, 2, "reproduction-before", "%s", om_tr("The plan it is compared with"));
        document_table(document, "about-before", om_tr("About the plan before"),
                       om_tr("What the result before is made of."));
        document_column(document, &(struct document_column){
                                      .title = om_tr("What"), .priority = 1, .is_row_header = true});
        document_column(document, &(struct document_column){
                                      .title = om_tr("Value"), .type = DOCUMENT_CODE, .priority = 1});
        facts_of(document, content->result->before);
    }
}

/*
 * A project's plan, judged: what `evaluate`, `gaps`, `export` and `demo` share.
 */
#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include "cli.h"

#include "maps/layers.h"

struct judging_options {
    const char *plan;  /* NULL = the project's only one */
    const char *rules; /* an INI file; NULL = those stored, or the defaults */
    int fail_on;       /* enum judging_fail_on */
    bool every_area;   /* in tables, also those that pass every rule */
};
enum judging_fail_on { JUDGING_FAIL_ON_NOTHING, JUDGING_FAIL_ON_NONE, JUDGING_FAIL_ON_LIMITED };

/* Rows for the option table of a command whose settings begin with struct judging_options. */
extern const char *const judging_fail_words[];
#define JUDGING_PLAN_OPTION                                                                \
    {                                                                                      \
        "plan", 'p', CLI_TEXT, offsetof(struct judging_options, plan), OM_NOTE("NAME"),    \
            OM_NOTE("The plan to judge (needed when the project has several)"), 0, 0, NULL \
    }
#define JUDGING_RULES_OPTION                                                                         \
    {                                                                                                \
        "rules", 'r', CLI_TEXT, offsetof(struct judging_options, rules), OM_NOTE("FILE"),            \
            OM_NOTE("Rules to judge by (INI), kept in the project; else those it holds"), 0, 0, NULL \
    }
#define JUDGING_OPTIONS JUDGING_PLAN_OPTION, JUDGING_RULES_OPTION
#define JUDGING_FAIL_OPTION                                                                                  \
    {                                                                                                        \
        "fail-on", 0, CLI_WORD, offsetof(struct judging_options, fail_on), "none|limited",                   \
            OM_NOTE("Exit with 3 when a municipality has no supplier (none), or no choice (limited)"), 0, 0, \
            judging_fail_words                                                                               \
    }

struct judged {
    data_project *project;
    struct data_case *the_case;
    struct plan_evaluation *evaluation;
    struct plan_in_house *in_house;
    char result_sha256[65];
    struct map_result result; /* borrows the above */
};

/* Opens the project and judges the plan. Says on stderr what the result rests on. */
om_status judging_run(struct cli *cli, const char *path, enum data_access access,
                      const struct judging_options *options, struct judged *out);
/* Judges a case, which is the result's in any event; the project is not. */
om_status judging_evaluate(struct cli *cli, struct data_case *the_case, struct judged *out);
void judged_point(struct judged *judged); /* at its own parts, after it was moved */
void judged_done(struct judged *judged);

/* Stores the result layers and the record of the run in the project. */
om_status judging_store(struct cli *cli, const char *command, data_project *project,
                        const struct map_result *result);

/* Prints an evaluation or the gaps on stdout, as text or JSON. */
typedef om_status judging_text_fn(om_context *ctx, const struct map_result *result,
                                  const struct map_text_style *style, FILE *out);
typedef om_status judging_json_fn(om_context *ctx, const struct map_result *result, char **json);
om_status judging_print(struct cli *cli, const struct judging_options *options,
                        const struct map_result *result, judging_text_fn *text, judging_json_fn *json);

/*
 * A whole command: judges the plan of the project named first, stores the result as a run of `stored_as`
 * (NULL: not at all), and prints it. CLI_VERDICT when --fail-on says so.
 */
enum cli_exit judging_answer(struct cli *cli, const struct judging_options *options, const char *stored_as,
                             judging_text_fn *text, judging_json_fn *json);

#endif

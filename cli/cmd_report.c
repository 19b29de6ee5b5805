#include "showing.h"

#include "geo/memory.h"
#include "maps/report.h"

#include <string.h>

struct report_settings {
    struct judging_options judging;
    const char *against, *region;
};

static const struct cli_option options[] = {
    JUDGING_OPTIONS,
    {.name = "against",
     .type = CLI_TEXT,
     .offset = offsetof(struct report_settings, against),
     .argument = OM_NOTE("NAME"),
     .meaning = OM_NOTE("Also what changes from this plan")},
    {.name = "region",
     .type = CLI_TEXT,
     .offset = offsetof(struct report_settings, region),
     .argument = OM_NOTE("COUNTY"),
     .meaning = OM_NOTE("Only the municipalities of this county (name or code), and their areas")},
};

/* `text` as one word of a shell's command line. Owned by the caller; NULL: no memory. */
static char *shell_word(const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-";
    if (*text && strspn(text, plain) == strlen(text))
        return om_strdup(text);
    char *word = om_alloc(4 * strlen(text) + 3, 1), *end = word;
    if (!word)
        return NULL;
    *end++ = '\'';
    for (; *text; text++)
        end = *text == '\'' ? stpcpy(end, "'\\''") : stpncpy(end, text, 1);
    *end = '\'';
    return word;
}

/* Adds " OPTION VALUE" to a command line it owns, unless there is no value. NULL stays NULL: no memory. */
static char *with_option(char *line, const char *option, const char *value)
{
    if (!line || !value)
        return line;
    char *word = shell_word(value);
    char *longer = word ? om_format("%s %s %s", line, option, word) : NULL;
    om_free(word);
    om_free(line);
    return longer;
}

/* What makes the report again, wherever the project lies. */
static char *command_line(const struct cli *cli, const struct report_settings *settings,
                          const struct map_result *result)
{
    const char *project = cli->arguments[0], *slash = strrchr(project, '/');
    const char *output = cli->arguments[1], *extension = strrchr(output, '.');
    char *word = shell_word(slash ? slash + 1 : project);
    char *line = word ? om_format("omland report %s OUT%s", word, extension ? extension : "") : NULL;
    om_free(word);
    line = with_option(line, "--plan", result->the_case->plan->name);
    line = with_option(line, "--against", settings->against);
    line = with_option(line, "--rules", settings->judging.rules);
    line = with_option(line, "--region", settings->region);
    return with_option(line, "--lang", strchr(om_tr("language:en"), ':') + 1);
}

static om_status write_report(struct cli *cli, const struct map_result *result, const void *given)
{
    const struct report_settings *settings = given;
    char *command = command_line(cli, settings, result);
    if (!command)
        return om_no_memory(&cli->ctx);
    const struct map_report request = {.region = settings->region, .command = command};
    om_status status = map_report(&cli->ctx, result, &request, cli->arguments[1], cli->overwrite);
    om_free(command);
    return status;
}

static enum cli_exit run(struct cli *cli, const void *given)
{
    const struct report_settings *settings = given;
    if (map_report_check(&cli->ctx, cli->arguments[1]) != OM_OK)
        return cli_fail(cli);
    return showing_run(cli, &settings->judging, settings->against, write_report, settings);
}

static const struct report_settings defaults;

const struct cli_command cmd_report = {
    .name = "report",
    .arguments = OM_NOTE("PROJECT OUT"),
    .min_arguments = 2,
    .max_arguments = 2,
    .meaning = OM_NOTE("Write a judged plan as a report to read: summary, maps, tables, rules, sources"),
    .details = OM_NOTE("The name of OUT decides: OUT.html is one page that needs no network, OUT.pdf the "
                       "same on A4, OUT.xlsx a workbook with a sheet per table."),
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run,
};

#include "command_line.h"
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

/* What makes the report again, wherever the project lies. */
static char *command_line(const struct cli *cli, const struct report_settings *settings,
                          const struct map_result *result)
{
    const char *project = cli->arguments[0], *slash = strrchr(project, '/');
    const char *extension = strrchr(cli->arguments[1], '.');
    char *out = om_format("OUT%s", extension ? extension : "");
    char *line = line_with_word(om_strdup("omland report"), slash ? slash + 1 : project);
    line = line_with_word(line, out);
    line = line_with_option(line, "--plan", result->the_case->plan->name);
    line = line_with_option(line, "--against", settings->against);
    line = line_with_option(line, "--rules", settings->judging.rules);
    line = line_with_option(line, "--region", settings->region);
    line = line_with_option(line, "--lang", strchr(om_tr("language:en"), ':') + 1);
    om_free(out);
    return line;
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

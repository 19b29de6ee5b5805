#include "cli.h"

#include <stdarg.h>
#include <stdio.h>

void cli_note(const struct cli *cli, const char *format, ...)
{
    if (cli->quiet)
        return;
    fflush(stdout); /* where both go to one place, they keep their order */
    cli_progress_clear();
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void cli_findings(const struct cli *cli)
{
    for (size_t i = 0; i < cli->ctx.n_findings; i++) {
        const struct om_finding *finding = &cli->ctx.findings[i];
        cli_note(cli, om_tr_n("note: %s, once:", "note: %s, %zu times:", finding->count), finding->code,
                 finding->count);
        for (size_t k = 0; k < OM_FINDING_EXAMPLES && finding->examples[k]; k++)
            cli_note(cli, "  %s", finding->examples[k]);
        if (finding->count > OM_FINDING_EXAMPLES)
            cli_note(cli, "  …");
    }
}

enum cli_exit cli_fail(const struct cli *cli)
{
    fflush(stdout);
    cli_progress_clear();
    fprintf(stderr, "omland: %s\n", cli->ctx.message);
    return CLI_FAILED;
}

enum cli_exit cli_usage(const struct cli *cli, const char *message)
{
    fprintf(stderr, "omland %s: %s\n", cli->command->name, message);
    fprintf(stderr, om_tr("Try `omland %s --help'.\n"), cli->command->name);
    return CLI_USAGE;
}

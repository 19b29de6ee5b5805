#include "cli.h"

#include "geo/memory.h"

#include <argp.h>
#include <cpl_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The verbs, in the order of the help. */
/* clang-format off */
#define COMMANDS(X) \
    X(demo) \
    X(new) \
    X(import) \
    X(feed) \
    X(times) \
    X(journey) \
    X(evaluate) \
    X(gaps) \
    X(sites) \
    X(robust) \
    X(compare) \
    X(whatif) \
    X(propose) \
    X(export) \
    X(map) \
    X(report) \
    X(info)
/* clang-format on */

#define DECLARE(name) extern const struct cli_command cmd_##name;
COMMANDS(DECLARE)

#define POINT(name) &cmd_##name,
const struct cli_command *const cli_commands[] = {COMMANDS(POINT) NULL};
const size_t cli_n_commands = sizeof cli_commands / sizeof *cli_commands - 1;

const char *argp_program_version = "omland " OMLAND_VERSION;

static void look_at_terminal(struct cli *cli)
{
    struct winsize size;
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    if (!isatty(STDOUT_FILENO))
        return;
    cli->colour = !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
    cli->width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 80;
}

static enum cli_exit run(struct cli *cli, const struct cli_command *command, int argc, char **argv)
{
    void *settings = om_alloc(1, command->settings_size);
    if (!settings) {
        om_no_memory(&cli->ctx);
        return cli_fail(cli);
    }
    if (command->defaults)
        memcpy(settings, command->defaults, command->settings_size);
    cli_parse_command(cli, command, settings, argc, argv);
    cli_progress_begin(cli);
    enum cli_exit code = command->run(cli, settings);
    cli_progress_end(cli);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        om_fail(&cli->ctx, OM_IO, "%s", om_tr("standard output cannot be written"));
        code = cli_fail(cli);
    }
    cli_findings(cli);
    cli_settings_done(command, settings);
    om_free(settings);
    return code;
}

int main(int argc, char **argv)
{
    struct cli cli = {0};
    int verb = 0;
    static char name[] = "omland";
    argv[0] = name;
    argp_err_exit_status = CLI_USAGE;
    CPLSetErrorHandler(CPLQuietErrorHandler); /* the libraries below hand GDAL's messages on as their own */
    cli_language(argc, argv);
    look_at_terminal(&cli);
    cli_parse_main(&cli, argc, argv, &verb);
    const struct cli_command *command = NULL;
    for (size_t i = 0; i < cli_n_commands; i++)
        if (strcmp(cli_commands[i]->name, argv[verb]) == 0)
            command = cli_commands[i];
    enum cli_exit code = command ? run(&cli, command, argc - verb, argv + verb) : CLI_USAGE;
    om_context_done(&cli.ctx);
    return (int)code;
}

#include "cli.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static bool line_is_open; /* a progress line stands on the terminal */
static double last_shown_s;

/* The first interrupt asks the work to stop and leave nothing half written; the second ends the program. */
static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool on_progress(void *user, const char *what, size_t done, size_t total)
{
    const struct cli *cli = user;
    if (interrupted)
        return false;
    static int is_terminal = -1;
    if (is_terminal < 0)
        is_terminal = isatty(STDERR_FILENO);
    double now = now_s();
    if (!is_terminal || cli->quiet || now - last_shown_s < 0.1)
        return true;
    last_shown_s = now;
    line_is_open = true;
    if (total)
        fprintf(stderr, "\r\033[K%s %zu %%", what, done * 100 / total);
    else
        fprintf(stderr, "\r\033[K%s %zu", what, done);
    fflush(stderr);
    return true;
}

void cli_progress_begin(struct cli *cli)
{
    cli->ctx.progress = on_progress;
    cli->ctx.progress_user = cli;
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void clear_line(void)
{
    if (line_is_open)
        fputs("\r\033[K", stderr);
    line_is_open = false;
}

void cli_progress_end(struct cli *cli)
{
    clear_line();
    cli->ctx.progress = NULL;
}

void cli_note(const struct cli *cli, const char *format, ...)
{
    if (cli->quiet)
        return;
    fflush(stdout); /* where both go to one place, they keep their order */
    clear_line();
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
    clear_line();
    fprintf(stderr, "omland: %s\n", cli->ctx.message);
    return CLI_FAILED;
}

enum cli_exit cli_usage(const struct cli *cli, const char *message)
{
    fprintf(stderr, "omland %s: %s\n", cli->command->name, message);
    fprintf(stderr, om_tr("Try `omland %s --help'.\n"), cli->command->name);
    return CLI_USAGE;
}

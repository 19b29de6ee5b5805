/* How far a long piece of work has come, in one line of the terminal, and the interrupt that stops it. */
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR_WIDTH = 24, LINE_SIZE = 256 };
static const double show_after_s = 1, show_every_s = 0.1;

static volatile sig_atomic_t interrupted;
static bool is_wanted, line_is_open;
static double command_began_s, phase_began_s, last_shown_s;
static size_t phase_began_at, last_done;
static char phase[LINE_SIZE];

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

/* Work under another name, or counted from the beginning again, has a rate of its own. What stands after a
 * colon is news of the same work. */
static void follow_phase(const char *what, size_t done, double now)
{
    if (done < last_done || strcspn(what, ":") != strlen(phase) || strncmp(phase, what, strlen(phase)) != 0) {
        snprintf(phase, sizeof phase, "%.*s", (int)strcspn(what, ":"), what);
        phase_began_s = now;
        phase_began_at = done;
    }
    last_done = done;
}

static void write_bar(size_t done, size_t total)
{
    size_t filled = done * BAR_WIDTH / total;
    fputs(" [", stderr);
    for (size_t i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fprintf(stderr, "] %zu %%", done * 100 / total);
}

static void write_line(const char *what, size_t done, size_t total, double now)
{
    double passed_s = now - phase_began_s;
    double rate = passed_s > 0 ? (double)(done - phase_began_at) / passed_s : 0;
    fprintf(stderr, "\r\033[K%s", what);
    if (total)
        write_bar(done < total ? done : total, total);
    else
        fprintf(stderr, " %zu", done);
    if (rate > 0)
        fprintf(stderr, om_tr(", %.*f a second"), rate < 10, rate);
    if (rate > 0 && total > done) {
        long left_s = (long)((double)(total - done) / rate + 0.5);
        fprintf(stderr, om_tr(", %ld:%02ld left"), left_s / 60, left_s % 60);
    }
    fflush(stderr);
}

static bool on_progress(void *user, const char *what, size_t done, size_t total)
{
    (void)user;
    if (interrupted)
        return false;
    if (!is_wanted)
        return true;
    double now = now_s();
    follow_phase(what, done, now);
    if (now - command_began_s < show_after_s || now - last_shown_s < show_every_s)
        return true;
    last_shown_s = now;
    line_is_open = true;
    write_line(what, done, total, now);
    return true;
}

void cli_progress_begin(struct cli *cli)
{
    is_wanted = !cli->quiet && isatty(STDERR_FILENO);
    command_began_s = now_s();
    cli->ctx.progress = on_progress;
    cli->ctx.progress_user = cli;
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void cli_progress_clear(void)
{
    if (line_is_open)
        fputs("\r\033[K", stderr);
    line_is_open = false;
}

void cli_progress_go_on(void)
{
    interrupted = 0;
}

void cli_progress_end(struct cli *cli)
{
    cli_progress_clear();
    cli->ctx.progress = NULL;
}

/*
 * Long work on a terminal: what the progress line says, where it does not appear, and that an interrupt in
 * the middle leaves nothing half written. The tool waits for its standard input for over a second, so that it
 * counts as long however fast the machine is.
 */
#include "kit.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>

static char *folder;

/* The tool with a pipe to its standard input and a terminal for its standard error. */
struct running {
    pid_t pid;
    int input, terminal;
    char said[65536];
    size_t n;
};

static void start(struct running *running, char *const arguments[])
{
    int input[2], follower;
    *running = (struct running){0};
    if (openpty(&running->terminal, &follower, NULL, NULL, NULL) != 0) {
        print_message("SKIPPED: this machine gives no pseudo-terminal (is /dev/pts mounted?)\n");
        skip();
    }
    assert_int_equal(pipe(input), 0);
    running->pid = fork();
    assert_true(running->pid >= 0);
    if (running->pid == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (chdir(folder) != 0 || dup2(input[0], 0) < 0 || dup2(nothing, 1) < 0 || dup2(follower, 2) < 0)
            _exit(127);
        close(input[1]);
        close(running->terminal);
        execv(kit_tool(), arguments);
        _exit(127);
    }
    close(input[0]);
    close(follower);
    running->input = input[1];
}

/* Reads what is said until it holds `words`, or (NULL) until the end; false when the end came first. */
static bool hear(struct running *running, const char *words)
{
    for (;;) {
        running->said[running->n] = '\0';
        if (words && strstr(running->said, words))
            return true;
        struct pollfd ready = {running->terminal, POLLIN, 0};
        if (poll(&ready, 1, 120000) <= 0)
            fail_msg("nothing more was said in two minutes; so far:\n%s", running->said);
        if (running->n + 4096 >= sizeof running->said)
            running->n = 0; /* it talks a lot; what was said long ago is not looked for */
        ssize_t got = read(running->terminal, running->said + running->n, 4095);
        if (got <= 0)
            return false;
        running->n += (size_t)got;
    }
}

static void feed(struct running *running, const char *text)
{
    const struct timespec over_a_second = {1, 200000000};
    nanosleep(&over_a_second, NULL);
    for (size_t n = strlen(text); n;) {
        ssize_t written = write(running->input, text, n);
        if (written < 0)
            break;
        text += written;
        n -= (size_t)written;
    }
    close(running->input);
}

static int finish(struct running *running)
{
    int status;
    hear(running, NULL);
    close(running->terminal);
    assert_int_equal(waitpid(running->pid, &status, 0), running->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static char *const times[] = {"omland", "times", "t.zip",   "--points", "-",         "-o", "matrix.csv",
                              "--from", "00:00", "--until", "24:00",    "--threads", "1",  NULL};
static char *const quiet_times[] = {"omland", "times", "t.zip", "--points", "-", "-q", NULL};

/* `n` points all over the country. */
static char *points_text(int n)
{
    char *text = malloc((size_t)n * 48 + 64), *end = text;
    assert_non_null(text);
    end += sprintf(end, "id,lon,lat\n");
    static const double towns[][2] = {{18.06, 59.33}, {11.97, 57.71}, {13.0, 55.61},  {17.64, 59.86},
                                      {15.62, 58.41}, {20.26, 63.83}, {22.15, 65.58}, {14.16, 57.78}};
    for (int i = 0; i < n; i++)
        end += sprintf(end, "P%d,%.4f,%.4f\n", i, towns[i % 8][0], towns[i % 8][1]);
    return text;
}

static bool is_there(const char *name)
{
    return access(kit_path(folder, name), F_OK) == 0;
}

static int set_up(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN); /* a tool that ends early fails its test, not all of them */
    char *output = NULL;
    folder = kit_folder();
    int code = kit_run(&output,
                       "cd '%s' && '%s' new p.gpkg -q 2>&1 && '%s' demo d -q >/dev/null 2>&1 && mv "
                       "d/timetable.zip t.zip",
                       folder, kit_tool(), kit_tool());
    if (code != 0)
        fail_msg("omland new and demo: exit %d\n%s", code, output);
    free(output);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void a_terminal_sees_rate_and_time_left_and_then_a_clean_line(void **state)
{
    (void)state;
    struct running running;
    char *points = points_text(300);
    start(&running, times);
    feed(&running, points);
    if (!hear(&running, "a second"))
        fail_msg("no rate was shown:\n%s", running.said);
    assert_int_equal(finish(&running), 0);
    assert_non_null(strstr(running.said, "computing travel times ["));
    const char *last = running.said;
    for (const char *next; (next = strstr(last, "\r\033[K"));)
        last = next + 4;
    if (last == running.said || strstr(last, "computing"))
        fail_msg("the line still stands at the end: %s", last);
    assert_true(is_there("matrix.csv"));
    unlink(kit_path(folder, "matrix.csv"));
    free(points);
}

static void quiet_means_no_progress(void **state)
{
    (void)state;
    struct running running;
    char *points = points_text(8);
    start(&running, quiet_times);
    feed(&running, points);
    assert_int_equal(finish(&running), 0);
    assert_string_equal(running.said, "");
    free(points);
}

static void no_terminal_means_no_progress(void **state)
{
    (void)state;
    char *output = NULL, *points = points_text(24);
    kit_write(kit_path(folder, "points.csv"), points);
    int code = kit_run(&output,
                       "cd '%s' && (sleep 1.2; cat points.csv) | '%s' times t.zip --points - 2>&1 >/dev/null",
                       folder, kit_tool());
    assert_int_equal(code, 0);
    assert_null(strchr(output, '\r'));
    assert_null(strstr(output, "computing"));
    free(output);
    free(points);
}

static void an_interrupt_while_routing_leaves_no_file(void **state)
{
    (void)state;
    struct running running;
    char *points = points_text(1500); /* more than is ever computed */
    unlink(kit_path(folder, "matrix.csv"));
    start(&running, times);
    feed(&running, points);
    assert_true(hear(&running, "computing travel times"));
    kill(running.pid, SIGINT);
    assert_int_equal(finish(&running), 1);
    assert_non_null(strstr(running.said, "interrupted"));
    assert_false(is_there("matrix.csv"));
    assert_false(is_there("matrix.csv.part"));
    free(points);
}

/* 290 municipalities with the same times between all of them. */
static char *matrix_text(void)
{
    char *codes = NULL;
    assert_int_equal(
        kit_run(&codes, "sqlite3 '%s' 'SELECT code FROM municipality'", kit_path(folder, "p.gpkg")), 0);
    size_t n = strlen(codes) / 5;
    char *text = malloc(n * n * 24 + 64), *end = text;
    assert_non_null(text);
    end += sprintf(end, "from,to,fastest_s\n");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (i != k)
                end += sprintf(end, "%.4s,%.4s,600\n", codes + 5 * i, codes + 5 * k);
    free(codes);
    return text;
}

/* The interrupt may come after the last row when the machine is busy; then the import is whole. */
static void an_interrupt_while_storing_keeps_all_or_nothing(void **state)
{
    (void)state;
    static char *const import[] = {"omland", "import", "p.gpkg",  "travel-times",
                                   "-",      "--name", "stopped", NULL};
    struct running running;
    char *matrix = matrix_text(), *rows = NULL;
    start(&running, import);
    feed(&running, matrix);
    assert_true(hear(&running, "storing travel times"));
    kill(running.pid, SIGINT);
    int code = finish(&running);
    kit_run(&rows, "sqlite3 '%s' 'SELECT count(*) FROM travel_time; SELECT count(*) FROM profile'",
            kit_path(folder, "p.gpkg"));
    assert_string_equal(rows, code == 0 ? "83810\n1\n" : "0\n0\n");
    assert_true(code == 0 || code == 1);
    free(rows);
    free(matrix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_sees_rate_and_time_left_and_then_a_clean_line),
        cmocka_unit_test(quiet_means_no_progress),
        cmocka_unit_test(no_terminal_means_no_progress),
        cmocka_unit_test(an_interrupt_while_routing_leaves_no_file),
        cmocka_unit_test(an_interrupt_while_storing_keeps_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

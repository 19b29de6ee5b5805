/* The command line itself: what is said where, and with which exit code. */
#include "kit.h"

struct case_line {
    const char *arguments;
    int code;
    const char *says; /* in the combined output */
};

static const struct case_line cases[] = {
    {"--version", 0, "omland 0."},
    {"--help", 0, "Commands:"},
    {"-h", 0, "Usage: omland"},
    {"", 2, "Usage: omland"},
    {"fly", 2, "'fly' is not a command"},
    {"--lang fr", 2, "'fr' is not one of en, sv"},
    {"--no-such-option", 2, "unrecognized option"},
    {"times --help", 0, "Usage: omland times"},
    {"times", 2, "too few arguments: needs FEED"},
    {"times x.zip --points p.csv --from 7am", 2, "--from: '7am' is not a time of day, such as 07:00"},
    {"times x.zip --points p.csv --from 09:00 --until 09:00", 2, "until must be later than from"},
    {"times x.zip --points p.csv --transfers some", 2, "'some' is not one of full, station, none"},
    {"times x.zip --points p.csv --walk=-1", 2, "'-1' is not a number from 0 to 20000"},
    {"times x.zip --points p.csv --max-transfers 1.5", 2, "'1.5' is not a whole number from -1 to 100"},
    {"times x.zip --points p.csv --feed y.zip", 2, "with --points the feeds are arguments"},
    {"times x.zip --points p.csv --modes", 2, "requires an argument"},
    {"times x.gpkg y.zip", 2, "a project takes its feeds from --feed"},
    {"times x.zip --points /nonexistent/p.csv", 1, "/nonexistent/p.csv"},
    {"times /nonexistent/p.gpkg", 1, "/nonexistent/p.gpkg"},
    {"info", 2, "too few arguments: needs PROJECT"},
    {"feed", 2, "too few arguments: needs FEED"},
    {"feed --help", 0, "What a GTFS timetable holds"},
    {"info a b", 2, "too many arguments: needs PROJECT"},
    {"info /nonexistent/p.gpkg", 1, "/nonexistent/p.gpkg"},
};

static void usage_and_exit_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *output = NULL;
        int code = kit_run(&output, "'%s' %s 2>&1", kit_tool(), cases[i].arguments);
        if (code != cases[i].code || !strstr(output, cases[i].says))
            fail_msg("omland %s: exit %d (wanted %d), said:\n%s\nwanted: %s", cases[i].arguments, code,
                     cases[i].code, output, cases[i].says);
        free(output);
    }
}

static void usage_errors_keep_stdout_empty(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(kit_run(&output, "'%s' fly 2>/dev/null", kit_tool()), 2);
    assert_string_equal(output, "");
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usage_and_exit_codes),
        cmocka_unit_test(usage_errors_keep_stdout_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

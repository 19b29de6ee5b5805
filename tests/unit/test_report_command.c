/* omland report: what it writes, how it says no, and that the command in a report makes the same report. */
#include "commands.h"

static int start(void **state)
{
    (void)state;
    folder = kit_quick_folder();
    expect(0, "-q new sweden.gpkg", "");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static char *content_of(const char *name)
{
    char *text = kit_read(kit_path(folder, name));
    if (!text)
        fail_msg("%s is not there", name);
    return text;
}

/* What is to be typed, without the name of the program. */
static void command_in(const char *html, char command[512])
{
    static const char opening[] = "<pre class=\"command\">omland ";
    const char *begin = strstr(html, opening);
    assert_non_null(begin);
    begin += strlen(opening);
    snprintf(command, 512, "%.*s", (int)(strchr(begin, '<') - begin), begin);
}

static void the_command_in_a_report_makes_it_again(void **state)
{
    (void)state;
    char command[512];
    expect(0, "report sweden.gpkg first.html --plan fa2015 --region 25 --lang sv", "");
    char *first = content_of("first.html");
    command_in(first, command);
    char *place = strstr(command, "OUT.html");
    assert_non_null(place);
    memcpy(place, "two.html", strlen("two.html"));
    expect(0, command, "");
    char *second = content_of("two.html");
    assert_string_equal(first, second);
    assert_non_null(strstr(first, "<html lang=\"sv\">"));
    assert_non_null(strstr(first, "Norrbotten"));
    free(first);
    free(second);
}

static void what_cannot_be_done_is_said(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *arguments, *says;
    } rows[] = {
        {2, "report sweden.gpkg out.html --against fa2005",
         "--against compares with the plan that --plan names"},
        {1, "report sweden.gpkg out.docx --plan fa2015", "must end in one of .html"},
        {1, "report sweden.gpkg sweden.gpkg --plan fa2015", "must end in one of .html"},
        {1, "report sweden.gpkg out.html --plan nowhere", "nowhere"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i].code, rows[i].arguments, rows[i].says);
    assert_null(kit_read(kit_path(folder, "out.html")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command_in_a_report_makes_it_again),
        cmocka_unit_test(what_cannot_be_done_is_said),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

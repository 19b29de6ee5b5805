/* A report as one page: whole, escaped, without network, the same bytes each time. */
#include "fixture.h"

#include "maps/report.h"

#include <ctype.h>
#include <sys/stat.h>

/* The page of the case. Owned by the caller. */
static char *page(struct kit_fixture *f, const char *name)
{
    const char *path = kit_inside(f, name);
    if (map_report(&f->ctx, &f->kit.before.result, &(struct map_report){0}, path, false) != OM_OK)
        fail_msg("%s", f->ctx.message);
    return kit_read(path);
}

static void a_page_is_whole(void **state)
{
    struct kit_fixture *f = *state;
    char *html = page(f, "a.html");
    static const char *const parts[] = {"<!DOCTYPE html>",    "<html lang=\"en\">",
                                        "<main id=\"main\">", "id=\"municipalities-0105\"",
                                        "default-src 'none'", "</html>\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(html, parts[i]))
            fail_msg("the page lacks %s", parts[i]);
    free(html);
}

/* Every opening tag of a kind has its closing one. */
static void tags_are_closed(void **state)
{
    struct kit_fixture *f = *state;
    char *html = page(f, "a.html");
    static const char *const tags[] = {"table", "thead", "tbody", "tr", "td", "section",
                                       "main",  "div",   "dl",    "ul", "h2"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n_open = 0, n_closed = 0, length = strlen(tags[i]);
        for (const char *c = strchr(html, '<'); c; c = strchr(c + 1, '<')) {
            n_open += strncmp(c + 1, tags[i], length) == 0 && !isalnum((unsigned char)c[1 + length]);
            n_closed += c[1] == '/' && strncmp(c + 2, tags[i], length) == 0 && c[2 + length] == '>';
        }
        if (n_open != n_closed)
            fail_msg("<%s> is opened %zu and closed %zu times", tags[i], n_open, n_closed);
    }
    free(html);
}

static void names_are_escaped(void **state)
{
    struct kit_fixture *f = *state;
    char **name = &f->kit.before.the_case.territory->municipalities[1].name;
    om_free(*name);
    *name = om_strdup("<script>alert(\"1\")</script> & 'co'");
    char *html = page(f, "a.html");
    assert_null(strstr(html, "<script>alert"));
    assert_non_null(strstr(html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;"));
    free(html);
}

static void equal_cases_give_equal_bytes(void **state)
{
    struct kit_fixture *f = *state;
    char *one = page(f, "a.html"), *two = page(f, "b.html");
    assert_string_equal(one, two);
    free(one);
    free(two);
}

/* Nothing that a browser would fetch. */
static void no_address_is_fetched(void **state)
{
    struct kit_fixture *f = *state;
    char *html = page(f, "a.html");
    static const char *const forbidden[] = {" src=", "@import", "url(http", "<link", "<iframe", "fetch("};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (strstr(html, forbidden[i]))
            fail_msg("the page has %s", forbidden[i]);
    free(html);
}

static void what_is_there_stays(void **state)
{
    struct kit_fixture *f = *state;
    free(page(f, "a.html"));
    const char *path = kit_inside(f, "a.html");
    assert_int_equal(map_report(&f->ctx, &f->kit.before.result, &(struct map_report){0}, path, false),
                     OM_EXISTS);
    assert_int_equal(map_report(&f->ctx, &f->kit.before.result, &(struct map_report){0}, path, true), OM_OK);
    assert_int_equal(
        map_report(&f->ctx, &f->kit.before.result, &(struct map_report){.region = "Gotland"}, path, true),
        OM_NOT_FOUND);
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
}

static void another_name_is_told_the_formats(void **state)
{
    struct kit_fixture *f = *state;
    const char *path = kit_inside(f, "a.docx");
    assert_int_equal(map_report(&f->ctx, &f->kit.before.result, &(struct map_report){0}, path, false),
                     OM_INVALID_ARGUMENT);
    assert_non_null(strstr(f->ctx.message, ".html"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_start, kit_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_is_whole),
        TEST(tags_are_closed),
        TEST(names_are_escaped),
        TEST(equal_cases_give_equal_bytes),
        TEST(no_address_is_fetched),
        TEST(what_is_there_stays),
        TEST(another_name_is_told_the_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Drawn maps: every theme in every format, with text that is text, equal bytes, and errors that help. */
#include "fixture.h"

#include "maps/drawing.h"

#include <cpl_error.h>
#include <cpl_minixml.h>

static char *draw_svg(struct kit_fixture *fixture, const struct map_drawing *request)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    om_status status = map_draw_svg(&fixture->ctx, &fixture->kit.after.result, request, out);
    fclose(out);
    if (status != OM_OK)
        fail_msg("%s", fixture->ctx.message);
    return text;
}

static void expect(const char *svg, const char *wanted)
{
    if (!strstr(svg, wanted))
        fail_msg("the SVG has no %s:\n%.3000s", wanted, svg);
}

static void every_theme_is_well_formed_and_titled(void **state)
{
    struct kit_fixture *fixture = *state;
    for (int theme = 0; theme < MAP_THEMES; theme++) {
        const struct map_drawing request = {.theme = (enum map_theme)theme, .is_dark = theme % 2};
        char *svg = draw_svg(fixture, &request), *again = draw_svg(fixture, &request);
        assert_string_equal(svg, again);
        CPLXMLNode *root = CPLParseXMLString(svg);
        assert_non_null(root);
        CPLDestroyXMLNode(root);
        char *title = om_format("<title>%s</title>", map_theme_title((enum map_theme)theme));
        expect(svg, title);
        om_free(title);
        free(svg);
        free(again);
    }
}

static void what_a_map_says_is_text(void **state)
{
    struct kit_fixture *fixture = *state;
    char *svg = draw_svg(fixture, &(struct map_drawing){.theme = MAP_THEME_STATUS, .title = "A & B <c>"});
    expect(svg, "<title>A &amp; B &lt;c&gt;</title>");
    expect(svg, ">A &amp; B &lt;c&gt;</text>");
    expect(svg, ">no supplier within reach</text>");
    expect(svg, " municipalities, ");
    free(svg);
}

static void files_are_whole_or_not_there(void **state)
{
    struct kit_fixture *fixture = *state;
    static const struct {
        const char *name, *magic;
    } files[] = {{"a.png", "\x89PNG"}, {"a.pdf", "%PDF"}, {"a.svg", "<svg"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = kit_inside(fixture, files[i].name);
        const struct map_drawing request = {.theme = MAP_THEME_NEED, .width_px = 300};
        assert_int_equal(map_draw(&fixture->ctx, &fixture->kit.after.result, &request, path, false), OM_OK);
        size_t first_size, second_size;
        char *first = kit_read_bytes(path, &first_size);
        assert_memory_equal(first, files[i].magic, 4);
        assert_int_equal(map_draw(&fixture->ctx, &fixture->kit.after.result, &request, path, false),
                         OM_EXISTS);
        assert_int_equal(map_draw(&fixture->ctx, &fixture->kit.after.result, &request, path, true), OM_OK);
        char *second = kit_read_bytes(path, &second_size);
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        free(first);
        free(second);
    }
}

static void wrong_requests_are_told(void **state)
{
    struct kit_fixture *fixture = *state;
    static const struct {
        const char *name;
        struct map_drawing request;
        om_status status;
        const char *message;
    } cases[] = {
        {"b.gif", {.theme = MAP_THEME_STATUS}, OM_INVALID_ARGUMENT, ".svg, .png or .pdf"},
        {"b.png", {.extent = "Ceda"}, OM_NOT_FOUND, "most like it: Ceder"},
        {"b.png", {.extent = "Björkbi"}, OM_NOT_FOUND, "most like it: Björkby"},
        {"b.png", {.width_px = 3}, OM_INVALID_ARGUMENT, "from 100 to 20000 pixels"},
        {"b.png", {.width_px = 300, .height_px = 99999}, OM_INVALID_ARGUMENT, "from 100 to 20000 pixels"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = kit_inside(fixture, cases[i].name);
        assert_int_equal(map_draw(&fixture->ctx, &fixture->kit.after.result, &cases[i].request, path, false),
                         cases[i].status);
        if (!strstr(fixture->ctx.message, cases[i].message))
            fail_msg("\"%s\" does not say \"%s\"", fixture->ctx.message, cases[i].message);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    const struct map_drawing request = {.theme = MAP_THEME_CHANGE};
    assert_int_equal(
        map_draw(&fixture->ctx, &fixture->kit.before.result, &request, kit_inside(fixture, "c.svg"), false),
        OM_INVALID_ARGUMENT);
}

static void places_are_found_by_name_or_code(void **state)
{
    struct kit_fixture *fixture = *state;
    static const char *const extents[] = {"Östra", "östra", "0105", "BJÖRKBY"};
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        char *svg = draw_svg(fixture, &(struct map_drawing){.extent = extents[i]});
        expect(svg, "<svg");
        free(svg);
    }
}

/* The style sheet can show any theme that there is; municipalities say their class of each. */
static void an_interactive_map_has_every_theme(void **state)
{
    struct kit_fixture *fixture = *state;
    static const char *const wanted[] = {
        "class=\"map theme-minutes\"",
        "id=\"m-0105\"",
        "data-code=\"0105\"",
        "municipality status-",
        ".theme-change .change-lost{fill:url(#crossed-",
        ".theme-alignment .alignment-whole.area-colour-1{fill:#",
        "prefers-color-scheme:dark",
        "class=\"overlay sites need\"",
        "class=\"overlay towns status minutes second suppliers change need\"",
    };
    const struct map_drawing request = {.theme = MAP_THEME_MINUTES, .is_interactive = true};
    char *svg = draw_svg(fixture, &request), *again = draw_svg(fixture, &request);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        expect(svg, wanted[i]);
    assert_string_equal(svg, again);
    CPLXMLNode *root = CPLParseXMLString(svg);
    assert_non_null(root);
    CPLDestroyXMLNode(root);
    free(svg);
    free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_is_well_formed_and_titled),
        cmocka_unit_test(what_a_map_says_is_text),
        cmocka_unit_test(files_are_whole_or_not_there),
        cmocka_unit_test(wrong_requests_are_told),
        cmocka_unit_test(places_are_found_by_name_or_code),
        cmocka_unit_test(an_interactive_map_has_every_theme),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

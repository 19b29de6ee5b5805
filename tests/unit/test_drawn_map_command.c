/* `omland map` on the bundled Sweden: what it draws, and what it says of a wrong wish. */
#include "commands.h"

static int set_up(void **state)
{
    (void)state;
    folder = kit_folder();
    expect(0, "new p.gpkg", "");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_remove(folder);
    return 0;
}

static void a_map_is_drawn_once(void **state)
{
    (void)state;
    expect(0, "map p.gpkg a.svg --plan fa2015 --lang sv", "");
    char *svg = kit_read(kit_path(folder, "a.svg"));
    assert_non_null(strstr(svg, ">Plan fa2015, 60 områden</text>"));
    assert_non_null(strstr(svg, ">Kiruna</text>"));
    assert_non_null(strstr(svg, "schematiskt"));
    free(svg);
    expect(1, "map p.gpkg a.svg --plan fa2015", "--overwrite replaces it");
    expect(0, "map p.gpkg a.svg --plan omland81 --against fa2005 --overwrite", "");
    svg = kit_read(kit_path(folder, "a.svg"));
    assert_non_null(strstr(svg, ">Plan omland81 against fa2005</text>"));
    free(svg);
}

static void wrong_wishes_are_told(void **state)
{
    (void)state;
    expect(2, "map p.gpkg b.png --plan fa2015 --size wide", "1600x900");
    expect(2, "map p.gpkg b.png --plan fa2015 --size 1600x", "1600x900");
    expect(2, "map p.gpkg b.png --plan fa2015 --theme change", "--against");
    expect(2, "map p.gpkg b.png --against fa2015", "--plan");
    expect(2, "map p.gpkg b.png --plan fa2015 --theme weather", "alignment");
    expect(1, "map p.gpkg b.png --plan fa2015 --extent Upsala", "most like it: Uppsala");
    expect(1, "map p.gpkg b.png --plan fa2015 --theme minutes", "nothing for the theme minutes");
    expect(1, "map p.gpkg b.jpg --plan fa2015", ".svg, .png or .pdf");
    assert_int_not_equal(access(kit_path(folder, "b.png"), F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_is_drawn_once),
        cmocka_unit_test(wrong_wishes_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Drawn maps as they look: small pictures that are compared by pixels. */
#include "fixture.h"
#include "picture.h"

#include "maps/drawing.h"

static void check(struct kit_fixture *f, const char *name, const struct map_drawing *request)
{
    const char *path = kit_inside(f, name);
    if (map_draw(&f->ctx, &f->kit.after.result, request, path, false) != OM_OK)
        fail_msg("%s: %s", name, f->ctx.message);
    kit_golden_picture(name, path);
}

static void statuses(void **state)
{
    check(*state, "map-status.png", &(struct map_drawing){.theme = MAP_THEME_STATUS, .width_px = 400});
}

static void areas_of_different_colours(void **state)
{
    check(*state, "map-alignment.png", &(struct map_drawing){.theme = MAP_THEME_ALIGNMENT, .width_px = 400});
}

static void a_comparison_in_the_dark(void **state)
{
    check(*state, "map-change-dark.png",
          &(struct map_drawing){.theme = MAP_THEME_CHANGE, .is_dark = true, .width_px = 400});
}

static void one_area_with_its_towns(void **state)
{
    check(*state, "map-need-area.png",
          &(struct map_drawing){
              .theme = MAP_THEME_NEED, .extent = "Västra", .width_px = 400, .height_px = 260});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses),
        cmocka_unit_test(areas_of_different_colours),
        cmocka_unit_test(a_comparison_in_the_dark),
        cmocka_unit_test(one_area_with_its_towns),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

/* Drawn maps as they look: small pictures that are compared by pixels. */
#include "compared.h"
#include "picture.h"

#include "maps/drawing.h"

static om_context ctx;
static struct kit_compared kit;

static int start(void **state)
{
    (void)state;
    kit_compared_make(&ctx, &kit);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    kit_compared_done(&kit);
    om_context_done(&ctx);
    return 0;
}

static void check(const char *name, const struct map_drawing *request)
{
    char *folder = kit_folder(), path[256];
    snprintf(path, sizeof path, "%s/map.png", folder);
    if (map_draw(&ctx, &kit.after.result, request, path, false) != OM_OK)
        fail_msg("%s: %s", name, ctx.message);
    kit_golden_picture(name, path);
    kit_remove(folder);
}

static void statuses(void **state)
{
    (void)state;
    check("map-status.png", &(struct map_drawing){.theme = MAP_THEME_STATUS, .width_px = 400});
}

static void areas_of_different_colours(void **state)
{
    (void)state;
    check("map-alignment.png", &(struct map_drawing){.theme = MAP_THEME_ALIGNMENT, .width_px = 400});
}

static void a_comparison_in_the_dark(void **state)
{
    (void)state;
    check("map-change-dark.png",
          &(struct map_drawing){.theme = MAP_THEME_CHANGE, .is_dark = true, .width_px = 400});
}

static void one_area_with_its_towns(void **state)
{
    (void)state;
    check("map-need-area.png",
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
    return cmocka_run_group_tests(tests, start, stop);
}

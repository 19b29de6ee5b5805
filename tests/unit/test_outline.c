#include "kit.h"

#include "datasets/outline.h"
#include "datasets/sweden.h"
#include "geo/memory.h"

#include <math.h>

static const char square[] = "polygon,ring,lon,lat\n"
                             "main,shore,15,60\nmain,shore,16,60\nmain,shore,16,61\nmain,shore,15,61\n";

static void outlines_are_read_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *message;
        om_status status;
        double area_km2;
    } cases[] = {
        {"a.csv", square, "", OM_OK, 6113.6},
        {"lake.csv",
         "polygon,ring,lon,lat\nmain,shore,15,60\nmain,shore,16,60\nmain,shore,16,61\nmain,shore,15,61\n"
         "main,lake,15.2,60.2\nmain,lake,15.7,60.2\nmain,lake,15.7,60.7\nmain,lake,15.2,60.7\n"
         "isle,shore,17,60\nisle,shore,18,60\nisle,shore,18,61\nisle,shore,17,61\n",
         "", OM_OK, 6113.6 * 2 - 1530.6},
        {"a.geojson", "{\"type\":\"Polygon\",\"coordinates\":[[[15,60],[16,60],[16,61],[15,61],[15,60]]]}",
         "", OM_OK, 6113.6},
        {"columns.csv", "polygon,lon,lat\nmain,15,60\n",
         "columns.csv: an outline has polygons, or the columns polygon, ring, lon and lat; \"ring\" is "
         "missing",
         OM_BAD_DATA, 0},
        {"degrees.csv", "polygon,ring,lon,lat\nmain,shore,15,60\nmain,shore,16,600\n",
         "degrees.csv: line 3: lat is \"600\", expected degrees from -90 to 90", OM_BAD_DATA, 0},
        {"text.csv", "polygon,ring,lon,lat\nmain,shore,15 E,60\n",
         "text.csv: line 2: lon is \"15 E\", expected degrees from -180 to 180", OM_BAD_DATA, 0},
        {"flat.csv", "polygon,ring,lon,lat\nmain,shore,15,60\nmain,shore,16,60\n",
         "flat.csv: polygon \"main\": ", OM_BAD_DATA, 0},
        {"none.csv", "polygon,ring,lon,lat\n", "none.csv: there is no polygon in it", OM_BAD_DATA, 0},
        {"point.geojson", "{\"type\":\"Point\",\"coordinates\":[15,60]}",
         "point.geojson: feature 0: a polygon is needed, this is a point or a line", OM_BAD_DATA, 0},
        {"missing.csv", NULL, "missing.csv: no outline can be read there: ", OM_NOT_FOUND, 0},
    };
    char *folder = kit_folder();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = kit_path(folder, cases[i].name);
        if (cases[i].text)
            kit_write(path, cases[i].text);
        om_context ctx = {0};
        struct geo_wkb outline = {0};
        om_status status = data_outline_read(&ctx, path, "EPSG:3006", &outline);
        if (status != cases[i].status || !strstr(ctx.message, cases[i].message))
            fail_msg("%s: status %d, \"%s\"", cases[i].name, (int)status, ctx.message);
        double area_km2 = outline.size ? geo_polygon_area_m2(&ctx, &outline) / 1e6 : 0;
        if (!(fabs(area_km2 - cases[i].area_km2) < 0.01 * cases[i].area_km2 + 1e-9))
            fail_msg("%s: %.1f km2, expected %.1f", cases[i].name, area_km2, cases[i].area_km2);
        geo_wkb_done(&outline);
    }
    kit_remove(folder);
}

static void the_bundled_outline_is_about_sweden(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct geo_wkb outline = {0};
    assert_int_equal(data_sweden_mount(&ctx), OM_OK);
    if (data_outline_read(&ctx, DATA_SWEDEN "outline.csv", "EPSG:3006", &outline))
        fail_msg("%s", ctx.message);
    double area_km2 = geo_polygon_area_m2(&ctx, &outline) / 1e6;
    assert_true(area_km2 > 430000 && area_km2 < 440000);
    geo_wkb_done(&outline);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    char *folder = kit_folder();
    const char *path = kit_path(folder, "a.csv");
    kit_write(path, square);
    om_context ctx = {0};
    struct geo_wkb outline = {0};
    om_status status = OM_NO_MEMORY;
    for (size_t round = 1; status != OM_OK && round < 1000; round++) {
        om_memory_fail_after(round);
        status = data_outline_read(&ctx, path, "EPSG:3006", &outline);
        om_memory_fail_after(0);
    }
    assert_int_equal(status, OM_OK);
    geo_wkb_done(&outline);
    kit_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines_are_read_or_refused),
        cmocka_unit_test(the_bundled_outline_is_about_sweden),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

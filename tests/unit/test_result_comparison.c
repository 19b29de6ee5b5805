/* A comparison as text in both languages, as JSON and as layers. */
#include "fixture.h"
#include "golden.h"
#include "speak.h"

#include "maps/layers.h"

#include <gdal.h>
#include <jansson.h>
#include <ogr_api.h>

static const struct map_export_options as_new = {.overwrite = false};

static void tables_are_as_agreed_in_both_languages(void **state)
{
    static const struct {
        const char *golden, *language;
        struct map_text_style style;
    } rows[] = {
        {"comparison.txt", "en", {.width = 0}},
        {"comparison-80.txt", "en", {.width = 80}},
        {"comparison-sv.txt", "sv", {.every_area = true}},
    };
    struct kit_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        kit_speak(rows[i].language);
        assert_int_equal(map_comparison_text(&f->ctx, &f->kit.after.result, &rows[i].style, out), OM_OK);
        fclose(out);
        kit_golden(rows[i].golden, text);
        free(text);
    }
    kit_speak("en");
}

static void the_document_is_as_agreed(void **state)
{
    struct kit_fixture *f = *state;
    char *json = NULL;
    assert_int_equal(map_comparison_json(&f->ctx, &f->kit.after.result, &json), OM_OK);
    kit_golden("comparison.json", json);
    om_free(json);
}

static const char *member(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void the_document_says_what_became_of_whom(void **state)
{
    struct kit_fixture *f = *state;
    char *json = NULL;
    assert_int_equal(map_comparison_json(&f->ctx, &f->kit.after.result, &json), OM_OK);
    json_t *document = json_loads(json, 0, NULL);
    json_t *islanders = json_array_get(json_object_get(document, "municipalities"), 11);
    assert_string_equal(member(islanders, "move"), "merged");
    assert_string_equal(member(json_object_get(islanders, "before"), "cause"), "no-supplier");
    assert_string_equal(member(json_object_get(islanders, "after"), "cause"), "distance");
    json_t *flow = json_array_get(json_object_get(document, "flows"), 0);
    assert_string_equal(member(flow, "from_area"), "Ön");
    assert_int_equal(json_integer_value(json_object_get(flow, "job_seekers")), 1200);
    json_t *before = json_object_get(json_object_get(document, "areas"), "before");
    assert_true(json_is_null(json_object_get(json_array_get(before, 2), "lives_on_in")));
    json_decref(document);
    om_free(json);
}

static void layers_tell_what_changed(void **state)
{
    struct kit_fixture *f = *state;
    const char *folder = kit_folder();
    const char *path = kit_path(folder, "changes.gpkg");
    assert_int_equal(map_export(&f->ctx, &f->kit.after.result, path, &as_new), OM_OK);
    GDALAllRegister();
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    OGRLayerH changes = GDALDatasetGetLayerByName(dataset, "changes");
    assert_int_equal(OGR_L_GetFeatureCount(changes, 1), KIT_MUNICIPALITIES);
    OGR_L_SetAttributeFilter(changes, "change = 'gained'");
    OGR_L_ResetReading(changes);
    OGRFeatureH feature = OGR_L_GetNextFeature(changes);
    static const char *const columns[] = {"name", "area_before", "area_after", "status_before",
                                          "cause_before"};
    static const char *const expected[] = {"Källa", "Södra", "Östra", "limited", "border"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        assert_string_equal(OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, columns[i])),
                            expected[i]);
    OGR_F_Destroy(feature);
    OGRLayerH moves = GDALDatasetGetLayerByName(dataset, "area_moves");
    assert_int_equal(OGR_L_GetFeatureCount(moves, 1), 3);
    OGRLayerH about = GDALDatasetGetLayerByName(dataset, "about");
    OGR_L_SetAttributeFilter(about, "key = 'plan_before' AND value = 'fyra'");
    assert_int_equal(OGR_L_GetFeatureCount(about, 1), 1);
    GDALClose(dataset);
    kit_remove(folder);
}

static void running_out_of_memory_is_reported(void **state)
{
    struct kit_fixture *f = *state;
    FILE *nowhere = fopen("/dev/null", "w");
    om_status status = OM_NO_MEMORY;
    for (size_t n = 1; status != OM_OK; n++) {
        assert_true(n < 5000);
        om_memory_fail_after(n);
        status = map_comparison_text(&f->ctx, &f->kit.after.result, &(struct map_text_style){.width = 80},
                                     nowhere);
        om_memory_fail_after(0);
        assert_true(status == OM_OK || status == OM_NO_MEMORY);
    }
    fclose(nowhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_as_agreed_in_both_languages), cmocka_unit_test(the_document_is_as_agreed),
        cmocka_unit_test(the_document_says_what_became_of_whom),  cmocka_unit_test(layers_tell_what_changed),
        cmocka_unit_test(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, kit_start, kit_stop);
}

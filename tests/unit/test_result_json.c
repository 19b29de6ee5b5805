#include "case.h"
#include "golden.h"

#include <jansson.h>

typedef om_status json_fn(om_context *, const struct map_result *, char **);

static void documents_are_as_agreed(void **state)
{
    (void)state;
    static const struct {
        const char *golden;
        json_fn *write;
    } rows[] = {{"evaluation.json", map_evaluation_json}, {"gaps.json", map_gaps_json}};
    om_context ctx = {0};
    struct kit_case kit;
    kit_case_make(&ctx, &kit);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *json = NULL;
        assert_int_equal(rows[i].write(&ctx, &kit.result, &json), OM_OK);
        kit_golden(rows[i].golden, json);
        om_free(json);
    }
    kit_case_done(&kit);
    om_context_done(&ctx);
}

static void unknown_and_unreachable_are_null_and_codes_are_text(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_case kit;
    kit_case_make(&ctx, &kit);
    char *json = NULL;
    assert_int_equal(map_evaluation_json(&ctx, &kit.result, &json), OM_OK);
    json_t *document = json_loads(json, 0, NULL);
    json_t *list = json_object_get(document, "municipalities");
    assert_int_equal(json_array_size(list), KIT_MUNICIPALITIES);
    json_t *first = json_array_get(list, 0), *fors = json_array_get(list, 5),
           *island = json_array_get(list, 11);
    assert_string_equal(json_string_value(json_object_get(first, "code")), "0105");
    assert_true(json_is_null(json_object_get(fors, "participants")));
    assert_string_equal(json_string_value(json_object_get(island, "cause")), "no-supplier");
    assert_string_equal(json_string_value(json_object_get(island, "need")), "area-wide");
    assert_true(json_is_null(json_object_get(island, "nearest_inside")));
    json_t *closing = json_object_get(json_array_get(list, 10), "closing_areas");
    assert_int_equal(json_array_size(closing), 1);
    assert_string_equal(json_string_value(json_array_get(closing, 0)), "Östra");
    json_decref(document);
    om_free(json);
    kit_case_done(&kit);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_as_agreed),
        cmocka_unit_test(unknown_and_unreachable_are_null_and_codes_are_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

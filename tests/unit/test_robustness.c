/* What the small country withstands, as text, JSON and layers. */
#include "case.h"
#include "golden.h"

#include "maps/layers.h"

static const struct map_export_options as_new = {.overwrite = false};

static void answers_are_as_agreed(void **state)
{
    (void)state;
    om_context ctx = {0};
    struct kit_case kit;
    struct plan_robustness *robustness = NULL;
    const struct plan_draws draws = {PLAN_DRAW_A_TENTH, 1000, 1};
    char *text = NULL, *json = NULL, *folder = kit_folder();
    size_t size = 0;
    kit_case_make(&ctx, &kit);
    assert_int_equal(plan_robustness_compute(&ctx, &kit.the_case.input, kit.evaluation, &draws, &robustness),
                     OM_OK);
    assert_int_equal(robustness->draws.n_ended, 1); /* of five */
    kit.result.robustness = robustness;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(map_robustness_text(&ctx, &kit.result, &(struct map_text_style){0}, out), OM_OK);
    fclose(out);
    kit_golden_part("robustness.txt", text, "If this supplier", "\nomland ");
    assert_int_equal(map_robustness_json(&ctx, &kit.result, &json), OM_OK);
    kit_golden_part("robustness.json", json, "  \"suppliers\"", NULL);
    const char *path = kit_path(folder, "out.csv");
    assert_int_equal(map_export(&ctx, &kit.result, path, &as_new), OM_OK);
    char *redundancy = kit_read(kit_path(folder, "out_redundancy.csv"));
    char *exits = kit_read(kit_path(folder, "out_exits.csv"));
    assert_non_null(strstr(redundancy, "\"0106\",Björkby,Västra,choice,2,3,1,0.4,200"));
    assert_non_null(strstr(exits, "Cirkel <Jobb>,,2,3,0,3000"));
    assert_non_null(strstr(exits, "Bana & Väg AB,Gran,1,"));
    free(exits);
    free(redundancy);
    om_free(json);
    free(text);
    plan_robustness_free(robustness);
    kit_case_done(&kit);
    kit_remove(folder);
    om_context_done(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_as_agreed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

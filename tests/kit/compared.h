/*
 * The small judged country compared with another plan of it:
 *
 *    before   Västra: 0 1 4 5   Östra: 2 3 6 7         Södra: 8 9 10   Ön: 11
 *    after    Västra: 0 1       Östra: 2 3 6 7 10 11   Söder: 8 9      Nya: 4 5
 *
 * So Västra is split, Ön is merged into Östra, which also gets Källa, and Södra has a new name.
 */
#ifndef TESTS_KIT_COMPARED_H
#define TESTS_KIT_COMPARED_H

#include "case.h"

struct kit_compared {
    struct kit_case before, after;
    struct plan_comparison *comparison;
};

static inline void kit_compared_make(om_context *ctx, struct kit_compared *kit)
{
    static const char *const areas[] = {"Västra", "Västra", "Östra", "Östra", "Nya",   "Nya",
                                        "Östra",  "Östra",  "Söder", "Söder", "Östra", "Östra"};
    struct plan_assignment rows[KIT_MUNICIPALITIES];
    kit_case_make(ctx, &kit->before);
    kit_case_make(ctx, &kit->after);
    struct data_case *after = &kit->after.the_case;
    for (size_t m = 0; m < KIT_MUNICIPALITIES; m++)
        rows[m] = (struct plan_assignment){.municipality_code = after->territory->municipalities[m].code,
                                           .area_name = areas[m]};
    plan_free(after->plan);
    plan_evaluation_free(kit->after.evaluation);
    assert_int_equal(plan_new(ctx, after->territory, "nya fyra", rows, KIT_MUNICIPALITIES, &after->plan),
                     OM_OK);
    after->input.plan = after->plan;
    assert_int_equal(plan_evaluate(ctx, &after->input, &kit->after.evaluation), OM_OK);
    kit->after.result.evaluation = kit->after.evaluation;
    assert_int_equal(
        plan_compare(ctx, &(struct plan_judgement){&kit->before.the_case.input, kit->before.evaluation},
                     &(struct plan_judgement){&after->input, kit->after.evaluation}, &kit->comparison),
        OM_OK);
    kit->after.result.before = &kit->before.result;
    kit->after.result.comparison = kit->comparison;
}

static inline void kit_compared_done(struct kit_compared *kit)
{
    plan_comparison_free(kit->comparison);
    kit_case_done(&kit->after);
    kit_case_done(&kit->before);
}

#endif

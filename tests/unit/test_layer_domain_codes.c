/* Every word that the planner may say in a column has a meaning in its domain, and no other word has. */
#include "kit.h"

#include "../../maps/layer_domain.h"
#include "planner/evaluation.h"
#include "planner/genealogy.h"

static const struct layer_domain *domain_named(const char *name)
{
    for (size_t i = 0; i < layer_n_domains; i++)
        if (strcmp(layer_domains[i].name, name) == 0)
            return &layer_domains[i];
    return NULL;
}

static void every_word_has_a_meaning(void **state)
{
    (void)state;
    const struct {
        const char *domain;
        const char *const *words;
        int first, n; /* words before the first are empty cells */
    } rows[] = {
        {"status", plan_status_names, 0, PLAN_STATUSES},
        {"cause", plan_cause_names, PLAN_CAUSE_NOTHING + 1, PLAN_CAUSES},
        {"need", plan_need_names, PLAN_NEED_NOTHING + 1, PLAN_NEEDS},
        {"verdict", plan_verdict_names, 0, PLAN_VERDICTS},
        {"volume", plan_volume_names, 0, PLAN_VOLUMES},
        {"move", plan_move_names, 0, PLAN_MOVES},
        {"grouping", plan_equity_grouping_names, 0, PLAN_EQUITY_GROUPINGS},
        {"target", plan_equity_target_names, 0, PLAN_EQUITY_TARGETS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct layer_domain *domain = domain_named(rows[i].domain);
        assert_non_null(domain);
        for (int word = rows[i].first; word < rows[i].n; word++)
            if (!layer_domain_code(domain, rows[i].words[word]))
                fail_msg("%s: \"%s\" has no meaning", domain->name, rows[i].words[word]);
        assert_int_equal(domain->n, rows[i].n - rows[i].first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_word_has_a_meaning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

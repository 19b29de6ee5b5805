#include "pareto_internal.h"

#include "geo/memory.h"

#include <string.h>

struct plan_pareto *plan_pareto_new(const struct plan_ranker *ranker, size_t n_municipalities)
{
    struct plan_pareto *pareto = om_alloc(1, sizeof *pareto);
    if (!pareto)
        return NULL;
    pareto->ranker = *ranker;
    pareto->n_municipalities = n_municipalities;
    pareto->area_of = om_alloc(PLAN_PARETO_SIZE * n_municipalities, sizeof *pareto->area_of);
    if (!pareto->area_of) {
        plan_pareto_free(pareto);
        return NULL;
    }
    for (size_t i = 0; i < PLAN_PARETO_SIZE; i++)
        pareto->entries[i].area_of = pareto->area_of + i * n_municipalities;
    return pareto;
}

void plan_pareto_free(struct plan_pareto *pareto)
{
    if (!pareto)
        return;
    om_free(pareto->area_of);
    om_free(pareto);
}

/* Entries keep their order; room for plans is passed on to the end. */
static void drop(struct plan_pareto *pareto, size_t i)
{
    struct plan_pareto_entry dropped = pareto->entries[i];
    pareto->n--;
    for (; i < pareto->n; i++)
        pareto->entries[i] = pareto->entries[i + 1];
    pareto->entries[pareto->n] = dropped;
}

void plan_pareto_offer(struct plan_pareto *pareto, const struct plan_score *score, const int32_t *area_of)
{
    struct plan_rank rank = plan_rank_of(&pareto->ranker, score);
    for (size_t i = 0; i < pareto->n; i++)
        if (plan_score_covers(&pareto->ranker, &pareto->entries[i].score, score))
            return;
    for (size_t i = pareto->n; i-- > 0;)
        if (plan_score_covers(&pareto->ranker, score, &pareto->entries[i].score))
            drop(pareto, i);
    if (pareto->n == PLAN_PARETO_SIZE) {
        if (plan_rank_compare(&rank, &pareto->entries[pareto->n - 1].rank) >= 0)
            return;
        pareto->n--;
    }
    struct plan_pareto_entry fresh = {*score, rank, pareto->entries[pareto->n].area_of};
    memcpy(fresh.area_of, area_of, pareto->n_municipalities * sizeof *area_of);
    size_t place = pareto->n++;
    for (; place > 0 && plan_rank_compare(&rank, &pareto->entries[place - 1].rank) < 0; place--)
        pareto->entries[place] = pareto->entries[place - 1];
    pareto->entries[place] = fresh;
}

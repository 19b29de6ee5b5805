#include "planner/plan.h"

#include "geo/memory.h"

#include <math.h>

/* Gives `piece` to everything reachable from `start` without leaving its area. */
static void flood(const struct plan_territory *territory, const struct plan *plan, int32_t start,
                  int32_t piece, int32_t *piece_of, int32_t *queue)
{
    size_t head = 0, tail = 0;
    queue[tail++] = start;
    piece_of[start] = piece;
    while (head < tail && territory->first_neighbour) {
        int32_t m = queue[head++];
        for (uint32_t i = territory->first_neighbour[m]; i < territory->first_neighbour[m + 1]; i++) {
            int32_t other = territory->neighbours[i].municipality;
            if (piece_of[other] != PLAN_NOWHERE || plan->area_of[other] != plan->area_of[start])
                continue;
            piece_of[other] = piece;
            queue[tail++] = other;
        }
    }
}

om_status plan_pieces(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                      int32_t *piece_of, int32_t *n_pieces)
{
    int32_t *queue = om_alloc(territory->n, sizeof *queue);
    if (!queue)
        return om_no_memory(ctx);
    for (size_t a = 0; a < plan->n_areas; a++)
        n_pieces[a] = 0;
    for (size_t m = 0; m < territory->n; m++)
        piece_of[m] = PLAN_NOWHERE;
    for (size_t m = 0; m < territory->n; m++)
        if (piece_of[m] == PLAN_NOWHERE)
            flood(territory, plan, (int32_t)m, n_pieces[plan->area_of[m]]++, piece_of, queue);
    om_free(queue);
    return OM_OK;
}

struct weight {
    double job_seekers;
    int32_t n;
};

static bool is_heavier(const struct weight *x, const struct weight *y)
{
    return x->job_seekers > y->job_seekers || (x->job_seekers == y->job_seekers && x->n > y->n);
}

om_status plan_main_pieces(om_context *ctx, const struct plan_territory *territory, const struct plan *plan,
                           const int32_t *piece_of, const int32_t *n_pieces, int32_t *main_piece)
{
    om_status status = OM_OK;
    struct weight *weights = om_alloc(plan->n, sizeof *weights); /* there are no more pieces than that */
    size_t *first = om_alloc(plan->n_areas + 1, sizeof *first);
    if (!weights || !first) {
        status = om_no_memory(ctx);
        goto done;
    }
    for (size_t a = 0; a < plan->n_areas; a++)
        first[a + 1] = first[a] + (size_t)n_pieces[a];
    for (size_t m = 0; m < plan->n; m++) {
        struct weight *weight = &weights[first[plan->area_of[m]] + (size_t)piece_of[m]];
        double job_seekers = territory->municipalities[m].job_seekers;
        weight->job_seekers += isnan(job_seekers) ? 0 : job_seekers;
        weight->n++;
    }
    for (size_t a = 0; a < plan->n_areas; a++) {
        main_piece[a] = 0;
        for (int32_t p = 1; p < n_pieces[a]; p++)
            if (is_heavier(&weights[first[a] + (size_t)p], &weights[first[a] + (size_t)main_piece[a]]))
                main_piece[a] = p;
    }
done:
    om_free(first);
    om_free(weights);
    return status;
}

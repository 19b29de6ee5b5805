/* Where a walk on a large map looks for a while. */
#include "focus_internal.h"

#include "zones_internal.h"

#include "geo/memory.h"

#include <string.h>

/* Drawings from one place: some eight for each municipality there. More keep the processor's cache warm for
 * longer; fewer come around the map sooner. */
enum { DRAWINGS = 2048, FRESH = 2 * PLAN_FOCUS_SIZE, MOST_THROWS = 64 };

struct plan_focus *plan_focus_new(size_t n)
{
    struct plan_focus *focus = om_alloc(1, sizeof *focus);
    if (!focus)
        return NULL;
    *focus = (struct plan_focus){.n_municipalities = n, .seen = om_alloc(n, sizeof *focus->seen)};
    if (focus->seen)
        return focus;
    om_free(focus);
    return NULL;
}

void plan_focus_free(struct plan_focus *focus)
{
    if (!focus)
        return;
    om_free(focus->seen);
    om_free(focus);
}

static void add(struct plan_focus *focus, int32_t m)
{
    if (focus->n == PLAN_FOCUS_SIZE || focus->seen[m] == focus->stamp)
        return;
    focus->seen[m] = focus->stamp;
    focus->near[focus->n++] = m;
}

/* Along the borders around a municipality, with who stands next to them: the borders will move. */
static void turn_to(struct plan_focus *focus, const struct plan_zones *zones, int32_t centre)
{
    focus->n = 0;
    focus->n_left = DRAWINGS;
    if (++focus->stamp == 0) {
        memset(focus->seen, 0, focus->n_municipalities * sizeof *focus->seen);
        focus->stamp = 1;
    }
    add(focus, centre);
    for (int32_t i = 0; i < focus->n && focus->n < PLAN_FOCUS_SIZE; i++) {
        int32_t n;
        const int32_t *neighbours = plan_zones_neighbours(zones, focus->near[i], &n);
        if (zones->scratch->n_foreign[focus->near[i]] == 0)
            continue;
        for (int32_t k = 0; k < n; k++)
            add(focus, neighbours[k]);
    }
}

bool plan_focus_is_fresh(const struct plan_focus *focus)
{
    return focus->n_left > DRAWINGS - FRESH;
}

int32_t plan_focus_draw(struct plan_focus *focus, const struct plan_zones *zones, struct plan_random *random)
{
    if (focus->n_left > 0) {
        focus->n_left--;
        for (int i = 0; i < MOST_THROWS; i++) {
            int32_t m = focus->near[plan_random_below(random, (uint32_t)focus->n)];
            if (zones->scratch->n_foreign[m] > 0)
                return m;
        }
    }
    int32_t centre = zones->border[plan_random_below(random, (uint32_t)zones->n_border)];
    turn_to(focus, zones, centre);
    return centre;
}

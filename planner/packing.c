#include "packing_internal.h"

#include "geo/memory.h"

#include <math.h>
#include <string.h>

/* Which of the sites with room for a need is taken. */
enum fit { FIT_CHEAPEST, FIT_TIGHTEST, FIT_ROOMIEST, FITS };

static double cost_of(const struct plan_cover *cover, size_t need, size_t site)
{
    return cover->cost[need * cover->n_sites + site];
}

static void sort_loads(struct plan_packing *packing)
{
    const double *load = packing->cover->load;
    for (size_t i = 0; i < packing->cover->n_needs; i++) {
        if (!(load[i] > 0))
            continue;
        size_t place = packing->n_loads++;
        for (; place > 0 && load[packing->order[place - 1]] < load[i]; place--)
            packing->order[place] = packing->order[place - 1];
        packing->order[place] = i;
    }
}

om_status plan_packing_init(om_context *ctx, const struct plan_cover *cover, struct plan_packing *out)
{
    struct plan_packing packing = {.cover = cover,
                                   .order = om_alloc(cover->n_needs, sizeof *packing.order),
                                   .room = om_alloc(cover->n_sites, sizeof *packing.room),
                                   .trial = om_alloc(cover->n_needs, sizeof *packing.trial),
                                   .open = om_alloc(cover->n_sites, sizeof *packing.open)};
    if (!packing.order || !packing.room || !packing.trial || !packing.open) {
        plan_packing_done(&packing);
        return om_no_memory(ctx);
    }
    sort_loads(&packing);
    *out = packing;
    return OM_OK;
}

void plan_packing_done(struct plan_packing *packing)
{
    om_free(packing->order);
    om_free(packing->room);
    om_free(packing->trial);
    om_free(packing->open);
    *packing = (struct plan_packing){0};
}

static size_t times(const struct plan_cover *cover)
{
    return cover->times > 1 ? (size_t)cover->times : 1;
}

bool plan_packing_is_covered(const struct plan_cover *cover, const bool *open, size_t need)
{
    size_t n = 0;
    for (size_t s = 0; s < cover->n_sites; s++)
        n += open[s] && !isnan(cost_of(cover, need, s));
    return n >= times(cover);
}

bool plan_packing_covers_light(const struct plan_cover *cover, const bool *open)
{
    for (size_t i = 0; i < cover->n_needs; i++)
        if (!(cover->load[i] > 0) && !plan_packing_is_covered(cover, open, i))
            return false;
    return true;
}

/* -1: no open site has room, or too few are in reach. */
static int32_t find_site(const struct plan_packing *packing, size_t need, enum fit fit)
{
    const struct plan_cover *cover = packing->cover;
    double least = INFINITY;
    size_t n_within = 0;
    int32_t best = -1;
    for (size_t i = 0; i < packing->n_open; i++) {
        size_t s = packing->open[i];
        double cost = cost_of(cover, need, s), room = packing->room[s];
        if (isnan(cost))
            continue;
        n_within++;
        if (room < cover->load[need])
            continue;
        double measure = fit == FIT_CHEAPEST ? cost : fit == FIT_TIGHTEST ? room : -room;
        if (best >= 0 && measure >= least)
            continue;
        least = measure;
        best = (int32_t)s;
    }
    return n_within >= times(cover) ? best : -1;
}

static double pack_by(const struct plan_packing *packing, enum fit fit, int32_t *site_of)
{
    const struct plan_cover *cover = packing->cover;
    double load = 0;
    memcpy(packing->room, cover->capacity, cover->n_sites * sizeof *packing->room);
    memset(site_of, -1, cover->n_needs * sizeof *site_of);
    for (size_t i = 0; i < packing->n_loads; i++) {
        size_t need = packing->order[i];
        int32_t site = find_site(packing, need, fit);
        site_of[need] = site;
        if (site < 0)
            continue;
        packing->room[site] -= cover->load[need];
        load += cover->load[need];
    }
    return load;
}

static void list_open(struct plan_packing *packing, const bool *open)
{
    packing->n_open = 0;
    for (size_t s = 0; s < packing->cover->n_sites; s++)
        if (open[s])
            packing->open[packing->n_open++] = s;
    packing->work += (double)packing->n_open * (double)packing->n_loads;
}

double plan_pack(struct plan_packing *packing, const bool *open, int32_t *site_of)
{
    list_open(packing, open);
    double most = pack_by(packing, FIT_CHEAPEST, site_of);
    for (enum fit fit = FIT_CHEAPEST + 1; fit < FITS; fit++) {
        double load = pack_by(packing, fit, packing->trial);
        if (load <= most)
            continue;
        most = load;
        memcpy(site_of, packing->trial, packing->cover->n_needs * sizeof *site_of);
    }
    return most;
}
